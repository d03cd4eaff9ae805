//! Explanations as text.

use super::Block;

/// How wide text for a terminal is.
const WIDTH: usize = 80;

/// As Markdown.
#[must_use]
pub fn markdown(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading(depth, title) => format!("{} {title}", "#".repeat((*depth).clamp(1, 6))),
            Block::Text(text) | Block::Table(text) => text.clone(),
            Block::Code(language, code) => format!("```{}\n{code}\n```", fence(language)),
            Block::Links(links) => {
                links.iter().map(|link| format!("- <{link}>")).collect::<Vec<_>>().join("\n")
            }
        })
        .collect();
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// For a terminal: lines of at most 80 columns, code and addresses excepted.
#[must_use]
pub fn text(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut previous: Option<&Block> = None;
    for block in blocks {
        // What a heading is for stands right below it, as does code.
        let close = matches!(previous, Some(Block::Heading(..)));
        if !out.is_empty() && !close {
            out.push('\n');
        }
        match block {
            Block::Heading(_, title) => {
                out.push_str(title);
                out.push('\n');
            }
            Block::Text(text) => out.push_str(&wrapped(text)),
            Block::Table(lines) => {
                out.push_str(lines);
                out.push('\n');
            }
            Block::Code(_, code) => {
                for line in code.lines() {
                    let line = line.trim_end();
                    if !line.is_empty() {
                        out.push_str("    ");
                        out.push_str(line);
                    }
                    out.push('\n');
                }
            }
            Block::Links(links) => {
                for link in links {
                    out.push_str("see ");
                    out.push_str(link);
                    out.push('\n');
                }
            }
        }
        previous = Some(block);
    }
    out
}

/// Paragraphs and list items, each filled anew. Marks of code stay, those of emphasis go.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut item: Option<(usize, String)> = None;
    for line in text.lines().chain([""]) {
        let bare = line.trim();
        let indent = item_indent(line);
        if (bare.is_empty() || indent.is_some())
            && let Some((hang, words)) = item.take()
        {
            fill(&words, hang, &mut out);
        }
        if bare.is_empty() {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        match &mut item {
            Some((_, words)) => {
                words.push(' ');
                words.push_str(bare);
            }
            None => item = Some((indent.unwrap_or(0), bare.to_owned())),
        }
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// How far the lines after the first of a list item are indented.
fn item_indent(line: &str) -> Option<usize> {
    let bare = line.trim_start();
    if bare.starts_with("- ") {
        return Some(2);
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && bare[digits..].starts_with(". ")).then_some(digits + 2)
}

fn fill(words: &str, hang: usize, out: &mut String) {
    let mut column = 0;
    for word in words.replace("**", "").split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(hang));
            column = hang;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
}

/// What highlighters call a language.
fn fence(language: &str) -> &str {
    match language {
        "vbnet" => "vb",
        "terraform" => "hcl",
        "pipeline" => "yaml",
        "batch" => "bat",
        "jupyter" => "python",
        "http-file" => "http",
        "postman" | "logic-app" | "data-factory" => "json",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{markdown, text};
    use crate::explain::Block;

    #[test]
    fn paragraphs_and_lists_are_filled_anew() {
        let long = format!("Do **this**:\n\n1. {}\n   and more\n2. short\n", "word ".repeat(20));
        let blocks = [Block::Heading(2, "What".to_owned()), Block::Text(long)];
        let words = |n: usize| vec!["word"; n].join(" ");
        let expected = format!("What\nDo this:\n\n1. {}\n   {} and more\n2. short\n", words(15), words(5));
        assert_eq!(text(&blocks), expected);
    }

    #[test]
    fn code_is_left_as_it_is() {
        let blocks = [
            Block::Text("Before:".to_owned()),
            Block::Code("vbnet".to_owned(), "Dim a = 1\n\nDim b = 2".to_owned()),
            Block::Links(vec!["https://example.com/".to_owned()]),
        ];
        assert_eq!(text(&blocks), "Before:\n\n    Dim a = 1\n\n    Dim b = 2\n\nsee https://example.com/\n");
        assert_eq!(
            markdown(&blocks),
            "Before:\n\n```vb\nDim a = 1\n\nDim b = 2\n```\n\n- <https://example.com/>\n"
        );
    }
}
