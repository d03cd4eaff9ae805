//! The texts of findings, and what Microsoft enforces since when: sections of rule files.
//!
//! A finding is nothing but data. `explain`, the rules of SARIF and `docs/findings.md` show the same texts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::report::Level;

/// A finding: the texts of one rule.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FindingRow {
    /// The stable identifier: `password-grant`.
    pub id: String,
    /// The level it has by default.
    pub level: Level,
    /// What it says in one line, without a full stop.
    pub title: String,
    /// What the code does, in a few sentences of Markdown. Terms of the field are explained where they first
    /// stand. No dates: `enforced` has them.
    pub description: String,
    /// Why that is a problem, in a few sentences of Markdown.
    #[serde(default)]
    pub why: String,
    /// How it shows at run time.
    #[serde(default)]
    pub run_time: Vec<RunTime>,
    /// The `enforcement` row that says since when.
    #[serde(default)]
    pub enforced: Option<String>,
    /// The message at a place. `{flow}`, `{library}`, `{symbol}`, `{calls}` and `{audience}` are put in.
    pub message: String,
    /// The way out, in Markdown.
    pub help: String,
    /// The way out in one sentence, by language; `*` for all others.
    #[serde(default)]
    pub fix: BTreeMap<String, String>,
    /// The way out as code.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// How one sees that it is solved, in Markdown.
    #[serde(default)]
    pub verify: String,
    /// Where it is documented.
    #[serde(default)]
    pub docs: Vec<String>,
    /// Tags, for SARIF.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The SARIF `security-severity`, 0.1 to 10.0.
    #[serde(default)]
    pub security_severity: Option<f32>,
    /// The SARIF `precision`: `very-high`, `high`, `medium`, `low`.
    #[serde(default)]
    pub precision: Option<String>,
    /// The row that `enforced` names; loading puts it here.
    #[serde(skip)]
    #[schemars(skip)]
    pub enforcement: Option<EnforcementRow>,
}

impl FindingRow {
    /// The `security-severity` at a level: code scanning on GitHub goes by this number where there is one, and not by
    /// the level.
    #[must_use]
    pub fn severity_at(&self, level: Level) -> Option<f32> {
        self.security_severity.map(|number| match level {
            Level::Error => number.max(7.0),
            Level::Warning => number.clamp(4.0, 6.9),
            Level::Note => number.min(3.9),
        })
    }
}

/// One way in which a finding shows at run time.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RunTime {
    /// Who answers: `Partner Center`, `Microsoft Entra`.
    pub from: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: Option<u16>,
    /// The error code: `900421`, `AADSTS50076`.
    #[serde(default)]
    pub code: Option<String>,
    /// What happens, in one sentence of Markdown with a full stop.
    pub what: String,
}

/// Code with the problem, and the same without it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// The language, by its name in `pcmfa languages`; or `json`, `xml` or `text`.
    pub language: String,
    /// The library it uses, or what else sets it apart from other examples in the language.
    #[serde(default)]
    pub title: String,
    /// The code with the problem: as short as it can be and still be reported.
    pub before: String,
    /// The code that is not reported. Empty when the way out is to have no such code.
    #[serde(default)]
    pub after: String,
}

/// Something that Microsoft enforces.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EnforcementRow {
    /// The identifier that findings name: `mfa`.
    pub id: String,
    /// What is enforced, in a few words without a full stop.
    pub title: String,
    /// What it means, in a few sentences of Markdown, without dates.
    pub description: String,
    /// One sentence that says how it stands, dates included, with a full stop. Reports show it.
    pub state: String,
    /// How a request that does not fulfil it is answered.
    #[serde(default)]
    pub run_time: Vec<RunTime>,
    /// What came when, in order.
    #[serde(default)]
    pub dates: Vec<Milestone>,
    /// What it does not cover, or what is not known, each in one sentence of Markdown.
    #[serde(default)]
    pub limits: Vec<String>,
    /// Where it is documented.
    #[serde(default)]
    pub docs: Vec<String>,
}

/// A step of an enforcement.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Milestone {
    /// The day, `2026-04-01`, or the month, `2026-03`.
    pub date: String,
    /// Where: `sandbox`, `production`, `portal`.
    pub scope: String,
    /// What came, in one sentence of Markdown with a full stop.
    pub what: String,
    /// Who says so.
    pub by: Authority,
    /// The page.
    pub source: String,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// A page of Microsoft.
    Microsoft,
    /// Somebody else, who may quote Microsoft.
    ThirdParty,
}
