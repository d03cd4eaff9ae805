//! What a scan found, before any format renders it.
//!
//! The types serialise to the JSON report (schema version [`SCHEMA_VERSION`]); their field names are a
//! promise to its readers. Everything is sorted, and nothing depends on threads or on the machine.

use std::sync::Arc;

use serde::Serialize;

/// The version of the JSON report. The first number rises when a field is removed or changes its meaning, the
/// second when one is added.
pub const SCHEMA_VERSION: &str = "1.2";

/// A range in a file. Lines and columns are 1-based; columns count Unicode scalar values; the end column is
/// one past the last character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Location {
    /// Path relative to the root of the scan, with `/`.
    pub path: Arc<str>,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
}

/// The OAuth grant, or the other way, by which an acquisition obtains its token.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Resource owner password credentials: user name and password (RFC 6749 section 4.3).
    Ropc,
    /// Client credentials (RFC 6749 section 4.4).
    ClientCredentials,
    /// Authorization code (RFC 6749 section 4.1).
    AuthorizationCode,
    /// A browser or broker window that the library opens.
    Interactive,
    /// Device authorization grant (RFC 8628).
    DeviceCode,
    /// A refresh token is redeemed (RFC 6749 section 6).
    RefreshToken,
    /// On-behalf-of: another user token is exchanged (RFC 7523 with `requested_token_use`).
    OnBehalfOf,
    /// Integrated Windows authentication over WS-Trust.
    IntegratedWindows,
    /// Read from the library's token cache.
    Silent,
    /// A managed identity of Azure.
    ManagedIdentity,
    /// A token that is not acquired but given.
    StaticToken,
    /// The code does not show which.
    Unknown,
}

/// Whether a token speaks for a user.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
pub enum Model {
    /// The application itself.
    #[serde(rename = "app-only")]
    AppOnly,
    /// A user through the application.
    #[serde(rename = "app+user")]
    AppUser,
    /// The code does not show which.
    #[serde(rename = "unknown")]
    Unknown,
}

/// Does a token reach Partner Center?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// It is asked for Partner Center, or a call site carries it.
    Yes,
    /// It is asked for something else and no call site carries it.
    No,
    /// The code does not show what it is asked for.
    Unknown,
}

/// What enforcement means for an acquisition or a call site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// App+User, and no pattern that can carry MFA: will be refused.
    Blocked,
    /// The code does not show where the token comes from.
    Unresolved,
    /// App+User through a pattern that can carry MFA. It can still fail in the tenant.
    Capable,
    /// App-only: MFA does not apply.
    Exempt,
    /// Has nothing to do with Partner Center.
    None,
}

/// How a verdict is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A path of values from acquisition to call site.
    Proven,
    /// The resource or scope that is asked for.
    Audience,
    /// The only candidate nearby.
    Nearby,
    /// Nothing shows it.
    None,
}

/// Who may call a documented operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Auth {
    /// The application itself only.
    #[serde(rename = "app-only")]
    AppOnly,
    /// An application for a user only.
    #[serde(rename = "app+user")]
    AppUser,
    /// Both.
    #[serde(rename = "both")]
    Both,
    /// No documentation says.
    #[serde(rename = "unknown")]
    Unknown,
}

/// An answer that code or documentation may leave open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nothing says.
    #[default]
    Unknown,
}

/// A documented operation of the REST API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Operation {
    /// What it does, as its documentation is titled.
    pub name: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Who may call it.
    pub auth: Auth,
    /// Where it is documented.
    pub doc: String,
}

/// Whether the calls of a blocked acquisition could be made by the application itself, without a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WayOut {
    /// `yes` when all operations that its tokens are used for accept app-only tokens, `no` when one does not.
    pub possible: Answer,
    /// The operations that accept App+User tokens only.
    pub against: Vec<String>,
    /// The operations of which nothing is documented.
    pub unknown: Vec<String>,
}

/// The parts of the Secure Application Model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartName {
    /// A user signs in once, with MFA, and consents.
    Consent,
    /// The refresh token lies in a vault.
    Vault,
    /// The refresh token is redeemed by the application.
    Redemption,
    /// A control panel vendor gives its application access to a customer's tenant.
    CustomerConsent,
}

