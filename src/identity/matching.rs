//! Which rows of the rules an object or a text fulfils.

use super::value::{Holdings, Kind, Value, fold};
use crate::ir::Span;
use crate::models::{EntryTest, ExclusionRow, IdentityRow, TextTest};

/// A row that is fulfilled at a place.
#[derive(Clone, Debug)]
pub(super) struct Match<'r> {
    pub(super) row: &'r IdentityRow,
    pub(super) span: Span,
    /// Whom the settings leave out, in words.
    pub(super) excluded: String,
    /// The texts among them.
    pub(super) identities: Vec<String>,
}

/// All that the rows find in a file. `lower` is its text in lower case.
pub(super) fn all<'r>(rows: &[&'r IdentityRow], holdings: &Holdings, lower: &str) -> Vec<Match<'r>> {
    let mut found = Vec::new();
    for row in rows.iter().copied() {
        if row.file_lacks.iter().any(|text| lower.contains(&text.to_ascii_lowercase())) {
            continue;
        }
        match &row.text {
            Some(test) => {
                let texts = holdings.texts.iter().filter(|(text, _)| reads(test, text));
                found.extend(texts.map(|(_, span)| Match {
                    row,
                    span: *span,
                    excluded: String::new(),
                    identities: Vec::new(),
                }));
            }
            None => found.extend(holdings.objects.iter().filter_map(|object| fulfils(row, object))),
        }
    }
    found
}

fn fulfils<'r>(row: &'r IdentityRow, value: &Value) -> Option<Match<'r>> {
    let Kind::Object(object) = &value.kind else { return None };
    let named = row.object.is_empty() || row.object.iter().any(|name| same_name(name, &object.name));
    if !named || !row.has.iter().all(|name| value.get(name).is_some()) {
        return None;
    }
    let own = || object.entries.iter().flat_map(|(_, value)| value.texts());
    if !row.mentions.is_empty() && !row.mentions.iter().any(|word| own().any(|text| has(text, word))) {
        return None;
    }
    let mut span = value.span;
    for (index, test) in row.when.iter().enumerate() {
        let place = holds(test, value)?;
        if index == 0 {
            span = place;
        }
    }
    if row.unless.iter().any(|test| holds(test, value).is_some()) {
        return None;
    }
    let mut excluded = Vec::new();
    let mut identities = Vec::new();
    for exclusion in &row.excludes {
        let somebody = left_out(exclusion, &row.apart, value);
        if let Some(first) = somebody.first() {
            if excluded.is_empty() {
                span = first.span;
            }
            excluded.push(count(&exclusion.kind, &somebody));
            identities.extend(somebody.iter().flat_map(|v| v.texts()).map(str::to_owned));
        }
    }
    if excluded.is_empty() && !row.excludes.is_empty() {
        return None;
    }
    Some(Match { row, span, excluded: listed(&excluded), identities })
}

/// The place of the value that fulfils a test.
fn holds(wanted: &EntryTest, object: &Value) -> Option<Span> {
    let values: Vec<&Value> = wanted.at.iter().flat_map(|path| object.at(path)).collect();
    let is = |value: &Value| match &value.kind {
        Kind::Text(text) => {
            wanted.is.iter().any(|is| text.trim().eq_ignore_ascii_case(is))
                || wanted.contains.iter().any(|part| has(text, part))
        }
        Kind::Named(name) => wanted.contains.iter().any(|part| has(name, part)),
        Kind::Object(_) | Kind::List(_) => false,
    };
    let any = |value: &&&Value| (wanted.is.is_empty() && wanted.contains.is_empty()) || is(value);
    if wanted.only && !values.iter().all(|value| is(value)) {
        return None;
    }
    values.iter().find(any).map(|value| value.span)
}

/// The values that name somebody who may be an integration.
fn left_out<'v>(exclusion: &ExclusionRow, apart: &[String], object: &'v Value) -> Vec<&'v Value> {
    let mut values: Vec<&Value> = exclusion.at.iter().flat_map(|path| object.at(path)).collect();
    let is_apart = |name: &str| {
        let name = fold(name);
        apart.iter().any(|word| name.contains(&fold(word)))
    };
    values.retain(|value| match &value.kind {
        Kind::Text(text) => {
            let text = text.trim();
            !text.is_empty()
                && !exclusion.except.iter().any(|other| other.eq_ignore_ascii_case(text))
                && !is_apart(text)
        }
        Kind::Named(name) => !is_apart(name),
        Kind::Object(_) => true,
        Kind::List(_) => false,
    });
    values
}

/// `2 users`, or `users` when the text does not show how many.
fn count(kind: &str, values: &[&Value]) -> String {
    let known = values.iter().all(|value| matches!(value.kind, Kind::Text(_)));
    match values.len() {
        1 if known => format!("1 {kind}"),
        n if known => format!("{n} {kind}s"),
        _ => format!("{kind}s"),
    }
}

/// `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Names of cmdlets, types and resources: the last part of a qualified one counts.
fn same_name(name: &str, written: &str) -> bool {
    let short = written.rsplit(['.', ':', '\\', '/']).next().unwrap_or(written);
    name.eq_ignore_ascii_case(short) || name.eq_ignore_ascii_case(written)
}

fn has(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase().contains(&part.to_ascii_lowercase())
}

fn reads(wanted: &TextTest, text: &str) -> bool {
    let whole = squeezed(text);
    let holds = |part: &String| whole.contains(&squeezed(part));
    wanted.all.iter().all(holds)
        && (wanted.any.is_empty() || wanted.any.iter().any(holds))
        && !wanted.none.iter().any(holds)
}

/// Without blanks, in lower case.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}
