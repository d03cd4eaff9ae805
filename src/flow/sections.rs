//! Sections of the configuration as objects of classes that the program declares, and settings files as sections.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::ir::{ExprKind, Field, Span, Sym, Unit};
use crate::models::Selector;

use super::library::LibraryCall;
use super::machine::Machine;
use super::program::{ClassId, FieldInfo, SettingValue, fold, shared_folders};
use super::store::ANY;
use super::value::{Fact, Obj, Text, Value};

/// What begins the keys of values that are read from one file. No configuration key begins like this.
const FILE: char = '\u{1}';

/// How deep a path may lie in the readers that are made of it (`new BufferedReader(new FileReader(path))`).
const MAX_READERS: usize = 6;

/// How many values of one key are kept.
const MAX_VALUES: usize = 6;

/// What each settings file holds by itself, for code that reads one by its name.
#[derive(Debug, Default)]
pub(crate) struct SettingsFiles {
    /// The paths, by folded file name.
    paths: FxHashMap<String, Vec<Sym>>,
    /// The values, by folded path and then by folded key. The order makes what lies in a section one range.
    values: FxHashMap<String, FileValues>,
}

/// The values of one file, by folded key.
type FileValues = BTreeMap<String, Vec<Sym>>;

impl SettingsFiles {
    /// Takes a value of a file.
    pub(crate) fn add(&mut self, setting: &SettingValue) {
        let path: &str = &setting.path;
        let name = fold(path.rsplit('/').next().unwrap_or(path));
        let paths = self.paths.entry(name).or_default();
        if !paths.iter().any(|p| p.as_ref() == path) {
            paths.push(path.into());
        }
        let values = self.values.entry(fold(path)).or_default().entry(fold(&setting.key)).or_default();
        if !values.contains(&setting.value) && values.len() < MAX_VALUES {
            values.push(setting.value.clone());
        }
    }

    /// The file's values and the key within it; `None` for keys that are not of one file.
    fn split<'k>(&self, key: &'k str) -> Option<(Option<&FileValues>, &'k str)> {
        let key = key.strip_prefix(FILE)?;
        let (path, key) = key.split_once(FILE)?;
        Some((self.values.get(&fold(path)), key.trim_start_matches(':')))
    }

    /// The values of a key of one file; `None` for other keys.
    pub(crate) fn values(&self, key: &str) -> Option<&[Sym]> {
        let (values, key) = self.split(key)?;
        Some(values.and_then(|v| v.get(&fold(key))).map_or(&[], Vec::as_slice))
    }

    /// What a section of one file holds itself, by the last part of the keys; `None` for other sections.
    pub(crate) fn inside(&self, section: &str) -> Option<Vec<(Sym, Vec<Sym>)>> {
        let (values, section) = self.split(section)?;
        let prefix = if section.is_empty() { String::new() } else { format!("{}:", fold(section)) };
        let inside = values.into_iter().flatten().filter_map(|(key, values)| {
            let name = key.strip_prefix(&prefix)?;
            (!name.contains(':')).then(|| (Sym::from(name), values.clone()))
        });
        Some(inside.collect())
    }

    /// The key that stands for one of these names in a section of one file, however the file writes it
    /// (`token_resource`, `tokenResource`); `None` where the section holds nothing of the kind.
    fn key_of(&self, section: &str, names: &[&str]) -> Option<String> {
        let (values, inner) = self.split(section)?;
        let prefix = if inner.is_empty() { String::new() } else { format!("{}:", fold(inner)) };
        let plain = |name: &str| fold(name).replace(['_', '-'], "");
        let values = values?;
        names.iter().find_map(|name| {
            let wanted = plain(name);
            let mut keys = values.keys().filter_map(|key| key.strip_prefix(&prefix)?.split(':').next());
            keys.find(|key| plain(key) == wanted).map(|key| format!("{section}:{key}"))
        })
    }

    /// The files that a path in the code names, as sections: of those of one name the nearest to the code, and of
    /// those the ones whose folders the path names.
    fn named(&self, path: &str, from: &str) -> Vec<Sym> {
        let path = path.replace('\\', "/");
        if path.contains("://") {
            return Vec::new();
        }
        let name = path.rsplit('/').next().unwrap_or_default().trim();
        let Some(known) = self.paths.get(&fold(name)) else { return Vec::new() };
        let tail = path.trim_start_matches(['.', '/']);
        let whole = |p: &&Sym| {
            let start = p.len().checked_sub(tail.len());
            start.is_some_and(|at| p.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(tail)))
        };
        let mut fits: Vec<&Sym> = known.iter().filter(whole).collect();
        if fits.is_empty() {
            fits = known.iter().collect();
        }
        let near = |p: &Sym| shared_folders(from, p);
        let nearest = fits.iter().map(|p| near(p)).max();
        fits.retain(|p| Some(near(p)) == nearest);
        fits.into_iter().map(|p| format!("{FILE}{p}{FILE}").into()).collect()
    }
}