/// A part of the Secure Application Model, and where the code has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModelPart {
    /// Which part.
    pub part: PartName,
    /// The scanned code shows it. If not, it is missing or elsewhere.
    pub seen: bool,
    /// What it is, in one sentence.
    pub what: String,
    /// Where it was seen, at most a few places.
    pub places: Vec<Location>,
}

/// One step on the way of a token, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// What happens there, as a short phrase: "acquired here", "returned from `GetToken`".
    pub message: String,
}

/// Code that obtains a Microsoft identity token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acquisition {
    /// `A1`, `A2` … in the order of the report.
    pub id: String,
    /// From the line that fixes the grant to the end of the request.
    #[serde(flatten)]
    pub location: Location,
    /// The grant.
    pub flow: Flow,
    /// Whom the token speaks for.
    pub model: Model,
    /// The library, or `raw HTTP`.
    pub library: String,
    /// The symbol that acquires, as rule files name it.
    pub symbol: String,
    /// Resources and scopes asked for, as far as the code shows; placeholders in braces.
    pub audience: Vec<String>,
    /// Does the token reach Partner Center?
    pub partner_center: Reach,
    /// What enforcement means for it.
    pub verdict: Verdict,
    /// How that is known.
    pub evidence: Evidence,
    /// Why, in one sentence.
    pub reason: String,
    /// For blocked ones: could the application do without the user?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_only: Option<WayOut>,
}

/// How a request reaches Partner Center.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// A raw HTTP request.
    Rest,
    /// An operation of an SDK.
    Sdk,
    /// A cmdlet.
    Cmdlet,
}

/// The way of one token to one call site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The acquisition's id.
    pub acquisition: String,
    /// The steps from the acquisition to the call site.
    pub steps: Vec<Step>,
}

/// Code that sends a request to Partner Center.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallSite {
    /// `C1`, `C2` … in the order of the report.
    pub id: String,
    /// The call.
    #[serde(flatten)]
    pub location: Location,
    /// The surface it uses.
    pub via: Via,
    /// `GET /v1/customers/{customer-id}`, an SDK operation, or a cmdlet's name where no more is known.
    pub endpoint: String,
    /// The operation as an SDK or module names it: `Customers.ById().Get`, `Get-PartnerCustomer`; empty for raw
    /// requests.
    pub symbol: String,
    /// The documented operations that it may be.
    pub operations: Vec<Operation>,
    /// May the application itself make it, without a user?
    pub app_only: Answer,
    /// What makes the verdict less certain, for hosts that the announcements do not name; empty for the others.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub caveat: String,
    /// The ids of the acquisitions whose tokens it may carry.
    pub tokens: Vec<String>,
    /// The paths of these tokens, in the same order.
    pub links: Vec<Link>,
    /// What enforcement means for it: the worst of its tokens.
    pub verdict: Verdict,
    /// How that is known.
    pub evidence: Evidence,
    /// Why, in one sentence; for `unresolved` it names what is missing.
    pub reason: String,
}

/// Code that tests for MFA compliance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// What it tests: the name of the check in the rule file.
    pub what: String,
}

/// How severe a finding is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Should be changed.
    Warning,
    /// Will be refused.
    Error,
}

/// A rule broken at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The identifier of the finding: `password-grant`.
    pub rule: String,
    /// Its level.
    pub level: Level,
    /// The place to edit.
    #[serde(flatten)]
    pub location: Location,
    /// What is wrong, in one or two sentences.
    pub message: String,
    /// The way out, for this place.
    pub fix: String,
    /// How the verdict behind it is known.
    pub evidence: Evidence,
    /// The acquisition it is about.
    pub acquisition: Option<String>,
    /// The call sites it is about.
    pub calls: Vec<String>,
    /// Other places that matter, in order, with what they are.
    pub related: Vec<Step>,
    /// Paths of the token, one per call site (at most a few).
    pub flows: Vec<Vec<Step>>,
}

/// A finding that is not to be acted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// What suppresses it.
    pub by: SuppressedBy,
    /// Why, in the words of whoever suppressed it.
    pub reason: String,
}

/// What suppresses a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressedBy {
    /// A comment in the code: `pcmfa: ignore[…] reason`.
    Comment,
    /// The baseline.
    Baseline,
}

/// What the scan could not do, or left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Notice {
    /// The file it is about; empty when it is about the scan as a whole.
    pub path: Arc<str>,
    /// The line, where there is one.
    pub line: Option<u32>,
    /// What it is.
    pub kind: NoticeKind,
    /// What happened, in one sentence.
    pub message: String,
}

