//! Rows that say what is retired, how refusals show in code, and where refresh tokens are kept.

use schemars::JsonSchema;
use serde::Deserialize;

/// A library, or some of its packages, that its maker retired.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Retired {
    /// What is retired, for messages; the file's library when it is left out.
    #[serde(default)]
    pub name: String,
    /// The packages that are meant; all of the file when they are left out.
    #[serde(default)]
    pub packages: Vec<String>,
    /// The namespaces and modules that are meant; all `imports` of the file when neither these nor packages are
    /// given.
    #[serde(default)]
    pub imports: Vec<String>,
    /// How the nouns of its commands begin (`Msol` of `Get-MsolUser`): the file lists only few of them.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Since when, as messages say it: `June 2023`.
    pub since: String,
    /// What that means, in one sentence without a full stop.
    pub why: String,
    /// What to use instead, in one sentence.
    pub instead: String,
}

/// What the code for Partner Center's refusals looks like.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Errors {
    /// The error codes of a refusal for want of MFA.
    #[serde(default)]
    pub mfa: Vec<String>,
    /// Error codes of other refusals, which need another answer.
    #[serde(default)]
    pub other: Vec<String>,
    /// The HTTP status of a refusal.
    #[serde(default)]
    pub status: Vec<String>,
    /// How the names of that status end in libraries, without underscores: `unauthorized`.
    #[serde(default)]
    pub status_names: Vec<String>,
    /// Calls that repeat what they are given.
    #[serde(default)]
    pub retries: Vec<String>,
    /// Methods that do what they are given when what they are called on fails.
    #[serde(default)]
    pub fallbacks: Vec<String>,
}

/// A service or library that keeps secrets.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Vault {
    /// Its name.
    pub name: String,
    /// Namespaces and modules of its clients.
    #[serde(default)]
    pub imports: Vec<String>,
    /// Names of its calls that no other library uses.
    #[serde(default)]
    pub call: Vec<String>,
    /// Its commands.
    #[serde(default)]
    pub command: Vec<String>,
    /// What its URLs contain.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// What a check does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// Looks whether tokens or calls carry the MFA claim.
    #[default]
    Looks,
    /// Asks Partner Center to say it in the answer.
    Asks,
    /// Reads that answer.
    Reads,
    /// Recognises the refusal.
    Handles,
    /// Asks the identity provider for MFA.
    Demands,
}
