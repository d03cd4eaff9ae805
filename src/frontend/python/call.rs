//! Calls.

use tree_sitter::Node;

use super::{Reader, Receiver, field, kids, span};
use crate::ir::{Arg, ArgKind, ExprId, ExprKind, TypeName};

impl Reader<'_> {
    pub(super) fn call(&mut self, node: Node<'_>) -> ExprId {
        let (Some(function), Some(arguments)) = (field(node, "function"), field(node, "arguments")) else {
            return self.children(node);
        };
        if let Some(special) = self.special(node, function, arguments) {
            return special;
        }
        let callee = self.expr(function);
        let args = self.args(arguments);
        self.unit.call(callee, args, span(node))
    }

    /// The arguments of a call or a decorator.
    pub(super) fn args(&mut self, list: Node<'_>) -> Vec<Arg> {
        if list.kind() != "argument_list" {
            let value = self.expr(list);
            return vec![Arg::positional(value)];
        }
        let mut args = Vec::new();
        for kid in kids(list) {
            let kind = match kid.kind() {
                "keyword_argument" => match (field(kid, "name"), field(kid, "value")) {
                    (Some(name), Some(value)) => {
                        let value = self.expr(value);
                        args.push(Arg::named(self.sym(name), value));
                        continue;
                    }
                    _ => ArgKind::Positional,
                },
                "list_splat" | "dictionary_splat" => {
                    if let Some(inner) = kids(kid).first() {
                        let value = self.expr(*inner);
                        args.push(Arg { kind: ArgKind::Splat, value });
                    }
                    continue;
                }
                _ => ArgKind::Positional,
            };
            let value = self.expr(kid);
            args.push(Arg { kind, value });
        }
        self.errors_of(list);
        args
    }

    /// Calls that the language gives a meaning of their own.
    fn special(&mut self, node: Node<'_>, function: Node<'_>, arguments: Node<'_>) -> Option<ExprId> {
        let at = span(node);
        match function.kind() {
            "identifier" => match self.source(function) {
                "super" => Some(self.unit.expr(ExprKind::Base, at)),
                "dict" => self.dict_call(arguments, at),
                "getattr" => {
                    let (object, name) = self.attribute_args(arguments)?;
                    let object = self.expr(object);
                    Some(self.unit.member(object, name.as_str(), at))
                }
                "setattr" => {
                    let (object, name) = self.attribute_args(arguments)?;
                    let value = kids(arguments).get(2).copied()?;
                    let object = self.expr(object);
                    let target = self.unit.member(object, name.as_str(), at);
                    let value = self.expr(value);
                    Some(self.unit.expr(ExprKind::Assign { target, value }, at))
                }
                name => {
                    // `cls(…)`.
                    let is_class = matches!(&self.receiver, Some(Receiver::Class(c)) if **c == *name);
                    let owner = self.owner.as_ref().filter(|_| is_class)?.name.clone();
                    let args = self.args(arguments);
                    let ty = Some(TypeName::simple(owner));
                    Some(self.unit.expr(ExprKind::New { ty, args, init: Vec::new() }, at))
                }
            },
            "attribute" => {
                let (object, name) = (field(function, "object")?, field(function, "attribute")?);
                match self.source(name) {
                    "format" => self.format_call(object, arguments, at),
                    "join" => self.join_call(object, arguments, at),
                    "__init__" => self.base_constructor(node, object, arguments),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// `super().__init__(…)`, `Base.__init__(self, …)`.
    fn base_constructor(&mut self, node: Node<'_>, object: Node<'_>, arguments: Node<'_>) -> Option<ExprId> {
        let owner = self.owner.as_ref()?;
        let source = self.source(object);
        let is_super = source.starts_with("super(");
        let short = source.rsplit('.').next().unwrap_or(source);
        if !is_super && !owner.bases.iter().any(|b| **b == *short) {
            return None;
        }
        let callee = self.unit.expr(ExprKind::Base, span(object));
        let mut args = self.args(arguments);
        if !is_super && !args.is_empty() {
            args.remove(0);
        }
        Some(self.unit.call(callee, args, span(node)))
    }

    /// `dict(a=1, **more)`: a map.
    fn dict_call(&mut self, arguments: Node<'_>, at: crate::ir::Span) -> Option<ExprId> {
        if arguments.kind() != "argument_list" {
            return None;
        }
        let (mut pairs, mut whole) = (Vec::new(), Vec::new());
        for kid in kids(arguments) {
            match (kid.kind(), field(kid, "name"), field(kid, "value")) {
                ("keyword_argument", Some(name), Some(value)) => {
                    let key = self.unit.str(self.source(name), span(name));
                    let value = self.expr(value);
                    pairs.push((key, value));
                }
                _ => {
                    let inner =
                        if kid.kind() == "dictionary_splat" { kids(kid).first().copied() } else { None };
                    let value = self.expr(inner.unwrap_or(kid));
                    whole.push(value);
                }
            }
        }
        Some(self.merged_map(pairs, whole, at))
    }

    /// Object and literal name of `getattr(object, "name")`.
    fn attribute_args<'n>(&mut self, arguments: Node<'n>) -> Option<(Node<'n>, String)> {
        let args = kids(arguments);
        let (object, name) = (*args.first()?, *args.get(1)?);
        let text = self.source(name);
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inner = text.trim_matches(quote);
        let is_name = !inner.is_empty() && inner.chars().all(|c| c.is_alphanumeric() || c == '_');
        (name.kind() == "string" && is_name).then(|| (object, inner.to_owned()))
    }
}
