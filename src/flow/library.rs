//! Calls of libraries: what rule rows say, and what any other call does with what it is given.

use std::sync::Arc;

use crate::ir::{Span, Sym, TypeName};
use crate::models::{Args, CalleeName, Form, Put, Row, RowKind, Selector};
use crate::report::{Flow, Via};

use super::events::{AcqRecord, CallRecord, Trace, add_texts, given_texts};
use super::machine::{Machine, SESSION};
use super::program::ClassId;
use super::store::ANY;
use super::value::{AcqKey, Chain, Fact, FuncRef, Obj, Part, Site, Text, Token, Unknown, Value, digest, mix};

/// How many resources and scopes of one acquisition are kept.
const MAX_AUDIENCES: usize = 12;

/// A call that rows are matched against.
#[derive(Clone, Debug)]
pub(crate) struct LibraryCall<'c> {
    pub(crate) name: &'c str,
    pub(crate) receiver: Option<&'c Value>,
    pub(crate) args: &'c Args,
    pub(crate) span: Span,
    /// The receiver's type is not known.
    pub(crate) untyped: bool,
    /// The type arguments.
    pub(crate) type_args: Vec<(Sym, Option<ClassId>)>,
}

impl Machine<'_> {
    /// Some rule for the current language has a row of this form and name.
    pub(crate) fn knows(&self, form: Form, name: &str) -> bool {
        self.rules.knows(form, name, self.program.language(self.unit()))
    }

    /// The short names of the types that a value may have.
    pub(crate) fn types_of(&self, value: &Value) -> Vec<Sym> {
        let mut names: Vec<Sym> = Vec::new();
        for fact in value.facts() {
            match fact {
                Fact::Object(Obj { class: Some(class), .. }) | Fact::Type(_, Some(class)) => {
                    names.extend(self.program.type_names(*class));
                }
                Fact::Object(Obj { ty: Some(ty), .. }) | Fact::Type(ty, None) => names.push(ty.clone()),
                Fact::Object(Obj { unknown: Unknown::Unassigned(name), .. }) => {
                    names.extend(self.rules.global(name, self.program.language(self.unit())).map(Sym::from));
                }
                Fact::Section(_) => names.push("section".into()),
                _ => {}
            }
        }
        names
    }

    /// The member stands for the object itself (`client.interceptors`).
    pub(crate) fn is_same_member(&self, value: &Value, name: &str) -> bool {
        if !self.knows(Form::Call, name) {
            return false;
        }
        let types = self.types_of(value);
        let callee = self.callee(name, &types);
        self.rules
            .matches(Form::Call, callee, &Args::default(), &|_| Vec::new(), &|_| Vec::new())
            .into_iter()
            .any(|row| matches!(row.kind, RowKind::Type(i) if self.rules.file(row.file).types[i].same))
    }

    /// The type that rules give to a member of an object.
    pub(crate) fn member_type(&self, object: &Obj, name: &str) -> Option<Sym> {
        let receiver = match (&object.ty, object.class) {
            (_, Some(class)) => self.program.type_names(class),
            (Some(ty), None) => vec![ty.clone()],
            (None, None) => return None,
        };
        let callee = self.callee(name, &receiver);
        self.rules
            .matches(Form::Call, callee, &Args::default(), &|_| Vec::new(), &|_| Vec::new())
            .into_iter()
            .find_map(|row| match row.kind {
                RowKind::Type(i) => Some(self.rules.file(row.file).types[i].is.as_str().into()),
                _ => None,
            })
    }

    fn callee<'n>(&'n self, name: &'n str, receiver: &'n [Sym]) -> CalleeName<'n> {
        CalleeName {
            name,
            receiver,
            language: self.program.language(self.unit()),
            imports: &self.program.unit(self.unit()).imports,
        }
    }

    /// All rows of a command's name.
    pub(crate) fn named(&self, form: Form, name: &str) -> Vec<Row> {
        self.rules.named(form, self.callee(name, &[])).into_iter().cloned().collect()
    }

    pub(super) fn matching(
        &mut self,
        form: Form,
        name: &str,
        receiver: Option<&Value>,
        args: &Args,
    ) -> Vec<Row> {
        if !self.knows(form, name) {
            return Vec::new();
        }
        let types = receiver.map(|r| self.types_of(r)).unwrap_or_default();
        let span = Span::default();
        let call = LibraryCall { name, receiver, args, span, untyped: false, type_args: Vec::new() };
        let inside: Vec<(Selector, Option<Value>)> = self
            .rules
            .tested(form, name)
            .into_iter()
            .map(|s| (s.clone(), self.select(std::slice::from_ref(&s), &call)))
            .collect();
        let callee = self.callee(name, &types);
        let this = &*self;
        let texts = |selector: &Selector| {
            let value = match inside.iter().find(|(s, _)| s == selector) {
                Some((_, value)) => value.clone(),
                None => args.select(selector, receiver),
            };
            value
                .map(|v| {
                    v.facts()
                        .iter()
                        .filter_map(|f| match f {
                            // Something is there, but no text that could be compared.
                            Fact::Text(t) => Some(t.known().unwrap_or_else(|| "\u{1}".to_owned())),
                            Fact::Type(name, _) => Some(name.to_string()),
                            Fact::Bool(b) => Some(b.to_string()),
                            Fact::Object(Obj { unknown: Unknown::Unassigned(name), .. }) => {
                                Some(name.to_string())
                            }
                            Fact::Null => None,
                            _ => Some("\u{1}".to_owned()),
                        })
                        .collect()
                })
                .unwrap_or_default()
        };
        this.rules.matches(form, callee, args, &|v| this.types_of(v), &texts).into_iter().cloned().collect()
    }

    /// A method or function that the program does not hold: what rules know of it.
    pub(crate) fn library_call(
        &mut self,
        receiver: Option<&Value>,
        name: &str,
        args: &Args,
        type_args: &[TypeName],
        span: Span,
    ) -> Option<Value> {
        let rows = self.matching(Form::Call, name, receiver, args);
        self.observe_rows(Form::Call, name, receiver, args, &rows, span);
        if rows.is_empty() {
            return None;
        }
        let untyped = receiver.is_none_or(|r| self.types_of(r).is_empty());
        let type_args = type_args.iter().map(|ty| {
            let (class, name) = self.program.resolve_type(self.unit(), ty);
            (name, class)
        });
        let type_args = type_args.collect();
        let call = LibraryCall { name, receiver, args, span, untyped, type_args };
        self.apply(&rows, &call)
    }

    /// A command that the program does not define.
    pub(crate) fn library_command(&mut self, name: &str, args: Args, span: Span) -> Value {
        let args = self.command_args(name, args, span);
        let rows = self.matching(Form::Command, name, None, &args);
        self.observe_rows(Form::Command, name, None, &args, &rows, span);
        let call =
            LibraryCall { name, receiver: None, args: &args, span, untyped: true, type_args: Vec::new() };
        if let Some(value) = self.apply(&rows, &call) {
            return value;
        }
        self.external_call(None, name, &args, span)
    }

    /// Gives the arguments of a command the full names of their parameters.
    pub(crate) fn command_args(&mut self, name: &str, args: Args, span: Span) -> Args {
        let rules = self.rules;
        let language = self.program.language(self.unit());
        let Some(command) = rules.command(name, language) else { return args };
        let mut args = super::words::options(command, args);
        super::words::standard_input(&mut args);
        if let Some(name) = command.input.as_deref().filter(|name| args.get(name).is_none())
            && let Some(input) = args.pipeline.take()
        {
            let input = self.elements(&input);
            args.named.push((name.into(), input));
        }
        self.gather_repeated(&mut args, span);
        args
    }

    /// An option that is given several times has all of its values.
    fn gather_repeated(&mut self, args: &mut Args, span: Span) {
        let mut kept: Vec<(Sym, Vec<Value>)> = Vec::new();
        for (name, value) in std::mem::take(&mut args.named) {
            match kept.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(&name)) {
                Some((_, values)) => values.push(value),
                None => kept.push((name, vec![value])),
            }
        }
        for (name, values) in kept {
            if let [only] = values.as_slice() {
                args.named.push((name, only.clone()));
                continue;
            }
            let key = mix(&[14, self.identity(span), digest(&name)]);
            self.fresh.insert(key);
            for (i, value) in values.into_iter().enumerate() {
                self.store.write(key, &i.to_string(), value);
            }
            let ty = Some("list".into());
            args.named.push((
                name,
                Value::one(Fact::Object(Obj { key, ty, class: None, unknown: Unknown::Created })),
            ));
        }
    }

    /// The creation of an object of a type that the program does not declare.
    pub(crate) fn library_new(&mut self, short: &Sym, ty: &TypeName, args: Args, span: Span) -> Value {
        let _ = ty;
        let object = self.create(span, Some(short.clone()), None);
        let mut value = Value::one(Fact::Object(object));
        self.fill(&value, &args, span);
        if let Some(block) = args.get("&") {
            // A block is given the new object to set it up: `Faraday.new(url) { |connection| … }`.
            for closure in block.closures().cloned().collect::<Vec<_>>() {
                let given = Args { positional: vec![value.clone()], ..Args::default() };
                self.call_closure(&closure, given, span);
            }
        }
        let rows = self.matching(Form::New, short, None, &args);
        self.observe_rows(Form::New, short, None, &args, &rows, span);
        let call = LibraryCall {
            name: short,
            receiver: Some(&value.clone()),
            args: &args,
            span,
            untyped: false,
            type_args: Vec::new(),
        };
        let mut extra = Vec::new();
        for row in &rows {
            match row.kind {
                RowKind::Credential(i) => {
                    let flow = self.rules.file(row.file).credentials[i].flow;
                    let key = AcqKey { site: self.site(span), flow };
                    extra.push(Fact::Credential(key));
                    // Only the first row decides.
                    break;
                }
                RowKind::Type(i) => {
                    let ty: Sym = self.rules.file(row.file).types[i].is.as_str().into();
                    value = retyped(&value, &ty);
                }
                RowKind::Carry(_)
                | RowKind::Acquire(_)
                | RowKind::Request(_)
                | RowKind::SdkSignIn
                | RowKind::SdkRoot
                | RowKind::Operation(_)
                | RowKind::Check(_)
                | RowKind::Config(_) => {
                    if let Some(found) = self.apply(std::slice::from_ref(row), &call) {
                        if matches!(row.kind, RowKind::Acquire(_)) {
                            // An object that signs in by itself holds the token.
                            let token = found.filter(|f| matches!(f, Fact::Token(_)));
                            self.add(&value, &token);
                            return value.join(&token);
                        }
                        return found;
                    }
                }
            }
        }
        if !extra.is_empty() {
            let known = Value::from_facts(extra);
            self.add(&value, &known);
            return value.join(&known);
        }
        // A value made from one text stands for it: `new Uri(text)`.
        if args.named.is_empty()
            && let [only] = args.positional.as_slice()
        {
            return value
                .join(&only.filter(|f| matches!(f, Fact::Text(_) | Fact::Token(_) | Fact::Credential(_))));
        }
        value
    }

    /// An object keeps what it is made with; a pair keeps its second value under its first.
    fn fill(&mut self, object: &Value, args: &Args, span: Span) {
        if let ([key, entry], true) = (args.positional.as_slice(), args.named.is_empty())
            && let Some(name) = key.constant()
            && name.len() < 64
        {
            self.put(object, key, entry.clone(), span);
        }
        for value in args.values() {
            self.add(object, value);
        }
        for (name, value) in &args.named {
            self.set_member(object, name, value.clone(), span);
        }
    }

    /// `object[key]` where rules know it.
    pub(crate) fn library_index(&mut self, object: &Value, key: &Value, span: Span) -> Option<Value> {
        let args = Args { positional: vec![key.clone()], ..Args::default() };
        let rows = self.matching(Form::Call, "[]", Some(object), &args);
        if rows.is_empty() {
            return None;
        }
        let call = LibraryCall {
            name: "[]",
            receiver: Some(object),
            args: &args,
            span,
            untyped: false,
            type_args: Vec::new(),
        };
        self.apply(&rows, &call)
    }

    /// Does what the first row says that has something to say.
    pub(super) fn apply(&mut self, rows: &[Row], call: &LibraryCall<'_>) -> Option<Value> {
        for (at, row) in rows.iter().enumerate() {
            let found = match row.kind {
                RowKind::Acquire(i) => {
                    let found = self.apply_acquire(row, i, call);
                    self.call_back(call, found)
                }
                RowKind::Request(i) => {
                    let found = self.apply_request(row, i, call);
                    if let Some(answer) = &found
                        && let Some(target) = self.select(&self.rules.file(row.file).requests[i].into, call)
                    {
                        self.add(&target, answer);
                    }
                    self.call_back(call, found)
                }
                RowKind::Operation(i) => {
                    let found = self.apply_operation(row, i, call);
                    self.call_back(call, Some(found))
                }
                RowKind::Credential(i) => {
                    let flow = self.rules.file(row.file).credentials[i].flow;
                    let key = AcqKey { site: self.site(call.span), flow };
                    let passed = self.external_call(call.receiver, call.name, call.args, call.span);
                    let credential = Value::one(Fact::Credential(key));
                    // What the call is given may be shared with others; what it gives is its own.
                    let made = self.identity(call.span);
                    let own = passed.filter(|f| matches!(f, Fact::Object(o) if o.key == made));
                    self.add(&own, &credential);
                    Some(passed.join(&credential))
                }
                RowKind::Type(i) => {
                    let rules = self.rules;
                    let types = &rules.file(row.file).types[i];
                    if types.same {
                        continue;
                    }
                    if let Some(name) = self.select(&types.injected, call)
                        && let Some(client) = self.injected(&name)
                    {
                        return Some(client);
                    }
                    self.set_members(row.file, &rows[at + 1..], call);
                    let passed = self.external_call(call.receiver, call.name, call.args, call.span);
                    if !types.of.is_empty() {
                        return self.instance_named(&types.of, call, &passed);
                    }
                    let ty: Sym = types.is.as_str().into();
                    let result = retyped(&passed, &ty);
                    // It may call the functions that it is given later on.
                    let functions = call
                        .args
                        .values()
                        .fold(Value::default(), |all, v| all.join(&v.filter(|f| matches!(f, Fact::Func(_)))));
                    if !functions.is_empty() {
                        let made =
                            result.filter(|f| matches!(f, Fact::Object(o) if o.ty.as_ref() == Some(&ty)));
                        self.add(&made, &functions);
                    }
                    Some(result)
                }
                RowKind::Carry(i) => self.apply_carry(row, i, call),
                RowKind::Config(i) => self.apply_config(row, i, call),
                RowKind::Check(i) => {
                    let what: Sym = self.rules.file(row.file).checks[i].what.as_str().into();
                    let site = self.site(call.span);
                    self.found.checks.insert(site, what);
                    None
                }
                RowKind::SdkRoot => Some(Self::sdk_root(row, call)),
                RowKind::SdkSignIn => Some(self.sdk_sign_in(row, call)),
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Does what the rows of a file say about members of the receiver.
    fn set_members(&mut self, file: usize, rows: &[Row], call: &LibraryCall<'_>) {
        let rules = self.rules;
        for row in rows.iter().filter(|row| row.file == file) {
            if let RowKind::Carry(i) = row.kind
                && let carry = &rules.file(file).carries[i]
                && !carry.sets.is_empty()
                && carry.creates.is_none()
            {
                self.apply_carry(row, i, call);
            }
        }
    }

    /// Gives what a call obtains to the functions that wait for it: arguments, members of arguments, and
    /// what the receiver was given before.
    fn call_back(&mut self, call: &LibraryCall<'_>, found: Option<Value>) -> Option<Value> {
        let result = found?;
        let mut waiting: Vec<Arc<super::value::Closure>> = Vec::new();
        for value in call.args.values() {
            waiting.extend(value.closures().cloned());
            for object in value.objects() {
                for (_, member) in self.fields(object) {
                    waiting.extend(member.closures().cloned());
                }
            }
        }
        for object in call.receiver.into_iter().flat_map(Value::objects) {
            if let Some(inside) = self.store.read(object.key, ANY) {
                waiting.extend(inside.closures().cloned());
            }
        }
        for closure in waiting.into_iter().take(8) {
            let params = self.program.function(closure.func).params.len();
            let positional = (0..params).map(|_| result.clone()).collect();
            let args = Args { positional, ..Args::default() };
            self.either(None, |m| m.call_closure(&closure, args, call.span), |_| Value::default());
        }
        Some(result)
    }

    /// An object of the type that the call names, which works with what was passed.
    fn instance_named(&mut self, of: &[Selector], call: &LibraryCall<'_>, passed: &Value) -> Option<Value> {
        let (ty, class) = self.type_named(of, call)?;
        let key = self.identity(call.span);
        self.made.insert(key);
        let unknown = Unknown::External(call.name.into());
        let object = Value::one(Fact::Object(Obj { key, ty: Some(ty), class, unknown }));
        self.add(&object, passed);
        Some(object)
    }

    /// The type that an argument, or the first type argument, names.
    pub(super) fn type_named(
        &mut self,
        of: &[Selector],
        call: &LibraryCall<'_>,
    ) -> Option<(Sym, Option<ClassId>)> {
        let selected = self.select(of, call);
        let named = selected.iter().flat_map(Value::facts).find_map(|fact| match fact {
            Fact::Type(name, class) => Some((name.clone(), *class)),
            _ => None,
        });
        named.or_else(|| call.type_args.first().cloned())
    }

    /// The value of the first selector that names one.
    pub(crate) fn select(&mut self, selectors: &[Selector], call: &LibraryCall<'_>) -> Option<Value> {
        for selector in selectors {
            let Some(value) = call.args.select(selector, call.receiver) else { continue };
            if selector.member.is_empty() {
                return Some(value);
            }
            for path in &selector.member {
                let mut value = value.clone();
                let mut found = true;
                for name in path.split('.') {
                    match self.held(&value, name) {
                        Some(next) => value = next,
                        None => {
                            found = false;
                            break;
                        }
                    }
                }
                if found {
                    return Some(value);
                }
            }
        }
        None
    }

    /// What objects hold under a name, in any case; nothing is made up.
    fn held(&mut self, value: &Value, name: &str) -> Option<Value> {
        let mut exact: Option<Value> = None;
        let mut folded: Option<Value> = None;
        for object in value.objects() {
            for (field, value) in self.fields(object) {
                // `Resource` of a request is not the form field `resource`.
                let out = if field.as_ref() == name {
                    &mut exact
                } else if field.eq_ignore_ascii_case(name) && self.ignores_case() {
                    &mut folded
                } else {
                    continue;
                };
                *out = Some(out.take().map_or_else(|| value.clone(), |o| o.join(&value)));
            }
        }
        exact.or(folded)
    }

    pub(crate) fn apply_acquire(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Option<Value> {
        let rules = self.rules;
        let file = rules.file(row.file);
        let acquire = &file.acquire[index];
        if acquire.not {
            if let Some(session) = &acquire.session {
                // No acquisition, but a sign-in with what the arguments carry.
                let given = call.args.values().fold(Value::default(), |all, v| all.join(v));
                let tokens = self.reach(&given).tokens.into_iter().map(Fact::Token).collect();
                self.store.write(SESSION, session, Value::from_facts(tokens));
            }
            return Some(self.external_call(call.receiver, call.name, call.args, call.span));
        }
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        if let Some(receiver) = call.receiver {
            given = given.join(receiver);
        }
        let symbol: Sym = call.name.into();
        if acquire.flow == Some(Flow::StaticToken) {
            // The code brings the token: a sign-in that passes it on.
            let reached = self.reach(&given);
            let tokens: Vec<Fact> = reached.tokens.into_iter().map(Fact::Token).collect();
            if tokens.is_empty() && acquire.session.is_none() {
                return Some(self.given_token(row, index, call));
            }
            let passed = Value::from_facts(tokens).join(&given.filter(|f| matches!(f, Fact::Object(_))));
            if let Some(session) = &acquire.session {
                self.store.write(SESSION, session, passed.clone());
                let record = CallRecord {
                    via: Some(Via::Cmdlet),
                    endpoints: [symbol.clone()].into(),
                    symbols: [symbol].into(),
                    library: file.library.as_str().into(),
                    ..CallRecord::default()
                };
                self.record_call(record, &given, call.span);
            }
            return Some(passed);
        }
        let reached = self.reach(&given);
        let registration = match &acquire.registered {
            Some(registered) => Some(self.registration(registered, call)?),
            None => None,
        };
        let flows: Vec<(Flow, Option<Site>)> = match (acquire.flow, &registration) {
            (_, Some(registration)) => registration.flows.iter().map(|flow| (*flow, None)).collect(),
            (Some(flow), None) => vec![(flow, None)],
            (None, None) => {
                // What is given may stand for a sign-in that has been described already.
                let arguments = call.args.values().fold(Value::default(), |all, v| all.join(v));
                let described = self.reach(&arguments);
                if described.credentials.is_empty() && !described.tokens.is_empty() {
                    return Some(self.external_call(call.receiver, call.name, call.args, call.span));
                }
                let known: Vec<(Flow, Option<Site>)> =
                    reached.credentials.iter().map(|c| (c.flow, Some(c.site))).collect();
                if known.is_empty() { vec![(Flow::Unknown, None)] } else { known }
            }
        };
        let asked = match registration {
            Some(registration) => registration.scopes,
            None => self.select(&acquire.audience, call),
        };
        let (asks_parameter, asks) = asked.as_ref().map(Self::asked_parameters).unwrap_or_default();
        let (mut audience, mut open) =
            self.audience_of(asked, !acquire.audience.is_empty() || acquire.registered.is_some());
        if acquire.partner_center {
            audience.retain(|a| self.hosts.audience(a).is_some());
            open |= audience.is_empty();
        }
        let mut facts = Vec::new();
        for (flow, _) in flows {
            let key = AcqKey { site: self.site(call.span), flow };
            let mut seeds = seeds_of(flow, &reached.tokens, key);
            if let Some(from) = &acquire.from_session {
                let known = self.session(from);
                seeds.extend(self.reach(&known).tokens.into_iter().map(|t| t.acquisition));
            }
            let record = AcqRecord {
                library: file.library.as_str().into(),
                symbol: symbol.clone(),
                home: Some(self.frame().home),
                extents: [self.site(call.span)].into(),
                audiences: audience.iter().cloned().collect(),
                audience_open: open,
                seeds,
                session: acquire.session.as_deref().map(Into::into),
                outside: acquire.outside
                    || flow == Flow::Silent && (acquire.flow.is_none() || acquire.from_session.is_some()),
                asks_parameter,
                asks: asks.clone(),
                texts: given_texts(&reached.texts),
                ..AcqRecord::default()
            };
            facts.push(self.record_acquisition(key, record, &audience));
        }
        let token = Value::from_facts(facts);
        self.trace(&token, Trace::Stored, call.span);
        if let Some(session) = &acquire.session {
            self.store.write(SESSION, session, token.clone());
        }
        if acquire.keep
            && let Some(receiver) = call.receiver
        {
            self.add(&receiver.clone(), &token);
        }
        let out = token;
        // What the call gives back besides the token: an object to hang members on.
        let key = self.identity(call.span);
        Some(out.join(&Value::one(Fact::Object(Obj {
            key,
            ty: None,
            class: None,
            unknown: Unknown::Created,
        }))))
    }

    /// A token that comes from nowhere in the code, where the code makes a library's object of it.
    fn given_token(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Value {
        let file = self.rules.file(row.file);
        let asked = self.select(&file.acquire[index].audience, call);
        let (audience, open) = self.audience_of(asked, true);
        let key = AcqKey { site: self.site(call.span), flow: Flow::StaticToken };
        let record = AcqRecord {
            library: file.library.as_str().into(),
            symbol: call.name.into(),
            home: Some(self.frame().home),
            extents: [key.site].into(),
            audiences: audience.iter().cloned().collect(),
            audience_open: open,
            ..AcqRecord::default()
        };
        Value::one(self.record_acquisition(key, record, &audience))
    }

    /// Records an acquisition and gives the token that it obtains.
    pub(crate) fn record_acquisition(&mut self, key: AcqKey, record: AcqRecord, audience: &[Sym]) -> Fact {
        self.deeds.acquired.insert(key);
        let mine = self.found.acquisitions.entry(key).or_default();
        if mine.symbol.is_empty() {
            *mine = record;
        } else {
            mine.extents.extend(record.extents);
            mine.audiences.extend(record.audiences);
            mine.audience_open |= record.audience_open;
            mine.outside |= record.outside;
            mine.asks_parameter |= record.asks_parameter;
            mine.asks.extend(record.asks);
            mine.seeds.extend(record.seeds);
            add_texts(&mut mine.texts, record.texts);
        }
        Fact::Token(Arc::new(Token { acquisition: key, audience: audience.to_vec(), part: Part::Access }))
    }

    /// The resources and scopes in a value, and whether there may be others.
    pub(crate) fn audience_of(&mut self, value: Option<Value>, expected: bool) -> (Vec<Sym>, bool) {
        let Some(value) = value else { return (Vec::new(), expected) };
        // What the value is, whatever it looks like, and what it holds, as far as it looks like a resource.
        let own = self.texts_of(&value);
        let reached = self.reach(&value);
        let mut all: Vec<Sym> = own
            .iter()
            .chain(reached.texts.iter().filter(|t| names_resource(&decode(&t.display()))))
            .flat_map(|t| t.display().split([' ', ',']).map(str::to_owned).collect::<Vec<_>>())
            .map(|t| decode(&t))
            .filter(|t| !t.is_empty())
            .map(Sym::from)
            .collect();
        // Those of Partner Center are kept first, and words that stand between resources last.
        all.sort_by_cached_key(|a| (self.hosts.audience(a).is_none(), !names_resource(a), a.clone()));
        all.dedup();
        all.truncate(MAX_AUDIENCES);
        all.sort_unstable();
        if self.program.observer.watch.is_some() {
            for text in own.iter().chain(&reached.texts) {
                for one in text
                    .display()
                    .split([' ', ','])
                    .map(decode)
                    .filter(|one| all.iter().any(|a| **a == **one))
                {
                    self.program.observer.audience(&one, text.origin_at(0));
                }
            }
        }
        let open = all.is_empty() || all.iter().all(|t| t.starts_with('{'));
        (all, open)
    }

    /// Is what is asked for a parameter that nothing passes, and of which functions?
    pub(crate) fn asked_parameters(asked: &Value) -> (bool, std::collections::BTreeSet<FuncRef>) {
        let passed = |f: &Fact| match f {
            Fact::Object(Obj { unknown: Unknown::Parameter(_, func), .. }) => Some(Some(*func)),
            Fact::Null => Some(None),
            _ => None,
        };
        let all: Option<Vec<Option<FuncRef>>> = asked.facts().iter().map(passed).collect();
        match all {
            Some(funcs) if !funcs.is_empty() => (true, funcs.into_iter().flatten().collect()),
            _ => (false, std::collections::BTreeSet::new()),
        }
    }

    /// The tokens that a session holds.
    pub(crate) fn session(&mut self, name: &str) -> Value {
        if let Some(value) = self.store.read(SESSION, name) {
            return value;
        }
        self.earlier(SESSION).and_then(|m| m.get(name)).cloned().unwrap_or_default()
    }

    fn apply_operation(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Value {
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

    fn apply_carry(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Option<Value> {
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
                if texts.is_empty() {
                    texts.push(Text(Arc::from([super::value::Piece::Hole("url".into())])));
                }
                parts.push(texts);
            }
            let mut all: Vec<Text> = parts.first().cloned().unwrap_or_default();
            for next in parts.iter().skip(1) {
                all = all
                    .iter()
                    .flat_map(|a| next.iter().map(|b| super::request::join_url(a, b)))
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

    fn apply_config(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Option<Value> {
        let rules = self.rules;
        let config = &rules.file(row.file).config[index];
        let key = self.select(&config.key, call)?;
        let mut prefix = config.prefix.clone();
        for fact in call.receiver.map(Value::facts).unwrap_or_default() {
            if let Fact::Section(section) = fact
                && !section.is_empty()
            {
                prefix = format!("{section}:");
            }
        }
        if let Some(section) = self.select(&config.within, call) {
            match self.texts_of(&section).iter().find_map(Text::known) {
                Some(section) => prefix = format!("{prefix}{section}:"),
                None => return Some(self.opaque(call.span, Unknown::Config("a computed key".into()))),
            }
        }
        if config.file && config.section {
            return self.settings_of_file(&config.of, &key, call);
        }
        if config.file || config.cache {
            let keys =
                if config.file { self.files_named(&key) } else { self.cache_keys(&key, &config.prefix) };
            let stored = self.select(&config.stores, call);
            let found = self.memory(&keys, stored, call.span);
            let into = self.select(&config.into, call);
            return match (into, found) {
                (Some(into), Some(value)) => {
                    self.add(&into, &value);
                    Some(self.opaque(call.span, Unknown::External(call.name.into())))
                }
                (_, found) => found,
            };
        }
        let default = self.select(&config.default, call);
        let keys: Vec<String> = self.texts_of(&key).iter().filter_map(Text::known).collect();
        if keys.is_empty() && config.secrets {
            return Some(match self.select(&config.stores, call) {
                Some(value) => {
                    self.store_computed(&value);
                    value
                }
                None => self.computed_secret(call.span),
            });
        }
        if keys.is_empty() {
            return Some(self.opaque(call.span, Unknown::Config("a computed key".into())));
        }
        if let Some(value) = self.select(&config.stores, call) {
            self.trace(&value, Trace::Stored, call.span);
            for key in keys {
                let key = format!("{prefix}{key}").to_ascii_lowercase();
                self.store.write(super::machine::ENVIRONMENT, &key, value.clone());
            }
            return Some(value);
        }
        let mut out = Value::default();
        if config.secrets && self.is_configured(&key) {
            // The name of the secret is a setting: it may be any that the code computes elsewhere (the tenant's).
            out = self.computed_secret(call.span);
        }
        for key in keys {
            if let Some(value) = config.folder.as_ref().and_then(|f| self.returned_config(f, &key, call.span))
            {
                out = out.join(&value);
                continue;
            }
            // `${key:default}`
            let placeholder = key.strip_prefix("${").and_then(|k| k.strip_suffix('}'));
            let (key, placeholder_default) = match placeholder {
                Some(inner) => match inner.split_once(':') {
                    Some((key, default)) => (key.to_owned(), Some(default.to_owned())),
                    None => (inner.to_owned(), None),
                },
                None => (key, None),
            };
            // Where nothing has such a section, the key is looked for as it is.
            let sectioned = format!("{prefix}{key}");
            let bare = prefix == config.prefix && !config.section && !self.is_set(&sectioned);
            let key = if bare { key } else { sectioned };
            let mut value = if config.section {
                Value::one(Fact::Section(key.into()))
            } else {
                self.config_value(&key, call.span)
            };
            let named = placeholder_default.map(|text| Value::text(text, None));
            if let Some(default) =
                named.as_ref().or(default.as_ref()).filter(|_| value.texts().next().is_none())
            {
                value = value.join(default);
            }
            out = out.join(&value);
        }
        Some(out)
    }

    /// What a file of a configuration folder returns under a dotted key.
    fn returned_config(&mut self, folder: &str, key: &str, span: Span) -> Option<Value> {
        let mut parts = key.split('.');
        let path: Sym = format!("{folder}/{}", parts.next()?).into();
        let module = self.module_value(&path);
        if !matches!(module.facts(), [Fact::Module(_)]) {
            return None;
        }
        let mut value = self.member(&module, "default", span);
        for part in parts {
            value = self.element(&value, &Value::text(part, None), span);
        }
        Some(value)
    }

    /// The values that files of the program give to a configuration key, or a value with its name.
    pub(crate) fn config_value(&mut self, key: &str, span: Span) -> Value {
        let mut values = self.program.setting(key);
        if values.is_empty() && key.contains('.') {
            values = self.program.setting(&key.replace('.', ":"));
        }
        if !values.is_empty() {
            return Value::from_facts(
                values.iter().map(|v| Fact::Text(Text::literal(v.clone(), None))).collect(),
            );
        }
        let folded = key.to_ascii_lowercase();
        if let Some(value) = self.store.read(super::machine::ENVIRONMENT, &folded) {
            return value;
        }
        if let Some(value) = self.earlier(super::machine::ENVIRONMENT).and_then(|m| m.get(folded.as_str())) {
            return value.clone();
        }
        self.opaque(span, Unknown::Config(super::sections::shown(key).into()))
    }

    /// Reading this member may be a check for MFA.
    pub(crate) fn note_member(&mut self, name: &str, span: Span) {
        if let Some(what) = self.rules.check_member(name) {
            let site = self.site(span);
            self.found.checks.insert(site, what.into());
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
        let nothing = Value::default();
        let receiver = receiver.unwrap_or(&nothing);
        let mut facts: Vec<Fact> = Vec::new();
        let inputs: Vec<Value> = args.values().cloned().collect();
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
            let own: Vec<Fact> =
                receiver.facts().iter().filter(|f| matches!(f, Fact::Object(_))).cloned().collect();
            self.add(&Value::from_facts(own), &keep);
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
                    facts.push(Fact::Token(super::machine::part_of(token, name)));
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

    /// The root of a chain of SDK operations.
    fn sdk_root(row: &Row, call: &LibraryCall<'_>) -> Value {
        let root = call.args.values().fold(Value::default(), |all, v| all.join(v));
        Value::one(Fact::Chain(Arc::new(Chain { path: "".into(), root, sdk: row.file })))
    }

    /// A sign-in of the SDK with a token that the code brings.
    fn sdk_sign_in(&mut self, row: &Row, call: &LibraryCall<'_>) -> Value {
        let mut given = call.args.values().fold(Value::default(), |all, v| all.join(v));
        // The function that renews the token is a source of it too.
        for closure in given.closures().cloned().collect::<Vec<_>>() {
            let value = self.call_closure(&closure, Args::default(), call.span);
            given = given.join(&value);
        }
        let record = CallRecord {
            via: Some(Via::Sdk),
            endpoints: [format!("sign-in: {}", call.name).as_str().into()].into(),
            symbols: [call.name.into()].into(),
            library: self.rules.file(row.file).library.as_str().into(),
            ..CallRecord::default()
        };
        self.record_call(record, &given, call.span);
        let key = self.identity(call.span);
        let object = Value::one(Fact::Object(Obj { key, ty: None, class: None, unknown: Unknown::Created }));
        self.store.write(key, ANY, given.filter(|f| !matches!(f, Fact::Text(_) | Fact::Func(_))));
        object
    }
}

/// The acquisitions whose tokens are redeemed.
pub(crate) fn seeds_of(
    flow: Flow,
    tokens: &std::collections::BTreeSet<Arc<Token>>,
    own: AcqKey,
) -> std::collections::BTreeSet<AcqKey> {
    if !matches!(flow, Flow::RefreshToken | Flow::OnBehalfOf | Flow::Silent | Flow::Unknown) {
        return std::collections::BTreeSet::new();
    }
    // What is redeemed is the refresh token, where there is one, and not what else comes along.
    let is_redeemed = |t: &&Arc<Token>| {
        flow != Flow::RefreshToken
            || t.part == Part::Refresh
            || tokens.iter().all(|t| t.part != Part::Refresh)
    };
    tokens.iter().filter(is_redeemed).map(|t| t.acquisition).filter(|k| *k != own).collect()
}

/// The same value with another type.
fn retyped(value: &Value, ty: &Sym) -> Value {
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

/// Texts that can be a resource or a scope; others that come along (keys, section names) are not.
fn names_resource(text: &str) -> bool {
    let resource = text.trim_end_matches("/.default");
    let guid =
        resource.len() >= 36 && resource.as_bytes()[..36].iter().all(|b| b.is_ascii_hexdigit() || *b == b'-');
    resource.starts_with('{')
        || resource.contains("://")
        || resource.contains('.')
        || guid
        || super::request::is_scope_word(text)
}

/// Undoes percent-encoding, as far as it is valid.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = (bytes[i] == b'%')
            .then(|| text.get(i + 1..i + 3))
            .flatten()
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
