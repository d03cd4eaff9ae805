//! Statements: lists, pipelines, branches, loops, functions.

use tree_sitter::Node;

use super::word::unescape;
use super::{Lower, children, in_field};
use crate::ir::{
    BinaryOp, Binding, Block, Case, ExprId, ExprKind, Function, FunctionKind, Import, Span, StmtKind,
};

impl<'t> Lower<'t> {
    /// All statements among the children of a node.
    pub(super) fn all(&mut self, node: Node<'t>, out: &mut Block) {
        let body = children(node);
        self.statements(&body, out);
    }

    pub(super) fn statements(&mut self, nodes: &[Node<'t>], out: &mut Block) {
        for node in nodes {
            self.stmt(*node, out);
        }
    }

    /// One statement; what it writes to its output is emitted.
    pub(super) fn stmt(&mut self, node: Node<'t>, out: &mut Block) {
        if !self.enter(node) {
            return;
        }
        self.stmt_inner(node, out);
        self.leave();
    }

    fn stmt_inner(&mut self, node: Node<'t>, out: &mut Block) {
        let span = Self::span(node);
        match node.kind() {
            "comment"
            | "heredoc_body"
            | "heredoc_end"
            | "heredoc_start"
            | "heredoc_content"
            | "file_redirect"
            | "herestring_redirect" => {}
            "command" => {
                if let Some(value) = self.command(node, Vec::new(), out) {
                    self.push(StmtKind::Emit(value), span, out);
                }
            }
            "declaration_command" => self.declaration(node, out),
            "variable_assignment" => self.assignment(node, false, out),
            "pipeline" => {
                let value = self.pipeline(&children(node), span, out);
                self.push(StmtKind::Emit(value), span, out);
            }
            "list" => self.list(node, out),
            "redirected_statement" => self.redirected(node, out),
            "heredoc_redirect" | "variable_assignments" => self.all(node, out),
            "if_statement" => self.if_statement(node, out),
            "while_statement" => {
                let mut body = Block::new();
                let test = self.conditions(&in_field(node, "condition"), &mut body);
                if let Some(inner) = node.child_by_field_name("body") {
                    self.all(inner, &mut body);
                }
                let kind = StmtKind::Loop { binding: None, init: Block::new(), test, body };
                self.push(kind, span, out);
            }
            "for_statement" => self.for_statement(node, out),
            "c_style_for_statement" => {
                let mut body = Block::new();
                if let Some(inner) = node.child_by_field_name("body") {
                    self.all(inner, &mut body);
                }
                let kind = StmtKind::Loop { binding: None, init: Block::new(), test: None, body };
                self.push(kind, span, out);
            }
            "case_statement" => self.case(node, out),
            "function_definition" => self.function(node),
            "compound_statement" | "subshell" | "do_group" | "program" => {
                let mut body = Block::new();
                self.all(node, &mut body);
                self.push(StmtKind::Block(body), span, out);
            }
            "negated_command" | "test_command" | "unset_command" => {
                let (test, mut before) = (self.test(node), Block::new());
                out.append(&mut before);
                self.push(StmtKind::Expr(test), span, out);
            }
            "ERROR" => {
                self.gap(span);
                self.all(node, out);
            }
            _ => {
                let value = self.word(node);
                self.push(StmtKind::Expr(value), span, out);
            }
        }
    }

    /// A statement as a value: what it writes.
    pub(super) fn output(&mut self, node: Node<'t>) -> ExprId {
        let mut block = Block::new();
        self.stmt(node, &mut block);
        self.block(block, Self::span(node))
    }

    /// Statements as a value; one that is all of them needs no block.
    pub(super) fn block(&mut self, block: Block, span: Span) -> ExprId {
        if let [only] = block.as_slice()
            && let StmtKind::Emit(value) = self.builder.unit().stmt(*only).kind
        {
            return value;
        }
        self.expr(ExprKind::Block(block), span)
    }

    /// `a | b | c`.
    pub(super) fn pipeline(&mut self, parts: &[Node<'t>], span: Span, out: &mut Block) -> ExprId {
        let mut value: Option<ExprId> = None;
        for part in parts {
            if let Some(input) = value {
                let input = self.stored(input, Self::span(*part), out);
                let outer = self.stdin.replace(input);
                value = Some(self.output(*part));
                self.stdin = outer;
            } else {
                value = Some(self.output(*part));
            }
        }
        value.unwrap_or_else(|| self.unknown(span))
    }

    /// Keeps a value in a variable of its own, so that several commands can read it and it is computed once.
    pub(super) fn stored(&mut self, value: ExprId, span: Span, out: &mut Block) -> ExprId {
        let name = format!("|{}", span.start);
        let target = self.builder.name(name.as_str(), span);
        let assign = self.expr(ExprKind::Assign { target, value }, span);
        self.push(StmtKind::Expr(assign), span, out);
        self.builder.name(name.as_str(), span)
    }

    /// `a && b`, `a || b`, and longer.
    fn list(&mut self, node: Node<'t>, out: &mut Block) {
        let span = Self::span(node);
        let parts = children(node);
        let (Some(first), Some(second)) = (parts.first(), parts.get(1)) else {
            return self.statements(&parts, out);
        };
        let mut cursor = node.walk();
        let is_or = node.children(&mut cursor).any(|c| c.kind() == "||");
        let test = self.condition(*first, out);
        let mut way = Block::new();
        self.stmt(*second, &mut way);
        let (then, otherwise) = if is_or { (Block::new(), way) } else { (way, Block::new()) };
        self.push(StmtKind::If { test, then, otherwise }, span, out);
        self.statements(&parts[2..], out);
    }

    /// A command whose success decides. What it does besides stands in statements before.
    pub(super) fn condition(&mut self, node: Node<'t>, out: &mut Block) -> ExprId {
        if !self.enter(node) {
            return self.unknown(Self::span(node));
        }
        let parts = children(node);
        let test = if self.is_test(node) {
            self.test(node)
        } else if let ("list", [first, second]) = (node.kind(), parts.as_slice())
            && self.is_test(*first)
        {
            self.test_and_command(node, *first, *second, out)
        } else {
            self.stmt(node, out);
            self.unknown(Self::span(node))
        };
        self.leave();
        test
    }

    /// `[ "$status" = 401 ] && grep -q 900421 answer`: the command runs only when the test lets it.
    fn test_and_command(
        &mut self,
        node: Node<'t>,
        test: Node<'t>,
        command: Node<'t>,
        out: &mut Block,
    ) -> ExprId {
        let span = Self::span(node);
        let mut cursor = node.walk();
        let is_or = node.children(&mut cursor).any(|c| c.kind() == "||");
        let left = self.test(test);
        let mut way = Block::new();
        let right = self.condition(command, &mut way);
        let (then, otherwise) = if is_or { (Block::new(), way) } else { (way, Block::new()) };
        self.push(StmtKind::If { test: left, then, otherwise }, span, out);
        let op = if is_or { BinaryOp::Or } else { BinaryOp::And };
        self.expr(ExprKind::Binary { op, left, right }, span)
    }

    fn conditions(&mut self, nodes: &[Node<'t>], out: &mut Block) -> Option<ExprId> {
        let mut test = None;
        for node in nodes {
            test = Some(self.condition(*node, out));
        }
        test
    }

    fn if_statement(&mut self, node: Node<'t>, out: &mut Block) {
        let span = Self::span(node);
        let conditions = in_field(node, "condition");
        let test = self.conditions(&conditions, out).unwrap_or_else(|| self.unknown(span));
        let rest: Vec<Node<'t>> =
            children(node).into_iter().filter(|n| !conditions.iter().any(|c| c.id() == n.id())).collect();
        let is_branch = |n: &Node<'t>| matches!(n.kind(), "elif_clause" | "else_clause");
        let (branches, body): (Vec<Node<'t>>, Vec<Node<'t>>) = rest.into_iter().partition(is_branch);
        let mut then = Block::new();
        self.statements(&body, &mut then);
        let mut otherwise = Block::new();
        for branch in branches.into_iter().rev() {
            let mut block = Block::new();
            if branch.kind() == "else_clause" {
                self.all(branch, &mut block);
            } else {
                let parts = children(branch);
                if let Some((first, rest)) = parts.split_first() {
                    let test = self.condition(*first, &mut block);
                    let mut then = Block::new();
                    self.statements(rest, &mut then);
                    let otherwise = std::mem::take(&mut otherwise);
                    self.push(StmtKind::If { test, then, otherwise }, Self::span(branch), &mut block);
                }
            }
            otherwise = block;
        }
        self.push(StmtKind::If { test, then, otherwise }, span, out);
    }

    fn for_statement(&mut self, node: Node<'t>, out: &mut Block) {
        let span = Self::span(node);
        let variable = node.child_by_field_name("variable");
        let name = variable.map_or("", |n| self.slice(n));
        let mut values = Vec::new();
        self.arguments(&in_field(node, "value"), &mut values);
        let values: Vec<ExprId> = values.into_iter().map(|a| a.value).collect();
        let iterable = match values.as_slice() {
            [] => self.parameter("@", span),
            [only] => *only,
            _ => self.expr(ExprKind::List(values), span),
        };
        let target = self.target(name, variable.map_or(span, Self::span));
        let mut body = Block::new();
        if let Some(inner) = node.child_by_field_name("body") {
            self.all(inner, &mut body);
        }
        let binding = Some(Binding { target, iterable });
        self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body }, span, out);
    }

    fn case(&mut self, node: Node<'t>, out: &mut Block) {
        let span = Self::span(node);
        let subject = match node.child_by_field_name("value") {
            Some(value) => self.word(value),
            None => self.unknown(span),
        };
        let mut cases = Vec::new();
        for item in children(node).into_iter().filter(|n| n.kind() == "case_item") {
            let patterns = in_field(item, "value");
            let mut labels = Vec::new();
            let mut is_default = false;
            for pattern in &patterns {
                let text = self.slice(*pattern);
                is_default |= text == "*";
                labels.push(match pattern.kind() {
                    "word" | "extglob_pattern" | "number" if !text.contains(['*', '?', '[', '$', '(']) => {
                        self.builder.str(unescape(text), Self::span(*pattern))
                    }
                    "string" | "raw_string" => self.word(*pattern),
                    _ => self.unknown(Self::span(*pattern)),
                });
            }
            if is_default {
                labels.clear();
            }
            let body: Vec<Node<'t>> =
                children(item).into_iter().filter(|n| !patterns.iter().any(|p| p.id() == n.id())).collect();
            let mut block = Block::new();
            self.statements(&body, &mut block);
            cases.push(Case { labels, body: block });
        }
        self.push(StmtKind::Switch { subject, cases }, span, out);
    }

    fn function(&mut self, node: Node<'t>) {
        let (Some(name), Some(body)) = (node.child_by_field_name("name"), node.child_by_field_name("body"))
        else {
            return;
        };
        let mut function = Function::new(self.slice(name), FunctionKind::Function, Self::span(name));
        function.params = self.params(body);
        let id = self.builder.function(function);
        let locals = std::mem::take(&mut self.locals);
        let outer = std::mem::replace(&mut self.in_function, true);
        let stdin = self.stdin.take();
        let mut block = Block::new();
        self.all(body, &mut block);
        self.builder.set_body(id, block);
        self.locals = locals;
        self.in_function = outer;
        self.stdin = stdin;
    }

    /// `export`, `local`, `declare`, `readonly`, `typeset`.
    fn declaration(&mut self, node: Node<'t>, out: &mut Block) {
        let keyword = node.child(0).map_or("", |n| self.slice(n));
        let words = children(node);
        let is_global = words.iter().any(|w| w.kind() == "word" && self.slice(*w).contains('g'));
        let is_local = self.in_function && !matches!(keyword, "export" | "readonly") && !is_global;
        let exports =
            keyword == "export" || words.iter().any(|w| w.kind() == "word" && self.slice(*w).contains('x'));
        for word in words {
            match word.kind() {
                "variable_assignment" => {
                    if is_local && let Some(name) = word.child_by_field_name("name") {
                        self.locals.insert(self.slice(name).to_owned());
                    }
                    self.assignment(word, exports, out);
                }
                "variable_name" if is_local => {
                    let (name, span) = (self.slice(word), Self::span(word));
                    self.locals.insert(name.to_owned());
                    let value = self.builder.str("", span);
                    self.push(StmtKind::Let { name: name.into(), ty: None, value: Some(value) }, span, out);
                }
                "variable_name" if exports => {
                    let span = Self::span(word);
                    let name = self.slice(word);
                    let value = self.variable(name, span);
                    self.export(name, value, span, out);
                }
                _ => {}
            }
        }
    }

    fn export(&mut self, name: &str, value: ExprId, span: Span, out: &mut Block) {
        let target = self.expr(ExprKind::Name { name: name.into(), scope: crate::ir::Scope::Env }, span);
        let assign = self.expr(ExprKind::Assign { target, value }, span);
        self.push(StmtKind::Expr(assign), span, out);
    }

    /// `name=value`, `name+=value`, `name[key]=value`.
    pub(super) fn assignment(&mut self, node: Node<'t>, exports: bool, out: &mut Block) {
        let span = Self::span(node);
        let Some(name) = node.child_by_field_name("name") else { return };
        let value = match node.child_by_field_name("value") {
            Some(value) => self.word(value),
            None => self.builder.str("", span),
        };
        if name.kind() == "subscript" {
            let target = self.subscript_target(name);
            let assign = self.expr(ExprKind::Assign { target, value }, span);
            self.push(StmtKind::Expr(assign), span, out);
            return;
        }
        let text = self.slice(name);
        let adds = self.text[name.end_byte()..].starts_with("+=");
        let value = if adds {
            let old = self.variable(text, Self::span(name));
            self.expr(ExprKind::Template(vec![old, value]), span)
        } else {
            value
        };
        if self.locals.contains(text) {
            self.push(StmtKind::Let { name: text.into(), ty: None, value: Some(value) }, span, out);
        } else {
            self.assign(text, value, span, out);
        }
        if exports {
            let value = self.variable(text, Self::span(name));
            self.export(text, value, span, out);
        }
    }

    fn subscript_target(&mut self, node: Node<'t>) -> ExprId {
        let span = Self::span(node);
        let name = node.child_by_field_name("name").map_or("", |n| self.slice(n));
        let object = self.variable(name, span);
        let index = match node.child_by_field_name("index") {
            Some(index) => self.word(index),
            None => self.unknown(span),
        };
        self.expr(ExprKind::Index { object, index }, span)
    }

    /// `source x`, `. x`: what follows the folder that the script computes.
    pub(super) fn source(&mut self, word: Node<'t>) {
        let text = super::plain(self.slice(word));
        let fixed = text.rsplit_once(')').map_or(text.as_str(), |(_, rest)| rest);
        let fixed = match fixed.rfind('$') {
            Some(at) => fixed[at..].split_once('/').map_or("", |(_, rest)| rest),
            None => fixed,
        };
        let path = fixed.trim_start_matches("./").trim_start_matches('/');
        if !path.is_empty() {
            let import = Import { path: path.into(), member: None, alias: None, span: Self::span(word) };
            self.builder.unit().imports.push(import);
        }
    }
}
