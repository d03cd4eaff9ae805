//! All units of a scan seen as one program: who declares what, and which name means which declaration.

mod linking;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::frontend::family;
use crate::ir::{Expr, ExprId, FuncId, Function, Sym, TypeId, TypeName, Unit, Visibility, package_name};

use super::modules::Imported;
use super::value::{FuncRef, UnitId};

/// A type of the program: all declarations of one name in one project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ClassId(pub(crate) u32);

/// A unit with its place in the tree.
#[derive(Debug)]
pub struct ProgramUnit {
    /// The path as reports give it.
    pub path: Arc<str>,
    /// The language's name.
    pub language: &'static str,
    /// The code.
    pub unit: Unit,
    /// The file names Partner Center.
    pub names_partner_center: bool,
    /// The file holds test code.
    pub is_test: bool,
}

/// A value of a settings file.
#[derive(Clone, Debug)]
pub struct SettingValue {
    /// The file, as reports give it.
    pub path: Arc<str>,
    /// The whole key, levels separated by `:`.
    pub key: String,
    /// The value.
    pub value: Sym,
}

/// A field of a class.
#[derive(Clone, Debug)]
pub(crate) struct FieldInfo {
    pub(crate) unit: UnitId,
    pub(crate) ty: Option<TypeName>,
    pub(crate) init: Option<ExprId>,
    pub(crate) is_static: bool,
    /// The texts in its attributes: one may be the name that a file gives it (`@JsonProperty("resource")`).
    pub(crate) names: Vec<Sym>,
}

/// A class with all its parts.
#[derive(Debug, Default)]
pub(crate) struct Class {
    pub(crate) name: Sym,
    pub(crate) home: UnitId,
    pub(crate) bases: Vec<ClassId>,
    pub(crate) external_bases: Vec<Sym>,
    pub(crate) subclasses: Vec<ClassId>,
    pub(crate) is_interface: bool,
    pub(crate) fields: BTreeMap<Sym, FieldInfo>,
    /// By folded name.
    pub(crate) methods: FxHashMap<String, Vec<FuncRef>>,
    pub(crate) constructors: Vec<FuncRef>,
    pub(crate) getters: FxHashMap<String, FuncRef>,
    pub(crate) setters: FxHashMap<String, FuncRef>,
}

/// The program.
#[derive(Debug)]
pub struct Program {
    pub(crate) units: Vec<ProgramUnit>,
    pub(crate) classes: Vec<Class>,
    class_names: FxHashMap<String, Vec<ClassId>>,
    class_of: FxHashMap<(UnitId, TypeId), ClassId>,
    /// Free functions that all files of the language see, by name.
    functions: FxHashMap<String, Vec<FuncRef>>,
    extensions: FxHashMap<String, Vec<FuncRef>>,
    methods_by_name: FxHashMap<String, Vec<FuncRef>>,
    pub(super) modules: super::modules::Modules,
    /// The named function around each lambda.
    homes: Vec<Vec<FuncId>>,
    /// The function has lambdas or nested functions that may outlive its frame.
    captures: Vec<Vec<bool>>,
    /// The units that each unit runs in its own scope, and those that these run.
    sourced: Vec<Vec<UnitId>>,
    /// The names, folded, of all that is assigned to after its declaration.
    assigned: FxHashSet<String>,
    /// The units in each folder.
    folders: FxHashMap<String, Vec<UnitId>>,
    settings: FxHashMap<String, Vec<Sym>>,
    settings_by_leaf: FxHashMap<String, Vec<Sym>>,
    pub(super) settings_files: super::sections::SettingsFiles,
    /// Who looks on.
    pub observer: super::watch::Observer,
    /// What each unit offers to others.
    offers: Vec<super::exports::Offer>,
}

pub(crate) fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

pub(super) fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |i| &path[..i])
}

/// How many leading folders two paths share.
pub(super) fn shared_folders(a: &str, b: &str) -> usize {
    if a == b {
        return usize::MAX;
    }
    folder(a).split('/').zip(folder(b).split('/')).take_while(|(x, y)| x == y).count()
}

