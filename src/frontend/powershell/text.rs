//! Strings, here-strings, bare words and variables.

use super::Parser;
use super::scan::{Quote, lower};
use crate::ir::{ExprId, ExprKind, Scope, Span};

/// Text being put together from literal pieces and values.
#[derive(Default)]
pub(super) struct Pieces {
    parts: Vec<ExprId>,
    text: String,
    text_start: usize,
}

impl Pieces {
    fn push(&mut self, start: usize, text: &str) {
        if self.text.is_empty() {
            self.text_start = start;
        }
        self.text.push_str(text);
    }
}

impl Parser<'_> {
    fn flush(&mut self, pieces: &mut Pieces) {
        if !pieces.text.is_empty() {
            let text = std::mem::take(&mut pieces.text);
            let span = self.span(pieces.text_start);
            let part = self.nodes.expr(ExprKind::Str(text.into()), span);
            pieces.parts.push(part);
        }
    }

    fn push_value(&mut self, pieces: &mut Pieces, value: ExprId) {
        let text = std::mem::take(&mut pieces.text);
        if !text.is_empty() {
            let end = self.nodes.span(value).start;
            let span = Span { start: pieces.text_start as u32, end };
            let part = self.nodes.expr(ExprKind::Str(text.into()), span);
            pieces.parts.push(part);
        }
        pieces.parts.push(value);
    }

    /// A string when all is literal, otherwise a template.
    fn finish_pieces(&mut self, mut pieces: Pieces, start: usize) -> ExprId {
        let span = self.span(start);
        if pieces.parts.is_empty() {
            return self.nodes.expr(ExprKind::Str(pieces.text.into()), span);
        }
        self.flush(&mut pieces);
        self.nodes.expr(ExprKind::Template(pieces.parts), span)
    }

    /// The string whose opening quotation mark is at the cursor.
    pub(super) fn string(&mut self, quote: Quote) -> ExprId {
        let start = self.src.pos;
        let mut pieces = Pieces::default();
        self.quoted(quote, &mut pieces);
        self.finish_pieces(pieces, start)
    }

    fn quoted(&mut self, quote: Quote, pieces: &mut Pieces) {
        self.src.bump(quote.len);
        if quote.double {
            self.expandable(None, pieces);
            return;
        }
        loop {
            let from = self.src.pos;
            while !self.src.is_end() && self.src.quote_at(self.src.pos).is_none_or(|q| q.double) {
                self.src.bump_char();
            }
            let text = self.src.slice(from, self.src.pos);
            pieces.push(from, text);
            let Some(end) = self.src.quote_at(self.src.pos) else {
                self.gap(self.src.pos);
                return;
            };
            self.src.bump(end.len);
            match self.src.quote_at(self.src.pos).filter(|q| !q.double) {
                Some(second) => {
                    let text = self.src.slice(self.src.pos, self.src.pos + second.len);
                    pieces.push(self.src.pos, text);
                    self.src.bump(second.len);
                }
                None => return,
            }
        }
    }

    /// A here-string; the cursor is at its `@`. Anything but a line end behind the quotation mark makes it an
    /// ordinary string for us.
    pub(super) fn here_string(&mut self, quote: Quote) -> ExprId {
        let start = self.src.pos;
        self.src.bump(1);
        let mut head = self.src.pos + quote.len;
        while matches!(self.src.byte(head), b' ' | b'\t') {
            head += 1;
        }
        let line_end = match (self.src.byte(head), self.src.byte(head + 1)) {
            (b'\r', b'\n') => 2,
            (b'\r' | b'\n', _) => 1,
            _ => {
                let string = self.string(quote);
                self.src.eat(b'@');
                self.gap(start);
                return string;
            }
        };
        self.src.pos = head + line_end;
        let mut pieces = Pieces::default();
        let terminator_len = self.here_terminator(quote, self.src.pos);
        if terminator_len > 0 {
            self.src.bump(terminator_len);
        } else if quote.double {
            self.expandable(Some(quote), &mut pieces);
        } else {
            let from = self.src.pos;
            loop {
                if self.src.is_end() {
                    pieces.push(from, self.src.slice(from, self.src.pos));
                    self.gap(start);
                    break;
                }
                if let Some(len) = self.here_end(quote) {
                    pieces.push(from, self.src.slice(from, self.src.pos));
                    self.src.bump(len);
                    break;
                }
                self.src.bump_char();
            }
        }
        self.finish_pieces(pieces, start)
    }

    /// The length of `"@` at `pos`, or 0.
    fn here_terminator(&self, quote: Quote, pos: usize) -> usize {
        match self.src.quote_at(pos) {
            Some(end) if end.double == quote.double && self.src.byte(pos + end.len) == b'@' => end.len + 1,
            _ => 0,
        }
    }

    /// The length of line end and terminator when they are at the cursor.
    fn here_end(&self, quote: Quote) -> Option<usize> {
        let line_end = match (self.src.peek(), self.src.at(1)) {
            (b'\r', b'\n') => 2,
            (b'\r' | b'\n', _) => 1,
            _ => return None,
        };
        let len = self.here_terminator(quote, self.src.pos + line_end);
        (len > 0).then_some(line_end + len)
    }

    /// The inside of a double-quoted string, up to and with its end.
    fn expandable(&mut self, here: Option<Quote>, pieces: &mut Pieces) {
        loop {
            if self.src.is_end() {
                self.gap(self.src.pos);
                return;
            }
            if let Some(here) = here {
                if let Some(len) = self.here_end(here) {
                    self.src.bump(len);
                    return;
                }
            } else if let Some(end) = self.src.quote_at(self.src.pos).filter(|q| q.double) {
                self.src.bump(end.len);
                match self.src.quote_at(self.src.pos).filter(|q| q.double) {
                    Some(second) => {
                        pieces.push(self.src.pos, "\"");
                        self.src.bump(second.len);
                        continue;
                    }
                    None => return,
                }
            }
            match self.src.peek() {
                b'`' => self.escape(pieces),
                b'$' => self.embedded(pieces),
                _ => self.literal_char(pieces),
            }
        }
    }

    fn literal_char(&mut self, pieces: &mut Pieces) {
        let from = self.src.pos;
        self.src.bump_char();
        pieces.push(from, self.src.slice(from, self.src.pos));
    }

    /// A backtick and what it escapes.
    fn escape(&mut self, pieces: &mut Pieces) {
        let start = self.src.pos;
        self.src.bump(1);
        let escaped = match self.src.peek() {
            b'n' => "\n",
            b't' => "\t",
            b'r' => "\r",
            b'0' => "\0",
            b'a' => "\u{7}",
            b'b' => "\u{8}",
            b'e' => "\u{1b}",
            b'f' => "\u{c}",
            b'v' => "\u{b}",
            b'u' if self.src.at(1) == b'{' => {
                let from = self.src.pos + 2;
                let mut end = from;
                while self.src.byte(end).is_ascii_hexdigit() && end - from < 6 {
                    end += 1;
                }
                let code = u32::from_str_radix(self.src.slice(from, end), 16).ok();
                if let Some(char) = code.and_then(char::from_u32) {
                    pieces.push(start, char.encode_utf8(&mut [0; 4]));
                }
                self.src.pos = end + usize::from(self.src.byte(end) == b'}');
                return;
            }
            _ => {
                if !self.src.is_end() {
                    self.literal_char(pieces);
                }
                return;
            }
        };
        pieces.push(start, escaped);
        self.src.bump(1);
    }

    /// A `$` in text: a variable, `$(…)`, or just a dollar sign.
    fn embedded(&mut self, pieces: &mut Pieces) {
        let next = self.src.at(1);
        let is_value =
            matches!(next, b'(' | b'{' | b'$' | b'^' | b'?') || self.src.is_name_at(self.src.pos + 1);
        if is_value {
            let value = self.dollar();
            self.push_value(pieces, value);
        } else {
            self.literal_char(pieces);
        }
    }

    /// A bare word among arguments, with quoted parts and variables in it. `first` is what of it has been
    /// read already.
    pub(super) fn bare_word(&mut self, start: usize, first: Option<ExprId>) -> ExprId {
        let mut pieces = Pieces::default();
        if let Some(first) = first {
            self.push_value(&mut pieces, first);
        }
        while !self.src.ends_word_at(self.src.pos) {
            if let Some(quote) = self.src.quote_at(self.src.pos) {
                self.quoted(quote, &mut pieces);
                continue;
            }
            match self.src.peek() {
                b'`' if self.src.is_blank_at(self.src.pos + 1) && self.src.at(1) != b' ' => break,
                b'`' => self.escape(&mut pieces),
                b'$' => self.embedded(&mut pieces),
                _ => self.literal_char(&mut pieces),
            }
        }
        self.finish_pieces(pieces, start)
    }

    /// What starts with a dollar sign: a variable or `$(…)`.
    pub(super) fn dollar(&mut self) -> ExprId {
        let start = self.src.pos;
        self.src.bump(1);
        match self.src.peek() {
            b'(' => {
                self.src.bump(1);
                let block = self.statements(b')');
                return self.block_value(block, start);
            }
            b'{' => {
                self.src.bump(1);
                let from = self.src.pos;
                while !self.src.is_end() && self.src.peek() != b'}' {
                    if self.src.peek() == b'`' {
                        self.src.bump(1);
                    }
                    self.src.bump_char();
                }
                let name = lower(self.src.slice(from, self.src.pos));
                self.src.eat(b'}');
                let kind = match name.split_once(':') {
                    Some((scope, rest)) => scoped(scope, rest),
                    None => None,
                };
                let kind = kind.unwrap_or_else(|| variable(&name));
                let span = self.span(start);
                return self.nodes.expr(kind, span);
            }
            _ => {}
        }
        let from = self.src.pos;
        let mut end = self.src.name_end(from);
        if end == from {
            if matches!(self.src.peek(), b'$' | b'^' | b'?') {
                self.src.bump(1);
                let name = self.src.slice(from, self.src.pos).to_owned();
                let span = self.span(start);
                return self.nodes.expr(variable(&name), span);
            }
            self.gap(start);
            return self.nothing();
        }
        let name = lower(self.src.slice(from, end));
        let mut kind = None;
        if self.src.byte(end) == b':' && self.src.is_name_at(end + 1) {
            let rest = self.src.name_end(end + 1);
            kind = scoped(&name, &lower(self.src.slice(end + 1, rest)));
            if kind.is_some() {
                end = rest;
            }
        }
        self.src.pos = end;
        let span = self.span(start);
        self.nodes.expr(kind.unwrap_or_else(|| variable(&name)), span)
    }
}

/// What a lower-cased variable name means.
pub(super) fn variable(name: &str) -> ExprKind {
    match name {
        "true" => ExprKind::Bool(true),
        "false" => ExprKind::Bool(false),
        "null" => ExprKind::Null,
        "this" => ExprKind::This,
        "psitem" => ExprKind::Name { name: "_".into(), scope: Scope::Lexical },
        _ => ExprKind::Name { name: name.into(), scope: Scope::Lexical },
    }
}

/// A variable with a scope or drive before its name; `None` when the prefix is neither.
fn scoped(scope: &str, name: &str) -> Option<ExprKind> {
    let scope = match scope {
        "script" => Scope::Script,
        "global" => Scope::Global,
        "env" => Scope::Env,
        "local" | "private" | "using" | "variable" | "workflow" => return Some(variable(name)),
        "function" => Scope::Callable,
        _ => return None,
    };
    Some(ExprKind::Name { name: name.into(), scope })
}
