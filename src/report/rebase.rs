//! Paths relative to another directory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Notice, Report};
use crate::source::Source;

/// A report and the sources that its findings name, with `prefix` (`src/app/`) before every path.
#[must_use]
pub fn rebased(
    report: &Report,
    sources: &BTreeMap<Arc<str>, Source>,
    prefix: &str,
) -> (Report, BTreeMap<Arc<str>, Source>) {
    let longer = |path: &Arc<str>| -> Arc<str> { format!("{prefix}{path}").into() };
    let suppressed = report.suppressed.iter().map(|one| &one.finding);
    let named: BTreeSet<&Arc<str>> = report
        .findings
        .iter()
        .chain(suppressed)
        .flat_map(|finding| finding.places().map(|place| &place.path))
        .collect();
    let sources = named
        .into_iter()
        .filter_map(|path| sources.get(path))
        .map(|source| (longer(&source.path), Source { path: longer(&source.path), ..source.clone() }))
        .collect();
    let mut report = report.clone();
    for place in report.places_mut() {
        place.path = longer(&place.path);
    }
    let is_file = |notice: &&mut Notice| !notice.path.is_empty();
    for notice in report.notices.iter_mut().filter(is_file) {
        notice.path = longer(&notice.path);
    }
    (report, sources)
}
