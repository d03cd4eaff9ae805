//! Methods of the program's own objects that a library calls with the requests it sends: delegating handlers,
//! interceptors, authentication classes. What they put into a request goes with it.

use crate::ir::{Span, Sym};
use crate::models::Args;

use super::machine::Machine;
use super::program::ClassId;
use super::store::ANY;
use super::value::{Fact, FuncRef, Obj, Text, Unknown, Value, mix};

/// How many hooks one request runs through.
const MAX_HOOKS: usize = 8;

impl Machine<'_> {
    /// What the hooks that a request's client and arguments hold put into it.
    pub(crate) fn hooked(&mut self, given: &Value, url: Option<&Text>, span: Span) -> Value {
        let rules = self.rules;
        let language = self.program.language(self.unit());
        if self.in_hook || rules.hooks(language).next().is_none() {
            return Value::default();
        }
        let mut methods: Vec<(Obj, FuncRef)> = Vec::new();
        let mut functions = Vec::new();
        for object in self.reach(given).objects {
            if let Some(class) = object.class {
                methods.extend(self.hook_methods(class).into_iter().map(|m| (object.clone(), m)));
                continue;
            }
            for (name, value) in self.fields(&object) {
                let listens = rules.hooks(language).any(|h| h.members.iter().any(|m| **m == *name));
                functions.extend(value.closures().filter(|_| listens).cloned());
            }
            let Some(ty) = &object.ty else { continue };
            let holds = rules.hooks(language).any(|h| h.holders.iter().any(|t| t.eq_ignore_ascii_case(ty)));
            if holds {
                let fields = self.fields(&object);
                functions.extend(fields.iter().flat_map(|(_, value)| value.closures()).cloned());
            }
        }
        functions.sort_unstable();
        functions.dedup();
        if methods.is_empty() && functions.is_empty() {
            return Value::default();
        }
        let request = self.request_in_hooks(url, span);
        let args = |m: &Self, func: FuncRef| {
            let params = m.program.function(func).params.len().max(1);
            Args { positional: vec![request.clone(); params], ..Args::default() }
        };
        self.in_hook = true;
        let mut result = request.clone();
        for (object, method) in methods.into_iter().take(MAX_HOOKS) {
            let args = args(self, method);
            let value = self.either(
                None,
                |m| m.call_function(method, args, Some(object), None, span),
                |_| Value::default(),
            );
            result = result.join(&value);
        }
        for closure in functions.into_iter().take(MAX_HOOKS) {
            let args = args(self, closure.func);
            let value = self.either(None, |m| m.call_closure(&closure, args, span), |_| Value::default());
            result = result.join(&value);
        }
        self.in_hook = false;
        result
    }

    /// The request as hooks see it: no library's type, so that declarations say what it is.
    fn request_in_hooks(&mut self, url: Option<&Text>, span: Span) -> Value {
        let key = mix(&[19, self.identity(span)]);
        self.fresh.insert(key);
        let request = Obj { key, ty: None, class: None, unknown: Unknown::Created };
        if let Some(url) = url {
            self.store.write(key, ANY, Value::one(Fact::Text(url.clone())));
        }
        Value::one(Fact::Object(request))
    }

    /// The methods of a class that a library calls with requests.
    fn hook_methods(&self, class: ClassId) -> Vec<FuncRef> {
        let program = self.program;
        let home = program.class(class).home;
        let language = program.language(home);
        let is_structural = program.unit(home).conventions.structural_types;
        let mut names: Vec<Sym> = Vec::new();
        let mut found = Vec::new();
        for hook in self.rules.hooks(language).filter(|h| !h.call.is_empty()) {
            if names.is_empty() {
                names = program.type_names(class);
            }
            let fits = is_structural
                || hook.types.iter().any(|t| names.iter().any(|name| name.eq_ignore_ascii_case(t)));
            if !fits {
                continue;
            }
            let methods =
                hook.call.iter().flat_map(|call| program.methods(class, &call.to_ascii_lowercase()));
            found.extend(methods.filter(|f| program.function(*f).has_body));
            let of = program.ancestry(class).into_iter();
            let getters =
                of.flat_map(|id| hook.call.iter().filter_map(move |c| program.class(id).getters.get(c)));
            found.extend(getters.copied().filter(|f| program.function(*f).has_body));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
