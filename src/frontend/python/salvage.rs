//! What is still intact inside syntax errors.

use tree_sitter::Node;

use super::{Reader, all_kids, span};
use crate::ir::{Block, StmtKind};

impl Reader<'_> {
    /// Lowers what is intact inside the errors that are children of this node.
    pub(super) fn errors_of(&mut self, node: Node<'_>) {
        if !node.has_error() {
            return;
        }
        let mut found = Block::new();
        for error in all_kids(node).into_iter().filter(Node::is_error) {
            self.salvage(error, &mut found);
        }
        self.pending.append(&mut found);
    }

    /// Lowers what is intact inside an error.
    pub(super) fn salvage(&mut self, error: Node<'_>, out: &mut Block) {
        self.gap(error);
        if !self.enter(error) {
            return;
        }
        let mut stack = all_children(error);
        while let Some(node) = stack.pop() {
            if node.is_error() {
                stack.append(&mut all_children(node));
            } else if is_item(node.kind()) {
                self.item(node, out);
            } else if is_expression(node.kind()) {
                let value = self.expr(node);
                out.append(&mut self.pending);
                self.push(StmtKind::Expr(value), span(node), out);
            } else if !node.is_extra() {
                stack.append(&mut all_children(node));
            }
        }
        self.leave();
    }
}

/// All children, the last one first.
fn all_children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    let mut children: Vec<Node<'_>> = node.children(&mut cursor).collect();
    children.reverse();
    children
}

fn is_item(kind: &str) -> bool {
    kind == "block" || kind.ends_with("_statement") || kind.ends_with("_definition")
}

fn is_expression(kind: &str) -> bool {
    matches!(kind, "call" | "assignment" | "string" | "dictionary" | "binary_operator" | "await")
}
