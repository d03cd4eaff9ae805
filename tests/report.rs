//! The formats, on a report made by hand.

mod handmade;

use std::path::Path;
use std::sync::Arc;

use handmade::{render, render_with, report};
use pcmfa::report::{Context, Report};
use pcmfa::source::Source;

#[test]
fn text() {
    insta::assert_snapshot!(render("text", &report()));
}

#[test]
fn json() {
    insta::assert_snapshot!(render("json", &report()));
}

#[test]
fn quiet_text_is_findings_only() {
    let (sources, rows) = (handmade::sources(), handmade::rows());
    let context = Context {
        sources: &sources,
        findings: &rows,
        root: Path::new("/elsewhere"),
        version: "9.9.9",
        color: false,
        hyperlinks: false,
        quiet: true,
        suppressed: false,
        category: "",
        now: 1_790_000_000,
    };
    let text = render_with("text", &report(), &context);
    assert!(text.contains("error[password-grant]") && !text.contains("Call sites of Partner Center"));
    let loud = render_with("text", &report(), &Context { quiet: false, ..context });
    assert!(loud.ends_with("Paths are relative to /elsewhere\n"));
    let colored = render_with("text", &report(), &Context { color: true, ..context });
    assert!(colored.contains("\u{1b}["));
}

#[test]
fn an_empty_report() {
    let text = render("text", &Report::default());
    assert!(text.starts_with("No call site of Partner Center was found.\n\n0 errors"), "{text}");
}

#[test]
fn untrusted_text_is_neutralised() {
    let mut report = report();
    let hostile = "\u{1b}[2J\u{202e}evil\u{7}";
    report.findings[1].message = hostile.to_owned();
    report.findings[1].fix = hostile.to_owned();
    report.findings[1].flows[0][1].message = hostile.to_owned();
    report.calls[1].endpoint = hostile.to_owned();
    report.acquisitions[1].library = hostile.to_owned();
    report.acquisitions[1].audience = vec![hostile.to_owned()];
    report.findings[0].location.path = format!("{hostile}.ps1").into();
    report.notices[0].path = hostile.into();
    for format in ["text", "sarif"] {
        let text = render(format, &report);
        assert!(text.contains("evil") && !text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text}");
    }
}

#[test]
fn places_that_do_not_fit_the_text_do_no_harm() {
    let mut report = report();
    for (line, column, end_line, end_column) in [
        (0, 0, 0, 0),
        (3, 500, 3, 600),
        (900, 1, 905, 7),
        (5, 9, 4, 1),
        (1, 1, u32::MAX, 1),
        (u32::MAX, 1, u32::MAX, 2),
    ] {
        report.findings[1].location = handmade::at("src/Tokens.cs", line, column, end_line, end_column);
        for format in ["text", "json", "sarif"] {
            assert!(render(format, &report).contains("password-grant"));
        }
    }
}

#[test]
fn very_long_lines_are_shown_in_part() {
    let mut report = report();
    let line = format!("{}var all = get();{}", "ü ".repeat(5000), " x".repeat(5000));
    let sources = [(Arc::from("min.cs"), Source::new("min.cs", line))].into_iter().collect();
    report.findings.truncate(1);
    report.findings[0].location = handmade::at("min.cs", 1, 10_001, 1, 10_016);
    let context = Context {
        sources: &sources,
        findings: &[],
        root: Path::new(""),
        version: "9.9.9",
        color: false,
        hyperlinks: false,
        quiet: true,
        suppressed: false,
        category: "",
        now: 1_790_000_000,
    };
    let text = render_with("text", &report, &context);
    assert!(text.contains("min.cs:1:10001") && text.contains("var all = get();"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 300), "{text}");
}

#[test]
fn secrets_in_messages_are_masked_in_all_formats() {
    let mut report = report();
    report.calls[1].endpoint = "GET /v1/customers?access_token=hunter2".to_owned();
    report.findings[1].message = "sent to https://user:hunter2@contoso.com".to_owned();
    for format in ["text", "json", "sarif"] {
        let text = render(format, &report);
        assert!(!text.contains("hunter2") && !text.contains("Passw0rd"), "{text}");
    }
}
