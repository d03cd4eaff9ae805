//! What the files of a shell language offer to callers outside of the program: the functions of modules, and of
//! scripts that are there to be run in the scope of others.

use std::collections::BTreeSet;

use crate::ir::{ArgKind, ExprId, ExprKind, FuncId, FunctionKind, Scope, StmtKind, Unit};

use super::program::{Program, fold, folder};
use super::value::{FuncRef, UnitId};
use super::visit::{visit_expr, visit_stmt};

/// What the functions of a file are to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// Commands of a module that names those it exports. By folded name; with `*` all of them.
    Listed(BTreeSet<String>),
    /// Nothing is said, and the file itself calls none of them: it is there for others.
    Library,
    /// Helpers of a script.
    Script,
}

impl Program {
    /// What each unit offers.
    pub(super) fn read_offers(&self) -> Vec<Offer> {
        let manifests: Vec<(&str, BTreeSet<String>)> = self
            .units
            .iter()
            .filter(|u| u.unit.conventions.shell)
            .filter_map(|u| Some((folder(&u.path), manifest(&u.unit)?)))
            .collect();
        let of = |unit: &super::program::ProgramUnit| {
            if !unit.unit.conventions.shell {
                return Offer::Script;
            }
            let home = folder(&unit.path);
            let near = manifests.iter().filter(|(at, _)| {
                home.strip_prefix(at)
                    .is_some_and(|rest| rest.is_empty() || at.is_empty() || rest.starts_with('/'))
            });
            // The manifest wins over the module's own word: only what both name is exported.
            if let Some((_, names)) = near.max_by_key(|(at, _)| at.len())
                && !names.contains("*")
                && declares_any(&unit.unit, names)
            {
                return Offer::Listed(names.clone());
            }
            let top = TopLevel::read(&unit.unit);
            match top.exported {
                Some(names) => Offer::Listed(names),
                None if top.calls_own => Offer::Script,
                None => Offer::Library,
            }
        };
        self.units.iter().map(of).collect()
    }

    /// The function is what its name says to callers in `unit`: a command of a module, or a function that another
    /// file provides. A helper that a module keeps to itself, or a function of the same script, is not.
    pub(crate) fn is_command_for(&self, func: FuncRef, unit: UnitId) -> bool {
        match self.offer(func.unit) {
            Offer::Listed(names) => is_listed(names, &self.function(func).name),
            Offer::Library | Offer::Script => func.unit != unit,
        }
    }

    /// The functions that code outside of the program may call, with whatever arguments.
    pub(super) fn offered(&self) -> impl Iterator<Item = FuncRef> + '_ {
        self.all_functions().filter(|func| {
            let function = self.function(*func);
            function.kind == FunctionKind::Function
                && self.unit(func.unit).conventions.shell
                && self.is_top_level(*func)
                && match self.offer(func.unit) {
                    Offer::Listed(names) => is_listed(names, &function.name),
                    Offer::Library => true,
                    Offer::Script => false,
                }
        })
    }

    /// The function is not nested in another one.
    fn is_top_level(&self, func: FuncRef) -> bool {
        let unit = self.unit(func.unit);
        unit.functions[0]
            .body
            .iter()
            .any(|s| matches!(unit.stmt(*s).kind, StmtKind::Define(f) if f == func.func))
    }
}

fn is_listed(names: &BTreeSet<String>, name: &str) -> bool {
    names.contains("*") || names.contains(&fold(name))
}

fn declares_any(unit: &Unit, names: &BTreeSet<String>) -> bool {
    unit.functions.iter().any(|f| f.kind == FunctionKind::Function && is_listed(names, &f.name))
}

/// The texts of a literal, or of a list of literals.
fn literals(unit: &Unit, id: ExprId, out: &mut BTreeSet<String>) {
    let mut todo = vec![id];
    while let Some(id) = todo.pop() {
        match &unit.expr(id).kind {
            ExprKind::Str(text) => {
                out.insert(fold(text));
            }
            ExprKind::List(items) | ExprKind::Other(items) => todo.extend(items),
            ExprKind::Block(block) => {
                for stmt in block {
                    if let StmtKind::Emit(e) | StmtKind::Expr(e) = &unit.stmt(*stmt).kind {
                        todo.push(*e);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The functions that a module manifest exports: a file that is one map with such an entry.
fn manifest(unit: &Unit) -> Option<BTreeSet<String>> {
    let map = unit.functions.first()?.body.iter().find_map(|s| match &unit.stmt(*s).kind {
        StmtKind::Emit(e) | StmtKind::Expr(e) => match &unit.expr(*e).kind {
            ExprKind::Map(entries) => Some(entries),
            _ => None,
        },
        _ => None,
    })?;
    let mut names = BTreeSet::new();
    let mut any = false;
    for (key, value) in map {
        if matches!(&unit.expr(*key).kind, ExprKind::Str(k) if k.eq_ignore_ascii_case("FunctionsToExport")) {
            any = true;
            literals(unit, *value, &mut names);
        }
    }
    any.then_some(names)
}

/// What the statements of a file's top level say about its functions.
#[derive(Debug, Default)]
struct TopLevel {
    /// They call one of them.
    calls_own: bool,
    /// What they export.
    exported: Option<BTreeSet<String>>,
}

impl TopLevel {
    fn read(unit: &Unit) -> Self {
        let mut found = Self::default();
        let own: BTreeSet<&str> = unit
            .functions
            .iter()
            .filter(|f| f.kind == FunctionKind::Function)
            .map(|f| f.name.as_ref())
            .collect();
        let mut functions = vec![FuncId(0)];
        let mut stmts = Vec::new();
        let mut exprs = Vec::new();
        while let Some(func) = functions.pop() {
            stmts.extend(unit.functions.get(func.index()).into_iter().flat_map(|f| f.body.iter().copied()));
            loop {
                if let Some(stmt) = stmts.pop() {
                    visit_stmt(unit, stmt, &mut stmts, &mut exprs);
                } else if let Some(expr) = exprs.pop() {
                    let kind = &unit.expr(expr).kind;
                    match kind {
                        ExprKind::Lambda(func) => functions.push(*func),
                        ExprKind::Call { callee, args, .. } => {
                            if let ExprKind::Name { name, scope: Scope::Callable } = &unit.expr(*callee).kind
                            {
                                found.calls_own |= own.contains(name.as_ref());
                                if name.as_ref() == "export-modulemember" {
                                    let names = found.exported.get_or_insert_default();
                                    for arg in args {
                                        let is_other = matches!(&arg.kind, ArgKind::Named(n) if !"function".starts_with(n.as_ref()));
                                        if !is_other {
                                            literals(unit, arg.value, names);
                                        }
                                    }
                                }
                            }
                        }
                        _ => {}
                    }
                    visit_expr(unit, kind, &mut exprs, &mut stmts);
                } else {
                    break;
                }
            }
        }
        // Names that are computed (`$public.BaseName`) say nothing.
        found.exported = found.exported.filter(|names| !names.is_empty());
        found
    }
}
