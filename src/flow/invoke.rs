//! Functions of the program, evaluated once for each context that they are called in.

use std::rc::Rc;

use crate::ir::{FunctionKind, Span, Sym};
use crate::models::Args;

use super::events::{Lift, Trace};
use super::machine::{Frame, MAX_LOOK, Machine, Memo, script_owner};
use super::relevance::holds;
use super::value::{Fact, FuncRef, Obj, Piece, Unknown, Value, digest, mix};

/// How often one function may stand on the stack.
const MAX_RECURSION: usize = 2;

/// For how many different arguments one function is evaluated on its own, in one entry. What comes after is
/// joined into one context.
const MAX_CONTEXTS: usize = 24;

/// The same for arguments that name Partner Center.
const MAX_CONTEXTS_OF_OURS: usize = 64;

impl Machine<'_> {
    /// Evaluates a function of the program, or takes its summary for these arguments.
    pub(crate) fn call_function(
        &mut self,
        func: FuncRef,
        args: Args,
        this: Option<Obj>,
        parent: Option<u64>,
        span: Span,
    ) -> Value {
        let program = self.program;
        let function = program.function(func);
        if !function.has_body {
            return self.opaque(span, Unknown::External(function.name.clone()));
        }
        self.called.insert(func);
        if let Some(found) = self.call_decorated(func, &args, this.as_ref(), span) {
            // Which of the two runs depends on what the decorator does with the function; it may only wrap it.
            self.decorating.insert(func);
            let plain = self.call_function(func, args, this, parent, span);
            self.decorating.remove(&func);
            return plain.join(&found);
        }
        if self.program.observer.watch.is_some() {
            self.observe_function(func, &args, span);
        }
        if self.frames.iter().filter(|f| f.func == func).count() >= MAX_RECURSION {
            return Value::default();
        }
        let mut bound = self.bind(func, args);
        if self.stands(func, this.as_ref())
            && !bound.iter().any(|(_, value)| self.is_telling(value, MAX_LOOK))
        {
            // Once more for the same object, with nothing that the evaluation under way does not show as well.
            return Value::default();
        }
        for (_, value) in &bound {
            self.trace(value, Trace::Passed(func), span);
        }
        let mut key = context_of(func, &bound, this.as_ref(), parent);
        if !self.memo.contains_key(&key) {
            self.widen(func, &mut bound);
            key = context_of(func, &bound, this.as_ref(), parent);
        }
        let context = key.1;
        if let Some(known) = self.memo.get(&key)
            && let Some(memo) = known.iter().find(|m| self.store.holds(&m.effects)).cloned()
        {
            self.charge(memo.effects.size());
            self.repeat_deeds(&memo.deeds);
            self.store.replay(&memo.effects);
            self.place(&memo.lifts, span);
            self.trace(&memo.result, Trace::Returned(func), span);
            return memo.result.clone();
        }
        if !self.calls_left() || !self.active.insert(key) {
            return Value::default();
        }
        let class = match parent {
            Some(_) => this.as_ref().and_then(|t| t.class).or_else(|| self.program.owner(program.home(func))),
            None => self.program.owner(func).or_else(|| this.as_ref().and_then(|t| t.class)),
        };
        let class = class.or_else(|| self.program.owner(program.home(func)));
        let relevant = self.is_relevant(func, &bound, this.as_ref());
        let kept = self.keep_back(relevant);
        let outer = std::mem::take(&mut self.deeds);
        self.store.enter();
        self.parents.insert(context, parent);
        self.frames.push(Frame {
            func,
            home: program.home(func),
            call: span,
            key: context,
            this,
            class,
            relevant,
            result: Value::default(),
            exits: Vec::new(),
            lifts: Vec::new(),
        });
        for (name, value) in bound {
            self.store.write(context, &name, value);
        }
        self.default_params(func, context);
        if let Some(call) = function.delegates_to {
            self.eval(call);
        } else if function.kind == FunctionKind::Constructor {
            self.implicit_base(span);
        }
        self.run_block(&function.body);
        let exits = std::mem::take(&mut self.frame_mut().exits);
        for changes in exits {
            for (loc, value) in changes {
                if loc.owner != context {
                    self.store.join(loc.owner, &loc.name, &value);
                }
            }
        }
        self.give_back(kept);
        let frame = self.frames.pop();
        let effects = self.store.leave(context, program.captures(func));
        self.charge(effects.size());
        self.active.remove(&key);
        let (result, lifts) = frame.map(|f| (f.result, f.lifts)).unwrap_or_default();
        let result = match &function.returns {
            Some(ty) => self.declare(result, func.unit, Some(ty)),
            None => result,
        };
        self.place(&lifts, span);
        self.trace(&result, Trace::Returned(func), span);
        let deeds = std::mem::replace(&mut self.deeds, outer);
        self.deeds.join(&deeds);
        let memo = Rc::new(Memo { effects, result: result.clone(), lifts, deeds });
        let known = self.memo.entry(key).or_default();
        if known.len() < 8 {
            known.push(memo);
        }
        result
    }

    /// The function is being evaluated for this object.
    fn stands(&self, func: FuncRef, this: Option<&Obj>) -> bool {
        let key = this.map(|o| o.key);
        // The frame below an entry is not its evaluation.
        self.frames.iter().any(|f| f.key != 0 && f.func == func && f.this.as_ref().map(|o| o.key) == key)
    }

    /// A value that may make a recursive call another one: what names Partner Center or a token endpoint, carries a
    /// token or code, or a key; and not an address of some other service, or what nothing is known of.
    fn is_telling(&self, value: &Value, depth: u32) -> bool {
        value.facts().iter().any(|fact| match fact {
            Fact::Text(text) => {
                let shown = text.display();
                let says = text.0.iter().any(|p| matches!(p, Piece::Lit(text, _) if !text.is_empty()));
                let elsewhere = shown.contains("://")
                    && !self.hosts.is_named_in(&shown)
                    && !self.hosts.is_token_endpoint(&shown);
                says && !elsewhere
            }
            Fact::Object(object) => {
                depth > 0 && self.store.look(object.key).any(|field| self.is_telling(field, depth - 1))
            }
            Fact::Null | Fact::Bool(_) | Fact::Num(_) => false,
            _ => true,
        })
    }

    /// Joins arguments into one context once a function has been evaluated for many.
    fn widen(&mut self, func: FuncRef, bound: &mut [(Sym, Value)]) {
        let relevant = bound.iter().any(|(_, v)| self.names_partner_center(v, MAX_LOOK));
        let count = self.contexts.entry((func, relevant)).or_default();
        *count += 1;
        let most = if relevant { MAX_CONTEXTS_OF_OURS } else { MAX_CONTEXTS };
        if *count <= most {
            return;
        }
        let joined = self.widened.entry((func, relevant)).or_default();
        for (name, value) in bound.iter_mut() {
            let all = joined.entry(name.clone()).or_default();
            *all = all.join(value);
            *value = all.clone();
        }
    }

    fn implicit_base(&mut self, span: Span) {
        let Some(class) = self.frame().class else { return };
        let this = self.this_object();
        for base in self.program.class(class).bases.clone() {
            let plain: Vec<FuncRef> = self
                .program
                .class(base)
                .constructors
                .iter()
                .copied()
                .filter(|f| self.program.function(*f).params.is_empty())
                .collect();
            if let [only] = plain.as_slice() {
                self.call_function(*only, Args::default(), Some(this.clone()), None, span);
            }
        }
    }

    /// Places what a call left to its callers, or passes it on.
    pub(crate) fn place(&mut self, lifts: &[Lift], span: Span) {
        if lifts.is_empty() || self.frames.is_empty() {
            return;
        }
        let home = self.frame().home;
        let site = self.site(span);
        for lift in lifts {
            if lift.home().is_some_and(|h| h != home) {
                let frame = self.frame_mut();
                if frame.lifts.len() < 256 {
                    frame.lifts.push(lift.clone());
                }
                continue;
            }
            match lift {
                Lift::Extent(acquisition, _) => {
                    if let Some(record) = self.found.acquisitions.get_mut(acquisition) {
                        record.extents.insert(site);
                    }
                }
                Lift::Call(record, _) => {
                    let mut record = (**record).clone();
                    record.home = Some(home);
                    self.found.calls.entry(site).or_default().merge(record);
                }
                Lift::Passed(record, url) => self.place_passed(record, url, span),
            }
        }
    }

    /// The frame of an entry: unknown arguments, any instance.
    pub(crate) fn run_entry(&mut self, func: FuncRef) -> Value {
        let program = self.program;
        let function = program.function(func);
        let mut args = Args::default();
        for param in &function.params {
            if param.default.is_none() || function.kind == FunctionKind::TopLevel {
                let value = self.parameter(func, &param.name, param.ty.as_ref());
                args.named.push((param.name.clone(), value));
            }
        }
        if function.kind == FunctionKind::Method {
            self.take_offers(func, &mut args);
        }
        let class = program.owner(func);
        let this = match (class, function.kind) {
            (
                Some(class),
                FunctionKind::Method
                | FunctionKind::Constructor
                | FunctionKind::Getter
                | FunctionKind::Setter,
            ) => Some(self.instance_of(class)),
            _ => None,
        };
        if function.kind == FunctionKind::TopLevel && program.unit(func.unit).conventions.file_scope {
            return self.run_script(func, args);
        }
        // What comes before others keeps its steps for itself, too.
        let relevant = self.relevance.comes_first(program, func);
        self.focus = relevant.then_some(func);
        self.frames.push(Frame { relevant, ..Frame::new(func, func, 0) });
        self.store.enter();
        let value = self.call_function(func, args, this, None, function.span);
        self.store.leave(0, true);
        self.frames.pop();
        value
    }

    /// The top level of a script: its variables are the script's.
    fn run_script(&mut self, func: FuncRef, args: Args) -> Value {
        let key = script_owner(func.unit);
        self.parents.insert(key, None);
        self.store.enter();
        let program = self.program;
        let relevant = holds(program, func);
        self.frames.push(Frame { relevant, ..Frame::new(func, func, key) });
        for (name, value) in args.named {
            let param = program.function(func).params.iter().find(|p| p.name == name);
            let value = match param.and_then(|p| p.default) {
                Some(default) => self.eval(default).join(&value),
                None => value,
            };
            self.store.write(key, &name, value);
        }
        self.run_block(&program.function(func).body);
        self.store.leave(key, true);
        self.frames.pop().map(|f| f.result).unwrap_or_default()
    }
}

/// The identity of a function's evaluation for given arguments.
fn context_of(
    func: FuncRef,
    bound: &[(Sym, Value)],
    this: Option<&Obj>,
    parent: Option<u64>,
) -> (FuncRef, u64) {
    let context = mix(&[digest(&func), digest(&bound), this.map_or(0, |t| t.key), parent.unwrap_or(0)]);
    (func, context)
}
