//! Documents: section members, queries, and what the engine does with a connector's sign-in.

use std::collections::HashSet;

use super::{Member, State};
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Arg, Block, ExprId, ExprKind, FuncId, Function, FunctionKind, Scope, Span, StmtKind, Sym};

/// What code asks for the credential of the data source with.
const CURRENT_CREDENTIAL: &str = "Extension.CurrentCredential";

impl Reader<'_, State> {
    /// The whole file; `name` is what other queries call it.
    pub(super) fn document(&mut self, name: &str) -> Block {
        let mut body = Block::new();
        if self.at("[") && self.closing(0).is_some_and(|end| self.is(end + 1, "section")) {
            self.attribute();
        }
        if self.eat("section") {
            self.word();
            self.eat(";");
            while !self.at_end() {
                self.member(&mut body);
            }
            self.bind_credential();
        } else if !self.at_end() {
            let start = self.start();
            self.variable(name.into(), start, &mut body);
            while !self.at_end() {
                self.skip();
            }
        }
        body
    }

    /// `[DataSource.Kind = "X"]`.
    fn attribute(&mut self) {
        self.bump();
        let gaps = self.nodes.unit().gaps.len();
        self.skip_brackets();
        // It is understood, and means nothing here.
        self.nodes.unit().gaps.truncate(gaps);
    }

    /// `[…] shared name = value;`
    fn member(&mut self, body: &mut Block) {
        if self.at("[") && self.closing(0).is_some() {
            self.attribute();
        }
        if self.at("shared") && self.is_word(1) {
            self.bump();
        }
        let start = self.start();
        if !(self.is_word(0) && self.is(1, "=")) {
            self.skip();
            return;
        }
        let Some(name) = self.word() else { return };
        self.bump();
        let from = self.nodes.unit().exprs.len();
        self.variable(name.clone(), start, body);
        let to = self.nodes.unit().exprs.len();
        self.state.members.push(Member { name, from, to });
        if !self.eat(";") {
            while !self.at_end() && !self.eat(";") {
                self.skip();
            }
        }
    }

    /// A top-level value: a function if it is one.
    fn variable(&mut self, name: Sym, start: usize, body: &mut Block) {
        let place = if name.is_empty() { Span::new(start, start) } else { self.since(start) };
        if self.at_function() {
            let function = self.function(name, FunctionKind::Function, start);
            self.nodes.unit().functions[function.index()].span = place;
            return;
        }
        let value = self.value();
        let kind = if name.is_empty() {
            StmtKind::Emit(value)
        } else {
            StmtKind::Let { name, ty: None, value: Some(value) }
        };
        body.push(self.stmt(kind, start));
    }

    /// A connector that signs in itself names its handlers in a record. The engine calls them and sends what
    /// they return with every access to data outside of them.
    fn bind_credential(&mut self) {
        let mut handlers: Vec<Sym> = Vec::new();
        let mut credential: Vec<ExprId> = Vec::new();
        for index in 0..self.nodes.unit().exprs.len() {
            let ExprKind::Map(entries) = &self.nodes.unit().exprs[index].kind else { continue };
            let entries = entries.clone();
            for (key, value) in entries {
                let ExprKind::Str(key) = self.nodes.kind(key).clone() else { continue };
                if !matches!(&*key, "StartLogin" | "FinishLogin" | "Refresh") {
                    continue;
                }
                let span = self.place(value);
                let callee = match self.nodes.kind(value).clone() {
                    ExprKind::Name { name, scope } => {
                        handlers.push(name.clone());
                        self.nodes.expr(ExprKind::Name { name, scope }, span)
                    }
                    ExprKind::Lambda(function) => self.nodes.expr(ExprKind::Lambda(function), span),
                    _ => continue,
                };
                if &*key != "StartLogin" {
                    let args = Vec::new();
                    let call = ExprKind::Call { callee, args, type_args: Vec::new() };
                    credential.push(self.nodes.expr(call, span));
                }
            }
        }
        if credential.is_empty() {
            return;
        }
        let span = self.place(credential[0]);
        let mut function = Function::new(CURRENT_CREDENTIAL, FunctionKind::Function, span);
        function.has_body = true;
        let function: FuncId = self.nodes.function(function);
        let list = self.nodes.expr(ExprKind::Other(credential), span);
        let returned = self.nodes.stmt(StmtKind::Return(Some(list)), span);
        self.nodes.set_body(function, vec![returned]);
        let own = self.reachable(&handlers);
        for access in std::mem::take(&mut self.state.accesses) {
            if own.iter().any(|range| range.contains(&access.index())) {
                continue;
            }
            let span = self.place(access);
            let name = ExprKind::Name { name: CURRENT_CREDENTIAL.into(), scope: Scope::Lexical };
            let callee = self.nodes.expr(name, span);
            let call = ExprKind::Call { callee, args: Vec::new(), type_args: Vec::new() };
            let value = self.nodes.expr(call, span);
            if let ExprKind::Call { args, .. } = &mut self.nodes.unit().exprs[access.index()].kind {
                args.push(Arg::named("Credential", value));
            }
        }
    }

    /// The nodes of these members and of all that they name.
    fn reachable(&mut self, from: &[Sym]) -> Vec<std::ops::Range<usize>> {
        let mut seen: HashSet<Sym> = HashSet::new();
        let mut open: Vec<Sym> = from.to_vec();
        let mut ranges = Vec::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            for member in &self.state.members {
                if member.name == name {
                    ranges.push(member.from..member.to);
                    let nodes = &self.nodes.unit().exprs[member.from..member.to];
                    open.extend(nodes.iter().filter_map(|e| match &e.kind {
                        ExprKind::Name { name, .. } => Some(name.clone()),
                        _ => None,
                    }));
                }
            }
        }
        ranges
    }

    /// Skips to what can only begin something new.
    pub(super) fn recover(&mut self, ends: &[&str]) {
        while !self.at_end() && !self.at_any(ends) {
            if self.at_any(&["(", "[", "{"]) && self.peek(0).kind == Kind::Operator {
                self.bump();
                self.skip_brackets();
            } else {
                self.skip();
            }
        }
    }
}
