//! Calls that put texts together.

use super::State;
use crate::frontend::format::{braces, percent};
use crate::frontend::reader::Reader;
use crate::ir::{Arg, ArgKind, ExprId, ExprKind};

impl Reader<'_, State> {
    /// `sprintf "%s/%d" a b`, `String.Format("{0}/{1}", a, b)`; `None` when not all arguments are there.
    pub(super) fn text_call(&mut self, name: &str, args: &[Arg], start: usize) -> Option<ExprId> {
        if name.ends_with("Concat") {
            if args.is_empty() || args.iter().any(|a| a.kind != ArgKind::Positional) {
                return None;
            }
            let parts = args.iter().map(|a| a.value).collect();
            return Some(self.expr(ExprKind::Template(parts), start));
        }
        if name == "sprintf" {
            return self.formatted(args, |text| Some(percent(text)), start);
        }
        self.formatted(args, braces, start)
    }
}
