//! Annotations of GitHub Actions: one workflow command for each finding.
//!
//! A job shows at most ten annotations of each level, so the most severe findings come first. Everything is
//! escaped as the toolkit of GitHub Actions does it: an unescaped line break in scanned code would let that code
//! run workflow commands of its own.

use std::io::Write;

use super::{Context, Error, Finding, Format, Level, Report, redact, summary_line, visible};

/// How many call sites an annotation names.
const MAX_CALLS: usize = 5;

/// The format.
pub(super) struct GitHub;

impl Format for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn in_repository(&self) -> bool {
        true
    }

    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
        let report = &redact::report(report);
        for finding in report.by_level() {
            annotation(finding, report, context, out)?;
        }
        // Numbers only: nothing of the scanned code begins this line.
        writeln!(out, "pcmfa: {}", summary_line(report))?;
        Ok(())
    }
}

fn annotation(
    finding: &Finding,
    report: &Report,
    context: &Context<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let place = context.first_line(&finding.location);
    write!(out, "::{command} file={},line={}", property(&place.path), place.line.max(1))?;
    // Columns count only within one line.
    if place.end_line == place.line && place.end_column > place.column {
        write!(out, ",col={},endColumn={}", place.column, place.end_column)?;
    }
    let title = context.finding(&finding.rule).map_or("", |row| row.title.as_str());
    let title = if title.is_empty() { finding.rule.clone() } else { format!("{title} ({})", finding.rule) };
    writeln!(out, ",title={}::{}", property(&title), data(&message(finding, report)))?;
    Ok(())
}

fn message(finding: &Finding, report: &Report) -> String {
    let mut lines = vec![finding.message.clone()];
    let is_other = |call: &&super::CallSite| call.location != finding.location;
    let calls: Vec<String> = report
        .calls_of(finding)
        .filter(is_other)
        .map(|call| format!("- {} ({}:{})", call.endpoint, call.location.path, call.location.line))
        .collect();
    if !calls.is_empty() {
        lines.push("Calls:".to_owned());
        lines.extend(calls.iter().take(MAX_CALLS).cloned());
    }
    if let Some(more) = calls.len().checked_sub(MAX_CALLS).filter(|more| *more > 0) {
        lines.push(format!("- and {more} more"));
    }
    if !finding.fix.is_empty() {
        lines.push(finding.fix.clone());
    }
    lines.join("\n")
}

/// The message of a command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
