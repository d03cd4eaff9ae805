//! Classes, interfaces, enums, and functions with a `prototype`.

use tree_sitter::Node;

use super::{Reader, field, has_token, kids, span};
use crate::ir::{
    Block, ExprId, ExprKind, Field, Function, FunctionKind, Span, StmtKind, Sym, TypeDecl, TypeId, TypeName,
};

impl Reader<'_> {
    pub(super) fn class(&mut self, node: Node<'_>, name: Sym, at: Span) -> TypeId {
        let mut bases = Vec::new();
        for heritage in kids(node).into_iter().filter(|k| k.kind() == "class_heritage") {
            for part in kids(heritage) {
                match part.kind() {
                    "extends_clause" => {
                        let value = field(part, "value");
                        bases.extend(value.and_then(|v| self.base_type(v)));
                    }
                    "implements_clause" => {
                        for ty in kids(part) {
                            bases.extend(self.type_name(ty));
                        }
                    }
                    _ => bases.extend(self.base_type(part)),
                }
            }
        }
        let attributes = self.decorators(node);
        let id = self.new_type(name, bases, false, at);
        self.unit.unit().types[id.index()].attributes = attributes;
        let outer = self.owner.replace(id);
        let outer_assigned = std::mem::take(&mut self.assigned);
        let outer_pending = std::mem::take(&mut self.pending);
        let nesting = std::mem::replace(&mut self.nesting, 1);
        let body = field(node, "body");
        for member in body.map(kids).unwrap_or_default() {
            self.class_member(member, id);
            self.errors_of(member);
        }
        if let Some(body) = body {
            self.errors_of(body);
        }
        self.declare_assigned(id);
        let loose = std::mem::replace(&mut self.pending, outer_pending);
        if !loose.is_empty() {
            // What a syntax error left directly in the class.
            let function = self.method(id, Sym::from(""), FunctionKind::Method, at);
            self.unit.set_body(function, loose);
        }
        (self.owner, self.assigned, self.nesting) = (outer, outer_assigned, nesting);
        id
    }

    fn new_type(&mut self, name: Sym, bases: Vec<TypeName>, is_interface: bool, at: Span) -> TypeId {
        self.unit.type_decl(TypeDecl {
            name,
            bases,
            is_interface,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes: Vec::new(),
            span: at,
        })
    }

    /// A class used as a value.
    pub(super) fn class_expression(&mut self, node: Node<'_>) -> ExprId {
        let name: Sym = match field(node, "name") {
            Some(name) => self.ident(name),
            None => format!("class@{}", node.start_byte()).into(),
        };
        self.class(node, name.clone(), span(node));
        self.unit.expr(ExprKind::TypeRef(TypeName::simple(name)), span(node))
    }

    fn method(&mut self, owner: TypeId, name: Sym, kind: FunctionKind, at: Span) -> crate::ir::FuncId {
        let mut function = Function::new(name, kind, at);
        function.owner = Some(owner);
        let id = self.unit.function(function);
        self.unit.unit().types[owner.index()].methods.push(id);
        id
    }

    fn class_member(&mut self, member: Node<'_>, owner: TypeId) {
        match member.kind() {
            "method_definition" | "abstract_method_signature" | "method_signature" => {
                self.class_method(member, owner);
            }
            "field_definition" | "public_field_definition" => self.class_field(member, owner),
            "class_static_block" => {
                let id = self.method(owner, Sym::from(""), FunctionKind::StaticConstructor, span(member));
                let mut body = Block::new();
                if let Some(block) = field(member, "body") {
                    self.statements(block, &mut body);
                }
                self.unit.set_body(id, body);
            }
            _ => {}
        }
    }

    fn class_method(&mut self, member: Node<'_>, owner: TypeId) {
        let Some(name_node) = field(member, "name") else { return };
        let name = self.member_name(name_node);
        let is_static = has_token(member, "static");
        let is_constructor = name.as_ref() == "constructor" && !is_static;
        // An overload says nothing that its implementation does not.
        let in_class = !self.unit.unit().type_decl(owner).is_interface;
        if member.kind() == "method_signature" && in_class {
            return;
        }
        let kind = match () {
            () if is_constructor => FunctionKind::Constructor,
            () if has_token(member, "get") => FunctionKind::Getter,
            () if has_token(member, "set") => FunctionKind::Setter,
            () if is_static => FunctionKind::StaticMethod,
            () => FunctionKind::Method,
        };
        let name = if is_constructor { self.unit.unit().type_decl(owner).name.clone() } else { name };
        let id = self.method(owner, name, kind, span(name_node));
        self.unit.unit().functions[id.index()].attributes = self.decorators(member);
        self.fill(id, member);
        if is_constructor {
            self.parameter_properties(member, owner, id);
        }
    }

    /// `constructor(private readonly http: HttpClient)`: parameters that become fields.
    fn parameter_properties(&mut self, member: Node<'_>, owner: TypeId, id: crate::ir::FuncId) {
        let mut body = Block::new();
        for part in field(member, "parameters").map(kids).unwrap_or_default() {
            let is_property =
                kids(part).iter().any(|k| matches!(k.kind(), "accessibility_modifier" | "override_modifier"))
                    || has_token(part, "readonly");
            let Some(pattern) = field(part, "pattern").filter(|p| is_property && p.kind() == "identifier")
            else {
                continue;
            };
            let (name, at) = (self.ident(pattern), span(pattern));
            let ty = self.declared_type(part);
            self.add_field(owner, name.clone(), ty, None, false, at);
            let this = self.unit.expr(ExprKind::This, at);
            let target = self.unit.member(this, name.clone(), at);
            let value = self.unit.name(name, at);
            let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
            self.push(StmtKind::Expr(assign), at, &mut body);
        }
        let function = &mut self.unit.unit().functions[id.index()];
        body.append(&mut function.body);
        function.body = body;
    }

    fn class_field(&mut self, member: Node<'_>, owner: TypeId) {
        let Some(name_node) = field(member, "name").or_else(|| field(member, "property")) else { return };
        let (name, at) = (self.member_name(name_node), span(name_node));
        let is_static = has_token(member, "static");
        let value = field(member, "value").map(|v| self.unwrapped(v));
        if let Some(function) = value.filter(|v| matches!(v.kind(), "arrow_function" | "function_expression"))
        {
            let kind = if is_static { FunctionKind::StaticMethod } else { FunctionKind::Method };
            let id = self.method(owner, name, kind, at);
            self.fill(id, function);
            return;
        }
        let ty = self.declared_type(member);
        let init = value.map(|v| self.expr(v));
        let attributes = self.decorators(member);
        self.add_field(owner, name, ty, init, is_static, at);
        if let Some(field) = self.unit.unit().types[owner.index()].fields.last_mut() {
            field.attributes = attributes;
        }
    }

    fn add_field(
        &mut self,
        owner: TypeId,
        name: Sym,
        ty: Option<TypeName>,
        init: Option<ExprId>,
        is_static: bool,
        at: Span,
    ) {
        let field = Field { name, ty, init, is_static, attributes: Vec::new(), span: at };
        self.unit.unit().types[owner.index()].fields.push(field);
    }

    /// The name of a member as it is written in a declaration.
    fn member_name(&mut self, node: Node<'_>) -> Sym {
        match node.kind() {
            "string" => self.string(node).into(),
            "computed_property_name" => match kids(node).first() {
                Some(inner) if inner.kind() == "string" => self.string(*inner).into(),
                _ => self.ident(node),
            },
            _ => self.ident(node),
        }
    }

    /// Notes `this.x` on the left of an assignment.
    pub(super) fn note_assigned(&mut self, left: Node<'_>) {
        if self.owner.is_some()
            && left.kind() == "member_expression"
            && field(left, "object").is_some_and(|o| o.kind() == "this")
            && let Some(name) = field(left, "property")
        {
            let name_text = self.ident(name);
            self.assigned.push((name_text, span(name)));
        }
    }

    /// Declares the fields that only assignments show.
    pub(super) fn declare_assigned(&mut self, owner: TypeId) {
        for (name, at) in std::mem::take(&mut self.assigned) {
            let unit = self.unit.unit();
            let decl = &unit.types[owner.index()];
            let known = decl.fields.iter().any(|f| f.name == name)
                || decl.methods.iter().any(|m| unit.functions[m.index()].name == name);
            if !known {
                self.add_field(owner, name, None, None, false, at);
            }
        }
    }

    pub(super) fn interface(&mut self, node: Node<'_>) {
        let Some(name) = field(node, "name") else { return };
        let mut bases = Vec::new();
        for clause in kids(node).into_iter().filter(|k| k.kind() == "extends_type_clause") {
            for ty in kids(clause) {
                bases.extend(self.type_name(ty));
            }
        }
        let text = self.ident(name);
        let id = self.new_type(text, bases, true, span(name));
        let outer = self.owner.replace(id);
        for member in field(node, "body").map(kids).unwrap_or_default() {
            match member.kind() {
                "property_signature" => {
                    let Some(name) = field(member, "name") else { continue };
                    let (text, at) = (self.member_name(name), span(name));
                    let ty = self.declared_type(member);
                    self.add_field(id, text, ty, None, false, at);
                }
                "method_signature" => self.class_method(member, id),
                _ => {}
            }
        }
        self.owner = outer;
    }

    pub(super) fn enumeration(&mut self, node: Node<'_>) {
        let Some(name) = field(node, "name") else { return };
        let text = self.ident(name);
        let id = self.new_type(text, Vec::new(), false, span(name));
        for member in field(node, "body").map(kids).unwrap_or_default() {
            let (name, value) = match member.kind() {
                "enum_assignment" => (field(member, "name"), field(member, "value")),
                _ => (Some(member), None),
            };
            let Some(name) = name else { continue };
            let (text, at) = (self.member_name(name), span(name));
            let init = value.map(|v| self.expr(v));
            self.add_field(id, text, None, init, true, at);
        }
    }

    /// Begins an object literal whose functions are methods of a type of its own.
    pub(super) fn open_singleton(&mut self, node: Node<'_>) -> TypeId {
        let name = format!("object@{}", node.start_byte());
        let id = self.new_type(name.into(), Vec::new(), false, span(node));
        self.singleton = Some(id);
        id
    }

    /// What the object literal is: an object of that type when it has methods, else the map that it looks like.
    pub(super) fn close_singleton(&mut self, id: TypeId, map: ExprId, at: Span) -> ExprId {
        self.singleton = None;
        let decl = self.unit.unit().type_decl(id);
        let name = decl.name.clone();
        if decl.methods.is_empty() {
            return map;
        }
        let ExprKind::Map(entries) = self.unit.unit().expr(map).kind.clone() else { return map };
        let is_open = entries.iter().any(|(key, value)| key == value);
        for (key, value) in entries {
            let expr = self.unit.unit().expr(key);
            let (ExprKind::Str(field), place) = (expr.kind.clone(), expr.span) else { continue };
            let unit = self.unit.unit();
            let known =
                unit.types[id.index()].methods.iter().any(|m| unit.functions[m.index()].name == field);
            if !known {
                self.add_field(id, field, None, Some(value), false, place);
            }
        }
        self.declare_assigned(id);
        if is_open {
            return map;
        }
        let ty = Some(TypeName::simple(name));
        self.unit.expr(ExprKind::New { ty, args: Vec::new(), init: Vec::new() }, at)
    }

    /// A function of the object literal being read: a method, which its object holds.
    pub(super) fn singleton_method(&mut self, key: Node<'_>, value: Node<'_>) -> Option<ExprId> {
        let id = self.singleton.filter(|_| self.nesting == 0)?;
        if !matches!(value.kind(), "method_definition" | "function_expression")
            || !matches!(key.kind(), "property_identifier" | "string")
            || has_token(value, "get")
        {
            return None;
        }
        let (name, at) = (self.member_name(key), span(key));
        let outer = self.owner.replace(id);
        let method = self.method(id, name.clone(), FunctionKind::Method, at);
        self.fill(method, value);
        self.owner = outer;
        let type_name = self.unit.unit().type_decl(id).name.clone();
        let ty = self.unit.expr(ExprKind::TypeRef(TypeName::simple(type_name)), at);
        Some(self.unit.member(ty, name, at))
    }

    /// Functions into whose `prototype` something is put are classes.
    pub(super) fn find_prototypes(&mut self, root: Node<'_>) {
        for statement in kids(root).into_iter().filter(|k| k.kind() == "expression_statement") {
            let left = kids(statement).first().and_then(|e| field(*e, "left"));
            let Some((name, _)) = left.and_then(|l| self.prototype_of(l)) else { continue };
            if !self.prototypes.contains_key(&name) {
                let id = self.new_type(name.clone(), Vec::new(), false, span(statement));
                self.prototypes.insert(name, id);
            }
        }
    }

    /// `X.prototype.m` gives `X` and `m`.
    fn prototype_of(&self, left: Node<'_>) -> Option<(Sym, Sym)> {
        if left.kind() != "member_expression" {
            return None;
        }
        let object = field(left, "object").filter(|o| o.kind() == "member_expression")?;
        if self.source(field(object, "property")?) != "prototype" {
            return None;
        }
        let class = field(object, "object").filter(|o| o.kind() == "identifier")?;
        Some((self.ident(class), self.ident(field(left, "property")?)))
    }

    /// `X.prototype.m = function …` at the top level; `false` when it is something else.
    pub(super) fn prototype_method(&mut self, assignment: Node<'_>) -> bool {
        let (Some(left), Some(right)) = (field(assignment, "left"), field(assignment, "right")) else {
            return false;
        };
        let Some((class, name)) = self.prototype_of(left) else { return false };
        let right = self.unwrapped(right);
        let Some(owner) = self.prototypes.get(&class).copied() else { return false };
        if !matches!(right.kind(), "function_expression" | "arrow_function") {
            return false;
        }
        let outer = self.owner.replace(owner);
        let assigned = std::mem::take(&mut self.assigned);
        let id = self.method(owner, name, FunctionKind::Method, span(left));
        self.fill(id, right);
        self.declare_assigned(owner);
        (self.owner, self.assigned) = (outer, assigned);
        true
    }

    /// The function that a class of the old kind is.
    pub(super) fn prototype_constructor(&mut self, owner: TypeId, node: Node<'_>, at: Span) {
        let name = self.unit.unit().type_decl(owner).name.clone();
        let outer = self.owner.replace(owner);
        let assigned = std::mem::take(&mut self.assigned);
        let id = self.method(owner, name, FunctionKind::Constructor, at);
        self.fill(id, node);
        self.declare_assigned(owner);
        (self.owner, self.assigned) = (outer, assigned);
    }

    /// A method that a syntax error has torn out of its class.
    pub(super) fn stray_method(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(name) = field(node, "name") else { return };
        let text = self.member_name(name);
        match self.owner {
            Some(owner) => self.class_method(node, owner),
            None => self.function(text, node, span(name), out),
        }
    }
}
