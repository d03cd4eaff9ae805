//! Functions and types.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{all_kids, field, has_token, kid_of, kids, span};
use crate::ir::{
    Arg, Attribute, Block, ExprKind, Field, Function, FunctionKind, Param, Span, StmtKind, Sym, TypeDecl,
    TypeName,
};

/// A parameter that is a property too: its name, type and place.
type Promoted = (Sym, Option<TypeName>, Span);

impl Reader<'_> {
    /// Lowers a declaration; `false` when the node is none.
    pub(super) fn declaration(&mut self, node: Node<'_>, out: &mut Block) -> bool {
        match node.kind() {
            "namespace_use_declaration" => {}
            "namespace_definition" => self.namespace(node, out),
            "class_declaration" | "interface_declaration" | "trait_declaration" | "enum_declaration" => {
                if let Some(name) = field(node, "name") {
                    self.class(node, self.source(name).into(), span(name));
                }
            }
            "function_definition" => self.function(node, FunctionKind::Function),
            "const_declaration" if self.owner.is_some() && !self.in_function => self.class_constants(node),
            "const_declaration" => self.constants(node, out),
            "method_declaration" | "property_declaration" | "enum_case" | "use_declaration" => {
                self.class_member(node);
            }
            _ => return false,
        }
        true
    }

    /// A class, interface, trait, enum or anonymous class.
    pub(super) fn class(&mut self, node: Node<'_>, name: Sym, at: Span) {
        let mut bases = Vec::new();
        for clause in kids(node) {
            if matches!(clause.kind(), "base_clause" | "class_interface_clause") {
                bases.extend(kids(clause).into_iter().filter_map(|b| self.class_name(b)));
            }
        }
        let attributes = self.attributes(node);
        let id = self.unit.type_decl(TypeDecl {
            name,
            bases,
            is_interface: node.kind() == "interface_declaration",
            fields: Vec::new(),
            methods: Vec::new(),
            attributes,
            span: at,
        });
        let owner = self.owner.replace(id);
        let in_function = std::mem::replace(&mut self.in_function, false);
        let is_static = std::mem::replace(&mut self.is_static, false);
        let assigned = std::mem::take(&mut self.assigned);
        let mut loose = Block::new();
        for member in field(node, "body").map(all_kids).unwrap_or_default() {
            self.item(member, &mut loose);
        }
        let own = std::mem::replace(&mut self.assigned, assigned);
        for (name, at) in own {
            let decl = &mut self.unit.unit().types[id.index()];
            if !decl.fields.iter().any(|f| f.name == name) {
                decl.fields.push(plain_field(name, None, at));
            }
        }
        (self.owner, self.in_function, self.is_static) = (owner, in_function, is_static);
        if !loose.is_empty() {
            // Statements that a syntax error left directly in a type: a method without a name holds them.
            let mut function = Function::new("", FunctionKind::Method, at);
            function.owner = Some(id);
            let func = self.unit.function(function);
            self.unit.unit().types[id.index()].methods.push(func);
            self.unit.set_body(func, loose);
        }
    }

    fn class_member(&mut self, node: Node<'_>) {
        let Some(owner) = self.owner else {
            // After a syntax error.
            if node.kind() == "method_declaration" {
                self.function(node, FunctionKind::Function);
            }
            return;
        };
        match node.kind() {
            "method_declaration" => {
                let is_static = has_modifier(node, "static");
                let is_constructor =
                    field(node, "name").is_some_and(|n| self.source(n).eq_ignore_ascii_case("__construct"));
                let kind = match (is_constructor, is_static) {
                    (true, _) => FunctionKind::Constructor,
                    (_, true) => FunctionKind::StaticMethod,
                    _ => FunctionKind::Method,
                };
                self.function(node, kind);
            }
            "property_declaration" => self.properties(node),
            "enum_case" => {
                let Some(name) = field(node, "name") else { return };
                let mut case = plain_field(self.source(name).into(), None, span(name));
                case.is_static = true;
                case.init = field(node, "value").map(|v| self.expr(v));
                self.unit.unit().types[owner.index()].fields.push(case);
            }
            "use_declaration" => {
                // A trait's members are the class's, as those of a base are.
                let traits: Vec<TypeName> =
                    kids(node).into_iter().filter_map(|t| self.class_name(t)).collect();
                self.unit.unit().types[owner.index()].bases.extend(traits);
            }
            _ => {}
        }
    }

    fn class_constants(&mut self, node: Node<'_>) {
        let Some(owner) = self.owner else { return };
        for element in kids(node).into_iter().filter(|k| k.kind() == "const_element") {
            if let [name, value] = kids(element).as_slice() {
                let mut constant = plain_field(self.source(*name).into(), None, span(*name));
                constant.is_static = true;
                constant.init = Some(self.expr(*value));
                self.unit.unit().types[owner.index()].fields.push(constant);
            }
        }
    }

    fn properties(&mut self, node: Node<'_>) {
        let Some(owner) = self.owner else { return };
        let is_static = has_modifier(node, "static");
        let ty = field(node, "type").and_then(|t| self.type_of(t));
        for element in kids(node).into_iter().filter(|k| k.kind() == "property_element") {
            let Some(name) = field(element, "name") else { continue };
            let init = field(element, "default_value").map(|v| self.expr(v));
            let mut property = plain_field(self.ident(name), ty.clone(), span(name));
            (property.init, property.is_static) = (init, is_static);
            self.unit.unit().types[owner.index()].fields.push(property);
            self.errors_of(element);
        }
        let hooks = kid_of(node, "property_hook_list");
        let name = kid_of(node, "property_element").and_then(|e| field(e, "name")).map(|n| self.ident(n));
        if let (Some(hooks), Some(name)) = (hooks, name) {
            for hook in kids(hooks) {
                self.hook(hook, name.clone(), ty.clone());
            }
        }
    }

    /// `get => …` and `set { … }` of a property.
    fn hook(&mut self, node: Node<'_>, name: Sym, ty: Option<TypeName>) {
        let (Some(body), Some(owner)) = (field(node, "body"), self.owner) else { return };
        let is_setter = kid_of(node, "name").is_some_and(|n| self.source(n).eq_ignore_ascii_case("set"));
        let kind = if is_setter { FunctionKind::Setter } else { FunctionKind::Getter };
        let mut function = Function::new(name, kind, span(node));
        function.owner = Some(owner);
        if is_setter {
            function.params = vec![param("value".into(), ty, span(node))];
        } else {
            function.returns = ty;
        }
        let id = self.unit.function(function);
        self.unit.unit().types[owner.index()].methods.push(id);
        self.body(id, body, false, Block::new());
    }

    /// A function or method. Functions are known everywhere, wherever they are declared.
    fn function(&mut self, node: Node<'_>, kind: FunctionKind) {
        let Some(name_node) = field(node, "name") else { return };
        let owner = self.owner.filter(|_| kind != FunctionKind::Function);
        let name = match owner.filter(|_| kind == FunctionKind::Constructor) {
            Some(owner) => self.unit.unit().type_decl(owner).name.clone(),
            None => self.source(name_node).into(),
        };
        let mut function = Function::new(name, kind, span(name_node));
        function.owner = owner;
        let (params, promoted) = self.params(field(node, "parameters"));
        function.params = params;
        function.returns = field(node, "return_type").and_then(|t| self.type_of(t));
        function.attributes = self.attributes(node);
        let id = self.unit.function(function);
        let mut start = Block::new();
        if let Some(owner) = owner {
            self.unit.unit().types[owner.index()].methods.push(id);
            for (name, ty, at) in promoted {
                let this = self.unit.expr(ExprKind::This, at);
                let target = self.unit.member(this, name.clone(), at);
                let value = self.unit.name(name.clone(), at);
                let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
                self.push(StmtKind::Expr(assign), at, &mut start);
                self.unit.unit().types[owner.index()].fields.push(plain_field(name, ty, at));
            }
        }
        if let Some(body) = field(node, "body") {
            self.body(id, body, kind == FunctionKind::StaticMethod, start);
        }
    }

    /// The statements of a function: a block, or an expression that is returned.
    fn body(&mut self, id: crate::ir::FuncId, body: Node<'_>, is_static: bool, start: Block) {
        let globals = std::mem::take(&mut self.globals);
        let pending = std::mem::take(&mut self.pending);
        let in_function = std::mem::replace(&mut self.in_function, true);
        let was_static = std::mem::replace(&mut self.is_static, is_static);
        let mut block = start;
        if body.kind() == "compound_statement" {
            block.append(&mut self.block(body));
        } else {
            let value = self.expr(body);
            block.append(&mut self.pending);
            self.push(StmtKind::Return(Some(value)), span(body), &mut block);
        }
        self.unit.set_body(id, block);
        self.globals = globals;
        self.pending = pending;
        (self.in_function, self.is_static) = (in_function, was_static);
    }

    /// Parameters, and those that are properties too.
    pub(super) fn params(&mut self, list: Option<Node<'_>>) -> (Vec<Param>, Vec<Promoted>) {
        let (mut params, mut promoted) = (Vec::new(), Vec::new());
        let Some(list) = list else { return (params, promoted) };
        for node in kids(list) {
            let Some(name) = field(node, "name") else { continue };
            let ty = field(node, "type").and_then(|t| self.type_of(t));
            let mut param = param(self.ident(name), ty, span(node));
            param.default = field(node, "default_value").map(|v| self.expr(v));
            param.is_rest = node.kind() == "variadic_parameter";
            if node.kind() == "property_promotion_parameter" {
                promoted.push((param.name.clone(), param.ty.clone(), param.span));
            }
            self.errors_of(node);
            params.push(param);
        }
        self.errors_of(list);
        (params, promoted)
    }

    /// `#[Name(args)]`.
    fn attributes(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let groups = field(node, "attributes").map(kids).unwrap_or_default();
        for attribute in groups.into_iter().flat_map(kids) {
            let Some(name) = kids(attribute).first().and_then(|n| self.class_name(*n)) else { continue };
            let args: Vec<Arg> = field(attribute, "parameters").map(|p| self.args(p)).unwrap_or_default();
            attributes.push(Attribute { name: name.short().into(), args, span: span(attribute) });
        }
        attributes
    }
}

/// A property of an instance without an initial value.
fn plain_field(name: Sym, ty: Option<TypeName>, at: Span) -> Field {
    Field { name, ty, init: None, is_static: false, attributes: Vec::new(), span: at }
}

fn param(name: Sym, ty: Option<TypeName>, at: Span) -> Param {
    Param {
        name,
        ty,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span: at,
    }
}

/// The declaration carries this modifier.
fn has_modifier(node: Node<'_>, modifier: &str) -> bool {
    kid_of(node, &format!("{modifier}_modifier")).is_some() || has_token(node, modifier)
}
