//! `pcmfa completions` and `pcmfa man`: what packagers install beside the program.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Error, exit_codes, output};

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn completions(arguments: &Completions) -> Result<ExitCode, Error> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "pcmfa", &mut text);
    output::to(None, |out| Ok(out.write_all(&text)?))?;
    Ok(exit_codes::CLEAN)
}

/// Print the manual page, or write those of all commands to a directory
#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// Write one page for each command to this directory
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn man(arguments: &Man) -> Result<ExitCode, Error> {
    let command = super::Arguments::command();
    let Some(directory) = &arguments.output else {
        let mut text = Vec::new();
        clap_mangen::Man::new(command).render(&mut text).map_err(crate::report::Error::from)?;
        output::to(None, |out| Ok(out.write_all(&text)?))?;
        return Ok(exit_codes::CLEAN);
    };
    let written = clap_mangen::generate_to(command, directory);
    written.map_err(|source| Error::Output { path: directory.clone(), source })?;
    let _ = writeln!(anstream::stderr(), "pcmfa: the manual pages are in {}", directory.display());
    Ok(exit_codes::CLEAN)
}
