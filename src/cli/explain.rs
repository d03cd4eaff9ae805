//! `pcmfa explain`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Error, exit_codes, output};
use crate::explain::{self, Block};
use crate::models::{FindingRow, Rules};
use crate::nearest::nearest;
use crate::report;

/// Explain a finding: what it means, how it fails, how to fix and to check it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without a name, the findings are listed. `enforcement` says what Microsoft enforces, and since when.")]
pub(super) struct Arguments {
    /// A finding, `enforcement`, or an error code such as 900421
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Explain everything there is
    #[arg(long, conflicts_with = "name")]
    all: bool,
    /// Show examples in this language only, by its name in `pcmfa languages`
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Read the rule files of this directory, too. Can be repeated
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// The name of what is enforced, beside those of the findings.
const ENFORCEMENT: &str = "enforcement";

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let rules = Rules::load(&arguments.rules)?;
    let language = arguments.language.as_deref();
    let (blocks, value) = match arguments.name.as_deref() {
        None if arguments.all => all(&rules, language),
        None => list(rules.findings().iter().collect(), arguments.format),
        Some(ENFORCEMENT) => enforcement(&rules),
        Some(name) => match rules.finding(name) {
            Some(row) => (explain::finding(row, 1, language), explain::finding_json(row)),
            None => {
                let same = explain::with_code(rules.findings(), name);
                if same.is_empty() {
                    return Err(Error::NoText { name: name.to_owned(), near: near(name, &rules) });
                }
                list(same, arguments.format)
            }
        },
    };
    output::to(None, |out| {
        match arguments.format {
            Format::Text => write!(out, "{}", visible(&explain::text(&blocks)))?,
            Format::Markdown => write!(out, "{}", visible(&explain::markdown(&blocks)))?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &value)?;
                writeln!(out)?;
            }
        }
        Ok(())
    })?;
    Ok(exit_codes::CLEAN)
}

/// The text of one finding, as the terminal shows it.
pub(super) fn text(row: &FindingRow) -> String {
    visible(&explain::text(&explain::finding(row, 1, None)))
}

/// Texts of own rule files may come from anywhere.
fn visible(text: &str) -> String {
    let mut text = report::visible(text);
    text.push('\n');
    text
}

fn all(rules: &Rules, language: Option<&str>) -> (Vec<Block>, Value) {
    let (mut blocks, enforced) = enforcement(rules);
    blocks.extend(rules.findings().iter().flat_map(|row| explain::finding(row, 1, language)));
    let findings: Vec<Value> = rules.findings().iter().map(explain::finding_json).collect();
    (blocks, json!({ "enforcement": enforced, "findings": findings }))
}

fn enforcement(rules: &Rules) -> (Vec<Block>, Value) {
    let rows = rules.enforcement();
    let values: Vec<Value> = rows.iter().map(explain::enforcement_json).collect();
    (explain::enforcement(rows, 1), Value::Array(values))
}

fn list(rows: Vec<&FindingRow>, format: Format) -> (Vec<Block>, Value) {
    let width = rows.iter().map(|row| row.id.len()).max().unwrap_or_default();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let level = row.level.name();
            if format == Format::Markdown {
                format!("- `{}` ({level}): {}", row.id, row.title)
            } else {
                format!("{level:<7}  {:<width$}  {}", row.id, row.title)
            }
        })
        .collect();
    let values: Vec<Value> =
        rows.iter().map(|row| json!({ "id": row.id, "level": row.level, "title": row.title })).collect();
    let lines = lines.join("\n");
    // Lines of a table are not to be filled anew.
    let block = if format == Format::Markdown { Block::Text(lines) } else { Block::Table(lines) };
    (vec![block], Value::Array(values))
}

/// The finding that was meant, perhaps.
fn near(name: &str, rules: &Rules) -> Option<String> {
    let name = name.to_ascii_lowercase().replace(['_', ' '], "-");
    let ids = || rules.findings().iter().map(|row| row.id.as_str()).chain([ENFORCEMENT]);
    if let Some(id) = ids().find(|id| id.contains(&name) || name.contains(id)) {
        return Some(id.to_owned());
    }
    nearest(&name, ids()).map(str::to_owned)
}
