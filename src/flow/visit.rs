//! A walk over statements and expressions.

use crate::ir::{ExprId, ExprKind, StmtKind, Unit};

/// Pushes the parts of a statement: inner statements and expressions.
pub(crate) fn visit_stmt(
    unit: &Unit,
    stmt: crate::ir::StmtId,
    stmts: &mut Vec<crate::ir::StmtId>,
    exprs: &mut Vec<ExprId>,
) {
    match &unit.stmt(stmt).kind {
        StmtKind::Expr(e) | StmtKind::Emit(e) => exprs.push(*e),
        StmtKind::Let { value, .. } | StmtKind::Return(value) | StmtKind::Throw(value) => exprs.extend(value),
        StmtKind::Jump | StmtKind::Define(_) => {}
        StmtKind::If { test, then, otherwise } => {
            exprs.push(*test);
            stmts.extend(then);
            stmts.extend(otherwise);
        }
        StmtKind::Switch { subject, cases } => {
            exprs.push(*subject);
            for case in cases {
                exprs.extend(&case.labels);
                stmts.extend(&case.body);
            }
        }
        StmtKind::Loop { binding, init, test, body } => {
            if let Some(binding) = binding {
                exprs.extend([binding.target, binding.iterable]);
            }
            exprs.extend(test);
            stmts.extend(init);
            stmts.extend(body);
        }
        StmtKind::Try { body, handlers, finally } => {
            stmts.extend(body);
            for handler in handlers {
                stmts.extend(handler);
            }
            stmts.extend(finally);
        }
        StmtKind::Block(block) => stmts.extend(block),
    }
}

/// Pushes the parts of an expression. Bodies of lambdas are functions of their own and not entered.
pub(crate) fn visit_expr(
    _unit: &Unit,
    kind: &ExprKind,
    exprs: &mut Vec<ExprId>,
    stmts: &mut Vec<crate::ir::StmtId>,
) {
    use crate::ir::Init;
    match kind {
        ExprKind::Str(_)
        | ExprKind::Bool(_)
        | ExprKind::Num(_)
        | ExprKind::Null
        | ExprKind::Name { .. }
        | ExprKind::This
        | ExprKind::Base
        | ExprKind::TypeRef(_)
        | ExprKind::Module(_)
        | ExprKind::Lambda(_) => {}
        ExprKind::Template(parts) | ExprKind::List(parts) | ExprKind::Other(parts) => exprs.extend(parts),
        ExprKind::Member { object, .. } => exprs.push(*object),
        ExprKind::Index { object, index } => exprs.extend([*object, *index]),
        ExprKind::Call { callee, args, .. } => {
            exprs.push(*callee);
            exprs.extend(args.iter().map(|a| a.value));
        }
        ExprKind::New { args, init, .. } => {
            exprs.extend(args.iter().map(|a| a.value));
            for part in init {
                match part {
                    Init::Member(_, value) | Init::Element(value) => exprs.push(*value),
                    Init::Entry(key, value) => exprs.extend([*key, *value]),
                }
            }
        }
        ExprKind::Map(entries) => exprs.extend(entries.iter().flat_map(|(k, v)| [*k, *v])),
        ExprKind::Assign { target, value } => exprs.extend([*target, *value]),
        ExprKind::Cond { test, then, otherwise } => exprs.extend([*test, *then, *otherwise]),
        ExprKind::Match { subject, arms } => {
            exprs.push(*subject);
            for (labels, value) in arms {
                exprs.extend(labels);
                exprs.push(*value);
            }
        }
        ExprKind::Binary { left, right, .. } => exprs.extend([*left, *right]),
        ExprKind::Not(e) => exprs.push(*e),
        ExprKind::Cast { value, .. } => exprs.push(*value),
        ExprKind::Block(block) => stmts.extend(block),
    }
}
