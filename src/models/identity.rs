//! Settings of tenants and identity providers that work against MFA: a section of rule files.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::report::Level;

/// Settings of a tenant or of an identity provider, as code configures them or as an export shows them.
///
/// A row looks at *objects*: maps and created objects in code, cmdlets with their named arguments, blocks of
/// Terraform, objects of JSON and YAML; or at *texts*. Names of entries are compared without regard to case and
/// punctuation: `builtInControls` and `built_in_controls` are the same.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IdentityRow {
    /// The finding that is raised. A row without one only `marks`.
    #[serde(default)]
    pub finding: Option<String>,
    /// What these settings do, in one sentence without a full stop: `{what}` of the finding's message.
    /// `{excluded}` says whom `excludes` found: `2 users and 1 group`.
    #[serde(default)]
    pub what: String,
    /// The level, where it is not the finding's.
    #[serde(default)]
    pub level: Option<Level>,
    /// Objects of these names: cmdlets, types of Terraform resources, resources of DSC, classes (short names).
    #[serde(default)]
    pub object: Vec<String>,
    /// Objects that have all these entries.
    #[serde(default)]
    pub has: Vec<String>,
    /// Objects one of whose own texts contains one of these.
    #[serde(default)]
    pub mentions: Vec<String>,
    /// Texts instead of objects.
    #[serde(default)]
    pub text: Option<TextTest>,
    /// All these hold. The place of the first is where the finding stands.
    #[serde(default)]
    pub when: Vec<EntryTest>,
    /// None of these holds.
    #[serde(default)]
    pub unless: Vec<EntryTest>,
    /// The file holds none of these texts.
    #[serde(default)]
    pub file_lacks: Vec<String>,
    /// Whom the settings leave out; at least one of these names somebody.
    #[serde(default)]
    pub excludes: Vec<ExclusionRow>,
    /// Words in names of accounts that are excluded on purpose and are never an integration's (accounts for
    /// emergencies). Without regard to punctuation.
    #[serde(default)]
    pub apart: Vec<String>,
    /// A word that the row leaves on the scanned tree when it matches, for `unless-marked`.
    #[serde(default)]
    pub marks: Option<String>,
    /// Raises nothing where the tree has one of these marks.
    #[serde(default)]
    pub unless_marked: Vec<String>,
}

/// A test of entries of an object.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntryTest {
    /// Where they are: `conditions.users.excludeUsers`. Lists on the way are passed through, `**` is any way.
    /// Alternatives.
    pub at: Vec<String>,
    /// A value that the code shows is one of these, without regard to case.
    #[serde(default)]
    pub is: Vec<String>,
    /// A value, or the name it is written with, contains one of these, without regard to case.
    #[serde(default)]
    pub contains: Vec<String>,
    /// With neither: there is a value. With `only`: all values are among `is`.
    #[serde(default)]
    pub only: bool,
}

/// A test of a text, without regard to case and blanks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TextTest {
    /// It contains all of these.
    #[serde(default)]
    pub all: Vec<String>,
    /// It contains one of these.
    #[serde(default)]
    pub any: Vec<String>,
    /// It contains none of these.
    #[serde(default)]
    pub none: Vec<String>,
}

/// Entries that name whom a policy leaves out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExclusionRow {
    /// What they are, in the singular: `user`.
    pub kind: String,
    /// Where they are, as in `EntryTest`. Alternatives.
    pub at: Vec<String>,
    /// Values that mean nobody, or somebody who is no integration.
    #[serde(default)]
    pub except: Vec<String>,
}

impl IdentityRow {
    /// Texts one of which a file must hold, in lower case, so that the row can match.
    #[must_use]
    pub fn literals(&self) -> Vec<String> {
        let mut found: Vec<String> = self.object.clone();
        if found.is_empty() && !self.mentions.is_empty() {
            found.extend(self.mentions.iter().cloned());
        } else if found.is_empty()
            && let Some(name) = self.has.iter().max_by_key(|name| name.len())
        {
            found.push(name.clone());
            found.push(snake(name));
        }
        if let Some(text) = &self.text {
            // Of texts that are compared without blanks, the longest piece that has none.
            let longest = |t: &String| {
                let words = t.split(|c: char| c.is_whitespace() || "\"'();,=>&?".contains(c));
                words.max_by_key(|w| w.len()).unwrap_or_default().to_owned()
            };
            match text.all.iter().map(longest).max_by_key(String::len) {
                Some(piece) => found.push(piece),
                None => found.extend(text.any.iter().map(longest)),
            }
        }
        for literal in &mut found {
            literal.make_ascii_lowercase();
        }
        found.retain(|literal| !literal.is_empty());
        found
    }

    /// What is wrong with the row: a text in it, and why.
    ///
    /// # Errors
    /// At the first thing that can't be meant.
    pub(super) fn check(&self) -> Result<(), (String, String)> {
        let name = self.finding.clone().or_else(|| self.marks.clone()).unwrap_or_default();
        let wrong = |why: &str| Err((name.clone(), why.to_owned()));
        if self.finding.is_none() && self.marks.is_none() {
            return wrong("a row of `identity` gives `finding` or `marks`");
        }
        if self.literals().is_empty() {
            return wrong("a row of `identity` matches nothing: give `object`, `has`, `mentions` or `text`");
        }
        if self.text.is_some() && !(self.object.is_empty() && self.has.is_empty() && self.when.is_empty()) {
            return wrong("a row of `identity` looks at texts or at objects, not at both");
        }
        if self.finding.is_some() && self.what.is_empty() {
            return wrong("a row of `identity` with a `finding` says `what` the settings do");
        }
        Ok(())
    }
}

/// `builtInControls` as `built_in_controls`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::IdentityRow;

    fn row(text: &str) -> IdentityRow {
        serde_saphyr::from_str(text).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn literals_are_what_a_file_must_hold() {
        let has = row("has: [conditions, grantControls]\nmarks: x");
        assert_eq!(has.literals(), ["grantcontrols", "grant_controls"]);
        let object = row("object: [Set-It]\nhas: [longerThanThat]\nmarks: x");
        assert_eq!(object.literals(), ["set-it"]);
        let text = row("text: { all: ['issue(Type = \"http://claims/UPN\"', UPN] }\nmarks: x");
        assert_eq!(text.literals(), ["http://claims/upn"]);
    }

    #[test]
    fn rows_that_cannot_be_meant() {
        for (text, words) in [
            ("object: [a]", "gives `finding` or `marks`"),
            ("marks: x", "matches nothing"),
            ("marks: x\nhas: [a]\ntext: { all: [b] }", "not at both"),
            ("finding: f\nhas: [a]", "says `what`"),
        ] {
            let (_, why) = row(text).check().expect_err(text);
            assert!(why.contains(words), "{text}: {why}");
        }
    }
}