impl Program {
    /// Links units, sorted by path, and settings to a program. `projects` are the folders that hold a project
    /// file: types of one name in one project are one type, in different projects they stay apart.
    #[must_use]
    pub fn new(units: Vec<ProgramUnit>, settings: Vec<SettingValue>, projects: &[String]) -> Self {
        let mut program = Self {
            units,
            classes: Vec::new(),
            class_names: FxHashMap::default(),
            class_of: FxHashMap::default(),
            functions: FxHashMap::default(),
            extensions: FxHashMap::default(),
            methods_by_name: FxHashMap::default(),
            modules: super::modules::Modules::default(),
            homes: Vec::new(),
            captures: Vec::new(),
            sourced: Vec::new(),
            assigned: FxHashSet::default(),
            folders: FxHashMap::default(),
            settings: FxHashMap::default(),
            settings_by_leaf: FxHashMap::default(),
            settings_files: super::sections::SettingsFiles::default(),
            observer: super::watch::Observer::default(),
            offers: Vec::new(),
        };
        for (id, unit) in program.units.iter().enumerate() {
            program.folders.entry(folder(&unit.path).to_owned()).or_default().push(id as UnitId);
        }
        program.collect_assigned();
        program.collect_classes(projects);
        program.collect_functions();
        program.link_scripts();
        program.modules = super::modules::Modules::collect(&program);
        program.link_bases();
        program.link_structural_types();
        for setting in settings {
            program.settings_files.add(&setting);
            let key = fold(&setting.key).replace("__", ":");
            let leaf = key.rsplit([':', '.']).next().unwrap_or(&key).to_owned();
            for (map, key) in [(&mut program.settings, key), (&mut program.settings_by_leaf, leaf)] {
                let values = map.entry(key).or_default();
                if !values.contains(&setting.value) && values.len() < 6 {
                    values.push(setting.value.clone());
                }
            }
        }
        program.offers = program.read_offers();
        program
    }

    /// Something of this name gets another value than the one that its declaration gives it.
    pub(crate) fn is_assigned(&self, name: &str) -> bool {
        self.assigned.contains(&fold(name))
    }

    /// The units whose top level runs in the scope of this one.
    pub(crate) fn sourced(&self, id: UnitId) -> &[UnitId] {
        &self.sourced[id as usize]
    }

    /// What the functions of a unit are to others.
    pub(super) fn offer(&self, id: UnitId) -> &super::exports::Offer {
        &self.offers[id as usize]
    }

    /// The units in a folder.
    pub(super) fn units_in(&self, folder: &str) -> &[UnitId] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn names_partner_center(&self, id: UnitId) -> bool {
        self.units[id as usize].names_partner_center
    }

    pub(crate) fn has_tests(&self) -> bool {
        self.units.iter().any(|unit| unit.is_test)
    }

    /// The unit holds test code.
    pub(crate) fn is_test(&self, id: UnitId) -> bool {
        self.units[id as usize].is_test
    }

