//! What is still intact inside syntax errors.

use tree_sitter::Node;

use super::{Reader, all_kids, is_comment, span};
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
            } else if node.kind() == "method_definition" {
                self.stray_method(node, out);
            } else if is_expression(node.kind()) {
                let value = self.expr(node);
                out.append(&mut self.pending);
                self.push(StmtKind::Expr(value), span(node), out);
            } else if !is_comment(node) {
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
    kind == "statement_block" || kind.ends_with("_statement") || kind.ends_with("_declaration")
}

fn is_expression(kind: &str) -> bool {
    kind.ends_with("_expression")
        || matches!(kind, "string" | "template_string" | "arrow_function" | "object")
}

/// How many bytes the outermost errors cover, and how many there are.
pub(super) fn broken(root: Node<'_>) -> (usize, usize) {
    let mut total = (0, 0);
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        if node.is_error() || node.is_missing() {
            total = (total.0 + node.byte_range().len().max(1), total.1 + 1);
        } else if node.has_error() {
            stack.append(&mut all_children(node));
        }
    }
    total
}
