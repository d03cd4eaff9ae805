//! Calls that put texts together.

use super::State;
use crate::frontend::format::{Part, braces, percent};
use crate::frontend::reader::Reader;
use crate::ir::{Arg, ArgKind, ExprId, ExprKind};

impl Reader<'_, State> {
    /// `sprintf "%s/%d" a b`, `String.Format("{0}/{1}", a, b)`; `None` when not all arguments are there.
    pub(super) fn text_call(&mut self, name: &str, args: &[Arg], start: usize) -> Option<ExprId> {
        if args.iter().any(|a| a.kind != ArgKind::Positional) {
            return None;
        }
        let (format, values) = args.split_first()?;
        if name.ends_with("Concat") {
            let parts = args.iter().map(|a| a.value).collect();
            return Some(self.expr(ExprKind::Template(parts), start));
        }
        let ExprKind::Str(text) = self.nodes.kind(format.value).clone() else { return None };
        let span = self.place(format.value);
        let split = if name == "sprintf" { percent(&text) } else { braces(&text)? };
        let mut parts = Vec::new();
        for part in split {
            parts.push(match part {
                Part::Text(text) => self.nodes.expr(ExprKind::Str(text.into()), span),
                Part::Hole(index) => values.get(index)?.value,
            });
        }
        Some(self.expr(ExprKind::Template(parts), start))
    }
}
