//! What can be reached from a value: the texts it stands for, the tokens and credentials that it carries.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::ir::Sym;

use super::machine::{Machine, any_instance};
use super::store::ANY;
use super::value::{AcqKey, Fact, Obj, Text, Token, Unknown, Value};

/// How far fields of fields are followed.
const MAX_REACH: usize = 8;
/// How many objects one search looks at.
const MAX_OBJECTS: usize = 400;

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

    /// Everything that is reachable.
    pub(crate) fn reach(&mut self, value: &Value) -> Reached {
        let mut out = Reached::default();
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        // The nearest first: what lies far may be cut.
        let mut todo: VecDeque<(Value, usize)> = VecDeque::from([(value.clone(), 0)]);
        while let Some((value, depth)) = todo.pop_front() {
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
                        if !seen.insert(object.key) || seen.len() > MAX_OBJECTS {
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
                        for (name, field) in self.fields(object) {
                            if !name.starts_with('\u{1}') {
                                todo.push_back((field, depth + 1));
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        out
    }

    /// All that an object holds, here and as far as earlier rounds know.
    pub(crate) fn fields(&mut self, object: &Obj) -> Vec<(Sym, Value)> {
        let mut fields = self.store.read_all(object.key);
        if !self.fresh.contains(&object.key) {
            let mut known: Vec<u64> = vec![object.key];
            if let Some(class) = object.class {
                known.push(any_instance(class));
                if self.program.class(class).is_interface && object.unknown != Unknown::Created {
                    let behind = self.program.implementors(class, self.testing);
                    known.extend(behind.into_iter().map(any_instance));
                }
            }
            for key in known {
                for (name, value) in self.earlier(key).into_iter().flatten() {
                    if !fields.iter().any(|(n, _)| n == name) {
                        fields.push((name.clone(), value.clone()));
                    }
                }
            }
        }
        fields
    }
}
