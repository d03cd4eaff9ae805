//! The tokens of F#.

use crate::frontend::reader::{Kind, Piece, Scan, Token};
use crate::ir::Span;

const OPERATORS: &[&str] = &[
    "<-", "->", "|>", "<|", "||>", "<||", "|||>", ">>", "<<", "::", ":=", ":>", ":?>", ":?", "|]", "[|",
    "[<", ">]", "..", "<>", "<=", ">=", "||", "&&", "**", "|||", "&&&", "^^^", "~~~", "{|", "|}", ">>=",
    ">=>", "=>", "<!>", "<*>", "@@", "?<-",
];

/// Words with an exclamation mark, in computation expressions.
const BANGS: &[&str] = &["let", "use", "do", "return", "yield", "match", "and", "while"];

pub(super) fn tokens(text: &str, place: Span) -> Vec<Token> {
    let mut scan = Scan::new(text, place);
    while let Some(c) = scan.char() {
        if scan.space() {
            continue;
        }
        let (start, line) = (scan.at, scan.line());
        let next = scan.byte(1);
        if scan.starts("//") {
            scan.line_comment();
        } else if scan.starts("(*") && !scan.starts("(*)") {
            comment(&mut scan);
        } else if c == '#' && scan.is_first() && next.is_ascii_alphabetic() {
            // `#if`, `#r`, `#load`.
            scan.line_comment();
        } else if let Some(form) = Form::of(scan.rest()) {
            let pieces = form.read(&mut scan);
            // A byte array.
            if scan.byte(0) == b'B' {
                scan.at += 1;
            }
            scan.push(Kind::Text(pieces), start, line);
        } else if c == '\'' {
            if let Some(length) = character(scan.rest()) {
                let content = unescape(&scan.rest()[1..length - 1]);
                scan.at += length;
                scan.push(Kind::Text(vec![Piece::Literal(content)]), start, line);
            } else {
                // A type variable.
                scan.at += 1;
                scan.name(|c| c == '\'');
                scan.push(Kind::Quoted(scan.text[start..scan.at].to_owned()), start, line);
            }
        } else if scan.starts("``") {
            let end = scan.rest()[2..].find("``").map_or(scan.rest().len(), |at| at + 4);
            let name = scan.rest()[2..end].trim_end_matches('`').to_owned();
            scan.at += end;
            scan.push(Kind::Quoted(name), start, line);
        } else if c.is_ascii_digit() {
            scan.number();
        } else if c.is_alphabetic() || c == '_' {
            scan.name(|c| c == '\'');
            let word = &scan.text[start..scan.at];
            if scan.byte(0) == b'!' && BANGS.contains(&word) {
                scan.at += 1;
            }
            scan.push(Kind::Word, start, line);
        } else {
            scan.operator(OPERATORS);
        }
    }
    scan.tokens
}

