//! Functions of the program that bear the names of commands that rules know.
//!
//! Such a function is the command itself (the tree holds the module) or something of its own that happens to be
//! called so. What it does decides: its body is evaluated like that of any other function, and when it does what
//! the rule says of the command, the caller is reported as a caller of the command.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ir::{FunctionKind, Span};
use crate::models::{Args, Form, Row, RowKind};
use crate::report::Flow;

use super::events::CallRecord;
use super::library::LibraryCall;
use super::machine::Machine;
use super::value::{AcqKey, Fact, FuncRef, Obj, Part, Token, Unknown, Value};

/// What a call has done, by itself or through what it calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deeds {
    /// The tokens that it obtained.
    pub(crate) acquired: BTreeSet<AcqKey>,
    /// It sent a request to Partner Center.
    pub(crate) sent: bool,
    /// The tokens that such requests carried.
    pub(crate) carried: BTreeSet<AcqKey>,
}

impl Deeds {
    pub(crate) fn join(&mut self, other: &Self) {
        self.acquired.extend(&other.acquired);
        self.sent |= other.sent;
        self.carried.extend(&other.carried);
    }
}

impl Machine<'_> {
    /// Calls a free function of the program by a command's name.
    pub(crate) fn call_namesake(&mut self, func: FuncRef, name: &str, args: Args, span: Span) -> Value {
        let is_command = self.knows(Form::Command, name) && self.program.is_command_for(func, self.unit());
        if !is_command {
            return self.call_function(func, args, None, None, span);
        }
        let outer = std::mem::take(&mut self.deeds);
        let value = self.call_function(func, args.clone(), None, None, span);
        let deeds = std::mem::replace(&mut self.deeds, outer);
        self.deeds.join(&deeds);
        let args = self.command_args(name, args, span);
        let call =
            LibraryCall { name, receiver: None, args: &args, span, untyped: true, type_args: Vec::new() };
        if let Some(token) = self.acquire_as(&call, &deeds) {
            return self.without(&value, &deeds.acquired).join(&token);
        }
        self.operate_as(&call, func, &deeds);
        value
    }

    /// The value without the tokens that are inside the command: to the caller, it is the command that gives one.
    fn without(&mut self, value: &Value, inner: &BTreeSet<AcqKey>) -> Value {
        let kept = value.facts().iter().filter(|fact| match fact {
            Fact::Token(token) => !inner.contains(&token.acquisition),
            Fact::Object(object) if object.class.is_none() => {
                let tokens = self.reach(&Value::one((*fact).clone())).tokens;
                tokens.is_empty() || tokens.iter().any(|t| !inner.contains(&t.acquisition))
            }
            _ => true,
        });
        Value::from_facts(kept.cloned().collect())
    }

    /// The acquisition that a rule sees in the command, when the function came upon the same flow.
    fn acquire_as(&mut self, call: &LibraryCall<'_>, deeds: &Deeds) -> Option<Value> {
        let rows = if call.args.open {
            // Which parameters are given, the code does not show; what the function does tells the rows apart.
            self.named(Form::Command, call.name)
        } else {
            self.matching(Form::Command, call.name, None, call.args)
        };
        let (row, index, flow) = rows.iter().find_map(|row| match row.kind {
            RowKind::Acquire(i) => {
                let acquire = &self.rules.file(row.file).acquire[i];
                let flow = acquire.flow.filter(|f| *f != Flow::StaticToken && !acquire.not)?;
                deeds.acquired.iter().any(|k| k.flow == flow).then_some((row, i, flow))
            }
            _ => None,
        })?;
        let value = self.apply_acquire(row, index, call);
        let own = AcqKey { site: self.site(call.span), flow };
        self.found.inside.entry(own).or_default().extend(deeds.acquired.iter().filter(|k| **k != own));
        value
    }

    /// The request that a rule sees in the command, when the function sends one.
    fn operate_as(&mut self, call: &LibraryCall<'_>, func: FuncRef, deeds: &Deeds) {
        let rows = self.matching(Form::Command, call.name, None, call.args);
        let found = rows.iter().find_map(|row| match row.kind {
            RowKind::Operation(i) => Some((row, i)),
            _ => None,
        });
        let Some((row, index)) = found else { return };
        let mut record = self.operation_record(row, index, call);
        let carried = self.carried_by(row, index, call, deeds);
        self.fill_tokens(&mut record, &carried);
        record.home = Some(self.frame().home);
        let site = self.site(call.span);
        if deeds.sent {
            self.found.calls.entry(site).or_default().merge(record);
        } else {
            // Given these arguments it sends nothing; whether it ever does, other contexts tell.
            self.found.supposed.entry(site).or_insert_with(|| (func, CallRecord::default())).1.merge(record);
        }
    }

    /// What a command of the program sends: a token among its arguments, that of the command's session, or the one
    /// that its own requests carried.
    fn carried_by(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>, deeds: &Deeds) -> Value {
        let session = self.rules.file(row.file).operations[index].session.clone();
        let given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        let held = session.as_deref().map(|s| self.session(s)).unwrap_or_default();
        for source in [given, held] {
            let tokens = self.reach(&source).tokens.into_iter();
            let tokens: Vec<Fact> =
                tokens.filter(|t| self.is_of_this_run(t.acquisition)).map(Fact::Token).collect();
            if !tokens.is_empty() {
                return Value::from_facts(tokens);
            }
        }
        let inner = deeds.carried.iter().filter(|k| self.is_of_this_run(**k)).map(|acquisition| {
            let token = Token { acquisition: *acquisition, audience: Vec::new(), part: Part::Access };
            Fact::Token(Arc::new(token))
        });
        let inner = Value::from_facts(inner.collect());
        if !inner.is_empty() {
            return inner;
        }
        let missing = session.map_or_else(|| call.name.to_owned(), |s| format!("session of {s}"));
        let key = self.identity(call.span);
        let unknown = Unknown::Unassigned(missing.as_str().into());
        Value::one(Fact::Object(Obj { key, ty: None, class: None, unknown }))
    }

    /// A script starts with nothing signed in: of what others leave behind in sessions and global variables, only
    /// its own doing counts. A function may be called at any time.
    fn is_of_this_run(&self, acquisition: AcqKey) -> bool {
        let is_script = self
            .frames
            .first()
            .is_some_and(|frame| self.program.function(frame.func).kind == FunctionKind::TopLevel);
        !is_script || self.found.acquisitions.contains_key(&acquisition)
    }

    /// A call has done the same as before.
    pub(crate) fn repeat_deeds(&mut self, deeds: &Deeds) {
        self.deeds.join(deeds);
        if deeds.sent {
            self.note_sent(std::iter::empty());
        }
    }

    /// A request to Partner Center went out.
    pub(crate) fn note_sent(&mut self, tokens: impl Iterator<Item = AcqKey>) {
        self.deeds.sent = true;
        self.deeds.carried.extend(tokens);
        for i in 0..self.frames.len() {
            let func = self.frames[i].func;
            self.found.senders.insert(func);
        }
    }
}
