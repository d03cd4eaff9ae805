//! Finds the string literals of a source text, and which of them belong to a sensitive name.
//!
//! This is not a parser: it reads all languages with one loop, told apart by little more than how strings and
//! comments look. What it gets wrong it should get wrong towards masking.

use std::ops::Range;

use super::values;
use crate::frontend::lexis::Lexis;
use crate::frontend::{Frontend, by_name};

/// How strings and comments look in a language, as far as it matters here.
#[expect(clippy::struct_excessive_bools, reason = "answers, yes or no")]
#[derive(Clone, Copy)]
struct Dialect {
    /// The character that escapes the next one inside of a string.
    escape: u8,
    /// `#` begins a comment, and `//` does not.
    hash_comments: bool,
    /// `'` begins a comment.
    apostrophe_comments: bool,
    /// Names may hold dashes, and `-Name` begins a parameter.
    dashes: bool,
    /// A grave accent delimits strings.
    graves: bool,
    /// Texts are written without quotes, too.
    bare: bool,
    /// `key` alone names a secret; in settings it is an attribute of every element.
    keys: bool,
}

impl Dialect {
    fn of(language: Option<&str>) -> Self {
        let lexis = language.and_then(by_name).and_then(Frontend::lexis);
        let comment = |mark: &str| lexis.is_some_and(|l| l.line.contains(&mark));
        Self {
            escape: lexis.map_or(b'\\', Lexis::escape),
            // Those of settings, too.
            hash_comments: language.is_none() || comment("#") && !comment("//"),
            apostrophe_comments: comment("'"),
            dashes: lexis.is_some_and(|l| l.dashes),
            graves: lexis.is_some_and(|l| l.opens_string("`")),
            bare: language.and_then(by_name).is_some_and(Frontend::has_bare_texts),
            keys: language.is_some(),
        }
    }
}

/// Adds the ranges to mask.
pub(super) fn mask(text: &str, language: Option<&str>, ranges: &mut Vec<Range<usize>>) {
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        dialect: Dialect::of(language),
        at: 0,
        groups: Vec::new(),
        name: None,
        last: b'\n',
        in_index: false,
        ranges,
    };
    while scan.at < scan.bytes.len() {
        scan.step();
    }
    if scan.dialect.bare {
        values::bare(text, scan.ranges);
    }
}

/// A sensitive name whose value may follow.
#[derive(Clone, Copy)]
struct Name {
    /// How many brackets were open.
    depth: usize,
    /// It is a literal, and nothing but a comma or colon has followed it: the key of a pair.
    fresh_key: bool,
}

struct Scan<'t, 'r> {
    text: &'t str,
    bytes: &'t [u8],
    dialect: Dialect,
    at: usize,
    /// For each open bracket: what is in it belongs to a sensitive name.
    groups: Vec<bool>,
    name: Option<Name>,
    /// The last byte that was no white space; `a` for words.
    last: u8,
    /// The last bracket was opened behind a word or an expression: what is in it is the key of a lookup.
    in_index: bool,
    ranges: &'r mut Vec<Range<usize>>,
}

impl Scan<'_, '_> {
    fn step(&mut self) {
        let byte = self.bytes[self.at];
        match byte {
            b'\n' | b'\r' => {
                if !b"=+:([>\\`&|".contains(&self.last) {
                    self.name = None;
                }
                self.at += 1;
            }
            b' ' | b'\t' => self.at += 1,
            _ if self.comment() => {}
            b'"' | b'\'' => self.string(byte),
            b'`' if self.dialect.graves => self.string(byte),
            b'(' | b'[' | b'{' => {
                // A block of statements is no value, whatever stands before it.
                if byte == b'{' && matches!(self.last, b'a' | b')') {
                    self.name = None;
                }
                self.in_index = byte == b'[' && matches!(self.last, b'a' | b')' | b']');
                let inherits = byte != b'{' && self.name.is_some();
                let inside = byte != b'{' && self.groups.last() == Some(&true);
                self.groups.push(inherits || inside);
                self.punctuation(byte);
            }
            b')' | b']' | b'}' => {
                self.groups.pop();
                // `body["password"] = …`: the key is in an index.
                if byte == b']' {
                    self.name =
                        self.name.map(|name| Name { depth: name.depth.min(self.groups.len()), ..name });
                }
                if self.name.is_some_and(|name| name.depth > self.groups.len()) {
                    self.name = None;
                }
                self.punctuation(byte);
            }
            b';' => {
                self.name = None;
                self.punctuation(byte);
            }
            b',' => {
                let pair = self.name.is_some_and(|name| name.fresh_key);
                if !pair && self.name.is_some_and(|name| name.depth == self.groups.len()) {
                    self.name = None;
                }
                self.name = self.name.map(|name| Name { fresh_key: false, ..name });
                self.last = byte;
                self.at += 1;
            }
            b'-' if self.dialect.dashes && self.begins_parameter() => {
                self.name = None;
                self.punctuation(byte);
            }
            _ if is_name_byte(byte) => self.word(),
            _ => self.punctuation(byte),
        }
    }

