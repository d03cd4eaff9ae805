//! What a scan found, and the formats that render it.
//!
//! A new format is one file here that implements [`Format`] and one line in [`FORMATS`].

pub mod fingerprint;
mod github;
mod gitlab;
mod inventory;
mod json;
mod junit;
mod markdown;
mod model;
mod rebase;
pub mod redact;
mod sarif;
mod text;
mod why;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

pub use inventory::{INVENTORY_FORMATS, inventory};
pub use model::*;
pub use rebase::rebased;
pub use why::{EXPLANATION_VERSION, explanation};

use crate::models::FindingRow;
use crate::source::Source;

/// Where the project lives; SARIF viewers link to it.
pub const PROJECT_URL: &str = env!("CARGO_PKG_REPOSITORY");

/// Renders reports. Implementations hold no state, and write the same bytes for the same input.
pub trait Format: Sync {
    /// The name on the command line.
    fn name(&self) -> &'static str;

    /// Paths in this format are looked up in a repository: they have to be relative to its root, also when only
    /// a part of it is scanned. See [`rebased`].
    fn in_repository(&self) -> bool {
        false
    }

    /// Writes the report.
    ///
    /// # Errors
    /// When the output cannot be written.
    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error>;
}

/// All formats, in the order in which they are listed to users; the first is the default.
pub const FORMATS: &[&dyn Format] = &[
    &text::Text,
    &json::Json,
    &sarif::Sarif,
    &github::GitHub,
    &gitlab::GitLab,
    &junit::JUnit,
    &markdown::Markdown,
];

/// The format with a name.
#[must_use]
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// What formats need besides the report.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The files that the report names, as far as their text is at hand. A place in a file that is missing
    /// here is rendered without its code.
    pub sources: &'a BTreeMap<Arc<str>, Source>,
    /// The findings that the rule files define.
    pub findings: &'a [FindingRow],
    /// What paths in the report are relative to.
    pub root: &'a Path,
    /// The version of the tool.
    pub version: &'a str,
    /// Use colours.
    pub color: bool,
    /// Link places to their files, where the format is for terminals.
    pub hyperlinks: bool,
    /// Leave out everything but the findings, where the format is for people.
    pub quiet: bool,
    /// Hold the suppressed findings too, where the format marks them as such: SARIF.
    pub suppressed: bool,
    /// The category of the analysis in SARIF, where several of one commit are uploaded; empty for none.
    pub category: &'a str,
    /// When the scan ended, in seconds since 1970, for formats that must tell.
    pub now: u64,
}

impl Context<'_> {
    /// The texts of a finding.
    #[must_use]
    pub fn finding(&self, rule: &str) -> Option<&FindingRow> {
        self.findings.iter().find(|row| row.id == rule)
    }

    /// The first line of a place: the smallest region that says where to edit. Where there is only one place
    /// for a comment, this is it.
    fn first_line(&self, place: &Location) -> Location {
        if place.end_line <= place.line {
            return place.clone();
        }
        let end_column = self.sources.get(&place.path).map(|source| {
            let line = &source.text[source.lines.line_range(&source.text, place.line)];
            (line.trim_end().chars().count() as u32 + 1).max(place.column)
        });
        match end_column {
            Some(end_column) => Location { end_line: place.line, end_column, ..place.clone() },
            // Up to the end of the line, as far as that can be said without the text.
            None => Location { end_line: place.line + 1, end_column: 1, ..place.clone() },
        }
    }
}

impl Report {
    /// The call sites that a finding is about.
    fn calls_of<'a>(&'a self, finding: &'a Finding) -> impl Iterator<Item = &'a CallSite> {
        self.calls.iter().filter(|call| finding.calls.contains(&call.id))
    }

