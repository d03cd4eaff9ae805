//! Comprehensions: loops whose elements make a list or a map.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{Binding, Block, ExprId, ExprKind, StmtKind};

impl Reader<'_> {
    pub(super) fn comprehension(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let clauses: Vec<Node<'_>> =
            kids(node).into_iter().filter(|k| matches!(k.kind(), "for_in_clause" | "if_clause")).collect();
        let Some(body) = field(node, "body") else { return self.children(node) };
        // Outer clauses come first, and what they bind is seen by those inside.
        let mut lowered = Vec::new();
        for clause in clauses {
            if !self.enter(clause) {
                break;
            }
            lowered.push((clause, self.clause(clause)));
        }
        let element = match (field(body, "key"), field(body, "value")) {
            (Some(key), Some(value)) if body.kind() == "pair" => {
                let key = self.expr(key);
                let value = self.expr(value);
                self.unit.expr(ExprKind::Map(vec![(key, value)]), span(body))
            }
            _ => self.expr(body),
        };
        let mut block = Block::new();
        self.push(StmtKind::Emit(element), span(body), &mut block);
        for (clause, part) in lowered.into_iter().rev() {
            self.leave();
            let body = std::mem::take(&mut block);
            let kind = match part {
                Clause::For(binding) => {
                    StmtKind::Loop { binding: Some(binding), init: Block::new(), test: None, body }
                }
                Clause::If(test) => StmtKind::If { test, then: body, otherwise: Block::new() },
            };
            self.push(kind, span(clause), &mut block);
        }
        let value = self.unit.expr(ExprKind::Block(block), at);
        if body.kind() == "pair" { value } else { self.unit.expr(ExprKind::List(vec![value]), at) }
    }

    fn clause(&mut self, clause: Node<'_>) -> Clause {
        if clause.kind() == "if_clause" {
            let test = match kids(clause).first() {
                Some(test) => self.test(*test),
                None => self.other(Vec::new(), span(clause)),
            };
            return Clause::If(test);
        }
        let (Some(left), Some(right)) = (field(clause, "left"), field(clause, "right")) else {
            return Clause::If(self.children(clause));
        };
        let iterable = self.expr(right);
        let target = self.expr(left);
        Clause::For(Binding { target, iterable })
    }
}

enum Clause {
    For(Binding),
    If(ExprId),
}
