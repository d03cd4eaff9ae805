//! Files, types and members.

use std::collections::HashSet;

use super::State;
use super::stmt::Variable;
use crate::frontend::reader::Reader;
use crate::ir::{
    Attribute, Block, ExprId, ExprKind, Field, FuncId, Function, FunctionKind, Import, Param, Span, StmtKind,
    Sym, TypeDecl, TypeName,
};

const MODIFIERS: &[&str] = &[
    "public",
    "private",
    "protected",
    "friend",
    "shared",
    "overrides",
    "overridable",
    "notoverridable",
    "mustoverride",
    "mustinherit",
    "notinheritable",
    "partial",
    "readonly",
    "writeonly",
    "shadows",
    "default",
    "async",
    "iterator",
    "withevents",
    "static",
    "const",
    "dim",
    "widening",
    "narrowing",
    "overloads",
    "custom",
];

const TYPES: &[&str] = &["class", "module", "structure", "interface", "enum"];

/// The modifiers of a declaration that matter.
#[expect(clippy::struct_excessive_bools, reason = "one a modifier")]
#[derive(Default)]
struct Head {
    attributes: Vec<Attribute>,
    shared: bool,
    abstract_: bool,
    any: bool,
    constant: bool,
}

impl Reader<'_, State> {
    /// The whole file. Statements outside of all types are those of a snippet.
    pub(super) fn file(&mut self) -> Block {
        let mut body = Block::new();
        while !self.at_end() {
            let before = self.position();
            self.declaration(&mut body);
            self.end_statement();
            if self.position() == before {
                self.skip();
            }
        }
        body
    }

    /// A declaration, or at the top of a file a statement.
    fn declaration(&mut self, out: &mut Block) {
        let start = self.start();
        if self.eat("imports") {
            self.imports(start);
            return;
        }
        if self.at("option") {
            while self.on_line() || self.start() == start {
                self.bump();
            }
            return;
        }
        if self.eat("namespace") {
            if let Some(path) = self.type_name() {
                let span = self.since(start);
                let path = path.name;
                self.nodes.unit().imports.push(Import { path, member: None, alias: None, span });
            }
            return;
        }
        if self.at("end") && self.is(1, "namespace") {
            self.bump();
            self.bump();
            return;
        }
        let head = self.head();
        if TYPES.iter().any(|t| self.at(t)) && self.is_word(1) {
            if self.enter() {
                self.type_declaration(head.attributes);
                self.leave();
            }
            return;
        }
        if self.type_member(head, out) {
            return;
        }
        if self.state.owner.is_none() {
            self.statement(out);
        } else if self.on_line() || self.start() == start {
            self.skip();
        }
    }

    fn imports(&mut self, start: usize) {
        while self.is_word(0) {
            let alias = if self.is(1, "=") {
                let alias = self.word();
                self.bump();
                alias
            } else {
                None
            };
            let Some(path) = self.type_name() else { return };
            let span = self.since(start);
            let import = Import { path: path.name, member: None, alias, span };
            self.nodes.unit().imports.push(import);
            if !self.eat(",") {
                return;
            }
        }
    }

    /// Attributes and modifiers.
    fn head(&mut self) -> Head {
        let mut head = Head::default();
        loop {
            if self.at("<") {
                self.attributes(&mut head.attributes);
                continue;
            }
            let Some(word) = MODIFIERS.iter().find(|m| self.at(m)) else { return head };
            // A member of this name: `Default = 1` of an enumeration.
            if self.is(1, "=") && !matches!(*word, "dim" | "const") {
                return head;
            }
            head.any = true;
            head.shared |= *word == "shared";
            head.constant |= *word == "const";
            head.abstract_ |= *word == "mustoverride";
            self.bump();
        }
    }

    /// `<A, B(1, c:=2)>`.
    fn attributes(&mut self, out: &mut Vec<Attribute>) {
        self.bump();
        while !self.at_end() && !self.eat(">") {
            let start = self.start();
            if self.is(1, ":") {
                self.bump();
                self.bump();
            }
            let Some(ty) = self.type_name() else {
                self.skip();
                continue;
            };
            let args = if self.at("(") { self.arguments() } else { Vec::new() };
            out.push(Attribute { name: ty.short().into(), args, span: self.since(start) });
            self.eat(",");
        }
    }

    fn type_declaration(&mut self, attributes: Vec<Attribute>) {
        let Some(kind) = TYPES.iter().find(|t| self.at(t)).copied() else { return };
        self.bump();
        let start = self.start();
        let Some(name) = self.word() else { return };
        let span = self.since(start);
        if self.at("(") && self.is(1, "of") {
            self.bump();
            self.skip_type_params();
        }
        let id = self.nodes.type_decl(TypeDecl {
            name,
            bases: Vec::new(),
            is_interface: kind == "interface",
            fields: Vec::new(),
            methods: Vec::new(),
            attributes,
            span,
        });
        let outer = self.state.owner.replace((id, kind == "module"));
        let function = std::mem::replace(&mut self.state.function, "".into());
        self.state.closers.push(kind);
        self.end_statement();
        while self.at_any(&["inherits", "implements"]) {
            self.bump();
            while let Some(base) = self.type_name() {
                self.nodes.unit().types[id.index()].bases.push(base);
                if !self.eat(",") {
                    break;
                }
            }
            self.end_statement();
        }
        while !self.at_end() {
            if self.at("end") && !self.peek(1).first {
                // The end of this type, or one that belongs to a type around.
                if self.is(1, kind) {
                    self.bump();
                    self.bump();
                    break;
                }
                if TYPES.iter().any(|t| self.is(1, t)) || self.is(1, "namespace") {
                    break;
                }
                self.skip();
                self.skip();
                self.end_statement();
                continue;
            }
            let before = self.position();
            if kind == "enum" {
                self.enum_member();
            } else {
                let mut loose = Block::new();
                self.declaration(&mut loose);
                debug_assert!(loose.is_empty() || self.position() > before);
            }
            self.end_statement();
            if self.position() == before {
                self.skip();
            }
        }
        self.state.closers.pop();
        self.state.owner = outer;
        self.state.function = function;
    }

    fn skip_type_params(&mut self) {
        let gaps = self.nodes.unit().gaps.len();
        self.skip_brackets();
        self.nodes.unit().gaps.truncate(gaps);
    }

    fn enum_member(&mut self) {
        let mut attributes = Vec::new();
        if self.at("<") {
            self.attributes(&mut attributes);
        }
        let start = self.start();
        let Some(name) = self.word() else { return };
        let span = self.since(start);
        let init = if self.eat("=") { Some(self.value()) } else { None };
        self.field(Field { name, ty: None, init, is_static: true, attributes, span });
    }

    fn field(&mut self, field: Field) {
        if let Some((owner, _)) = self.state.owner {
            self.nodes.unit().types[owner.index()].fields.push(field);
        }
    }

    /// A method, property, field or the like; `false` when the next thing is none.
    fn type_member(&mut self, head: Head, out: &mut Block) -> bool {
        let word = self.shown(0).to_ascii_lowercase();
        match word.as_str() {
            "sub" | "function" | "operator" if self.is_word(1) || word == "operator" => {
                self.method(head);
            }
            "property" if self.is_word(1) => self.property(head),
            "declare" | "delegate" | "event" if self.is_word(1) => {
                let start = self.start();
                while self.on_line() || self.start() == start {
                    self.bump();
                }
            }
            _ if self.is_word(0) && (head.any || self.state.owner.is_some()) => {
                let module = self.state.owner.is_some_and(|(_, module)| module);
                let is_static = head.shared || head.constant || module;
                let in_type = self.state.owner.is_some();
                for Variable { name, ty, value, span } in self.variables() {
                    if in_type {
                        let attributes = head.attributes.clone();
                        self.field(Field { name, ty, init: value, is_static, attributes, span });
                    } else {
                        self.declare(&name, ty.as_ref());
                        out.push(self.nodes.stmt(StmtKind::Let { name, ty, value }, span));
                    }
                }
            }
            _ => return false,
        }
        true
    }

    fn method(&mut self, head: Head) {
        let kind = if self.at("sub") {
            "sub"
        } else if self.at("function") {
            "function"
        } else {
            "operator"
        };
        self.bump();
        let at = self.start();
        let name = self.word().unwrap_or_else(|| {
            self.bump();
            "operator".into()
        });
        let span = self.since(at);
        let constructor = &*name == "new";
        if self.at("(") && self.is(1, "of") {
            self.bump();
            self.skip_type_params();
        }
        let locals = std::mem::take(&mut self.state.locals);
        let params = if self.at("(") { self.params() } else { Vec::new() };
        let returns = if self.at("as") && self.on_line() {
            self.bump();
            self.attributes_here();
            self.type_name()
        } else {
            None
        };
        self.skip_clauses();
        let mut function = Function::new(name.clone(), FunctionKind::Method, span);
        function.returns = returns;
        function.is_extension = head.attributes.iter().any(|a| &*a.name == "extension");
        function.attributes = head.attributes;
        function.params = params;
        function.kind = match self.state.owner {
            None => FunctionKind::Function,
            Some(_) if constructor && head.shared => FunctionKind::StaticConstructor,
            Some(_) if constructor => FunctionKind::Constructor,
            Some((_, module)) if module || head.shared => FunctionKind::StaticMethod,
            Some(_) => FunctionKind::Method,
        };
        let mut signature_only = head.abstract_;
        if let Some((owner, _)) = self.state.owner {
            let decl = &self.nodes.unit().types[owner.index()];
            signature_only |= decl.is_interface;
            if constructor {
                function.name = decl.name.clone();
            }
        }
        let id = self.function(function);
        if !signature_only {
            let outer = std::mem::replace(
                &mut self.state.function,
                if kind == "function" { name } else { "".into() },
            );
            self.end_statement();
            let mut body = self.block(kind);
            self.state.function = outer;
            if constructor {
                self.delegation(id, &mut body);
            }
            self.nodes.set_body(id, body);
        }
        self.state.locals = locals;
    }

    /// Adds a function to the type around it.
    fn function(&mut self, mut function: Function) -> FuncId {
        function.owner = self.state.owner.map(|(owner, _)| owner);
        let id = self.nodes.function(function);
        if let Some((owner, _)) = self.state.owner {
            self.nodes.unit().types[owner.index()].methods.push(id);
        }
        id
    }

    /// `MyBase.New(…)` at the start of a constructor.
    fn delegation(&mut self, id: FuncId, body: &mut Block) {
        let Some(first) = body.first().copied() else { return };
        let StmtKind::Expr(call) = self.nodes.unit().stmt(first).kind else { return };
        let ExprKind::Call { callee, .. } = *self.nodes.kind(call) else { return };
        if matches!(self.nodes.kind(callee), ExprKind::This | ExprKind::Base) {
            body.remove(0);
            self.nodes.unit().functions[id.index()].delegates_to = Some(call);
        }
    }

    /// Attributes of a result.
    fn attributes_here(&mut self) {
        if self.at("<") {
            self.attributes(&mut Vec::new());
        }
    }

    /// `Handles a.B`, `Implements I.M`.
    fn skip_clauses(&mut self) {
        while self.on_line() && self.at_any(&["handles", "implements"]) {
            self.bump();
            while self.on_line() && !self.at_any(&[":", "handles", "implements", "="]) {
                self.bump();
            }
        }
    }

    /// `(ByVal a As T, Optional b As U = 1, ParamArray c() As V)`.
    pub(super) fn params(&mut self) -> Vec<Param> {
        let mut params = Vec::new();
        if !self.eat("(") {
            return params;
        }
        while !self.at_end() && !self.eat(")") {
            let start = self.start();
            self.attributes_here();
            let mut is_rest = false;
            while self.at_any(&["byval", "byref", "optional", "paramarray"]) && self.is_word(1) {
                is_rest |= self.at("paramarray");
                self.bump();
            }
            let Some(name) = self.word() else {
                self.skip();
                continue;
            };
            self.eat("?");
            if self.at("(") {
                self.bump();
                self.skip_type_params();
            }
            let ty = if self.eat("as") { self.type_name() } else { None };
            let default = if self.eat("=") { Some(self.value()) } else { None };
            self.declare(&name, ty.as_ref());
            params.push(Param {
                name,
                ty,
                default,
                is_switch: false,
                is_rest,
                from_pipeline: false,
                aliases: Vec::new(),
                span: self.since(start),
            });
            if !self.eat(",") && !self.at(")") {
                self.skip_line_until(&[",", ")"]);
                if !self.eat(",") && !self.at(")") {
                    break;
                }
            }
        }
        params
    }

    /// `Property P As T = v`, or one with `Get` and `Set`.
    fn property(&mut self, head: Head) {
        self.bump();
        let at = self.start();
        let Some(name) = self.word() else { return };
        let span = self.since(at);
        let locals: HashSet<Sym> = std::mem::take(&mut self.state.locals);
        let params = if self.at("(") { self.params() } else { Vec::new() };
        let mut ty: Option<TypeName> = None;
        let mut init: Option<ExprId> = None;
        if self.at("as") && self.on_line() {
            self.bump();
            self.attributes_here();
            let start = self.start();
            if self.at("new") {
                let made = self.creation(start);
                init = Some(made);
                if let ExprKind::New { ty: made, .. } = self.nodes.kind(made) {
                    ty.clone_from(made);
                }
            } else {
                ty = self.type_name();
            }
        }
        if self.on_line() && self.eat("=") {
            init = Some(self.value());
        }
        self.skip_clauses();
        let module = self.state.owner.is_some_and(|(_, module)| module);
        let is_static = head.shared || module;
        self.end_statement();
        let own = self.state.owner.map(|(o, _)| o);
        let is_interface = own.is_some_and(|o| self.nodes.unit().types[o.index()].is_interface);
        if is_interface || head.abstract_ || !self.at_accessor() {
            self.field(Field { name, ty, init, is_static, attributes: head.attributes, span });
            self.state.locals = locals;
            return;
        }
        self.state.closers.push("property");
        while self.at_accessor() {
            self.head();
            let getter = self.at("get");
            self.bump();
            let setter_params = if self.at("(") { self.params() } else { Vec::new() };
            self.end_statement();
            let mut function = Function::new(
                name.clone(),
                if getter { FunctionKind::Getter } else { FunctionKind::Setter },
                span,
            );
            function.returns = if getter { ty.clone() } else { None };
            function.params.clone_from(&params);
            if !getter {
                let mut value = setter_params.into_iter().next().unwrap_or_else(|| value_param(span));
                value.ty = value.ty.or_else(|| ty.clone());
                function.params.push(value);
            }
            let id = self.function(function);
            let outer = std::mem::replace(&mut self.state.function, name.clone());
            let body = self.block(if getter { "get" } else { "set" });
            self.state.function = outer;
            self.nodes.set_body(id, body);
            self.end_statement();
        }
        self.state.closers.pop();
        self.close("property");
        self.state.locals = locals;
    }

    /// `Get`, `Private Set(value As T)`.
    fn at_accessor(&self) -> bool {
        let mut ahead = 0;
        while ahead < 3 && self.is_any(ahead, MODIFIERS) {
            ahead += 1;
        }
        self.is_any(ahead, &["get", "set"])
            && (self.peek(ahead + 1).first || self.is_any(ahead + 1, &["(", ":"]))
    }
}

fn value_param(span: Span) -> Param {
    Param {
        name: "value".into(),
        ty: None,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span,
    }
}
