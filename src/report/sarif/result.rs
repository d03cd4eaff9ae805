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

/// GitHub shows no more places of one result.
const MAX_RELATED: usize = 100;

/// GitHub shows no more steps of one result.
const MAX_STEPS: usize = 1_000;

/// How many call sites the message of a result links to.
const MAX_LINKS: usize = 5;

/// Results for all findings, at most `limit`; and how many were left out, the least severe first.
pub(super) fn all(
    report: &Report,
    context: &Context<'_>,
    rules: &Rules,
    limit: usize,
) -> (Vec<SarifResult>, usize) {
    let findings = merged(&report.findings);
    let cut = findings.len().saturating_sub(limit);
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(findings[*index].level));
    order.truncate(limit);
    order.sort_unstable();
    let mut builder = Builder { report, context, rules, hashes: BTreeMap::new(), seen: BTreeMap::new() };
    let mut results: Vec<SarifResult> =
        order.into_iter().map(|index| builder.result(&findings[index])).collect();
    if context.suppressed {
        let room = limit - results.len();
        results.extend(report.suppressed.iter().take(room).map(|one| {
            let kind = match one.by {
                SuppressedBy::Comment => SupressionKind::InSource,
                SuppressedBy::Baseline => SupressionKind::External,
            };
            let suppression =
                Suppression::builder().kind(kind.to_string()).justification(one.reason.as_str()).build();
            SarifResult { suppressions: Some(vec![suppression]), ..builder.result(&one.finding) }
        }));
        // A log with suppressions says of every result whether it is suppressed.
        for result in results.iter_mut().filter(|result| result.suppressions.is_none()) {
            result.suppressions = Some(Vec::new());
        }
    }
    (results, cut)
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
}

impl Builder<'_, '_> {
    fn result(&mut self, finding: &Finding) -> SarifResult {
        let (related, calls) = self.related(finding);
        let level = match finding.level {
            Level::Error => ResultLevel::Error,
            Level::Warning => ResultLevel::Warning,
            Level::Note => ResultLevel::Note,
        };
        let evidence = json!(finding.evidence.name());
        let built = SarifResult::builder()
            .rule_id(finding.rule.as_str())
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
        let flows = code_flows(&finding.flows);
        SarifResult {
            rule_index: self.rules.index(&finding.rule),
            related_locations: (!related.is_empty()).then_some(related),
            code_flows: (!flows.is_empty()).then_some(flows),
            ..built
        }
    }

    /// The call sites first, so that the message can link to them, and how many they are; then the other
    /// places. A call site that is the place of the result itself needs no link.
    fn related(&self, finding: &Finding) -> (Vec<Step>, usize) {
        let mut places: Vec<Step> = self
            .report
            .calls
            .iter()
            .filter(|call| finding.calls.contains(&call.id) && call.location != finding.location)
            .map(|call| Step { location: call.location.clone(), message: call.endpoint.clone() })
            .take(MAX_RELATED)
            .collect();
        let calls = places.len();
        for step in &finding.related {
            if !places.iter().any(|place| place.location == step.location) {
                places.push(step.clone());
            }
        }
        places.truncate(MAX_RELATED);
        (places, calls)
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

fn code_flows(flows: &[Vec<Step>]) -> Vec<CodeFlow> {
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
    all
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
