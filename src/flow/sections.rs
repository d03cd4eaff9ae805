//! Sections of the configuration as objects of classes that the program declares.

use crate::ir::{Span, Sym};

use super::machine::Machine;
use super::program::ClassId;
use super::store::ANY;
use super::value::{Fact, Obj, Value};

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

    /// The section that an object of the program reads from by key (`this["key"]`).
    pub(super) fn section_of(&mut self, object: &Obj) -> Option<Value> {
        object.class?;
        let sections = self.inside(object)?.filter(|f| matches!(f, Fact::Section(_)));
        (!sections.is_empty()).then_some(sections)
    }
}
