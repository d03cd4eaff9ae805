//! HTTP requests: is it a token request, a Partner Center request, or neither?

use std::sync::Arc;

use crate::ir::{Span, Sym};
use crate::models::{Endpoints, Row, SecretStore, Selector};
use crate::report::{Flow, Via};

use super::events::{AcqRecord, CallRecord, Lift, Trace, given_texts};
use super::library::{LibraryCall, decode, seeds_of};
use super::machine::Machine;
use super::store::ANY;
use super::value::{AcqKey, Fact, FuncRef, Obj, Origin, Site, Text, Unknown, Value};

/// Marks objects whose request was sent.
const SENT: &str = "\u{1}sent";

/// What hosts and resources are, prepared for look-ups.
#[derive(Debug)]
pub(crate) struct Hosts {
    partner_center: Vec<String>,
    predecessors: Vec<String>,
    audiences: Vec<String>,
    retired: Vec<String>,
    authorities: Vec<String>,
    token_paths: Vec<String>,
    exchanges: Vec<String>,
    secret_stores: Vec<SecretStore>,
    grants: Vec<(String, Flow)>,
    operations: Vec<(String, Vec<String>, String)>,
}

/// What a URL is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Url {
    /// A token endpoint.
    Token,
    /// A request to Partner Center; the path and where it starts in the text.
    PartnerCenter {
        /// Where the host starts in the displayed text.
        host_at: usize,
        /// Where the path starts.
        path_at: usize,
    },
    /// A path without a known host.
    Relative,
    /// Anything else.
    Other,
}

impl Hosts {
    pub(crate) fn new(endpoints: &Endpoints) -> Self {
        let lower = |all: &[String]| all.iter().map(|s| s.to_ascii_lowercase()).collect::<Vec<_>>();
        Self {
            partner_center: endpoints.partner_center.iter().map(|h| h.host.to_ascii_lowercase()).collect(),
            predecessors: endpoints.predecessors.iter().map(|h| h.host.to_ascii_lowercase()).collect(),
            audiences: lower(&endpoints.audiences),
            retired: lower(&endpoints.retired_audiences),
            authorities: lower(&endpoints.authorities),
            token_paths: lower(&endpoints.token_paths),
            exchanges: lower(&endpoints.exchanges),
            secret_stores: endpoints.secret_stores.clone(),
            grants: endpoints.grants.iter().map(|(k, v)| (k.to_ascii_lowercase(), *v)).collect(),
            operations: endpoints
                .operations
                .iter()
                .map(|o| {
                    let path = o.path.split('?').next().unwrap_or(&o.path);
                    let segments = path.trim_matches('/').split('/').map(str::to_ascii_lowercase).collect();
                    (o.method.to_ascii_uppercase(), segments, o.path.clone())
                })
                .collect(),
        }
    }

    /// Does a text name an endpoint that gives tokens, or the sign-in service?
    pub(crate) fn is_token_endpoint(&self, text: &str) -> bool {
        if text.len() < 8 || !text.contains(['.', '/']) {
            return false;
        }
        let text = text.to_ascii_lowercase();
        self.authorities.iter().chain(&self.token_paths).any(|part| text.contains(part.as_str()))
    }

    /// Does a text name Partner Center, by a host or an audience?
    pub(crate) fn is_named_in(&self, text: &str) -> bool {
        if text.len() < 8 || !text.contains(['.', '-']) {
            return false;
        }
        let text = text.to_ascii_lowercase();
        let bare = |a: &str| a.trim_start_matches("https://").trim_end_matches('/').to_owned();
        self.partner_center.iter().any(|host| text.contains(host.as_str()))
            || self.audiences.iter().chain(&self.retired).any(|a| text.contains(&bare(a)))
    }

