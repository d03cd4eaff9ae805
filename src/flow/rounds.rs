//! Entries and rounds: evaluates all functions that nobody calls, until what they leave behind is stable.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{ExprKind, FunctionKind, Sym};
use crate::models::{Args, Rules};
use crate::report::{Notice, NoticeKind};

use super::events::Found;
use super::machine::{Machine, any_instance};
use super::program::{ClassId, Program};
use super::request::Hosts;
use super::store::Summary;
use super::value::{FuncRef, Site, UnitId, Value};

/// How many rounds at most. Each carries what was stored one step further; real programs need two or three.
const MAX_ROUNDS: usize = 5;

/// What the whole program does.
#[derive(Debug, Default)]
pub struct Analysis {
    pub(crate) found: Found,
    /// The last round still changed something.
    pub(crate) unstable: bool,
    /// How many rounds there were.
    pub(crate) rounds: usize,
}

impl Analysis {
    /// Where a limit cut the analysis short.
    pub(crate) fn notices(&self, program: &Program) -> Vec<Notice> {
        let mut notices: Vec<Notice> = self
            .found
            .exhausted
            .iter()
            .map(|func| {
                let name = &program.function(*func).name;
                let what =
                    if name.is_empty() { "the top-level code".to_owned() } else { format!("`{name}`") };
                Notice {
                    path: program.path(func.unit).clone(),
                    line: None,
                    kind: NoticeKind::Limit,
                    message: format!(
                        "{what} was analysed only in part: it and what it calls take too many steps"
                    ),
                }
            })
            .collect();
        if self.unstable {
            notices.push(Notice {
                path: "".into(),
                line: None,
                kind: NoticeKind::Limit,
                message: format!(
                    "values still moved between files when the analysis stopped, after {} rounds; links may be missing", self.rounds
                ),
            });
        }
        notices
    }
}

/// How many expressions all rounds together may evaluate before the next one is left out.
const FUEL_OF_SCAN: u64 = 16_000_000;

/// Between how many pools of steps the entries are shared out. Fixed, not one per core: how many steps an entry
/// may take must not depend on the machine that the scan runs on.
const POOLS: usize = 16;

/// How many neighbouring entries go to the same pool.
const NEIGHBOURS: usize = 4;

/// How many steps the entries of one round may take together: those in files that name Partner Center, and all
/// others.
const STEPS_OF_ROUND: [u64; 2] = [12_000_000, 5_000_000];

/// How many steps an entry may take, at most; and at least, when the others of its pool have used up theirs.
const STEPS_OF_ENTRY: u64 = 100_000;
const STEPS_AT_LEAST: [u64; 2] = [8_000, 3_000];

/// What one entry leaves behind.
#[derive(Debug)]
struct Outcome {
    /// How many expressions it evaluated.
    spent: u64,
    found: Found,
    called: FxHashSet<FuncRef>,
    state: FxHashMap<u64, BTreeMap<Sym, Value>>,
    instances: FxHashMap<u64, ClassId>,
    /// The parts of the summary that it looked at.
    consulted: FxHashSet<u64>,
}

