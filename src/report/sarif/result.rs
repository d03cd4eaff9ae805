//! The results of the log.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::json;
use serde_sarif::sarif::{
    CodeFlow, Location, Message, PhysicalLocation, PropertyBag, Region, Result as SarifResult, ResultLevel,
    Suppression, SupressionKind, ThreadFlow, ThreadFlowLocation, ThreadFlowLocationImportance,
};

use super::{artifact, escape, rules::Rules};
use crate::report::{Context, Finding, Level, Location as Place, Report, Step, SuppressedBy, fingerprint};

/// More results make GitHub refuse the file.
const MAX_RESULTS: usize = 25_000;

/// GitHub shows no more places of one result.
const MAX_RELATED: usize = 100;

/// GitHub shows no more steps of one result.
const MAX_STEPS: usize = 1_000;

/// How many call sites the message of a result links to.
const MAX_LINKS: usize = 5;

/// How many bytes of results are written. GitHub refuses files that are larger than 10 MB when they are compressed
/// with gzip, which makes an eighth of such a log.
const MAX_BYTES: usize = 60_000_000;

/// How much is written at most.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) results: usize,
    pub(super) bytes: usize,
}

impl Limits {
    /// What GitHub takes.
    pub(super) const GITHUB: Self = Self { results: MAX_RESULTS, bytes: MAX_BYTES };
}

/// What was cut off.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// So many results are left out.
    pub(super) results: usize,
    /// So many results have no code flows for want of room.
    pub(super) flows: usize,
    /// So many results have fewer places than the finding.
    pub(super) places: usize,
}

/// Results for all findings, in the order of the findings, and what was cut off. Where there are too many, the least
/// severe ones go: by level, then by the security severity of their rule, then by its precision, then those whose
/// paths come last. Before results go for want of room, so do their code flows.
pub(super) fn all(
    report: &Report,
    context: &Context<'_>,
    rules: &Rules,
    limits: Limits,
) -> (Vec<SarifResult>, Cut) {
    let findings = merged(&report.findings);
    let weights: Vec<Weight> = findings.iter().map(|finding| Weight::of(finding, context)).collect();
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by(|a, b| weights[*b].cmp(&weights[*a]).then(a.cmp(b)));
    let mut cut = Cut { results: order.len().saturating_sub(limits.results), ..Cut::default() };
    order.truncate(limits.results);
    let mut kept = vec![false; findings.len()];
    for index in &order {
        kept[*index] = true;
    }
    let mut builder =
        Builder { report, context, rules, hashes: BTreeMap::new(), seen: BTreeMap::new(), short: 0 };
    let mut results: Vec<Option<SarifResult>> =
        findings.iter().zip(kept).map(|(finding, kept)| kept.then(|| builder.result(finding))).collect();
    let mut left = limits.bytes;
    for index in order {
        let Some(result) = &mut results[index] else { continue };
        let mut needed = size(result);
        let without_flows = needed > left && result.code_flows.take().is_some();
        if without_flows {
            needed = size(result);
        }
        if needed <= left {
            left -= needed;
            cut.flows += usize::from(without_flows);
        } else {
            // Nothing less severe than what has no room is written.
            left = 0;
            cut.results += 1;
            results[index] = None;
        }
    }
    let mut results: Vec<SarifResult> = results.into_iter().flatten().collect();
    if context.suppressed {
        let room = limits.results - results.len();
        results.extend(report.suppressed.iter().take(room).map(|one| {
            let kind = match one.by {
                SuppressedBy::Comment => SupressionKind::InSource,
                SuppressedBy::Baseline => SupressionKind::External,
            };
            let suppression =
                Suppression::builder().kind(kind.to_string()).justification(one.reason.as_str()).build();
            SarifResult { suppressions: Some(vec![suppression]), ..builder.result(&one.finding) }
        }));
        cut.results += report.suppressed.len().saturating_sub(room);
        // A log with suppressions says of every result whether it is suppressed.
        for result in results.iter_mut().filter(|result| result.suppressions.is_none()) {
            result.suppressions = Some(Vec::new());
        }
    }
    cut.places = builder.short;
    (results, cut)
}

/// The SARIF `precision` of rules, from the worst on.
const PRECISIONS: [&str; 4] = ["low", "medium", "high", "very-high"];

/// How much a finding weighs against others.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    level: Level,
    /// The bits of a positive number are in its order.
    severity: u32,
    precision: Option<usize>,
}

impl Weight {
    fn of(finding: &Finding, context: &Context<'_>) -> Self {
        let row = context.finding(&finding.rule);
        let severity = row.and_then(|row| row.severity_at(finding.level)).unwrap_or_default();
        let precision = row.and_then(|row| row.precision.as_deref());
        let precision = PRECISIONS.iter().position(|known| Some(*known) == precision);
        Self { level: finding.level, severity: severity.max(0.0).to_bits(), precision }
    }
}

/// How many bytes a result takes.
fn size(result: &SarifResult) -> usize {
    serde_json::to_vec(result).map_or(usize::MAX, |text| text.len())
}

