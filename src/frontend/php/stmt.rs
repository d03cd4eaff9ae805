//! Statements.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{all_kids, field, kids, parts, span};
use crate::ir::{Binding, Block, Case, ExprKind, Scope, Span, StmtKind};

impl Reader<'_> {
    /// The statements of a block, or one statement as a block.
    pub(super) fn block(&mut self, node: Node<'_>) -> Block {
        let mut out = Block::new();
        if matches!(node.kind(), "compound_statement" | "colon_block") {
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
        let mut own = Block::new();
        if !self.declaration(node, &mut own) {
            self.statement(node, &mut own);
        }
        self.errors_of(node);
        out.append(&mut self.pending);
        out.append(&mut own);
        self.leave();
    }

    fn statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        match node.kind() {
            "text"
            | "php_tag"
            | "php_end_tag"
            | "text_interpolation"
            | "empty_statement"
            | "named_label_statement"
            | "comment"
            | "name"
            | "declare_directive"
            | "unset_statement" => {}
            "compound_statement" | "colon_block" => {
                let block = self.block(node);
                self.push(StmtKind::Block(block), at, out);
            }
            "expression_statement" => self.expression_statement(node, out),
            "echo_statement" | "sequence_expression" => {
                for kid in kids(node) {
                    if kid.kind() == "sequence_expression" {
                        self.item(kid, out);
                        continue;
                    }
                    let value = self.expr(kid);
                    self.push(StmtKind::Expr(value), span(kid), out);
                }
            }
            "return_statement" => self.return_statement(node, out),
            "exit_statement" => {
                let value = kids(node).first().map(|v| self.expr(*v));
                self.push(StmtKind::Throw(value), at, out);
            }
            "break_statement" | "continue_statement" | "goto_statement" => self.push(StmtKind::Jump, at, out),
            "if_statement" => self.if_statement(node, out),
            "while_statement" | "do_statement" => {
                let test = field(node, "condition").map(|c| self.expr(c));
                let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test, body }, at, out);
            }
            "for_statement" => self.for_statement(node, out),
            "foreach_statement" => self.foreach_statement(node, out),
            "switch_statement" => self.switch_statement(node, out),
            "try_statement" => self.try_statement(node, out),
            "global_declaration" => {
                for kid in kids(node).into_iter().filter(|k| k.kind() == "variable_name") {
                    let name = self.ident(kid);
                    if self.in_function {
                        self.globals.insert(name);
                    }
                }
            }
            "function_static_declaration" => {
                for kid in kids(node) {
                    let Some(name) = field(kid, "name") else { continue };
                    let value = field(kid, "value").map(|v| self.expr(v));
                    let kind = StmtKind::Let { name: self.ident(name), ty: None, value };
                    self.push(kind, span(kid), out);
                }
            }
            "declare_statement" => {
                for kid in kids(node).into_iter().filter(|k| k.kind() != "declare_directive") {
                    self.item(kid, out);
                }
            }
            _ => {
                let value = self.expr(node);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
    }

    fn expression_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(inner) = kids(node).first().copied() else { return };
        let at = span(node);
        match inner.kind() {
            "throw_expression" => {
                let value = kids(inner).first().map(|v| self.expr(*v));
                self.push(StmtKind::Throw(value), at, out);
            }
            "yield_expression" => {
                let value = self.children(inner);
                self.push(StmtKind::Emit(value), at, out);
            }
            "sequence_expression" => self.item(inner, out),
            "function_call_expression"
                if field(inner, "function").is_some_and(|f| self.source(f).eq_ignore_ascii_case("die")) =>
            {
                let args = field(inner, "arguments").map(|a| self.args(a)).unwrap_or_default();
                self.push(StmtKind::Throw(args.first().map(|a| a.value)), at, out);
            }
            _ => {
                let value = self.expr(inner);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
    }

    /// What a file returns is what including it gives.
    fn return_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let mut value = kids(node).first().map(|v| self.expr(*v));
        if !self.in_function
            && let Some(returned) = value.take()
        {
            let target = self.unit.name("default", at);
            let assign = self.unit.expr(ExprKind::Assign { target, value: returned }, at);
            self.push(StmtKind::Expr(assign), at, out);
        }
        self.push(StmtKind::Return(value), at, out);
    }

    fn if_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(condition) = field(node, "condition") else { return };
        let test = self.expr(condition);
        let then = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        let mut ways = vec![(test, then, span(node))];
        let mut otherwise = Block::new();
        for clause in kids(node) {
            match clause.kind() {
                "else_if_clause" => {
                    let Some(condition) = field(clause, "condition") else { continue };
                    let test = self.expr(condition);
                    let body = field(clause, "body").map(|b| self.block(b)).unwrap_or_default();
                    ways.push((test, body, span(clause)));
                }
                "else_clause" => {
                    otherwise = field(clause, "body").map(|b| self.block(b)).unwrap_or_default();
                }
                _ => {}
            }
        }
        while let Some((test, then, at)) = ways.pop() {
            let kind = StmtKind::If { test, then, otherwise: std::mem::take(&mut otherwise) };
            let target = if ways.is_empty() { &mut *out } else { &mut otherwise };
            let id = self.unit.stmt(kind, at);
            target.push(id);
        }
    }

    fn for_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (mut init, mut step, mut body) = (Block::new(), Block::new(), Block::new());
        let mut test = None;
        for (name, part) in parts(node) {
            if !part.is_named() || part.is_error() {
                continue;
            }
            match name {
                Some("initialize") => self.item(part, &mut init),
                Some("update") => self.item(part, &mut step),
                Some("condition") => test = Some(self.expr(part)),
                Some("body") => body.append(&mut self.block(part)),
                _ => {}
            }
        }
        body.append(&mut step);
        self.push(StmtKind::Loop { binding: None, init, test, body }, span(node), out);
    }

    fn foreach_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let body_node = field(node, "body");
        let mut heads = kids(node);
        heads.retain(|k| Some(*k) != body_node);
        let [iterable, target, ..] = heads.as_slice() else { return };
        let mut init = Block::new();
        let target = match target.kind() {
            "pair" => {
                let inner = kids(*target);
                if let [key, _] = inner.as_slice() {
                    let name = self.expr(*key);
                    let value = self.other(Vec::new(), span(*key));
                    let assign = self.unit.expr(ExprKind::Assign { target: name, value }, span(*key));
                    self.push(StmtKind::Expr(assign), span(*key), &mut init);
                }
                inner.last().copied().unwrap_or(*target)
            }
            _ => *target,
        };
        let iterable = self.expr(*iterable);
        let target = self.expr(target);
        let body = body_node.map(|b| self.block(b)).unwrap_or_default();
        let binding = Some(Binding { target, iterable });
        self.push(StmtKind::Loop { binding, init, test: None, body }, span(node), out);
    }

    fn switch_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (Some(value), Some(body)) = (field(node, "condition"), field(node, "body")) else { return };
        let subject = self.expr(value);
        let mut cases = Vec::new();
        // `case 1: case 2: …` share the body of the last; `default` among them takes all.
        let mut labels = Some(Vec::new());
        let sections = kids(body);
        for (i, section) in sections.iter().enumerate() {
            let label = field(*section, "value");
            labels = match (labels, label) {
                (Some(mut labels), Some(label)) => {
                    labels.push(self.expr(label));
                    Some(labels)
                }
                _ => None,
            };
            let mut inner = all_kids(*section);
            inner.retain(|k| Some(*k) != label);
            if inner.is_empty() && i + 1 < sections.len() {
                continue;
            }
            let mut block = Block::new();
            for statement in inner {
                self.item(statement, &mut block);
            }
            cases.push(Case { labels: labels.unwrap_or_default(), body: block });
            labels = Some(Vec::new());
        }
        self.errors_of(body);
        self.push(StmtKind::Switch { subject, cases }, span(node), out);
    }

    fn try_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        let (mut handlers, mut finally) = (Vec::new(), Block::new());
        for clause in kids(node) {
            match clause.kind() {
                "catch_clause" => {
                    let mut block = Block::new();
                    if let Some(name) = field(clause, "name") {
                        let ty = field(clause, "type").and_then(|t| kids(t).first().copied());
                        let ty = ty.and_then(|t| self.type_of(t));
                        let kind = StmtKind::Let { name: self.ident(name), ty, value: None };
                        self.push(kind, span(name), &mut block);
                    }
                    if let Some(body) = field(clause, "body") {
                        block.append(&mut self.block(body));
                    }
                    handlers.push(block);
                }
                "finally_clause" => {
                    finally = field(clause, "body").map(|b| self.block(b)).unwrap_or_default();
                }
                _ => {}
            }
        }
        self.push(StmtKind::Try { body, handlers, finally }, span(node), out);
    }

    /// `const NAME = value;` outside of types.
    pub(super) fn constants(&mut self, node: Node<'_>, out: &mut Block) {
        for element in kids(node).into_iter().filter(|k| k.kind() == "const_element") {
            if let [name, value] = kids(element).as_slice() {
                let value = self.expr(*value);
                let (name, at): (_, Span) = (self.source(*name).into(), span(element));
                let scope = Scope::Script;
                let target = self.unit.expr(ExprKind::Name { name, scope }, at);
                let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
                self.push(StmtKind::Expr(assign), at, out);
            }
        }
    }

    /// `namespace A\B;` and `namespace A\B { … }`.
    pub(super) fn namespace(&mut self, node: Node<'_>, out: &mut Block) {
        if let Some(body) = field(node, "body") {
            for child in all_kids(body) {
                self.item(child, out);
            }
        }
    }
}
