//! Checks that are visible without flow: literals and members that only code that looks for MFA names, and what
//! was assigned from them where it is compared with what they hold when MFA was done.

use rustc_hash::FxHashMap;

use crate::frontend::family;
use crate::ir::{ExprId, ExprKind, Init, Sym, Unit};
use crate::models::Rules;

use super::events::Found;
use super::program::{Program, fold};
use super::value::{Site, UnitId};

/// Finds them all.
pub(super) fn find(program: &Program, rules: &Rules, found: &mut Found) {
    let mut names = Names::default();
    for (id, unit) in program.units.iter().enumerate() {
        let code = &unit.unit;
        for expr in &code.exprs {
            if let Some(what) = named_by(rules, &expr.kind) {
                found.checks.insert(Site { unit: id as UnitId, span: expr.span }, what.into());
            }
        }
        names.collect(rules, family(unit.language), code);
    }
    if names.0.is_empty() {
        return;
    }
    for (id, unit) in program.units.iter().enumerate() {
        for expr in &unit.unit.exprs {
            if let Some(what) = names.compared(rules, family(unit.language), &unit.unit, &expr.kind) {
                found.checks.entry(Site { unit: id as UnitId, span: expr.span }).or_insert(what);
            }
        }
    }
}

/// The check that a single expression is.
fn named_by<'r>(rules: &'r Rules, kind: &ExprKind) -> Option<&'r str> {
    match kind {
        ExprKind::Str(text) => rules.check_literal(text.trim()),
        ExprKind::Num(text) => rules.check_literal(text),
        ExprKind::Member { name, .. } => rules.check_member(name),
        _ => None,
    }
}

/// The members and keys that hold a copy of something that checks look at, by language family and folded name, with
/// the check. Objects travel between files, so their members may be looked at anywhere; a variable is looked at
/// where it was filled, and that is a check already.
#[derive(Debug, Default)]
struct Names(FxHashMap<(&'static str, String), Sym>);

impl Names {
    fn collect(&mut self, rules: &Rules, family: &'static str, code: &Unit) {
        let member = |name: &str, value: ExprId| {
            let what = source(rules, code, value)?;
            rules.check_member(name).is_none().then(|| ((family, fold(name)), what))
        };
        let key =
            |key: ExprId| if let ExprKind::Str(text) = &code.expr(key).kind { Some(text) } else { None };
        for expr in &code.exprs {
            match &expr.kind {
                ExprKind::Assign { target, value } => {
                    if let ExprKind::Member { name, .. } = &code.expr(*target).kind {
                        self.0.extend(member(name, *value));
                    }
                }
                ExprKind::Map(entries) => {
                    self.0.extend(entries.iter().filter_map(|(k, v)| member(key(*k)?, *v)));
                }
                ExprKind::New { init, .. } => self.0.extend(init.iter().filter_map(|init| match init {
                    Init::Member(name, value) => member(name, *value),
                    Init::Entry(k, value) => member(key(*k)?, *value),
                    Init::Element(_) => None,
                })),
                _ => {}
            }
        }
    }

    /// The check that a comparison is of a copy with what says that MFA was done.
    fn compared(&self, rules: &Rules, family: &'static str, code: &Unit, kind: &ExprKind) -> Option<Sym> {
        let operands: Vec<ExprId> = match kind {
            ExprKind::Binary { left, right, .. } => vec![*left, *right],
            ExprKind::Call { callee, args, .. } => {
                let receiver = match &code.expr(*callee).kind {
                    ExprKind::Member { object, .. } => Some(*object),
                    _ => None,
                };
                receiver.into_iter().chain(args.iter().map(|a| a.value)).collect()
            }
            _ => return None,
        };
        let what = operands.iter().find_map(|e| self.copy(family, code, *e))?;
        let says = |e: &ExprId| {
            let kind = &code.expr(*e).kind;
            if let ExprKind::Str(text) = kind { rules.check_holds(what, text) } else { false }
        };
        operands.iter().any(says).then(|| what.clone())
    }

    fn copy(&self, family: &'static str, code: &Unit, expr: ExprId) -> Option<&Sym> {
        let name = match &code.expr(expr).kind {
            ExprKind::Member { name, .. } => name,
            ExprKind::Index { index, .. } => match &code.expr(*index).kind {
                ExprKind::Str(name) => name,
                _ => return None,
            },
            _ => return None,
        };
        self.0.get(&(family, fold(name)))
    }
}

/// The check whose literal or member a value is read from: `token.amr`, `claims["amr"]`, `claims.get("amr")`.
fn source(rules: &Rules, code: &Unit, value: ExprId) -> Option<Sym> {
    let what = match &code.expr(value).kind {
        ExprKind::Member { name, .. } => rules.check_member(name)?,
        ExprKind::Index { index, .. } => named_by(rules, &code.expr(*index).kind)?,
        ExprKind::Call { args, .. } => {
            args.iter().find_map(|arg| named_by(rules, &code.expr(arg.value).kind))?
        }
        ExprKind::Cast { value, .. } => return source(rules, code, *value),
        _ => return None,
    };
    Some(what.into())
}
