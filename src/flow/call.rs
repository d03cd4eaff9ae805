//! Calls: which functions of the program a call means, binding of arguments, summaries.

use std::rc::Rc;
use std::sync::Arc;

use crate::frontend::family;
use crate::ir::{Arg, ArgKind, ExprId, ExprKind, FunctionKind, Scope, Span, Sym, TypeName};
use crate::models::Args;

use super::events::{Lift, Trace};
use super::library::LibraryCall;
use super::machine::{Frame, MAX_LOOK, Machine, Memo, any_instance, script_owner};
use super::program::ClassId;
use super::store::ANY;
use super::value::{Closure, Fact, FuncRef, Obj, Unknown, Value, digest, mix};

/// How many candidates of one call are followed.
const MAX_CANDIDATES: usize = 4;
/// How often one function may stand on the stack.
const MAX_RECURSION: usize = 2;
/// For how many different arguments one function is evaluated on its own, in one entry. What comes after is
/// joined into one context.
const MAX_CONTEXTS: usize = 24;
/// The same for arguments that name Partner Center.
const MAX_CONTEXTS_OF_OURS: usize = 64;

impl Machine<'_> {
    pub(crate) fn call_expr(
        &mut self,
        callee: ExprId,
        args: &[Arg],
        type_args: &[TypeName],
        span: Span,
    ) -> Value {
        let program = self.program;
        let target = program.expr(self.unit(), callee);
        match &target.kind {
            ExprKind::Member { object, name } => {
                let is_base = matches!(program.expr(self.unit(), *object).kind, ExprKind::Base);
                let receiver = self.eval(*object);
                self.note_member(name, target.span);
                let args = self.eval_args(args);
                if is_base {
                    return self.call_base(name, args, &receiver, span);
                }
                self.call_member(&receiver, name, args, type_args, span)
            }
            ExprKind::Name { name, scope: Scope::Callable } => {
                let args = self.eval_args(args);
                if self.has_file_scope() {
                    return self.call_declared(name, &args, type_args, span);
                }
                self.call_command(name, args, span)
            }
            ExprKind::Name { name, .. } => {
                let args = self.eval_args(args);
                self.call_name(name, args, type_args, span)
            }
            ExprKind::This | ExprKind::Base => {
                // A constructor's call of another one.
                let is_base = matches!(target.kind, ExprKind::Base);
                let args = self.eval_args(args);
                let this = self.this_object();
                let classes = match (self.frame().class, is_base) {
                    (Some(class), false) => vec![class],
                    (Some(class), true) => self.program.class(class).bases.clone(),
                    (None, _) => Vec::new(),
                };
                let mut done = false;
                for class in classes {
                    if !self.program.class(class).constructors.is_empty() {
                        self.construct(class, &this, args.clone(), span);
                        done = true;
                    }
                }
                if !done {
                    let this = Value::one(Fact::Object(this));
                    for value in args.values() {
                        self.add(&this, value);
                    }
                }
                Value::default()
            }
            ExprKind::Index { object, index } if self.conventions().shell => {
                let names = self.eval(*index);
                let names: Vec<String> = names.texts().filter_map(super::value::Text::known).collect();
                if names.is_empty() {
                    let value = self.eval(callee);
                    let args = self.eval_args(args);
                    return self.call_value(&value, args, span);
                }
                // `$customers.$verb()`.
                let receiver = self.eval(*object);
                let args = self.eval_args(args);
                let mut result = Value::default();
                for name in names {
                    let found = self.call_member(&receiver, &name, args.clone(), type_args, span);
                    result = result.join(&found);
                }
                result
            }
            _ => {
                let value = self.eval(callee);
                let args = self.eval_args(args);
                self.call_value(&value, args, span)
            }
        }
    }

    pub(crate) fn eval_args(&mut self, args: &[Arg]) -> Args {
        let mut out = Args::default();
        for arg in args {
            let value = self.eval(arg.value);
            match &arg.kind {
                ArgKind::Positional => out.positional.push(value),
                ArgKind::Named(name) => out.named.push((name.clone(), value)),
                ArgKind::Pipeline => out.pipeline = Some(value),
                ArgKind::Splat => self.splat(&value, &mut out),
            }
        }
        out
    }

    fn splat(&mut self, value: &Value, out: &mut Args) {
        let mut names: Vec<(Sym, Value)> = self.entries_of_sections(value);
        for object in value.objects() {
            if object.unknown != Unknown::Created {
                out.open = true;
            }
            let is_list = object.ty.as_deref() == Some("list");
            let mut fields = self.store.read_all(object.key);
            if fields.is_empty()
                && !self.fresh.contains(&object.key)
                && let Some(known) = self.earlier(object.key)
            {
                fields = known.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            }
            for (name, value) in fields {
                if name.starts_with('\u{1}') {
                    continue;
                }
                if name.as_ref() == ANY {
                    if is_list {
                        out.positional.extend(value.facts().iter().cloned().map(Value::one));
                    } else {
                        out.open = true;
                    }
                } else if let Some((_, old)) = names.iter_mut().find(|(n, _)| *n == name) {
                    *old = old.join(&value);
                } else {
                    names.push((name, value));
                }
            }
        }
        for (name, value) in names {
            match out.named.iter_mut().find(|(n, _)| *n == name) {
                Some((_, old)) => *old = old.join(&value),
                None => out.named.push((name, value)),
            }
        }
    }

    /// A call by plain name in a language where functions are members or local.
    fn call_name(&mut self, name: &str, args: Args, type_args: &[TypeName], span: Span) -> Value {
        if let Some(value) = self.local_function(name) {
            return self.call_value(&value, args, span);
        }
        let own = self.frame().key;
        let mut key = Some(own);
        while let Some(owner) = key {
            if let Some(value) = self.store.read(owner, name) {
                return self.call_value(&value, args, span);
            }
            key = self.parents.get(&owner).copied().flatten();
        }
        if let Some(class) = self.frame().class.filter(|_| self.conventions().implicit_this) {
            let this = self.this_object();
            let found = self.class_methods(class, name, &args);
            if !found.is_empty() {
                return self.call_all(&found, &args, Some(&this), None, span);
            }
            let inherited = self.library_call(
                Some(&Value::one(Fact::Object(this.clone()))),
                name,
                &args,
                type_args,
                span,
            );
            if let Some(value) = inherited {
                return value;
            }
            let field = self.program.ancestry(class).into_iter().any(|id| {
                let info = self.program.class(id);
                info.fields.contains_key(name) || info.getters.contains_key(name)
            });
            if field {
                let value = self.variable(name, span);
                if self.conventions().loose_calls && args.count() == 0 {
                    return value;
                }
                return self.call_value(&value, args, span);
            }
        }
        if self.has_file_scope()
            && let Some(value) = self.call_file_name(name, &args, type_args, span)
        {
            return value;
        }
        if (self.frame().class.is_none() || !self.conventions().implicit_this)
            && let Some(value) = self.library_call(None, name, &args, type_args, span)
        {
            return value;
        }
        if self.conventions().call_creates {
            let value = self.variable(name, span);
            if value.facts().iter().any(|f| matches!(f, Fact::Type(..))) {
                return self.call_value(&value, args, span);
            }
        }
        // `using static`, or a local function of the top level.
        let candidates: Vec<FuncRef> = self
            .program
            .methods_named(&name.to_ascii_lowercase())
            .iter()
            .copied()
            .filter(|f| {
                let function = self.program.function(*f);
                let visible = function.kind == FunctionKind::StaticMethod
                    || (function.kind == FunctionKind::Function && f.unit == self.unit());
                visible && function.has_body
            })
            .collect();
        if let [only] = candidates.as_slice() {
            return self.call_function(*only, args, None, None, span);
        }
        if name.starts_with('@') {
            // An annotation that no rule knows gives nothing of what it is given.
            return self.opaque(span, Unknown::Unassigned(name.into()));
        }
        self.external_call(None, name, &args, span)
    }

    /// A call of a function by its name, where no variable can be meant (PHP).
    fn call_declared(&mut self, name: &str, args: &Args, type_args: &[TypeName], span: Span) -> Value {
        if let Some(value) = self.local_function(name).or_else(|| self.declared_function(name)) {
            return self.call_value(&value, args.clone(), span);
        }
        if let Some(value) = self.library_call(None, name, args, type_args, span) {
            return value;
        }
        self.external_call(None, name, args, span)
    }

    pub(super) fn local_function(&mut self, name: &str) -> Option<Value> {
        let local = format!("&{name}");
        let mut key = Some(self.frame().key);
        while let Some(owner) = key {
            if let Some(value) = self.store.read(owner, &local) {
                return Some(value);
            }
            key = self.parents.get(&owner).copied().flatten();
        }
        None
    }

    /// A command: a function of the program, a cmdlet that a rule knows, or anything else.
    fn call_command(&mut self, name: &str, args: Args, span: Span) -> Value {
        if let Some(value) = self.local_function(name) {
            return self.call_value(&value, args, span);
        }
        let bare = name.rsplit(['\\', '/']).next().unwrap_or(name);
        if let Some(func) = self.program.free_function(self.unit(), bare) {
            return self.call_namesake(func, bare, args, span);
        }
        if let Some(script) = self.program.script(self.unit(), bare) {
            return self.call_function(script, args, None, None, span);
        }
        self.library_command(bare, args, span)
    }

    /// Calls whatever function values there are.
    pub(crate) fn call_value(&mut self, value: &Value, args: Args, span: Span) -> Value {
        let mut result = Value::default();
        let mut called = false;
        for closure in value.closures().cloned().collect::<Vec<_>>() {
            called = true;
            let found = self.call_closure(&closure, args.clone(), span);
            result = result.join(&found);
        }
        for fact in value.facts() {
            let found = match fact {
                Fact::Type(name, Some(class)) => {
                    let object = self.create(span, Some(name.clone()), Some(*class));
                    self.construct(*class, &object, args.clone(), span);
                    Some(Value::one(Fact::Object(object)))
                }
                Fact::Type(name, None) => self.call_external_type(name, &args, span),
                Fact::Module(units) => {
                    let units = units.clone();
                    self.module_default(&units, span).map(|v| self.call_value(&v, args.clone(), span))
                }
                _ => None,
            };
            if let Some(found) = found {
                called = true;
                result = result.join(&found);
            }
        }
        for text in value.texts().filter_map(super::value::Text::known).collect::<Vec<_>>() {
            // `& 'Get-Token'`, `& $name`.
            if self.conventions().shell {
                called = true;
                let name = if self.ignores_case() { text.to_ascii_lowercase() } else { text };
                let found = self.call_command(&name, args.clone(), span);
                result = result.join(&found);
            }
        }
        if called {
            return result;
        }
        // Rows for objects that are called: `()` in Python, `invoke` of function values elsewhere.
        for name in ["()", "invoke"] {
            if let Some(found) = self.library_call(Some(value), name, &args, &[], span) {
                return found;
            }
        }
        self.external_call(Some(value), "invoke", &args, span)
    }

    pub(crate) fn call_closure(&mut self, closure: &Arc<Closure>, args: Args, span: Span) -> Value {
        let parent = (closure.frame != 0).then_some(closure.frame);
        self.call_function(closure.func, args, closure.this.clone(), parent, span)
    }

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

    fn class_methods(&self, class: ClassId, name: &str, args: &Args) -> Vec<FuncRef> {
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
    fn best_fit(&self, methods: &[FuncRef], args: &Args) -> Vec<FuncRef> {
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

    fn call_base(&mut self, name: &str, args: Args, receiver: &Value, span: Span) -> Value {
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

    fn call_all(
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

    /// Creates an object: of a class of the program by running its constructor, else one that holds its
    /// arguments.
    pub(crate) fn new_expr(&mut self, ty: Option<&TypeName>, args: &[Arg], span: Span) -> Value {
        let args = self.eval_args(args);
        let Some(ty) = ty else {
            let object = self.create(span, None, None);
            let value = Value::one(Fact::Object(object));
            for arg in args.values() {
                self.add(&value, arg);
            }
            return value;
        };
        self.construct_type(ty, args, span)
    }

    fn construct_type(&mut self, ty: &TypeName, args: Args, span: Span) -> Value {
        if self.has_file_scope()
            && let Some(value) = self.construct_named(ty, &args, span)
        {
            return value;
        }
        let short: Sym = ty.short().into();
        if let Some(class) = self.program.class_of_type(self.unit(), ty) {
            let object = self.create(span, Some(short), Some(class));
            self.construct(class, &object, args, span);
            return Value::one(Fact::Object(object));
        }
        self.library_new(&short, ty, args, span)
    }

    pub(crate) fn construct(&mut self, class: ClassId, object: &Obj, args: Args, span: Span) {
        let constructors = self.program.class(class).constructors.clone();
        if constructors.is_empty() {
            // A class that derives from one that the program does not hold keeps what it is given.
            if args.count() > 0 {
                let value = Value::one(Fact::Object(object.clone()));
                for arg in args.values() {
                    self.add(&value, arg);
                }
            }
            return;
        }
        let fitting = self.best_fit(&constructors, &args);
        self.call_all(&fitting, &args, Some(object), None, span);
    }

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
        let kept = self.keep_back(func, relevant);
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

    /// Binds arguments to parameters. Parameters that get nothing are left to [`Machine::default_params`].
    fn bind(&mut self, func: FuncRef, args: Args) -> Vec<(Sym, Value)> {
        let function = self.program.function(func);
        let folds = self.program.unit(func.unit).conventions.ignores_case;
        let mut bound: Vec<(Sym, Value)> = Vec::new();
        let mut args = args;
        if self.program.unit(func.unit).conventions.loose_calls {
            self.spread_keywords(func, &mut args);
        }
        let mut positional = args.positional;
        let mut rest_named: Vec<(Sym, Value)> = Vec::new();
        for (name, value) in args.named {
            let found = function.params.iter().find(|p| {
                p.name == name
                    || (folds
                        && (p.name.eq_ignore_ascii_case(&name)
                            || p.aliases.iter().any(|a| a.eq_ignore_ascii_case(&name))))
            });
            let found = found.or_else(|| {
                let mut starts =
                    function.params.iter().filter(|p| folds && p.name.starts_with(name.as_ref()));
                let first = starts.next();
                if starts.next().is_some() { None } else { first }
            });
            let Some(param) = found else {
                rest_named.push((name, value));
                continue;
            };
            // A switch takes no value: what the syntax took for one is positional.
            let value = if param.is_switch
                && !matches!(value.facts(), [Fact::Bool(_)])
                && matches!(value.facts(), [Fact::Text(_)])
            {
                positional.insert(0, value);
                Value::one(Fact::Bool(true))
            } else {
                value
            };
            bound.push((param.name.clone(), self.declare(value, func.unit, param.ty.as_ref())));
        }
        let mut next = positional.into_iter();
        for param in &function.params {
            if param.is_switch || bound.iter().any(|(n, _)| *n == param.name) {
                continue;
            }
            if param.is_rest {
                let mut all = Value::default();
                for value in next.by_ref() {
                    all = all.join(&value);
                }
                bound.push((param.name.clone(), all));
                break;
            }
            let Some(value) = next.next() else { break };
            bound.push((param.name.clone(), self.declare(value, func.unit, param.ty.as_ref())));
        }
        // Named arguments that no parameter takes go to the last one that takes the rest (`**more`).
        if !rest_named.is_empty()
            && let Some(param) = function.params.iter().rfind(|p| p.is_rest)
        {
            let key = mix(&[16, digest(&func), digest(&param.name), digest(&rest_named)]);
            self.fresh.insert(key);
            self.give_keys(key, rest_named.iter().map(|(name, _)| name.to_string()));
            for (name, value) in rest_named {
                self.store.write(key, &name, value);
            }
            let map = Obj { key, ty: Some("map".into()), class: None, unknown: Unknown::Created };
            let map = Value::one(Fact::Object(map));
            match bound.iter_mut().find(|(n, _)| *n == param.name) {
                Some((_, old)) => *old = old.join(&map),
                None => bound.push((param.name.clone(), map)),
            }
        }
        if let Some(input) = args.pipeline {
            let elements = self.elements(&input);
            let taker =
                function.params.iter().find(|p| p.from_pipeline && !bound.iter().any(|(n, _)| *n == p.name));
            if let Some(param) = taker {
                bound.push((param.name.clone(), elements.clone()));
            }
            for name in ["_", "input"] {
                if !bound.iter().any(|(n, _)| n.as_ref() == name) {
                    bound.push((name.into(), elements.clone()));
                }
            }
        }
        if args.open {
            // An unknown splat may give any parameter.
            for param in &function.params {
                if !bound.iter().any(|(n, _)| *n == param.name) {
                    bound.push((param.name.clone(), self.parameter(func, &param.name, param.ty.as_ref())));
                }
            }
        }
        bound
    }

    /// A map at the end of the arguments gives parameters by their names when it has a key that is one.
    fn spread_keywords(&mut self, func: FuncRef, args: &mut Args) {
        let Some([Fact::Object(map)]) = args.positional.last().map(Value::facts) else { return };
        if map.ty.as_deref() != Some("map") {
            return;
        }
        let params = &self.program.function(func).params;
        let given = args.positional.len() - 1;
        let map = map.clone();
        let named: Vec<(Sym, Value)> = self
            .fields(&map)
            .into_iter()
            .filter(|(name, _)| params.iter().skip(given).any(|p| p.name == *name))
            .collect();
        if named.is_empty() {
            return;
        }
        let all = args.positional.pop();
        // `**options` and `options = {}` take what is left.
        let rest = params.iter().skip(given).find(|p| {
            let default = p.default.map(|d| &self.program.expr(func.unit, d).kind);
            matches!(default, Some(ExprKind::Map(_))) && !named.iter().any(|(n, _)| *n == p.name)
        });
        args.named.extend(rest.map(|p| p.name.clone()).zip(all));
        args.named.extend(named);
    }

    /// The value of a parameter that nobody passes.
    pub(crate) fn parameter(&mut self, func: FuncRef, name: &Sym, ty: Option<&TypeName>) -> Value {
        if let Some(client) = self.injected_client(func, ty) {
            return client;
        }
        let key = mix(&[13, digest(&func), digest(name)]);
        let (class, ty) = match ty {
            Some(ty) => {
                let (class, short) = self.program.resolve_type(func.unit, ty);
                (class, Some(short))
            }
            None => (None, None),
        };
        let key = class.map_or(key, |c| {
            let key = any_instance(c);
            self.instances.insert(key, c);
            key
        });
        Value::one(Fact::Object(Obj { key, ty, class, unknown: Unknown::Parameter(name.clone(), func) }))
    }

    fn default_params(&mut self, func: FuncRef, context: u64) {
        let program = self.program;
        let function = program.function(func);
        for param in &function.params {
            if self.store.read(context, &param.name).is_some() {
                continue;
            }
            let value = match (param.default, param.is_switch) {
                (Some(default), _) => {
                    let value = self.eval(default);
                    let value = self.declare(value, func.unit, param.ty.as_ref());
                    // Nobody passes it, but somebody outside may; a script's own calls show what they pass.
                    let entry = self.frames.len() <= 2 && self.frames[0].key == 0;
                    if entry {
                        value.join(&self.parameter(func, &param.name, param.ty.as_ref()))
                    } else {
                        value
                    }
                }
                (None, true) => Value::one(Fact::Bool(false)),
                (None, false) if function.kind == FunctionKind::Lambda => {
                    self.parameter(func, &param.name, param.ty.as_ref())
                }
                // A `PowerShell` parameter that is not given is null.
                (None, false)
                    if program.unit(func.unit).conventions.shell
                        && function.kind != FunctionKind::TopLevel =>
                {
                    match param.ty.as_ref().map(TypeName::short) {
                        Some("string") => Value::text("", None),
                        _ => Value::one(Fact::Null),
                    }
                }
                (None, false) => self.parameter(func, &param.name, param.ty.as_ref()),
            };
            self.store.write(context, &param.name, value);
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
        let relevant = self.relevance.holds(program, func);
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
        let relevant = self.relevance.holds(program, func);
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

/// The name may be a type's: `Request` is one, `request` a function.
pub(crate) fn is_capitalised(name: &str) -> bool {
    name.trim_start_matches('_').starts_with(char::is_uppercase)
}

/// Names under which a function value is called.
fn is_invocation(name: &str) -> bool {
    ["invoke", "begininvoke", "dynamicinvoke", "invokereturnasis", "call", "apply", "getnewclosure"]
        .iter()
        .any(|n| name.eq_ignore_ascii_case(n))
}
