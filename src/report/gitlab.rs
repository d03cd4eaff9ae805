//! The SAST report of GitLab, schema 15.2.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use super::{
    Context, Error, Finding, Format, Level, Location, NoticeKind, PROJECT_URL, Report, Step, fingerprint,
    redact, visible,
};
use crate::date;

/// The version of the schema.
const VERSION: &str = "15.2.1";

/// Where it is.
const SCHEMA: &str = "https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v15.2.1/dist/sast-report-format.json";

/// How many paths the schema admits.
const MAX_FLOWS: usize = 10;

/// How many characters the schema admits for a name, and for a solution.
const MAX_NAME: usize = 255;
const MAX_SOLUTION: usize = 7000;

/// The format.
pub(super) struct GitLab;

impl Format for GitLab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn in_repository(&self) -> bool {
        true
    }

    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
        let report = &redact::report(report);
        let tool = tool(context);
        let time = date::timestamp(context.now);
        let mut seen = BTreeMap::new();
        let document = json!({
            "schema": SCHEMA,
            "version": VERSION,
            "scan": {
                "type": "sast",
                "status": if report.coverage.files_read > 0 { "success" } else { "failure" },
                "start_time": time,
                "end_time": time,
                "analyzer": tool,
                "scanner": tool,
                "messages": messages(report),
            },
            "vulnerabilities": report
                .findings
                .iter()
                .map(|finding| vulnerability(finding, report, context, &mut seen))
                .collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)?;
        Ok(())
    }
}

fn tool(context: &Context<'_>) -> Value {
    let mut tool = json!({
        "id": "pcmfa",
        "name": "pcmfa",
        "version": context.version,
        "vendor": { "name": "pcmfa" },
    });
    if !PROJECT_URL.is_empty() {
        tool["url"] = json!(PROJECT_URL);
    }
    tool
}

fn messages(report: &Report) -> Vec<Value> {
    let message = |notice: &super::Notice| {
        let level = if notice.kind == NoticeKind::Skipped { "info" } else { "warn" };
        let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
        let path = if notice.path.is_empty() { String::new() } else { format!("{}{line}: ", notice.path) };
        json!({ "level": level, "value": visible(&format!("{path}{}", notice.message)) })
    };
    report.notices.iter().map(message).collect()
}

fn vulnerability(
    finding: &Finding,
    report: &Report,
    context: &Context<'_>,
    seen: &mut BTreeMap<String, usize>,
) -> Value {
    let row = context.finding(&finding.rule);
    let title = row.map_or(finding.rule.as_str(), |row| row.title.as_str());
    let identity = fingerprint::of_finding(finding, "", context.sources);
    let count = seen.entry(identity.clone()).or_default();
    *count += 1;
    let mut value = json!({
        "id": uuid(&identity, *count),
        "name": shorten(&visible(title), MAX_NAME),
        "description": description(finding, report),
        "severity": severity(finding, context),
        "identifiers": [{
            "type": "pcmfa",
            "name": format!("pcmfa {}", finding.rule),
            "value": finding.rule,
        }],
        "location": {
            "file": visible(&finding.location.path),
            "start_line": finding.location.line.max(1),
            "end_line": finding.location.end_line.max(finding.location.line).max(1),
        },
    });
    if !finding.fix.is_empty() {
        value["solution"] = json!(shorten(&escape(&finding.fix), MAX_SOLUTION));
    }
    if let Some(row) = row.filter(|row| !row.docs.is_empty()) {
        value["links"] = row.docs.iter().map(|link| json!({ "url": link })).collect();
    }
    let flows: Vec<Vec<Value>> = finding
        .flows
        .iter()
        .filter(|flow| !flow.is_empty())
        .take(MAX_FLOWS)
        .map(|flow| nodes(flow))
        .collect();
    if !flows.is_empty() {
        value["details"] = json!({
            "way_of_the_token": { "name": "The way of the token", "type": "code-flows", "items": flows },
        });
    }
    value
}

fn nodes(flow: &[Step]) -> Vec<Value> {
    let last = flow.len() - 1;
    let node = |(index, step): (usize, &Step)| {
        let kind = match index {
            0 => "source",
            index if index == last => "sink",
            _ => "propagation",
        };
        json!({ "type": "code-flow-node", "node_type": kind, "file_location": file_location(&step.location) })
    };
    flow.iter().enumerate().map(node).collect()
}

fn file_location(place: &Location) -> Value {
    json!({
        "type": "file-location",
        "file_name": visible(&place.path),
        "line_start": place.line.max(1),
        "line_end": place.end_line.max(place.line).max(1),
    })
}

/// GitLab renders it as Markdown.
fn description(finding: &Finding, report: &Report) -> String {
    let mut text = escape(&finding.message);
    let calls: Vec<String> = report
        .calls_of(finding)
        .map(|call| {
            format!("- {} ({}:{})", escape(&call.endpoint), escape(&call.location.path), call.location.line)
        })
        .collect();
    if !calls.is_empty() {
        text.push_str("\n\nCalls of Partner Center:\n\n");
        text.push_str(&calls.join("\n"));
    }
    text
}

/// By the severity of the rule where it has one; else by the level.
fn severity(finding: &Finding, context: &Context<'_>) -> &'static str {
    let number = context.finding(&finding.rule).and_then(|row| row.severity_at(finding.level));
    match (finding.level, number) {
        (Level::Note, _) => "Info",
        (_, Some(number)) if number >= 9.0 => "Critical",
        (_, Some(number)) if number >= 7.0 => "High",
        (Level::Error, None) => "High",
        (_, Some(number)) if number < 4.0 => "Low",
        (_, _) => "Medium",
    }
}

/// A UUID (version 8) that is the same for the same finding.
fn uuid(identity: &str, count: usize) -> String {
    let high = fingerprint::stable_hash(&[identity, &count.to_string()]);
    let low = fingerprint::stable_hash(&[&count.to_string(), identity]);
    format!("{}-{}-8{}-a{}-{}", &high[..8], &high[8..12], &high[13..], &low[1..4], &low[4..])
}

/// Text in which Markdown sees no markup, no links and nobody to notify.
fn escape(text: &str) -> String {
    super::markdown::escape(text)
}

fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit - 1).chain(['…']).collect()
}
