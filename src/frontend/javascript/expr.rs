//! Expressions.

use tree_sitter::Node;

use super::{Reader, field, has_token, kids, span};
use crate::ir::{Arg, BinaryOp, ExprId, ExprKind, Scope, StmtKind, Sym};

/// A chain of operators longer than this is not nested but one flat node.
const MAX_SPINE: usize = 48;

impl Reader<'_> {
    /// An expression.
    pub(super) fn expr(&mut self, node: Node<'_>) -> ExprId {
        let node = self.unwrapped(node);
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let id = self.dispatch(node);
        self.errors_of(node);
        self.leave();
        id
    }

    /// What is inside of wrappers that have no meaning here: `(x)`, `await x`, `x!`, `x as const`.
    pub(super) fn unwrapped<'n>(&mut self, node: Node<'n>) -> Node<'n> {
        let mut node = node;
        loop {
            let inner = match node.kind() {
                "parenthesized_expression" | "await_expression" | "non_null_expression" => kids(node),
                "as_expression" | "satisfies_expression" if kids(node).len() == 1 => kids(node),
                "instantiation_expression" => field(node, "function").into_iter().collect(),
                _ => return node,
            };
            let Some(inner) = inner.first().copied() else { return node };
            self.errors_of(node);
            node = inner;
        }
    }

    fn dispatch(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        match node.kind() {
            "identifier" | "property_identifier" | "shorthand_property_identifier" if node.is_missing() => {
                self.other(Vec::new(), at)
            }
            "identifier" | "shorthand_property_identifier" => {
                let name = self.ident(node);
                self.unit.name(name, at)
            }
            "this" => self.unit.expr(ExprKind::This, at),
            "super" => self.unit.expr(ExprKind::Base, at),
            "string" => {
                let text = self.string(node);
                self.unit.str(text, at)
            }
            "template_string" => self.template(node),
            "number" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), at)
            }
            "true" | "false" => self.unit.expr(ExprKind::Bool(node.kind() == "true"), at),
            "null" | "undefined" => self.unit.expr(ExprKind::Null, at),
            "object" => self.object(node),
            "array" => self.array(node),
            "arrow_function" | "function_expression" | "generator_function" => self.lambda(node),
            "class" => self.class_expression(node),
            "member_expression" | "nested_identifier" => self.member(node),
            "subscript_expression" => self.subscript(node),
            "call_expression" => self.call(node),
            "new_expression" => self.creation(node),
            "assignment_expression" => self.assignment(node),
            "augmented_assignment_expression" => self.augmented(node),
            "ternary_expression" => self.conditional(node),
            "binary_expression" => self.binary(node, false),
            "unary_expression" => self.unary(node),
            "as_expression" | "satisfies_expression" | "type_assertion" => self.cast(node),
            "sequence_expression" => self.sequence(node),
            "jsx_element" | "jsx_self_closing_element" => self.element(node),
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

    /// A value of which only the truth matters.
    pub(super) fn test(&mut self, node: Node<'_>) -> ExprId {
        let node = self.unwrapped(node);
        if node.kind() != "binary_expression" || !self.enter(node) {
            return self.expr(node);
        }
        let id = self.binary(node, true);
        self.errors_of(node);
        self.leave();
        id
    }

    fn member(&mut self, node: Node<'_>) -> ExprId {
        let (Some(object), Some(name)) = (field(node, "object"), field(node, "property")) else {
            return self.children(node);
        };
        let at = span(node);
        let name = self.ident(name);
        if self.is_environment(object) {
            return self.unit.expr(ExprKind::Name { name, scope: Scope::Env }, at);
        }
        if let Some(name) = self.export_name(node) {
            return self.unit.expr(ExprKind::Name { name, scope: Scope::Script }, at);
        }
        let value = self.expr(object);
        let is_module = matches!(self.unit.unit().expr(value).kind, ExprKind::Module(_));
        // What a package exports by default is the package.
        if is_module && name.as_ref() == "default" {
            return value;
        }
        self.unit.member(value, name, at)
    }

    /// `process.env`, `import.meta.env`
    pub(super) fn is_environment(&self, node: Node<'_>) -> bool {
        let source = self.source(node);
        matches!(source, "process.env" | "import.meta.env" | "Bun.env" | "process?.env")
    }

    fn subscript(&mut self, node: Node<'_>) -> ExprId {
        let (Some(object), Some(index)) = (field(node, "object"), field(node, "index")) else {
            return self.children(node);
        };
        if self.is_environment(object) && index.kind() == "string" {
            let name = self.string(index).into();
            return self.unit.expr(ExprKind::Name { name, scope: Scope::Env }, span(node));
        }
        let object = self.expr(object);
        let index = self.expr(index);
        self.unit.expr(ExprKind::Index { object, index }, span(node))
    }

    fn assignment(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let value = self.expr(right);
        self.store(left, value, node)
    }

    /// `left = value`.
    fn store(&mut self, left: Node<'_>, value: ExprId, node: Node<'_>) -> ExprId {
        let left = self.unwrapped(left);
        let at = span(node);
        if left.kind() == "object_pattern" {
            let mut block = Vec::new();
            let held = self.held(left, value, &mut block);
            self.take_apart(left, held, false, &mut block);
            self.push(StmtKind::Emit(held), at, &mut block);
            return self.unit.expr(ExprKind::Block(block), at);
        }
        let target = match left.kind() {
            "array_pattern" => {
                let items = kids(left);
                let items = items.into_iter().filter(|k| k.kind() != "rest_pattern");
                let items = items.map(|k| self.expr(k)).collect();
                self.unit.expr(ExprKind::List(items), span(left))
            }
            _ => self.expr(left),
        };
        self.note_assigned(left);
        // `exports.x = x` says what is so anyway.
        let same = {
            let unit = self.unit.unit();
            matches!(
                (&unit.expr(target).kind, &unit.expr(value).kind),
                (
                    ExprKind::Name { name: a, scope: Scope::Script },
                    ExprKind::Name { name: b, scope: Scope::Lexical },
                ) if a == b
            )
        };
        if same { value } else { self.unit.expr(ExprKind::Assign { target, value }, at) }
    }

    fn augmented(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let target = self.expr(left);
        let value = self.expr(right);
        self.note_assigned(left);
        let at = span(node);
        let value = match field(node, "operator").map_or("", |o| o.kind()) {
            "+=" => self.unit.expr(ExprKind::Template(vec![target, value]), at),
            "??=" | "||=" => {
                let op = BinaryOp::Coalesce;
                self.unit.expr(ExprKind::Binary { op, left: target, right: value }, at)
            }
            "&&=" => value,
            _ => self.other(vec![target, value], at),
        };
        self.unit.expr(ExprKind::Assign { target, value }, at)
    }

    fn conditional(&mut self, node: Node<'_>) -> ExprId {
        let parts = (field(node, "condition"), field(node, "consequence"), field(node, "alternative"));
        let (Some(test), Some(then), Some(otherwise)) = parts else { return self.children(node) };
        let test = self.test(test);
        let then = self.expr(then);
        let otherwise = self.expr(otherwise);
        self.unit.expr(ExprKind::Cond { test, then, otherwise }, span(node))
    }

    /// Operators: the left spine is walked by a loop, as concatenations may be thousands long.
    fn binary(&mut self, node: Node<'_>, is_test: bool) -> ExprId {
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
        if spine.is_empty() {
            return self.children(node);
        }
        let nesting = if is_sum || spine.len() > MAX_SPINE { 0 } else { spine.len() - 1 };
        self.depth += nesting;
        let value = self.spine(left, &spine, is_sum, is_test);
        self.depth -= nesting;
        value
    }

    fn spine(&mut self, left: Node<'_>, spine: &[Node<'_>], is_sum: bool, is_test: bool) -> ExprId {
        let whole = spine.first().map_or_else(|| span(left), |n| span(*n));
        let is_flat = is_sum || spine.len() > MAX_SPINE;
        let is_logical = |n: &Node<'_>| matches!(field(*n, "operator").map_or("", |o| o.kind()), "&&" | "||");
        let tests = |outer: bool, n: &Node<'_>| outer && is_logical(n);
        let first = spine.last().is_some_and(|n| tests(is_test, n) || operator_is(*n, "&&"));
        let mut value = if first { self.test(left) } else { self.expr(left) };
        let mut flat = vec![value];
        for (i, node) in spine.iter().enumerate().rev() {
            let (Some(right), Some(operator)) = (field(*node, "right"), field(*node, "operator")) else {
                continue;
            };
            let decides = is_test && spine[..=i].iter().all(is_logical);
            let right = if decides { self.test(right) } else { self.expr(right) };
            if is_flat {
                flat.push(right);
                continue;
            }
            let left = value;
            let kind = match operator.kind() {
                "==" | "===" => ExprKind::Binary { op: BinaryOp::Eq, left, right },
                "!=" | "!==" => ExprKind::Binary { op: BinaryOp::Ne, left, right },
                "&&" if decides => ExprKind::Binary { op: BinaryOp::And, left, right },
                "||" if decides => ExprKind::Binary { op: BinaryOp::Or, left, right },
                // The value of `a && b` is b, or an a that is as good as nothing.
                "&&" => {
                    let otherwise = self.unit.expr(ExprKind::Null, span(*node));
                    ExprKind::Cond { test: left, then: right, otherwise }
                }
                "||" | "??" => ExprKind::Binary { op: BinaryOp::Coalesce, left, right },
                _ => ExprKind::Binary { op: BinaryOp::Other, left, right },
            };
            value = self.unit.expr(kind, span(*node));
        }
        match (is_flat, is_sum) {
            (true, true) => self.unit.expr(ExprKind::Template(flat), whole),
            (true, false) => self.other(flat, whole),
            (false, _) => value,
        }
    }

    fn unary(&mut self, node: Node<'_>) -> ExprId {
        let Some(operand) = field(node, "argument") else { return self.children(node) };
        match field(node, "operator").map_or("", |o| o.kind()) {
            "!" => {
                let value = self.test(operand);
                self.unit.expr(ExprKind::Not(value), span(node))
            }
            "-" if operand.kind() == "number" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), span(node))
            }
            "+" => self.expr(operand),
            "void" if operand.kind() == "number" => self.unit.expr(ExprKind::Null, span(node)),
            _ => self.children(node),
        }
    }

    fn cast(&mut self, node: Node<'_>) -> ExprId {
        let parts = kids(node);
        let (value, ty) = match (node.kind(), parts.as_slice()) {
            ("type_assertion", [types, value]) => (*value, kids(*types).first().copied()),
            (_, [value, ty]) => (*value, Some(*ty)),
            _ => return self.children(node),
        };
        let value = self.expr(value);
        match ty.and_then(|t| self.type_name(t)) {
            Some(ty) => self.unit.expr(ExprKind::Cast { ty, value }, span(node)),
            None => value,
        }
    }

    /// `a, b`: all are evaluated, the last one is the value.
    fn sequence(&mut self, node: Node<'_>) -> ExprId {
        let mut block = Vec::new();
        let parts = kids(node);
        for (i, part) in parts.iter().enumerate() {
            let value = self.expr(*part);
            let is_last = i + 1 == parts.len();
            let kind = if is_last { StmtKind::Emit(value) } else { StmtKind::Expr(value) };
            self.push(kind, span(*part), &mut block);
        }
        self.unit.expr(ExprKind::Block(block), span(node))
    }

    /// An element of JSX. A component is a function that gets its attributes.
    fn element(&mut self, node: Node<'_>) -> ExprId {
        let opening = field(node, "open_tag").unwrap_or(node);
        let mut entries = Vec::new();
        let mut children = Vec::new();
        for kid in kids(opening) {
            match kid.kind() {
                "jsx_attribute" => {
                    let parts = kids(kid);
                    let [name, value] = parts.as_slice() else { continue };
                    let name_text: Sym = self.ident(*name);
                    let key = self.unit.str(name_text, span(*name));
                    let value = self.inside_braces(*value);
                    entries.push((key, value));
                }
                "jsx_expression" => {
                    for inner in kids(kid) {
                        let inner = if inner.kind() == "spread_element" {
                            kids(inner).first().copied()
                        } else {
                            Some(inner)
                        };
                        if let Some(inner) = inner {
                            let value = self.expr(inner);
                            entries.push((value, value));
                        }
                    }
                }
                _ => {}
            }
        }
        if opening != node {
            for kid in kids(node) {
                if matches!(kid.kind(), "jsx_element" | "jsx_self_closing_element" | "jsx_expression") {
                    children.push(self.inside_braces(kid));
                }
            }
        }
        let at = span(node);
        let name = field(opening, "name");
        let is_component = name.is_some_and(|n| self.source(n).starts_with(|c: char| c.is_ascii_uppercase()));
        let props = self.unit.expr(ExprKind::Map(entries), span(opening));
        let value = match name {
            Some(name) if is_component => {
                let callee = self.expr(name);
                self.unit.call(callee, vec![Arg::positional(props)], at)
            }
            _ => props,
        };
        if children.is_empty() {
            return value;
        }
        children.insert(0, value);
        self.other(children, at)
    }

    fn inside_braces(&mut self, node: Node<'_>) -> ExprId {
        if node.kind() != "jsx_expression" {
            return self.expr(node);
        }
        match kids(node).first() {
            Some(inner) if !has_token(node, "...") => self.expr(*inner),
            _ => self.children(node),
        }
    }
}

fn operator_is(node: Node<'_>, operator: &str) -> bool {
    field(node, "operator").is_some_and(|o| o.kind() == operator)
}

/// Kinds that are part of an expression's syntax but have no value.
fn is_syntax(kind: &str) -> bool {
    kind.ends_with("_type")
        || kind.ends_with("_annotation")
        || matches!(
            kind,
            "type_arguments"
                | "type_parameters"
                | "type_identifier"
                | "property_identifier"
                | "regex_pattern"
                | "regex_flags"
                | "string_fragment"
                | "escape_sequence"
                | "optional_chain"
                | "jsx_text"
                | "jsx_closing_element"
                | "import"
                | "meta_property"
        )
}
