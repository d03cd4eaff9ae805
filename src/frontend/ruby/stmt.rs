//! Statements. In Ruby every one has a value; what becomes of it is the [`Tail`].

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{all_kids, field, kid_of, kids, span};
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, StmtKind};

/// What becomes of the value of the last statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nobody takes it.
    Drop,
    /// It is what the method or block returns.
    Return,
    /// It is the value of the expression that the statements are.
    Emit,
}

impl Reader<'_> {
    /// The statements of a body.
    pub(super) fn block(&mut self, node: Node<'_>, tail: Tail) -> Block {
        let mut out = Block::new();
        let all = all_kids(node);
        let last = all.iter().rposition(|k| !k.is_error());
        for (i, kid) in all.into_iter().enumerate() {
            let tail = if Some(i) == last { tail } else { Tail::Drop };
            self.item(kid, tail, &mut out);
        }
        out
    }

    /// A statement, wherever it stands.
    pub(super) fn item(&mut self, node: Node<'_>, tail: Tail, out: &mut Block) {
        if node.is_error() {
            self.salvage(node, out);
            return;
        }
        if !self.enter(node) {
            let lost = self.other(Vec::new(), span(node));
            self.push(StmtKind::Expr(lost), span(node), out);
            return;
        }
        let mut own = Block::new();
        if !self.declaration(node, &mut own) {
            self.statement(node, tail, &mut own);
        }
        self.errors_of(node);
        out.append(&mut self.pending);
        out.append(&mut own);
        self.leave();
    }

    fn statement(&mut self, node: Node<'_>, tail: Tail, out: &mut Block) {
        let at = span(node);
        match node.kind() {
            "empty_statement" | "heredoc_body" | "uninterpreted" | "alias" | "undef" | "comment" => {}
            "return" => {
                let value = self.jump_value(node);
                self.push(StmtKind::Return(value), at, out);
            }
            // Out of a block `next` gives its value.
            "next" if kid_of(node, "argument_list").is_some() => {
                let value = self.jump_value(node);
                self.push(StmtKind::Return(value), at, out);
            }
            "break" | "next" | "redo" | "retry" => self.push(StmtKind::Jump, at, out),
            "if" | "elsif" | "unless" => self.if_statement(node, tail, out),
            "if_modifier" | "unless_modifier" => {
                let (Some(body), Some(condition)) = (field(node, "body"), field(node, "condition")) else {
                    return;
                };
                let test = self.test(condition, node.kind() == "unless_modifier");
                let mut then = Block::new();
                self.item(body, tail, &mut then);
                self.push(StmtKind::If { test, then, otherwise: Block::new() }, at, out);
            }
            "while" | "until" | "while_modifier" | "until_modifier" => {
                let test = field(node, "condition").map(|c| self.test(c, node.kind().starts_with("until")));
                let mut body = Block::new();
                if let Some(inner) = field(node, "body") {
                    if inner.kind() == "do" {
                        body = self.block(inner, Tail::Drop);
                    } else {
                        self.item(inner, Tail::Drop, &mut body);
                    }
                }
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test, body }, at, out);
            }
            "for" => {
                let (Some(pattern), Some(value)) = (field(node, "pattern"), field(node, "value")) else {
                    return;
                };
                let iterable = match kids(value).first() {
                    Some(inner) => self.expr(*inner),
                    None => self.other(Vec::new(), span(value)),
                };
                let target = self.target(pattern);
                let body = field(node, "body").map(|b| self.block(b, Tail::Drop)).unwrap_or_default();
                let binding = Some(Binding { target, iterable });
                self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body }, at, out);
            }
            "case" | "case_match" => self.case(node, tail, out),
            "begin" | "body_statement" => self.guarded(node, tail, out),
            "rescue_modifier" => {
                let (Some(body), Some(handler)) = (field(node, "body"), field(node, "handler")) else {
                    return;
                };
                let (mut tried, mut rescued) = (Block::new(), Block::new());
                self.item(body, tail, &mut tried);
                self.item(handler, tail, &mut rescued);
                let kind = StmtKind::Try { body: tried, handlers: vec![rescued], finally: Block::new() };
                self.push(kind, at, out);
            }
            "parenthesized_statements"
            | "then"
            | "do"
            | "block_body"
            | "else"
            | "ensure"
            | "begin_block"
            | "end_block" => {
                let block = self.block(node, tail);
                self.push(StmtKind::Block(block), at, out);
            }
            "call" if self.raises(node) => {
                let value = field(node, "arguments").and_then(|a| kids(a).first().copied());
                let value = value.map(|v| self.expr(v));
                self.push(StmtKind::Throw(value), at, out);
            }
            _ => {
                let value = self.expr(node);
                let kind = match tail {
                    Tail::Drop => StmtKind::Expr(value),
                    Tail::Return => StmtKind::Return(Some(value)),
                    Tail::Emit => StmtKind::Emit(value),
                };
                self.push(kind, at, out);
            }
        }
    }

    /// `raise …`, and what else ends the method.
    fn raises(&self, node: Node<'_>) -> bool {
        let name = field(node, "method").map_or("", |m| self.source(m));
        field(node, "receiver").is_none() && matches!(name, "raise" | "fail" | "abort" | "exit")
    }

    /// The value of `return a, b`.
    fn jump_value(&mut self, node: Node<'_>) -> Option<ExprId> {
        let list = kid_of(node, "argument_list")?;
        let mut values: Vec<ExprId> = self.args(list).into_iter().map(|a| a.value).collect();
        match values.len() {
            0 => None,
            1 => values.pop(),
            _ => Some(self.unit.expr(ExprKind::List(values), span(list))),
        }
    }

    fn if_statement(&mut self, node: Node<'_>, tail: Tail, out: &mut Block) {
        let Some(condition) = field(node, "condition") else { return };
        let test = self.test(condition, node.kind() == "unless");
        let then = field(node, "consequence").map(|c| self.block(c, tail)).unwrap_or_default();
        let mut otherwise = Block::new();
        if let Some(alternative) = field(node, "alternative") {
            if alternative.kind() == "else" {
                otherwise = self.block(alternative, tail);
            } else {
                self.item(alternative, tail, &mut otherwise);
            }
        }
        self.push(StmtKind::If { test, then, otherwise }, span(node), out);
    }

    fn case(&mut self, node: Node<'_>, tail: Tail, out: &mut Block) {
        let subject = match field(node, "value") {
            Some(value) => self.expr(value),
            // Without a subject the first label that holds is taken.
            None => self.unit.expr(ExprKind::Bool(true), span(node)),
        };
        let mut cases = Vec::new();
        for clause in kids(node) {
            match clause.kind() {
                "when" => {
                    let patterns = kids(clause).into_iter().filter(|k| k.kind() == "pattern");
                    let labels: Vec<ExprId> =
                        patterns.filter_map(|p| kids(p).first().copied()).map(|p| self.expr(p)).collect();
                    let body = field(clause, "body").map(|b| self.block(b, tail)).unwrap_or_default();
                    cases.push(Case { labels, body });
                }
                "in_clause" => {
                    let pattern = field(clause, "pattern");
                    let mut label = Vec::new();
                    if let Some(pattern) = pattern {
                        if matches!(pattern.kind(), "string" | "simple_symbol" | "true" | "false" | "nil") {
                            label.push(self.expr(pattern));
                        } else {
                            self.bind_pattern(pattern);
                        }
                    }
                    let body = field(clause, "body").map(|b| self.block(b, tail)).unwrap_or_default();
                    cases.push(Case { labels: label, body });
                }
                "else" => {
                    let body = self.block(clause, tail);
                    cases.push(Case { labels: Vec::new(), body });
                }
                _ => {}
            }
        }
        self.push(StmtKind::Switch { subject, cases }, span(node), out);
    }

    /// The variables that a pattern binds.
    fn bind_pattern(&mut self, pattern: Node<'_>) {
        if !self.enter(pattern) {
            return;
        }
        if pattern.kind() == "identifier" {
            self.declare(self.source(pattern));
        }
        if pattern.kind() == "keyword_pattern"
            && field(pattern, "value").is_none()
            && let Some(key) = field(pattern, "key")
        {
            self.declare(self.source(key));
        }
        for kid in kids(pattern) {
            self.bind_pattern(kid);
        }
        self.leave();
    }

    /// `begin … rescue … else … ensure … end`, also as the body of a method.
    pub(super) fn guarded(&mut self, node: Node<'_>, tail: Tail, out: &mut Block) {
        let all = all_kids(node);
        let is_clause = |k: &Node<'_>| matches!(k.kind(), "rescue" | "else" | "ensure");
        if !all.iter().any(is_clause) {
            out.append(&mut self.block(node, tail));
            return;
        }
        let (mut body, mut handlers, mut finally) = (Block::new(), Vec::new(), Block::new());
        let statements: Vec<Node<'_>> = all.iter().copied().filter(|k| !is_clause(k)).collect();
        let has_else = all.iter().any(|k| k.kind() == "else");
        for (i, statement) in statements.iter().enumerate() {
            let is_last = i + 1 == statements.len() && !has_else;
            self.item(*statement, if is_last { tail } else { Tail::Drop }, &mut body);
        }
        for clause in all.into_iter().filter(is_clause) {
            match clause.kind() {
                "rescue" => {
                    let mut handler = Block::new();
                    if let Some(variable) = field(clause, "variable").and_then(|v| kids(v).first().copied()) {
                        let name = self.source(variable);
                        self.declare(name);
                        let kind = StmtKind::Let { name: name.into(), ty: None, value: None };
                        self.push(kind, span(variable), &mut handler);
                    }
                    if let Some(inner) = field(clause, "body") {
                        handler.append(&mut self.block(inner, tail));
                    }
                    handlers.push(handler);
                }
                "else" => body.append(&mut self.block(clause, tail)),
                _ => finally = self.block(clause, Tail::Drop),
            }
        }
        self.push(StmtKind::Try { body, handlers, finally }, span(node), out);
    }
}