    /// The findings, the most severe first, else in the order of the report.
    fn by_level(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        findings
    }
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output cannot be written.
    #[error("cannot write the report: {0}")]
    Write(#[from] std::io::Error),
    /// The report cannot be serialised.
    #[error("cannot serialise the report: {0}")]
    Serialise(serde_json::Error),
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // serde_json wraps what the writer says: a closed pipe must stay recognisable.
        match error.io_error_kind() {
            Some(kind) => Self::Write(kind.into()),
            None => Self::Serialise(error),
        }
    }
}

impl Error {
    /// The reader of the output went away (`pcmfa scan | head`): nothing that anyone needs to hear of.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

impl Level {
    /// The word for it: `error`, `warning`, `note`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Verdict {
    /// The word for it: `blocked`, `unresolved`, `capable`, `exempt`, `none`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Unresolved => "unresolved",
            Self::Capable => "capable",
            Self::Exempt => "exempt",
            Self::None => "none",
        }
    }
}

impl Reach {
    /// The word for it: `yes`, `no`, `unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl Evidence {
    /// The word for it: `proven`, `audience`, `nearby`, `none`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Audience => "audience",
            Self::Nearby => "nearby",
            Self::None => "none",
        }
    }
}

impl Flow {
    /// The word for it: `ropc`, `client-credentials` …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ropc => "ropc",
            Self::ClientCredentials => "client-credentials",
            Self::AuthorizationCode => "authorization-code",
            Self::Interactive => "interactive",
            Self::DeviceCode => "device-code",
            Self::RefreshToken => "refresh-token",
            Self::OnBehalfOf => "on-behalf-of",
            Self::IntegratedWindows => "integrated-windows",
            Self::Silent => "silent",
            Self::ManagedIdentity => "managed-identity",
            Self::StaticToken => "static-token",
            Self::Unknown => "unknown",
        }
    }
}

impl Answer {
    /// The word for it: `yes`, `no`, `unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl Auth {
    /// The word for it: `app-only`, `app+user`, `both`, `unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AppOnly => "app-only",
            Self::AppUser => "app+user",
            Self::Both => "both",
            Self::Unknown => "unknown",
        }
    }
}

/// The overall answer in one sentence: what becomes of the call sites when MFA is enforced.
#[must_use]
pub fn answer(report: &Report) -> String {
    let counts = report.counts();
    if report.calls.is_empty() {
        let ours = |verdict| {
            let is = |one: &&Acquisition| one.partner_center != Reach::No && one.verdict == verdict;
            report.acquisitions.iter().filter(is).count()
        };
        return match (report.acquisitions.is_empty(), ours(Verdict::Blocked)) {
            (true, _) => "No call site of Partner Center was found.".to_owned(),
            (false, 0) => "No call site of Partner Center was found, only token acquisitions.".to_owned(),
            (false, 1) => {
                "No call site of Partner Center was found, but 1 token acquisition whose tokens it \
                           would refuse."
                    .to_owned()
            }
            (false, all) => format!(
                "No call site of Partner Center was found, but {all} token acquisitions whose tokens it would refuse."
            ),
        };
    }
    let sites = match report.calls.len() {
        1 => "1 call site".to_owned(),
        all => format!("{all} call sites"),
    };
    format!("{} of {sites} will be refused, {} can't be judged.", counts.blocked, counts.unresolved)
}

/// The outcome in one line: call sites by verdict.
#[must_use]
pub fn summary_line(report: &Report) -> String {
    let counts = report.counts();
    let sites = match report.calls.len() {
        0 => return "no Partner Center call sites found".to_owned(),
        1 => "1 Partner Center call site".to_owned(),
        all => format!("{all} Partner Center call sites"),
    };
    format!(
        "{} of {sites} will be refused (blocked), {} can't be judged (unresolved), {} capable, {} exempt",
        counts.blocked, counts.unresolved, counts.capable, counts.exempt
    )
}

/// A text from outside with its control characters and bidirectional marks made visible, so that it cannot
/// change what a terminal shows. Line breaks stay.
#[must_use]
pub fn visible(text: &str) -> String {
    text.lines().map(annotate_snippets::normalize_untrusted_str).collect::<Vec<_>>().join("\n")
}
