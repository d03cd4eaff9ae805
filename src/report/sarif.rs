//! SARIF 2.1.0, in the form that code scanning on GitHub takes.
//!
//! Limits and rules are those of "SARIF support for code scanning" in the documentation of GitHub; where GitHub
//! is silent, those of the specification. The log holds no source code, and no path, time or name of the machine
//! it was made on: the same code gives the same bytes.

mod result;
mod rules;

use std::fmt::Write as _;
use std::io::Write;

use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, Message, Notification, NotificationLevel, PhysicalLocation,
    Region, ReportingDescriptor, ReportingDescriptorReference, ResultColumnKind, Run, RunAutomationDetails,
    Sarif as Log, Tool, ToolComponent, Version,
};

use super::{Context, Error, Format, Notice, NoticeKind, PROJECT_URL, Report, redact, visible};

/// The address of the schema of the log.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to: the root of the scan, which for an upload is that of the repository.
const BASE: &str = "%SRCROOT%";

/// More notifications help nobody, and a file of 10 MB is refused.
const MAX_NOTIFICATIONS: usize = 1_000;

/// The format.
pub(super) struct Sarif;

impl Format for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn in_repository(&self) -> bool {
        true
    }

    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
        let report = &redact::report(report);
        let log = Log::builder()
            .schema(SCHEMA)
            .version(Version::V2_1_0.to_string())
            .runs(vec![run(report, context)]);
        serde_json::to_writer_pretty(&mut *out, &log.build())?;
        writeln!(out)?;
        Ok(())
    }
}

fn run(report: &Report, context: &Context<'_>) -> Run {
    let rules = rules::Rules::new(report, context);
    let (results, cut) = result::all(report, context, &rules, result::Limits::GITHUB);
    let driver = ToolComponent::builder()
        .name("pcmfa")
        .version(context.version)
        .semantic_version(context.version)
        .rules(rules.descriptors)
        .notifications(KINDS.iter().map(|kind| descriptor(*kind)).collect::<Vec<_>>());
    let driver = if PROJECT_URL.is_empty() {
        driver.build()
    } else {
        ToolComponent { information_uri: Some(PROJECT_URL.to_owned()), ..driver.build() }
    };
    let base = ArtifactLocation::builder().description(Message::from("The root of the scan.")).build();
    let built = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![invocation(report, &cut)])
        .column_kind(ResultColumnKind::UnicodeCodePoints.to_string())
        .newline_sequences(["\r\n", "\n", "\r"].map(str::to_owned))
        .original_uri_base_ids([(BASE.to_owned(), base)])
        .results(results)
        .build();
    // GitHub takes what stands before the last `/` for the category.
    let category = visible(context.category);
    let details = RunAutomationDetails::builder().id(format!("{}/", category.trim_end_matches('/'))).build();
    Run { automation_details: (!category.is_empty()).then_some(details), ..built }
}

fn invocation(report: &Report, cut: &result::Cut) -> Invocation {
    let mut notifications: Vec<Notification> =
        report.notices.iter().take(MAX_NOTIFICATIONS).map(notification).collect();
    let mut say = |message: String| {
        notifications.push(notification(&Notice {
            path: "".into(),
            line: None,
            kind: NoticeKind::Limit,
            message,
        }));
    };
    if let Some(more) = report.notices.len().checked_sub(MAX_NOTIFICATIONS).filter(|more| *more > 0) {
        say(format!("{more} more notices are left out; the JSON report has them"));
    }
    let result::Cut { results, flows, places } = *cut;
    let of = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    if results > 0 {
        say(format!(
            "{} left out, the least severe first: GitHub takes 25,000 results and 10 MB (compressed)",
            of(results, "result is", "results are")
        ));
    }
    if flows > 0 {
        say(format!(
            "the code flows of {} are left out, the least severe first: GitHub takes 10 MB (compressed)",
            of(flows, "result", "results")
        ));
    }
    if places > 0 {
        say(format!(
            "{} fewer places than the finding: GitHub shows 100 related places and 1,000 steps of each",
            of(places, "result has", "results have")
        ));
    }
    Invocation::builder()
        .execution_successful(report.coverage.files_read > 0)
        .tool_execution_notifications(notifications)
        .build()
}