    /// Is this resource or scope Partner Center's? `Some(true)` for one that was retired.
    pub(crate) fn audience(&self, text: &str) -> Option<bool> {
        let text = decode(text).to_ascii_lowercase();
        let bare = text.trim_start_matches("https://").trim_start_matches("http://");
        let is = |host: &String| {
            bare.strip_prefix(host.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', ' ', '?', ':']))
        };
        if self.partner_center.iter().any(is)
            || self.audiences.iter().any(|a| is(&a.trim_start_matches("https://").to_owned()))
        {
            return Some(false);
        }
        if self.retired.iter().any(|a| is(&a.trim_start_matches("https://").trim_end_matches('/').to_owned()))
        {
            return Some(true);
        }
        None
    }

    /// A token with this audience is certainly not for Partner Center.
    pub(crate) fn is_foreign(&self, audience: &[Sym]) -> bool {
        let resources: Vec<&Sym> = audience.iter().filter(|a| !is_scope_word(a)).collect();
        !resources.is_empty() && resources.iter().all(|a| !a.starts_with('{') && self.audience(a).is_none())
    }

    /// The flow of a value of `grant_type`.
    pub(crate) fn grant(&self, value: &str) -> Flow {
        let value = decode(value.trim()).to_ascii_lowercase();
        self.grants.iter().find(|(k, _)| *k == value).map_or(Flow::Unknown, |(_, f)| *f)
    }

    pub(crate) fn classify(&self, text: &str) -> Url {
        let lower = text.to_ascii_lowercase();
        let Some(scheme) = lower.find("://") else {
            // A host without a scheme.
            if let Some(host) = self.partner_center.iter().find(|h| lower.starts_with(h.as_str())) {
                return Url::PartnerCenter { host_at: 0, path_at: host.len() };
            }
            let is_token = |a: &String| {
                lower.strip_prefix(a.as_str()).is_some_and(|rest| {
                    rest.starts_with('/') && self.token_paths.iter().any(|p| rest.contains(p.as_str()))
                })
            };
            if self.authorities.iter().any(is_token) {
                return Url::Token;
            }
            let path = lower.trim_start_matches('/');
            return if lower.starts_with('/')
                || lower.starts_with('{')
                || path.starts_with("v1/")
                || path.starts_with("v1.0/")
            {
                Url::Relative
            } else {
                Url::Other
            };
        };
        let host_at = scheme + 3;
        let rest = &lower[host_at..];
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = rest[..end].split(':').next().unwrap_or("");
        let path = &rest[end..];
        if self.partner_center.iter().any(|h| h == host) {
            return Url::PartnerCenter { host_at, path_at: host_at + end };
        }
        let token_path = || self.token_paths.iter().any(|p| path.contains(p.as_str()));
        if (self.authorities.iter().any(|a| a == host) || host.starts_with('{')) && token_path() {
            return Url::Token;
        }
        if host.starts_with('{') { Url::Relative } else { Url::Other }
    }

    /// The secret that a URL names, and the field of bodies that holds its value.
    pub(super) fn secret(&self, url: &str) -> Option<(String, &str)> {
        self.secret_stores.iter().find_map(|store| {
            let at = url.find(store.path.as_str())?;
            let host = url[..at].rsplit('/').next().unwrap_or("").to_ascii_lowercase();
            let rest = &url[at + store.path.len()..];
            let (name, more) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            // Where the address is a setting, the version that requests to such stores name tells.
            let is_store = host.ends_with(&store.host)
                || host.starts_with('{') && host.ends_with('}') && more.contains("api-version=");
            (is_store && !name.is_empty() && !name.contains('{'))
                .then(|| (name.to_owned(), store.field.as_str()))
        })
    }

    /// A URL with a known host that neither is nor was one of Partner Center's.
    fn is_elsewhere(&self, url: &str) -> bool {
        let lower = url.to_ascii_lowercase();
        let Some((_, rest)) = lower.split_once("://") else { return false };
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let is_known = host.contains('.') && !host.contains('{');
        is_known && !self.partner_center.iter().chain(&self.predecessors).any(|h| h == host)
    }

    /// An exchange of tokens at an API that Partner Center has replaced.
    pub(super) fn is_former_exchange(&self, url: &str) -> bool {
        let lower = url.to_ascii_lowercase();
        let Some((_, rest)) = lower.split_once("://") else { return false };
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        self.predecessors.iter().any(|h| h == host) && self.is_exchange(rest)
    }

    /// A URL with a known host that gives no tokens of Microsoft's.
    pub(super) fn is_other_authority(&self, url: &str) -> bool {
        let lower = url.to_ascii_lowercase();
        let Some((_, rest)) = lower.split_once("://") else { return false };
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.contains('.') && !host.contains(['{', '$']) && !self.authorities.iter().any(|a| a == host)
    }

    pub(crate) fn is_exchange(&self, path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        let bare = path.split('?').next().unwrap_or("").trim_end_matches('/');
        self.exchanges.iter().any(|e| bare.ends_with(e.trim_end_matches('/')))
    }

    /// The documented operation that a path is: its template.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&str> {
        let bare = path.split('?').next().unwrap_or(path).to_ascii_lowercase();
        let segments: Vec<&str> = bare.trim_matches('/').split('/').collect();
        let fits = |template: &[String]| {
            template.len() == segments.len()
                && template
                    .iter()
                    .zip(&segments)
                    .all(|(t, s)| t.starts_with('{') || t == s || s.starts_with('{'))
        };
        // What is open in both counts like what is the same in both.
        let alike = |(t, s): &(&String, &&str)| t == s || t.starts_with('{') && s.starts_with('{');
        let score = |template: &[String]| template.iter().zip(&segments).filter(alike).count();
        self.operations
            .iter()
            .filter(|(m, t, _)| fits(t) && (method.is_empty() || m == method))
            .max_by_key(|(_, t, p)| (score(t), std::cmp::Reverse(p.len())))
            .map(|(_, _, p)| p.as_str())
    }

