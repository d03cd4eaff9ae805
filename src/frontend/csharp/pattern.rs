//! Patterns: as tests that bind their variables, and as labels.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{BinaryOp, ExprId, ExprKind, Span};

impl Reader<'_> {
    /// The labels that a pattern stands for; `None` when it matches everything.
    pub(super) fn labels(
        &mut self,
        pattern: Node<'_>,
        guard: Option<Node<'_>>,
        subject: ExprId,
    ) -> Option<Vec<ExprId>> {
        let mut labels = Vec::new();
        let mut catches_all = false;
        let mut stack = vec![pattern];
        while let Some(pattern) = stack.pop() {
            match pattern.kind() {
                "or_pattern" => {
                    stack.extend(field(pattern, "right"));
                    stack.extend(field(pattern, "left"));
                }
                "constant_pattern" | "parenthesized_pattern" => stack.extend(kids(pattern).first()),
                "discard" => catches_all = true,
                kind if kind.ends_with("_pattern") => {
                    let test = self.test(pattern, subject);
                    labels.push(self.other(vec![test], span(pattern)));
                }
                _ => labels.push(self.expr(pattern)),
            }
        }
        if let Some(guard) = guard.and_then(|g| kids(g).last().copied()) {
            labels.push(self.expr(guard));
            let at = span(pattern).to(span(guard));
            return Some(vec![self.other(labels, at)]);
        }
        if catches_all { None } else { Some(labels) }
    }

    /// `subject is pattern`.
    pub(super) fn is_pattern(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(pattern)) = (field(node, "expression"), field(node, "pattern")) else {
            return self.children(node);
        };
        let subject = self.expr(left);
        let test = self.test(pattern, subject);
        // The innermost test spans the pattern; the whole one spans all of it.
        self.unit.unit().exprs[test.index()].span = span(node);
        test
    }

    /// Whether the subject matches the pattern; variables of the pattern are assigned inside.
    fn test(&mut self, pattern: Node<'_>, subject: ExprId) -> ExprId {
        let at = span(pattern);
        if !self.enter(pattern) {
            return self.other(Vec::new(), at);
        }
        let test = match pattern.kind() {
            "constant_pattern" => {
                let value = kids(pattern).first().map(|v| self.expr(*v));
                self.compare(BinaryOp::Eq, subject, value, at)
            }
            "parenthesized_pattern" => {
                let inner = kids(pattern).first().copied();
                let test = inner.map(|inner| self.test(inner, subject));
                test.unwrap_or_else(|| self.other(Vec::new(), at))
            }
            "negated_pattern" => self.negated(pattern, subject),
            "and_pattern" | "or_pattern" => {
                let left = field(pattern, "left").map(|p| self.test(p, subject));
                let right = field(pattern, "right").map(|p| self.test(p, subject));
                let op = if pattern.kind() == "and_pattern" { BinaryOp::And } else { BinaryOp::Or };
                match (left, right) {
                    (Some(left), Some(right)) => self.unit.expr(ExprKind::Binary { op, left, right }, at),
                    (left, right) => self.other(left.into_iter().chain(right).collect(), at),
                }
            }
            "declaration_pattern" | "type_pattern" | "var_pattern" => self.typed(pattern, subject),
            "recursive_pattern" => self.recursive(pattern, subject),
            "list_pattern" => {
                let items: Vec<_> =
                    kids(pattern).into_iter().filter(|k| k.kind().ends_with("_pattern")).collect();
                let tests = items.into_iter().map(|p| self.test(p, subject)).collect();
                let tests = self.other(tests, at);
                self.compare(BinaryOp::Other, subject, Some(tests), at)
            }
            "discard" => self.unit.expr(ExprKind::Bool(true), at),
            "relational_pattern" => {
                let value = kids(pattern).first().map(|v| self.expr(*v));
                self.compare(BinaryOp::Other, subject, value, at)
            }
            _ => {
                let value = self.expr(pattern);
                self.compare(BinaryOp::Eq, subject, Some(value), at)
            }
        };
        self.leave();
        test
    }

    fn compare(&mut self, op: BinaryOp, left: ExprId, right: Option<ExprId>, at: Span) -> ExprId {
        let right = right.unwrap_or_else(|| self.other(Vec::new(), at));
        self.unit.expr(ExprKind::Binary { op, left, right }, at)
    }

    fn negated(&mut self, pattern: Node<'_>, subject: ExprId) -> ExprId {
        let at = span(pattern);
        let Some(inner) = kids(pattern).first().copied() else { return self.other(Vec::new(), at) };
        let test = self.test(inner, subject);
        if let ExprKind::Binary { op, .. } = &mut self.unit.unit().exprs[test.index()].kind {
            let flipped = match op {
                BinaryOp::Eq => Some(BinaryOp::Ne),
                BinaryOp::Ne => Some(BinaryOp::Eq),
                _ => None,
            };
            if let Some(flipped) = flipped {
                *op = flipped;
                return test;
            }
        }
        self.unit.expr(ExprKind::Not(test), at)
    }

    /// `Foo f`, `Foo`, `var f`.
    fn typed(&mut self, pattern: Node<'_>, subject: ExprId) -> ExprId {
        let at = span(pattern);
        let ty = field(pattern, "type").and_then(|t| self.type_name(t));
        let target = match (field(pattern, "name"), kids(pattern).last()) {
            (Some(name), _) => Some(self.tuple_names(name)),
            (None, Some(last)) if last.kind() == "parenthesized_variable_designation" => {
                Some(self.tuple_names(*last))
            }
            _ => None,
        };
        let right = match (target, ty) {
            (Some(target), Some(ty)) => {
                let value = self.unit.expr(ExprKind::Cast { ty, value: subject }, at);
                self.unit.expr(ExprKind::Assign { target, value }, at)
            }
            (Some(target), None) => self.unit.expr(ExprKind::Assign { target, value: subject }, at),
            (None, Some(ty)) => self.unit.expr(ExprKind::TypeRef(ty), at),
            (None, None) => self.other(Vec::new(), at),
        };
        self.compare(BinaryOp::Other, subject, Some(right), at)
    }

    /// `Foo { A: 1, B: var b } f`, `{ }`, `(var a, _)`.
    fn recursive(&mut self, pattern: Node<'_>, subject: ExprId) -> ExprId {
        let at = span(pattern);
        let mut tests = Vec::new();
        if field(pattern, "type").is_some() || field(pattern, "name").is_some() {
            tests.push(self.typed(pattern, subject));
        }
        for clause in kids(pattern) {
            match clause.kind() {
                "property_pattern_clause" | "positional_pattern_clause" => {
                    for part in kids(clause) {
                        tests.extend(self.subpattern(part, subject));
                    }
                }
                kind if kind.ends_with("_pattern") => tests.push(self.test(clause, subject)),
                _ => {}
            }
        }
        match tests.as_slice() {
            [] => {
                let null = self.unit.expr(ExprKind::Null, at);
                self.compare(BinaryOp::Ne, subject, Some(null), at)
            }
            [one] => *one,
            _ => {
                let tests = self.other(tests, at);
                self.compare(BinaryOp::Other, subject, Some(tests), at)
            }
        }
    }

    /// `A.B: pattern`, or just a pattern.
    fn subpattern(&mut self, part: Node<'_>, subject: ExprId) -> Option<ExprId> {
        let inner = kids(part);
        let (label, pattern) = match inner.as_slice() {
            [label, .., pattern] => (Some(*label), *pattern),
            [pattern] => (None, *pattern),
            [] => return None,
        };
        let mut subject = subject;
        for name in label.map(|l| self.source(l).split('.')).into_iter().flatten() {
            subject = self.unit.member(subject, name.trim(), span(part));
        }
        Some(self.test(pattern, subject))
    }
}
