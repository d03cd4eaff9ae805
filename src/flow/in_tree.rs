//! Libraries whose source lies in the scanned tree: rules know better than their inside what their calls mean.

use crate::models::{Form, Row, RowKind};

use super::library::LibraryCall;
use super::machine::Machine;
use super::program::ClassId;
use super::value::{Fact, Value};

impl Machine<'_> {
    /// What a rule says, besides, of a call that a class of the program has answered with `own`, when this class is
    /// the one that the rule means: it stands in a file of the library's own namespace, the call comes from another
    /// file, and what it gives is nothing of a library's. A wrapper of the same name gives what the library gave it.
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
        let wraps = |fact: &Fact| matches!(fact, Fact::Token(_) | Fact::Credential(_) | Fact::Chain(_));
        if own.facts().iter().any(wraps) {
            return None;
        }
        let namespaces = &self.program.unit(home).imports;
        let rules = self.rules;
        let begins = |path: &str, name: &str| {
            path.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let means = |row: &Row| {
            let serves = matches!(row.kind, RowKind::Acquire(_) | RowKind::SdkRoot | RowKind::SdkSignIn);
            let names = &rules.file(row.file).imports;
            let here = namespaces.iter().any(|n| names.iter().any(|i| begins(&n.path, i)));
            serves && row.narrowed() && here
        };
        let mut rows = self.matching(Form::Call, call.name, call.receiver, call.args);
        rows.retain(means);
        self.apply(&rows, call)
    }
}
