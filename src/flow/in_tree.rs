//! Libraries whose source lies in the scanned tree: what a rule knows to be an acquisition is one where the program
//! calls it, not in the library's inside.

use crate::models::{Form, Row, RowKind};

use super::library::LibraryCall;
use super::machine::Machine;
use super::program::ClassId;
use super::value::{Fact, Obj, Value};

impl Machine<'_> {
    /// The acquisition that a rule sees in a call which a class of the program has answered with `own`, when this
    /// class is the one that the rule means: it stands in a file of the library's own namespace, the call comes from
    /// another file, and what it gives is an object of the program's. A wrapper with the same name gives what the
    /// library gave it.
    pub(super) fn library_in_tree(
        &mut self,
        class: ClassId,
        call: &LibraryCall<'_>,
        own: &Value,
    ) -> Option<Value> {
        let home = self.program.class(class).home;
        if home == self.unit() || !self.knows(Form::Call, call.name) {
            return None;
        }
        let is_own = |fact: &Fact| matches!(fact, Fact::Object(Obj { class: Some(_), .. }) | Fact::Null);
        if own.is_empty() || !own.facts().iter().any(is_own) {
            return None;
        }
        let namespaces = &self.program.unit(home).imports;
        let rules = self.rules;
        let begins = |path: &str, name: &str| {
            path.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let means = |row: &Row| {
            let names = &rules.file(row.file).imports;
            matches!(row.kind, RowKind::Acquire(_))
                && row.narrowed()
                && namespaces.iter().any(|n| names.iter().any(|i| begins(&n.path, i)))
        };
        let mut rows = self.matching(Form::Call, call.name, call.receiver, call.args);
        rows.retain(means);
        self.apply(&rows, call)
    }
}
