//! What is still intact inside syntax errors.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{all_children, all_kids, span};
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
            let kind = node.kind();
            if node.is_error() {
                stack.append(&mut all_children(node));
            } else if kind == "block" || kind.ends_with("_statement") || kind.ends_with("_declaration") {
                self.item(node, out);
            } else if is_expression(kind) {
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

fn is_expression(kind: &str) -> bool {
    kind.ends_with("_expression") || matches!(kind, "method_invocation" | "field_access" | "string_literal")
}
