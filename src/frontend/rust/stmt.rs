//! Blocks and statements. What a block gives is returned, emitted or dropped, by where it stands.

use syn::{Expr, Stmt};

use super::expr::unwrap_all;
use super::{Reader, span};
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, Span, StmtKind};

impl Reader {
    /// The body of a function: what it gives is returned.
    pub(super) fn body(&mut self, block: &syn::Block) -> Block {
        self.statements(block, Some(true))
    }

    /// A block whose value is used where it stands.
    pub(super) fn emitting(&mut self, block: &syn::Block) -> Block {
        self.statements(block, Some(false))
    }

    /// A block whose value is dropped.
    fn dropping(&mut self, block: &syn::Block) -> Block {
        self.statements(block, None)
    }

    fn statements(&mut self, block: &syn::Block, gives: Option<bool>) -> Block {
        let mut out = Block::new();
        if !self.enter(span(block)) {
            return out;
        }
        // Items are in scope before they are written down.
        for stmt in &block.stmts {
            if let Stmt::Item(item) = stmt {
                self.item(item, true, &mut out);
            }
        }
        let last = block.stmts.len().saturating_sub(1);
        for (index, stmt) in block.stmts.iter().enumerate() {
            match stmt {
                Stmt::Item(_) => {}
                Stmt::Local(local) => self.local(local, &mut out),
                Stmt::Macro(m) => {
                    let at = span(m);
                    let value = self.macro_expr(&m.mac, at);
                    let leaves = leaves(&m.mac);
                    let kind = match gives {
                        _ if leaves => StmtKind::Throw(Some(value)),
                        Some(true) if index == last && m.semi_token.is_none() => {
                            StmtKind::Return(Some(value))
                        }
                        Some(false) if index == last && m.semi_token.is_none() => StmtKind::Emit(value),
                        _ => StmtKind::Expr(value),
                    };
                    self.push(kind, at, &mut out);
                }
                Stmt::Expr(expr, semi) => match gives {
                    Some(returns) if index == last && semi.is_none() => {
                        self.value_of(expr, returns, &mut out);
                    }
                    _ => self.statement(expr, &mut out),
                },
            }
        }
        self.leave();
        out
    }

    /// What a closure or function body gives.
    pub(super) fn tail(&mut self, expr: &Expr, out: &mut Block) {
        self.value_of(expr, true, out);
    }

    /// An expression whose value is returned or emitted. Its branches are statements, so that they may leave.
    pub(super) fn value_of(&mut self, expr: &Expr, returns: bool, out: &mut Block) {
        let at = span(expr);
        if !self.enter(at) {
            return;
        }
        let gives = Some(returns);
        match expr {
            Expr::Block(e) if e.label.is_none() => out.append(&mut self.statements(&e.block, gives)),
            Expr::Unsafe(e) => out.append(&mut self.statements(&e.block, gives)),
            Expr::If(e) => self.branch(e, gives, out),
            Expr::Match(e) => self.choice(e, gives, out),
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::ForLoop(_) | Expr::While(_) => {
                self.statement(expr, out);
            }
            Expr::Loop(e) => {
                let body = self.dropping(&e.body);
                let kind = StmtKind::Loop { binding: None, init: Block::new(), test: None, body };
                self.push(kind, at, out);
            }
            Expr::Call(e) if is_error(&e.func) => {
                let value = self.expr(expr);
                let kind = if returns { StmtKind::Throw(Some(value)) } else { StmtKind::Emit(value) };
                self.push(kind, at, out);
            }
            _ => {
                let value = self.expr(expr);
                let kind = if returns { StmtKind::Return(Some(value)) } else { StmtKind::Emit(value) };
                self.push(kind, at, out);
            }
        }
        self.leave();
    }

