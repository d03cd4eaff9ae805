//! Expressions.

use tree_sitter::Node;

use super::text::literal;
use super::{Reader, field, kids, span};
use crate::ir::{Arg, BinaryOp, ExprId, ExprKind, FunctionKind, Init, Span, StmtKind, TypeName};

/// A chain of operators longer than this is not nested but one flat node.
const MAX_SPINE: usize = 48;

impl Reader<'_> {
    /// An expression that is stored in something of this type.
    pub(super) fn expr_as(&mut self, node: Node<'_>, ty: Option<TypeName>) -> ExprId {
        self.expected = ty;
        self.expr(node)
    }

    /// An expression.
    pub(super) fn expr(&mut self, node: Node<'_>) -> ExprId {
        let expected = self.expected.take();
        let mut node = node;
        while let Some(inner) = self.unwrapped(node) {
            self.errors_of(node);
            node = inner;
        }
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let id = self.dispatch(node, expected);
        self.errors_of(node);
        self.leave();
        id
    }

    /// What is inside a wrapper that has no meaning here: `(x)`, `await x`, `x!`, `checked(x)`, `ref x`.
    fn unwrapped<'n>(&self, node: Node<'n>) -> Option<Node<'n>> {
        match node.kind() {
            "parenthesized_expression"
            | "await_expression"
            | "checked_expression"
            | "ref_expression"
            | "parenthesized_pattern"
            | "expression_element"
            | "collection_element"
            | "arrow_expression_clause" => kids(node).first().copied(),
            "postfix_unary_expression" if self.source(node).ends_with('!') => kids(node).first().copied(),
            _ => None,
        }
    }

    fn dispatch(&mut self, node: Node<'_>, expected: Option<TypeName>) -> ExprId {
        let at = span(node);
        match node.kind() {
            "identifier" if node.is_missing() => self.other(Vec::new(), at),
            "identifier" | "implicit_parameter" => {
                let name = self.ident(node);
                self.unit.name(name, at)
            }
            "predefined_type" | "generic_name" | "qualified_name" | "alias_qualified_name" => {
                self.names(node)
            }
            "this" => self.unit.expr(ExprKind::This, at),
            "base" => self.unit.expr(ExprKind::Base, at),
            "string_literal" | "verbatim_string_literal" | "raw_string_literal" | "character_literal" => {
                let text = literal(self.source(node));
                self.unit.str(text, at)
            }
            "interpolated_string_expression" => self.interpolated(node),
            "integer_literal" | "real_literal" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), at)
            }
            "boolean_literal" => {
                let value = self.source(node) == "true";
                self.unit.expr(ExprKind::Bool(value), at)
            }
            "null_literal" | "default_expression" => self.unit.expr(ExprKind::Null, at),
            "prefix_unary_expression" => self.prefixed(node),
            "binary_expression" => self.binary(node, expected.as_ref()),
            "as_expression" | "cast_expression" => self.cast(node),
            "is_expression" => self.is_type(node),
            "is_pattern_expression" => self.is_pattern(node),
            "conditional_expression" => self.conditional(node, expected),
            "member_access_expression" => self.member_access(node),
            "conditional_access_expression" => self.conditional_access(node),
            "element_access_expression" => self.element_access(node),
            "invocation_expression" => self.invocation(node),
            "object_creation_expression" | "implicit_object_creation_expression" => {
                self.creation(node, expected)
            }
            "anonymous_object_creation_expression" => self.anonymous_object(node),
            "array_creation_expression"
            | "implicit_array_creation_expression"
            | "stackalloc_expression"
            | "implicit_stackalloc_expression" => self.array(node, expected),
            "collection_expression" | "initializer_expression" => self.list(node, expected),
            "tuple_expression" => self.tuple(node),
            "lambda_expression" | "anonymous_method_expression" => self.lambda(node),
            "assignment_expression" => self.assignment(node),
            "switch_expression" => self.switch_expression(node, expected.as_ref()),
            "with_expression" => self.with(node),
            "typeof_expression" => self.type_of(node),
            "declaration_expression" => match field(node, "name") {
                Some(name) => self.tuple_names(name),
                None => self.children(node),
            },
            "from_clause" | "join_clause" | "let_clause" => self.range_variable(node),
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

    /// A dotted or generic name where a value stands.
    fn names(&mut self, node: Node<'_>) -> ExprId {
        if node.kind() == "predefined_type" {
            let name = self.source(node);
            return self.unit.name(name, span(node));
        }
        let (names, _) = self.dotted(node);
        let mut value = None;
        for name in names {
            let text = self.ident(name);
            value = Some(match value {
                None => self.unit.name(text, span(name)),
                Some(object) => {
                    let at = Span::new(node.start_byte(), name.end_byte());
                    self.unit.member(object, text, at)
                }
            });
        }
        value.unwrap_or_else(|| self.other(Vec::new(), span(node)))
    }

    /// What stands left of a dot; a generic type keeps its arguments there.
    pub(super) fn receiver(&mut self, node: Node<'_>) -> ExprId {
        let is_generic = node.kind() == "generic_name"
            || node.kind() == "qualified_name"
                && field(node, "name").is_some_and(|n| n.kind() == "generic_name");
        match self.type_name(node).filter(|_| is_generic) {
            Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), span(node)),
            None => self.expr(node),
        }
    }

    fn member_access(&mut self, node: Node<'_>) -> ExprId {
        let (Some(object), Some(name)) = (field(node, "expression"), field(node, "name")) else {
            return self.children(node);
        };
        let object = self.receiver(object);
        self.member_of(object, name, span(node))
    }

    /// `object.name`, where the name may be generic.
    pub(super) fn member_of(&mut self, object: ExprId, name: Node<'_>, at: Span) -> ExprId {
        let name = if name.kind() == "generic_name" { kids(name).first().copied() } else { Some(name) };
        let name = name.map(|n| self.ident(n)).unwrap_or_default();
        self.unit.member(object, name, at)
    }

    fn conditional_access(&mut self, node: Node<'_>) -> ExprId {
        let (Some(object), Some(binding)) = (field(node, "condition"), kids(node).last().copied()) else {
            return self.children(node);
        };
        let object = self.expr(object);
        match field(binding, "name") {
            Some(name) => self.member_of(object, name, span(node)),
            None => self.index(object, binding, span(node)),
        }
    }

    fn element_access(&mut self, node: Node<'_>) -> ExprId {
        let (Some(object), Some(subscript)) = (field(node, "expression"), field(node, "subscript")) else {
            return self.children(node);
        };
        let object = self.expr(object);
        self.index(object, subscript, span(node))
    }

    fn index(&mut self, object: ExprId, subscript: Node<'_>, at: Span) -> ExprId {
        let index = self.key(subscript);
        self.unit.expr(ExprKind::Index { object, index }, at)
    }

    /// The value between square brackets; a list when there are several.
    pub(super) fn key(&mut self, subscript: Node<'_>) -> ExprId {
        let keys: Vec<ExprId> = self.args(subscript).into_iter().map(|a| a.value).collect();
        match keys.as_slice() {
            [key] => *key,
            _ => self.unit.expr(ExprKind::List(keys), span(subscript)),
        }
    }

    fn prefixed(&mut self, node: Node<'_>) -> ExprId {
        let Some(operand) = kids(node).first().copied() else { return self.children(node) };
        let source = self.source(node);
        if source.starts_with('!') {
            let value = self.expr(operand);
            return self.unit.expr(ExprKind::Not(value), span(node));
        }
        if source.starts_with('-') && matches!(operand.kind(), "integer_literal" | "real_literal") {
            return self.unit.expr(ExprKind::Num(source.into()), span(node));
        }
        self.children(node)
    }

    /// Operators: the left spine is walked by a loop, as concatenations may be thousands long.
    fn binary(&mut self, node: Node<'_>, expected: Option<&TypeName>) -> ExprId {
        let operator = |n: Node<'_>| field(n, "operator").map_or("", |o| o.kind()).to_owned();
        let first = operator(node);
        let is_sum = first == "+";
        let mut spine = Vec::new();
        let mut left = node;
        while left.kind() == "binary_expression" && (operator(left) == "+") == is_sum {
            let Some(next) = field(left, "left") else { break };
            self.errors_of(left);
            spine.push(left);
            left = next;
        }
        let nesting = if is_sum || spine.len() > MAX_SPINE { 0 } else { spine.len() - 1 };
        self.depth += nesting;
        let value = self.spine(left, &spine, is_sum, expected);
        self.depth -= nesting;
        value
    }

    fn spine(
        &mut self,
        left: Node<'_>,
        spine: &[Node<'_>],
        is_sum: bool,
        expected: Option<&TypeName>,
    ) -> ExprId {
        let whole = spine.first().map_or_else(|| span(left), |n| span(*n));
        let is_flat = is_sum || spine.len() > MAX_SPINE;
        let mut value = self.expr_as(left, expected.cloned().filter(|_| !is_sum));
        let mut flat = vec![value];
        for node in spine.iter().rev() {
            let (Some(right), Some(operator)) = (field(*node, "right"), field(*node, "operator")) else {
                continue;
            };
            let op = match operator.kind() {
                "==" => BinaryOp::Eq,
                "!=" => BinaryOp::Ne,
                "&&" => BinaryOp::And,
                "||" => BinaryOp::Or,
                "??" => BinaryOp::Coalesce,
                _ => BinaryOp::Other,
            };
            let right = self.expr_as(right, expected.cloned().filter(|_| op == BinaryOp::Coalesce));
            if is_flat {
                flat.push(right);
            } else {
                value = self.unit.expr(ExprKind::Binary { op, left: value, right }, span(*node));
            }
        }
        match (is_flat, is_sum) {
            (true, true) => self.unit.expr(ExprKind::Template(flat), whole),
            (true, false) => self.other(flat, whole),
            (false, _) => value,
        }
    }

    fn cast(&mut self, node: Node<'_>) -> ExprId {
        let value = field(node, "value").or_else(|| field(node, "left"));
        let ty = field(node, "type").or_else(|| field(node, "right"));
        let (Some(value), Some(ty)) = (value, ty) else { return self.children(node) };
        let ty = self.type_name(ty);
        let value = self.expr_as(value, ty.clone());
        match ty {
            Some(ty) => self.unit.expr(ExprKind::Cast { ty, value }, span(node)),
            None => value,
        }
    }

    fn is_type(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let left = self.expr(left);
        let right = match self.type_name(right) {
            Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), span(right)),
            None => self.other(Vec::new(), span(right)),
        };
        self.unit.expr(ExprKind::Binary { op: BinaryOp::Other, left, right }, span(node))
    }

    fn type_of(&mut self, node: Node<'_>) -> ExprId {
        match field(node, "type").and_then(|t| self.type_name(t)) {
            Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), span(node)),
            None => self.other(Vec::new(), span(node)),
        }
    }

    fn conditional(&mut self, node: Node<'_>, expected: Option<TypeName>) -> ExprId {
        let parts = (field(node, "condition"), field(node, "consequence"), field(node, "alternative"));
        let (Some(test), Some(then), Some(otherwise)) = parts else { return self.children(node) };
        let test = self.expr(test);
        let then = self.expr_as(then, expected.clone());
        let otherwise = self.expr_as(otherwise, expected);
        self.unit.expr(ExprKind::Cond { test, then, otherwise }, span(node))
    }

    fn assignment(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let operator = field(node, "operator").map_or("=", |o| o.kind());
        if operator == "=" && self.source(left) == "_" {
            return self.expr(right);
        }
        let target = self.expr(left);
        let value = self.expr(right);
        let at = span(node);
        if operator == "=" && left.kind() == "identifier" && self.outs.contains(&self.ident(left)) {
            // Goes into what the caller gave for it.
            let index = self.other(Vec::new(), at);
            let target = self.unit.expr(ExprKind::Index { object: target, index }, at);
            return self.unit.expr(ExprKind::Assign { target, value }, at);
        }
        let value = match operator {
            "=" => value,
            "+=" => self.unit.expr(ExprKind::Template(vec![target, value]), at),
            "??=" => {
                let op = BinaryOp::Coalesce;
                self.unit.expr(ExprKind::Binary { op, left: target, right: value }, at)
            }
            _ => self.other(vec![target, value], at),
        };
        self.unit.expr(ExprKind::Assign { target, value }, at)
    }

    fn switch_expression(&mut self, node: Node<'_>, expected: Option<&TypeName>) -> ExprId {
        let parts = kids(node);
        let Some((subject, arms)) = parts.split_first() else { return self.children(node) };
        let subject = self.expr(*subject);
        let mut lowered = Vec::new();
        for arm in arms {
            let inner = kids(*arm);
            let (Some(pattern), Some(value)) = (inner.first(), inner.last()) else { continue };
            let guard = inner.iter().find(|k| k.kind() == "when_clause");
            let labels = self.labels(*pattern, guard.copied(), subject).unwrap_or_default();
            lowered.push((labels, self.expr_as(*value, expected.cloned())));
            self.errors_of(*arm);
        }
        self.unit.expr(ExprKind::Match { subject, arms: lowered }, span(node))
    }

    fn with(&mut self, node: Node<'_>) -> ExprId {
        let mut args = Vec::new();
        let mut init = Vec::new();
        for kid in kids(node) {
            if kid.kind() != "with_initializer" {
                args.push(Arg::positional(self.expr(kid)));
            } else if let [name, value] = kids(kid).as_slice() {
                let value = self.expr(*value);
                init.push(Init::Member(self.ident(*name), value));
            }
        }
        self.unit.expr(ExprKind::New { ty: None, args, init }, span(node))
    }

    /// Clauses of a query that name something: the name gets what is known of its values.
    fn range_variable(&mut self, node: Node<'_>) -> ExprId {
        let ty = field(node, "type");
        let mut inner = kids(node);
        inner.retain(|k| Some(*k) != ty && k.kind() != "join_into_clause");
        let Some((name, values)) = inner.split_first() else { return self.children(node) };
        let target = self.tuple_names(*name);
        let values: Vec<ExprId> = values.iter().map(|v| self.expr(*v)).collect();
        let value = match (values.as_slice(), node.kind()) {
            ([value], "let_clause") => *value,
            _ => self.other(values, span(node)),
        };
        self.unit.expr(ExprKind::Assign { target, value }, span(node))
    }

    fn lambda(&mut self, node: Node<'_>) -> ExprId {
        let params = self.params(field(node, "parameters")).0;
        let returns = field(node, "type").and_then(|t| self.type_name(t));
        let at = Span::new(node.start_byte(), node.start_byte());
        let mut function = crate::ir::Function::new("", FunctionKind::Lambda, at);
        (function.params, function.returns, function.owner) = (params, returns, self.owner);
        let id = self.unit.function(function);
        let body = field(node, "body").or_else(|| kids(node).into_iter().rfind(|k| k.kind() == "block"));
        if let Some(body) = body {
            self.body(id, body, None);
        }
        self.unit.expr(ExprKind::Lambda(id), span(node))
    }

    /// The statements of a function: a block, or an expression that is returned.
    pub(super) fn body(&mut self, id: crate::ir::FuncId, body: Node<'_>, returns: Option<TypeName>) {
        let outer_returns = std::mem::replace(&mut self.returns, returns);
        let outer_pending = std::mem::take(&mut self.pending);
        let outer = std::mem::replace(&mut self.in_body, true);
        let block = if body.kind() == "block" {
            self.block(body)
        } else {
            let value = self.expr_as(body, self.returns.clone());
            let mut block = std::mem::take(&mut self.pending);
            self.push(StmtKind::Return(Some(value)), span(body), &mut block);
            block
        };
        self.unit.set_body(id, block);
        self.in_body = outer;
        self.pending = outer_pending;
        self.returns = outer_returns;
    }
}

/// Kinds that are part of an expression's syntax but have no value.
fn is_syntax(kind: &str) -> bool {
    kind.ends_with("_type")
        || kind.starts_with("interpolation_")
        || matches!(
            kind,
            "modifier"
                | "attribute_list"
                | "type_argument_list"
                | "array_rank_specifier"
                | "join_into_clause"
        )
}
