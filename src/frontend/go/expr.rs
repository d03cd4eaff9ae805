//! Expressions.

use tree_sitter::Node;

use super::literal::text_of;
use super::{Reader, field, kids, span};
use crate::ir::{BinaryOp, ExprId, ExprKind, FunctionKind};

/// A chain of operators longer than this is not nested but one flat node.
const MAX_SPINE: usize = 48;

impl Reader<'_> {
    /// An expression.
    pub(super) fn expr(&mut self, node: Node<'_>) -> ExprId {
        let mut node = node;
        while let Some(inner) = self.unwrapped(node) {
            self.errors_of(node);
            node = inner;
        }
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let id = self.dispatch(node);
        self.errors_of(node);
        self.leave();
        id
    }

    /// What is inside a wrapper that has no meaning here: `(x)`, `&x`, `*x`, `x...`, `x[a:b]`.
    fn unwrapped<'n>(&self, node: Node<'n>) -> Option<Node<'n>> {
        match node.kind() {
            "parenthesized_expression" | "variadic_argument" | "literal_element" | "expression_statement" => {
                kids(node).first().copied()
            }
            "expression_list" => match kids(node).as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            "unary_expression" => {
                let operator = field(node, "operator").map(|o| self.source(o));
                field(node, "operand").filter(|_| matches!(operator, Some("&" | "*")))
            }
            "slice_expression" => field(node, "operand"),
            _ => None,
        }
    }

    fn dispatch(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        match node.kind() {
            "identifier" if node.is_missing() => self.other(Vec::new(), at),
            "identifier" if self.receiver.as_deref() == Some(self.source(node)) => {
                self.unit.expr(ExprKind::This, at)
            }
            "identifier" if self.source(node) == "_" => self.other(Vec::new(), at),
            "identifier" | "field_identifier" | "package_identifier" => {
                let name = self.ident(node);
                self.unit.name(name, at)
            }
            "interpreted_string_literal" | "raw_string_literal" | "rune_literal" => {
                let text = text_of(self.source(node));
                self.unit.str(text, at)
            }
            "int_literal" | "float_literal" | "imaginary_literal" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), at)
            }
            "true" | "false" => {
                let value = node.kind() == "true";
                self.unit.expr(ExprKind::Bool(value), at)
            }
            "nil" => self.unit.expr(ExprKind::Null, at),
            "selector_expression" => {
                let (Some(object), Some(name)) = (field(node, "operand"), field(node, "field")) else {
                    return self.children(node);
                };
                let object = self.expr(object);
                let name = self.ident(name);
                self.unit.member(object, name, at)
            }
            "index_expression" => {
                let (Some(object), Some(index)) = (field(node, "operand"), field(node, "index")) else {
                    return self.children(node);
                };
                let object = self.expr(object);
                let index = self.expr(index);
                self.unit.expr(ExprKind::Index { object, index }, at)
            }
            "call_expression" => self.call(node),
            "composite_literal" => self.composite(node),
            "func_literal" => {
                let function = self.function(node, FunctionKind::Lambda, None);
                self.unit.expr(ExprKind::Lambda(function), at)
            }
            "unary_expression" => self.unary(node),
            "binary_expression" => self.binary(node),
            "type_assertion_expression" => {
                let Some(value) = field(node, "operand") else { return self.children(node) };
                let value = self.expr(value);
                match field(node, "type").and_then(|t| self.type_name(t)) {
                    Some(ty) => self.unit.expr(ExprKind::Cast { ty, value }, at),
                    None => value,
                }
            }
            "type_conversion_expression" => match field(node, "operand") {
                Some(value) => self.expr(value),
                None => self.children(node),
            },
            "type_identifier" | "qualified_type" | "slice_type" | "map_type" | "pointer_type" => {
                match self.type_name(node) {
                    Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), at),
                    None => self.other(Vec::new(), at),
                }
            }
            _ => self.children(node),
        }
    }

    /// Anything else: its children are all that is known of it.
    pub(super) fn children(&mut self, node: Node<'_>) -> ExprId {
        let children = kids(node).into_iter().map(|k| self.expr(k)).collect();
        self.other(children, span(node))
    }

    fn unary(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let Some(operand) = field(node, "operand") else { return self.children(node) };
        let operator = field(node, "operator").map_or("", |o| self.source(o));
        let value = self.expr(operand);
        match operator {
            "!" => self.unit.expr(ExprKind::Not(value), at),
            // A channel is a list that is read from.
            "<-" => {
                let index = self.other(Vec::new(), at);
                self.unit.expr(ExprKind::Index { object: value, index }, at)
            }
            _ => self.other(vec![value], at),
        }
    }

    fn binary(&mut self, node: Node<'_>) -> ExprId {
        let operator = |n: Node<'_>| field(n, "operator").map_or("", |o| self.source(o));
        let own = operator(node);
        // `a + b + c` nests to the left.
        let mut operands = Vec::new();
        let mut left = node;
        while left.kind() == "binary_expression" && operator(left) == own {
            operands.extend(field(left, "right"));
            let Some(next) = field(left, "left") else { break };
            left = next;
        }
        operands.push(left);
        operands.reverse();
        let at = span(node);
        let values: Vec<ExprId> = operands.into_iter().map(|o| self.expr(o)).collect();
        let op = match own {
            "+" => {
                let is_number =
                    |r: &mut Self, v: &ExprId| matches!(r.unit.unit().expr(*v).kind, ExprKind::Num(_));
                if values.iter().any(|v| is_number(self, v)) {
                    return self.other(values, at);
                }
                return self.unit.expr(ExprKind::Template(values), at);
            }
            "==" => BinaryOp::Eq,
            "!=" => BinaryOp::Ne,
            "&&" => BinaryOp::And,
            "||" => BinaryOp::Or,
            _ => BinaryOp::Other,
        };
        if values.len() > MAX_SPINE {
            return self.other(values, at);
        }
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return self.other(Vec::new(), at) };
        values.fold(first, |left, right| self.unit.expr(ExprKind::Binary { op, left, right }, at))
    }
}
