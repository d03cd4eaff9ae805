//! `pcmfa schema`.

use std::process::ExitCode;

use clap::ValueEnum;

use super::{Error, exit_codes, output};
use crate::config::Config;
use crate::models::RuleFile;

/// Print the JSON Schema of a kind of file, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The kind of file: rule files, or the configuration
    #[arg(value_name = "KIND")]
    kind: Kind,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Rules,
    Config,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let schema = match arguments.kind {
        Kind::Rules => schemars::schema_for!(RuleFile),
        Kind::Config => schemars::schema_for!(Config),
    };
    output::to(None, |out| {
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        Ok(writeln!(out)?)
    })?;
    Ok(exit_codes::CLEAN)
}