/// `(* … (* … *) … *)`.
fn comment(scan: &mut Scan<'_>) {
    let rest = scan.rest();
    let (mut open, mut at) = (0usize, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("(*") {
            open += 1;
            at += 2;
        } else if here.starts_with("*)") {
            open -= 1;
            at += 2;
            if open == 0 {
                break;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    scan.passed(at);
}

/// The length of a character literal.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\'' || first == '\n' {
        return None;
    }
    if first != '\\' {
        let (at, close) = chars.next()?;
        return (close == '\'').then_some(at + 1);
    }
    let end = rest.get(2..rest.len().min(14))?;
    let end = &end[..end.find('\n').unwrap_or(end.len())];
    // `'\''` has a quote inside.
    let from = end.chars().next()?.len_utf8();
    end[from..].find('\'').map(|at| at + from + 3)
}

/// How many signs in a row are counted. Nobody writes more than a few, and a text of nothing else must not be looked
/// through from each of them.
const MAX_SIGNS: usize = 64;

/// How a text literal is written.
struct Form {
    /// Up to and with the first quotes.
    prefix: usize,
    triple: bool,
    verbatim: bool,
    /// How many dollar signs: as many braces open a hole.
    dollars: usize,
}

impl Form {
    fn of(rest: &str) -> Option<Self> {
        let signs = rest.bytes().take(MAX_SIGNS).take_while(|b| matches!(b, b'$' | b'@')).count();
        let quotes = &rest[signs..];
        if !quotes.starts_with('"') {
            return None;
        }
        let triple = quotes.starts_with("\"\"\"");
        let dollars = rest[..signs].matches('$').count();
        let verbatim = rest[..signs].contains('@');
        Some(Self { prefix: signs + if triple { 3 } else { 1 }, triple, verbatim, dollars })
    }

    fn read(&self, scan: &mut Scan<'_>) -> Vec<Piece> {
        let (rest, base) = (scan.rest(), scan.at);
        let mut pieces = Vec::new();
        let mut raw = String::new();
        let mut at = self.prefix;
        while at < rest.len() {
            let here = &rest[at..];
            let c = here.chars().next().unwrap_or('"');
            if self.triple && here.starts_with("\"\"\"") {
                at += 3;
                break;
            } else if !self.triple && self.verbatim && here.starts_with("\"\"") {
                raw.push('"');
                at += 2;
            } else if !self.triple && c == '"' {
                at += 1;
                break;
            } else if c == '\\' && !self.triple && !self.verbatim {
                let length = 1 + here[1..].chars().next().map_or(0, char::len_utf8);
                raw.push_str(&here[..length]);
                at += length;
            } else if self.dollars > 0 && c == '{' {
                let braces = here.bytes().take(self.dollars + MAX_SIGNS).take_while(|b| *b == b'{').count();
                if braces < self.dollars || self.dollars == 1 && braces >= 2 {
                    let length = if self.dollars == 1 { 2 } else { braces };
                    raw.push_str(&here[..length / if self.dollars == 1 { 2 } else { 1 }]);
                    at += length;
                    continue;
                }
                at += braces;
                let length = hole(&rest[at..]);
                // `%s{name}`: the format belongs to the hole.
                let literal = self.decode(&raw);
                pieces.push(Piece::Literal(without_format(&literal).to_owned()));
                raw.clear();
                pieces.push(Piece::Code(Span::new(base + at, base + at + length)));
                at += length;
                at += rest[at..].find('}').unwrap_or(0);
                let closing = rest[at..].len() - rest[at..].trim_start_matches('}').len();
                at += closing.min(self.dollars);
            } else if self.dollars > 0 && here.starts_with("}}") {
                raw.push('}');
                at += 2;
            } else {
                raw.push(c);
                at += c.len_utf8();
            }
        }
        pieces.push(Piece::Literal(self.decode(&raw)));
        if pieces.len() > 1 {
            pieces.retain(|p| *p != Piece::Literal(String::new()));
        }
        scan.passed(at.min(rest.len()));
        pieces
    }

    fn decode(&self, raw: &str) -> String {
        if self.triple || self.verbatim { raw.to_owned() } else { unescape(raw) }
    }
}

/// Cuts a `%s` or `%d` off the end.
fn without_format(text: &str) -> &str {
    let Some(at) = text.rfind('%') else { return text };
    let format = &text[at + 1..];
    let is_format = !format.is_empty()
        && format.len() < 6
        && format.ends_with(|c: char| c.is_ascii_alphabetic())
        && format[..format.len() - 1].chars().all(|c| "0123456789.+- ".contains(c));
    if is_format && !text[..at].ends_with('%') { &text[..at] } else { text }
}

/// How long the expression in an interpolation is, without its format.
fn hole(rest: &str) -> usize {
    let (mut open, mut quoted) = (0usize, false);
    for (at, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => open += 1,
            ')' | ']' => open = open.saturating_sub(1),
            '}' if open == 0 => return at,
            '}' => open -= 1,
            ':' if open == 0 && !rest[at..].starts_with("::") && !rest[at..].starts_with(":>") => return at,
            _ => {}
        }
    }
    rest.len()
}

/// Decodes escapes; a backslash before a line end joins the lines.
fn unescape(raw: &str) -> String {
    let mut out = String::new();
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('\r' | '\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            Some(code @ ('u' | 'U')) => {
                let length = if code == 'u' { 4 } else { 8 };
                let mut hex = String::new();
                while hex.len() < length
                    && let Some(c) = chars.next_if(char::is_ascii_hexdigit)
                {
                    hex.push(c);
                }
                out.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
            }
            Some(c @ ('\\' | '"' | '\'')) => out.push(c),
            Some(c) => {
                out.push('\\');
                out.push(c);
            }
            None => {}
        }
    }
    out
}
