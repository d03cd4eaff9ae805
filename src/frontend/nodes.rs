//! The nodes of the unit, with a bound on how deep they nest.

use super::MAX_DEPTH;
use crate::ir::{
    Arg, Block, Expr, ExprId, ExprKind, FuncId, Function, Init, Span, StmtId, StmtKind, TypeDecl, TypeId,
    Unit, UnitBuilder,
};

/// Builds the unit and knows the height of every node. A node that would be higher than [`MAX_DEPTH`] loses
/// its children, whatever made it so high: brackets, a long chain of members, or a long `elseif` ladder.
pub(super) struct Nodes {
    builder: UnitBuilder,
    exprs: Vec<u32>,
    stmts: Vec<u32>,
    functions: Vec<u32>,
}

impl Nodes {
    pub(super) fn new() -> Self {
        Self { builder: UnitBuilder::new(), exprs: Vec::new(), stmts: Vec::new(), functions: vec![0] }
    }

    pub(super) fn unit(&mut self) -> &mut Unit {
        self.builder.unit()
    }

    pub(super) fn kind(&mut self, id: ExprId) -> &ExprKind {
        &self.builder.unit().expr(id).kind
    }

    pub(super) fn span(&mut self, id: ExprId) -> Span {
        self.builder.unit().expr(id).span
    }

    pub(super) fn finish(self) -> Unit {
        self.builder.finish()
    }

    /// Notes text that made no sense; neighbours become one gap.
    pub(super) fn gap(&mut self, span: Span) {
        let gaps = &mut self.builder.unit().gaps;
        match gaps.last_mut() {
            Some(last) if last.end >= span.start && last.start <= span.start => {
                last.end = last.end.max(span.end);
            }
            _ => gaps.push(span),
        }
    }

