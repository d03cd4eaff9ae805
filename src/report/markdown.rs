//! Markdown: for job summaries, comments on pull requests, and sign-off before a release.
//!
//! Everything that comes from the scanned code is escaped: it makes no markup and no links, and mentions nobody.

use std::io::Write;

use super::{
    CallSite, Context, Error, Finding, Format, Level, Location, Report, Step, redact, summary_line, visible,
};

/// The format.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
        let report = &redact::report(report);
        writeln!(out, "# Partner Center and MFA\n\n{}.\n", capitalised(&summary_line(report)))?;
        if !report.findings.is_empty() {
            writeln!(out, "## Findings\n")?;
        }
        for finding in report.by_level() {
            write_finding(finding, report, context, out)?;
        }
        if !context.quiet {
            calls(report, out)?;
            acquisitions(report, out)?;
            coverage(report, out)?;
        }
        Ok(())
    }
}

fn write_finding(
    finding: &Finding,
    report: &Report,
    context: &Context<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let row = context.finding(&finding.rule);
    let title = row.map_or(finding.rule.as_str(), |row| row.title.as_str());
    let level = match finding.level {
        Level::Error => "Error",
        Level::Warning => "Warning",
        Level::Note => "Note",
    };
    writeln!(out, "### {level}: {}\n", escape(title))?;
    writeln!(out, "{} `{}`\n", place(&finding.location), finding.rule)?;
    writeln!(out, "{}\n", escape(&finding.message))?;
    let mut list = Vec::new();
    for call in report.calls_of(finding).filter(|call| call.location != finding.location) {
        list.push(format!("- calls {} in {}", code(&call.endpoint), place(&call.location)));
    }
    if !list.is_empty() {
        writeln!(out, "{}\n", list.join("\n"))?;
    }
    for flow in finding.flows.iter().filter(|flow| flow.len() > 1) {
        writeln!(out, "<details><summary>The way of the token</summary>\n")?;
        for (step, number) in flow.iter().zip(1..) {
            let Step { location, message } = step;
            writeln!(out, "{number}. {}: {}", place(location), escape(message))?;
        }
        writeln!(out, "\n</details>\n")?;
    }
    if !finding.fix.is_empty() {
        writeln!(out, "**Way out:** {}\n", escape(&finding.fix))?;
    }
    if let Some(row) = row.filter(|row| !row.docs.is_empty()) {
        let links: Vec<String> = row.docs.iter().map(|link| format!("<{link}>")).collect();
        writeln!(out, "See {}\n", links.join(", "))?;
    }
    Ok(())
}

fn calls(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    if report.calls.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Call sites of Partner Center\n")?;
    writeln!(out, "| | verdict | place | request | token |\n|---|---|---|---|---|")?;
    let mut calls: Vec<&CallSite> = report.calls.iter().collect();
    calls.sort_by_key(|call| call.verdict);
    for call in calls {
        let tokens: Vec<String> = report
            .acquisitions
            .iter()
            .filter(|acquisition| call.tokens.contains(&acquisition.id))
            .map(|acquisition| format!("{} ({})", acquisition.id, acquisition.flow.name()))
            .collect();
        let tokens = if tokens.is_empty() { escape(&call.reason) } else { tokens.join(", ") };
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            call.id,
            call.verdict.name(),
            cell(&place(&call.location)),
            cell(&code(&call.endpoint)),
            tokens
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn acquisitions(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    if report.acquisitions.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Token acquisitions\n")?;
    writeln!(out, "| | verdict | place | flow | library | for |\n|---|---|---|---|---|---|")?;
    for acquisition in &report.acquisitions {
        let audience: Vec<String> = acquisition.audience.iter().map(|audience| code(audience)).collect();
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            acquisition.id,
            acquisition.verdict.name(),
            cell(&place(&acquisition.location)),
            acquisition.flow.name(),
            escape(&acquisition.library),
            cell(&audience.join(" "))
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn coverage(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    let coverage = &report.coverage;
    writeln!(out, "## What was read\n")?;
    let files = if coverage.files_seen == 1 { "file" } else { "files" };
    writeln!(out, "Read {} of {} {files}.\n", coverage.files_read, coverage.files_seen)?;
    if !report.suppressed.is_empty() {
        writeln!(out, "{} findings are suppressed.\n", report.suppressed.len())?;
    }
    for notice in &report.notices {
        let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
        let message = escape(&notice.message);
        if notice.path.is_empty() {
            writeln!(out, "- {message}")?;
        } else {
            writeln!(out, "- {}: {message}", code(&format!("{}{line}", notice.path)))?;
        }
    }
    Ok(())
}

/// `src/a.cs:3` as code.
fn place(place: &Location) -> String {
    code(&format!("{}:{}", place.path, place.line))
}

/// A text as code, whatever accents it holds.
fn code(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A space keeps accents at the ends apart from the fence; it is not shown.
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Code in a table, where a bar ends the cell in code too.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A text in which nothing is markup, a link, or a mention.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // No escape keeps GitHub and GitLab from notifying people; a joiner between does.
            '@' => out.push_str("@\u{2060}"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    // An address without markup would become a link nevertheless.
    out.replace("://", ":\u{2060}//")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
