//! What the scanner sees on a line.

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::{Called, Callee, FuncRef, Shown, Site, UnitId, visit_expr, visit_stmt};
use crate::ir::{Block, ExprId, ExprKind, FuncId, FunctionKind, StmtId, StmtKind, Unit};
use crate::report::Location;
use crate::verdict::in_place_of_token;

use super::{Known, LineWhy, Place, Reason, SeenCall, SeenRow};

/// How many callers of a function are named.
const MAX_CALLERS: usize = 5;

pub(super) fn look(known: &Known<'_>, place: &Place) -> LineWhy {
    let mut line = LineWhy::default();
    let units: Vec<UnitId> = (0..known.program.units.len())
        .filter(|unit| *known.program.units[*unit].path == *place.path)
        .map(|unit| unit as UnitId)
        .collect();
    for unit in units {
        gaps(known, unit, place, &mut line);
        let calls = calls(known, unit, place);
        let is_code = code(known, unit, place);
        if calls.is_empty() && !is_code {
            continue;
        }
        around(known, unit, place, &calls, &mut line);
        line.calls.extend(calls);
    }
    if line.calls.is_empty() && line.facts.is_empty() {
        let text = "no code that does anything: a comment, a declaration, or an empty line";
        line.facts.push(Reason::new(text, None));
    }
    line.facts.dedup();
    line
}

/// The line lies in a part that could not be parsed.
fn gaps(known: &Known<'_>, unit: UnitId, place: &Place, line: &mut LineWhy) {
    for gap in &known.program.unit(unit).gaps {
        let location = known.places.locate(Site { unit, span: *gap });
        if (location.line..=location.end_line).contains(&place.line) {
            let text = "it lies in a part that could not be parsed; what is intact around it was analysed";
            line.facts.push(Reason::new(text, Some(location)));
        }
    }
}

/// The calls whose name stands on the line.
fn calls(known: &Known<'_>, unit: UnitId, place: &Place) -> Vec<SeenCall> {
    let program = known.program;
    let mut found: BTreeMap<Site, SeenCall> = BTreeMap::new();
    for expr in &program.unit(unit).exprs {
        let (name, named_at) = match &expr.kind {
            ExprKind::Call { callee, .. } => {
                let callee = program.expr(unit, *callee);
                let name = match &callee.kind {
                    ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => name.to_string(),
                    _ => "a value".to_owned(),
                };
                (name, known.places.locate(Site { unit, span: callee.span }).end_line)
            }
            ExprKind::New { ty: Some(ty), .. } => {
                (format!("new {}", ty.short()), known.places.locate(Site { unit, span: expr.span }).line)
            }
            _ => continue,
        };
        if named_at != place.line {
            continue;
        }
        let site = Site { unit, span: expr.span };
        let mut call = SeenCall {
            name,
            place: known.places.locate(site),
            evaluated: known.seen.evaluated.contains(&site),
            values: Vec::new(),
            meaning: Vec::new(),
            rows: Vec::new(),
        };
        for called in known.seen.calls.get(&site).into_iter().flatten() {
            tell(known, called, &mut call);
        }
        // What a rule or the program knows needs no guess.
        let is_site = known.analysis.found.calls.contains_key(&site)
            || known.analysis.found.acquisitions.keys().any(|key| key.site == site)
            || call.rows.iter().any(|row| row.why_not.is_none())
            || call.meaning.iter().any(|reason| reason.place.is_some());
        if is_site {
            call.meaning.retain(|reason| reason.text != UNKNOWN_TO_ALL);
        }
        call.rows.sort();
        call.rows.dedup();
        call.values.sort();
        call.values.dedup();
        call.meaning.dedup();
        found.insert(site, call);
    }
    found.into_values().collect()
}

const UNKNOWN_TO_ALL: &str =
    "neither the scanned code nor a rule says what it does: what goes in is taken to come out";

