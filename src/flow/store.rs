//! The state of an evaluation: what every variable, field and session holds, with undo for branches and with
//! a record of what each call reads and writes.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::Sym;

use super::value::{Fact, Obj, Unknown, Value, digest};

/// A place that holds a value: a local of a frame, a field of an object, a static, a script variable, a
/// session. The owner is the identity of frame, object or scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Loc {
    pub(crate) owner: u64,
    pub(crate) name: Sym,
}

/// The name under which an object keeps what was put into it without a name that is known.
pub(crate) const ANY: &str = "*";

/// Whose fields are the global variables.
pub(crate) const GLOBAL: u64 = 4;

/// Whose fields are the environment's variables and what is kept under names outside of the program: settings, vaults,
/// files, caches.
pub(crate) const ENVIRONMENT: u64 = 5;

/// Whose fields are the sessions that modules keep, by name.
pub(crate) const SESSION: u64 = 6;

/// Whose fields are the members of types that the program does not declare, by type name.
pub(crate) const EXTERNAL_STATICS: u64 = 7;

/// The identity of what stands for a value that one of two ways leaves as it was before the program ran.
const OTHERWISE: u64 = 8;

/// A value without that mark.
pub(crate) fn unmarked(value: &Value) -> Value {
    value.filter(|fact| !matches!(fact, Fact::Object(o) if o.key == OTHERWISE))
}

fn otherwise() -> Value {
    Value::one(Fact::Object(Obj { key: OTHERWISE, ty: None, class: None, unknown: Unknown::Created }))
}

/// What earlier rounds found: the join of all values that any entry wrote.
pub(crate) type Summary = FxHashMap<u64, BTreeMap<Sym, Value>>;

/// A change of one place.
pub(crate) type Changes = BTreeMap<Loc, Value>;

/// A place without its name: owner and hash of the name. Cheap to look up.
type Key = (u64, u64);

fn key(owner: u64, name: &str) -> Key {
    (owner, digest(&name))
}

/// What one call has read from outside, and written.
#[derive(Debug, Default)]
pub(crate) struct Access {
    reads: FxHashMap<Key, (Sym, Option<Value>)>,
    wholes: FxHashMap<u64, u64>,
    writes: FxHashMap<Key, Sym>,
    written: FxHashSet<u64>,
}

/// The record of a finished call: under which state it holds, and what it leaves behind.
#[derive(Debug)]
pub(crate) struct Effects {
    reads: Vec<(Key, Sym, Option<Value>)>,
    wholes: Vec<(u64, u64)>,
    writes: Vec<(u64, Sym, Value)>,
}

impl Effects {
    /// How much there is to check and to do again.
    pub(crate) fn size(&self) -> usize {
        self.reads.len() + self.wholes.len() + self.writes.len()
    }
}

impl Access {
    /// A call within this one has read and written.
    fn note(&mut self, effects: &Effects) {
        for (key, name, value) in &effects.reads {
            if !self.writes.contains_key(key) {
                self.reads.entry(*key).or_insert_with(|| (name.clone(), value.clone()));
            }
        }
        for (owner, hash) in &effects.wholes {
            if !self.written.contains(owner) {
                self.wholes.entry(*owner).or_insert(*hash);
            }
        }
        for (owner, name, _) in &effects.writes {
            self.writes.insert(key(*owner, name), name.clone());
            self.written.insert(*owner);
        }
    }
}

/// The state.
#[derive(Debug, Default)]
pub(crate) struct Store {
    map: FxHashMap<u64, BTreeMap<Sym, Value>>,
    trail: Vec<(Loc, Option<Value>)>,
    access: Vec<Access>,
}

impl Store {
    /// The value of a place, if something was written there.
    pub(crate) fn read(&mut self, owner: u64, name: &str) -> Option<Value> {
        let found = self.map.get(&owner).and_then(|m| m.get_key_value(name));
        let Some(access) = self.access.last_mut() else { return found.map(|(_, v)| v.clone()) };
        let key = key(owner, name);
        if !access.writes.contains_key(&key) && !access.reads.contains_key(&key) {
            let read = match found {
                Some((name, value)) => (name.clone(), Some(value.clone())),
                None => (name.into(), None),
            };
            access.reads.insert(key, read);
        }
        found.map(|(_, v)| v.clone())
    }

    /// What is kept under a name outside of the program, and whether it may still be what it was before.
    pub(crate) fn kept(&mut self, name: &str) -> (Value, bool) {
        let Some(value) = self.read(ENVIRONMENT, name) else { return (Value::default(), true) };
        let own = unmarked(&value);
        let left = own.facts().len() < value.facts().len();
        (own, left)
    }

    /// What an object holds, without a record of the look: it may decide how much is spent on a call, and whether one
    /// that is under way is evaluated once more; no value.
    pub(crate) fn look(&self, owner: u64) -> impl Iterator<Item = &Value> {
        self.map.get(&owner).into_iter().flat_map(BTreeMap::values)
    }

    /// Everything an object holds, by name.
    pub(crate) fn read_all(&mut self, owner: u64) -> Vec<(Sym, Value)> {
        self.note_whole(owner);
        self.all(owner)
    }

    /// Records that all that an object holds is looked at.
    pub(crate) fn note_whole(&mut self, owner: u64) {
        let is_open =
            |access: &&Access| !access.wholes.contains_key(&owner) && !access.written.contains(&owner);
        if self.access.last().is_some_and(|access| is_open(&access)) {
            let hash = digest(&self.all(owner));
            if let Some(access) = self.access.last_mut() {
                access.wholes.insert(owner, hash);
            }
        }
    }

