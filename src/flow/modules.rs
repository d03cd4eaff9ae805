//! Files as modules: what a name means that neither a variable of the function nor a type declares.
//!
//! The variables of a file's top level live in the state under [`script_owner`]. A name of a file is looked up
//! in this order: what the code has stored, what earlier rounds stored, the one initial value, functions and
//! types of the file, its imports, and then the files that see each other's names.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::frontend::family;
use crate::ir::{
    Conventions, ExprId, ExprKind, FuncId, FunctionKind, Scope, Span, StmtKind, Sym, TypeName, Unit,
    Visibility,
};
use crate::models::{Args, Form};

use super::machine::{Frame, Machine, script_owner};
use super::program::{ClassId, Program, folder, shared_folders};
use super::value::{Fact, FuncRef, UnitId, Unknown, Value};

/// What an import binds a name to.
#[derive(Clone, Debug)]
pub(crate) enum Imported {
    /// A module of the program: its units.
    Module(Arc<[UnitId]>),
    /// A member of one.
    Member(Arc<[UnitId]>, Sym),
    /// A module that the program does not hold, or a member of it.
    External(Sym, Option<Sym>),
}

/// The names of one file's top level.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The value of variables that are assigned just once.
    initial: FxHashMap<Sym, Option<ExprId>>,
    functions: FxHashMap<Sym, FuncId>,
    types: FxHashMap<Sym, ClassId>,
    imports: FxHashMap<Sym, Imported>,
    /// Modules all of whose members are imported.
    wild: Vec<Arc<[UnitId]>>,
}

