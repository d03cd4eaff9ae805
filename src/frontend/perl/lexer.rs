//! The tokens of Perl.

use super::quote;
use crate::frontend::reader::{Kind, Scan, Token};
use crate::ir::Span;

const OPERATORS: &[&str] = &[
    "=>", "->", "++", "--", "**", "=~", "!~", "==", "!=", "<=", ">=", "<=>", "&&", "||", "//", "..", "...",
    "+=", "-=", "*=", "/=", ".=", "%=", "x=", "&=", "|=", "^=", "||=", "&&=", "//=", "**=", "<<", ">>", "::",
];

/// Words behind which a value is expected.
const BEFORE_VALUES: &[&str] = &[
    "return", "and", "or", "not", "if", "unless", "while", "until", "split", "grep", "map", "join", "push",
    "unshift", "x", "eq", "ne", "lt", "gt", "le", "ge", "cmp", "print", "say", "die", "warn", "when", "xor",
    "foreach", "for", "defined", "ref", "scalar", "keys", "values",
];

pub(super) fn tokens(text: &str, place: Span) -> Vec<Token> {
    let mut lexer = Lexer { scan: Scan::new(text, place), bodies: 0 };
    while let Some(c) = lexer.scan.char() {
        if c == '\n' && lexer.bodies > lexer.scan.at {
            // The bodies of the here-documents of this line.
            let length = lexer.bodies.min(lexer.scan.end) - lexer.scan.at;
            lexer.scan.passed(length);
            lexer.bodies = 0;
            continue;
        }
        if !lexer.scan.space() && !lexer.one(c) {
            break;
        }
    }
    lexer.scan.tokens
}

struct Lexer<'a> {
    scan: Scan<'a>,
    /// Where the text goes on behind the here-documents of this line.
    bodies: usize,
}