/// Analyses a program.
pub(crate) fn analyse(program: &Program, rules: &Rules) -> Analysis {
    let hosts = Hosts::new(rules.endpoints());
    let mut summary = Summary::default();
    let mut analysis = Analysis::default();
    let mut entries = initial_entries(program);
    let mut outcomes: BTreeMap<FuncRef, Outcome> = BTreeMap::new();
    let mut uncalled: Vec<FuncRef> = Vec::new();
    let mut spent = 0;
    for round in 0..MAX_ROUNDS {
        // What saw nothing that changed since would do the same again.
        let todo: Vec<FuncRef> = entries.iter().copied().filter(|e| !outcomes.contains_key(e)).collect();
        run(program, rules, &hosts, &summary, &todo, &mut outcomes);
        if round == 0 {
            uncalled.extend(run_uncalled(program, rules, &hosts, &summary, &mut outcomes));
            entries.extend(uncalled.iter().copied());
        }
        let mut next = summary.clone();
        for entry in &entries {
            if let Some(outcome) = outcomes.get(entry) {
                merge_state(program, &mut next, &outcome.state, &outcome.instances);
            }
        }
        let changed: FxHashSet<u64> = next
            .iter()
            .filter(|(owner, fields)| summary.get(*owner) != Some(*fields))
            .map(|(owner, _)| *owner)
            .collect();
        summary = next;
        analysis.unstable = !changed.is_empty();
        analysis.rounds = round + 1;
        spent += entries.iter().filter_map(|e| outcomes.get(e)).map(|o| o.spent).sum::<u64>();
        if changed.is_empty() || round + 1 == MAX_ROUNDS || spent > FUEL_OF_SCAN {
            break;
        }
        outcomes.retain(|_, outcome| outcome.consulted.is_disjoint(&changed));
        if outcomes.len() == entries.len() {
            analysis.unstable = false;
            break;
        }
    }
    let outside = run_offered(program, rules, &hosts, &summary, &entries);
    let called: FxHashSet<FuncRef> = outside.values().flat_map(|o| o.called.iter().copied()).collect();
    for entry in &entries {
        if let Some(outcome) = outcomes.remove(entry) {
            // What a caller from outside gives it is more than nothing.
            if !(uncalled.contains(entry) && called.contains(entry)) {
                analysis.found.merge(outcome.found);
            }
        }
    }
    for outcome in outside.into_values() {
        analysis.found.merge_unseen(outcome.found);
    }
    analysis.found.settle_supposed();
    analysis.found.drop_strays(&hosts);
    static_checks(program, rules, &mut analysis.found);
    analysis
}

fn run(
    program: &Program,
    rules: &Rules,
    hosts: &Hosts,
    summary: &Summary,
    todo: &[FuncRef],
    outcomes: &mut BTreeMap<FuncRef, Outcome>,
) {
    let done: Vec<(FuncRef, Outcome)> = (0..POOLS)
        .into_par_iter()
        .flat_map_iter(|index| {
            let mut pools = STEPS_OF_ROUND.map(|steps| steps / POOLS as u64);
            let mine = todo.chunks(NEIGHBOURS).skip(index).step_by(POOLS).flatten();
            mine.map(|entry| {
                let pool = usize::from(!program.names_partner_center(entry.unit));
                let steps = pools[pool].clamp(STEPS_AT_LEAST[pool], STEPS_OF_ENTRY);
                let outcome = evaluate(program, rules, hosts, summary, *entry, steps);
                pools[pool] = pools[pool].saturating_sub(outcome.spent);
                (*entry, outcome)
            })
            .collect::<Vec<_>>()
        })
        .collect();
    outcomes.extend(done);
}

/// Functions that only functions call which nobody evaluates are entries too.
fn run_uncalled(
    program: &Program,
    rules: &Rules,
    hosts: &Hosts,
    summary: &Summary,
    outcomes: &mut BTreeMap<FuncRef, Outcome>,
) -> Vec<FuncRef> {
    let mut later = Vec::new();
    let mut called: FxHashSet<FuncRef> = outcomes.values().flat_map(|o| o.called.iter().copied()).collect();
    loop {
        let mut todo: Vec<FuncRef> = program
            .all_functions()
            .filter(|f| !called.contains(f) && program.function(*f).kind != FunctionKind::Lambda)
            .collect();
        if todo.is_empty() {
            return later;
        }
        // A part at a time: the first may call the others.
        todo.truncate(32.max(todo.len() / 4));
        run(program, rules, hosts, summary, &todo, outcomes);
        for entry in &todo {
            called.insert(*entry);
            if let Some(outcome) = outcomes.get(entry) {
                called.extend(outcome.called.iter().copied());
            }
        }
        later.extend(todo);
    }
}

/// What the functions of modules do for callers outside of the program, which may pass what no caller here does.
/// The last word of the analysis: what they would leave behind in the program's state is not looked at.
fn run_offered(
    program: &Program,
    rules: &Rules,
    hosts: &Hosts,
    summary: &Summary,
    entries: &[FuncRef],
) -> BTreeMap<FuncRef, Outcome> {
    let known: FxHashSet<FuncRef> = entries.iter().copied().collect();
    let todo: Vec<FuncRef> = program.offered().filter(|f| !known.contains(f)).collect();
    let mut outcomes = BTreeMap::new();
    run(program, rules, hosts, summary, &todo, &mut outcomes);
    outcomes
}

