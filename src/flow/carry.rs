//! Calls of libraries that hand on what they are given, and calls that nothing is known of.

use std::sync::Arc;

use crate::ir::{Span, Sym};
use crate::models::{Args, Put, Row};

use super::library::LibraryCall;
use super::machine::Machine;
use super::store::ANY;
use super::value::{Fact, Obj, Text, Unknown, Value};

impl Machine<'_> {
    pub(super) fn apply_carry(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Option<Value> {
        let rules = self.rules;
        let carry = &rules.file(row.file).carries[index];
        if let Some(ty) = &carry.creates {
            let object = self.create(call.span, Some(ty.as_str().into()), None);
            let value = Value::one(Fact::Object(object));
            for given in call.args.values().chain(call.receiver) {
                self.add(&value, &given.filter(|f| !matches!(f, Fact::Type(..))));
            }
            for (member, selector) in &carry.sets {
                if let Some(given) = self.select(std::slice::from_ref(selector), call) {
                    self.set_member(&value, member, given, call.span);
                }
            }
            return Some(value);
        }
        for selector in &carry.fills {
            if let (Some(value), Some(receiver)) =
                (self.select(std::slice::from_ref(selector), call), call.receiver)
            {
                self.add(&value, receiver);
            }
        }
        for (member, selector) in &carry.sets {
            if let (Some(value), Some(receiver)) =
                (self.select(std::slice::from_ref(selector), call), call.receiver)
            {
                self.set_member(&receiver.clone(), member, value, call.span);
            }
        }
        for (member, selector) in &carry.sets_result {
            let given = self.select(std::slice::from_ref(selector), call);
            for closure in given.iter().flat_map(Value::closures).cloned().collect::<Vec<_>>() {
                let value = self.call_closure(&closure, Args::default(), call.span);
                if let Some(receiver) = call.receiver {
                    self.set_member(&receiver.clone(), member, value, call.span);
                }
            }
        }
        if !carry.element.is_empty()
            && let Some(receiver) = call.receiver
        {
            let key = self.select(&carry.element, call).unwrap_or_default();
            return Some(self.element(receiver, &key, call.span));
        }
        if let Some(put) = &carry.puts {
            self.apply_put(put, call);
        }
        if let Some(callback) = &carry.calls {
            self.run_callback(callback, call);
        }
        if let Some(client) = &carry.injects {
            return self.inject(client, call);
        }
        if carry.holds_type {
            return self.hold_type(call);
        }
        if !carry.join_url.is_empty() {
            let mut parts: Vec<Vec<Text>> = Vec::new();
            for selector in &carry.join_url {
                let value = self.select(std::slice::from_ref(selector), call).unwrap_or_default();
                let mut texts = self.texts_of(&value);
                // `req.url || '/'` may be anything, too, and must decide no branch.
                let is_open = |fact: &Fact| matches!(fact, Fact::Object(o) if o.unknown != Unknown::Created);
                if texts.is_empty() || value.texts().next().is_some() && value.facts().iter().any(is_open) {
                    texts.push(Text(Arc::from([super::value::Piece::Hole("url".into())])));
                }
                parts.push(texts);
            }
            let mut all: Vec<Text> = parts.first().cloned().unwrap_or_default();
            for next in parts.iter().skip(1) {
                all = all
                    .iter()
                    .flat_map(|a| next.iter().map(|b| super::hosts::join_url(a, b)))
                    .take(8)
                    .collect();
            }
            return Some(Value::from_facts(all.into_iter().map(Fact::Text).collect()));
        }
        if !carry.result.is_empty() {
            return Some(self.select(&carry.result, call).unwrap_or_default());
        }
        if carry.nothing {
            return Some(self.opaque(call.span, Unknown::External(call.name.into())));
        }
        None
    }

    /// Puts an argument into another one.
    fn apply_put(&mut self, put: &Put, call: &LibraryCall<'_>) {
        let target = self.select(std::slice::from_ref(&put.into), call);
        let value = self.select(std::slice::from_ref(&put.value), call);
        let (Some(target), Some(value)) = (target, value) else { return };
        if let Some(key) = &put.key {
            if let Some(key) = self.select(std::slice::from_ref(key), call) {
                self.put(&target, &key, value, call.span);
            }
            return;
        }
        for object in value.objects() {
            for (name, entry) in self.fields(object) {
                if name.as_ref() == ANY {
                    self.add(&target, &entry);
                } else if !name.starts_with('\u{1}') {
                    self.put(&target, &Value::text(name, None), entry, call.span);
                }
            }
        }
    }

    /// A call that neither the program nor a rule knows: it passes on what it is given, may keep it in its
    /// receiver, and may call the functions it is given.
    pub(crate) fn external_call(
        &mut self,
        receiver: Option<&Value>,
        name: &str,
        args: &Args,
        span: Span,
    ) -> Value {
        self.observe_external(name, receiver, args, span);
        if name.starts_with('@') && receiver.is_some() {
            // An annotation that no rule knows says nothing about its parameter.
            return Value::default();
        }
        let nothing = Value::default();
        let receiver = receiver.unwrap_or(&nothing);
        let mut facts: Vec<Fact> = Vec::new();
        let inputs: Vec<Value> = args.values().map(|value| self.without_inert(value)).collect();
        for input in &inputs {
            for closure in input.closures().cloned().collect::<Vec<_>>() {
                let mut given = self.elements(receiver);
                if given.is_empty() {
                    given = self.opaque(span, Unknown::External(name.into()));
                }
                if let Some(input) = &args.pipeline {
                    given = self.elements(input);
                }
                let params = self.program.function(closure.func).params.len();
                let positional = (0..params).map(|_| given.clone()).collect();
                let value = self.either(
                    None,
                    |m| m.call_closure(&closure, Args { positional, ..Args::default() }, span),
                    |_| Value::default(),
                );
                facts.extend(
                    value.facts().iter().filter(|f| !matches!(f, Fact::Null | Fact::Bool(_))).cloned(),
                );
            }
        }
        // What goes in may stay in the receiver: `headers.Add(name, value)`.
        if !inputs.is_empty() && receiver.objects().next().is_some() {
            let all = inputs.iter().fold(Value::default(), |all, v| all.join(v));
            let keep = all.filter(|f| {
                matches!(
                    f,
                    Fact::Token(_)
                        | Fact::Credential(_)
                        | Fact::Object(_)
                        | Fact::Text(_)
                        | Fact::Func(_)
                        | Fact::Chain(_)
                )
            });
            if let [key, value] = args.positional.as_slice()
                && let Some(text) = key.constant()
                && text.len() < 64
            {
                let _ = text;
                self.put_external(receiver, key, value, span);
            }
            // `body.update(grant_type="password")`.
            for object in receiver.objects().filter(|o| o.ty.as_deref() == Some("map")) {
                let only = Value::one(Fact::Object(object.clone()));
                for (name, value) in &args.named {
                    let key = Value::text(name.clone(), Some(self.origin(span)));
                    self.put(&only, &key, value.clone(), span);
                }
            }
            let own = receiver.filter(|f| matches!(f, Fact::Object(_)));
            self.add(&own, &keep);
        }
        let telling = |f: &Fact| {
            matches!(
                f,
                Fact::Token(_)
                    | Fact::Credential(_)
                    | Fact::Object(_)
                    | Fact::Chain(_)
                    | Fact::Func(_)
                    | Fact::Section(_)
            )
        };
        for fact in receiver.facts() {
            let bare = matches!(fact, Fact::Object(o) if self.store.is_bare(o));
            match fact {
                // A getter: `result.getRefreshToken()`.
                Fact::Token(token) if args.count() == 0 => {
                    facts.push(Fact::Token(super::member::part_of(token, name)));
                }
                _ if !bare && (telling(fact) || matches!(fact, Fact::Text(_))) => facts.push(fact.clone()),
                _ => {}
            }
        }
        let single = inputs.len() == 1;
        for input in &inputs {
            for fact in input.facts() {
                match fact {
                    Fact::Text(text) => {
                        let shown = text.display();
                        if single || shown.contains("://") || shown.contains("grant_type") {
                            facts.push(fact.clone());
                        }
                    }
                    Fact::Func(_) => {}
                    Fact::Object(o) if self.store.is_bare(o) => {}
                    other if telling(other) => facts.push(other.clone()),
                    _ => {}
                }
            }
        }
        let key = self.identity(span);
        self.made.insert(key);
        let unknown = receiver
            .objects()
            .chain(inputs.iter().flat_map(Value::objects))
            .map(|o| &o.unknown)
            .find(|u| {
                matches!(u, Unknown::Parameter(..) | Unknown::Env(_) | Unknown::Config(_) | Unknown::Response)
            })
            .cloned()
            .unwrap_or_else(|| Unknown::External(name.into()));
        facts.push(Fact::Object(Obj { key, ty: None, class: None, unknown }));
        Value::from_facts(facts)
    }

    /// What is left of a value without the objects that rules call inert.
    pub(super) fn without_inert(&self, value: &Value) -> Value {
        let language = self.program.language(self.unit());
        value.filter(|fact| match fact {
            Fact::Object(Obj { ty: Some(ty), class: None, .. }) => !self.rules.is_inert(ty, language),
            _ => true,
        })
    }

    fn put_external(&mut self, receiver: &Value, key: &Value, value: &Value, span: Span) {
        for object in receiver.objects() {
            if object.class.is_none() {
                let only = Value::one(Fact::Object(object.clone()));
                if let Some(name) = key.constant() {
                    let name = self.key_name(&name);
                    let old = self.store.read(object.key, &name);
                    let value = old.map_or_else(|| value.clone(), |o| o.join(value));
                    self.put(&only, key, value, span);
                }
            }
        }
    }
}

/// The same value with another type.
pub(super) fn retyped(value: &Value, ty: &Sym) -> Value {
    let last = value.facts().iter().rposition(|f| matches!(f, Fact::Object(o) if o.class.is_none()));
    Value::from_facts(
        value
            .facts()
            .iter()
            .enumerate()
            .map(|(i, f)| match f {
                Fact::Object(o) if Some(i) == last || o.ty.is_none() => {
                    Fact::Object(Obj { ty: Some(ty.clone()), class: None, ..o.clone() })
                }
                other => other.clone(),
            })
            .collect(),
    )
}
