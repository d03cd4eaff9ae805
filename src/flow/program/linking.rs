//! How a program is made of its units: classes, bases, scripts, what is assigned.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::flow::value::{FuncRef, UnitId};
use crate::flow::visit::{visit_expr, visit_stmt};
use crate::frontend::family;
use crate::ir::{ExprKind, FuncId, FunctionKind, StmtKind, TypeId, Visibility};

use super::{Class, ClassId, FieldInfo, Program, fold, folder, shared_folders};

/// How many types are taken to implement one interface that they do not name.
const MAX_IMPLEMENTORS: usize = 32;

impl Program {
    pub(super) fn collect_assigned(&mut self) {
        for unit in &self.units {
            for expr in &unit.unit.exprs {
                if let ExprKind::Assign { target, .. } = &expr.kind
                    && let ExprKind::Name { name, .. } | ExprKind::Member { name, .. } =
                        &unit.unit.expr(*target).kind
                {
                    self.assigned.insert(fold(name));
                }
            }
        }
    }

    pub(super) fn collect_classes(&mut self, projects: &[String]) {
        let mut ids: BTreeMap<(String, usize, &str, usize), ClassId> = BTreeMap::new();
        let mut packages: FxHashMap<&str, usize> = FxHashMap::default();
        for (unit_id, unit) in self.units.iter().enumerate() {
            let project = projects
                .iter()
                .enumerate()
                .filter(|(_, p)| p.is_empty() || unit.path.starts_with(&format!("{p}/")))
                .max_by_key(|(_, p)| p.len())
                .map_or(usize::MAX, |(i, _)| i);
            let conventions = unit.unit.conventions;
            for (index, decl) in unit.unit.types.iter().enumerate() {
                // Where files or folders are modules, types of one name in two of them are two types.
                let module = match conventions.visibility {
                    Visibility::File if conventions.file_scope => unit_id,
                    Visibility::Folder => *packages.entry(folder(&unit.path)).or_insert(unit_id),
                    _ => usize::MAX,
                };
                let key = (fold(&decl.name), project, family(unit.language), module);
                let id = *ids.entry(key).or_insert_with(|| {
                    self.classes.push(Class {
                        name: decl.name.clone(),
                        home: unit_id as UnitId,
                        ..Class::default()
                    });
                    let id = ClassId(self.classes.len() as u32 - 1);
                    self.class_names.entry(fold(&decl.name)).or_default().push(id);
                    id
                });
                self.class_of.insert((unit_id as UnitId, TypeId(index as u32)), id);
                let class = &mut self.classes[id.0 as usize];
                class.is_interface |= decl.is_interface;
                for field in &decl.fields {
                    class.fields.entry(field.name.clone()).or_insert_with(|| FieldInfo {
                        unit: unit_id as UnitId,
                        ty: field.ty.clone(),
                        init: field.init,
                        is_static: field.is_static,
                        names: crate::flow::sections::names_of(&unit.unit, field),
                    });
                }
                for method in &decl.methods {
                    let function = unit.unit.function(*method);
                    let func = FuncRef { unit: unit_id as UnitId, func: *method };
                    let name = fold(&function.name);
                    match function.kind {
                        FunctionKind::Constructor => class.constructors.push(func),
                        FunctionKind::StaticConstructor => {}
                        FunctionKind::Getter => {
                            class.getters.insert(function.name.to_string(), func);
                        }
                        FunctionKind::Setter => {
                            class.setters.insert(function.name.to_string(), func);
                        }
                        _ => class.methods.entry(name).or_default().push(func),
                    }
                }
            }
        }
    }

    pub(super) fn link_bases(&mut self) {
        let mut links = Vec::new();
        for (unit_id, unit) in self.units.iter().enumerate() {
            for (index, decl) in unit.unit.types.iter().enumerate() {
                let id = self.class_of[&(unit_id as UnitId, TypeId(index as u32))];
                for base in &decl.bases {
                    let (class, name) = self.package_type(unit_id as UnitId, base).unwrap_or_else(|| {
                        (self.class_named(unit_id as UnitId, base.short()), base.short().into())
                    });
                    links.push((id, class, name));
                }
            }
        }
        for (id, base, name) in links {
            match base {
                Some(base) if base != id => {
                    let class = &mut self.classes[id.0 as usize];
                    if !class.bases.contains(&base) {
                        class.bases.push(base);
                        self.classes[base.0 as usize].subclasses.push(id);
                    }
                }
                _ => self.classes[id.0 as usize].external_bases.push(name),
            }
        }
    }