/// GitHub tells results of one rule apart by their line alone: those on the same line become one.
fn merged(findings: &[Finding]) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut index: BTreeMap<(&str, &str, u32), usize> = BTreeMap::new();
    for finding in findings {
        let key = (finding.rule.as_str(), &*finding.location.path, finding.location.line);
        if let Some(first) = index.get(&key).and_then(|at| all.get_mut(*at)) {
            if !first.message.contains(&finding.message) {
                first.message = format!("{}\n{}", first.message, finding.message);
            }
            let calls = finding.calls.iter().filter(|id| !first.calls.contains(id)).cloned();
            let calls: Vec<String> = calls.collect();
            first.calls.extend(calls);
            first.related.extend(finding.related.iter().cloned());
            first.flows.extend(finding.flows.iter().cloned());
            first.level = first.level.max(finding.level);
        } else {
            index.insert(key, all.len());
            all.push(finding.clone());
        }
    }
    all
}

struct Builder<'a, 'c> {
    report: &'a Report,
    context: &'a Context<'c>,
    rules: &'a Rules,
    /// The line hashes of the files so far.
    hashes: BTreeMap<Arc<str>, Vec<String>>,
    /// How often each of our own fingerprints occurred.
    seen: BTreeMap<String, usize>,
    /// How many results have fewer places than their finding.
    short: usize,
}

impl Builder<'_, '_> {
    fn result(&mut self, finding: &Finding) -> SarifResult {
        let (related, calls, all_related) = self.related(finding);
        let (flows, all_steps) = code_flows(&finding.flows);
        self.short += usize::from(!all_related || !all_steps);
        let (rule, rule_index) = self.rules.of(&finding.rule, finding.level);
        let level = match finding.level {
            Level::Error => ResultLevel::Error,
            Level::Warning => ResultLevel::Warning,
            Level::Note => ResultLevel::Note,
        };
        let evidence = json!(finding.evidence.name());
        let built = SarifResult::builder()
            .rule_id(rule)
            .level(level)
            .message(Message::from(message(finding, &related[..calls]).as_str()))
            .locations(vec![
                // An alert shows in a pull request only when all of its lines are in the diff.
                Location::builder()
                    .physical_location(physical(&self.context.first_line(&finding.location)))
                    .build(),
            ])
            .partial_fingerprints(self.fingerprints(finding))
            .properties(
                PropertyBag::builder()
                    .additional_properties(
                        [("evidence".to_owned(), evidence)].into_iter().collect::<BTreeMap<_, _>>(),
                    )
                    .build(),
            )
            .build();
        let related: Vec<Location> = related
            .into_iter()
            .zip(1_i64..)
            .map(|(step, id)| {
                Location::builder()
                    .id(id)
                    .message(Message::from(escape(&step.message).as_str()))
                    .physical_location(physical(&step.location))
                    .build()
            })
            .collect();
        SarifResult {
            rule_index,
            related_locations: (!related.is_empty()).then_some(related),
            code_flows: (!flows.is_empty()).then_some(flows),
            ..built
        }
    }

    /// The call sites first, so that the message can link to them, and how many they are; then the other
    /// places; and whether these are all. A call site that is the place of the result itself needs no link.
    fn related(&self, finding: &Finding) -> (Vec<Step>, usize, bool) {
        let mut places: Vec<Step> = self
            .report
            .calls
            .iter()
            .filter(|call| finding.calls.contains(&call.id) && call.location != finding.location)
            .map(|call| Step { location: call.location.clone(), message: call.endpoint.clone() })
            .collect();
        let calls = places.len().min(MAX_RELATED);
        for step in &finding.related {
            if !places.iter().any(|place| place.location == step.location) {
                places.push(step.clone());
            }
        }
        let is_all = places.len() <= MAX_RELATED;
        places.truncate(MAX_RELATED);
        (places, calls, is_all)
    }

    fn fingerprints(&mut self, finding: &Finding) -> BTreeMap<String, String> {
        let place = &finding.location;
        let index = place.line.saturating_sub(1) as usize;
        let own = fingerprint::of_finding(finding, "", self.context.sources);
        let count = self.seen.entry(own.clone()).or_default();
        *count += 1;
        let mut all = BTreeMap::from([("pcmfa/v1".to_owned(), format!("{own}:{count}"))]);
        if let Some(source) = self.context.sources.get(&place.path) {
            let hashes = self
                .hashes
                .entry(place.path.clone())
                .or_insert_with(|| fingerprint::line_hashes(source.bytes()));
            if let Some(hash) = hashes.get(index) {
                all.insert("primaryLocationLineHash".to_owned(), hash.clone());
            }
        }
        all
    }
}

