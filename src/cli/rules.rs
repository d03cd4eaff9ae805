//! `pcmfa rules`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Error, exit_codes, output};
use crate::models::Rules;
use crate::report;

/// Show the findings that the rule files define
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
    },
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let Command::List { rules } = &arguments.command;
    let rules = Rules::load(rules)?;
    let width = rules.findings().iter().map(|row| row.id.len()).max().unwrap_or_default();
    output::to(None, |out| {
        for row in rules.findings() {
            writeln!(out, "{:<7}  {:<width$}  {}", row.level.name(), row.id, report::visible(&row.title))?;
        }
        Ok(())
    })?;
    Ok(exit_codes::CLEAN)
}
