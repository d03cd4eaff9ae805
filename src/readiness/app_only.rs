//! App-only tokens: where they are refused, and where they would be a way out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Scene, catalogue, region};
use crate::flow::{AcqKey, FuncRef, Site};
use crate::ir::ExprKind;
use crate::report::{Acquisition, Answer, CallSite, Finding, Step, Verdict, Via, WayOut};
use crate::verdict::Judged;

/// How many operations a message names.
const MAX_NAMED: usize = 3;

/// Calls with an app-only token of operations that are documented for App+User only.
pub(super) fn unsupported(scene: &Scene<'_>, judged: &Judged) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut uses = None;
    let refused = |c: &CallSite| c.app_only == Answer::No && c.verdict == Verdict::Exempt;
    for (call, site) in judged.calls.iter().zip(&judged.sites).filter(|(call, _)| refused(call)) {
        // A call that may be several operations is refused for certain only if all of them are.
        if call.operations.iter().any(|o| o.auth != crate::report::Auth::AppUser) {
            continue;
        }
        let tokens: Vec<&Acquisition> =
            judged.acquisitions.iter().filter(|a| call.tokens.contains(&a.id)).collect();
        let uses = uses.get_or_insert_with(|| Uses::of(scene));
        if uses.is_only_offered(scene, judged, call, *site) || uses.may_be_others(scene, call, *site) {
            continue;
        }
        let name = call.operations.first().map_or("", |o| o.name.as_str());
        let values = [("operation", name), ("calls", call.endpoint.as_str())];
        let Some(mut finding) = scene.finding("app-only-unsupported", call.location.clone(), &values) else {
            continue;
        };
        finding.evidence = call.evidence;
        finding.calls = vec![call.id.clone()];
        finding.related = tokens
            .iter()
            .map(|one| Step {
                location: one.location.clone(),
                message: format!("app-only token acquired ({})", one.id),
            })
            .collect();
        finding.flows = call.links.iter().take(1).map(|link| link.steps.clone()).collect();
        out.push(finding);
    }
    out
}

/// What the code of the program uses, by name, lower-case.
struct Uses {
    /// Members that are read or called, and functions that are called.
    named: BTreeSet<String>,
    /// Types of which objects are made.
    made: BTreeSet<String>,
    /// How often functions and methods are called.
    calls: BTreeMap<String, usize>,
}

/// What parameters are called that say where a request goes.
const TARGETS: &[&str] = &["uri", "url", "path", "endpoint", "route", "address", "resource"];

impl Uses {
    fn of(scene: &Scene<'_>) -> Self {
        let mut uses = Self { named: BTreeSet::new(), made: BTreeSet::new(), calls: BTreeMap::new() };
        let units = scene.program.units.iter().map(|unit| &unit.unit);
        for (unit, expr) in units.flat_map(|unit| unit.exprs.iter().map(move |expr| (unit, expr))) {
            if let Some(name) = region::callee(unit, expr) {
                *uses.calls.entry(name).or_default() += 1;
            }
            match &expr.kind {
                ExprKind::Member { name, .. } | ExprKind::Name { name, .. } => {
                    uses.named.insert(name.to_ascii_lowercase());
                }
                ExprKind::New { ty: Some(ty), .. } => {
                    uses.made.insert(ty.short().to_ascii_lowercase());
                }
                _ => {}
            }
        }
        uses
    }

    /// The call sends what its function is given, and more places call that function than operations are known: with
    /// which of them the token goes, nothing says.
    fn may_be_others(&self, scene: &Scene<'_>, call: &CallSite, site: Site) -> bool {
        let Some(home) = scene.found.calls[&site].home.filter(|_| call.via == Via::Rest) else {
            return false;
        };
        let function = scene.program.function(home);
        let is_target = |name: &str| TARGETS.iter().any(|target| name.to_ascii_lowercase().contains(target));
        let callers = self.calls.get(&function.name.to_ascii_lowercase()).copied().unwrap_or_default();
        if callers <= call.operations.len() || !function.params.iter().any(|param| is_target(&param.name)) {
            return false;
        }
        let unit = &scene.program.units[home.unit as usize].unit;
        let Some(body) = region::of_block(unit, &function.body) else { return false };
        let last = call.endpoint.rsplit('/').find(|part| !part.contains('{')).unwrap_or_default();
        // A path that the function itself holds is what it sends.
        !region::exprs(unit, body).any(|e| matches!(&e.kind, ExprKind::Str(text) if text.contains(last)))
    }