    /// An expression whose value nobody wants.
    fn statement(&mut self, expr: &Expr, out: &mut Block) {
        let at = span(expr);
        if !self.enter(at) {
            return;
        }
        match expr {
            Expr::Block(e) => {
                let block = self.dropping(&e.block);
                self.push(StmtKind::Block(block), at, out);
            }
            Expr::Unsafe(e) => {
                let block = self.dropping(&e.block);
                self.push(StmtKind::Block(block), at, out);
            }
            Expr::If(e) => self.branch(e, None, out),
            Expr::Match(e) => self.choice(e, None, out),
            Expr::Return(e) => match &e.expr {
                Some(value) => self.value_of(value, true, out),
                None => self.push(StmtKind::Return(None), at, out),
            },
            Expr::Break(e) => {
                if let Some(value) = &e.expr {
                    // What a loop gives.
                    let value = self.expr(value);
                    self.push(StmtKind::Emit(value), at, out);
                }
                self.push(StmtKind::Jump, at, out);
            }
            Expr::Continue(_) => self.push(StmtKind::Jump, at, out),
            Expr::Loop(e) => {
                let body = self.dropping(&e.body);
                let kind = StmtKind::Loop { binding: None, init: Block::new(), test: None, body };
                self.push(kind, at, out);
            }
            Expr::While(e) => {
                let mut body = Block::new();
                let test = match unwrap_all(&e.cond) {
                    Expr::Let(l) => {
                        let value = self.expr(&l.expr);
                        let value = self.held(value, &mut body);
                        self.bind(&l.pat, value, &mut body);
                        None
                    }
                    cond => Some(self.expr(cond)),
                };
                body.append(&mut self.dropping(&e.body));
                self.push(StmtKind::Loop { binding: None, init: Block::new(), test, body }, at, out);
            }
            Expr::ForLoop(e) => {
                let iterable = self.expr(&e.expr);
                let mut body = Block::new();
                let name = Self::plain_name(&e.pat);
                let place = span(&e.pat);
                let target = self.unit.name(name.clone().unwrap_or_else(|| "<each>".to_owned()), place);
                if name.is_none() {
                    self.bind(&e.pat, target, &mut body);
                }
                body.append(&mut self.dropping(&e.body));
                let binding = Some(Binding { target, iterable });
                self.push(StmtKind::Loop { binding, init: Block::new(), test: None, body }, at, out);
            }
            _ => {
                let value = self.expr(expr);
                self.push(StmtKind::Expr(value), at, out);
            }
        }
        self.leave();
    }

    fn local(&mut self, local: &syn::Local, out: &mut Block) {
        let at = span(local);
        let Some(init) = &local.init else {
            if let Some(name) = Self::plain_name(&local.pat) {
                let ty = match &local.pat {
                    syn::Pat::Type(t) => self.type_name(&t.ty),
                    _ => None,
                };
                self.push(StmtKind::Let { name: name.into(), ty, value: None }, at, out);
            }
            return;
        };
        // A choice that may leave the function is made first.
        let value = match unwrap_all(&init.expr) {
            Expr::If(_) | Expr::Match(_)
                if may_leave(&init.expr) && Self::plain_name(&local.pat).is_some() =>
            {
                self.chosen(local, &init.expr, out);
                return;
            }
            _ => self.expr(&init.expr),
        };
        if let Some((_, otherwise)) = &init.diverge {
            let pattern = self.other(Vec::new(), span(&local.pat).to(span(&init.expr)));
            let test = self.unit.expr(ExprKind::Not(pattern), at);
            let mut block = Block::new();
            self.statement(otherwise, &mut block);
            self.push(StmtKind::If { test, then: block, otherwise: Block::new() }, at, out);
        }
        let value = if Self::plain_name(&local.pat).is_some() { value } else { self.held(value, out) };
        self.bind(&local.pat, value, out);
    }

    /// A value that is looked at more than once: kept in a variable, unless it is one.
    pub(super) fn held(&mut self, value: ExprId, out: &mut Block) -> ExprId {
        let expr = self.unit.unit().expr(value);
        let at = expr.span;
        if matches!(expr.kind, ExprKind::Name { .. } | ExprKind::This | ExprKind::Str(_)) {
            return value;
        }
        let name = format!("<held {}>", self.unit.unit().stmts.len());
        self.push(StmtKind::Let { name: name.as_str().into(), ty: None, value: Some(value) }, at, out);
        self.unit.name(name, at)
    }

    /// `let x = match … { … => return … }`: every way assigns the variable, or leaves.
    fn chosen(&mut self, local: &syn::Local, expr: &Expr, out: &mut Block) {
        let Some(name) = Self::plain_name(&local.pat) else { return };
        let at = span(local);
        let mut block = Block::new();
        self.push(StmtKind::Let { name: name.as_str().into(), ty: None, value: None }, at, out);
        let start = self.unit.unit().stmts.len();
        self.value_of(unwrap_all(expr), false, &mut block);
        // What the ways give goes to the variable.
        for index in start..self.unit.unit().stmts.len() {
            let StmtKind::Emit(value) = self.unit.unit().stmts[index].kind else { continue };
            let place = self.unit.unit().stmts[index].span;
            let within = self.nested(index);
            if within {
                continue;
            }
            let target = self.unit.name(name.as_str(), place);
            let assign = self.unit.expr(ExprKind::Assign { target, value }, place);
            self.unit.unit().stmts[index].kind = StmtKind::Expr(assign);
        }
        out.append(&mut block);
    }

