//! Entries and rounds: evaluates all functions that nobody calls, until what they leave behind is stable.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{ExprKind, FunctionKind, Sym};
use crate::models::{Args, Rules};
use crate::report::{Notice, NoticeKind};

use super::events::Found;
use super::hosts::Hosts;
use super::machine::{Machine, any_instance};
use super::program::{ClassId, Program};
use super::relevance::{Relevance, holds};
use super::store::Summary;
use super::value::{FuncRef, Value};

/// How many rounds at most. Each carries what was stored one step further; real programs need two or three.
const MAX_ROUNDS: usize = 5;

/// How many rounds for test code, at most: what tests leave behind, few others read.
const MAX_ROUNDS_OF_TESTS: usize = 3;

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
            .take(MAX_NOTICES)
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
        if self.found.exhausted.len() > MAX_NOTICES {
            notices.push(Notice {
                path: "".into(),
                line: None,
                kind: NoticeKind::Limit,
                message: format!(
                    "{} more functions were analysed only in part; scan a part of the tree to see more of it",
                    self.found.exhausted.len() - MAX_NOTICES
                ),
            });
        }
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

/// How many functions that were analysed only in part are named.
const MAX_NOTICES: usize = 20;

/// How many expressions all rounds together may evaluate before the next one is left out.
const FUEL_OF_SCAN: u64 = 16_000_000;

/// Between how many pools of steps the entries are shared out. Fixed, not one per core: how many steps an entry
/// may take must not depend on the machine that the scan runs on.
const POOLS: usize = 16;

/// How many neighbouring entries go to the same pool.
const NEIGHBOURS: usize = 4;

/// How many steps the entries of one round may take together, by [rank](Relevance::rank): those in files that name
/// Partner Center, those that obtain a token or call what does, and all others.
const STEPS_OF_ROUND: [u64; 3] = [12_000_000, 4_000_000, 2_000_000];

/// The same for the entries of test code.
const STEPS_OF_TESTS: [u64; 3] = [6_000_000, 2_000_000, 1_000_000];

/// How many steps an entry may take, at most; and at least, when the others of its pool have used up theirs.
const STEPS_OF_ENTRY: [u64; 3] = [200_000, 20_000, 20_000];
const STEPS_AT_LEAST: [u64; 3] = [8_000, 2_000, 500];

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

/// Analyses a program: what it does by itself, then what its tests do with it.
pub(crate) fn analyse(program: &Program, rules: &Rules) -> Analysis {
    let hosts = Hosts::new(rules.endpoints());
    let mut analysis = Analysis::default();
    let (tests, entries): (Vec<FuncRef>, Vec<FuncRef>) =
        initial_entries(program).into_iter().partition(|entry| program.is_test(entry.unit));
    let relevance = Relevance::of(program, rules, &hosts);
    let mut stage = Stage {
        program,
        rules,
        hosts: &hosts,
        relevance: &relevance,
        testing: false,
        summary: Summary::default(),
    };
    settle(&mut stage, entries, MAX_ROUNDS, &mut analysis);
    if program.has_tests() {
        stage.testing = true;
        let mut tested = Analysis::default();
        settle(&mut stage, tests, MAX_ROUNDS_OF_TESTS, &mut tested);
        analysis.found.merge_tests(tested.found, &|unit| program.is_test(unit));
    }
    analysis.found.complete_exchanges(program, &hosts);
    analysis.found.drop_strays(&hosts);
    super::checks::find(program, rules, &mut analysis.found);
    analysis
}

/// The program itself, or its tests on top of what is known of it.
struct Stage<'a> {
    program: &'a Program,
    rules: &'a Rules,
    hosts: &'a Hosts,
    relevance: &'a Relevance,
    testing: bool,
    summary: Summary,
}

