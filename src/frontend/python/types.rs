//! Type annotations.

use tree_sitter::Node;

use super::{Reader, kids};
use crate::ir::TypeName;

/// Types that say nothing about what can be done with a value, or that the IR has its own word for.
const PLAIN: &[&str] = &[
    "str",
    "bytes",
    "int",
    "float",
    "bool",
    "complex",
    "object",
    "Any",
    "None",
    "dict",
    "Dict",
    "Mapping",
    "MutableMapping",
    "Callable",
    "Self",
    "Literal",
    "list",
    "tuple",
    "set",
];
/// Types that stand for the one that they hold.
const WRAPPERS: &[&str] =
    &["Optional", "Annotated", "Final", "ClassVar", "Awaitable", "Required", "NotRequired"];

impl Reader<'_> {
    /// The type that an annotation names, without optionality; `None` when it tells nothing.
    pub(super) fn type_name(&self, node: Node<'_>) -> Option<TypeName> {
        parse(self.source(node), 0)
    }

    /// The types named as bases of a class.
    pub(super) fn base_type(&self, node: Node<'_>) -> Option<TypeName> {
        match node.kind() {
            "identifier" | "attribute" => Some(TypeName::simple(self.source(node))),
            // `Base[T]`.
            "subscript" => kids(node).first().and_then(|n| self.base_type(*n)),
            _ => None,
        }
    }
}

/// Reads an annotation as text: it may be quoted, and the quotes may hold any part of it.
fn parse(text: &str, depth: usize) -> Option<TypeName> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if depth > 8 || text.is_empty() {
        return None;
    }
    if let Some(first) =
        split(text, '|').into_iter().find(|p| p.trim() != "None").filter(|p| p.len() < text.len())
    {
        return parse(first, depth + 1);
    }
    let (name, args) = match text.split_once('[') {
        Some((name, rest)) => (name.trim(), split(rest.strip_suffix(']').unwrap_or(rest), ',')),
        None => (text, Vec::new()),
    };
    if !name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') {
        return None;
    }
    let ty = TypeName::simple(name);
    if WRAPPERS.contains(&ty.short()) || ty.short() == "Union" {
        return args.into_iter().find(|a| a.trim() != "None").and_then(|a| parse(a, depth + 1));
    }
    if PLAIN.contains(&ty.short()) {
        // A list of objects stands for its elements.
        return match (ty.short(), args.as_slice()) {
            ("list", [element]) => parse(element, depth + 1),
            _ => None,
        };
    }
    let args = args.into_iter().filter_map(|a| parse(a, depth + 1)).collect();
    Some(TypeName { args, ..ty })
}

/// Splits at a character that stands outside of brackets.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (i, c) in text.char_indices() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ if c == at && depth == 0 => {
                parts.push(&text[start..i]);
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
