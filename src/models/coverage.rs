//! What the rules know, language by language, as a page of Markdown for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{RuleFile, Rules, When};
use crate::frontend::{Frontend, REGISTRY};
use crate::report::Flow;

/// What one rule file has for one language.
struct Entry<'r> {
    file: &'r RuleFile,
    /// The grants of its acquisitions.
    flows: BTreeSet<Flow>,
    sends: bool,
    reads_settings: bool,
    is_partner_center: bool,
}

impl<'r> Entry<'r> {
    /// `None` when the file has nothing to show for the language.
    fn of(file: &'r RuleFile, language: &str) -> Option<Self> {
        if !file.serves(language) {
            return None;
        }
        let spoken = |when: &When| when.serves(language);
        let acquisitions = || file.acquire.iter().filter(|row| !row.not && spoken(&row.when));
        let mut flows: BTreeSet<Flow> = acquisitions().filter_map(|row| row.flow).collect();
        if acquisitions().any(|row| row.flow.is_none()) {
            flows.extend(file.credentials.iter().filter(|row| spoken(&row.when)).map(|row| row.flow));
        }
        let entry = Self {
            file,
            flows,
            sends: file.requests.iter().any(|row| spoken(&row.when)),
            reads_settings: file.config.iter().any(|row| spoken(&row.when)),
            is_partner_center: file.sdk.is_some() || file.operations.iter().any(|row| spoken(&row.when)),
        };
        let is_empty =
            entry.flows.is_empty() && !entry.sends && !entry.reads_settings && !entry.is_partner_center;
        (!is_empty).then_some(entry)
    }

    /// The library with a link to its documentation.
    fn link(&self) -> String {
        let name = self.file.library.replace('|', "\\|");
        match self.file.docs.first() {
            Some(url) => format!("[{name}]({url})"),
            None => name,
        }
    }
}

/// Languages, libraries and flows as a page of Markdown.
#[must_use]
pub fn markdown(rules: &Rules) -> String {
    let grants: BTreeSet<&str> = rules.endpoints().grants.keys().map(String::as_str).collect();
    let grants: Vec<String> = grants.into_iter().map(|grant| format!("`{grant}`")).collect();
    let mut out = format!(
        "# What is recognised\n\nWritten by `pcmfa rules coverage` from the rule files; do not edit.\n\n\
         For each language: the libraries that obtain tokens, with the flows that are told apart; the clients \
         whose requests are read; where values of settings are looked up; and what speaks to Partner Center by \
         itself.\n\nA request to a token endpoint is an acquisition, whichever client sends it, and its flow is \
         its `grant_type`: {}.\n",
        grants.join(", ")
    );
    for language in REGISTRY {
        section(&mut out, *language, rules);
    }
    out
}

fn section(out: &mut String, language: &dyn Frontend, rules: &Rules) {
    let entries: Vec<Entry<'_>> =
        rules.files().filter_map(|(_, file)| Entry::of(file, language.language())).collect();
    // Writing into a text never fails.
    let mut text = format!("\n## {}\n", language.title());
    let files: Vec<String> = language
        .extensions()
        .iter()
        .map(|extension| format!("`*.{extension}`"))
        .chain(language.file_names().iter().map(|name| format!("`{name}`")))
        .collect();
    if !files.is_empty() {
        let _ = writeln!(text, "\nFiles: {}.", files.join(", "));
    }
    if entries.is_empty() {
        text += "\nThe code in them is read as that of its own language.\n";
    }
    tokens(&mut text, &entries);
    for (title, wanted) in [
        ("HTTP", (|e: &Entry<'_>| e.sends) as fn(&Entry<'_>) -> bool),
        ("Settings", |e| e.reads_settings),
        ("Partner Center", |e| e.is_partner_center),
    ] {
        let links: Vec<String> = entries.iter().filter(|e| wanted(e)).map(Entry::link).collect();
        if !links.is_empty() {
            let _ = writeln!(text, "\n{title}: {}.", links.join(", "));
        }
    }
    out.push_str(&text);
}

/// The table of libraries and flows.
fn tokens(out: &mut String, entries: &[Entry<'_>]) {
    let columns: BTreeSet<Flow> = entries.iter().flat_map(|e| e.flows.iter().copied()).collect();
    if columns.is_empty() {
        return;
    }
    let names: Vec<&str> = columns.iter().map(|flow| flow.name()).collect();
    let _ = write!(out, "\n| library | {} |\n|---|{}\n", names.join(" | "), ":-:|".repeat(names.len()));
    for entry in entries.iter().filter(|e| !e.flows.is_empty()) {
        let marks: Vec<&str> =
            columns.iter().map(|flow| if entry.flows.contains(flow) { "●" } else { "" }).collect();
        let _ = writeln!(out, "| {} | {} |", entry.link(), marks.join(" | "));
    }
}
