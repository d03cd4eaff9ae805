//! Why acquisitions and call sites are what they are.

use crate::flow::{AcqKey, Callee, Site};
use crate::report::{Acquisition, CallSite, Evidence, Flow, Reach, Via};
use crate::verdict::in_place_of_token;

use super::{AcquisitionWhy, CallWhy, Known, Reached, Reason, TokenWhy};

pub(super) fn acquisition(known: &Known<'_>, acquisition: &Acquisition, key: AcqKey) -> AcquisitionWhy {
    let mut shown = acquisition.clone();
    known.id(key).unwrap_or_default().clone_into(&mut shown.id);
    let mut facts = flow_facts(known, acquisition, key);
    facts.extend(audience_facts(known, acquisition, key));
    facts.push(match (acquisition.partner_center, acquisition.evidence) {
        (Reach::Yes, Evidence::Proven) => {
            Reason::new("its token reaches a call of Partner Center: proven", None)
        }
        (Reach::Yes, _) => {
            Reason::new("it is asked for Partner Center: that is the evidence; no call was linked", None)
        }
        (Reach::No, _) => Reason::new("it has nothing to do with Partner Center, so it has no verdict", None),
        (Reach::Unknown, _) => Reason::new("whether it is for Partner Center, the code does not show", None),
    });
    let reaches = known
        .judged
        .calls
        .iter()
        .flat_map(|call| call.links.iter().map(move |link| (call, link)))
        .filter(|(_, link)| link.acquisition == shown.id)
        .map(|(call, link)| Reached {
            call: call.id.clone(),
            endpoint: call.endpoint.clone(),
            steps: link.steps.clone(),
        })
        .collect();
    let dropped_at = known
        .judged
        .calls
        .iter()
        .zip(&known.judged.sites)
        .filter(|(_, site)| {
            known.analysis.found.calls.get(site).is_some_and(|record| record.dropped.contains(&key))
        })
        .map(|(call, _)| {
            let text = format!(
                "{} {}: the token is asked for something else, so it does not count",
                call.id, call.endpoint
            );
            Reason::new(text, Some(call.location.clone()))
        })
        .collect();
    AcquisitionWhy { acquisition: shown, facts, reaches, dropped_at }
}

/// How the flow is known, and what it means.
fn flow_facts(known: &Known<'_>, acquisition: &Acquisition, key: AcqKey) -> Vec<Reason> {
    let mut facts = Vec::new();
    let flow = acquisition.flow.name();
    let place = known.places.locate(key.site);
    let called = known.seen.calls.get(&key.site).into_iter().flatten();
    let row = called.into_iter().find_map(|called| match &called.what {
        Callee::Library { rows, .. } => rows.iter().find(|row| row.1 == "acquire" && row.3.is_none()),
        _ => None,
    });
    let text = match row {
        Some((file, _, index, _)) => {
            let path = known.rules.path(*file);
            if known.rules.file(*file).acquire[*index].flow.is_some() {
                format!("flow `{flow}`: `{}` of {} is that ({path})", acquisition.symbol, acquisition.library)
            } else {
                format!("flow `{flow}`: by the credential that `{}` is given ({path})", acquisition.symbol)
            }
        }
        None if acquisition.library.starts_with("raw HTTP") && acquisition.flow == Flow::Unknown => {
            "flow `unknown`: a request to a token endpoint, and the code does not show its grant_type"
                .to_owned()
        }
        None if acquisition.library.starts_with("raw HTTP") => {
            format!("flow `{flow}`: by the grant_type of the request, which stands here")
        }
        None => format!("flow `{flow}`: by `{}` of {}", acquisition.symbol, acquisition.library),
    };
    facts.push(Reason::new(text, Some(place)));
    let means = match acquisition.flow {
        Flow::Ropc => "a user name and a password: nobody can be asked for a second factor",
        Flow::IntegratedWindows => "the Windows sign-in of a user: the token holds no claim of MFA",
        Flow::ClientCredentials | Flow::ManagedIdentity => {
            "the application itself signs in: MFA does not apply"
        }
        Flow::AuthorizationCode | Flow::Interactive | Flow::DeviceCode => {
            "a user signs in with a browser, which can ask for a second factor"
        }
        Flow::RefreshToken => "a refresh token carries the claims of the sign-in that it comes from",
        Flow::OnBehalfOf => "the token of another sign-in is exchanged, and its claims go with it",
        Flow::Silent => "the cache holds what an earlier sign-in put there",
        Flow::StaticToken => "the token is given, and the code does not show by which sign-in it was made",
        Flow::Unknown => "without the flow nothing can be said",
    };
    facts.push(Reason::new(format!("that is {}: {means}", acquisition.flow.verdict().name()), None));
    if let Some(record) = known.analysis.found.acquisitions.get(&key) {
        for seed in &record.seeds {
            let id = known.id(*seed).map(|id| format!(" {id}")).unwrap_or_default();
            let text = format!("it redeems what a sign-in{id} by `{}` obtained", seed.flow.name());
            facts.push(Reason::new(text, Some(known.places.locate(seed.site))));
        }
        if record.seeds.is_empty() && matches!(acquisition.flow, Flow::RefreshToken | Flow::OnBehalfOf) {
            facts.push(Reason::new(
                "where the token that it redeems comes from, the code does not show",
                None,
            ));
        }
        if acquisition.verdict != acquisition.flow.verdict() && acquisition.partner_center != Reach::No {
            let beside =
                if record.seeds.is_empty() { "the sign-in beside it" } else { "the sign-in it goes back to" };
            facts.push(Reason::new(format!("{beside} makes it {}", acquisition.verdict.name()), None));
        }
    }
    facts
}

