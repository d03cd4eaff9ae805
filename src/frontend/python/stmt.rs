//! Statements.

use tree_sitter::Node;

use super::{Reader, all_kids, field, fields, kids, span};
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, StmtKind};

impl Reader<'_> {
    /// The statements of a block. Functions defined in it are in force from its start on.
    pub(super) fn block(&mut self, node: Node<'_>) -> Block {
        let mut out = Block::new();
        if node.kind() == "block" {
            for child in all_kids(node) {
                self.item(child, &mut out);
            }
        } else {
            self.item(node, &mut out);
        }
        let is_define = |reader: &mut Self, id: &crate::ir::StmtId| {
            let unit = reader.unit.unit();
            let StmtKind::Define(func) = unit.stmt(*id).kind else { return false };
            let name = unit.function(func).name.clone();
            !reader.redefined.contains(&name)
        };
        let (mut first, rest): (Block, Block) = out.into_iter().partition(|id| is_define(self, id));
        first.extend(rest);
        first
    }

    fn blocks(&mut self, node: Option<Node<'_>>) -> Block {
        node.map(|n| self.block(n)).unwrap_or_default()
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
            "expression_statement" => self.expression_statement(node, out),
            "return_statement" => {
                let value = kids(node).first().map(|v| self.expr(*v));
                self.push(StmtKind::Return(value), at, out);
            }
            "raise_statement" => {
                let value = kids(node).first().map(|v| self.expr(*v));
                self.push(StmtKind::Throw(value), at, out);
            }
            "break_statement" | "continue_statement" => self.push(StmtKind::Jump, at, out),
            "if_statement" => self.if_statement(node, out),
            "while_statement" => {
                let test = field(node, "condition").map(|c| self.test(c));
                let body = self.blocks(field(node, "body"));
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test, body }, at, out);
                self.loop_else(node, out);
            }
            "for_statement" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else { return };
                let iterable = self.expr(right);
                let target = self.expr(left);
                let body = self.blocks(field(node, "body"));
                let binding = Some(Binding { target, iterable });
                self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body }, at, out);
                self.loop_else(node, out);
            }
            "try_statement" => self.try_statement(node, out),
            "with_statement" => {
                let mut block = Block::new();
                for clause in kids(node).into_iter().filter(|k| k.kind() == "with_clause") {
                    for item in kids(clause) {
                        let Some(value) = field(item, "value") else { continue };
                        let value_id = self.expr(value);
                        self.push(StmtKind::Expr(value_id), span(item), &mut block);
                    }
                }
                block.append(&mut self.blocks(field(node, "body")));
                self.push(StmtKind::Block(block), at, out);
            }
            "match_statement" => self.match_statement(node, out),
            "global_statement"
            | "nonlocal_statement"
            | "pass_statement"
            | "import_statement"
            | "import_from_statement"
            | "future_import_statement"
            | "type_alias_statement" => {}
            _ => {
                let value = self.expr(node);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
    }

    fn expression_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let parts = kids(node);
        let [inner] = parts.as_slice() else {
            let value = self.children(node);
            self.push(StmtKind::Expr(value), at, out);
            return;
        };
        match inner.kind() {
            // Documentation, and `...`.
            "string" | "ellipsis" => {}
            "yield" => {
                let value = self.expr(*inner);
                self.push(StmtKind::Emit(value), at, out);
            }
            "assignment" => self.assignment(*inner, out),
            _ => {
                let value = self.expr(*inner);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
    }

    /// An assignment. One with a type, or in a function inside a function, makes a new variable.
    fn assignment(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let Some(left) = field(node, "left") else { return };
        let ty = field(node, "type").and_then(|t| self.type_name(t));
        let Some(right) = field(node, "right") else { return };
        let name = (left.kind() == "identifier").then(|| self.sym(left));
        let own = self.functions > 1
            && name.as_ref().is_some_and(|n| !self.nonlocals.contains(n) && !self.globals.contains(n));
        match name {
            Some(name) if (ty.is_some() || own) && !self.globals.contains(&name) => {
                let value = Some(self.expr(right));
                self.push(StmtKind::Let { name, ty, value }, at, out);
            }
            _ => {
                let value = self.expr(node);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
        self.errors_of(node);
    }

    fn if_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let mut ways = Vec::new();
        let mut otherwise = Block::new();
        if let Some(condition) = field(node, "condition") {
            let test = self.test(condition);
            ways.push((node, test, self.blocks(field(node, "consequence"))));
        }
        for clause in fields(node, "alternative") {
            match field(clause, "condition") {
                Some(condition) => {
                    let test = self.test(condition);
                    ways.push((clause, test, self.blocks(field(clause, "consequence"))));
                }
                None => otherwise = self.blocks(field(clause, "body")),
            }
            self.errors_of(clause);
        }
        // As many as one likes may stand side by side, but only so many in one another.
        if ways.len() > 64 {
            let end = ways.split_off(64);
            for (_, _, mut block) in end {
                otherwise.append(&mut block);
            }
        }
        for (clause, test, then) in ways.into_iter().rev() {
            let kind = StmtKind::If { test, then, otherwise: std::mem::take(&mut otherwise) };
            self.push(kind, span(clause), &mut otherwise);
        }
        out.append(&mut otherwise);
    }

    /// What runs when a loop was not left early.
    fn loop_else(&mut self, node: Node<'_>, out: &mut Block) {
        if let Some(body) = field(node, "alternative").and_then(|a| field(a, "body")) {
            let block = self.block(body);
            self.push(StmtKind::Block(block), span(body), out);
        }
    }

    fn try_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let mut body = self.blocks(field(node, "body"));
        let (mut handlers, mut finally) = (Vec::new(), Block::new());
        for clause in kids(node) {
            match clause.kind() {
                "except_clause" | "except_group_clause" => handlers.push(self.handler(clause)),
                "else_clause" => body.append(&mut self.blocks(field(clause, "body"))),
                "finally_clause" => {
                    finally = self.blocks(kids(clause).into_iter().find(|k| k.kind() == "block"));
                }
                _ => {}
            }
        }
        self.push(StmtKind::Try { body, handlers, finally }, span(node), out);
    }

    fn handler(&mut self, clause: Node<'_>) -> Block {
        let mut block = Block::new();
        for kid in kids(clause) {
            if kid.kind() == "block" {
                block.append(&mut self.block(kid));
            } else if let Some(name) = field(clause, "alias").filter(|a| *a == kid) {
                self.caught(name, &mut block);
            } else if let Some(name) = field(kid, "alias").and_then(|a| kids(a).first().copied()) {
                self.caught(name, &mut block);
            }
        }
        self.errors_of(clause);
        block
    }

    /// The variable that holds the exception.
    fn caught(&mut self, name: Node<'_>, block: &mut Block) {
        let kind = StmtKind::Let { name: self.sym(name), ty: None, value: None };
        self.push(kind, span(name), block);
    }

    fn match_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let subjects: Vec<ExprId> = fields(node, "subject").into_iter().map(|s| self.expr(s)).collect();
        let subject = match subjects.as_slice() {
            [only] => *only,
            _ => self.unit.expr(ExprKind::List(subjects), span(node)),
        };
        let mut cases = Vec::new();
        let clauses = field(node, "body").map(kids).unwrap_or_default();
        for clause in clauses.into_iter().filter(|k| k.kind() == "case_clause") {
            let mut body = Block::new();
            let patterns: Vec<Node<'_>> =
                kids(clause).into_iter().filter(|k| k.kind() == "case_pattern").collect();
            let mut labels = Some(Vec::new());
            for pattern in patterns {
                labels = labels.and_then(|l| self.pattern(pattern, subject, l, &mut body));
            }
            let mut labels = labels.unwrap_or_default();
            if let Some(guard) = field(clause, "guard") {
                // Whether the case is taken depends on more than the subject.
                let test = kids(guard).first().map(|g| self.test(*g));
                labels = vec![self.other(test.into_iter().collect(), span(guard))];
            }
            body.append(&mut self.blocks(field(clause, "consequence")));
            self.errors_of(clause);
            cases.push(Case { labels, body });
        }
        self.push(StmtKind::Switch { subject, cases }, span(node), out);
    }

    /// Adds what a pattern compares with; `None` when it takes anything.
    fn pattern(
        &mut self,
        pattern: Node<'_>,
        subject: ExprId,
        mut labels: Vec<ExprId>,
        body: &mut Block,
    ) -> Option<Vec<ExprId>> {
        let at = span(pattern);
        let inner = kids(pattern).first().copied();
        let inner = inner.filter(|_| self.source(pattern) != "_")?;
        match inner.kind() {
            "dotted_name" if kids(inner).len() == 1 => {
                let target = self.expr(inner);
                let assign = self.unit.expr(ExprKind::Assign { target, value: subject }, at);
                self.push(StmtKind::Expr(assign), at, body);
                None
            }
            "union_pattern" => {
                labels.extend(kids(inner).into_iter().map(|k| self.expr(k)).collect::<Vec<_>>());
                Some(labels)
            }
            "class_pattern" | "dict_pattern" | "list_pattern" | "tuple_pattern" | "as_pattern"
            | "splat_pattern" => {
                labels.push(self.other(Vec::new(), at));
                Some(labels)
            }
            _ => {
                labels.push(self.expr(inner));
                Some(labels)
            }
        }
    }
}
