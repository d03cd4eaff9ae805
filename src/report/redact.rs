//! Keeps secrets out of reports.
//!
//! A report quotes the scanned code: in code frames, and in messages that name URLs and scopes. Code that signs
//! in with a password often holds it. What is masked:
//!
//! - anywhere: JSON web tokens, client secrets and refresh tokens of Microsoft Entra ID, keys in Base64, the
//!   user part of URLs, and the values of sensitive parameters (`client_secret=…`);
//! - in source code: string literals that belong to a sensitive name (`password`, `secret`, `token` …): they
//!   are assigned to it, passed to a call that is named so, or follow it in a pair. Only what cannot be a secret
//!   stays readable there: URLs, scopes, the words of OAuth, the names of settings;
//! - in comments, request files and shells: sensitive parameters of forms without quotes;
//! - in settings: the same for values without quotes.
//!
//! It masks too much rather than too little. Every character becomes one `*`, so that lines and columns stay
//! where they are.

mod literals;
mod values;

use std::ops::Range;

use super::Report;

/// What stands for a masked character.
const MASK: char = '*';

/// The report with the secrets in its texts masked.
#[must_use]
pub fn report(report: &Report) -> Report {
    let mut report = report.clone();
    let clean = |texts: &mut String| {
        if let Some(masked) = masked(texts) {
            *texts = masked;
        }
    };
    for acquisition in &mut report.acquisitions {
        acquisition.audience.iter_mut().for_each(clean);
        clean(&mut acquisition.symbol);
        clean(&mut acquisition.reason);
        if let Some(way) = &mut acquisition.app_only {
            way.against.iter_mut().chain(&mut way.unknown).for_each(clean);
        }
    }
    for call in &mut report.calls {
        clean(&mut call.endpoint);
        clean(&mut call.reason);
        clean(&mut call.symbol);
        call.links.iter_mut().flat_map(|link| &mut link.steps).for_each(|step| clean(&mut step.message));
    }
    let suppressed = report.suppressed.iter_mut().map(|one| &mut one.finding);
    for finding in report.findings.iter_mut().chain(suppressed) {
        clean(&mut finding.message);
        clean(&mut finding.fix);
        finding.related.iter_mut().for_each(|step| clean(&mut step.message));
        finding.flows.iter_mut().flatten().for_each(|step| clean(&mut step.message));
    }
    report.suppressed.iter_mut().for_each(|one| clean(&mut one.reason));
    for notice in &mut report.notices {
        clean(&mut notice.message);
    }
    report
}

/// A message with the secrets in it masked.
#[must_use]
pub fn text(text: &str) -> String {
    masked(text).unwrap_or_else(|| text.to_owned())
}

fn masked(text: &str) -> Option<String> {
    let mut ranges = Vec::new();
    values::anywhere(text, &mut ranges);
    values::parameters(text, &mut ranges);
    (!ranges.is_empty()).then(|| apply(text, ranges))
}

/// The text of a source or settings file with its secrets masked. `language` is the name of the front end that
/// reads it; files without one are taken for settings. The result has the same lines, and in each line as
/// many characters.
#[must_use]
pub fn source(text: &str, language: Option<&str>) -> String {
    let mut ranges = Vec::new();
    values::anywhere(text, &mut ranges);
    literals::mask(text, language, &mut ranges);
    if language.is_none() {
        values::unquoted_settings(text, &mut ranges);
    }
    apply(text, ranges)
}

/// The parts of a source text that belong to a sensitive name or have the shape of a secret.
pub(crate) fn ranges(text: &str, language: Option<&str>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    values::anywhere(text, &mut ranges);
    literals::mask(text, language, &mut ranges);
    ranges
}

/// Does a name say that its value is a secret?
pub(crate) fn is_sensitive(name: &str) -> bool {
    values::is_sensitive(name)
}

fn apply(text: &str, mut ranges: Vec<Range<usize>>) -> String {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        let start = range.start.max(at);
        if start >= range.end {
            continue;
        }
        out.push_str(&text[at..start]);
        // Literals can go over several lines.
        out.extend(text[start..range.end].chars().map(|c| if matches!(c, '\n' | '\r') { c } else { MASK }));
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}
