//! The weakest evidence: calls of helpers that nobody calls, beside calls that all carry the same tokens.

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::{AcqKey, CallRecord, Found, FuncRef, Program, Site, Unknown};
use crate::ir::TypeId;
use crate::models::Rules;

/// The tokens of call sites whose client is a parameter that nothing in the program passes: those of the other call
/// sites in the same type, when all of these carry the same. A function that calls with a client of its own besides
/// is given another one.
pub(super) fn tokens(program: &Program, rules: &Rules, found: &Found) -> BTreeMap<Site, BTreeSet<AcqKey>> {
    let mut known: BTreeMap<(u32, TypeId), BTreeSet<BTreeSet<AcqKey>>> = BTreeMap::new();
    let mut supplied: BTreeSet<FuncRef> = BTreeSet::new();
    let mut open: Vec<(Site, FuncRef, (u32, TypeId))> = Vec::new();
    for (site, record) in &found.calls {
        let Some(home) = record.home else { continue };
        let Some(place) = place(program, home) else { continue };
        if !record.tokens.is_empty() {
            known.entry(place).or_default().insert(record.tokens.keys().copied().collect());
            supplied.insert(home);
        } else if comes_as_client(program, rules, record) {
            open.push((*site, home, place));
        }
    }
    let only = |(site, home, place): (Site, FuncRef, (u32, TypeId))| {
        let sets = known.get(&place).filter(|_| !supplied.contains(&home))?;
        let [tokens] = sets.iter().collect::<Vec<_>>()[..] else { return None };
        Some((site, tokens.clone()))
    };
    open.into_iter().filter_map(only).collect()
}

/// The type, in its file, that a function belongs to.
fn place(program: &Program, func: FuncRef) -> Option<(u32, TypeId)> {
    Some((func.unit, program.function(func).owner?))
}

/// What arrives in place of a token is the client itself, as a parameter.
fn comes_as_client(program: &Program, rules: &Rules, record: &CallRecord) -> bool {
    let is_client = |unknown: &Unknown| {
        let Unknown::Parameter(name, func) = unknown else { return false };
        let params = &program.function(*func).params;
        let ty = params.iter().find(|p| p.name == *name).and_then(|p| p.ty.as_ref());
        ty.is_some_and(|ty| rules.sdk_type(ty.short(), program.language(func.unit)).is_some())
    };
    !record.missing.is_empty() && record.missing.iter().all(is_client)
}
