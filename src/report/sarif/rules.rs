//! The rules of the log: all findings there are, whether they fired or not, so that the list is the same in
//! every log.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;
use serde_sarif::sarif::{
    MultiformatMessageString, PropertyBag, ReportingConfiguration, ReportingConfigurationLevel,
    ReportingDescriptor,
};

use crate::explain;
use crate::models::FindingRow;
use crate::report::{Context, Level, Report};

/// GitHub refuses longer descriptions.
const MAX_DESCRIPTION: usize = 1024;

/// GitHub refuses more tags.
const MAX_TAGS: usize = 20;

/// The descriptors, and where each is.
pub(super) struct Rules {
    /// Sorted by identifier.
    pub(super) descriptors: Vec<ReportingDescriptor>,
    index: BTreeMap<String, usize>,
}

impl Rules {
    /// The rules of the rule files; and one for each finding that they do not define, without texts, since results
    /// whose rule is missing would make the whole log invalid.
    ///
    /// GitHub takes the severity from rules, not from results. Where a part of the tree gives a finding another level,
    /// that is a rule of its own: `password-grant/warning`.
    pub(super) fn new(report: &Report, context: &Context<'_>) -> Self {
        let known = |id: &str| context.findings.iter().find(|row| row.id == id);
        let mut all: BTreeMap<String, ReportingDescriptor> =
            context.findings.iter().map(|row| (row.id.clone(), descriptor(row, row.level))).collect();
        for finding in report.findings.iter().chain(report.suppressed.iter().map(|one| &one.finding)) {
            match known(&finding.rule) {
                None => {
                    all.entry(finding.rule.clone()).or_insert_with(|| bare(&finding.rule));
                }
                Some(row) if differs(row, finding.level) => {
                    all.entry(at_level(&row.id, finding.level))
                        .or_insert_with(|| descriptor(row, finding.level));
                }
                Some(_) => {}
            }
        }
        let index = all.keys().enumerate().map(|(index, id)| (id.clone(), index)).collect();
        Self { descriptors: all.into_values().collect(), index }
    }

    /// The rule of a finding, and its index.
    pub(super) fn of(&self, rule: &str, level: Level) -> (String, Option<i64>) {
        let own = at_level(rule, level);
        let id = if self.index.contains_key(&own) { own } else { rule.to_owned() };
        let index = self.index.get(&id).and_then(|index| i64::try_from(*index).ok());
        (id, index)
    }
}

/// A finding at this level is not as severe as its rule says.
fn differs(row: &FindingRow, level: Level) -> bool {
    row.security_severity.is_some() && row.level != level
}

fn at_level(id: &str, level: Level) -> String {
    format!("{id}/{}", level.name())
}

fn descriptor(row: &FindingRow, level: Level) -> ReportingDescriptor {
    let id = if differs(row, level) { at_level(&row.id, level) } else { row.id.clone() };
    let built = ReportingDescriptor::builder()
        .name(pascal_case(&id))
        .id(id)
        .short_description(plain(&row.title))
        .full_description(markdown(&row.description))
        .help(help(row))
        .default_configuration(configuration(level))
        .properties(properties(row, level))
        .build();
    ReportingDescriptor { help_uri: row.docs.first().cloned(), ..built }
}

/// What `explain` shows, from what to do on; the plain version has room for the first of it only.
fn help(row: &FindingRow) -> MultiformatMessageString {
    let mut text = row.help.trim_end().to_owned();
    for (index, link) in row.docs.iter().enumerate() {
        let _ = write!(text, "{}- {link}", if index == 0 { "\n\n" } else { "\n" });
    }
    MultiformatMessageString::builder()
        .text(shorten(&without_markdown(&text)))
        .markdown(explain::markdown(&explain::body(row, 3, None)).trim_end())
        .build()
}

fn bare(id: &str) -> ReportingDescriptor {
    let text = format!("The finding `{id}`");
    ReportingDescriptor::builder()
        .id(id)
        .name(pascal_case(id))
        .short_description(plain(&text))
        .full_description(plain(&text))
        .help(plain(&text))
        .default_configuration(configuration(Level::Warning))
        .build()
}

fn configuration(level: Level) -> ReportingConfiguration {
    let level = match level {
        Level::Error => ReportingConfigurationLevel::Error,
        Level::Warning => ReportingConfigurationLevel::Warning,
        Level::Note => ReportingConfigurationLevel::Note,
    };
    ReportingConfiguration::builder().level(level.to_string()).build()
}

fn properties(row: &FindingRow, level: Level) -> PropertyBag {
    let mut more = BTreeMap::new();
    let mut tags = row.tags.clone();
    let severity = if differs(row, level) { row.severity_at(level) } else { row.security_severity };
    if let Some(severity) = severity {
        // GitHub reads the number only from a text, and only on rules with this tag.
        more.insert("security-severity".to_owned(), json!(format!("{severity:.1}")));
        if !tags.iter().any(|tag| tag == "security") {
            tags.insert(0, "security".to_owned());
        }
    } else {
        let severity = match level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "recommendation",
        };
        more.insert("problem.severity".to_owned(), json!(severity));
    }
    if let Some(precision) = &row.precision {
        more.insert("precision".to_owned(), json!(precision));
    }
    tags.dedup();
    tags.truncate(MAX_TAGS);
    let bag = PropertyBag::builder().additional_properties(more).build();
    PropertyBag { tags: (!tags.is_empty()).then_some(tags), ..bag }
}

/// A text without Markdown.
pub(super) fn plain(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(shorten(text)).build()
}

/// A Markdown text, with a version for viewers that show it as it is.
fn markdown(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder()
        .text(shorten(&without_markdown(text)))
        .markdown(text.trim_end())
        .build()
}

fn shorten(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= MAX_DESCRIPTION {
        return text.to_owned();
    }
    text.chars().take(MAX_DESCRIPTION - 1).chain(['…']).collect()
}

/// Links become their text and address; emphasis and code marks go. Underscores stay: names have them.
fn without_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`', '[', '<']) {
        out.push_str(&rest[..at]);
        let (mark, after) = (&rest[at..=at], &rest[at + 1..]);
        rest = after;
        match mark {
            "[" => {
                let link = after.split_once("](").and_then(|(label, tail)| {
                    let (address, tail) = tail.split_once(')')?;
                    (!label.contains(['[', '\n'])).then_some((label, address, tail))
                });
                match link {
                    Some((label, address, tail)) => {
                        let _ = write!(out, "{} ({address})", label.replace(['*', '`'], ""));
                        rest = tail;
                    }
                    None => out.push('['),
                }
            }
            "<" => match after.split_once('>').filter(|(address, _)| address.starts_with("http")) {
                Some((address, tail)) => {
                    out.push_str(address);
                    rest = tail;
                }
                None => out.push('<'),
            },
            // A list item keeps its mark.
            "*" if after.starts_with(' ') && out.trim_end_matches(' ').ends_with('\n') => out.push('*'),
            _ => {}
        }
    }
    out + rest
}

/// `PasswordGrant` for `password-grant`.
fn pascal_case(id: &str) -> String {
    id.split(['-', '_', '/'])
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect::<String>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::without_markdown;

    #[test]
    fn markdown_goes() {
        let text = "Use **`A_b`** of [the *docs*](https://x.y/z) or <https://a.b>:\n* one\n- arr[0] < 2";
        assert_eq!(
            without_markdown(text),
            "Use A_b of the docs (https://x.y/z) or https://a.b:\n* one\n- arr[0] < 2"
        );
    }
}
