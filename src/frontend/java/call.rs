//! Calls, and the calls that put text together.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{Piece, field, kid, kids, message_format, printf, span};
use crate::ir::{Arg, ExprId, ExprKind, Span, TypeName};

impl Reader<'_> {
    /// A call. The receivers of a chain are walked by a loop: builders may be hundreds of calls long.
    pub(super) fn invocation(&mut self, node: Node<'_>) -> ExprId {
        let mut chain = vec![node];
        let mut first = None;
        while let Some(object) = chain.last().and_then(|n| field(*n, "object")) {
            if object.kind() != "method_invocation" {
                first = Some(object);
                break;
            }
            self.errors_of(object);
            chain.push(object);
        }
        let innermost = chain.last().copied().unwrap_or(node);
        let is_super = first.is_some() && kid(innermost, "super").is_some();
        let is_builder =
            first.is_some_and(|f| f.kind() == "identifier" && self.builders.contains(&self.ident(f)));
        let mut is_text = first.is_some_and(|f| self.makes_text(f));
        let mut value = match first {
            Some(object) if is_super => Some(self.unit.expr(ExprKind::Base, span(object))),
            Some(object) => Some(self.expr(object)),
            None => None,
        };
        for call in chain.into_iter().rev() {
            let name = field(call, "name").map(|n| self.ident(n)).unwrap_or_default();
            let args = field(call, "arguments").map(|a| self.args(a)).unwrap_or_default();
            let at = span(call);
            let values: Vec<ExprId> = args.iter().map(|a| a.value).collect();
            let text = match value {
                // The builder is its text, so that what is appended later follows what was there.
                Some(builder) if is_builder || is_text => match (&*name, values.as_slice()) {
                    ("append", [part]) => {
                        let text = self.unit.expr(ExprKind::Template(vec![builder, *part]), at);
                        if is_builder {
                            let target = first.map_or(builder, |f| self.target(f));
                            Some(self.unit.expr(ExprKind::Assign { target, value: text }, at))
                        } else {
                            Some(text)
                        }
                    }
                    ("toString", []) => {
                        is_text = false;
                        Some(builder)
                    }
                    _ => None,
                },
                _ => None,
            };
            let text = text.or_else(|| self.text_call(value, &name, &values, at));
            value = Some(match text {
                Some(text) => text,
                None => {
                    let type_args: Vec<TypeName> =
                        field(call, "type_arguments").map(|t| self.type_list(t)).unwrap_or_default();
                    let callee = match value {
                        Some(object) => {
                            let end = field(call, "name").map_or(call.end_byte(), |n| n.end_byte());
                            self.unit.member(object, name, Span::new(call.start_byte(), end))
                        }
                        None => self.named(name, field(call, "name").map_or(at, span)),
                    };
                    self.unit.expr(ExprKind::Call { callee, args, type_args }, at)
                }
            });
        }
        value.unwrap_or_else(|| self.other(Vec::new(), span(node)))
    }

    fn target(&mut self, node: Node<'_>) -> ExprId {
        let name = self.ident(node);
        self.unit.name(name, span(node))
    }

    /// The expression makes something that text is built in.
    pub(super) fn makes_text(&self, node: Node<'_>) -> bool {
        let mut node = node;
        while node.kind() == "method_invocation" {
            match (field(node, "object"), field(node, "name").map(|n| self.source(n))) {
                (Some(object), Some("append")) => node = object,
                _ => return false,
            }
        }
        node.kind() == "object_creation_expression"
            && field(node, "type").is_some_and(|t| matches!(self.source(t), "StringBuilder" | "StringBuffer"))
    }

    /// The arguments of a call.
    pub(super) fn args(&mut self, list: Node<'_>) -> Vec<Arg> {
        let mut args = Vec::new();
        for argument in kids(list) {
            args.push(Arg::positional(self.expr(argument)));
        }
        self.errors_of(list);
        args
    }

    /// The text that a call puts together, where the call shows it.
    fn text_call(&mut self, object: Option<ExprId>, name: &str, args: &[ExprId], at: Span) -> Option<ExprId> {
        let object = object?;
        let on = match &self.unit.unit().expr(object).kind {
            ExprKind::Name { name, .. } => name.to_string(),
            _ => String::new(),
        };
        let parts = match (on.as_str(), name) {
            ("String", "format") => {
                // A locale may come first.
                let at = args.iter().take(2).position(|a| self.text_of(*a).is_some())?;
                self.format(args[at], &args[at + 1..], printf)?
            }
            ("MessageFormat", "format") => self.format(*args.first()?, &args[1..], message_format)?,
            ("String", "join") => {
                let (separator, items) = args.split_first()?;
                self.text_of(*separator)?;
                let items = self.spread(items)?;
                let mut parts = Vec::new();
                for item in items {
                    if !parts.is_empty() {
                        parts.push(*separator);
                    }
                    parts.push(item);
                }
                parts
            }
            (_, "formatted") => {
                self.text_of(object)?;
                self.format(object, args, printf)?
            }
            (_, "concat") if args.len() == 1 => vec![object, args[0]],
            _ => return None,
        };
        if parts.is_empty() {
            return Some(self.unit.str("", at));
        }
        Some(self.unit.expr(ExprKind::Template(parts), at))
    }

    /// The elements of the only argument where it is an array, else the arguments themselves.
    fn spread(&mut self, values: &[ExprId]) -> Option<Vec<ExprId>> {
        let [only] = values else { return Some(values.to_vec()) };
        match &self.unit.unit().expr(*only).kind {
            ExprKind::List(items) => Some(items.clone()),
            _ => None,
        }
    }

    /// The constant text of an expression, also of one that adds several.
    fn text_of(&mut self, value: ExprId) -> Option<(String, Span)> {
        let unit = self.unit.unit();
        let expr = unit.expr(value);
        match &expr.kind {
            ExprKind::Str(text) => Some((text.to_string(), expr.span)),
            ExprKind::Template(parts) => {
                let mut all = String::new();
                for part in parts {
                    let ExprKind::Str(text) = &unit.expr(*part).kind else { return None };
                    all.push_str(text);
                }
                Some((all, expr.span))
            }
            _ => None,
        }
    }

    /// The pieces of a format, with the arguments in place. The format may be a sum of constants and others.
    fn format(
        &mut self,
        format: ExprId,
        values: &[ExprId],
        split: fn(&str) -> Option<Vec<Piece>>,
    ) -> Option<Vec<ExprId>> {
        let (text, at) = self.text_of(format)?;
        let values = self.spread(values).unwrap_or_else(|| values.to_vec());
        let mut parts = Vec::new();
        for piece in split(&text)? {
            parts.push(match piece {
                Piece::Text(text) => self.unit.str(text, at),
                Piece::Hole(index) => *values.get(index)?,
            });
        }
        Some(parts)
    }
}
