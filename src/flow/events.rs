//! What the evaluation comes across: acquisitions, call sites, checks, and the steps of tokens.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::Sym;
use crate::report::Via;

use super::request::Hosts;
use super::value::{AcqKey, FuncRef, Site, Unknown};

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
    /// Some entry evaluates it only because nobody calls the function around it.
    pub(crate) context_free: bool,
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
}

/// All that was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) acquisitions: BTreeMap<AcqKey, AcqRecord>,
    pub(crate) calls: BTreeMap<Site, CallRecord>,
    pub(crate) checks: BTreeMap<Site, Sym>,
    /// Acquisitions whose tokens a request to a host that has nothing to do with Partner Center carries.
    pub(crate) elsewhere: BTreeSet<AcqKey>,
    /// Entries whose evaluation ran out of steps.
    pub(crate) exhausted: BTreeSet<FuncRef>,
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
            mine.context_free |= record.context_free;
        }
        for (site, record) in other.calls {
            self.calls.entry(site).or_default().merge(record);
        }
        self.checks.extend(other.checks);
        self.elsewhere.extend(other.elsewhere);
        self.exhausted.extend(other.exhausted);
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
                call.tokens.retain(|key, _| !hosts.is_foreign(&known(key)));
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
    }
}

/// Something that a call leaves for its callers to place: they hold the text that names it.
#[derive(Clone, Debug)]
pub(crate) enum Lift {
    /// The request that this acquisition makes is sent below here.
    Extent(AcqKey, FuncRef),
    /// A request whose path stands in this function is sent below here.
    Call(Box<CallRecord>, FuncRef),
}

impl Lift {
    /// The function that holds the text.
    pub(crate) fn home(&self) -> FuncRef {
        match self {
            Self::Extent(_, home) | Self::Call(_, home) => *home,
        }
    }
}
