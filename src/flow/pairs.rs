//! Fields of forms that are written as pairs: `{ key: 'grant_type', value: 'password' }`.

use crate::ir::Sym;

use super::machine::Machine;
use super::value::{Fact, Obj, Text, Value};

/// What the name of a field is called in a pair.
const NAMES: [&str; 2] = ["key", "name"];

impl Machine<'_> {
    /// The fields that an object adds to a form, and whether it is a pair, which adds one.
    pub(super) fn form_fields(&mut self, object: &Obj) -> (Vec<(Sym, Value)>, bool) {
        let mut fields = self.fields(object);
        let find = |wanted: &str| {
            fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(wanted)).map(|(_, v)| v.clone())
        };
        let Some((name, value)) = NAMES.iter().find_map(|name| find(name)).zip(find("value")) else {
            return (fields, false);
        };
        if find("disabled").is_some_and(|d| d.facts() == [Fact::Bool(true)]) {
            return (Vec::new(), true);
        }
        let texts: Vec<String> = self.texts_of(&name).iter().filter_map(Text::known).collect();
        let [known] = texts.as_slice() else { return (fields, false) };
        // The text of the name, with its place, stands beside the field as it does in other maps.
        fields.push((known.as_str().into(), value));
        fields.push((format!("\u{1}{known}").into(), name));
        (fields, true)
    }
}
