//! Sign-ins with a password that the code turns to when something else failed.

use std::collections::BTreeSet;

use super::errors::{Kind, is_code, is_status, of_unit, sends, sites};
use super::region::{self, End, within};
use super::{Scene, callers_of};
use crate::ir::{BinaryOp, Block, Expr, ExprId, ExprKind, Span, Stmt, StmtId, StmtKind, Sym, Unit};
use crate::models::Errors;
use crate::report::{Finding, Flow};
use crate::verdict::Judged;

/// How the patterns of a failure begin: Rust, F#, Scala, and `null` of the others.
const FAILURES: &[&str] = &["err", "error", "none", "failure", "left", "null", "nil", "nothing"];

/// Calls that say whether something is missing, or failed.
const MISSING: &[&str] = &[
    "isnullorempty",
    "isnullorwhitespace",
    "isempty",
    "is_empty",
    "empty",
    "empty?",
    "isblank",
    "blank?",
    "nil?",
    "is_null",
    "isnull",
    "is_err",
    "is_none",
    "isfailure",
    "isnothing",
    "iserror",
];

/// Methods that objects of all kinds have: of a sign-in the name says nothing (`config.get(…)`).
const COMMON: &[&str] = &[
    "get", "post", "put", "patch", "delete", "send", "fetch", "request", "execute", "run", "call", "invoke",
    "find", "list", "load", "read",
];

/// A call of a method of such a name, on another object than the current one.
fn is_common(unit: &Unit, expr: &Expr) -> bool {
    let ExprKind::Call { callee, .. } = &expr.kind else { return false };
    let ExprKind::Member { object, name } = &unit.expr(*callee).kind else { return false };
    let own = match &unit.expr(*object).kind {
        ExprKind::This | ExprKind::Base => true,
        ExprKind::Name { name, .. } => matches!(name.as_ref(), "self" | "this"),
        _ => false,
    };
    !own && COMMON.iter().any(|common| name.eq_ignore_ascii_case(common))
}

/// The sign-ins of a unit, and its calls of functions that make such sign-ins.
fn signs_in(unit: &Unit, names: &BTreeSet<String>, own: Vec<Span>) -> Vec<Span> {
    let mut all = sends(unit, names, own.clone());
    let common: Vec<Span> = unit.exprs.iter().filter(|e| is_common(unit, e)).map(|e| e.span).collect();
    all.retain(|span| own.contains(span) || !common.contains(span));
    all
}

pub(super) fn findings(
    scene: &Scene<'_>,
    judged: &Judged,
    errors: &Errors,
    callers: &BTreeSet<String>,
) -> Vec<Finding> {
    let (mut by_password, mut before) = (callers_of(scene, judged, true), callers_of(scene, judged, false));
    before.extend(callers.iter().cloned());
    // What sends whatever it is given is neither.
    let both: BTreeSet<String> = by_password.intersection(&before).cloned().collect();
    before.retain(|name| !both.contains(name));
    by_password.retain(|name| !both.contains(name));
    let by_kind = [Kind::Password, Kind::OtherSignIn, Kind::Call].map(|kind| sites(judged, kind));
    // What a token cache does not hold was not refused.
    let silent: Vec<(u32, Span)> = judged
        .acquisitions
        .iter()
        .zip(&judged.keys)
        .filter(|(one, _)| one.flow == Flow::Silent)
        .map(|(_, key)| (key.site.unit, key.site.span))
        .collect();
    let mut out = Vec::new();
    for (id, unit) in scene.program.units.iter().enumerate() {
        let (id, unit) = (id as u32, &unit.unit);
        let passwords = signs_in(unit, &by_password, of_unit(&by_kind[0], id));
        if passwords.is_empty() {
            continue;
        }
        let mut others = of_unit(&by_kind[1], id);
        let mut asked: Vec<Span> = others.clone();
        asked.retain(|span| !silent.contains(&(id, *span)));
        others.extend(of_unit(&by_kind[2], id));
        let refused = |e: &&Expr| is_status(e, errors) || is_code(e, &errors.mfa);
        let code = Code {
            unit,
            text: &scene.source(id).text,
            errors,
            marks: unit.exprs.iter().filter(refused).map(|e| e.span).collect(),
            others: signs_in(unit, &before, others),
            asked: signs_in(unit, &before, asked),
            passwords,
        };
        let found = code.fallbacks();
        out.extend(
            found.into_iter().filter_map(|s| scene.finding("password-fallback", scene.locate(id, s), &[])),
        );
    }
    out
}

