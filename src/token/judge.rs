//! From claims to statements.
//!
//! What claims mean is documented in the access token claims reference of Microsoft Entra
//! (<https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference>); what Partner Center
//! looks for, in its security requirements
//! (<https://learn.microsoft.com/partner-center/security/partner-security-requirements-mandating-mfa>).

use serde_json::{Map, Value};

use super::{Decoded, Kind, Method, Outcome, Reading, Speaker};
use crate::models::{Accepted, AudienceRow, Claims, IssuerRow, Mfa};

/// The tenant of personal accounts.
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Clocks differ; Microsoft's libraries allow five minutes.
const SKEW: u64 = 300;

const SIGN_IN_WITH_MFA: &str = "Have a user sign in interactively with MFA once and use the refresh token of that sign-in \
    (Secure Application Model); `pcmfa explain password-grant` shows how.";

struct Token<'a> {
    audience: Option<&'a AudienceRow>,
    issuer: Option<&'a IssuerRow>,
    decoded: Decoded,
    mfa: Mfa,
}

pub(super) fn judge(claims: &Map<String, Value>, known: &Claims, now: u64) -> Reading {
    let token = decode(claims, known);
    let mut reading = Reading {
        outcome: Outcome::Unknown,
        kind: Kind::Signed,
        reasons: Vec::new(),
        advice: String::new(),
        error_code: None,
        claims: None,
    };
    if is_id_token(claims) {
        reading.kind = Kind::Id;
        say(
            &mut reading,
            Outcome::Unknown,
            "This seems to be an ID token: it tells an application who signed in and opens no API. Its `amr` is not what Partner Center looks at.",
            "Pass the access token that the program sends to Partner Center.",
        );
    } else {
        recipient(&token, &mut reading);
        times(&token, now, &mut reading);
        speaker(&token, &mut reading);
    }
    reading.claims = Some(token.decoded);
    reading
}

/// Adds a reason. What is refused for one reason is refused; the first advice stays.
fn say(reading: &mut Reading, outcome: Outcome, reason: impl Into<String>, advice: &str) {
    let first = reading.reasons.is_empty();
    reading.reasons.push(reason.into());
    if first || outcome == Outcome::Refused && reading.outcome != Outcome::Refused {
        reading.outcome = outcome;
        advice.clone_into(&mut reading.advice);
    }
}

fn decode<'a>(claims: &'a Map<String, Value>, known: &'a Claims) -> Token<'a> {
    let string = |name: &str| claims.get(name).and_then(Value::as_str);
    let audience = string("aud").and_then(|aud| {
        let aud = aud.trim_end_matches('/');
        known.audiences.iter().find(|row| row.aud.iter().any(|one| one.eq_ignore_ascii_case(aud)))
    });
    let issuer = string("iss").and_then(|iss| {
        let is = |row: &&IssuerRow| {
            row.starts.iter().any(|start| iss.starts_with(start.as_str()))
                || row.contains.iter().any(|part| iss.contains(part.as_str()))
        };
        known.issuers.iter().find(is)
    });
    let methods = strings(claims.get("amr"));
    let mut decoded = Decoded {
        audience: audience.map(|row| row.name.clone()),
        issuer: issuer.map(|row| row.name.clone()),
        model: Some(model(claims)),
        version: match string("ver") {
            Some("1.0") => Some("1.0"),
            Some("2.0") => Some("2.0"),
            _ => None,
        },
        has_amr: matches!(claims.get("amr"), Some(Value::Array(_) | Value::String(_))),
        acr: match string("acr") {
            Some("0") => Some("0"),
            Some("1") => Some("1"),
            _ => None,
        },
        acrs: strings(claims.get("acrs")).len(),
        tenant: string("tid").is_some(),
        personal: string("tid").is_some_and(|tenant| tenant.eq_ignore_ascii_case(PERSONAL)),
        not_before: seconds(claims.get("nbf")),
        expires: seconds(claims.get("exp")),
        ..Decoded::default()
    };
    let application = string("appid").or_else(|| string("azp"));
    decoded.application = application.is_some();
    decoded.application_name = application.and_then(|id| {
        known.applications.iter().find(|(one, _)| one.eq_ignore_ascii_case(id)).map(|(_, name)| name.clone())
    });
    decoded.application_proof = match string("appidacr").or_else(|| string("azpacr")) {
        Some("0") => Some("nothing (a public client)"),
        Some("1") => Some("a secret"),
        Some("2") => Some("a certificate"),
        _ => None,
    };
    let mut mfa = Mfa::Other;
    for row in known.methods.iter().filter(|row| methods.contains(&row.value.as_str())) {
        decoded.amr.push(Method { value: row.value.clone(), meaning: row.meaning.clone() });
        mfa = match (mfa, row.mfa) {
            (Mfa::Claim, _) | (_, Mfa::Claim) => Mfa::Claim,
            (Mfa::Perhaps, _) | (_, Mfa::Perhaps) => Mfa::Perhaps,
            _ => Mfa::Other,
        };
    }
    decoded.amr_unknown = methods.len().saturating_sub(decoded.amr.len());
    Token { audience, issuer, decoded, mfa }
}

