//! Format strings.

use super::reader::Reader;
use crate::ir::{Arg, ArgKind, ExprId, ExprKind};

/// A part of a format.
pub(super) enum Part {
    /// These characters.
    Text(String),
    /// The argument with this number.
    Hole(usize),
}

/// The parts of `%s of %5.2f`.
pub(super) fn percent(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut holes = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            plain.push(c);
        } else if chars.next_if_eq(&'%').is_some() {
            plain.push('%');
        } else {
            while chars.next_if(|c| "0123456789.+- ".contains(*c)).is_some() {}
            if chars.next().is_some() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(Part::Hole(holes));
                holes += 1;
            }
        }
    }
    parts.push(Part::Text(plain));
    parts.retain(|p| !matches!(p, Part::Text(t) if t.is_empty()));
    parts
}

/// The parts of `{0} of {1:x}`; each hole once, so that nothing grows.
pub(super) fn braces(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut used = Vec::new();
    let mut rest = text;
    let mut plain = String::new();
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            plain.push_str(brace);
            rest = after;
            continue;
        }
        let end = if brace == "{" { rest.find('}')? } else { return None };
        let index: usize = rest[..end].split([',', ':']).next()?.trim().parse().ok()?;
        if used.contains(&index) {
            return None;
        }
        used.push(index);
        parts.push(Part::Text(std::mem::take(&mut plain)));
        parts.push(Part::Hole(index));
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    parts.push(Part::Text(plain));
    parts.retain(|p| !matches!(p, Part::Text(t) if t.is_empty()));
    Some(parts)
}

impl<S> Reader<'_, S> {
    /// The text that a format and its arguments make; `None` when the call does not show it.
    pub(super) fn formatted(
        &mut self,
        args: &[Arg],
        split: impl FnOnce(&str) -> Option<Vec<Part>>,
        start: usize,
    ) -> Option<ExprId> {
        if args.iter().any(|a| a.kind != ArgKind::Positional) {
            return None;
        }
        let (format, values) = args.split_first()?;
        let ExprKind::Str(text) = self.nodes.kind(format.value).clone() else { return None };
        let span = self.place(format.value);
        let mut parts = Vec::new();
        for part in split(&text)? {
            parts.push(match part {
                Part::Text(text) => self.nodes.expr(ExprKind::Str(text.into()), span),
                Part::Hole(index) => values.get(index)?.value,
            });
        }
        Some(self.expr(ExprKind::Template(parts), start))
    }
}
