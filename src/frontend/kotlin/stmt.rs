//! Statements.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{all_kids, field, has_token, kid, kids, parts, span};
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, StmtId, StmtKind};

impl Reader<'_> {
    /// The statements in the braces that are part of this node.
    pub(super) fn block_of(&mut self, node: Node<'_>) -> Block {
        let mut out = Block::new();
        match kid(node, "statements") {
            Some(statements) => {
                for child in all_kids(statements) {
                    self.item(child, &mut out);
                }
                self.errors_of(node);
            }
            None if node.kind() == "control_structure_body" => {
                for child in all_kids(node) {
                    self.item(child, &mut out);
                }
            }
            None => self.errors_of(node),
        }
        out.append(&mut self.pending);
        out
    }

    /// The same, with the last value as the value of the whole.
    pub(super) fn value_of(&mut self, node: Node<'_>) -> Block {
        let mut block = self.block_of(node);
        if let Some(last) = block.last().copied() {
            self.yield_last(last);
        }
        if block.is_empty() {
            let null = self.unit.expr(ExprKind::Null, span(node));
            self.push(StmtKind::Emit(null), span(node), &mut block);
        }
        block
    }

    /// Makes the value of a statement what its block gives.
    pub(super) fn yield_last(&mut self, last: StmtId) {
        let stmt = self.unit.unit().stmt(last).clone();
        match stmt.kind {
            StmtKind::Expr(value) => self.unit.unit().stmts[last.index()].kind = StmtKind::Emit(value),
            StmtKind::If { then, otherwise, .. } => {
                for block in [then, otherwise] {
                    if let Some(last) = block.last() {
                        self.yield_last(*last);
                    }
                }
            }
            StmtKind::Switch { cases, .. } => {
                for case in cases {
                    if let Some(last) = case.body.last() {
                        self.yield_last(*last);
                    }
                }
            }
            StmtKind::Try { body, handlers, .. } => {
                for block in std::iter::once(body).chain(handlers) {
                    if let Some(last) = block.last() {
                        self.yield_last(*last);
                    }
                }
            }
            StmtKind::Block(block) => {
                if let Some(last) = block.last() {
                    self.yield_last(*last);
                }
            }
            _ => {}
        }
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
            "statements" => {
                for child in all_kids(node) {
                    self.item(child, out);
                }
            }
            "property_declaration" | "destructuring_declaration" => self.variable(node, out),
            "assignment" => {
                let value = self.assignment(node);
                self.push(StmtKind::Expr(value), at, out);
            }
            "if_expression" => {
                let Some(condition) = field(node, "condition") else { return };
                let test = self.expr(condition);
                let then = field(node, "consequence").map(|c| self.block_of(c)).unwrap_or_default();
                let otherwise = field(node, "alternative").map(|a| self.block_of(a)).unwrap_or_default();
                self.push(StmtKind::If { test, then, otherwise }, at, out);
            }
            "when_expression" => self.when(node, out),
            "try_expression" => self.try_expression(node, out),
            "for_statement" => self.for_statement(node, out),
            "while_statement" | "do_while_statement" => {
                let mut test = None;
                let mut body = Block::new();
                for part in kids(node) {
                    if part.kind() == "control_structure_body" {
                        body = self.block_of(part);
                    } else {
                        test = Some(self.expr(part));
                    }
                }
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test, body }, at, out);
            }
            "jump_expression" => self.jump(node, out),
            "label" | "annotation" => {}
            _ => {
                let value = self.expr(node);
                // What the lambda returns, the function around it returns.
                let kind =
                    if self.returns_through(node) { StmtKind::Emit(value) } else { StmtKind::Expr(value) };
                self.push(kind, at, out);
            }
        }
    }

    /// `x.use { return it.body }`: a `return` without a label leaves the function that the lambda stands in.
    fn returns_through(&self, node: Node<'_>) -> bool {
        let Some(lambda) = self.scope_lambda(node) else { return false };
        let mut stack = vec![lambda];
        while let Some(node) = stack.pop() {
            match node.kind() {
                "jump_expression" => {
                    let source = self.source(node);
                    if source.strip_prefix("return").is_some_and(|rest| rest.trim_start() != "")
                        && !source.starts_with("return@")
                    {
                        return true;
                    }
                }
                "function_declaration" | "anonymous_function" | "object_literal" => continue,
                _ => {}
            }
            stack.extend(kids(node));
        }
        false
    }

    pub(super) fn jump(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let source = self.source(node);
        let value = kids(node).into_iter().rfind(|k| k.kind() != "label" && k.kind() != "type_identifier");
        if source.starts_with("throw") {
            let value = value.map(|v| self.expr(v));
            self.push(StmtKind::Throw(value), at, out);
        } else if source.starts_with("return") {
            let value = value.map(|v| self.expr(v));
            self.push(StmtKind::Return(value), at, out);
        } else {
            self.push(StmtKind::Jump, at, out);
        }
    }

    /// A variable, or several by destructuring.
    fn variable(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let value = match kid(node, "getter").and_then(|g| kid(g, "function_body")) {
            // A computed variable of the file.
            Some(body) => kids(body).last().map(|v| self.expr(*v)),
            None => self.initial_value(node),
        };
        if let Some(several) = kid(node, "multi_variable_declaration") {
            let Some(value) = value else { return };
            let target = self.targets(several);
            let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
            self.push(StmtKind::Expr(assign), at, out);
            return;
        }
        let Some(variable) = kid(node, "variable_declaration") else { return };
        let Some(name) = kid(variable, "simple_identifier").map(|n| self.ident(n)) else { return };
        let ty = self.declared(variable);
        // Those of the file are known as such.
        if self.depth > 1 || !self.levels.is_empty() {
            self.local(&name);
        }
        self.push(StmtKind::Let { name, ty, value }, at, out);
    }

    /// The names of `(a, b)`.
    pub(super) fn targets(&mut self, several: Node<'_>) -> ExprId {
        let mut names = Vec::new();
        for variable in kids(several) {
            if let Some(name) = kid(variable, "simple_identifier") {
                let text = self.ident(name);
                self.local(&text);
                names.push(self.unit.name(text, span(name)));
            }
        }
        self.unit.expr(ExprKind::List(names), span(several))
    }

    fn for_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let parts = parts(node);
        let iterable = parts.iter().skip_while(|(_, p)| p.kind() != "in").nth(1).map(|(_, p)| *p);
        let Some(iterable) = iterable else { return };
        let iterable = self.expr(iterable);
        let target = match (kid(node, "variable_declaration"), kid(node, "multi_variable_declaration")) {
            (Some(variable), _) => {
                let name = kid(variable, "simple_identifier").map(|n| self.ident(n)).unwrap_or_default();
                self.local(&name);
                self.unit.name(name, span(variable))
            }
            (_, Some(several)) => self.targets(several),
            _ => self.other(Vec::new(), span(node)),
        };
        let body = kid(node, "control_structure_body").map(|b| self.block_of(b)).unwrap_or_default();
        let binding = Some(Binding { target, iterable });
        self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body }, span(node), out);
    }

    /// `when`, with a subject or with conditions.
    pub(super) fn when(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let subject = kid(node, "when_subject");
        let value = subject.and_then(|s| kids(s).last().copied()).map(|v| self.expr(v));
        if let (Some(subject), Some(value)) = (subject, value)
            && let Some(variable) = kid(subject, "variable_declaration")
            && let Some(name) = kid(variable, "simple_identifier").map(|n| self.ident(n))
        {
            self.local(&name);
            self.push(StmtKind::Let { name, ty: None, value: Some(value) }, span(subject), out);
        }
        let mut cases = Vec::new();
        for entry in kids(node).into_iter().filter(|k| k.kind() == "when_entry") {
            let mut labels = Vec::new();
            for condition in kids(entry).into_iter().filter(|k| k.kind() == "when_condition") {
                let label = match kids(condition).first() {
                    Some(only) if matches!(only.kind(), "range_test" | "type_test") => {
                        self.other(Vec::new(), span(*only))
                    }
                    Some(only) => self.expr(*only),
                    None => continue,
                };
                labels.push(label);
            }
            let body = kid(entry, "control_structure_body").map(|b| self.block_of(b)).unwrap_or_default();
            cases.push(Case { labels: if has_token(entry, "else") { Vec::new() } else { labels }, body });
        }
        if let Some(subject) = value {
            self.push(StmtKind::Switch { subject, cases }, at, out);
            return;
        }
        let mut otherwise = Block::new();
        for case in cases.into_iter().rev() {
            match case.labels.first().copied() {
                None => otherwise = case.body,
                Some(test) => {
                    let kind =
                        StmtKind::If { test, then: case.body, otherwise: std::mem::take(&mut otherwise) };
                    self.push(kind, at, &mut otherwise);
                }
            }
        }
        out.append(&mut otherwise);
    }

    pub(super) fn try_expression(&mut self, node: Node<'_>, out: &mut Block) {
        let body = self.block_of(node);
        let (mut handlers, mut finally) = (Vec::new(), Block::new());
        for clause in kids(node) {
            match clause.kind() {
                "catch_block" => {
                    let mut block = Block::new();
                    let ty = self.declared(clause);
                    if let Some(name) = kid(clause, "simple_identifier").map(|n| self.ident(n)) {
                        self.local(&name);
                        self.push(StmtKind::Let { name, ty, value: None }, span(clause), &mut block);
                    }
                    block.append(&mut self.block_of(clause));
                    handlers.push(block);
                }
                "finally_block" => finally = self.block_of(clause),
                _ => {}
            }
        }
        self.push(StmtKind::Try { body, handlers, finally }, span(node), out);
    }
}
