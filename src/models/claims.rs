//! What the claims of access tokens mean: a section of rule files, read by `pcmfa token`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// What claims of access tokens mean.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Claims {
    /// Who tokens are made for, by the claim `aud`.
    #[serde(default)]
    pub audiences: Vec<AudienceRow>,
    /// Who makes tokens, by the claim `iss`.
    #[serde(default)]
    pub issuers: Vec<IssuerRow>,
    /// The values of the claim `amr`.
    #[serde(default)]
    pub methods: Vec<MethodRow>,
    /// Applications that everybody knows, by their identifier (`appid`, `azp`).
    #[serde(default)]
    pub applications: BTreeMap<String, String>,
}

/// Somebody that tokens are made for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AudienceRow {
    /// Its addresses and identifiers, without a slash at the end.
    pub aud: Vec<String>,
    /// What people call it.
    pub name: String,
    /// What Partner Center does with such a token.
    pub partner_center: Accepted,
}

/// What Partner Center does with a token for an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Accepted {
    /// It is meant for Partner Center.
    Accepts,
    /// Partner Center accepted such tokens once, and refuses them now.
    Retired,
    /// It is meant for somebody else.
    Refuses,
    /// Nothing says so.
    Unknown,
}

/// Somebody who makes tokens.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IssuerRow {
    /// What the claim `iss` begins with: `https://sts.windows.net/`.
    #[serde(default)]
    pub starts: Vec<String>,
    /// What the claim `iss` contains.
    #[serde(default)]
    pub contains: Vec<String>,
    /// What people call it.
    pub name: String,
    /// It is Microsoft Entra, and Partner Center trusts it.
    #[serde(default)]
    pub entra: bool,
}

/// A way to sign in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MethodRow {
    /// The value in `amr`.
    pub value: String,
    /// What it means, in a few words.
    pub meaning: String,
    /// Whether it is the MFA claim.
    #[serde(default)]
    pub mfa: Mfa,
}

/// Whether a value of `amr` is the MFA claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mfa {
    /// It is what Partner Center looks for.
    Claim,
    /// It may stand for MFA, but Partner Center's documentation does not name it.
    Perhaps,
    /// It is not.
    #[default]
    Other,
}
