//! Runs the samples of rule files: small projects with what must be found in them as comments.

use std::path::{Component, Path};

use crate::ScanOptions;
use crate::models::{Rules, Sample};
use crate::report::{Location, Report};
use crate::walk::DEFAULT_MAX_FILE_SIZE;

/// Findings about the scanned code as a whole: what it lacks. Small projects lack it as a rule, so these are
/// compared only in those that speak of them (`finding mfa-not-validated`, `without mfa-not-validated`).
pub const ABOUT_ALL: &[&str] = &["mfa-not-validated", "mfa-error-unhandled"];

/// What marks the comments.
const MARK: &str = "pcmfa:";

/// What begins a comment, in all languages there are.
const BEGINS: &[&str] = &["//", "#", "<!--", "/*", "<#", "--", ";", "'", "(*", "%"];

/// What ends a comment within its line.
const ENDS: &[&str] = &["-->", "*/", "#>", "*)"];

/// How lines end on which a text of several lines begins: its comment stands before it.
const MULTI_LINE: &[&str] = &["@\"", "@'", "\"\"\""];

/// Something that is expected in a line: `call verdict=blocked from=ropc`.
struct Expected {
    path: String,
    line: u32,
    item: String,
}

/// How a sample differs from what its comments say; empty when it does not.
///
/// # Errors
/// When the sample's files cannot be written down, or a comment in it is none.
pub fn run(sample: &Sample, rules: &Rules) -> Result<Vec<String>, String> {
    let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut expected = Vec::new();
    for (path, text) in &sample.files {
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if !inside || path.is_empty() {
            return Err(format!("`{path}` is no path inside of the sample"));
        }
        let to = dir.path().join(path);
        let written = std::fs::create_dir_all(to.parent().unwrap_or(dir.path()))
            .and_then(|()| std::fs::write(&to, text));
        written.map_err(|error| format!("cannot write {path}: {error}"))?;
        read(path, text, &mut expected)?;
    }
    if expected.is_empty() {
        return Err("no comment says what must be found".to_owned());
    }
    let options = ScanOptions {
        paths: vec![dir.path().to_owned()],
        threads: 1,
        max_file_size: DEFAULT_MAX_FILE_SIZE,
        include: Vec::new(),
        exclude: Vec::new(),
        filter: None,
        test_code: None,
        overlay: None,
        exhaustive: false,
        docs: false,
        all: false,
        progress: None,
    };
    let outcome = crate::scan(&options, rules).map_err(|error| error.to_string())?;
    Ok(differences(&expected, &outcome.report))
}

/// Reads the expectations of a file.
fn read(path: &str, text: &str, expected: &mut Vec<Expected>) -> Result<(), String> {
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let Some((code, says)) = split(line) else { continue };
        let mut target = index;
        if code.is_empty() {
            // On a line of its own: it is about the next line that is more than such a comment.
            let next =
                lines[index + 1..].iter().position(|l| split(l).is_none_or(|(code, _)| !code.is_empty()));
            target = index + 1 + next.ok_or_else(|| format!("{path}:{} is about nothing", index + 1))?;
        }
        if MULTI_LINE.iter().any(|end| lines[target].ends_with(end)) {
            target += 1;
        }
        for item in says.split(" ; ").map(str::trim) {
            let kind = item.split(' ').next().unwrap_or_default();
            if !["acquisition", "call", "check", "finding", "without", "decoy"].contains(&kind) {
                return Err(format!("{path}:{} `{item}` is no expectation", index + 1));
            }
            expected.push(Expected { path: path.to_owned(), line: target as u32 + 1, item: item.to_owned() });
        }
    }
    Ok(())
}

/// The code of a line, and what the comment behind it says.
fn split(line: &str) -> Option<(&str, &str)> {
    let at = line.find(MARK)?;
    let before = line[..at].trim_end();
    let begin = BEGINS.iter().filter(|begin| before.ends_with(**begin)).max_by_key(|begin| begin.len())?;
    let says = line[at + MARK.len()..].trim();
    let says = ENDS.iter().find_map(|end| says.strip_suffix(end)).unwrap_or(says);
    Some((before[..before.len() - begin.len()].trim(), says.trim()))
}

/// Everything in a report, in the words of the comments.
fn reported(report: &Report) -> Vec<(&Location, String)> {
    let mut out = Vec::new();
    for one in &report.acquisitions {
        let (flow, verdict, reach) = (one.flow.name(), one.verdict.name(), one.partner_center.name());
        out.push((&one.location, format!("acquisition flow={flow} verdict={verdict} pc={reach}")));
    }
    for call in &report.calls {
        let mut flows: Vec<&str> = report
            .acquisitions
            .iter()
            .filter(|one| call.tokens.contains(&one.id))
            .map(|one| one.flow.name())
            .collect();
        flows.sort_unstable();
        flows.dedup();
        let from = if flows.is_empty() { String::new() } else { format!(" from={}", flows.join(",")) };
        out.push((&call.location, format!("call verdict={}{from}", call.verdict.name())));
    }
    out.extend(report.checks.iter().map(|check| (&check.location, "check".to_owned())));
    out.extend(report.findings.iter().map(|one| (&one.location, format!("finding {}", one.rule))));
    out
}

fn differences(expected: &[Expected], report: &Report) -> Vec<String> {
    let covers = |place: &Location, one: &Expected| {
        *place.path == *one.path && place.line <= one.line && one.line <= place.end_line
    };
    let mut surplus = reported(report);
    let spoken_of = |rule: &str| expected.iter().any(|one| one.item.split(' ').nth(1) == Some(rule));
    surplus.retain(|(_, item)| {
        item.strip_prefix("finding ").is_none_or(|rule| !ABOUT_ALL.contains(&rule) || spoken_of(rule))
    });
    let says_what_is = |one: &&Expected| one.item != "decoy" && !one.item.starts_with("without ");
    let mut left: Vec<&Expected> = expected.iter().filter(says_what_is).collect();
    // What fits best goes first: at the first line of a place, then anywhere in it.
    for exact in [true, false] {
        left.retain(|one| {
            let fits = |(place, item): &(&Location, String)| {
                *item == one.item && covers(place, one) && (!exact || place.line == one.line)
            };
            surplus.iter().position(fits).map(|at| surplus.remove(at)).is_none()
        });
    }
    let mut out: Vec<String> = left
        .iter()
        .map(|one| format!("{}:{} expected, but not reported: {}", one.path, one.line, one.item))
        .collect();
    out.extend(surplus.iter().map(|(place, item)| {
        let decoy = expected.iter().any(|one| one.item == "decoy" && covers(place, one));
        let why = if decoy { "a decoy" } else { "not expected" };
        format!("{}:{} {why}, but reported: {item}", place.path, place.line)
    }));
    out.sort();
    out
}
