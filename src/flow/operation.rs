//! Operations of Partner Center SDKs, and what is recorded of every call site.

use std::sync::Arc;

use crate::ir::Span;
use crate::models::Row;

use super::events::{CallRecord, add_texts, given_texts};
use super::library::LibraryCall;
use super::machine::Machine;
use super::value::{Chain, Fact, Obj, Part, Unknown, Value};

impl Machine<'_> {
    pub(super) fn apply_operation(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Value {
        let rules = self.rules;
        let operation = &rules.file(row.file).operations[index];
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if let Some(receiver) = call.receiver {
            given = given.join(receiver);
        }
        let mut reached = self.reach(&given);
        if reached.tokens.is_empty()
            && let Some(session) = &operation.session
        {
            let known = self.session(session);
            given = known;
            reached = self.reach(&given);
            if reached.tokens.is_empty() {
                let missing = Unknown::Unassigned(format!("session of {session}").into());
                let key = self.identity(call.span);
                given = given.join(&Value::one(Fact::Object(Obj {
                    key,
                    ty: None,
                    class: None,
                    unknown: missing,
                })));
            }
        }
        let record = self.operation_record(row, index, call);
        self.record_call(record, &given, call.span);
        self.opaque(call.span, Unknown::Response)
    }

    /// The call site that a row describes, without its tokens.
    pub(crate) fn operation_record(&self, row: &Row, index: usize, call: &LibraryCall<'_>) -> CallRecord {
        let operation = &self.rules.file(row.file).operations[index];
        let endpoint = if operation.path.is_empty() {
            call.name.to_owned()
        } else {
            format!("{} {}", operation.method, operation.path).trim().to_owned()
        };
        CallRecord {
            via: Some(operation.via),
            endpoints: [endpoint.as_str().into()].into(),
            symbols: [call.name.into()].into(),
            library: self.rules.file(row.file).library.as_str().into(),
            ..CallRecord::default()
        }
    }

    /// Records a call site here with all tokens that `carried` reaches.
    pub(crate) fn record_call(&mut self, mut record: CallRecord, carried: &Value, span: Span) {
        self.fill_call(&mut record, carried);
        let site = self.site(span);
        record.home = Some(self.frame().home);
        self.found.calls.entry(site).or_default().merge(record);
    }

    /// Puts into the record of a request that goes out which tokens arrive, and what does in their place.
    pub(crate) fn fill_call(&mut self, record: &mut CallRecord, carried: &Value) {
        self.fill_tokens(record, carried);
        self.note_sent(record.tokens.keys().copied());
    }

    /// Puts into a call record which tokens arrive, and what does in their place.
    pub(crate) fn fill_tokens(&mut self, record: &mut CallRecord, carried: &Value) {
        let reached = self.reach(carried);
        for token in &reached.tokens {
            if token.part == Part::Identity || self.hosts.is_foreign(&token.audience) {
                // Asked for something else: Partner Center would not take it, and it is not meant for it.
                if token.part != Part::Identity {
                    record.dropped.insert(token.acquisition);
                }
                continue;
            }
            let steps = self.traces.get(&token.acquisition).cloned().unwrap_or_default();
            record.tokens.entry(token.acquisition).or_insert(steps);
            let asks = |retired: bool| token.audience.iter().any(|a| self.hosts.audience(a) == Some(retired));
            if asks(true) && !asks(false) {
                record.retired.insert(token.acquisition);
            }
        }
        if record.tokens.is_empty() {
            record.missing.extend(reached.unknown.into_iter().filter(|u| *u != Unknown::Created));
            add_texts(&mut record.texts, given_texts(&reached.texts));
        }
    }

    /// The root of a chain of SDK operations.
    pub(super) fn sdk_root(row: &Row, call: &LibraryCall<'_>) -> Value {
        let root = call.args.values().fold(Value::default(), |all, v| all.join(v));
        Value::one(Fact::Chain(Arc::new(Chain { path: "".into(), root, sdk: row.file })))
    }
}
