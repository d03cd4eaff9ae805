//! JSON as people write it in settings: with comments, trailing commas, single quotes and bare keys.

use super::{MAX_DEPTH, Sink, join};

/// Reads a JSON text.
pub(super) fn read(text: &str, sink: &mut Sink) {
    let mut reader = Reader { text, at: 0, base: 0, flow: false, sink };
    reader.blank();
    let complete = reader.value("", 0).is_some();
    reader.blank();
    if complete && reader.at < text.len() {
        reader.trouble();
    }
}

/// Reads a flow collection of YAML, which is JSON with bare words. `base` is the offset of `text` in its file.
pub(super) fn read_at(text: &str, base: usize, key: &str, sink: &mut Sink) {
    let _ = Reader { text, at: 0, base, flow: true, sink }.value(key, 0);
}

/// Recursive descent; [`MAX_DEPTH`] bounds the recursion. `None` means: stop reading.
struct Reader<'t, 's> {
    text: &'t str,
    at: usize,
    base: usize,
    /// A flow collection of YAML: bare words hold anything but commas and brackets.
    flow: bool,
    sink: &'s mut Sink,
}

impl<'t> Reader<'t, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips white space and comments.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") || trimmed.starts_with('#') {
                self.at += trimmed.find(['\n', '\r']).unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.at += trimmed.find("*/").map_or(trimmed.len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    fn trouble(&mut self) {
        // What looks like a flow collection is often a template's directive.
        if self.flow {
            return;
        }
        let at = self.base + self.at.min(self.text.len());
        self.sink.trouble(at, "not valid JSON; the rest of the file was not read");
    }

    fn broken(&mut self) -> Option<()> {
        self.trouble();
        None
    }

    fn put(&mut self, key: &str, value: String, start: usize, end: usize) -> Option<()> {
        self.sink.put(key.to_owned(), value, self.base + start, self.base + end).then_some(())
    }

    fn value(&mut self, key: &str, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            self.sink.trouble(self.base + self.at, "nested too deep; the rest of the file was not read");
            return None;
        }
        match self.peek()? {
            b'{' => self.object(key, depth),
            b'[' => self.array(key, depth),
            quote @ (b'"' | b'\'') => {
                let (value, start, end) = self.string(quote)?;
                self.put(key, value, start, end)
            }
            _ => {
                let (start, end) = self.word();
                if start == end {
                    return self.broken();
                }
                let value = self.text[start..end].to_owned();
                self.put(key, value, start, end)
            }
        }
    }

    fn object(&mut self, key: &str, depth: usize) -> Option<()> {
        self.at += 1;
        loop {
            self.blank();
            if self.eat(b'}') {
                return Some(());
            }
            let name = match self.peek() {
                Some(quote @ (b'"' | b'\'')) => self.string(quote)?.0,
                Some(_) => {
                    let (start, end) = self.word();
                    self.text[start..end].to_owned()
                }
                None => return self.broken(),
            };
            self.blank();
            if name.is_empty() && self.peek() != Some(b':') || !self.eat(b':') {
                return self.broken();
            }
            self.blank();
            if self.peek().is_none() {
                return self.broken();
            }
            self.value(&join(key, &name), depth + 1)?;
            self.blank();
            if !self.eat(b',') && self.peek() != Some(b'}') {
                return self.broken();
            }
        }
    }

    fn array(&mut self, key: &str, depth: usize) -> Option<()> {
        self.at += 1;
        for index in 0_usize.. {
            self.blank();
            if self.eat(b']') {
                break;
            }
            if self.peek().is_none() {
                return self.broken();
            }
            self.value(&join(key, &index.to_string()), depth + 1)?;
            self.blank();
            if !self.eat(b',') && self.peek() != Some(b']') {
                return self.broken();
            }
        }
        Some(())
    }

    /// A number, `true`, `null`, or a bare key.
    fn word(&mut self) -> (usize, usize) {
        let start = self.at;
        let rest = self.rest();
        let end = |c: char| c.is_whitespace() || ",:{}[]\"'/".contains(c);
        let flow_end = |(at, c): &(usize, char)| {
            ",{}[]".contains(*c) || *c == ':' && rest[at + 1..].starts_with(char::is_whitespace)
        };
        let length = if self.flow {
            rest.char_indices().find(flow_end).map(|(at, _)| rest[..at].trim_end().len())
        } else {
            rest.find(end)
        };
        let length = length.unwrap_or(rest.len());
        self.at += length;
        (start, start + length)
    }

    /// A string: its value and the place of its content.
    fn string(&mut self, quote: u8) -> Option<(String, usize, usize)> {
        self.at += 1;
        let start = self.at;
        let mut value = String::new();
        let mut chars = self.text[start..].char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                c if c == char::from(quote) => {
                    self.at = start + offset + 1;
                    return Some((value, start, start + offset));
                }
                // A string that is not closed must not swallow the rest of the file.
                '\n' | '\r' => break,
                '\\' => match chars.next()?.1 {
                    'n' => value.push('\n'),
                    't' => value.push('\t'),
                    'r' => value.push('\r'),
                    'b' => value.push('\u{8}'),
                    'f' => value.push('\u{c}'),
                    'u' => {
                        let hex: String = chars.clone().take(4).map(|(_, c)| c).collect();
                        match u32::from_str_radix(&hex, 16) {
                            Ok(code) if hex.len() == 4 => {
                                // Halves of surrogate pairs do not occur in what settings are read for.
                                value.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                                chars.nth(3);
                            }
                            _ => value.push('u'),
                        }
                    }
                    other => value.push(other),
                },
                c => value.push(c),
            }
        }
        self.at = start;
        self.trouble();
        None
    }
}