/// All kinds of notification.
const KINDS: [NoticeKind; 5] = [
    NoticeKind::Skipped,
    NoticeKind::Unreadable,
    NoticeKind::Syntax,
    NoticeKind::Limit,
    NoticeKind::Suppression,
];

fn kind_id(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Skipped => "skipped",
        NoticeKind::Unreadable => "unreadable",
        NoticeKind::Syntax => "syntax",
        NoticeKind::Limit => "limit",
        NoticeKind::Suppression => "suppression",
    }
}

fn descriptor(kind: NoticeKind) -> ReportingDescriptor {
    // The validator wants names that are not those of the identifiers.
    let name = match kind {
        NoticeKind::Skipped => "FileSkipped",
        NoticeKind::Unreadable => "FileUnreadable",
        NoticeKind::Syntax => "SyntaxNotUnderstood",
        NoticeKind::Limit => "LimitReached",
        NoticeKind::Suppression => "SuppressionRemark",
    };
    let text = match kind {
        NoticeKind::Skipped => "A file was not read, on purpose.",
        NoticeKind::Unreadable => "A file could not be read.",
        NoticeKind::Syntax => "A part of a file could not be understood; the rest was.",
        NoticeKind::Limit => "A limit cut the analysis or the report short.",
        NoticeKind::Suppression => "Findings were left out on request, or a request for it is out of date.",
    };
    // The validator of GitHub asks the same of notifications as of rules.
    ReportingDescriptor::builder()
        .id(kind_id(kind))
        .name(name)
        .short_description(rules::plain(text))
        .full_description(rules::plain(text))
        .help(rules::plain("The text report has all of these at its end; README.md says what is read."))
        .build()
}

fn notification(notice: &Notice) -> Notification {
    let level = match notice.kind {
        NoticeKind::Skipped => NotificationLevel::Note,
        NoticeKind::Unreadable | NoticeKind::Syntax | NoticeKind::Limit | NoticeKind::Suppression => {
            NotificationLevel::Warning
        }
    };
    let built = Notification::builder()
        .descriptor(ReportingDescriptorReference::builder().id(kind_id(notice.kind)).build())
        .level(level.to_string())
        .message(Message::from(escape(&notice.message).as_str()))
        .build();
    if notice.path.is_empty() {
        return built;
    }
    let place = PhysicalLocation::builder().artifact_location(artifact(&notice.path)).build();
    let region = notice.line.map(|line| Region::builder().start_line(line).build());
    let place = PhysicalLocation { region, ..place };
    Notification { locations: Some(vec![Location::builder().physical_location(place).build()]), ..built }
}

fn artifact(path: &str) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri(path)).uri_base_id(BASE).build()
}

/// A path as a relative reference: each segment percent-encoded.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// Text for a message: without what changes the display, and with the brackets escaped that would make a link.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if matches!(c, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::result::Cut;
    use super::{escape, invocation, uri};
    use crate::report::Report;

    #[test]
    fn what_is_cut_is_told() {
        let said = |cut: Cut| -> Vec<String> {
            let all = invocation(&Report::default(), &cut).tool_execution_notifications;
            all.into_iter().flatten().filter_map(|notification| notification.message.text).collect()
        };
        assert_eq!(said(Cut::default()), [""; 0]);
        let all = said(Cut { results: 2, flows: 1, places: 1 });
        for (text, begin) in all.iter().zip([
            "2 results are left out, the least severe first: ",
            "the code flows of 1 result are left out, the least severe first: ",
            "1 result has fewer places than the finding: ",
        ]) {
            assert!(text.starts_with(begin), "{text}");
        }
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn uris_are_relative_references() {
        assert_eq!(uri("src/jobs/Sync (nightly) 100%.cs"), "src/jobs/Sync%20%28nightly%29%20100%25.cs");
        assert_eq!(uri("Verträge/a:b#c?.ps1"), "Vertr%C3%A4ge/a%3Ab%23c%3F.ps1");
    }

    #[test]
    fn brackets_make_no_links() {
        assert_eq!(escape("a[0](1) \\ \u{202e}x"), "a\\[0\\](1) \\\\ \u{fffd}x");
    }
}
