//! Expressions.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{field, has_token, kids, parts, span};
use crate::ir::{BinaryOp, ExprId, ExprKind, Function, FunctionKind, Scope, Span, StmtKind, Sym};

/// A chain of operators longer than this is not nested but one flat node.
const MAX_SPINE: usize = 48;

impl Reader<'_> {
    /// An expression.
    pub(super) fn expr(&mut self, node: Node<'_>) -> ExprId {
        let mut node = node;
        while let Some(inner) = unwrapped(node) {
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
            "variable_name" => self.variable(node),
            "name" | "qualified_name" | "relative_name" => self.constant(node),
            "string" => self.single_quoted(node),
            "encapsed_string" | "shell_command_expression" => self.double_quoted(node),
            "heredoc" => self.heredoc(node),
            "nowdoc" => self.nowdoc(node),
            "integer" | "float" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), at)
            }
            "boolean" => {
                let value = self.source(node).eq_ignore_ascii_case("true");
                self.unit.expr(ExprKind::Bool(value), at)
            }
            "null" => self.unit.expr(ExprKind::Null, at),
            "assignment_expression" | "reference_assignment_expression" => self.assignment(node),
            "augmented_assignment_expression" => self.augmented(node),
            "update_expression" => self.update(node),
            "binary_expression" => self.binary(node),
            "unary_op_expression" => self.unary(node),
            "conditional_expression" => self.conditional(node),
            "match_expression" => self.match_expression(node),
            "array_creation_expression" => self.array(node),
            "list_literal" => self.destructured(node),
            "subscript_expression" => self.subscript(node),
            "member_access_expression" | "nullsafe_member_access_expression" => self.member_access(node),
            "scoped_property_access_expression" => self.scoped_property(node),
            "class_constant_access_expression" => self.class_constant(node),
            "member_call_expression"
            | "nullsafe_member_call_expression"
            | "scoped_call_expression"
            | "function_call_expression" => self.call(node),
            "object_creation_expression" => self.creation(node),
            "anonymous_function" | "arrow_function" => self.lambda(node),
            "include_expression"
            | "include_once_expression"
            | "require_expression"
            | "require_once_expression" => self.include(node),
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

    fn assignment(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let value = self.expr(right);
        self.assign_to(left, value, span(node))
    }

    /// `left = value`, where left may be a list with keys.
    pub(super) fn assign_to(&mut self, left: Node<'_>, value: ExprId, at: Span) -> ExprId {
        let pairs = keyed(left);
        if pairs.is_empty() {
            let target = self.expr(left);
            self.note_property(target);
            let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
            let mut steps = self.made_on_the_way(target, at);
            if steps.is_empty() {
                return assign;
            }
            steps.push(assign);
            return self.other(steps, at);
        }
        // `['a' => $x] = value`: the value is read key by key.
        let whole: Sym = "[keys]".into();
        let name = self.unit.name(whole.clone(), at);
        let mut steps = vec![self.unit.expr(ExprKind::Assign { target: name, value }, at)];
        for (key, target) in pairs {
            let object = self.unit.name(whole.clone(), at);
            let index = self.expr(key);
            let element = self.unit.expr(ExprKind::Index { object, index }, span(target));
            if self.enter(target) {
                steps.push(self.assign_to(target, element, span(target)));
                self.leave();
            }
        }
        self.other(steps, at)
    }

    /// `$a['x']['y'] = …` makes `$a['x']` an array when there is none.
    fn made_on_the_way(&mut self, target: ExprId, at: Span) -> Vec<ExprId> {
        let mut steps = Vec::new();
        let mut inner = target;
        while let ExprKind::Index { object, .. } = self.kind_of(inner) {
            if !matches!(self.kind_of(object), ExprKind::Index { .. }) || steps.len() >= 4 {
                break;
            }
            let right = self.unit.expr(ExprKind::Map(Vec::new()), at);
            let op = BinaryOp::Coalesce;
            let value = self.unit.expr(ExprKind::Binary { op, left: object, right }, at);
            steps.push(self.unit.expr(ExprKind::Assign { target: object, value }, at));
            inner = object;
        }
        steps.reverse();
        steps
    }

    /// Properties that are only assigned are properties all the same.
    fn note_property(&mut self, target: ExprId) {
        if self.owner.is_none() {
            return;
        }
        let at = self.unit.unit().expr(target).span;
        match self.kind_of(target) {
            ExprKind::Member { object, name } if matches!(self.kind_of(object), ExprKind::This) => {
                self.assigned.entry(name).or_insert(at);
            }
            ExprKind::List(items) => {
                for item in items.into_iter().take(32) {
                    if !matches!(self.kind_of(item), ExprKind::List(_)) {
                        self.note_property(item);
                    }
                }
            }
            _ => {}
        }
    }

    fn augmented(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let target = self.expr(left);
        let right = self.expr(right);
        let at = span(node);
        self.note_property(target);
        let value = match field(node, "operator").map_or("", |o| o.kind()) {
            ".=" => self.unit.expr(ExprKind::Template(vec![target, right]), at),
            "??=" => {
                let op = BinaryOp::Coalesce;
                self.unit.expr(ExprKind::Binary { op, left: target, right }, at)
            }
            _ => self.other(vec![target, right], at),
        };
        self.unit.expr(ExprKind::Assign { target, value }, at)
    }

    fn update(&mut self, node: Node<'_>) -> ExprId {
        let Some(argument) = field(node, "argument") else { return self.children(node) };
        let target = self.expr(argument);
        let value = self.other(vec![target], span(node));
        self.unit.expr(ExprKind::Assign { target, value }, span(node))
    }

    /// Operators: the left spine is walked by a loop, as concatenations may be thousands long.
    fn binary(&mut self, node: Node<'_>) -> ExprId {
        let operator = |n: Node<'_>| field(n, "operator").map_or("", |o| o.kind()).to_owned();
        let is_sum = operator(node) == ".";
        let mut spine = Vec::new();
        let mut left = node;
        while left.kind() == "binary_expression" && (operator(left) == ".") == is_sum {
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
        for step in spine.iter().rev() {
            let Some(right) = field(*step, "right") else { continue };
            let op = match operator(*step).as_str() {
                "==" | "===" => BinaryOp::Eq,
                "!=" | "!==" | "<>" => BinaryOp::Ne,
                "&&" | "and" => BinaryOp::And,
                "||" | "or" => BinaryOp::Or,
                "??" => BinaryOp::Coalesce,
                _ => BinaryOp::Other,
            };
            let right = self.operand(right, &operator(*step));
            if is_flat {
                flat.push(right);
            } else {
                value = self.unit.expr(ExprKind::Binary { op, left: value, right }, span(*step));
            }
        }
        self.depth -= nesting;
        match (is_flat, is_sum) {
            (true, true) => self.unit.expr(ExprKind::Template(flat), span(node)),
            (true, false) => self.other(flat, span(node)),
            (false, _) => value,
        }
    }

    /// The right operand; that of `instanceof` is a type.
    fn operand(&mut self, node: Node<'_>, operator: &str) -> ExprId {
        if operator == "instanceof"
            && let Some(ty) = self.class_name(node)
        {
            return self.unit.expr(ExprKind::TypeRef(ty), span(node));
        }
        self.expr(node)
    }

    fn unary(&mut self, node: Node<'_>) -> ExprId {
        let source = self.source(node);
        let operand = field(node, "argument").or_else(|| kids(node).first().copied());
        let Some(operand) = operand else { return self.children(node) };
        if source.starts_with('!') {
            let value = self.expr(operand);
            return self.unit.expr(ExprKind::Not(value), span(node));
        }
        if source.starts_with(['-', '+']) && matches!(operand.kind(), "integer" | "float") {
            return self.unit.expr(ExprKind::Num(source.into()), span(node));
        }
        self.children(node)
    }

    fn conditional(&mut self, node: Node<'_>) -> ExprId {
        let (Some(test), Some(otherwise)) = (field(node, "condition"), field(node, "alternative")) else {
            return self.children(node);
        };
        let test = self.expr(test);
        let then = field(node, "body").map(|b| self.expr(b));
        let otherwise = self.expr(otherwise);
        let kind = match then {
            Some(then) => ExprKind::Cond { test, then, otherwise },
            // `a ?: b`
            None => ExprKind::Binary { op: BinaryOp::Coalesce, left: test, right: otherwise },
        };
        self.unit.expr(kind, span(node))
    }

    fn match_expression(&mut self, node: Node<'_>) -> ExprId {
        let (Some(subject), Some(body)) = (field(node, "condition"), field(node, "body")) else {
            return self.children(node);
        };
        let subject = self.expr(subject);
        let mut arms = Vec::new();
        for arm in kids(body) {
            let Some(value) = field(arm, "return_expression") else { continue };
            let labels = field(arm, "conditional_expressions").map(kids).unwrap_or_default();
            let labels = labels.into_iter().map(|l| self.expr(l)).collect();
            arms.push((labels, self.expr(value)));
            self.errors_of(arm);
        }
        self.errors_of(body);
        self.unit.expr(ExprKind::Match { subject, arms }, span(node))
    }

    /// `[…]` and `array(…)`: a list, or a map when there are keys.
    fn array(&mut self, node: Node<'_>) -> ExprId {
        let elements: Vec<Node<'_>> =
            kids(node).into_iter().filter(|k| k.kind() == "array_element_initializer").collect();
        let is_map = elements.is_empty() || elements.iter().any(|e| has_token(*e, "=>"));
        let (mut entries, mut items) = (Vec::new(), Vec::new());
        for (number, element) in elements.iter().enumerate() {
            let inner = kids(*element);
            self.errors_of(*element);
            match inner.as_slice() {
                [key, value] => {
                    let key = self.expr(*key);
                    entries.push((key, self.expr(*value)));
                }
                [value] if value.kind() == "variadic_unpacking" => {
                    let value = self.children(*value);
                    items.push(value);
                    let key = self.other(Vec::new(), span(*element));
                    entries.push((key, value));
                }
                [value] => {
                    let value = self.expr(*value);
                    items.push(value);
                    if is_map {
                        let number = number.to_string();
                        let key = self.unit.expr(ExprKind::Num(number.as_str().into()), span(*element));
                        entries.push((key, value));
                    }
                }
                _ => {}
            }
        }
        let kind = if is_map { ExprKind::Map(entries) } else { ExprKind::List(items) };
        self.unit.expr(kind, span(node))
    }

    /// `list($a, , [$b])` and `[$a, $b]` left of an `=`.
    fn destructured(&mut self, node: Node<'_>) -> ExprId {
        let items = kids(node).into_iter().map(|k| self.expr(k)).collect();
        self.unit.expr(ExprKind::List(items), span(node))
    }

    fn subscript(&mut self, node: Node<'_>) -> ExprId {
        let parts = kids(node);
        let Some((object, index)) = parts.split_first() else { return self.children(node) };
        let index = match index.first() {
            Some(index) => self.expr(*index),
            // `$list[] = …`: no key of its own.
            None => self.other(Vec::new(), span(node)),
        };
        if let Some(value) = self.superglobal(*object, index, span(node)) {
            return value;
        }
        let object = self.expr(*object);
        self.unit.expr(ExprKind::Index { object, index }, span(node))
    }

    fn member_access(&mut self, node: Node<'_>) -> ExprId {
        let (Some(object), Some(name)) = (field(node, "object"), field(node, "name")) else {
            return self.children(node);
        };
        let object = self.expr(object);
        self.member(object, name, span(node))
    }

    /// `object->name`, where the name may be computed.
    pub(super) fn member(&mut self, object: ExprId, name: Node<'_>, at: Span) -> ExprId {
        if name.kind() == "name" {
            let name = self.source(name);
            return self.unit.member(object, name, at);
        }
        let index = self.expr(name);
        self.unit.expr(ExprKind::Index { object, index }, at)
    }

    /// `Foo::$name`.
    fn scoped_property(&mut self, node: Node<'_>) -> ExprId {
        let (Some(scope), Some(name)) = (field(node, "scope"), field(node, "name")) else {
            return self.children(node);
        };
        let object = self.scope(scope);
        if name.kind() != "variable_name" {
            return self.member(object, name, span(node));
        }
        let name = self.ident(name);
        self.unit.member(object, name, span(node))
    }

    /// `Foo::NAME`, `Foo::class`.
    fn class_constant(&mut self, node: Node<'_>) -> ExprId {
        let inner = kids(node);
        let (Some(scope), Some(name)) = (inner.first(), inner.get(1)) else { return self.children(node) };
        let object = self.scope(*scope);
        if self.source(*name) == "class" {
            return object;
        }
        self.member(object, *name, span(node))
    }

    /// What stands before `::`: a type, `parent`, or an expression.
    pub(super) fn scope(&mut self, node: Node<'_>) -> ExprId {
        if let Some(ty) = self.class_name(node) {
            return self.unit.expr(ExprKind::TypeRef(ty), span(node));
        }
        if self.source(node).eq_ignore_ascii_case("parent") {
            return self.unit.expr(ExprKind::Base, span(node));
        }
        self.expr(node)
    }

    fn lambda(&mut self, node: Node<'_>) -> ExprId {
        let at = Span::new(node.start_byte(), node.start_byte());
        let mut function = Function::new("", FunctionKind::Lambda, at);
        function.owner = self.owner;
        function.params = self.params(field(node, "parameters")).0;
        function.returns = field(node, "return_type").and_then(|t| self.type_of(t));
        let id = self.unit.function(function);
        if let Some(body) = field(node, "body") {
            let pending = std::mem::take(&mut self.pending);
            let in_function = std::mem::replace(&mut self.in_function, true);
            let block = if body.kind() == "compound_statement" {
                self.block(body)
            } else {
                let value = self.expr(body);
                let mut block = std::mem::take(&mut self.pending);
                self.push(StmtKind::Return(Some(value)), span(body), &mut block);
                block
            };
            self.unit.set_body(id, block);
            self.pending = pending;
            self.in_function = in_function;
        }
        self.unit.expr(ExprKind::Lambda(id), span(node))
    }

    /// A name that is called.
    pub(super) fn callable(&mut self, name: Sym, at: Span) -> ExprId {
        self.unit.expr(ExprKind::Name { name, scope: Scope::Callable }, at)
    }
}

