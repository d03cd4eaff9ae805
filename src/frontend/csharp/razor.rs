//! The C# inside Razor files: `@{ … }`, `@functions { … }` and `@code { … }`.

use super::scan::{blank, closing};

/// The code of a Razor file, at its own offsets; everything else is blank.
pub(super) struct Razor {
    pub(super) code: String,
    /// Where a class was put in place of `@code` or `@functions`, so that members have a type to live in.
    pub(super) classes: Vec<usize>,
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
    let mut classes = Vec::new();
    let mut done = 0;
    while let Some(at) = source.get(done..).and_then(|r| r.iter().position(|b| *b == b'@')).map(|n| done + n)
    {
        done = at + 1;
        let rest = &source[at + 1..];
        if rest.first() == Some(&b'@') {
            done += 1;
        } else if rest.first() == Some(&b'*') {
            done = text[at..].find("*@").map_or(source.len(), |n| at + n + 2);
        } else if let Some(directive) = rest.strip_prefix(b"using ") {
            let line: Vec<u8> =
                directive.iter().copied().take_while(|b| !matches!(b, b'\n' | b'\r')).collect();
            let end = at + 1 + b"using ".len() + line.len();
            // `@using (Html.BeginForm())` opens markup, and needs no import.
            if !line.trim_ascii_start().starts_with(b"(") && end < source.len() {
                code[at + 1..end].copy_from_slice(&source[at + 1..end]);
                code[end] = b';';
                done = end;
            }
        } else if let Some((open, is_class)) = opening(source, at) {
            let Some(close) = closing(source, open) else { continue };
            code[open + 1..close].copy_from_slice(&source[open + 1..close]);
            // The class takes the room of the directive, and what blank room it needs before it.
            let from = (open + 1).saturating_sub(CLASS.len());
            if is_class && code[from..=open].iter().all(u8::is_ascii_whitespace) && open >= CLASS.len() - 1 {
                code[from..=open].copy_from_slice(CLASS);
                code[close] = b'}';
                classes.push(from);
            }
            done = close;
        }
    }
    Some(Razor { code: String::from_utf8(code).ok()?, classes })
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
