//! Arguments and the parameters that they are passed to.

use crate::ir::{Arg, ArgKind, ExprKind, FunctionKind, Sym, TypeName};
use crate::models::Args;

use super::machine::{Machine, any_instance};
use super::store::ANY;
use super::value::{Fact, FuncRef, Obj, Unknown, Value, digest, mix};

impl Machine<'_> {
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

    /// Binds arguments to parameters. Parameters that get nothing are left to [`Machine::default_params`].
    pub(super) fn bind(&mut self, func: FuncRef, args: Args) -> Vec<(Sym, Value)> {
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

    /// A text that is the address of some other service than Partner Center: a host, or a resource that tokens are for.
    fn is_for_others(&self, value: &Value) -> bool {
        let [Fact::Text(text)] = value.facts() else { return false };
        text.known().is_some_and(|text| {
            text.starts_with("https://")
                && !self.hosts.is_token_endpoint(&text)
                && !self.hosts.is_named_in(&text)
        })
    }

    pub(super) fn default_params(&mut self, func: FuncRef, context: u64) {
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
                    // Nobody passes it, but somebody outside may; a script's own calls show what they pass. A resource of
                    // some other service is what the function is for.
                    let entry = self.frames.len() <= 2 && self.frames[0].key == 0;
                    if entry && !self.is_for_others(&value) {
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
}
