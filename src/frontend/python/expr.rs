//! Expressions.

use tree_sitter::Node;

use super::{Reader, Receiver, field, fields, kids, span};
use crate::ir::{ExprId, ExprKind, Function, FunctionKind, Init, Scope, Span, StmtKind, TypeName};

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
            "identifier" if node.is_missing() => self.other(Vec::new(), at),
            "identifier" => self.name(node),
            "dotted_name" => self.dotted_value(node),
            "string" | "concatenated_string" => self.string(node),
            "integer" | "float" => {
                let number = self.sym(node);
                self.unit.expr(ExprKind::Num(number), at)
            }
            "true" => self.unit.expr(ExprKind::Bool(true), at),
            "false" => self.unit.expr(ExprKind::Bool(false), at),
            "none" => self.unit.expr(ExprKind::Null, at),
            "list" | "set" | "tuple" | "expression_list" | "pattern_list" | "tuple_pattern"
            | "list_pattern" => {
                let items = kids(node).into_iter().map(|k| self.expr(k)).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            "dictionary" => self.dictionary(node),
            "list_comprehension"
            | "set_comprehension"
            | "generator_expression"
            | "dictionary_comprehension" => self.comprehension(node),
            "call" => self.call(node),
            "attribute" => self.attribute(node),
            "subscript" => self.subscript(node),
            "lambda" => self.lambda(node),
            "conditional_expression" => match kids(node).as_slice() {
                [then, test, otherwise] => {
                    let test = self.test(*test);
                    let then = self.expr(*then);
                    let otherwise = self.expr(*otherwise);
                    self.unit.expr(ExprKind::Cond { test, then, otherwise }, at)
                }
                _ => self.children(node),
            },
            "boolean_operator" => self.boolean(node, false),
            "not_operator" => self.not(node),
            "comparison_operator" => self.comparison(node),
            "binary_operator" => self.binary(node),
            "unary_operator" => self.unary(node),
            "named_expression" | "assignment" => {
                let left = field(node, "name").or_else(|| field(node, "left"));
                let right = field(node, "value").or_else(|| field(node, "right"));
                let (Some(left), Some(right)) = (left, right) else { return self.children(node) };
                let target = self.expr(left);
                let value = self.expr(right);
                self.unit.expr(ExprKind::Assign { target, value }, at)
            }
            "augmented_assignment" => self.augmented(node),
            "as_pattern" => self.as_pattern(node),
            _ => self.children(node),
        }
    }

    /// Anything else: its children are all that is known of it.
    pub(super) fn children(&mut self, node: Node<'_>) -> ExprId {
        let children = kids(node).into_iter().map(|k| self.expr(k)).collect();
        self.other(children, span(node))
    }

    fn name(&mut self, node: Node<'_>) -> ExprId {
        let (name, at) = (self.sym(node), span(node));
        let is_member = self.in_class_body && self.declared(&name);
        match &self.receiver {
            Some(Receiver::Instance(this)) if *this == name => self.unit.expr(ExprKind::This, at),
            Some(Receiver::Class(this)) if *this == name => {
                let ty = self.owner.as_ref().map_or(name, |o| o.name.clone());
                self.unit.expr(ExprKind::TypeRef(TypeName::simple(ty)), at)
            }
            _ if is_member => {
                let owner = self.owner.as_ref().map_or(name.clone(), |o| o.name.clone());
                let class = self.unit.expr(ExprKind::TypeRef(TypeName::simple(owner)), at);
                self.unit.member(class, name, at)
            }
            _ => {
                let scope = if self.globals.contains(&name) { Scope::Script } else { Scope::Lexical };
                self.unit.expr(ExprKind::Name { name, scope }, at)
            }
        }
    }

    /// The class whose body is being read has this field or method.
    fn declared(&mut self, name: &str) -> bool {
        let Some(owner) = &self.owner else { return false };
        let unit = self.unit.unit();
        let decl = unit.type_decl(owner.id);
        decl.fields.iter().any(|f| *f.name == *name)
            || decl.methods.iter().any(|m| *unit.function(*m).name == *name)
    }

    /// A dotted name where a value stands (patterns).
    fn dotted_value(&mut self, node: Node<'_>) -> ExprId {
        let mut value = None;
        for part in kids(node) {
            value = Some(match value {
                None => self.name(part),
                Some(object) => {
                    let name = self.sym(part);
                    self.unit.member(object, name, Span::new(node.start_byte(), part.end_byte()))
                }
            });
        }
        value.unwrap_or_else(|| self.other(Vec::new(), span(node)))
    }

    /// `object.name`; a dotted path that was imported as such is the module.
    fn attribute(&mut self, node: Node<'_>) -> ExprId {
        let (Some(object), Some(name)) = (field(node, "object"), field(node, "attribute")) else {
            return self.children(node);
        };
        if !self.dotted.is_empty() {
            let path: String = self.source(node).split_whitespace().collect();
            if let Some(path) = self.dotted.get(path.as_str()).cloned() {
                return self.unit.expr(ExprKind::Module(path), span(node));
            }
        }
        let object = self.expr(object);
        let name = self.sym(name);
        self.unit.member(object, name, span(node))
    }

    fn subscript(&mut self, node: Node<'_>) -> ExprId {
        let Some(object) = field(node, "value") else { return self.children(node) };
        let object = self.expr(object);
        let keys = fields(node, "subscript");
        if let [key] = keys.as_slice() {
            let key_value = self.expr(*key);
            // A slice is made of what it is cut from.
            return if key.kind() == "slice" {
                self.other(vec![object, key_value], span(node))
            } else {
                self.unit.expr(ExprKind::Index { object, index: key_value }, span(node))
            };
        }
        let keys = keys.into_iter().map(|k| self.expr(k)).collect();
        let index = self.unit.expr(ExprKind::List(keys), span(node));
        self.unit.expr(ExprKind::Index { object, index }, span(node))
    }

    /// `{…}` with pairs; one that takes in other maps (`{**a, "b": c}`) is an object made of them.
    fn dictionary(&mut self, node: Node<'_>) -> ExprId {
        let mut pairs = Vec::new();
        let mut whole = Vec::new();
        for kid in kids(node) {
            match (kid.kind(), field(kid, "key"), field(kid, "value")) {
                ("pair", Some(key), Some(value)) => {
                    let key = self.expr(key);
                    let value = self.expr(value);
                    pairs.push((key, value));
                }
                ("dictionary_splat", ..) => {
                    let value = kids(kid).first().map(|k| self.expr(*k));
                    whole.extend(value);
                }
                _ => whole.push(self.expr(kid)),
            }
            self.errors_of(kid);
        }
        self.merged_map(pairs, whole, span(node))
    }

    /// A map of pairs and of all that other maps hold.
    pub(super) fn merged_map(
        &mut self,
        pairs: Vec<(ExprId, ExprId)>,
        whole: Vec<ExprId>,
        at: Span,
    ) -> ExprId {
        if whole.is_empty() {
            return self.unit.expr(ExprKind::Map(pairs), at);
        }
        let args = whole.into_iter().map(crate::ir::Arg::positional).collect();
        let init = pairs.into_iter().map(|(k, v)| Init::Entry(k, v)).collect();
        self.unit.expr(ExprKind::New { ty: None, args, init }, at)
    }

    fn lambda(&mut self, node: Node<'_>) -> ExprId {
        let at = Span::new(node.start_byte(), node.start_byte());
        let mut function = Function::new("", FunctionKind::Lambda, at);
        function.params = field(node, "parameters").map(|p| self.params(p)).unwrap_or_default();
        function.owner = self.owner.as_ref().map(|o| o.id);
        let id = self.unit.function(function);
        if let Some(body) = field(node, "body") {
            let outer = std::mem::take(&mut self.pending);
            self.functions += 1;
            let in_class_body = std::mem::replace(&mut self.in_class_body, false);
            let value = self.expr(body);
            self.in_class_body = in_class_body;
            self.functions -= 1;
            let mut block = std::mem::replace(&mut self.pending, outer);
            self.push(StmtKind::Return(Some(value)), span(body), &mut block);
            self.unit.set_body(id, block);
        }
        self.unit.expr(ExprKind::Lambda(id), span(node))
    }

    /// `value as name`.
    fn as_pattern(&mut self, node: Node<'_>) -> ExprId {
        let Some(value) = kids(node).first().copied() else { return self.children(node) };
        let value = self.expr(value);
        let Some(target) = field(node, "alias").and_then(|a| kids(a).first().copied()) else { return value };
        let target = self.expr(target);
        self.unit.expr(ExprKind::Assign { target, value }, span(node))
    }
}

/// What is inside a wrapper that has no meaning here: `(x)`, `await x`, `*x` in a list.
fn unwrapped(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        "parenthesized_expression"
        | "parenthesized_list_splat"
        | "await"
        | "list_splat"
        | "list_splat_pattern"
        | "expression_statement"
        | "case_pattern"
        | "yield"
        | "type"
        | "as_pattern_target" => match kids(node).as_slice() {
            [only] => Some(*only),
            _ => None,
        },
        _ => None,
    }
}