    pub(crate) fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id as usize].unit
    }

    pub(crate) fn path(&self, id: UnitId) -> &Arc<str> {
        &self.units[id as usize].path
    }

    pub(crate) fn language(&self, id: UnitId) -> &'static str {
        self.units[id as usize].language
    }

    pub(crate) fn function(&self, func: FuncRef) -> &Function {
        self.unit(func.unit).function(func.func)
    }

    pub(crate) fn expr(&self, unit: UnitId, id: ExprId) -> &Expr {
        self.unit(unit).expr(id)
    }

    pub(crate) fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.0 as usize]
    }

    pub(crate) fn home(&self, func: FuncRef) -> FuncRef {
        FuncRef { unit: func.unit, func: self.homes[func.unit as usize][func.func.index()] }
    }

    pub(crate) fn captures(&self, func: FuncRef) -> bool {
        self.captures[func.unit as usize][func.func.index()]
    }

    /// The class that a function belongs to.
    pub(crate) fn owner(&self, func: FuncRef) -> Option<ClassId> {
        let owner = self.function(func).owner?;
        self.class_of.get(&(func.unit, owner)).copied()
    }

    /// The class of the type with this index in a unit.
    pub(super) fn class_declared(&self, unit: UnitId, index: usize) -> Option<ClassId> {
        self.class_of.get(&(unit, TypeId(index as u32))).copied()
    }

    /// The class of this name that code in `unit` means: of its own project if there is one, else the nearest.
    pub(crate) fn class_named(&self, unit: UnitId, name: &str) -> Option<ClassId> {
        let candidates = self.class_names.get(&fold(name))?;
        let language = family(self.language(unit));
        let path = self.path(unit);
        let package = self.unit(unit).conventions.visibility == Visibility::Folder;
        candidates
            .iter()
            .filter(|c| family(self.language(self.class(**c).home)) == language)
            .filter(|c| !package || folder(self.path(self.class(**c).home)) == folder(path))
            // Of another part of the tree: a library's type of this name is meant, if its namespace is not in scope.
            .filter(|c| {
                let home = self.class(**c).home;
                shared_folders(path, self.path(home)) > 0 || self.in_scope(unit, home)
            })
            .max_by_key(|c| (shared_folders(path, self.path(self.class(**c).home)), std::cmp::Reverse(c.0)))
            .copied()
    }

    /// The namespaces of a file's types are in scope in another file.
    fn in_scope(&self, unit: UnitId, home: UnitId) -> bool {
        let own = &self.unit(unit).namespaces;
        let imports = &self.unit(unit).imports;
        let namespaces = &self.unit(home).namespaces;
        let encloses = |outer: &str, inner: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        namespaces.is_empty()
            || namespaces
                .iter()
                .any(|n| imports.iter().any(|i| i.path == *n) || own.iter().any(|own| encloses(n, own)))
    }

    /// The class that a type name means. What stands before a nested type of the JVM is a type too: one of a
    /// library has no class of the program inside (`Request.Builder`).
    pub(crate) fn class_of_type(&self, unit: UnitId, ty: &TypeName) -> Option<ClassId> {
        let outer = ty.name.rsplit_once('.').and_then(|(outer, _)| outer.rsplit('.').next());
        let is_type = |name: &&str| name.starts_with(|c: char| c.is_ascii_uppercase());
        if let Some(outer) = outer.filter(is_type)
            && family(self.language(unit)) == "jvm"
            && self.class_named(unit, outer).is_none()
        {
            return None;
        }
        self.class_named(unit, ty.short())
    }

    /// What `package.Type` means where folders are packages: the class of the program, or the type's name with
    /// that of its package, whatever the file calls it.
    pub(crate) fn package_type(&self, unit: UnitId, ty: &TypeName) -> Option<(Option<ClassId>, Sym)> {
        let conventions = self.unit(unit).conventions;
        if conventions.whole_paths {
            return ty.name.contains("::").then(|| (None, ty.name.clone()));
        }
        if conventions.visibility != Visibility::Folder {
            return None;
        }
        let (package, name) = ty.name.split_once('.')?;
        match self.imported(unit, package) {
            Some(Imported::Module(units)) => {
                Some((units.first().and_then(|u| self.class_named(*u, name)), name.into()))
            }
            Some(Imported::External(path, None)) => {
                Some((None, format!("{}.{name}", package_name(path)).into()))
            }
            _ => Some((None, ty.name.clone())),
        }
    }

    /// What a type name means: the class of the program and the short name. A generic type with one argument
    /// stands for what it wraps (`Task<T>`, `IOptions<T>`, `List<T>`).
    pub(crate) fn resolve_type(&self, unit: UnitId, ty: &TypeName) -> (Option<ClassId>, Sym) {
        let mut ty = ty;
        for _ in 0..4 {
            if let Some(found) = self.package_type(unit, ty) {
                return found;
            }
            if let Some(class) = self.class_of_type(unit, ty) {
                return (Some(class), ty.short().into());
            }
            match ty.args.as_slice() {
                [inner] => ty = inner,
                _ => break,
            }
        }
        (None, ty.short().into())
    }

    /// The functions of this name that all files see (`PowerShell`), the nearest to `unit` only.
    pub(crate) fn free_function(&self, unit: UnitId, name: &str) -> Option<FuncRef> {
        let candidates = self.functions.get(&fold(name))?;
        let path = self.path(unit);
        let language = self.language(unit);
        candidates
            .iter()
            .filter(|f| self.language(f.unit) == language)
            .filter(|f| self.unit(unit).conventions.ignores_case || *self.function(**f).name == *name)
            .max_by_key(|f| (shared_folders(path, self.path(f.unit)), f.unit == unit, f.func.0))
            .copied()
    }

    /// The top level of the script that a command names by its file, the nearest one.
    pub(crate) fn script(&self, unit: UnitId, name: &str) -> Option<FuncRef> {
        if !name.contains('.') {
            return None;
        }
        let (own, language) = (self.path(unit), self.language(unit));
        let all = self.units.iter().enumerate().map(|(id, u)| (id as UnitId, u));
        all.filter(|(id, u)| {
            *id != unit
                && u.unit.conventions.shell
                && u.language == language
                && u.path.rsplit('/').next().is_some_and(|n| n.eq_ignore_ascii_case(name))
        })
        .max_by_key(|(id, u)| (shared_folders(own, &u.path), std::cmp::Reverse(*id)))
        .map(|(unit, _)| FuncRef { unit, func: FuncId(0) })
    }

    pub(crate) fn extension_methods(&self, name: &str) -> &[FuncRef] {
        self.extensions.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn methods_named(&self, name: &str) -> &[FuncRef] {
        self.methods_by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The methods of this name on a class: its own, else those of its bases.
    pub(crate) fn methods(&self, class: ClassId, name: &str) -> Vec<FuncRef> {
        let mut todo = vec![class];
        let mut seen = Vec::new();
        while let Some(id) = todo.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let class = self.class(id);
            if let Some(found) = class.methods.get(name)
                && found.iter().any(|f| self.function(*f).has_body)
            {
                return found.iter().copied().filter(|f| self.function(*f).has_body).collect();
            }
            todo.extend(class.bases.iter().rev());
        }
        Vec::new()
    }

    /// A class and all its bases, itself first.
    pub(crate) fn ancestry(&self, class: ClassId) -> Vec<ClassId> {
        let mut order = vec![class];
        let mut at = 0;
        while at < order.len() {
            for base in &self.class(order[at]).bases {
                if !order.contains(base) {
                    order.push(*base);
                }
            }
            at += 1;
        }
        order
    }

    /// All classes that derive from or implement a class, at most a few; doubles of test code only for test code.
    pub(crate) fn implementors(&self, class: ClassId, testing: bool) -> Vec<ClassId> {
        let mut order: Vec<ClassId> = Vec::new();
        let mut todo: Vec<ClassId> = self.class(class).subclasses.clone();
        while let Some(id) = todo.pop() {
            if !testing && self.is_test(self.class(id).home) {
                continue;
            }
            if !order.contains(&id) && order.len() < 8 {
                order.push(id);
                todo.extend(&self.class(id).subclasses);
            }
        }
        order.sort_unstable();
        order
    }

    /// The short names of a class and all it derives from.
    pub(crate) fn type_names(&self, class: ClassId) -> Vec<Sym> {
        let mut names = Vec::new();
        for id in self.ancestry(class) {
            names.push(self.class(id).name.clone());
            names.extend(self.class(id).external_bases.iter().cloned());
        }
        names
    }

    /// The values of a configuration key.
    pub(crate) fn setting(&self, key: &str) -> &[Sym] {
        if let Some(values) = self.settings_files.values(key) {
            return values;
        }
        let key = fold(key).replace("__", ":");
        // The levels of a YAML file are separated by dots where code reads them through properties.
        // Sections of .NET in groups are named like paths.
        let found = self.settings.get(&key).or_else(|| self.settings.get(&key.replace(['.', '/'], ":")));
        found.map_or(&[], Vec::as_slice)
    }

    /// What a section of the settings holds itself, by the last part of the keys.
    pub(crate) fn settings_in(&self, section: &str) -> Vec<(Sym, Vec<Sym>)> {
        if let Some(inside) = self.settings_files.inside(section) {
            return inside;
        }
        let prefix = format!("{}:", fold(section));
        let inside = self.settings.iter().filter_map(|(key, values)| {
            let name = key.strip_prefix(&prefix)?;
            (!section.is_empty() && !name.contains(':')).then(|| (Sym::from(name), values.clone()))
        });
        let mut all: Vec<(Sym, Vec<Sym>)> = inside.collect();
        all.sort();
        all
    }

    /// The values of configuration keys that end in this name.
    pub(crate) fn setting_by_leaf(&self, leaf: &str) -> &[Sym] {
        self.settings_by_leaf.get(&fold(leaf)).map_or(&[], Vec::as_slice)
    }

    /// The language of the unit at a path.
    pub(crate) fn language_of(&self, path: &str) -> Option<&'static str> {
        let index = self.units.binary_search_by(|u| u.path.as_ref().cmp(path)).ok()?;
        Some(self.units[index].language)
    }

    /// All functions with a body.
    pub(crate) fn all_functions(&self) -> impl Iterator<Item = FuncRef> + '_ {
        self.units.iter().enumerate().flat_map(|(unit, u)| {
            u.unit
                .functions
                .iter()
                .enumerate()
                .filter(|(_, f)| f.has_body)
                .map(move |(i, _)| FuncRef { unit: unit as UnitId, func: FuncId(i as u32) })
        })
    }
}