/// `idtyp` says it best; `scp` is included for users only; an application is its own subject.
fn model(claims: &Map<String, Value>) -> Speaker {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let person = ["upn", "unique_name", "preferred_username", "scp"].iter().any(|name| text(name).is_some());
    let own_subject = text("oid").is_some() && text("oid") == text("sub");
    match (text("idtyp"), person) {
        (Some("user"), _) | (None, true) => Speaker::AppUser,
        (Some("app"), false) => Speaker::AppOnly,
        (None, false) if own_subject && !claims.contains_key("amr") => Speaker::AppOnly,
        _ => Speaker::Unknown,
    }
}

/// An ID token names its application as the audience, so it has neither `appid` nor `azp`, and opens no scope.
fn is_id_token(claims: &Map<String, Value>) -> bool {
    let has = |name: &str| claims.contains_key(name);
    let entra_access = ["appid", "azp", "appidacr", "azpacr", "scp", "roles", "idtyp"];
    (has("nonce") || has("c_hash") || has("at_hash") || has("preferred_username") || has("name"))
        && has("aud")
        && !entra_access.iter().any(|name| has(name))
}

fn recipient(token: &Token<'_>, reading: &mut Reading) {
    match token.issuer {
        Some(row) if !row.entra => say(
            reading,
            Outcome::Refused,
            format!("It was made by {}; Partner Center takes tokens of Microsoft Entra only.", row.name),
            "Ask Microsoft Entra for a token for Partner Center.",
        ),
        None => say(
            reading,
            Outcome::Unknown,
            "Who made it (`iss`) is missing, or nobody known here; Partner Center takes tokens of Microsoft Entra only.",
            "Make sure that this is the token that the program sends to Partner Center.",
        ),
        Some(_) => {}
    }
    let name = token.audience.map_or("", |row| row.name.as_str());
    match token.audience.map(|row| row.partner_center) {
        Some(Accepted::Accepts) => {}
        Some(Accepted::Retired) => {
            say(
                reading,
                Outcome::Refused,
                format!(
                    "It is made for {name}, which Partner Center no longer accepts (HTTP 401, error code 900420)."
                ),
                "Ask for a token for https://api.partnercenter.microsoft.com; `pcmfa explain retired-audience` shows how.",
            );
            reading.error_code = Some("900420");
        }
        Some(Accepted::Refuses) => say(
            reading,
            Outcome::Refused,
            format!("It is made for {name}, not for Partner Center, which refuses it (HTTP 401)."),
            "Ask for a token for https://api.partnercenter.microsoft.com.",
        ),
        Some(Accepted::Unknown) => say(
            reading,
            Outcome::Unknown,
            format!("It is made for {name}; whether that looks for the MFA claim is not documented."),
            "",
        ),
        None => say(
            reading,
            Outcome::Unknown,
            "Who it is made for (`aud`) is missing, or nobody known here; it is not shown, since it is a part of the token.",
            "Make sure that it is asked for https://api.partnercenter.microsoft.com.",
        ),
    }
}