/// The kinds of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A file was not read, on purpose (binary, over the size limit).
    Skipped,
    /// A file could not be read.
    Unreadable,
    /// A part of a file could not be parsed; the rest was.
    Syntax,
    /// A limit cut the analysis short.
    Limit,
    /// A comment or a baseline that suppresses findings is wrong or out of date, or findings were left out.
    Suppression,
}

/// Counts that say what "nothing found" means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Files the walk met.
    pub files_seen: usize,
    /// Files whose text was read.
    pub files_read: usize,
    /// Source files that were parsed, by language.
    pub files_parsed: std::collections::BTreeMap<String, usize>,
    /// Settings files whose values were read.
    pub settings_read: usize,
    /// Files skipped or unreadable; each has a notice.
    pub files_skipped: usize,
}

/// Call sites by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Will be refused.
    pub blocked: usize,
    /// Can't be judged.
    pub unresolved: usize,
    /// Can carry MFA.
    pub capable: usize,
    /// App-only.
    pub exempt: usize,
}

/// Everything a scan found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The acquisitions, sorted by place.
    pub acquisitions: Vec<Acquisition>,
    /// The call sites, sorted by place.
    pub calls: Vec<CallSite>,
    /// The checks, sorted by place.
    pub checks: Vec<Check>,
    /// The parts of the Secure Application Model; empty when nothing signs a user in.
    pub secure_application_model: Vec<ModelPart>,
    /// The findings, sorted by place.
    pub findings: Vec<Finding>,
    /// The findings that are suppressed, sorted by place.
    pub suppressed: Vec<Suppressed>,
    /// What was read.
    pub coverage: Coverage,
    /// What was not.
    pub notices: Vec<Notice>,
}

impl Finding {
    /// All places that the finding names.
    pub fn places(&self) -> impl Iterator<Item = &Location> {
        let steps = self.related.iter().chain(self.flows.iter().flatten());
        std::iter::once(&self.location).chain(steps.map(|step| &step.location))
    }

    fn places_mut(&mut self) -> impl Iterator<Item = &mut Location> {
        let steps = self.related.iter_mut().chain(self.flows.iter_mut().flatten());
        std::iter::once(&mut self.location).chain(steps.map(|step| &mut step.location))
    }
}

impl CallSite {
    fn places_mut(&mut self) -> impl Iterator<Item = &mut Location> {
        let steps = self.links.iter_mut().flat_map(|link| &mut link.steps);
        std::iter::once(&mut self.location).chain(steps.map(|step| &mut step.location))
    }
}

impl Report {
    /// All places that the report names.
    pub(super) fn places_mut(&mut self) -> impl Iterator<Item = &mut Location> {
        self.acquisitions
            .iter_mut()
            .map(|acquisition| &mut acquisition.location)
            .chain(self.calls.iter_mut().flat_map(CallSite::places_mut))
            .chain(self.checks.iter_mut().map(|check| &mut check.location))
            .chain(self.secure_application_model.iter_mut().flat_map(|part| &mut part.places))
            .chain(self.findings.iter_mut().flat_map(Finding::places_mut))
            .chain(self.suppressed.iter_mut().flat_map(|one| one.finding.places_mut()))
    }

    /// The call sites counted by verdict.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for call in &self.calls {
            match call.verdict {
                Verdict::Blocked => counts.blocked += 1,
                Verdict::Unresolved => counts.unresolved += 1,
                Verdict::Capable => counts.capable += 1,
                Verdict::Exempt => counts.exempt += 1,
                Verdict::None => {}
            }
        }
        counts
    }

    /// The highest level among the findings.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        self.findings.iter().map(|f| f.level).max()
    }
}

impl Flow {
    /// Whom a token of this flow speaks for.
    #[must_use]
    pub fn model(self) -> Model {
        match self {
            Self::ClientCredentials | Self::ManagedIdentity => Model::AppOnly,
            Self::StaticToken | Self::Unknown => Model::Unknown,
            _ => Model::AppUser,
        }
    }

    /// The verdict that the flow alone gives to a token for Partner Center.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Ropc | Self::IntegratedWindows => Verdict::Blocked,
            Self::ClientCredentials | Self::ManagedIdentity => Verdict::Exempt,
            Self::StaticToken | Self::Unknown => Verdict::Unresolved,
            _ => Verdict::Capable,
        }
    }
}
