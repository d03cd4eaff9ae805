//! `pcmfa scan`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::targets::{Target, Writer};
use super::{Error, exit_codes};
use crate::ScanOptions;
use crate::models::Rules;
use crate::report::{self, Level, Report};
use crate::walk::DEFAULT_MAX_FILE_SIZE;

/// Scan files and directories, and say which requests to Partner Center will be refused
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and directories. Named files are read whatever ignore files, globs and size say
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// How the report is written
    #[arg(long, value_name = "FORMAT", default_value = report::FORMATS[0].name(),
          value_parser = clap::builder::PossibleValuesParser::new(
              report::FORMATS.iter().map(|format| format.name())))]
    format: String,

    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write a further report, like `sarif=pcmfa.sarif`. Can be repeated
    #[arg(long, value_name = "FORMAT=FILE", value_parser = Target::parse)]
    report: Vec<Target>,

    /// Read the rule files of this directory, too. Can be repeated
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,

    /// The level from which on findings make the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,

    /// How many threads work; 0 for one per core
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,

    /// Skip files larger than this many bytes; `k` and `M` may follow the number
    #[arg(long, value_name = "SIZE", default_value_t = DEFAULT_MAX_FILE_SIZE, value_parser = size)]
    max_file_size: u64,

    /// Read only files that match this glob, written as in .gitignore. Can be repeated
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,

    /// Leave out files and directories that match this glob. Can be repeated
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,

    /// Parse every source file, not only those that can matter. Slower, with the same result
    #[arg(long)]
    exhaustive: bool,

    /// List token acquisitions that have nothing to do with Partner Center, too
    #[arg(long)]
    all: bool,

    /// When to use colours; `auto` for terminals unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,

    /// Write the findings only: no lists, no summary
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    if arguments.threads > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(arguments.threads)
            .build()
            .map_err(|source| Error::Threads { threads: arguments.threads, source })?
            .install(|| scan(arguments))
    } else {
        scan(arguments)
    }
}

fn scan(arguments: &Arguments) -> Result<ExitCode, Error> {
    let rules = Rules::load(&arguments.rules)?;
    let options = ScanOptions {
        paths: arguments.paths.clone(),
        threads: arguments.threads,
        max_file_size: arguments.max_file_size,
        include: arguments.include.clone(),
        exclude: arguments.exclude.clone(),
        exhaustive: arguments.exhaustive,
        all: arguments.all,
    };
    let outcome = crate::scan(&options, &rules)?;
    let code = exit_code(&outcome.report, arguments.fail_on);
    // clap admits only names of the registry.
    let format = report::format(&arguments.format).unwrap_or(report::FORMATS[0]);
    let main = Target { format, path: arguments.output.clone() };
    let targets: Vec<Target> = std::iter::once(main).chain(arguments.report.iter().cloned()).collect();
    let writer = Writer {
        outcome: &outcome,
        rules: rules.findings(),
        color: use_color(arguments),
        quiet: arguments.quiet,
        suppressed: false,
    };
    writer.write(&targets)?;
    remarks(&outcome.report, arguments);
    Ok(code)
}

/// What a person who does not see the report should know nevertheless.
fn remarks(report: &Report, arguments: &Arguments) {
    let mut stderr = anstream::stderr().lock();
    // A terminal that is gone is no reason to lose the exit code.
    if report.coverage.files_read == 0 {
        let _ = writeln!(
            stderr,
            "error: nothing was scanned: no file could be read in {}\n\
             help: ignore files, --include and --exclude, or the size limit may leave everything out",
            arguments.paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
        );
    } else if arguments.output.is_some() && !arguments.quiet {
        let _ = writeln!(stderr, "pcmfa: {}", report::summary_line(report));
    }
}

fn exit_code(report: &Report, fail_on: FailOn) -> ExitCode {
    let threshold = match fail_on {
        FailOn::Error => Some(Level::Error),
        FailOn::Warning => Some(Level::Warning),
        FailOn::Note => Some(Level::Note),
        FailOn::Never => None,
    };
    if report.coverage.files_read == 0 {
        exit_codes::nothing_scanned()
    } else if threshold.is_some_and(|threshold| report.worst() >= Some(threshold)) {
        exit_codes::findings()
    } else {
        exit_codes::CLEAN
    }
}

fn use_color(arguments: &Arguments) -> bool {
    match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if arguments.output.is_some() => false,
        Color::Auto => AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
    }
}

fn size(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1024),
        None => text.strip_suffix('M').map_or((text, 1), |digits| (digits, 1024 * 1024)),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor))
        .ok_or_else(|| "expected a number of bytes, like 500000, 800k or 4M".to_owned())
}
