//! JSON and YAML as one tree with the places of everything in it.

use crate::frontend::embed::Excerpt;
use crate::ir::Span;

/// How deep values may nest.
pub(super) const MAX_NESTING: usize = 64;

/// A piece of a text, and its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// The file spells it just so.
    pub(crate) in_step: bool,
}

/// A value.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// The value, without quotes.
    pub(crate) span: Span,
}

/// The kinds of value.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A text, number, or truth value.
    Text(Vec<Piece>),
    /// Names and values, in order.
    Map(Vec<Entry>),
    /// Values in order.
    List(Vec<Node>),
}

/// A name with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) value: Node,
}

impl Node {
    pub(crate) fn text_node(text: &str, start: usize) -> Self {
        let span = Span::new(start, start + text.len());
        Self { kind: Kind::Text(vec![Piece { text: text.to_owned(), span, in_step: true }]), span }
    }

    /// The text of a text.
    pub(crate) fn text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(pieces) => Some(pieces.iter().map(|p| p.text.as_str()).collect()),
            _ => None,
        }
    }

    /// The entries of a map; none of anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The value of a name, in any case.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.entries().iter().find(|e| e.name.eq_ignore_ascii_case(name)).map(|e| &e.value)
    }

    /// The value at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.get(name))
    }

    /// The text of a name's value.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        self.get(name)?.text()
    }

    /// Every value below this one and itself, in order.
    pub(crate) fn walk<'n>(&'n self, visit: &mut impl FnMut(&'n Node)) {
        visit(self);
        match &self.kind {
            Kind::Map(entries) => entries.iter().for_each(|e| e.value.walk(visit)),
            Kind::List(items) => items.iter().for_each(|n| n.walk(visit)),
            Kind::Text(_) => {}
        }
    }

    /// A text as code.
    pub(crate) fn excerpt(&self) -> Option<Excerpt> {
        let mut excerpt = Excerpt::default();
        self.add_to(&mut excerpt).then_some(excerpt)
    }

    /// Adds a text to code; nothing else is added.
    pub(crate) fn add_to(&self, code: &mut Excerpt) -> bool {
        let Kind::Text(pieces) = &self.kind else { return false };
        for piece in pieces {
            if piece.in_step {
                code.push(&piece.text, piece.span.start as usize);
            } else {
                code.push_spelled(&piece.text, piece.span);
            }
        }
        true
    }

    /// The place of a part of the text.
    pub(crate) fn place(&self, start: usize, end: usize) -> Span {
        let Kind::Text(pieces) = &self.kind else { return self.span };
        let mut at = 0;
        let mut found: Option<Span> = None;
        for piece in pieces {
            let (from, to) = (at, at + piece.text.len());
            at = to;
            if to <= start || from >= end {
                continue;
            }
            let span = if piece.in_step {
                let skip = start.saturating_sub(from);
                let stop = end.min(to) - from;
                Span::new(piece.span.start as usize + skip, piece.span.start as usize + stop)
            } else {
                piece.span
            };
            found = Some(found.map_or(span, |f| f.to(span)));
        }
        found.unwrap_or(Span { start: self.span.start, end: self.span.start })
    }
}
