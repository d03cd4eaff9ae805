//! Secrets and fixed access tokens in the code or its settings, as far as they sign in to Partner Center.
//!
//! A text counts when the analysis saw it flow into a sign-in or call, and what keeps secrets out of reports takes
//! it for one. No value becomes a part of a message.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Scene, region};
use crate::flow::{GivenText, Site};
use crate::ir::{ArgKind, Expr, ExprKind, Init, Span, StmtKind, Unit};
use crate::report::{Finding, Location, Reach, redact};
use crate::settings;
use crate::verdict::Judged;

fn regex(pattern: &str) -> Regex {
    // A test of this module uses them all.
    Regex::new(pattern).expect("the patterns are constants")
}

/// What stands in for a secret until someone puts one in.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^(?:<.*>|\[.*\]|\{.*\}|[$@].*|%.*%|#\{.*\}#?|__.*__|\*+|x{3,}|\.{3,}|-+|0+)$",
        r"|^(?:enter|insert|put|add|paste|replace|type)\b|\b(?:your|my|the)[ _-]?(?:own|client|app|application|partner|user|admin|password|secret|token|refresh|access)",
        r"|^your\b|\b(?:goes|is)[ _-]here\b",
        // `useAppToken: false` holds no token.
        r"|^(?:true|false|null|none|yes|no|on|off)$",
        r"|change[ _-]?(?:me|it|this)|place[ _-]?holder|example|todo|redacted|dummy|not[ _-]?set|to[ _-]?be[ _-]?",
    ))
});

/// What says in words what it stands for: `old-refresh-token`, `SomeToken`, `AppSecret`, `test`.
static WORDS: LazyLock<Regex> = LazyLock::new(|| regex(r"^[A-Za-z]+(?:[-_. ][A-Za-z]+)*$"));
static WHAT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)secret|token|passw|credential|refresh|test|fake|mock|sample|some|value"));

/// Who or what, not how: an account, a domain, an identifier, an address.
static IDENTITY: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$",
        r"|^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$",
        r"|^[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|de|us|cn|eu|fr|uk|nl|ca|au|local|example|test|invalid|onmicrosoft\.com)$",
        // A part of a form: `&resource=`, or the end of one field and the name of the next.
        r"|^[&?]?[\w-]+=|^[\w.-]+&[\w-]+=$",
        r"|^[a-z][a-z0-9+.-]*://|^urn:|/\.default$|^[0-9a-f]{40}$",
    ))
});

/// Where the next field of a form begins.
static NEXT_FIELD: LazyLock<Regex> = LazyLock::new(|| regex(r"&[\w-]+="));

/// An access token, as it is or behind its scheme.
static ACCESS_TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:[Bb]earer\s+)?eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}$|^[Bb]earer\s+[A-Za-z0-9+/_.~-]{24,}=*$",
    )
});

/// How names of calls begin that get a value from elsewhere; what they are given is its name.
const GETS: &[&str] = &[
    "get", "read", "fetch", "load", "lookup", "find", "retrieve", "resolve", "env", "config", "query",
    "open", "require", "import", "@", "test", "join", "combine",
];

/// The shortest text that is taken for a secret.
const MIN_LENGTH: usize = 4;

/// What a place holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Secret,
    AccessToken,
}

pub(super) fn findings(scene: &Scene<'_>, judged: &Judged) -> Vec<Finding> {
    let mut look = Look { scene, ranges: BTreeMap::new(), declared: declared(scene), settings: None };
    let mut found: BTreeMap<(Location, Kind), (Option<String>, BTreeSet<String>)> = BTreeMap::new();
    for (one, key) in judged.acquisitions.iter().zip(&judged.keys) {
        if one.partner_center == Reach::No {
            continue;
        }
        for text in &scene.found.acquisitions[key].texts {
            for location in look.secret(text) {
                let entry = found.entry((location, Kind::Secret)).or_default();
                entry.0.get_or_insert_with(|| one.id.clone());
                let fed = judged.calls.iter().filter(|c| c.tokens.contains(&one.id));
                entry.1.extend(fed.map(|c| c.id.clone()));
            }
        }
    }
    for (call, site) in judged.calls.iter().zip(&judged.sites) {
        for text in &scene.found.calls[site].texts {
            for location in look.access_token(text) {
                found.entry((location, Kind::AccessToken)).or_default().1.insert(call.id.clone());
            }
        }
    }
    let mut out = Vec::new();
    for ((location, kind), (acquisition, calls)) in found {
        let rule = if kind == Kind::Secret { "hard-coded-secret" } else { "static-token" };
        let Some(mut finding) = scene.finding(rule, location, &[]) else { continue };
        finding.acquisition = acquisition;
        // In the order of the report.
        finding.calls = judged.calls.iter().filter(|c| calls.contains(&c.id)).map(|c| c.id.clone()).collect();
        out.push(finding);
    }
    out
}