    /// Everything an object holds, by name, for those that [note](Self::note_whole) it.
    pub(crate) fn held_by(&self, owner: u64) -> Option<&BTreeMap<Sym, Value>> {
        self.map.get(&owner)
    }

    fn all(&self, owner: u64) -> Vec<(Sym, Value)> {
        let fields = self.map.get(&owner);
        fields.map(|m| m.iter().map(|(k, v)| (k.clone(), v.clone())).collect()).unwrap_or_default()
    }

    /// Of this object nothing is known but where it comes from.
    pub(crate) fn is_bare(&self, object: &super::value::Obj) -> bool {
        object.ty.is_none()
            && object.class.is_none()
            && object.unknown != super::value::Unknown::Created
            && !self.map.contains_key(&object.key)
    }

    pub(crate) fn write(&mut self, owner: u64, name: &str, value: Value) {
        let fields = self.map.entry(owner).or_default();
        let (name, old): (Sym, Option<Value>) = match fields.get_key_value(name) {
            Some((known, old)) => (known.clone(), Some(old.clone())),
            None => (name.into(), None),
        };
        if let Some(access) = self.access.last_mut() {
            access.writes.insert(key(owner, &name), name.clone());
            access.written.insert(owner);
        }
        if old.as_ref() == Some(&value) {
            // Still a write of this call, but nothing to undo.
            return;
        }
        fields.insert(name.clone(), value);
        self.trail.push((Loc { owner, name }, old));
    }

    pub(crate) fn join(&mut self, owner: u64, name: &str, value: &Value) {
        let old = self.read(owner, name);
        let new = old.map_or_else(|| value.clone(), |old| old.join(value));
        self.write(owner, name, new);
    }

    pub(crate) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Takes back everything since the mark and says what it was.
    pub(crate) fn undo(&mut self, mark: usize) -> Changes {
        let mut changes = Changes::new();
        while self.trail.len() > mark {
            let Some((loc, old)) = self.trail.pop() else { break };
            let Some(fields) = self.map.get_mut(&loc.owner) else { continue };
            let current = match old {
                Some(old) => fields.insert(loc.name.clone(), old),
                None => fields.remove(&loc.name),
            };
            if let Some(current) = current {
                changes.entry(loc).or_insert(current);
            }
        }
        changes
    }

    /// Goes on with the join of the current state and another one, given as changes since the mark.
    pub(crate) fn join_changes(&mut self, mark: usize, other: &Changes) {
        // What only this side changed joins with what it was before.
        let mut before: FxHashMap<Loc, Option<Value>> = FxHashMap::default();
        for (loc, old) in &self.trail[mark..] {
            before.entry(loc.clone()).or_insert_with(|| old.clone());
        }
        for (loc, value) in other {
            if loc.owner == ENVIRONMENT && self.read(loc.owner, &loc.name).is_none() {
                self.write(loc.owner, &loc.name, otherwise());
            }
            self.join(loc.owner, &loc.name, value);
        }
        let mut rest: Vec<(Loc, Option<Value>)> =
            before.into_iter().filter(|(loc, _)| !other.contains_key(loc)).collect();
        rest.sort_unstable();
        for (loc, old) in rest {
            match old {
                Some(old) => self.join(loc.owner, &loc.name, &old),
                None if loc.owner == ENVIRONMENT => self.join(loc.owner, &loc.name, &otherwise()),
                None => {}
            }
        }
    }

    /// Goes on with changes that were taken back.
    pub(crate) fn redo(&mut self, changes: Changes) {
        for (loc, value) in changes {
            self.write(loc.owner, &loc.name, value);
        }
    }

    /// A call begins.
    pub(crate) fn enter(&mut self) {
        self.access.push(Access::default());
    }

    /// A call ends. Locals of `frame` are forgotten unless `keep` says that closures may need them.
    pub(crate) fn leave(&mut self, frame: u64, keep: bool) -> Effects {
        let access = self.access.pop().unwrap_or_default();
        if !keep {
            self.map.remove(&frame);
        }
        let reads = access.reads.into_iter().filter(|(k, _)| k.0 != frame);
        let writes = access.writes.into_iter().filter(|(k, _)| keep || k.0 != frame);
        let map = &self.map;
        let effects = Effects {
            reads: reads.map(|(k, (name, value))| (k, name, value)).collect(),
            wholes: access.wholes.into_iter().collect(),
            writes: writes
                .filter_map(|((owner, _), name)| {
                    let value = map.get(&owner)?.get(&name)?.clone();
                    Some((owner, name, value))
                })
                .collect(),
        };
        if let Some(outer) = self.access.last_mut() {
            outer.note(&effects);
        }
        effects
    }

    /// Would a call with these effects do the same now?
    pub(crate) fn holds(&self, effects: &Effects) -> bool {
        effects
            .reads
            .iter()
            .all(|((owner, _), name, value)| self.map.get(owner).and_then(|m| m.get(name)) == value.as_ref())
            && effects.wholes.iter().all(|(owner, hash)| digest(&self.all(*owner)) == *hash)
    }

    /// Does what a call with these effects did.
    pub(crate) fn replay(&mut self, effects: &Effects) {
        if let Some(access) = self.access.last_mut() {
            access.note(effects);
        }
        for (owner, name, value) in &effects.writes {
            self.write(*owner, name, value.clone());
        }
    }

    /// Everything that is held at the end.
    pub(crate) fn into_map(self) -> FxHashMap<u64, BTreeMap<Sym, Value>> {
        self.map
    }
}
