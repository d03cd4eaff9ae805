//! Statements.

use tree_sitter::Node;

use super::{Reader, all_kids, field, kids, span};
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, Span, StmtKind, Sym};

impl Reader<'_> {
    /// A statement, declaration or expression, wherever it stands.
    pub(super) fn item(&mut self, node: Node<'_>, out: &mut Block) {
        if node.is_error() {
            self.gap(node);
        }
        if !self.enter(node) {
            return;
        }
        if !self.declaration(node, out) {
            self.statement(node, out);
        }
        out.append(&mut self.pending);
        self.leave();
    }

    pub(super) fn block(&mut self, node: Node<'_>) -> Block {
        let mut block = Block::new();
        let receiver = self.receiver.clone();
        for kid in all_kids(node) {
            self.item(kid, &mut block);
        }
        self.receiver = receiver;
        block
    }

    fn statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        match node.kind() {
            "ERROR" | "statement_list" | "labeled_statement" => {
                for kid in all_kids(node) {
                    if !matches!(kid.kind(), "label_name" | "package_identifier" | "type_identifier") {
                        self.item(kid, out);
                    }
                }
                return;
            }
            "block" => {
                let block = self.block(node);
                self.push(StmtKind::Block(block), at, out);
            }
            "short_var_declaration" => self.assignment(node, true, out),
            "assignment_statement" => self.assignment(node, false, out),
            "return_statement" => self.return_statement(node, out),
            "if_statement" => self.if_statement(node, out),
            "for_statement" => self.for_statement(node, out),
            "expression_switch_statement" => self.switch(node, out),
            "type_switch_statement" => self.type_switch(node, out),
            "select_statement" => self.select(node, out),
            "break_statement" | "continue_statement" | "goto_statement" => self.push(StmtKind::Jump, at, out),
            "send_statement" => {
                let (Some(channel), Some(value)) = (field(node, "channel"), field(node, "value")) else {
                    return;
                };
                let channel = self.expr(channel);
                let value = self.expr(value);
                let callee = self.unit.member(channel, "<-", at);
                let call = self.unit.call(callee, vec![crate::ir::Arg::positional(value)], at);
                self.push(StmtKind::Expr(call), at, out);
            }
            "receive_statement" => {
                let values: Vec<_> = field(node, "right").into_iter().collect();
                let targets = field(node, "left").map(kids).unwrap_or_default();
                if targets.is_empty() {
                    self.expressions(&values, out);
                } else {
                    self.assign(&targets, &values, true, at, out);
                }
            }
            "empty_statement" | "fallthrough_statement" | "comment" => {}
            _ => {
                let mut nodes = vec![node];
                if matches!(node.kind(), "go_statement" | "defer_statement" | "expression_statement") {
                    nodes = kids(node);
                }
                self.expressions(&nodes, out);
            }
        }
        self.errors_of(node);
    }

    fn expressions(&mut self, nodes: &[Node<'_>], out: &mut Block) {
        for node in nodes {
            let leaves = self.leaves(*node);
            let value = self.expr(*node);
            let kind = if leaves { StmtKind::Throw(Some(value)) } else { StmtKind::Expr(value) };
            self.push(kind, span(*node), out);
        }
    }

    /// A call that never comes back.
    fn leaves(&self, node: Node<'_>) -> bool {
        let callee = field(node, "function").filter(|_| node.kind() == "call_expression");
        callee.is_some_and(|f| {
            matches!(
                self.source(f),
                "panic" | "os.Exit" | "log.Fatal" | "log.Fatalf" | "log.Fatalln" | "log.Panic" | "log.Panicf"
            )
        })
    }

    fn assignment(&mut self, node: Node<'_>, define: bool, out: &mut Block) {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else { return };
        let (targets, values) = (kids(left), kids(right));
        let operator = field(node, "operator").map_or("=", |o| self.source(o));
        if operator != "="
            && let ([target], [value]) = (targets.as_slice(), values.as_slice())
        {
            let at = span(node);
            let old = self.expr(*target);
            let value = self.expr(*value);
            let kind = if operator == "+=" {
                ExprKind::Template(vec![old, value])
            } else {
                ExprKind::Other(vec![old, value])
            };
            let value = self.unit.expr(kind, at);
            let assign = self.unit.expr(ExprKind::Assign { target: old, value }, at);
            self.push(StmtKind::Expr(assign), at, out);
            return;
        }
        self.assign(&targets, &values, define, span(node), out);
    }

    /// `targets = values` or `targets := values`.
    pub(super) fn assign(
        &mut self,
        targets: &[Node<'_>],
        values: &[Node<'_>],
        define: bool,
        at: Span,
        out: &mut Block,
    ) {
        if targets.len() == values.len() {
            let lowered: Vec<ExprId> = values.iter().map(|v| self.expr(*v)).collect();
            for (target, value) in targets.iter().zip(lowered) {
                self.store(*target, value, define, at, out);
            }
            return;
        }
        let [value_node] = values else {
            self.expressions(values, out);
            return;
        };
        let value = self.expr(*value_node);
        let Some((last, others)) = targets.split_last() else { return };
        let asks = matches!(
            value_node.kind(),
            "index_expression" | "type_assertion_expression" | "unary_expression"
        );
        let kept = if asks || is_status(self.source(*last)) { others } else { targets };
        match kept {
            [only] => self.store(*only, value, define, at, out),
            _ => {
                let mut names = Vec::new();
                for target in kept {
                    if define {
                        self.declare(*target, at, out);
                    }
                    names.push(self.expr(*target));
                }
                let target = self.unit.expr(ExprKind::List(names), at);
                let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
                self.push(StmtKind::Expr(assign), at, out);
            }
        }
        if kept.len() < targets.len() && self.source(*last) != "_" {
            // Both ways stay open.
            let unknown = self.other(Vec::new(), span(*last));
            self.store(*last, unknown, define, at, out);
        }
    }

    fn declare(&mut self, target: Node<'_>, at: Span, out: &mut Block) {
        if target.kind() == "identifier" && self.source(target) != "_" {
            let name = self.binding_name(target);
            self.push(StmtKind::Let { name, ty: None, value: None }, at, out);
        }
    }

    /// The name of a new variable. One with the name of the receiver hides it.
    fn binding_name(&mut self, target: Node<'_>) -> Sym {
        let name = self.ident(target);
        if self.receiver.as_ref() == Some(&name) {
            self.receiver = None;
        }
        name
    }

    fn store(&mut self, target: Node<'_>, value: ExprId, define: bool, at: Span, out: &mut Block) {
        let kind = if self.source(target) == "_" {
            StmtKind::Expr(value)
        } else if define && target.kind() == "identifier" {
            StmtKind::Let { name: self.binding_name(target), ty: None, value: Some(value) }
        } else {
            let target = self.expr(target);
            StmtKind::Expr(self.unit.expr(ExprKind::Assign { target, value }, at))
        };
        self.push(kind, at, out);
    }

    /// What a function gives, without an error at the end. Where there is an error, values that only fill the
    /// other places are left out.
    fn return_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let mut nodes = kids(node);
        if let [list] = nodes.as_slice()
            && list.kind() == "expression_list"
        {
            nodes = kids(*list);
        }
        let drops = self.results.error_last && self.results.count > 1;
        let mut values: Vec<ExprId>;
        if nodes.is_empty() {
            let names = self.results.names.clone();
            let count = names.len() - usize::from(drops && !names.is_empty());
            values = names[..count].iter().map(|n| self.unit.name(n.clone(), at)).collect();
        } else if drops && nodes.len() == self.results.count {
            let error = nodes.pop();
            let failed = error.is_some_and(|e| e.kind() != "nil" && e.kind() != "call_expression")
                || error
                    .is_some_and(|e| ["fmt.Errorf", "errors."].iter().any(|p| self.source(e).starts_with(p)));
            if failed {
                nodes.retain(|n| !self.is_filler(*n));
            }
            values = nodes.iter().map(|n| self.expr(*n)).collect();
            if let Some(error) = error.filter(|e| !matches!(e.kind(), "nil" | "identifier")) {
                self.expressions(&[error], out);
            }
        } else {
            values = nodes.iter().map(|n| self.expr(*n)).collect();
        }
        let value = match values.len() {
            0 => None,
            1 => values.pop(),
            _ => Some(self.unit.expr(ExprKind::List(values), at)),
        };
        self.push(StmtKind::Return(value), at, out);
    }

    fn is_filler(&self, node: Node<'_>) -> bool {
        match node.kind() {
            "nil" | "false" | "true" => true,
            "composite_literal" => field(node, "body").is_some_and(|b| kids(b).is_empty()),
            _ => matches!(self.source(node), "\"\"" | "``" | "0" | "-1"),
        }
    }

    fn if_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let mut block = Block::new();
        let receiver = self.receiver.clone();
        if let Some(init) = field(node, "initializer") {
            self.item(init, &mut block);
        }
        let test = match field(node, "condition") {
            Some(test) => self.expr(test),
            None => self.other(Vec::new(), at),
        };
        let then = field(node, "consequence").map(|b| self.block(b)).unwrap_or_default();
        let mut otherwise = Block::new();
        if let Some(alternative) = field(node, "alternative") {
            match alternative.kind() {
                "block" => otherwise = self.block(alternative),
                _ => self.item(alternative, &mut otherwise),
            }
        }
        self.push(StmtKind::If { test, then, otherwise }, at, &mut block);
        self.receiver = receiver;
        out.append(&mut block);
    }

    fn for_statement(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let body = field(node, "body");
        let head = kids(node).into_iter().find(|k| Some(*k) != body);
        let receiver = self.receiver.clone();
        let mut init = Block::new();
        let mut binding = None;
        let mut test = None;
        let mut update = None;
        match head {
            Some(head) if head.kind() == "for_clause" => {
                if let Some(first) = field(head, "initializer") {
                    self.item(first, &mut init);
                }
                test = field(head, "condition").map(|c| self.expr(c));
                update = field(head, "update");
            }
            Some(head) if head.kind() == "range_clause" => {
                let iterable = field(head, "right").map(|r| self.expr(r));
                let mut targets = field(head, "left").map(kids).unwrap_or_default();
                if targets.len() > 1 {
                    let key = targets.remove(0);
                    let unknown = self.other(Vec::new(), span(key));
                    self.store(key, unknown, true, span(head), &mut init);
                }
                match (targets.first(), iterable) {
                    (Some(target), Some(iterable)) => {
                        let target = if target.kind() == "identifier" && self.source(*target) != "_" {
                            let name = self.binding_name(*target);
                            self.unit.name(name, span(*target))
                        } else {
                            self.expr(*target)
                        };
                        binding = Some(Binding { target, iterable });
                    }
                    (None, Some(iterable)) => self.push(StmtKind::Expr(iterable), span(head), &mut init),
                    _ => {}
                }
            }
            Some(head) => test = Some(self.expr(head)),
            None => {}
        }
        let mut block = body.map(|b| self.block(b)).unwrap_or_default();
        if let Some(update) = update {
            self.item(update, &mut block);
        }
        self.receiver = receiver;
        self.push(StmtKind::Loop { binding, init, test, body: block }, at, out);
    }

    /// The statements of a case, without what chooses it.
    fn case_body(&mut self, case: Node<'_>, head: &[&str]) -> Block {
        let mut body = Block::new();
        let mut heads = Vec::new();
        for name in head {
            heads.extend(super::fields(case, name));
        }
        for kid in all_kids(case).into_iter().filter(|k| !heads.contains(k)) {
            self.item(kid, &mut body);
        }
        body
    }

    fn switch(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        if let Some(init) = field(node, "initializer") {
            self.item(init, out);
        }
        let subject = field(node, "value").map(|v| self.expr(v));
        let mut cases = Vec::new();
        let mut default = Block::new();
        for case in kids(node) {
            match case.kind() {
                "expression_case" => {
                    let labels = field(case, "value").map(kids).unwrap_or_default();
                    let labels: Vec<ExprId> = labels.into_iter().map(|l| self.expr(l)).collect();
                    let body = self.case_body(case, &["value"]);
                    cases.push((labels, body, span(case)));
                }
                "default_case" => default = self.case_body(case, &[]),
                _ => {}
            }
        }
        if let Some(subject) = subject {
            let mut all: Vec<Case> =
                cases.into_iter().map(|(labels, body, _)| Case { labels, body }).collect();
            // The default case comes last, wherever it is written.
            all.push(Case { labels: Vec::new(), body: default });
            self.push(StmtKind::Switch { subject, cases: all }, at, out);
            return;
        }
        // Without a subject, the first case that holds.
        let mut otherwise = default;
        for (labels, then, at) in cases.into_iter().rev() {
            let mut labels = labels.into_iter();
            let Some(first) = labels.next() else { continue };
            let test = labels.fold(first, |left, right| {
                self.unit.expr(ExprKind::Binary { op: crate::ir::BinaryOp::Or, left, right }, at)
            });
            let kind = StmtKind::If { test, then, otherwise: std::mem::take(&mut otherwise) };
            self.push(kind, at, &mut otherwise);
        }
        out.append(&mut otherwise);
    }

    fn type_switch(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        if let Some(init) = field(node, "initializer") {
            self.item(init, out);
        }
        let Some(value_node) = field(node, "value") else { return };
        let alias = field(node, "alias").and_then(|a| kids(a).first().copied());
        let value = self.expr(value_node);
        let alias = alias.map(|a| self.binding_name(a));
        match &alias {
            Some(name) => {
                self.push(StmtKind::Let { name: name.clone(), ty: None, value: Some(value) }, at, out);
            }
            None => self.push(StmtKind::Expr(value), at, out),
        }
        let subject = self.other(Vec::new(), at);
        let mut cases = Vec::new();
        for case in kids(node).into_iter().filter(|k| matches!(k.kind(), "type_case" | "default_case")) {
            let types = super::fields(case, "type");
            let label = self.other(Vec::new(), span(case));
            let mut body = Block::new();
            if let Some(alias) = &alias {
                let ty = match types.as_slice() {
                    [only] => self.type_name(*only),
                    _ => None,
                };
                let value = self.unit.name(alias.clone(), span(case));
                self.push(
                    StmtKind::Let { name: alias.clone(), ty, value: Some(value) },
                    span(case),
                    &mut body,
                );
            }
            body.append(&mut self.case_body(case, &["type"]));
            cases.push(Case { labels: vec![label], body });
        }
        self.push(StmtKind::Switch { subject, cases }, at, out);
    }

    fn select(&mut self, node: Node<'_>, out: &mut Block) {
        let at = span(node);
        let subject = self.other(Vec::new(), at);
        let mut cases = Vec::new();
        for case in kids(node) {
            let mut body = Block::new();
            if let Some(communication) = field(case, "communication") {
                self.item(communication, &mut body);
            }
            body.append(&mut self.case_body(case, &["communication"]));
            let label = self.other(Vec::new(), span(case));
            cases.push(Case { labels: vec![label], body });
        }
        self.push(StmtKind::Switch { subject, cases }, at, out);
    }
}

/// The name of a variable that only says whether the others are any good.
fn is_status(name: &str) -> bool {
    matches!(name, "_" | "ok" | "found" | "exists" | "e") || name.starts_with("err") || name.ends_with("Err")
}
