//! Subs: their parameters, and classes made of packages.

use super::{State, Sub};
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Block, ExprId, ExprKind, Field, Function, FunctionKind, Param, Span, StmtId, StmtKind, Sym};

fn param(name: Sym, span: Span) -> Param {
    Param {
        name,
        ty: None,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span,
    }
}

impl Reader<'_, State> {
    /// `sub name { … }`. Stands on `sub`.
    pub(super) fn named_sub(&mut self) -> Option<crate::ir::FuncId> {
        self.bump();
        let at = self.start();
        let name = self.word()?;
        let name: Sym = name.rsplit("::").next().unwrap_or_default().into();
        let span = self.since(at);
        let constructor = self.state.owner.is_some() && &*name == "new";
        let sub = Sub { constructor, class_method: constructor, ..Sub::default() };
        let outer = self.state.sub.replace(sub);
        self.prototype();
        let body = self.at("{").then(|| self.sub_body());
        let sub = std::mem::replace(&mut self.state.sub, outer).unwrap_or_default();
        let kind = match self.state.owner {
            None => FunctionKind::Function,
            Some(_) if constructor => FunctionKind::Constructor,
            Some(_) if sub.this.is_none() => FunctionKind::StaticMethod,
            Some(_) if sub.class_method => FunctionKind::StaticMethod,
            Some(_) => FunctionKind::Method,
        };
        let mut function = Function::new(name, kind, span);
        function.owner = self.state.owner;
        function.params = self.all_params(&sub);
        if let Some(owner) = self.state.owner {
            if constructor {
                function.name = self.nodes.unit().types[owner.index()].name.clone();
            }
            let mut members: Vec<Sym> = sub.members.into_iter().collect();
            members.sort_unstable();
            let fields = &mut self.nodes.unit().types[owner.index()].fields;
            for name in members {
                if !fields.iter().any(|f| f.name == name) {
                    let attributes = Vec::new();
                    fields.push(Field { name, ty: None, init: None, is_static: false, attributes, span });
                }
            }
        }
        let id = self.nodes.function(function);
        if let Some(body) = body {
            self.nodes.set_body(id, body);
        }
        if let Some(owner) = self.state.owner {
            self.nodes.unit().types[owner.index()].methods.push(id);
        }
        Some(id)
    }

    /// Parameters in order, and those that are only known by name.
    fn all_params(&mut self, sub: &Sub) -> Vec<Param> {
        let mut params = sub.params.clone();
        for (name, span) in &sub.named {
            if !params.iter().any(|p| p.name == *name) {
                let mut param = param(name.clone(), *span);
                param.default = Some(self.nodes.expr(ExprKind::Null, *span));
                params.push(param);
            }
        }
        params
    }

    /// `($x, $y = 1)` or `($$;@)`.
    fn prototype(&mut self) {
        if !self.eat("(") {
            return;
        }
        let mut first = true;
        while !self.at_end() && !self.eat(")") {
            let at = self.start();
            let token = self.bump();
            let shown = self.slice(token.span);
            if token.kind == Kind::Word && shown.starts_with(['$', '@', '%']) {
                self.take_parameter(shown, first, at);
                first = false;
                if self.at_any(&["=", "//=", "||="]) {
                    self.bump();
                    let value = self.value();
                    if let Some(last) = self.state.sub.as_mut().and_then(|s| s.params.last_mut()) {
                        last.default = Some(value);
                    }
                }
            }
        }
    }

    /// Notes a parameter by its text with the sigil.
    fn take_parameter(&mut self, shown: &str, first: bool, at: usize) {
        let span = self.since(at);
        let in_class = self.state.owner.is_some();
        let Some(sub) = &mut self.state.sub else { return };
        let name: Sym = shown.trim_start_matches(['$', '@', '%']).into();
        if first && in_class && sub.this.is_none() && matches!(&*name, "self" | "this" | "class" | "proto") {
            sub.class_method |= matches!(&*name, "class" | "proto");
            // In a constructor the class is a name, and the instance a variable.
            sub.this = Some(if sub.constructor { "self".into() } else { name });
            return;
        }
        let mut param = param(name.clone(), span);
        if shown.starts_with('%') {
            sub.rest = Some(name);
            return;
        }
        param.is_rest = shown.starts_with('@');
        sub.params.push(param);
    }

    fn sub_body(&mut self) -> Block {
        self.bump();
        let mut body = Block::new();
        while !self.at_end() && !self.at("}") {
            let before = self.position();
            if !self.takes_parameters() {
                self.statement(&mut body);
            }
            if self.position() == before {
                self.skip();
            }
        }
        self.eat("}");
        self.value_of_last(&mut body);
        body
    }

    /// The last expression is the value.
    fn value_of_last(&mut self, body: &mut Block) {
        let Some(last) = body.last_mut() else { return };
        let (kind, span) = {
            let stmt = self.nodes.unit().stmt(*last);
            (stmt.kind.clone(), stmt.span)
        };
        if let StmtKind::Expr(value) = kind {
            *last = self.nodes.stmt(StmtKind::Return(Some(value)), span);
        }
    }

    /// `my ($self, $a, %rest) = @_;`, `my $x = shift;`, `my $x = shift // 1;`.
    fn takes_parameters(&mut self) -> bool {
        if !self.at("my") || self.state.sub.is_none() {
            return false;
        }
        let start = self.start();
        if self.is(1, "(") {
            let Some(end) = self.closing(1) else { return false };
            if !(self.is(end + 1, "=") && self.shown(end + 2) == "@_" && self.is_any(end + 3, &[";", "}"])) {
                return false;
            }
            self.bump();
            self.bump();
            let taken = self.taken();
            let mut first = taken;
            while !self.at_end() && !self.at(")") {
                let variable = self.bump();
                let shown = self.slice(variable.span);
                if variable.kind == Kind::Word {
                    self.take_parameter(shown, first, variable.span.start as usize);
                    first = false;
                }
            }
            self.bump();
            self.bump();
            self.bump();
            self.eat(";");
            return true;
        }
        let shown = self.shown(1);
        let shifted = self.is(2, "=") && self.is(3, "shift");
        if !shown.starts_with('$') || !shifted {
            // `my %args = @_;`
            if shown.starts_with('%') && self.is(2, "=") && self.shown(3) == "@_" && self.is(4, ";") {
                for _ in 0..5 {
                    self.bump();
                }
                self.take_parameter(shown, false, start);
                return true;
            }
            return false;
        }
        let mut next = 4;
        if self.is(4, "@_") {
            next = 5;
        } else if self.is(4, "(") && self.is(5, ")") {
            next = 6;
        }
        let has_default = self.is_any(next, &["//", "||"]);
        if !self.is(next, ";") && !has_default {
            return false;
        }
        let first = self.taken();
        for _ in 0..next {
            self.bump();
        }
        self.take_parameter(shown, first, start);
        if has_default {
            self.bump();
            let value = self.full();
            if let Some(last) = self.state.sub.as_mut().and_then(|s| s.params.last_mut()) {
                last.default = Some(value);
            }
        }
        self.eat(";");
        true
    }

    /// No parameter has been taken yet.
    fn taken(&self) -> bool {
        self.state.sub.as_ref().is_some_and(|s| s.params.is_empty() && s.this.is_none())
    }

    /// `shift` where a value is wanted.
    pub(super) fn shifted(&mut self, start: usize) -> ExprId {
        if self.shown(0).starts_with('@') || self.at("@") {
            let list = self.postfix();
            return self.expr(ExprKind::Other(vec![list]), start);
        }
        if self.state.sub.is_none() {
            return self.expr(ExprKind::Other(Vec::new()), start);
        }
        if self.taken() && self.state.owner.is_some() {
            self.take_parameter("$self", true, start);
            return self.expr(ExprKind::This, start);
        }
        let count = self.state.sub.as_ref().map_or(0, |s| s.params.len());
        let name = format!("${}", count + 1);
        self.take_parameter(&format!("${name}"), false, start);
        let taken = self.state.sub.as_ref().and_then(|s| s.params.last()).map(|p| p.name.clone());
        self.name(taken.unwrap_or_else(|| "_".into()), start)
    }

    /// `sub { … }`.
    pub(super) fn anonymous(&mut self, start: usize) -> ExprId {
        let this = self.state.sub.as_ref().and_then(|s| s.this.clone());
        let sub = Sub { this, ..Sub::default() };
        let outer = self.state.sub.replace(sub);
        self.prototype();
        let body = if self.at("{") && self.enter() {
            let body = self.sub_body();
            self.leave();
            body
        } else {
            Block::new()
        };
        let sub = std::mem::replace(&mut self.state.sub, outer).unwrap_or_default();
        if let Some(outer) = &mut self.state.sub {
            outer.members.extend(sub.members.iter().cloned());
        }
        self.lambda(body, self.since(start), |reader| reader.all_params(&sub))
    }

    /// `{ … }` as the function that `map` calls.
    pub(super) fn block_function(&mut self, start: usize) -> ExprId {
        let body = self.emitting_block();
        let span = self.since(start);
        self.lambda(body, span, |_| vec![param("_".into(), span)])
    }

    fn lambda(&mut self, body: Block, span: Span, params: impl FnOnce(&mut Self) -> Vec<Param>) -> ExprId {
        let mut function = Function::new("", FunctionKind::Lambda, span);
        function.params = params(self);
        let id = self.nodes.function(function);
        self.nodes.set_body(id, body);
        self.nodes.expr(ExprKind::Lambda(id), span)
    }

    /// `bless {…}, $class`: in a constructor the entries are set on the instance.
    pub(super) fn blessed(&mut self, value: ExprId, start: usize) -> ExprId {
        if !self.state.sub.as_ref().is_some_and(|s| s.constructor) {
            return value;
        }
        let mut body = Block::new();
        self.set_up(value, &mut body);
        if body.is_empty() {
            return self.expr(ExprKind::This, start);
        }
        let this = self.expr(ExprKind::This, start);
        body.push(self.stmt(StmtKind::Emit(this), start));
        self.expr(ExprKind::Block(body), start)
    }

    /// What the instance is made of.
    fn set_up(&mut self, value: ExprId, body: &mut Block) {
        match self.nodes.kind(value).clone() {
            ExprKind::Map(entries) => {
                for (key, value) in entries {
                    let span = self.place(key);
                    let ExprKind::Str(name) = self.nodes.kind(key).clone() else { continue };
                    if let Some(sub) = &mut self.state.sub {
                        sub.members.insert(name.clone());
                    }
                    let object = self.nodes.expr(ExprKind::This, span);
                    let target = self.nodes.expr(ExprKind::Member { object, name }, span);
                    let assign = self.nodes.expr(ExprKind::Assign { target, value }, span);
                    body.push(self.nodes.stmt(StmtKind::Expr(assign), span));
                }
            }
            ExprKind::Block(_) | ExprKind::Call { .. } => {
                let span = self.place(value);
                body.push(self.nodes.stmt(StmtKind::Expr(value), span));
            }
            _ => {}
        }
    }

    /// `my $self = {…};` in a constructor.
    pub(super) fn instance_set_up(&mut self, stmt: StmtId, out: &mut Block) -> bool {
        if !self.state.sub.as_ref().is_some_and(|s| s.constructor) {
            return false;
        }
        let StmtKind::Expr(assign) = self.nodes.unit().stmt(stmt).kind else { return false };
        let ExprKind::Assign { target, value } = *self.nodes.kind(assign) else { return false };
        if !matches!(self.nodes.kind(target), ExprKind::This) {
            return false;
        }
        self.set_up(value, out);
        true
    }
}
