//! Stands in for the engine until it is merged: walks and reads, and finds nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::models::FindingRow;
use crate::report::Report;
use crate::source::Source;
use crate::walk::{self, WalkError, WalkOptions};

/// Options.
#[derive(Clone, Debug)]
pub struct ScanOptions {
    /// Paths.
    pub paths: Vec<PathBuf>,
    /// Threads.
    pub threads: usize,
    /// Limit.
    pub max_file_size: u64,
    /// Globs.
    pub include: Vec<String>,
    /// Globs.
    pub exclude: Vec<String>,
    /// Parse everything.
    pub exhaustive: bool,
    /// List everything.
    pub all: bool,
}

/// Errors.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The walk.
    #[error(transparent)]
    Walk(#[from] WalkError),
}

impl ScanError {
    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Walk(error) => error.help().map(str::to_owned),
        }
    }
}

/// Errors.
#[derive(Debug, thiserror::Error)]
#[error("rule error")]
pub struct RuleError;

impl RuleError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        "check the path"
    }
}

/// Rules.
#[derive(Debug, Default)]
pub struct Rules {
    rows: Vec<FindingRow>,
}

impl Rules {
    /// Embedded.
    ///
    /// # Errors
    /// Never.
    pub fn load(extra: &[PathBuf]) -> Result<Self, RuleError> {
        if extra.iter().any(|path| !path.exists()) {
            return Err(RuleError);
        }
        Ok(Self::default())
    }

    /// Findings.
    #[must_use]
    pub fn findings(&self) -> &[FindingRow] {
        &self.rows
    }
}

/// Outcome.
#[derive(Debug)]
pub struct Outcome {
    /// Report.
    pub report: Report,
    /// Sources.
    pub sources: BTreeMap<Arc<str>, Source>,
    /// Root.
    pub root: PathBuf,
}

/// Scans.
///
/// # Errors
/// Walk.
pub fn scan(options: &ScanOptions, _rules: &Rules) -> Result<Outcome, ScanError> {
    let walk = walk::walk(&WalkOptions {
        paths: &options.paths,
        threads: options.threads,
        max_file_size: options.max_file_size,
        include: &options.include,
        exclude: &options.exclude,
    })?;
    let read: Vec<_> = walk.files.par_iter().map(Source::read).collect();
    let mut report = Report { notices: walk.notices, ..Report::default() };
    report.coverage.files_seen = walk.files.len() + report.notices.len();
    for source in read {
        match source {
            Ok(_) => report.coverage.files_read += 1,
            Err(notice) => report.notices.push(notice),
        }
    }
    report.notices.sort();
    report.coverage.files_skipped = report.notices.iter().filter(|n| !n.path.is_empty()).count();
    Ok(Outcome { report, sources: BTreeMap::new(), root: walk.root })
}
