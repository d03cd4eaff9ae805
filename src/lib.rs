//! Static analysis of Partner Center integrations: which requests carry a token that can't hold an MFA claim.
//!
//! One direction, one module a step:
//!
//! ```text
//! walk ─► source ─► prefilter ─► frontend ─► ir ─► models ─► flow ─► verdict ─► report
//! ```
//!
//! [`scan`] is the whole way; everything that prints lies in [`report`] and [`cli`].

pub mod cli;
pub mod config;
pub mod date;
pub mod explain;
pub mod flow;
pub mod frontend;
pub mod git;
mod identity;
pub mod ir;
pub mod models;
mod nearest;
pub mod prefilter;
pub mod progress;
mod readiness;
pub mod report;
pub mod repository;
pub mod samples;
pub mod settings;
pub mod source;
pub mod test_code;
pub mod token;
pub mod triage;
mod verdict;
pub mod walk;
pub mod why;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use crate::flow::{Program, ProgramUnit, SettingValue, Site};
use crate::models::Rules;
use crate::prefilter::{Prefilter, Selected};
use crate::progress::{Phase, Progress};
use crate::report::{Coverage, Location, Notice, NoticeKind, Report};
use crate::source::Source;
use crate::test_code::TestCode;
use crate::walk::{PathFilter, WalkError, WalkOptions};
use crate::why::{Explanation, Place};

/// How long one file may take to parse. A usual file takes milliseconds.
const PARSE_TIME: Duration = Duration::from_secs(10);

/// The stack of the threads that parse and analyse: enough for a file of the usual size limit that is nothing but
/// nested, and for calls as deep as the evaluator follows them. It is address space, not memory, until it is used.
const STACK: usize = 512 * 1024 * 1024;

/// A source that was parsed: its pieces, unless that took too long.
type Parsed = (Selected, &'static dyn frontend::Frontend, Option<Vec<frontend::Piece>>);

/// What to scan, and how.
#[derive(Clone, Debug)]
pub struct ScanOptions {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// How many threads walk; 0 for one per core.
    pub threads: usize,
    /// Files over this many bytes are skipped and reported.
    pub max_file_size: u64,
    /// Globs of files to read; all when empty.
    pub include: Vec<String>,
    /// Globs of files to leave out.
    pub exclude: Vec<String>,
    /// Globs from another directory: those of the configuration.
    pub filter: Option<PathFilter>,
    /// What is test code; without it, what usually is, below the folder that paths are relative to.
    pub test_code: Option<TestCode>,
    /// Scan another state of the repository than the one on disk.
    pub overlay: Option<Overlay>,
    /// Parse every source file, also the scripts of libraries that lie in the tree.
    pub exhaustive: bool,
    /// Read the code in documentation, too.
    pub docs: bool,
    /// Report acquisitions that have nothing to do with Partner Center, too.
    pub all: bool,
    /// Told how far the scan is.
    pub progress: Option<Arc<Progress>>,
}

/// A state of a repository, as far as it differs from the one on disk.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// The root of the repository, resolved.
    pub root: PathBuf,
    /// The files of the state, relative to the root. Others are not read.
    pub files: BTreeSet<PathBuf>,
    /// The contents of those that differ from disk, or are not there.
    pub contents: BTreeMap<PathBuf, Vec<u8>>,
    /// The folders of submodules, relative to the root. They are other repositories, and are read as they are on disk.
    pub submodules: BTreeSet<PathBuf>,
}

/// What a scan gives.
#[derive(Debug)]
pub struct Outcome {
    /// What was found.
    pub report: Report,
    /// The sources that the report names, by path.
    pub sources: BTreeMap<Arc<str>, Source>,
    /// The folder that paths are relative to.
    pub root: PathBuf,
}

/// A scan that could not begin. Whatever goes wrong with single files is in the report.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The paths or globs are no good.
    #[error(transparent)]
    Walk(#[from] WalkError),
}

impl ScanError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Walk(error) => error.help().map(str::to_owned),
        }
    }
}

/// Scans files and folders. Runs on the current rayon thread pool; the result does not depend on its size.
///
/// # Errors
/// When a path does not exist or a glob is malformed.
pub fn scan(options: &ScanOptions, rules: &Rules) -> Result<Outcome, ScanError> {
    Ok(run(options, rules, None)?.0)
}

/// Scans, and says why what stands at a place got its verdict, or why nothing was found there.
///
/// # Errors
/// As [`scan`].
pub fn explain(
    options: &ScanOptions,
    rules: &Rules,
    place: &Place,
) -> Result<(Outcome, Explanation), ScanError> {
    let (outcome, explanation) = run(options, rules, Some(place))?;
    Ok((outcome, explanation.unwrap_or_default()))
}