/// One unit, with what is known of it.
struct Code<'a> {
    unit: &'a Unit,
    text: &'a str,
    errors: &'a Errors,
    /// Where a password is used, itself or by a function.
    passwords: Vec<Span>,
    /// Other sign-ins, and calls.
    others: Vec<Span>,
    /// Those of them that ask somebody, and not a cache.
    asked: Vec<Span>,
    /// Where a refusal is named.
    marks: Vec<Span>,
}

impl Code<'_> {
    fn password_in(&self, part: Span) -> Option<Span> {
        self.passwords.iter().copied().find(|s| within(*s, part))
    }

    fn password_in_block(&self, block: &[StmtId]) -> Option<Span> {
        region::of_block(self.unit, block).and_then(|part| self.password_in(part))
    }

    /// The part that a statement covers: the place of a declaration may be its pattern alone.
    fn whole(&self, stmt: &Stmt) -> Span {
        match &stmt.kind {
            StmtKind::Let { value: Some(value), .. } => stmt.span.to(self.unit.expr(*value).span),
            _ => stmt.span,
        }
    }

    /// Another sign-in, and none with a password.
    fn asks(&self, part: Span) -> bool {
        self.asked.iter().any(|s| within(*s, part)) && self.password_in(part).is_none()
    }

    fn fallbacks(&self) -> BTreeSet<Span> {
        let mut found = BTreeSet::new();
        // Each block with the variables that hold what another sign-in gave.
        let inner = self.unit.exprs.iter().filter_map(|e| match &e.kind {
            ExprKind::Block(block) => Some(block),
            _ => None,
        });
        let mut open: Vec<(&Block, Vec<Sym>)> =
            self.unit.functions.iter().map(|f| &f.body).chain(inner).map(|b| (b, Vec::new())).collect();
        while let Some((block, mut names)) = open.pop() {
            for (at, id) in block.iter().enumerate() {
                let stmt = self.unit.stmt(*id);
                self.statement(stmt, &block[at + 1..], &names, &mut found);
                match &stmt.kind {
                    StmtKind::If { then, otherwise, .. } => {
                        open.push((then, names.clone()));
                        open.push((otherwise, names.clone()));
                    }
                    StmtKind::Switch { cases, .. } => {
                        open.extend(cases.iter().map(|c| (&c.body, names.clone())));
                    }
                    StmtKind::Loop { init, body, .. } => {
                        open.push((init, names.clone()));
                        open.push((body, names.clone()));
                    }
                    StmtKind::Try { body, handlers, finally } => {
                        open.push((body, names.clone()));
                        open.extend(handlers.iter().map(|h| (h, names.clone())));
                        open.push((finally, names.clone()));
                        self.assigned(stmt, &mut names);
                    }
                    StmtKind::Block(inner) => {
                        open.push((inner, names.clone()));
                        self.assigned(stmt, &mut names);
                    }
                    _ => self.assigned(stmt, &mut names),
                }
            }
        }
        found
    }

    /// Adds the variables that a statement gives what another sign-in gave.
    fn assigned(&self, stmt: &Stmt, names: &mut Vec<Sym>) {
        let whole = self.whole(stmt);
        if !self.asks(whole) {
            return;
        }
        if let StmtKind::Let { name, .. } = &stmt.kind {
            names.push(name.clone());
        }
        for target in region::exprs(self.unit, whole).filter_map(|e| match &e.kind {
            ExprKind::Assign { target, value } if self.asks(self.unit.expr(*value).span) => Some(*target),
            _ => None,
        }) {
            let target = self.unit.expr(target).span;
            names.extend(region::exprs(self.unit, target).filter_map(|e| match &e.kind {
                ExprKind::Name { name, .. } => Some(name.clone()),
                _ => None,
            }));
        }
    }

    fn statement(&self, stmt: &Stmt, rest: &[StmtId], names: &[Sym], found: &mut BTreeSet<Span>) {
        match &stmt.kind {
            StmtKind::Try { body, handlers, .. } => {
                let Some(tried) = region::of_block(self.unit, body) else { return };
                if self.password_in(tried).is_none() && self.others.iter().any(|s| within(*s, tried)) {
                    found.extend(handlers.iter().filter_map(|h| self.password_in_block(h)));
                }
            }
            StmtKind::If { test, then, otherwise } => {
                let span = self.unit.expr(*test).span;
                if self.marks.iter().any(|m| within(*m, span)) {
                    found.extend(self.password_in_block(then));
                }
                match self.fails(*test, names, 0) {
                    Some(true) => found.extend(self.password_in_block(then)),
                    Some(false)
                        if otherwise.is_empty() && region::end(self.unit, then, self.text) == End::Leaves =>
                    {
                        found.extend(self.password_in_block(rest));
                    }
                    Some(false) => found.extend(self.password_in_block(otherwise)),
                    None => {}
                }
            }
            StmtKind::Switch { subject, cases } if self.is_asked(*subject, names) => {
                let mut from = self.unit.expr(*subject).span.end;
                for case in cases {
                    let Some(body) = region::of_block(self.unit, &case.body) else { continue };
                    // The pattern stands before its statements.
                    if from <= body.start && self.names_failure(Span { start: from, end: body.start }) {
                        found.extend(self.password_in(body));
                    }
                    from = body.end;
                }
            }
            _ if self.password_in(self.whole(stmt)).is_some() => {
                for expr in region::exprs(self.unit, self.whole(stmt)) {
                    self.value(expr, names, found);
                }
            }
            _ => {}
        }
    }

    /// An expression whose value is a token of one or the other sign-in.
    fn value(&self, expr: &Expr, names: &[Sym], found: &mut BTreeSet<Span>) {
        let span = |id: ExprId| self.unit.expr(id).span;
        match &expr.kind {
            ExprKind::Binary { op: BinaryOp::Or | BinaryOp::Coalesce, left, right } => {
                let fits = self.asks(span(*left)) || self.is_asked(*left, names);
                found.extend(self.password_in(span(*right)).filter(|_| fits));
            }
            ExprKind::Cond { test, then, otherwise } => match self.fails(*test, names, 0) {
                Some(true) => found.extend(self.password_in(span(*then))),
                Some(false) => found.extend(self.password_in(span(*otherwise))),
                None => {}
            },
            ExprKind::Call { callee, args, .. } => {
                let ExprKind::Member { object, name } = &self.unit.expr(*callee).kind else { return };
                let name = name.to_ascii_lowercase();
                if self.errors.fallbacks.contains(&name) && self.asks(span(*object)) {
                    found.extend(args.iter().filter_map(|a| self.password_in(span(a.value))));
                }
            }
            ExprKind::Match { subject, arms } if self.is_asked(*subject, names) => {
                let mut from = span(*subject).end;
                for (_, value) in arms {
                    let value = span(*value);
                    // The pattern stands before its value.
                    if from <= value.start && self.names_failure(Span { start: from, end: value.start }) {
                        found.extend(self.password_in(value));
                    }
                    from = value.end;
                }
            }
            _ => {}
        }
    }

    /// The expression is what another sign-in gave.
    fn is_asked(&self, id: ExprId, names: &[Sym]) -> bool {
        let expr = self.unit.expr(id);
        match &expr.kind {
            ExprKind::Name { name, .. } => names.contains(name),
            _ => self.asks(expr.span),
        }
    }

    /// A pattern that only a failure fits.
    fn names_failure(&self, part: Span) -> bool {
        let text = self.text.get(part.start as usize..part.end as usize).unwrap_or_default();
        // Comments of these languages run to the end of the line.
        let code: Vec<&str> = text.lines().map(|l| l.split("//").next().unwrap_or_default()).collect();
        let text = code.join(" ");
        let text = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).to_ascii_lowercase();
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        words.find(|w| !["with", "case", "when"].contains(w)).is_some_and(|w| FAILURES.contains(&w))
    }

    /// What it says of another sign-in that the test holds: `true` when that failed.
    fn fails(&self, test: ExprId, names: &[Sym], depth: usize) -> Option<bool> {
        /// Deeper tests are not written by hand.
        const MAX_DEPTH: usize = 32;
        if depth > MAX_DEPTH {
            return None;
        }
        let expr = self.unit.expr(test);
        let again = |id: ExprId| self.fails(id, names, depth + 1);
        match &expr.kind {
            ExprKind::Not(inner) => again(*inner).map(|f| !f),
            ExprKind::Assign { value, .. } => again(*value),
            ExprKind::Binary { op: op @ (BinaryOp::Eq | BinaryOp::Ne), left, right } => {
                let nothing = |id: &ExprId| match &self.unit.expr(*id).kind {
                    ExprKind::Null | ExprKind::Bool(false) => Some(true),
                    ExprKind::Str(string) if string.is_empty() => Some(true),
                    ExprKind::Bool(true) => Some(false),
                    _ => None,
                };
                let (value, nothing) = match (nothing(left), nothing(right)) {
                    (_, Some(nothing)) => (*left, nothing),
                    (Some(nothing), _) => (*right, nothing),
                    _ => return None,
                };
                let truth = again(value)?;
                Some(if (*op == BinaryOp::Eq) == nothing { !truth } else { truth })
            }
            ExprKind::Binary { op: BinaryOp::And | BinaryOp::Or, left, right } => {
                again(*left).or_else(|| again(*right))
            }
            // `"access_token" not in result`
            ExprKind::Binary { op: BinaryOp::Match, left, right } => {
                let (left, right) = (self.unit.expr(*left), self.unit.expr(*right));
                let holds = [left, right].into_iter().any(|side| match &side.kind {
                    ExprKind::Name { name, .. } => names.contains(name),
                    _ => self.asks(side.span),
                });
                let error = [left, right]
                    .into_iter()
                    .any(|side| matches!(&side.kind, ExprKind::Str(key) if is_error(key)));
                let between = self.text.get(left.span.end as usize..right.span.start as usize)?;
                let between = between.trim().to_ascii_lowercase();
                let negated = between.starts_with('!') || between.contains("not");
                holds.then_some(error != negated)
            }
            ExprKind::Name { name, .. } => names.contains(name).then(|| is_error(name)),
            ExprKind::Member { object, name } => again(*object).map(|f| f || is_error(name)),
            ExprKind::Index { object, index } => {
                let error = matches!(&self.unit.expr(*index).kind, ExprKind::Str(key) if is_error(key));
                again(*object).map(|f| f || error)
            }
            ExprKind::Call { args, .. } => {
                let name = region::callee(self.unit, expr)?;
                let about = self.asks(expr.span)
                    || region::exprs(self.unit, expr.span)
                        .any(|e| matches!(&e.kind, ExprKind::Name { name, .. } if names.contains(name)));
                let key = args
                    .iter()
                    .any(|a| matches!(&self.unit.expr(a.value).kind, ExprKind::Str(key) if is_error(key)));
                about.then(|| key || MISSING.contains(&name.as_str()))
            }
            _ => self.pattern_fails(expr, names),
        }
    }

    /// The same of a test that the IR does not show: a pattern, or some operator.
    fn pattern_fails(&self, expr: &Expr, names: &[Sym]) -> Option<bool> {
        let refers = |e: &Expr| matches!(&e.kind, ExprKind::Name { name, .. } if names.contains(name));
        let about = self.asks(expr.span) || region::exprs(self.unit, expr.span).any(refers);
        // What `if let` compares has a name that no code can write.
        let held = names.iter().any(|n| n.starts_with('<'));
        let text = self.text.get(expr.span.start as usize..expr.span.end as usize)?;
        let pattern = text.trim_start().strip_prefix("let ").unwrap_or(text).trim_start();
        let fits = |words: &[&str]| words.iter().any(|w| pattern.starts_with(w));
        if (about || held) && fits(&["Err(", "None"]) {
            return Some(true);
        }
        if (about || held) && fits(&["Ok(", "Some("]) {
            return Some(false);
        }
        // `"error" in result`
        let is_key = |e: &Expr| matches!(&e.kind, ExprKind::Str(key) if is_error(key));
        about.then(|| region::exprs(self.unit, expr.span).any(is_key))
    }
}

/// The name of what a failure leaves.
fn is_error(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["err", "exception", "fail"].iter().any(|w| name.starts_with(w) || name.ends_with(w))
        || name.contains("error")
}
