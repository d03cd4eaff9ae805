//! The formats for build servers and pull requests, on a report made by hand.

mod handmade;

use handmade::{render, report};
use pcmfa::report::{Level, Report};
use serde_json::Value;

/// What scanned code could hold to break out of a format.
const HOSTILE: &str =
    "x\r\n::error file=evil::gotcha,a:b %0A ]]>&<script>\"'`|@octocat [a](http://x.y) \u{1b}[2J\u{202e}\u{0}";

fn hostile() -> Report {
    let mut report = report();
    let text = || HOSTILE.to_owned();
    report.findings[1].message = text();
    report.findings[1].fix = text();
    report.findings[1].flows[0][1].message = text();
    report.findings[1].location.path = format!("src/{HOSTILE}.cs").into();
    report.calls[1].endpoint = text();
    report.calls[1].location.path = format!("src/{HOSTILE}.cs").into();
    report.calls[0].reason = text();
    report.acquisitions[1].library = text();
    report.acquisitions[1].audience = vec![text()];
    report.notices[0].message = text();
    report
}

#[test]
fn github() {
    insta::assert_snapshot!(render("github", &report()));
}

#[test]
fn junit() {
    insta::assert_snapshot!(render("junit", &report()));
}

#[test]
fn gitlab() {
    insta::assert_snapshot!(render("gitlab", &report()));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(render("markdown", &report()));
}

#[test]
fn scanned_code_cannot_write_workflow_commands() {
    let text = render("github", &hostile());
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), 2, "{text}");
    assert_eq!(text.lines().count(), 3, "{text}");
    // The properties end at the first `::`, and commas and colons in their values are escaped.
    let properties =
        commands[0].strip_prefix("::error ").and_then(|rest| rest.split_once("::")).expect("a command").0;
    let names: Vec<&str> = properties.split(',').map(|one| one.split('=').next().expect("a name")).collect();
    assert_eq!(names, ["file", "line", "title"]);
    assert!(properties.contains("gotcha%2Ca%3Ab %250A"), "{properties}");
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{0}']));
}

#[test]
fn the_most_severe_annotations_come_first() {
    let mut report = report();
    report.findings.truncate(1);
    for level in [Level::Warning, Level::Error, Level::Note] {
        let mut finding = report.findings[0].clone();
        finding.level = level;
        report.findings.push(finding);
    }
    let text = render("github", &report);
    let order: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect();
    assert_eq!(order, ["error", "warning", "notice", "notice"]);
}

/// A reader of XML that is strict in what matters here: what is escaped, what nests, which characters there are.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    let unescape = |text: &str| {
        assert!(!text.contains('<'), "{text}");
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let text = text.replace("&#10;", "\n").replace("&#9;", "\t");
        assert!(!text.replace("&amp;", "").contains('&'), "{text}");
        text.replace("&amp;", "&")
    };
    assert!(xml.chars().all(|c| c == '\n' || (c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}')), "{xml}");
    let (mut found, mut open) = (Vec::new(), Vec::new());
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
    while let Some(start) = rest.find('<') {
        unescape(&rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let (tag, closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut all = Vec::new();
        while let Some((name, tail)) = attributes.trim_start().split_once("=\"") {
            let (value, tail) = tail.split_once('"').expect("a closed value");
            all.push((name.to_owned(), unescape(value)));
            attributes = tail;
        }
        if !closed {
            open.push(name.to_owned());
        }
        found.push((name.to_owned(), all));
    }
    assert!(open.is_empty(), "{open:?} stay open");
    found
}

fn attribute<'a>(element: &'a (String, Vec<(String, String)>), name: &str) -> &'a str {
    &element.1.iter().find(|(key, _)| key == name).unwrap_or_else(|| panic!("{name} in {element:?}")).1
}

#[test]
fn junit_counts_what_it_holds_and_is_well_formed() {
    for report in [report(), hostile(), Report::default()] {
        let all = elements(&render("junit", &report));
        let count = |name: &str| all.iter().filter(|element| element.0 == name).count().to_string();
        assert_eq!(attribute(&all[0], "tests"), count("testcase"));
        assert_eq!(attribute(&all[0], "failures"), count("failure"));
        let sum = |name| -> usize {
            let suites = all.iter().filter(|element| element.0 == "testsuite");
            suites.map(|suite| attribute(suite, name).parse::<usize>().expect("a number")).sum()
        };
        assert_eq!(sum("tests").to_string(), count("testcase"));
        assert_eq!(sum("failures").to_string(), count("failure"));
        assert_eq!(sum("skipped").to_string(), count("skipped"));
    }
    let failure = elements(&render("junit", &hostile()));
    let failure = failure.iter().find(|element| element.0 == "failure").expect("a failure");
    assert!(attribute(failure, "message").contains("]]>&<script>\"'`|@octocat"), "{failure:?}");
}

#[test]
fn gitlab_reports_are_valid() {
    let schema: Value = serde_json::from_str(include_str!("schemas/gitlab-sast-15.2.1.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    let mut long = hostile();
    long.findings[1].fix = "long ".repeat(3000);
    long.findings[1].flows = vec![long.findings[1].flows[0].clone(); 20];
    long.findings[1].location = handmade::at("a.cs", 0, 0, 0, 0);
    for report in [report(), hostile(), long, Report::default()] {
        let value: Value = serde_json::from_str(&render("gitlab", &report)).expect("JSON");
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn gitlab_ids_are_stable_and_different() {
    let mut report = report();
    let ids = |report: &Report| -> Vec<String> {
        let value: Value = serde_json::from_str(&render("gitlab", report)).expect("JSON");
        let all = value["vulnerabilities"].as_array().expect("vulnerabilities");
        all.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
    };
    let before = ids(&report);
    report.findings.push(report.findings[1].clone());
    let after = ids(&report);
    assert_eq!(before, after[..2]);
    assert_ne!(after[1], after[2]);
    assert!(before.iter().all(|id| id.len() == 36 && id.as_bytes()[14] == b'8' && id.as_bytes()[19] == b'a'));
}

#[test]
fn markdown_escapes_what_is_scanned() {
    let text = render("markdown", &hostile());
    // Inside of code anything may stand. These lines have none.
    let prose: Vec<&str> =
        text.lines().filter(|l| l.starts_with("x ") || l.starts_with("**Way out:** x ")).collect();
    assert_eq!(prose.len(), 2, "{text}");
    for line in prose {
        for markup in ["@octocat", "[a](", "]>", "&<", "'`", " [", "://"] {
            assert!(!line.contains(markup), "{markup} in {line}");
        }
        assert!(line.contains("octocat") && line.contains("script"), "{line}");
    }
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{0}']));
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| C")).collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        // Bars that no backslash escapes end cells.
        assert_eq!(row.replace("\\|", "").matches('|').count(), 6, "{row}");
        assert!(!row.contains("\\\\|"), "no bar is escaped twice: {row}");
    }
}