fn run(
    options: &ScanOptions,
    rules: &Rules,
    place: Option<&Place>,
) -> Result<(Outcome, Option<Explanation>), ScanError> {
    let begin = |phase, total| {
        if let Some(progress) = &options.progress {
            progress.begin(phase, total);
        }
    };
    let advance = || {
        if let Some(progress) = &options.progress {
            progress.advance();
        }
    };
    begin(Phase::Walk, 0);
    let walk_options = WalkOptions {
        paths: &options.paths,
        threads: options.threads,
        max_file_size: options.max_file_size,
        include: &options.include,
        exclude: &options.exclude,
        filter: options.filter.as_ref(),
    };
    let mut walk = walk::walk(&walk_options)?;
    if let Some(overlay) = &options.overlay {
        walk::overlay(&mut walk, &walk_options, overlay)?;
    }
    let content = |file: &walk::File| {
        let overlay = options.overlay.as_ref()?;
        overlay.contents.get(file.path.strip_prefix(&overlay.root).ok()?)
    };
    let mut notices = walk.notices;
    let mut coverage = Coverage { files_seen: walk.files.len() + notices.len(), ..Coverage::default() };
    let mut sources = Vec::new();
    let read = |file: &walk::File| {
        advance();
        match content(file) {
            Some(bytes) => Source::of_file(file, bytes.clone()),
            None => Source::read(file),
        }
    };
    begin(Phase::Read, walk.files.len());
    for read in walk.files.par_iter().map(read).collect::<Vec<_>>() {
        match read {
            Ok(mut source) => {
                source.language = source.language.filter(|l| options.docs || !l.is_documentation());
                sources.push(source);
            }
            Err(notice) => notices.push(notice),
        }
    }
    coverage.files_read = sources.len();
    let mut report = Report::default();
    let selection = Prefilter::new(rules).select(&sources, options.exhaustive || options.all);
    notices.extend(selection.bundled.into_iter().map(|i| {
        Notice {
            path: sources[i].path.clone(),
            line: None,
            kind: NoticeKind::Skipped,
            message:
                "a library's script, which does not name Partner Center: not analysed (--exhaustive does)"
                    .to_owned(),
        }
    }));
    notices.extend(selection.installed.into_iter().map(|(folder, files)| {
        Notice {
            path: folder.into(),
            line: None,
            kind: NoticeKind::Skipped,
            message: format!(
                "installed packages; {files} files that do not name Partner Center: not analysed (--exhaustive does)"
            ),
        }
    }));
    let worth = selection.worth;
    let mut explanation = None;
    if !worth.is_empty() {
        begin(Phase::Parse, worth.len());
        let tests = options.test_code.clone().unwrap_or_else(|| TestCode::usual(walk.root.clone()));
        let is_test = |source: &Source| tests.holds(&walk.root.join(&*source.path));
        let (mut program, index) = link(&sources, &worth, &is_test, &advance, &mut coverage, &mut notices);
        let places = Texts { sources: &sources, index };
        program.observer.progress.clone_from(&options.progress);
        program.observer.watch = place.map(|place| why::watch(&program, &sources, place));
        // Calls nest as deep as the evaluator lets them.
        let analysis = with_stack(|| flow::analyse(&program, rules));
        notices.extend(analysis.notices(&program));
        let watch = program.observer.watch.take();
        let mut judged = verdict::judge(&program, rules, &analysis, &places, options.all);
        let scene = readiness::Scene {
            program: &program,
            rules,
            found: &analysis.found,
            places: &places,
            sources: &sources,
            index: &places.index,
        };
        report.secure_application_model = readiness::assess(&scene, &mut judged);
        if let (Some(place), Some(watch)) = (place, watch) {
            let mut all = verdict::judge(&program, rules, &analysis, &places, true);
            readiness::assess(&scene, &mut all);
            let known = why::Known {
                program: &program,
                rules,
                analysis: &analysis,
                places: &places,
                judged: &judged,
                all: &all,
                seen: watch.into_seen(),
            };
            explanation = Some(why::explain(&known, place));
        }
        report.acquisitions = judged.acquisitions;
        report.calls = judged.calls;
        report.checks = judged.checks;
        report.findings = judged.findings;
    }
    let surroundings = identity::Surroundings {
        calls_partner_center: !report.calls.is_empty()
            || report.acquisitions.iter().any(|a| a.partner_center == report::Reach::Yes),
        integration: &worth.iter().filter(|w| w.names_partner_center).map(|w| w.index).collect::<Vec<_>>(),
    };
    report.findings.extend(identity::findings(&sources, rules, surroundings, PARSE_TIME));
    report.findings.sort_by(|a, b| (&a.location, &a.rule).cmp(&(&b.location, &b.rule)));
    notices.sort();
    notices.dedup();
    coverage.files_skipped = notices
        .iter()
        .filter(|n| matches!(n.kind, NoticeKind::Skipped | NoticeKind::Unreadable) && !n.path.is_empty())
        .count();
    report.coverage = coverage;
    report.notices = notices;
    if let Some(place) = place {
        let explanation = explanation.get_or_insert_with(Explanation::default);
        why::file_state(explanation, place, &sources, &walk.root, &report);
    }
    let sources = sources.into_iter().map(|s| (s.path.clone(), s)).collect();
    Ok((Outcome { report, sources, root: walk.root }, explanation))
}

