//! Code of other languages that a script hands to their interpreters.

use tree_sitter::Node;

use super::super::embed::Excerpt;
use super::Lower;
use crate::ir::Span;

impl<'t> Lower<'t> {
    /// Notes the code behind one of the options of an interpreter, or in its here-document.
    pub(super) fn embed(
        &mut self,
        language: &'static str,
        command: Node<'t>,
        words: &[Node<'t>],
        options: &[&str],
    ) {
        let code = words.iter().position(|w| {
            let text = self.slice(*w).to_ascii_lowercase();
            options.contains(&text.as_str())
        });
        if let Some(word) = code.and_then(|at| words.get(at + 1)) {
            if let Some(excerpt) = self.excerpt(*word) {
                self.embedded.push((language, excerpt));
            }
            return;
        }
        if let Some(span) = Self::document_of(command)
            && let Some(text) = self.text.get(span.start as usize..span.end as usize)
        {
            let mut excerpt = Excerpt::default();
            excerpt.push(text, span.start as usize);
            self.embedded.push((language, excerpt));
        }
    }

    /// The content of a quoted word.
    fn excerpt(&self, node: Node<'t>) -> Option<Excerpt> {
        let text = self.slice(node);
        let mut excerpt = Excerpt::default();
        let start = node.start_byte() + 1;
        match node.kind() {
            "raw_string" => excerpt.push(text.get(1..text.len().checked_sub(1)?)?, start),
            "string" => {
                let inner = text.get(1..text.len().checked_sub(1)?)?;
                let mut from = 0;
                let mut chars = inner.char_indices().peekable();
                while let Some((at, c)) = chars.next() {
                    let Some((_, next)) = chars.peek().filter(|_| c == '\\').copied() else { continue };
                    if matches!(next, '$' | '`' | '"' | '\\') {
                        excerpt.push(&inner[from..at], start + from);
                        let place = Span::new(start + at, start + at + 2);
                        excerpt.push_spelled(next.encode_utf8(&mut [0; 4]), place);
                        chars.next();
                        from = at + 2;
                    }
                }
                excerpt.push(&inner[from..], start + from);
            }
            _ => return None,
        }
        Some(excerpt)
    }
}