/// Adds what one evaluation of a call came to.
fn tell(known: &Known<'_>, called: &Called, call: &mut SeenCall) {
    match &called.what {
        Callee::Function(func) => {
            let span = known.program.function(*func).span;
            let at = known.places.locate(Site { unit: func.unit, span });
            call.meaning.push(Reason::new(format!("calls {}", name_of(known, *func)), Some(at)));
        }
        Callee::Library { types, rows, .. } => {
            for (file, section, index, why_not) in rows {
                call.rows.push(SeenRow {
                    row: format!("{} {section}[{index}]", known.rules.path(*file)),
                    library: known.rules.file(*file).library.clone(),
                    why_not: why_not.clone(),
                });
            }
            if types.is_empty() && rows.iter().all(|row| row.3.is_some()) {
                call.meaning.push(Reason::new("the type of its receiver is not known", None));
            }
        }
        Callee::External { .. } => call.meaning.push(Reason::new(UNKNOWN_TO_ALL, None)),
    }
    if !called.receiver.is_empty() {
        call.values.push(Reason::new(format!("receiver: {}", shown(known, &called.receiver)), None));
    }
    for (index, (name, value)) in called.args.iter().enumerate() {
        let name =
            name.as_ref().map_or_else(|| format!("argument {}", index + 1), |name| format!("`{name}`"));
        call.values.push(Reason::new(format!("{name}: {}", shown(known, value)), None));
    }
}

fn shown(known: &Known<'_>, facts: &[Shown]) -> String {
    let mut words: Vec<String> = facts.iter().map(|fact| in_words(known, fact)).collect();
    // What a value is not known to be says nothing where it is known to carry a token.
    if facts.iter().any(|fact| matches!(fact, Shown::Token(_))) {
        words = facts
            .iter()
            .filter(|fact| !matches!(fact, Shown::Unknown(_)))
            .map(|fact| in_words(known, fact))
            .collect();
    }
    words.dedup();
    if words.is_empty() { "nothing that is known".to_owned() } else { words.join(", ") }
}

fn in_words(known: &Known<'_>, fact: &Shown) -> String {
    let at = |site: Site| {
        let place = known.places.locate(site);
        format!("{}:{}", place.path, place.line)
    };
    match fact {
        Shown::Token(key) => {
            let id = known.id(*key).map(|id| format!("{id}, ")).unwrap_or_default();
            format!("carries a token ({id}{} at {})", key.flow.name(), at(key.site))
        }
        Shown::Credential(key) => format!("a credential ({} at {})", key.flow.name(), at(key.site)),
        Shown::Text(text) => format!("`{text}`"),
        Shown::OtherText => "a text".to_owned(),
        Shown::Type(name) => format!("of type `{name}`"),
        Shown::Function(func) => name_of(known, *func),
        Shown::Unknown(unknown) => {
            let what = in_place_of_token(known.program, unknown);
            what.map_or_else(|| "an answer of Partner Center".to_owned(), |what| format!("not known: {what}"))
        }
    }
}

fn name_of(known: &Known<'_>, func: FuncRef) -> String {
    let function = known.program.function(func);
    match function.kind {
        FunctionKind::TopLevel => "the top level of the file".to_owned(),
        _ if function.name.is_empty() => "a function without a name".to_owned(),
        _ => format!("`{}`", function.name),
    }
}

/// Some expression has something on the line.
fn code(known: &Known<'_>, unit: UnitId, place: &Place) -> bool {
    known
        .program
        .unit(unit)
        .exprs
        .iter()
        .any(|expr| covers(&known.places.locate(Site { unit, span: expr.span }), place))
}

fn covers(location: &Location, place: &Place) -> bool {
    (location.line..=location.end_line).contains(&place.line)
}

