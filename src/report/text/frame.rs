//! Findings with their code, as rustc shows errors.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Group, Level as Title, Origin, Renderer, Snippet};

use super::link;
use crate::frontend::Frontend;
use crate::report::{
    CallSite, Context, Error, Evidence, Finding, Level, Location, Report, Step, redact, visible,
};
use crate::source::LineIndex;

/// How many lines of a place are shown.
const MAX_LINES: u32 = 6;

/// Longer lines are shown in part; they are generated.
const MAX_COLUMNS: usize = 240;

/// How many call sites a finding names; the list of call sites has all of them.
const MAX_CALLS: usize = 10;

/// Writes all findings: errors first, then warnings, then notes, each in the order of the report.
pub(super) fn findings(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let renderer = if context.color { Renderer::styled() } else { Renderer::plain() };
    let mut code = Code::new(context);
    let mut explained = BTreeSet::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        for finding in report.findings.iter().filter(|finding| finding.level == level) {
            let mut group = group(finding, report, &mut code);
            // Once is enough: the same four links under each of fifty findings would hide them.
            if explained.insert(finding.rule.as_str()) {
                let links = context.finding(&finding.rule).into_iter().flat_map(|row| &row.docs);
                group = links.fold(group, |group, link| {
                    group.element(Title::HELP.message(format!("see {}", visible(link))))
                });
            }
            writeln!(out, "{}\n", renderer.render(&[group]))?;
        }
    }
    Ok(())
}

fn group(finding: &Finding, report: &Report, code: &mut Code<'_, '_>) -> Group<'static> {
    let title = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let title = title.primary_title(visible(&finding.message)).id(visible(&finding.rule));
    let context = code.context;
    let mut group = Group::with_title(title).elements(code.frame(&finding.location, &label(finding)));
    for (number, way) in finding.flows.iter().enumerate() {
        // A path of one step says nothing that the frame does not say.
        if way.len() > 1 {
            let heading = match finding.flows.len() {
                1 => "the way of the token:".to_owned(),
                all => format!("the way of the token ({} of {all}):", number + 1),
            };
            group = group.element(Title::NOTE.message(heading + &steps(way, context)));
        }
    }
    let related = related(finding, report);
    if !related.is_empty() {
        group = group.element(Title::NOTE.message(format!("see also:{}", steps(&related, context))));
    }
    if let Some(calls) = calls(finding, report, context) {
        group = group.element(Title::NOTE.message(calls));
    }
    if let Some(evidence) = evidence(finding.evidence) {
        group = group.element(Title::NOTE.message(evidence));
    }
    if !finding.fix.is_empty() {
        group = group.element(Title::HELP.message(visible(&finding.fix)));
    }
    group
}

fn label(finding: &Finding) -> String {
    match (&finding.acquisition, finding.calls.as_slice()) {
        (Some(id), _) => format!("acquisition {id}"),
        (None, [id]) => format!("call site {id}"),
        (None, _) => String::new(),
    }
}

fn evidence(evidence: Evidence) -> Option<&'static str> {
    match evidence {
        Evidence::Proven => Some("proven: the code passes the token from the acquisition to the call"),
        Evidence::Audience => Some("shown by the audience: the token is asked for Partner Center"),
        Evidence::Nearby => Some(
            "by proximity only: it is the one token acquisition near the call; check whether they belong together",
        ),
        Evidence::None => None,
    }
}

