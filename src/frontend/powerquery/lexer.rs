//! The tokens of M.

use crate::frontend::reader::{Kind, Piece, Scan, Token};
use crate::ir::Span;

const OPERATORS: &[&str] = &["=>", "<=", ">=", "<>", "..", "...", "??"];

pub(super) fn tokens(text: &str, place: Span) -> Vec<Token> {
    let mut scan = Scan::new(text, place);
    while let Some(c) = scan.char() {
        if scan.space() {
            continue;
        }
        let (start, line) = (scan.at, scan.line());
        if scan.starts("//") {
            scan.line_comment();
        } else if scan.starts("/*") {
            scan.through("*/");
        } else if scan.starts("#\"") {
            scan.at += 1;
            let name = text_of(&mut scan);
            scan.push(Kind::Quoted(name), start, line);
        } else if c == '"' {
            let content = text_of(&mut scan);
            scan.push(Kind::Text(vec![Piece::Literal(content)]), start, line);
        } else if c.is_ascii_digit() || c == '.' && scan.byte(1).is_ascii_digit() {
            scan.number();
        } else if c.is_alphabetic() || c == '_' || c == '#' {
            scan.at += c.len_utf8();
            // `Web.Contents` is one name.
            loop {
                scan.name(|_| false);
                let next = scan.rest().get(1..).and_then(|rest| rest.chars().next());
                if scan.byte(0) != b'.' || !next.is_some_and(|n| n.is_alphabetic() || n == '_') {
                    break;
                }
                scan.at += 1;
            }
            scan.push(Kind::Word, start, line);
        } else {
            scan.operator(OPERATORS);
        }
    }
    scan.tokens
}

/// The text between quotes, decoded. The scan stands on the first one.
fn text_of(scan: &mut Scan<'_>) -> String {
    let mut out = String::new();
    let rest = scan.rest();
    let mut at = 1;
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("\"\"") {
            out.push('"');
            at += 2;
        } else if here.starts_with('"') {
            at += 1;
            break;
        } else if here.starts_with("#(")
            && let Some(close) = here.find(')')
        {
            for code in here[2..close].split(',') {
                match code.trim() {
                    "cr" => out.push('\r'),
                    "lf" => out.push('\n'),
                    "tab" => out.push('\t'),
                    "#" => out.push('#'),
                    hex => out.extend(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)),
                }
            }
            at += close + 1;
        } else {
            let Some(c) = here.chars().next() else { break };
            out.push(c);
            at += c.len_utf8();
        }
    }
    scan.passed(at);
    out
}
