//! The tokens of Visual Basic.

use crate::frontend::reader::{Kind, Piece, Scan, Token};
use crate::ir::Span;

const OPERATORS: &[&str] =
    &["<=", ">=", "<>", ":=", "+=", "-=", "*=", "/=", "\\=", "^=", "&=", "<<", ">>", "?.", "=>"];

pub(super) fn tokens(text: &str, place: Span) -> Vec<Token> {
    let mut scan = Scan::new(text, place);
    while let Some(c) = scan.char() {
        if scan.space() {
            continue;
        }
        let (start, line) = (scan.at, scan.line());
        let next = scan.byte(1);
        match c {
            '\'' | '\u{2018}' | '\u{2019}' => scan.line_comment(),
            // `#If`, `#Region`: both ways are read.
            '#' if scan.is_first() && next.is_ascii_alphabetic() => scan.line_comment(),
            '#' if next.is_ascii_digit() => date(&mut scan),
            '_' if ends_line(scan.rest()) => {
                scan.line_comment();
                scan.space();
                while scan.rest().starts_with([' ', '\t', '\r']) {
                    scan.space();
                }
                scan.continues();
            }
            '"' | '\u{201c}' | '\u{201d}' => {
                let pieces = plain(&mut scan);
                // `"c"c` is a character.
                if scan.byte(0).eq_ignore_ascii_case(&b'c') && !scan.byte(1).is_ascii_alphanumeric() {
                    scan.at += 1;
                }
                scan.push(Kind::Text(pieces), start, line);
            }
            '$' if next == b'"' => {
                scan.at += 1;
                let pieces = interpolated(&mut scan);
                scan.push(Kind::Text(pieces), start, line);
            }
            '[' if scan.rest()[1..].starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                scan.at += 1;
                scan.name(|_| false);
                let name = scan.text[start + 1..scan.at].to_owned();
                if scan.byte(0) == b']' {
                    scan.at += 1;
                }
                scan.push(Kind::Quoted(name), start, line);
            }
            '&' if matches!(next, b'H' | b'h' | b'O' | b'o' | b'B' | b'b')
                && scan.byte(2).is_ascii_hexdigit() =>
            {
                scan.at += 2;
                scan.name(|_| false);
                scan.push(Kind::Number, start, line);
            }
            c if c.is_ascii_digit() || c == '.' && next.is_ascii_digit() => scan.number(),
            c if c.is_alphabetic() || c == '_' => {
                scan.name(|_| false);
                if scan.text[start..scan.at].eq_ignore_ascii_case("rem") {
                    scan.line_comment();
                    continue;
                }
                // Type characters: `name$`, `count%`.
                if matches!(scan.byte(0), b'$' | b'%') && scan.byte(1) != b'"' {
                    let end = scan.at;
                    scan.push(Kind::Word, start, line);
                    scan.at = end + 1;
                } else {
                    scan.push(Kind::Word, start, line);
                }
            }
            _ => scan.operator(OPERATORS),
        }
    }
    scan.tokens
}

/// An underscore with nothing but a comment behind it.
fn ends_line(rest: &str) -> bool {
    let line = rest[1..].split('\n').next().unwrap_or_default().trim();
    line.is_empty() || line.starts_with('\'')
}

fn date(scan: &mut Scan<'_>) {
    let (start, line) = (scan.at, scan.line());
    let rest = scan.rest();
    let end = rest.find('\n').unwrap_or(rest.len());
    scan.at += rest[1..end].find('#').map_or(1, |at| at + 2);
    scan.push(Kind::Number, start, line);
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}')
}

/// `"a ""b"" c"`, also over several lines.
fn plain(scan: &mut Scan<'_>) -> Vec<Piece> {
    let rest = scan.rest();
    let mut out = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    let mut length = rest.len();
    while let Some((at, c)) = chars.next() {
        if !is_quote(c) {
            out.push(c);
        } else if chars.next_if(|(_, c)| is_quote(*c)).is_some() {
            out.push('"');
        } else {
            length = at + c.len_utf8();
            break;
        }
    }
    scan.passed(length);
    vec![Piece::Literal(out)]
}

/// `$"a {b} {{c}}"`.
fn interpolated(scan: &mut Scan<'_>) -> Vec<Piece> {
    let (rest, base) = (scan.rest(), scan.at);
    let mut pieces = Vec::new();
    let mut out = String::new();
    let mut at = 1;
    while let Some(c) = rest[at..].chars().next() {
        let here = &rest[at..];
        at += c.len_utf8();
        if is_quote(c) {
            let Some(second) = rest[at..].chars().next().filter(|c| is_quote(*c)) else { break };
            out.push('"');
            at += second.len_utf8();
        } else if here.starts_with("{{") || here.starts_with("}}") {
            out.push(c);
            at += 1;
        } else if c == '{' {
            let length = hole(&rest[at..]);
            pieces.push(Piece::Literal(std::mem::take(&mut out)));
            pieces.push(Piece::Code(Span::new(base + at, base + at + length)));
            at += length;
            at += rest[at..].find(['}', '"', '\n']).unwrap_or(0);
            if rest[at..].starts_with('}') {
                at += 1;
            }
        } else {
            out.push(c);
        }
    }
    if !out.is_empty() {
        pieces.push(Piece::Literal(out));
    }
    pieces.retain(|p| *p != Piece::Literal(String::new()));
    scan.passed(at);
    pieces
}

/// How long the expression in an interpolation is, without its format.
fn hole(rest: &str) -> usize {
    let (mut open, mut quoted) = (0usize, false);
    for (at, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '\n' => return at,
            _ if quoted => {}
            '(' | '{' => open += 1,
            ')' => open = open.saturating_sub(1),
            '}' | ',' | ':' if open == 0 => return at,
            '}' => open -= 1,
            _ => {}
        }
    }
    rest.len()
}