fn times(token: &Token<'_>, now: u64, reading: &mut Reading) {
    let Decoded { expires, not_before, .. } = token.decoded;
    if expires.is_some_and(|end| end.saturating_add(SKEW) < now) {
        say(
            reading,
            Outcome::Refused,
            "It has expired: it is refused whatever it carries.",
            "Pass a fresh one to see whether it would be refused for anything else.",
        );
    } else if not_before.is_some_and(|start| start > now.saturating_add(SKEW)) {
        say(reading, Outcome::Refused, "It is not valid yet.", "Check the clock of this machine.");
    } else if expires.is_none() {
        say(
            reading,
            Outcome::Unknown,
            "It does not say when it expires (`exp`), as every access token of Microsoft Entra does.",
            "Make sure that this is the token that the program sends to Partner Center.",
        );
    }
}

fn speaker(token: &Token<'_>, reading: &mut Reading) {
    match token.decoded.model.unwrap_or(Speaker::Unknown) {
        Speaker::AppOnly => say(
            reading,
            Outcome::AppOnly,
            "It speaks for an application, not for a user: MFA does not apply to it.",
            "Not every operation takes app-only tokens: others answer 403 with 900329. `pcmfa explain app-only-unsupported` says more.",
        ),
        Speaker::Unknown => say(
            reading,
            Outcome::Unknown,
            "Its claims do not agree on whether it speaks for a user or for an application.",
            "Call Partner Center with the request header `ValidateMfa: true` and read `isMfaCompliant` in the answer.",
        ),
        Speaker::AppUser => user(token, reading),
    }
}

fn user(token: &Token<'_>, reading: &mut Reading) {
    let expected = token.audience.is_some_and(|row| row.partner_center == Accepted::Accepts);
    match token.mfa {
        Mfa::Claim => say(
            reading,
            Outcome::CarriesMfa,
            "It speaks for a user and carries the MFA claim: `amr` holds `mfa`.",
            "",
        ),
        Mfa::Perhaps => say(
            reading,
            Outcome::Unknown,
            "It speaks for a user. `amr` does not hold `mfa`, but a value that Microsoft Entra uses for MFA too; the pages of Partner Center name `mfa` only.",
            "Call Partner Center with the request header `ValidateMfa: true` and read `isMfaCompliant` in the answer.",
        ),
        Mfa::Other if token.decoded.version == Some("2.0") && !token.decoded.has_amr => say(
            reading,
            Outcome::Unknown,
            "It speaks for a user and has no `amr`. Tokens of version 2.0 have none unless their recipient asks for it, so this says nothing about the sign-in; tokens for Partner Center are of version 1.0.",
            "Pass the token that is sent to Partner Center, or call Partner Center with the request header `ValidateMfa: true`.",
        ),
        Mfa::Other if expected => {
            let how = if token.decoded.has_amr { "`amr` does not hold `mfa`" } else { "it has no `amr`" };
            say(
                reading,
                Outcome::Refused,
                format!(
                    "It speaks for a user and carries no MFA claim ({how}): Partner Center refuses it (HTTP 401, error code 900421)."
                ),
                SIGN_IN_WITH_MFA,
            );
            reading.error_code.get_or_insert("900421");
        }
        Mfa::Other => {
            say(
                reading,
                Outcome::Unknown,
                "It speaks for a user and carries no MFA claim.",
                SIGN_IN_WITH_MFA,
            );
        }
    }
}

/// The strings of a list; a single string is a list of one.
fn strings(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(text)) => vec![text],
        _ => Vec::new(),
    }
}

/// A time of JSON Web Tokens; fractions are cut off.
fn seconds(value: Option<&Value>) -> Option<u64> {
    let value = value?;
    let float = || value.as_f64().filter(|time| (0.0..1e15).contains(time));
    #[expect(clippy::cast_sign_loss, reason = "the range is checked")]
    let whole = |time: f64| time as u64;
    value.as_u64().or_else(|| float().map(whole)).filter(|time| *time < 253_402_300_800)
}
