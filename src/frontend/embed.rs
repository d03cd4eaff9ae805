//! Code that stands in a file of another format: cells of notebooks, scripts of pages, steps of pipelines.
//!
//! An [`Excerpt`] is the code as its own language sees it, with the place of every piece of it in the outer
//! file. The inner front end reads it; then all spans are moved to the outer file.

use super::{Limit, Piece, by_name};
use crate::ir::{Span, Unit};

/// A piece of the code: where it starts, and its place in the outer text.
#[derive(Debug)]
struct Part {
    inner: usize,
    outer: Span,
    /// Both texts are the same, byte by byte.
    in_step: bool,
}

/// Code put together from pieces of an outer text.
#[derive(Debug, Default)]
pub(crate) struct Excerpt {
    text: String,
    parts: Vec<Part>,
}

impl Excerpt {
    /// Adds a piece that the outer text holds just so, starting at `outer`.
    pub(crate) fn push(&mut self, text: &str, outer: usize) {
        let outer = Span::new(outer, outer + text.len());
        self.parts.push(Part { inner: self.text.len(), outer, in_step: true });
        self.text.push_str(text);
    }

    /// Adds a piece that the outer text spells otherwise (an escape sequence, or something that is only put
    /// in): all of it has that one place.
    pub(crate) fn push_spelled(&mut self, text: &str, outer: Span) {
        self.parts.push(Part { inner: self.text.len(), outer, in_step: false });
        self.text.push_str(text);
    }

    /// The code.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The outer place of the byte at an offset.
    fn outer(&self, at: u32) -> Span {
        let at = at as usize;
        let next = self.parts.partition_point(|p| p.inner <= at);
        let Some(part) = self.parts.get(next.saturating_sub(1)) else { return Span::default() };
        if !part.in_step {
            return part.outer;
        }
        let start = (part.outer.start as usize + at.saturating_sub(part.inner)).min(part.outer.end as usize);
        Span::new(start, (start + 1).min(part.outer.end as usize))
    }

    /// Reads the code with the front end of `language`. `None` when there is no such front end or the limit
    /// was hit.
    pub(crate) fn read(&self, path: &str, language: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let mut pieces = by_name(language)?.read_file(path, &self.text, limit)?;
        for piece in &mut pieces {
            move_spans(&mut piece.unit, |span| {
                let start = self.outer(span.start).start;
                // The end of a span is the end of its last byte.
                let end = if span.end > span.start { self.outer(span.end - 1).end } else { start };
                Span { start, end: end.max(start) }
            });
        }
        Some(pieces)
    }
}

/// Replaces every span of a unit.
pub(crate) fn move_spans(unit: &mut Unit, to: impl Fn(Span) -> Span) {
    let each = |span: &mut Span| *span = to(*span);
    unit.exprs.iter_mut().for_each(|e| each(&mut e.span));
    unit.stmts.iter_mut().for_each(|s| each(&mut s.span));
    unit.imports.iter_mut().for_each(|i| each(&mut i.span));
    unit.gaps.iter_mut().for_each(each);
    for function in &mut unit.functions {
        each(&mut function.span);
        function.params.iter_mut().for_each(|p| each(&mut p.span));
        function.attributes.iter_mut().for_each(|a| each(&mut a.span));
    }
    for decl in &mut unit.types {
        each(&mut decl.span);
        decl.attributes.iter_mut().for_each(|a| each(&mut a.span));
        for field in &mut decl.fields {
            each(&mut field.span);
            field.attributes.iter_mut().for_each(|a| each(&mut a.span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::ExprKind;

    #[test]
    fn spans_lie_in_the_outer_text() {
        let outer = r#"{"code": ["$a = \"x\"\n", "Get-It 'y'"]}"#;
        let mut excerpt = Excerpt::default();
        excerpt.push("$a = ", outer.find("$a").expect("there"));
        let quote = outer.find("\\\"x").expect("there");
        excerpt.push_spelled("\"", Span::new(quote, quote + 2));
        excerpt.push("x", quote + 2);
        excerpt.push_spelled("\"", Span::new(quote + 3, quote + 5));
        excerpt.push_spelled("\n", Span::new(quote + 5, quote + 7));
        let second = outer.find("Get-It").expect("there");
        excerpt.push("Get-It 'y'", second);
        let limit = Limit::new(std::time::Duration::from_secs(5));
        let pieces = excerpt.read("a.ipynb", "powershell", &limit).expect("read");
        let unit = &pieces[0].unit;
        let place = |wanted: &str| {
            let found = unit.exprs.iter().find(|e| matches!(&e.kind, ExprKind::Str(s) if &**s == wanted));
            let span = found.expect("the literal").span;
            &outer[span.start as usize..span.end as usize]
        };
        assert_eq!(place("x"), "\\\"x\\\"");
        assert_eq!(place("y"), "'y'");
    }
}
