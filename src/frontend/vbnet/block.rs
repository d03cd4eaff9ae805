//! Statements that hold others.

use super::State;
use super::stmt::Variable;
use crate::frontend::reader::Reader;
use crate::ir::{BinaryOp, Binding, Block, Case, ExprId, ExprKind, Scope, StmtId, StmtKind, Sym};

/// What `End` closes.
const ENDS: &[&str] = &[
    "sub",
    "function",
    "property",
    "get",
    "set",
    "if",
    "select",
    "try",
    "with",
    "using",
    "synclock",
    "while",
    "class",
    "module",
    "structure",
    "interface",
    "enum",
    "namespace",
    "operator",
    "event",
    "addhandler",
    "removehandler",
    "raiseevent",
];

impl Reader<'_, State> {
    /// The block that the next token closes or divides.
    fn closes(&self) -> Option<&'static str> {
        let divides = |word: &str, of: &'static str| self.at(word).then_some(of);
        if self.at("end") {
            return ENDS.iter().find(|e| self.is(1, e) && !self.peek(1).first).copied();
        }
        [
            ("else", "if"),
            ("elseif", "if"),
            ("endif", "if"),
            ("case", "select"),
            ("catch", "try"),
            ("finally", "try"),
            ("next", "for"),
            ("loop", "do"),
            ("wend", "while"),
        ]
        .iter()
        .find_map(|(word, of)| divides(word, of))
    }

    /// Statements up to what closes or divides a block of this kind, or one around it.
    pub(super) fn statements(&mut self, kind: &'static str) -> Block {
        let mut body = Block::new();
        self.state.closers.push(kind);
        while !self.at_end() {
            if let Some(closed) = self.closes() {
                if self.state.closers.contains(&closed) {
                    break;
                }
                self.skip();
                self.end_statement();
                continue;
            }
            // A member of the type: the end of this one is missing.
            if self.state.owner.is_some()
                && self.peek(0).first
                && self.at_any(&["public", "private", "protected", "friend"])
            {
                break;
            }
            self.statement(&mut body);
            self.end_statement();
        }
        self.state.closers.pop();
        body
    }

    /// Passes `End If` and the like.
    pub(super) fn close(&mut self, kind: &str) {
        if self.at("end") && self.is(1, kind) {
            self.bump();
            self.bump();
        }
    }

    /// The statements of a block with its end.
    pub(super) fn block(&mut self, kind: &'static str) -> Block {
        let body = self.statements(kind);
        self.close(kind);
        body
    }

    /// Lowers a statement that holds others; `false` when the next one is none.
    pub(super) fn block_statement(&mut self, out: &mut Block) -> bool {
        let start = self.start();
        let word = self.shown(0).to_ascii_lowercase();
        match word.as_str() {
            "if" => out.push(self.if_statement()),
            "select" => self.select(out),
            "try" if !self.is(1, ".") && !self.is(1, "=") => self.try_statement(out),
            "with" => {
                self.bump();
                let value = self.value();
                self.end_statement();
                self.with(value, out);
            }
            "using" | "synclock" => {
                let kind = if word == "using" { "using" } else { "synclock" };
                self.bump();
                let mut inner = Block::new();
                if kind == "using" && self.is_word(0) && self.is_any(1, &["as", "="]) {
                    for Variable { name, ty, value, span } in self.variables() {
                        self.declare(&name, ty.as_ref());
                        inner.push(self.nodes.stmt(StmtKind::Let { name, ty, value }, span));
                    }
                } else {
                    let value = self.value();
                    inner.push(self.stmt(StmtKind::Expr(value), start));
                }
                self.end_statement();
                inner.extend(self.block(kind));
                out.push(self.stmt(StmtKind::Block(inner), start));
            }
            "for" => self.for_statement(out),
            "while" => {
                self.bump();
                let test = Some(self.value());
                self.end_statement();
                let body = self.block("while");
                self.eat("wend");
                let kind = StmtKind::Loop { binding: None, init: Block::new(), test, body };
                out.push(self.stmt(kind, start));
            }
            "do" => {
                self.bump();
                let mut test = self.loop_test();
                self.end_statement();
                let body = self.statements("do");
                if self.eat("loop") {
                    test = self.loop_test().or(test);
                }
                let kind = StmtKind::Loop { binding: None, init: Block::new(), test, body };
                out.push(self.stmt(kind, start));
            }
            _ => return false,
        }
        true
    }

    fn loop_test(&mut self) -> Option<ExprId> {
        let start = self.start();
        if !self.on_line() || !self.at_any(&["while", "until"]) {
            return None;
        }
        let until = self.at("until");
        self.bump();
        let test = self.value();
        Some(if until { self.expr(ExprKind::Not(test), start) } else { test })
    }

    /// `If … Then` with a block, or with statements on its line.
    fn if_statement(&mut self) -> StmtId {
        let start = self.start();
        self.bump();
        let test = self.value();
        self.eat("then");
        let mut otherwise = Block::new();
        let then = if self.on_line() && !self.at(":") {
            let then = self.same_line();
            if self.on_line() && self.eat("else") {
                otherwise = if self.on_line() { self.same_line() } else { Block::new() };
            }
            then
        } else {
            self.end_statement();
            let then = self.statements("if");
            otherwise = self.otherwise();
            then
        };
        self.stmt(StmtKind::If { test, then, otherwise }, start)
    }

    /// What follows the statements of an `If`, with its end.
    fn otherwise(&mut self) -> Block {
        if self.at("elseif") || self.at("else") && self.is(1, "if") && !self.peek(1).first {
            self.eat("else");
            if !self.enter() {
                return Block::new();
            }
            let inner = self.if_statement();
            self.leave();
            return vec![inner];
        }
        let body = if self.eat("else") {
            self.end_statement();
            self.statements("if")
        } else {
            Block::new()
        };
        self.close("if");
        self.eat("endif");
        body
    }

    /// Statements up to the end of the line or an `Else` on it.
    fn same_line(&mut self) -> Block {
        let mut body = Block::new();
        self.statement(&mut body);
        while self.on_line() && self.at(":") {
            self.bump();
            if self.on_line() && !self.at("else") {
                self.statement(&mut body);
            }
        }
        body
    }

    fn select(&mut self, out: &mut Block) {
        let start = self.start();
        self.bump();
        self.eat("case");
        let subject = self.value();
        self.end_statement();
        let mut cases = Vec::new();
        loop {
            // Nothing can stand before the first case.
            let mut loose = self.statements("select");
            out.append(&mut loose);
            if !self.eat("case") {
                break;
            }
            let mut labels = Vec::new();
            if !self.eat("else") {
                while self.on_line() {
                    if self.eat("is") {
                        self.bump();
                    }
                    let mut label = self.value();
                    if self.eat("to") {
                        let to = self.value();
                        label = self.expr(ExprKind::Other(vec![label, to]), start);
                    }
                    labels.push(label);
                    if !self.eat(",") {
                        break;
                    }
                }
            }
            self.end_statement();
            let body = self.statements("select");
            cases.push(Case { labels, body });
        }
        self.close("select");
        out.push(self.stmt(StmtKind::Switch { subject, cases }, start));
    }

    fn try_statement(&mut self, out: &mut Block) {
        let start = self.start();
        self.bump();
        self.end_statement();
        let body = self.statements("try");
        let mut handlers = Vec::new();
        let mut finally = Block::new();
        while self.at_any(&["catch", "finally"]) {
            let last = self.at("finally");
            let at = self.start();
            self.bump();
            let mut handler = Block::new();
            if !last && self.on_line() && self.is_word(0) && !self.at("when") {
                let name: Sym = self.word().unwrap_or_else(|| "".into());
                let ty = if self.eat("as") { self.type_name() } else { None };
                handler.push(self.stmt(StmtKind::Let { name, ty, value: None }, at));
            }
            if self.on_line() && self.eat("when") {
                let test = self.value();
                handler.push(self.stmt(StmtKind::Expr(test), at));
            }
            self.end_statement();
            handler.extend(self.statements("try"));
            if last {
                finally = handler;
            } else {
                handlers.push(handler);
            }
        }
        self.close("try");
        out.push(self.stmt(StmtKind::Try { body, handlers, finally }, start));
    }

    /// `With value`: names that begin with a dot are its members.
    fn with(&mut self, value: ExprId, out: &mut Block) {
        let span = self.place(value);
        let name = match self.nodes.copy(value) {
            Some(copy) => copy,
            None => {
                self.state.made_up += 1;
                let name: Sym = format!("with${}", self.state.made_up).into();
                let ty = match self.nodes.kind(value) {
                    ExprKind::New { ty, .. } => ty.clone(),
                    _ => None,
                };
                let kind = StmtKind::Let { name: name.clone(), ty, value: Some(value) };
                out.push(self.nodes.stmt(kind, span));
                self.nodes.expr(ExprKind::Name { name, scope: Scope::Lexical }, span)
            }
        };
        self.state.with.push(name);
        let body = self.block("with");
        self.state.with.pop();
        out.extend(body);
    }

    fn for_statement(&mut self, out: &mut Block) {
        let start = self.start();
        self.bump();
        let each = self.eat("each");
        let at = self.start();
        let mut binding = None;
        let mut init = Block::new();
        let mut test = None;
        if let Some(name) = self.word() {
            self.state.locals.insert(name.clone());
            let target = self.name(name.clone(), at);
            let ty = if self.eat("as") { self.type_name() } else { None };
            if each {
                self.eat("in");
                let iterable = self.value();
                let mut target = target;
                if let Some(ty) = ty {
                    target = self.expr(ExprKind::Cast { ty, value: target }, at);
                    // The variable is bound by its plain name.
                    if let ExprKind::Cast { value, .. } = *self.nodes.kind(target) {
                        target = value;
                    }
                }
                binding = Some(Binding { target, iterable });
            } else {
                self.eat("=");
                let value = Some(self.value());
                init.push(self.stmt(StmtKind::Let { name, ty, value }, at));
                if self.eat("to") {
                    let last = self.value();
                    let kind = ExprKind::Binary { op: BinaryOp::Other, left: target, right: last };
                    test = Some(self.expr(kind, at));
                }
                if self.eat("step") {
                    self.value();
                }
            }
        }
        self.end_statement();
        let body = self.statements("for");
        if self.eat("next") {
            while self.on_line() && self.is_word(0) {
                self.bump();
                self.eat(",");
            }
        }
        out.push(self.stmt(StmtKind::Loop { binding, init, test, body }, start));
    }
}
