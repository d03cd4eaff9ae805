//! Rewrites of the text before it is parsed, all at the same length.
//!
//! - Code that the preprocessor never compiles is blanked.
//! - `a?.b` becomes `a .b`: the grammar gives `?.` a lower precedence than `==`, `+` and casts, and a plain
//!   chain is what the IR has for it anyway.
//! - `async` as the name of a variable becomes another name, as the grammar only knows the keyword.
//! - `$""` becomes ` ""`: the grammar knows no empty interpolated string.
//! - Directives of scripts (`#:package`, `#r`, `#load`) are blanked.

use super::scan::{blank, line_end, skip};
use crate::ir::Span;

/// Text to parse in place of the original.
pub(super) struct Prepared {
    pub(super) text: String,
    /// Conditionals of which more than one branch may be compiled: from `#if` to the end of `#endif`.
    pub(super) undecided: Vec<Span>,
    /// Branches that were left out only to get the rest parsed.
    pub(super) dropped: Vec<Span>,
}

/// What the file itself says of preprocessor symbols.
type Symbols<'t> = rustc_hash::FxHashMap<&'t str, bool>;

/// One open `#if`.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Conditional {
    start: usize,
    /// The lines with directives, to blank them when all is decided.
    lines: Vec<std::ops::Range<usize>>,
    parent_dead: bool,
    /// A branch before this one is certainly compiled.
    taken: bool,
    /// The current branch is never compiled.
    dead: bool,
    decided: bool,
    /// All branches but the first are left out.
    forced: bool,
}

/// Prepares a text. Of the conditionals that start at `forced` only the first possible branch is kept.
pub(super) fn prepare(text: &str, forced: &[u32]) -> Prepared {
    let source = text.as_bytes();
    let mut code = source.to_vec();
    let mut undecided = Vec::new();
    let mut dropped: Vec<Span> = Vec::new();
    let mut open: Vec<Conditional> = Vec::new();
    let mut symbols: Symbols<'_> = Symbols::default();
    let mut at = 0;
    while at < source.len() {
        let end = line_end(source, at);
        let line = text.get(at..end).unwrap_or_default().trim_start_matches('\u{feff}').trim();
        let dead = open.last().is_some_and(|c| c.dead);
        let Some((word, rest)) = directive(line) else {
            if dead {
                blank(&mut code, at..end);
                if let Some(c) = open.last().filter(|c| c.forced && !c.parent_dead) {
                    drop_line(&mut dropped, at, end, c.start);
                }
                at = end + 1;
            } else {
                at = patch_line(source, &mut code, at, end);
            }
            continue;
        };
        match word {
            "if" => {
                let condition = evaluate(rest, &symbols);
                let forced = condition.is_none() && forced.binary_search(&(at as u32)).is_ok();
                let condition = if forced { Some(true) } else { condition };
                open.push(Conditional {
                    start: at,
                    lines: std::iter::once(at..end).collect(),
                    parent_dead: dead,
                    taken: condition == Some(true),
                    dead: dead || condition == Some(false),
                    decided: condition.is_some(),
                    forced,
                });
            }
            "elif" | "else" => {
                if let Some(c) = open.last_mut() {
                    let condition = if word == "else" { Some(true) } else { evaluate(rest, &symbols) };
                    c.lines.push(at..end);
                    c.dead = c.parent_dead || c.taken || condition == Some(false);
                    c.decided &= c.taken || condition.is_some();
                    c.taken |= condition == Some(true);
                }
            }
            "endif" => {
                if let Some(mut c) = open.pop() {
                    c.lines.push(at..end);
                    if c.decided || c.parent_dead {
                        c.lines.into_iter().for_each(|line| blank(&mut code, line));
                    } else {
                        undecided.push(Span::new(c.start, end));
                    }
                }
            }
            "define" | "undef" if !dead => {
                symbols.insert(rest.split_whitespace().next().unwrap_or_default(), word == "define");
            }
            _ if dead || word.starts_with(':') || matches!(word, "r" | "load") => blank(&mut code, at..end),
            _ => {}
        }
        at = end + 1;
    }
    let text = String::from_utf8(code).unwrap_or_else(|_| text.to_owned());
    Prepared { text, undecided, dropped }
}

/// The offsets of the conditionals that have a span within reach: errors are often reported late.
pub(super) fn near(conditionals: &[Span], spans: &[Span], reach: u32) -> Vec<u32> {
    // The spans are in order and apart from each other.
    let touches = |c: &&Span| {
        let first = spans.partition_point(|s| s.end + reach < c.start);
        spans.get(first).is_some_and(|s| s.start <= c.end + reach)
    };
    let mut starts: Vec<u32> = conditionals.iter().filter(touches).map(|c| c.start).collect();
    starts.sort_unstable();
    starts
}

