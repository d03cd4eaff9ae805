//! `JUnit` XML: what build servers show as test results.
//!
//! Every file with findings is a test suite and every finding a test case: errors and warnings have failed, notes
//! are skipped. Without findings there is one case that has passed, since some readers take an empty report for
//! a broken build.

use std::collections::BTreeMap;
use std::io::Write;

use super::{Context, Error, Finding, Format, Level, Report, redact, visible};

/// The format.
pub(super) struct JUnit;

impl Format for JUnit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn in_repository(&self) -> bool {
        true
    }

    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
        let report = &redact::report(report);
        let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in report.by_level() {
            files.entry(&finding.location.path).or_default().push(finding);
        }
        let failed = report.findings.iter().filter(|finding| finding.level > Level::Note).count();
        let all = report.findings.len().max(1);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites name=\"pcmfa\" tests=\"{all}\" failures=\"{failed}\" errors=\"0\">")?;
        if files.is_empty() {
            writeln!(
                out,
                "  <testsuite name=\"pcmfa\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">"
            )?;
            writeln!(out, "    <testcase name=\"no findings\" classname=\"pcmfa\"/>")?;
            writeln!(out, "  </testsuite>")?;
        }
        for (path, findings) in files {
            suite(path, &findings, report, context, out)?;
        }
        writeln!(out, "</testsuites>")?;
        Ok(())
    }
}

fn suite(
    path: &str,
    findings: &[&Finding],
    report: &Report,
    context: &Context<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let path = escape(path);
    let skipped = findings.iter().filter(|finding| finding.level == Level::Note).count();
    let (all, failed) = (findings.len(), findings.len() - skipped);
    writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{all}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\">"
    )?;
    for finding in findings {
        let (rule, line) = (escape(&finding.rule), finding.location.line);
        writeln!(
            out,
            "    <testcase name=\"{rule} in line {line}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
        )?;
        let message = escape(&finding.message);
        if finding.level == Level::Note {
            writeln!(out, "      <skipped message=\"{message}\"/>")?;
        } else {
            let text = escape(&details(finding, report, context));
            let level = finding.level.name();
            writeln!(out, "      <failure type=\"{level}\" message=\"{message}\">{text}</failure>")?;
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")?;
    Ok(())
}

fn details(finding: &Finding, report: &Report, context: &Context<'_>) -> String {
    let place = &finding.location;
    let mut lines = vec![format!("{}:{}:{}", place.path, place.line, place.column), finding.message.clone()];
    for call in report.calls_of(finding) {
        lines.push(format!("call: {} ({}:{})", call.endpoint, call.location.path, call.location.line));
    }
    for step in finding.flows.iter().flatten() {
        lines.push(format!("way: {} ({}:{})", step.message, step.location.path, step.location.line));
    }
    if !finding.fix.is_empty() {
        lines.push(finding.fix.clone());
    }
    let documents = context.finding(&finding.rule).into_iter().flat_map(|row| &row.docs);
    lines.extend(documents.map(|link| format!("see {link}")));
    lines.join("\n")
}

/// Text for XML. Control characters, which XML cannot hold in any form, are shown by their pictures.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Attributes would lose it.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
