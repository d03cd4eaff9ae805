//! `pcmfa init`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Error, exit_codes};
use crate::config::{FILE, TEMPLATE};

/// Write a commented configuration file, pcmfa.yaml
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The directory that gets it: the root of a repository
    #[arg(value_name = "DIR", default_value = ".")]
    directory: PathBuf,

    /// Replace the file that is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let path =
        if arguments.directory == Path::new(".") { FILE.into() } else { arguments.directory.join(FILE) };
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    let options = if arguments.force { options.truncate(true) } else { options.create_new(true) };
    let written = options.open(&path).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            // A terminal that is gone does not matter: the file is there.
            let _ = writeln!(anstream::stderr(), "pcmfa: {} is written", path.display());
            Ok(exit_codes::CLEAN)
        }
        Err(source) if source.kind() == std::io::ErrorKind::AlreadyExists => Err(Error::Exists { path }),
        Err(source) => Err(Error::Output { path, source }),
    }
}
