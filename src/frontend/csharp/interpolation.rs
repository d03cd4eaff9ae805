//! Interpolated strings.

use tree_sitter::Node;

use super::text::{outdent, unescape};
use super::{Reader, kids, parts, span};
use crate::ir::{ExprId, ExprKind, Span};

impl Reader<'_> {
    /// A template of the text between the holes and their values; plain text when there are no holes.
    pub(super) fn interpolated(&mut self, node: Node<'_>) -> ExprId {
        let source = self.source(node);
        let marks = source.find('"').unwrap_or_default();
        let is_verbatim = source[..marks].contains('@');
        let quotes = source[marks..].bytes().take_while(|b| *b == b'"').count();
        let is_raw = quotes >= 3 && !is_verbatim;
        let quotes = if is_raw { quotes } else { 1 };
        let braces = if is_raw { source[..marks].matches('$').count() } else { 1 };
        let start = node.start_byte() + marks + quotes;
        let end = node.end_byte().saturating_sub(quotes).max(start);
        let holes: Vec<Node<'_>> =
            parts(node).into_iter().map(|(_, part)| part).filter(|p| p.kind() == "interpolation").collect();
        // The stretches of text around the holes, also where they are empty.
        let mut stretches = Vec::with_capacity(holes.len() + 1);
        let mut from = start;
        for hole in &holes {
            // The token of the opening brace may hold text that stands before it.
            let open = parts(*hole).first().map_or(hole.start_byte(), |(_, brace)| brace.end_byte());
            stretches.push(from..open.saturating_sub(braces).max(from));
            from = hole.end_byte();
        }
        stretches.push(from..end.max(from));
        let pieces: Vec<&str> =
            stretches.iter().map(|s| self.text.get(s.clone()).unwrap_or_default()).collect();
        let texts: Vec<String> = if is_raw {
            outdent(&pieces)
        } else {
            let decode = |p: &&str| if is_verbatim { p.replace("\"\"", "\"") } else { unescape(p) };
            pieces.iter().map(decode).map(|p| p.replace("{{", "{").replace("}}", "}")).collect()
        };
        if holes.is_empty() {
            return self.unit.str(texts.concat(), span(node));
        }
        let mut template = Vec::new();
        for (i, (text, stretch)) in texts.into_iter().zip(stretches).enumerate() {
            if !text.is_empty() {
                template.push(self.unit.str(text, Span::new(stretch.start, stretch.end)));
            }
            let Some(hole) = holes.get(i) else { break };
            if let Some(value) = kids(*hole).into_iter().find(|k| !k.kind().starts_with("interpolation_")) {
                template.push(self.expr(value));
            }
            self.errors_of(*hole);
        }
        self.unit.expr(ExprKind::Template(template), span(node))
    }
}