    /// The path looks like one of the API's, host unknown.
    fn is_api_path(&self, path: &str) -> bool {
        let bare = path.split('?').next().unwrap_or(path).trim_start_matches('/');
        bare.contains('/') && self.operation("", path).is_some()
    }
}

/// A grant in the body of a request.
#[derive(Debug)]
struct Grant {
    flow: Flow,
    origin: Option<Origin>,
    /// What holds the other fields of the same request.
    holder: Value,
}

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
        if token_url || !grants.is_empty() {
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

    /// The grants that a body asks for.
    fn grants_in(&mut self, body: &Value) -> Vec<Grant> {
        let reached = self.reach(body);
        let mut grants: Vec<Grant> = Vec::new();
        for object in &reached.objects {
            let (fields, is_pair) = self.form_fields(object);
            let Some((_, value)) =
                fields.iter().find(|(n, _)| !n.starts_with('\u{1}') && is_field(n, "granttype"))
            else {
                continue;
            };
            let key = fields.iter().find(|(n, _)| n.starts_with('\u{1}') && is_field(n, "granttype"));
            let key_origin = key.and_then(|(_, k)| k.texts().find_map(|t| t.origin_at(0)));
            // A pair is one of several that belong together.
            let pair = is_pair
                || fields.iter().filter(|(n, _)| !n.starts_with('\u{1}') && n.as_ref() != ANY).count() <= 1;
            let holder = if pair { body.clone() } else { Value::one(Fact::Object(object.clone())) };
            let texts = self.texts_of(value);
            if texts.is_empty() {
                grants.push(Grant { flow: Flow::Unknown, origin: key_origin, holder: holder.clone() });
            }
            for text in texts {
                let flow = text.known().map_or(Flow::Unknown, |t| self.hosts.grant(&t));
                let own = text.origin_at(0).filter(|o| self.in_sight(o.home()));
                // A grant that a variable brought says less about the place than the field that it is put into.
                let passed = |o: Origin| {
                    let put = key_origin.is_some_and(|k| k.home() != o.home() && self.in_sight(k.home()));
                    put && !self.stands_in_call(o)
                };
                let origin = own.filter(|o| !passed(*o)).or(key_origin).or(own);
                if !grants.iter().any(|g| g.flow == flow && g.origin == origin) {
                    grants.push(Grant { flow, origin, holder: holder.clone() });
                }
            }
        }
        for text in &reached.texts {
            let shown = text.display();
            let lower = shown.to_ascii_lowercase();
            let Some(at) = lower.find("grant_type=") else { continue };
            let start = at + "grant_type=".len();
            let end =
                lower[start..].find(['&', ' ', '"', '\'', '\n', '\r']).map_or(lower.len(), |e| start + e);
            let flow = self.hosts.grant(&shown[start..end]);
            let origin = text.origin_at(at);
            if !grants.iter().any(|g| g.flow == flow && g.origin == origin) {
                grants.push(Grant { flow, origin, holder: Value::one(Fact::Text(text.clone())) });
            }
        }
        if grants.iter().any(|g| g.flow != Flow::Unknown) {
            grants.retain(|g| g.flow != Flow::Unknown);
        }
        grants
    }

    /// The function is being evaluated, or has prepared something for those that are.
    fn in_sight(&self, home: FuncRef) -> bool {
        let prepares = |func: FuncRef| self.program.function(func).kind != crate::ir::FunctionKind::TopLevel;
        self.on_stack(home) || prepares(home) && self.called.contains(&home)
    }

    /// The text stands in one of the calls that led here: `token("password")`.
    fn stands_in_call(&self, origin: Origin) -> bool {
        let text = origin.site.span;
        self.frames.windows(2).any(|pair| match pair {
            [outer, inner] => {
                let call = inner.call;
                outer.func.unit == origin.site.unit && call.start <= text.start && text.end <= call.end
            }
            _ => false,
        })
    }

    pub(crate) fn on_stack(&self, home: FuncRef) -> bool {
        self.frames.iter().any(|f| f.home == home)
    }

    /// A POST to a token endpoint.
    fn token_request(
        &mut self,
        library: &str,
        call: &LibraryCall<'_>,
        grants: &[Grant],
        body: Option<&Value>,
    ) -> Value {
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if let Some(receiver) = call.receiver {
            given = given.join(receiver);
        }
        let reached = self.reach(&given);
        let implied = if grants.is_empty() { self.implied_grant(body) } else { Flow::Unknown };
        let unknown = [Grant { flow: implied, origin: None, holder: body.cloned().unwrap_or_default() }];
        let grants = if grants.is_empty() { &unknown[..] } else { grants };
        let mut facts = Vec::new();
        for grant in grants {
            let origin = grant.origin.filter(|o| self.in_sight(o.home()));
            let sent = self.site(call.span);
            let key = AcqKey { site: origin.map_or(sent, |o| o.site), flow: grant.flow };
            let (audience, open, asked) = self.form_audience(&grant.holder);
            let (audience, open, asked) = match body {
                Some(body) if audience.is_empty() => self.form_audience(body),
                _ => (audience, open, asked),
            };
            let (asks_parameter, asks) = Self::asked_parameters(&asked);
            let mut record = AcqRecord {
                library: format!("raw HTTP ({library})").as_str().into(),
                symbol: call.name.into(),
                home: Some(origin.map_or(self.frame().home, |o| o.home())),
                audiences: audience.iter().cloned().collect(),
                audience_open: open,
                asks_parameter,
                asks,
                seeds: seeds_of(grant.flow, &reached.tokens, key),
                texts: given_texts(&reached.texts),
                ..AcqRecord::default()
            };
            match origin {
                Some(o) if !self.on_stack(o.home()) => {
                    record.extents.insert(o.site);
                }
                Some(o) if o.home() != self.frame().home => {
                    let lift = Lift::Extent(key, o.home());
                    self.frame_mut().lifts.push(lift);
                }
                _ => {
                    record.extents.insert(sent);
                }
            }
            facts.push(self.record_acquisition(key, record, &audience));
        }
        let token = Value::from_facts(facts);
        self.trace(&token, Trace::Stored, call.span);
        let key = self.identity(call.span);
        token.join(&Value::one(Fact::Object(Obj { key, ty: None, class: None, unknown: Unknown::Created })))
    }

    /// What a token request asks for: the fields `resource` and `scope` of its form; with what is in them.
    fn form_audience(&mut self, holder: &Value) -> (Vec<Sym>, bool, Value) {
        let reached = self.reach(holder);
        let mut found = Value::default();
        let mut any = false;
        for object in &reached.objects {
            for (name, value) in self.form_fields(object).0 {
                if is_field(&name, "resource") || is_field(&name, "scope") {
                    if name.starts_with('\u{1}') {
                        continue;
                    }
                    any = true;
                    found = found.join(&value);
                }
            }
        }
        let (mut all, mut open) = self.audience_of(Some(found.clone()), false);
        for text in &reached.texts {
            let shown = text.display();
            for part in shown.split(['&', '?', '\n']) {
                if let Some((name, value)) = part.split_once('=')
                    && (is_field(name.trim(), "resource") || is_field(name.trim(), "scope"))
                {
                    any = true;
                    for one in decode(value.trim()).split([' ', '+']).filter(|o| !o.is_empty()) {
                        open |= one.starts_with('{');
                        self.program.observer.audience(one, text.origin_at(shown.find(part).unwrap_or(0)));
                        all.push(one.into());
                    }
                }
            }
        }
        all.sort_unstable();
        all.dedup();
        all.truncate(8);
        (all, open || !any, found)
    }

    /// A request to a host of the API.
    fn partner_center_request(
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
        if !for_us && reached.tokens.is_empty() {
            self.note_open_request(call, &shown[path_at..], method);
        }
        for_us.then(|| self.partner_center_request(call, url, None, path_at, method))
    }

    /// Method and path as the documentation writes them, where it knows them.
    pub(super) fn endpoint(&self, method: &str, path: &str) -> Sym {
        let bare = path.split('?').next().unwrap_or(path);
        let bare = if bare.is_empty() { "/" } else { bare };
        let template =
            self.hosts.operation(method, bare).map(|t| t.split('?').next().unwrap_or(t).to_owned());
        let path = template
            .unwrap_or_else(|| if bare.starts_with('/') { bare.to_owned() } else { format!("/{bare}") });
        let method = if method.is_empty() { String::new() } else { format!("{method} ") };
        Sym::from(format!("{method}{path}"))
    }
}

