//! Namespaces, imports and types.

use tree_sitter::Node;

use super::stmt::branch_items;
use super::{Reader, all_kids, field, has_token, kids, span};
use crate::ir::{
    Arg, Block, ExprKind, Field, Function, FunctionKind, Import, Param, Span, StmtKind, Sym, TypeDecl,
    TypeId, TypeName,
};

impl Reader<'_> {
    /// Lowers a declaration; `false` when the node is none.
    pub(super) fn declaration(&mut self, node: Node<'_>, out: &mut Block) -> bool {
        match node.kind() {
            "using_directive" => self.using(node),
            "namespace_declaration" | "file_scoped_namespace_declaration" => self.namespace(node, out),
            "class_declaration"
            | "struct_declaration"
            | "interface_declaration"
            | "record_declaration"
            | "enum_declaration" => self.type_declaration(node),
            "delegate_declaration"
            | "extern_alias_directive"
            | "global_attribute"
            | "shebang_directive"
            | "destructor_declaration"
            | "event_declaration"
            | "event_field_declaration" => {}
            "method_declaration"
            | "constructor_declaration"
            | "operator_declaration"
            | "conversion_operator_declaration"
            | "property_declaration"
            | "indexer_declaration"
            | "enum_member_declaration" => self.member(node, out),
            "field_declaration" | "local_declaration_statement" if self.owner.is_some() && !self.in_body => {
                self.member(node, out);
            }
            "field_declaration" => {
                for variables in kids(node).into_iter().filter(|k| k.kind() == "variable_declaration") {
                    self.variables(variables, span(node), out);
                }
            }
            // Only syntax errors bring a local function directly into a type.
            "local_function_statement" if self.owner.is_some() && !self.in_body => self.member(node, out),
            "preproc_if" if self.owner.is_some() && !self.in_body => {
                let mut next = Some(node);
                while let Some(branch) = next {
                    for item in branch_items(branch) {
                        self.item(item, out);
                    }
                    next = field(branch, "alternative");
                }
            }
            _ => return false,
        }
        self.errors_of(node);
        out.append(&mut self.pending);
        true
    }

    fn using(&mut self, node: Node<'_>) {
        let alias = field(node, "name");
        let Some(path) = kids(node).into_iter().rfind(|k| Some(*k) != alias) else { return };
        let Some(path) = self.type_name(path) else { return };
        let alias = alias.map(|a| self.ident(a));
        self.unit.unit().imports.push(Import { path: path.name, member: None, alias, span: span(node) });
    }

    /// A namespace brings its own names into scope, like an import.
    fn namespace(&mut self, node: Node<'_>, out: &mut Block) {
        if let Some(name) = field(node, "name")
            && let Some(path) = self.type_name(name)
        {
            self.unit.unit().namespaces.push(path.name.clone());
            self.unit.unit().imports.push(Import {
                path: path.name,
                member: None,
                alias: None,
                span: span(name),
            });
        }
        for child in field(node, "body").map(all_kids).unwrap_or_default() {
            self.item(child, out);
        }
    }

    fn type_declaration(&mut self, node: Node<'_>) {
        let Some(name_node) = field(node, "name") else { return };
        let mut bases = Vec::new();
        let mut base_args = None;
        let mut params = None;
        for kid in kids(node) {
            match kid.kind() {
                "parameter_list" => params = Some(kid),
                "base_list" => base_args = self.bases(kid, &mut bases),
                _ => {}
            }
        }
        let is_nameless = self.razor.classes.contains(&node.start_byte());
        let name = if is_nameless { Sym::from("") } else { self.ident(name_node) };
        let attributes = self.attributes(node);
        let id = self.unit.type_decl(TypeDecl {
            name,
            bases,
            is_interface: node.kind() == "interface_declaration",
            fields: Vec::new(),
            methods: Vec::new(),
            attributes,
            span: span(name_node),
        });
        let outer =
            (self.owner.replace(id), std::mem::replace(&mut self.in_body, false), self.returns.take());
        if let Some(params) = params {
            self.primary_constructor(id, name_node, params, base_args);
        }
        let mut loose = Block::new();
        for member in field(node, "body").map(all_kids).unwrap_or_default() {
            self.item(member, &mut loose);
        }
        loose.append(&mut self.pending);
        if !loose.is_empty() {
            self.loose_code(id, loose, span(name_node));
        }
        (self.owner, self.in_body, self.returns) = outer;
    }

    /// The types of a base list; returns the arguments for the base constructor.
    fn bases<'n>(&mut self, list: Node<'n>, bases: &mut Vec<TypeName>) -> Option<Node<'n>> {
        let mut args = None;
        for base in kids(list) {
            match base.kind() {
                "argument_list" => args = Some(base),
                "primary_constructor_base_type" => {
                    bases.extend(field(base, "type").and_then(|t| self.type_name(t)));
                    args = kids(base).into_iter().rfind(|k| k.kind() == "argument_list");
                }
                _ => bases.extend(self.type_name(base)),
            }
        }
        args
    }

    /// The head of a type whose body a syntax error has broken up: what follows are its members.
    pub(super) fn broken_type(&mut self, name: Node<'_>, base_list: Option<Node<'_>>, is_interface: bool) {
        let mut bases = Vec::new();
        if let Some(list) = base_list {
            self.bases(list, &mut bases);
        }
        self.owner = Some(self.unit.type_decl(TypeDecl {
            name: self.ident(name),
            bases,
            is_interface,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes: Vec::new(),
            span: span(name),
        }));
    }

    /// What `@inject` declares is known to the members of a Razor file.
    pub(super) fn injected(&mut self, body: &mut Block) {
        let unit = self.unit.unit();
        let Some(owner) = unit.types.iter_mut().find(|t| t.name.is_empty()) else { return };
        body.retain(|id| {
            let stmt = &mut unit.stmts[id.index()];
            let StmtKind::Let { name, ty, .. } = &stmt.kind else { return true };
            let is_injected = self.razor.injected.contains(&(stmt.span.start as usize));
            if is_injected {
                owner.fields.push(plain_field(name.clone(), ty.clone(), stmt.span));
            }
            !is_injected
        });
    }

    /// Statements that a syntax error left directly in a type: a method without a name holds them.
    fn loose_code(&mut self, owner: TypeId, body: Block, at: Span) {
        let mut function = Function::new("", FunctionKind::Method, at);
        function.owner = Some(owner);
        let id = self.unit.function(function);
        self.unit.unit().types[owner.index()].methods.push(id);
        self.unit.set_body(id, body);
    }

    /// The parameters of a record or class become fields that a constructor sets.
    fn primary_constructor(
        &mut self,
        owner: TypeId,
        name: Node<'_>,
        list: Node<'_>,
        base_args: Option<Node<'_>>,
    ) {
        let (params, _) = self.params(Some(list));
        let decl = self.unit.unit().type_decl(owner);
        let mut function = Function::new(decl.name.clone(), FunctionKind::Constructor, span(name));
        function.owner = Some(owner);
        if let Some(list) = base_args {
            let callee = self.unit.expr(ExprKind::Base, span(list));
            let args = self.args(list);
            function.delegates_to = Some(self.unit.call(callee, args, span(list)));
        }
        let mut body = Block::new();
        for Param { name, ty, span: at, .. } in &params {
            let this = self.unit.expr(ExprKind::This, *at);
            let target = self.unit.member(this, name.clone(), *at);
            let value = self.unit.name(name.clone(), *at);
            let assign = self.unit.expr(ExprKind::Assign { target, value }, *at);
            self.push(StmtKind::Expr(assign), *at, &mut body);
            let field = plain_field(name.clone(), ty.clone(), *at);
            self.unit.unit().types[owner.index()].fields.push(field);
        }
        function.params = params;
        let id = self.unit.function(function);
        self.unit.set_body(id, body);
        self.unit.unit().types[owner.index()].methods.push(id);
    }

    /// `: this(…)` and `: base(…)`.
    pub(super) fn delegation(&mut self, initializer: Node<'_>) -> Option<crate::ir::ExprId> {
        let list = kids(initializer).into_iter().rfind(|k| k.kind() == "argument_list")?;
        let kind = if has_token(initializer, "this") { ExprKind::This } else { ExprKind::Base };
        let callee = self.unit.expr(kind, span(initializer));
        let args: Vec<Arg> = self.args(list);
        Some(self.unit.call(callee, args, span(initializer)))
    }
}

/// A field of an instance without an initial value.
pub(super) fn plain_field(name: Sym, ty: Option<TypeName>, at: Span) -> Field {
    Field { name, ty, init: None, is_static: false, attributes: Vec::new(), span: at }
}
