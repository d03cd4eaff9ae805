//! Members of objects, of instances of the program's classes and of types.

use std::sync::Arc;

use crate::ir::{ExprId, Span, Sym};

use super::events::Trace;
use super::machine::{Frame, Machine, any_instance, function_owner, static_owner};
use super::program::ClassId;
use super::store::{ANY, EXTERNAL_STATICS};
use super::value::{Fact, FuncRef, Obj, Part, Text, Token, UnitId, Unknown, Value, digest, mix};

impl Machine<'_> {
    /// A static member of a class of the program.
    pub(crate) fn static_member(&mut self, class: ClassId, name: &str, span: Span) -> Value {
        for id in self.program.ancestry(class) {
            let owner = static_owner(id);
            let info = self.program.class(id);
            if let Some(value) = self.store.read(owner, name) {
                return value;
            }
            if let Some(field) = info.fields.get(name) {
                let known = self.earlier(owner).and_then(|m| m.get(name)).cloned();
                let value = match (known, field.init) {
                    (Some(value), _) => self.recalled(name, value),
                    (None, Some(init)) => self.initial(owner, name, field.unit, init, id, None),
                    // A member of an enum, or a static that nothing sets.
                    (None, None) => Value::one(Fact::Object(self.typed_member(
                        owner,
                        name,
                        field.unit,
                        field.ty.as_ref(),
                    ))),
                };
                return value;
            }
            if let Some(getter) = info.getters.get(name).copied() {
                return self.call_function(getter, crate::models::Args::default(), None, None, span);
            }
            if let Some(methods) = info.methods.get(&name.to_ascii_lowercase()) {
                return Self::method_group(methods, None);
            }
        }
        match self.program.class_named(self.unit(), name) {
            // A nested type.
            Some(inner) => Value::one(Fact::Type(name.into(), Some(inner))),
            None => self.opaque(span, Unknown::Unassigned(name.into())),
        }
    }

    /// Begins to evaluate an initial value; false when it is being evaluated already.
    pub(crate) fn begin_initial(&mut self, owner: u64, name: &str) -> bool {
        self.initialising.insert((owner, name.into()))
    }

    pub(crate) fn end_initial(&mut self, owner: u64, name: &str) {
        self.initialising.remove(&(owner, name.into()));
    }

    /// The value of an initialiser, evaluated where the class stands.
    fn initial(
        &mut self,
        owner: u64,
        name: &str,
        unit: UnitId,
        init: ExprId,
        class: ClassId,
        this: Option<Obj>,
    ) -> Value {
        if !self.begin_initial(owner, name) {
            return Value::default();
        }
        let value = self.in_class(unit, class, this, |m| m.eval(init));
        self.end_initial(owner, name);
        if !self.fresh.contains(&owner) {
            // It is the same object for all: others may have put something in.
            for object in value.objects() {
                self.fresh.remove(&object.key);
            }
        }
        let value = self.declare(
            value,
            unit,
            self.program.class(class).fields.get(name).and_then(|f| f.ty.clone()).as_ref(),
        );
        self.store.write(owner, name, value.clone());
        value
    }

    /// Runs something in a frame of its own that belongs to a class.
    pub(crate) fn in_class<T>(
        &mut self,
        unit: UnitId,
        class: ClassId,
        this: Option<Obj>,
        run: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let key = mix(&[11, u64::from(unit), u64::from(class.0), this.as_ref().map_or(0, |t| t.key)]);
        let func = FuncRef { unit, func: crate::ir::FuncId(0) };
        let outer = self.frames.last();
        let relevant = outer.is_some_and(|f| f.relevant) || super::relevance::holds(self.program, func);
        self.frames.push(Frame { this, class: Some(class), relevant, ..Frame::new(func, func, key) });
        let out = run(self);
        self.frames.pop();
        out
    }

    /// An object for a member of which only the declared type is known.
    pub(crate) fn typed_member(
        &mut self,
        owner: u64,
        name: &str,
        unit: UnitId,
        ty: Option<&crate::ir::TypeName>,
    ) -> Obj {
        let key = mix(&[12, owner, digest(&name)]);
        let (class, ty) = match ty {
            Some(ty) => {
                let (class, name) = self.program.resolve_type(unit, ty);
                (class, Some(name))
            }
            None => (None, None),
        };
        match class {
            Some(id) if ty.is_some() => {
                let key = any_instance(id);
                self.instances.insert(key, id);
                Obj { key, ty, class, unknown: Unknown::Unassigned(name.into()) }
            }
            _ => Obj { key, ty, class: None, unknown: Unknown::Unassigned(name.into()) },
        }
    }

    /// `object.name` for one object.
    pub(crate) fn object_member(&mut self, object: &Obj, name: &str, span: Span) -> Value {
        if let Some(value) = self.store.read(object.key, name) {
            return value;
        }
        let fresh = self.fresh.contains(&object.key);
        // An object that a library or the service made has been filled there: that the program writes only null to
        // its fields says nothing.
        let is_given = matches!(object.unknown, Unknown::Response | Unknown::External(_));
        let told = |value: &&Value| !is_given || value.facts() != [Fact::Null];
        if !fresh && let Some(value) = self.earlier(object.key).and_then(|m| m.get(name)).filter(told) {
            return self.recalled(name, value.clone());
        }
        let Some(class) = object.class else { return self.external_member(object, name, span) };
        for id in self.program.ancestry(class) {
            let info = self.program.class(id);
            if let Some(getter) = info.getters.get(name).copied()
                && self.program.function(getter).has_body
            {
                return self.call_function(
                    getter,
                    crate::models::Args::default(),
                    Some(object.clone()),
                    None,
                    span,
                );
            }
            if let Some(field) = info.fields.get(name) {
                if field.is_static {
                    return self.static_member(id, name, span);
                }
                if let Some(value) = self.bound_setting(object, name, field, span) {
                    return value;
                }
                if !fresh
                    && let Some(value) = self.earlier(any_instance(id)).and_then(|m| m.get(name)).filter(told)
                {
                    return self.recalled(name, value.clone());
                }
                let (unit, ty) = (field.unit, field.ty.clone());
                if let Some(init) = field.init {
                    let value = self.initial(object.key, name, unit, init, id, Some(object.clone()));
                    if told(&&value) {
                        return value;
                    }
                }
                let member = self.typed_member(object.key, name, unit, ty.as_ref());
                let mut facts: Vec<Fact> = vec![Fact::Object(member)];
                // A decoder that filled the object did not say which fields.
                if let Some(inside) = self.store.read(object.key, ANY) {
                    let tokens = inside.facts().iter().filter_map(|f| match f {
                        Fact::Token(token) => Some(Fact::Token(part_of(token, name))),
                        _ => None,
                    });
                    facts.extend(tokens);
                }
                if !fresh && !self.is_of_file(object) {
                    // An options class bound to a section of the configuration.
                    for value in self.program.setting_by_leaf(name) {
                        facts.push(Fact::Text(Text::literal(value.clone(), None)));
                    }
                }
                let value = Value::from_facts(facts);
                if is_given {
                    self.store.write(object.key, name, value.clone());
                }
                return value;
            }
            if let Some(methods) = info.methods.get(&name.to_ascii_lowercase()) {
                return Self::method_group(methods, Some(object.clone()));
            }
        }
        if self.program.class(class).is_interface || object.unknown != Unknown::Created {
            for id in self.program.implementors(class, self.testing) {
                let info = self.program.class(id);
                if info.fields.contains_key(name) || info.getters.contains_key(name) {
                    let instance = self.instance_of(id);
                    return self.object_member(&instance, name, span);
                }
            }
        }
        if self.wraps(class, object) {
            return Value::one(Fact::Object(object.clone()));
        }
        self.external_member(object, name, span)
    }

    /// Declared types are seen through what wraps them (`Task<Credentials>`, `Lazy<Client>`). Where types declare all
    /// of their members, one that the type and its bases lack is the wrapper's, and gives what is inside.
    fn wraps(&self, class: ClassId, object: &Obj) -> bool {
        let conventions = self.conventions();
        let declares_all = conventions.implicit_this && !conventions.loose_calls;
        let interface = |name: &Sym| {
            let mut chars = name.chars();
            chars.next() == Some('I') && chars.next().is_some_and(char::is_uppercase)
        };
        declares_all
            && !self.is_this(object)
            && self
                .program
                .ancestry(class)
                .into_iter()
                .all(|id| self.program.class(id).external_bases.iter().all(interface))
    }

    /// A member of an object whose type the program does not declare: what was put in, and an object of its
    /// own so that something can be put into it.
    fn external_member(&mut self, object: &Obj, name: &str, span: Span) -> Value {
        let _ = span;
        let inside = self.store.read(object.key, ANY);
        let key = mix(&[12, object.key, digest(&name)]);
        let ty = self.member_type(object, name);
        if self.made.contains(&object.key) {
            self.made.insert(key);
        }
        if self.fresh.contains(&object.key) {
            self.fresh.insert(key);
        }
        let member = Obj {
            key,
            ty,
            class: None,
            unknown: match &object.unknown {
                Unknown::Created => Unknown::Unassigned(name.into()),
                other => other.clone(),
            },
        };
        // What the object was made with, but where the member is known to be of another type: the headers of a request
        // are not its context.
        let ty = member.ty.clone();
        let may_be = |other: &Option<Sym>| ty.is_none() || other.is_none() || *other == ty;
        let mut facts = vec![Fact::Object(member)];
        let inside = inside.iter().flat_map(Value::facts);
        facts.extend(
            inside
                .filter(|fact| match fact {
                    Fact::Object(o) => o.key != object.key && may_be(&o.ty),
                    Fact::Type(..) => ty.is_none(),
                    _ => true,
                })
                .cloned(),
        );
        let value = Value::from_facts(facts);
        self.store.write(object.key, name, value.clone());
        value
    }

    /// `value.name`.
    pub(crate) fn member(&mut self, value: &Value, name: &str, span: Span) -> Value {
        if self.is_same_member(value, name) {
            return value.clone();
        }
        let mut facts = Vec::new();
        for fact in value.facts() {
            match fact {
                Fact::Token(token) => facts.push(Fact::Token(part_of(token, name))),
                Fact::Object(object) => {
                    // Where the program holds the SDK itself, its own code reads fields.
                    if !self.is_this(object)
                        && let Some(chain) = self.chain_of(object)
                    {
                        facts.push(self.extend_chain(&chain, name));
                        continue;
                    }
                    let found = self.object_member(object, name, span);
                    facts.extend(found.facts().iter().cloned());
                }
                Fact::Type(_, Some(class)) => {
                    let found = self.static_member(*class, name, span);
                    facts.extend(found.facts().iter().cloned());
                }
                Fact::Type(ty, None) => {
                    let owner = mix(&[EXTERNAL_STATICS, digest(ty)]);
                    match self.store.read(owner, name) {
                        Some(found) => facts.extend(found.facts().iter().cloned()),
                        // A namespace, or a static member of a type that the program does not declare.
                        None => {
                            facts.push(Fact::Type(name.into(), self.program.class_named(self.unit(), name)));
                            if self.rules.knows_type(ty) {
                                // `Singleton.Instance` is of the type that holds it.
                                let key = mix(&[12, owner, digest(&name)]);
                                let unknown = Unknown::Unassigned(name.into());
                                facts.push(Fact::Object(Obj {
                                    key,
                                    ty: Some(ty.clone()),
                                    class: None,
                                    unknown,
                                }));
                            }
                        }
                    }
                }
                Fact::Module(units) => {
                    let found = self.module_member(&units.clone(), name, span, 0);
                    facts.extend(found.facts().iter().cloned());
                }
                Fact::Chain(chain) => facts.push(self.extend_chain(&chain.clone(), name)),
                Fact::Section(prefix) => {
                    let key = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") };
                    if self.program.setting(&key).is_empty() {
                        facts.push(Fact::Section(key.into()));
                    } else {
                        let known = self.config_value(&key, span);
                        facts.extend(known.facts().iter().cloned());
                    }
                }
                Fact::Text(_) | Fact::Credential(_) => facts.push(fact.clone()),
                Fact::Func(closure) => {
                    let owner = function_owner(closure.func);
                    let known = self.store.read(owner, name);
                    let known = known.or_else(|| self.earlier(owner).and_then(|m| m.get(name)).cloned());
                    facts.extend(known.into_iter().flat_map(|v| v.facts().to_vec()));
                }
                Fact::Bool(_) | Fact::Num(_) | Fact::Null => {}
            }
        }
        if facts.is_empty() {
            return self.opaque(span, Unknown::Unassigned(name.into()));
        }
        Value::from_facts(facts)
    }

    /// `target.name = value`.
    pub(crate) fn set_member(&mut self, target: &Value, name: &str, value: Value, span: Span) {
        self.trace(&value, Trace::Stored, span);
        self.note_attached(name, &value, span);
        let only = target.facts().len() == 1;
        for fact in target.facts() {
            match fact {
                Fact::Object(object) => {
                    if let Some(class) = object.class {
                        let setter = self
                            .program
                            .ancestry(class)
                            .into_iter()
                            .find_map(|id| self.program.class(id).setters.get(name).copied());
                        if let Some(setter) = setter
                            && self.program.function(setter).has_body
                        {
                            let args =
                                crate::models::Args { positional: vec![value.clone()], ..Default::default() };
                            self.call_function(setter, args, Some(object.clone()), None, span);
                            continue;
                        }
                    }
                    if only {
                        self.store.write(object.key, name, value.clone());
                    } else {
                        self.store.join(object.key, name, &value);
                    }
                }
                Fact::Type(_, Some(class)) => {
                    let owner = self
                        .program
                        .ancestry(*class)
                        .into_iter()
                        .find(|id| self.program.class(*id).fields.contains_key(name))
                        .unwrap_or(*class);
                    self.store.write(static_owner(owner), name, value.clone());
                }
                Fact::Type(ty, None) => {
                    self.store.write(mix(&[EXTERNAL_STATICS, digest(ty)]), name, value.clone());
                }
                Fact::Func(closure) => {
                    self.store.write(function_owner(closure.func), name, value.clone());
                }
                _ => {}
            }
        }
    }

    /// Gives a value that came without a type the one that its declaration names.
    pub(crate) fn declare(&mut self, value: Value, unit: UnitId, ty: Option<&crate::ir::TypeName>) -> Value {
        let Some(ty) = ty else { return value };
        if !value.objects().any(|o| o.ty.is_none() && o.class.is_none()) {
            return value;
        }
        let (class, name) = self.program.resolve_type(unit, ty);
        if matches!(name.as_ref(), "var" | "dynamic" | "object" | "string") {
            return value;
        }
        // An object that is known says more than the opaque one beside it, which stands for a container's member.
        let fits =
            |o: &Obj| o.class.is_some_and(|own| self.program.ancestry(own).iter().any(|c| Some(*c) == class));
        if class.is_some() && value.objects().any(fits) {
            return value;
        }
        let facts = value.facts().iter().map(|fact| match fact {
            Fact::Object(o) if o.ty.is_none() && o.class.is_none() => {
                Fact::Object(Obj { ty: Some(name.clone()), class, ..o.clone() })
            }
            other => other.clone(),
        });
        Value::from_facts(facts.collect())
    }
}

/// A token after reading a member of it: responses hold the refresh token besides the access token.
pub(crate) fn part_of(token: &Arc<Token>, name: &str) -> Arc<Token> {
    let bare: String =
        name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let part = match bare.strip_prefix("get").unwrap_or(&bare) {
        "refreshtoken" => Part::Refresh,
        "accesstoken" => Part::Access,
        "idtoken" => Part::Identity,
        _ => return token.clone(),
    };
    if part == token.part { token.clone() } else { Arc::new(Token { part, ..(**token).clone() }) }
}