/// A numbered list.
fn steps(steps: &[Step], context: &Context<'_>) -> String {
    let width = steps.iter().map(|step| visible(&step.message).chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for (number, step) in steps.iter().enumerate() {
        let message = visible(&step.message);
        let _ = write!(text, "\n{:>2}. {message:<width$}  {}", number + 1, place(&step.location, context));
    }
    text
}

/// The related places that are not shown otherwise.
fn related(finding: &Finding, report: &Report) -> Vec<Step> {
    let shown = |location: &Location| {
        finding.flows.iter().flatten().any(|step| step.location == *location)
            || report.calls.iter().any(|call| call.location == *location && finding.calls.contains(&call.id))
    };
    finding.related.iter().filter(|step| !shown(&step.location)).cloned().collect()
}

fn calls(finding: &Finding, report: &Report, context: &Context<'_>) -> Option<String> {
    // A call site that is the place of the finding is in the frame.
    let is_other = |call: &&CallSite| finding.calls.contains(&call.id) && call.location != finding.location;
    let calls: Vec<&CallSite> = report.calls.iter().filter(is_other).collect();
    let count = match calls.len() {
        0 => return None,
        1 => "1 call site of Partner Center".to_owned(),
        all => format!("{all} call sites of Partner Center"),
    };
    let mut text = match finding.level {
        Level::Error => format!("breaks {count}:"),
        _ => format!("concerns {count}:"),
    };
    let width = calls.iter().take(MAX_CALLS).map(|call| visible(&call.endpoint).chars().count()).max();
    let width = width.unwrap_or_default();
    let id_width = calls.iter().map(|call| call.id.len()).max().unwrap_or_default();
    for call in calls.iter().take(MAX_CALLS) {
        let endpoint = visible(&call.endpoint);
        let _ = write!(
            text,
            "\n  {:<id_width$}  {endpoint:<width$}  {}",
            call.id,
            place(&call.location, context)
        );
    }
    if calls.len() > MAX_CALLS {
        let _ = write!(text, "\n  … and {} more", calls.len() - MAX_CALLS);
    }
    Some(text)
}

/// `src/Tokens.cs:12`
pub(super) fn place(location: &Location, context: &Context<'_>) -> String {
    link::to_file(&location.path, &format!("{}:{}", location.path, location.line), context)
}

/// The code that findings quote, masked once for each file.
pub(super) struct Code<'c, 'a> {
    context: &'c Context<'a>,
    masked: BTreeMap<Arc<str>, Option<(String, LineIndex)>>,
}

impl<'c, 'a> Code<'c, 'a> {
    pub(super) fn new(context: &'c Context<'a>) -> Self {
        Self { context, masked: BTreeMap::new() }
    }

    /// The place with its code; without, where the file is not at hand.
    pub(super) fn frame(&mut self, location: &Location, label: &str) -> Vec<Element<'static>> {
        let path = link::to_file(&location.path, &location.path, self.context);
        let origin =
            Origin::path(path.clone()).line(location.line as usize).char_column(location.column as usize);
        let context = self.context;
        let masked = self.masked.entry(location.path.clone()).or_insert_with(|| {
            let source = context.sources.get(&location.path)?;
            let text = redact::source(&source.text, source.language.map(Frontend::language));
            let lines = LineIndex::new(&text);
            Some((text, lines))
        });
        let Some((text, lines)) = masked else { return vec![origin.into()] };
        let excerpt = excerpt(text, lines, location);
        let annotation = AnnotationKind::Primary.span(excerpt.range);
        let annotation = if label.is_empty() { annotation } else { annotation.label(visible(label)) };
        let snippet = Snippet::source(excerpt.code).line_start(location.line as usize).annotation(annotation);
        if excerpt.is_part {
            // The renderer would take the column from the part.
            return vec![origin.into(), snippet.into()];
        }
        vec![snippet.path(path).into()]
    }
}

/// Some lines of code, and the range of a place in them.
struct Excerpt {
    code: String,
    range: Range<usize>,
    /// The line is too long to be shown whole.
    is_part: bool,
}

fn excerpt(text: &str, lines: &LineIndex, location: &Location) -> Excerpt {
    let last = location.end_line.clamp(location.line, location.line.saturating_add(MAX_LINES - 1));
    let mut code = String::new();
    let (mut start, mut end) = (0, 0);
    for number in location.line..=last {
        let line = lines.line_range(text, number);
        if number > location.line {
            code.push('\n');
        }
        let base = code.len();
        let column = |column| base + lines.offset(text, number, column) - line.start;
        if number == location.line {
            start = column(location.column);
        }
        end = if number == location.end_line { column(location.end_column) } else { base + line.len() };
        code.push_str(&text[line]);
    }
    let end = end.max(start).max(code.ceil_char_boundary((start + 1).min(code.len())));
    if code.lines().any(|line| line.len() > MAX_COLUMNS) {
        // Around the beginning of the place.
        let from = code.ceil_char_boundary(start.saturating_sub(MAX_COLUMNS / 4));
        let to = code.floor_char_boundary((start + MAX_COLUMNS * 3 / 4).min(code.len()));
        let part = code[from..to].lines().next().unwrap_or_default();
        let (start, end) = (start - from, (end - from).min(part.len()));
        return Excerpt { code: part.to_owned(), range: start.min(end)..end, is_part: true };
    }
    Excerpt { code, range: start..end, is_part: false }
}
