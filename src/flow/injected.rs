//! Clients that dependency injection hands out: one place sets them up under a name or for a type, others ask for
//! them or get them as a parameter.

use std::sync::Arc;

use crate::ir::{Span, Sym, TypeName};
use crate::models::{Args, Callback, Injected};

use super::hosts::Url;
use super::library::LibraryCall;
use super::machine::{Machine, any_instance};
use super::value::{Fact, FuncRef, Obj, Piece, Text, Unknown, Value, digest, mix};

/// The client that is known under a name.
fn key_of(name: &str) -> u64 {
    mix(&[20, digest(&name.to_ascii_lowercase())])
}

/// Marks what was set up, with its type.
const TYPE: &str = "\u{1}type";

/// Marks a client that answers for an interface, with the member that holds its base address.
const BASE: &str = "\u{1}base";

impl Machine<'_> {
    /// Sets up a client, with the functions that are given for that.
    pub(crate) fn inject(&mut self, row: &Injected, call: &LibraryCall<'_>) -> Option<Value> {
        let mut names: Vec<String> = call.type_args.iter().map(|(name, _)| name.to_string()).collect();
        if let Some(selector) = &row.name
            && let Some(value) = self.select(std::slice::from_ref(selector), call)
        {
            names.extend(value.texts().filter_map(Text::known));
        }
        let mut clients = Vec::new();
        for name in &names {
            let object = Self::client_object(name, &row.ty.as_str().into());
            self.store.write(object.key, TYPE, Value::text(row.ty.as_str(), None));
            clients.push(Fact::Object(object));
        }
        if row.implements
            && let Some((_, Some(class))) = call.type_args.first()
        {
            // Whoever gets an object of the interface gets the client.
            self.instance_of(*class);
            self.store.join(any_instance(*class), "client", &Value::from_facts(clients.clone()));
        }
        if clients.is_empty() {
            return None;
        }
        if let Some(base) = row.base.as_deref().filter(|_| row.implements) {
            for name in &names {
                self.store.write(key_of(name), BASE, Value::text(base, None));
            }
        }
        let clients = Value::from_facts(clients);
        for closure in call.args.values().flat_map(Value::closures).cloned().collect::<Vec<_>>() {
            let params = self.program.function(closure.func).params.len();
            let args = Args { positional: vec![clients.clone(); params], ..Args::default() };
            self.either(None, |m| m.call_closure(&closure, args, call.span), |_| Value::default());
        }
        Some(clients)
    }

    /// The receiver works with an object of the type that the call names.
    pub(crate) fn hold_type(&mut self, call: &LibraryCall<'_>) -> Option<Value> {
        let (_, class) = call.type_args.first()?;
        let instance = self.instance_of((*class)?);
        let receiver = call.receiver?.clone();
        self.add(&receiver, &Value::one(Fact::Object(instance)));
        Some(receiver)
    }

    /// Calls a function that a library was given with what it is known to be given.
    pub(crate) fn run_callback(&mut self, row: &Callback, call: &LibraryCall<'_>) {
        let Some(function) = self.select(std::slice::from_ref(&row.function), call) else { return };
        let mut closures: Vec<_> = function.closures().cloned().collect();
        for object in function.objects().cloned().collect::<Vec<_>>() {
            let inside = self.inside(&object).unwrap_or_default();
            closures.extend(inside.closures().cloned());
        }
        let mut positional = Vec::new();
        for selector in &row.with {
            let value = self.select(std::slice::from_ref(selector), call);
            positional
                .push(value.unwrap_or_else(|| self.opaque(call.span, Unknown::External(call.name.into()))));
        }
        for closure in closures {
            let args = Args { positional: positional.clone(), ..Args::default() };
            self.either(None, |m| m.call_closure(&closure, args, call.span), |_| Value::default());
        }
    }

    /// The clients that were set up under the names in a value.
    pub(crate) fn injected(&mut self, names: &Value) -> Option<Value> {
        let known: Vec<String> = names.texts().filter_map(Text::known).collect();
        let found = known.iter().filter_map(|n| self.known_client(n));
        let found: Vec<Fact> = found.map(Fact::Object).collect();
        (!found.is_empty()).then(|| Value::from_facts(found))
    }

    /// The client that a parameter of a type's method gets from outside, when one was set up for the type.
    pub(crate) fn injected_client(&mut self, func: FuncRef, ty: Option<&TypeName>) -> Option<Value> {
        let class = self.program.owner(func)?;
        let wanted = ty?.short();
        let names = self.program.type_names(class);
        let found = names.iter().filter_map(|n| self.known_client(n));
        let found: Vec<Fact> = found.filter(|o| o.ty.as_deref() == Some(wanted)).map(Fact::Object).collect();
        (!found.is_empty()).then(|| Value::from_facts(found))
    }

    /// A method of an interface that a package holds and a client answers for. Where it sends a request is known only
    /// as far as the client's base address tells.
    pub(crate) fn declared_elsewhere(
        &mut self,
        receiver: &Value,
        name: &str,
        args: &Args,
        span: Span,
    ) -> Option<Value> {
        if !self.rules.has_answering(self.program.language(self.unit())) {
            return None;
        }
        let undeclared = receiver.objects().filter(|o| o.class.is_none()).filter_map(|o| o.ty.clone());
        for ty in undeclared.collect::<Vec<Sym>>() {
            let Some(client) = self.known_client(&ty) else { continue };
            let base = self.store.read(client.key, BASE);
            let base = base.or_else(|| self.earlier(client.key).and_then(|m| m.get(BASE)).cloned());
            let Some(base) = base.and_then(|base| base.constant()) else { continue };
            let client = Value::one(Fact::Object(client));
            let address = self.member(&client, &base, span);
            for text in self.texts_of(&address) {
                let slash = Text::literal("/".into(), None);
                let path = Text(Arc::from([Piece::Hole(name.into())]));
                let parts =
                    if text.display().ends_with('/') { vec![text, path] } else { vec![text, slash, path] };
                let url = Text::concat(&parts);
                if let Url::PartnerCenter { host_at, path_at } = self.hosts.classify(&url.display()) {
                    let receiver = Some(&client);
                    let call =
                        LibraryCall { name, receiver, args, span, untyped: false, type_args: Vec::new() };
                    return Some(self.partner_center_request(&call, &url, Some(host_at), path_at, ""));
                }
            }
        }
        None
    }

    fn known_client(&mut self, name: &str) -> Option<Obj> {
        let key = key_of(name);
        let ty = self.store.read(key, TYPE);
        let ty = ty.or_else(|| self.earlier(key).and_then(|m| m.get(TYPE)).cloned())?;
        let ty: Sym = ty.constant()?.into();
        Some(Self::client_object(name, &ty))
    }

    fn client_object(name: &str, ty: &Sym) -> Obj {
        let unknown = Unknown::Unassigned(format!("the client {name}").into());
        Obj { key: key_of(name), ty: Some(ty.clone()), class: None, unknown }
    }
}
