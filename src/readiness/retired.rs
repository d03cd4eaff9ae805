//! Libraries that their makers retired: in code, and in dependency manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::manifests::{self, Registry};
use super::{Scene, has_flow};
use crate::ir::{ExprKind, Scope, Span};
use crate::models::{Retired, RuleFile};
use crate::report::{Finding, Location, Reach, Step};
use crate::source::Source;
use crate::verdict::Judged;

/// A row with its file.
struct Entry<'a> {
    file: &'a RuleFile,
    row: &'a Retired,
}

impl Entry<'_> {
    fn name(&self) -> &str {
        if self.row.name.is_empty() { &self.file.library } else { &self.row.name }
    }

    /// All of the file is meant.
    fn is_whole(&self) -> bool {
        self.row.packages.is_empty() && self.row.imports.is_empty()
    }

    fn packages(&self) -> &[String] {
        if self.row.packages.is_empty() { &self.file.packages } else { &self.row.packages }
    }

    fn imports(&self) -> &[String] {
        if self.is_whole() { &self.file.imports } else { &self.row.imports }
    }

    fn speaks(&self, language: &str) -> bool {
        self.file.serves(language)
    }

    fn comes_from(&self, registry: Registry) -> bool {
        self.file.languages.iter().any(|l| Registry::of(l).contains(&registry))
    }

    /// The command is one of the library's.
    fn commands(&self, name: &str) -> bool {
        let is = |known: &String| known.eq_ignore_ascii_case(name);
        let noun = name.split_once('-').map(|(_, noun)| noun.to_ascii_lowercase());
        let begins =
            |start: &String| noun.as_ref().is_some_and(|noun| noun.starts_with(&start.to_ascii_lowercase()));
        self.row.nouns.iter().any(begins)
            || (self.is_whole() && self.file.commands.iter().any(|row| row.names.iter().any(is)))
    }
}

/// How many places a finding names beside its own.
const MAX_RELATED: usize = 20;

/// How sure a place is: what runs says more than what is only named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Acquires,
    Calls,
    Imports,
    Commands,
}

pub(super) fn findings(scene: &Scene<'_>, judged: &Judged) -> Vec<Finding> {
    if !has_flow(judged) {
        return Vec::new();
    }
    let entries: Vec<Entry<'_>> = scene
        .rules
        .files()
        .flat_map(|(_, file)| file.retired.iter().map(move |row| Entry { file, row }))
        .collect();
    let mut out: Vec<Finding> = Vec::new();
    // A script may say in its first line what it requires: once is enough.
    let mut required: BTreeSet<(Arc<str>, &str)> = BTreeSet::new();
    for source in scene.sources {
        for (library, finding) in dependencies(scene, source, &entries) {
            required.insert((finding.location.path.clone(), library));
            out.push(finding);
        }
    }
    for entry in &entries {
        let mut places: BTreeMap<Arc<str>, (Use, Location, Vec<String>)> = BTreeMap::new();
        let mut put = |kind: Use, location: Location, calls: Vec<String>| {
            let new = (kind, location.clone(), calls);
            let known = places.entry(location.path.clone()).or_insert_with(|| new.clone());
            if (new.0, &new.1) < (known.0, &known.1) {
                *known = new;
            }
        };
        if entry.is_whole() {
            let ours = judged.acquisitions.iter().filter(|a| a.partner_center != Reach::No);
            for one in ours.filter(|a| a.library == entry.file.library) {
                let fed = judged.calls.iter().filter(|c| c.tokens.contains(&one.id));
                put(Use::Acquires, one.location.clone(), fed.map(|c| c.id.clone()).collect());
            }
            for (call, site) in judged.calls.iter().zip(&judged.sites) {
                if *scene.found.calls[site].library == *entry.file.library {
                    put(Use::Calls, call.location.clone(), vec![call.id.clone()]);
                }
            }
        }
        for (id, unit) in scene.program.units.iter().enumerate().filter(|(_, u)| entry.speaks(u.language)) {
            if let Some(span) = named(entry, &unit.unit) {
                put(span.0, scene.locate(id as u32, span.1), Vec::new());
            }
        }
        let places = told(places, |path| required.contains(&(path.clone(), entry.name())));
        for (location, calls, others) in places {
            let values = [
                ("library", entry.name()),
                ("since", entry.row.since.as_str()),
                ("why", entry.row.why.as_str()),
                ("version", ""),
            ];
            let Some(mut finding) = scene.finding("retired-library", location, &values) else { continue };
            finding.fix.clone_from(&entry.row.instead);
            finding.calls = calls;
            finding.related = others
                .into_iter()
                .map(|location| Step { location, message: format!("{} is used here too", entry.name()) })
                .collect();
            out.push(finding);
        }
    }
    out.extend(endpoints(scene, judged));
    out
}

