//! Small helpers around tree-sitter nodes that front ends share.

use tree_sitter::Node;

use crate::ir::Span;

/// The place of a node.
pub(super) fn span(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}

/// The child in a field.
pub(super) fn field<'n>(node: Node<'n>, name: &str) -> Option<Node<'n>> {
    node.child_by_field_name(name)
}

/// The named children, without comments and errors.
pub(super) fn kids(node: Node<'_>) -> Vec<Node<'_>> {
    let mut kids = all_kids(node);
    kids.retain(|kid| !kid.is_error());
    kids
}

/// Like [`kids`], with errors.
pub(super) fn all_kids(node: Node<'_>) -> Vec<Node<'_>> {
    let mut parts = parts(node);
    parts.retain(|(_, part)| part.is_error() || part.is_named());
    parts.into_iter().map(|(_, part)| part).collect()
}

/// All children with their field names, tokens and errors included, comments excluded.
pub(super) fn parts(node: Node<'_>) -> Vec<(Option<&str>, Node<'_>)> {
    let mut parts = Vec::new();
    let mut cursor = node.walk();
    if cursor.goto_first_child() {
        loop {
            let part = cursor.node();
            if part.is_error() || !part.is_extra() {
                parts.push((cursor.field_name(), part));
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    parts
}

/// The first child of a kind.
pub(super) fn kid_of<'n>(node: Node<'n>, kind: &str) -> Option<Node<'n>> {
    kids(node).into_iter().find(|kid| kid.kind() == kind)
}

/// The node has a child token of this kind.
pub(super) fn has_token(node: Node<'_>, token: &str) -> bool {
    parts(node).iter().any(|(_, part)| part.kind() == token)
}

/// What every reader of a tree needs: its place in the depth limit, gaps, source text, simple nodes. The reader
/// has the fields `text`, `unit` (a [`crate::ir::UnitBuilder`]) and `depth`.
macro_rules! reader {
    ($name:ident) => {
        impl<'t> $name<'t> {
            /// One level deeper; `false`, with a gap, when that is too deep.
            fn enter(&mut self, node: tree_sitter::Node<'_>) -> bool {
                if self.depth >= $crate::frontend::MAX_DEPTH {
                    self.gap(node);
                    return false;
                }
                self.depth += 1;
                true
            }

            fn leave(&mut self) {
                self.depth -= 1;
            }

            fn gap(&mut self, node: tree_sitter::Node<'_>) {
                self.unit.unit().gaps.push($crate::frontend::tree::span(node));
            }

            fn source(&self, node: tree_sitter::Node<'_>) -> &'t str {
                self.text.get(node.byte_range()).unwrap_or_default()
            }

            fn other(
                &mut self,
                children: Vec<$crate::ir::ExprId>,
                at: $crate::ir::Span,
            ) -> $crate::ir::ExprId {
                self.unit.expr($crate::ir::ExprKind::Other(children), at)
            }

            fn push(
                &mut self,
                kind: $crate::ir::StmtKind,
                at: $crate::ir::Span,
                out: &mut $crate::ir::Block,
            ) {
                let id = self.unit.stmt(kind, at);
                out.push(id);
            }
        }
    };
}
pub(super) use reader;