/// What stands around the line, and whether it was evaluated.
fn around(known: &Known<'_>, unit: UnitId, place: &Place, calls: &[SeenCall], line: &mut LineWhy) {
    let program = known.program;
    let code = program.unit(unit);
    let located = |span| known.places.locate(Site { unit, span });
    if calls.is_empty() {
        let texts = code.exprs.iter().filter(|expr| matches!(expr.kind, ExprKind::Str(_)));
        let inside =
            texts.map(|expr| located(expr.span)).find(|at| at.line < place.line && place.line <= at.end_line);
        if let Some(at) = inside {
            line.facts.push(Reason::new("it is part of a text: what stands in it is not code", Some(at)));
            return;
        }
        line.facts.push(Reason::new("nothing is called here", None));
    }
    let Some(holder) = holder(known, unit, place) else { return };
    let func = FuncRef { unit, func: holder.func };
    let name = name_of(known, func);
    let entered = known.seen.entered.get(&func);
    let ran =
        known.seen.evaluated.iter().any(|site| site.unit == unit) || calls.iter().any(|call| call.evaluated);
    let exhausted = known.analysis.found.exhausted.contains(&func);
    let at = Some(located(program.function(func).span));
    if program.function(func).kind == FunctionKind::TopLevel || ran {
        let callers: BTreeSet<Location> =
            entered.into_iter().flatten().map(|site| known.places.locate(*site)).collect();
        for caller in callers.iter().take(MAX_CALLERS) {
            line.facts
                .push(Reason::new(format!("stands in {name}, which is called here"), Some(caller.clone())));
        }
        if callers.is_empty() && program.function(func).kind != FunctionKind::TopLevel {
            let text = format!(
                "stands in {name}, which nothing in the scanned code calls: it was evaluated for unknown arguments"
            );
            line.facts.push(Reason::new(text, at.clone()));
        }
    }
    if ran {
        return;
    }
    if exhausted {
        line.facts
            .push(Reason::new(format!("{name} was analysed only in part: it takes too many steps"), at));
        return;
    }
    if entered.is_none() && program.function(func).kind != FunctionKind::TopLevel {
        line.facts.push(Reason::new(format!("it was not reached: nothing evaluated {name}"), at));
        return;
    }
    match holder.conditions.last() {
        Some(condition) => {
            let text =
                "it was not reached: this condition, with the values that the code shows, rules it out";
            line.facts.push(Reason::new(text, Some(located(code.expr(*condition).span))));
        }
        None => {
            let text = format!("it was not reached: {name} is left before it");
            line.facts.push(Reason::new(text, at));
        }
    }
}

/// The innermost function around a line.
struct Holder {
    func: FuncId,
    /// The conditions around the line, from the outside in.
    conditions: Vec<ExprId>,
}

fn holder(known: &Known<'_>, unit: UnitId, place: &Place) -> Option<Holder> {
    let code = known.program.unit(unit);
    let located = |span| known.places.locate(Site { unit, span });
    let mut best: Option<(u32, Holder)> = None;
    for (index, function) in code.functions.iter().enumerate().filter(|(_, f)| f.has_body) {
        let spans = function.body.iter().map(|stmt| located(code.stmt(*stmt).span));
        let (mut first, mut last) = (u32::MAX, 0);
        for span in spans {
            first = first.min(span.line);
            last = last.max(span.end_line);
        }
        if first > place.line || last < place.line {
            continue;
        }
        let size = last - first;
        if best.as_ref().is_none_or(|(other, _)| size <= *other) {
            let conditions = conditions(
                code,
                &function.body,
                &|stmt| covers(&located(code.stmt(stmt).span), place),
                &|expr| covers(&located(code.expr(expr).span), place),
            );
            best = Some((size, Holder { func: FuncId(index as u32), conditions }));
        }
    }
    best.map(|(_, holder)| holder)
}

/// The tests of the branches that hold the line.
fn conditions(
    code: &Unit,
    body: &Block,
    stmt_covers: &dyn Fn(StmtId) -> bool,
    expr_covers: &dyn Fn(ExprId) -> bool,
) -> Vec<ExprId> {
    let mut tests = Vec::new();
    let mut stmts: Vec<StmtId> = body.clone();
    let mut exprs: Vec<ExprId> = Vec::new();
    loop {
        if let Some(stmt) = stmts.pop() {
            if !stmt_covers(stmt) {
                continue;
            }
            let holds = |block: &Block| block.iter().any(|stmt| stmt_covers(*stmt));
            match &code.stmt(stmt).kind {
                StmtKind::If { test, then, otherwise } if holds(then) || holds(otherwise) => {
                    tests.push(*test);
                }
                StmtKind::Switch { subject, cases } if cases.iter().any(|case| holds(&case.body)) => {
                    tests.push(*subject);
                }
                StmtKind::Loop { test: Some(test), body, .. } if holds(body) => tests.push(*test),
                _ => {}
            }
            visit_stmt(code, stmt, &mut stmts, &mut exprs);
        } else if let Some(expr) = exprs.pop() {
            if !expr_covers(expr) {
                continue;
            }
            if let ExprKind::Cond { test, then, otherwise } = &code.expr(expr).kind
                && (expr_covers(*then) || expr_covers(*otherwise))
                && !expr_covers(*test)
            {
                tests.push(*test);
            }
            visit_expr(code, &code.expr(expr).kind, &mut exprs, &mut stmts);
        } else {
            return tests;
        }
    }
}