impl Lexer<'_> {
    /// One token; `false` at the end of the code.
    fn one(&mut self, c: char) -> bool {
        let scan = &mut self.scan;
        let (start, line, next) = (scan.at, scan.line(), scan.byte(1));
        let value = expects_value(scan);
        match c {
            '#' => scan.line_comment(),
            '=' if scan.is_first() && start == line && next.is_ascii_alphabetic() => {
                let rest = scan.rest();
                let end = rest.find("\n=cut").map_or(rest.len(), |at| at + 5);
                scan.passed(end);
                scan.line_comment();
            }
            '"' | '\'' | '`' => {
                let pieces = quote::delimited(scan, c != '\'');
                scan.push(Kind::Text(pieces), start, line);
            }
            '$' | '@' | '%' | '&' if c == '$' || value => self.variable(c, start, line),
            '<' if value => self.angle(start, line),
            '/' if value => {
                quote::regex(scan, 1);
                scan.push(Kind::Number, start, line);
            }
            c if c.is_ascii_digit() => scan.number(),
            c if c.is_alphabetic() || c == '_' => return self.word(start, line),
            _ => scan.operator(OPERATORS),
        }
        true
    }

    /// `$name`, `@$name`, `%{…}`.
    fn variable(&mut self, c: char, start: usize, line: usize) {
        let scan = &mut self.scan;
        scan.at += 1;
        // `$#list`.
        if c == '$' && scan.byte(0) == b'#' {
            scan.at += 1;
        }
        if scan.char().is_some_and(|c| c.is_alphabetic() || c == '_') {
            path(scan);
            scan.push(Kind::Word, start, line);
        } else if c == '$' && scan.char().is_some_and(|c| c.is_ascii_digit()) {
            scan.name(|_| false);
            scan.push(Kind::Word, start, line);
        } else if c == '$' && scan.char().is_some_and(|c| "!@/\\,;.&0_".contains(c)) {
            scan.at += 1;
            scan.push(Kind::Word, start, line);
        } else {
            // What follows is dereferenced.
            scan.push(Kind::Operator, start, line);
        }
    }

    /// `<$handle>`, `<<"END"`.
    fn angle(&mut self, start: usize, line: usize) {
        let scan = &mut self.scan;
        let rest = scan.rest();
        if let Some(here) = quote::HereDocument::begins(rest) {
            let line_end = rest.find('\n').map_or(scan.end, |at| scan.at + at);
            let body = if self.bodies > scan.at { self.bodies } else { line_end };
            let body = (body + 1).min(scan.end);
            let (pieces, end) = here.read(scan.text, body, scan.end);
            scan.at += here.length;
            scan.push(Kind::Text(pieces), start, line);
            // The line end before what follows is still to come.
            self.bodies = end;
            return;
        }
        let end = rest.find('>').filter(|at| *at < 60 && !rest[..*at].contains('\n'));
        match end {
            Some(at) => {
                scan.at += at + 1;
                scan.push(Kind::Number, start, line);
            }
            None => scan.operator(OPERATORS),
        }
    }

    fn word(&mut self, start: usize, line: usize) -> bool {
        let scan = &mut self.scan;
        path(scan);
        let word = scan.text[start..scan.at].to_owned();
        if matches!(word.as_str(), "__END__" | "__DATA__") {
            return false;
        }
        let after = scan.rest().trim_start_matches([' ', '\t']);
        let is_key = after.starts_with("=>")
            || after.starts_with('}')
                && scan
                    .tokens
                    .last()
                    .is_some_and(|t| scan.text.as_bytes().get(t.span.start as usize) == Some(&b'{'));
        let before = scan.tokens.last().map(|t| &scan.text[t.span.start as usize..t.span.end as usize]);
        // `$x->s(…)`, `sub y {…}`.
        let member = matches!(before, Some("->" | "sub"));
        let quotes = matches!(word.as_str(), "q" | "qq" | "qw" | "m" | "qr" | "s" | "tr" | "y");
        let delimiter = after.chars().next();
        let opens = delimiter.is_some_and(|d| {
            !d.is_whitespace()
                && !d.is_alphanumeric()
                && !matches!(d, '_' | ',' | ';' | ')')
                && (d != '=' || matches!(word.as_str(), "q" | "qq" | "qw") && !after.starts_with("=="))
                && (d != '#' || scan.byte(0) == b'#')
        });
        if !quotes || is_key || member || !opens {
            scan.push(Kind::Word, start, line);
            return true;
        }
        scan.at = scan.end - after.len().min(scan.end - scan.at);
        let pieces = match word.as_str() {
            "q" => Some(quote::delimited(scan, false)),
            "qq" => Some(quote::delimited(scan, true)),
            "qw" => Some(quote::words(scan)),
            "s" | "tr" | "y" => {
                quote::regex(scan, 2);
                None
            }
            _ => {
                quote::regex(scan, 1);
                None
            }
        };
        let kind = pieces.map_or(Kind::Number, Kind::Text);
        scan.push(kind, start, line);
        true
    }
}

/// `A::B`.
fn path(scan: &mut Scan<'_>) {
    loop {
        scan.name(|_| false);
        let next = scan.rest().strip_prefix("::").and_then(|r| r.chars().next());
        if !next.is_some_and(|c| c.is_alphabetic() || c == '_') {
            break;
        }
        scan.at += 2;
    }
}

/// What comes next is a value, as far as the token before tells.
fn expects_value(scan: &Scan<'_>) -> bool {
    let Some(last) = scan.tokens.last() else { return true };
    let shown = &scan.text[last.span.start as usize..last.span.end as usize];
    let sigil = shown.starts_with(['$', '@', '%', '&']);
    let by_kind = match last.kind {
        Kind::Text(_) | Kind::Number | Kind::Quoted(_) => false,
        Kind::Word => !sigil && BEFORE_VALUES.contains(&shown),
        Kind::Operator => !matches!(shown, ")" | "]" | "}"),
        Kind::End => true,
    };
    // `foo %args`, `my @list`: a name with its sigil attached, and space before.
    let named = |c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '{' | '"' | '\'');
    let follows = scan.rest().get(1..).is_some_and(|rest| rest.starts_with(named));
    let argument = last.kind == Kind::Word
        && !sigil
        && follows
        && scan.text[..scan.at].ends_with([' ', '\t'])
        && !scan.starts("/");
    let new_statement = last.kind == Kind::Operator && shown == "}" && scan.is_first() && !scan.starts("/");
    by_kind || argument || new_statement
}
