//! Requests whose grant or address the code does not write down, but what they are made of tells.

use crate::report::{Flow, Via};

use super::events::CallRecord;
use super::grants::is_field;
use super::hosts::Url;
use super::library::LibraryCall;
use super::machine::Machine;
use super::reach::Reached;
use super::value::{Fact, Part, Text, Unknown, Value};

impl Machine<'_> {
    /// A request of a client that is sent once more: what it asks for is known to the first sender alone, but its
    /// base address and headers are the client's. `None` when the client is not one of Partner Center.
    pub(crate) fn send_again(&mut self, base: &[Text], call: &LibraryCall<'_>) -> Option<Value> {
        let ours = |text: &Text| matches!(self.hosts.classify(&text.display()), Url::PartnerCenter { .. });
        if !base.iter().any(ours) {
            return None;
        }
        let given = call.args.values().chain(call.receiver).fold(Value::default(), |all, v| all.join(v));
        let record = CallRecord {
            via: Some(Via::Rest),
            endpoints: ["any (sent again)".into()].into(),
            ..CallRecord::default()
        };
        self.record_call(record, &given, call.span);
        Some(self.opaque(call.span, Unknown::Response))
    }

    /// The answer of a request that exchanges its token at an API that Partner Center has replaced: the token again.
    pub(crate) fn exchanged_before(&mut self, urls: &[Text], call: &LibraryCall<'_>) -> Option<Value> {
        if urls.is_empty() || !urls.iter().all(|url| self.hosts.is_former_exchange(&url.display())) {
            return None;
        }
        let given = call.args.values().chain(call.receiver).fold(Value::default(), |all, v| all.join(v));
        let tokens: Vec<Fact> = self.reach(&given).tokens.into_iter().map(Fact::Token).collect();
        Some(self.opaque(call.span, Unknown::Response).join(&Value::from_facts(tokens)))
    }

    /// The grant of a token request that shows none: one that carries a refresh token, or something of that name,
    /// redeems it.
    pub(crate) fn implied_grant(&mut self, body: Option<&Value>) -> Flow {
        let Some(body) = body else { return Flow::Unknown };
        let reached = self.reach(body);
        let refreshes =
            reached.tokens.iter().any(|t| t.part == Part::Refresh) || names(&reached, "refreshtoken");
        let signs_in = ["password", "passwd", "username"].iter().any(|n| names(&reached, n));
        if refreshes && !signs_in { Flow::RefreshToken } else { Flow::Unknown }
    }
}

/// Something unknown that is reached has this name.
fn names(reached: &Reached, wanted: &str) -> bool {
    reached.unknown.iter().any(|unknown| match unknown {
        Unknown::Parameter(name, _)
        | Unknown::Env(name)
        | Unknown::Config(name)
        | Unknown::Unassigned(name) => is_field(name, wanted),
        Unknown::Created | Unknown::External(_) | Unknown::Response => false,
    })
}
