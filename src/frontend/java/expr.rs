//! Expressions.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{field, kid, kids, outdent, span, unescape};
use crate::ir::{BinaryOp, ExprId, ExprKind, Function, FunctionKind, Span};

/// A chain of operators longer than this is not nested but one flat node.
const MAX_SPINE: usize = 48;

impl Reader<'_> {
    /// An expression.
    pub(super) fn expr(&mut self, node: Node<'_>) -> ExprId {
        let mut node = node;
        while node.kind() == "parenthesized_expression" {
            let Some(inner) = kids(node).first().copied() else { break };
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

    fn dispatch(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        match node.kind() {
            "identifier" if node.is_missing() => self.other(Vec::new(), at),
            "identifier" | "type_identifier" => {
                let name = self.ident(node);
                self.named(name, at)
            }
            "scoped_type_identifier" | "scoped_identifier" => self.dotted(node),
            "this" => self.unit.expr(ExprKind::This, at),
            "super" => self.unit.expr(ExprKind::Base, at),
            "string_literal" | "character_literal" => {
                let text = literal(self.source(node));
                self.unit.str(text, at)
            }
            "decimal_integer_literal"
            | "hex_integer_literal"
            | "octal_integer_literal"
            | "binary_integer_literal"
            | "decimal_floating_point_literal"
            | "hex_floating_point_literal" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), at)
            }
            "true" | "false" => self.unit.expr(ExprKind::Bool(node.kind() == "true"), at),
            "null_literal" => self.unit.expr(ExprKind::Null, at),
            "class_literal" => match kids(node).first().and_then(|t| self.type_name(*t)) {
                Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), at),
                None => self.other(Vec::new(), at),
            },
            "unary_expression" => self.unary(node),
            "binary_expression" => self.binary(node),
            "cast_expression" => {
                let Some(value) = field(node, "value") else { return self.children(node) };
                let ty = field(node, "type").and_then(|t| self.type_name(t));
                let value = self.expr(value);
                match ty {
                    Some(ty) => self.unit.expr(ExprKind::Cast { ty, value }, at),
                    None => value,
                }
            }
            "instanceof_expression" => self.instance_of(node),
            "ternary_expression" => {
                let parts =
                    (field(node, "condition"), field(node, "consequence"), field(node, "alternative"));
                let (Some(test), Some(then), Some(otherwise)) = parts else { return self.children(node) };
                let test = self.expr(test);
                let then = self.expr(then);
                let otherwise = self.expr(otherwise);
                self.unit.expr(ExprKind::Cond { test, then, otherwise }, at)
            }
            "assignment_expression" => self.assignment(node),
            "field_access" => self.field_access(node),
            "array_access" => {
                let (Some(array), Some(index)) = (field(node, "array"), field(node, "index")) else {
                    return self.children(node);
                };
                let object = self.expr(array);
                let index = self.expr(index);
                self.unit.expr(ExprKind::Index { object, index }, at)
            }
            "method_invocation" => self.invocation(node),
            "object_creation_expression" => self.creation(node),
            "array_creation_expression" => match field(node, "value") {
                Some(value) => self.list(value, at),
                None => {
                    let sizes = kids(node).into_iter().filter(|k| k.kind() == "dimensions_expr");
                    let sizes: Vec<_> = sizes.filter_map(|d| kids(d).last().copied()).collect();
                    let sizes = sizes.into_iter().map(|s| self.expr(s)).collect();
                    self.other(sizes, at)
                }
            },
            "array_initializer" | "element_value_array_initializer" => self.list(node, at),
            "lambda_expression" => {
                let body = field(node, "body");
                self.lambda(field(node, "parameters"), body, at)
            }
            "method_reference" => self.method_reference(node),
            "switch_expression" => self.switch_value(node),
            "annotation" | "marker_annotation" => self.other(Vec::new(), at),
            _ => self.children(node),
        }
    }

    /// Anything else: its children are all that is known of it.
    pub(super) fn children(&mut self, node: Node<'_>) -> ExprId {
        let mut children = Vec::new();
        for kid in kids(node) {
            if !is_syntax(kid.kind()) {
                children.push(self.expr(kid));
            }
        }
        self.other(children, span(node))
    }

    fn list(&mut self, node: Node<'_>, at: Span) -> ExprId {
        let items = kids(node).into_iter().map(|k| self.expr(k)).collect();
        self.unit.expr(ExprKind::List(items), at)
    }

    /// A dotted name where a value stands.
    fn dotted(&mut self, node: Node<'_>) -> ExprId {
        let source = self.source(node);
        let mut value = None;
        for name in source.split('.') {
            let name = name.split('<').next().unwrap_or_default().trim();
            value = Some(match value {
                None => self.named(name.into(), span(node)),
                Some(object) => self.unit.member(object, name, span(node)),
            });
        }
        value.unwrap_or_else(|| self.other(Vec::new(), span(node)))
    }

    fn field_access(&mut self, node: Node<'_>) -> ExprId {
        let Some(name) = field(node, "field") else { return self.children(node) };
        let Some(object) = field(node, "object") else { return self.children(node) };
        let at = span(node);
        if name.kind() == "this" {
            return self.qualified_this(self.source(object), at);
        }
        // `Outer.super.x` has two objects.
        let object = if kid(node, "super").is_some() && object.kind() != "super" {
            self.unit.expr(ExprKind::Base, at)
        } else {
            self.expr(object)
        };
        let name = self.ident(name);
        self.unit.member(object, name, at)
    }

    fn unary(&mut self, node: Node<'_>) -> ExprId {
        let Some(operand) = field(node, "operand") else { return self.children(node) };
        let source = self.source(node);
        if source.starts_with('!') {
            let value = self.expr(operand);
            return self.unit.expr(ExprKind::Not(value), span(node));
        }
        if source.starts_with('-') && operand.kind().ends_with("_literal") {
            return self.unit.expr(ExprKind::Num(source.into()), span(node));
        }
        self.children(node)
    }

    /// Operators: the left spine is walked by a loop, as concatenations may be thousands long.
    fn binary(&mut self, node: Node<'_>) -> ExprId {
        let operator = |n: Node<'_>| field(n, "operator").map_or("", |o| o.kind()).to_owned();
        let is_sum = operator(node) == "+";
        let mut spine = Vec::new();
        let mut left = node;
        while left.kind() == "binary_expression" && (operator(left) == "+") == is_sum {
            let Some(next) = field(left, "left") else { break };
            self.errors_of(left);
            spine.push(left);
            left = next;
        }
        let is_flat = is_sum || spine.len() > MAX_SPINE;
        let nesting = if is_flat { 0 } else { spine.len().saturating_sub(1) };
        self.depth += nesting;
        let mut value = self.expr(left);
        let mut flat = vec![value];
        for node in spine.iter().rev() {
            let Some(right) = field(*node, "right") else { continue };
            let op = match operator(*node).as_str() {
                "==" => BinaryOp::Eq,
                "!=" => BinaryOp::Ne,
                "&&" => BinaryOp::And,
                "||" => BinaryOp::Or,
                _ => BinaryOp::Other,
            };
            let right = self.expr(right);
            if is_flat {
                flat.push(right);
            } else {
                value = self.unit.expr(ExprKind::Binary { op, left: value, right }, span(*node));
            }
        }
        self.depth -= nesting;
        match (is_flat, is_sum) {
            (true, true) => self.unit.expr(ExprKind::Template(flat), span(node)),
            (true, false) => self.other(flat, span(node)),
            (false, _) => value,
        }
    }

    /// `x instanceof T t`: where it holds, `t` is `x`.
    fn instance_of(&mut self, node: Node<'_>) -> ExprId {
        let Some(left) = field(node, "left") else { return self.children(node) };
        let at = span(node);
        let mut left = self.expr(left);
        let ty = field(node, "right").and_then(|t| self.type_name(t));
        if let Some(name) = field(node, "name") {
            let variable = self.ident(name);
            self.local(&variable);
            let target = self.unit.name(variable, span(name));
            let value = match ty.clone() {
                Some(ty) => self.unit.expr(ExprKind::Cast { ty, value: left }, at),
                None => left,
            };
            left = self.unit.expr(ExprKind::Assign { target, value }, at);
        }
        let right = match ty {
            Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), at),
            None => self.other(Vec::new(), at),
        };
        self.unit.expr(ExprKind::Binary { op: BinaryOp::Other, left, right }, at)
    }

    fn assignment(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let operator = field(node, "operator").map_or("=", |o| o.kind());
        let target = self.expr(left);
        let value = self.expr(right);
        if left.kind() == "identifier" && self.makes_text(right) {
            self.builders.push(self.ident(left));
        }
        let at = span(node);
        let value = match operator {
            "=" => value,
            "+=" => self.unit.expr(ExprKind::Template(vec![target, value]), at),
            _ => self.other(vec![target, value], at),
        };
        self.unit.expr(ExprKind::Assign { target, value }, at)
    }

    /// `Foo::bar`, `this::bar`, `Foo::new`.
    fn method_reference(&mut self, node: Node<'_>) -> ExprId {
        let inner = kids(node);
        let at = span(node);
        let Some(object) = inner.first().copied() else { return self.children(node) };
        let name = inner.iter().skip(1).rfind(|k| k.kind() == "identifier").map(|n| self.ident(*n));
        let ty = match object.kind() {
            "identifier" => None,
            _ => self.type_name(object),
        };
        match (name, ty) {
            (None, _) if object.kind() == "identifier" => self.expr(object),
            (None, Some(ty)) => self.unit.name(ty.short(), at),
            (Some(name), Some(ty)) => {
                let object = self.unit.name(ty.short(), span(object));
                self.unit.member(object, name, at)
            }
            (Some(name), None) => {
                let object = self.expr(object);
                self.unit.member(object, name, at)
            }
            (None, None) => self.children(node),
        }
    }

    /// A function value.
    pub(super) fn lambda(&mut self, params: Option<Node<'_>>, body: Option<Node<'_>>, at: Span) -> ExprId {
        let mark = self.levels.last().map_or(0, |l| l.locals.len());
        let params = self.params(params);
        let start = Span::new(at.start as usize, at.start as usize);
        let mut function = Function::new("", FunctionKind::Lambda, start);
        (function.params, function.owner) = (params, self.owner());
        let id = self.unit.function(function);
        if let Some(body) = body {
            self.body(id, body);
        }
        if let Some(level) = self.levels.last_mut() {
            level.locals.truncate(mark);
        }
        self.unit.expr(ExprKind::Lambda(id), at)
    }
}

/// The text of a string or character literal as the source writes it.
fn literal(source: &str) -> String {
    if let Some(inner) = source.strip_prefix("\"\"\"") {
        let inner = inner.strip_suffix("\"\"\"").unwrap_or(inner);
        let inner = inner.split_once('\n').map_or(inner, |(_, rest)| rest);
        return unescape(&outdent(inner, true));
    }
    let inner = source.get(1..).unwrap_or_default();
    unescape(inner.strip_suffix(['"', '\'']).unwrap_or(inner))
}

/// Kinds that are part of an expression's syntax but have no value.
fn is_syntax(kind: &str) -> bool {
    kind.ends_with("_type")
        || matches!(
            kind,
            "modifiers" | "type_arguments" | "dimensions" | "string_fragment" | "escape_sequence"
        )
}
