//! What lies within a part of a unit, by place.

use crate::ir::{Expr, ExprId, ExprKind, Span, Stmt, StmtId, StmtKind, Unit};

/// `inner` lies within `outer`.
pub(super) fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The part that a block covers; nothing for an empty one.
pub(super) fn of_block(unit: &Unit, block: &[StmtId]) -> Option<Span> {
    block.iter().map(|id| unit.stmt(*id).span).reduce(Span::to)
}

/// The expressions in a part.
pub(super) fn exprs(unit: &Unit, part: Span) -> impl Iterator<Item = &Expr> {
    unit.exprs.iter().filter(move |e| within(e.span, part))
}

/// The statements in a part.
pub(super) fn stmts(unit: &Unit, part: Span) -> impl Iterator<Item = &Stmt> {
    unit.stmts.iter().filter(move |s| within(s.span, part))
}

/// The name that is called, without its receiver, lower-case.
pub(super) fn callee(unit: &Unit, expr: &Expr) -> Option<String> {
    let ExprKind::Call { callee, .. } = &expr.kind else { return None };
    match &unit.expr(*callee).kind {
        ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => Some(name.to_ascii_lowercase()),
        _ => None,
    }
}

/// How a block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The function, or the loop, is left.
    Leaves,
    /// The loop begins its next round.
    Again,
    /// What follows goes on.
    GoesOn,
}

/// How a block ends that lies in a loop. `text` is the file's, for telling `break` from `continue`.
pub(super) fn end(unit: &Unit, block: &[StmtId], text: &str) -> End {
    for id in block {
        let stmt = unit.stmt(*id);
        let found = match &stmt.kind {
            StmtKind::Return(_) | StmtKind::Throw(_) => End::Leaves,
            StmtKind::Jump => {
                let word = text.get(stmt.span.start as usize..stmt.span.end as usize).unwrap_or_default();
                let word = word.trim_start().to_ascii_lowercase();
                if ["break", "last", "exit"].iter().any(|w| word.starts_with(w)) {
                    End::Leaves
                } else {
                    End::Again
                }
            }
            StmtKind::Expr(e) | StmtKind::Emit(e) => match callee(unit, unit.expr(*e)).as_deref() {
                Some("exit" | "die" | "abort" | "exit!") => End::Leaves,
                _ => End::GoesOn,
            },
            StmtKind::Block(inner) => end(unit, inner, text),
            StmtKind::Try { body, .. } => end(unit, body, text),
            StmtKind::If { then, otherwise, .. } if !otherwise.is_empty() => {
                match (end(unit, then, text), end(unit, otherwise, text)) {
                    (a, b) if a == b => a,
                    _ => End::GoesOn,
                }
            }
            _ => End::GoesOn,
        };
        if found != End::GoesOn {
            return found;
        }
    }
    End::GoesOn
}

/// The innermost expression of those that `wanted` takes, around a part.
pub(super) fn around(unit: &Unit, part: Span, wanted: impl Fn(ExprId, &Expr) -> bool) -> Option<ExprId> {
    let all = unit.exprs.iter().enumerate().map(|(i, e)| (ExprId(i as u32), e));
    all.filter(|(id, e)| within(part, e.span) && wanted(*id, e))
        .min_by_key(|(_, e)| e.span.end - e.span.start)
        .map(|(id, _)| id)
}