/// Evaluates entries until what they leave behind is stable.
fn settle(stage: &mut Stage<'_>, mut entries: Vec<FuncRef>, rounds: usize, analysis: &mut Analysis) {
    let program = stage.program;
    let mut outcomes: BTreeMap<FuncRef, Outcome> = BTreeMap::new();
    let mut left_over: Vec<FuncRef> = Vec::new();
    let mut spent = 0;
    for round in 0..rounds {
        // What saw nothing that changed since would do the same again.
        let mut todo: Vec<FuncRef> = entries.iter().copied().filter(|e| !outcomes.contains_key(e)).collect();
        let mut left = pools(stage);
        spent += run(stage, &mut left, &todo, &mut outcomes);
        if round == 0 {
            spent += run_uncalled(stage, &mut left, &mut outcomes, &mut left_over);
            entries.extend(left_over.iter().copied());
            todo.extend(left_over.iter().copied());
        }
        let mut changed: FxHashSet<u64> = FxHashSet::default();
        for entry in &todo {
            // What it left behind is needed only once.
            if let Some(outcome) = outcomes.get_mut(entry) {
                let left_behind = std::mem::take(&mut outcome.state);
                let instances = std::mem::take(&mut outcome.instances);
                merge_state(program, &mut stage.summary, &left_behind, &instances, &mut changed);
            }
        }
        analysis.unstable = !changed.is_empty();
        analysis.rounds = round + 1;
        if changed.is_empty() || round + 1 == rounds || spent > FUEL_OF_SCAN {
            break;
        }
        // What leads nowhere has given the values that it gives after the second time.
        let settled = |entry: &FuncRef| round > 0 && !holds(program, *entry);
        outcomes.retain(|entry, outcome| settled(entry) || outcome.consulted.is_disjoint(&changed));
        if outcomes.len() == entries.len() {
            analysis.unstable = false;
            break;
        }
    }
    analysis.found.uncalled = uncalled(program, &outcomes);
    let outside = run_offered(stage, &entries);
    let mut called: FxHashSet<FuncRef> = outside.values().flat_map(|o| o.called.iter().copied()).collect();
    called.extend(called_by_others(&left_over, &outcomes));
    for entry in &entries {
        if let Some(outcome) = outcomes.remove(entry) {
            // What a caller gives it is more than nothing.
            if !(left_over.contains(entry) && called.contains(entry)) {
                analysis.found.merge(outcome.found);
            }
        }
    }
    for outcome in outside.into_values() {
        analysis.found.merge_unseen(outcome.found);
    }
    analysis.found.settle_supposed();
}

/// Evaluates entries; says how many steps that took.
fn run(
    stage: &Stage<'_>,
    left: &mut Pools,
    todo: &[FuncRef],
    outcomes: &mut BTreeMap<FuncRef, Outcome>,
) -> u64 {
    stage.program.observer.begin(todo.len());
    let done: Vec<(FuncRef, Outcome)> = left
        .par_iter_mut()
        .enumerate()
        .flat_map_iter(|(index, left)| {
            let mine = todo.chunks(NEIGHBOURS).skip(index).step_by(POOLS).flatten();
            mine.map(|entry| {
                let rank = stage.relevance.rank(stage.program, *entry);
                let steps = left[rank].clamp(STEPS_AT_LEAST[rank], STEPS_OF_ENTRY[rank]);
                let outcome = evaluate(stage, *entry, steps);
                left[rank] = left[rank].saturating_sub(outcome.spent);
                stage.program.observer.advance();
                (*entry, outcome)
            })
            .collect::<Vec<_>>()
        })
        .collect();
    let spent = done.iter().map(|(_, outcome)| outcome.spent).sum();
    outcomes.extend(done);
    spent
}

/// The steps that are left of a round, by pool and rank.
type Pools = [[u64; 3]; POOLS];

fn pools(stage: &Stage<'_>) -> Pools {
    let steps = if stage.testing { STEPS_OF_TESTS } else { STEPS_OF_ROUND };
    [steps.map(|steps| steps / POOLS as u64); POOLS]
}

