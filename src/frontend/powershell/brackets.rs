//! What stands in brackets: groups, arrays, hashtables, script blocks and the arguments of methods.

use super::Parser;
use crate::ir::{Arg, ExprId, ExprKind, Function, FunctionKind, Param, Span, Stmt, StmtId, StmtKind};

impl Parser<'_> {
    /// `( … )`.
    pub(super) fn parens(&mut self) -> ExprId {
        let start = self.src.pos;
        self.src.bump(1);
        let block = self.statements(b')');
        self.block_value(block, start)
    }

    /// The statement's expression, when it is nothing else.
    fn only_value(&mut self, block: &[StmtId]) -> Option<ExprId> {
        let [stmt] = block else { return None };
        match self.nodes.unit().stmt(*stmt) {
            Stmt { kind: StmtKind::Emit(value) | StmtKind::Expr(value), .. } => Some(*value),
            _ => None,
        }
    }

    /// Statements as a value.
    pub(super) fn block_value(&mut self, block: Vec<StmtId>, start: usize) -> ExprId {
        if let Some(value) = self.only_value(&block) {
            return value;
        }
        let span = self.span(start);
        self.nodes.expr(ExprKind::Block(block), span)
    }

    /// `@( … )`: a list of what its statements emit.
    pub(super) fn array(&mut self, block: Vec<StmtId>, start: usize) -> ExprId {
        let mut items = Vec::new();
        let mut is_plain = true;
        for stmt in &block {
            match self.nodes.unit().stmt(*stmt).kind {
                StmtKind::Emit(value) => match self.nodes.kind(value) {
                    ExprKind::List(inner) => items.extend(inner.iter().copied()),
                    _ => items.push(value),
                },
                _ => is_plain = false,
            }
        }
        let span = self.span(start);
        if !is_plain {
            items = vec![self.nodes.expr(ExprKind::Block(block), span)];
        }
        self.nodes.expr(ExprKind::List(items), span)
    }

    /// `{ … }` as a value.
    pub(super) fn script_block(&mut self) -> ExprId {
        let start = self.src.pos;
        self.src.bump(1);
        let function = Function::new("", FunctionKind::Lambda, Span::new(start, start + 1));
        let id = self.nodes.function(function);
        let implicit = Param {
            name: "_".into(),
            ty: None,
            default: None,
            is_switch: false,
            is_rest: false,
            from_pipeline: true,
            aliases: Vec::new(),
            span: Span::new(start, start + 1),
        };
        self.body(id, Some(implicit));
        let span = self.span(start);
        self.nodes.expr(ExprKind::Lambda(id), span)
    }

    /// `(a, b)` behind the name of a method.
    pub(super) fn call_args(&mut self) -> Vec<Arg> {
        let open = self.src.pos;
        self.src.bump(1);
        if !self.enter() {
            self.src.skip_balanced(b')', false);
            self.gap(open);
            return Vec::new();
        }
        self.open.push(b')');
        let mut args = Vec::new();
        loop {
            self.src.blank();
            let start = self.src.pos;
            match self.src.peek() {
                b')' => {
                    self.src.bump(1);
                    break;
                }
                b',' => {
                    self.src.bump(1);
                    continue;
                }
                b'}' if self.open.contains(&b'}') => {
                    self.gap(open);
                    break;
                }
                _ if self.src.is_end() => {
                    self.gap(open);
                    break;
                }
                _ => {
                    let value = self.expression(false);
                    args.push(Arg::positional(value));
                }
            }
            if self.src.pos == start {
                self.skip_char();
            }
        }
        self.open.pop();
        self.leave();
        args
    }

    /// `@{ key = value … }`.
    pub(super) fn hashtable(&mut self) -> ExprId {
        let start = self.src.pos;
        self.src.bump(2);
        if !self.enter() {
            self.src.skip_balanced(b'}', false);
            self.gap(start);
            return self.nothing();
        }
        self.open.push(b'}');
        let mut entries = Vec::new();
        loop {
            self.src.blank();
            let from = self.src.pos;
            match self.src.peek() {
                b'}' => {
                    self.src.bump(1);
                    break;
                }
                b';' | b',' => {
                    self.src.bump(1);
                    continue;
                }
                b')' if self.open.contains(&b')') => {
                    self.gap(start);
                    break;
                }
                _ if self.src.is_end() => {
                    self.gap(start);
                    break;
                }
                _ => {}
            }
            let key = self.key();
            self.src.blank();
            if self.src.eat(b'=') {
                let value = self.value();
                entries.push((key, value));
            } else {
                self.gap(from);
            }
            if self.src.pos == from {
                self.skip_char();
            }
        }
        self.open.pop();
        self.leave();
        let span = self.span(start);
        self.nodes.expr(ExprKind::Map(entries), span)
    }

    /// The key of a hashtable entry; a bare one is text.
    fn key(&mut self) -> ExprId {
        let start = self.src.pos;
        let is_value =
            matches!(self.src.peek(), b'$' | b'(' | b'[' | b'@') || self.src.quote_at(start).is_some();
        if is_value {
            return self.unary();
        }
        while !self.src.ends_word_at(self.src.pos) && !matches!(self.src.peek(), b'=' | b'#') {
            self.src.bump_char();
        }
        let span = self.span(start);
        self.nodes.expr(ExprKind::Str(self.src.slice(start, self.src.pos).into()), span)
    }
}
