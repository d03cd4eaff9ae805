//! Variables: what a name means where it stands.

use crate::ir::Span;

use super::events::Trace;
use super::machine::{Machine, script_owner, static_owner};
use super::store::GLOBAL;
use super::value::{Fact, Obj, Unknown, Value, digest, mix};

impl Machine<'_> {
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
}
