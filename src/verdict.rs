//! Joins what reaches each call site, and turns it into verdicts and findings.

mod nearby;

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::{AcqKey, AcqRecord, Analysis, CallRecord, Program, Site, Trace, Unknown};
use crate::models::{FindingRow, Rules};
use crate::report::{
    Acquisition, Answer, CallSite, Check, Evidence, Finding, Flow, Link, Location, Model, Reach, Step,
    Verdict, Via,
};

/// How many steps of a token's path are told.
const MAX_STEPS: usize = 10;
/// How many paths a finding shows.
const MAX_FLOWS: usize = 4;

/// Makes locations of sites. The caller knows the texts.
pub(crate) trait Places {
    /// The lines and columns of a site.
    fn locate(&self, site: Site) -> Location;
}

/// What [`judge`] gives.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) acquisitions: Vec<Acquisition>,
    pub(crate) calls: Vec<CallSite>,
    pub(crate) checks: Vec<Check>,
    pub(crate) findings: Vec<Finding>,
    /// The records behind `acquisitions`, in their order.
    pub(crate) keys: Vec<AcqKey>,
    /// The places of the records behind `calls`, in their order.
    pub(crate) sites: Vec<Site>,
}

struct Judge<'a> {
    program: &'a Program,
    rules: &'a Rules,
    places: &'a dyn Places,
    records: &'a BTreeMap<AcqKey, AcqRecord>,
    hosts: crate::flow::Hosts,
    uncalled: &'a BTreeSet<crate::flow::FuncRef>,
    reached: BTreeSet<AcqKey>,
    /// What others redeem for Partner Center.
    redeemed: BTreeSet<AcqKey>,
    /// The same, where they name what they redeem: a refresh token or an assertion, not what a cache may hold.
    refreshed: BTreeSet<AcqKey>,
    /// Acquisitions whose tokens arrive at Partner Center with a retired resource.
    retired: BTreeSet<AcqKey>,
    /// Acquisitions whose tokens a request to some other host carries.
    elsewhere: &'a BTreeSet<AcqKey>,
    ids: BTreeMap<AcqKey, String>,
}

/// Verdicts and findings of an analysis. `all` keeps acquisitions that have nothing to do with Partner Center.
pub(crate) fn judge(
    program: &Program,
    rules: &Rules,
    analysis: &Analysis,
    places: &dyn Places,
    all: bool,
) -> Judged {
    let found = &analysis.found;
    let mut judge = Judge {
        program,
        rules,
        places,
        records: &found.acquisitions,
        uncalled: &found.uncalled,
        hosts: crate::flow::Hosts::new(rules.endpoints()),
        reached: found.reaching(),
        redeemed: BTreeSet::new(),
        retired: found.calls.values().flat_map(|c| c.retired.iter().copied()).collect(),
        refreshed: BTreeSet::new(),
        elsewhere: &found.elsewhere,
        ids: BTreeMap::new(),
    };
    let refreshes = |flow: Flow| matches!(flow, Flow::RefreshToken | Flow::OnBehalfOf);
    judge.refreshed = judge.redeemed(refreshes);
    judge.redeemed = judge.redeemed(|_| true);
    let mut rows: Vec<(Location, AcqKey)> =
        found.acquisitions.keys().map(|k| (judge.extent(*k), *k)).collect();
    rows.sort_by(|a, b| (&a.0, a.1.flow).cmp(&(&b.0, b.1.flow)));
    let mut acquisitions = Vec::new();
    let mut keys = Vec::new();
    for (location, key) in rows {
        let reach = judge.reach(key);
        if reach == Reach::No && !all {
            continue;
        }
        let id = format!("A{}", acquisitions.len() + 1);
        judge.ids.insert(key, id.clone());
        keys.push(key);
        acquisitions.push(judge.acquisition(id, location, key, reach));
    }
    let beside = nearby::tokens(program, rules, found);
    let mut records = found.calls.clone();
    for (site, tokens) in &beside {
        if let Some(record) = records.get_mut(site) {
            record.tokens.extend(tokens.iter().map(|key| (*key, Vec::new())));
        }
    }
    let mut rows: Vec<(Location, Site, &CallRecord)> =
        records.iter().map(|(site, record)| (places.locate(*site), *site, record)).collect();
    rows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut calls = Vec::new();
    let mut sites = Vec::new();
    for (location, site, record) in rows {
        sites.push(site);
        let id = format!("C{}", calls.len() + 1);
        calls.push(judge.call(id, location, record, beside.contains_key(&site)));
    }
    let mut checks: Vec<Check> = found
        .checks
        .iter()
        .map(|(site, what)| Check { location: places.locate(*site), what: what.to_string() })
        .collect();
    checks.sort_by(|a, b| (&a.location, &a.what).cmp(&(&b.location, &b.what)));
    let findings = judge.findings(&acquisitions, &calls);
    Judged { acquisitions, calls, checks, findings, keys, sites }
}

