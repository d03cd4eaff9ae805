//! Elements of maps, lists and tuples: reading, writing, taking apart.

use crate::ir::{ExprId, ExprKind, Init, Scope, Span, Sym};

use super::events::Trace;
use super::machine::{Machine, script_owner};
use super::store::{ANY, ENVIRONMENT, EXTERNAL_STATICS, GLOBAL};
use super::value::{Fact, Piece, Text, Unknown, Value, digest, mix};

/// How many elements of a list are also kept by their place.
pub(super) const MAX_PLACES: usize = 8;

impl Machine<'_> {
    pub(super) fn index(&mut self, object: ExprId, index: ExprId, span: Span) -> Value {
        let object = self.eval(object);
        let key = self.eval(index);
        if let Some(value) = self.library_index(&object, &key, span) {
            return value;
        }
        self.element(&object, &key, span)
    }

    /// `object[key]`, or a member whose name is computed.
    pub(crate) fn element(&mut self, object: &Value, key: &Value, span: Span) -> Value {
        let mut facts = Vec::new();
        let mut names: Vec<String> = key.texts().filter_map(Text::known).map(|t| self.key_name(&t)).collect();
        if names.is_empty() {
            names.extend(undeclared(key));
        }
        for fact in object.facts() {
            match fact {
                Fact::Object(o) => {
                    if let Some(chain) = self.chain_of(o) {
                        facts.push(self.select_element(&chain));
                        continue;
                    }
                    if let Some(class) = o.class
                        && let Some(getter) = self.program.class(class).getters.get("this[]").copied()
                    {
                        let args =
                            crate::models::Args { positional: vec![key.clone()], ..Default::default() };
                        let value = self.call_function(getter, args, Some(o.clone()), None, span);
                        facts.extend(value.facts().iter().cloned());
                        continue;
                    }
                    if let Some(section) = self.section_of(o) {
                        let value = self.element(&section, key, span);
                        facts.extend(value.facts().iter().cloned());
                        continue;
                    }
                    let mut found = false;
                    for name in &names {
                        if let Some(value) = self.store.read(o.key, name) {
                            facts.extend(value.facts().iter().cloned());
                            found = true;
                        } else if !self.fresh.contains(&o.key)
                            && let Some(value) = self.earlier(o.key).and_then(|m| m.get(name.as_str()))
                        {
                            facts.extend(value.facts().iter().cloned());
                            found = true;
                        }
                    }
                    if !found {
                        if let Some(value) = self.inside(o) {
                            facts.extend(value.facts().iter().cloned());
                        }
                        if names.is_empty() {
                            let held =
                                if o.class.is_some() { self.store.read_all(o.key) } else { self.fields(o) };
                            for (_, value) in held {
                                facts.extend(value.facts().iter().cloned());
                            }
                        }
                    }
                }
                Fact::Token(token) => match names.first() {
                    Some(name) => facts.push(Fact::Token(super::member::part_of(token, name))),
                    None => facts.push(fact.clone()),
                },
                Fact::Chain(chain) => facts.push(self.select_element(&chain.clone())),
                Fact::Section(prefix) => {
                    for name in &names {
                        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}:{name}") };
                        let value = self.config_value(&key, span);
                        if !value.facts().iter().any(|f| matches!(f, Fact::Text(_))) {
                            // It may be a section of its own.
                            facts.push(Fact::Section(key.into()));
                        }
                        facts.extend(value.facts().iter().cloned());
                    }
                }
                // `{"Module": true}` of a settings file is no section.
                Fact::Text(text) if !names.is_empty() && is_plain_setting(text) => {}
                Fact::Credential(_) | Fact::Text(_) => facts.push(fact.clone()),
                // An object that a library's module holds, like the session of a web framework.
                Fact::Type(ty, None) => {
                    let owner = mix(&[EXTERNAL_STATICS, digest(ty)]);
                    for name in &names {
                        let here = self.store.read(owner, name);
                        let known =
                            here.or_else(|| self.earlier(owner).and_then(|m| m.get(name.as_str())).cloned());
                        facts.extend(known.into_iter().flat_map(|v| v.facts().to_vec()));
                    }
                }
                _ => {}
            }
        }
        if facts.is_empty() {
            let name = names.first().map_or_else(|| Sym::from("element"), |n| n.as_str().into());
            let unknown = object.objects().find(|o| o.unknown != Unknown::Created).map(|o| o.unknown.clone());
            return self.opaque(span, unknown.unwrap_or(Unknown::Unassigned(name)));
        }
        Value::from_facts(facts)
    }

    /// A key of a map as it is stored.
    pub(crate) fn key_name(&self, text: &str) -> String {
        if self.ignores_case() { text.to_ascii_lowercase() } else { text.to_owned() }
    }

    /// `object[key] = value`.
    pub(crate) fn put(&mut self, object: &Value, key: &Value, value: Value, span: Span) {
        self.trace(&value, Trace::Stored, span);
        let only = object.facts().len() == 1;
        if let Some(name) = key.constant() {
            self.note_attached(&name, &value, span);
        }
        match key.constant().or_else(|| undeclared(key)) {
            Some(name) => {
                let name = self.key_name(&name);
                // Where the key itself stands: the place that fixes a grant, when its value does not.
                for fact in object.facts() {
                    if let Fact::Object(o) = fact {
                        self.note_field(o, &name, &value, span);
                        if only {
                            self.store.write(o.key, &name, value.clone());
                        } else {
                            self.store.join(o.key, &name, &value);
                        }
                        self.store.write(o.key, &format!("\u{1}{name}"), key.clone());
                    } else if let Fact::Type(ty, None) = fact {
                        let owner = mix(&[EXTERNAL_STATICS, digest(ty)]);
                        self.store.write(owner, &name, value.clone());
                    }
                }
            }
            None => {
                for o in object.objects() {
                    self.store.join(o.key, ANY, &value);
                }
            }
        }
    }

    /// Puts all that other objects hold into an object.
    pub(super) fn spread(&mut self, object: &Value, from: &Value, span: Span) {
        self.trace(from, Trace::Stored, span);
        // Where there are several, each is only one way.
        let only = from.objects().count() == 1;
        for source in from.objects().cloned().collect::<Vec<_>>() {
            for (name, value) in self.fields(&source) {
                for target in object.objects() {
                    if only && name.as_ref() != ANY {
                        self.store.write(target.key, &name, value.clone());
                    } else {
                        self.store.join(target.key, &name, &value);
                    }
                }
            }
        }
        // What is not known in full may hold anything.
        let open = |f: &Fact| match f {
            Fact::Object(o) => o.unknown != Unknown::Created,
            Fact::Token(_) | Fact::Credential(_) => true,
            _ => false,
        };
        self.add(object, &from.filter(open));
    }

    /// Puts something into objects without a name.
    pub(crate) fn add(&mut self, object: &Value, value: &Value) {
        let value = self.without_inert(value);
        for o in self.without_inert(object).objects() {
            let mut inner = value.filter(|f| !matches!(f, Fact::Object(i) if i.key == o.key));
            // Something more, not something else: what earlier rounds know of a library's object stays. What is made
            // in this round is made anew.
            if matches!(o.unknown, Unknown::External(_))
                && !self.made.contains(&o.key)
                && !self.fresh.contains(&o.key)
                && self.store.read(o.key, ANY).is_none()
                && let Some(known) = self.earlier(o.key).and_then(|m| m.get(ANY))
            {
                inner = known.join(&inner);
            }
            self.store.join(o.key, ANY, &inner);
        }
    }

    pub(super) fn initialise(&mut self, target: &Value, init: &[Init], span: Span) {
        for part in init {
            match part {
                Init::Member(name, value) => {
                    let program = self.program;
                    // `Headers = { … }` fills what the member already is.
                    if let ExprKind::New { ty: None, args, init } = &program.expr(self.unit(), *value).kind
                        && args.is_empty()
                    {
                        let member = self.member(target, name, span);
                        self.initialise(&member, init, span);
                        continue;
                    }
                    let value = self.eval(*value);
                    self.set_member(target, name, value, span);
                }
                Init::Entry(key, value) => {
                    let key = self.eval(*key);
                    let value = self.eval(*value);
                    self.put(target, &key, value, span);
                }
                Init::Element(value) => {
                    let value = self.eval(*value);
                    self.add(target, &value);
                }
            }
        }
    }

    pub(crate) fn assign(&mut self, target: ExprId, value: Value, span: Span) {
        let program = self.program;
        let expr = program.expr(self.unit(), target);
        match &expr.kind {
            ExprKind::Name { name, scope } => match scope {
                Scope::Lexical | Scope::Callable => self.assign_variable(name, value, span),
                Scope::Script => {
                    self.trace(&value, Trace::Stored, span);
                    let owner = script_owner(self.unit());
                    self.store.write(owner, name, value);
                }
                Scope::Global => {
                    self.trace(&value, Trace::Stored, span);
                    self.store.write(GLOBAL, name, value);
                }
                Scope::Env => {
                    self.trace(&value, Trace::Stored, span);
                    self.store.write(ENVIRONMENT, &name.to_ascii_lowercase(), value);
                }
            },
            ExprKind::Member { object, name } => {
                let object = self.eval(*object);
                self.set_member(&object, name, value, span);
            }
            ExprKind::Index { object, index } => {
                let object = self.eval(*object);
                let key = self.eval(*index);
                self.put(&object, &key, value, span);
            }
            ExprKind::List(targets) => {
                for (index, target) in targets.iter().enumerate() {
                    let element = self.placed(&value, index, span);
                    self.assign(*target, element, span);
                }
            }
            ExprKind::Cast { ty, value: inner } => {
                let unit = self.unit();
                let value = self.declare(value, unit, Some(ty));
                self.assign(*inner, value, span);
            }
            _ => {
                self.eval(target);
            }
        }
    }

    /// What a list of targets takes at a place: of a list whose places are known its element, else anything.
    fn placed(&mut self, value: &Value, index: usize, span: Span) -> Value {
        let first = place(0);
        let mut lists = Vec::new();
        for object in value.objects() {
            if self.store.read(object.key, &first).is_some() {
                lists.push(object.key);
            }
        }
        if lists.is_empty() {
            return self.elements(value).join(&value.filter(|f| !matches!(f, Fact::Object(_))));
        }
        let mut found = Value::default();
        for fact in value.facts() {
            match fact {
                Fact::Object(o) if lists.contains(&o.key) => {
                    let element = self.store.read(o.key, &place(index)).unwrap_or_default();
                    found = found.join(&element);
                }
                Fact::Null => {}
                other => {
                    let other = Value::one(other.clone());
                    found = found.join(&self.elements(&other));
                }
            }
        }
        if found.is_empty() { self.opaque(span, Unknown::External("expression".into())) } else { found }
    }

    /// The elements of lists among the facts; other facts stand for themselves.
    pub(crate) fn elements(&mut self, value: &Value) -> Value {
        let mut facts = Vec::new();
        for fact in value.facts() {
            match fact {
                Fact::Object(o) if o.ty.as_deref() == Some("list") => {
                    if let Some(inner) = self.store.read(o.key, ANY) {
                        facts.extend(inner.facts().iter().cloned());
                    }
                }
                // A collection of a library (`new List<T>()`): what was put in, where that is more than text.
                Fact::Object(o) if o.class.is_none() && o.ty.as_deref() != Some("map") => {
                    let held =
                        |f: &Fact| !matches!(f, Fact::Text(_) | Fact::Null | Fact::Bool(_) | Fact::Num(_));
                    match self.inside(o) {
                        Some(inner) if o.unknown == Unknown::Created && inner.facts().iter().any(held) => {
                            facts.extend(inner.facts().iter().cloned());
                        }
                        _ => facts.push(fact.clone()),
                    }
                }
                other => facts.push(other.clone()),
            }
        }
        Value::from_facts(facts)
    }
}

/// A constant that no file declares (`CURLOPT_URL`) is known by its name.
fn undeclared(key: &Value) -> Option<String> {
    match key.facts() {
        [Fact::Type(name, None)] => Some(name.to_string()),
        _ => None,
    }
}

/// Under what a list keeps the element at a place, besides all of them together.
pub(super) fn place(index: usize) -> String {
    format!("\u{1}[{index}]")
}

/// A truth value or a number of a settings file, which has no elements.
fn is_plain_setting(text: &Text) -> bool {
    matches!(text.0.as_ref(), [Piece::Lit(value, None)]
        if value.parse::<f64>().is_ok() || value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"))
}
