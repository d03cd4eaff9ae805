//! One `key = value` a line: `.env`, `.properties`, `.ini` and what looks like them (flat TOML).

use super::{Sink, join};

/// How the lines are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `export KEY="value" # comment`
    Env,
    /// `key=value` or `key: value`, continued with a backslash; `#` and `!` begin comments.
    Properties,
    /// `[section]` and `key = value`; `#` and `;` begin comments.
    Ini,
}

/// Reads the lines.
pub(super) fn read(text: &str, dialect: Dialect, sink: &mut Sink) {
    let mut section = String::new();
    let mut offset = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let start = offset;
        offset += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() || is_comment(trimmed, dialect) {
            continue;
        }
        if dialect == Dialect::Ini && trimmed.starts_with('[') {
            let name = trimmed.trim_matches(['[', ']']).trim().trim_matches('"');
            section = name.split('.').map(str::trim).collect::<Vec<_>>().join(":");
            continue;
        }
        let Some(cut) = separator(line, dialect) else { continue };
        let mut key = line[..cut].trim();
        if dialect == Dialect::Env {
            key = key.strip_prefix("export ").unwrap_or(key).trim();
        }
        let (value, from, to) = value(&line[cut + 1..], dialect);
        let from = start + cut + 1 + from;
        if !sink.put(join(&section, key.trim_matches('"')), value, from, from + to) {
            return;
        }
    }
}

fn is_comment(line: &str, dialect: Dialect) -> bool {
    line.starts_with('#')
        || match dialect {
            Dialect::Env => false,
            Dialect::Properties => line.starts_with('!'),
            Dialect::Ini => line.starts_with(';'),
        }
}

fn separator(line: &str, dialect: Dialect) -> Option<usize> {
    match dialect {
        // An unescaped `=` or `:`; escaped ones are part of the key.
        Dialect::Properties => {
            line.match_indices(['=', ':']).map(|(at, _)| at).find(|at| !line[..*at].ends_with('\\'))
        }
        _ => line.find('='),
    }
}

/// The value in what follows the separator: with its offset in there and its raw length.
fn value(rest: &str, dialect: Dialect) -> (String, usize, usize) {
    let trimmed = rest.trim_start();
    let lead = rest.len() - trimmed.len();
    let quote = trimmed.chars().next().filter(|c| matches!(c, '"' | '\''));
    if dialect != Dialect::Properties
        && let Some(quote) = quote
        && let Some(end) = closing(trimmed, quote)
    {
        let raw = &trimmed[1..end];
        let value = if quote == '"' { unescape(raw) } else { raw.to_owned() };
        return (value, lead + 1, raw.len());
    }
    let raw = match dialect {
        Dialect::Properties => trimmed.trim_end(),
        _ => trimmed.split(" #").next().unwrap_or_default().trim_end(),
    };
    let value = if dialect == Dialect::Properties { unescape(raw) } else { raw.to_owned() };
    (value, lead.min(rest.len()), raw.len())
}

fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn unescape(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => value.push('\n'),
                Some('t') => value.push('\t'),
                Some(other) => value.push(other),
                None => {}
            },
            (c, false) => value.push(c),
        }
    }
    value
}
