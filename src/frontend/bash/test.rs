//! Conditions.

use tree_sitter::Node;

use super::{Lower, children, in_field};
use crate::ir::{BinaryOp, ExprId, ExprKind, Span};

impl<'t> Lower<'t> {
    /// Is a statement nothing but a condition?
    pub(super) fn is_test(&self, node: Node<'t>) -> bool {
        match node.kind() {
            "test_command" => true,
            "negated_command" => children(node).first().is_some_and(|n| self.is_test(*n)),
            "list" => children(node).iter().all(|n| self.is_test(*n)),
            "command" => {
                let name = node.child_by_field_name("name").map_or("", |n| self.slice(n));
                matches!(name, "test" | "[" | "true" | "false" | ":")
            }
            _ => false,
        }
    }

    /// The value of a condition.
    pub(super) fn test(&mut self, node: Node<'t>) -> ExprId {
        let span = Self::span(node);
        if !self.enter(node) {
            return self.unknown(span);
        }
        let value = self.test_inner(node, span);
        self.leave();
        value
    }

    fn test_inner(&mut self, node: Node<'t>, span: Span) -> ExprId {
        match node.kind() {
            "test_command" | "parenthesized_expression" => {
                // `(( … ))` counts: nothing that is decided here.
                if self.slice(node).starts_with("((") {
                    return self.word_or_unknown(node, span);
                }
                match children(node).as_slice() {
                    [only] => self.test(*only),
                    _ => self.unknown(span),
                }
            }
            "negated_command" => match children(node).first() {
                Some(inner) => {
                    let inner = self.test(*inner);
                    self.expr(ExprKind::Not(inner), span)
                }
                None => self.unknown(span),
            },
            "list" | "binary_expression" => self.two(node, span),
            "unary_expression" => {
                let operator = node.child(0).map_or("", |n| self.slice(n));
                let operand = children(node).into_iter().rfind(|n| n.kind() != "test_operator");
                let Some(operand) = operand else { return self.unknown(span) };
                match operator {
                    "!" => {
                        let inner = self.test(operand);
                        self.expr(ExprKind::Not(inner), span)
                    }
                    "-z" => {
                        let value = self.word(operand);
                        self.expr(ExprKind::Not(value), span)
                    }
                    "-n" => self.word(operand),
                    _ => self.unknown(span),
                }
            }
            "command" => self.test_words(node, span),
            "ERROR" => {
                self.gap(span);
                self.unknown(span)
            }
            "redirected_statement" => match in_field(node, "body").first() {
                Some(body) => self.test(*body),
                None => self.unknown(span),
            },
            _ => self.word(node),
        }
    }

    fn word_or_unknown(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let parts: Vec<ExprId> = children(node).into_iter().map(|n| self.word(n)).collect();
        let _ = parts;
        self.unknown(span)
    }

    fn two(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let parts = children(node);
        let (Some(left), Some(right)) = (parts.first(), parts.last()) else { return self.unknown(span) };
        let mut cursor = node.walk();
        let between = |n: &Node<'t>| n.start_byte() >= left.end_byte() && n.end_byte() <= right.start_byte();
        let operator = node.children(&mut cursor).find(between).map_or("", |n| self.slice(n));
        match operator {
            "&&" | "||" | "-a" | "-o" => {
                let (l, r) = (self.test(*left), self.test(*right));
                let op = if matches!(operator, "&&" | "-a") { BinaryOp::And } else { BinaryOp::Or };
                self.expr(ExprKind::Binary { op, left: l, right: r }, span)
            }
            _ => {
                let (l, r) = (self.word(*left), self.word(*right));
                let is_pattern =
                    matches!(right.kind(), "word" | "extglob_pattern" | "regex" | "concatenation")
                        && self.slice(*right).contains(['*', '?', '[']);
                self.compare(l, operator, r, is_pattern, span)
            }
        }
    }

    /// `left operator right` of a test.
    fn compare(
        &mut self,
        left: ExprId,
        operator: &str,
        right: ExprId,
        is_pattern: bool,
        span: Span,
    ) -> ExprId {
        let op = match operator {
            "=" | "==" | "-eq" => BinaryOp::Eq,
            "!=" | "-ne" => BinaryOp::Ne,
            "=~" => BinaryOp::Match,
            _ => return self.unknown(span),
        };
        if is_pattern {
            return self.expr(ExprKind::Binary { op: BinaryOp::Match, left, right }, span);
        }
        // What is not set is the same as what is empty.
        let is_empty = |b: &mut Self, id: ExprId| matches!(&b.builder.unit().expr(id).kind, ExprKind::Str(s) if s.is_empty());
        let tested = match (is_empty(self, left), is_empty(self, right)) {
            (_, true) => Some(left),
            (true, _) => Some(right),
            _ => None,
        };
        if let Some(value) = tested {
            return if op == BinaryOp::Eq { self.expr(ExprKind::Not(value), span) } else { value };
        }
        self.expr(ExprKind::Binary { op, left, right }, span)
    }

    /// `test …` and `[ … ]` where the grammar sees a command.
    fn test_words(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let name = node.child_by_field_name("name").map_or("", |n| self.slice(n));
        match name {
            "true" | ":" => return self.expr(ExprKind::Bool(true), span),
            "false" => return self.expr(ExprKind::Bool(false), span),
            _ => {}
        }
        let mut words = in_field(node, "argument");
        if words.last().is_some_and(|n| self.slice(*n) == "]") {
            words.pop();
        }
        let negated = words.first().is_some_and(|n| self.slice(*n) == "!");
        if negated {
            words.remove(0);
        }
        let value = match words.as_slice() {
            [one] => self.word(*one),
            [op, one] => match self.slice(*op) {
                "-z" => {
                    let value = self.word(*one);
                    self.expr(ExprKind::Not(value), span)
                }
                "-n" => self.word(*one),
                _ => self.unknown(span),
            },
            [left, op, right] => {
                let operator = self.slice(*op);
                let (l, r) = (self.word(*left), self.word(*right));
                self.compare(l, operator, r, false, span)
            }
            _ => self.unknown(span),
        };
        if negated { self.expr(ExprKind::Not(value), span) } else { value }
    }
}