/// What is asked for, and where that was read.
fn audience_facts(known: &Known<'_>, acquisition: &Acquisition, key: AcqKey) -> Vec<Reason> {
    let mut facts = Vec::new();
    let hosts = crate::flow::Hosts::new(known.rules.endpoints());
    for audience in &acquisition.audience {
        let what = match hosts.audience(audience) {
            Some(false) => "Partner Center",
            Some(true) => "the retired Azure AD Graph audience",
            None if crate::flow::is_scope_word(audience) => "a scope that names no resource",
            None if audience.starts_with('{') => "not known from the code",
            None => "not Partner Center",
        };
        let text = format!("asked for `{audience}`: {what}");
        let places = known.seen.audiences.get(audience.as_str());
        let mut is_shown = false;
        for place in places.into_iter().flatten() {
            is_shown = true;
            match place {
                Some(site) => facts.push(Reason::new(text.clone(), Some(known.places.locate(*site)))),
                None => facts.push(Reason::new(format!("{text}, from settings or put together"), None)),
            }
        }
        if !is_shown {
            facts.push(Reason::new(text, None));
        }
    }
    let open = known.analysis.found.acquisitions.get(&key).is_some_and(|record| record.audience_open);
    if open {
        facts.push(Reason::new("what else it is asked for, the code does not show", None));
    }
    facts
}

pub(super) fn call(known: &Known<'_>, call: &CallSite, site: Site) -> CallWhy {
    let record = known.analysis.found.calls.get(&site);
    let mut facts = Vec::new();
    let via = match call.via {
        Via::Rest => "a request",
        Via::Sdk => "an operation of an SDK",
        Via::Cmdlet => "a command",
    };
    facts.push(Reason::new(format!("{via} of Partner Center: {}", call.endpoint), None));
    if record.is_some_and(|record| record.by_audience) {
        facts.push(Reason::new(
            "the host is not known from the code: the path is one of Partner Center's, and the token is asked for it",
            None,
        ));
    }
    let find = |id: &str| known.judged.acquisitions.iter().position(|acquisition| acquisition.id == id);
    let arriving = call
        .links
        .iter()
        .filter_map(|link| {
            let at = find(&link.acquisition)?;
            let (acquisition, key) = (&known.judged.acquisitions[at], known.judged.keys[at]);
            let mut facts = flow_facts(known, acquisition, key);
            facts.extend(audience_facts(known, acquisition, key));
            Some(TokenWhy {
                acquisition: link.acquisition.clone(),
                flow: acquisition.flow,
                model: acquisition.model,
                verdict: acquisition.verdict,
                facts,
                steps: link.steps.clone(),
            })
        })
        .collect();
    if call.links.len() > 1 {
        facts.push(Reason::new("several tokens may arrive: the worst of their verdicts counts", None));
    }
    let about = |key: &AcqKey, why: &str| {
        let id = known.id(*key).map(|id| format!("{id} ")).unwrap_or_default();
        let record = known.analysis.found.acquisitions.get(key);
        let audiences =
            record.map(|r| r.audiences.iter().map(|a| format!("`{a}`")).collect::<Vec<_>>().join(", "));
        let audiences = audiences.filter(|all| !all.is_empty());
        let asked = audiences.map(|all| format!(", asked for {all}")).unwrap_or_default();
        let text = format!("{id}`{}`{asked}: {why}", key.flow.name());
        Reason::new(text, Some(known.places.locate(key.site)))
    };
    let dropped: Vec<Reason> = record
        .into_iter()
        .flat_map(|record| &record.dropped)
        .map(|key| about(key, "arrives, but is for something else and so does not count"))
        .collect();
    let missing: Vec<Reason> = record
        .filter(|record| record.tokens.is_empty())
        .into_iter()
        .flat_map(|record| &record.missing)
        .filter_map(|unknown| {
            let text = in_place_of_token(known.program, unknown)?;
            let place = match unknown {
                crate::flow::Unknown::Parameter(_, func) => {
                    let span = known.program.function(*func).span;
                    Some(known.places.locate(Site { unit: func.unit, span }))
                }
                _ => None,
            };
            Some(Reason::new(text, place))
        })
        .collect();
    let elsewhere = known
        .analysis
        .found
        .acquisitions
        .keys()
        .filter(|key| known.program.path(key.site.unit) == known.program.path(site.unit))
        .filter(|key| record.is_some_and(|r| !r.tokens.contains_key(key) && !r.dropped.contains(key)))
        .map(|key| about(key, "in the same file, and no path of values leads from it to here"))
        .collect();
    CallWhy { call: call.clone(), facts, arriving, dropped, missing, elsewhere }
}