/// What is wrong, the call sites it breaks with links to them, and the way out.
fn message(finding: &Finding, calls: &[Step]) -> String {
    let mut text = escape(&finding.message);
    if !calls.is_empty() {
        let links: Vec<String> = calls
            .iter()
            .take(MAX_LINKS)
            .zip(1..)
            .map(|(step, id)| format!("[{}]({id})", escape(&step.message)))
            .collect();
        let more = calls.len().saturating_sub(MAX_LINKS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = write!(text, "\nCalls: {}{more}.", links.join(", "));
    }
    if !finding.fix.is_empty() {
        let _ = write!(text, "\n{}", escape(&finding.fix));
    }
    text
}

/// The code flows, and whether they hold all steps.
fn code_flows(flows: &[Vec<Step>]) -> (Vec<CodeFlow>, bool) {
    let steps: usize = flows.iter().map(Vec::len).sum();
    let mut left = MAX_STEPS;
    let mut all = Vec::new();
    for flow in flows.iter().filter(|flow| !flow.is_empty()) {
        if left < 2 {
            break;
        }
        // Both ends matter most.
        let tail = usize::from(flow.len() > left);
        let head = flow.len().min(left) - tail;
        let kept = flow[..head].iter().chain(flow.last().filter(|_| tail > 0));
        left -= head + tail;
        let last = head + tail - 1;
        let locations: Vec<ThreadFlowLocation> = kept
            .enumerate()
            .map(|(index, step)| {
                let importance = if index == 0 || index == last {
                    ThreadFlowLocationImportance::Essential
                } else {
                    ThreadFlowLocationImportance::Important
                };
                let location = Location::builder()
                    .message(Message::from(escape(&step.message).as_str()))
                    .physical_location(physical(&step.location))
                    .build();
                ThreadFlowLocation::builder().location(location).importance(importance.to_string()).build()
            })
            .collect();
        all.push(
            CodeFlow::builder()
                .thread_flows(vec![ThreadFlow::builder().locations(locations).build()])
                .build(),
        );
    }
    (all, steps <= MAX_STEPS)
}

fn physical(place: &Place) -> PhysicalLocation {
    // Numbers below 1 are not valid and would cost the whole log.
    let region = Region::builder()
        .start_line(place.line.max(1))
        .start_column(place.column.max(1))
        .end_line(place.end_line.max(1))
        .end_column(place.end_column.max(1))
        .build();
    PhysicalLocation::builder().artifact_location(artifact(&place.path)).region(region).build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{Cut, Limits, all, size};
    use crate::report::sarif::rules::Rules;
    use crate::report::{Context, Evidence, Finding, Level, Location, Report, Step};

    fn finding(level: Level, line: u32) -> Finding {
        let location = Location { path: "a.cs".into(), line, column: 1, end_line: line, end_column: 2 };
        Finding {
            rule: "r".to_owned(),
            level,
            location: location.clone(),
            message: "m".to_owned(),
            fix: String::new(),
            evidence: Evidence::None,
            acquisition: None,
            calls: Vec::new(),
            related: Vec::new(),
            flows: vec![vec![Step { location, message: "way ".repeat(50) }]],
        }
    }

    /// GitHub refuses larger files: code flows go first, then results, the least severe ones before others.
    #[test]
    fn what_has_no_room_goes_in_order() {
        let report = Report {
            findings: vec![
                finding(Level::Note, 1),
                finding(Level::Error, 2),
                finding(Level::Warning, 3),
                finding(Level::Note, 4),
            ],
            ..Report::default()
        };
        let sources = BTreeMap::new();
        let context = Context {
            sources: &sources,
            findings: &[],
            root: Path::new(""),
            version: "",
            color: false,
            hyperlinks: false,
            quiet: false,
            suppressed: false,
            category: "",
            now: 0,
        };
        let rules = Rules::new(&report, &context);
        let within = |bytes: usize| {
            let (results, cut) = all(&report, &context, &rules, Limits { results: 10, bytes });
            let lines: Vec<(i64, bool)> = results
                .iter()
                .map(|result| {
                    let place = result.locations.as_ref().and_then(|all| all[0].physical_location.as_ref());
                    let line = place.and_then(|place| place.region.as_ref()?.start_line).expect("a line");
                    (line, result.code_flows.is_some())
                })
                .collect();
            let total: usize = results.iter().map(size).sum();
            assert!(total <= bytes, "{total} of {bytes}");
            (lines, cut)
        };
        let full = size(&all(&report, &context, &rules, Limits { results: 10, bytes: usize::MAX }).0[0]);
        assert_eq!(within(5 * full).1, Cut::default());
        let (lines, cut) = within(3 * full + full / 2 + 20);
        assert_eq!(lines, [(1, true), (2, true), (3, true), (4, false)]);
        assert_eq!(cut, Cut { flows: 1, ..Cut::default() });
        let (lines, cut) = within(2 * full + full / 2 + 20);
        assert_eq!(lines, [(1, false), (2, true), (3, true)]);
        assert_eq!(cut, Cut { results: 1, flows: 1, places: 0 });
        assert_eq!(within(full + 1).0, [(2, true)]);
        assert_eq!(within(10), (vec![], Cut { results: 4, ..Cut::default() }));
    }
}
