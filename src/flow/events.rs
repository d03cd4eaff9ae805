//! What the evaluation comes across: acquisitions, call sites, checks, and the steps of tokens.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::Sym;
use crate::report::{Flow, Via};

use super::authorization::Authorization;
use super::hosts::Hosts;
use super::value::{AcqKey, FuncRef, Piece, Site, Text, UnitId, Unknown};

/// An acquisition, joined over all contexts.
#[derive(Clone, Debug, Default)]
pub(crate) struct AcqRecord {
    pub(crate) library: Sym,
    pub(crate) symbol: Sym,
    /// The named function that holds it.
    pub(crate) home: Option<FuncRef>,
    /// Other places in the same file that belong to it: where the request is sent.
    pub(crate) extents: BTreeSet<Site>,
    pub(crate) audiences: BTreeSet<Sym>,
    /// Some context does not show what is asked for.
    pub(crate) audience_open: bool,
    /// The acquisitions whose refresh tokens or assertions it redeems.
    pub(crate) seeds: BTreeSet<AcqKey>,
    /// The session whose token it fills.
    pub(crate) session: Option<Sym>,
    /// It takes what something outside the program put into a session or cache.
    pub(crate) outside: bool,
    /// What it is asked for is a parameter that nothing passes.
    pub(crate) asks_parameter: bool,
    /// The functions of those parameters.
    pub(crate) asks: BTreeSet<FuncRef>,
    /// Some entry evaluates it only because nobody calls the function around it.
    pub(crate) context_free: bool,
    /// The known texts that it is given: where they stand (`None` for settings), and what they are. Secrets are
    /// among them.
    pub(crate) texts: BTreeSet<GivenText>,
}

/// A known text, and where it stands in the code; `None` for text of settings files.
pub(crate) type GivenText = (Option<Site>, Sym);

/// How many texts of one record are kept.
const MAX_TEXTS: usize = 48;

/// Adds texts up to the limit.
pub(crate) fn add_texts(mine: &mut BTreeSet<GivenText>, more: BTreeSet<GivenText>) {
    let room = MAX_TEXTS.saturating_sub(mine.len());
    let new: Vec<GivenText> = more.into_iter().filter(|t| !mine.contains(t)).take(room).collect();
    mine.extend(new);
}

/// The known pieces of texts.
pub(crate) fn given_texts(texts: &[Text]) -> BTreeSet<GivenText> {
    let pieces = texts.iter().flat_map(|t| t.0.iter()).filter_map(|piece| match piece {
        Piece::Lit(text, origin) if text.len() > 3 => Some((origin.map(|o| o.site), text.clone())),
        _ => None,
    });
    pieces.take(MAX_TEXTS).collect()
}

/// How a token moved, for the path in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Trace {
    /// Returned from a function; the place is the call.
    Returned(FuncRef),
    /// Passed to a function; the place is the call.
    Passed(FuncRef),
    /// Stored in a variable, field or session.
    Stored,
}

/// A call site, joined over all contexts.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallRecord {
    pub(crate) via: Option<Via>,
    pub(crate) home: Option<FuncRef>,
    pub(crate) endpoints: BTreeSet<Sym>,
    /// The acquisitions whose tokens arrive, with the steps that each took.
    pub(crate) tokens: BTreeMap<AcqKey, Vec<(Trace, Site)>>,
    /// What arrives in place of a token.
    pub(crate) missing: BTreeSet<Unknown>,
    /// Known to be Partner Center only from the token's audience.
    pub(crate) by_audience: bool,
    /// The hosts that the request goes to, where the code names them.
    pub(crate) hosts: BTreeSet<Sym>,
    /// The operation as the SDK or module names it.
    pub(crate) symbols: BTreeSet<Sym>,
    /// The rule file that describes the call, by library; empty for raw requests.
    pub(crate) library: Sym,
    /// The known texts that it is given when no token arrives.
    pub(crate) texts: BTreeSet<GivenText>,
    /// The acquisitions whose tokens arrive, but were asked for something else.
    pub(crate) dropped: BTreeSet<AcqKey>,
    /// Those of `tokens` that arrive with a retired resource and no other that Partner Center takes.
    pub(crate) retired: BTreeSet<AcqKey>,
}

