//! Characters, white space, comments and words.

/// A place in the text. Reading past the end gives zero bytes.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    bytes: &'a [u8],
    pub(super) pos: usize,
    /// Where `#Requires` lines stand.
    pub(super) requires: Vec<(usize, usize)>,
}

/// A quotation mark, typographic ones included, as `PowerShell` itself takes them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) double: bool,
    pub(super) len: usize,
}

/// Lower-cases a name.
pub(super) fn lower(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { name.to_lowercase() }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), pos: 0, requires: Vec::new() }
    }

    pub(super) fn byte(&self, pos: usize) -> u8 {
        self.bytes.get(pos).copied().unwrap_or(0)
    }

    pub(super) fn at(&self, offset: usize) -> u8 {
        self.byte(self.pos + offset)
    }

    pub(super) fn peek(&self) -> u8 {
        self.at(0)
    }

    pub(super) fn is_end(&self) -> bool {
        self.pos >= self.bytes.len()
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn bump(&mut self, count: usize) {
        self.pos = (self.pos + count).min(self.bytes.len());
    }

    /// The length of the character at `pos`.
    pub(super) fn char_len(&self, pos: usize) -> usize {
        match self.byte(pos) {
            0..0xC0 => 1,
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        }
    }

    pub(super) fn bump_char(&mut self) {
        let len = self.char_len(self.pos);
        self.bump(len);
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte && !self.is_end();
        if found {
            self.pos += 1;
        }
        found
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.bytes.get(self.pos..).unwrap_or_default().starts_with(text.as_bytes())
    }

    pub(super) fn quote_at(&self, pos: usize) -> Option<Quote> {
        match (self.byte(pos), self.byte(pos + 1), self.byte(pos + 2)) {
            (b'"', ..) => Some(Quote { double: true, len: 1 }),
            (b'\'', ..) => Some(Quote { double: false, len: 1 }),
            (0xE2, 0x80, 0x9C..=0x9E) => Some(Quote { double: true, len: 3 }),
            (0xE2, 0x80, 0x98..=0x9B) => Some(Quote { double: false, len: 3 }),
            _ => None,
        }
    }

    /// The length of the dash at `pos`, typographic ones included; 0 when there is none.
    pub(super) fn dash_at(&self, pos: usize) -> usize {
        match (self.byte(pos), self.byte(pos + 1), self.byte(pos + 2)) {
            (b'-', ..) => 1,
            (0xE2, 0x80, 0x93..=0x95) => 3,
            _ => 0,
        }
    }

    /// The length of the white space character at `pos`, line ends excluded; 0 when there is none.
    fn space_at(&self, pos: usize) -> usize {
        match self.byte(pos) {
            b' ' | b'\t' | 0x0B | 0x0C => 1,
            0 if pos < self.bytes.len() => 1,
            0xC2 if matches!(self.byte(pos + 1), 0x85 | 0xA0) => 2,
            0xEF if self.byte(pos + 1) == 0xBB && self.byte(pos + 2) == 0xBF => 3,
            _ => 0,
        }
    }

    fn line_end_at(&self, pos: usize) -> bool {
        matches!(self.byte(pos), b'\n' | b'\r')
    }

    /// White space of any kind, or the end of the text.
    pub(super) fn is_blank_at(&self, pos: usize) -> bool {
        pos >= self.bytes.len() || self.line_end_at(pos) || self.space_at(pos) > 0
    }

    /// What may stand in the name of a variable, member or keyword.
    pub(super) fn is_name_at(&self, pos: usize) -> bool {
        match self.byte(pos) {
            b'_' => true,
            0x80.. => self.space_at(pos) == 0 && self.dash_at(pos) == 0 && self.quote_at(pos).is_none(),
            byte => byte.is_ascii_alphanumeric(),
        }
    }

    /// The end of the name that starts at `pos`.
    pub(super) fn name_end(&self, mut pos: usize) -> usize {
        while self.is_name_at(pos) && pos < self.bytes.len() {
            pos += self.char_len(pos);
        }
        pos.min(self.bytes.len())
    }

    /// What ends a bare word among the arguments of a command.
    pub(super) fn ends_word_at(&self, pos: usize) -> bool {
        matches!(self.byte(pos), b'&' | b'(' | b')' | b',' | b';' | b'{' | b'|' | b'}' | b'>')
            || self.is_blank_at(pos)
    }

    /// A parameter stands at `pos`: a dash and a letter.
    pub(super) fn parameter_at(&self, pos: usize) -> bool {
        let dash = self.dash_at(pos);
        let after = pos + dash;
        dash > 0 && (self.byte(after) == b'?' || self.is_name_at(after)) && !self.byte(after).is_ascii_digit()
    }

    /// Skips white space, comments and continued line ends, and stops at a line end.
    pub(super) fn space(&mut self) {
        loop {
            let len = self.space_at(self.pos);
            if len > 0 {
                self.pos += len;
            } else if self.peek() == b'#' {
                self.line_comment();
            } else if self.starts_with("<#") {
                self.block_comment();
            } else if self.peek() == b'`' {
                // Spaces behind the mark are a mistake of the author, who still meant it.
                let mut end = self.pos + 1;
                while matches!(self.byte(end), b' ' | b'\t') {
                    end += 1;
                }
                match (self.byte(end), self.byte(end + 1)) {
                    (b'\r', b'\n') => self.pos = end + 2,
                    (b'\r' | b'\n', _) => self.pos = end + 1,
                    _ => return,
                }
            } else {
                return;
            }
        }
    }

    /// Skips white space, comments and line ends.
    pub(super) fn blank(&mut self) {
        loop {
            self.space();
            if !self.line_end_at(self.pos) {
                return;
            }
            self.pos += 1;
        }
    }

    fn line_comment(&mut self) {
        let start = self.pos;
        let rest = &self.bytes[start..];
        let len = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        self.pos = start + len;
        let is_requires = rest.get(..9).is_some_and(|head| head.eq_ignore_ascii_case(b"#requires"));
        if is_requires && self.requires.last().is_none_or(|(last, _)| *last < start) {
            self.requires.push((start, self.pos));
        }
    }

    fn block_comment(&mut self) {
        let rest = self.text.get(self.pos + 2..).unwrap_or_default();
        self.pos = rest.find("#>").map_or(self.bytes.len(), |at| self.pos + 2 + at + 2);
    }

    /// The end of the number at the cursor, or `None` when no number stands there.
    pub(super) fn number_end(&self) -> Option<usize> {
        let start = self.pos;
        let mut end = start;
        if self.byte(end) == b'0' && matches!(self.byte(end + 1), b'x' | b'X') {
            end += 2;
            while self.byte(end).is_ascii_hexdigit() {
                end += 1;
            }
        } else {
            let digits = |mut at: usize| {
                while self.byte(at).is_ascii_digit() {
                    at += 1;
                }
                at
            };
            end = digits(end);
            if self.byte(end) == b'.' && self.byte(end + 1).is_ascii_digit() {
                end = digits(end + 1);
            } else if end > start
                && self.byte(end) == b'.'
                && self.byte(end + 1) != b'.'
                && self.ends_word_at(end + 1)
            {
                end += 1;
            }
            if end == start {
                return None;
            }
            if matches!(self.byte(end), b'e' | b'E') {
                let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
                if self.byte(end + 1 + sign).is_ascii_digit() {
                    end = digits(end + 1 + sign);
                }
            }
        }
        let suffix = end;
        while self.byte(end).is_ascii_alphabetic() {
            end += 1;
        }
        let suffix = self.slice(suffix, end).to_ascii_lowercase();
        let unit = suffix.trim_end_matches(['b']).trim_end_matches(['k', 'm', 'g', 't', 'p']);
        (matches!(unit, "" | "l" | "d" | "u" | "ul" | "n" | "s" | "us" | "y" | "uy")).then_some(end)
    }

    /// The lower-cased word at the cursor when it could be a keyword: letters only, and nothing behind that
    /// would make it part of a longer word.
    pub(super) fn keyword(&self) -> Option<String> {
        let mut end = self.pos;
        while self.byte(end).is_ascii_alphabetic() && end - self.pos <= 16 {
            end += 1;
        }
        let len = end - self.pos;
        let ends = self.ends_word_at(end)
            || matches!(self.byte(end), b'$' | b'@' | b'[' | b'#' | b'<' | b'!' | b'`')
            || self.quote_at(end).is_some();
        (ends && (2..=16).contains(&len)).then(|| self.slice(self.pos, end).to_ascii_lowercase())
    }

    /// The cursor is at this byte, after white space of any kind behind `offset`.
    pub(super) fn follows(&self, offset: usize, byte: u8) -> bool {
        let mut pos = self.pos + offset;
        while pos < self.bytes.len() && self.is_blank_at(pos) {
            pos += 1;
        }
        self.byte(pos) == byte
    }

    /// Skips to behind the closer of the innermost open bracket, without recursion. With `separators`, also
    /// stops before a line end, `;` or closer on the outermost level.
    pub(super) fn skip_balanced(&mut self, close: u8, separators: bool) {
        let mut open = if separators { Vec::new() } else { vec![close] };
        while !self.is_end() {
            let byte = self.peek();
            let quote = self.quote_at(self.pos);
            if open.last() == Some(&b'"') {
                if byte == b'`' {
                    self.bump(1);
                    self.bump_char();
                } else if byte == b'$' && self.at(1) == b'(' {
                    self.bump(2);
                    open.push(b')');
                } else if let Some(quote) = quote.filter(|q| q.double) {
                    self.bump(quote.len);
                    match self.quote_at(self.pos).filter(|q| q.double) {
                        Some(second) => self.bump(second.len),
                        None => drop(open.pop()),
                    }
                } else {
                    self.bump_char();
                }
                continue;
            }
            if separators && open.is_empty() && matches!(byte, b'\n' | b'\r' | b';' | b')' | b'}' | b']') {
                return;
            }
            let here = byte == b'@'
                && self.quote_at(self.pos + 1).is_some_and(|q| self.line_end_at(self.pos + 1 + q.len));
            match byte {
                b'@' if here => {
                    let mark = self.quote_at(self.pos + 1);
                    self.bump(1);
                    self.bump_char();
                    while !self.is_end() {
                        if self.line_end_at(self.pos)
                            && self.quote_at(self.pos + 1).is_some_and(|q| {
                                Some(q.double) == mark.map(|m| m.double)
                                    && self.byte(self.pos + 1 + q.len) == b'@'
                            })
                        {
                            self.bump_char();
                            self.bump_char();
                            self.bump(1);
                            break;
                        }
                        self.bump_char();
                    }
                }
                _ if quote.is_some_and(|q| q.double) => {
                    self.bump_char();
                    open.push(b'"');
                }
                _ if quote.is_some() => {
                    self.bump_char();
                    while !self.is_end() && self.quote_at(self.pos).is_none_or(|q| q.double) {
                        self.bump_char();
                    }
                    self.bump_char();
                }
                b'#' if self.pos == 0 || !self.is_name_at(self.pos - 1) => self.line_comment(),
                b'<' if self.at(1) == b'#' => self.block_comment(),
                b'`' => {
                    self.bump(1);
                    self.bump_char();
                }
                b'(' | b'{' => {
                    open.push(if byte == b'(' { b')' } else { b'}' });
                    self.bump(1);
                }
                b')' | b'}' => {
                    self.bump(1);
                    if open.last() == Some(&byte) {
                        open.pop();
                        if open.is_empty() && !separators {
                            return;
                        }
                    }
                }
                _ => self.bump_char(),
            }
        }
    }
}
