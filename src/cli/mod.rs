//! The command line: one file per command.

mod baseline;
mod change;
mod completions;
mod dump_ir;
mod exit_codes;
mod explain;
mod init;
mod inventory;
mod languages;
mod output;
mod progress;
mod rules;
mod scan;
mod schema;
mod subject;
mod targets;
mod terminal;
mod token;
mod why;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::report;

/// Under what the options of `scan` stand in its help.
mod heading {
    pub(super) const SUBJECT: &str = "What is scanned";
    pub(super) const CHANGE: &str = "Only what a change brings";
    pub(super) const FINDINGS: &str = "What counts";
    pub(super) const REPORTS: &str = "Reports";
    pub(super) const TERMINAL: &str = "What is said meanwhile, and how it looks";
}

/// The arguments of the command.
#[derive(Debug, Parser)]
#[command(
    name = "pcmfa",
    version,
    about = "Finds the Partner Center integrations that Microsoft's MFA enforcement breaks, and says why",
    after_help = exit_codes::HELP,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Scan(scan::Arguments),
    Inventory(inventory::Arguments),
    Baseline(baseline::Arguments),
    Init(init::Arguments),
    Explain(explain::Arguments),
    Token(token::Arguments),
    Rules(rules::Arguments),
    /// List the languages that are read, with their file names
    Languages,
    Schema(schema::Arguments),
    Completions(completions::Completions),
    Man(completions::Man),
    /// Show what a front end makes of a source file
    #[command(hide = true)]
    DumpIr(dump_ir::Arguments),
}

/// Why a command cannot do what it is asked.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Scan(#[from] crate::ScanError),
    #[error(transparent)]
    Rules(#[from] crate::models::RuleError),
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    #[error(transparent)]
    Baseline(#[from] crate::triage::baseline::BaselineError),
    #[error(transparent)]
    Git(#[from] crate::git::GitError),
    #[error("{} is there already", path.display())]
    Exists { path: PathBuf },
    #[error(transparent)]
    Report(#[from] report::Error),
    #[error("cannot read {}: {reason}", path.display())]
    Read { path: PathBuf, reason: String },
    #[error("cannot write {}: {source}", path.display())]
    Output { path: PathBuf, source: std::io::Error },
    #[error("there is no finding, library or rule file `{name}`")]
    NoRule { name: String },
    #[error("cannot read the list of files from standard input: {0}")]
    FileList(std::io::Error),
    #[error("nothing to explain has the name `{name}`")]
    NoText { name: String, near: Option<String> },
    #[error("a token does not belong on the command line, where others can see it")]
    TokenArgument,
    #[error(
        "`pcmfa token` does not take these arguments; they are not repeated here, since one may be a token"
    )]
    TokenArguments,
    #[error("cannot read the token from standard input: {0}")]
    TokenInput(std::io::Error),
    #[error("there is nothing on standard input")]
    NoToken,
    #[error("{} lies outside of what is scanned, {}", path.display(), root.display())]
    Outside { path: PathBuf, root: PathBuf },
    #[error("{} has {lines} lines; there is no line {line}", path.display())]
    NoLine { path: PathBuf, line: u32, lines: usize },
    #[error("explanations are written as text or json, not as {format}")]
    NoExplanation { format: String },
    #[error("two reports go to {}", path.display())]
    SameTarget { path: PathBuf },
    #[error("cannot start {threads} threads: {source}")]
    Threads { threads: usize, source: rayon::ThreadPoolBuildError },
}

impl Error {
    fn help(&self) -> Option<String> {
        match self {
            Self::Scan(error) => error.help(),
            Self::Output { .. } => Some("the directory must exist and be writable".to_owned()),
            Self::Threads { .. } => Some("leave --threads out to use one thread per core".to_owned()),
            Self::Rules(error) => Some(error.help().to_owned()),
            Self::SameTarget { .. } => Some("give each report a file of its own".to_owned()),
            Self::Config(_) => {
                Some("`pcmfa init` writes a commented one; --no-config goes on without any".to_owned())
            }
            Self::Git(error) => Some(error.help().to_owned()),
            Self::Baseline(_) => Some("`pcmfa baseline` writes one".to_owned()),
            Self::Exists { .. } => Some("--force replaces it".to_owned()),
            Self::NoRule { .. } => Some("see `pcmfa rules list` and `pcmfa rules list --files`".to_owned()),
            Self::NoText { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::NoText { near: None, .. } => Some("`pcmfa explain` lists all findings".to_owned()),
            Self::TokenArgument | Self::TokenArguments | Self::NoToken => Some(
                "pass it on standard input: `pcmfa token < token.txt`, or `print-token | pcmfa token`"
                    .to_owned(),
            ),
            Self::FileList(_) => {
                Some("write one path a line, or separate them by NUL (`git ls-files -z`)".to_owned())
            }
            Self::Outside { .. } => Some(
                "scan a directory that holds the file: `pcmfa scan DIR --explain-verdict FILE:LINE`"
                    .to_owned(),
            ),
            Self::NoExplanation { .. } => Some("give --format text or --format json".to_owned()),
            Self::Report(_) | Self::Read { .. } | Self::NoLine { .. } | Self::TokenInput(_) => None,
        }
    }
}

/// Runs the command that the arguments name and says how it went.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_token = arguments.get(1).is_some_and(|command| command == "token");
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        // The message of the parser would repeat what was passed.
        Err(error) if is_token && error.use_stderr() => return fail(&Error::TokenArguments),
        Err(error) => {
            // Nothing is left to be done when the terminal is gone.
            let _ = error.print();
            return if error.use_stderr() { exit_codes::usage() } else { exit_codes::CLEAN };
        }
    };
    let result = match arguments.command {
        Command::Scan(arguments) => scan::run(&arguments),
        Command::Inventory(arguments) => inventory::run(&arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Token(arguments) => token::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Languages => languages::run(),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
        Command::Man(arguments) => completions::man(&arguments),
        Command::DumpIr(arguments) => dump_ir::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(Error::Report(error)) if error.is_broken_pipe() => exit_codes::CLEAN,
        Err(error) => fail(&error),
    }
}

fn fail(error: &Error) -> ExitCode {
    let mut stderr = anstream::stderr().lock();
    let _ = writeln!(stderr, "error: {}", report::visible(&error.to_string()));
    if let Some(help) = error.help() {
        let _ = writeln!(stderr, "help: {help}");
    }
    exit_codes::usage()
}
