//! The evaluator's state, frames, variables and members.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{ExprId, Span, Sym};
use crate::models::Rules;

use super::events::{Found, Lift, Trace};
use super::namesake::Deeds;
use super::program::{ClassId, Program};
use super::relevance::Relevance;
use super::request::Hosts;
use super::store::{ANY, Effects, Store, Summary};
use super::value::{
    AcqKey, Closure, Fact, FuncRef, Obj, Origin, Part, Piece, Site, Text, Token, UnitId, Unknown, Value,
    digest, mix,
};

/// How deep calls may nest before the evaluator takes the rest as unknown.
const MAX_CALLS: usize = 48;
/// How deep expressions and calls may nest together: bounds the native stack.
const MAX_DEPTH: u32 = 3_000;

/// Which part of the steps that are left a call may take whose function does not lead to Partner Center and is given
/// nothing that does, and obtains no token; and how many at least.
const SHARE_OF_OTHERS: u64 = 8;
const STEPS_OF_OTHERS: u64 = 1_000;
/// How deep, and how many fields of each object, an argument is searched for what names Partner Center.
pub(crate) const MAX_LOOK: u32 = 2;
const MAX_FIELDS: usize = 24;

/// The activation of a function.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) func: FuncRef,
    pub(crate) home: FuncRef,
    /// The call that made it, in the caller's file.
    pub(crate) call: Span,
    pub(crate) key: u64,
    pub(crate) this: Option<Obj>,
    pub(crate) class: Option<ClassId>,
    /// What happens here can matter to a Partner Center call.
    pub(crate) relevant: bool,
    pub(crate) result: Value,
    /// What the state was where a branch left the function, as changes.
    pub(crate) exits: Vec<std::collections::BTreeMap<super::store::Loc, Value>>,
    pub(crate) lifts: Vec<Lift>,
}

impl Frame {
    /// A frame that belongs to no class.
    pub(crate) fn new(func: FuncRef, home: FuncRef, key: u64) -> Self {
        Self {
            func,
            home,
            call: Span::default(),
            key,
            this: None,
            class: None,
            relevant: false,
            result: Value::default(),
            exits: Vec::new(),
            lifts: Vec::new(),
        }
    }
}

/// A function's summary for given arguments.
#[derive(Debug)]
pub(crate) struct Memo {
    pub(crate) effects: Effects,
    pub(crate) result: Value,
    pub(crate) lifts: Vec<Lift>,
    pub(crate) deeds: Deeds,
}

/// Evaluates one entry.
#[derive(Debug)]
pub(crate) struct Machine<'a> {
    pub(crate) program: &'a Program,
    pub(crate) rules: &'a Rules,
    pub(crate) hosts: &'a Hosts,
    pub(crate) relevance: &'a Relevance,
    summary: &'a Summary,
    /// Whose part of the summary was looked at.
    pub(crate) consulted: std::cell::RefCell<FxHashSet<u64>>,
    pub(crate) store: Store,
    pub(crate) frames: Vec<Frame>,
    pub(crate) parents: FxHashMap<u64, Option<u64>>,
    pub(crate) memo: FxHashMap<(FuncRef, u64), Vec<std::rc::Rc<Memo>>>,
    pub(crate) active: FxHashSet<(FuncRef, u64)>,
    /// How many contexts each function has been evaluated in: with arguments that name Partner Center, and others.
    pub(crate) contexts: FxHashMap<(FuncRef, bool), usize>,
    /// The joined arguments of functions with too many contexts, apart in the same way.
    pub(crate) widened: FxHashMap<(FuncRef, bool), FxHashMap<Sym, Value>>,
    pub(crate) found: Found,
    /// Evaluates test code, which sees its own doubles.
    pub(crate) testing: bool,
    /// What the current call has done so far.
    pub(crate) deeds: Deeds,
    pub(crate) traces: FxHashMap<AcqKey, Vec<(Trace, Site)>>,
    pub(crate) called: FxHashSet<FuncRef>,
    /// Objects made in this entry: what earlier rounds know of their kind does not concern them.
    pub(crate) fresh: FxHashSet<u64>,
    /// Unknown results of calls in this entry.
    pub(crate) made: FxHashSet<u64>,
    pub(crate) instances: FxHashMap<u64, ClassId>,
    /// Function values made in this entry.
    pub(crate) closures: Vec<Arc<Closure>>,
    initialising: FxHashSet<(u64, Sym)>,
    /// Functions whose decorators are being called.
    pub(crate) decorating: FxHashSet<FuncRef>,
    /// A request is going through the hooks of its client.
    pub(crate) in_hook: bool,
    pub(crate) fuel: u64,
    /// A call was left unfinished because its steps were used up.
    pub(crate) cut: bool,
    /// How many loops are around the current statement.
    pub(crate) loops: u32,
    depth: u32,
}