fn drop_line(dropped: &mut Vec<Span>, at: usize, end: usize, conditional: usize) {
    match dropped.last_mut() {
        // The same branch, line after line.
        Some(last) if last.start > conditional as u32 && last.end as usize + 1 == at => last.end = end as u32,
        _ => dropped.push(Span::new(at, end)),
    }
}

/// The word after the `#` of a directive, and the rest of the line without a comment.
fn directive(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix('#')?.trim_start();
    let line = line.split_once("//").map_or(line, |(before, _)| before);
    let end = line.find(|c: char| !c.is_alphanumeric() && c != ':').unwrap_or(line.len());
    Some((&line[..end], line[end..].trim()))
}

/// Patches the tokens of a line of live code; returns where the next line starts. A literal or comment that
/// goes on over more lines is passed over as a whole.
fn patch_line(source: &[u8], code: &mut [u8], from: usize, end: usize) -> usize {
    let mut end = end;
    let mut at = from;
    while at < end {
        match source[at] {
            // Also inside strings: interpolations hold code, and literals are read from the original.
            b'?' if conditional_access(source, at) => code[at] = b' ',
            b'a' if async_name(source, at) => code[at] = b'_',
            b'/' | b'\'' | b'"' | b'@' | b'$' => {
                if source[at..].starts_with(b"$\"\"") && source.get(at + 3) != Some(&b'"') {
                    code[at] = b' ';
                }
                if let Some(next) = skip(source, at).filter(|next| *next > at) {
                    for i in at..next {
                        if source[i] == b'?' && source[at] != b'/' && conditional_access(source, i) {
                            code[i] = b' ';
                        }
                    }
                    at = next;
                    if at > end {
                        end = line_end(source, at);
                    }
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    end + 1
}

/// `?.` and `?[`, but not `a ? .5 : 1` and `a ? [1] : [2]`.
fn conditional_access(source: &[u8], at: usize) -> bool {
    match source.get(at + 1) {
        Some(b'.') => !source.get(at + 2).is_some_and(|b| b.is_ascii_digit() || *b == b'.'),
        Some(b'[') => {
            let before = at.checked_sub(1).map_or(b' ', |i| source[i]);
            before.is_ascii_alphanumeric() || matches!(before, b'_' | b')' | b']' | b'>')
        }
        _ => false,
    }
}

/// `async` where no keyword can stand: before an operator or at the end of an argument.
fn async_name(source: &[u8], at: usize) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'@') || *b >= 0x80;
    if !source[at..].starts_with(b"async") || at.checked_sub(1).is_some_and(|i| word(&source[i])) {
        return false;
    }
    let after = &source[at + 5..];
    let next = after.iter().find(|b| !b.is_ascii_whitespace());
    next.is_some_and(|b| b",)?;=.:&|!]}".contains(b)) && !after.first().is_some_and(word)
}

/// Whether a preprocessor condition holds, where that can be known.
fn evaluate(condition: &str, symbols: &Symbols<'_>) -> Option<bool> {
    let mut tokens = Vec::new();
    let mut rest = condition.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = if word > 0 {
            word
        } else if ["&&", "||", "==", "!="].iter().any(|op| rest.starts_with(op)) {
            2
        } else {
            first.len_utf8()
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    if tokens.len() > 100 {
        return None;
    }
    let mut parser = Condition { tokens: &tokens, at: 0, symbols };
    let value = parser.either();
    if parser.at == tokens.len() { value } else { None }
}

/// A three-valued reader of preprocessor conditions.
struct Condition<'c> {
    tokens: &'c [&'c str],
    at: usize,
    symbols: &'c Symbols<'c>,
}

impl Condition<'_> {
    fn accept(&mut self, token: &str) -> bool {
        let found = self.tokens.get(self.at) == Some(&token);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self) -> Option<bool> {
        let mut value = self.both();
        while self.accept("||") {
            let right = self.both();
            value = match (value, right) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
        }
        value
    }

    fn both(&mut self) -> Option<bool> {
        let mut value = self.one();
        while self.accept("&&") {
            let right = self.one();
            value = match (value, right) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
        }
        value
    }

    fn one(&mut self) -> Option<bool> {
        if self.accept("!") {
            return self.one().map(|v| !v);
        }
        if self.accept("(") {
            let value = self.either();
            self.accept(")");
            return value;
        }
        let word = *self.tokens.get(self.at)?;
        self.at += 1;
        let defined = self.symbols.get(word).copied();
        defined.or(match word {
            "true" => Some(true),
            // No symbol of this name is ever defined.
            "false" | "FALSE" | "False" | "0" => Some(false),
            _ => None,
        })
    }
}
