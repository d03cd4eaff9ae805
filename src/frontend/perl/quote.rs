//! Quotes: delimiters, interpolation, here-documents.

use crate::frontend::reader::{Piece, Scan};
use crate::ir::Span;

/// What stands first among the pieces of a `qw(…)`.
pub(super) const WORDS: &str = "\u{0}words";

/// The text between delimiters, and how long all of it is. `rest` begins with the first delimiter.
fn content(rest: &str) -> (usize, usize, usize) {
    let Some(open) = rest.chars().next() else { return (0, 0, 0) };
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        other => other,
    };
    let mut depth = 0usize;
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == close {
            if depth == 0 {
                return (open.len_utf8(), at, at + c.len_utf8());
            }
            depth -= 1;
        } else if c == open {
            depth += 1;
        }
    }
    (open.len_utf8(), rest.len(), rest.len())
}

/// A quoted text. The scan stands on its first delimiter.
pub(super) fn delimited(scan: &mut Scan<'_>, interpolates: bool) -> Vec<Piece> {
    let (from, to, end) = content(scan.rest());
    let base = scan.at;
    let pieces = if interpolates {
        interpolated(scan.text, base + from, base + to)
    } else {
        let raw = &scan.rest()[from.min(to)..to];
        vec![Piece::Literal(raw.replace("\\'", "'").replace("\\\\", "\\"))]
    };
    scan.passed(end);
    pieces
}

/// `qw(a b c)`.
pub(super) fn words(scan: &mut Scan<'_>) -> Vec<Piece> {
    let (from, to, end) = content(scan.rest());
    let mut pieces = vec![Piece::Literal(WORDS.to_owned())];
    let raw = &scan.rest()[from.min(to)..to];
    pieces.extend(raw.split_whitespace().map(|w| Piece::Literal(w.to_owned())));
    scan.passed(end);
    pieces
}

/// Passes a pattern of so many parts with its flags.
pub(super) fn regex(scan: &mut Scan<'_>, parts: usize) {
    let (_, to, end) = content(scan.rest());
    let same = !scan.starts("(") && !scan.starts("[") && !scan.starts("{") && !scan.starts("<");
    if parts == 2 && same {
        // The delimiter in the middle ends the first part and begins the second.
        scan.passed(to);
        let (_, _, end) = content(scan.rest());
        scan.passed(end);
    } else {
        scan.passed(end);
        if parts == 2 {
            let space = scan.rest().len() - scan.rest().trim_start().len();
            scan.passed(space);
            let (_, _, end) = content(scan.rest());
            scan.passed(end);
        }
    }
    scan.name(|_| false);
}

/// `<<"END"`, `<<~END`.
pub(super) struct HereDocument {
    tag: String,
    interpolates: bool,
    indented: bool,
    /// How long the mark is.
    pub(super) length: usize,
}

impl HereDocument {
    pub(super) fn begins(rest: &str) -> Option<Self> {
        let mark = rest.strip_prefix("<<")?;
        let indented = mark.starts_with('~');
        let mark = mark.strip_prefix('~').unwrap_or(mark);
        let quote = mark.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (tag, length) = match quote {
            Some(quote) => {
                let end = mark[1..].find(quote)?;
                (&mark[1..=end], end + 2)
            }
            None => {
                let end = mark.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(mark.len());
                if !mark.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                    return None;
                }
                (&mark[..end], end)
            }
        };
        let length = length + 2 + usize::from(indented);
        Some(Self { tag: tag.to_owned(), interpolates: quote != Some('\''), indented, length })
    }

    /// The text whose body begins at an offset, and where the body ends.
    pub(super) fn read(&self, text: &str, body: usize, limit: usize) -> (Vec<Piece>, usize) {
        let mut at = body;
        while at < limit {
            let length = text[at..limit].find('\n').unwrap_or(limit - at);
            let line = text[at..at + length].trim_end_matches('\r');
            let line = if self.indented { line.trim_start() } else { line };
            if line == self.tag {
                let pieces = self.pieces(text, body, at);
                return (pieces, at + length);
            }
            at = (at + length + 1).min(limit);
        }
        (self.pieces(text, body, limit), limit)
    }

    fn pieces(&self, text: &str, from: usize, to: usize) -> Vec<Piece> {
        if self.interpolates {
            interpolated(text, from, to)
        } else {
            vec![Piece::Literal(text[from.min(to)..to].to_owned())]
        }
    }
}

/// The pieces of a text with variables in it.
fn interpolated(text: &str, from: usize, to: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut out = String::new();
    let mut at = from;
    while at < to {
        let here = &text[at..to];
        let Some(c) = here.chars().next() else { break };
        if c == '\\' {
            let next = here[1..].chars().next();
            at += 1 + next.map_or(0, char::len_utf8);
            match next {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some(c) => out.push(c),
                None => {}
            }
            continue;
        }
        let length = if matches!(c, '$' | '@') { variable(here) } else { 0 };
        if length == 0 {
            out.push(c);
            at += c.len_utf8();
            continue;
        }
        if !out.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut out)));
        }
        pieces.push(Piece::Code(Span::new(at, at + length)));
        at += length;
    }
    if !out.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(out));
    }
    pieces
}

/// How long the variable with its subscripts is; 0 when it is none.
fn variable(here: &str) -> usize {
    let mut at = 1;
    let bytes = here.as_bytes();
    let next = bytes.get(1).copied().unwrap_or(0);
    if next == b'{' {
        at = 1 + content(&here[1..]).2;
    } else if here.starts_with('@') && next != b'$' {
        // An address of mail is no array.
        return 0;
    } else {
        while bytes.get(at) == Some(&b'$') {
            at += 1;
        }
        let rest = &here[at..];
        let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
        let name = rest[..name].trim_end_matches(':').len();
        if name == 0 {
            return 0;
        }
        at += name;
    }
    loop {
        let rest = &here[at..];
        let arrow = if rest.starts_with("->[") || rest.starts_with("->{") { 2 } else { 0 };
        let inner = &rest[arrow..];
        let is_index = inner.starts_with('[')
            && inner[1..].starts_with(|c: char| c.is_ascii_digit() || c == '$' || c == '-');
        if !(inner.starts_with('{') || is_index) {
            return at;
        }
        at += arrow + content(inner).2;
    }
}
