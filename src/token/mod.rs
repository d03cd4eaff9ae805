//! What an access token says: who it is for, whom it speaks for, and whether Partner Center sees the MFA claim in
//! it. Offline: the signature is not checked.
//!
//! A token is a secret. Nothing here keeps or shows a part of one: claims are compared with what the rule files
//! know, and only the names from there, times and small numbers come out. The rest is said to be there or not.

mod input;
mod judge;
mod show;

use serde::Serialize;

pub use input::MAX_INPUT;
pub use show::text;

use crate::models::Claims;

/// What Partner Center would make of a token, as far as its claims show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It speaks for a user and carries the MFA claim.
    CarriesMfa,
    /// It speaks for an application: MFA does not apply.
    AppOnly,
    /// It would be refused.
    Refused,
    /// It cannot be judged.
    Unknown,
}

/// What the input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A signed JSON Web Token, with readable claims.
    Signed,
    /// An encrypted JSON Web Token: only the recipient reads it.
    Encrypted,
    /// A refresh token or an authorization code of Microsoft Entra.
    Refresh,
    /// An ID token, which tells an application who signed in.
    Id,
    /// Text without the form of a token that can be read.
    Opaque,
    /// It looks like a JSON Web Token, but it cannot be decoded.
    Malformed,
    /// An error answer of a token endpoint.
    Error,
}

/// Whom a token speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Speaker {
    /// The application itself.
    #[serde(rename = "app-only")]
    AppOnly,
    /// A user through the application.
    #[serde(rename = "app+user")]
    AppUser,
    /// The claims do not say.
    #[serde(rename = "unknown")]
    Unknown,
}

/// What was read. No field holds text of the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What it comes to.
    pub outcome: Outcome,
    /// What the input is.
    pub kind: Kind,
    /// Why, most important first; sentences.
    pub reasons: Vec<String>,
    /// What to do next; a sentence, or nothing.
    pub advice: String,
    /// The error code of the refusal that Partner Center documents, if there is one.
    pub error_code: Option<&'static str>,
    /// The claims of a readable token.
    pub claims: Option<Decoded>,
}

/// Statements on the claims of a readable token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Decoded {
    /// Who it is made for, if that is known.
    pub audience: Option<String>,
    /// Who made it, if that is known.
    pub issuer: Option<String>,
    /// Whom it speaks for.
    pub model: Option<Speaker>,
    /// The version of the format: `1.0` or `2.0`.
    pub version: Option<&'static str>,
    /// It has the claim `amr`.
    pub has_amr: bool,
    /// The values of `amr` that are known, with their meaning.
    pub amr: Vec<Method>,
    /// How many further values `amr` has.
    pub amr_unknown: usize,
    /// The claim `acr`, where it is `0` or `1`.
    pub acr: Option<&'static str>,
    /// How many authentication contexts `acrs` names.
    pub acrs: usize,
    /// It names a tenant.
    pub tenant: bool,
    /// It names the tenant of personal accounts.
    pub personal: bool,
    /// It names an application.
    pub application: bool,
    /// The name of the application, where everybody knows it.
    pub application_name: Option<String>,
    /// How the application proved who it is.
    pub application_proof: Option<&'static str>,
    /// From when on it is valid, in seconds since 1970; a time in JSON.
    #[serde(serialize_with = "time")]
    pub not_before: Option<u64>,
    /// Until when it is valid, in seconds since 1970; a time in JSON.
    #[serde(serialize_with = "time")]
    pub expires: Option<u64>,
    /// Always false: offline there are no keys.
    pub signature_checked: bool,
}

/// A value of `amr`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Method {
    /// The value, as the rule files have it.
    pub value: String,
    /// What it means.
    pub meaning: String,
}

#[expect(clippy::ref_option, reason = "serde passes fields by reference")]
fn time<S: serde::Serializer>(seconds: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    seconds.map(|seconds| format!("{}Z", crate::date::timestamp(seconds))).serialize(serializer)
}

/// Reads what somebody passed for an access token, at a time in seconds since 1970.
#[must_use]
pub fn read(input: &[u8], known: &Claims, now: u64) -> Reading {
    match input::claims(input) {
        Ok(claims) => judge::judge(&claims, known, now),
        Err(reading) => reading,
    }
}

impl Reading {
    /// Something that cannot be judged.
    fn unreadable(kind: Kind, reason: &str, advice: &str) -> Self {
        Self {
            outcome: Outcome::Unknown,
            kind,
            reasons: vec![reason.to_owned()],
            advice: advice.to_owned(),
            error_code: None,
            claims: None,
        }
    }
}
