//! The texts on findings and on what Microsoft enforces, in the forms in which they are shown: a terminal, Markdown
//! (the rules of SARIF and `docs/findings.md` too) and JSON. All of it comes from the rule files.

mod data;
mod render;

pub use data::{enforcement as enforcement_json, finding as finding_json};
pub use render::{markdown, text};

use std::fmt::Write as _;

use crate::frontend::REGISTRY;
use crate::models::{Authority, EnforcementRow, Example, FindingRow, RunTime};

/// A piece of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading, with its depth from 1.
    Heading(usize, String),
    /// Markdown.
    Text(String),
    /// Code in a language, by its name in `pcmfa languages`.
    Code(String, String),
    /// Lines that stay as they are.
    Table(String),
    /// Addresses.
    Links(Vec<String>),
}

/// Everything there is to say about a finding. `depth` is that of its heading; with `language`, only examples in
/// that language are shown.
#[must_use]
pub fn finding(row: &FindingRow, depth: usize, language: Option<&str>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(depth, format!("{} ({})", row.id, row.level.name())),
        Block::Text(format!("**{}**", row.title.trim())),
    ];
    blocks.extend(body(row, depth + 1, language));
    blocks
}

/// The same without its heading.
#[must_use]
pub fn body(row: &FindingRow, depth: usize, language: Option<&str>) -> Vec<Block> {
    let mut blocks = Vec::new();
    section("What it means", &row.description, depth, &mut blocks);
    section("Why it matters", &row.why, depth, &mut blocks);
    section("What happens at run time", &run_time(&row.run_time), depth, &mut blocks);
    if let Some(enforced) = &row.enforcement {
        let more = "`pcmfa explain enforcement` has the dates and who says so.";
        section("Since when", &format!("{} {more}", enforced.state.trim()), depth, &mut blocks);
    }
    section("What to do", &row.help, depth, &mut blocks);
    examples(row, depth, language, &mut blocks);
    section("How to check it", &row.verify, depth, &mut blocks);
    if !row.docs.is_empty() {
        blocks.push(Block::Heading(depth, "Read more".to_owned()));
        blocks.push(Block::Links(row.docs.clone()));
    }
    blocks
}

/// A heading with its text, where there is one.
fn section(title: &str, text: &str, depth: usize, blocks: &mut Vec<Block>) {
    if !text.trim().is_empty() {
        blocks.push(Block::Heading(depth, title.to_owned()));
        blocks.push(Block::Text(text.trim().to_owned()));
    }
}

fn examples(row: &FindingRow, depth: usize, language: Option<&str>, blocks: &mut Vec<Block>) {
    let wanted = |example: &&Example| language.is_none_or(|language| example.language == language);
    for example in row.examples.iter().filter(wanted) {
        let mut title = format!("In {}", language_title(&example.language));
        if !example.title.is_empty() {
            let _ = write!(title, ": {}", example.title);
        }
        blocks.push(Block::Heading(depth, title));
        if let Some(fix) = row.fix.get(&example.language).or_else(|| row.fix.get("*")) {
            blocks.push(Block::Text(fix.trim().to_owned()));
        }
        blocks.push(Block::Text("Before:".to_owned()));
        blocks.push(Block::Code(example.language.clone(), example.before.trim_end().to_owned()));
        if example.after.trim().is_empty() {
            blocks.push(Block::Text("After: nothing; this code goes.".to_owned()));
        } else {
            blocks.push(Block::Text("After:".to_owned()));
            blocks.push(Block::Code(example.language.clone(), example.after.trim_end().to_owned()));
        }
    }
    // Without code in the language, there may be a sentence on it.
    let shown = |name: &str| row.examples.iter().filter(wanted).any(|example| example.language == name);
    for (name, fix) in &row.fix {
        let asked = language.is_none_or(|language| language == name || name == "*");
        let says_more = name != "*" || row.examples.is_empty();
        if asked && !shown(name) && says_more {
            let title = if name == "*" {
                "In any language".to_owned()
            } else {
                format!("In {}", language_title(name))
            };
            blocks.push(Block::Heading(depth, title));
            blocks.push(Block::Text(fix.trim().to_owned()));
        }
    }
}

/// What Microsoft enforces, since when, and who says so.
#[must_use]
pub fn enforcement(rows: &[EnforcementRow], depth: usize) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(depth, "What Microsoft enforces".to_owned()),
        Block::Text(
            "Verdicts do not depend on these dates: what Partner Center is to refuse is reported, whether it \
             already does or not. Sandbox tenants are those that partners test with; production is the rest."
                .to_owned(),
        ),
    ];
    for row in rows {
        blocks.push(Block::Heading(depth + 1, row.title.trim().to_owned()));
        blocks.push(Block::Text(row.description.trim().to_owned()));
        blocks.push(Block::Text(row.state.trim().to_owned()));
        if !row.run_time.is_empty() {
            blocks.push(Block::Text(run_time(&row.run_time)));
        }
        let mut dates = String::new();
        for one in &row.dates {
            let by = match one.by {
                Authority::Microsoft => "Microsoft",
                Authority::ThirdParty => "others",
            };
            let _ = writeln!(
                dates,
                "- {} ({}): {} Source ({by}): <{}>",
                one.date,
                one.scope,
                one.what.trim(),
                one.source
            );
        }
        let limits: Vec<String> = row.limits.iter().map(|limit| format!("- {}", limit.trim())).collect();
        let limits = limits.join("\n");
        for (title, list) in [("Dates:", dates), ("What is not known, or not covered:", limits)] {
            if !list.is_empty() {
                blocks.push(Block::Text(title.to_owned()));
                blocks.push(Block::Text(list.trim_end().to_owned()));
            }
        }
        if !row.docs.is_empty() {
            blocks.push(Block::Links(row.docs.clone()));
        }
    }
    blocks
}

/// `- Partner Center answers 401 with error code 900421. The token …`
fn run_time(rows: &[RunTime]) -> String {
    let mut text = String::new();
    for row in rows {
        let answer = match (row.status, &row.code) {
            (Some(status), Some(code)) => {
                format!("{} answers HTTP {status} with error code {code}.", row.from)
            }
            (Some(status), None) => format!("{} answers HTTP {status}.", row.from),
            (None, Some(code)) => format!("{} answers with error code {code}.", row.from),
            (None, None) => format!("{}:", row.from),
        };
        let _ = writeln!(text, "- {answer} {}", row.what.trim());
    }
    text.trim_end().to_owned()
}

/// The name of a language for people.
fn language_title(name: &str) -> &str {
    match name {
        "json" => "JSON",
        "xml" => "XML",
        "text" => "plain text",
        _ => REGISTRY
            .iter()
            .find(|language| language.language() == name)
            .map_or(name, |language| language.title()),
    }
}

/// The findings that can be answered with this error code at run time.
#[must_use]
pub fn with_code<'a>(rows: &'a [FindingRow], code: &str) -> Vec<&'a FindingRow> {
    let answers = |row: &&FindingRow| {
        let own = row.run_time.iter();
        own.filter_map(|one| one.code.as_deref()).any(|one| one.eq_ignore_ascii_case(code))
    };
    rows.iter().filter(answers).collect()
}