/// Functions that nothing in the program seems to call, by name; top-level code first.
fn initial_entries(program: &Program) -> Vec<FuncRef> {
    let mut used: FxHashSet<String> = FxHashSet::default();
    for unit in &program.units {
        for expr in &unit.unit.exprs {
            match &expr.kind {
                ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => {
                    used.insert(name.to_ascii_lowercase());
                }
                ExprKind::New { ty: Some(ty), .. } => {
                    used.insert(ty.short().to_ascii_lowercase());
                }
                _ => {}
            }
        }
    }
    let mut entries: Vec<FuncRef> = program
        .all_functions()
        .filter(|f| {
            let function = program.function(*f);
            match function.kind {
                FunctionKind::Lambda => false,
                FunctionKind::TopLevel | FunctionKind::StaticConstructor => true,
                _ => !used.contains(&function.name.to_ascii_lowercase()),
            }
        })
        .collect();
    entries.sort_by_key(|f| (program.function(*f).kind != FunctionKind::TopLevel, *f));
    entries
}

fn evaluate(
    program: &Program,
    rules: &Rules,
    hosts: &Hosts,
    summary: &Summary,
    entry: FuncRef,
    steps: u64,
) -> Outcome {
    let mut machine = Machine::new(program, rules, hosts, summary, steps);
    let fuel = machine.fuel;
    machine.run_entry(entry);
    // Functions that were handed to someone who is not here may be called at any time.
    let mut at = 0;
    while at < machine.closures.len() && at < 64 {
        let closure = machine.closures[at].clone();
        at += 1;
        if !machine.called.contains(&closure.func) {
            let span = program.function(closure.func).span;
            machine.in_unit(entry, |m| m.call_closure(&closure, Args::default(), span));
        }
    }
    if machine.fuel == 0 {
        machine.found.exhausted.insert(entry);
    }
    machine.called.insert(entry);
    Outcome {
        spent: fuel - machine.fuel,
        consulted: machine.consulted.take(),
        found: machine.found,
        called: machine.called,
        state: machine.store.into_map(),
        instances: machine.instances,
    }
}

/// Joins what an entry wrote into the summary: of each place, and of any instance of each class.
fn merge_state(
    program: &Program,
    summary: &mut Summary,
    state: &FxHashMap<u64, BTreeMap<Sym, Value>>,
    instances: &FxHashMap<u64, ClassId>,
) {
    let mut state: Vec<(u64, &BTreeMap<Sym, Value>)> = state.iter().map(|(o, f)| (*o, f)).collect();
    state.sort_unstable_by_key(|(owner, _)| *owner);
    for (owner, fields) in state {
        let mut owners = vec![owner];
        if let Some(class) = instances.get(&owner) {
            owners.extend(program.ancestry(*class).into_iter().map(any_instance).filter(|o| *o != owner));
        }
        for owner in owners {
            let known = summary.entry(owner).or_default();
            for (name, value) in fields {
                match known.get_mut(name) {
                    Some(old) => *old = old.join(value),
                    None => {
                        known.insert(name.clone(), value.clone());
                    }
                }
            }
        }
    }
}

/// Checks that are visible without flow: literals and members that only code that looks for MFA names.
fn static_checks(program: &Program, rules: &Rules, found: &mut Found) {
    for (id, unit) in program.units.iter().enumerate() {
        for expr in &unit.unit.exprs {
            let what = match &expr.kind {
                ExprKind::Str(text) => rules.check_literal(text.trim()),
                ExprKind::Num(text) => rules.check_literal(text),
                ExprKind::Member { name, .. } => rules.check_member(name),
                _ => None,
            };
            if let Some(what) = what {
                found.checks.insert(Site { unit: id as UnitId, span: expr.span }, what.into());
            }
        }
    }
}

impl Machine<'_> {
    /// Runs something in the frame of a unit's top level.
    fn in_unit<T>(&mut self, entry: FuncRef, run: impl FnOnce(&mut Self) -> T) -> T {
        self.push_root(entry);
        let out = run(self);
        self.pop_root();
        out
    }
}
