//! Token requests in plain HTTP: which grant the form asks for, for which audience.

use crate::ir::Sym;
use crate::report::Flow;

use super::acquire::seeds_of;
use super::events::{AcqRecord, Lift, Trace, given_texts};
use super::library::{LibraryCall, decode};
use super::machine::Machine;
use super::store::ANY;
use super::value::{AcqKey, Fact, FuncRef, Obj, Origin, Unknown, Value};

impl Machine<'_> {
    /// The grants that a body asks for.
    pub(super) fn grants_in(&mut self, body: &Value) -> Vec<Grant> {
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
    pub(super) fn token_request(
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
    pub(super) fn form_audience(&mut self, holder: &Value) -> (Vec<Sym>, bool, Value) {
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
}

/// A grant in the body of a request.
#[derive(Debug)]
pub(super) struct Grant {
    flow: Flow,
    origin: Option<Origin>,
    /// What holds the other fields of the same request.
    holder: Value,
}

pub(super) fn is_field(name: &str, wanted: &str) -> bool {
    name.trim_start_matches('\u{1}')
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .eq(wanted.chars())
}
