//! Expressions.

use tree_sitter::Node;

use super::Reader;
use super::types::is_type;
use crate::frontend::jvm::{field, has_token, kid, kids, span, unescape};
use crate::ir::{BinaryOp, Block, ExprId, ExprKind, Function, FunctionKind, Span, StmtKind, Sym};

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

    /// What is inside a wrapper that has no meaning here: `(x)`, `x!!`, labels and annotations.
    fn unwrapped<'n>(&self, node: Node<'n>) -> Option<Node<'n>> {
        let inner = || kids(node).into_iter().rfind(|k| !matches!(k.kind(), "annotation" | "label"));
        match node.kind() {
            "parenthesized_expression" | "spread_expression" | "interpolated_expression" => inner(),
            "postfix_expression" if self.source(node).ends_with("!!") => inner(),
            "prefix_expression" if has_token(node, "annotation") || kid(node, "label").is_some() => inner(),
            _ => None,
        }
    }

    fn dispatch(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        match node.kind() {
            "simple_identifier" | "interpolated_identifier" => {
                let name = self.ident(node);
                if &*name == "this" {
                    return self.this(node);
                }
                self.named(name, at)
            }
            // An interpolated name without an inner node.
            "interpolated_expression" => {
                let name = self.ident(node);
                self.named(name, at)
            }
            "type_identifier" => {
                let name = self.ident(node);
                self.unit.name(name, at)
            }
            "this_expression" => self.this(node),
            "super_expression" => self.unit.expr(ExprKind::Base, at),
            "string_literal" => self.string(node),
            "character_literal" => {
                let text = unescape(self.source(node).trim_matches('\''));
                self.unit.str(text, at)
            }
            "integer_literal" | "hex_literal" | "bin_literal" | "real_literal" | "long_literal"
            | "unsigned_literal" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), at)
            }
            "boolean_literal" => {
                let value = self.source(node) == "true";
                self.unit.expr(ExprKind::Bool(value), at)
            }
            "null_literal" | "null" => self.unit.expr(ExprKind::Null, at),
            "call_expression" => self.call(node),
            "navigation_expression" => self.navigation(node),
            "indexing_expression" => {
                let inner = kids(node);
                let (Some(object), Some(suffix)) = (inner.first(), kid(node, "indexing_suffix")) else {
                    return self.children(node);
                };
                let object = self.expr(*object);
                self.index(object, suffix, at)
            }
            "prefix_expression" => self.prefixed(node),
            "additive_expression"
            | "multiplicative_expression"
            | "comparison_expression"
            | "equality_expression"
            | "conjunction_expression"
            | "disjunction_expression"
            | "elvis_expression"
            | "range_expression" => self.binary(node),
            "as_expression" => {
                let inner = kids(node);
                let Some(value) = inner.first() else { return self.children(node) };
                let ty = inner.iter().skip(1).find(|k| is_type(k.kind())).and_then(|t| self.type_name(*t));
                let value = self.expr(*value);
                match ty {
                    Some(ty) => self.unit.expr(ExprKind::Cast { ty, value }, at),
                    None => value,
                }
            }
            "check_expression" => {
                let children = kids(node).into_iter().filter(|k| !is_type(k.kind()));
                let children: Vec<ExprId> =
                    children.collect::<Vec<_>>().into_iter().map(|k| self.expr(k)).collect();
                let right = children.get(1).copied().unwrap_or_else(|| self.other(Vec::new(), at));
                let left = children.first().copied().unwrap_or(right);
                self.unit.expr(ExprKind::Binary { op: BinaryOp::Match, left, right }, at)
            }
            "infix_expression" => self.infix(node),
            "if_expression" => self.if_value(node),
            "when_expression" => self.block_value(node, |r, out| r.when(node, out)),
            "try_expression" => self.block_value(node, |r, out| r.try_expression(node, out)),
            "jump_expression" => {
                let mut block = Block::new();
                self.jump(node, &mut block);
                self.unit.expr(ExprKind::Block(block), at)
            }
            "lambda_literal" => self.lambda(node, None, false),
            "annotated_lambda" => match kid(node, "lambda_literal") {
                Some(lambda) => self.lambda(lambda, None, false),
                None => self.children(node),
            },
            "anonymous_function" => self.function_value(node, at),
            "object_literal" => self.object_literal(node),
            "collection_literal" => {
                let items = kids(node).into_iter().map(|k| self.expr(k)).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            "callable_reference" => self.reference(node),
            "assignment" => self.assignment(node),
            "directly_assignable_expression" => self.assignable(node),
            _ => self.children(node),
        }
    }

    /// Anything else: its children are all that is known of it.
    pub(super) fn children(&mut self, node: Node<'_>) -> ExprId {
        let mut children = Vec::new();
        for kid in kids(node) {
            if !is_type(kid.kind())
                && !matches!(kid.kind(), "type_arguments" | "modifiers" | "annotation" | "label")
            {
                children.push(self.expr(kid));
            }
        }
        self.other(children, span(node))
    }

    /// `this`, also of the object that an extension function or the code around is about.
    fn this(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let label = self.source(node).strip_prefix("this@").map(str::to_owned);
        if let Some(label) = label
            && let Some(index) = self.levels.iter().rposition(|l| *l.name == *label)
        {
            return self.outer(index, at);
        }
        match self.receivers.last().cloned() {
            Some(receiver) => self.named(receiver, at),
            None => self.unit.expr(ExprKind::This, at),
        }
    }

    /// A string with its interpolations.
    fn string(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let source = self.source(node);
        let raw = source.starts_with("\"\"\"");
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut start = at;
        for part in kids(node) {
            match part.kind() {
                "string_content" => {
                    if text.is_empty() {
                        start = span(part);
                    }
                    let piece = self.source(part);
                    text.push_str(&if raw { piece.to_owned() } else { unescape(piece) });
                }
                kind if kind.starts_with("interpolation_") => {}
                _ => {
                    if !text.is_empty() {
                        parts.push(self.unit.str(std::mem::take(&mut text), start));
                    }
                    parts.push(self.expr(part));
                }
            }
        }
        if parts.is_empty() {
            return self.unit.str(text, at);
        }
        if !text.is_empty() {
            parts.push(self.unit.str(text, start));
        }
        self.unit.expr(ExprKind::Template(parts), at)
    }

    pub(super) fn index(&mut self, object: ExprId, suffix: Node<'_>, at: Span) -> ExprId {
        let keys: Vec<ExprId> = kids(suffix).into_iter().map(|k| self.expr(k)).collect();
        let index = match keys.as_slice() {
            [key] => *key,
            _ => self.unit.expr(ExprKind::List(keys), span(suffix)),
        };
        self.unit.expr(ExprKind::Index { object, index }, at)
    }

    fn prefixed(&mut self, node: Node<'_>) -> ExprId {
        let Some(operand) = kids(node).last().copied() else { return self.children(node) };
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
        let is_sum = |n: Node<'_>| n.kind() == "additive_expression" && has_token(n, "+");
        let sum = is_sum(node);
        let mut spine = Vec::new();
        let mut left = node;
        while left.kind() == node.kind() && is_sum(left) == sum {
            let Some(next) = kids(left).first().copied() else { break };
            self.errors_of(left);
            spine.push(left);
            left = next;
        }
        let is_flat = sum || spine.len() > MAX_SPINE;
        let nesting = if is_flat { 0 } else { spine.len().saturating_sub(1) };
        self.depth += nesting;
        let mut value = self.expr(left);
        let mut flat = vec![value];
        for node in spine.iter().rev() {
            let Some(right) = kids(*node).get(1).copied() else { continue };
            let op = match node.kind() {
                "equality_expression" if has_token(*node, "==") || has_token(*node, "===") => BinaryOp::Eq,
                "equality_expression" => BinaryOp::Ne,
                "conjunction_expression" => BinaryOp::And,
                "disjunction_expression" => BinaryOp::Or,
                "elvis_expression" => BinaryOp::Coalesce,
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
        match (is_flat, sum) {
            (true, true) => self.unit.expr(ExprKind::Template(flat), span(node)),
            (true, false) => self.other(flat, span(node)),
            (false, _) => value,
        }
    }

    fn infix(&mut self, node: Node<'_>) -> ExprId {
        let inner = kids(node);
        let at = span(node);
        let [left, operator, right] = inner.as_slice() else { return self.children(node) };
        let (left, right) = (self.expr(*left), self.expr(*right));
        let name = self.ident(*operator);
        let args = vec![crate::ir::Arg::positional(left), crate::ir::Arg::positional(right)];
        if &*name == "to" {
            let ty = Some(crate::ir::TypeName::simple("Pair"));
            return self.unit.expr(ExprKind::New { ty, args, init: Vec::new() }, at);
        }
        let callee = self.unit.member(left, name, at);
        self.unit.call(callee, vec![crate::ir::Arg::positional(right)], at)
    }

    fn if_value(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let (Some(condition), Some(then)) = (field(node, "condition"), field(node, "consequence")) else {
            return self.children(node);
        };
        let test = self.expr(condition);
        let then = self.branch(then);
        let otherwise = match field(node, "alternative") {
            Some(alternative) => self.branch(alternative),
            None => self.unit.expr(ExprKind::Null, at),
        };
        self.unit.expr(ExprKind::Cond { test, then, otherwise }, at)
    }

    /// The value of a branch.
    fn branch(&mut self, body: Node<'_>) -> ExprId {
        let block = self.value_of(body);
        if let [only] = block.as_slice()
            && let StmtKind::Emit(value) = self.unit.unit().stmt(*only).kind
        {
            return value;
        }
        self.unit.expr(ExprKind::Block(block), span(body))
    }

    /// A statement whose value is used.
    fn block_value(&mut self, node: Node<'_>, read: impl FnOnce(&mut Self, &mut Block)) -> ExprId {
        let mut block = Block::new();
        read(self, &mut block);
        if let Some(last) = block.last().copied() {
            self.yield_last(last);
        }
        self.unit.expr(ExprKind::Block(block), span(node))
    }

    /// A lambda. `subject` is the variable that holds what its code is about; `gives` says that it gives that.
    pub(super) fn lambda(&mut self, node: Node<'_>, subject: Option<&Sym>, gives: bool) -> ExprId {
        let at = span(node);
        let mark = self.mark();
        let mut params = Vec::new();
        let mut head = Block::new();
        let list = kid(node, "lambda_parameters");
        if let Some(subject) = subject {
            self.local(subject);
            params.push(super::types::plain_param(subject.clone(), None, at));
            self.receivers.push(subject.clone());
        } else if let Some(list) = list {
            for part in kids(list) {
                if part.kind() == "variable_declaration" {
                    let ty = self.declared(part);
                    if let Some(name) = kid(part, "simple_identifier") {
                        params.push(self.param(name, ty, part));
                    }
                } else if part.kind() == "multi_variable_declaration" {
                    let name = self.fresh("pair");
                    self.local(&name);
                    params.push(super::types::plain_param(name.clone(), None, span(part)));
                    let target = self.targets(part);
                    let value = self.unit.name(name, span(part));
                    let assign = self.unit.expr(ExprKind::Assign { target, value }, span(part));
                    self.push(StmtKind::Expr(assign), span(part), &mut head);
                }
            }
        } else {
            self.local(&"it".into());
            params.push(super::types::plain_param("it".into(), None, at));
        }
        let result = params.first().map(|p| p.name.clone()).filter(|_| gives);
        let start = Span::new(at.start as usize, at.start as usize);
        let mut function = Function::new("", FunctionKind::Lambda, start);
        (function.params, function.owner) = (params, self.owner());
        let id = self.unit.function(function);
        let block = self.in_function(|r| {
            let mut block = head;
            match result {
                Some(name) => {
                    block.append(&mut r.block_of(node));
                    let value = r.unit.name(name, at);
                    r.push(StmtKind::Return(Some(value)), at, &mut block);
                }
                None => block.append(&mut r.value_of(node)),
            }
            block
        });
        self.unit.set_body(id, block);
        if subject.is_some() {
            self.receivers.pop();
        }
        self.forget(mark);
        self.unit.expr(ExprKind::Lambda(id), at)
    }

    pub(super) fn assignment(&mut self, node: Node<'_>) -> ExprId {
        let inner = kids(node);
        let at = span(node);
        let [left, right] = inner.as_slice() else { return self.children(node) };
        let target = self.expr(*left);
        let value = self.expr(*right);
        let value = if has_token(node, "=") {
            value
        } else if has_token(node, "+=") {
            self.unit.expr(ExprKind::Template(vec![target, value]), at)
        } else {
            self.other(vec![target, value], at)
        };
        self.unit.expr(ExprKind::Assign { target, value }, at)
    }

    /// What stands left of `=`: a name or expression with suffixes.
    fn assignable(&mut self, node: Node<'_>) -> ExprId {
        let inner = kids(node);
        let Some((first, suffixes)) = inner.split_first() else { return self.children(node) };
        let mut value = self.expr(*first);
        for suffix in suffixes {
            let at = Span::new(node.start_byte(), suffix.end_byte());
            value = match suffix.kind() {
                "navigation_suffix" => {
                    let name = kid(*suffix, "simple_identifier").map(|n| self.ident(n)).unwrap_or_default();
                    self.unit.member(value, name, at)
                }
                "indexing_suffix" => self.index(value, *suffix, at),
                _ => value,
            };
        }
        value
    }
}
