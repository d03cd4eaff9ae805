//! Settings of tenants and identity providers, as code and as exports, that keep the MFA claim from tokens.
//!
//! The rows `identity` of the rule files say what is looked for; this finds it in every file that holds one of
//! their literals, whatever else the tree holds: such settings often lie in a repository of their own, without
//! a call to Partner Center. There they are notes.
//!
//! ```text
//! sources ─► literals ─► objects and texts ─► rows ─► findings
//!            of rows     code: IR; JSON, YAML
//! ```

mod code;
mod documents;
mod matching;
mod value;

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;

use crate::frontend::Limit;
use crate::models::{FindingRow, IdentityRow, Rules};
use crate::report::{Evidence, Finding, Level, Location, Step};
use crate::settings;
use crate::source::Source;

use matching::Match;
use value::Holdings;

/// Extensions of texts for people: what they quote is in force nowhere.
const PROSE: &[&str] = &["md", "markdown", "mdx", "rst", "adoc", "html", "htm", "log", "csv"];

/// What is known of the tree besides its settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    /// Some code of the tree calls Partner Center or gets a token for it.
    pub(crate) calls_partner_center: bool,
    /// The sources that name Partner Center, by index.
    pub(crate) integration: &'a [usize],
}

/// A match in a source.
struct Hit<'r> {
    source: usize,
    found: Match<'r>,
}

/// The findings of all rows, sorted by place.
pub(crate) fn findings(
    sources: &[Source],
    rules: &Rules,
    surroundings: Surroundings<'_>,
    limit: std::time::Duration,
) -> Vec<Finding> {
    let rows: Vec<&IdentityRow> = rules.files().flat_map(|(_, file)| &file.identity).collect();
    let hits = hits(sources, &rows, limit);
    let beside = beside(sources, surroundings.integration, &hits);
    let marks: BTreeSet<&str> = hits.iter().filter_map(|hit| hit.found.row.marks.as_deref()).collect();
    let mut out: Vec<Finding> = hits
        .iter()
        .filter(|hit| !hit.found.row.unless_marked.iter().any(|mark| marks.contains(mark.as_str())))
        .filter_map(|hit| {
            let finding = rules.finding(hit.found.row.finding.as_deref()?)?;
            Some(judged(hit, finding, sources, rules, surroundings.calls_partner_center, &beside))
        })
        .collect();
    out.sort_by(|a, b| (&a.location, &a.rule, &a.message).cmp(&(&b.location, &b.rule, &b.message)));
    out.dedup_by(|b, a| a.location == b.location && a.rule == b.rule);
    out
}

fn hits<'r>(sources: &[Source], rows: &[&'r IdentityRow], limit: std::time::Duration) -> Vec<Hit<'r>> {
    let mut literals = Vec::new();
    let mut owners = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        for literal in row.literals() {
            literals.push(literal);
            owners.push(index);
        }
    }
    // Every row counts, also those whose literals lie within others'.
    let Ok(search) = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&literals) else {
        return Vec::new();
    };
    let per_source = |(index, source): (usize, &Source)| {
        let lower = source.text.to_ascii_lowercase();
        if literals.is_empty() || !search.is_match(lower.as_bytes()) {
            return Vec::new();
        }
        let wanted: BTreeSet<usize> =
            search.find_overlapping_iter(lower.as_bytes()).map(|m| owners[m.pattern().as_usize()]).collect();
        let rows: Vec<&IdentityRow> = wanted.into_iter().map(|row| rows[row]).collect();
        let holdings = read(source, limit);
        let found = matching::all(&rows, &holdings, &lower);
        found.into_iter().map(|found| Hit { source: index, found }).collect()
    };
    sources.par_iter().enumerate().map(per_source).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// The objects and texts of a source.
