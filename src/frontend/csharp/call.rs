//! Calls, their arguments, and the calls of `string` that put text together.

use tree_sitter::Node;

use super::text::{Piece, composite};
use super::{Reader, field, has_token, kids, span};
use crate::ir::{Arg, ArgKind, ExprId, ExprKind, TypeName};

impl Reader<'_> {
    pub(super) fn invocation(&mut self, node: Node<'_>) -> ExprId {
        let (Some(function), Some(list)) = (field(node, "function"), field(node, "arguments")) else {
            return self.children(node);
        };
        if self.source(function) == "nameof" {
            let path = self.source(list).trim_matches(['(', ')', ' ']);
            let name = path.rsplit('.').next().and_then(|name| name.split('<').next()).unwrap_or(path);
            return self.unit.str(name, span(node));
        }
        if let Some(method) = self.string_method(function) {
            let args = self.args(list);
            if let Some(template) = self.text_call(method, &args, node) {
                return template;
            }
            let (callee, type_args) = self.callee(function);
            return self.unit.expr(ExprKind::Call { callee, args, type_args }, span(node));
        }
        let (callee, type_args) = self.callee(function);
        let args = self.args(list);
        self.unit.expr(ExprKind::Call { callee, args, type_args }, span(node))
    }

    /// What is called, and its type arguments.
    fn callee(&mut self, function: Node<'_>) -> (ExprId, Vec<TypeName>) {
        match function.kind() {
            "generic_name" => {
                let type_args = self.type_args(function);
                let name = kids(function).first().map(|n| self.ident(*n)).unwrap_or_default();
                (self.unit.name(name, span(function)), type_args)
            }
            "member_access_expression" | "qualified_name" => {
                let name = field(function, "name").filter(|n| n.kind() == "generic_name");
                let type_args = name.map(|n| self.type_args(n)).unwrap_or_default();
                (self.expr(function), type_args)
            }
            "conditional_access_expression" => {
                let name = kids(function).last().and_then(|b| field(*b, "name"));
                let name = name.filter(|n| n.kind() == "generic_name");
                let type_args = name.map(|n| self.type_args(n)).unwrap_or_default();
                (self.expr(function), type_args)
            }
            _ => (self.expr(function), Vec::new()),
        }
    }

    /// The arguments of a call, an indexer or a tuple.
    pub(super) fn args(&mut self, list: Node<'_>) -> Vec<Arg> {
        let mut args = Vec::new();
        for argument in kids(list) {
            let label = field(argument, "name");
            let Some(value) = kids(argument).into_iter().rfind(|k| Some(*k) != label) else { continue };
            let mut value = self.expr(value);
            if has_token(argument, "out")
                && matches!(self.unit.unit().expr(value).kind, ExprKind::Name { .. })
            {
                // A new value, which the callee puts something into.
                let at = span(argument);
                let cell = self.other(Vec::new(), at);
                value = self.unit.expr(ExprKind::Assign { target: value, value: cell }, at);
            }
            self.errors_of(argument);
            let kind = label.map_or(ArgKind::Positional, |label| ArgKind::Named(self.ident(label)));
            args.push(Arg { kind, value });
        }
        self.errors_of(list);
        args
    }

    /// `Format`, `Concat` or `Join` of `string`.
    fn string_method(&self, function: Node<'_>) -> Option<&'static str> {
        if !matches!(function.kind(), "member_access_expression" | "qualified_name") {
            return None;
        }
        let object = field(function, "expression").or_else(|| field(function, "qualifier"))?;
        if !matches!(self.source(object), "string" | "String" | "System.String" | "global::System.String") {
            return None;
        }
        let name = self.source(field(function, "name")?);
        ["Format", "Concat", "Join"].into_iter().find(|method| *method == name)
    }

    /// The text that such a call puts together, where the call shows it.
    fn text_call(&mut self, method: &str, args: &[Arg], node: Node<'_>) -> Option<ExprId> {
        if args.iter().any(|a| a.kind != ArgKind::Positional) {
            return None;
        }
        let values: Vec<ExprId> = args.iter().map(|a| a.value).collect();
        let parts = match method {
            "Concat" => self.spread(&values).filter(|parts| parts.len() > 1)?,
            "Join" => {
                let (separator, rest) = values.split_first()?;
                if !self.is_text(*separator) {
                    return None;
                }
                let mut parts = Vec::new();
                for item in self.spread(rest)? {
                    if !parts.is_empty() {
                        parts.push(*separator);
                    }
                    parts.push(item);
                }
                parts
            }
            _ => {
                let at = values.iter().take(2).position(|v| self.is_text(*v))?;
                self.format(values[at], &values[at + 1..], node)?
            }
        };
        Some(self.unit.expr(ExprKind::Template(parts), span(node)))
    }

    /// The elements of the only argument where it is an array, else the arguments themselves. `None` when the
    /// only argument may be a collection.
    fn spread(&mut self, values: &[ExprId]) -> Option<Vec<ExprId>> {
        let [only] = values else { return Some(values.to_vec()) };
        match &self.unit.unit().expr(*only).kind {
            ExprKind::List(items) => Some(items.clone()),
            _ => None,
        }
    }

    fn is_text(&mut self, value: ExprId) -> bool {
        match &self.unit.unit().expr(value).kind {
            ExprKind::Str(_) => true,
            ExprKind::Template(parts) => {
                let parts = parts.clone();
                parts.iter().any(|p| matches!(self.unit.unit().expr(*p).kind, ExprKind::Str(_)))
            }
            _ => false,
        }
    }

    /// The pieces of a composite format, with the arguments in place.
    fn format(&mut self, format: ExprId, values: &[ExprId], node: Node<'_>) -> Option<Vec<ExprId>> {
        let texts = match &self.unit.unit().expr(format).kind {
            ExprKind::Template(parts) => parts.clone(),
            _ => vec![format],
        };
        let values = self.spread(values).unwrap_or_else(|| values.to_vec());
        let mut used = vec![false; values.len()];
        let mut parts = Vec::new();
        for text in texts {
            let expr = self.unit.unit().expr(text);
            let (ExprKind::Str(text), at) = (expr.kind.clone(), expr.span) else {
                parts.push(text);
                continue;
            };
            for piece in composite(&text)? {
                parts.push(match piece {
                    Piece::Text(text) => self.unit.str(text, at),
                    Piece::Hole(index) => {
                        // One argument may hold an array of all of them.
                        let index = if values.len() == 1 { 0 } else { index };
                        *used.get_mut(index)? = true;
                        *values.get(index)?
                    }
                });
            }
        }
        if parts.is_empty() {
            parts.push(self.unit.str("", span(node)));
        }
        used.into_iter().all(|u| u).then_some(parts)
    }
}
