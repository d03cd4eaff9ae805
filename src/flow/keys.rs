//! Which keys a map has: `"refresh_token" in body` decides which grant a request makes.

use super::machine::Machine;
use super::store::ANY;
use super::value::{Fact, Value};

/// Under what a map keeps the names of the keys that it was made with. What is put in later may be put in on one of
/// several ways only, and the state after them does not tell.
const GIVEN: &str = "\u{1}given";

impl Machine<'_> {
    /// Notes the keys that a map is made with.
    pub(super) fn give_keys(&mut self, map: u64, names: impl Iterator<Item = String>) {
        let names: Vec<Fact> = names.flat_map(|name| Value::text(name, None).facts().to_vec()).collect();
        if !names.is_empty() {
            self.store.write(map, GIVEN, Value::from_facts(names));
        }
    }

    /// Has a map this key (`'x' in body`)? `None` when that depends.
    pub(super) fn holds_key(&mut self, map: &Value, key: &Value) -> Option<bool> {
        let [Fact::Object(map)] = map.facts() else { return None };
        let known = map.ty.as_deref() == Some("map") && self.fresh.contains(&map.key) && self.loops == 0;
        if !known || self.store.read(map.key, ANY).is_some() {
            return None;
        }
        let name = self.key_name(&key.constant()?);
        if self.store.read(map.key, &name).is_none() {
            return Some(false);
        }
        let given = self.store.read(map.key, GIVEN)?;
        given.texts().any(|text| text.known().as_deref() == Some(name.as_str())).then_some(true)
    }
}
