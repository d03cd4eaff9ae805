//! Classes: fields of the class itself, fields that methods assign, and the constructors of data classes.

use std::collections::BTreeMap;

use tree_sitter::Node;

use super::{Owner, Reader, field, kids, span};
use crate::ir::{
    Attribute, Block, ExprKind, Field, Function, FunctionKind, Param, Span, StmtKind, Sym, TypeDecl, TypeName,
};

/// Decorators and bases that give a class a constructor which takes its annotated fields.
const DATA_CLASSES: &[&str] =
    &["dataclass", "define", "frozen", "attrs", "NamedTuple", "TypedDict", "BaseModel", "BaseSettings"];

impl Reader<'_> {
    pub(super) fn class(&mut self, node: Node<'_>, attributes: Vec<Attribute>, out: &mut Block) {
        let Some(name) = field(node, "name") else { return };
        let mut bases = Vec::new();
        for base in field(node, "superclasses").map(kids).unwrap_or_default() {
            bases.extend(self.base_type(base));
        }
        let short = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
        let is_data =
            attributes.iter().map(|a| short(&a.name)).chain(bases.iter().map(|b| b.short().to_owned()));
        let is_data = is_data.into_iter().any(|n| DATA_CLASSES.contains(&n.as_str()));
        let own = self.sym(name);
        let owner_bases = bases.iter().map(|b| b.short().into()).collect();
        let id = self.unit.type_decl(TypeDecl {
            name: own.clone(),
            bases,
            is_interface: false,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes,
            span: span(name),
        });
        let owner = Owner { id, name: own, bases: owner_bases };
        let Some(body) = field(node, "body") else { return };
        let assigned = self.assigned_fields(body);
        let outer = self.owner.replace(owner.clone());
        let outer_receiver = self.receiver.take();
        let in_class_body = std::mem::replace(&mut self.in_class_body, true);
        let mut rest = Block::new();
        let mut data = Vec::new();
        for item in kids(body) {
            self.class_item(item, &owner, &assigned, &mut data, &mut rest);
        }
        self.errors_of(body);
        rest.append(&mut self.pending);
        self.declare_assigned(&owner, assigned);
        if is_data {
            self.data_constructor(&owner, data, span(name));
        }
        if !rest.is_empty() {
            // What runs when the class is made.
            let mut function = Function::new(owner.name.clone(), FunctionKind::StaticConstructor, span(name));
            function.owner = Some(id);
            let function = self.unit.function(function);
            self.unit.set_body(function, rest);
            self.unit.unit().types[id.index()].methods.push(function);
        }
        self.in_class_body = in_class_body;
        self.receiver = outer_receiver;
        self.owner = outer;
        self.errors_of(node);
        let _ = out;
    }

    fn class_item(
        &mut self,
        item: Node<'_>,
        owner: &Owner,
        assigned: &BTreeMap<Sym, Option<TypeName>>,
        data: &mut Vec<Field>,
        rest: &mut Block,
    ) {
        if !self.enter(item) {
            return;
        }
        match item.kind() {
            "function_definition" => self.method(item, Vec::new(), owner),
            "decorated_definition" => {
                let mut attributes = Vec::new();
                for decorator in kids(item).into_iter().filter(|k| k.kind() == "decorator") {
                    if let Some(inner) = kids(decorator).first() {
                        let name = field(*inner, "function").unwrap_or(*inner);
                        let args = field(*inner, "arguments").map(|a| self.args(a)).unwrap_or_default();
                        attributes.push(Attribute { name: self.sym(name), args, span: span(decorator) });
                    }
                }
                match field(item, "definition") {
                    Some(inner) if inner.kind() == "class_definition" => self.class(inner, attributes, rest),
                    Some(inner) => self.method(inner, attributes, owner),
                    None => {}
                }
            }
            "class_definition" => self.class(item, Vec::new(), rest),
            "expression_statement" => match kids(item).as_slice() {
                [inner] if inner.kind() == "assignment" => {
                    self.class_field(*inner, owner, assigned, data, rest);
                }
                [inner] if matches!(inner.kind(), "string" | "ellipsis") => {}
                _ => self.item(item, rest),
            },
            // Methods under a condition are methods all the same.
            "if_statement" | "try_statement" => {
                let mut todo = kids(item);
                todo.reverse();
                while let Some(node) = todo.pop() {
                    match node.kind() {
                        "block" => {
                            for inner in kids(node) {
                                self.class_item(inner, owner, assigned, data, rest);
                            }
                        }
                        "elif_clause" | "else_clause" | "except_clause" | "finally_clause" => {
                            todo.extend(kids(node).into_iter().rev());
                        }
                        _ => {}
                    }
                }
            }
            _ => self.item(item, rest),
        }
        self.leave();
    }

    /// `name: type = value` in a class.
    fn class_field(
        &mut self,
        node: Node<'_>,
        owner: &Owner,
        assigned: &BTreeMap<Sym, Option<TypeName>>,
        data: &mut Vec<Field>,
        rest: &mut Block,
    ) {
        let Some(left) = field(node, "left").filter(|l| l.kind() == "identifier") else {
            let value = self.expr(node);
            self.push(StmtKind::Expr(value), span(node), rest);
            return;
        };
        let annotation = field(node, "type");
        let ty = annotation.and_then(|t| self.type_name(t));
        let right = field(node, "right");
        let init = right.map(|r| self.expr(r));
        let name = self.sym(left);
        let field = Field {
            is_static: init.is_some() && !assigned.contains_key(&name),
            name,
            ty,
            init,
            attributes: Vec::new(),
            span: span(left),
        };
        if annotation.is_some() {
            data.push(field.clone());
        }
        self.unit.unit().types[owner.id.index()].fields.push(field);
        // `a = b = value`.
        if let Some(inner) = right.filter(|r| r.kind() == "assignment") {
            self.class_field(inner, owner, assigned, data, rest);
        }
    }

    /// What the methods of a class assign through their first parameter, with the types that are known.
    fn assigned_fields(&self, body: Node<'_>) -> BTreeMap<Sym, Option<TypeName>> {
        let mut found = BTreeMap::new();
        for item in kids(body) {
            let method = field(item, "definition").unwrap_or(item);
            if method.kind() != "function_definition" {
                continue;
            }
            let params = field(method, "parameters").map(kids).unwrap_or_default();
            let Some(this) = params.first().filter(|p| p.kind() == "identifier").map(|p| self.source(*p))
            else {
                continue;
            };
            let mut todo = field(method, "body").map(kids).unwrap_or_default();
            while let Some(node) = todo.pop() {
                match node.kind() {
                    "assignment" | "augmented_assignment" => {
                        let right = field(node, "right");
                        let ty = field(node, "type").and_then(|t| self.type_name(t)).or_else(|| {
                            let right = right.filter(|r| r.kind() == "identifier")?;
                            self.param_type(&params, self.source(right))
                        });
                        self.assigned_target(field(node, "left"), this, ty.as_ref(), &mut found);
                        todo.extend(right.filter(|r| r.kind() == "assignment"));
                    }
                    "as_pattern" => {
                        let target = field(node, "alias").and_then(|a| kids(a).first().copied());
                        self.assigned_target(target, this, None, &mut found);
                    }
                    "class_definition" | "call" | "string" => {}
                    _ => todo.extend(kids(node)),
                }
            }
        }
        found
    }

    fn assigned_target(
        &self,
        target: Option<Node<'_>>,
        this: &str,
        ty: Option<&TypeName>,
        found: &mut BTreeMap<Sym, Option<TypeName>>,
    ) {
        let mut todo: Vec<Node<'_>> = target.into_iter().collect();
        while let Some(node) = todo.pop() {
            match node.kind() {
                "attribute" => {
                    if let (Some(object), Some(name)) = (field(node, "object"), field(node, "attribute"))
                        && self.source(object) == this
                    {
                        let known = found.entry(self.sym(name)).or_insert(None);
                        if known.is_none() {
                            *known = ty.cloned();
                        }
                    }
                }
                "pattern_list" | "tuple_pattern" | "list_pattern" | "parenthesized_expression" => {
                    todo.extend(kids(node));
                }
                _ => {}
            }
        }
    }

    fn param_type(&self, params: &[Node<'_>], name: &str) -> Option<TypeName> {
        params.iter().find_map(|p| {
            let own = field(*p, "name").or_else(|| kids(*p).first().copied())?;
            let ty = field(*p, "type")?;
            (self.source(own) == name).then(|| self.type_name(ty)).flatten()
        })
    }

    /// Fields that only methods assign are fields too.
    fn declare_assigned(&mut self, owner: &Owner, assigned: BTreeMap<Sym, Option<TypeName>>) {
        let decl = &mut self.unit.unit().types[owner.id.index()];
        for (name, ty) in assigned {
            if decl.fields.iter().any(|f| f.name == name) {
                continue;
            }
            let (init, is_static, attributes) = (None, false, Vec::new());
            decl.fields.push(Field { name, ty, init, is_static, attributes, span: decl.span });
        }
    }

    /// The constructor that a data class gets from its fields.
    fn data_constructor(&mut self, owner: &Owner, fields: Vec<Field>, at: Span) {
        let unit = self.unit.unit();
        let has_own = unit.types[owner.id.index()]
            .methods
            .iter()
            .any(|m| unit.function(*m).kind == FunctionKind::Constructor);
        if has_own || fields.is_empty() {
            return;
        }
        for field in &mut unit.types[owner.id.index()].fields {
            field.is_static = field.is_static && !fields.iter().any(|f| f.name == field.name);
        }
        let mut function = Function::new(owner.name.clone(), FunctionKind::Constructor, at);
        function.owner = Some(owner.id);
        let mut body = Block::new();
        for field in fields {
            let this = self.unit.expr(ExprKind::This, field.span);
            let target = self.unit.member(this, field.name.clone(), field.span);
            let value = self.unit.name(field.name.clone(), field.span);
            let assign = self.unit.expr(ExprKind::Assign { target, value }, field.span);
            self.push(StmtKind::Expr(assign), field.span, &mut body);
            function.params.push(Param {
                name: field.name,
                ty: field.ty,
                default: field.init,
                is_switch: false,
                is_rest: false,
                from_pipeline: false,
                aliases: Vec::new(),
                span: field.span,
            });
        }
        let id = self.unit.function(function);
        self.unit.set_body(id, body);
        self.unit.unit().types[owner.id.index()].methods.push(id);
    }
}
