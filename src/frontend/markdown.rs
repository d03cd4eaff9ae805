//! Documentation in Markdown: the code in its fences, by the language that the fence names.
//!
//! Fences of one language are read as one text, as a reader goes through them; where that does not parse (each shows
//! a whole file, or one shows a fragment), each is read for itself.

use super::embed::Excerpt;
use super::{Frontend, Limit, Piece, by_alias};
use crate::ir::{Span, Unit};
use crate::source::language_of;

/// The front end for documentation.
#[derive(Debug)]
pub(super) struct Markdown;

impl Frontend for Markdown {
    fn language(&self) -> &'static str {
        "markdown"
    }

    fn title(&self) -> &'static str {
        "Markdown (with --docs)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdx"]
    }

    fn is_documentation(&self) -> bool {
        true
    }

    fn read(&self, _: &str, _: &Limit) -> Option<Unit> {
        Some(Unit::default())
    }

    fn read_file(&self, _: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let mut groups: Vec<(&'static str, String, Vec<Fence>)> = Vec::new();
        for fence in fences(text) {
            let mut name = format!("fence.{}", fence.info);
            let code: String = fence.lines.iter().map(|line| &text[line.clone()]).collect();
            let known = by_alias(&fence.info);
            let Some(front) = known.or_else(|| language_of(&name, &code)).filter(|f| !f.is_documentation())
            else {
                continue;
            };
            // Under whatever name it goes; but pages are no scripts.
            if known.is_some() {
                name = format!("fence.{}", front.extensions().first().unwrap_or(&"txt"));
            }
            match groups.iter_mut().find(|(l, n, _)| *l == front.language() && *n == name) {
                Some((_, _, group)) => group.push(fence),
                None => groups.push((front.language(), name, vec![fence])),
            }
        }
        let mut pieces = Vec::new();
        for (language, name, group) in groups {
            let all = excerpt(text, &group).read(&name, language, limit)?;
            if group.len() == 1 || all.iter().all(|piece| piece.unit.gaps.is_empty()) {
                pieces.extend(all);
                continue;
            }
            for fence in &group {
                pieces.extend(excerpt(text, std::slice::from_ref(fence)).read(&name, language, limit)?);
            }
        }
        Some(pieces)
    }
}

/// A block of code.
struct Fence {
    /// What it says about itself: the language, in lower case.
    info: String,
    /// The lines of code without the indentation of the fence, each with its line break.
    lines: Vec<std::ops::Range<usize>>,
}

fn excerpt(text: &str, fences: &[Fence]) -> Excerpt {
    let mut code = Excerpt::default();
    for fence in fences {
        for line in &fence.lines {
            code.push(&text[line.clone()], line.start);
        }
        let end = fence.lines.last().map_or(0, |line| line.end);
        code.push_spelled("\n", Span::new(end, end));
    }
    code
}

/// The fences (`` ``` `` or `~~~`) that name a language; also those in lists and quotations.
fn fences(text: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    // The open fence: its mark, how far it is indented, and what is kept of it.
    let mut open: Option<(&str, usize, Option<Fence>)> = None;
    let mut offset = 0;
    for raw in text.split_inclusive('\n') {
        let start = offset;
        offset += raw.len();
        let content = raw.trim_start_matches([' ', '\t', '>']);
        let lead = raw.len() - content.len();
        let mark = fence_mark(content);
        let Some((opening, indent, kept)) = &mut open else {
            if let Some(mark) = mark {
                let info = language(&content[mark.len()..]);
                let fence = (!info.is_empty()).then(|| Fence { info, lines: Vec::new() });
                open = Some((mark, lead, fence));
            }
            continue;
        };
        let closes = mark.is_some_and(|m| m.starts_with(*opening) && content[m.len()..].trim().is_empty());
        if closes {
            found.extend(kept.take());
            open = None;
        } else if let Some(fence) = kept {
            // A line that is indented less than the fence is all code.
            let from = start + lead.min(*indent);
            fence.lines.push(from..offset);
        }
    }
    // A fence that nothing closes goes on to the end.
    found.extend(open.and_then(|(_, _, kept)| kept));
    found
}

/// The characters that a fence is made of.
fn fence_mark(line: &str) -> Option<&str> {
    let first = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.find(|c| c != first).unwrap_or(line.len());
    // Back quotes further on make it code in a line of text.
    (length >= 3 && !(first == '`' && line[length..].contains('`'))).then(|| &line[..length])
}

/// The language that an info string names: `python`, `{.python .numberLines}`, `c# title="a.cs"`,
/// `azurepowershell-interactive`.
fn language(info: &str) -> String {
    let info = info.trim().trim_start_matches(['{', '.']);
    let word = info.split([' ', '\t', ',', ':', '{', '}']).next().unwrap_or_default().to_ascii_lowercase();
    word.strip_suffix("-interactive").unwrap_or(&word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_and_their_languages() {
        let text = "# A\n```python\na = 1\n\nb = 2\n```\ntext ```no```\n1. item\n\n   ~~~{.PowerShell #id}\n   $a\n\
                    ```\n   ~~~\n> ```c# title=\"x\"\n> var a;\n> ```\n```\nplain\n```\n````md\n```sh\nx\n```\n````\n\
                    ```azurecli-interactive\naz login";
        let found: Vec<(String, String)> = fences(text)
            .into_iter()
            .map(|f| (f.info, f.lines.into_iter().map(|l| &text[l]).collect::<String>()))
            .collect();
        let wanted = [
            ("python", "a = 1\n\nb = 2\n"),
            ("powershell", "$a\n```\n"),
            ("c#", "var a;\n"),
            ("md", "```sh\nx\n```\n"),
            ("azurecli", "az login"),
        ];
        let wanted: Vec<(String, String)> =
            wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found, wanted);
    }
}
