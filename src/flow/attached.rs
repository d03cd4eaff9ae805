//! Tokens that a library attaches to requests by itself: its settings map addresses to what is asked for.

use crate::ir::{Span, Sym};
use crate::models::AttachRow;

use super::element::place;
use super::events::AcqRecord;
use super::hosts::Url;
use super::library::LibraryCall;
use super::machine::Machine;
use super::store::ANY;
use super::value::{AcqKey, Fact, Text, Value, mix};

/// How many addresses one map has.
const MAX_ENTRIES: usize = 32;

/// How deep the map is looked for in the objects that are made of it.
const MAX_NESTED: usize = 3;

/// Stands before the name of an entry whose value is the entry's key.
const KEY: char = '\u{1}';

/// What is known of the tokens, by the addresses that they go with.
fn attached_owner() -> u64 {
    mix(&[21])
}

impl Machine<'_> {
    /// A member of settings is given a value: it may be such a map.
    pub(crate) fn note_attached(&mut self, name: &str, map: &Value, span: Span) {
        let rules = self.rules;
        let language = self.program.language(self.unit());
        for (library, row) in
            rules.attaches(language).filter(|(_, row)| row.members.iter().any(|m| m == name))
        {
            for (address, scopes) in self.addresses(map, 0) {
                for text in self.texts_of(&address) {
                    self.attach(library, row, name, &text, &scopes, span);
                }
            }
        }
    }

    fn attach(
        &mut self,
        library: &str,
        row: &AttachRow,
        name: &str,
        address: &Text,
        scopes: &Value,
        span: Span,
    ) {
        let shown = address.display();
        let is_ours = matches!(self.hosts.classify(&shown), Url::PartnerCenter { .. });
        // No scopes at all: the library leaves these requests alone.
        if !is_ours || scopes.is_empty() || scopes.facts().iter().all(|f| matches!(f, Fact::Null)) {
            return;
        }
        let (audience, open) = self.audience_of(Some(scopes.clone()), true);
        // The address tells one entry of the map from another where it stands here.
        let unit = self.unit();
        let own = address.origin_at(0).map(|o| o.site).filter(|site| site.unit == unit);
        let site = own.unwrap_or_else(|| self.site(span));
        let record = AcqRecord {
            library: library.into(),
            symbol: name.into(),
            home: Some(self.frame().home),
            extents: [site].into(),
            audiences: audience.iter().cloned().collect(),
            audience_open: open,
            ..AcqRecord::default()
        };
        let token = self.record_acquisition(AcqKey { site, flow: row.flow }, record, &audience);
        self.store.join(attached_owner(), &shown, &Value::one(token));
    }

    /// The entries of a map of addresses: under their names, or as pairs in a list; the map may be inside of an object
    /// that is made of it (`new Map(…)`).
    fn addresses(&mut self, map: &Value, depth: usize) -> Vec<(Value, Value)> {
        let mut found = Vec::new();
        for object in map.objects().cloned().collect::<Vec<_>>() {
            let fields = self.fields(&object);
            let under =
                |name: &str| fields.iter().find(|(n, _)| **n == *name).map(|(_, value)| value.clone());
            if let (Some(first), Some(second)) = (under(&place(0)), under(&place(1)))
                && first.texts().next().is_some()
            {
                found.push((first, second));
                continue;
            }
            for (name, value) in fields.iter().filter(|(name, _)| name.contains("://")) {
                if !name.starts_with(KEY) {
                    // The key itself knows where it stands.
                    let key = under(&format!("{KEY}{name}"));
                    found.push((key.unwrap_or_else(|| Value::text(name.as_ref(), None)), value.clone()));
                }
            }
            if let Some(inside) = under(ANY).filter(|_| depth < MAX_NESTED) {
                found.extend(self.addresses(&inside, depth + 1));
            }
        }
        found.truncate(MAX_ENTRIES);
        found
    }

    /// The tokens that a library attaches to a request of such a client.
    pub(super) fn attached(&mut self, call: &LibraryCall<'_>, urls: &[(Text, Url)]) -> Option<Value> {
        let rules = self.rules;
        let types = self.types_of(call.receiver?);
        let language = self.program.language(self.unit());
        let is_client =
            |row: &AttachRow| row.clients.iter().any(|c| types.iter().any(|t| t.eq_ignore_ascii_case(c)));
        if !rules.attaches(language).any(|(_, row)| is_client(row)) {
            return None;
        }
        let owner = attached_owner();
        let mut known: Vec<(Sym, Value)> = self.store.read_all(owner);
        known.extend(
            self.earlier(owner).into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())),
        );
        let covered =
            known.iter().filter(|(address, _)| urls.iter().any(|(url, _)| covers(address, &url.display())));
        let tokens = covered.fold(Value::default(), |all, (_, value)| all.join(value));
        (!tokens.is_empty()).then_some(tokens)
    }
}

/// An address of the map stands for this one: up to its first `*`.
fn covers(address: &str, url: &str) -> bool {
    let stem = address.split('*').next().unwrap_or(address).trim_end_matches('/').to_ascii_lowercase();
    let url = url.to_ascii_lowercase();
    url.strip_prefix(&stem)
        .is_some_and(|rest| address.contains('*') || rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn addresses() {
        assert!(covers("https://a.example", "https://A.example/v1/customers"));
        assert!(covers("https://a.example/v1/*", "https://a.example/v1/customers"));
        assert!(covers("https://a.example/v1/", "https://a.example/v1/customers?size=1"));
        assert!(!covers("https://a.example", "https://a.example.org/v1"));
        assert!(!covers("https://a.example/v1/invoices", "https://a.example/v1/customers"));
    }
}
