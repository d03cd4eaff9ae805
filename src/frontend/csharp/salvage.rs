//! What is still intact inside syntax errors.

use tree_sitter::Node;

use super::{Reader, all_kids, span};
use crate::ir::{Block, Span, StmtKind};

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
            } else if let ("class" | "struct" | "record" | "interface", Some(name), false) =
                (node.kind(), stack.last().filter(|n| n.kind() == "identifier").copied(), self.in_body)
            {
                let bases = stack.iter().rev().take(4).find(|n| n.kind() == "base_list").copied();
                self.broken_type(name, bases, node.kind() == "interface");
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
    kind == "block"
        || kind == "using_directive"
        || kind == "preproc_if"
        || kind == "global_statement"
        || kind.ends_with("_statement")
        || (kind.ends_with("_declaration")
            && kind != "variable_declaration"
            && kind != "accessor_declaration")
}

fn is_expression(kind: &str) -> bool {
    kind.ends_with("_expression") && kind != "element_binding_expression" && kind != "declaration_expression"
        || kind.ends_with("string_literal")
}

/// The spans of the outermost errors, in order.
pub(super) fn error_spans(root: Node<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        if node.is_error() {
            spans.push(span(node));
        } else if node.is_missing() {
            spans.push(Span::new(node.start_byte(), node.start_byte() + 1));
        } else if node.has_error() {
            stack.append(&mut all_children(node));
        }
    }
    spans
}

/// How many bytes the spans cover.
pub(super) fn length(spans: &[Span]) -> u32 {
    spans.iter().map(|s| s.end - s.start).sum()
}
