//! Authorization requests: what a user is asked to consent to before a code is exchanged.
//!
//! The token request of the authorization code grant need not say what the token is for: the authorization request
//! said it (RFC 6749, sections 4.1.1 and 4.1.3). The two stand apart, in different functions, and no value leads
//! from one to the other, because the browser stands between them. They belong together when the same class, file
//! or folder makes both.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{ExprKind, Span, Sym};
use crate::report::Flow;

use super::events::Found;
use super::grants::is_field;
use super::hosts::Hosts;
use super::machine::Machine;
use super::program::Program;
use super::value::{Fact, FuncRef, Obj, Piece, Site, Text, Value};

/// The field that every authorization request has.
const RESPONSE_TYPE: &str = "response_type";

/// An authorization request for a code.
#[derive(Clone, Debug)]
pub(crate) struct Authorization {
    /// The function that writes it.
    home: FuncRef,
    pub(crate) audiences: BTreeSet<Sym>,
    /// Some context does not show what is asked for.
    pub(crate) open: bool,
}

/// Names an authorization request somewhere.
pub(crate) fn names_one(text: &str) -> bool {
    text.contains(RESPONSE_TYPE)
}

impl Machine<'_> {
    /// A field is put into an object: it may make that an authorization request.
    pub(super) fn note_field(&mut self, object: &Obj, name: &str, value: &Value, span: Span) {
        if !is_response_type(name) {
            return;
        }
        // What is not known may ask for a code.
        let texts = self.texts_of(value);
        if texts.is_empty() || texts.iter().any(|text| text.known().is_none_or(|known| asks_for_code(&known)))
        {
            let place = (self.site(span), self.frame().home);
            self.authorizations.entry(object.key).or_insert_with(|| (object.clone(), place));
        }
    }

    /// A text that an expression gives may be the address of an authorization request.
    pub(super) fn note_address(&mut self, kind: &ExprKind, value: &Value, span: Span) {
        if !self.relevance.has_authorizations()
            || !matches!(
                kind,
                ExprKind::Str(_) | ExprKind::Template(_) | ExprKind::Binary { .. } | ExprKind::Call { .. }
            )
        {
            return;
        }
        let is_one = |text: &&Text| {
            let named = |piece: &Piece| matches!(piece, Piece::Lit(text, _) if names_one(text));
            text.0.iter().any(named) && is_request_for_code(&text.display())
        };
        let texts: Vec<Fact> = value.texts().filter(is_one).cloned().map(Fact::Text).collect();
        if !texts.is_empty() {
            let (site, home) = (self.site(span), self.frame().home);
            self.record_authorization(&Value::from_facts(texts), site, home);
        }
    }

    /// What the objects hold that are authorization requests, now that all is put into them.
    pub(super) fn settle_authorizations(&mut self) {
        for (_, (object, (site, home))) in std::mem::take(&mut self.authorizations) {
            self.record_authorization(&Value::one(Fact::Object(object)), site, home);
        }
    }

    fn record_authorization(&mut self, request: &Value, site: Site, home: FuncRef) {
        let (audiences, open, _) = self.form_audience(request);
        let mine = self.found.authorizations.entry(site).or_insert_with(|| Authorization {
            home,
            audiences: BTreeSet::new(),
            open: false,
        });
        mine.audiences.extend(audiences);
        mine.open |= open;
    }
}

impl Found {
    /// Exchanges of codes that do not say what the token is for take that from the authorization requests beside them.
    pub(crate) fn complete_exchanges(&mut self, program: &Program, hosts: &Hosts) {
        let said = &self.authorizations;
        let silent = self.acquisitions.iter_mut().filter(|(key, record)| {
            key.flow == Flow::AuthorizationCode && record.audiences.is_empty() && record.audience_open
        });
        for (key, record) in silent {
            let home = record.home.unwrap_or(FuncRef { unit: key.site.unit, func: crate::ir::FuncId(0) });
            let class = program.owner(home);
            let folder =
                |func: FuncRef| program.path(func.unit).rsplit_once('/').map_or("", |(folder, _)| folder);
            let beside: [&dyn Fn(FuncRef) -> bool; 3] = [
                &|other| class.is_some() && program.owner(other) == class,
                &|other| other.unit == home.unit,
                &|other| folder(other) == folder(home),
            ];
            let nearest = beside.iter().find_map(|is_beside| {
                // An address that is put together says what for in the end only.
                let telling = said.values().filter(|a| !a.audiences.is_empty());
                let found: Vec<&Authorization> = telling.filter(|a| is_beside(a.home)).collect();
                Some(found).filter(|found| !found.is_empty())
            });
            let nearest = nearest.unwrap_or_default();
            let is_ours = |request: &&Authorization| {
                request.audiences.iter().any(|audience| hosts.audience(audience) == Some(false))
            };
            let ours = nearest.iter().copied().filter(is_ours).count();
            if ours > 0 && ours < nearest.len() {
                // Several, for different services: which of them the code is from is not shown.
                continue;
            }
            for request in nearest {
                record.audiences.extend(request.audiences.iter().cloned());
                record.audience_open &= request.open;
            }
        }
    }
}

/// Adds what some other part of the analysis found.
pub(super) fn merge(mine: &mut BTreeMap<Site, Authorization>, others: BTreeMap<Site, Authorization>) {
    for (site, other) in others {
        match mine.get_mut(&site) {
            Some(known) => {
                known.audiences.extend(other.audiences);
                known.open |= other.open;
            }
            None => {
                mine.insert(site, other);
            }
        }
    }
}

/// The field of this name says what an authorization request asks for.
fn is_response_type(name: &str) -> bool {
    is_field(name, "responsetype")
}

/// The value of that field asks for a code, alone or with more (`code id_token`).
fn asks_for_code(value: &str) -> bool {
    value.contains("code")
}

/// The query of this address asks for a code.
fn is_request_for_code(address: &str) -> bool {
    let mut pairs = address.split(['&', '?', '\n', ' ', ';']).filter_map(|part| part.split_once('='));
    pairs.find(|(name, _)| is_response_type(name.trim())).is_some_and(|(_, value)| asks_for_code(value))
}
