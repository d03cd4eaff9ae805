//! Sections of the configuration as objects of classes that the program declares.

use crate::ir::{Span, Sym};

use super::machine::Machine;
use super::program::ClassId;
use super::store::ANY;
use super::value::{Fact, Obj, Text, Value};

impl Machine<'_> {
    /// Sections seen as a class of the program become objects of it that read from the section.
    pub(super) fn bind_section(
        &mut self,
        value: Value,
        class: Option<ClassId>,
        name: &Sym,
        span: Span,
    ) -> Value {
        let sections = value.filter(|f| matches!(f, Fact::Section(_)));
        let Some(class) = class.filter(|_| !sections.is_empty()) else { return value };
        let object = self.create(span, Some(name.clone()), Some(class));
        self.store.write(object.key, ANY, sections);
        Value::one(Fact::Object(object))
    }

    /// All that the sections among a value's facts hold, by name.
    pub(super) fn entries_of_sections(&mut self, value: &Value) -> Vec<(Sym, Value)> {
        let mut out = Vec::new();
        for fact in value.facts() {
            let Fact::Section(prefix) = fact else { continue };
            for (name, values) in self.program.settings_in(prefix) {
                let texts = values.iter().map(|v| Fact::Text(Text::literal(v.clone(), None)));
                out.push((name, Value::from_facts(texts.collect())));
            }
        }
        out
    }

    /// What the section that an object of the program is filled from holds under the name of a field.
    pub(super) fn bound_setting(&mut self, object: &Obj, name: &str, span: Span) -> Option<Value> {
        let sections = self.section_of(object)?;
        let value = self.member(&sections, name, span);
        value.facts().iter().any(|f| !matches!(f, Fact::Section(_))).then_some(value)
    }

    /// The section that an object of the program reads from by key (`this["key"]`).
    pub(super) fn section_of(&mut self, object: &Obj) -> Option<Value> {
        object.class?;
        let sections = self.inside(object)?.filter(|f| matches!(f, Fact::Section(_)));
        (!sections.is_empty()).then_some(sections)
    }
}
