//! HTTP requests: is it a token request, a Partner Center request, or neither?

use crate::ir::{Span, Sym};
use crate::models::{Row, Selector};
use crate::report::{Flow, Via};

use super::events::{AcqRecord, CallRecord, Lift};
use super::hosts::{Url, absolute, host_of, join_url, looks_like_url, version_prefix};
use super::library::LibraryCall;
use super::machine::Machine;
use super::store::ANY;
use super::value::{AcqKey, Fact, Obj, Site, Text, Unknown, Value};

/// Marks objects whose request was sent.
const SENT: &str = "\u{1}sent";

impl Machine<'_> {
    /// A call that sends a request.
    pub(crate) fn apply_request(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Option<Value> {
        let rules = self.rules;
        let file = rules.file(row.file);
        let request = &file.requests[index];
        let home = self.frame().home;
        if call.name.starts_with('@') && self.frames.iter().rev().nth(1).is_none_or(|f| f.home == home) {
            // A method that annotations alone declare, and that nobody calls.
            return Some(self.opaque(call.span, Unknown::External(call.name.into())));
        }
        if call.args.get("beside").is_some() && call.name.starts_with('@') {
            return Some(self.opaque(call.span, Unknown::External(call.name.into())));
        }
        let with_block;
        let with_block_args;
        let call = match call.args.get("&").cloned() {
            // A block is given the request to set it up: `connection.post { |request| … }`.
            Some(block) => {
                let object = Value::one(Fact::Object(self.create(call.span, None, None)));
                let given = crate::models::Args { positional: vec![object.clone()], ..Default::default() };
                for closure in block.closures().cloned().collect::<Vec<_>>() {
                    self.call_closure(&closure, given.clone(), call.span);
                }
                let mut args = call.args.clone();
                args.named.push(("block".into(), object));
                with_block_args = args;
                with_block = LibraryCall {
                    name: call.name,
                    receiver: call.receiver,
                    args: &with_block_args,
                    span: call.span,
                    untyped: call.untyped,
                    type_args: call.type_args.clone(),
                };
                &with_block
            }
            None => call,
        };
        let line = self.select(&request.line, call).and_then(|value| self.request_line(&value));
        let mut urls = match (&line, self.select(&request.url, call)) {
            (Some((_, url)), _) => vec![url.clone()],
            (None, Some(value)) => self.request_texts(&value),
            (None, None) => Vec::new(),
        };
        let base = match self.select(&request.base, call) {
            Some(value) => self.texts_of(&value),
            None => Vec::new(),
        };
        if request.again {
            return self.send_again(&base, call);
        }
        if urls.is_empty() && !base.is_empty() {
            urls.clone_from(&base);
        } else if !base.is_empty() {
            urls = urls
                .iter()
                .flat_map(|u| {
                    if absolute(u) { vec![u.clone()] } else { base.iter().map(|b| join_url(b, u)).collect() }
                })
                .take(16)
                .collect();
        }
        let method = match (line, self.select(&request.method, call)) {
            (Some((method, _)), _) => method,
            (None, Some(value)) => self.method_name(&value),
            (None, None) => String::new(),
        };
        let body = self.body_of(&request.body, call);
        if let Some(secret) = self.secret_request(&urls, &method, body.as_ref(), call.span) {
            return Some(secret);
        }
        let grants = match &body {
            Some(body) => self.grants_in(body),
            None => Vec::new(),
        };
        let classes: Vec<(Text, Url)> =
            urls.iter().map(|u| (u.clone(), self.hosts.classify(&u.display()))).collect();
        if let Some(token) = self.exchanged_before(&urls, call) {
            return Some(token);
        }
        let token_url = classes.iter().any(|(_, c)| *c == Url::Token);
        let foreign = !urls.is_empty() && urls.iter().all(|u| self.hosts.is_foreign_issuer(&u.display()));
        if token_url || !grants.is_empty() && !foreign {
            let exchange = classes
                .iter()
                .any(|(u, c)| matches!(c, Url::PartnerCenter { .. }) && self.hosts.is_exchange(&u.display()));
            let decided = !classes.iter().any(|(_, c)| matches!(c, Url::PartnerCenter { .. }));
            if !exchange && decided {
                return Some(self.token_request(&file.library, call, &grants, body.as_ref()));
            }
        }
        if request.once
            && let Some(receiver) = call.receiver
            && self.is_sent(receiver)
        {
            return Some(self.opaque(call.span, Unknown::Response));
        }
        let to_us = classes.iter().any(|(_, c)| matches!(c, Url::PartnerCenter { .. } | Url::Relative));
        let signed = match &request.session {
            Some(session) if to_us => self.session_token(&file.library, session, &request.audience, call),
            _ => None,
        };
        let signed = signed.or_else(|| if to_us { self.attached(call, &classes) } else { None });
        let with_token = signed.map(|token| {
            let mut args = call.args.clone();
            args.named.push(("authorization".into(), token));
            args
        });
        let call = &LibraryCall { args: with_token.as_ref().unwrap_or(call.args), ..call.clone() };
        let mut result = None;
        for (url, class) in &classes {
            let found = match class {
                Url::PartnerCenter { host_at, path_at } => {
                    Some(self.partner_center_request(call, url, Some(*host_at), *path_at, &method))
                }
                Url::Relative => self.relative_request(call, url, &method),
                _ => None,
            };
            if let Some(found) = found {
                result = Some(result.map_or_else(|| found.clone(), |r: Value| r.join(&found)));
            }
        }
        if result.is_some() {
            return result;
        }
        if call.untyped && row_is_narrowed(row) {
            return None;
        }
        self.note_elsewhere(call, &classes);
        // Some other request: its answer carries nothing of what was sent.
        Some(self.opaque(call.span, Unknown::External(call.name.into())))
    }

    /// What a request sends. A function in its place is called with the answer (`request.end(done)`), unless there is
    /// nothing else: then it writes the body.
    fn body_of(&mut self, selectors: &[Selector], call: &LibraryCall<'_>) -> Option<Value> {
        let given = selectors.iter().find_map(|selector| {
            let value = self.select(std::slice::from_ref(selector), call)?;
            let only_functions =
                !value.is_empty() && value.facts().iter().all(|f| matches!(f, Fact::Func(_)));
            (!only_functions).then_some(value)
        });
        given.or_else(|| self.select(selectors, call))
    }

    /// The tokens of a request whose host is known, and none of ours, go elsewhere.
    fn note_elsewhere(&mut self, call: &LibraryCall<'_>, urls: &[(Text, Url)]) {
        let hosts = self.hosts;
        if urls.is_empty() || !urls.iter().all(|(url, _)| hosts.is_elsewhere(&url.display())) {
            return;
        }
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if let Some(receiver) = call.receiver {
            given = given.join(receiver);
        }
        let reached = self.reach(&given);
        self.found.elsewhere.extend(reached.tokens.iter().map(|t| t.acquisition));
    }

    /// The token that a request takes from a session by itself, unless it is given one.
    fn session_token(
        &mut self,
        library: &str,
        session: &str,
        audience: &[Selector],
        call: &LibraryCall<'_>,
    ) -> Option<Value> {
        let given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if !self.reach(&given).tokens.is_empty() {
            return None;
        }
        let known = self.session(session);
        let asked = self.select(audience, call);
        let (audience, open) = self.audience_of(asked, !audience.is_empty());
        let key = AcqKey { site: self.site(call.span), flow: Flow::Silent };
        let record = AcqRecord {
            library: library.into(),
            symbol: call.name.into(),
            home: Some(self.frame().home),
            extents: [self.site(call.span)].into(),
            audiences: audience.iter().cloned().collect(),
            audience_open: open,
            seeds: self.reach(&known).tokens.into_iter().map(|t| t.acquisition).collect(),
            outside: true,
            ..AcqRecord::default()
        };
        Some(Value::one(self.record_acquisition(key, record, &audience)))
    }

    /// All that the receiver may be has sent its request before; from now on it has.
    fn is_sent(&mut self, receiver: &Value) -> bool {
        let mut all = true;
        for object in receiver.objects().cloned().collect::<Vec<_>>() {
            if self.store.read(object.key, SENT).is_none() {
                all = false;
                self.store.write(object.key, SENT, Value::one(Fact::Bool(true)));
            }
        }
        all
    }

    /// The texts that may be a URL.
    fn request_texts(&mut self, value: &Value) -> Vec<Text> {
        let own: Vec<Text> = self.texts_of(value);
        if own.iter().any(|t| looks_like_url(&t.display())) {
            return own.into_iter().filter(|t| looks_like_url(&t.display())).collect();
        }
        if !own.is_empty() {
            return own;
        }
        let reached = self.reach(value);
        reached.texts.into_iter().filter(|t| looks_like_url(&t.display())).collect()
    }

    /// Method and URL of a text that holds both.
    fn request_line(&mut self, value: &Value) -> Option<(String, Text)> {
        let line = self.texts_of(value).iter().find_map(Text::known)?;
        let (method, url) = line.trim().split_once(' ')?;
        Some((method.to_ascii_uppercase(), Text::literal(url.trim().into(), None)))
    }

    /// The method that a value names.
    fn method_name(&mut self, value: &Value) -> String {
        for fact in value.facts() {
            let name = match fact {
                Fact::Text(text) => text.known(),
                Fact::Type(name, _) | Fact::Object(Obj { unknown: Unknown::Unassigned(name), .. }) => {
                    Some(name.to_string())
                }
                Fact::Object(o) => {
                    let inside = self.store.read(o.key, ANY);
                    inside.and_then(|v| v.texts().find_map(Text::known))
                }
                _ => None,
            };
            if let Some(name) = name {
                // `http.MethodPost` of Go is a name without a value here.
                let upper = name.to_ascii_uppercase();
                let upper = upper.strip_prefix("METHOD").unwrap_or(&upper).to_owned();
                if ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].contains(&upper.as_str()) {
                    return upper;
                }
            }
        }
        String::new()
    }

    /// A request to a host of the API.
    pub(super) fn partner_center_request(
        &mut self,
        call: &LibraryCall<'_>,
        url: &Text,
        host_at: Option<usize>,
        path_at: usize,
        method: &str,
    ) -> Value {
        let shown = url.display();
        let path = &shown[path_at..];
        let endpoint = self.endpoint(method, path);
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if let Some(receiver) = call.receiver {
            given = given.join(receiver);
        }
        let mut record = CallRecord {
            via: Some(Via::Rest),
            endpoints: [endpoint].into(),
            by_audience: host_at.is_none(),
            hosts: host_at.map(|at| Sym::from(host_of(&shown[at..path_at]))).into_iter().collect(),
            ..CallRecord::default()
        };
        let signed = self.hooked(&given, Some(url), call.span);
        given = given.join(&signed);
        self.fill_call(&mut record, &given);
        if let Some(caller) = self.frames.iter().rev().nth(1).filter(|_| call.name.starts_with('@')) {
            // A method that annotations alone declare sends nothing by itself: who calls it does.
            let lift = Lift::Call(Box::new(record), caller.home);
            self.frame_mut().lifts.push(lift);
        } else {
            self.place_call(record, url, host_at, path_at, call.span);
        }
        let response = self.opaque(call.span, Unknown::Response);
        if self.hosts.is_exchange(path) {
            // The answer is a token that stands for the one that was sent.
            let reached = self.reach(&given);
            return response.join(&Value::from_facts(reached.tokens.into_iter().map(Fact::Token).collect()));
        }
        response
    }

    /// The send itself is a call site when it knows that the request goes to Partner Center; the function
    /// that names the path is one too.
    fn place_call(
        &mut self,
        record: CallRecord,
        url: &Text,
        host_at: Option<usize>,
        path_at: usize,
        span: Span,
    ) {
        let home = self.frame().home;
        if self.in_hook {
            // Whoever sends it makes the request, too; that is placed there.
            let mut record = record;
            record.home = Some(home);
            self.found.calls.entry(self.site(span)).or_default().merge(record);
            return;
        }
        let caller = |m: &Self, at: usize| {
            url.origin_at(at).map(|o| o.home()).filter(|h| *h != home && m.on_stack(*h))
        };
        let shown = url.display();
        // The path begins behind the slash that follows the host, and behind the version that base addresses
        // often end in; a bare host has none.
        let first = if shown[path_at.min(shown.len())..].starts_with('/') { path_at + 1 } else { path_at };
        let first = first + version_prefix(&shown[first.min(shown.len())..]);
        // The base path may be a setting; then the rest of the path tells who asks.
        let elsewhere = url.origin_at(first).is_some_and(|o| o.home() != home && !self.on_stack(o.home()));
        let path_home = caller(self, first)
            .or_else(|| {
                let mut rest = url.pieces_behind(first).filter(|(text, _)| elsewhere && text.contains('/'));
                rest.find_map(|(_, origin)| {
                    origin.map(|o| o.home()).filter(|h| *h != home && self.on_stack(*h))
                })
            })
            .or_else(|| if shown.len() > first { None } else { host_at.and_then(|h| caller(self, h)) });
        let host_home = host_at.and_then(|at| caller(self, at));
        let site: Site = self.site(span);
        match path_home {
            Some(outer) => {
                if host_home.is_none() {
                    let mut own = record.clone();
                    own.home = Some(home);
                    self.found.calls.entry(site).or_default().merge(own);
                }
                let lift = Lift::Call(Box::new(record), outer);
                self.frame_mut().lifts.push(lift);
            }
            None => {
                self.leave_passed(&record, url);
                let mut record = record;
                record.home = Some(home);
                self.found.calls.entry(site).or_default().merge(record);
            }
        }
    }

    /// A request whose host is not known: Partner Center when the path is one of the API's and the token is
    /// asked for it.
    fn relative_request(&mut self, call: &LibraryCall<'_>, url: &Text, method: &str) -> Option<Value> {
        let shown = url.display();
        let path_at = match shown.find("://") {
            Some(at) => at + 3 + shown[at + 3..].find('/')?,
            None if shown.starts_with('{') => shown.find('}')? + 1,
            None => 0,
        };
        if !self.hosts.is_api_path(&shown[path_at..]) {
            return None;
        }
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if let Some(receiver) = call.receiver {
            given = given.join(receiver);
        }
        let reached = self.reach(&given);
        let for_us =
            reached.tokens.iter().any(|t| t.audience.iter().any(|a| self.hosts.audience(a) == Some(false)));
        for_us.then(|| self.partner_center_request(call, url, None, path_at, method))
    }

    /// Method and path as the documentation writes them, where it knows them.
    pub(super) fn endpoint(&self, method: &str, path: &str) -> Sym {
        let bare = path.split('?').next().unwrap_or(path);
        let bare = if bare.is_empty() { "/" } else { bare };
        // A path of which nothing is known may be any operation.
        let is_known = bare.split('/').any(|part| !part.is_empty() && !part.starts_with('{'));
        let template = self.hosts.operation(method, bare).filter(|_| is_known);
        let template = template.map(|t| t.split('?').next().unwrap_or(t).to_owned());
        let path = template
            .unwrap_or_else(|| if bare.starts_with('/') { bare.to_owned() } else { format!("/{bare}") });
        let method = if method.is_empty() { String::new() } else { format!("{method} ") };
        Sym::from(format!("{method}{path}"))
    }
}

fn row_is_narrowed(row: &Row) -> bool {
    row.narrowed()
}
