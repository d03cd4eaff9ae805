//! `pcmfa baseline`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::progress::Line;
use super::subject::Where;
use super::targets::now;
use super::{Error, exit_codes, output};
use crate::date::Date;
use crate::repository;
use crate::triage::{self, baseline::Baseline};

/// Write the findings there are to a baseline: `scan --baseline` reports only others
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    subject: Where,

    /// The file; `-` for standard output
    #[arg(long, short, value_name = "FILE", default_value = "pcmfa-baseline.json")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    arguments.subject.on_threads(|| write(arguments))
}

fn write(arguments: &Arguments) -> Result<ExitCode, Error> {
    let subject = arguments.subject.subject(None)?;
    let line = Line::start(true, &subject.progress);
    let mut outcome = subject.scan(None)?;
    drop(line);
    // What comments suppress needs no baseline. An old baseline does not matter: what it holds is still found.
    triage::ignores(&mut outcome, Date::of(now()), &subject.names(&|rule| subject.found.is_off(rule)));
    if outcome.report.coverage.files_read == 0 {
        let _ = writeln!(anstream::stderr(), "{}", arguments.subject.nothing_scanned(&outcome.report));
        return Ok(exit_codes::nothing_scanned());
    }
    let baseline = Baseline::of(&outcome, &repository::prefix(&outcome.root));
    let path = (arguments.output.as_os_str() != "-").then_some(arguments.output.as_path());
    output::to(path, |out| {
        serde_json::to_writer_pretty(&mut *out, &baseline)?;
        Ok(writeln!(out)?)
    })?;
    if let Some(path) = path {
        let count = if baseline.len() == 1 {
            "1 finding is".to_owned()
        } else {
            format!("{} findings are", baseline.len())
        };
        let _ = writeln!(anstream::stderr(), "pcmfa: {count} in {}", path.display());
    }
    Ok(exit_codes::CLEAN)
}