/// The names of the functions that the program declares, lower-case.
fn declared(scene: &Scene<'_>) -> BTreeSet<String> {
    let functions = scene.program.units.iter().flat_map(|u| &u.unit.functions);
    functions.map(|f| f.name.to_ascii_lowercase()).filter(|n| !n.is_empty()).collect()
}

struct Look<'a> {
    scene: &'a Scene<'a>,
    /// What is masked in each unit.
    ranges: BTreeMap<u32, Vec<Range<usize>>>,
    declared: BTreeSet<String>,
    /// Settings that are secret, by value; read when they are first asked for.
    settings: Option<BTreeMap<String, Vec<Kept>>>,
}

impl Look<'_> {
    /// Where this text is a secret, if it is one.
    fn secret(&mut self, (site, text): &GivenText) -> Vec<Location> {
        match site {
            Some(site) => self.in_code(*site, text).into_iter().collect(),
            None if is_telling(text) => self.in_settings(text, redact::is_sensitive),
            None => Vec::new(),
        }
    }

    /// Where this text is an access token, if it is one.
    fn access_token(&mut self, (site, text): &GivenText) -> Vec<Location> {
        let shaped = ACCESS_TOKEN.is_match(text.trim());
        match site {
            Some(site) if shaped || self.is_token_variable(*site) && self.in_code(*site, text).is_some() => {
                vec![self.scene.places.locate(*site)]
            }
            None if shaped || is_telling(text) => self.in_settings(text, |name| {
                let name = name.to_ascii_lowercase();
                name.contains("token") && !name.contains("refresh")
            }),
            _ => Vec::new(),
        }
    }

    fn in_code(&mut self, site: Site, text: &str) -> Option<Location> {
        let source = self.scene.source(site.unit);
        let inner = self.scene.program.units[site.unit as usize].language;
        let masked = self.ranges.entry(site.unit).or_insert_with(|| {
            let outer = source.language.map(crate::frontend::Frontend::language);
            let mut ranges = redact::ranges(&source.text, outer);
            if outer != Some(inner) {
                // A script in a file of another format has its strings and comments.
                ranges.extend(redact::ranges(&source.text, Some(inner)));
            }
            ranges
        });
        let (start, end) = (site.span.start as usize, site.span.end as usize);
        let whole = start..end;
        let hidden = masked.iter().find(|r| r.start < whole.end && whole.start < r.end && r.end <= end)?;
        let part = source.text.get(hidden.start.max(start)..hidden.end.min(end))?;
        // The place may hold more than this text.
        if !text.contains(part.trim_matches(['"', '\''])) {
            return None;
        }
        // A body of several fields: only the part that is hidden counts, up to the next field.
        let whole_text = part.len() + 4 >= text.len();
        let part = NEXT_FIELD.find(part).map_or(part, |next| &part[..next.start()]);
        if !is_telling(part) || whole_text && !is_telling(text) {
            return None;
        }
        if whole_text && (!self.is_given(site) || self.is_key(site)) {
            return None;
        }
        Some(self.scene.places.locate(site))
    }

    /// The literal is a value, and not the name of one that is kept elsewhere, nor the account beside a password.
    fn is_given(&self, site: Site) -> bool {
        let unit = &self.scene.program.units[site.unit as usize].unit;
        if is_named_otherwise(unit, site.span) {
            return false;
        }
        let is_call = |e: &Expr| {
            matches!(e.kind, ExprKind::Call { .. } | ExprKind::New { .. } | ExprKind::Index { .. })
        };
        let Some(around) = region::around(unit, site.span, |_, e| is_call(e)) else { return true };
        match &unit.expr(around).kind {
            ExprKind::Index { index, .. } => !region::within(site.span, unit.expr(*index).span),
            ExprKind::Call { args, .. } => {
                let name = region::callee(unit, unit.expr(around)).unwrap_or_default();
                let bare = name.rsplit(['.', ':']).next().unwrap_or_default();
                let gets = GETS.iter().any(|start| bare.starts_with(start)) && !self.declared.contains(&name);
                !gets && !is_account(unit, &name, args, site.span)
            }
            ExprKind::New { ty, args, .. } => {
                let name = ty.as_ref().map_or(String::new(), |t| t.short().to_ascii_lowercase());
                !is_account(unit, &name, args, site.span)
            }
            _ => true,
        }
    }

    /// The literal is a constant by whose name values are looked up.
    fn is_key(&self, site: Site) -> bool {
        let unit = &self.scene.program.units[site.unit as usize].unit;
        let here = |value: crate::ir::ExprId| unit.expr(value).span == site.span;
        let lets = unit.stmts.iter().filter_map(|s| match &s.kind {
            StmtKind::Let { name, value: Some(value), .. } if here(*value) => Some(name),
            _ => None,
        });
        let fields = unit.types.iter().flat_map(|t| &t.fields);
        let fields = fields.filter(|f| f.init.is_some_and(here)).map(|f| &f.name);
        let names: BTreeSet<_> = lets.chain(fields).cloned().collect();
        let refers = |value: crate::ir::ExprId| match &unit.expr(value).kind {
            ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => names.contains(name),
            _ => false,
        };
        !names.is_empty()
            && unit.exprs.iter().any(|e| match &e.kind {
                ExprKind::Index { index, .. } => refers(*index),
                ExprKind::Call { args, .. } => {
                    let name = region::callee(unit, e).unwrap_or_default();
                    let looks = GETS.iter().chain(&["contains", "has"]).any(|start| name.starts_with(start));
                    looks && args.first().is_some_and(|arg| refers(arg.value))
                }
                _ => false,
            })
    }

    /// The literal is what a variable, field or parameter of that name holds.
    fn is_token_variable(&self, site: Site) -> bool {
        let unit = &self.scene.program.units[site.unit as usize].unit;
        let named = |name: &str| {
            let name = name.to_ascii_lowercase();
            (name.contains("token") || name.contains("bearer")) && !name.contains("refresh")
        };
        let lets = unit.stmts.iter().any(|s| match &s.kind {
            StmtKind::Let { name, value: Some(value), .. } => {
                unit.expr(*value).span == site.span && named(name)
            }
            _ => false,
        });
        let assigned = unit.exprs.iter().any(|e| match &e.kind {
            ExprKind::Assign { target, value } if unit.expr(*value).span == site.span => {
                matches!(&unit.expr(*target).kind, ExprKind::Name { name, .. } | ExprKind::Member { name, .. } if named(name))
            }
            _ => false,
        });
        let fields = unit.types.iter().flat_map(|t| &t.fields);
        lets || assigned
            || fields
                .into_iter()
                .any(|f| f.init.is_some_and(|i| unit.expr(i).span == site.span) && named(&f.name))
    }

    /// The settings with this value whose name says that they are secret.
    fn in_settings(&mut self, text: &str, wanted: impl Fn(&str) -> bool) -> Vec<Location> {
        let sources = self.scene.sources;
        let all = self.settings.get_or_insert_with(|| {
            let mut all: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
            for (source, file) in sources.iter().enumerate().filter(|(_, s)| settings::is_settings(&s.path)) {
                for setting in settings::read(&file.path, &file.text).settings {
                    let name =
                        setting.key.rsplit(':').find(|p| p.parse::<u32>().is_err()).unwrap_or_default();
                    if redact::is_sensitive(name) {
                        let kept = Kept { name: name.to_owned(), source, span: setting.span };
                        all.entry(setting.value).or_default().push(kept);
                    }
                }
            }
            all
        });
        let found = all.get(text).into_iter().flatten().filter(|kept| wanted(&kept.name));
        found.map(|kept| sources[kept.source].location(kept.span)).collect()
    }
}