    /// The call stands in a method of a client that the program itself makes and gives a token, but nobody calls this
    /// method: which token it would be called with, nothing says.
    fn is_only_offered(&self, scene: &Scene<'_>, judged: &Judged, call: &CallSite, site: Site) -> bool {
        let Some(home) = scene.found.calls[&site].home else { return false };
        let Some(owner) = owner(scene, home) else { return false };
        if self.named.contains(&scene.program.function(home).name.to_ascii_lowercase()) {
            return false;
        }
        // Languages without `new` name the type.
        let is_made = self.made.contains(&owner) || self.named.contains(&owner);
        let mut tokens =
            judged.acquisitions.iter().zip(&judged.keys).filter(|(a, _)| call.tokens.contains(&a.id));
        let elsewhere = |key: &AcqKey| {
            let home = scene.found.acquisitions[key].home;
            home.is_some_and(|home| self::owner(scene, home).as_ref() != Some(&owner))
        };
        is_made && tokens.all(|(_, key)| elsewhere(key))
    }
}

/// The name of the type that a function belongs to, lower-case.
fn owner(scene: &Scene<'_>, home: FuncRef) -> Option<String> {
    let owner = scene.program.function(home).owner?;
    Some(scene.program.units[home.unit as usize].unit.type_decl(owner).name.to_ascii_lowercase())
}

/// Says of blocked acquisitions whether the application could do without the user.
pub(super) fn ways_out(judged: &mut Judged, findings: &mut [Finding]) {
    for index in 0..judged.acquisitions.len() {
        let one = &judged.acquisitions[index];
        if one.verdict != Verdict::Blocked {
            continue;
        }
        let fed: Vec<&CallSite> = judged.calls.iter().filter(|c| c.tokens.contains(&one.id)).collect();
        let way = way_out(&fed);
        let id = one.id.clone();
        if let Some(text) = sentence(&way, &fed) {
            let about = |f: &&mut Finding| {
                f.acquisition.as_ref() == Some(&id)
                    && matches!(f.rule.as_str(), "password-grant" | "integrated-windows-auth")
            };
            for finding in findings.iter_mut().filter(about) {
                finding.message = format!("{}. {text}", finding.message.trim_end_matches('.'));
            }
        }
        judged.acquisitions[index].app_only = Some(way);
    }
}

/// The operations of a call, by what is documented of them.
fn way_out(fed: &[&CallSite]) -> WayOut {
    let mut against = BTreeSet::new();
    let mut unknown = BTreeSet::new();
    let mut answers = Vec::new();
    for call in fed.iter().filter(|c| !c.endpoint.starts_with("sign-in")) {
        answers.push(call.app_only);
        match call.app_only {
            Answer::No => against.insert(call.endpoint.clone()),
            Answer::Unknown => unknown.insert(call.endpoint.clone()),
            Answer::Yes => false,
        };
    }
    WayOut {
        possible: catalogue::all(&answers),
        against: against.into_iter().collect(),
        unknown: unknown.into_iter().collect(),
    }
}

fn sentence(way: &WayOut, fed: &[&CallSite]) -> Option<String> {
    let named = |all: &[String]| {
        let mut text = all.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
        if all.len() > MAX_NAMED {
            text = format!("{text} and {} more", all.len() - MAX_NAMED);
        }
        text
    };
    match way.possible {
        Answer::Yes if fed.len() == 1 => {
            Some("The operation it is used for also accepts app-only tokens (of the application alone), which need no MFA".to_owned())
        }
        Answer::Yes => {
            Some("All operations it is used for also accept app-only tokens (of the application alone), which need no MFA".to_owned())
        }
        Answer::No => Some(format!(
            "An app-only token is no way out here: {} accepted for a user (App+User) only",
            match way.against.len() {
                1 => format!("{} is", named(&way.against)),
                _ => format!("{} are", named(&way.against)),
            }
        )),
        Answer::Unknown if way.unknown.is_empty() => None,
        Answer::Unknown => {
            Some(format!("Whether an app-only token would do is not documented for {}", named(&way.unknown)))
        }
    }
}
