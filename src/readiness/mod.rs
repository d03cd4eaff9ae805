//! What a verdict does not say: whether the code is ready for the mandate. Which operations its calls are, whether
//! they could do without a user, what checks and handles the refusal, what is retired, and which secrets lie in
//! the code.
//!
//! Works on what the analysis found, on the IR and on the texts; the names are data of the rule files.

mod app_only;
mod catalogue;
mod errors;
mod fallback;
mod manifests;
mod model;
mod region;
mod retired;
mod secrets;
mod validation;

use std::collections::BTreeSet;

use crate::flow::{Found, Program, Site};
use crate::ir::Span;
use crate::models::Rules;
use crate::report::{Acquisition, CallSite, Evidence, Finding, Location, Model, ModelPart, Reach, Verdict};
use crate::source::Source;
use crate::verdict::{Judged, Places, fill, fix_for};

/// What the modules look at.
pub(crate) struct Scene<'a> {
    pub(crate) program: &'a Program,
    pub(crate) rules: &'a Rules,
    pub(crate) found: &'a Found,
    pub(crate) places: &'a dyn Places,
    pub(crate) sources: &'a [Source],
    /// The source of each unit.
    pub(crate) index: &'a [usize],
}

/// Adds to a report what is known beyond verdicts, and gives the parts of the Secure Application Model.
pub(crate) fn assess(scene: &Scene<'_>, judged: &mut Judged) -> Vec<ModelPart> {
    catalogue::name_calls(scene, judged);
    let mut findings = std::mem::take(&mut judged.findings);
    findings.extend(app_only::unsupported(scene, judged));
    app_only::ways_out(judged, &mut findings);
    validation::checks(scene, judged);
    findings.extend(validation::findings(scene, judged));
    findings.extend(errors::findings(scene, judged));
    findings.extend(retired::findings(scene, judged));
    findings.extend(secrets::findings(scene, judged));
    catalogue::caveats(scene, judged, &mut findings);
    findings.sort_by(|a, b| (&a.location, &a.rule, &a.message).cmp(&(&b.location, &b.rule, &b.message)));
    findings.dedup_by(|a, b| a.location == b.location && a.rule == b.rule && a.message == b.message);
    judged.findings = findings;
    model::parts(scene, judged)
}

impl Scene<'_> {
    /// A finding of this rule, with the texts of its row.
    fn finding(&self, rule: &str, location: Location, values: &[(&str, &str)]) -> Option<Finding> {
        let row = self.rules.finding(rule)?;
        let language = self.program.language_of(&location.path).unwrap_or("*");
        Some(Finding {
            rule: row.id.clone(),
            level: row.level,
            message: fill(&row.message, values),
            fix: fix_for(row, language),
            evidence: Evidence::None,
            acquisition: None,
            calls: Vec::new(),
            related: Vec::new(),
            flows: Vec::new(),
            location,
        })
    }

    /// Whose code a unit is.
    fn source(&self, unit: u32) -> &Source {
        &self.sources[self.index[unit as usize]]
    }

    /// The lines and columns of a part of a unit.
    fn locate(&self, unit: u32, span: Span) -> Location {
        self.places.locate(Site { unit, span })
    }

    /// The name of the function that holds a call site or acquisition; empty for top-level code and common names.
    fn home_name(&self, home: Option<crate::flow::FuncRef>) -> Option<String> {
        let name = &self.program.function(home?).name;
        (name.len() > 2).then(|| name.to_ascii_lowercase())
    }
}

/// The acquisition speaks for a user, for Partner Center.
fn is_app_user(one: &Acquisition) -> bool {
    one.partner_center == Reach::Yes
        && (one.model == Model::AppUser || matches!(one.verdict, Verdict::Blocked | Verdict::Capable))
}

/// The call may carry a token that speaks for a user.
fn carries_user(call: &CallSite, judged: &Judged) -> bool {
    judged.acquisitions.iter().any(|one| {
        call.tokens.contains(&one.id)
            && (one.model == Model::AppUser || matches!(one.verdict, Verdict::Blocked | Verdict::Capable))
    })
}

/// The names of the functions that send App+User calls, lower-case.
fn callers(scene: &Scene<'_>, judged: &Judged) -> BTreeSet<String> {
    let sends = judged.calls.iter().zip(&judged.sites).filter(|(call, _)| carries_user(call, judged));
    sends.filter_map(|(_, site)| scene.home_name(scene.found.calls[site].home)).collect()
}

/// There is a flow to Partner Center at all.
fn has_flow(judged: &Judged) -> bool {
    !judged.calls.is_empty() || judged.acquisitions.iter().any(|one| one.partner_center == Reach::Yes)
}

/// The names of the functions that sign in with a password, or in another way, lower-case.
fn callers_of(scene: &Scene<'_>, judged: &Judged, by_password: bool) -> BTreeSet<String> {
    let all = judged.acquisitions.iter().zip(&judged.keys).filter(|(one, _)| {
        let password = one.flow == crate::report::Flow::Ropc && one.verdict == Verdict::Blocked;
        one.partner_center != Reach::No && password == by_password
    });
    all.filter_map(|(_, key)| scene.home_name(scene.found.acquisitions[key].home)).collect()
}