/// Scopes of `OpenID` Connect that name no resource.
pub(crate) fn is_scope_word(text: &str) -> bool {
    ["openid", "profile", "email", "offline_access"].iter().any(|w| text.eq_ignore_ascii_case(w))
}

/// The length of a version at the start of a path (`v1/`), which base addresses often hold.
fn version_prefix(path: &str) -> usize {
    let end = path.find('/').unwrap_or(0);
    let is_version = path[..end]
        .strip_prefix(['v', 'V'])
        .is_some_and(|v| !v.is_empty() && v.chars().all(|c| c.is_ascii_digit() || c == '.'));
    if is_version { end + 1 } else { 0 }
}

fn row_is_narrowed(row: &Row) -> bool {
    row.narrowed()
}

pub(super) fn is_field(name: &str, wanted: &str) -> bool {
    name.trim_start_matches('\u{1}')
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .eq(wanted.chars())
}

fn looks_like_url(text: &str) -> bool {
    text.contains("://")
        || text.starts_with('/')
        || text.starts_with('{')
        || (text.contains('/') && !text.contains(' '))
        || text.contains(".com")
}

/// The host without its port, lower-case.
fn host_of(authority: &str) -> String {
    authority.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

fn absolute(url: &Text) -> bool {
    let shown = url.display();
    shown.contains("://") || url.starts_unknown()
}

/// A relative URL on a base address.
pub(crate) fn join_url(base: &Text, relative: &Text) -> Text {
    if absolute(relative) && !relative.starts_unknown() {
        return relative.clone();
    }
    let ends = base.display().ends_with('/');
    let starts = relative.display().starts_with('/');
    if ends || starts {
        return Text::concat(&[base.clone(), relative.clone()]);
    }
    let slash = Text(Arc::from([super::value::Piece::Lit("/".into(), None)]));
    Text::concat(&[base.clone(), slash, relative.clone()])
}
