//! `pcmfa scan`.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::targets::{Target, Writer};
use super::{Error, exit_codes};
use crate::models::Rules;
use crate::report::{self, Level, Report};
use crate::walk::DEFAULT_MAX_FILE_SIZE;
use crate::{Outcome, ScanOptions};

/// Scan files and directories, and say which requests to Partner Center will be refused
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and directories. Named files are read whatever ignore files, globs and size say
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Read the paths from standard input: one a line, or separated by NUL
    #[arg(long, conflicts_with = "paths")]
    stdin_file_list: bool,

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

    /// Say on standard error what is done: what is read, what is skipped, how long it takes
    #[arg(long, short, conflicts_with = "quiet")]
    verbose: bool,
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
    let start = Instant::now();
    let rules = Rules::load(&arguments.rules)?;
    let options = ScanOptions {
        paths: if arguments.stdin_file_list { file_list()? } else { arguments.paths.clone() },
        threads: arguments.threads,
        max_file_size: arguments.max_file_size,
        include: arguments.include.clone(),
        exclude: arguments.exclude.clone(),
        exhaustive: arguments.exhaustive,
        all: arguments.all,
    };
    let outcome = crate::scan(&options, &rules)?;
    if arguments.verbose {
        tell(&outcome, &rules, start);
    }
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

/// The paths on standard input.
fn file_list() -> Result<Vec<PathBuf>, Error> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(Error::FileList)?;
    // A path can hold a line break, but no NUL.
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == end);
    let lines = lines.map(|line| if end == 0 { line } else { line.strip_suffix(b"\r").unwrap_or(line) });
    Ok(lines.filter(|line| !line.is_empty()).map(path_of).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// What `--verbose` says.
fn tell(outcome: &Outcome, rules: &Rules, start: Instant) {
    let mut stderr = anstream::stderr().lock();
    let Outcome { report, root, .. } = outcome;
    let coverage = &report.coverage;
    let parsed: usize = coverage.files_parsed.values().sum();
    let _ = writeln!(stderr, "pcmfa: {} rule files", rules.files().count());
    let _ = writeln!(
        stderr,
        "pcmfa: {} of {} files read, {parsed} parsed, below {}",
        coverage.files_read,
        coverage.files_seen,
        report::visible(&root.to_string_lossy())
    );
    // The text report names a few files of each kind; here are all.
    for notice in report.notices.iter().filter(|notice| !notice.path.is_empty()) {
        let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
        let text = report::visible(&format!("{}{line}: {}", notice.path, notice.message));
        let _ = writeln!(stderr, "pcmfa: {text}");
    }
    let _ = writeln!(stderr, "pcmfa: {:.2} s", start.elapsed().as_secs_f64());
}

/// What a person who does not see the report should know nevertheless.
fn remarks(report: &Report, arguments: &Arguments) {
    let mut stderr = anstream::stderr().lock();
    // A terminal that is gone is no reason to lose the exit code.
    if report.coverage.files_read == 0 {
        let _ = writeln!(stderr, "{}", nothing_scanned(report, arguments));
    } else if arguments.output.is_some() && !arguments.quiet {
        let _ = writeln!(stderr, "pcmfa: {}", report::summary_line(report));
    }
}

/// Why nothing was scanned, as far as it shows.
fn nothing_scanned(report: &Report, arguments: &Arguments) -> String {
    let paths: Vec<String> = arguments.paths.iter().map(|path| path.display().to_string()).collect();
    let paths =
        if arguments.stdin_file_list { "the files on standard input".to_owned() } else { paths.join(", ") };
    let seen = report.coverage.files_seen;
    let (what, help) = if seen > 0 {
        let files = if seen == 1 { "the only file".to_owned() } else { format!("all {seen} files") };
        (
            format!("{files} in {paths} had to be skipped"),
            "the report says why; --max-file-size raises the limit",
        )
    } else if !arguments.include.is_empty() {
        (
            format!("no file in {paths} matches --include"),
            "globs are written as in .gitignore: `*.cs`, `src/**/*.ps1`",
        )
    } else if arguments.stdin_file_list {
        ("standard input names no file".to_owned(), "write one path a line, or separate them by NUL")
    } else {
        (
            format!("no file in {paths}, or ignore files and --exclude leave out all of them"),
            "name a file to read it whatever ignore files say",
        )
    };
    report::visible(&format!("error: nothing was scanned: {what}\nhelp: {help}"))
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
