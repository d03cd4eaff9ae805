//! JSON, as people write it: with comments and trailing commas; what is broken ends the value it is in.

use super::tree::{Entry, Kind, MAX_NESTING, Node, Piece};
use crate::ir::Span;

/// Reads a JSON text.
pub(crate) fn read(text: &str) -> Option<Node> {
    let mut reader = Reader { text, at: 0, flow: false };
    reader.blank();
    reader.value(0)
}

/// Reads a flow collection of YAML that begins at an offset.
pub(super) fn read_flow(text: &str, at: usize) -> Option<Node> {
    Reader { text, at, flow: true }.value(0)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    flow: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn blank(&mut self) {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") || self.flow && trimmed.starts_with('#') {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.at += trimmed.find("*/").map_or(trimmed.len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > MAX_NESTING {
            return None;
        }
        let start = self.at;
        match self.peek()? {
            b'{' => {
                self.at += 1;
                let mut entries = Vec::new();
                loop {
                    self.blank();
                    if self.eat(b'}') || self.peek().is_none() {
                        break;
                    }
                    let name_at = self.at;
                    let Some(name) = self.scalar() else { break };
                    self.blank();
                    if !self.eat(b':') {
                        break;
                    }
                    self.blank();
                    let Some(value) = self.value(depth + 1) else { break };
                    let name_span =
                        if name.span.end > name.span.start { name.span } else { Span::new(name_at, name_at) };
                    entries.push(Entry { name: name.text().unwrap_or_default(), name_span, value });
                    self.blank();
                    self.eat(b',');
                }
                Some(Node { kind: Kind::Map(entries), span: Span::new(start, self.at) })
            }
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.blank();
                    if self.eat(b']') || self.peek().is_none() {
                        break;
                    }
                    let Some(item) = self.value(depth + 1) else { break };
                    items.push(item);
                    self.blank();
                    self.eat(b',');
                }
                Some(Node { kind: Kind::List(items), span: Span::new(start, self.at) })
            }
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Option<Node> {
        match self.peek()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let (node, end) = quoted(self.text, self.at, char::from(quote));
                self.at = end;
                Some(node)
            }
            _ => {
                let rest = self.text.get(self.at..)?;
                let ends = |c: char| c.is_whitespace() && !self.flow || ",{}[]:\n\"".contains(c);
                let length = rest.find(ends).unwrap_or(rest.len());
                let word = rest[..length].trim_end();
                if word.is_empty() {
                    return None;
                }
                let node = Node::text_node(word, self.at);
                self.at += length;
                Some(node)
            }
        }
    }
}

/// A string from behind its quote on, and the offset behind the closing one.
pub(super) fn quoted(text: &str, start: usize, quote: char) -> (Node, usize) {
    let mut pieces = Vec::new();
    let mut from = start;
    let mut chars = text.get(start..).unwrap_or_default().char_indices().peekable();
    let mut end = text.len();
    let mut after = text.len();
    let flush = |pieces: &mut Vec<Piece>, from: usize, to: usize| {
        if to > from {
            let span = Span::new(from, to);
            pieces.push(Piece { text: text[from..to].to_owned(), span, in_step: true });
        }
    };
    while let Some((offset, c)) = chars.next() {
        let at = start + offset;
        if c == quote {
            // YAML doubles single quotes.
            if quote == '\'' && chars.peek().is_some_and(|(_, n)| *n == quote) {
                flush(&mut pieces, from, at + 1);
                chars.next();
                from = at + 2;
                continue;
            }
            flush(&mut pieces, from, at);
            from = at;
            end = at;
            after = at + 1;
            break;
        }
        if c == '\\' && quote == '"' {
            flush(&mut pieces, from, at);
            let Some((_, escaped)) = chars.next() else { break };
            let mut decoded = match escaped {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                other => other,
            };
            let mut length = 1 + escaped.len_utf8();
            if escaped == 'u' {
                let hex = text.get(at + 2..at + 6).and_then(|h| u32::from_str_radix(h, 16).ok());
                if let Some(code) = hex {
                    decoded = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                    length = 6;
                    chars.nth(3);
                }
            }
            from = at + length;
            pieces.push(Piece { text: decoded.to_string(), span: Span::new(at, from), in_step: false });
        }
    }
    flush(&mut pieces, from, end);
    (Node { kind: Kind::Text(pieces), span: Span::new(start, end) }, after)
}
