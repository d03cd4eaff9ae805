//! What the code does when Partner Center refuses a call for want of MFA.

use std::collections::{BTreeMap, BTreeSet};

use super::region::{self, End, within};
use super::{Scene, callers, carries_user};
use crate::ir::{BinaryOp, Block, Expr, ExprKind, Span, StmtKind, Unit};
use crate::models::{CheckKind, Errors};
use crate::report::{Finding, Flow, Reach, Verdict};
use crate::verdict::Judged;

/// Longer texts are prose or data, and no test of a status.
const MAX_TEST: usize = 80;

/// All rows of the rule files together.
fn rows(scene: &Scene<'_>) -> Errors {
    let mut all = Errors::default();
    for row in scene.rules.files().filter_map(|(_, file)| file.errors.as_ref()) {
        all.mfa.extend(row.mfa.iter().cloned());
        all.other.extend(row.other.iter().cloned());
        all.status.extend(row.status.iter().cloned());
        all.status_names.extend(row.status_names.iter().cloned());
        all.retries.extend(row.retries.iter().map(|n| n.to_ascii_lowercase()));
        all.fallbacks.extend(row.fallbacks.iter().map(|n| n.to_ascii_lowercase()));
    }
    all
}

/// The number stands in the text by itself, not as a part of another.
fn holds_number(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + number.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(|c| c.is_ascii_digit())
    })
}

/// A number without its separators and suffix: `900_421L`.
fn digits(number: &str) -> String {
    number.replace('_', "").trim_end_matches(|c: char| c.is_ascii_alphabetic()).to_owned()
}

/// The expression is this number, or a text that holds it.
pub(super) fn is_code(expr: &Expr, codes: &[String]) -> bool {
    match &expr.kind {
        ExprKind::Num(number) => codes.contains(&digits(number)),
        ExprKind::Str(text) => codes.iter().any(|code| holds_number(text, code)),
        _ => false,
    }
}

/// The expression names the status of a refusal.
pub(super) fn is_status(expr: &Expr, errors: &Errors) -> bool {
    match &expr.kind {
        ExprKind::Num(number) => errors.status.contains(&digits(number)),
        ExprKind::Str(text) => {
            text.len() <= MAX_TEST
                && !text.contains("://")
                && errors.status.iter().any(|status| holds_number(text, status))
        }
        ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => {
            let bare: String = name.chars().filter(|c| *c != '_').collect::<String>().to_ascii_lowercase();
            errors.status_names.iter().any(|end| bare.ends_with(end.as_str()))
        }
        _ => false,
    }
}

/// Where the code names the error codes of the refusal, with the name of the check.
pub(super) fn handled(scene: &Scene<'_>) -> Vec<(String, u32, Span)> {
    let errors = rows(scene);
    let checks = scene.rules.files().flat_map(|(_, file)| &file.checks);
    let Some(what) =
        checks.into_iter().find(|row| row.kind == CheckKind::Handles).map(|row| row.what.clone())
    else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (id, unit) in scene.program.units.iter().enumerate() {
        let found = unit.unit.exprs.iter().filter(|e| is_code(e, &errors.mfa));
        out.extend(found.map(|e| (what.clone(), id as u32, e.span)));
    }
    out
}

