//! Call expressions: what a name, a value or a command that is called means.

use std::sync::Arc;

use crate::ir::{Arg, ExprId, ExprKind, FunctionKind, Scope, Span, Sym, TypeName};
use crate::models::Args;

use super::machine::Machine;
use super::program::ClassId;
use super::value::{Closure, Fact, FuncRef, Obj, Unknown, Value};

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
}

/// The name may be a type's: `Request` is one, `request` a function.
pub(crate) fn is_capitalised(name: &str) -> bool {
    name.trim_start_matches('_').starts_with(char::is_uppercase)
}

/// Names under which a function value is called.
pub(super) fn is_invocation(name: &str) -> bool {
    ["invoke", "begininvoke", "dynamicinvoke", "invokereturnasis", "call", "apply", "getnewclosure"]
        .iter()
        .any(|n| name.eq_ignore_ascii_case(n))
}
