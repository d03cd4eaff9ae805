//! The scripts of pages (HTML) and components (Vue, Svelte).

use super::super::embed::Excerpt;
use super::super::{Limit, Piece};

/// The file holds scripts between tags.
pub(super) fn is_page(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    ["html", "htm", "vue", "svelte"].iter().any(|e| extension.eq_ignore_ascii_case(e))
}

/// Reads all scripts of a page: they share one scope.
pub(super) fn read(text: &str, limit: &Limit) -> Option<Vec<Piece>> {
    let mut code = Excerpt::default();
    let mut language = "javascript";
    let mut end = 0;
    for script in scripts(text) {
        if !code.text().is_empty() {
            code.push_spelled("\n;\n", crate::ir::Span::new(end, script.start));
        }
        if script.is_typescript {
            language = "typescript";
        }
        code.push(script.code, script.start);
        end = script.start + script.code.len();
    }
    if code.text().trim().is_empty() {
        return Some(Vec::new());
    }
    code.read("script", language, limit)
}

struct Script<'t> {
    start: usize,
    code: &'t str,
    is_typescript: bool,
}

fn scripts(text: &str) -> Vec<Script<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = lower[at..].find("<script").map(|n| at + n) {
        at = open + "<script".len();
        // `<scripture>` is no script, and neither is one in a comment.
        let follows = lower.as_bytes().get(at).copied().unwrap_or(b' ');
        let Some(head) = lower[at..].find('>').map(|n| at + n) else { break };
        if !(follows == b'>' || follows == b'/' || follows.is_ascii_whitespace()) {
            continue;
        }
        if let Some(comment) = lower[..open].rfind("<!--")
            && !lower[comment..open].contains("-->")
        {
            continue;
        }
        let attributes = &lower[at..head];
        at = head + 1;
        if attributes.ends_with('/') {
            continue;
        }
        let close = lower[at..].find("</script").map_or(text.len(), |n| at + n);
        if is_code(attributes) {
            let is_typescript = ["ts", "tsx", "typescript"]
                .iter()
                .any(|l| attribute(attributes, "lang").is_some_and(|v| v == *l));
            found.push(Script { start: at, code: &text[at..close], is_typescript });
        }
        at = close;
    }
    found
}

/// Scripts of other types are data: JSON, templates, import maps.
fn is_code(attributes: &str) -> bool {
    attribute(attributes, "type").is_none_or(|ty| {
        ty.is_empty() || ["module", "babel", "jsx", "javascript", "ecmascript"].iter().any(|t| ty.contains(t))
    })
}

/// The value of an attribute.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().next_back().unwrap_or(' ');
        rest = &rest[at + name.len()..];
        let Some(value) = rest.trim_start().strip_prefix('=') else { continue };
        if !before.is_whitespace() {
            continue;
        }
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        return Some(match quote {
            Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
            None => value.split(char::is_whitespace).next().unwrap_or_default(),
        });
    }
    None
}
