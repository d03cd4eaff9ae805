//! App-only tokens: where they are refused, and where they would be a way out.

use std::collections::BTreeSet;

use super::{Scene, catalogue};
use crate::report::{Acquisition, Answer, CallSite, Finding, Step, Verdict, WayOut};
use crate::verdict::Judged;

/// How many operations a message names.
const MAX_NAMED: usize = 3;

/// Calls with an app-only token of operations that are documented for App+User only.
pub(super) fn unsupported(scene: &Scene<'_>, judged: &Judged) -> Vec<Finding> {
    let mut out = Vec::new();
    for call in judged.calls.iter().filter(|c| c.app_only == Answer::No && c.verdict == Verdict::Exempt) {
        // A call that may be several operations is refused for certain only if all of them are.
        if call.operations.iter().any(|o| o.auth != crate::report::Auth::AppUser) {
            continue;
        }
        let tokens: Vec<&Acquisition> =
            judged.acquisitions.iter().filter(|a| call.tokens.contains(&a.id)).collect();
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
