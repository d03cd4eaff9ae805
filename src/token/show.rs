//! What was read, for people.

use std::fmt::Write as _;

use super::{Decoded, Kind, Outcome, Reading, Speaker};
use crate::date;

/// The answer as text: what it comes to, why, what the token says, what to do.
#[must_use]
pub fn text(reading: &Reading, now: u64) -> String {
    let mut out = heading(reading).to_owned();
    out.push('\n');
    for reason in &reading.reasons {
        let _ = write!(out, "\n- {reason}");
    }
    out.push('\n');
    if let Some(claims) = &reading.claims {
        out.push('\n');
        for (label, value) in rows(claims, now) {
            let _ = writeln!(out, "  {label:<13}{value}");
        }
    }
    if !reading.advice.is_empty() {
        let _ = write!(out, "\nNext: {}\n", reading.advice);
    }
    out
}

fn heading(reading: &Reading) -> &'static str {
    match (reading.outcome, reading.kind) {
        (Outcome::CarriesMfa, _) => "Partner Center would see the MFA claim in this token.",
        (Outcome::AppOnly, _) => "This is an app-only token: it needs no MFA claim.",
        (Outcome::Refused, _) => "Partner Center would refuse this token.",
        (Outcome::Unknown, Kind::Error) => "This is no token, but an error.",
        (Outcome::Unknown, _) => "This can't be judged.",
    }
}

fn rows(claims: &Decoded, now: u64) -> Vec<(&'static str, String)> {
    let unknown = || "not known here".to_owned();
    let mut rows = vec![
        ("Recipient", claims.audience.clone().unwrap_or_else(unknown)),
        ("Issuer", claims.issuer.clone().unwrap_or_else(unknown)),
        ("Speaks for", speaker(claims.model).to_owned()),
        ("amr", methods(claims)),
    ];
    if let Some(acr) = claims.acr {
        rows.push(("acr", format!("{acr}; says nothing about MFA")));
    }
    if claims.acrs > 0 {
        rows.push(("acrs", "there; Partner Center looks at `amr`".to_owned()));
    }
    rows.push(("Version", claims.version.unwrap_or("not known here").to_owned()));
    rows.push(("Tenant", tenant(claims).to_owned()));
    rows.push(("Application", application(claims)));
    rows.push(("Valid", validity(claims, now)));
    rows.push(("Signature", "not checked: that takes Microsoft's keys, and this works offline".to_owned()));
    rows
}

fn speaker(model: Option<Speaker>) -> &'static str {
    match model {
        Some(Speaker::AppOnly) => "an application (app-only)",
        Some(Speaker::AppUser) => "a user (App+User)",
        Some(Speaker::Unknown) | None => "not clear",
    }
}

fn methods(claims: &Decoded) -> String {
    if !claims.has_amr {
        return "missing".to_owned();
    }
    let mut parts: Vec<String> =
        claims.amr.iter().map(|one| format!("{} ({})", one.value, one.meaning)).collect();
    match claims.amr_unknown {
        0 => {}
        1 => parts.push("one value that is not documented".to_owned()),
        more => parts.push(format!("{more} values that are not documented")),
    }
    if parts.is_empty() { "empty".to_owned() } else { parts.join(", ") }
}

fn tenant(claims: &Decoded) -> &'static str {
    match (claims.tenant, claims.personal) {
        (false, _) => "not named",
        (true, true) => "that of personal accounts; Partner Center takes work accounts",
        (true, false) => "named (not shown)",
    }
}

fn application(claims: &Decoded) -> String {
    let mut text = match (&claims.application_name, claims.application) {
        (Some(name), _) => name.clone(),
        (None, true) => "named (not shown)".to_owned(),
        (None, false) => "not named".to_owned(),
    };
    if let Some(proof) = claims.application_proof {
        let _ = write!(text, "; it proved who it is with {proof}");
    }
    text
}

fn validity(claims: &Decoded, now: u64) -> String {
    let Some(end) = claims.expires else { return "does not say".to_owned() };
    let day = date::timestamp(end).replace('T', " ");
    if end < now {
        return format!("expired {} ago, on {day} UTC", span(now - end));
    }
    match claims.not_before.filter(|start| *start > now) {
        Some(start) => format!("not yet; from {} UTC on", date::timestamp(start).replace('T', " ")),
        None => format!("for another {}, until {day} UTC", span(end - now)),
    }
}

/// `3 days`, `1 hour`, `12 minutes`
fn span(seconds: u64) -> String {
    let (number, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..7_200 => (seconds / 60, "minute"),
        7_200..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}
