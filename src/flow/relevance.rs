//! Which functions can matter to a Partner Center call, as far as names tell.
//!
//! In a large code base a few files have to do with Partner Center, and a few functions obtain tokens. They, and what
//! calls the latter, get the steps of the analysis; of everything else only as much is evaluated as values need that
//! come from there. Names decide, not resolved calls: this is known before anything is evaluated. A name that many
//! functions bear (`Get`, `close`) says nothing and is not followed; a function that only such names lead to is an
//! entry of its own, so nothing is lost but the arguments of these callers. Callers of callers are not looked for: in
//! a large code base names lead from everything to everything.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{Expr, ExprId, ExprKind, FuncId, FunctionKind};
use crate::models::Rules;

use super::authorization;
use super::hosts::Hosts;
use super::program::{Program, fold};
use super::value::{FuncRef, UnitId};
use super::visit::{visit_expr, visit_stmt};

/// Of how many declarations a name may be and still say which function is meant.
const MAX_DECLARATIONS: usize = 6;

/// What names tell of a program.
#[derive(Debug, Default)]
pub(crate) struct Relevance {
    /// The functions that name what obtains a token, a library's function or a token endpoint, and their callers.
    near: FxHashSet<FuncRef>,
    /// Some text names a field of authorization requests.
    authorizations: bool,
}

impl Relevance {
    /// Looks at all names in all functions.
    pub(crate) fn of(program: &Program, rules: &Rules, hosts: &Hosts) -> Self {
        let acquiring = holders(program, &|unit, expr| match &expr.kind {
            ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => {
                let short = name.rsplit(['\\', '/']).next().unwrap_or(name);
                rules.names_acquisition(short, program.language(unit))
            }
            ExprKind::Str(text) => hosts.is_token_endpoint(text),
            _ => false,
        });
        let names = names_of(program, &acquiring);
        let mut near = holders(program, &|_, expr| match &expr.kind {
            ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => names.contains(&fold(name)),
            ExprKind::New { ty: Some(ty), .. } => names.contains(&fold(ty.short())),
            _ => false,
        });
        near.extend(acquiring);
        let names_one =
            |expr: &Expr| matches!(&expr.kind, ExprKind::Str(text) if authorization::names_one(text));
        let authorizations = program.units.iter().any(|unit| unit.unit.exprs.iter().any(names_one));
        Self { near, authorizations }
    }

    /// There may be authorization requests.
    pub(crate) fn has_authorizations(&self) -> bool {
        self.authorizations
    }

    /// The entry can matter by what names tell, and not only as any function can.
    pub(crate) fn comes_first(&self, program: &Program, func: FuncRef) -> bool {
        self.rank(program, func) < 2
    }

    /// How much an entry can matter: its file names Partner Center, it obtains a token or calls what does, or neither.
    pub(crate) fn rank(&self, program: &Program, func: FuncRef) -> usize {
        match (holds(program, func), self.near.contains(&program.home(func))) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }
}

/// The function can matter by itself; others matter only through the values that they give.
pub(crate) fn holds(program: &Program, func: FuncRef) -> bool {
    program.names_partner_center(func.unit)
}

/// The functions that hold an expression of some kind.
fn holders(program: &Program, wanted: &dyn Fn(UnitId, &Expr) -> bool) -> FxHashSet<FuncRef> {
    let mut found = FxHashSet::default();
    for (id, unit) in program.units.iter().enumerate() {
        let id = id as UnitId;
        let mut homes = None;
        for (at, expr) in unit.unit.exprs.iter().enumerate() {
            if wanted(id, expr) {
                found.insert(homes.get_or_insert_with(|| homes_in(program, id))[at]);
            }
        }
    }
    found
}

/// In which named function each expression of a unit stands.
fn homes_in(program: &Program, unit: UnitId) -> Vec<FuncRef> {
    let code = program.unit(unit);
    // What stands in no body (initial values of fields, defaults of parameters) counts for the top level.
    let mut homes = vec![FuncRef { unit, func: FuncId(0) }; code.exprs.len()];
    let (mut stmts, mut exprs) = (Vec::new(), Vec::<ExprId>::new());
    for (index, function) in code.functions.iter().enumerate() {
        let home = program.home(FuncRef { unit, func: FuncId(index as u32) });
        stmts.extend(&function.body);
        loop {
            if let Some(expr) = exprs.pop() {
                homes[expr.index()] = home;
                visit_expr(code, &code.expr(expr).kind, &mut exprs, &mut stmts);
            } else if let Some(stmt) = stmts.pop() {
                visit_stmt(code, stmt, &mut stmts, &mut exprs);
            } else {
                break;
            }
        }
    }
    homes
}

/// The names under which others may mean these functions: their own, or their classes' when they create one.
fn names_of(program: &Program, functions: &FxHashSet<FuncRef>) -> FxHashSet<String> {
    let mut declared: FxHashMap<String, usize> = FxHashMap::default();
    for func in program.all_functions() {
        let function = program.function(func);
        if function.kind != FunctionKind::Lambda {
            *declared.entry(fold(&function.name)).or_default() += 1;
        }
    }
    let own = functions.iter().map(|func| fold(&program.function(*func).name));
    let own = own.filter(|name| declared.get(name).is_some_and(|count| *count <= MAX_DECLARATIONS));
    let creators = functions.iter().filter(|f| program.function(**f).kind == FunctionKind::Constructor);
    let classes = creators.filter_map(|func| program.owner(*func));
    own.chain(classes.map(|class| fold(&program.class(class).name))).filter(|name| !name.is_empty()).collect()
}
