//! Finds the comments of a text, in any language.
//!
//! This is no parser: it knows how comments and strings begin and end. Where it errs, a comment is not found and
//! suppresses nothing, or a string is taken for a comment that names a finding which is not there.

use std::ops::Range;

use crate::frontend::Frontend;
use crate::frontend::lexis::{Lexis, Quote};

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// All of it.
    pub(super) whole: Range<usize>,
    /// It without what begins and ends it.
    pub(super) content: Range<usize>,
}

/// The comments of a text that is written in a language; of others (notebooks, pipelines, settings, manifests) only
/// lines are looked at.
pub(super) fn find(text: &str, language: Option<&'static dyn Frontend>) -> Vec<Comment> {
    match language.and_then(Frontend::lexis) {
        Some(lexis) => scan(text, lexis),
        None => by_line(text),
    }
}

fn scan(text: &str, lexis: &Lexis) -> Vec<Comment> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let line_end = || at + rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        if let Some((open, close)) = lexis.block.iter().find(|(open, _)| rest.starts_with(open.as_bytes())) {
            let start = at + open.len();
            let end = text[start..].find(close).map_or(text.len(), |end| start + end);
            let whole = at..(end + close.len()).min(bytes.len());
            at = whole.end;
            found.push(Comment { whole, content: start..end });
        } else if let Some(quote) = lexis.quotes.iter().find(|quote| rest.starts_with(quote.open.as_bytes()))
        {
            at = end_of_string(bytes, at + quote.open.len(), quote);
        } else if let Some(mark) = lexis.line.iter().find(|mark| begins(bytes, at, mark, lexis.words)) {
            let end = line_end();
            found.push(Comment { whole: at..end, content: (at + mark.len()).min(end)..end });
            at = end;
        } else {
            at += 1;
            while !text.is_char_boundary(at) {
                at += 1;
            }
        }
    }
    found
}

fn begins(bytes: &[u8], at: usize, mark: &str, words: bool) -> bool {
    let before = at.checked_sub(1).map(|before| bytes[before]);
    let apart = before.is_none_or(|b| b.is_ascii_whitespace() || b";()|&".contains(&b));
    bytes[at..].get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark.as_bytes()))
        && (apart || !words && !mark.starts_with(char::is_alphabetic))
}

/// The first byte behind a string whose content begins at `at`.
fn end_of_string(bytes: &[u8], mut at: usize, quote: &Quote) -> usize {
    while at < bytes.len() {
        if bytes[at..].starts_with(quote.close.as_bytes()) {
            // Where nothing escapes the quotation mark, two of them stand for one.
            if quote.close.len() == 1 && quote.escape != b'\\' && bytes.get(at + 1) == Some(&bytes[at]) {
                at += 2;
                continue;
            }
            return at + quote.close.len();
        }
        match bytes[at] {
            b'\n' | b'\r' if !quote.lines => return at,
            byte if byte == quote.escape && quote.escape != 0 => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// What begins a comment in one language or another.
const MARKS: &[&str] = &["//", "#", "<!--", "/*", "<#", "@*", "(*", "--", "'", ";", "::", "rem"];
const ENDS: &[&str] = &["-->", "*/", "#>", "*@", "*)", "\\n\"", "\"", "\\n"];

/// From the mark before each `pcmfa:` to the end of its line.
fn by_line(text: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(super::ignores::MARK) {
        let before = text[..at].trim_end_matches([' ', '\t']);
        let ends = |mark: &&&str| {
            let end = before.len().checked_sub(mark.len()).map(|at| &before.as_bytes()[at..]);
            end.is_some_and(|end| end.eq_ignore_ascii_case(mark.as_bytes()))
        };
        let Some(mark) = MARKS.iter().find(ends) else { continue };
        // A mark inside of a word is none.
        let apart = before[..before.len() - mark.len()].chars().next_back();
        if apart.is_some_and(|c| c.is_alphanumeric() || c == ':') {
            continue;
        }
        let line = text[at..].split(['\n', '\r']).next().unwrap_or_default().trim_end().trim_end_matches(',');
        let end = ENDS.iter().find_map(|end| line.strip_suffix(end)).unwrap_or(line);
        let whole = before.len() - mark.len()..at + line.len();
        found.push(Comment { whole, content: before.len()..at + end.trim_end_matches("\\n").len() });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::frontend::by_name;

    /// The contents of the comments of a text.
    fn contents<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
        find(text, by_name(language)).into_iter().map(|comment| text[comment.content].trim()).collect()
    }

    #[test]
    fn comments_of_each_language() {
        for (language, text) in [
            (
                "csharp",
                "var a = \"// no\"; // one\n/* two */ var s = @\"\n// no \"\"\n\"; var r = \"\"\"\n /* no */ \"\"\";",
            ),
            ("java", "String a = \"/* no\"; // one\nchar c = '\"'; /* two */"),
            ("javascript", "const a = `\n// no ${b}`; // one\nconst c = 'it\\'s // no'; /* two */"),
            ("go", "a := `\n// no \\`; // one\nb := \"\\\"// no\" /* two */"),
            ("rust", "let a: &'static str = r#\"// no \"\"#; // one\nlet c = '\"'; /* two */"),
            ("php", "<?php $a = 'it\\'s # no'; # one\n// two"),
            ("python", "a = '# no' # one\nb = \"\"\"\n# no\n\"\"\" # two"),
            ("ruby", "a = 'it\\'s # no' # one\nb = \"#{c}\" # two"),
            ("bash", "a='# no' # one\nb=${#a} c#d # two"),
            ("powershell", "$a = '# no' # one\n$b = @\"\n# no \" '\n\"@ <# two #>"),
            ("vbnet", "Dim a = \"' no\" ' one\nREM two"),
            ("fsharp", "let a = \"// no\" // one\n(* two *)"),
            ("powerquery-m", "a = \"// no \"\" // no\", // one\nb = 1 /* two */"),
        ] {
            assert_eq!(contents(text, language), ["one", "two"], "{language}");
        }
    }

    #[test]
    fn code_inside_of_other_files_is_looked_at_by_line() {
        let find = |text: &'static str| -> Vec<&str> {
            find(text, None).into_iter().map(|comment| text[comment.content].trim()).collect()
        };
        assert_eq!(find("  \"x = 1 # pcmfa: ignore[a] b\\n\","), ["pcmfa: ignore[a] b"]);
        assert_eq!(find("  - run: x # pcmfa: ignore[a] b"), ["pcmfa: ignore[a] b"]);
        assert_eq!(find("<!-- pcmfa: ignore[a] b -->"), ["pcmfa: ignore[a] b"]);
        assert_eq!(find("REM pcmfa: ignore[a] b\r\n"), ["pcmfa: ignore[a] b"]);
        assert_eq!(find("  :: pcmfa: ignore[a] b"), ["pcmfa: ignore[a] b"]);
        assert_eq!(find("harem pcmfa: ignore[a] b"), Vec::<&str>::new());
        assert_eq!(find("https://pcmfa: x"), Vec::<&str>::new());
        assert_eq!(find("say pcmfa: ignore[a] b"), Vec::<&str>::new());
    }

    #[test]
    fn broken_texts_do_no_harm() {
        for language in ["csharp", "python", "powershell", "rust", "vbnet", "bash"] {
            for text in [
                "\"",
                "'",
                "/*",
                "<#",
                "#",
                "//",
                "\"\\",
                "\u{fffd}\"\u{e4}\\\u{e4}",
                "@\"\n",
                "\"`",
                "'\"",
                "r#\"",
            ] {
                let _ = find(text, by_name(language));
            }
        }
    }
}
