//! `pcmfa inventory`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::subject::Where;
use super::{Error, exit_codes, output};
use crate::report;

/// List every call of Partner Center: which operation it is, which token it carries, and what becomes of it
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    subject: Where,

    /// How the inventory is written
    #[arg(long, value_name = "FORMAT", default_value = report::INVENTORY_FORMATS[0],
          value_parser = clap::builder::PossibleValuesParser::new(report::INVENTORY_FORMATS))]
    format: String,

    /// Write the inventory to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    arguments.subject.on_threads(|| write(arguments))
}

fn write(arguments: &Arguments) -> Result<ExitCode, Error> {
    let subject = arguments.subject.subject(None)?;
    let outcome = subject.scan(None)?;
    if outcome.report.coverage.files_read == 0 {
        let _ = writeln!(anstream::stderr(), "{}", arguments.subject.nothing_scanned(&outcome.report));
        return Ok(exit_codes::nothing_scanned());
    }
    output::to(arguments.output.as_deref(), |out| {
        report::inventory(&outcome.report, &arguments.format, out)
    })?;
    Ok(exit_codes::CLEAN)
}