/// All that was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) acquisitions: BTreeMap<AcqKey, AcqRecord>,
    pub(crate) calls: BTreeMap<Site, CallRecord>,
    pub(crate) checks: BTreeMap<Site, Sym>,
    /// Authorization requests for a code.
    pub(crate) authorizations: BTreeMap<Site, Authorization>,
    /// Acquisitions whose tokens a request to a host that has nothing to do with Partner Center carries.
    pub(crate) elsewhere: BTreeSet<AcqKey>,
    /// Entries whose evaluation ran out of steps.
    pub(crate) exhausted: BTreeSet<FuncRef>,
    /// Functions that nothing in the program calls.
    pub(crate) uncalled: BTreeSet<FuncRef>,
    /// What a function of the program acquires that stands for a command, by the caller's acquisition.
    pub(crate) inside: BTreeMap<AcqKey, BTreeSet<AcqKey>>,
    /// Calls of functions with the name of a command that sends requests, which sent none there.
    pub(crate) supposed: BTreeMap<Site, (FuncRef, CallRecord)>,
    /// Functions that send requests to Partner Center, by themselves or through what they call.
    pub(crate) senders: BTreeSet<FuncRef>,
}

impl Found {
    pub(crate) fn merge(&mut self, other: Self) {
        for (key, record) in other.acquisitions {
            let mine = self.acquisitions.entry(key).or_default();
            if mine.symbol.is_empty() {
                mine.library = record.library;
                mine.symbol = record.symbol;
                mine.home = record.home;
            }
            mine.extents.extend(record.extents);
            mine.audiences.extend(record.audiences);
            mine.audience_open |= record.audience_open;
            mine.seeds.extend(record.seeds);
            mine.session = mine.session.take().or(record.session);
            mine.outside |= record.outside;
            mine.asks_parameter |= record.asks_parameter;
            mine.asks.extend(record.asks);
            mine.context_free |= record.context_free;
            add_texts(&mut mine.texts, record.texts);
        }
        for (site, record) in other.calls {
            self.calls.entry(site).or_default().merge(record);
        }
        self.checks.extend(other.checks);
        super::authorization::merge(&mut self.authorizations, other.authorizations);
        self.elsewhere.extend(other.elsewhere);
        self.exhausted.extend(other.exhausted);
        self.uncalled.extend(other.uncalled);
        for (key, inner) in other.inside {
            self.inside.entry(key).or_default().extend(inner);
        }
        for (site, (func, record)) in other.supposed {
            self.supposed.entry(site).or_insert_with(|| (func, CallRecord::default())).1.merge(record);
        }
        self.senders.extend(other.senders);
    }

    /// Adds what was found at places where nothing is known yet. A grant that the place does not show adds nothing:
    /// whoever fixes it is elsewhere.
    pub(crate) fn merge_unseen(&mut self, mut other: Self) {
        let seen: BTreeSet<Site> = self
            .acquisitions
            .iter()
            .flat_map(|(key, record)| record.extents.iter().copied().chain([key.site]))
            .collect();
        // Grants may share the line that sends them, so only the place that fixes one tells it.
        other.acquisitions.retain(|key, _| key.flow != Flow::Unknown && !seen.contains(&key.site));
        let calls = &self.calls;
        other.calls.retain(|site, _| !calls.contains_key(site));
        let known =
            |key: &AcqKey| other.acquisitions.contains_key(key) || self.acquisitions.contains_key(key);
        for call in other.calls.values_mut() {
            call.tokens.retain(|key, _| known(key));
        }
        other.inside.retain(|key, _| other.acquisitions.contains_key(key));
        other.exhausted.clear();
        self.merge(other);
    }

    /// What the functions do that bear the names of commands is known now.
    pub(crate) fn settle_supposed(&mut self) {
        for (site, (func, record)) in std::mem::take(&mut self.supposed) {
            if self.senders.contains(&func) {
                self.calls.entry(site).or_default().merge(record);
            }
        }
    }