/// A setting whose name says that it is secret.
struct Kept {
    name: String,
    source: usize,
    span: Span,
}

/// The text can be a secret: it is neither too short, nor a placeholder, nor an identity.
fn is_telling(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'']);
    text.len() >= MIN_LENGTH
        && !PLACEHOLDER.is_match(text)
        && !IDENTITY.is_match(text)
        && (!WORDS.is_match(text) || !WHAT.is_match(text))
}

/// The literal has a name of its own where it stands, as argument or entry, and this names no secret.
fn is_named_otherwise(unit: &Unit, literal: Span) -> bool {
    let here = |value: crate::ir::ExprId| unit.expr(value).span == literal;
    let harmless = |name: &str| !redact::is_sensitive(name);
    let argument = |args: &[crate::ir::Arg]| {
        args.iter().any(|arg| match &arg.kind {
            ArgKind::Named(name) => here(arg.value) && harmless(name),
            _ => false,
        })
    };
    unit.exprs.iter().any(|e| match &e.kind {
        ExprKind::Map(entries) => entries.iter().any(|(key, value)| {
            here(*value) && matches!(&unit.expr(*key).kind, ExprKind::Str(name) if harmless(name))
        }),
        ExprKind::Call { args, .. } => argument(args),
        ExprKind::New { args, init, .. } => {
            argument(args)
                || init.iter().any(|part| match part {
                    Init::Member(name, value) => here(*value) && harmless(name),
                    _ => false,
                })
        }
        _ => false,
    })
}

