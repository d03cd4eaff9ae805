//! Which functions can matter to a Partner Center call, as far as names tell.
//!
//! In a large code base a few files have to do with Partner Center. What they do, and what leads to them, gets
//! the steps of the analysis; of everything else only as much is evaluated as values need that come from there.
//! Names decide, not resolved calls: this is known before anything is evaluated. A name that many functions
//! bear (`Get`, `close`) says nothing and is not followed; a function that only such names lead to is an entry
//! of its own, so nothing is lost but the arguments of these callers.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{ExprKind, FuncId, FunctionKind, Span, Sym};
use crate::models::Rules;

use super::hosts::Hosts;
use super::program::{Program, fold};
use super::value::{FuncRef, UnitId};

/// Of how many declarations a name may be and still say which function is meant.
const MAX_DECLARATIONS: usize = 6;

/// The functions that contain, or by name lead to, code of files that name Partner Center.
#[derive(Debug, Default)]
pub(crate) struct Relevance {
    functions: FxHashSet<FuncRef>,
    /// Those that name what obtains a token, a library's function or a token endpoint.
    acquiring: FxHashSet<FuncRef>,
    /// Those, and who calls one of them.
    near: FxHashSet<FuncRef>,
}

impl Relevance {
    /// Looks at all names in all functions.
    pub(crate) fn of(program: &Program, rules: &Rules, hosts: &Hosts) -> Self {
        let mentions = Mentions::of(program);
        let mut relevance = Self { acquiring: acquiring(program, rules, hosts), ..Self::default() };
        let callers = |func: &FuncRef| {
            let names = mentions.names_of(program, *func);
            names.flat_map(|name| mentions.callers(&name)).collect::<Vec<_>>()
        };
        // A set again: the order tells nothing.
        relevance.near = relevance.acquiring.iter().flat_map(callers).collect();
        relevance.near.extend(&relevance.acquiring);
        let mut todo: Vec<FuncRef> =
            program.all_functions().filter(|f| program.names_partner_center(f.unit)).collect();
        relevance.functions.extend(todo.iter().copied());
        while let Some(func) = todo.pop() {
            let callers = mentions.names_of(program, func).flat_map(|name| mentions.callers(&name));
            for caller in callers.collect::<Vec<_>>() {
                if relevance.functions.insert(caller) {
                    todo.push(caller);
                }
            }
        }
        relevance
    }

    /// The function can matter by itself; others matter only through the values that they give.
    pub(crate) fn holds(&self, program: &Program, func: FuncRef) -> bool {
        self.functions.contains(&program.home(func))
    }

    /// The function names what obtains a token.
    pub(crate) fn acquires(&self, program: &Program, func: FuncRef) -> bool {
        self.acquiring.contains(&program.home(func))
    }

    /// How much an entry can matter: it leads to Partner Center, it obtains a token or calls what does, or neither.
    pub(crate) fn rank(&self, program: &Program, func: FuncRef) -> usize {
        let home = program.home(func);
        match (self.functions.contains(&home), self.near.contains(&home)) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }
}

/// The functions that name what obtains a token.
fn acquiring(program: &Program, rules: &Rules, hosts: &Hosts) -> FxHashSet<FuncRef> {
    let mut found = FxHashSet::default();
    for (id, unit) in program.units.iter().enumerate() {
        let mut spans = None;
        for expr in &unit.unit.exprs {
            let obtains = match &expr.kind {
                ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => {
                    rules.names_acquisition(name.rsplit(['\\', '/']).next().unwrap_or(name), unit.language)
                }
                ExprKind::Str(text) => hosts.is_token_endpoint(text),
                _ => false,
            };
            if obtains {
                let spans = spans.get_or_insert_with(|| Spans::of(program, id as UnitId));
                found.insert(spans.around(expr.span));
            }
        }
    }
    found
}

/// Which functions mention which names.
struct Mentions {
    /// How many functions bear a name.
    declared: FxHashMap<String, usize>,
    by_name: FxHashMap<String, Vec<FuncRef>>,
}

impl Mentions {
    fn of(program: &Program) -> Self {
        let mut declared: FxHashMap<String, usize> = FxHashMap::default();
        for func in program.all_functions() {
            let function = program.function(func);
            if function.kind != FunctionKind::Lambda && function.has_body {
                *declared.entry(fold(&function.name)).or_default() += 1;
            }
        }
        let mut by_name: FxHashMap<String, Vec<FuncRef>> = FxHashMap::default();
        for (id, unit) in program.units.iter().enumerate() {
            let spans = Spans::of(program, id as UnitId);
            for expr in &unit.unit.exprs {
                let name: Sym = match &expr.kind {
                    ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => name.clone(),
                    ExprKind::New { ty: Some(ty), .. } => ty.short().into(),
                    _ => continue,
                };
                let func = spans.around(expr.span);
                let callers = by_name.entry(fold(&name)).or_default();
                if callers.last() != Some(&func) {
                    callers.push(func);
                }
            }
        }
        Self { declared, by_name }
    }

    /// The names under which others may mean a function: its own, or its class's when that creates it.
    fn names_of<'a>(&'a self, program: &'a Program, func: FuncRef) -> impl Iterator<Item = String> + 'a {
        let function = program.function(func);
        let class = program.owner(func).map(|c| fold(&program.class(c).name));
        let own = Some(fold(&function.name))
            .filter(|n| self.declared.get(n).is_some_and(|count| *count <= MAX_DECLARATIONS));
        let creator = class.filter(|_| function.kind == FunctionKind::Constructor);
        own.into_iter().chain(creator)
    }

    fn callers(&self, name: &str) -> Vec<FuncRef> {
        self.by_name.get(name).cloned().unwrap_or_default()
    }
}

/// The named functions of a unit by where they stand.
struct Spans {
    /// The code outside of all of them.
    top: FuncRef,
    /// Sorted by start; functions inside others come later.
    functions: Vec<(Span, FuncRef)>,
}

impl Spans {
    fn of(program: &Program, unit: UnitId) -> Self {
        let all = &program.unit(unit).functions;
        let named = all
            .iter()
            .enumerate()
            .filter(|(_, f)| f.has_body && !matches!(f.kind, FunctionKind::Lambda | FunctionKind::TopLevel));
        let mut functions: Vec<(Span, FuncRef)> =
            named.map(|(i, f)| (f.span, FuncRef { unit, func: FuncId(i as u32) })).collect();
        functions.sort_by_key(|(span, func)| (span.start, std::cmp::Reverse(span.end), *func));
        Self { top: FuncRef { unit, func: FuncId(0) }, functions }
    }

    /// The innermost function around a place.
    fn around(&self, span: Span) -> FuncRef {
        let after = self.functions.partition_point(|(s, _)| s.start <= span.start);
        let around = self.functions[..after].iter().rev().find(|(s, _)| s.end >= span.end);
        around.map_or(self.top, |(_, f)| *f)
    }
}