/// Functions that only functions call which nobody evaluates are entries too.
fn run_uncalled(
    stage: &Stage<'_>,
    left: &mut Pools,
    outcomes: &mut BTreeMap<FuncRef, Outcome>,
    later: &mut Vec<FuncRef>,
) -> u64 {
    let program = stage.program;
    let mut spent = 0;
    let mut called: FxHashSet<FuncRef> = outcomes.values().flat_map(|o| o.called.iter().copied()).collect();
    loop {
        let mut todo: Vec<FuncRef> = program
            .all_functions()
            .filter(|f| program.is_test(f.unit) == stage.testing)
            .filter(|f| !called.contains(f) && program.function(*f).kind != FunctionKind::Lambda)
            .collect();
        if todo.is_empty() {
            return spent;
        }
        // A part at a time: the first may call the others.
        todo.truncate(32.max(todo.len() / 4));
        spent += run(stage, left, &todo, outcomes);
        for entry in &todo {
            called.insert(*entry);
            if let Some(outcome) = outcomes.get(entry) {
                called.extend(outcome.called.iter().copied());
            }
        }
        later.extend(todo);
    }
}

/// Functions that were only evaluated because nothing calls them.
fn uncalled(program: &Program, outcomes: &BTreeMap<FuncRef, Outcome>) -> std::collections::BTreeSet<FuncRef> {
    let mut called: FxHashSet<FuncRef> = FxHashSet::default();
    for (entry, outcome) in outcomes {
        called.extend(outcome.called.iter().filter(|func| *func != entry));
    }
    let kinds = [FunctionKind::Function, FunctionKind::Method, FunctionKind::StaticMethod];
    let is_uncalled =
        |func: &&FuncRef| !called.contains(*func) && kinds.contains(&program.function(**func).kind);
    outcomes.keys().filter(is_uncalled).copied().collect()
}

/// Which of the functions that were evaluated because nothing calls them some other one of them calls, which it does
/// not call itself.
fn called_by_others(left_over: &[FuncRef], outcomes: &BTreeMap<FuncRef, Outcome>) -> FxHashSet<FuncRef> {
    // What was cut short has not called all that it calls.
    let whole = |func: &FuncRef| outcomes.get(func).filter(|o| o.found.exhausted.is_empty());
    let all: FxHashSet<FuncRef> = left_over.iter().copied().collect();
    let mut called = FxHashSet::default();
    for caller in left_over {
        let Some(outcome) = whole(caller) else { continue };
        let others = outcome.called.iter().filter(|func| *func != caller && all.contains(*func));
        called.extend(others.filter(|func| !outcomes[*func].called.contains(caller)));
    }
    called
}

/// What the functions of modules do for callers outside of the program, which may pass what no caller here does.
/// The last word of the analysis: what they would leave behind in the program's state is not looked at.
fn run_offered(stage: &Stage<'_>, entries: &[FuncRef]) -> BTreeMap<FuncRef, Outcome> {
    let mut outcomes = BTreeMap::new();
    if stage.testing {
        return outcomes;
    }
    let known: FxHashSet<FuncRef> = entries.iter().copied().collect();
    let todo: Vec<FuncRef> = stage.program.offered().filter(|f| !known.contains(f)).collect();
    run(stage, &mut pools(stage), &todo, &mut outcomes);
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

fn evaluate(stage: &Stage<'_>, entry: FuncRef, steps: u64) -> Outcome {
    let program = stage.program;
    let mut machine = Machine::new(program, stage.rules, stage.hosts, stage.relevance, &stage.summary, steps);
    machine.testing = stage.testing;
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
    machine.settle_authorizations();
    if machine.fuel == 0 || machine.cut {
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

/// Joins what an entry wrote into the summary: of each place, and of any instance of each class. Notes whose part
/// of it that changes.
fn merge_state(
    program: &Program,
    summary: &mut Summary,
    state: &FxHashMap<u64, BTreeMap<Sym, Value>>,
    instances: &FxHashMap<u64, ClassId>,
    changed: &mut FxHashSet<u64>,
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
                    Some(old) => {
                        let new = old.join(value);
                        if *old != new {
                            *old = new;
                            changed.insert(owner);
                        }
                    }
                    None => {
                        known.insert(name.clone(), value.clone());
                        changed.insert(owner);
                    }
                }
            }
        }
    }
}

impl Machine<'_> {
    /// Runs something in the frame of a unit's top level.
    pub(super) fn in_unit<T>(&mut self, entry: FuncRef, run: impl FnOnce(&mut Self) -> T) -> T {
        self.push_root(entry);
        let out = run(self);
        self.pop_root();
        out
    }
}
