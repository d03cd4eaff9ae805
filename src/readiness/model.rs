//! The Secure Application Model: which of its parts the code shows.

use std::collections::BTreeSet;

use super::{Scene, is_app_user};
use crate::ir::{ExprKind, Scope};
use crate::models::Vault;
use crate::report::{Flow, Location, ModelPart, PartName, Verdict};
use crate::verdict::Judged;

/// How many places of a part are named.
const MAX_PLACES: usize = 5;

/// The parts, in the order in which they are set up; none when nothing signs a user in to Partner Center.
pub(super) fn parts(scene: &Scene<'_>, judged: &Judged) -> Vec<ModelPart> {
    let users = judged.acquisitions.iter().any(is_app_user)
        || judged.calls.iter().any(|call| super::carries_user(call, judged));
    if !users {
        return Vec::new();
    }
    let by_flow = |flows: &[Flow]| -> BTreeSet<Location> {
        let ours = judged
            .acquisitions
            .iter()
            .filter(|one| is_app_user(one) && one.verdict != Verdict::Blocked && flows.contains(&one.flow));
        ours.map(|one| one.location.clone()).collect()
    };
    let consents = judged.calls.iter().filter(|call| call.operations.iter().any(|o| is_consent(&o.path)));
    let customer: BTreeSet<Location> = consents.map(|call| call.location.clone()).collect();
    let part = |part, what: &str, places: BTreeSet<Location>| ModelPart {
        part,
        seen: !places.is_empty(),
        what: what.to_owned(),
        places: places.into_iter().take(MAX_PLACES).collect(),
    };
    vec![
        part(
            PartName::Consent,
            "consent: a user signs in once with MFA (authorization code, interactive or device code)",
            by_flow(&[Flow::AuthorizationCode, Flow::Interactive, Flow::DeviceCode]),
        ),
        part(PartName::Vault, "vault: the refresh token is kept in a vault", vaults(scene)),
        part(
            PartName::Redemption,
            "redemption: the refresh token is redeemed in every run",
            by_flow(&[Flow::RefreshToken]),
        ),
        part(
            PartName::CustomerConsent,
            "customer consent: POST …/applicationconsents (control panel vendors only)",
            customer,
        ),
    ]
}

fn is_consent(path: &str) -> bool {
    path.to_ascii_lowercase().split('/').any(|part| part == "applicationconsents")
}

/// Where the code talks to a vault.
fn vaults(scene: &Scene<'_>) -> BTreeSet<Location> {
    let rows: Vec<&Vault> = scene.rules.files().flat_map(|(_, file)| &file.vaults).collect();
    let mut out = BTreeSet::new();
    for (id, unit) in scene.program.units.iter().enumerate() {
        let mut put = |span| out.insert(scene.locate(id as u32, span));
        let is = |names: &[String], name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
        for import in &unit.unit.imports {
            let path = import.path.to_ascii_lowercase();
            let ours = |i: &String| {
                path.strip_prefix(&i.to_ascii_lowercase())
                    .is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric()))
            };
            if rows.iter().any(|row| row.imports.iter().any(ours)) {
                put(import.span);
            }
        }
        for expr in &unit.unit.exprs {
            let found = match &expr.kind {
                ExprKind::Name { name, scope: Scope::Callable } => {
                    rows.iter().any(|row| is(&row.command, name))
                }
                ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => {
                    rows.iter().any(|row| is(&row.call, name))
                }
                ExprKind::Str(text) => {
                    let text = text.to_ascii_lowercase();
                    rows.iter().any(|row| row.hosts.iter().any(|host| text.contains(host.as_str())))
                }
                _ => false,
            };
            if found {
                put(expr.span);
            }
        }
    }
    out
}
