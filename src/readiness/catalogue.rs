//! Names call sites by the documented operations that they are.

use std::collections::BTreeSet;

use super::Scene;
use crate::models::RestOperation;
use crate::report::{Answer, Auth, Finding, Operation};
use crate::verdict::Judged;

/// A row of the catalogue, prepared for look-ups.
struct Row<'a> {
    segments: Vec<String>,
    operation: &'a RestOperation,
}

/// The endpoint catalogue.
struct Catalogue<'a>(Vec<Row<'a>>);

fn segments(path: &str) -> Vec<String> {
    let bare = path.split('?').next().unwrap_or(path).trim_matches('/').to_ascii_lowercase();
    bare.split('/').map(|s| if s.contains('{') { "{}".to_owned() } else { s.to_owned() }).collect()
}

/// Method and path of an endpoint as reports write it; nothing for sign-ins and names of cmdlets.
fn parts(endpoint: &str) -> Option<(&str, &str)> {
    match endpoint.split_once(' ') {
        Some((method, path)) if path.starts_with('/') => Some((method, path)),
        None if endpoint.starts_with('/') => Some(("", endpoint)),
        _ => None,
    }
}

impl<'a> Catalogue<'a> {
    /// The rows that an endpoint may be: those whose template it is, or else those that it fits best.
    fn find(&self, endpoint: &str) -> Vec<&'a RestOperation> {
        let Some((method, path)) = parts(endpoint) else { return Vec::new() };
        let asked = segments(path);
        let of_method = |row: &&Row<'_>| method.is_empty() || row.operation.method == method;
        let same: Vec<&RestOperation> =
            self.0.iter().filter(of_method).filter(|r| r.segments == asked).map(|r| r.operation).collect();
        if !same.is_empty() {
            return same;
        }
        let fits = |row: &&Row<'_>| {
            row.segments.len() == asked.len()
                && row.segments.iter().zip(&asked).all(|(t, s)| t == s || t == "{}" || s == "{}")
        };
        let score = |row: &Row<'_>| row.segments.iter().zip(&asked).filter(|(t, s)| t == s).count();
        let all: Vec<&Row<'_>> = self.0.iter().filter(of_method).filter(fits).collect();
        let best = all.iter().map(|row| score(row)).max();
        // A path of placeholders alone fits anything and says nothing.
        all.into_iter()
            .filter(|row| Some(score(row)) == best && best > Some(1))
            .map(|r| r.operation)
            .collect()
    }
}

fn auth(text: &str) -> Auth {
    match text {
        "app-only" => Auth::AppOnly,
        "app+user" => Auth::AppUser,
        "both" => Auth::Both,
        _ => Auth::Unknown,
    }
}

/// May the application itself call these? They are the rows of one endpoint: where a variant accepts app-only
/// tokens, the path alone cannot tell that the other one is meant.
fn app_only(rows: &[&RestOperation]) -> Answer {
    let any = |wanted: &[Auth]| rows.iter().any(|r| wanted.contains(&auth(&r.auth)));
    let methods: BTreeSet<&str> = rows.iter().map(|r| r.method.as_str()).collect();
    if rows.is_empty() || any(&[Auth::Unknown]) {
        return Answer::Unknown;
    }
    match (any(&[Auth::AppOnly, Auth::Both]), any(&[Auth::AppUser])) {
        (true, true) if methods.len() > 1 => Answer::Unknown,
        (true, _) => Answer::Yes,
        (false, true) => Answer::No,
        (false, false) => Answer::Unknown,
    }
}

/// The answer for all endpoints of a call together.
pub(super) fn all(answers: &[Answer]) -> Answer {
    if answers.is_empty() || answers.contains(&Answer::Unknown) && !answers.contains(&Answer::No) {
        Answer::Unknown
    } else if answers.contains(&Answer::No) {
        Answer::No
    } else {
        Answer::Yes
    }
}

/// Gives each call site its operations, and the note on its host.
pub(super) fn name_calls(scene: &Scene<'_>, judged: &mut Judged) {
    let endpoints = scene.rules.endpoints();
    let rows = endpoints.operations.iter().map(|o| Row { segments: segments(&o.path), operation: o });
    let catalogue = Catalogue(rows.collect());
    for (call, site) in judged.calls.iter_mut().zip(&judged.sites) {
        let record = &scene.found.calls[site];
        let mut operations = BTreeSet::new();
        let mut answers = Vec::new();
        for endpoint in &record.endpoints {
            let rows = catalogue.find(endpoint);
            if parts(endpoint).is_some() || !rows.is_empty() {
                answers.push(app_only(&rows));
            }
            operations.extend(rows.into_iter().map(|row| Operation {
                name: row.operation.clone(),
                method: row.method.clone(),
                path: row.path.clone(),
                auth: auth(&row.auth),
                doc: row.doc.clone(),
            }));
        }
        call.operations = operations.into_iter().collect();
        call.app_only = all(&answers);
        let notes: BTreeSet<&str> = endpoints
            .partner_center
            .iter()
            .filter(|host| record.hosts.iter().any(|h| host.host.eq_ignore_ascii_case(h)))
            .map(|host| host.note.as_str())
            .collect();
        // One host that the announcements name is enough.
        if !notes.is_empty() && !notes.contains("") {
            call.caveat = notes.into_iter().collect::<Vec<_>>().join("; ");
        }
    }
}

/// Says in the messages of findings where a verdict is less certain: all their calls, or what the token is asked
/// for, belong to hosts that the announcements do not name.
pub(super) fn caveats(scene: &Scene<'_>, judged: &Judged, findings: &mut [Finding]) {
    for finding in findings {
        let calls = judged.calls.iter().filter(|call| finding.calls.contains(&call.id));
        let mut notes: BTreeSet<&str> = calls.map(|call| call.caveat.as_str()).collect();
        if notes.is_empty() {
            let asked =
                judged.acquisitions.iter().filter(|one| finding.acquisition.as_ref() == Some(&one.id));
            let hosts = scene.rules.endpoints().partner_center.iter();
            let asked: Vec<&String> = asked.flat_map(|one| &one.audience).collect();
            notes = hosts
                .filter(|host| asked.iter().any(|audience| is_at(audience, &host.host)))
                .map(|host| host.note.as_str())
                .collect();
        }
        if notes.is_empty() || notes.contains("") {
            continue;
        }
        let notes: Vec<&str> = notes.into_iter().collect();
        finding.message =
            format!("{}. Less certain: {}", finding.message.trim_end_matches('.'), notes.join("; "));
    }
}

/// The resource or scope is one of this host.
fn is_at(audience: &str, host: &str) -> bool {
    let bare = audience.to_ascii_lowercase();
    let bare = bare.strip_prefix("https://").unwrap_or(&bare);
    bare.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
