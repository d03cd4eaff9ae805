//! Imports, types and their members.

use tree_sitter::Node;

use super::Reader;
use super::scope::{Level, class_body, plain_field};
use crate::frontend::jvm::{all_kids, declared_body, field, has_token, injected, kid, kids, noted, span};
use crate::ir::{
    Block, ExprKind, Field, FuncId, Function, FunctionKind, Import, Span, StmtKind, Sym, TypeDecl, TypeId,
    TypeName,
};

impl Reader<'_> {
    /// Lowers a declaration; `false` when the node is none.
    pub(super) fn declaration(&mut self, node: Node<'_>, out: &mut Block) -> bool {
        match node.kind() {
            "package_declaration" => {
                if let Some(path) = kids(node).last().copied() {
                    self.import_of(self.source(path), None, node);
                }
            }
            "import_declaration" => self.import(node),
            "class_declaration"
            | "interface_declaration"
            | "enum_declaration"
            | "record_declaration"
            | "annotation_type_declaration" => self.type_declaration(node),
            "module_declaration" | "annotation_type_element_declaration" => {}
            "field_declaration" | "constant_declaration" => self.fields(node, out),
            "method_declaration" | "constructor_declaration" | "compact_constructor_declaration" => {
                self.function(node, out);
            }
            "static_initializer" => self.initialiser(node, FunctionKind::StaticConstructor, out),
            "block" if self.levels.last().is_some_and(|l| !l.in_body) => {
                self.initialiser(node, FunctionKind::Method, out);
            }
            "enum_constant" => self.constant(node),
            "enum_body_declarations" => {
                for member in all_kids(node) {
                    self.item(member, out);
                }
            }
            _ => return false,
        }
        self.errors_of(node);
        out.append(&mut self.pending);
        true
    }

    fn import_of(&mut self, path: &str, member: Option<Sym>, node: Node<'_>) {
        let path: String = path.split_whitespace().collect();
        let import = Import { path: path.into(), member, alias: None, span: span(node) };
        self.unit.unit().imports.push(import);
    }

    fn import(&mut self, node: Node<'_>) {
        let inner = kids(node);
        let Some(path) = inner.iter().find(|k| k.kind() != "asterisk") else { return };
        let path = self.source(*path);
        if inner.iter().any(|k| k.kind() == "asterisk") {
            return self.import_of(path, Some("*".into()), node);
        }
        if !has_token(node, "static") {
            return self.import_of(path, None, node);
        }
        if let Some((ty, member)) = path.rsplit_once('.') {
            let short = ty.rsplit('.').next().unwrap_or(ty);
            self.statics.push((member.trim().into(), short.trim().into()));
            self.import_of(ty, Some(member.trim().into()), node);
        }
    }

    fn bases(&mut self, node: Node<'_>) -> Vec<TypeName> {
        let mut bases = Vec::new();
        for part in kids(node) {
            match part.kind() {
                "superclass" => bases.extend(kids(part).first().and_then(|t| self.type_name(*t))),
                "super_interfaces" | "extends_interfaces" => {
                    for list in kids(part).into_iter().filter(|k| k.kind() == "type_list") {
                        bases.append(&mut self.type_list(list));
                    }
                }
                _ => {}
            }
        }
        bases
    }

    fn type_declaration(&mut self, node: Node<'_>) {
        let Some(name_node) = field(node, "name") else { return };
        let name = self.ident(name_node);
        let bases = self.bases(node);
        let attributes = self.attributes(node);
        let is_interface = node.kind() == "interface_declaration";
        let is_class = node.kind() == "class_declaration";
        let is_inner = is_class && !self.has_modifier(node, "static");
        let id = self.new_type(name, bases, is_interface, span(name_node));
        self.unit.unit().types[id.index()].attributes = attributes;
        self.open_level(id, is_inner);
        if node.kind() == "record_declaration" {
            self.record(id, name_node, node);
        }
        self.body_of_type(id, class_body(node), span(name_node));
        self.accessors_for(id, node);
        self.close_level(span(name_node));
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

    pub(super) fn open_level(&mut self, id: TypeId, is_inner: bool) {
        let name = self.unit.unit().type_decl(id).name.clone();
        let is_inner = is_inner && !self.levels.is_empty();
        self.levels.push(Level::new(id, name, is_inner));
    }

    /// The members of a type. Statements that stand there after a syntax error go to a method without a name.
    pub(super) fn body_of_type(&mut self, id: TypeId, body: Option<Node<'_>>, at: Span) {
        let Some(body) = body else { return };
        self.members_of(body);
        let outer = std::mem::take(&mut self.pending);
        let mut loose = Block::new();
        for member in all_kids(body) {
            self.item(member, &mut loose);
        }
        loose.append(&mut self.pending);
        if !loose.is_empty() {
            let mut function = Function::new("", FunctionKind::Method, at);
            function.owner = Some(id);
            let function = self.unit.function(function);
            self.unit.unit().types[id.index()].methods.push(function);
            self.unit.set_body(function, loose);
        }
        self.pending = outer;
    }

    /// The components of a record: fields that its constructor sets and methods of their names give.
    fn record(&mut self, id: TypeId, name: Node<'_>, node: Node<'_>) {
        let params = self.params(field(node, "parameters"));
        if let Some(level) = self.levels.last_mut() {
            level.locals.clear();
        }
        let body = class_body(node);
        let own = body.map(kids).unwrap_or_default();
        let declares = |reader: &Self, kind: &str, name: &str| {
            own.iter()
                .any(|m| m.kind() == kind && field(*m, "name").is_some_and(|n| reader.source(n) == name))
        };
        for param in &params {
            self.add_member(param.name.clone(), false);
            let member = plain_field(param.name.clone(), param.ty.clone(), param.span);
            self.unit.unit().types[id.index()].fields.push(member);
            if !declares(self, "method_declaration", &param.name) {
                self.accessor(id, param.name.clone(), param.name.clone(), param.ty.clone(), param.span);
            }
        }
        let mut block = Block::new();
        let compact = own.iter().find(|m| m.kind() == "compact_constructor_declaration");
        if let Some(body) = compact.and_then(|c| field(*c, "body")) {
            block = self.block(body);
        }
        for param in &params {
            let this = self.unit.expr(ExprKind::This, param.span);
            let target = self.unit.member(this, param.name.clone(), param.span);
            let value = self.unit.name(param.name.clone(), param.span);
            let assign = self.unit.expr(ExprKind::Assign { target, value }, param.span);
            self.push(StmtKind::Expr(assign), param.span, &mut block);
        }
        let mut function = Function::new(self.ident(name), FunctionKind::Constructor, span(name));
        (function.owner, function.params) = (Some(id), params);
        let function = self.unit.function(function);
        self.unit.set_body(function, block);
        self.unit.unit().types[id.index()].methods.push(function);
    }

    /// A method that gives the value of a field.
    fn accessor(&mut self, id: TypeId, name: Sym, member: Sym, ty: Option<TypeName>, at: Span) {
        let mut function = Function::new(name, FunctionKind::Method, at);
        (function.owner, function.returns) = (Some(id), ty);
        let function = self.unit.function(function);
        let this = self.unit.expr(ExprKind::This, at);
        let value = self.unit.member(this, member, at);
        let mut body = Block::new();
        self.push(StmtKind::Return(Some(value)), at, &mut body);
        self.unit.set_body(function, body);
        self.unit.unit().types[id.index()].methods.push(function);
    }

    /// The accessors that an annotation on a type or field asks the compiler for (`@Getter`, `@Data`, `@Value`).
    fn accessors_for(&mut self, id: TypeId, node: Node<'_>) {
        let asks = |attributes: &[crate::ir::Attribute]| {
            attributes
                .iter()
                .any(|a| matches!(&*a.name, "Getter" | "Data") || &*a.name == "Value" && a.args.is_empty())
        };
        if node.kind() != "class_declaration" && node.kind() != "enum_declaration" {
            return;
        }
        let decl = self.unit.unit().type_decl(id).clone();
        let whole = asks(&decl.attributes);
        for member in decl.fields {
            if member.is_static || !(whole || asks(&member.attributes)) {
                continue;
            }
            let mut letters = member.name.chars();
            let Some(first) = letters.next() else { continue };
            let capital = format!("{}{}", first.to_uppercase(), letters.as_str());
            let is_bool = member.ty.as_ref().is_some_and(|t| &*t.name == "boolean");
            let name: Sym = format!("{}{capital}", if is_bool { "is" } else { "get" }).into();
            let known = decl.methods.iter().any(|m| self.unit.unit().function(*m).name == name);
            if !known {
                self.accessor(id, name, member.name, member.ty, member.span);
            }
        }
    }

    fn fields(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(owner) = self.owner() else {
            // Only syntax errors bring a field here.
            return self.variables(node, out);
        };
        let is_static = self.has_modifier(node, "static") || node.kind() == "constant_declaration";
        let attributes = self.attributes(node);
        let ty = field(node, "type").and_then(|t| self.type_name(t));
        for declarator in kids(node).into_iter().filter(|k| k.kind() == "variable_declarator") {
            let Some(name) = field(declarator, "name") else { continue };
            let init = field(declarator, "value").map(|v| self.expr(v));
            let init = init.or_else(|| injected(&mut self.unit, &attributes, ty.as_ref()));
            self.errors_of(declarator);
            let (name, at) = (self.ident(name), span(name));
            let member =
                Field { name, ty: ty.clone(), init, is_static, attributes: attributes.clone(), span: at };
            self.unit.unit().types[owner.index()].fields.push(member);
        }
    }

    /// A constant of an enum; what it is made with is its initial value.
    fn constant(&mut self, node: Node<'_>) {
        let (Some(owner), Some(name_node)) = (self.owner(), field(node, "name")) else { return };
        let at = span(name_node);
        let mut member = plain_field(self.ident(name_node), None, at);
        member.is_static = true;
        let args = field(node, "arguments").map(|a| self.args(a)).unwrap_or_default();
        let ty = self.unit.unit().type_decl(owner).name.clone();
        if let Some(body) = field(node, "body") {
            let name = self.nameless_type(&ty);
            let id = self.new_type(name.clone(), vec![TypeName::simple(ty)], false, at);
            self.open_level(id, false);
            self.body_of_type(id, Some(body), at);
            self.close_level(at);
            member.init = Some(self.unit.expr(
                ExprKind::New { ty: Some(TypeName::simple(name)), args, init: Vec::new() },
                span(node),
            ));
        } else if !args.is_empty() {
            let kind = ExprKind::New { ty: Some(TypeName::simple(ty)), args, init: Vec::new() };
            member.init = Some(self.unit.expr(kind, span(node)));
        } else if self.levels.last().is_some_and(Level::only_constants) {
            // One that is nothing but a name is its name.
            member.init = Some(self.unit.str(member.name.clone(), at));
        }
        self.unit.unit().types[owner.index()].fields.push(member);
    }

    /// A name for a type that has none.
    pub(super) fn nameless_type(&mut self, base: &str) -> Sym {
        self.nameless += 1;
        format!("{base}${}", self.nameless).into()
    }

    /// `{ … }` and `static { … }` in a type.
    fn initialiser(&mut self, node: Node<'_>, kind: FunctionKind, out: &mut Block) {
        let body = if node.kind() == "block" { Some(node) } else { kid(node, "block") };
        let function = Function::new("", kind, span(node));
        let id = self.add_function(function, span(node), out);
        if let Some(body) = body {
            self.body(id, body);
        }
    }

    /// A method or constructor.
    fn function(&mut self, node: Node<'_>, out: &mut Block) {
        if node.kind() == "compact_constructor_declaration" {
            return;
        }
        let Some(name) = field(node, "name") else { return };
        let kind = match node.kind() {
            "constructor_declaration" => FunctionKind::Constructor,
            _ if self.levels.is_empty() => FunctionKind::Function,
            _ if self.has_modifier(node, "static") => FunctionKind::StaticMethod,
            _ => FunctionKind::Method,
        };
        let mut function = Function::new(self.ident(name), kind, span(name));
        let mark = self.levels.last().map_or(0, |l| l.locals.len());
        let (params, notes) = self.noted_params(field(node, "parameters"));
        function.params = params;
        function.returns = field(node, "type").and_then(|t| self.type_name(t));
        function.attributes = self.attributes(node);
        if field(node, "body").is_none()
            && let Some(owner) = self.owner()
        {
            let of_type = self.unit.unit().type_decl(owner).attributes.clone();
            let block = declared_body(&mut self.unit, &function, &notes, &of_type);
            function.has_body = block.is_some();
            function.body = block.unwrap_or_default();
        }
        let id = self.add_function(function, span(node), out);
        if let Some(body) = field(node, "body") {
            self.body(id, body);
            noted(&mut self.unit, id, &notes);
        }
        if let Some(level) = self.levels.last_mut() {
            level.locals.truncate(mark);
        }
    }

    /// Adds a function to the type it belongs to, or defines it where it stands.
    fn add_function(&mut self, mut function: Function, at: Span, out: &mut Block) -> FuncId {
        function.owner = self.owner();
        let id = self.unit.function(function);
        match self.owner() {
            Some(owner) => self.unit.unit().types[owner.index()].methods.push(id),
            None => self.push(StmtKind::Define(id), at, out),
        }
        id
    }

    /// The statements of a function: a block, or an expression that is returned.
    pub(super) fn body(&mut self, id: FuncId, body: Node<'_>) {
        let outer_pending = std::mem::take(&mut self.pending);
        let builders = self.builders.len();
        let outer = self.levels.last_mut().map(|l| std::mem::replace(&mut l.in_body, true));
        let mut block = Block::new();
        match body.kind() {
            "block" | "constructor_body" => {
                for child in all_kids(body) {
                    if child.kind() == "explicit_constructor_invocation" {
                        let call = self.delegation(child);
                        self.unit.unit().functions[id.index()].delegates_to = Some(call);
                    } else {
                        self.item(child, &mut block);
                    }
                }
            }
            _ => {
                let value = self.expr(body);
                block.append(&mut self.pending);
                self.push(StmtKind::Return(Some(value)), span(body), &mut block);
            }
        }
        self.errors_of(body);
        block.append(&mut self.pending);
        self.unit.set_body(id, block);
        if let (Some(level), Some(outer)) = (self.levels.last_mut(), outer) {
            level.in_body = outer;
        }
        self.builders.truncate(builders);
        self.pending = outer_pending;
    }

    /// `this(…)` and `super(…)`.
    fn delegation(&mut self, node: Node<'_>) -> crate::ir::ExprId {
        let is_this = field(node, "constructor").is_some_and(|c| c.kind() == "this");
        let kind = if is_this { ExprKind::This } else { ExprKind::Base };
        let callee = self.unit.expr(kind, span(node));
        let args = field(node, "arguments").map(|a| self.args(a)).unwrap_or_default();
        self.unit.call(callee, args, span(node))
    }
}
