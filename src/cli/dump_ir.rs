//! `pcmfa dump-ir FILE`: what a front end makes of a file, for people who work on front ends.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use super::{Error, exit_codes, output};
use crate::frontend::Limit;
use crate::source::Source;
use crate::{ir, walk};

/// Far more than any file needs.
const TIME: Duration = Duration::from_mins(1);

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The source file
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let path = &arguments.file;
    let fail = |reason: String| Error::Read { path: path.clone(), reason };
    let bytes = std::fs::read(path).map_err(|error| fail(walk::io_message(&error)))?;
    let source = Source::from_bytes(path.to_string_lossy(), bytes)
        .ok_or_else(|| fail("it is a binary file".to_owned()))?;
    let language =
        source.language.ok_or_else(|| fail("no front end reads it; see `pcmfa languages`".to_owned()))?;
    let unit = language
        .read(&source.text, &Limit::new(TIME))
        .ok_or_else(|| fail(format!("the {} parser gave up", language.title())))?;
    output::to(None, |out| Ok(out.write_all(ir::dump(&unit).as_bytes())?))?;
    Ok(exit_codes::CLEAN)
}
