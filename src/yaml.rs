//! What is wrong with a YAML file of ours, shown in its place.

use std::fmt::Write as _;

use serde_saphyr::{DefaultMessageFormatter, Error, MessageFormatter as _};

use crate::nearest::nearest;

/// What is wrong with a file, and the lines that show it:
///
/// ```text
/// unknown key `exlude`; did you mean `exclude`?
///  --> pcmfa.yaml:2:1
///   |
/// 2 | exlude:
///   | ^^^^^^
/// ```
pub(crate) fn explain(path: &str, text: &str, error: &Error) -> String {
    let error = error.without_snippet();
    let location = error.location();
    let (line, column) = location.map_or((1, 1), |at| (at.line() as usize, at.column() as usize));
    let message = message(error);
    format!("{message}\n{}", frame(path, text, line, column))
}

/// The line of a text, with a mark below the word at a column. Lines and columns begin at 1.
pub(crate) fn frame(path: &str, text: &str, line: usize, column: usize) -> String {
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let mut out = format!("{margin}--> {path}:{line}:{column}");
    if let Some(content) = text.lines().nth(line.saturating_sub(1)) {
        let at = content.char_indices().nth(column.saturating_sub(1)).map_or(content.len(), |(at, _)| at);
        let is_word = |c: char| c.is_alphanumeric() || "-_.*/!".contains(c);
        let word = content[at..].chars().take_while(|c| is_word(*c)).count().max(1);
        let show = |text: &str| text.replace('\t', "    ");
        let space = " ".repeat(show(&content[..at]).chars().count());
        let (content, mark) = (show(content.trim_end()), "^".repeat(word));
        let _ = write!(out, "\n{margin} |\n{number} | {content}\n{margin} | {space}{mark}");
    }
    out
}

fn message(error: &Error) -> String {
    match error {
        Error::SerdeUnknownField { field, expected, .. } => unknown("key", field, expected),
        Error::SerdeUnknownVariant { variant, expected, .. } => unknown("value", variant, expected),
        Error::SerdeMissingField { field, .. } => format!("the key `{field}` is missing"),
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("the key `{key}` stands here twice"),
        Error::DuplicateMappingKey { key: None, .. } => "a key stands here twice".to_owned(),
        other => match DefaultMessageFormatter.format_message(other).as_ref() {
            // In the words of those who write YAML, not of those who read it.
            "expected sequence start" => "a list is expected here".to_owned(),
            "expected mapping start" => "`key: value` is expected here".to_owned(),
            "externally tagged enum expected scalar or mapping" => {
                "a single value is expected here".to_owned()
            }
            text => text.to_owned(),
        },
    }
}

fn unknown(what: &str, name: &str, known: &[&'static str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("unknown {what} `{name}`; did you mean `{near}`?"),
        None => format!("unknown {what} `{name}`; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::frame;

    #[test]
    fn the_mark_stands_below_the_word() {
        let text = "a: 1\n\t\u{e4}: [two, three-four]\n";
        assert_eq!(
            frame("x.yaml", text, 2, 11),
            " --> x.yaml:2:11\n  |\n2 |     \u{e4}: [two, three-four]\n  |              ^^^^^^^^^^"
        );
        assert_eq!(frame("x.yaml", text, 9, 1), " --> x.yaml:9:1");
        assert_eq!(frame("x.yaml", text, 1, 99), " --> x.yaml:1:99\n  |\n1 | a: 1\n  |     ^");
        assert_eq!(frame("x.yaml", "", 1, 1), " --> x.yaml:1:1");
    }
}