    pub(super) fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        let height = self.height(&kind) + 1;
        if height as usize > MAX_DEPTH {
            self.gap(span);
            self.exprs.push(1);
            return self.builder.expr(ExprKind::Other(Vec::new()), span);
        }
        self.exprs.push(height);
        self.builder.expr(kind, span)
    }

    /// A second node of the same kind, for values that stand in two places. Only names, literals and members
    /// of them: sharing anything larger could make the tree exponentially large.
    pub(super) fn copy(&mut self, id: ExprId) -> Option<ExprId> {
        let mut budget = 16;
        if !self.is_small(id, &mut budget) {
            return None;
        }
        let Expr { kind, span } = self.builder.unit().expr(id).clone();
        Some(self.expr(kind, span))
    }

    fn is_small(&mut self, id: ExprId, budget: &mut u32) -> bool {
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        match *self.kind(id) {
            ExprKind::Name { .. }
            | ExprKind::This
            | ExprKind::Str(_)
            | ExprKind::Num(_)
            | ExprKind::Bool(_)
            | ExprKind::Null
            | ExprKind::TypeRef(_) => true,
            ExprKind::Member { object, .. } => self.is_small(object, budget),
            ExprKind::Index { object, index } => {
                self.is_small(object, budget) && self.is_small(index, budget)
            }
            _ => false,
        }
    }

    /// Adds a part to a text or list that nothing else refers to yet; `false` when it is neither.
    pub(super) fn append(&mut self, id: ExprId, part: ExprId, end: u32) -> bool {
        let height = self.of(part) + 1;
        if height as usize > MAX_DEPTH {
            return false;
        }
        let Expr { kind, span } = &mut self.builder.unit().exprs[id.index()];
        let (ExprKind::Template(parts) | ExprKind::List(parts)) = kind else { return false };
        parts.push(part);
        span.end = span.end.max(end);
        let known = &mut self.exprs[id.index()];
        *known = height.max(*known);
        true
    }

    pub(super) fn stmt(&mut self, kind: StmtKind, span: Span) -> StmtId {
        let height = self.stmt_height(&kind) + 1;
        if height as usize > MAX_DEPTH {
            self.gap(span);
            let lost = self.expr(ExprKind::Other(Vec::new()), span);
            self.stmts.push(2);
            return self.builder.stmt(StmtKind::Expr(lost), span);
        }
        self.stmts.push(height);
        self.builder.stmt(kind, span)
    }

    pub(super) fn function(&mut self, function: Function) -> FuncId {
        self.functions.push(0);
        self.builder.function(function)
    }

    pub(super) fn set_body(&mut self, id: FuncId, body: Block) {
        self.functions[id.index()] = self.block(&body);
        self.builder.set_body(id, body);
    }

    pub(super) fn type_decl(&mut self, decl: TypeDecl) -> TypeId {
        self.builder.type_decl(decl)
    }

    fn of(&self, id: ExprId) -> u32 {
        self.exprs[id.index()]
    }

    fn most(&self, ids: &[ExprId]) -> u32 {
        ids.iter().map(|id| self.of(*id)).max().unwrap_or(0)
    }

    fn block(&self, block: &Block) -> u32 {
        block.iter().map(|id| self.stmts[id.index()]).max().unwrap_or(0)
    }

    fn args(&self, args: &[Arg]) -> u32 {
        args.iter().map(|arg| self.of(arg.value)).max().unwrap_or(0)
    }

    fn height(&self, kind: &ExprKind) -> u32 {
        match kind {
            ExprKind::Template(ids) | ExprKind::List(ids) | ExprKind::Other(ids) => self.most(ids),
            ExprKind::Str(_)
            | ExprKind::Bool(_)
            | ExprKind::Num(_)
            | ExprKind::Null
            | ExprKind::Name { .. }
            | ExprKind::This
            | ExprKind::Base
            | ExprKind::Module(_)
            | ExprKind::TypeRef(_) => 0,
            ExprKind::Member { object, .. } => self.of(*object),
            ExprKind::Index { object: a, index: b }
            | ExprKind::Assign { target: a, value: b }
            | ExprKind::Binary { left: a, right: b, .. } => self.of(*a).max(self.of(*b)),
            ExprKind::Call { callee, args, .. } => self.of(*callee).max(self.args(args)),
            ExprKind::New { args, init, .. } => {
                let init = init.iter().map(|part| match part {
                    Init::Member(_, value) | Init::Element(value) => self.of(*value),
                    Init::Entry(key, value) => self.of(*key).max(self.of(*value)),
                });
                self.args(args).max(init.max().unwrap_or(0))
            }
            ExprKind::Map(entries) => {
                entries.iter().map(|(key, value)| self.of(*key).max(self.of(*value))).max().unwrap_or(0)
            }
            ExprKind::Lambda(function) => self.functions[function.index()],
            ExprKind::Cond { test, then, otherwise } => self.most(&[*test, *then, *otherwise]),
            ExprKind::Match { subject, arms } => {
                let arms = arms.iter().map(|(labels, value)| self.most(labels).max(self.of(*value)));
                self.of(*subject).max(arms.max().unwrap_or(0))
            }
            ExprKind::Not(value) | ExprKind::Cast { value, .. } => self.of(*value),
            ExprKind::Block(block) => self.block(block),
        }
    }

    fn stmt_height(&self, kind: &StmtKind) -> u32 {
        match kind {
            StmtKind::Expr(e) | StmtKind::Emit(e) => self.of(*e),
            StmtKind::Let { value: e, .. } | StmtKind::Return(e) | StmtKind::Throw(e) => {
                e.map_or(0, |e| self.of(e))
            }
            StmtKind::Jump => 0,
            StmtKind::If { test, then, otherwise } => {
                self.of(*test).max(self.block(then)).max(self.block(otherwise))
            }
            StmtKind::Switch { subject, cases } => {
                let cases = cases.iter().map(|case| self.most(&case.labels).max(self.block(&case.body)));
                self.of(*subject).max(cases.max().unwrap_or(0))
            }
            StmtKind::Loop { binding, init, test, body } => {
                let binding = binding.as_ref().map_or(0, |b| self.of(b.target).max(self.of(b.iterable)));
                let test = test.map_or(0, |e| self.of(e));
                binding.max(test).max(self.block(init)).max(self.block(body))
            }
            StmtKind::Try { body, handlers, finally } => {
                let handlers = handlers.iter().map(|block| self.block(block)).max().unwrap_or(0);
                self.block(body).max(handlers).max(self.block(finally))
            }
            StmtKind::Block(block) => self.block(block),
            StmtKind::Define(function) => self.functions[function.index()],
        }
    }
}
