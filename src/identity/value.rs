//! Settings as one small tree, whatever they were written in.

use std::sync::Arc;

use crate::ir::{Span, Sym};

/// How many nodes a value may have. What is put together from larger ones is not followed: a variable that
/// is doubled on each of a few dozen lines would not fit into memory.
const MAX_NODES: usize = 50_000;

/// A value, as far as the text shows it.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) kind: Kind,
    pub(super) span: Span,
    nodes: usize,
}

/// The kinds of value.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A text, number or truth value.
    Text(Sym),
    /// Something that the text does not decide, by the names it is written with.
    Named(Sym),
    Object(Arc<Object>),
    List(Arc<[Value]>),
}

/// Entries with names.
#[derive(Clone, Debug, Default)]
pub(super) struct Object {
    /// What it is created as: a type, a cmdlet, a kind of resource. Empty for plain maps.
    pub(super) name: Sym,
    /// Folded names and values, in order.
    pub(super) entries: Vec<(Sym, Value)>,
}

/// A name as it is compared: letters and digits in lower case.
pub(super) fn fold(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

impl Value {
    pub(super) fn text(text: impl Into<Sym>, span: Span) -> Self {
        Self { kind: Kind::Text(text.into()), span, nodes: 1 }
    }

    pub(super) fn named(name: impl Into<Sym>, span: Span) -> Self {
        Self { kind: Kind::Named(name.into()), span, nodes: 1 }
    }

    pub(super) fn list(items: Vec<Value>, span: Span) -> Self {
        let nodes = items.iter().fold(1_usize, |sum, item| sum.saturating_add(item.nodes));
        if nodes > MAX_NODES {
            return Self::named("", span);
        }
        Self { kind: Kind::List(items.into()), span, nodes }
    }

    pub(super) fn object(object: Object, span: Span) -> Self {
        let nodes = object.entries.iter().fold(1_usize, |sum, (_, value)| sum.saturating_add(value.nodes));
        if nodes > MAX_NODES {
            return Self::named("", span);
        }
        Self { kind: Kind::Object(Arc::new(object)), span, nodes }
    }

    pub(super) fn entries(&self) -> &[(Sym, Value)] {
        match &self.kind {
            Kind::Object(object) => &object.entries,
            _ => &[],
        }
    }

    /// The value of an entry.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let name = fold(name);
        self.entries().iter().rev().find(|(key, _)| **key == *name).map(|(_, value)| value)
    }

    /// The same with an entry at the end of a path, which makes objects where there are none.
    pub(super) fn with(&self, path: &[Sym], value: Value) -> Self {
        let Some((first, rest)) = path.split_first() else { return value };
        let mut object = match &self.kind {
            Kind::Object(object) => Object::clone(object),
            _ => Object::default(),
        };
        let at = object.entries.iter().position(|(key, _)| key == first);
        let inner = at.map_or_else(|| Value::named("", value.span), |at| object.entries[at].1.clone());
        let inner = inner.with(rest, value);
        match at {
            Some(at) => object.entries[at].1 = inner,
            None => object.entries.push((first.clone(), inner)),
        }
        Self::object(object, self.span)
    }

    /// The values at the end of a dotted path, without lists around them.
    pub(super) fn at<'v>(&'v self, path: &str) -> Vec<&'v Value> {
        let steps: Vec<String> =
            path.split('.').map(|s| if s == "**" { s.to_owned() } else { fold(s) }).collect();
        let mut found = Vec::new();
        self.find(&steps, &mut found);
        found
    }

    fn find<'v>(&'v self, path: &[String], found: &mut Vec<&'v Value>) {
        if let Kind::List(items) = &self.kind {
            return items.iter().for_each(|item| item.find(path, found));
        }
        let Some((first, rest)) = path.split_first() else { return found.push(self) };
        if first == "**" {
            self.find(rest, found);
            for (_, value) in self.entries() {
                value.find(path, found);
            }
            return;
        }
        for (_, value) in self.entries().iter().filter(|(key, _)| **key == **first) {
            value.find(rest, found);
        }
    }

    /// The texts of a value and of lists in it.
    pub(super) fn texts(&self) -> Vec<&str> {
        match &self.kind {
            Kind::Text(text) => vec![text],
            Kind::List(items) => items.iter().flat_map(Value::texts).collect(),
            Kind::Named(_) | Kind::Object(_) => Vec::new(),
        }
    }
}

/// What one file holds.
#[derive(Debug, Default)]
pub(super) struct Holdings {
    /// The objects, each once; those inside of others too.
    pub(super) objects: Vec<Value>,
    /// The texts.
    pub(super) texts: Vec<(String, Span)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(entries: Vec<(&str, Value)>) -> Value {
        let entries = entries.into_iter().map(|(k, v)| (fold(k).into(), v)).collect();
        Value::object(Object { name: "".into(), entries }, Span::default())
    }

    fn text(text: &str) -> Value {
        Value::text(text, Span::default())
    }

    #[test]
    fn paths_pass_through_lists_and_spellings() {
        let users = object(vec![("exclude_users", Value::list(vec![text("a"), text("b")], Span::default()))]);
        let policy =
            object(vec![("conditions", Value::list(vec![object(vec![("Users", users)])], Span::default()))]);
        let found = policy.at("conditions.users.excludeUsers");
        assert_eq!(found.iter().flat_map(|v| v.texts()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(policy.at("**.excludeUsers").len(), 2);
        assert!(policy.at("conditions.excludeUsers").is_empty());
    }

    #[test]
    fn members_are_set_one_by_one() {
        let empty = Value::named("", Span::default());
        let one = empty.with(&["users".into(), "excludeusers".into()], text("a"));
        let two = one.with(&["users".into(), "includeusers".into()], text("b"));
        assert_eq!(two.at("users.excludeUsers").len() + two.at("users.includeUsers").len(), 2);
    }

    #[test]
    fn values_that_grow_without_bound_are_given_up() {
        let mut value = text("a");
        for _ in 0..64 {
            value = Value::list(vec![value.clone(), value], Span::default());
        }
        assert!(value.texts().len() < MAX_NODES);
    }
}
