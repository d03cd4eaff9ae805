//! Statements.

use tree_sitter::Node;

use super::{Reader, all_kids, field, has_token, kids, parts, span};
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, FunctionKind, Span, StmtKind, Sym, TypeName};

impl Reader<'_> {
    /// The statements of a block, or one statement as a block.
    pub(super) fn block(&mut self, node: Node<'_>) -> Block {
        let mut out = Block::new();
        if node.kind() == "block" {
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
            "global_statement" | "labeled_statement" => {
                if let Some(inner) = kids(node).last().filter(|k| k.kind() != "identifier") {
                    self.item(*inner, out);
                }
            }
            "block" | "checked_statement" | "unsafe_statement" => {
                let inner = if node.kind() == "block" { Some(node) } else { kids(node).last().copied() };
                let block = inner.map(|b| self.block(b)).unwrap_or_default();
                self.push(StmtKind::Block(block), at, out);
            }
            "expression_statement" => {
                if let Some(inner) = kids(node).first() {
                    let value = self.expr(*inner);
                    self.push(StmtKind::Expr(value), at, out);
                }
            }
            "local_declaration_statement" => {
                for declaration in kids(node).into_iter().filter(|k| k.kind() == "variable_declaration") {
                    self.variables(declaration, at, out);
                }
            }
            "return_statement" => {
                let value = kids(node).first().map(|v| self.expr_as(*v, self.returns.clone()));
                self.push(StmtKind::Return(value), at, out);
            }
            "throw_statement" => {
                let value = kids(node).first().map(|v| self.expr(*v));
                self.push(StmtKind::Throw(value), at, out);
            }
            "yield_statement" => match kids(node).first() {
                Some(value) => {
                    let value = self.expr(*value);
                    self.push(StmtKind::Emit(value), at, out);
                }
                None => self.push(StmtKind::Return(None), at, out),
            },
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
            "using_statement" | "lock_statement" | "fixed_statement" => {
                let mut block = Block::new();
                let inner = kids(node);
                for (i, kid) in inner.iter().enumerate() {
                    if kid.kind() == "variable_declaration" {
                        self.variables(*kid, span(*kid), &mut block);
                    } else if i + 1 == inner.len() {
                        block.append(&mut self.block(*kid));
                    } else {
                        let value = self.expr(*kid);
                        self.push(StmtKind::Expr(value), span(*kid), &mut block);
                    }
                }
                self.push(StmtKind::Block(block), at, out);
            }
            "local_function_statement" => self.function(node, FunctionKind::Function, out),
            "preproc_if" => self.conditional_code(node, out),
            "empty_statement" => {}
            _ => {
                let value = self.expr(node);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
    }

    /// Variables with their values. `at` is the span of the only one.
    pub(super) fn variables(&mut self, declaration: Node<'_>, at: Span, out: &mut Block) {
        let ty = field(declaration, "type").and_then(|t| self.type_name(t));
        let declarators: Vec<_> =
            kids(declaration).into_iter().filter(|k| k.kind() == "variable_declarator").collect();
        for declarator in &declarators {
            let at = if declarators.len() == 1 { at } else { span(*declarator) };
            let value = self.initial_value(*declarator, ty.as_ref());
            self.errors_of(*declarator);
            if let Some(name) = field(*declarator, "name") {
                let kind = StmtKind::Let { name: self.ident(name), ty: ty.clone(), value };
                self.push(kind, at, out);
            } else if let (Some(pattern), Some(value)) = (kids(*declarator).first(), value) {
                let target = self.tuple_names(*pattern);
                let assign = self.unit.expr(ExprKind::Assign { target, value }, span(*declarator));
                self.push(StmtKind::Expr(assign), at, out);
            }
        }
        self.errors_of(declaration);
    }

    /// What stands after the `=` of a declarator.
    pub(super) fn initial_value(&mut self, declarator: Node<'_>, ty: Option<&TypeName>) -> Option<ExprId> {
        if !has_token(declarator, "=") {
            return None;
        }
        let value = kids(declarator).last().copied()?;
        Some(self.expr_as(value, ty.cloned()))
    }

    /// The names of `(a, (b, _))` as nested lists.
    pub(super) fn tuple_names(&mut self, node: Node<'_>) -> ExprId {
        if !matches!(node.kind(), "tuple_pattern" | "parenthesized_variable_designation") {
            let name = self.ident(node);
            return self.unit.name(name, span(node));
        }
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let items = kids(node).into_iter().map(|k| self.tuple_names(k)).collect();
        self.leave();
        self.unit.expr(ExprKind::List(items), span(node))
    }

    fn if_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(condition) = field(node, "condition") else { return };
        let test = self.expr(condition);
        let then = field(node, "consequence").map(|c| self.block(c)).unwrap_or_default();
        let otherwise = field(node, "alternative").map(|a| self.block(a)).unwrap_or_default();
        self.push(StmtKind::If { test, then, otherwise }, span(node), out);
    }

    fn for_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (mut init, mut step) = (Block::new(), Block::new());
        for (name, part) in parts(node) {
            match name {
                Some("initializer") if part.kind() == "variable_declaration" => {
                    self.variables(part, span(part), &mut init);
                }
                Some("initializer" | "update") if part.is_named() => {
                    let value = self.expr(part);
                    let block = if name == Some("update") { &mut step } else { &mut init };
                    self.push(StmtKind::Expr(value), span(part), block);
                }
                _ => {}
            }
        }
        let test = field(node, "condition").map(|c| self.expr(c));
        let mut body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        body.append(&mut step);
        self.push(StmtKind::Loop { binding: None, init, test, body }, span(node), out);
    }

    fn foreach_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else { return };
        let target = if matches!(left.kind(), "identifier" | "tuple_pattern") {
            self.tuple_names(left)
        } else {
            self.expr(left)
        };
        let iterable = self.expr(right);
        let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        let binding = Some(Binding { target, iterable });
        self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body }, span(node), out);
    }

    fn switch_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (Some(value), Some(body)) = (field(node, "value"), field(node, "body")) else { return };
        let subject = self.expr(value);
        let mut cases = Vec::new();
        let mut labels = Some(Vec::new());
        let sections = kids(body);
        for (i, section) in sections.iter().enumerate() {
            let mut inner = all_kids(*section);
            let own =
                if has_token(*section, "default") { None } else { self.case_labels(&mut inner, subject) };
            // `case 1: case 2: …` share the body of the last; `default` among them takes all.
            labels = match (labels, own) {
                (Some(mut labels), Some(mut own)) => {
                    labels.append(&mut own);
                    Some(labels)
                }
                _ => None,
            };
            if inner.is_empty() && i + 1 < sections.len() {
                continue;
            }
            let mut body = Block::new();
            body.append(&mut self.pending);
            for statement in inner {
                self.item(statement, &mut body);
            }
            cases.push(Case { labels: labels.unwrap_or_default(), body });
            labels = Some(Vec::new());
        }
        self.errors_of(body);
        self.push(StmtKind::Switch { subject, cases }, span(node), out);
    }

    /// Takes the label off the front of a section's children; `None` for one that always matches.
    fn case_labels(&mut self, inner: &mut Vec<Node<'_>>, subject: ExprId) -> Option<Vec<ExprId>> {
        if inner.is_empty() {
            return Some(Vec::new());
        }
        let label = inner.remove(0);
        let guard = (inner.first().is_some_and(|k| k.kind() == "when_clause")).then(|| inner.remove(0));
        self.labels(label, guard, subject)
    }

    fn try_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        let (mut handlers, mut finally) = (Vec::new(), Block::new());
        for clause in kids(node) {
            match clause.kind() {
                "catch_clause" => handlers.push(self.handler(clause)),
                "finally_clause" => {
                    finally = kids(clause).last().map(|b| self.block(*b)).unwrap_or_default();
                }
                _ => {}
            }
        }
        self.push(StmtKind::Try { body, handlers, finally }, span(node), out);
    }

    fn handler(&mut self, clause: Node<'_>) -> Block {
        let mut block = Block::new();
        for kid in kids(clause) {
            match kid.kind() {
                "catch_declaration" => {
                    let ty = field(kid, "type").and_then(|t| self.type_name(t));
                    if let Some(name) = field(kid, "name") {
                        let kind = StmtKind::Let { name: self.ident(name), ty, value: None };
                        self.push(kind, span(kid), &mut block);
                    }
                }
                "catch_filter_clause" => {
                    if let Some(filter) = kids(kid).first() {
                        let value = self.expr(*filter);
                        self.push(StmtKind::Expr(value), span(kid), &mut block);
                    }
                }
                _ => block.append(&mut self.block(kid)),
            }
        }
        block
    }

    /// `#if` around statements: one way or the other, nobody knows which.
    fn conditional_code(&mut self, node: Node<'_>, out: &mut Block) {
        let mut branches = Vec::new();
        let mut names = Vec::new();
        let mut next = Some(node);
        while let Some(branch) = next {
            let mut block = Block::new();
            for item in branch_items(branch) {
                self.item(item, &mut block);
            }
            hoist(self, &mut block, &mut names, out);
            branches.push((branch, block));
            next = field(branch, "alternative");
        }
        let mut otherwise = Block::new();
        for (branch, block) in branches.into_iter().rev() {
            if branch.kind() == "preproc_else" {
                otherwise = block;
            } else if !block.is_empty() || !otherwise.is_empty() {
                let test = self.other(Vec::new(), span(branch));
                let kind = StmtKind::If { test, then: block, otherwise: std::mem::take(&mut otherwise) };
                self.push(kind, span(branch), &mut otherwise);
            }
        }
        out.append(&mut otherwise);
    }
}

