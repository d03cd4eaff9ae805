//! Statements.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{all_kids, field, has_token, kid, kids, parts, span};
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, StmtKind};

impl Reader<'_> {
    /// The statements of a block, or one statement as a block.
    pub(super) fn block(&mut self, node: Node<'_>) -> Block {
        let mut out = Block::new();
        if matches!(node.kind(), "block" | "constructor_body") {
            for child in all_kids(node) {
                self.item(child, &mut out);
            }
        } else {
            self.item(node, &mut out);
        }
        out
    }

    /// A statement or declaration, wherever it stands.
    pub(super) fn item(&mut self, node: Node<'_>, out: &mut Block) {
        if node.is_error() {
            self.salvage(node, out);
            return;
        }
        if !self.enter(node) {
            let lost = self.other(Vec::new(), span(node));
            self.push(StmtKind::Expr(lost), span(node), out);
            return;
        }
        if !self.declaration(node, out) {
            let mut own = Block::new();
            self.statement(node, &mut own);
            self.errors_of(node);
            out.append(&mut self.pending);
            out.append(&mut own);
        }
        self.leave();
    }

    fn statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        match node.kind() {
            "block" => {
                let block = self.block(node);
                self.push(StmtKind::Block(block), at, out);
            }
            "labeled_statement" => {
                if let Some(inner) = kids(node).last().filter(|k| k.kind() != "identifier") {
                    self.item(*inner, out);
                }
            }
            "expression_statement" => match kids(node).first() {
                Some(inner) if inner.kind() == "switch_expression" => self.switch(*inner, out),
                Some(inner) => {
                    let value = self.expr(*inner);
                    self.push(StmtKind::Expr(value), at, out);
                }
                None => {}
            },
            "local_variable_declaration" => self.variables(node, out),
            "return_statement" => {
                let value = kids(node).first().map(|v| self.expr(*v));
                self.push(StmtKind::Return(value), at, out);
            }
            "throw_statement" => {
                let value = kids(node).first().map(|v| self.expr(*v));
                self.push(StmtKind::Throw(value), at, out);
            }
            "yield_statement" => {
                if let Some(value) = kids(node).first() {
                    let value = self.expr(*value);
                    self.push(StmtKind::Emit(value), at, out);
                    self.push(StmtKind::Jump, at, out);
                }
            }
            "break_statement" | "continue_statement" => self.push(StmtKind::Jump, at, out),
            "if_statement" => {
                let Some(condition) = field(node, "condition") else { return };
                let test = self.expr(condition);
                let then = field(node, "consequence").map(|c| self.block(c)).unwrap_or_default();
                let otherwise = field(node, "alternative").map(|a| self.block(a)).unwrap_or_default();
                self.push(StmtKind::If { test, then, otherwise }, at, out);
            }
            "while_statement" | "do_statement" => {
                let test = field(node, "condition").map(|c| self.expr(c));
                let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test, body }, at, out);
            }
            "for_statement" => self.for_statement(node, out),
            "enhanced_for_statement" => {
                let (Some(name), Some(value)) = (field(node, "name"), field(node, "value")) else { return };
                let iterable = self.expr(value);
                let variable = self.ident(name);
                self.local(&variable);
                let target = self.unit.name(variable, span(name));
                let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
                let binding = Some(Binding { target, iterable });
                self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body }, at, out);
            }
            "switch_expression" | "switch_statement" => self.switch(node, out),
            "try_statement" | "try_with_resources_statement" => self.try_statement(node, out),
            "synchronized_statement" => {
                let mut block = Block::new();
                for part in kids(node) {
                    if part.kind() == "block" {
                        block.append(&mut self.block(part));
                    } else {
                        let value = self.expr(part);
                        self.push(StmtKind::Expr(value), span(part), &mut block);
                    }
                }
                self.push(StmtKind::Block(block), at, out);
            }
            ";" => {}
            _ => {
                let value = self.expr(node);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
    }

    /// Variables with their values.
    pub(super) fn variables(&mut self, node: Node<'_>, out: &mut Block) {
        let ty = field(node, "type").and_then(|t| self.type_name(t));
        let declarators: Vec<_> =
            kids(node).into_iter().filter(|k| k.kind() == "variable_declarator").collect();
        for declarator in &declarators {
            let at = if declarators.len() == 1 { span(node) } else { span(*declarator) };
            let Some(name) = field(*declarator, "name").map(|n| self.ident(n)) else { continue };
            let value = field(*declarator, "value").map(|v| self.expr(v));
            self.errors_of(*declarator);
            self.local(&name);
            if field(*declarator, "value").is_some_and(|v| self.makes_text(v)) {
                self.builders.push(name.clone());
            }
            self.push(StmtKind::Let { name, ty: ty.clone(), value }, at, out);
        }
    }

    fn for_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (mut init, mut step) = (Block::new(), Block::new());
        let mut test = None;
        for (name, part) in parts(node) {
            match name {
                Some("init") if part.kind() == "local_variable_declaration" => {
                    self.variables(part, &mut init);
                }
                Some("init" | "update") if part.is_named() => {
                    let value = self.expr(part);
                    let block = if name == Some("update") { &mut step } else { &mut init };
                    self.push(StmtKind::Expr(value), span(part), block);
                }
                Some("condition") => test = Some(self.expr(part)),
                _ => {}
            }
        }
        let mut body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        body.append(&mut step);
        self.push(StmtKind::Loop { binding: None, init, test, body }, span(node), out);
    }

    fn switch(&mut self, node: Node<'_>, out: &mut Block) {
        let (Some(value), Some(body)) = (field(node, "condition"), field(node, "body")) else { return };
        let subject = self.expr(value);
        let mut cases = Vec::new();
        for group in kids(body) {
            let (labels, mut block) = self.labels(group, subject);
            for part in all_kids(group).into_iter().filter(|k| k.kind() != "switch_label") {
                self.item(part, &mut block);
            }
            cases.push(Case { labels, body: block });
        }
        self.errors_of(body);
        self.push(StmtKind::Switch { subject, cases }, span(node), out);
    }

    /// A `switch` whose value is used.
    pub(super) fn switch_value(&mut self, node: Node<'_>) -> ExprId {
        let (Some(value), Some(body)) = (field(node, "condition"), field(node, "body")) else {
            return self.children(node);
        };
        let subject = self.expr(value);
        let mut arms = Vec::new();
        for group in kids(body) {
            let (labels, mut block) = self.labels(group, subject);
            let inner: Vec<_> = kids(group).into_iter().filter(|k| k.kind() != "switch_label").collect();
            let is_plain = block.is_empty() && group.kind() == "switch_rule";
            let value = match inner.as_slice() {
                [only] if only.kind() == "expression_statement" && is_plain => {
                    kids(*only).first().map(|v| self.expr(*v))
                }
                parts => {
                    for part in parts {
                        if part.kind() == "expression_statement" && group.kind() == "switch_rule" {
                            if let Some(value) = kids(*part).first() {
                                let value = self.expr(*value);
                                self.push(StmtKind::Emit(value), span(*part), &mut block);
                            }
                        } else {
                            self.item(*part, &mut block);
                        }
                    }
                    Some(self.unit.expr(ExprKind::Block(block), span(group)))
                }
            };
            let value = value.unwrap_or_else(|| self.other(Vec::new(), span(group)));
            arms.push((labels, value));
        }
        self.errors_of(body);
        self.unit.expr(ExprKind::Match { subject, arms }, span(node))
    }

    /// The labels of one way of a `switch`, and the variables that its patterns bind.
    fn labels(&mut self, group: Node<'_>, subject: ExprId) -> (Vec<ExprId>, Block) {
        let mut labels = Vec::new();
        let mut block = Block::new();
        let mut always = false;
        for label in kids(group).into_iter().filter(|k| k.kind() == "switch_label") {
            always |= has_token(label, "default");
            for part in kids(label) {
                let at = span(part);
                match part.kind() {
                    "pattern" | "type_pattern" | "record_pattern" => {
                        let pattern =
                            if part.kind() == "pattern" { kids(part).first().copied() } else { Some(part) };
                        if let Some(pattern) = pattern.filter(|p| p.kind() == "type_pattern") {
                            let inner = kids(pattern);
                            let ty = inner.first().and_then(|t| self.type_name(*t));
                            if let Some(name) = kid(pattern, "identifier").map(|n| self.ident(n)) {
                                self.local(&name);
                                let kind = StmtKind::Let { name, ty, value: Some(subject) };
                                self.push(kind, at, &mut block);
                            }
                        }
                        labels.push(self.other(Vec::new(), at));
                    }
                    "guard" => labels.push(self.children(part)),
                    "identifier" => {
                        let name = self.ident(part);
                        let label = match self.enum_of(&name) {
                            Some(ty) => {
                                let ty = self.unit.name(ty, at);
                                self.unit.member(ty, name, at)
                            }
                            None => self.label(name, at),
                        };
                        labels.push(label);
                    }
                    _ => labels.push(self.expr(part)),
                }
            }
        }
        if always {
            labels.clear();
        }
        (labels, block)
    }

    fn try_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let mut body = Block::new();
        for resource in field(node, "resources").map(kids).unwrap_or_default() {
            let value = match (field(resource, "name"), field(resource, "value")) {
                (Some(name), Some(value)) => {
                    let ty = field(resource, "type").and_then(|t| self.type_name(t));
                    let value = self.expr(value);
                    let name = self.ident(name);
                    self.local(&name);
                    self.push(StmtKind::Let { name, ty, value: Some(value) }, span(resource), &mut body);
                    continue;
                }
                _ => self.children(resource),
            };
            self.push(StmtKind::Expr(value), span(resource), &mut body);
        }
        if let Some(block) = field(node, "body") {
            body.append(&mut self.block(block));
        }
        let (mut handlers, mut finally) = (Vec::new(), Block::new());
        for clause in kids(node) {
            match clause.kind() {
                "catch_clause" => {
                    let mut block = Block::new();
                    if let Some(param) = kid(clause, "catch_formal_parameter") {
                        let ty = kid(param, "catch_type").and_then(|t| kids(t).first().copied());
                        let ty = ty.and_then(|t| self.type_name(t));
                        if let Some(name) = field(param, "name").map(|n| self.ident(n)) {
                            self.local(&name);
                            self.push(StmtKind::Let { name, ty, value: None }, span(param), &mut block);
                        }
                    }
                    if let Some(inner) = field(clause, "body") {
                        block.append(&mut self.block(inner));
                    }
                    handlers.push(block);
                }
                "finally_clause" => {
                    finally = kid(clause, "block").map(|b| self.block(b)).unwrap_or_default();
                }
                _ => {}
            }
        }
        if handlers.is_empty() && finally.is_empty() {
            self.push(StmtKind::Block(body), span(node), out);
        } else {
            self.push(StmtKind::Try { body, handlers, finally }, span(node), out);
        }
    }
}
