//! Findings that are known: a baseline holds their identities, and they are not reported again.
//!
//! It holds hashes and nothing else. A file with the code of known findings would be found to hold secrets by the
//! next tool that looks at it, and would tell everybody where to look.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{say, suppress};
use crate::Outcome;
use crate::report::{SuppressedBy, fingerprint};

/// The version of the file.
const VERSION: u32 = 1;

/// Known findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    /// How many findings there are of each identity: see [`fingerprint::of_finding`].
    findings: BTreeMap<String, usize>,
}

/// A baseline that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The file could not be read.
    #[error("cannot read the baseline {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no baseline.
    #[error("{} is no baseline: {reason}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl Baseline {
    /// The baseline of the findings of a scan. `prefix` stands before their paths, so that it does not matter from
    /// where a repository is scanned.
    #[must_use]
    pub fn of(outcome: &Outcome, prefix: &str) -> Self {
        let mut findings = BTreeMap::new();
        for finding in &outcome.report.findings {
            *findings.entry(fingerprint::of_finding(finding, prefix, &outcome.sources)).or_default() += 1;
        }
        Self { version: VERSION, findings }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it can't be read, or is none.
    pub fn read(path: &Path) -> Result<Self, BaselineError> {
        let text = std::fs::read(path)
            .map_err(|source| BaselineError::Unreadable { path: path.to_owned(), source })?;
        let invalid = |reason: String| BaselineError::Invalid { path: path.to_owned(), reason };
        let baseline: Self = serde_json::from_slice(&text).map_err(|error| invalid(error.to_string()))?;
        if baseline.version != VERSION {
            return Err(invalid(format!("its version is {}, known is {VERSION}", baseline.version)));
        }
        Ok(baseline)
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.values().sum()
    }

    /// It holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Takes one finding out: it was in.
    pub(super) fn take(&mut self, identity: &str) -> bool {
        let Some(count) = self.findings.get_mut(identity).filter(|count| **count > 0) else { return false };
        *count -= 1;
        true
    }

    /// Suppresses the findings that it holds. Where there are more of one identity than it holds, the last ones are
    /// new. Tells how many of its own are no longer found, when everything was scanned.
    pub fn apply(&self, outcome: &mut Outcome, prefix: &str) {
        let mut left = self.clone();
        let sources = std::mem::take(&mut outcome.sources);
        suppress(outcome, SuppressedBy::Baseline, |finding| {
            let known = left.take(&fingerprint::of_finding(finding, prefix, &sources));
            known.then(|| "it is in the baseline".to_owned())
        });
        outcome.sources = sources;
        let gone = left.len();
        if gone > 0 && prefix.is_empty() {
            let (findings, are) = if gone == 1 { ("finding", "is") } else { ("findings", "are") };
            let message =
                format!("{gone} {findings} of the baseline {are} gone: `pcmfa baseline` writes it anew");
            say(outcome, "", None, message);
        }
    }
}
