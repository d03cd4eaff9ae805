//! Why a verdict is what it is: the facts and steps behind a call site or an acquisition, or what the scanner sees on
//! a line where it found nothing.

mod call;
mod line;
mod model;

use std::collections::BTreeMap;
use std::path::Path;

use crate::flow::{AcqKey, Analysis, Program, Seen, UnitId, Watch};
use crate::models::Rules;
use crate::report::{Location, NoticeKind, Report};
use crate::source::Source;
use crate::verdict::{Judged, Places};

pub use model::*;

/// What an explanation is made of.
pub(crate) struct Known<'a> {
    pub(crate) program: &'a Program,
    pub(crate) rules: &'a Rules,
    pub(crate) analysis: &'a Analysis,
    pub(crate) places: &'a dyn Places,
    /// What the report holds.
    pub(crate) judged: &'a Judged,
    /// The same with all acquisitions.
    pub(crate) all: &'a Judged,
    /// What happened on the line.
    pub(crate) seen: Seen,
}

impl Known<'_> {
    /// The identifier of an acquisition in the report, if it is there.
    fn id(&self, key: AcqKey) -> Option<&str> {
        let at = self.judged.keys.iter().position(|known| *known == key)?;
        Some(&self.judged.acquisitions[at].id)
    }
}

/// Watches a line while the program is analysed.
pub(crate) fn watch(program: &Program, sources: &[Source], place: &Place) -> Watch {
    let mut lines = BTreeMap::new();
    if let Some(source) = sources.iter().find(|source| *source.path == *place.path) {
        let line = source.lines.line_range(&source.text, place.line);
        for (unit, _) in program.units.iter().enumerate().filter(|(_, unit)| *unit.path == *place.path) {
            lines.insert(unit as UnitId, line.start as u32..line.end as u32);
        }
    }
    Watch::new(lines)
}

/// Explains a line.
pub(crate) fn explain(known: &Known<'_>, place: &Place) -> Explanation {
    let here = |location: &Location| {
        *location.path == *place.path && (location.line..=location.end_line).contains(&place.line)
    };
    let acquisitions: Vec<AcquisitionWhy> = known
        .all
        .acquisitions
        .iter()
        .zip(&known.all.keys)
        .filter(|(acquisition, _)| here(&acquisition.location))
        .map(|(acquisition, key)| call::acquisition(known, acquisition, *key))
        .collect();
    let calls: Vec<CallWhy> = known
        .judged
        .calls
        .iter()
        .zip(&known.judged.sites)
        .filter(|(call, _)| here(&call.location))
        .map(|(call, site)| call::call(known, call, *site))
        .collect();
    let checks = known.judged.checks.iter().filter(|check| here(&check.location)).cloned().collect();
    let line = line::look(known, place);
    Explanation { acquisitions, calls, checks, line, ..Explanation::default() }
}

/// Says what became of the file, and what the line belongs to where nothing was analysed.
pub(crate) fn file_state(
    explanation: &mut Explanation,
    place: &Place,
    sources: &[Source],
    root: &Path,
    report: &Report,
) {
    explanation.place = place.clone();
    let notices: Vec<String> = report
        .notices
        .iter()
        .filter(|notice| *notice.path == *place.path && notice.kind != NoticeKind::Syntax)
        .map(|notice| notice.message.clone())
        .collect();
    let state = |state, detail: String| FileState { state, language: None, detail };
    let Some(source) = sources.iter().find(|source| *source.path == *place.path) else {
        explanation.file = if !notices.is_empty() {
            state(State::Skipped, notices.join("; "))
        } else if root.join(place.path.as_ref()).exists() {
            let why = "an ignore file, a glob or the choice of paths leaves it out; name the file to read it anyway";
            state(State::LeftOut, why.to_owned())
        } else {
            state(State::Missing, "there is no such file where the scan looked".to_owned())
        };
        return;
    };
    let language = source.language.map(crate::frontend::Frontend::title);
    let is_settings = crate::settings::is_settings(&source.path);
    let (what, detail) = match language {
        None if is_settings => {
            (State::Settings, "its values are read where the code looks them up; it holds no calls".to_owned())
        }
        None => (State::NoLanguage, "no front end reads files of this kind: see `pcmfa languages`".to_owned()),
        Some(_) if !notices.is_empty() => (State::Skipped, notices.join("; ")),
        Some(_) if report.coverage.files_parsed.is_empty() => (
            State::NotParsed,
            "nothing in the scanned tree names Partner Center, so no file was parsed; --exhaustive parses all"
                .to_owned(),
        ),
        Some(_) => (State::Analysed, String::new()),
    };
    explanation.file = FileState { state: what, language: language.map(str::to_owned), detail };
    explanation.lines = source.lines.len();
}