/// What is inside a wrapper that has no meaning here: `(x)`, `@x`, `(string) x`, `clone x`, `print x`, `&$x`.
fn unwrapped(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        "cast_expression" => field(node, "value"),
        "parenthesized_expression"
        | "error_suppression_expression"
        | "clone_expression"
        | "print_intrinsic"
        | "by_ref" => kids(node).first().copied(),
        _ => None,
    }
}

/// The keys and targets of a list left of an `=`; none when it has no keys.
fn keyed(node: Node<'_>) -> Vec<(Node<'_>, Node<'_>)> {
    let mut pairs = Vec::new();
    if !matches!(node.kind(), "list_literal" | "array_creation_expression") {
        return pairs;
    }
    if node.kind() == "array_creation_expression" {
        for element in kids(node) {
            if let [key, target] = kids(element).as_slice() {
                pairs.push((*key, *target));
            }
        }
        return pairs;
    }
    let all = parts(node);
    for window in all.windows(3) {
        if let [(_, key), (_, arrow), (_, target)] = window
            && arrow.kind() == "=>"
        {
            pairs.push((*key, *target));
        }
    }
    pairs
}

/// Kinds that are part of an expression's syntax but have no value.
fn is_syntax(kind: &str) -> bool {
    kind.ends_with("_type")
        || kind.ends_with("_modifier")
        || matches!(kind, "attribute_list" | "text" | "php_tag")
}
