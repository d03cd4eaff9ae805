//! `pcmfa scan`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::ValueEnum;

use super::progress::Line;
use super::subject::Where;
use super::targets::{self, Target, Writer, now};
use super::terminal::{self, When};
use super::why::Asked;
use super::{Error, change, exit_codes, heading, output};
use crate::config::FailOn;
use crate::date::Date;
use crate::models::Rules;
use crate::report::{self, Report};
use crate::triage::{self, baseline::Baseline};
use crate::{Outcome, repository};

/// Scan files and directories, and say which requests to Partner Center will be refused
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    subject: Where,

    #[command(flatten)]
    change: change::Arguments,

    /// How the report is written
    #[arg(long, value_name = "FORMAT", env = "PCMFA_FORMAT", hide_env_values = true,
          default_value = report::FORMATS[0].name(),
          value_parser = clap::builder::PossibleValuesParser::new(
              report::FORMATS.iter().map(|format| format.name())), help_heading = heading::REPORTS)]
    format: String,

    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = heading::REPORTS)]
    output: Option<PathBuf>,

    /// Write a further report, like `sarif=pcmfa.sarif`. Can be repeated
    #[arg(long, value_name = "FORMAT=FILE", value_parser = Target::parse, help_heading = heading::REPORTS)]
    report: Vec<Target>,

    /// The level from which on findings make the exit code 1: error (unless set), warning, note or
    /// never
    #[arg(
        long,
        value_name = "LEVEL",
        env = "PCMFA_FAIL_ON",
        hide_env_values = true,
        hide_possible_values = true, help_heading = heading::FINDINGS)]
    fail_on: Option<FailOn>,

    /// Leave out the findings of this baseline
    #[arg(long, value_name = "FILE", env = "PCMFA_BASELINE", hide_env_values = true, help_heading = heading::FINDINGS)]
    baseline: Option<PathBuf>,

    /// What becomes of suppressed findings in SARIF; GitHub shows them as alerts
    #[arg(long, value_name = "HOW", default_value = "exclude", help_heading = heading::REPORTS)]
    sarif_suppressed: Suppressed,

    /// The category of SARIF reports, where several of one commit are uploaded to GitHub; it comes
    /// before the one that the upload names
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new(),
          help_heading = heading::REPORTS)]
    sarif_category: Option<String>,

    /// When to use colours; `auto` for terminals unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = heading::TERMINAL)]
    color: When,

    /// When to link places to their files; `auto` for terminals that are known to show links, unless
    /// `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = heading::TERMINAL)]
    hyperlinks: When,

    /// Instead of the report, say why what stands at <FILE:LINE> got its verdict, or why nothing was
    /// found there. As text or JSON
    #[arg(long, value_name = "PLACE", value_parser = Asked::parse, conflicts_with = "report", help_heading = heading::REPORTS)]
    explain_verdict: Option<Asked>,

    /// Write the findings only: no lists, no summary
    #[arg(long, short, help_heading = heading::TERMINAL)]
    quiet: bool,

    /// Say on standard error what is done: what is read, what is skipped, how long it takes
    #[arg(long, short, conflicts_with = "quiet", help_heading = heading::TERMINAL)]
    verbose: bool,
}

