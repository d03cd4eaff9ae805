//! What becomes of findings after a scan: comments in the code and a baseline suppress them, and those that have
//! nothing to do with a change are left out.

pub mod baseline;
pub mod change;
mod comments;
mod ignores;

use crate::Outcome;
use crate::date::Date;
use crate::models::FindingRow;
use crate::report::{Finding, Notice, NoticeKind, Suppressed, SuppressedBy};

pub use ignores::ignores;

/// The findings that comments can name.
pub struct Names<'a> {
    /// All there are.
    pub rows: &'a [FindingRow],
    /// The finding is not reported at all.
    pub is_off: &'a dyn Fn(&str) -> bool,
}

/// Suppresses the findings for which `test` gives a reason.
fn suppress(outcome: &mut Outcome, by: SuppressedBy, mut test: impl FnMut(&Finding) -> Option<String>) {
    let report = &mut outcome.report;
    for finding in std::mem::take(&mut report.findings) {
        match test(&finding) {
            Some(reason) => report.suppressed.push(Suppressed { finding, by, reason }),
            None => report.findings.push(finding),
        }
    }
    report.suppressed.sort_by(|a, b| {
        let key = |one: &Suppressed| (one.finding.location.clone(), one.finding.rule.clone());
        key(a).cmp(&key(b))
    });
}

/// Adds a notice about suppressions.
fn say(outcome: &mut Outcome, path: &str, line: Option<u32>, message: String) {
    let notices = &mut outcome.report.notices;
    notices.push(Notice { path: path.into(), line, kind: NoticeKind::Suppression, message });
    notices.sort();
    notices.dedup();
}

/// What the comments of the code suppress, then what the baseline does.
pub fn apply(
    outcome: &mut Outcome,
    today: Date,
    names: &Names<'_>,
    baseline: Option<&baseline::Baseline>,
    prefix: &str,
) {
    ignores(outcome, today, names);
    if let Some(baseline) = baseline {
        baseline.apply(outcome, prefix);
    }
}
