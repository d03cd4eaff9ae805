//! `scan --staged`, `--changed` and `--since`.

use std::path::Path;

use super::subject::Subject;
use super::{Error, heading, targets::now};
use crate::date::Date;
use crate::git::{Lines, Repository};
use crate::triage::{self, baseline::Baseline};
use crate::{Outcome, Overlay, repository};

#[derive(Debug, clap::Args)]
#[group(id = "change", multiple = false, conflicts_with_all = ["paths", "stdin_file_list"])]
pub(super) struct Arguments {
    /// Scan the repository as it is staged; report only what the next commit has to do with
    #[arg(long, help_heading = heading::CHANGE)]
    staged: bool,

    /// Scan the repository; report only what has to do with changes since the last commit
    #[arg(long, help_heading = heading::CHANGE)]
    changed: bool,

    /// Scan the repository; report only what has to do with changes since it branched off from this
    /// revision
    #[arg(long, value_name = "REV", help_heading = heading::CHANGE)]
    since: Option<String>,
}

/// A change of a repository.
pub(super) struct Change {
    repository: Repository,
    /// The tree before it.
    before: String,
    lines: Lines,
    staged: bool,
}

impl Arguments {
    /// The change that is asked for.
    pub(super) fn change(&self) -> Result<Option<Change>, Error> {
        // pre-commit tells hooks so what to look at in CI, where nothing is staged.
        let from = std::env::var("PRE_COMMIT_FROM_REF").ok().filter(|from| self.staged && !from.is_empty());
        let since = self.since.clone().or(from);
        if !self.staged && !self.changed && since.is_none() {
            return Ok(None);
        }
        let repository = Repository::around(Path::new("."))?;
        let staged = self.staged && since.is_none();
        let before = match since {
            Some(revision) => repository.merge_base(&revision)?,
            None => repository.head()?,
        };
        let lines = repository.changed(&before, staged)?;
        Ok(Some(Change { repository, before, lines, staged }))
    }
}

impl Change {
    /// The root of the repository.
    pub(super) fn root(&self) -> &Path {
        self.repository.root()
    }

    /// The state that is judged, where it is not that on disk.
    pub(super) fn overlay(&self) -> Result<Option<Overlay>, Error> {
        Ok(if self.staged { Some(self.repository.index()?) } else { None })
    }

    /// Leaves out the findings that have nothing to do with the change.
    pub(super) fn only(&self, outcome: &mut Outcome, subject: &Subject) -> Result<(), Error> {
        let prefix = repository::prefix(&outcome.root);
        triage::change::only(outcome, &self.lines, &prefix, || {
            let mut before = subject.scan(Some(self.repository.tree(&self.before)?))?;
            triage::ignores(&mut before, Date::of(now()), &subject.names(&|rule| subject.found.is_off(rule)));
            Ok(Baseline::of(&before, &prefix))
        })
    }
}
