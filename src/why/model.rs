//! What an explanation says, before anything renders it. The field names are those of `--format json`.

use std::sync::Arc;

use serde::Serialize;

use crate::report::{Acquisition, CallSite, Check, Flow, Location, Model, Step, Verdict};

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path as reports give it.
    pub path: Arc<str>,
    /// The line, from 1.
    pub line: u32,
}

impl Default for Place {
    fn default() -> Self {
        Self { path: "".into(), line: 1 }
    }
}

/// What is known of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The line that was asked about.
    pub place: Place,
    /// What became of its file.
    pub file: FileState,
    /// How many lines the file has.
    #[serde(skip)]
    pub lines: usize,
    /// The acquisitions there, also those that have nothing to do with Partner Center.
    pub acquisitions: Vec<AcquisitionWhy>,
    /// The call sites there.
    pub calls: Vec<CallWhy>,
    /// The checks there.
    pub checks: Vec<Check>,
    /// What the scanner sees there.
    pub line: LineWhy,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileState {
    /// In a word.
    pub state: State,
    /// The language it is read as.
    pub language: Option<String>,
    /// Why; empty when there is nothing to say.
    pub detail: String,
}

/// What became of a file, in a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was parsed and analysed.
    Analysed,
    /// It was left out, and the report says so.
    Skipped,
    /// Globs or ignore files leave it out, or it lies outside of what was scanned.
    LeftOut,
    /// It is not there.
    #[default]
    Missing,
    /// No front end reads it.
    NoLanguage,
    /// It holds settings.
    Settings,
    /// Nothing was parsed.
    NotParsed,
}

/// One thing that is known, with where it shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// Where.
    pub place: Option<Location>,
}

impl Reason {
    pub(super) fn new(text: impl Into<String>, place: Option<Location>) -> Self {
        Self { text: text.into(), place }
    }
}

/// Why an acquisition is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcquisitionWhy {
    /// What the report says, with `id` empty where the report leaves it out.
    #[serde(flatten)]
    pub acquisition: Acquisition,
    /// The facts, in the order in which they lead to the verdict.
    pub facts: Vec<Reason>,
    /// The call sites that its token reaches, with its way there.
    pub reaches: Vec<Reached>,
    /// The call sites that it reaches but is not counted for, since it is asked for something else.
    pub dropped_at: Vec<Reason>,
}

/// A call site that a token reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// The call site's identifier.
    pub call: String,
    /// Method and path, operation or cmdlet.
    pub endpoint: String,
    /// The way there.
    pub steps: Vec<Step>,
}

/// Why a call site is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallWhy {
    /// What the report says.
    #[serde(flatten)]
    pub call: CallSite,
    /// Why it is a call of Partner Center.
    pub facts: Vec<Reason>,
    /// The tokens that arrive.
    pub arriving: Vec<TokenWhy>,
    /// The acquisitions whose tokens arrive too, but are not counted.
    pub dropped: Vec<Reason>,
    /// What arrives in place of a token.
    pub missing: Vec<Reason>,
    /// The acquisitions in the same file whose tokens do not arrive.
    pub elsewhere: Vec<Reason>,
}

/// A token that arrives at a call site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenWhy {
    /// The acquisition's identifier.
    pub acquisition: String,
    /// Its flow.
    pub flow: Flow,
    /// Whom it speaks for.
    pub model: Model,
    /// Its verdict.
    pub verdict: Verdict,
    /// Why that is its verdict.
    pub facts: Vec<Reason>,
    /// Its way.
    pub steps: Vec<Step>,
}

/// What the scanner sees on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LineWhy {
    /// What stands around the line, and whether it was evaluated.
    pub facts: Vec<Reason>,
    /// The calls there.
    pub calls: Vec<SeenCall>,
}

/// A call on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenCall {
    /// What is called, as far as that has a name.
    pub name: String,
    /// Where.
    pub place: Location,
    /// It was evaluated.
    pub evaluated: bool,
    /// What the receiver and the arguments are.
    pub values: Vec<Reason>,
    /// What it means to the scanner.
    pub meaning: Vec<Reason>,
    /// The rule rows that have its name.
    pub rows: Vec<SeenRow>,
}

/// A rule row that has the name of a call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SeenRow {
    /// The rule file and the section in it.
    pub row: String,
    /// The library.
    pub library: String,
    /// What keeps it from applying; nothing does when it applies.
    pub why_not: Option<String>,
}