/// What stands inside one branch of an `#if`, without its condition and the other branches.
pub(super) fn branch_items(branch: Node<'_>) -> Vec<Node<'_>> {
    let (condition, alternative) = (field(branch, "condition"), field(branch, "alternative"));
    let mut items = all_kids(branch);
    items.retain(|k| Some(*k) != condition && Some(*k) != alternative);
    items
}

/// Declares the variables of a branch before it, as the code after the `#endif` sees them.
fn hoist(reader: &mut Reader<'_>, branch: &mut Block, names: &mut Vec<Sym>, out: &mut Block) {
    for id in std::mem::take(branch) {
        let stmt = &mut reader.unit.unit().stmts[id.index()];
        let StmtKind::Let { name, ty, value } = &mut stmt.kind else {
            branch.push(id);
            continue;
        };
        let (name, ty, value, at) = (name.clone(), ty.take(), *value, stmt.span);
        if !names.contains(&name) {
            names.push(name.clone());
            reader.push(StmtKind::Let { name: name.clone(), ty, value: None }, at, out);
        }
        if let Some(value) = value {
            let target = reader.unit.name(name, at);
            let assign = reader.unit.expr(ExprKind::Assign { target, value }, at);
            reader.unit.unit().stmts[id.index()].kind = StmtKind::Expr(assign);
            branch.push(id);
        }
    }
}
