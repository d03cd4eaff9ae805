//! Explanations for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use annotate_snippets::{Group, Level as Title, Renderer};

use super::frame::{Code, place};
use super::{link, redact};
use crate::report::{Context, Error, Location, Reach, Report, Verdict, visible};
use crate::why::{Explanation, Reason, SeenCall, State, TokenWhy};

/// Writes an explanation.
pub(in crate::report) fn write(
    explanation: &Explanation,
    report: &Report,
    context: &Context<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let renderer = if context.color { Renderer::styled() } else { Renderer::plain() };
    let mut page = Page { code: Code::new(context), context, groups: Vec::new() };
    page.acquisitions(explanation);
    page.calls(explanation);
    for check in &explanation.checks {
        let title =
            Title::INFO.with_name("check").primary_title(clean(&format!("tests for MFA: {}", check.what)));
        page.groups.push(Group::with_title(title).elements(page.code.frame(&check.location, "")));
    }
    let is_found = !page.groups.is_empty();
    page.findings(explanation, report);
    page.line(explanation, is_found);
    for group in page.groups {
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}

struct Page<'c, 'a> {
    code: Code<'c, 'a>,
    context: &'c Context<'a>,
    groups: Vec<Group<'static>>,
}

/// A text from outside without secrets and what changes the display.
fn clean(text: &str) -> String {
    visible(&redact::text(text))
}

fn name(verdict: Verdict) -> Title<'static> {
    let level = match verdict {
        Verdict::Blocked => Title::ERROR,
        Verdict::Unresolved => Title::WARNING,
        _ => Title::INFO,
    };
    level.with_name(verdict.name())
}