/// The top-level names of every unit, and who sees them.
#[derive(Debug, Default)]
pub(crate) struct Modules {
    names: Vec<Names>,
    /// Units by the name of their file, without extension.
    stems: FxHashMap<String, Vec<UnitId>>,
    /// Units that declare a variable or function which other files see by its bare name.
    shared: FxHashMap<(&'static str, Sym), Vec<UnitId>>,
}

/// A module that the program does not hold as code: a library, or a settings file.
fn external(path: &Sym) -> Value {
    Value::one(if is_data(path) { Fact::Section("".into()) } else { Fact::Type(path.clone(), None) })
}

fn is_data(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"))
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    let start = path.rfind('/').map_or(0, |i| i + 1);
    path[start..].rfind('.').filter(|i| *i > 0).map_or(path, |i| &path[..start + i])
}

/// Resolves `./x` and `../x` against a folder; `None` when it leaves the tree.
fn relative(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The top-level assignments of a unit.
fn assignments(unit: &Unit) -> FxHashMap<Sym, Option<ExprId>> {
    let mut initial: FxHashMap<Sym, Option<ExprId>> = FxHashMap::default();
    for stmt in &unit.function(FuncId(0)).body {
        let (name, value) = match &unit.stmt(*stmt).kind {
            StmtKind::Let { name, value: Some(value), .. } => (name, *value),
            StmtKind::Expr(e) => match &unit.expr(*e).kind {
                ExprKind::Assign { target, value } => match &unit.expr(*target).kind {
                    ExprKind::Name { name, scope: Scope::Lexical | Scope::Script } => (name, *value),
                    _ => continue,
                },
                _ => continue,
            },
            _ => continue,
        };
        // Assigned twice: the order of events decides, not the declaration.
        initial.entry(name.clone()).and_modify(|old| *old = None).or_insert(Some(value));
    }
    initial
}

impl Modules {
    /// Collects the names of all units. Types must have been collected before.
    pub(crate) fn collect(program: &Program) -> Self {
        let mut modules = Self::default();
        let mut stems: FxHashMap<String, Vec<UnitId>> = FxHashMap::default();
        for (id, unit) in program.units.iter().enumerate() {
            let path = stem(&unit.path);
            let name = path.rsplit('/').next().unwrap_or(path);
            stems.entry(name.to_owned()).or_default().push(id as UnitId);
        }
        for (id, unit) in program.units.iter().enumerate() {
            let conventions = unit.unit.conventions;
            let mut names = Names::default();
            if conventions.file_scope && !conventions.shell {
                names.initial = assignments(&unit.unit);
                names.functions = top_functions(&unit.unit);
                for (index, decl) in unit.unit.types.iter().enumerate() {
                    if let Some(class) = program.class_declared(id as UnitId, index) {
                        names.types.insert(decl.name.clone(), class);
                    }
                }
                for import in &unit.unit.imports {
                    let found = find(program, &stems, id as UnitId, &import.path);
                    let submodule = submodule(program, &stems, id as UnitId, import, &found);
                    let Some(alias) = &import.alias else {
                        if !found.is_empty() && import.member.as_deref() == Some("*") {
                            names.wild.push(found.into());
                        }
                        continue;
                    };
                    let bound = match (&import.member, found.is_empty()) {
                        _ if !submodule.is_empty() => Imported::Module(submodule.into()),
                        // What a library exports by default is the library.
                        (Some(member), true) if member.as_ref() == "default" => {
                            Imported::External(import.path.clone(), None)
                        }
                        (member, true) => Imported::External(import.path.clone(), member.clone()),
                        (None, false) => Imported::Module(found.into()),
                        (Some(member), false) => Imported::Member(found.into(), member.clone()),
                    };
                    names.imports.insert(alias.clone(), bound);
                }
                if conventions.visibility != Visibility::File {
                    let shared = names.initial.keys().chain(names.functions.keys());
                    let mut shared: Vec<&Sym> = shared.collect();
                    shared.sort_unstable();
                    shared.dedup();
                    for name in shared {
                        let key = (family(unit.language), name.clone());
                        modules.shared.entry(key).or_default().push(id as UnitId);
                    }
                }
            }
            modules.names.push(names);
        }
        modules.stems = stems;
        modules
    }
}

fn top_functions(unit: &Unit) -> FxHashMap<Sym, FuncId> {
    let mut nested = vec![false; unit.functions.len()];
    let top = &unit.function(FuncId(0)).body;
    for (index, stmt) in unit.stmts.iter().enumerate() {
        if let StmtKind::Define(func) = &stmt.kind {
            nested[func.index()] = !top.iter().any(|s| s.index() == index);
        }
    }
    let all = unit.functions.iter().enumerate();
    all.filter(|(i, f)| f.kind == FunctionKind::Function && f.owner.is_none() && !nested[*i])
        .map(|(i, f)| (f.name.clone(), FuncId(i as u32)))
        .collect()
}

/// The units of a module that is imported as a member of its package (`from package import module`).
fn submodule(
    program: &Program,
    stems: &FxHashMap<String, Vec<UnitId>>,
    from: UnitId,
    import: &crate::ir::Import,
    package: &[UnitId],
) -> Vec<UnitId> {
    let Some(member) = import.member.as_deref().filter(|m| *m != "*") else { return Vec::new() };
    // A module that is one file has no modules in it.
    if !package.iter().all(|u| stem(program.path(*u)).ends_with("__init__")) {
        return Vec::new();
    }
    let separator = if import.path.contains('/') || import.path.starts_with('.') { '/' } else { '.' };
    find(program, stems, from, &format!("{}{separator}{member}", import.path))
}

/// The units of the module that a path names, seen from a unit; none when the program does not hold it.
fn find(program: &Program, stems: &FxHashMap<String, Vec<UnitId>>, from: UnitId, path: &str) -> Vec<UnitId> {
    let unit = &program.units[from as usize];
    let own = folder(&unit.path);
    let kin = |id: &UnitId| family(program.language(*id)) == family(unit.language) && *id != from;
    let units_in =
        |wanted: &str| -> Vec<UnitId> { program.units_in(wanted).iter().copied().filter(kin).collect() };
    if unit.unit.conventions.visibility == Visibility::Folder {
        // The folder is the package; its path ends as the import does.
        let parts: Vec<&str> = path.split('/').collect();
        for skip in 0..parts.len().min(4) {
            let wanted = parts[skip..].join("/");
            if skip > 0 && parts.len() - skip < 2 && !parts[0].contains('.') {
                break;
            }
            let found = units_in(&wanted);
            if !found.is_empty() {
                return found;
            }
        }
        return Vec::new();
    }
    let of_file = |wanted: &str| -> Vec<UnitId> {
        let name = wanted.rsplit('/').next().unwrap_or(wanted);
        let named = stems.get(name).map_or(&[][..], Vec::as_slice);
        let whole: Vec<UnitId> =
            named.iter().copied().filter(|id| kin(id) && stem(program.path(*id)) == wanted).collect();
        if !whole.is_empty() {
            return whole;
        }
        // A folder stands for the file in it that speaks for it.
        ["index", "__init__", "mod"]
            .iter()
            .flat_map(|n| stems.get(*n).map_or(&[][..], Vec::as_slice))
            .copied()
            .filter(|id| kin(id) && folder(program.path(*id)) == wanted)
            .collect()
    };
    if path.starts_with("./") || path.starts_with("../") || path == "." || path == ".." {
        let Some(wanted) = relative(own, path) else { return Vec::new() };
        let found = of_file(&wanted);
        // `./auth.js` names the file itself.
        return if found.is_empty() { of_file(stem(&wanted)) } else { found };
    }
    let path = path.trim_start_matches("@/").trim_start_matches("~/");
    let wanted = if path.contains('/') { path.to_owned() } else { path.replace('.', "/") };
    let exact = of_file(&wanted);
    if !exact.is_empty() {
        return exact;
    }
    let name = wanted.rsplit('/').next().unwrap_or(&wanted);
    let ends = format!("/{wanted}");
    let whole = wanted.contains('/');
    let mut found: Vec<UnitId> = stems
        .get(name)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .chain(if whole { stems.get("__init__").map_or(&[][..], Vec::as_slice) } else { &[] })
        .chain(stems.get("mod").map_or(&[][..], Vec::as_slice))
        .copied()
        .filter(|id| {
            let path = program.path(*id);
            let place = stem(path);
            let package =
                place.strip_suffix("/__init__").or_else(|| place.strip_suffix("/mod")).unwrap_or(place);
            // A bare name is a library unless the file lies where this one or a folder above it does.
            let near = whole || own == folder(path) || own.starts_with(&format!("{}/", folder(path)));
            // File systems that ignore case let imports do so.
            let at = package.len().checked_sub(ends.len());
            kin(id)
                && near
                && at.and_then(|a| package.get(a..)).is_some_and(|p| p.eq_ignore_ascii_case(&ends))
        })
        .collect();
    found.sort_by_key(|id| {
        (std::cmp::Reverse(shared_folders(&unit.path, program.path(*id))), program.path(*id).clone())
    });
    found.truncate(1);
    found
}

impl Program {
    fn names(&self, unit: UnitId) -> &Names {
        &self.modules.names[unit as usize]
    }

    /// What an import of the file binds a name to.
    pub(crate) fn imported(&self, unit: UnitId, name: &str) -> Option<&Imported> {
        self.names(unit).imports.get(name)
    }

    /// The units of the module that a path names, seen from a unit.
    fn units_of_module(&self, from: UnitId, path: &str) -> Vec<UnitId> {
        find(self, &self.modules.stems, from, path)
    }

    /// The other units that declare a name which `unit` sees bare, nearest first.
    fn sharing(&self, unit: UnitId, name: &Sym) -> Vec<UnitId> {
        let own = &self.units[unit as usize];
        let visibility = own.unit.conventions.visibility;
        let mut found: Vec<UnitId> = self.sourced(unit).to_vec();
        if visibility != Visibility::File
            && let Some(others) = self.modules.shared.get(&(family(own.language), name.clone()))
        {
            let inside = |id: &UnitId| {
                *id != unit
                    && (visibility == Visibility::Program || folder(self.path(*id)) == folder(&own.path))
            };
            let mut near: Vec<UnitId> = others.iter().copied().filter(inside).collect();
            near.sort_by_key(|id| (std::cmp::Reverse(shared_folders(&own.path, self.path(*id))), *id));
            near.truncate(3);
            found.extend(near);
        }
        found
    }
}

impl Machine<'_> {
    pub(crate) fn conventions(&self) -> Conventions {
        self.program.unit(self.unit()).conventions
    }

    /// Files of this language have names of their own.
    pub(crate) fn has_file_scope(&self) -> bool {
        let conventions = self.conventions();
        conventions.file_scope && !conventions.shell
    }

    /// The top level of the file has a variable of this name, which functions that assign it mean.
    pub(crate) fn declares(&self, unit: UnitId, name: &str) -> bool {
        // Where functions declare their variables (JavaScript, Go), a name that they don't is the file's.
        !self.program.unit(unit).conventions.assignment_declares
            && self.program.names(unit).initial.contains_key(name)
    }

    /// What a bare name means in the current file, when it is none of a function's variables.
    pub(crate) fn visible_name(&mut self, name: &str, span: Span) -> Option<Value> {
        let unit = self.unit();
        if let Some(value) = self.file_name(unit, name, span, 0) {
            return Some(value);
        }
        let name: Sym = name.into();
        for other in self.program.sharing(unit, &name) {
            if let Some(value) = self.file_name(other, &name, span, 0) {
                return Some(value);
            }
        }
        None
    }

    /// The function of this name that the current file sees; variables of the name are not meant.
    pub(crate) fn declared_function(&self, name: &str) -> Option<Value> {
        let program = self.program;
        let own = self.unit();
        let others = program.sharing(own, &name.into());
        std::iter::once(own).chain(others).find_map(|unit| {
            let func = *program.names(unit).functions.get(name)?;
            Some(Self::method_group(&[FuncRef { unit, func }], None))
        })
    }

    /// What a name of a file's top level means.
    fn file_name(&mut self, unit: UnitId, name: &str, span: Span, depth: u32) -> Option<Value> {
        let program = self.program;
        let owner = script_owner(unit);
        if let Some(value) = self.store.read(owner, name) {
            return Some(value);
        }
        let names = program.names(unit);
        if let Some(value) = self.earlier(owner).and_then(|m| m.get(name)) {
            let once = matches!(names.initial.get(name), Some(Some(_)));
            return Some(if once { value.clone() } else { self.recalled(name, value.clone()) });
        }
        if let Some(Some(init)) = names.initial.get(name) {
            return Some(self.file_initial(unit, name, *init));
        }
        if let Some(func) = names.functions.get(name) {
            return Some(Self::method_group(&[FuncRef { unit, func: *func }], None));
        }
        if let Some(class) = names.types.get(name) {
            return Some(Value::one(Fact::Type(name.into(), Some(*class))));
        }
        if let Some(imported) = names.imports.get(name) {
            return Some(match imported {
                Imported::Module(units) => Value::one(Fact::Module(units.clone())),
                Imported::Member(units, member) => {
                    let (units, member) = (units.clone(), member.clone());
                    self.module_member(&units, &member, span, depth + 1)
                }
                Imported::External(path, None) => external(path),
                Imported::External(path, Some(member)) if is_data(path) => {
                    let (data, member) = (external(path), member.clone());
                    self.member(&data, &member, span)
                }
                Imported::External(_, Some(member)) => Value::one(Fact::Type(member.clone(), None)),
            });
        }
        if depth < 8 {
            for units in names.wild.clone() {
                for unit in units.iter() {
                    if let Some(value) = self.file_name(*unit, name, span, depth + 1) {
                        return Some(value);
                    }
                }
            }
        }
        None
    }

    /// The value that the top level gives to a name, evaluated where it stands.
    fn file_initial(&mut self, unit: UnitId, name: &str, init: ExprId) -> Value {
        let owner = script_owner(unit);
        if !self.begin_initial(owner, name) {
            return Value::default();
        }
        let func = FuncRef { unit, func: FuncId(0) };
        self.parents.insert(owner, None);
        self.frames.push(Frame::new(func, func, owner));
        let value = self.eval(init);
        self.frames.pop();
        self.end_initial(owner, name);
        // It is the same object for all: others may have put something in.
        for object in value.objects() {
            self.fresh.remove(&object.key);
        }
        self.store.write(owner, name, value.clone());
        value
    }

    /// A member of a module of the program.
    pub(crate) fn module_member(
        &mut self,
        units: &Arc<[UnitId]>,
        name: &str,
        span: Span,
        depth: u32,
    ) -> Value {
        if depth > 8 {
            return self.opaque(span, Unknown::Unassigned(name.into()));
        }
        for unit in units.iter() {
            if let Some(value) = self.file_name(*unit, name, span, depth) {
                return value;
            }
        }
        if name == "default" {
            return Value::one(Fact::Module(units.clone()));
        }
        for unit in units.iter() {
            // What `module.exports = { … }` holds.
            if let Some(whole) = self.file_name(*unit, "default", span, depth)
                && !whole.facts().iter().any(|f| matches!(f, Fact::Module(_)))
            {
                return self.member(&whole, name, span);
            }
        }
        self.opaque(span, Unknown::Unassigned(name.into()))
    }

    /// Calls a module: what it exports by default.
    pub(crate) fn module_default(&mut self, units: &Arc<[UnitId]>, span: Span) -> Option<Value> {
        let value = self.module_member(units, "default", span, 0);
        (!value.facts().iter().any(|f| matches!(f, Fact::Module(_)))).then_some(value)
    }

    /// The value of `require(path)`.
    pub(crate) fn module_value(&self, path: &Sym) -> Value {
        let unit = self.unit();
        let found = self.program.units_of_module(unit, path);
        if found.is_empty() { external(path) } else { Value::one(Fact::Module(found.into())) }
    }

    /// A call of a plain name in a language whose files have names.
    pub(crate) fn call_file_name(
        &mut self,
        name: &str,
        args: &Args,
        type_args: &[TypeName],
        span: Span,
    ) -> Option<Value> {
        if let Some(Imported::External(path, Some(member))) = self.program.imported(self.unit(), name) {
            let receiver = Value::one(Fact::Type(path.clone(), None));
            let member = member.clone();
            return Some(self.call_member(&receiver, &member, args.clone(), type_args, span));
        }
        let value = self.visible_name(name, span)?;
        Some(self.call_value(&value, args.clone(), span))
    }

    /// A call of a type that the program does not declare.
    pub(crate) fn call_external_type(&mut self, name: &Sym, args: &Args, span: Span) -> Option<Value> {
        let short: Sym = TypeName::simple(name.clone()).short().into();
        if self.conventions().call_creates
            && self.is_library_type(&short)
            && super::call::is_capitalised(&short)
        {
            return Some(self.library_new(&short, &TypeName::simple(short.clone()), args.clone(), span));
        }
        self.library_call(None, &short, args, &[], span)
    }

    /// Rules know the name as that of a type only.
    pub(crate) fn is_library_type(&self, name: &str) -> bool {
        self.knows(Form::New, name) || !self.knows(Form::Call, name) && self.rules.knows_type(name)
    }

    /// A variable of the function, or of those around it.
    fn local(&mut self, name: &str) -> Option<Value> {
        let mut key = Some(self.frame().key);
        while let Some(owner) = key {
            if let Some(value) = self.store.read(owner, name) {
                return Some(value);
            }
            key = self.parents.get(&owner).copied().flatten();
        }
        None
    }

    /// The creation of an object of a type that the file's names lead to.
    pub(crate) fn construct_named(&mut self, ty: &TypeName, args: &Args, span: Span) -> Option<Value> {
        if let Some((None, name)) = self.program.package_type(self.unit(), ty) {
            return Some(self.library_new(&name, ty, args.clone(), span));
        }
        let mut parts = ty.name.split('.');
        let first = parts.next()?;
        let mut value = match self.local(first) {
            Some(value) => value,
            None => self.visible_name(first, span)?,
        };
        for part in parts {
            value = self.member(&value, part, span);
        }
        if let [Fact::Module(units)] = value.facts() {
            let units = units.clone();
            value = self.module_default(&units, span)?;
        }
        let mut result = None;
        for fact in value.facts() {
            let found = match fact {
                Fact::Type(name, Some(class)) => {
                    let object = self.create(span, Some(name.clone()), Some(*class));
                    self.construct(*class, &object, args.clone(), span);
                    Value::one(Fact::Object(object))
                }
                Fact::Type(name, None) => {
                    let short: Sym = TypeName::simple(name.clone()).short().into();
                    self.library_new(&short, ty, args.clone(), span)
                }
                Fact::Func(closure) => self.call_closure(&closure.clone(), args.clone(), span),
                // A member that rules give a type: what stands for the class is as good as its instance.
                Fact::Object(o) if o.ty.is_some() && o.class.is_none() => Value::one(fact.clone()),
                _ => continue,
            };
            result = Some(result.map_or(found.clone(), |r: Value| r.join(&found)));
        }
        result
    }
}
