//! Which level findings have in which part of the tree.

use std::collections::BTreeMap;
use std::path::Path;

use ignore::gitignore::Gitignore;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Setting;
use crate::report::Level;
use crate::test_code::globs;

/// Levels for a part of the tree.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PathOverride {
    /// Globs of the files, written as in .gitignore.
    pub paths: Vec<String>,
    /// The levels of findings in them.
    pub findings: BTreeMap<String, Setting>,
}

/// The globs of a configuration, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Parts(Vec<(Gitignore, BTreeMap<String, Setting>)>);

impl Parts {
    /// Reads the globs. Whatever is wrong with one is the error.
    pub(super) fn new(overrides: &[PathOverride]) -> Result<Self, String> {
        let read = |entry: &PathOverride| Ok((globs(&entry.paths, true)?, entry.findings.clone()));
        Ok(Self(overrides.iter().map(read).collect::<Result<_, String>>()?))
    }

    /// What the last of the overrides that know the file and the finding says. `path` is relative to the directory
    /// of the configuration.
    pub(super) fn setting(&self, rule: &str, path: &Path) -> Option<Setting> {
        let mut fitting = self.0.iter().rev().filter(|(globs, _)| holds(globs, path));
        fitting.find_map(|(_, findings)| findings.get(rule).copied())
    }
}

fn holds(globs: &Gitignore, path: &Path) -> bool {
    // Other paths make the library panic.
    path.is_relative() && globs.matched_path_or_any_parents(path, false).is_ignore()
}

/// The next lower level: that of findings in test code.
pub(super) fn lowered(level: Level) -> Level {
    match level {
        Level::Error => Level::Warning,
        Level::Warning | Level::Note => Level::Note,
    }
}
