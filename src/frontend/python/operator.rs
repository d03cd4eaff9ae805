//! Operators.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{BinaryOp, ExprId, ExprKind};

/// A chain of operators longer than this is not nested but one flat node.
const MAX_SPINE: usize = 48;

impl Reader<'_> {
    /// An expression of which only the truth counts.
    pub(super) fn test(&mut self, node: Node<'_>) -> ExprId {
        let mut node = node;
        while node.kind() == "parenthesized_expression" {
            let Some(inner) = kids(node).first().copied() else { break };
            node = inner;
        }
        if node.kind() != "boolean_operator" || !self.enter(node) {
            return self.expr(node);
        }
        let value = self.boolean(node, true);
        self.errors_of(node);
        self.leave();
        value
    }

    /// `a and b`, `a or b`: one of its operands, or just their truth.
    pub(super) fn boolean(&mut self, node: Node<'_>, is_test: bool) -> ExprId {
        let operator = |n: Node<'_>| field(n, "operator").map_or("", |o| o.kind()).to_owned();
        let first = operator(node);
        let (left, spine) = spine(node, |n| n.kind() == "boolean_operator" && operator(n) == first);
        let lower = |reader: &mut Self, n| if is_test { reader.test(n) } else { reader.expr(n) };
        let mut value = lower(self, left);
        let is_flat = spine.len() > MAX_SPINE;
        let mut flat = vec![value];
        for part in spine.iter().rev() {
            let Some(right) = field(*part, "right") else { continue };
            let right = lower(self, right);
            flat.push(right);
            if is_flat {
                continue;
            }
            let at = span(*part);
            let kind = match (first.as_str(), is_test) {
                ("and", true) => ExprKind::Binary { op: BinaryOp::And, left: value, right },
                ("or", true) => ExprKind::Binary { op: BinaryOp::Or, left: value, right },
                ("or", false) => ExprKind::Binary { op: BinaryOp::Coalesce, left: value, right },
                _ => {
                    let otherwise = self.unit.expr(ExprKind::Null, at);
                    ExprKind::Cond { test: value, then: right, otherwise }
                }
            };
            value = self.unit.expr(kind, at);
        }
        if is_flat { self.other(flat, span(node)) } else { value }
    }

    pub(super) fn not(&mut self, node: Node<'_>) -> ExprId {
        let Some(operand) = field(node, "argument") else { return self.children(node) };
        let value = self.test(operand);
        self.unit.expr(ExprKind::Not(value), span(node))
    }

    pub(super) fn unary(&mut self, node: Node<'_>) -> ExprId {
        match field(node, "argument").map(|a| a.kind()) {
            Some("integer" | "float") => {
                let number = self.sym(node);
                self.unit.expr(ExprKind::Num(number), span(node))
            }
            _ => self.children(node),
        }
    }

    /// `a == b`, `a is None`, `a in b`; a chain of comparisons is not decided.
    pub(super) fn comparison(&mut self, node: Node<'_>) -> ExprId {
        let operands = kids(node);
        let [left, right] = operands.as_slice() else { return self.children(node) };
        let between = self.text.get(left.end_byte()..right.start_byte()).unwrap_or_default();
        let operator: Vec<&str> = between.split_whitespace().collect();
        let op = match operator.join(" ").as_str() {
            "==" | "is" => BinaryOp::Eq,
            "!=" | "<>" | "is not" => BinaryOp::Ne,
            "in" | "not in" => BinaryOp::Match,
            _ => BinaryOp::Other,
        };
        let left = self.expr(*left);
        let right = self.expr(*right);
        self.unit.expr(ExprKind::Binary { op, left, right }, span(node))
    }

    /// Arithmetic: sums of texts and lists are made of their parts. The left spine is walked by a loop, as
    /// concatenations may be thousands long.
    pub(super) fn binary(&mut self, node: Node<'_>) -> ExprId {
        let operator = |n: Node<'_>| field(n, "operator").map_or("", |o| o.kind()).to_owned();
        if operator(node) == "%"
            && let Some(text) = self.percent(node)
        {
            return text;
        }
        let is_sum = operator(node) == "+";
        let (left, spine) = spine(node, |n| {
            n.kind() == "binary_operator"
                && (operator(n) == "+") == is_sum
                && (operator(n) != "%" || n == node)
        });
        let mut operands = vec![self.expr(left)];
        for part in spine.iter().rev() {
            self.errors_of(*part);
            if let Some(right) = field(*part, "right") {
                operands.push(self.expr(right));
            }
        }
        let at = span(node);
        if is_sum {
            return self.unit.expr(ExprKind::Template(operands), at);
        }
        match operands.as_slice() {
            [left, right] if operator(node) != "%" => {
                let kind = ExprKind::Binary { op: BinaryOp::Other, left: *left, right: *right };
                self.unit.expr(kind, at)
            }
            _ => self.other(operands, at),
        }
    }

    /// `a += b`.
    pub(super) fn augmented(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let target = self.expr(left);
        let right = self.expr(right);
        let kind = match field(node, "operator").map(|o| o.kind()) {
            Some("+=") => ExprKind::Template(vec![target, right]),
            Some("|=") => ExprKind::Binary { op: BinaryOp::Other, left: target, right },
            _ => ExprKind::Other(vec![target, right]),
        };
        let value = self.unit.expr(kind, span(node));
        self.unit.expr(ExprKind::Assign { target, value }, span(node))
    }
}

/// The nodes of a chain of operators that nest to the left, the outermost first, and what is leftmost.
fn spine<'n>(node: Node<'n>, belongs: impl Fn(Node<'n>) -> bool) -> (Node<'n>, Vec<Node<'n>>) {
    let mut spine = Vec::new();
    let mut left = node;
    while belongs(left) {
        let Some(next) = field(left, "left") else { break };
        spine.push(left);
        left = next;
    }
    (left, spine)
}