    /// Links types to the interfaces whose methods they have.
    pub(super) fn link_structural_types(&mut self) {
        let structural = |c: &Class| self.unit(c.home).conventions.structural_types;
        let ids = |wanted: bool| -> Vec<ClassId> {
            let all = self.classes.iter().enumerate();
            all.filter(|(_, c)| {
                structural(c) && c.is_interface == wanted && (!wanted || !c.methods.is_empty())
            })
            .map(|(i, _)| ClassId(i as u32))
            .collect()
        };
        let types = ids(false);
        let mut links = Vec::new();
        for interface in ids(true) {
            let wanted: Vec<&String> = self
                .ancestry(interface)
                .into_iter()
                .flat_map(|i| self.classes[i.0 as usize].methods.keys())
                .collect();
            let has = |class: &&ClassId| {
                let ancestors = self.ancestry(**class);
                wanted.iter().all(|m| ancestors.iter().any(|c| self.class(*c).methods.contains_key(*m)))
            };
            links.extend(types.iter().filter(has).take(MAX_IMPLEMENTORS).map(|class| (*class, interface)));
        }
        for (class, interface) in links {
            let bases = &mut self.classes[class.0 as usize].bases;
            if !bases.contains(&interface) {
                bases.push(interface);
                self.classes[interface.0 as usize].subclasses.push(class);
            }
        }
    }

    pub(super) fn collect_functions(&mut self) {
        for (unit_id, unit) in self.units.iter().enumerate() {
            let code = &unit.unit;
            let count = code.functions.len();
            let mut homes: Vec<FuncId> = (0..count).map(|i| FuncId(i as u32)).collect();
            let mut captures = vec![false; count];
            for (index, captured) in captures.iter_mut().enumerate() {
                let mut stack: Vec<crate::ir::StmtId> = code.functions[index].body.clone();
                let mut seen = Vec::new();
                // A walk over the flat arenas would not know which function a node belongs to.
                while let Some(stmt) = stack.pop() {
                    seen.clear();
                    visit_stmt(code, stmt, &mut stack, &mut seen);
                    while let Some(expr) = seen.pop() {
                        if let ExprKind::Lambda(f) = &code.expr(expr).kind {
                            homes[f.index()] = FuncId(index as u32);
                            *captured = true;
                        }
                        visit_expr(code, &code.expr(expr).kind, &mut seen, &mut stack);
                    }
                    if let StmtKind::Define(_) = &code.stmt(stmt).kind {
                        *captured = true;
                    }
                }
            }
            for index in 0..count {
                let mut home = homes[index];
                for _ in 0..32 {
                    let next = homes[home.index()];
                    if next == home {
                        break;
                    }
                    home = next;
                }
                homes[index] = home;
            }
            for (index, function) in code.functions.iter().enumerate() {
                let func = FuncRef { unit: unit_id as UnitId, func: FuncId(index as u32) };
                let name = fold(&function.name);
                match function.kind {
                    FunctionKind::Function if code.conventions.shell => {
                        self.functions.entry(name).or_default().push(func);
                    }
                    FunctionKind::Method | FunctionKind::StaticMethod | FunctionKind::Function => {
                        if function.is_extension {
                            self.extensions.entry(name.clone()).or_default().push(func);
                        }
                        self.methods_by_name.entry(name).or_default().push(func);
                    }
                    _ => {}
                }
            }
            self.homes.push(homes);
            self.captures.push(captures);
        }
    }

    /// Resolves what scripts run in their own scope (`. ./lib/Settings.ps1`).
    pub(super) fn link_scripts(&mut self) {
        let direct: Vec<Vec<UnitId>> = (0..self.units.len()).map(|id| self.scripts_named_by(id)).collect();
        self.sourced = (0..self.units.len())
            .map(|id| {
                let mut all: Vec<UnitId> = Vec::new();
                let mut todo = direct[id].clone();
                while let Some(next) = todo.pop() {
                    if next as usize != id && !all.contains(&next) && all.len() < 64 {
                        all.push(next);
                        todo.extend(&direct[next as usize]);
                    }
                }
                all.sort_unstable();
                all
            })
            .collect();
    }

    fn scripts_named_by(&self, id: usize) -> Vec<UnitId> {
        let unit = &self.units[id];
        if !unit.unit.conventions.file_scope || unit.unit.conventions.visibility != Visibility::Program {
            return Vec::new();
        }
        let names = unit.unit.imports.iter().filter_map(|import| {
            let path = import.path.replace('\\', "/").to_ascii_lowercase();
            let name = path.trim_start_matches("./").trim_start_matches('/').to_owned();
            name.rsplit('/').next().is_some_and(|n| n.contains('.')).then_some(name)
        });
        names
            .filter_map(|name| {
                let candidates = self.units.iter().enumerate().filter(|(other, u)| {
                    let path = u.path.to_ascii_lowercase();
                    *other != id
                        && u.language == unit.language
                        && (path == name || path.ends_with(&format!("/{}", name.trim_start_matches("../"))))
                });
                candidates
                    .max_by_key(|(_, u)| shared_folders(&unit.path, &u.path))
                    .map(|(other, _)| other as UnitId)
            })
            .collect()
    }
}