    /// The statement belongs to a block that is an expression of its own.
    fn nested(&mut self, index: usize) -> bool {
        let unit = self.unit.unit();
        let mut wanted = crate::ir::StmtId(index as u32);
        for _ in 0..64 {
            let inside = |b: &Block| b.contains(&wanted);
            if unit.exprs.iter().any(|e| matches!(&e.kind, ExprKind::Block(b) if inside(b))) {
                return true;
            }
            let outer = unit.stmts.iter().position(|s| match &s.kind {
                StmtKind::If { then, otherwise, .. } => inside(then) || inside(otherwise),
                StmtKind::Switch { cases, .. } => cases.iter().any(|c| inside(&c.body)),
                StmtKind::Loop { body, init, .. } => inside(body) || inside(init),
                StmtKind::Block(b) => inside(b),
                _ => false,
            });
            match outer {
                Some(outer) => wanted = crate::ir::StmtId(outer as u32),
                None => return false,
            }
        }
        false
    }

    fn branch(&mut self, e: &syn::ExprIf, gives: Option<bool>, out: &mut Block) {
        let at = span(e);
        let mut names = Block::new();
        let test = match unwrap_all(&e.cond) {
            Expr::Let(l) => {
                let value = self.expr(&l.expr);
                let value = self.held(value, out);
                let labels = self.labels(&l.pat);
                self.bind(&l.pat, value, &mut names);
                match labels.as_slice() {
                    [label] if !matches!(self.unit.unit().expr(*label).kind, ExprKind::Other(_)) => {
                        let (op, left, right) = (crate::ir::BinaryOp::Eq, value, *label);
                        self.unit.expr(ExprKind::Binary { op, left, right }, at)
                    }
                    _ => self.other(Vec::new(), at),
                }
            }
            cond => self.expr(cond),
        };
        let mut then = names;
        then.append(&mut self.statements(&e.then_branch, gives));
        let mut otherwise = Block::new();
        if let Some((_, other)) = &e.else_branch {
            match gives {
                Some(returns) => self.value_of(other, returns, &mut otherwise),
                None => self.statement(other, &mut otherwise),
            }
        }
        self.push(StmtKind::If { test, then, otherwise }, at, out);
    }

    fn choice(&mut self, e: &syn::ExprMatch, gives: Option<bool>, out: &mut Block) {
        let at = span(e);
        let subject = self.expr(&e.expr);
        let subject = self.held(subject, out);
        let mut cases = Vec::new();
        for arm in &e.arms {
            let pat = Self::unguarded(&arm.pat);
            let mut labels = self.labels(pat);
            let mut body = Block::new();
            self.bind(pat, subject, &mut body);
            if let Some(guard) = Self::guard(&arm.pat) {
                let test = self.expr(guard);
                self.push(StmtKind::Expr(test), span(guard), &mut body);
                labels = vec![self.other(Vec::new(), span(&arm.pat))];
            }
            match gives {
                Some(returns) => self.value_of(&arm.body, returns, &mut body),
                None => self.statement(&arm.body, &mut body),
            }
            cases.push(Case { labels, body });
        }
        self.push(StmtKind::Switch { subject, cases }, at, out);
    }

    /// The value of a call that stands for an error.
    pub(super) fn unknown(&mut self, at: Span) -> ExprId {
        self.other(Vec::new(), at)
    }
}

fn is_error(function: &Expr) -> bool {
    matches!(function, Expr::Path(p) if p.path.is_ident("Err"))
}

/// The macro never comes back.
fn leaves(mac: &syn::Macro) -> bool {
    let name = mac.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
    matches!(name.as_str(), "panic" | "bail" | "unreachable" | "todo" | "unimplemented")
}

/// A way of the choice is a `return`.
fn may_leave(expr: &Expr) -> bool {
    let ends = |block: &syn::Block| match block.stmts.last() {
        Some(Stmt::Expr(e, _)) => matches!(e, Expr::Return(_) | Expr::Continue(_) | Expr::Break(_)),
        _ => false,
    };
    match unwrap_all(expr) {
        Expr::Match(m) => m.arms.iter().any(|a| match &*a.body {
            Expr::Return(_) | Expr::Continue(_) | Expr::Break(_) => true,
            Expr::Block(b) => ends(&b.block),
            _ => false,
        }),
        Expr::If(e) => {
            ends(&e.then_branch)
                || e.else_branch.as_ref().is_some_and(|(_, other)| match &**other {
                    Expr::Block(b) => ends(&b.block),
                    other => may_leave(other),
                })
        }
        _ => false,
    }
}
