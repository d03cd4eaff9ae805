//! What is scanned, and by what rules: what `scan` and `baseline` have in common.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Error, heading};
use crate::config::{self, Found};
use crate::models::{FindingRow, Rules};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::triage::Names;
use crate::walk::{self, DEFAULT_MAX_FILE_SIZE};
use crate::why::{Explanation, Place};
use crate::{Outcome, Overlay, ScanError, ScanOptions, git};

#[expect(clippy::struct_excessive_bools, reason = "switches of the command line")]
#[derive(Debug, clap::Args)]
pub(super) struct Where {
    /// Files and directories. Named files are read whatever ignore files, globs and size say
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Read the paths from standard input: one a line, or separated by NUL
    #[arg(long, conflicts_with = "paths", help_heading = heading::SUBJECT)]
    stdin_file_list: bool,

    /// Read this configuration instead of the pcmfa.yaml of the repository
    #[arg(long, value_name = "FILE", env = "PCMFA_CONFIG", hide_env_values = true, help_heading = heading::SUBJECT)]
    config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long, help_heading = heading::SUBJECT)]
    no_config: bool,

    /// Read the rule files of this directory, too. Can be repeated
    #[arg(long, value_name = "DIR", help_heading = heading::SUBJECT)]
    rules: Vec<PathBuf>,

    /// How many threads work; 0 for one per core
    #[arg(long, value_name = "N", env = "PCMFA_THREADS", hide_env_values = true, default_value_t = 0, help_heading = heading::SUBJECT)]
    threads: usize,

    /// Skip larger files: bytes, or with `k` or `M`; 2M unless set
    #[arg(long, value_name = "SIZE", env = "PCMFA_MAX_FILE_SIZE", hide_env_values = true,
          value_parser = config::size, help_heading = heading::SUBJECT)]
    max_file_size: Option<u64>,

    /// Read only files that match this glob, written as in .gitignore. Can be repeated
    #[arg(long, value_name = "GLOB", help_heading = heading::SUBJECT)]
    include: Vec<String>,

    /// Leave out files and directories that match this glob. Can be repeated
    #[arg(long, value_name = "GLOB", help_heading = heading::SUBJECT)]
    exclude: Vec<String>,

    /// Parse every source file, also the scripts of libraries that lie in the tree. Slower
    #[arg(long, help_heading = heading::SUBJECT)]
    exhaustive: bool,

    /// Read the code in Markdown files, too: what stands in fences that name their language
    #[arg(long, help_heading = heading::SUBJECT)]
    docs: bool,

    /// List token acquisitions that have nothing to do with Partner Center, too
    #[arg(long, help_heading = heading::SUBJECT)]
    all: bool,
}

/// What is scanned, read and checked.
pub(super) struct Subject {
    pub(super) found: Found,
    pub(super) rules: Rules,
    /// The findings with the levels of the configuration.
    pub(super) rows: Vec<FindingRow>,
    pub(super) options: ScanOptions,
    /// How far the scan is.
    pub(super) progress: Arc<Progress>,
}

impl Where {
    /// Runs `work` with the number of threads that is asked for.
    pub(super) fn on_threads<T: Send>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send,
    ) -> Result<T, Error> {
        if self.threads == 0 {
            return work();
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build();
        pool.map_err(|source| Error::Threads { threads: self.threads, source })?.install(work)
    }

    /// Reads the configuration and the rules. `repository` is scanned instead of the paths when it is given.
    pub(super) fn subject(&self, repository: Option<&Path>) -> Result<Subject, Error> {
        let paths = match repository {
            Some(root) => vec![root.to_owned()],
            None if self.stdin_file_list => file_list()?,
            None => self.paths.clone(),
        };
        let root = || walk::root(&paths).map_err(ScanError::from);
        let found = match &self.config {
            _ if self.no_config => Found::default(),
            Some(path) => Found::read(path)?,
            None => Found::search(&root()?)?,
        };
        let test_code = Some(found.test_code(&root()?));
        let own = found.config.rules.iter().map(|path| found.resolve(path));
        let rules = Rules::load(&self.rules.iter().cloned().chain(own).collect::<Vec<_>>())?;
        let rows = found.levels(rules.findings())?;
        // The configuration was checked when it was read.
        let size = found.config.max_file_size.as_deref().and_then(|size| config::size(size).ok());
        let progress = Arc::<Progress>::default();
        let options = ScanOptions {
            paths,
            threads: self.threads,
            max_file_size: self.max_file_size.or(size).unwrap_or(DEFAULT_MAX_FILE_SIZE),
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            filter: found.filter(),
            test_code,
            overlay: None,
            exhaustive: self.exhaustive,
            docs: self.docs,
            all: self.all,
            progress: Some(progress.clone()),
        };
        Ok(Subject { found, rules, rows, options, progress })
    }

    /// Why nothing was scanned, as far as it shows.
    pub(super) fn nothing_scanned(&self, report: &Report) -> String {
        let paths: Vec<String> = self.paths.iter().map(|path| path.display().to_string()).collect();
        let paths =
            if self.stdin_file_list { "the files on standard input".to_owned() } else { paths.join(", ") };
        let seen = report.coverage.files_seen;
        let (what, help) = if seen > 0 {
            let files = if seen == 1 { "the only file".to_owned() } else { format!("all {seen} files") };
            (
                format!("{files} in {paths} had to be skipped"),
                "the report says why; --max-file-size raises the limit",
            )
        } else if !self.include.is_empty() {
            (
                format!("no file in {paths} matches --include"),
                "globs are written as in .gitignore: `*.cs`, `src/**/*.ps1`",
            )
        } else if self.stdin_file_list {
            ("standard input names no file".to_owned(), "write one path a line, or separate them by NUL")
        } else {
            (
                format!("no file in {paths}, or ignore files and --exclude leave out all of them"),
                "name a file to read it whatever ignore files say",
            )
        };
        report::visible(&format!("error: nothing was scanned: {what}\nhelp: {help}"))
    }
}

impl Subject {
    /// Scans what is on disk, or another state of the repository, and gives the findings their levels.
    pub(super) fn scan(&self, overlay: Option<Overlay>) -> Result<Outcome, Error> {
        let options = ScanOptions { overlay, ..self.options.clone() };
        let mut outcome = crate::scan(&options, &self.rules)?;
        self.found.apply(&mut outcome.report, &outcome.root);
        Ok(outcome)
    }

    /// The same, and says why what stands at a place is what it is.
    pub(super) fn explain(
        &self,
        overlay: Option<Overlay>,
        place: &Place,
    ) -> Result<(Outcome, Explanation), Error> {
        let options = ScanOptions { overlay, ..self.options.clone() };
        let (mut outcome, explanation) = crate::explain(&options, &self.rules, place)?;
        self.found.apply(&mut outcome.report, &outcome.root);
        Ok((outcome, explanation))
    }

    /// The findings that comments can name.
    pub(super) fn names<'a>(&'a self, is_off: &'a dyn Fn(&str) -> bool) -> Names<'a> {
        Names { rows: &self.rows, is_off }
    }

    /// What paths in the report are relative to.
    pub(super) fn root(&self) -> Result<PathBuf, Error> {
        Ok(walk::root(&self.options.paths).map_err(ScanError::from)?)
    }
}

/// The paths on standard input.
fn file_list() -> Result<Vec<PathBuf>, Error> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(Error::FileList)?;
    // A path can hold a line break, but no NUL.
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == end);
    let lines = lines.map(|line| if end == 0 { line } else { line.strip_suffix(b"\r").unwrap_or(line) });
    Ok(lines.filter(|line| !line.is_empty()).map(git::path_of).collect())
}
