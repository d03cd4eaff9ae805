//! Calls of libraries: which rule rows a call matches, and what they say of it.

use std::sync::Arc;

use crate::ir::{Span, Sym, TypeName};
use crate::models::{Args, CalleeName, Form, Row, RowKind, Selector};

use super::carry::retyped;
use super::machine::Machine;
use super::program::ClassId;
use super::store::ANY;
use super::value::{AcqKey, Fact, Obj, Unknown, Value, digest, mix};

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
            // A type is named by what it is made with, and not inside of it: `http.MethodGet`.
            self.add(object, &value.filter(|f| !matches!(f, Fact::Type(_, None))));
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
        if !self.steps_left() {
            // Its arguments may lack what the last steps did not reach.
            return None;
        }
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
