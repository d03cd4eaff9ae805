//! Imports and types.

use tree_sitter::Node;

use super::Reader;
use super::scope::{Level, plain_field};
use crate::frontend::jvm::{all_kids, has_token, kid, kids, parts, span};
use crate::ir::{
    Arg, Block, ExprId, ExprKind, Function, FunctionKind, Import, Param, Span, StmtKind, Sym, TypeDecl,
    TypeId, TypeName,
};

impl Reader<'_> {
    /// Lowers a declaration; `false` when the node is none.
    pub(super) fn declaration(&mut self, node: Node<'_>, out: &mut Block) -> bool {
        match node.kind() {
            "package_header" => {
                if let Some(path) = kid(node, "identifier") {
                    self.import_of(self.source(path), None, None, node);
                }
            }
            "import_list" => {
                for header in kids(node) {
                    self.import(header);
                }
            }
            "import_header" => self.import(node),
            "class_declaration" | "object_declaration" => self.type_declaration(node),
            "companion_object" => {
                if let Some(body) = kid(node, "class_body") {
                    self.companion(body, out);
                }
            }
            "function_declaration" => self.function(node, out),
            "property_declaration" if self.in_type() => self.property(node),
            "secondary_constructor" => self.secondary_constructor(node, out),
            "anonymous_initializer" => self.loose_initialiser(node),
            "enum_entry" => self.enum_entry(node),
            "getter" | "setter" => self.late_accessor(node),
            "type_alias" | "file_annotation" | "shebang_line" => {}
            _ => return false,
        }
        self.errors_of(node);
        out.append(&mut self.pending);
        true
    }

    fn import_of(&mut self, path: &str, member: Option<Sym>, alias: Option<Sym>, node: Node<'_>) {
        let path: String = path.split_whitespace().collect();
        self.unit.unit().imports.push(Import { path: path.into(), member, alias, span: span(node) });
    }

    /// Names that are imported as they are called need no binding: types and functions are found by them.
    fn import(&mut self, node: Node<'_>) {
        let Some(path) = kid(node, "identifier") else { return };
        let path = self.source(path);
        if kid(node, "wildcard_import").is_some() {
            return self.import_of(path, Some("*".into()), None, node);
        }
        let alias = kid(node, "import_alias").and_then(|a| kids(a).first().copied()).map(|a| self.ident(a));
        match (alias, path.rsplit_once('.')) {
            (Some(alias), Some((path, member))) => {
                self.import_of(path, Some(member.into()), Some(alias), node);
            }
            _ => self.import_of(path, None, None, node),
        }
    }

    /// The types of a declaration's head, and the arguments for the constructor of the base class.
    fn bases<'n>(&mut self, node: Node<'n>) -> (Vec<TypeName>, Option<Node<'n>>) {
        let mut bases = Vec::new();
        let mut args = None;
        for specifier in kids(node).into_iter().filter(|k| k.kind() == "delegation_specifier") {
            for part in kids(specifier) {
                match part.kind() {
                    "constructor_invocation" => {
                        bases.extend(kid(part, "user_type").and_then(|t| self.type_name(t)));
                        args = kid(part, "value_arguments");
                    }
                    "explicit_delegation" => {
                        bases.extend(kid(part, "user_type").and_then(|t| self.type_name(t)));
                    }
                    "user_type" => bases.extend(self.type_name(part)),
                    _ => {}
                }
            }
        }
        (bases, args)
    }

    pub(super) fn new_type(
        &mut self,
        name: Sym,
        bases: Vec<TypeName>,
        is_interface: bool,
        at: Span,
    ) -> TypeId {
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

    fn type_declaration(&mut self, node: Node<'_>) {
        let Some(name_node) = kid(node, "type_identifier") else { return };
        let at = span(name_node);
        let (bases, base_args) = self.bases(node);
        let is_object = node.kind() == "object_declaration";
        let name = self.ident(name_node);
        let id = self.new_type(name.clone(), bases, has_token(node, "interface"), at);
        let attributes = self.attributes(node);
        self.unit.unit().types[id.index()].attributes = attributes;
        self.levels.push(Level::new(id, name, is_object));
        let receivers = std::mem::take(&mut self.receivers);
        let body = kid(node, "class_body").or_else(|| kid(node, "enum_class_body"));
        if let Some(body) = body {
            self.members_of(body, is_object);
        }
        let params = kid(node, "primary_constructor");
        if params.is_some() || base_args.is_some() {
            self.primary_constructor(id, params, base_args, body, at);
        }
        self.body_of_type(id, body, at);
        self.receivers = receivers;
        self.close_level(at);
    }

    /// The members of a type. Statements that stand there after a syntax error go to a function without a name.
    pub(super) fn body_of_type(&mut self, id: TypeId, body: Option<Node<'_>>, at: Span) {
        let Some(body) = body else { return };
        let outer = std::mem::take(&mut self.pending);
        let mut loose = Block::new();
        for member in all_kids(body) {
            self.item(member, &mut loose);
        }
        loose.append(&mut self.pending);
        if !loose.is_empty() {
            self.nameless_method(id, loose, at);
        }
        self.pending = outer;
    }

    fn nameless_method(&mut self, id: TypeId, body: Block, at: Span) {
        let mut function = Function::new("", FunctionKind::Method, at);
        function.owner = Some(id);
        let function = self.unit.function(function);
        self.unit.unit().types[id.index()].methods.push(function);
        self.unit.set_body(function, body);
    }

    /// The members of a companion belong to the type itself.
    fn companion(&mut self, body: Node<'_>, out: &mut Block) {
        let outer = self.levels.last_mut().map(|l| std::mem::replace(&mut l.is_static, true));
        for member in all_kids(body) {
            self.item(member, out);
        }
        if let (Some(level), Some(outer)) = (self.levels.last_mut(), outer) {
            level.is_static = outer;
        }
    }

    /// The parameters in the head of a class. Properties whose initial values use them are set where they are.
    fn primary_constructor(
        &mut self,
        id: TypeId,
        list: Option<Node<'_>>,
        base_args: Option<Node<'_>>,
        body: Option<Node<'_>>,
        at: Span,
    ) {
        let mark = self.mark();
        let mut params: Vec<Param> = Vec::new();
        let mut block = Block::new();
        for part in list.map(kids).unwrap_or_default() {
            if part.kind() != "class_parameter" {
                continue;
            }
            let Some(name) = kid(part, "simple_identifier") else { continue };
            let ty = self.declared(part);
            let attributes = self.attributes(part);
            let mut param = self.param(name, ty.clone(), part);
            let default = parts(part).iter().skip_while(|(_, p)| p.kind() != "=").nth(1).map(|(_, p)| *p);
            param.default = default.map(|d| self.expr(d));
            if param.default.is_none() {
                param.default = crate::frontend::jvm::injected(&mut self.unit, &attributes, ty.as_ref());
            }
            if kid(part, "binding_pattern_kind").is_some() {
                let mut member = plain_field(param.name.clone(), ty, span(name));
                member.attributes = attributes;
                if let Some(level) = self.levels.last_mut() {
                    level.members.push((param.name.clone(), false));
                }
                self.unit.unit().types[id.index()].fields.push(member);
                let value = self.unit.name(param.name.clone(), span(name));
                self.set_member(param.name.clone(), value, span(part), &mut block);
            }
            params.push(param);
        }
        let delegates = base_args.map(|args| self.delegation(ExprKind::Base, args));
        for member in body.map(kids).unwrap_or_default() {
            match member.kind() {
                "anonymous_initializer" => {
                    let mut inner = self.in_function(|r| r.block_of(member));
                    block.append(&mut inner);
                }
                "property_declaration" if self.uses(member, &params) => self.set_property(member, &mut block),
                _ => {}
            }
        }
        block.append(&mut self.pending);
        self.forget(mark);
        let name = self.unit.unit().type_decl(id).name.clone();
        let mut function = Function::new(name, FunctionKind::Constructor, at);
        (function.owner, function.params, function.delegates_to) = (Some(id), params, delegates);
        let function = self.unit.function(function);
        self.unit.set_body(function, block);
        self.unit.unit().types[id.index()].methods.push(function);
    }

    /// The initial value of a property names a parameter of the constructor that is no property itself, or is
    /// shadowed by one.
    pub(super) fn uses(&self, property: Node<'_>, params: &[Param]) -> bool {
        let source = self.source(property);
        let Some((_, value)) = source.split_once(['=', '{']) else { return false };
        let words: Vec<&str> = value.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        params.iter().any(|p| words.contains(&&*p.name))
    }

    fn set_member(&mut self, name: Sym, value: ExprId, at: Span, out: &mut Block) {
        let this = self.unit.expr(ExprKind::This, at);
        let target = self.unit.member(this, name, at);
        let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
        self.push(StmtKind::Expr(assign), at, out);
    }

    fn set_property(&mut self, node: Node<'_>, out: &mut Block) {
        let name = kid(node, "variable_declaration").and_then(|v| kid(v, "simple_identifier"));
        let (Some(name), Some(value)) = (name, self.initial_value(node)) else { return };
        out.append(&mut self.pending);
        self.set_member(self.ident(name), value, span(node), out);
    }

    pub(super) fn delegation(&mut self, kind: ExprKind, args: Node<'_>) -> ExprId {
        let callee = self.unit.expr(kind, span(args));
        let list: Vec<Arg> = self.args(args);
        self.unit.call(callee, list, span(args))
    }

    /// `init { … }` of a class without a constructor in its head; the others have run in that.
    fn loose_initialiser(&mut self, node: Node<'_>) {
        let Some(owner) = self.owner() else { return };
        let decl = self.unit.unit().type_decl(owner).clone();
        let has_constructor = decl.methods.iter().any(|m| {
            let function = self.unit.unit().function(*m);
            function.kind == FunctionKind::Constructor && function.span == decl.span
        });
        if !has_constructor {
            let block = self.in_function(|r| r.block_of(node));
            self.nameless_method(owner, block, span(node));
        }
    }

    /// A constant of an enum; what it is made with is its initial value.
    fn enum_entry(&mut self, node: Node<'_>) {
        let (Some(owner), Some(name)) = (self.owner(), kid(node, "simple_identifier")) else { return };
        let mut member = plain_field(self.ident(name), None, span(name));
        member.is_static = true;
        if let Some(args) = kid(node, "value_arguments") {
            let args = self.args(args);
            let ty = self.unit.unit().type_decl(owner).name.clone();
            let kind = ExprKind::New { ty: Some(TypeName::simple(ty)), args, init: Vec::new() };
            member.init = Some(self.unit.expr(kind, span(node)));
        } else if self.levels.last().is_some_and(|l| l.members.iter().all(|(_, is_static)| *is_static)) {
            // One that is nothing but a name is its name.
            member.init = Some(self.unit.str(member.name.clone(), span(name)));
        }
        self.unit.unit().types[owner.index()].fields.push(member);
    }

    /// `object : Foo { … }`. One with a single function and no state is a lambda.
    pub(super) fn object_literal(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let (bases, base_args) = self.bases(node);
        let body = kid(node, "class_body");
        let members = body.map(kids).unwrap_or_default();
        if let ([only], None) = (members.as_slice(), base_args)
            && only.kind() == "function_declaration"
        {
            return self.function_value(*only, at);
        }
        let base = bases.first().map_or("Object", |b| b.short()).to_owned();
        let name = self.fresh(&base);
        let args = base_args.map(|a| self.args(a)).unwrap_or_default();
        let id = self.new_type(name.clone(), bases, false, at);
        self.levels.push(Level::new(id, name.clone(), false));
        if let Some(body) = body {
            self.members_of(body, false);
        }
        self.body_of_type(id, body, at);
        let init = self.close_level(at);
        self.unit.expr(ExprKind::New { ty: Some(TypeName::simple(name)), args, init }, at)
    }
}
