//! Expressions.

use tree_sitter::Node;

use super::Reader;
use super::stmt::Tail;
use crate::frontend::tree::{field, has_token, kids, span};
use crate::ir::{BinaryOp, Block, ExprId, ExprKind, Scope, Span, Sym, TypeName};

/// A chain of operators longer than this is not nested but one flat node.
const MAX_SPINE: usize = 48;

impl Reader<'_> {
    /// An expression.
    pub(super) fn expr(&mut self, node: Node<'_>) -> ExprId {
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
            "identifier" => self.identifier(node),
            "constant" => self.constant(node),
            "scope_resolution" => self.scoped(node),
            "instance_variable" | "class_variable" | "global_variable" => self.sigil(node),
            "self" => self.this(at),
            "nil" => self.unit.expr(ExprKind::Null, at),
            "true" | "false" => self.unit.expr(ExprKind::Bool(node.kind() == "true"), at),
            "integer" | "float" => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), at)
            }
            "string" | "delimited_symbol" | "subshell" | "regex" | "bare_string" => self.string(node),
            "chained_string" => self.chained(node),
            "heredoc_beginning" => self.heredoc(node),
            "simple_symbol" | "hash_key_symbol" => self.symbol(node),
            "string_array" | "symbol_array" => self.words(node),
            "array" | "right_assignment_list" => {
                let items = self.args(node).into_iter().map(|a| a.value).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            "hash" => self.hash(&kids(node), at),
            "parenthesized_statements" => match kids(node).as_slice() {
                [only] => self.expr(*only),
                _ => self.as_block(node),
            },
            "if" | "unless" | "case" | "case_match" | "begin" | "rescue_modifier" | "if_modifier"
            | "unless_modifier" | "while" | "until" | "for" | "return" | "break" | "next" => {
                self.as_block(node)
            }
            "assignment" => self.assignment(node),
            "operator_assignment" => self.operator_assignment(node),
            "binary" => self.binary(node),
            "unary" => self.unary(node),
            "conditional" => self.conditional(node),
            "element_reference" => self.element(node),
            "call" | "yield" | "super" => self.call(node),
            "lambda" => self.block_value(node),
            "method" | "singleton_method" | "class" | "module" | "singleton_class" => {
                let mut out = Block::new();
                self.declaration(node, &mut out);
                self.unit.expr(ExprKind::Block(out), at)
            }
            _ => self.children(node),
        }
    }

    /// Anything else: its children are all that is known of it.
    pub(super) fn children(&mut self, node: Node<'_>) -> ExprId {
        let children = kids(node).into_iter().map(|k| self.expr(k)).collect();
        self.other(children, span(node))
    }

    /// A statement whose value is used.
    fn as_block(&mut self, node: Node<'_>) -> ExprId {
        let mut out = Block::new();
        self.item(node, Tail::Emit, &mut out);
        self.unit.expr(ExprKind::Block(out), span(node))
    }

    /// The current instance; the file's own object at the top level.
    pub(super) fn this(&mut self, at: Span) -> ExprId {
        self.unit.expr(ExprKind::This, at)
    }

    /// A variable, or a call without arguments.
    fn identifier(&mut self, node: Node<'_>) -> ExprId {
        let name = self.source(node);
        let at = span(node);
        if self.is_local(name) {
            return self.unit.name(name, at);
        }
        if matches!(name, "block_given?" | "__method__") {
            return self.other(Vec::new(), at);
        }
        if self.nests.last().is_some_and(|n| n.attributes.contains(name)) {
            let this = self.this(at);
            return self.unit.member(this, name, at);
        }
        let callee = self.unit.name(name, at);
        self.unit.call(callee, Vec::new(), at)
    }

    /// A constant: one of an enclosing type is named with it.
    fn constant(&mut self, node: Node<'_>) -> ExprId {
        let name = self.source(node);
        let at = span(node);
        let inside = self.nests.iter().rev().skip(1).find(|n| n.constants.contains(name)).map(|n| n.id);
        let own = self.nests.last().is_some_and(|n| n.constants.contains(name));
        match inside.filter(|_| !own) {
            Some(id) => {
                let ty = TypeName::simple(self.unit.unit().type_decl(id).name.clone());
                let object = self.unit.expr(ExprKind::TypeRef(ty), at);
                self.unit.member(object, name, at)
            }
            None => self.unit.name(name, at),
        }
    }

    /// `A::B`: a type, or a constant of one.
    fn scoped(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let Some(name) = field(node, "name").map(|n| self.source(n)) else { return self.children(node) };
        let is_value = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        if let Some(scope) = field(node, "scope").filter(|_| is_value) {
            let object = self.type_or_value(scope);
            return self.unit.member(object, name, at);
        }
        match self.type_name(node) {
            Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), at),
            None => self.children(node),
        }
    }

    fn type_or_value(&mut self, node: Node<'_>) -> ExprId {
        match self.type_name(node) {
            Some(ty) => self.unit.expr(ExprKind::TypeRef(ty), span(node)),
            None => self.expr(node),
        }
    }

    /// The name of a type as written.
    pub(super) fn type_name(&self, node: Node<'_>) -> Option<TypeName> {
        match node.kind() {
            "constant" | "scope_resolution" => {
                let name = self.source(node).trim_start_matches("::");
                let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':');
                plain.then(|| TypeName::simple(name))
            }
            _ => None,
        }
    }

    /// `@x`, `@@x`, `$x`.
    fn sigil(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let source = self.source(node);
        if let Some(name) = source.strip_prefix('$') {
            return self.unit.expr(ExprKind::Name { name: name.into(), scope: Scope::Global }, at);
        }
        let Some(id) = self.nests.last().map(|n| n.id) else {
            return self.unit.expr(ExprKind::Name { name: source.into(), scope: Scope::Script }, at);
        };
        if source.starts_with("@@") {
            let ty = TypeName::simple(self.unit.unit().type_decl(id).name.clone());
            let object = self.unit.expr(ExprKind::TypeRef(ty), at);
            return self.unit.member(object, source, at);
        }
        let this = self.this(at);
        self.unit.member(this, source.trim_start_matches('@'), at)
    }

    /// A hash, and pairs among arguments.
    pub(super) fn hash(&mut self, entries: &[Node<'_>], at: Span) -> ExprId {
        let mut map = Vec::new();
        for entry in entries {
            self.errors_of(*entry);
            if entry.kind() != "pair" {
                let key = self.other(Vec::new(), span(*entry));
                let value = kids(*entry).first().map(|v| self.expr(*v));
                map.extend(value.map(|v| (key, v)));
                continue;
            }
            let Some(key_node) = field(*entry, "key") else { continue };
            let key = self.expr(key_node);
            let value = match field(*entry, "value") {
                Some(value) => self.expr(value),
                // `{x:}` is `{x: x}`.
                None => {
                    let name: Sym = self.source(key_node).trim_end_matches(':').into();
                    let value = self.unit.name(name.clone(), span(key_node));
                    if self.is_local(&name) {
                        value
                    } else {
                        self.unit.call(value, Vec::new(), span(key_node))
                    }
                }
            };
            map.push((key, value));
        }
        self.unit.expr(ExprKind::Map(map), at)
    }

    fn assignment(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let value = self.expr(right);
        let target = self.target(left);
        self.unit.expr(ExprKind::Assign { target, value }, span(node))
    }

    /// What is assigned to.
    pub(super) fn target(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        match node.kind() {
            "identifier" => {
                let name = self.source(node);
                self.declare(name);
                self.unit.name(name, at)
            }
            "constant" => {
                let name = self.source(node);
                self.unit.name(name, at)
            }
            "instance_variable" => {
                let name: Sym = self.source(node).trim_start_matches('@').into();
                if let Some(nest) = self.nests.last_mut() {
                    nest.assigned.entry(name).or_insert(at);
                }
                self.sigil(node)
            }
            "left_assignment_list" | "destructured_left_assignment" | "rest_assignment" => {
                if !self.enter(node) {
                    return self.other(Vec::new(), at);
                }
                let items: Vec<ExprId> = kids(node).into_iter().map(|k| self.target(k)).collect();
                self.leave();
                match items.as_slice() {
                    [only] if node.kind() == "rest_assignment" => *only,
                    _ => self.unit.expr(ExprKind::List(items), at),
                }
            }
            "call" => match (field(node, "receiver"), field(node, "method")) {
                (Some(receiver), Some(method)) => {
                    let object = self.receiver(receiver);
                    let name = self.source(method);
                    self.unit.member(object, name, at)
                }
                _ => self.expr(node),
            },
            _ => self.expr(node),
        }
    }

    fn operator_assignment(&mut self, node: Node<'_>) -> ExprId {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return self.children(node);
        };
        let target = self.target(left);
        let right = self.expr(right);
        let at = span(node);
        let value = match field(node, "operator").map_or("", |o| o.kind()) {
            "||=" => {
                let op = BinaryOp::Coalesce;
                self.unit.expr(ExprKind::Binary { op, left: target, right }, at)
            }
            "&&=" => right,
            "+=" | "<<=" => self.unit.expr(ExprKind::Template(vec![target, right]), at),
            _ => self.other(vec![target, right], at),
        };
        self.unit.expr(ExprKind::Assign { target, value }, at)
    }

    /// A condition.
    pub(super) fn test(&mut self, node: Node<'_>, negated: bool) -> ExprId {
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let operator = field(node, "operator").map(|o| self.source(o));
        let op = match operator {
            Some("&&" | "and") => Some(BinaryOp::And),
            Some("||" | "or") => Some(BinaryOp::Or),
            _ => None,
        };
        let value = match (op, field(node, "left"), field(node, "right")) {
            (Some(op), Some(left), Some(right)) if node.kind() == "binary" => {
                let left = self.test(left, false);
                let right = self.test(right, false);
                self.unit.expr(ExprKind::Binary { op, left, right }, span(node))
            }
            _ => self.expr(node),
        };
        self.leave();
        if negated { self.unit.expr(ExprKind::Not(value), span(node)) } else { value }
    }

    /// Operators: the left spine is walked by a loop, as sums may be thousands long.
    fn binary(&mut self, node: Node<'_>) -> ExprId {
        let operator = |n: Node<'_>| field(n, "operator").map_or("", |o| o.kind()).to_owned();
        let is_sum = operator(node) == "+";
        let mut spine = Vec::new();
        let mut left = node;
        while left.kind() == "binary" && (operator(left) == "+") == is_sum {
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
            let right = self.expr(right);
            if is_flat {
                flat.push(right);
            } else {
                value = self.operation(&operator(*step), value, right, span(*step));
            }
        }
        self.depth -= nesting;
        match (is_flat, is_sum) {
            (true, true) => self.unit.expr(ExprKind::Template(flat), span(node)),
            (true, false) => self.other(flat, span(node)),
            (false, _) => value,
        }
    }

    fn operation(&mut self, operator: &str, left: ExprId, right: ExprId, at: Span) -> ExprId {
        let op = match operator {
            "==" | "===" => BinaryOp::Eq,
            "!=" => BinaryOp::Ne,
            "||" | "or" => BinaryOp::Coalesce,
            "=~" | "!~" => BinaryOp::Match,
            "&&" | "and" => {
                let otherwise = self.unit.expr(ExprKind::Null, at);
                return self.unit.expr(ExprKind::Cond { test: left, then: right, otherwise }, at);
            }
            "%" => {
                if let Some(text) = self.format(left, &[right], at) {
                    return text;
                }
                BinaryOp::Other
            }
            "<<" => return self.append(left, right, at),
            _ => BinaryOp::Other,
        };
        self.unit.expr(ExprKind::Binary { op, left, right }, at)
    }

    /// `text << more` and `list << item`.
    fn append(&mut self, left: ExprId, right: ExprId, at: Span) -> ExprId {
        if matches!(self.kind_of(right), ExprKind::Str(_) | ExprKind::Template(_)) {
            let value = self.unit.expr(ExprKind::Template(vec![left, right]), at);
            return self.unit.expr(ExprKind::Assign { target: left, value }, at);
        }
        let callee = self.unit.member(left, "push", at);
        self.unit.call(callee, vec![crate::ir::Arg::positional(right)], at)
    }

    fn unary(&mut self, node: Node<'_>) -> ExprId {
        let Some(operand) = field(node, "operand") else { return self.children(node) };
        match field(node, "operator").map_or("", |o| o.kind()) {
            "!" | "not" => self.test(operand, true),
            "-" | "+" if matches!(operand.kind(), "integer" | "float") => {
                let number = self.source(node).into();
                self.unit.expr(ExprKind::Num(number), span(node))
            }
            "defined?" => self.other(Vec::new(), span(node)),
            _ => self.children(node),
        }
    }

    fn conditional(&mut self, node: Node<'_>) -> ExprId {
        let parts = (field(node, "condition"), field(node, "consequence"), field(node, "alternative"));
        let (Some(test), Some(then), Some(otherwise)) = parts else { return self.children(node) };
        let test = self.test(test, false);
        let then = self.expr(then);
        let otherwise = self.expr(otherwise);
        self.unit.expr(ExprKind::Cond { test, then, otherwise }, span(node))
    }

    /// `object[key]`; `ENV['X']` is the environment variable.
    fn element(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let Some(object) = field(node, "object") else { return self.children(node) };
        let mut keys: Vec<ExprId> = kids(node)
            .into_iter()
            .filter(|k| *k != object && !matches!(k.kind(), "block" | "do_block"))
            .map(|k| self.expr(k))
            .collect();
        let index = match keys.len() {
            1 => keys.remove(0),
            _ => self.unit.expr(ExprKind::List(keys), at),
        };
        if self.source(object) == "ENV"
            && let ExprKind::Str(name) = self.kind_of(index)
        {
            return self.unit.expr(ExprKind::Name { name, scope: Scope::Env }, at);
        }
        let object = self.receiver(object);
        self.unit.expr(ExprKind::Index { object, index }, at)
    }

    /// The call has `&.` or `.`: nothing tells them apart here.
    pub(super) fn is_plain_call(node: Node<'_>) -> bool {
        field(node, "arguments").is_none() && !has_token(node, "(")
    }
}
