//! Requests whose whole address is passed in: who passes it makes the request, as much as who sends it.

use crate::ir::{FunctionKind, Span};

use super::events::{CallRecord, Lift};
use super::machine::Machine;
use super::value::{Fact, Text};

impl Machine<'_> {
    /// Leaves a request to the caller, when the current function was given its address as it is.
    pub(crate) fn leave_passed(&mut self, record: &CallRecord, url: &Text) {
        if self.was_given(url) {
            let lift = Lift::Passed(Box::new(record.clone()), url.clone());
            self.frame_mut().lifts.push(lift);
        }
    }

    /// Places such a request here, or leaves it to the next caller.
    pub(crate) fn place_passed(&mut self, record: &CallRecord, url: &Text, span: Span) {
        if self.frame().key == 0 {
            // Below an entry there is nobody.
            return;
        }
        if self.was_given(url) {
            let lift = Lift::Passed(Box::new(record.clone()), url.clone());
            let frame = self.frame_mut();
            if frame.lifts.len() < 256 {
                frame.lifts.push(lift);
            }
        } else if self.program.function(self.frame().func).kind != FunctionKind::Lambda {
            let site = self.site(span);
            let mut record = record.clone();
            record.home = Some(self.frame().home);
            self.found.calls.entry(site).or_default().merge(record);
        }
    }

    /// A parameter of the current function is this text.
    fn was_given(&mut self, text: &Text) -> bool {
        let (func, key) = (self.frame().func, self.frame().key);
        let program = self.program;
        let function = program.function(func);
        let named = |m: &mut Self, name: &str| {
            let value = m.store.read(key, name);
            value.is_some_and(|v| v.facts().iter().any(|fact| matches!(fact, Fact::Text(t) if t == text)))
        };
        !matches!(function.kind, FunctionKind::Lambda | FunctionKind::TopLevel)
            && function.params.iter().any(|param| named(self, &param.name))
    }
}