pub(crate) fn any_instance(class: ClassId) -> u64 {
    mix(&[1, u64::from(class.0)])
}

pub(crate) fn static_owner(class: ClassId) -> u64 {
    mix(&[2, u64::from(class.0)])
}

/// Members of a function itself, which some languages let one set.
pub(crate) fn function_owner(func: FuncRef) -> u64 {
    mix(&[17, digest(&func)])
}

pub(crate) fn script_owner(unit: UnitId) -> u64 {
    mix(&[3, u64::from(unit)])
}

pub(crate) const GLOBAL: u64 = 4;
pub(crate) const ENVIRONMENT: u64 = 5;
pub(crate) const SESSION: u64 = 6;
/// The values of members by type name, for types that the program does not declare.
pub(crate) const EXTERNAL_STATICS: u64 = 7;

impl<'a> Machine<'a> {
    pub(crate) fn new(
        program: &'a Program,
        rules: &'a Rules,
        hosts: &'a Hosts,
        relevance: &'a Relevance,
        summary: &'a Summary,
        fuel: u64,
    ) -> Self {
        Self {
            program,
            rules,
            hosts,
            relevance,
            summary,
            consulted: std::cell::RefCell::default(),
            store: Store::default(),
            frames: Vec::new(),
            parents: FxHashMap::default(),
            memo: FxHashMap::default(),
            active: FxHashSet::default(),
            contexts: FxHashMap::default(),
            widened: FxHashMap::default(),
            found: Found::default(),
            testing: false,
            deeds: Deeds::default(),
            traces: FxHashMap::default(),
            called: FxHashSet::default(),
            fresh: FxHashSet::default(),
            made: FxHashSet::default(),
            instances: FxHashMap::default(),
            closures: Vec::new(),
            initialising: FxHashSet::default(),
            decorating: FxHashSet::default(),
            in_hook: false,
            fuel,
            cut: false,
            loops: 0,
            depth: 0,
        }
    }