fn read(source: &Source, limit: std::time::Duration) -> Holdings {
    let mut found = Holdings::default();
    if let Some(language) = source.language {
        let pieces = language.read_file(&source.path, &source.text, &Limit::new(limit));
        for piece in pieces.into_iter().flatten() {
            code::read(&piece.unit, &source.text, &mut found);
        }
    }
    if let Some(document) = documents::read(&source.path, &source.text) {
        found.objects.extend(document.objects);
        found.texts.extend(document.texts);
    } else if source.language.is_none() {
        let extension = source.path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        if !PROSE.contains(&extension.as_str()) {
            // The first line stands for the whole.
            let start = source.text.len() - source.text.trim_start().len();
            let end = source.text[start..].find(['\r', '\n']).map_or(source.text.len(), |at| start + at);
            found.texts.push((source.text.clone(), crate::ir::Span::new(start, end)));
        }
    }
    found
}

fn judged(
    hit: &Hit<'_>,
    finding: &FindingRow,
    sources: &[Source],
    rules: &Rules,
    calls_partner_center: bool,
    beside: &[usize],
) -> Finding {
    let Hit { source, found } = hit;
    let source_of = &sources[*source];
    let mut related = Vec::new();
    let excludes = !found.row.excludes.is_empty();
    let audiences = &rules.endpoints().audiences;
    let itself = found.identities.iter().any(|id| audiences.iter().any(|a| a.eq_ignore_ascii_case(id)));
    if calls_partner_center && !itself {
        related.extend(same_identity(&found.identities, sources, beside));
    }
    let (evidence, scope) = if itself {
        (Evidence::Audience, "one of them is Partner Center's own application")
    } else if !related.is_empty() {
        (Evidence::Nearby, "one of them also stands beside the code that calls Partner Center")
    } else if !calls_partner_center {
        let scope = "nothing in the scanned code calls Partner Center, so it matters only where an integration \
                     signs in through this tenant";
        (Evidence::None, scope)
    } else if excludes {
        let scope = "it matters only if what the integration signs in with is among them; accounts for \
                     emergencies usually are, and need no change";
        (Evidence::None, scope)
    } else {
        (Evidence::Nearby, "it matters if the integration's account signs in through it")
    };
    let level = match found.row.level {
        _ if !calls_partner_center && !itself => Level::Note,
        Some(level) => level,
        None => finding.level,
    };
    let what = found.row.what.replace("{excluded}", &found.excluded);
    let message = finding.message.replace("{what}", &what).replace("{scope}", scope);
    let language = source_of.language.map_or("*", |l| l.language());
    let fix = finding.fix.get(language).or_else(|| finding.fix.get("*"));
    Finding {
        rule: finding.id.clone(),
        level,
        location: source_of.location(found.span),
        message,
        fix: fix.cloned().unwrap_or_default(),
        evidence,
        acquisition: None,
        calls: Vec::new(),
        related,
        flows: Vec::new(),
    }
}

/// The sources whose texts may name what the integration signs in with: those that name Partner Center, and the
/// settings in their folders and above. Those with settings of the tenant are left out.
fn beside(sources: &[Source], integration: &[usize], hits: &[Hit<'_>]) -> Vec<usize> {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let folders: BTreeSet<String> = integration.iter().map(|index| folder(&sources[*index].path)).collect();
    let tenant: BTreeSet<usize> = hits.iter().map(|hit| hit.source).collect();
    let near = |source: &Source| {
        let own = folder(&source.path);
        settings::is_settings(&source.path) && folders.iter().any(|other| other.starts_with(&own))
    };
    (0..sources.len())
        .filter(|index| integration.contains(index) || near(&sources[*index]))
        .filter(|index| !tenant.contains(index))
        .collect()
}

/// The first place beside the integration's code that names somebody who is left out.
fn same_identity(identities: &[String], sources: &[Source], beside: &[usize]) -> Option<Step> {
    // Identifiers and sign-in names; words like `All` stand everywhere.
    let telling = |id: &&String| id.len() >= 8 && id.contains(['-', '@']);
    for name in identities.iter().filter(telling).map(|id| id.to_ascii_lowercase()) {
        for source in beside.iter().map(|index| &sources[*index]) {
            if let Some(start) = source.text.to_ascii_lowercase().find(&name) {
                let location: Location = source.location(crate::ir::Span::new(start, start + name.len()));
                let message = "the same identifier, beside code that calls Partner Center".to_owned();
                return Some(Step { location, message });
            }
        }
    }
    None
}