    /// The acquisitions whose tokens Partner Center sees: as they are, or handed on by a command that they are made
    /// in.
    pub(crate) fn reaching(&self) -> BTreeSet<AcqKey> {
        let mut todo: Vec<AcqKey> = self.calls.values().flat_map(|c| c.tokens.keys().copied()).collect();
        let mut found = BTreeSet::new();
        while let Some(key) = todo.pop() {
            if !found.insert(key) {
                continue;
            }
            todo.extend(self.inside.get(&key).into_iter().flatten().copied());
        }
        // A command that signs in has done so for the calls of its session.
        let signed_in = self.inside.iter().filter(|(outer, inner)| {
            self.acquisitions.get(outer).is_some_and(|r| r.session.is_some())
                && inner.iter().any(|key| found.contains(key))
        });
        let signed_in: Vec<AcqKey> = signed_in.map(|(outer, _)| *outer).collect();
        found.extend(signed_in);
        found
    }
}

impl Found {
    /// Adds what tests do. Of the program's own acquisitions and requests they tell only what the program does not:
    /// what they pass is made up, but where nothing else passes anything, it shows how the code is meant to be used.
    pub(crate) fn merge_tests(&mut self, mut tests: Self, is_test: &dyn Fn(UnitId) -> bool) {
        let open = |record: &AcqRecord| record.audience_open && record.audiences.is_empty();
        let mine = &*self;
        tests
            .acquisitions
            .retain(|key, _| is_test(key.site.unit) || mine.acquisitions.get(key).is_none_or(open));
        tests.calls.retain(|site, _| {
            is_test(site.unit) || mine.calls.get(site).is_none_or(|call| call.tokens.is_empty())
        });
        tests.authorizations.retain(|site, _| {
            is_test(site.unit)
                || mine.authorizations.get(site).is_none_or(|a| a.open && a.audiences.is_empty())
        });
        self.merge(tests);
    }
}

impl Found {
    /// Where a token for Partner Center arrives, others that arrive there only because the code does not show what
    /// they were asked for are strays (a cache holds both) when everything that it does show is another resource.
    pub(crate) fn drop_strays(&mut self, hosts: &Hosts) {
        let acquisitions = &self.acquisitions;
        let known = |key: &AcqKey| -> Vec<Sym> {
            let record = acquisitions.get(key);
            let all = record.into_iter().flat_map(|r| r.audiences.iter());
            all.filter(|a| !a.starts_with('{')).cloned().collect()
        };
        for call in self.calls.values_mut().filter(|c| c.tokens.len() > 1) {
            let ours = |key: &AcqKey| known(key).iter().any(|a| hosts.audience(a) == Some(false));
            if call.tokens.keys().any(ours) {
                let strays: Vec<AcqKey> =
                    call.tokens.keys().filter(|key| hosts.is_foreign(&known(key))).copied().collect();
                call.tokens.retain(|key, _| !strays.contains(key));
                call.dropped.extend(strays);
            }
        }
    }
}

impl CallRecord {
    pub(crate) fn merge(&mut self, other: Self) {
        if self.via.is_none() {
            self.home = other.home;
        }
        self.via = self.via.or(other.via);
        self.endpoints.extend(other.endpoints);
        for (key, steps) in other.tokens {
            self.tokens.entry(key).or_insert(steps);
        }
        self.missing.extend(other.missing);
        self.by_audience |= other.by_audience;
        self.hosts.extend(other.hosts);
        self.symbols.extend(other.symbols);
        if self.library.is_empty() {
            self.library = other.library;
        }
        add_texts(&mut self.texts, other.texts);
        self.dropped.extend(other.dropped);
        self.retired.extend(other.retired);
    }
}

/// Something that a call leaves for its callers to place: they hold the text that names it.
#[derive(Clone, Debug)]
pub(crate) enum Lift {
    /// The request that this acquisition makes is sent below here.
    Extent(AcqKey, FuncRef),
    /// A request whose path stands in this function is sent below here.
    Call(Box<CallRecord>, FuncRef),
    /// A request to this address, which was passed down, is sent below here.
    Passed(Box<CallRecord>, Text),
}

impl Lift {
    /// The function that holds the text, where that is known.
    pub(crate) fn home(&self) -> Option<FuncRef> {
        match self {
            Self::Extent(_, home) | Self::Call(_, home) => Some(*home),
            Self::Passed(..) => None,
        }
    }
}