pub(super) fn findings(scene: &Scene<'_>, judged: &Judged) -> Vec<Finding> {
    let errors = rows(scene);
    let callers = callers(scene, judged);
    let mut out = super::fallback::findings(scene, judged, &errors, &callers);
    if judged.calls.is_empty() {
        return out;
    }
    let calls = sites(judged, Kind::Call);
    for (id, unit) in scene.program.units.iter().enumerate() {
        let id = id as u32;
        let code = Code {
            unit: &unit.unit,
            text: &scene.source(id).text,
            errors: &errors,
            sends: sends(&unit.unit, &callers, of_unit(&calls, id)),
            marks: unit.unit.exprs.iter().filter(|e| is_status(e, &errors)).map(|e| e.span).collect(),
            ours: unit.names_partner_center,
        };
        let mut report = |rule: &str, spans: BTreeSet<Span>| {
            out.extend(spans.into_iter().filter_map(|s| scene.finding(rule, scene.locate(id, s), &[])));
        };
        report("mfa-error-retried", code.retried());
        report("mfa-error-confused", code.confused());
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Call,
    Password,
    OtherSignIn,
}

/// The places of a kind, by unit.
pub(super) fn sites(judged: &Judged, kind: Kind) -> BTreeMap<u32, Vec<Span>> {
    let mut out: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    if kind == Kind::Call {
        let sends = judged.calls.iter().zip(&judged.sites);
        for (_, site) in sends.filter(|(call, _)| carries_user(call, judged)) {
            out.entry(site.unit).or_default().push(site.span);
        }
        return out;
    }
    for (one, key) in judged.acquisitions.iter().zip(&judged.keys) {
        let password = one.flow == Flow::Ropc && one.verdict == Verdict::Blocked;
        if one.partner_center != Reach::No && password == (kind == Kind::Password) {
            out.entry(key.site.unit).or_default().push(key.site.span);
        }
    }
    out
}

/// The places in one unit.
pub(super) fn of_unit(all: &BTreeMap<u32, Vec<Span>>, unit: u32) -> Vec<Span> {
    all.get(&unit).cloned().unwrap_or_default()
}

/// The calls of a unit, and its calls of functions that make such calls.
pub(super) fn sends(unit: &Unit, names: &BTreeSet<String>, own: Vec<Span>) -> Vec<Span> {
    let mut all = own;
    if !names.is_empty() {
        let called = unit.exprs.iter().filter_map(|e| Some((region::callee(unit, e)?, e.span)));
        all.extend(called.filter(|(name, _)| names.contains(name)).map(|(_, span)| span));
    }
    all
}

/// One unit, with what is known of it.
struct Code<'a> {
    unit: &'a Unit,
    text: &'a str,
    errors: &'a Errors,
    /// App+User calls in this unit, and calls of functions that make them.
    sends: Vec<Span>,
    /// Where the status of a refusal is named.
    marks: Vec<Span>,
    /// The file names Partner Center.
    ours: bool,
}

