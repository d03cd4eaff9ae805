//! The C# inside Razor files: `@{ … }`, `@functions { … }` and `@code { … }`.

use super::scan::{blank, closing, line_end};

/// The code of a Razor file, at its own offsets; everything else is blank.
#[derive(Default)]
pub(super) struct Razor {
    pub(super) code: String,
    /// Where a class was put in place of `@code` or `@functions`, so that members have a type to live in.
    pub(super) classes: Vec<usize>,
    /// Where the variables of `@inject` are declared.
    pub(super) injected: Vec<usize>,
}

const CLASS: &[u8] = b"class A{";

/// Takes the code out of a Razor file; `None` when the text is not one. C# never begins with `<` or `@`.
pub(super) fn extract(text: &str) -> Option<Razor> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with(['<', '@']) || !text.contains('@') {
        return None;
    }
    let source = text.as_bytes();
    let mut code = source.to_vec();
    blank(&mut code, 0..source.len());
    let (mut classes, mut injected) = (Vec::new(), Vec::new());
    let mut done = 0;
    while let Some(at) = source.get(done..).and_then(|r| r.iter().position(|b| *b == b'@')).map(|n| done + n)
    {
        done = at + 1;
        let rest = &source[at + 1..];
        if rest.first() == Some(&b'@') {
            done += 1;
        } else if rest.first() == Some(&b'*') {
            done = text[at..].find("*@").map_or(source.len(), |n| at + n + 2);
        } else if let Some(word) = [&b"using "[..], b"inject "].into_iter().find(|w| rest.starts_with(w)) {
            let line = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
            let (from, end) = (at + 1 + word.len(), at + 1 + line);
            // `@using (Html.BeginForm())` opens markup, and needs no import.
            if end >= source.len() || source[from..end].trim_ascii_start().starts_with(b"(") {
                continue;
            }
            code[end] = b';';
            done = end;
            if word == b"inject " {
                code[from..end].copy_from_slice(&source[from..end]);
                injected.push(from + source[from..end].len() - source[from..end].trim_ascii_start().len());
            } else {
                code[at + 1..end].copy_from_slice(&source[at + 1..end]);
            }
        } else if let Some((open, is_class)) = opening(source, at) {
            let close = closing(source, open).unwrap_or(source.len());
            code[open + 1..close].copy_from_slice(&source[open + 1..close]);
            blank_markup(&mut code, open + 1, close);
            // The class takes the room of the directive, and what blank room it needs around it.
            let from = (open + 1).saturating_sub(CLASS.len());
            let room = from..from + CLASS.len();
            if is_class && room.end <= close && code[room.clone()].iter().all(u8::is_ascii_whitespace) {
                code[room].copy_from_slice(CLASS);
                if let Some(brace) = code.get_mut(close) {
                    *brace = b'}';
                }
                classes.push(from);
            }
            done = close;
        }
    }
    Some(Razor { code: String::from_utf8(code).ok()?, classes, injected })
}

/// Blanks the lines of a code block that are markup: no statement begins with `<`.
fn blank_markup(code: &mut [u8], from: usize, to: usize) {
    let mut at = from;
    while at < to {
        let end = line_end(code, at).min(to);
        let is_markup = match code[at..end].trim_ascii_start() {
            [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'),
            [b'@', b':', ..] => true,
            _ => false,
        };
        if is_markup {
            blank(code, at..end);
        }
        at = end + 1;
    }
}

/// The opening brace of the code block that the `@` at `at` begins, and whether it holds members.
fn opening(source: &[u8], at: usize) -> Option<(usize, bool)> {
    let rest = &source[at + 1..];
    let (keyword, is_class) = if rest.starts_with(b"functions") {
        (b"functions".len(), true)
    } else if rest.starts_with(b"code") {
        (b"code".len(), true)
    } else {
        (0, false)
    };
    let gap = rest[keyword..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    if keyword == 0 && gap > 0 || rest.get(keyword + gap) != Some(&b'{') {
        return None;
    }
    Some((at + 1 + keyword + gap, is_class))
}