/// The argument is the account: a call that takes user and password has the password last.
fn is_account(unit: &Unit, name: &str, args: &[crate::ir::Arg], literal: Span) -> bool {
    let positional: Vec<Span> =
        args.iter().filter(|a| a.kind == ArgKind::Positional).map(|a| unit.expr(a.value).span).collect();
    let at = positional.iter().position(|s| region::within(literal, *s));
    let users = name.contains("user") || name.contains("password") || name.contains("credential");
    let passed = args.iter().any(|arg| match &unit.expr(arg.value).kind {
        ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => redact::is_sensitive(name),
        _ => false,
    });
    let users = users || passed;
    users
        && !name.contains("secret")
        && positional.len() > 1
        && at.is_some_and(|at| at + 1 < positional.len())
}

#[cfg(test)]
mod tests {
    use super::{ACCESS_TOKEN, is_telling};

    #[test]
    fn what_can_be_a_secret() {
        for text in ["hunter2", "correct horse battery", "Tr0ub4dor&3", "0.AXoAi8KxyzABCDEFG"] {
            assert!(is_telling(text), "{text}");
        }
        for text in [
            "abc",
            "<client-secret>",
            "YOUR_CLIENT_SECRET",
            "your-password",
            "xxxxxxxx",
            "changeme",
            "sync@contoso.com",
            "72f988bf-86f1-41af-91ab-2d7cd011db47",
            "contoso.onmicrosoft.com",
            "https://api.partnercenter.microsoft.com/.default",
            "$(ClientSecret)",
            "${SECRET}",
            "Enter password",
            "Your key goes here",
            "false",
            "old-refresh-token",
            "SomeToken",
            "AppSecret",
        ] {
            assert!(!is_telling(text), "{text}");
        }
    }

    #[test]
    fn access_tokens_by_their_shape() {
        assert!(ACCESS_TOKEN.is_match("eyJ0eXAiOiJKV1Qi.eyJhdWQi.c2ln"));
        assert!(ACCESS_TOKEN.is_match("Bearer abcdefghijklmnopqrstuvwxyz0123"));
        assert!(!ACCESS_TOKEN.is_match("Bearer token"));
        assert!(!ACCESS_TOKEN.is_match("Bearer {token}"));
    }
}
