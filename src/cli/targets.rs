//! Where the reports of a scan go.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{Error, output};
use crate::models::FindingRow;
use crate::report::{self, Context, FORMATS, Format};
use crate::{Outcome, repository};

/// A report in one format, to one place.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) format: &'static dyn Format,
    /// `None` for standard output.
    pub(super) path: Option<PathBuf>,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={:?}", self.format.name(), self.path)
    }
}

impl Target {
    /// Reads `sarif=out/pcmfa.sarif`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let known = || FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
        let Some((name, path)) = text.split_once('=').filter(|(_, path)| !path.is_empty()) else {
            return Err(format!("expected FORMAT=FILE with one of the formats {}", known()));
        };
        let format = report::format(name).ok_or_else(|| format!("possible formats: {}", known()))?;
        Ok(Self { format, path: (path != "-").then(|| path.into()) })
    }
}

/// Finds, before a long scan, what would keep its reports from being written.
pub(super) fn check(targets: &[Target]) -> Result<(), Error> {
    let mut places = BTreeSet::new();
    for target in targets {
        let place = target.path.as_deref().map(place).transpose()?;
        if !places.insert(place) {
            let path = target.path.clone().unwrap_or_else(|| "standard output".into());
            return Err(Error::SameTarget { path });
        }
    }
    Ok(())
}

/// A file, however its path is written. Its directory must be there.
fn place(path: &Path) -> Result<PathBuf, Error> {
    if let Ok(file) = path.canonicalize() {
        return Ok(file);
    }
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let directory = directory.canonicalize();
    let directory = directory.map_err(|source| Error::Output { path: path.to_owned(), source })?;
    Ok(directory.join(path.file_name().unwrap_or_default()))
}

/// Writes reports.
pub(super) struct Writer<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) rules: &'a [FindingRow],
    pub(super) color: bool,
    pub(super) hyperlinks: bool,
    pub(super) quiet: bool,
    pub(super) suppressed: bool,
    pub(super) category: &'a str,
}

impl Writer<'_> {
    /// Writes all reports. A reader of standard output that goes away is no error: what was found was found.
    pub(super) fn write(&self, targets: &[Target]) -> Result<(), Error> {
        // Files first: what becomes of standard output must not keep them from being written.
        let (files, out): (Vec<&Target>, Vec<&Target>) = targets.iter().partition(|t| t.path.is_some());
        for target in files.into_iter().chain(out) {
            match self.write_one(target) {
                Err(Error::Report(error)) if error.is_broken_pipe() => {}
                result => result?,
            }
        }
        Ok(())
    }

    /// What formats need; files hold nothing that only terminals understand.
    pub(super) fn context(&self, to_file: bool) -> Context<'_> {
        let Outcome { sources, root, .. } = self.outcome;
        Context {
            sources,
            findings: self.rules,
            root,
            version: env!("CARGO_PKG_VERSION"),
            color: self.color && !to_file,
            hyperlinks: self.hyperlinks && !to_file,
            quiet: self.quiet,
            suppressed: self.suppressed,
            category: self.category,
            now: now(),
        }
    }

    fn write_one(&self, target: &Target) -> Result<(), Error> {
        let Outcome { report, sources, root } = self.outcome;
        let context = self.context(target.path.is_some());
        let prefix = if target.format.in_repository() { repository::prefix(root) } else { String::new() };
        output::to(target.path.as_deref(), |out| {
            if prefix.is_empty() {
                return target.format.render(report, &context, out);
            }
            let (report, sources) = report::rebased(report, sources, &prefix);
            target.format.render(&report, &Context { sources: &sources, ..context }, out)
        })
    }
}

/// The time, in seconds since 1970. Builds that have to be reproducible set it:
/// <https://reproducible-builds.org/specs/source-date-epoch/>
pub(super) fn now() -> u64 {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    fixed.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()))
}
