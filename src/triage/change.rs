//! Findings that a change brings: only these are reported before a commit or in a pull request.
//!
//! The whole repository is analysed, since a token can be acquired in one file and sent in another. A finding
//! belongs to the change when one of its places lies on a changed line, or when the state before the change does not
//! have it: lines that go, and values in settings, can break code that nobody touched.

use std::path::PathBuf;

use super::{baseline::Baseline, say};
use crate::Outcome;
use crate::git::Lines;
use crate::report::{Finding, fingerprint};

/// A finding has a place on a changed line. Paths are relative to the root of the repository behind `prefix`.
fn touches(finding: &Finding, lines: &Lines, prefix: &str) -> bool {
    finding.places().any(|place| {
        let ranges = lines.get(&PathBuf::from(format!("{prefix}{}", place.path)));
        let (first, last) = (place.line, place.end_line.max(place.line));
        ranges
            .is_some_and(|ranges| ranges.iter().any(|range| first <= *range.end() && *range.start() <= last))
    })
}

/// Leaves out the findings that have nothing to do with a change. `before` gives the findings of the state before
/// it; it is asked only when that matters.
///
/// # Errors
/// Those of `before`.
pub fn only<E>(
    outcome: &mut Outcome,
    lines: &Lines,
    prefix: &str,
    before: impl FnOnce() -> Result<Baseline, E>,
) -> Result<(), E> {
    let (touched, others): (Vec<Finding>, Vec<Finding>) = std::mem::take(&mut outcome.report.findings)
        .into_iter()
        .partition(|finding| touches(finding, lines, prefix));
    let mut kept = touched;
    let mut left_out = 0;
    if !others.is_empty() {
        let mut known = before()?;
        for finding in others {
            if known.take(&fingerprint::of_finding(&finding, prefix, &outcome.sources)) {
                left_out += 1;
            } else {
                kept.push(finding);
            }
        }
    }
    kept.sort_by(|a, b| (&a.location, &a.rule).cmp(&(&b.location, &b.rule)));
    outcome.report.findings = kept;
    if left_out > 0 {
        let (findings, are) = if left_out == 1 { ("finding", "is") } else { ("findings", "are") };
        let message = format!("{left_out} {findings} that the change has nothing to do with {are} left out");
        say(outcome, "", None, message);
    }
    Ok(())
}
