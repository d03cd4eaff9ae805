//! `pcmfa rules`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Error, exit_codes, explain, output};
use crate::models::{RuleFile, Rules, lint};
use crate::{report, samples};

/// Show, test and check rule files
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List all findings with their level and title
    List {
        /// Read the rule files of this directory, too. Can be repeated
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
        /// List the rule files instead, with their libraries and languages
        #[arg(long)]
        files: bool,
    },
    /// Explain a finding, or print the rule file of a library
    Show {
        /// The finding, the library, or the path of a rule file, as `rules list` shows them
        #[arg(value_name = "NAME")]
        name: String,
        /// Read the rule files of this directory, too. Can be repeated
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Run the samples of rule files: what they say must be found, and nothing else
    Test {
        /// Directories with rule files; the embedded ones when there are none
        #[arg(value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
    /// Find rows that can never match
    Lint {
        /// Directories with rule files; the embedded ones when there are none
        #[arg(value_name = "DIR")]
        rules: Vec<PathBuf>,
    },
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    match &arguments.command {
        Command::List { rules, files: false } => list(&Rules::load(rules)?),
        Command::List { rules, files: true } => list_files(&Rules::load(rules)?),
        Command::Show { name, rules } => show(name, &Rules::load(rules)?),
        Command::Test { rules } => test(rules),
        Command::Lint { rules } => lint(rules),
    }
}

fn list(rules: &Rules) -> Result<ExitCode, Error> {
    let width = rules.findings().iter().map(|row| row.id.len()).max().unwrap_or_default();
    output::to(None, |out| {
        for row in rules.findings() {
            writeln!(out, "{:<7}  {:<width$}  {}", row.level.name(), row.id, report::visible(&row.title))?;
        }
        Ok(())
    })?;
    Ok(exit_codes::CLEAN)
}

fn list_files(rules: &Rules) -> Result<ExitCode, Error> {
    let width = rules.files().map(|(path, _)| path.chars().count()).max().unwrap_or_default();
    output::to(None, |out| {
        for (path, file) in rules.files() {
            let languages = if file.languages.is_empty() {
                "all languages".to_owned()
            } else {
                file.languages.join(", ")
            };
            let text = format!("{path:<width$}  {} ({languages})", file.library);
            writeln!(out, "{}", report::visible(&text))?;
        }
        Ok(())
    })?;
    Ok(exit_codes::CLEAN)
}

fn show(name: &str, rules: &Rules) -> Result<ExitCode, Error> {
    if let Some(row) = rules.finding(name) {
        output::to(None, |out| Ok(write!(out, "{}", explain::text(row))?))?;
        return Ok(exit_codes::CLEAN);
    }
    let mut files = rules.files();
    let found = files.position(|(path, file)| path == name || file.library.eq_ignore_ascii_case(name));
    let own = rules.own_files().count();
    let Some((index, (path, _))) = found.and_then(|index| Some((index, rules.files().nth(index)?))) else {
        return Err(Error::NoRule { name: name.to_owned() });
    };
    let text = match Rules::embedded_text(path) {
        Some(text) if index >= own => text.to_owned(),
        _ => std::fs::read_to_string(path)
            .map_err(|error| Error::Read { path: path.into(), reason: error.to_string() })?,
    };
    output::to(None, |out| Ok(writeln!(out, "# {}\n{}", report::visible(path), report::visible(&text))?))?;
    Ok(exit_codes::CLEAN)
}

/// The files that are meant: those of the directories, or the embedded ones.
fn meant<'a>(rules: &'a Rules, dirs: &[PathBuf]) -> Vec<(&'a str, &'a RuleFile)> {
    if dirs.is_empty() { rules.files().collect() } else { rules.own_files().collect() }
}

fn test(dirs: &[PathBuf]) -> Result<ExitCode, Error> {
    let rules = Rules::load(dirs)?;
    let files = meant(&rules, dirs);
    let (mut passed, mut failed) = (0, 0);
    output::to(None, |out| {
        for (path, file) in &files {
            for sample in &file.samples {
                let title = report::visible(&format!("{path}: {}", sample.name));
                match samples::run(sample, &rules) {
                    Ok(differences) if differences.is_empty() => passed += 1,
                    Ok(differences) => {
                        failed += 1;
                        writeln!(out, "failed: {title}")?;
                        for difference in differences {
                            writeln!(out, "  {}", report::visible(&difference))?;
                        }
                    }
                    Err(reason) => {
                        failed += 1;
                        writeln!(out, "failed: {title}\n  {}", report::visible(&reason))?;
                    }
                }
            }
        }
        let without = files.iter().filter(|(_, file)| file.samples.is_empty()).count();
        writeln!(
            out,
            "{passed} passed, {failed} failed; {without} of {} rule files have no samples",
            files.len()
        )?;
        Ok(())
    })?;
    // A test that tests nothing has not passed.
    if passed + failed == 0 {
        return Ok(exit_codes::nothing_scanned());
    }
    Ok(if failed > 0 { exit_codes::findings() } else { exit_codes::CLEAN })
}

fn lint(dirs: &[PathBuf]) -> Result<ExitCode, Error> {
    let rules = Rules::load(dirs)?;
    let files = meant(&rules, dirs);
    let mut count = 0;
    output::to(None, |out| {
        for (path, file) in &files {
            for remark in lint::file(file) {
                count += 1;
                let row = if remark.row > 0 { format!(" row {}", remark.row) } else { String::new() };
                let text = format!("{path}: {}{row}: {}", remark.section, remark.message);
                writeln!(out, "{}", report::visible(&text))?;
            }
        }
        writeln!(out, "{count} remarks on {} rule files", files.len())?;
        Ok(())
    })?;
    if files.is_empty() {
        return Ok(exit_codes::nothing_scanned());
    }
    Ok(if count > 0 { exit_codes::findings() } else { exit_codes::CLEAN })
}
