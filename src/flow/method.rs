//! Calls of methods: which implementation a receiver and its arguments choose.

use std::sync::Arc;

use crate::frontend::family;
use crate::ir::{FunctionKind, Span, Sym, TypeName};
use crate::models::Args;

use super::call::{is_capitalised, is_invocation};
use super::library::LibraryCall;
use super::machine::Machine;
use super::program::ClassId;
use super::value::{Closure, Fact, FuncRef, Obj, Unknown, Value};

/// How many candidates of one call are followed.
const MAX_CANDIDATES: usize = 4;

impl Machine<'_> {
    /// A method call.
    pub(crate) fn call_member(
        &mut self,
        receiver: &Value,
        name: &str,
        args: Args,
        type_args: &[TypeName],
        span: Span,
    ) -> Value {
        let mut result = Value::default();
        let mut rest = Vec::new();
        let mut handled = false;
        for fact in receiver.facts() {
            let class = match fact {
                Fact::Object(o) => {
                    if let Some(chain) = self.chain_of(o) {
                        let found = self.call_chain(&chain, name, &args, span);
                        result = result.join(&found);
                        handled = true;
                        continue;
                    }
                    o.class
                }
                Fact::Type(_, class) => *class,
                Fact::Chain(chain) => {
                    let chain = chain.clone();
                    let found = self.call_chain(&chain, name, &args, span);
                    result = result.join(&found);
                    handled = true;
                    continue;
                }
                Fact::Module(units) => {
                    let member = self.module_member(&units.clone(), name, span, 0);
                    let found = self.call_value(&member, args.clone(), span);
                    result = result.join(&found);
                    handled = true;
                    continue;
                }
                Fact::Func(closure) if is_invocation(name) || self.conventions().functional_objects => {
                    let found = self.call_closure(&closure.clone(), args.clone(), span);
                    result = result.join(&found);
                    handled = true;
                    continue;
                }
                _ => None,
            };
            let Some(class) = class else {
                rest.push(fact.clone());
                continue;
            };
            let this = if let Fact::Object(o) = fact { Some(o.clone()) } else { None };
            let found = self.dispatch(class, name, &args, this.as_ref(), span);
            match found {
                Some(value) => {
                    let only = Value::one(fact.clone());
                    let receiver = Some(&only);
                    let call = LibraryCall {
                        name,
                        receiver,
                        args: &args,
                        span,
                        untyped: false,
                        type_args: Vec::new(),
                    };
                    let known = self.library_in_tree(class, &call, &value);
                    result = result.join(&known.unwrap_or(value));
                    handled = true;
                }
                None => rest.push(fact.clone()),
            }
        }
        if handled && rest.iter().all(|f| !matches!(f, Fact::Token(_) | Fact::Credential(_))) {
            return result;
        }
        let rest = if rest.is_empty() { receiver.clone() } else { Value::from_facts(rest) };
        // A member that holds a function value.
        if let [Fact::Object(o)] = rest.facts()
            && let Some(member) = self.stored(o, name)
            && member.closures().next().is_some()
        {
            let member = bound_to(&member, o);
            let found = self.call_value(&member, args, span);
            return result.join(&found);
        }
        if self.conventions().call_creates
            && (self.is_library_type(name) || self.is_generated_client(name))
            && is_capitalised(name)
            && rest.facts().iter().any(|f| matches!(f, Fact::Type(_, None)))
        {
            let short: Sym = name.into();
            let found = self.library_new(&short, &TypeName::simple(short.clone()), args, span);
            return result.join(&found);
        }
        if let Some(found) = self.library_call(Some(&rest), name, &args, type_args, span) {
            return result.join(&found);
        }
        let extensions: Vec<FuncRef> = self.program.extension_methods(&name.to_ascii_lowercase()).to_vec();
        if !extensions.is_empty() {
            let mut all = args.clone();
            all.positional.insert(0, rest.clone());
            let fitting = self.best_fit(&extensions, &all);
            let found = self.call_all(&fitting, &all, None, None, span);
            return result.join(&found);
        }
        if let Some(class) =
            rest.facts().iter().find_map(|f| if let Fact::Object(o) = f { o.class } else { None })
        {
            // A member of the class that holds a delegate.
            let info = self.program.ancestry(class).into_iter().any(|id| {
                let info = self.program.class(id);
                info.fields.contains_key(name) || info.getters.contains_key(name)
            });
            if info {
                let member = self.member(&rest, name, span);
                if self.conventions().loose_calls && args.count() == 0 {
                    return result.join(&member);
                }
                // A function, or a library's object that can be called.
                let callable = self.knows(crate::models::Form::Call, "invoke")
                    && self.types_of(&member).iter().any(|ty| self.rules.knows_type(ty));
                if callable || member.closures().next().is_some() {
                    let found = self.call_value(&member, args, span);
                    return result.join(&found);
                }
            }
        }
        // A receiver of which nothing is known, and a name that only one class of the program declares.
        let untyped = rest
            .facts()
            .iter()
            .all(|f| matches!(f, Fact::Object(o) if o.ty.is_none() && o.unknown != Unknown::Created));
        if untyped && !self.knows(crate::models::Form::Call, name) {
            let named: Vec<FuncRef> = self
                .program
                .methods_named(&name.to_ascii_lowercase())
                .iter()
                .copied()
                .filter(|f| {
                    self.program.function(*f).has_body
                        && self.program.function(*f).kind == FunctionKind::Method
                        && family(self.program.language(f.unit)) == family(self.program.language(self.unit()))
                })
                .collect();
            if let [only] = named.as_slice()
                && let Some(class) = self.program.owner(*only)
                && self.accepts(*only, &args)
            {
                let this = self.instance_of(class);
                return self.call_function(*only, args, Some(this), None, span);
            }
        }
        if let Some(found) = self.declared_elsewhere(&rest, name, &args, span) {
            return result.join(&found);
        }
        if let Some(found) = self.generated_operation(&rest, name, &args, span) {
            return result.join(&found);
        }
        let found = self.external_call(Some(&rest), name, &args, span);
        result.join(&found)
    }

    /// What an object holds under a name, here or as far as earlier rounds know.
    fn stored(&mut self, object: &Obj, name: &str) -> Option<Value> {
        if let Some(value) = self.store.read(object.key, name) {
            return Some(value);
        }
        if self.fresh.contains(&object.key) {
            return None;
        }
        self.earlier(object.key).and_then(|m| m.get(name)).cloned()
    }

    /// Methods of the program on a receiver of this class; `None` when it has none of the name.
    fn dispatch(
        &mut self,
        class: ClassId,
        name: &str,
        args: &Args,
        this: Option<&Obj>,
        span: Span,
    ) -> Option<Value> {
        self.offer(class, name, args);
        let found = self.class_methods(class, name, args);
        let certain = this.is_none_or(|t| t.unknown == Unknown::Created);
        if !found.is_empty() && (certain || self.program.implementors(class, self.testing).is_empty()) {
            return Some(self.call_all(&found, args, this, None, span));
        }
        // An interface or a base class: what implements it.
        let mut result = Value::default();
        let mut any = false;
        if !certain || found.is_empty() {
            for id in self.program.implementors(class, self.testing).into_iter().take(MAX_CANDIDATES) {
                let methods: Vec<FuncRef> = self
                    .program
                    .class(id)
                    .methods
                    .get(&name.to_ascii_lowercase())
                    .map(|m| m.iter().copied().filter(|f| self.program.function(*f).has_body).collect())
                    .unwrap_or_default();
                let methods = self.best_fit(&methods, args);
                if !methods.is_empty() {
                    any = true;
                    let instance = self.instance_of(id);
                    let value = self.call_all(&methods, args, Some(&instance), None, span);
                    result = result.join(&value);
                }
            }
        }
        if !found.is_empty() {
            any = true;
            let value = self.call_all(&found, args, this, None, span);
            result = result.join(&value);
        }
        any.then_some(result)
    }

    pub(super) fn class_methods(&self, class: ClassId, name: &str, args: &Args) -> Vec<FuncRef> {
        let methods = self.program.methods(class, &name.to_ascii_lowercase());
        self.best_fit(&methods, args)
    }

    fn accepts(&self, func: FuncRef, args: &Args) -> bool {
        let params = &self.program.function(func).params;
        let rest = params.iter().any(|p| p.is_rest);
        let required = params.iter().filter(|p| p.default.is_none() && !p.is_rest).count();
        let count = args.count();
        (count <= params.len() || rest)
            && (count >= required || args.open)
            && args.named.iter().all(|(n, _)| params.iter().any(|p| p.name.eq_ignore_ascii_case(n)))
    }

    /// The overloads that fit the arguments: by number and names, then by types where they are known.
    pub(super) fn best_fit(&self, methods: &[FuncRef], args: &Args) -> Vec<FuncRef> {
        if methods.len() <= 1 {
            return methods.to_vec();
        }
        let fitting: Vec<FuncRef> = methods.iter().copied().filter(|f| self.accepts(*f, args)).collect();
        if fitting.is_empty() {
            return methods.iter().copied().take(MAX_CANDIDATES).collect();
        }
        let scores: Vec<i32> = fitting.iter().map(|f| self.type_score(*f, args)).collect();
        let best = scores.iter().copied().max().unwrap_or(0);
        fitting
            .into_iter()
            .zip(scores)
            .filter(|(_, s)| *s == best)
            .map(|(f, _)| f)
            .take(MAX_CANDIDATES)
            .collect()
    }

    /// How well the argument types fit the parameters: right ones count for, wrong ones against.
    fn type_score(&self, func: FuncRef, args: &Args) -> i32 {
        let params = &self.program.function(func).params;
        let exact = i32::from(params.len() == args.count());
        let mut score = exact;
        for (param, value) in params.iter().zip(&args.positional) {
            let Some(ty) = &param.ty else { continue };
            let short = ty.short();
            for fact in value.facts() {
                score += match fact {
                    Fact::Text(_) if matches!(short, "string" | "String") => 2,
                    Fact::Text(_) if short != "object" && short.len() > 1 => -2,
                    Fact::Bool(_) if matches!(short, "bool" | "Boolean") => 2,
                    Fact::Func(_) if short.starts_with("Func") || short.starts_with("Action") => 2,
                    Fact::Object(o) => match (&o.ty, o.class) {
                        (_, Some(class))
                            if self.program.type_names(class).iter().any(|n| n.as_ref() == short) =>
                        {
                            2
                        }
                        (Some(t), _) if t.as_ref() == short => 2,
                        (Some(_), _) if matches!(short, "string" | "int" | "bool") => -2,
                        _ => 0,
                    },
                    _ => 0,
                };
            }
        }
        score
    }

    pub(super) fn call_base(&mut self, name: &str, args: Args, receiver: &Value, span: Span) -> Value {
        let bases = self.frame().class.map(|c| self.program.class(c).bases.clone()).unwrap_or_default();
        let this = self.this_object();
        for base in bases {
            let found = self.class_methods(base, name, &args);
            if !found.is_empty() {
                return self.call_all(&found, &args, Some(&this), None, span);
            }
        }
        if let Some(value) = self.library_call(Some(receiver), name, &args, &[], span) {
            return value;
        }
        self.external_call(Some(receiver), name, &args, span)
    }

    pub(super) fn call_all(
        &mut self,
        funcs: &[FuncRef],
        args: &Args,
        this: Option<&Obj>,
        parent: Option<u64>,
        span: Span,
    ) -> Value {
        let mut result = Value::default();
        for func in funcs {
            let func = *func;
            if funcs.len() == 1 {
                return self.call_function(func, args.clone(), this.cloned(), parent, span);
            }
            let value = self.either(
                None,
                |m| m.call_function(func, args.clone(), this.cloned(), parent, span),
                |_| Value::default(),
            );
            result = result.join(&value);
        }
        result
    }
}

/// Functions of an object literal see the object as their instance.
fn bound_to(member: &Value, object: &Obj) -> Value {
    let bind = |fact: &Fact| match fact {
        Fact::Func(closure) if closure.this.is_none() => {
            Fact::Func(Arc::new(Closure { this: Some(object.clone()), ..(**closure).clone() }))
        }
        other => other.clone(),
    };
    Value::from_facts(member.facts().iter().map(bind).collect())
}
