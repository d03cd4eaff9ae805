//! Is MFA looked for anywhere, and is the answer read?

use std::collections::BTreeSet;

use super::{Scene, carries_user, is_app_user};
use crate::models::CheckKind;
use crate::report::{Check, Finding};
use crate::verdict::Judged;

/// Adds the checks that only names or whole calls show: texts that hold the error code, and calls of the reports
/// that Partner Center gives on MFA.
pub(super) fn checks(scene: &Scene<'_>, judged: &mut Judged) {
    for call in &judged.calls {
        let operations = scene.rules.endpoints().operations.iter().filter(|o| !o.check.is_empty());
        let is =
            |path: &str, method: &str| call.operations.iter().any(|o| o.path == path && o.method == method);
        for row in operations.filter(|o| is(&o.path, &o.method)) {
            judged.checks.push(Check { location: call.location.clone(), what: row.check.clone() });
        }
    }
    let known: BTreeSet<_> = judged.checks.iter().map(|c| c.location.clone()).collect();
    for (what, unit, span) in super::errors::handled(scene) {
        let location = scene.locate(unit, span);
        if !known.contains(&location) {
            judged.checks.push(Check { location, what });
        }
    }
    judged.checks.sort_by(|a, b| (&a.location, &a.what).cmp(&(&b.location, &b.what)));
    judged.checks.dedup();
}

/// What a check does, by its name in the rule files.
pub(super) fn kind(scene: &Scene<'_>, what: &str) -> Option<CheckKind> {
    let rows = scene.rules.files().flat_map(|(_, file)| &file.checks);
    let row = rows.into_iter().find(|row| row.what == what).map(|row| row.kind);
    let is_report = || scene.rules.endpoints().operations.iter().any(|o| o.check == what);
    row.or_else(|| is_report().then_some(CheckKind::Looks))
}

pub(super) fn findings(scene: &Scene<'_>, judged: &Judged) -> Vec<Finding> {
    let kinds: Vec<(Option<CheckKind>, &Check)> =
        judged.checks.iter().map(|check| (kind(scene, &check.what), check)).collect();
    let has = |wanted: &[CheckKind]| kinds.iter().any(|(k, _)| k.is_some_and(|k| wanted.contains(&k)));
    let mut out = Vec::new();
    if !has(&[CheckKind::Looks, CheckKind::Asks, CheckKind::Reads]) {
        out.extend(at_first(scene, judged, "mfa-not-validated"));
    }
    if !has(&[CheckKind::Handles]) && judged.calls.iter().any(|call| carries_user(call, judged)) {
        out.extend(at_first(scene, judged, "mfa-error-unhandled"));
    }
    if !has(&[CheckKind::Reads]) {
        let asks = kinds.iter().filter(|(k, _)| *k == Some(CheckKind::Asks));
        let mut seen = BTreeSet::new();
        for (_, check) in asks.filter(|(_, c)| seen.insert((c.location.path.clone(), c.location.line))) {
            out.extend(scene.finding("mfa-check-ignored", check.location.clone(), &[("check", &check.what)]));
        }
    }
    out
}

/// A finding about the whole code, at its first App+User call, or else acquisition.
fn at_first(scene: &Scene<'_>, judged: &Judged, rule: &str) -> Option<Finding> {
    let calls: Vec<_> = judged.calls.iter().filter(|call| carries_user(call, judged)).collect();
    let first = calls.first().map(|call| &call.location);
    let location =
        first.or_else(|| judged.acquisitions.iter().find(|a| is_app_user(a)).map(|a| &a.location))?;
    let count = match calls.len() {
        0 => "no call for a user that the code shows, only a sign-in".to_owned(),
        1 => "1 call is made for a user (App+User)".to_owned(),
        all => format!("{all} calls are made for a user (App+User)"),
    };
    scene.finding(rule, location.clone(), &[("calls", &count)])
}