/// The formats of explanations.
const EXPLAINED: [&str; 2] = ["text", "json"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Suppressed {
    Include,
    Exclude,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    arguments.subject.on_threads(|| scan(arguments))
}

fn scan(arguments: &Arguments) -> Result<ExitCode, Error> {
    let start = Instant::now();
    // clap admits only names of the registry.
    let format = report::format(&arguments.format).unwrap_or(report::FORMATS[0]);
    let main = Target { format, path: arguments.output.clone() };
    let targets: Vec<Target> = std::iter::once(main).chain(arguments.report.iter().cloned()).collect();
    targets::check(&targets)?;
    let change = arguments.change.change()?;
    let subject = arguments.subject.subject(change.as_ref().map(change::Change::root))?;
    let overlay = change.as_ref().map(change::Change::overlay).transpose()?.flatten();
    let line = Line::start(!arguments.quiet, &subject.progress);
    let to_file = arguments.output.is_some();
    let (color, hyperlinks) =
        (terminal::colors(arguments.color, to_file), terminal::links(arguments.hyperlinks, to_file));
    let asked = arguments.explain_verdict.as_ref();
    let place = asked.map(|asked| asked.place(&subject.root()?)).transpose()?;
    if let Some(name) =
        Some(&arguments.format).filter(|name| asked.is_some() && !EXPLAINED.contains(&name.as_str()))
    {
        return Err(Error::NoExplanation { format: name.clone() });
    }
    let (mut outcome, explanation) = match &place {
        Some(place) => subject.explain(overlay, place).map(|(outcome, why)| (outcome, Some(why)))?,
        None => (subject.scan(overlay)?, None),
    };
    drop(line);
    if arguments.verbose {
        tell(&outcome, &subject.rules, start);
        if let Some(path) = &subject.found.path {
            let _ = writeln!(anstream::stderr(), "pcmfa: configured by {}", path.display());
        }
    }
    let file = subject.found.config.baseline.as_ref().map(|path| subject.found.resolve(path));
    let baseline = arguments.baseline.clone().or(file);
    let baseline = baseline.map(|path| Baseline::read(&path)).transpose()?;
    let prefix = repository::prefix(&outcome.root);
    let is_off = |rule: &str| subject.found.is_off(rule);
    triage::apply(&mut outcome, Date::of(now()), &subject.names(&is_off), baseline.as_ref(), &prefix);
    if let (Some(explanation), Some(asked)) = (explanation, asked) {
        let lines = explanation.lines;
        if (1..asked.line() as usize).contains(&lines) {
            let path = explanation.place.path.as_ref().into();
            return Err(Error::NoLine { path, line: asked.line(), lines });
        }
        let writer = Writer {
            outcome: &outcome,
            rules: &subject.rows,
            color,
            hyperlinks,
            quiet: false,
            suppressed: true,
            category: "",
        };
        output::to(arguments.output.as_deref(), |out| {
            let json = arguments.format == "json";
            report::explanation(&explanation, &outcome.report, json, &writer.context(to_file), out)
        })?;
        return Ok(exit_codes::CLEAN);
    }
    if let Some(change) = &change {
        let line = Line::start(!arguments.quiet, &subject.progress);
        change.only(&mut outcome, &subject)?;
        drop(line);
    }
    let fail_on = arguments.fail_on.or(subject.found.config.fail_on).unwrap_or(FailOn::Error);
    // A repository without code has no wrong commits.
    let empty = outcome.report.coverage.files_read == 0 && change.is_none();
    let code = exit_code(&outcome.report, fail_on, empty);
    let writer = Writer {
        outcome: &outcome,
        rules: &subject.rows,
        color,
        hyperlinks,
        quiet: arguments.quiet,
        suppressed: arguments.sarif_suppressed == Suppressed::Include,
        category: arguments.sarif_category.as_deref().unwrap_or_default(),
    };
    writer.write(&targets)?;
    remarks(&outcome.report, arguments, empty);
    Ok(code)
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
fn remarks(report: &Report, arguments: &Arguments, empty: bool) {
    let mut stderr = anstream::stderr().lock();
    // A terminal that is gone is no reason to lose the exit code.
    if empty {
        let _ = writeln!(stderr, "{}", arguments.subject.nothing_scanned(report));
    } else if arguments.output.is_some() && !arguments.quiet {
        let _ = writeln!(stderr, "pcmfa: {}", report::summary_line(report));
    }
}

fn exit_code(report: &Report, fail_on: FailOn, empty: bool) -> ExitCode {
    if empty {
        exit_codes::nothing_scanned()
    } else if fail_on.level().is_some_and(|level| report.worst() >= Some(level)) {
        exit_codes::findings()
    } else {
        exit_codes::CLEAN
    }
}
