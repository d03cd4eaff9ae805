//! Members of types.

use tree_sitter::Node;

use super::decl::plain_field;
use super::{Reader, all_kids, field, kids, span};
use crate::ir::{Block, Field, FuncId, Function, FunctionKind, Span, StmtKind, Sym, TypeName};

impl Reader<'_> {
    /// A member of the current type. Outside of one (after a syntax error) functions become free functions.
    pub(super) fn member(&mut self, node: Node<'_>, out: &mut Block) {
        match node.kind() {
            "field_declaration" | "local_declaration_statement" => self.fields(node),
            "enum_member_declaration" => {
                let Some(name) = field(node, "name") else { return };
                let mut member = plain_field(self.ident(name), None, span(name));
                member.is_static = true;
                member.init = field(node, "value").map(|v| self.expr(v));
                member.attributes = self.attributes(node);
                self.add_field(member);
            }
            "property_declaration" => self.property(node, out),
            "indexer_declaration" => self.accessors(node, &"this[]".into(), span(node), out),
            _ => self.function(node, FunctionKind::Method, out),
        }
    }

    fn add_field(&mut self, field: Field) {
        if let Some(owner) = self.owner {
            self.unit.unit().types[owner.index()].fields.push(field);
        }
    }

    fn fields(&mut self, node: Node<'_>) {
        let is_static = self.has_modifier(node, "static") || self.has_modifier(node, "const");
        let attributes = self.attributes(node);
        for declaration in kids(node).into_iter().filter(|k| k.kind() == "variable_declaration") {
            let ty = field(declaration, "type").and_then(|t| self.type_name(t));
            for declarator in kids(declaration) {
                let Some(name) = field(declarator, "name") else { continue };
                let init = self.initial_value(declarator, ty.as_ref());
                self.errors_of(declarator);
                let mut member = plain_field(self.ident(name), ty.clone(), span(name));
                (member.init, member.is_static, member.attributes) = (init, is_static, attributes.clone());
                self.add_field(member);
            }
            self.errors_of(declaration);
        }
    }

    fn property(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(name_node) = field(node, "name") else { return };
        let name = self.ident(name_node);
        let value = field(node, "value");
        let is_computed = value.is_some_and(|v| v.kind() == "arrow_expression_clause");
        let accessors: Vec<Node<'_>> = field(node, "accessors").map(kids).unwrap_or_default();
        // An accessor without a body stores the value in a field that has no name of its own.
        if !is_computed && (accessors.is_empty() || accessors.iter().any(|a| field(*a, "body").is_none())) {
            let ty = field(node, "type").and_then(|t| self.type_name(t));
            let mut member = plain_field(name.clone(), ty.clone(), span(name_node));
            member.init = value.map(|v| self.expr_as(v, ty));
            member.is_static = self.has_modifier(node, "static");
            member.attributes = self.attributes(node);
            self.add_field(member);
        }
        self.accessors(node, &name, span(name_node), out);
    }

    /// The bodies of a property or an indexer.
    fn accessors(&mut self, node: Node<'_>, name: &Sym, at: Span, out: &mut Block) {
        let ty = field(node, "type").and_then(|t| self.type_name(t));
        let value = field(node, "value").filter(|v| v.kind() == "arrow_expression_clause");
        if let Some(value) = value {
            self.accessor(node, FunctionKind::Getter, name, ty.as_ref(), (value, at), out);
        }
        for accessor in field(node, "accessors").map(kids).unwrap_or_default() {
            let Some(body) = field(accessor, "body") else { continue };
            let kind = match field(accessor, "name").map(|n| self.source(n)) {
                Some("set" | "init") => FunctionKind::Setter,
                _ => FunctionKind::Getter,
            };
            self.accessor(node, kind, name, ty.as_ref(), (body, at), out);
            self.errors_of(accessor);
        }
        if let Some(list) = field(node, "accessors") {
            self.errors_of(list);
        }
    }

    fn accessor(
        &mut self,
        node: Node<'_>,
        kind: FunctionKind,
        name: &Sym,
        ty: Option<&TypeName>,
        (body, at): (Node<'_>, Span),
        out: &mut Block,
    ) {
        let mut function = Function::new(name.clone(), kind, at);
        function.params = self.params(field(node, "parameters")).0;
        function.attributes = self.attributes(node);
        let is_getter = kind == FunctionKind::Getter;
        if is_getter {
            function.returns = ty.cloned();
        } else {
            function.params.push(crate::ir::Param {
                name: "value".into(),
                ty: ty.cloned(),
                default: None,
                is_switch: false,
                is_rest: false,
                from_pipeline: false,
                aliases: Vec::new(),
                span: at,
            });
        }
        let id = self.add_function(function, span(node), out);
        self.body(id, body, ty.cloned().filter(|_| is_getter));
    }

    /// A method, constructor, operator or local function.
    pub(super) fn function(&mut self, node: Node<'_>, kind: FunctionKind, out: &mut Block) {
        if node.kind() == "constructor_declaration" && self.is_extension_block(node) {
            return self.extension_block(node, out);
        }
        let is_static = self.has_modifier(node, "static");
        let name_node = field(node, "name");
        let mut name = name_node.map(|n| self.ident(n)).unwrap_or_default();
        let mut at = name_node.map_or(span(node), span);
        let is_type_level = kind != FunctionKind::Function && self.owner.is_some();
        let kind = match node.kind() {
            "constructor_declaration" if is_static => FunctionKind::StaticConstructor,
            "constructor_declaration" => FunctionKind::Constructor,
            "operator_declaration" => {
                if let Some(operator) = field(node, "operator") {
                    name = format!("operator {}", self.source(operator)).into();
                    at = span(operator);
                }
                FunctionKind::StaticMethod
            }
            "conversion_operator_declaration" => {
                let implicit = super::has_token(node, "implicit");
                name = if implicit { "implicit operator" } else { "explicit operator" }.into();
                at = field(node, "type").map_or(at, span);
                FunctionKind::StaticMethod
            }
            _ if !is_type_level => FunctionKind::Function,
            _ if is_static => FunctionKind::StaticMethod,
            _ => FunctionKind::Method,
        };
        let mut function = Function::new(name, kind, at);
        (function.params, function.is_extension) = self.params(field(node, "parameters"));
        if !self.receiver.is_empty() && is_type_level && !is_static {
            function.params.splice(0..0, self.receiver.iter().cloned());
            (function.kind, function.is_extension) = (FunctionKind::StaticMethod, true);
        }
        let returns = field(node, "returns").or_else(|| field(node, "type"));
        function.returns = returns.and_then(|t| self.type_name(t));
        function.attributes = self.attributes(node);
        let initializer = kids(node).into_iter().find(|k| k.kind() == "constructor_initializer");
        function.delegates_to = initializer.and_then(|i| self.delegation(i));
        let mut returns = function.returns.clone();
        if self.has_modifier(node, "async")
            && let Some(TypeName { args, .. }) = &returns
        {
            returns = args.first().cloned();
        }
        self.declare_body(node, &mut function);
        let id = self.add_function(function, span(node), out);
        if let Some(body) = field(node, "body") {
            let outs = self.out_params(node);
            let outer = std::mem::replace(&mut self.outs, outs);
            self.body(id, body, returns);
            self.outs = outer;
        }
    }

    fn param_nodes(node: Node<'_>) -> Vec<Node<'_>> {
        let list = field(node, "parameters").map(kids).unwrap_or_default();
        list.into_iter().filter(|p| p.kind() == "parameter").collect()
    }

    fn out_params(&self, node: Node<'_>) -> Vec<Sym> {
        let params = Self::param_nodes(node).into_iter().filter(|p| self.has_modifier(*p, "out"));
        params.filter_map(|p| field(p, "name")).map(|name| self.ident(name)).collect()
    }

    /// A method of an interface that attributes with a text declare, like `[Get("/v1/customers")]`.
    fn declare_body(&mut self, node: Node<'_>, function: &mut Function) {
        let of_interface = self.owner.is_some_and(|o| self.unit.unit().type_decl(o).is_interface);
        if !of_interface || field(node, "body").is_some() {
            return;
        }
        let unit = self.unit.unit();
        let says = |attribute: &crate::ir::Attribute| {
            let first = attribute.args.first().map(|a| &unit.expr(a.value).kind);
            matches!(first, Some(crate::ir::ExprKind::Str(_)))
        };
        let telling: Vec<crate::ir::Attribute> =
            function.attributes.iter().filter(|a| says(a)).cloned().collect();
        if telling.is_empty() {
            return;
        }
        let notes: Vec<Vec<crate::ir::Attribute>> =
            Self::param_nodes(node).into_iter().map(|p| self.attributes(p)).collect();
        let shown = Function { attributes: telling, ..function.clone() };
        let block = crate::frontend::jvm::declared_body(&mut self.unit, &shown, &notes, &[]);
        function.has_body = block.is_some();
        function.body = block.unwrap_or_default();
    }

    /// The grammar takes `extension(T receiver) { … }` for a constructor.
    fn is_extension_block(&mut self, node: Node<'_>) -> bool {
        let name = field(node, "name").map(|n| self.source(n));
        let owner = self.owner.map(|o| self.unit.unit().type_decl(o).name.clone());
        name == Some("extension") && owner.is_some_and(|o| &*o != "extension")
    }

    /// The members of an extension block are extension methods.
    fn extension_block(&mut self, node: Node<'_>, out: &mut Block) {
        self.receiver = self.params(field(node, "parameters")).0;
        for member in field(node, "body").map(all_kids).unwrap_or_default() {
            self.item(member, out);
        }
        self.receiver.clear();
    }

    /// Adds a function to the type it belongs to, or defines it where it stands.
    fn add_function(&mut self, mut function: Function, at: Span, out: &mut Block) -> FuncId {
        function.owner = self.owner;
        let is_local = function.kind == FunctionKind::Function;
        let id = self.unit.function(function);
        match self.owner {
            Some(owner) if !is_local => self.unit.unit().types[owner.index()].methods.push(id),
            _ => self.push(StmtKind::Define(id), at, out),
        }
        id
    }
}
