//! The evaluator's state: frames, steps, what is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{Span, Sym};
use crate::models::Rules;

use super::events::{Found, Lift, Trace};
use super::hosts::Hosts;
use super::namesake::Deeds;
use super::program::{ClassId, Program};
use super::relevance::{Relevance, holds};
use super::store::{Effects, Store, Summary};
use super::value::{
    AcqKey, Closure, Fact, FuncRef, Obj, Origin, Piece, Site, UnitId, Unknown, Value, digest, mix,
};

/// How deep calls may nest before the evaluator takes the rest as unknown.
const MAX_CALLS: usize = 48;
/// How deep expressions and calls may nest together: bounds the native stack.
const MAX_DEPTH: u32 = 3_000;

/// Which part of the steps that are left a call may take whose function's file does not name Partner Center and that is
/// given nothing that does; and how many at least.
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
    /// The entry, when it [comes first](Relevance::comes_first).
    pub(crate) focus: Option<FuncRef>,
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
    /// Objects that are authorization requests, with the place and the function that say so.
    pub(crate) authorizations: BTreeMap<u64, (Obj, (Site, FuncRef))>,
    /// Function values made in this entry.
    pub(crate) closures: Vec<Arc<Closure>>,
    pub(super) initialising: FxHashSet<(u64, Sym)>,
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
            focus: None,
            widened: FxHashMap::default(),
            found: Found::default(),
            testing: false,
            deeds: Deeds::default(),
            traces: FxHashMap::default(),
            called: FxHashSet::default(),
            fresh: FxHashSet::default(),
            made: FxHashSet::default(),
            instances: FxHashMap::default(),
            authorizations: BTreeMap::new(),
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

    pub(crate) fn steps_left(&self) -> bool {
        self.fuel > 0
    }

    pub(crate) fn step_out(&mut self) {
        self.depth -= 1;
    }

    /// Lets a function that matters only through its values have a part of the steps, and returns how many are
    /// kept back for those who called it.
    pub(crate) fn keep_back(&mut self, relevant: bool) -> u64 {
        if relevant || !self.frame().relevant {
            return 0;
        }
        let allowed = (self.fuel / SHARE_OF_OTHERS).max(STEPS_OF_OTHERS).min(self.fuel);
        let kept = self.fuel - allowed;
        self.fuel = allowed;
        kept
    }

    /// Can what a call does matter to a Partner Center call? By where the function stands, by what it is given, or as the
    /// entry that comes before others.
    pub(crate) fn is_relevant(&self, func: FuncRef, bound: &[(Sym, Value)], this: Option<&Obj>) -> bool {
        let runs = |value: &Value| value.closures().any(|c| holds(self.program, c.func));
        self.focus == Some(func)
            || holds(self.program, func)
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
    pub(super) fn is_this(&self, object: &Obj) -> bool {
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

impl Machine<'_> {
    /// A frame below all others, for what runs outside of any function.
    pub(crate) fn push_root(&mut self, func: FuncRef) {
        let home = self.program.home(func);
        let relevant = holds(self.program, func);
        self.frames.push(Frame { relevant, ..Frame::new(func, home, 0) });
    }

    /// Takes it away.
    pub(crate) fn pop_root(&mut self) {
        self.frames.pop();
    }
}
