//! Files, modules and types.

use super::State;
use super::binding::Bound;
use super::expr::KEYWORDS;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{
    Attribute, Block, ExprKind, Function, FunctionKind, Import, Scope, Span, StmtKind, Sym, TypeDecl, TypeId,
    TypeName,
};

impl Reader<'_, State> {
    /// The whole file.
    pub(super) fn file(&mut self) -> Block {
        let mut body = Block::new();
        self.declarations(&mut body, -1);
        body
    }

    /// Declarations that begin right of a column.
    fn declarations(&mut self, out: &mut Block, outer: i64) {
        while !self.at_end() {
            if self.peek(0).first && i64::from(self.peek(0).column) <= outer {
                break;
            }
            let before = self.position();
            self.state.offside = i64::from(self.peek(0).column);
            self.declaration(out);
            if self.position() == before {
                self.skip();
            }
        }
    }

    fn declaration(&mut self, out: &mut Block) {
        let start = self.start();
        match self.shown(0) {
            "open" => self.open(out),
            "namespace" => {
                self.bump();
                self.eat("rec");
                if let Some(path) = self.type_name() {
                    let span = self.since(start);
                    let path = path.name;
                    self.nodes.unit().imports.push(Import { path, member: None, alias: None, span });
                }
            }
            "module" => self.module(out),
            "type" => self.types(),
            "[<" => {
                self.attributes();
            }
            "let" | "use" | "and" => self.module_binding(out),
            "exception" => self.recover_after(),
            _ => {
                let value = self.value();
                out.push(self.stmt(StmtKind::Expr(value), start));
            }
        }
    }

    /// Passes a declaration of one line.
    fn recover_after(&mut self) {
        self.bump();
        while !self.at_end() && !self.peek(0).first {
            self.bump();
        }
    }

    pub(super) fn open(&mut self, _: &mut Block) {
        let start = self.start();
        self.bump();
        self.eat("type");
        if let Some(path) = self.type_name() {
            let span = self.since(start);
            self.nodes.unit().imports.push(Import { path: path.name, member: None, alias: None, span });
        }
    }

    /// `module A.B` for the rest of the file, or `module C =` with a block.
    fn module(&mut self, out: &mut Block) {
        let column = i64::from(self.peek(0).column);
        self.bump();
        while self.at_any(&["rec", "private", "internal", "public"]) {
            self.bump();
        }
        let at = self.start();
        let Some(path) = self.type_name() else { return };
        let span = self.since(at);
        let nested = self.eat("=");
        if nested && !self.peek(0).first && !self.at("begin") {
            // An abbreviation.
            self.type_name();
            return;
        }
        let id = self.new_type(path.short().into(), span, false);
        let outer = self.state.owner.replace(id);
        self.declarations(out, if nested { column } else { -1 });
        self.state.owner = outer;
        self.state.offside = column;
    }

    fn new_type(&mut self, name: Sym, span: Span, is_interface: bool) -> TypeId {
        self.nodes.type_decl(TypeDecl {
            name,
            bases: Vec::new(),
            is_interface,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes: Vec::new(),
            span,
        })
    }

    /// A value or function of a module, or of a script.
    fn module_binding(&mut self, out: &mut Block) {
        let Some(owner) = self.state.owner else {
            let mut inner = Block::new();
            self.binding(&mut inner);
            // Functions of the top level need no statement.
            inner.retain(|s| !matches!(self.nodes.unit().stmt(*s).kind, StmtKind::Define(_)));
            out.append(&mut inner);
            return;
        };
        match self.bound(FunctionKind::StaticMethod) {
            Some(Bound::Value(name, ty, value, span)) => {
                self.field(name.clone(), ty, Some(value), true, span);
                // Whoever opens the module knows it by its bare name.
                let module = self.nodes.unit().types[owner.index()].name.clone();
                let object = self.nodes.expr(ExprKind::TypeRef(TypeName::simple(module)), span);
                let value = Some(self.nodes.expr(ExprKind::Member { object, name: name.clone() }, span));
                out.push(self.nodes.stmt(StmtKind::Let { name, ty: None, value }, span));
            }
            Some(Bound::Parts(names, value, span)) => {
                for name in names {
                    self.field(name, None, Some(value), true, span);
                }
            }
            Some(Bound::Function(_)) | None => {}
        }
    }

    /// `[<A; B(1)>]`.
    pub(super) fn attributes(&mut self) -> Vec<Attribute> {
        let mut all = Vec::new();
        while self.at("[<") {
            self.bump();
            while !self.at_end() && !self.eat(">]") {
                let start = self.start();
                if self.is_word(0) && self.is(1, ":") {
                    self.bump();
                    self.bump();
                }
                let Some(ty) = self.type_name() else {
                    self.skip();
                    continue;
                };
                let args = if self.at("(") { self.arguments() } else { Vec::new() };
                all.push(Attribute { name: ty.short().into(), args, span: self.since(start) });
                self.eat(";");
            }
        }
        all
    }

    /// `type A … and B …`.
    fn types(&mut self) {
        let column = i64::from(self.peek(0).column);
        loop {
            self.bump();
            if !self.enter() {
                return;
            }
            self.type_declaration(column);
            self.leave();
            if !(self.at("and") && i64::from(self.peek(0).column) >= column) {
                break;
            }
        }
        self.state.offside = column;
    }

    fn type_declaration(&mut self, column: i64) {
        let attributes = self.attributes();
        while self.at_any(&["private", "internal", "public"]) {
            self.bump();
        }
        let at = self.start();
        let Some(ty) = self.type_name() else { return };
        let span = self.since(at);
        let name: Sym = ty.short().into();
        let id = self.new_type(name.clone(), span, false);
        self.nodes.unit().types[id.index()].attributes = attributes;
        let outer = (self.state.owner.replace(id), self.state.this.take());
        while self.at_any(&["private", "internal", "public"]) {
            self.bump();
        }
        let mut params = Vec::new();
        let has_constructor = self.at("(");
        if has_constructor {
            self.param(&mut params);
        }
        if self.eat("as") {
            self.state.this = self.word();
        }
        let mut setup = Block::new();
        for param in &params {
            self.field(param.name.clone(), param.ty.clone(), None, false, param.span);
            let this = self.nodes.expr(ExprKind::This, param.span);
            let target =
                self.nodes.expr(ExprKind::Member { object: this, name: param.name.clone() }, param.span);
            let value = self
                .nodes
                .expr(ExprKind::Name { name: param.name.clone(), scope: Scope::Lexical }, param.span);
            let assign = self.nodes.expr(ExprKind::Assign { target, value }, param.span);
            setup.push(self.nodes.stmt(StmtKind::Expr(assign), param.span));
        }
        let mut function = Function::new(name, FunctionKind::Constructor, span);
        function.params = params;
        function.owner = Some(id);
        if self.eat("=") {
            self.type_body(id, column, &mut function, &mut setup);
        } else if self.eat("with") {
            self.members(id, column, &mut function, &mut setup);
        }
        if has_constructor {
            let constructor = self.nodes.function(function);
            self.nodes.set_body(constructor, setup);
            self.nodes.unit().types[id.index()].methods.push(constructor);
        }
        (self.state.owner, self.state.this) = outer;
    }

    /// What is behind the `=` of a type.
    fn type_body(&mut self, id: TypeId, column: i64, function: &mut Function, setup: &mut Block) {
        while self.at_any(&["private", "internal", "public", "class", "struct"]) {
            self.bump();
        }
        if self.at("{") {
            self.record_fields(id);
        } else if self.at("|") || self.is_word(0) && self.is_any(1, &["of", "|"]) {
            self.union_cases(column);
        } else if self.is_word(0) && !KEYWORDS.contains(&self.shown(0)) && !self.at("[<") {
            // An abbreviation, or a union of one case.
            self.type_name();
            if self.at("of") {
                self.union_cases(column);
            }
        }
        self.eat("with");
        self.members(id, column, function, setup);
    }

    fn record_fields(&mut self, id: TypeId) {
        self.bump();
        let mut first = true;
        while !self.at_end() && !self.eat("}") {
            let before = self.position();
            self.attributes();
            self.eat("mutable");
            let at = self.start();
            if let Some(name) = self.word() {
                let span = self.since(at);
                let ty = if self.eat(":") { self.type_name() } else { None };
                if first {
                    let of = self.nodes.unit().types[id.index()].name.clone();
                    self.state.records.insert(name.clone(), of);
                }
                first = false;
                self.field(name, ty, None, false, span);
            }
            self.eat(";");
            if self.position() == before {
                self.skip();
            }
        }
    }

    fn union_cases(&mut self, column: i64) {
        while !self.at_end() && !self.at_any(&["with", "member", "static", "interface", "override", "[<"]) {
            if self.peek(0).first && i64::from(self.peek(0).column) <= column && !self.at("|") {
                break;
            }
            if (self.at("|") || self.previous().kind == Kind::Operator) && self.is_word(1) && self.is(2, "=")
            {
                // A member of an enumeration.
                self.bump();
                let at = self.start();
                if let Some(name) = self.word() {
                    let span = self.since(at);
                    self.bump();
                    let value = self.element();
                    self.field(name, None, Some(value), true, span);
                }
                continue;
            }
            self.bump();
        }
    }
}