impl Code<'_> {
    fn names_mfa(&self, part: Span) -> bool {
        region::exprs(self.unit, part).any(|e| is_code(e, &self.errors.mfa))
    }

    /// Tests for a refusal after which a loop, or a helper, repeats the call.
    fn retried(&self) -> BTreeSet<Span> {
        let mut out = BTreeSet::new();
        let marks = &self.marks;
        if marks.is_empty() || (self.sends.is_empty() && !self.ours) {
            return out;
        }
        for stmt in &self.unit.stmts {
            let StmtKind::Loop { binding, init, test, body } = &stmt.kind else { continue };
            let mine: Vec<Span> = marks.iter().copied().filter(|m| within(*m, stmt.span)).collect();
            if mine.is_empty() || self.names_mfa(stmt.span) {
                continue;
            }
            let sends: Vec<Span> = self.sends.iter().copied().filter(|s| within(*s, stmt.span)).collect();
            if sends.is_empty() || self.walks(binding.as_ref(), init, body, &sends) {
                continue;
            }
            let tested = test.or_else(|| self.tail_test(body)).map(|t| self.unit.expr(t).span);
            for mark in mine {
                let in_test = tested.is_some_and(|t| within(mark, t) && !self.negated(mark, t));
                if in_test || self.goes_again(mark, body) {
                    out.insert(mark);
                }
            }
        }
        for expr in &self.unit.exprs {
            let Some(name) = region::callee(self.unit, expr) else { continue };
            if self.errors.retries.contains(&name) && !self.names_mfa(expr.span) {
                let fits = |m: &Span| within(*m, expr.span) && !self.negated(*m, expr.span);
                out.extend(marks.iter().copied().find(fits));
            }
        }
        out
    }

    /// The test behind the body of a `do … while`, where it is the body's last statement: a comparison whose value
    /// nothing else uses.
    fn tail_test(&self, body: &Block) -> Option<crate::ir::ExprId> {
        let StmtKind::Expr(last) = self.unit.stmt(*body.last()?).kind else { return None };
        matches!(self.unit.expr(last).kind, ExprKind::Binary { .. } | ExprKind::Not(_)).then_some(last)
    }

    /// The loop goes through a list: its variable takes part in the call. The next round is another call.
    fn walks(
        &self,
        binding: Option<&crate::ir::Binding>,
        init: &Block,
        body: &Block,
        sends: &[Span],
    ) -> bool {
        let mut names: BTreeSet<String> = BTreeSet::new();
        let name_of = |e: &Expr| match &e.kind {
            ExprKind::Name { name, .. } => Some(name.to_string()),
            _ => None,
        };
        if let Some(binding) = binding {
            let target = self.unit.expr(binding.target).span;
            names.extend(region::exprs(self.unit, target).filter_map(name_of));
            let iterable = self.unit.expr(binding.iterable).span;
            // Counting rounds: `range(3)`, `1..3`. Anything else is a list of things.
            if !region::exprs(self.unit, iterable).any(|e| matches!(e.kind, ExprKind::Num(_))) {
                let count = |n: &str| ["retr", "attempt", "tries"].iter().any(|w| n.contains(w));
                let text = self.text.get(iterable.start as usize..iterable.end as usize).unwrap_or_default();
                if !count(&text.to_ascii_lowercase()) {
                    return true;
                }
            }
        }
        if let Some(part) = region::of_block(self.unit, init) {
            for stmt in region::stmts(self.unit, part) {
                if let StmtKind::Let { name, .. } = &stmt.kind {
                    names.insert(name.to_string());
                }
            }
        }
        let Some(body) = region::of_block(self.unit, body) else { return false };
        region::exprs(self.unit, body).any(|e| match &e.kind {
            ExprKind::Index { index, .. } => {
                name_of(self.unit.expr(*index)).is_some_and(|n| names.contains(&n))
            }
            ExprKind::Name { name, .. } => {
                names.contains(name.as_ref()) && sends.iter().any(|s| within(e.span, *s))
            }
            _ => false,
        })
    }

    /// The test says that the mark is *not* so.
    fn negated(&self, mark: Span, test: Span) -> bool {
        let turns = region::exprs(self.unit, test).filter(|e| {
            within(mark, e.span)
                && matches!(e.kind, ExprKind::Not(_) | ExprKind::Binary { op: BinaryOp::Ne, .. })
        });
        turns.count() % 2 == 1
    }

    /// After the mark holds, the loop begins again.
    fn goes_again(&self, mark: Span, body: &Block) -> bool {
        for stmt in &self.unit.stmts {
            match &stmt.kind {
                StmtKind::If { test, then, otherwise } => {
                    let test = self.unit.expr(*test).span;
                    if !within(mark, test) {
                        continue;
                    }
                    let taken = if self.negated(mark, test) { otherwise } else { then };
                    return match region::end(self.unit, taken, self.text) {
                        End::Leaves => false,
                        End::Again => true,
                        End::GoesOn if self.negated(mark, test) && otherwise.is_empty() => {
                            // `if (status != 401) return answer;` is what ends the loop.
                            region::end(self.unit, then, self.text) == End::Leaves
                                && self.rest_repeats(stmt.span, body)
                        }
                        End::GoesOn => self.rest_repeats(stmt.span, body),
                    };
                }
                StmtKind::Switch { cases, .. } => {
                    let labelled =
                        |c: &&crate::ir::Case| c.labels.iter().any(|l| within(mark, self.unit.expr(*l).span));
                    if let Some(case) = cases.iter().find(labelled) {
                        let leaves = case.body.iter().any(|s| {
                            matches!(self.unit.stmt(*s).kind, StmtKind::Return(_) | StmtKind::Throw(_))
                        });
                        return !leaves && self.rest_repeats(stmt.span, body);
                    }
                }
                // Where a branch is an expression.
                StmtKind::Expr(e) | StmtKind::Emit(e) => {
                    let ExprKind::Cond { test, then, otherwise } = &self.unit.expr(*e).kind else { continue };
                    let test = self.unit.expr(*test).span;
                    if !within(mark, test) {
                        continue;
                    }
                    let taken = if self.negated(mark, test) { *otherwise } else { *then };
                    let taken = self.unit.expr(taken).span;
                    let leaves = region::stmts(self.unit, taken)
                        .any(|s| matches!(s.kind, StmtKind::Return(_) | StmtKind::Throw(_)));
                    return !leaves && self.rest_repeats(stmt.span, body);
                }
                _ => {}
            }
        }
        false
    }

    /// What follows in the body does not leave the loop for certain.
    fn rest_repeats(&self, after: Span, body: &Block) -> bool {
        let rest: Vec<_> =
            body.iter().copied().filter(|s| self.unit.stmt(*s).span.start >= after.end).collect();
        region::end(self.unit, &rest, self.text) != End::Leaves
    }

    /// Places that take the refusal for want of MFA and others for the same.
    fn confused(&self) -> BTreeSet<Span> {
        let is_mfa = |e: &Expr| is_code(e, &self.errors.mfa);
        let is_other = |e: &Expr| is_code(e, &self.errors.other);
        let mut out: BTreeSet<Span> = BTreeSet::new();
        if !self.unit.exprs.iter().any(is_mfa) || !self.unit.exprs.iter().any(is_other) {
            return out;
        }
        let both = |ids: &mut dyn Iterator<Item = crate::ir::ExprId>| {
            let all: Vec<&Expr> = ids.map(|id| self.unit.expr(id)).collect();
            all.iter().any(|e| is_mfa(e)) && all.iter().any(|e| is_other(e))
        };
        for expr in &self.unit.exprs {
            let found = match &expr.kind {
                ExprKind::List(items) => both(&mut items.iter().copied()),
                ExprKind::Call { args, .. } | ExprKind::New { args, .. } => {
                    both(&mut args.iter().map(|a| a.value))
                }
                // Perl's `||` gives a value.
                ExprKind::Binary { op: BinaryOp::Or | BinaryOp::Coalesce, .. } => {
                    let inside: Vec<&Expr> = region::exprs(self.unit, expr.span).collect();
                    inside.iter().any(|e| is_mfa(e)) && inside.iter().any(|e| is_other(e))
                }
                ExprKind::Match { arms, .. } => {
                    arms.iter().any(|(labels, _)| both(&mut labels.iter().copied()))
                }
                // A pattern: `900421|900420`.
                ExprKind::Str(text) => text.contains('|') && is_mfa(expr) && is_other(expr),
                _ => false,
            };
            if found {
                out.insert(expr.span);
            }
        }
        for stmt in &self.unit.stmts {
            let StmtKind::Switch { cases, .. } = &stmt.kind else { continue };
            let mut labels = Vec::new();
            for case in cases {
                labels.extend(case.labels.iter().copied());
                // An empty case falls through to the next.
                if case.body.is_empty() {
                    continue;
                }
                if both(&mut labels.iter().copied()) {
                    let mark = labels.iter().map(|l| self.unit.expr(*l)).find(|e| is_mfa(e));
                    out.extend(mark.map(|e| e.span));
                }
                labels.clear();
            }
        }
        // The widest place says it once.
        let all: Vec<Span> = out.iter().copied().collect();
        out.retain(|s| !all.iter().any(|other| other != s && within(*s, *other)));
        out
    }
}
