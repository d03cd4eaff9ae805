//! Members of types.

use super::State;
use super::binding::Bound;
use super::pattern::param;
use crate::frontend::reader::Reader;
use crate::ir::{
    Arg, Attribute, Block, ExprKind, Field, Function, FunctionKind, Span, StmtKind, Sym, TypeId,
};

impl Reader<'_, State> {
    /// The members of a type, and what its primary constructor does.
    pub(super) fn members(&mut self, id: TypeId, column: i64, function: &mut Function, setup: &mut Block) {
        while !self.at_end() {
            if self.peek(0).first && i64::from(self.peek(0).column) <= column {
                break;
            }
            let before = self.position();
            self.state.offside = i64::from(self.peek(0).column);
            let attributes = self.attributes();
            self.type_member(id, attributes, function, setup);
            if self.position() == before {
                if self.at_any(&["and", "type", "module", "namespace"]) {
                    break;
                }
                self.skip();
            }
        }
    }

    fn type_member(
        &mut self,
        id: TypeId,
        attributes: Vec<Attribute>,
        function: &mut Function,
        setup: &mut Block,
    ) {
        let start = self.start();
        let is_static = self.at("static");
        if is_static {
            self.bump();
        }
        match self.shown(0) {
            "inherit" => {
                self.bump();
                let Some(base) = self.type_name() else { return };
                self.nodes.unit().types[id.index()].bases.push(base);
                if self.at("(") {
                    let args = self.arguments();
                    let callee = self.expr(ExprKind::Base, start);
                    function.delegates_to = Some(self.call(callee, args, start));
                }
            }
            "interface" => {
                self.bump();
                if let Some(base) = self.type_name() {
                    self.nodes.unit().types[id.index()].bases.push(base);
                }
                self.eat("with");
            }
            "do" => {
                self.bump();
                let value = self.body();
                setup.push(self.stmt(StmtKind::Expr(value), start));
            }
            "let" | "use" | "and" => {
                let kind = if is_static { FunctionKind::StaticMethod } else { FunctionKind::Method };
                match self.bound(kind) {
                    Some(Bound::Value(name, ty, value, span)) => {
                        self.field(name.clone(), ty, is_static.then_some(value), is_static, span);
                        if !is_static {
                            let this = self.nodes.expr(ExprKind::This, span);
                            let target = self.nodes.expr(ExprKind::Member { object: this, name }, span);
                            let assign = self.nodes.expr(ExprKind::Assign { target, value }, span);
                            setup.push(self.nodes.stmt(StmtKind::Expr(assign), span));
                        }
                    }
                    Some(Bound::Parts(names, value, span)) => {
                        for name in names {
                            self.field(name, None, Some(value), is_static, span);
                        }
                    }
                    Some(Bound::Function(_)) | None => {}
                }
            }
            "member" | "override" | "default" | "abstract" => self.member(is_static, attributes),
            "val" => {
                self.bump();
                while self.at_any(&["mutable", "private", "internal", "public"]) {
                    self.bump();
                }
                let at = self.start();
                let Some(name) = self.word() else { return };
                let span = self.since(at);
                let ty = if self.eat(":") { self.type_name() } else { None };
                self.field(name, ty, None, is_static, span);
            }
            "new" => self.secondary_constructor(start),
            _ => {}
        }
    }

    /// `new(a) = T(a, b)`.
    fn secondary_constructor(&mut self, start: usize) {
        self.bump();
        let mut params = Vec::new();
        self.param(&mut params);
        if self.eat("as") {
            self.word();
        }
        if !self.eat("=") {
            return;
        }
        let Some(owner) = self.state.owner else { return };
        let name = self.nodes.unit().types[owner.index()].name.clone();
        let span = self.since(start);
        let mut function = Function::new(name, FunctionKind::Constructor, span);
        function.owner = Some(owner);
        function.params = params;
        let value = self.body();
        let args: Option<Vec<Arg>> = match self.nodes.kind(value).clone() {
            ExprKind::New { args, .. } | ExprKind::Call { args, .. } => Some(args),
            _ => None,
        };
        if let Some(args) = args {
            let callee = self.nodes.expr(ExprKind::This, span);
            function.delegates_to = Some(self.call(callee, args, start));
        }
        let id = self.nodes.function(function);
        self.nodes.set_body(id, Block::new());
        self.nodes.unit().types[owner.index()].methods.push(id);
    }

    /// `member this.M(a) = …`, `member _.P = …`, `member val P = v with get, set`, `abstract M: T -> U`.
    fn member(&mut self, is_static: bool, attributes: Vec<Attribute>) {
        let is_abstract = self.at("abstract");
        self.bump();
        self.eat("member");
        while self.at_any(&["inline", "private", "internal", "public"]) {
            self.bump();
        }
        if self.at("val") {
            self.bump();
            while self.at_any(&["private", "internal", "public"]) {
                self.bump();
            }
            let at = self.start();
            let Some(name) = self.word() else { return };
            let span = self.since(at);
            let ty = if self.eat(":") { self.type_name() } else { None };
            let init = if self.eat("=") { Some(self.element()) } else { None };
            if self.eat("with") {
                while self.at_any(&["get", "set", ","]) {
                    self.bump();
                }
            }
            self.field(name, ty, init, is_static, span);
            return;
        }
        let mut this = None;
        if self.is_word(0) && self.is(1, ".") {
            this = self.word();
            self.bump();
        }
        let at = self.start();
        let Some(name) = self.word() else {
            self.recover_line();
            return;
        };
        let span = self.since(at);
        if self.at("<") && !self.peek(0).spaced {
            self.try_type_args();
        }
        if is_abstract {
            self.eat(":");
            self.signature(name, attributes, span);
            return;
        }
        let outer = std::mem::replace(&mut self.state.this, this);
        if self.at("with") {
            self.accessors(&name, is_static, span);
        } else {
            let mut params = Vec::new();
            let mut is_method = false;
            while !self.at_end() && !self.at_any(&["=", ":"]) && self.param(&mut params) {
                is_method = true;
            }
            let ty = if self.eat(":") { self.type_name() } else { None };
            if self.eat("=") {
                let kind = match (is_method, is_static) {
                    (false, _) => FunctionKind::Getter,
                    (true, true) => FunctionKind::StaticMethod,
                    (true, false) => FunctionKind::Method,
                };
                let id = self.function_body(name.clone(), kind, params, ty, span);
                self.nodes.unit().functions[id.index()].attributes = attributes;
            }
            if self.at("with") {
                self.accessors(&name, is_static, span);
            }
        }
        self.state.this = outer;
    }

    /// `with get() = … and set v = …`.
    fn accessors(&mut self, name: &Sym, is_static: bool, span: Span) {
        self.bump();
        while self.at_any(&["get", "set", "private", "internal", "public"]) {
            let getter = self.at("get");
            let setter = self.at("set");
            self.bump();
            if !getter && !setter {
                continue;
            }
            let mut params = Vec::new();
            while !self.at_end() && !self.at_any(&["=", ":", ",", "and"]) && self.param(&mut params) {}
            let ty = if self.eat(":") { self.type_name() } else { None };
            if self.eat("=") {
                let kind = if getter { FunctionKind::Getter } else { FunctionKind::Setter };
                if setter && params.is_empty() {
                    params.push(param("value".into(), None, span));
                }
                self.function_body(name.clone(), kind, params, ty, span);
            } else if getter {
                self.field(name.clone(), ty, None, is_static, span);
            }
            if !self.at_any(&["and", ","]) {
                break;
            }
            self.bump();
        }
    }

    /// A signature without a body: `string -> Task<string>`.
    fn signature(&mut self, name: Sym, attributes: Vec<Attribute>, span: Span) {
        let mut types = Vec::new();
        let mut is_method = false;
        loop {
            let at = self.start();
            if self.is_word(0) && self.is(1, ":") {
                self.bump();
                self.bump();
            }
            self.eat("?");
            if !self.enter() {
                break;
            }
            let ty = self.plain_type();
            self.leave();
            types.push((ty, self.since(at)));
            if self.eat("->") {
                is_method = true;
            } else if !self.eat("*") {
                break;
            }
        }
        if self.eat("with") {
            while self.at_any(&["get", "set", ","]) {
                self.bump();
            }
        }
        let Some(owner) = self.state.owner else { return };
        if !is_method {
            let ty = types.pop().and_then(|(ty, _)| ty);
            let field = Field { name, ty, init: None, is_static: false, attributes, span };
            self.nodes.unit().types[owner.index()].fields.push(field);
            return;
        }
        let returns = types.pop().and_then(|(ty, _)| ty);
        let mut function = Function::new(name, FunctionKind::Method, span);
        function.owner = Some(owner);
        function.returns = returns;
        function.attributes = attributes;
        types.retain(|(ty, _)| ty.as_ref().is_none_or(|t| &*t.name != "unit"));
        function.params = types
            .into_iter()
            .enumerate()
            .map(|(i, (ty, span))| param(format!("arg{i}").into(), ty, span))
            .collect();
        let id = self.nodes.function(function);
        let decl = &mut self.nodes.unit().types[owner.index()];
        decl.methods.push(id);
        decl.is_interface = true;
    }
}