/// Parses the sources that are worth it and links them. The second part gives the source of each unit.
fn link(
    sources: &[Source],
    worth: &[Selected],
    is_test: &dyn Fn(&Source) -> bool,
    advance: &(dyn Fn() + Sync),
    coverage: &mut Coverage,
    notices: &mut Vec<Notice>,
) -> (Program, Vec<usize>) {
    let parse = || -> Vec<Parsed> {
        worth
            .par_iter()
            .filter_map(|chosen| sources[chosen.index].language.map(|l| (*chosen, l)))
            .map(|(chosen, language)| {
                let source = &sources[chosen.index];
                let limit = frontend::Limit::new(PARSE_TIME);
                advance();
                (chosen, language, language.read_file(&source.path, &source.text, &limit))
            })
            .collect()
    };
    // Parsers written in C go down as deep as the code nests, whatever it is.
    let parsed = with_stack(parse);
    let mut units = Vec::new();
    let mut index = Vec::new();
    for (chosen, language, pieces) in parsed {
        let Selected { index: i, names_partner_center } = chosen;
        let path = &sources[i].path;
        let is_test = is_test(&sources[i]);
        let Some(pieces) = pieces else {
            let message = format!("parsing took more than {} s and was given up", PARSE_TIME.as_secs());
            notices.push(Notice { path: path.clone(), line: None, kind: NoticeKind::Skipped, message });
            continue;
        };
        *coverage.files_parsed.entry(language.language().to_owned()).or_default() += 1;
        for frontend::Piece { language, unit } in pieces {
            if let Some(gap) = unit.gaps.iter().min() {
                let line = sources[i].location(*gap).line;
                let message = match unit.gaps.len() {
                    1 => "a part could not be parsed; what is intact around it was analysed".to_owned(),
                    n => format!("{n} parts could not be parsed; what is intact around them was analysed"),
                };
                let kind = NoticeKind::Syntax;
                notices.push(Notice { path: path.clone(), line: Some(line), kind, message });
            }
            units.push(ProgramUnit { path: path.clone(), language, unit, names_partner_center, is_test });
            index.push(i);
        }
    }
    let settings: Vec<(&Source, settings::Reading)> = sources
        .par_iter()
        .filter(|s| settings::is_settings(&s.path))
        .map(|s| (s, settings::read(&s.path, &s.text)))
        .collect();
    coverage.settings_read = settings.len();
    let mut values = Vec::new();
    for (source, reading) in settings {
        notices.extend(reading.notice);
        values.extend(reading.settings.into_iter().map(|s| SettingValue {
            path: source.path.clone(),
            key: s.key,
            value: s.value.as_str().into(),
        }));
    }
    let mut projects: Vec<String> = sources
        .iter()
        .filter(|s| s.path.ends_with("proj") && s.path.contains('.'))
        .map(|s| s.path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()))
        .collect();
    projects.sort();
    projects.dedup();
    (Program::new(units, values, &projects), index)
}

/// Finds the lines and columns of sites.
struct Texts<'a> {
    sources: &'a [Source],
    index: Vec<usize>,
}

impl verdict::Places for Texts<'_> {
    fn locate(&self, site: Site) -> Location {
        self.sources[self.index[site.unit as usize]].location(site.span)
    }
}

/// Runs something, and what it runs in parallel, on threads whose stacks are deep enough for hostile code.
fn with_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let threads = rayon::current_num_threads();
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build() else {
        return run();
    };
    // From a thread of its own: one of another pool would take up that pool's next work while it waits, scan within
    // scan.
    std::thread::scope(|scope| match scope.spawn(|| pool.install(run)).join() {
        Ok(value) => value,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
