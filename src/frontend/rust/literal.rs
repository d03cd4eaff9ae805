//! Literals and format strings.

use syn::Lit;

use super::Reader;
use crate::ir::{ExprId, ExprKind, Span};

/// The value of a literal.
pub(super) fn literal(lit: &Lit) -> ExprKind {
    match lit {
        Lit::Str(s) => ExprKind::Str(s.value().into()),
        Lit::ByteStr(s) => ExprKind::Str(String::from_utf8_lossy(&s.value()).into_owned().into()),
        Lit::Char(c) => ExprKind::Str(c.value().to_string().into()),
        Lit::Bool(b) => ExprKind::Bool(b.value),
        Lit::Int(n) => ExprKind::Num(n.base10_digits().into()),
        Lit::Float(n) => ExprKind::Num(n.base10_digits().into()),
        _ => ExprKind::Other(Vec::new()),
    }
}

/// A piece of a format string.
pub(super) enum Piece {
    Text(String),
    /// The next argument.
    Next,
    /// The argument with this index.
    Index(usize),
    /// The argument or variable of this name.
    Name(String),
}

/// The pieces of a format string.
pub(super) fn pieces(format: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = after;
            continue;
        }
        let Some(end) = rest.find('}').filter(|_| brace == "{") else { continue };
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        let name = rest[..end].split(':').next().unwrap_or("").trim();
        pieces.push(match name.parse() {
            Ok(index) => Piece::Index(index),
            Err(_) if name.is_empty() => Piece::Next,
            Err(_) => Piece::Name(name.to_owned()),
        });
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

impl Reader {
    pub(super) fn lit(&mut self, kind: &ExprKind, at: Span) -> ExprId {
        self.unit.expr(kind.clone(), at)
    }
}