impl Page<'_, '_> {
    fn reasons(&self, mut group: Group<'static>, name: &'static str, reasons: &[Reason]) -> Group<'static> {
        for reason in reasons {
            group = group.element(Title::NOTE.with_name(name).message(self.reason(reason)));
        }
        group
    }

    fn reason(&self, reason: &Reason) -> String {
        let text = clean(&reason.text);
        match &reason.place {
            Some(location) => format!("{text}  ({})", place(location, self.context)),
            None => text,
        }
    }

    fn acquisitions(&mut self, explanation: &Explanation) {
        for why in &explanation.acquisitions {
            let found = &why.acquisition;
            let id = if found.id.is_empty() { String::new() } else { format!(" {}", found.id) };
            let reach = match found.partner_center {
                Reach::Yes => "for Partner Center",
                Reach::No => "not for Partner Center",
                Reach::Unknown => "perhaps for Partner Center",
            };
            let model = match found.model {
                crate::report::Model::AppOnly => "app-only",
                crate::report::Model::AppUser => "App+User",
                crate::report::Model::Unknown => "model unknown",
            };
            let title = format!(
                "acquisition{id}: {} by {}, {model}, {reach}, evidence {}",
                found.flow.name(),
                found.library,
                found.evidence.name()
            );
            let group = Group::with_title(name(found.verdict).primary_title(clean(&title)));
            let group = group.elements(self.code.frame(&found.location, &found.symbol));
            let group = self.reasons(group, "why", &why.facts);
            let mut group = self.reasons(group, "dropped", &why.dropped_at);
            if why.reaches.is_empty() {
                group = group
                    .element(Title::NOTE.with_name("reaches").message("no call site that the code shows"));
            }
            for reached in &why.reaches {
                let mut text = format!("{} {}", reached.call, clean(&reached.endpoint));
                for (number, step) in reached.steps.iter().enumerate() {
                    let at = place(&step.location, self.context);
                    let _ = write!(text, "\n{:>2}. {}  {at}", number + 1, clean(&step.message));
                }
                group = group.element(Title::NOTE.with_name("reaches").message(text));
            }
            self.groups.push(group);
        }
    }

    fn calls(&mut self, explanation: &Explanation) {
        for why in &explanation.calls {
            let call = &why.call;
            let title =
                format!("call site {}: {}, evidence {}", call.id, call.endpoint, call.evidence.name());
            let group = Group::with_title(name(call.verdict).primary_title(clean(&title)));
            let group = group.elements(self.code.frame(&call.location, &call.id));
            let group = self.reasons(group, "why", &why.facts);
            let mut group = self.reasons(group, "missing", &why.missing);
            if why.arriving.is_empty() {
                let text = "no token arrives that the code shows, so nothing can be said";
                group = group.element(Title::NOTE.with_name("why").message(text));
            }
            let group = self.reasons(group, "dropped", &why.dropped);
            let group = self.reasons(group, "no link", &why.elsewhere);
            self.groups.push(group);
            for token in &why.arriving {
                self.token(token, &call.id);
            }
        }
    }

    fn token(&mut self, token: &TokenWhy, call: &str) {
        let title = format!("{call} carries the token of {}: {}", token.acquisition, token.flow.name());
        let mut group = Group::with_title(name(token.verdict).primary_title(clean(&title)));
        for (number, step) in token.steps.iter().enumerate() {
            let label = format!("{}. {}", number + 1, clean(&step.message));
            // The place itself, not all the lines of a long call.
            let place =
                Location { end_line: step.location.line, end_column: u32::MAX, ..step.location.clone() };
            let place =
                if step.location.end_line == step.location.line { step.location.clone() } else { place };
            group = group.elements(self.code.frame(&place, &label));
        }
        let group = self.reasons(group, "why", &token.facts);
        self.groups.push(group);
    }

    /// What became of the findings on the line.
    fn findings(&mut self, explanation: &Explanation, report: &Report) {
        let here = |location: &Location| {
            location.path == explanation.place.path
                && (location.line..=location.end_line).contains(&explanation.place.line)
        };
        let mut lines: BTreeMap<String, String> = BTreeMap::new();
        for finding in report.findings.iter().filter(|finding| here(&finding.location)) {
            lines.insert(finding.rule.clone(), format!("{}: {}", finding.level.name(), finding.message));
        }
        for one in report.suppressed.iter().filter(|one| here(&one.finding.location)) {
            let by = match one.by {
                crate::report::SuppressedBy::Comment => "a comment",
                crate::report::SuppressedBy::Baseline => "the baseline",
            };
            lines.insert(one.finding.rule.clone(), format!("suppressed by {by}: {}", one.reason));
        }
        for (rule, text) in lines {
            let title = Title::INFO.with_name("finding").primary_title(clean(&format!("{rule}: {text}")));
            self.groups.push(Group::with_title(title));
        }
    }

    fn line(&mut self, explanation: &Explanation, is_found: bool) {
        let at = &explanation.place;
        let file = &explanation.file;
        let shown = link::to_file(&at.path, &format!("{}:{}", at.path, at.line), self.context);
        let title = match file.state {
            State::Analysed if is_found => format!("what the scanner sees at {shown}"),
            State::Analysed => format!("no acquisition, call site or check at {shown}"),
            State::Skipped => format!("{shown} was skipped"),
            State::LeftOut => format!("{shown} was not scanned"),
            State::Missing => format!("{shown} was not found"),
            State::NoLanguage => format!("{shown} is not read as code"),
            State::Settings => format!("{shown} is a settings file"),
            State::NotParsed => format!("{shown} was not parsed"),
        };
        let title = Title::INFO.with_name("line").primary_title(title);
        let mut group = Group::with_title(title);
        if !file.detail.is_empty() {
            group = group.element(Title::NOTE.with_name("file").message(clean(&file.detail)));
        }
        if file.state == State::Analysed {
            let whole = Location {
                path: at.path.clone(),
                line: at.line,
                column: self.indent(explanation) + 1,
                end_line: at.line,
                end_column: u32::MAX,
            };
            group = group.elements(self.code.frame(&whole, ""));
            let facts = &explanation.line.facts;
            group = self.reasons(group, "line", facts);
        }
        self.groups.push(group);
        for call in &explanation.line.calls {
            let group = self.seen(call);
            self.groups.push(group);
        }
    }

    /// How many white-space characters the line begins with.
    fn indent(&self, explanation: &Explanation) -> u32 {
        let at = &explanation.place;
        let line = self.context.sources.get(&at.path).map(|source| {
            let line = &source.text[source.lines.line_range(&source.text, at.line)];
            line.chars().take_while(|c| c.is_whitespace()).count()
        });
        line.unwrap_or_default() as u32
    }

    fn seen(&self, call: &SeenCall) -> Group<'static> {
        let state = if call.evaluated { "" } else { ": not evaluated" };
        let title = format!("`{}`  ({}){state}", clean(&call.name), place(&call.place, self.context));
        let mut group = Group::with_title(Title::INFO.with_name("call").primary_title(title));
        group = self.reasons(group, "given", &call.values);
        group = self.reasons(group, "means", &call.meaning);
        for row in &call.rows {
            let text = match &row.why_not {
                None => format!("{} ({}) applies", row.row, row.library),
                Some(why) => format!("{} ({}) does not apply: {why}", row.row, row.library),
            };
            group = group.element(Title::NOTE.with_name("rule").message(clean(&text)));
        }
        if call.rows.is_empty() && call.evaluated && call.meaning.is_empty() {
            group = group.element(Title::NOTE.with_name("rule").message("no rule row has this name"));
        }
        group
    }
}