/// The places worth a finding, each with its calls and with others like it. A sign-in or a command is where one
/// edits. Files that only call or import are all named by the first of them: a large project has hundreds.
fn told(
    places: BTreeMap<Arc<str>, (Use, Location, Vec<String>)>,
    is_required: impl Fn(&Arc<str>) -> bool,
) -> Vec<(Location, Vec<String>, Vec<Location>)> {
    let mut out = Vec::new();
    let mut others: BTreeMap<Use, Vec<(Location, Vec<String>)>> = BTreeMap::new();
    for (kind, location, calls) in places.into_values() {
        if kind >= Use::Imports && is_required(&location.path) {
            continue;
        }
        match kind {
            Use::Acquires | Use::Commands => out.push((location, calls, Vec::new())),
            Use::Calls | Use::Imports => others.entry(kind).or_default().push((location, calls)),
        }
    }
    let mut all = others.into_values().flatten();
    if out.is_empty()
        && let Some((first, calls)) = all.next()
    {
        out.push((first, calls, Vec::new()));
    }
    if let Some((_, _, related)) = out.first_mut() {
        related.extend(all.map(|(location, _)| location).take(MAX_RELATED));
    }
    out
}

/// The first place in a unit that imports the library or runs one of its commands.
fn named(entry: &Entry<'_>, unit: &crate::ir::Unit) -> Option<(Use, Span)> {
    let starts = |path: &str, import: &str| {
        path.get(..import.len()).is_some_and(|p| p.eq_ignore_ascii_case(import))
            && path[import.len()..].chars().next().is_none_or(|c| !c.is_ascii_alphanumeric())
    };
    let is_ours = |path: &str| entry.imports().iter().any(|import| starts(path, import));
    let imports = unit.imports.iter().filter(|i| is_ours(&i.path)).map(|i| (Use::Imports, i.span));
    let commands = unit.exprs.iter().filter_map(|e| match &e.kind {
        ExprKind::Name { name, scope: Scope::Callable } if entry.commands(name) => {
            Some((Use::Commands, e.span))
        }
        _ => None,
    });
    imports.chain(commands).min_by_key(|(kind, span)| (*kind, *span))
}

/// Calls of operations that are retired.
fn endpoints(scene: &Scene<'_>, judged: &Judged) -> Vec<Finding> {
    let rows = || {
        let all = scene.rules.endpoints().operations.iter();
        all.filter_map(|row| row.retired.as_ref().map(|retired| (row, retired)))
    };
    let mut out = Vec::new();
    for call in &judged.calls {
        let row = rows().find(|(row, _)| {
            !call.operations.is_empty()
                && call.operations.iter().all(|o| o.path == row.path && o.method == row.method)
        });
        let Some((row, retired)) = row else { continue };
        let name = format!("{} {}", row.method, row.path);
        let values =
            [("library", name.as_str()), ("since", &retired.since), ("why", &retired.why), ("version", "")];
        let Some(mut finding) = scene.finding("retired-library", call.location.clone(), &values) else {
            continue;
        };
        finding.calls = vec![call.id.clone()];
        finding.fix.clone_from(&retired.instead);
        out.push(finding);
    }
    out
}

/// Retired packages in a manifest.
fn dependencies<'e>(scene: &Scene<'_>, source: &Source, entries: &'e [Entry<'e>]) -> Vec<(&'e str, Finding)> {
    let mut out = Vec::new();
    for dependency in manifests::read(&source.path, &source.text) {
        let is = |package: &String| {
            package.eq_ignore_ascii_case(&dependency.name)
                // Modules of Go lie below the path of their repository.
                || dependency.registry == Registry::Go
                    && package.strip_prefix(&dependency.name).is_some_and(|rest| rest.starts_with('/'))
        };
        let fits = |e: &&Entry<'_>| e.comes_from(dependency.registry) && e.packages().iter().any(is);
        let Some(entry) = entries.iter().find(fits) else { continue };
        let version = match dependency.version.trim() {
            "" => String::new(),
            version => format!(" {version}"),
        };
        let values = [
            ("library", entry.name()),
            ("since", entry.row.since.as_str()),
            ("why", entry.row.why.as_str()),
            ("version", version.as_str()),
        ];
        let location = source.location(Span::new(dependency.range.start, dependency.range.end));
        let Some(mut finding) = scene.finding("retired-library", location, &values) else { continue };
        finding.message = format!("{} (package {})", finding.message, dependency.name);
        finding.fix.clone_from(&entry.row.instead);
        out.push((entry.name(), finding));
    }
    out
}
