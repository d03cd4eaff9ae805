//! Sign-ins that settings describe under a name: a call names one, the settings say by which grant.

use crate::models::Registered;
use crate::report::Flow;

use super::library::LibraryCall;
use super::machine::Machine;
use super::value::{Fact, Text, Value};

/// How many entries of a list in the settings are looked at.
const MAX_ENTRIES: usize = 16;

/// What settings say about a sign-in.
#[derive(Debug)]
pub(super) struct Registration {
    /// The grants, by what they are called in token requests.
    pub(super) flows: Vec<Flow>,
    /// What is asked for.
    pub(super) scopes: Option<Value>,
}

impl Machine<'_> {
    /// The sign-in that a call names. `None` when no settings describe it, or when they send it to somebody who
    /// gives no tokens of Microsoft's.
    pub(super) fn registration(
        &mut self,
        registered: &Registered,
        call: &LibraryCall<'_>,
    ) -> Option<Registration> {
        let name = self.select(&registered.name, call)?;
        let names: Vec<String> = self.texts_of(&name).iter().filter_map(Text::known).collect();
        let mut flows: Vec<Flow> = Vec::new();
        let mut scopes: Vec<String> = Vec::new();
        for name in names {
            let grants = self.registered_texts(&registered.grant, &name);
            let found: Vec<Flow> = grants.iter().map(|grant| self.hosts.grant(grant)).collect();
            if found.is_empty() || self.is_registered_elsewhere(registered, &name) {
                continue;
            }
            flows.extend(found);
            scopes.extend(self.registered_texts(&registered.scope, &name));
        }
        flows.sort_unstable();
        flows.dedup();
        let scopes = (!scopes.is_empty()).then(|| {
            Value::from_facts(scopes.into_iter().map(|s| Fact::Text(Text::literal(s.into(), None))).collect())
        });
        (!flows.is_empty()).then_some(Registration { flows, scopes })
    }

    /// The settings name a token endpoint, and it is not one of Microsoft's.
    fn is_registered_elsewhere(&self, registered: &Registered, name: &str) -> bool {
        let mut providers = self.registered_texts(&registered.provider, name);
        if providers.is_empty() {
            providers.push(name.to_owned());
        }
        let endpoints: Vec<String> =
            providers.iter().flat_map(|p| self.registered_texts(&registered.endpoint, p)).collect();
        !endpoints.is_empty() && endpoints.iter().all(|e| self.hosts.is_other_authority(e))
    }

    /// Settings hold this key, or the program has stored something under it.
    pub(super) fn is_set(&mut self, key: &str) -> bool {
        let folded = key.to_ascii_lowercase();
        !self.program.setting(key).is_empty() || !self.kept(&folded).0.is_empty()
    }

    /// What the settings hold under the first of these keys that they have, each with a name in its place.
    fn registered_texts(&self, keys: &[String], name: &str) -> Vec<String> {
        for key in keys {
            let key = key.replace("{name}", name);
            let mut found: Vec<String> = self.program.setting(&key).iter().map(ToString::to_string).collect();
            for entry in 0..MAX_ENTRIES {
                found.extend(self.program.setting(&format!("{key}:{entry}")).iter().map(ToString::to_string));
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}