/// The texts in a field's attributes.
pub(crate) fn names_of(unit: &Unit, field: &Field) -> Vec<Sym> {
    let args = field.attributes.iter().flat_map(|attribute| &attribute.args);
    args.filter_map(|arg| match &unit.expr(arg.value).kind {
        ExprKind::Str(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    })
    .collect()
}

/// A configuration key as people read it.
pub(super) fn shown(key: &str) -> String {
    let key = key.strip_prefix(FILE).unwrap_or(key);
    key.replace(FILE, "")
}

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
    pub(super) fn bound_setting(
        &mut self,
        object: &Obj,
        name: &str,
        field: &FieldInfo,
        span: Span,
    ) -> Option<Value> {
        let sections = self.section_of(object)?;
        if let Some(value) = self.bound_of_file(&sections, name, field, span) {
            return Some(value);
        }
        let value = self.member(&sections, name, span);
        value.facts().iter().any(|f| !matches!(f, Fact::Section(_))).then_some(value)
    }

    /// The same of an object that is filled from a file: values, and sections as what the field is declared as.
    fn bound_of_file(
        &mut self,
        sections: &Value,
        name: &str,
        field: &FieldInfo,
        span: Span,
    ) -> Option<Value> {
        let program = self.program;
        let mut names: Vec<&str> = field.names.iter().map(AsRef::as_ref).collect();
        names.push(name);
        let mut facts = Vec::new();
        for fact in sections.facts() {
            let Fact::Section(section) = fact else { continue };
            let Some(key) = program.settings_files.key_of(section, &names) else { continue };
            if program.setting(&key).is_empty() {
                facts.push(Fact::Section(key.into()));
            } else {
                facts.extend(self.config_value(&key, span).facts().iter().cloned());
            }
        }
        if facts.is_empty() {
            return None;
        }
        let value = Value::from_facts(facts);
        let Some(ty) = &field.ty else { return Some(value) };
        let (class, ty) = program.resolve_type(field.unit, ty);
        Some(self.bind_section(value, class, &ty, span))
    }

    /// The section that an object of the program reads from by key (`this["key"]`).
    pub(super) fn section_of(&mut self, object: &Obj) -> Option<Value> {
        object.class?;
        let sections = self.inside(object)?.filter(|f| matches!(f, Fact::Section(_)));
        (!sections.is_empty()).then_some(sections)
    }

    /// The object is filled from a file that is known: what the file does not hold, it has not.
    pub(super) fn is_of_file(&mut self, object: &Obj) -> bool {
        let of_file = |f: &Fact| matches!(f, Fact::Section(section) if section.starts_with(FILE));
        self.section_of(object).is_some_and(|sections| sections.facts().iter().any(of_file))
    }

    /// What a call reads from a settings file of the tree: an object of the type that the call names, or a section.
    pub(super) fn settings_of_file(
        &mut self,
        of: &[Selector],
        file: &Value,
        call: &LibraryCall<'_>,
    ) -> Option<Value> {
        let from = self.program.path(self.unit()).clone();
        let mut sections = Vec::new();
        for path in self.paths_in(file) {
            sections.extend(self.program.settings_files.named(&path, &from).into_iter().map(Fact::Section));
        }
        if sections.is_empty() {
            return None;
        }
        let sections = Value::from_facts(sections);
        let Some((ty, class)) = self.type_named(of, call) else { return Some(sections) };
        Some(self.bind_section(sections, class, &ty, call.span))
    }

    /// The texts that a value is, or that the readers it is made of were given.
    fn paths_in(&mut self, value: &Value) -> Vec<String> {
        let mut found = Vec::new();
        let mut level = value.clone();
        for _ in 0..MAX_READERS {
            found.extend(level.texts().map(Text::display));
            // What a file gives says no more about where it lies.
            if !found.is_empty() {
                break;
            }
            let mut next = Value::default();
            for object in level.objects() {
                if let Some(inside) = self.inside(object) {
                    next = next.join(&inside);
                }
            }
            level = next;
        }
        found
    }
}
