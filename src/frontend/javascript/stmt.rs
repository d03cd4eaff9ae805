//! Statements.

use tree_sitter::Node;

use super::{Reader, all_kids, field, kids, span};
use crate::ir::{Binding, Block, Case, ExprKind, StmtKind};

impl Reader<'_> {
    /// Lowers a statement or declaration.
    pub(super) fn item(&mut self, node: Node<'_>, out: &mut Block) {
        if node.is_error() {
            self.salvage(node, out);
            return;
        }
        if !self.enter(node) {
            return;
        }
        // Statements found in errors of an outer statement are not this one's.
        let outer = std::mem::take(&mut self.pending);
        self.statement(node, out);
        self.errors_of(node);
        out.append(&mut self.pending);
        self.pending = outer;
        self.leave();
    }

    /// The statements of a block; functions are known from its beginning.
    pub(super) fn statements(&mut self, block: Node<'_>, out: &mut Block) {
        let items = all_kids(block);
        let is_function =
            |n: &Node<'_>| matches!(n.kind(), "function_declaration" | "generator_function_declaration");
        for item in items.iter().filter(|n| is_function(n)) {
            self.item(*item, out);
        }
        for item in items.iter().filter(|n| !is_function(n)) {
            self.item(*item, out);
        }
    }

    fn block(&mut self, node: Node<'_>) -> Block {
        let mut out = Block::new();
        self.nesting += 1;
        match node.kind() {
            "statement_block" | "switch_case" | "switch_default" => self.statements(node, &mut out),
            "else_clause" | "finally_clause" => {
                for inner in kids(node) {
                    if inner.kind() == "statement_block" {
                        self.statements(inner, &mut out);
                    } else {
                        self.item(inner, &mut out);
                    }
                }
            }
            _ => self.item(node, &mut out),
        }
        self.nesting -= 1;
        out
    }

    fn statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        match node.kind() {
            "import_statement" => self.import_statement(node),
            "export_statement" => self.export_statement(node, out),
            "import_alias" => self.import_alias(node, out),
            "lexical_declaration" | "variable_declaration" | "using_declaration" => self.variables(node, out),
            "function_declaration" | "generator_function_declaration" => {
                let Some(name) = field(node, "name") else { return };
                let text = self.ident(name);
                match self.prototypes.get(&text).copied() {
                    Some(owner) if self.nesting == 0 => self.prototype_constructor(owner, node, span(name)),
                    _ => self.function(text, node, span(name), out),
                }
            }
            "class_declaration" | "abstract_class_declaration" => {
                if let Some(name) = field(node, "name") {
                    let text = self.ident(name);
                    self.class(node, text, span(name));
                }
            }
            "interface_declaration" => self.interface(node),
            "enum_declaration" => self.enumeration(node),
            "internal_module" | "module" => self.namespace(node, out),
            "function_signature"
            | "type_alias_declaration"
            | "ambient_declaration"
            | "empty_statement"
            | "debugger_statement" => {}
            "expression_statement" => self.expression_statement(node, out),
            "statement_block" => {
                let block = self.block(node);
                self.push(StmtKind::Block(block), at, out);
            }
            "labeled_statement" => {
                if let Some(body) = field(node, "body") {
                    self.item(body, out);
                }
            }
            "if_statement" => {
                let Some(condition) = field(node, "condition") else { return };
                let test = self.test(condition);
                out.append(&mut self.pending);
                let then = field(node, "consequence").map(|c| self.block(c)).unwrap_or_default();
                let otherwise = field(node, "alternative").map(|a| self.block(a)).unwrap_or_default();
                self.push(StmtKind::If { test, then, otherwise }, at, out);
            }
            "for_statement" => self.for_statement(node, out),
            "for_in_statement" => self.for_in_statement(node, out),
            "while_statement" => {
                let test = field(node, "condition").map(|c| self.test(c));
                let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test, body }, at, out);
            }
            "do_statement" => {
                // The body runs before the condition is looked at.
                let mut body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
                if let Some(condition) = field(node, "condition") {
                    let value = self.expr(condition);
                    self.push(StmtKind::Expr(value), span(condition), &mut body);
                }
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test: None, body }, at, out);
            }
            "switch_statement" => self.switch_statement(node, out),
            "try_statement" => self.try_statement(node, out),
            "return_statement" | "throw_statement" => {
                let value = kids(node).first().map(|v| self.expr(*v));
                out.append(&mut self.pending);
                let is_return = node.kind() == "return_statement";
                let kind = if is_return { StmtKind::Return(value) } else { StmtKind::Throw(value) };
                self.push(kind, at, out);
            }
            "break_statement" | "continue_statement" => self.push(StmtKind::Jump, at, out),
            "with_statement" => {
                if let Some(body) = field(node, "body") {
                    let block = self.block(body);
                    self.push(StmtKind::Block(block), at, out);
                }
            }
            _ => {
                let value = self.expr(node);
                out.append(&mut self.pending);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
    }

    fn expression_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(inner) = kids(node).first().copied() else { return };
        let inner = self.unwrapped(inner);
        if matches!(inner.kind(), "internal_module" | "module") {
            self.namespace(inner, out);
            return;
        }
        if self.nesting == 0
            && inner.kind() == "assignment_expression"
            && (self.prototype_method(inner) || self.exported_function(inner, out))
        {
            return;
        }
        let value = self.expr(inner);
        out.append(&mut self.pending);
        let kind =
            if inner.kind() == "yield_expression" { StmtKind::Emit(value) } else { StmtKind::Expr(value) };
        self.push(kind, span(node), out);
    }

    fn for_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let mut init = Block::new();
        self.nesting += 1;
        if let Some(first) = field(node, "initializer") {
            match first.kind() {
                "lexical_declaration" | "variable_declaration" => self.variables(first, &mut init),
                "empty_statement" => {}
                _ => {
                    let value = self.expr(first);
                    self.push(StmtKind::Expr(value), span(first), &mut init);
                }
            }
        }
        self.nesting -= 1;
        let condition = field(node, "condition").filter(|c| c.is_named() && c.kind() != "empty_statement");
        let condition = condition.map(|c| match c.kind() {
            "expression_statement" => kids(c).first().copied().unwrap_or(c),
            _ => c,
        });
        let test = condition.map(|c| self.test(c));
        let mut body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        if let Some(step) = field(node, "increment") {
            let value = self.expr(step);
            self.push(StmtKind::Expr(value), span(step), &mut body);
        }
        self.push(StmtKind::Loop { binding: None, init, test, body }, span(node), out);
    }

    fn for_in_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else { return };
        let iterable = self.expr(right);
        let mut first = Block::new();
        let target = if left.kind() == "identifier" {
            let name = self.ident(left);
            self.unit.name(name, span(left))
        } else {
            let name = self.unit.name(Self::hidden(left), span(left));
            self.take_apart(left, name, true, &mut first);
            name
        };
        let mut rest = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        first.append(&mut rest);
        let binding = Some(Binding { target, iterable });
        self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body: first }, span(node), out);
    }

    fn switch_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let (Some(value), Some(body)) = (field(node, "value"), field(node, "body")) else { return };
        let subject = self.expr(value);
        out.append(&mut self.pending);
        let mut cases = Vec::new();
        let mut labels = Vec::new();
        for case in kids(body) {
            let value = field(case, "value");
            let label = value.map(|v| self.expr(v));
            let statements: Vec<_> = all_kids(case).into_iter().filter(|k| Some(*k) != value).collect();
            let mut block = Block::new();
            self.nesting += 1;
            for statement in &statements {
                self.item(*statement, &mut block);
            }
            self.nesting -= 1;
            match label {
                // Falls through to the next case.
                Some(label) if statements.is_empty() => labels.push(label),
                Some(label) => {
                    labels.push(label);
                    cases.push(Case { labels: std::mem::take(&mut labels), body: block });
                }
                None => {
                    labels.clear();
                    cases.push(Case { labels: Vec::new(), body: block });
                }
            }
        }
        self.errors_of(body);
        self.push(StmtKind::Switch { subject, cases }, span(node), out);
    }

    fn try_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let body = field(node, "body").map(|b| self.block(b)).unwrap_or_default();
        let mut handlers = Vec::new();
        if let Some(handler) = field(node, "handler") {
            let mut block = Block::new();
            if let Some(parameter) = field(handler, "parameter") {
                let caught = self.unit.expr(ExprKind::Other(Vec::new()), span(parameter));
                self.declared(parameter, None, Some(caught), &mut block);
            }
            if let Some(body) = field(handler, "body") {
                block.append(&mut self.block(body));
            }
            handlers.push(block);
        }
        let finally = field(node, "finalizer").map(|f| self.block(f)).unwrap_or_default();
        self.push(StmtKind::Try { body, handlers, finally }, span(node), out);
    }
}
