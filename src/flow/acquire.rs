//! Calls that obtain a token: with which flow, for which audience, redeeming what.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ir::Sym;
use crate::models::{Args, Row};
use crate::report::{Flow, Via};

use super::events::{AcqRecord, CallRecord, Trace, add_texts, given_texts};
use super::library::{LibraryCall, decode};
use super::machine::Machine;
use super::store::{ANY, SESSION};
use super::value::{AcqKey, Fact, FuncRef, Obj, Part, Site, Token, Unknown, Value};

/// How many resources and scopes of one acquisition are kept.
const MAX_AUDIENCES: usize = 12;

impl Machine<'_> {
    pub(crate) fn apply_acquire(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Option<Value> {
        let rules = self.rules;
        let file = rules.file(row.file);
        let acquire = &file.acquire[index];
        if acquire.not {
            if let Some(session) = &acquire.session {
                // No acquisition, but a sign-in with what the arguments carry.
                let given = call.args.values().fold(Value::default(), |all, v| all.join(v));
                let tokens = self.reach(&given).tokens.into_iter().map(Fact::Token).collect();
                self.store.write(SESSION, session, Value::from_facts(tokens));
            }
            return Some(self.external_call(call.receiver, call.name, call.args, call.span));
        }
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if let Some(receiver) = call.receiver {
            given = given.join(receiver);
        }
        let symbol: Sym = call.name.into();
        if acquire.flow == Some(Flow::StaticToken) {
            // The code brings the token: a sign-in that passes it on.
            let reached = self.reach(&given);
            let tokens: Vec<Fact> = reached.tokens.into_iter().map(Fact::Token).collect();
            if tokens.is_empty() && acquire.session.is_none() {
                return Some(self.given_token(row, index, call));
            }
            let passed = Value::from_facts(tokens).join(&given.filter(|f| matches!(f, Fact::Object(_))));
            if let Some(session) = &acquire.session {
                self.store.write(SESSION, session, passed.clone());
                let record = CallRecord {
                    via: Some(Via::Cmdlet),
                    endpoints: [symbol.clone()].into(),
                    symbols: [symbol].into(),
                    library: file.library.as_str().into(),
                    ..CallRecord::default()
                };
                self.record_call(record, &given, call.span);
            }
            return Some(passed);
        }
        let reached = self.reach(&given);
        let registration = match &acquire.registered {
            Some(registered) => Some(self.registration(registered, call)?),
            None => None,
        };
        let flows: Vec<(Flow, Option<Site>)> = match (acquire.flow, &registration) {
            (_, Some(registration)) => registration.flows.iter().map(|flow| (*flow, None)).collect(),
            (Some(flow), None) => vec![(flow, None)],
            (None, None) => {
                // What is given may stand for a sign-in that has been described already.
                let arguments = call.args.values().fold(Value::default(), |all, v| all.join(v));
                let described = self.reach(&arguments);
                if described.credentials.is_empty() && !described.tokens.is_empty() {
                    return Some(self.external_call(call.receiver, call.name, call.args, call.span));
                }
                // What a credential is decides, not what it was made with (the record of another sign-in, say), but
                // for those that try others in turn.
                let own = given.facts().iter().filter_map(|fact| match fact {
                    Fact::Credential(key) => Some(*key),
                    _ => None,
                });
                let mut credentials: BTreeSet<AcqKey> = own.collect();
                if credentials.is_empty() || credentials.iter().any(|c| c.flow == Flow::Unknown) {
                    credentials.clone_from(&reached.credentials);
                }
                let known: Vec<(Flow, Option<Site>)> =
                    credentials.iter().map(|c| (c.flow, Some(c.site))).collect();
                if known.is_empty() { vec![(Flow::Unknown, None)] } else { known }
            }
        };
        let asked = match registration {
            Some(registration) => registration.scopes,
            None => self.select(&acquire.audience, call),
        };
        let (asks_parameter, asks) = asked.as_ref().map(Self::asked_parameters).unwrap_or_default();
        let (mut audience, mut open) =
            self.audience_of(asked, !acquire.audience.is_empty() || acquire.registered.is_some());
        if acquire.partner_center {
            audience.retain(|a| self.hosts.audience(a).is_some());
            open |= audience.is_empty();
        }
        let mut facts = Vec::new();
        for (flow, _) in flows {
            let key = AcqKey { site: self.site(call.span), flow };
            let mut seeds = seeds_of(flow, &reached.tokens, key);
            if let Some(from) = &acquire.from_session {
                let known = self.session(from);
                seeds.extend(self.reach(&known).tokens.into_iter().map(|t| t.acquisition));
            }
            let record = AcqRecord {
                library: file.library.as_str().into(),
                symbol: symbol.clone(),
                home: Some(self.frame().home),
                extents: [self.site(call.span)].into(),
                audiences: audience.iter().cloned().collect(),
                audience_open: open,
                seeds,
                session: acquire.session.as_deref().map(Into::into),
                outside: acquire.outside
                    || flow == Flow::Silent && (acquire.flow.is_none() || acquire.from_session.is_some()),
                asks_parameter,
                asks: asks.clone(),
                texts: given_texts(&reached.texts),
                ..AcqRecord::default()
            };
            facts.push(self.record_acquisition(key, record, &audience));
        }
        let token = Value::from_facts(facts);
        self.trace(&token, Trace::Stored, call.span);
        if let Some(session) = &acquire.session {
            self.store.write(SESSION, session, token.clone());
        }
        if acquire.keep
            && let Some(receiver) = call.receiver
        {
            self.add(&receiver.clone(), &token);
        }
        let out = token;
        // What the call gives back besides the token: an object to hang members on.
        let key = self.identity(call.span);
        Some(out.join(&Value::one(Fact::Object(Obj {
            key,
            ty: None,
            class: None,
            unknown: Unknown::Created,
        }))))
    }

    /// A token that comes from nowhere in the code, where the code makes a library's object of it.
    fn given_token(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Value {
        let file = self.rules.file(row.file);
        let asked = self.select(&file.acquire[index].audience, call);
        let (audience, open) = self.audience_of(asked, true);
        let key = AcqKey { site: self.site(call.span), flow: Flow::StaticToken };
        let record = AcqRecord {
            library: file.library.as_str().into(),
            symbol: call.name.into(),
            home: Some(self.frame().home),
            extents: [key.site].into(),
            audiences: audience.iter().cloned().collect(),
            audience_open: open,
            ..AcqRecord::default()
        };
        Value::one(self.record_acquisition(key, record, &audience))
    }

    /// Records an acquisition and gives the token that it obtains.
    pub(crate) fn record_acquisition(&mut self, key: AcqKey, record: AcqRecord, audience: &[Sym]) -> Fact {
        self.deeds.acquired.insert(key);
        let mine = self.found.acquisitions.entry(key).or_default();
        if mine.symbol.is_empty() {
            *mine = record;
        } else {
            mine.extents.extend(record.extents);
            mine.audiences.extend(record.audiences);
            mine.audience_open |= record.audience_open;
            mine.outside |= record.outside;
            mine.asks_parameter |= record.asks_parameter;
            mine.asks.extend(record.asks);
            mine.seeds.extend(record.seeds);
            add_texts(&mut mine.texts, record.texts);
        }
        Fact::Token(Arc::new(Token { acquisition: key, audience: audience.to_vec(), part: Part::Access }))
    }

    /// The resources and scopes in a value, and whether there may be others.
    pub(crate) fn audience_of(&mut self, value: Option<Value>, expected: bool) -> (Vec<Sym>, bool) {
        let Some(value) = value else { return (Vec::new(), expected) };
        // What the value is, whatever it looks like, and what it holds, as far as it looks like a resource.
        let own = self.texts_of(&value);
        let reached = self.reach(&value);
        let mut all: Vec<Sym> = own
            .iter()
            .chain(reached.texts.iter().filter(|t| names_resource(&decode(&t.display()))))
            .flat_map(|t| t.display().split([' ', ',']).map(str::to_owned).collect::<Vec<_>>())
            .map(|t| decode(&t))
            .filter(|t| !t.is_empty())
            .map(Sym::from)
            .collect();
        // Those of Partner Center are kept first, and words that stand between resources last.
        all.sort_by_cached_key(|a| (self.hosts.audience(a).is_none(), !names_resource(a), a.clone()));
        all.dedup();
        all.truncate(MAX_AUDIENCES);
        all.sort_unstable();
        if self.program.observer.watch.is_some() {
            for text in own.iter().chain(&reached.texts) {
                for one in text
                    .display()
                    .split([' ', ','])
                    .map(decode)
                    .filter(|one| all.iter().any(|a| **a == **one))
                {
                    self.program.observer.audience(&one, text.origin_at(0));
                }
            }
        }
        let open = all.is_empty() || all.iter().all(|t| t.starts_with('{'));
        (all, open)
    }

    /// Is what is asked for a parameter that nothing passes, and of which functions?
    pub(crate) fn asked_parameters(asked: &Value) -> (bool, std::collections::BTreeSet<FuncRef>) {
        let passed = |f: &Fact| match f {
            Fact::Object(Obj { unknown: Unknown::Parameter(_, func), .. }) => Some(Some(*func)),
            Fact::Null => Some(None),
            _ => None,
        };
        let all: Option<Vec<Option<FuncRef>>> = asked.facts().iter().map(passed).collect();
        match all {
            Some(funcs) if !funcs.is_empty() => (true, funcs.into_iter().flatten().collect()),
            _ => (false, std::collections::BTreeSet::new()),
        }
    }

    /// The tokens that a session holds.
    pub(crate) fn session(&mut self, name: &str) -> Value {
        if let Some(value) = self.store.read(SESSION, name) {
            return value;
        }
        self.earlier(SESSION).and_then(|m| m.get(name)).cloned().unwrap_or_default()
    }

    /// A sign-in of the SDK with a token that the code brings.
    pub(super) fn sdk_sign_in(&mut self, row: &Row, call: &LibraryCall<'_>) -> Value {
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        // The function that renews the token is a source of it too.
        for closure in given.closures().cloned().collect::<Vec<_>>() {
            let value = self.call_closure(&closure, Args::default(), call.span);
            given = given.join(&value);
        }
        let record = CallRecord {
            via: Some(Via::Sdk),
            endpoints: [format!("sign-in: {}", call.name).as_str().into()].into(),
            symbols: [call.name.into()].into(),
            library: self.rules.file(row.file).library.as_str().into(),
            ..CallRecord::default()
        };
        self.record_call(record, &given, call.span);
        let key = self.identity(call.span);
        let object = Value::one(Fact::Object(Obj { key, ty: None, class: None, unknown: Unknown::Created }));
        self.store.write(key, ANY, given.filter(|f| !matches!(f, Fact::Text(_) | Fact::Func(_))));
        object
    }
}

/// The acquisitions whose tokens are redeemed.
pub(crate) fn seeds_of(
    flow: Flow,
    tokens: &std::collections::BTreeSet<Arc<Token>>,
    own: AcqKey,
) -> std::collections::BTreeSet<AcqKey> {
    if !matches!(flow, Flow::RefreshToken | Flow::OnBehalfOf | Flow::Silent | Flow::Unknown) {
        return std::collections::BTreeSet::new();
    }
    // What is redeemed is the refresh token, where there is one, and not what else comes along.
    let is_redeemed = |t: &&Arc<Token>| {
        flow != Flow::RefreshToken
            || t.part == Part::Refresh
            || tokens.iter().all(|t| t.part != Part::Refresh)
    };
    // An app-only grant issues none (RFC 6749, section 4.4.3).
    let is_issued = |t: &&Arc<Token>| {
        flow != Flow::RefreshToken || t.acquisition.flow.verdict() != crate::report::Verdict::Exempt
    };
    tokens.iter().filter(is_redeemed).filter(is_issued).map(|t| t.acquisition).filter(|k| *k != own).collect()
}

/// Texts that can be a resource or a scope; others that come along (keys, section names) are not.
fn names_resource(text: &str) -> bool {
    let resource = text.trim_end_matches("/.default");
    let guid =
        resource.len() >= 36 && resource.as_bytes()[..36].iter().all(|b| b.is_ascii_hexdigit() || *b == b'-');
    resource.starts_with('{')
        || resource.contains("://")
        || resource.contains('.')
        || guid
        || super::hosts::is_scope_word(text)
}
