//! Decorators of the program: what one of them puts in the place of a function is called besides the function.

use std::sync::Arc;

use crate::ir::{Attribute, Span};
use crate::models::Args;

use super::machine::Machine;
use super::value::{Closure, Fact, FuncRef, Obj, Value};

impl Machine<'_> {
    /// Calls what the program's own decorators make of a function; `None` when it has none, or while they run.
    pub(crate) fn call_decorated(
        &mut self,
        func: FuncRef,
        args: &Args,
        this: Option<&Obj>,
        span: Span,
    ) -> Option<Value> {
        let program = self.program;
        let attributes = &program.function(func).attributes;
        if attributes.is_empty()
            || !program.unit(func.unit).conventions.decorators
            || self.decorating.contains(&func)
        {
            return None;
        }
        self.decorating.insert(func);
        let own = Arc::new(Closure { func, frame: 0, this: this.cloned() });
        let mut value = Value::one(Fact::Func(own));
        let mut changed = false;
        for attribute in attributes.iter().rev() {
            let made = self.in_unit(func, |m| m.decorate(attribute, &value, span));
            if let Some(made) = made {
                value = made;
                changed = true;
            }
        }
        let result = changed.then(|| {
            let closures: Vec<Arc<Closure>> = value.closures().cloned().collect();
            let mut result = Value::default();
            for closure in closures {
                let found =
                    self.either(None, |m| m.call_closure(&closure, args.clone(), span), |_| Value::default());
                result = result.join(&found);
            }
            result
        });
        self.decorating.remove(&func);
        result
    }

    /// What one decorator of the program makes of a function; `None` for those of libraries.
    fn decorate(&mut self, attribute: &Attribute, function: &Value, span: Span) -> Option<Value> {
        let mut parts = attribute.name.split('.');
        let mut decorator = self.visible_name(parts.next()?, attribute.span)?;
        for part in parts {
            if !decorator.facts().iter().all(|f| matches!(f, Fact::Module(_) | Fact::Type(_, Some(_)))) {
                return None;
            }
            decorator = self.member(&decorator, part, attribute.span);
        }
        decorator.closures().next()?;
        if !attribute.args.is_empty() {
            // A function that makes the decorator.
            let args = self.eval_args(&attribute.args);
            decorator = self.call_value(&decorator, args, span);
            decorator.closures().next()?;
        }
        let args = Args { positional: vec![function.clone()], ..Args::default() };
        let mut made = Value::default();
        for closure in decorator.closures().cloned().collect::<Vec<_>>() {
            let found = self.call_closure(&closure, args.clone(), span);
            made = made.join(&found.filter(|f| matches!(f, Fact::Func(_))));
        }
        (!made.is_empty()).then_some(made)
    }
}