    /// What earlier rounds know of an owner.
    pub(crate) fn earlier(&self, owner: u64) -> Option<&'a std::collections::BTreeMap<Sym, Value>> {
        self.consulted.borrow_mut().insert(owner);
        self.summary.get(&owner)
    }

    /// A value that some other entry left in a place. It decides no branch: `if (client == null)` and
    /// `if (!connected)` are there for the first time, when nobody had left it.
    pub(crate) fn recalled(&self, name: &str, value: Value) -> Value {
        if value.truth() == Some(true) && value.texts().next().is_none() && self.program.is_assigned(name) {
            return value.join(&Value::one(Fact::Null));
        }
        value
    }

    pub(crate) fn frame(&self) -> &Frame {
        // There is a frame from the first evaluation to the last.
        &self.frames[self.frames.len() - 1]
    }

    pub(crate) fn frame_mut(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    pub(crate) fn unit(&self) -> UnitId {
        self.frame().func.unit
    }

    pub(crate) fn site(&self, span: Span) -> Site {
        Site { unit: self.unit(), span }
    }

    pub(crate) fn origin(&self, span: Span) -> Origin {
        Origin { site: self.site(span), home: self.frame().home.func }
    }

    pub(crate) fn ignores_case(&self) -> bool {
        self.program.unit(self.unit()).conventions.ignores_case
    }

    /// One step of evaluation; false when the budget or the depth is used up.
    pub(crate) fn step_in(&mut self) -> bool {
        if self.fuel == 0 || self.depth >= MAX_DEPTH {
            return false;
        }
        self.fuel -= 1;
        self.depth += 1;
        true
    }

    /// Work besides evaluating expressions counts, too: what it costs must not depend on the shape of the code.
    pub(crate) fn charge(&mut self, work: usize) {
        self.fuel = self.fuel.saturating_sub(work as u64);
    }

    pub(crate) fn step_out(&mut self) {
        self.depth -= 1;
    }

    /// Lets a function that matters only through its values have a part of the steps, and returns how many are
    /// kept back for those who called it.
    pub(crate) fn keep_back(&mut self, func: FuncRef, relevant: bool) -> u64 {
        if relevant || !self.frame().relevant || self.relevance.acquires(self.program, func) {
            return 0;
        }
        let allowed = (self.fuel / SHARE_OF_OTHERS).max(STEPS_OF_OTHERS).min(self.fuel);
        let kept = self.fuel - allowed;
        self.fuel = allowed;
        kept
    }

    /// Can what a call does matter to a Partner Center call? By where the function stands and what it leads to, or
    /// by what it is given.
    pub(crate) fn is_relevant(&self, func: FuncRef, bound: &[(Sym, Value)], this: Option<&Obj>) -> bool {
        let runs = |value: &Value| value.closures().any(|c| self.relevance.holds(self.program, c.func));
        self.relevance.holds(self.program, func)
            || bound.iter().any(|(_, value)| runs(value))
            || bound.iter().any(|(_, value)| self.names_partner_center(value, MAX_LOOK))
            || this.is_some_and(|o| self.object_names_partner_center(o, MAX_LOOK))
    }

    /// Is it about Partner Center: a URL, an audience, a token for it, or something that holds one?
    pub(crate) fn names_partner_center(&self, value: &Value, depth: u32) -> bool {
        value.facts().iter().any(|fact| match fact {
            Fact::Text(text) => text.0.iter().any(|piece| match piece {
                Piece::Lit(text, _) => self.hosts.is_named_in(text),
                Piece::Hole(_) => false,
            }),
            Fact::Token(token) => token.audience.iter().any(|a| self.hosts.audience(a).is_some()),
            Fact::Chain(_) => true,
            Fact::Object(object) => self.object_names_partner_center(object, depth),
            _ => false,
        })
    }

    fn object_names_partner_center(&self, object: &Obj, depth: u32) -> bool {
        depth > 0
            && self
                .store
                .look(object.key)
                .take(MAX_FIELDS)
                .any(|field| self.names_partner_center(field, depth - 1))
    }

    /// Gives back what [`Machine::keep_back`] kept.
    pub(crate) fn give_back(&mut self, kept: u64) {
        self.cut |= self.fuel == 0;
        self.fuel += kept;
    }

    pub(crate) fn calls_left(&self) -> bool {
        self.frames.len() < MAX_CALLS && self.fuel > 0
    }

    /// The identity of what an expression makes in the current context.
    pub(crate) fn identity(&self, span: Span) -> u64 {
        mix(&[8, digest(&self.site(span)), self.frame().key])
    }

    /// A new object of the program.
    pub(crate) fn create(&mut self, span: Span, ty: Option<Sym>, class: Option<ClassId>) -> Obj {
        let key = self.identity(span);
        self.fresh.insert(key);
        if let Some(class) = class {
            self.instances.insert(key, class);
        }
        Obj { key, ty, class, unknown: Unknown::Created }
    }

    /// A value of which only the origin is known.
    pub(crate) fn opaque(&mut self, span: Span, unknown: Unknown) -> Value {
        let key = self.identity(span);
        self.made.insert(key);
        Value::one(Fact::Object(Obj { key, ty: None, class: None, unknown }))
    }

    /// The value of `name` where it stands for a variable.
    pub(crate) fn variable(&mut self, name: &str, span: Span) -> Value {
        let own = self.frame().key;
        let mut key = Some(own);
        while let Some(owner) = key {
            if let Some(value) = self.store.read(owner, name) {
                return value;
            }
            key = self.parents.get(&owner).copied().flatten();
        }
        let conventions = self.conventions();
        // A nested function, as a value.
        if !conventions.shell
            && let Some(value) = self.local_function(name)
        {
            return value;
        }
        if let Some(value) = self.own_member(name, span) {
            return value;
        }
        if conventions.shell {
            return self.dynamic_variable(name, span);
        }
        if conventions.file_scope
            && let Some(value) = self.visible_name(name, span)
        {
            return value;
        }
        self.type_or_unassigned(name, span)
    }

    /// A member of the enclosing class named without `this`.
    fn own_member(&mut self, name: &str, span: Span) -> Option<Value> {
        let class = self.frame().class?;
        if !self.conventions().implicit_this {
            return None;
        }
        for id in self.program.ancestry(class) {
            let info = self.program.class(id);
            if let Some(field) = info.fields.get(name) {
                if field.is_static {
                    return Some(self.static_member(id, name, span));
                }
                let this = self.this_object();
                return Some(self.object_member(&this, name, span));
            }
            if info.getters.contains_key(name) {
                let this = self.this_object();
                return Some(self.object_member(&this, name, span));
            }
            if let Some(methods) = info.methods.get(&name.to_ascii_lowercase()) {
                let this = self.this_object();
                return Some(Self::method_group(methods, Some(this)));
            }
        }
        None
    }

    pub(crate) fn method_group(methods: &[FuncRef], this: Option<Obj>) -> Value {
        let mut facts = Vec::new();
        for func in methods.iter().take(4) {
            let closure = Arc::new(Closure { func: *func, frame: 0, this: this.clone() });
            facts.push(Fact::Func(closure));
        }
        Value::from_facts(facts)
    }

    /// The current instance; any instance of the class where the frame has none.
    pub(crate) fn this_object(&mut self) -> Obj {
        if let Some(this) = &self.frame().this {
            return this.clone();
        }
        match self.frame().class {
            Some(class) => self.instance_of(class),
            None => Obj {
                key: mix(&[9, u64::from(self.unit())]),
                ty: None,
                class: None,
                unknown: Unknown::Unassigned("this".into()),
            },
        }
    }

    /// The object whose method is being evaluated.
    fn is_this(&self, object: &Obj) -> bool {
        self.frame().this.as_ref().is_some_and(|this| this.key == object.key)
    }

    pub(crate) fn instance_of(&mut self, class: ClassId) -> Obj {
        let key = any_instance(class);
        self.instances.insert(key, class);
        Obj {
            key,
            ty: Some(self.program.class(class).name.clone()),
            class: Some(class),
            unknown: Unknown::Unassigned(self.program.class(class).name.clone()),
        }
    }

    /// `PowerShell` looks in the file's scope, then at the callers', then globally.
    fn dynamic_variable(&mut self, name: &str, span: Span) -> Value {
        let script = script_owner(self.unit());
        if let Some(value) = self.store.read(script, name) {
            return value;
        }
        for i in (0..self.frames.len().saturating_sub(1)).rev() {
            let owner = self.frames[i].key;
            if let Some(value) = self.store.read(owner, name) {
                return value;
            }
            let script = script_owner(self.frames[i].func.unit);
            if let Some(value) = self.store.read(script, name) {
                return value;
            }
        }
        if let Some(value) = self.store.read(GLOBAL, name) {
            return value;
        }
        let sourced = self.program.sourced(self.unit()).iter().map(|unit| script_owner(*unit));
        for owner in [script].into_iter().chain(sourced).chain([GLOBAL]) {
            if let Some(value) = self.earlier(owner).and_then(|m| m.get(name)) {
                return self.recalled(name, value.clone());
            }
        }
        if self.conventions().environment {
            return self.environment(name, span);
        }
        self.unassigned(name, span)
    }

    fn unassigned(&mut self, name: &str, span: Span) -> Value {
        let key = mix(&[10, self.frame().key, digest(&name)]);
        let _ = span;
        Value::one(Fact::Object(Obj {
            key,
            ty: None,
            class: None,
            unknown: Unknown::Unassigned(name.into()),
        }))
    }

    fn type_or_unassigned(&mut self, name: &str, span: Span) -> Value {
        if let Some(class) = self.program.class_named(self.unit(), name) {
            return Value::one(Fact::Type(name.into(), Some(class)));
        }
        // Where case does not count, types are not told apart by it.
        let known = self.conventions().ignores_case && self.rules.knows_type(name);
        if known || name.starts_with(|c: char| c.is_ascii_uppercase()) {
            let alias =
                self.program.unit(self.unit()).imports.iter().find(|i| i.alias.as_deref() == Some(name));
            let name = alias.map_or(name, |i| i.path.rsplit('.').next().unwrap_or(name));
            return Value::one(Fact::Type(name.into(), self.program.class_named(self.unit(), name)));
        }
        self.unassigned(name, span)
    }

    /// Where an assignment to a plain name goes.
    pub(crate) fn assign_variable(&mut self, name: &str, value: Value, span: Span) {
        self.trace(&value, Trace::Stored, span);
        let own = self.frame().key;
        let mut key = Some(own);
        let conventions = self.conventions();
        if !conventions.shell {
            while let Some(owner) = key {
                if self.store.read(owner, name).is_some() {
                    self.store.write(owner, name, value);
                    return;
                }
                key = self.parents.get(&owner).copied().flatten();
            }
            if let Some(class) = self.frame().class.filter(|_| conventions.implicit_this) {
                for id in self.program.ancestry(class) {
                    let info = self.program.class(id);
                    let field = info.fields.get(name);
                    if field.is_some_and(|f| f.is_static) {
                        self.store.write(static_owner(id), name, value);
                        return;
                    }
                    if field.is_some() || info.setters.contains_key(name) {
                        let this = self.this_object();
                        self.set_member(&Value::one(Fact::Object(this)), name, value, span);
                        return;
                    }
                }
            }
        }
        if conventions.shell {
            // A block that a pipeline runs (`ForEach-Object { $found = $_ }`) assigns in the scope around it; one that
            // is called in its own. Which it is, only the callee knows.
            while let Some(owner) = self.parents.get(&key.unwrap_or(own)).copied().flatten() {
                if self.store.read(owner, name).is_some() {
                    self.store.join(owner, name, &value);
                    break;
                }
                key = Some(owner);
            }
        }
        if conventions.file_scope && !conventions.shell && self.declares(self.unit(), name) {
            self.store.write(script_owner(self.unit()), name, value);
            return;
        }
        self.store.write(own, name, value);
    }

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
        let relevant = outer.is_some_and(|f| f.relevant) || self.relevance.holds(self.program, func);
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
        let mut facts = vec![Fact::Object(member)];
        if let Some(inside) = inside {
            facts.extend(
                inside
                    .facts()
                    .iter()
                    .filter(|f| !matches!(f, Fact::Object(o) if o.key == object.key))
                    .cloned(),
            );
        }
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

    /// Notes that the tokens in a value moved.
    pub(crate) fn trace(&mut self, value: &Value, trace: Trace, span: Span) {
        let site = self.site(span);
        for fact in value.facts() {
            if let Fact::Token(token) = fact {
                let steps = self.traces.entry(token.acquisition).or_default();
                if steps.len() < 64 && !steps.contains(&(trace, site)) {
                    steps.push((trace, site));
                }
            }
        }
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

impl Machine<'_> {
    /// A frame below all others, for what runs outside of any function.
    pub(crate) fn push_root(&mut self, func: FuncRef) {
        let home = self.program.home(func);
        let relevant = self.relevance.holds(self.program, func);
        self.frames.push(Frame { relevant, ..Frame::new(func, home, 0) });
    }

    /// Takes it away.
    pub(crate) fn pop_root(&mut self) {
        self.frames.pop();
    }
}
