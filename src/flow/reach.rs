//! What can be reached from a value: the texts it stands for, the tokens and credentials that it carries.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::Sym;

use super::machine::{Machine, any_instance};
use super::store::ANY;
use super::value::{AcqKey, Fact, Obj, Text, Token, Unknown, Value};

/// How far fields of fields are followed.
const MAX_REACH: usize = 8;
/// How many objects one search looks at.
const MAX_OBJECTS: usize = 400;

/// What of an object's class counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Instances {
    /// The object alone.
    Own,
    /// Whatever any instance holds.
    Any,
}

/// What a search came across.
#[derive(Debug, Default)]
pub(crate) struct Reached {
    pub(crate) tokens: BTreeSet<Arc<Token>>,
    pub(crate) credentials: BTreeSet<AcqKey>,
    pub(crate) unknown: BTreeSet<Unknown>,
    pub(crate) texts: Vec<Text>,
    pub(crate) objects: Vec<Obj>,
}

impl Machine<'_> {
    /// The texts that a value stands for: its own, else those that its objects were made of.
    pub(crate) fn texts_of(&mut self, value: &Value) -> Vec<Text> {
        let own: Vec<Text> = value.texts().cloned().collect();
        if !own.is_empty() {
            return own;
        }
        let mut found = Vec::new();
        for object in value.objects() {
            if matches!(object.ty.as_deref(), Some("map")) {
                continue;
            }
            if let Some(inside) = self.inside(object) {
                found.extend(inside.texts().cloned());
                for inner in inside.objects() {
                    if let Some(inside) = self.inside(inner) {
                        found.extend(inside.texts().cloned());
                    }
                }
            }
        }
        found
    }

    /// What an object holds without a name, here or as far as earlier rounds know.
    pub(super) fn inside(&mut self, object: &Obj) -> Option<Value> {
        let known = self.store.read(object.key, ANY);
        let is_fresh = self.fresh.contains(&object.key);
        known.or_else(|| self.earlier(object.key).filter(|_| !is_fresh).and_then(|m| m.get(ANY)).cloned())
    }

    /// Everything that is reachable. What is known of these very objects decides which tokens and credentials they
    /// carry; what is known of any instance of their classes does where it says nothing.
    pub(crate) fn reach(&mut self, value: &Value) -> Reached {
        let (exact, left_out) = self.search(value, Instances::Own);
        if !left_out || !exact.tokens.is_empty() || !exact.credentials.is_empty() {
            return exact;
        }
        self.search(value, Instances::Any).0
    }

    /// What is reachable, and whether any instance of some class was left out.
    fn search(&mut self, value: &Value, instances: Instances) -> (Reached, bool) {
        let mut left_out = false;
        let mut out = Reached::default();
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        // Many fields hold the very same value. What was looked at is held until the search is over, so that no other
        // value can come to lie where it lies.
        let mut looked_at: FxHashMap<usize, Value> = FxHashMap::default();
        // The nearest first: what lies far may be cut.
        let mut todo: VecDeque<(Value, usize)> = VecDeque::from([(value.clone(), 0)]);
        while let Some((value, depth)) = todo.pop_front() {
            if looked_at.insert(value.address(), value.clone()).is_some() {
                continue;
            }
            for fact in value.facts() {
                match fact {
                    Fact::Token(token) => {
                        out.tokens.insert(token.clone());
                    }
                    Fact::Credential(key) => {
                        out.credentials.insert(*key);
                    }
                    Fact::Text(text) if !out.texts.contains(text) && out.texts.len() < 64 => {
                        out.texts.push(text.clone());
                    }
                    Fact::Chain(chain) => todo.push_back((chain.root.clone(), depth + 1)),
                    Fact::Object(object) => {
                        if seen.len() >= MAX_OBJECTS || !seen.insert(object.key) {
                            continue;
                        }
                        if !matches!(object.unknown, Unknown::Created | Unknown::Unassigned(_)) || depth <= 1
                        {
                            out.unknown.insert(object.unknown.clone());
                        }
                        out.objects.push(object.clone());
                        if depth >= MAX_REACH {
                            continue;
                        }
                        let is_any = object.class.is_some_and(|class| object.key == any_instance(class));
                        if is_any && instances == Instances::Own {
                            left_out = true;
                            continue;
                        }
                        left_out |= instances == Instances::Own && object.class.is_some();
                        self.each_field(object, instances, |name, field| {
                            if !name.starts_with('\u{1}') && field.is_carrier() {
                                todo.push_back((field.clone(), depth + 1));
                            }
                        });
                    }
                    _ => {}
                }
            }
        }
        (out, left_out)
    }

    /// All that an object holds, or any instance of its class may hold, here and as far as earlier rounds know.
    pub(crate) fn fields(&mut self, object: &Obj) -> Vec<(Sym, Value)> {
        let mut fields = Vec::new();
        self.each_field(object, Instances::Any, |name, value| fields.push((name.clone(), value.clone())));
        fields
    }

    /// Hands on each of the fields of an object. Of those of one name the nearest counts: what is known here, before
    /// what earlier rounds know of the object, before what they know of any instance of its class.
    fn each_field(&mut self, object: &Obj, instances: Instances, mut found: impl FnMut(&Sym, &Value)) {
        self.store.note_whole(object.key);
        let is_fresh = self.fresh.contains(&object.key);
        let mut all: Vec<&BTreeMap<Sym, Value>> = self.store.held_by(object.key).into_iter().collect();
        if !is_fresh {
            all.extend(self.earlier(object.key));
            if instances == Instances::Any {
                all.extend(self.alike(object).into_iter().filter_map(|key| self.earlier(key)));
            }
        }
        for (at, fields) in all.iter().enumerate() {
            for (name, value) in *fields {
                if !all[..at].iter().any(|nearer| nearer.contains_key(name)) {
                    found(name, value);
                }
            }
        }
    }

    /// Under what identities the summary keeps what any instance of an object's class holds.
    fn alike(&self, object: &Obj) -> Vec<u64> {
        let mut known = Vec::new();
        if let Some(class) = object.class {
            known.push(any_instance(class));
            if self.program.class(class).is_interface && object.unknown != Unknown::Created {
                let behind = self.program.implementors(class, self.testing);
                known.extend(behind.into_iter().map(any_instance));
            }
        }
        known
    }
}
