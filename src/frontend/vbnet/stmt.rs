//! Statements of one line, and declarations of variables.

use super::State;
use crate::frontend::reader::Reader;
use crate::ir::{Block, ExprId, ExprKind, Span, StmtKind, Sym, TypeName};

/// A variable that a `Dim`, a field or a `Using` declares.
pub(super) struct Variable {
    pub(super) name: Sym,
    pub(super) ty: Option<TypeName>,
    pub(super) value: Option<ExprId>,
    pub(super) span: Span,
}

impl Reader<'_, State> {
    /// One statement with what ends it. Always moves on.
    pub(super) fn statement(&mut self, out: &mut Block) {
        let before = self.position();
        if self.enter() {
            if !self.block_statement(out) {
                self.simple(out);
            }
            self.leave();
        }
        if self.position() == before {
            self.skip();
        }
    }

    /// Moves to the next statement.
    pub(super) fn end_statement(&mut self) {
        if self.on_line() && !self.at(":") {
            self.skip_line_until(&[":"]);
        }
        while self.at(":") {
            self.bump();
        }
    }

    fn simple(&mut self, out: &mut Block) {
        let start = self.start();
        let word = self.shown(0).to_ascii_lowercase();
        match word.as_str() {
            "dim" | "static" | "const" => {
                self.bump();
                while self.at_any(&["dim", "static", "const", "readonly"]) {
                    self.bump();
                }
                for Variable { name, ty, value, span } in self.variables() {
                    if !value.is_some_and(|v| matches!(self.nodes.kind(v), ExprKind::Lambda(_))) {
                        self.declare(&name, ty.as_ref());
                    }
                    out.push(self.nodes.stmt(StmtKind::Let { name, ty, value }, span));
                }
            }
            "return" => {
                self.bump();
                let ends = !self.on_line() || self.at_any(&[":", "else"]);
                let value = if ends { None } else { Some(self.value()) };
                out.push(self.stmt(StmtKind::Return(value), start));
            }
            "throw" => {
                self.bump();
                let value = if self.on_line() { Some(self.value()) } else { None };
                out.push(self.stmt(StmtKind::Throw(value), start));
            }
            "yield" if self.is_word(1) => {
                self.bump();
                let value = self.value();
                out.push(self.stmt(StmtKind::Emit(value), start));
            }
            "exit" | "continue" => {
                self.bump();
                let leaves = self.at_any(&["sub", "function", "property"]);
                if self.on_line() {
                    self.bump();
                }
                let kind = if leaves { StmtKind::Return(None) } else { StmtKind::Jump };
                out.push(self.stmt(kind, start));
            }
            "call" if self.is_word(1) => {
                self.bump();
                self.assignment(out);
            }
            "raiseevent" | "addhandler" | "removehandler" | "erase" | "error" if self.is_word(1) => {
                self.bump();
                let mut values = vec![self.value()];
                while self.eat(",") {
                    values.push(self.value());
                }
                let all = self.expr(ExprKind::Other(values), start);
                out.push(self.stmt(StmtKind::Expr(all), start));
            }
            "redim" => {
                self.bump();
                self.eat("preserve");
                self.value();
            }
            "goto" | "on" | "resume" | "stop" | "option" | "imports" if self.peek(0).first => {
                while self.on_line() || self.start() == start {
                    self.bump();
                }
            }
            _ => self.assignment(out),
        }
    }

    /// `target = value`, `target += value`, or a call.
    fn assignment(&mut self, out: &mut Block) {
        let start = self.start();
        let target = if self.at("await") { self.value() } else { self.postfix() };
        if !self.on_line() {
            out.push(self.stmt(StmtKind::Expr(target), start));
            return;
        }
        if self.at("=") {
            self.bump();
            let value = self.value();
            let returns = match self.nodes.kind(target).clone() {
                ExprKind::Name { name, .. } => !name.is_empty() && name == self.state.function,
                _ => false,
            };
            let kind = if returns {
                StmtKind::Emit(value)
            } else {
                StmtKind::Expr(self.expr(ExprKind::Assign { target, value }, start))
            };
            out.push(self.stmt(kind, start));
            return;
        }
        if self.at_any(&["+=", "&=", "-=", "*=", "/=", "\\=", "^="]) {
            self.bump();
            let value = self.value();
            let value = match self.nodes.copy(target) {
                Some(old) => self.expr(ExprKind::Template(vec![old, value]), start),
                None => value,
            };
            let assign = self.expr(ExprKind::Assign { target, value }, start);
            out.push(self.stmt(StmtKind::Expr(assign), start));
            return;
        }
        out.push(self.stmt(StmtKind::Expr(target), start));
    }

    /// `a, b As String, c As New T(x), d() As Byte = {1}`.
    pub(super) fn variables(&mut self) -> Vec<Variable> {
        let mut all: Vec<Variable> = Vec::new();
        // How many names wait for a type.
        let mut waiting = 0;
        loop {
            let start = self.start();
            if self.at("(") && self.closing(0).is_some_and(|end| self.is(end + 1, "=")) {
                // `Dim (a, b) = pair`.
                let names = self.arguments();
                self.bump();
                let value = self.value();
                let span = self.since(start);
                for (i, arg) in names.into_iter().enumerate() {
                    if let ExprKind::Name { name, .. } = self.nodes.kind(arg.value).clone() {
                        let value = if i == 0 { Some(value) } else { self.nodes.copy(value) };
                        all.push(Variable { name, ty: None, value, span });
                    }
                }
            } else {
                let Some(name) = self.word() else { break };
                let span = self.since(start);
                let mut bounds = Vec::new();
                if self.at("(") && self.on_line() {
                    bounds = self.arguments();
                }
                self.eat("?");
                all.push(Variable { name, ty: None, value: None, span });
                waiting += 1;
                drop(bounds);
                let mut value = None;
                if self.at("as") && self.on_line() {
                    self.bump();
                    let at = self.start();
                    let ty = if self.at("new") {
                        let made = self.creation(at);
                        value = Some(made);
                        match self.nodes.kind(made) {
                            ExprKind::New { ty, .. } => ty.clone(),
                            _ => None,
                        }
                    } else {
                        self.type_name()
                    };
                    let from = all.len() - waiting;
                    for variable in &mut all[from..] {
                        variable.ty.clone_from(&ty);
                    }
                    waiting = 0;
                }
                if self.at("=") && self.on_line() {
                    self.bump();
                    value = Some(self.value());
                }
                if let Some(last) = all.last_mut()
                    && value.is_some()
                {
                    last.value = value;
                    waiting = 0;
                }
            }
            if !(self.at(",") && self.on_line()) {
                break;
            }
            self.bump();
        }
        all
    }
}