impl Judge<'_> {
    /// From the line that fixes the grant to the end of the request, within one file.
    fn extent(&self, key: AcqKey) -> Location {
        let mut location = self.places.locate(key.site);
        for site in self.records[&key].extents.iter().filter(|s| s.unit == key.site.unit) {
            let other = self.places.locate(*site);
            let start = (location.line, location.column).min((other.line, other.column));
            let end = (location.end_line, location.end_column).max((other.end_line, other.end_column));
            (location.line, location.column) = start;
            (location.end_line, location.end_column) = end;
        }
        location
    }

    /// The acquisitions whose refresh tokens or assertions others redeem that reach Partner Center.
    fn redeemed(&self, by: impl Fn(Flow) -> bool) -> BTreeSet<AcqKey> {
        let reaching = self.records.keys().filter(|key| self.reach(**key) == Reach::Yes);
        let mut todo: Vec<AcqKey> = reaching.copied().collect();
        let mut all = BTreeSet::new();
        while let Some(key) = todo.pop() {
            let record = self.records.get(&key).filter(|_| by(key.flow));
            let seeds = record.into_iter().flat_map(|r| r.seeds.iter().copied());
            todo.extend(seeds.filter(|seed| all.insert(*seed)));
        }
        all
    }

    fn reach(&self, key: AcqKey) -> Reach {
        let record = &self.records[&key];
        if self.reached.contains(&key) {
            return Reach::Yes;
        }
        if record.audiences.iter().any(|a| self.hosts.audience(a) == Some(false)) {
            return Reach::Yes;
        }
        // What it was asked for does not matter when what it obtains is redeemed for Partner Center.
        if self.refreshed.contains(&key) && record.session.is_none() {
            return Reach::Yes;
        }
        // Partner Center took such tokens of applications, through an exchange that the code may leave to others.
        let once_ours = record.audiences.iter().any(|a| self.hosts.audience(a) == Some(true));
        if once_ours && key.flow == Flow::ClientCredentials && !self.elsewhere.contains(&key) {
            return Reach::Unknown;
        }
        let named = record
            .audiences
            .iter()
            .any(|a| !a.starts_with('{') && a.len() > 3 && !crate::flow::is_scope_word(a));
        if record.session.is_some() && record.audiences.is_empty() && !record.audience_open {
            // A module's own sign-in: for Partner Center, whatever is done with it.
            return Reach::Unknown;
        }
        let named_none = record.audiences.iter().all(|a| a.starts_with('{'));
        if named && !record.audience_open {
            return Reach::No;
        }
        if named && record.audiences.iter().all(|a| !a.starts_with('{')) {
            return Reach::No;
        }
        if self.redeemed.contains(&key) {
            return Reach::Yes;
        }
        let unused = || {
            let of_unused = !record.asks.is_empty() && record.asks.iter().all(|f| self.uncalled.contains(f));
            of_unused || record.home.is_some_and(|home| self.uncalled.contains(&home))
        };
        if key.flow.verdict() == Verdict::Exempt && record.asks_parameter && named_none && unused() {
            // An app-only helper of an application that uses another one: enforcement does not concern it.
            return Reach::No;
        }
        Reach::Unknown
    }

    /// What the flow and where its tokens come from say.
    fn flow_verdict(&self, key: AcqKey, seen: &mut BTreeSet<AcqKey>) -> Verdict {
        let own = key.flow.verdict();
        if !seen.insert(key) {
            return own;
        }
        let Some(record) = self.records.get(&key) else { return own };
        match key.flow {
            Flow::RefreshToken | Flow::OnBehalfOf => {
                let blocked = record.seeds.iter().any(|s| self.flow_verdict(*s, seen) == Verdict::Blocked);
                if blocked { Verdict::Blocked } else { own }
            }
            Flow::Silent => {
                // What something outside the program put into the cache, the code does not show.
                let own = if record.outside { Verdict::Unresolved } else { own };
                // The cache holds what a sign-in put there: the session's, or what stands beside it.
                let siblings: Vec<AcqKey> = if record.seeds.is_empty() && !record.outside {
                    let beside = self.records.iter().filter(|(k, r)| {
                        k.flow != Flow::Silent && r.library == record.library && self.near(r, record)
                    });
                    beside.map(|(k, _)| *k).collect()
                } else {
                    record.seeds.iter().copied().collect()
                };
                let verdicts: BTreeSet<Verdict> =
                    siblings.iter().map(|s| self.flow_verdict(*s, seen)).collect();
                match verdicts.iter().collect::<Vec<_>>().as_slice() {
                    [only] if **only != Verdict::Unresolved => **only,
                    [Verdict::Blocked, Verdict::Exempt] => Verdict::Blocked,
                    _ => own,
                }
            }
            _ => own,
        }
    }

    /// In the same function, or else the same class or file.
    fn near(&self, a: &AcqRecord, b: &AcqRecord) -> bool {
        let (Some(a), Some(b)) = (a.home, b.home) else { return false };
        a == b || (a.unit == b.unit && self.program.function(a).owner == self.program.function(b).owner)
    }

    fn acquisition(&self, id: String, location: Location, key: AcqKey, reach: Reach) -> Acquisition {
        let record = &self.records[&key];
        let verdict = match reach {
            Reach::No => Verdict::None,
            _ => self.flow_verdict(key, &mut BTreeSet::new()),
        };
        let redeemed = reach == Reach::Yes && self.redeemed.contains(&key);
        let evidence = if self.reached.contains(&key) || redeemed {
            Evidence::Proven
        } else if reach == Reach::Yes {
            Evidence::Audience
        } else {
            Evidence::None
        };
        let model = match (key.flow.model(), verdict) {
            (Model::Unknown, Verdict::Blocked) => Model::AppUser,
            (_, Verdict::Exempt) => Model::AppOnly,
            (_, Verdict::Unresolved) if key.flow == Flow::Silent => Model::Unknown,
            (model, _) => model,
        };
        let reason = match (reach, evidence) {
            (Reach::No, _) => "asked for something else, and no Partner Center call carries it".to_owned(),
            (_, Evidence::Proven) if !self.reached.contains(&key) => {
                "what it obtains is redeemed for Partner Center".to_owned()
            }
            (_, Evidence::Proven) => "a Partner Center call carries its token".to_owned(),
            (_, Evidence::Audience) => "it is asked for Partner Center".to_owned(),
            _ => "the code does not show what the token is used for".to_owned(),
        };
        Acquisition {
            id,
            location,
            flow: key.flow,
            model,
            library: record.library.to_string(),
            symbol: record.symbol.to_string(),
            audience: record.audiences.iter().map(ToString::to_string).collect(),
            partner_center: reach,
            verdict,
            evidence,
            reason,
            app_only: None,
        }
    }

    fn call(&self, id: String, location: Location, record: &CallRecord, is_nearby: bool) -> CallSite {
        let mut verdict = Verdict::Exempt;
        let mut tokens: Vec<(&AcqKey, &Vec<(Trace, Site)>)> =
            record.tokens.iter().filter(|(k, _)| self.ids.contains_key(k)).collect();
        tokens.sort_by_key(|(k, _)| self.ids[k][1..].parse::<usize>().unwrap_or(0));
        for (key, _) in &tokens {
            verdict = verdict.min(self.flow_verdict(**key, &mut BTreeSet::new()));
        }
        let links: Vec<Link> = tokens
            .iter()
            .map(|(key, steps)| Link {
                acquisition: self.ids[key].clone(),
                steps: self.path(**key, steps, &location, record),
            })
            .collect();
        let (verdict, evidence, reason) = if tokens.is_empty() {
            (Verdict::Unresolved, Evidence::None, self.missing(record))
        } else {
            let flows: BTreeSet<&str> = tokens.iter().map(|(k, _)| k.flow.name()).collect();
            let flows: Vec<&str> = flows.into_iter().collect();
            let flows = flows.join(", ");
            if is_nearby {
                let reason = format!(
                    "nothing in the scanned code passes its client; all other calls of the type carry a token from {flows}"
                );
                (verdict, Evidence::Nearby, reason)
            } else {
                (verdict, Evidence::Proven, format!("carries a token from {flows}"))
            }
        };
        let endpoints: Vec<&str> = record.endpoints.iter().map(AsRef::as_ref).collect();
        CallSite {
            id,
            location,
            via: record.via.unwrap_or(Via::Rest),
            endpoint: endpoints.join(" | "),
            symbol: record.symbols.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" | "),
            operations: Vec::new(),
            app_only: Answer::Unknown,
            caveat: String::new(),
            tokens: links.iter().map(|l| l.acquisition.clone()).collect(),
            links,
            verdict,
            evidence,
            reason,
        }
    }

    /// What arrives in place of a token.
    fn missing(&self, record: &CallRecord) -> String {
        let mut parts: Vec<String> =
            record.missing.iter().filter_map(|unknown| in_place_of_token(self.program, unknown)).collect();
        parts.truncate(3);
        if parts.is_empty() {
            "the code does not show where its token comes from".to_owned()
        } else {
            format!("the code does not show where its token comes from; it is given {}", parts.join(", or "))
        }
    }

    /// The token's path as steps.
    fn path(&self, key: AcqKey, traces: &[(Trace, Site)], end: &Location, record: &CallRecord) -> Vec<Step> {
        let acquired = &self.records[&key];
        let mut steps = vec![Step {
            location: self.extent(key),
            message: format!("token acquired by `{}` ({})", acquired.symbol, key.flow.name()),
        }];
        let mut middle: Vec<Step> = Vec::new();
        for (trace, site) in traces {
            let name = |f: &crate::flow::FuncRef| {
                let function = self.program.function(*f);
                if function.name.is_empty() {
                    "a function".to_owned()
                } else {
                    format!("`{}`", function.name)
                }
            };
            let message = match trace {
                Trace::Returned(f) => format!("returned from {}", name(f)),
                Trace::Passed(f) => format!("passed to {}", name(f)),
                Trace::Stored => "stored".to_owned(),
            };
            let location = self.places.locate(*site);
            if location.path == steps[0].location.path && location.line == steps[0].location.line {
                continue;
            }
            if middle
                .last()
                .is_some_and(|s: &Step| s.location.line == location.line && s.location.path == location.path)
            {
                continue;
            }
            middle.push(Step { location, message });
        }
        if middle.len() > MAX_STEPS {
            let tail = middle.split_off(middle.len() - MAX_STEPS / 2);
            middle.truncate(MAX_STEPS / 2);
            middle.extend(tail);
        }
        steps.extend(middle);
        let endpoint: Vec<&str> = record.endpoints.iter().take(1).map(AsRef::as_ref).collect();
        steps.push(Step {
            location: end.clone(),
            message: format!("sent to Partner Center: {}", endpoint.join("")),
        });
        steps
    }

    fn findings(&self, acquisitions: &[Acquisition], calls: &[CallSite]) -> Vec<Finding> {
        let mut out = Vec::new();
        for acquisition in acquisitions {
            if acquisition.partner_center == Reach::No {
                continue;
            }
            let fed: Vec<&CallSite> = calls.iter().filter(|c| c.tokens.contains(&acquisition.id)).collect();
            let rule = match (acquisition.verdict, acquisition.flow) {
                (Verdict::Blocked, Flow::IntegratedWindows) => Some("integrated-windows-auth"),
                (Verdict::Blocked, Flow::Ropc) => Some("password-grant"),
                (Verdict::Capable, Flow::RefreshToken) if acquisition.partner_center == Reach::Yes => {
                    self.unseeded(acquisition).then_some("consent-needs-mfa")
                }
                _ => None,
            };
            if let Some(rule) = rule {
                out.extend(self.finding(rule, acquisition, &fed));
            }
            let mut retired = acquisition.clone();
            retired.audience.retain(|a| self.hosts.audience(a) == Some(true));
            // A helper that is asked for several resources gets each of them: the one that arrives counts.
            let asks_ours = acquisition.audience.iter().any(|a| self.hosts.audience(a) == Some(false));
            let arrives =
                self.ids.iter().any(|(key, id)| *id == acquisition.id && self.retired.contains(key));
            if !retired.audience.is_empty()
                && acquisition.evidence == Evidence::Proven
                && (!asks_ours || arrives)
            {
                out.extend(self.finding("retired-audience", &retired, &fed));
            }
        }
        for call in calls.iter().filter(|c| c.verdict == Verdict::Unresolved) {
            let Some(row) = self.rules.finding("unresolved-token") else { continue };
            out.push(Finding {
                rule: row.id.clone(),
                level: row.level,
                location: call.location.clone(),
                message: fill(&row.message, &[("calls", &call.endpoint), ("reason", &call.reason)]),
                fix: fix_for(row, self.language_at(&call.location.path)),
                evidence: call.evidence,
                acquisition: None,
                calls: vec![call.id.clone()],
                related: Vec::new(),
                flows: Vec::new(),
            });
        }
        out.sort_by(|a, b| (&a.location, &a.rule).cmp(&(&b.location, &b.rule)));
        out
    }

    /// The refresh token's origin is not in the code.
    fn unseeded(&self, acquisition: &Acquisition) -> bool {
        self.ids
            .iter()
            .find(|(_, id)| **id == acquisition.id)
            .is_some_and(|(key, _)| self.records[key].seeds.is_empty())
    }

    fn language_at(&self, path: &str) -> &str {
        self.program.language_of(path).unwrap_or("*")
    }

    fn finding(&self, rule: &str, acquisition: &Acquisition, fed: &[&CallSite]) -> Option<Finding> {
        let row = self.rules.finding(rule)?;
        let calls = match fed.len() {
            0 => "no call site that the code shows".to_owned(),
            1 => "1 call site".to_owned(),
            n => format!("{n} call sites"),
        };
        let audience = if acquisition.audience.is_empty() {
            "not shown".to_owned()
        } else {
            acquisition.audience.join(", ")
        };
        let values = [
            ("flow", acquisition.flow.name().to_owned()),
            ("library", acquisition.library.clone()),
            ("symbol", acquisition.symbol.clone()),
            ("calls", calls),
            ("audience", audience),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        // The same place may hold the same finding for several contexts: related places stay few.
        let related = fed
            .iter()
            .take(10)
            .map(|c| Step { location: c.location.clone(), message: format!("{} ({})", c.endpoint, c.id) })
            .collect();
        let flows = fed
            .iter()
            .take(MAX_FLOWS)
            .filter_map(|c| c.links.iter().find(|l| l.acquisition == acquisition.id).map(|l| l.steps.clone()))
            .collect();
        Some(Finding {
            rule: row.id.clone(),
            level: row.level,
            location: acquisition.location.clone(),
            message: fill(&row.message, &values),
            fix: fix_for(row, self.language_at(&acquisition.location.path)),
            evidence: acquisition.evidence,
            acquisition: Some(acquisition.id.clone()),
            calls: fed.iter().map(|c| c.id.clone()).collect(),
            related,
            flows,
        })
    }
}

/// What arrives in place of a token, in words; `None` where that says nothing.
pub(crate) fn in_place_of_token(program: &Program, unknown: &Unknown) -> Option<String> {
    match unknown {
        Unknown::Parameter(name, func) => {
            let function = &program.function(*func).name;
            let place = if function.is_empty() { "the file".to_owned() } else { format!("`{function}`") };
            Some(format!("the parameter `{name}` of {place}, which nothing in the scanned code passes"))
        }
        Unknown::Env(name) => Some(format!("the environment variable `{name}`")),
        Unknown::Config(name) => Some(format!("the configuration value `{name}`")),
        Unknown::Unassigned(name) if name.starts_with("session of") => {
            Some(format!("a {name}, which nothing in the scanned code opens"))
        }
        Unknown::Unassigned(name) => Some(format!("`{name}`, which nothing in the scanned code assigns")),
        Unknown::External(name) => Some(format!("the result of `{name}`")),
        Unknown::Created | Unknown::Response => None,
    }
}

pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = template.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

pub(crate) fn fix_for(row: &FindingRow, language: &str) -> String {
    row.fix.get(language).or_else(|| row.fix.get("*")).cloned().unwrap_or_default()
}
