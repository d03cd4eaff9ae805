//! What it comes to, and what was not looked at.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::{HEADING, styled};
use crate::frontend::REGISTRY;
use crate::report::{Context, Error, Level, Notice, NoticeKind, Report, SuppressedBy, summary_line, visible};

/// How many files of one kind of notice are named.
const MAX_NAMED: usize = 5;

/// Writes the end of the report.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
    // Where nothing stands between, the answer that the report begins with is enough.
    if !(report.calls.is_empty() && report.acquisitions.is_empty() && report.findings.is_empty()) {
        let summary = summary_line(report);
        writeln!(out, "{}", styled(&capitalised(&summary), HEADING, context))?;
    }
    let counts = report.counts();
    if counts.capable > 0 {
        writeln!(out, "  capable: the sign-in can carry MFA; whether it does is decided in the tenant")?;
    }
    if counts.unresolved > 0 {
        writeln!(
            out,
            "  unresolved: the code does not show where the token comes from; check these by hand"
        )?;
    }
    let level = |level| report.findings.iter().filter(|finding| finding.level == level).count();
    writeln!(
        out,
        "{}, {}, {}",
        count(level(Level::Error), "error"),
        count(level(Level::Warning), "warning"),
        count(level(Level::Note), "note")
    )?;
    enforcement(report, context, out)?;
    if !report.suppressed.is_empty() {
        let by = |by| report.suppressed.iter().filter(|one| one.by == by).count();
        let (comments, baseline) = (by(SuppressedBy::Comment), by(SuppressedBy::Baseline));
        writeln!(
            out,
            "{} suppressed: {comments} by comments, {baseline} by the baseline",
            count(report.suppressed.len(), "finding")
        )?;
    }
    coverage(report, out)?;
    notices(&report.notices, out)?;
    let current = std::env::current_dir().and_then(|path| path.canonicalize()).unwrap_or_default();
    if context.root != current && !context.root.as_os_str().is_empty() {
        writeln!(out, "Paths are relative to {}", visible(&context.root.to_string_lossy()))?;
    }
    Ok(())
}

/// What Microsoft enforces of what was found, each once.
fn enforcement(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let rows: BTreeMap<&str, &str> = report
        .findings
        .iter()
        .filter_map(|finding| context.finding(&finding.rule)?.enforcement.as_ref())
        .map(|row| (row.id.as_str(), row.state.as_str()))
        .collect();
    for state in rows.values() {
        writeln!(out, "{} See `pcmfa explain enforcement`", visible(state.trim()))?;
    }
    Ok(())
}

fn coverage(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    let coverage = &report.coverage;
    let parsed: Vec<String> = coverage
        .files_parsed
        .iter()
        .map(|(name, files)| {
            let title = REGISTRY.iter().find(|language| language.language() == name);
            format!("{files} {}", title.map_or(name.as_str(), |language| language.title()))
        })
        .collect();
    write!(out, "Read {} of {}", coverage.files_read, count(coverage.files_seen, "file"))?;
    if !parsed.is_empty() {
        write!(out, "; parsed {}", parsed.join(", "))?;
    }
    if coverage.settings_read > 0 {
        write!(out, "; {}", count(coverage.settings_read, "settings file"))?;
    }
    writeln!(out)?;
    Ok(())
}

/// Notices that say the same are one line.
fn notices(notices: &[Notice], out: &mut dyn Write) -> Result<(), Error> {
    let mut groups: BTreeMap<(NoticeKind, &str), Vec<String>> = BTreeMap::new();
    for notice in notices {
        let mut name = visible(&notice.path);
        if let Some(line) = notice.line {
            name = format!("{name}:{line}");
        }
        groups.entry((notice.kind, &notice.message)).or_default().push(name);
    }
    for ((kind, message), files) in groups {
        let what = match kind {
            NoticeKind::Skipped => "Skipped",
            NoticeKind::Unreadable => "Unreadable",
            NoticeKind::Syntax => "Not understood",
            NoticeKind::Limit => "Cut short",
            NoticeKind::Suppression => "Suppressions",
        };
        let named: Vec<&str> = files.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let more = named.len().saturating_sub(MAX_NAMED);
        let mut line = format!("{what}: {}", visible(message));
        if !named.is_empty() {
            let _ = write!(line, ": {}", named[..named.len() - more].join(", "));
        }
        if more > 0 {
            let _ = write!(line, " and {more} more");
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// `1 error`, `2 errors`
fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