    fn punctuation(&mut self, byte: u8) {
        if byte != b':' {
            self.name = self.name.map(|name| Name { fresh_key: false, ..name });
        }
        self.last = byte;
        self.at += 1;
    }

    fn begins_parameter(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.bytes[at]);
        let after = self.bytes.get(self.at + 1);
        before.is_some_and(|byte| byte.is_ascii_whitespace()) && after.is_some_and(u8::is_ascii_alphabetic)
    }

    fn word(&mut self) {
        let start = self.at;
        let dashes = self.dialect.dashes;
        let length = self.bytes[start..].iter().position(|b| !(is_name_byte(*b) || dashes && *b == b'-'));
        self.at = length.map_or(self.bytes.len(), |length| start + length);
        let word = &self.text[start..self.at];
        if values::is_sensitive(word) && (self.dialect.keys || !word.eq_ignore_ascii_case("key")) {
            self.name = Some(Name { depth: self.groups.len(), fresh_key: false });
        }
        self.last = b'a';
    }

    /// Passes a comment, if one begins here. Values in comments count like those in settings.
    fn comment(&mut self) -> bool {
        let rest = &self.bytes[self.at..];
        let to_line_end = || rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        let to = |end: &[u8]| {
            rest.windows(end.len()).position(|w| w == end).map_or(rest.len(), |at| at + end.len())
        };
        let length = if rest.starts_with(b"/*") {
            to(b"*/")
        } else if rest.starts_with(b"<#") && self.dialect.dashes {
            to(b"#>")
        } else if rest.starts_with(b"<!--") {
            to(b"-->")
        } else if self.dialect.apostrophe_comments && rest.starts_with(b"'")
            || self.dialect.hash_comments && rest.starts_with(b"#")
            || !self.dialect.hash_comments && rest.starts_with(b"//")
        {
            to_line_end()
        } else {
            return false;
        };
        let end = self.at + length;
        values::comment(&self.text[self.at..end], self.at, self.ranges);
        self.at = end;
        true
    }

    fn string(&mut self, quote: u8) {
        let (start, end, next) = self.bounds(quote);
        if next == self.at {
            // An apostrophe, or a quote that nothing closes.
            self.punctuation(quote);
            return;
        }
        let content = &self.text[start..end];
        let is_key = self.in_index && self.last == b'[';
        let sensitive = !is_key && (self.name.is_some() || self.groups.last() == Some(&true));
        let names = matches!(self.last, b'(' | b'[' | b'{');
        let mut inner = Vec::new();
        values::literal(content, sensitive, names, &mut inner);
        self.ranges.extend(inner.into_iter().map(|range| start + range.start..start + range.end));
        if values::is_name(content) && values::is_sensitive(content) {
            self.name = Some(Name { depth: self.groups.len(), fresh_key: true });
        } else {
            self.name = self.name.map(|name| Name { fresh_key: false, ..name });
        }
        self.last = quote;
        self.at = next;
    }

    /// Start and end of a literal's content, and where the text goes on.
    fn bounds(&self, quote: u8) -> (usize, usize, usize) {
        let rest = &self.bytes[self.at..];
        let find = |from: usize, end: &[u8]| {
            rest.get(from..)?.windows(end.len()).position(|window| window == end).map(|at| from + at)
        };
        let found = |start: usize, end: usize, closing: usize| {
            (self.at + start, self.at + end, self.at + end + closing)
        };
        let triple = [quote; 3];
        if quote != b'`' && rest.starts_with(&triple) {
            let length = find(3, &triple).unwrap_or(rest.len() - 3).max(3);
            return found(3, length.min(rest.len()), 3.min(rest.len() - length.min(rest.len())));
        }
        let verbatim =
            matches!(self.last, b'@') || self.last == b'$' && self.bytes[..self.at].ends_with(b"@$");
        if self.dialect.dashes && verbatim && matches!(rest.get(1), Some(b'\n' | b'\r')) {
            // A here-string ends with the quote at the beginning of a line.
            let end = find(1, &[b'\n', quote, b'@']).unwrap_or(rest.len());
            return found(1, end, 3.min(rest.len() - end));
        }
        let escape = if verbatim { 0 } else { self.dialect.escape };
        let many_lines = verbatim || quote == b'`';
        let mut at = 1;
        while let Some(byte) = rest.get(at) {
            match *byte {
                byte if byte == quote => return found(1, at, 1),
                byte if byte == escape && escape != 0 && !(self.dialect.dashes && quote == b'\'') => at += 1,
                b'\n' | b'\r' if !many_lines => break,
                _ => {}
            }
            at += 1;
        }
        let at = at.min(rest.len());
        if quote == b'\'' || many_lines && quote == b'`' {
            return (self.at, self.at, self.at);
        }
        // Not closed on its line: PowerShell and PHP have strings that go on, and then it is better to take the
        // rest of the line for its content.
        found(1, self.text.floor_char_boundary(self.at + at) - self.at, 0)
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}
