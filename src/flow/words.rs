//! The words of a command line: which are options, and which values belong to them.

use crate::ir::Sym;
use crate::models::{Args, CommandRow};

use super::value::{Fact, Piece, Text, Value};

fn is_switch(command: &CommandRow, name: &str) -> bool {
    command.switches.iter().any(|s| s.eq_ignore_ascii_case(name))
}

/// The full name of a parameter: its alias's, its own, or that of the only one which begins so.
fn full<'c>(command: &'c CommandRow, given: &str) -> Option<&'c str> {
    let all = || command.parameters.iter().chain(&command.switches);
    // Short options differ in case alone (`-d`, `-D`).
    let alias = command.aliases.get(given).or_else(|| {
        command.aliases.iter().find(|(a, _)| a.eq_ignore_ascii_case(given)).map(|(_, name)| name)
    });
    if let Some(name) = alias {
        return Some(name);
    }
    if let Some(name) = all().find(|p| p.eq_ignore_ascii_case(given)) {
        return Some(name);
    }
    let mut starts = all().filter(|p| p.get(..given.len()).is_some_and(|s| s.eq_ignore_ascii_case(given)));
    match (starts.next(), starts.next()) {
        (Some(name), None) => Some(name),
        _ => None,
    }
}

/// Sorts the arguments of a command into named and positional ones.
pub(super) fn options(command: &CommandRow, args: Args) -> Args {
    let set = || Value::one(Fact::Bool(true));
    let mut out = Args { pipeline: args.pipeline, open: args.open, ..Args::default() };
    let mut positional = Vec::new();
    let mut words = args.positional.into_iter();
    let mut named = args.named;
    while let Some(word) = words.next() {
        let Some(text) = lead(&word) else {
            positional.push(word);
            continue;
        };
        // `--name value`, `--name=value`, `--switch`: the way of programs that are no cmdlets.
        if let Some(long) = text.strip_prefix("--").filter(|l| !l.is_empty()) {
            let (name, value) = match long.split_once('=') {
                Some((name, _)) => (name.to_owned(), tail(&word, name.len() + 3)),
                None if is_switch(command, full(command, long).unwrap_or(long)) => (long.to_owned(), set()),
                None => (long.to_owned(), words.next().unwrap_or_else(set)),
            };
            named.push((name.as_str().into(), value));
            continue;
        }
        // `-x value`, `-xvalue`, `-abx value`.
        if text.strip_prefix('-').is_some_and(|s| s.starts_with(|c: char| c.is_ascii_alphabetic())) {
            short_options(command, &word, &text, &mut words, &mut named);
        } else {
            positional.push(word);
        }
    }
    for (name, value) in named {
        let name: Sym = full(command, &name).unwrap_or(&name).into();
        let takes_none = is_switch(command, &name);
        if takes_none && !matches!(value.facts(), [Fact::Bool(_)]) && value.texts().next().is_some() {
            positional.insert(0, value);
            out.named.push((name, set()));
        } else {
            out.named.push((name, value));
        }
    }
    let mut positions = command.positions.iter();
    for value in positional {
        let free = positions.by_ref().find(|p| !out.named.iter().any(|(n, _)| n.eq_ignore_ascii_case(p)));
        match free {
            Some(name) => out.named.push((name.as_str().into(), value)),
            None => out.positional.push(value),
        }
    }
    out
}

/// The letters behind one dash. One that the command does not know takes no value.
fn short_options(
    command: &CommandRow,
    word: &Value,
    text: &str,
    words: &mut std::vec::IntoIter<Value>,
    named: &mut Vec<(Sym, Value)>,
) {
    let whole = word.constant().is_some();
    for (at, letter) in text.char_indices().skip(1) {
        let end = at + letter.len_utf8();
        let known = command.aliases.get(letter.encode_utf8(&mut [0; 4]));
        let Some(name) = known.filter(|n| !is_switch(command, n)) else {
            if let Some(switch) = known {
                named.push((switch.as_str().into(), Value::one(Fact::Bool(true))));
            }
            continue;
        };
        let value = if whole && end == text.len() {
            words.next().unwrap_or_else(|| Value::one(Fact::Bool(true)))
        } else {
            tail(word, end)
        };
        named.push((name.as_str().into(), value));
        return;
    }
}

/// What a word begins with, as far as it is known.
fn lead(word: &Value) -> Option<String> {
    let mut texts = word.texts();
    let first = texts.next()?;
    let Piece::Lit(lead, _) = first.0.first()? else { return None };
    let same = |t: &Text| matches!(t.0.first(), Some(Piece::Lit(l, _)) if l == lead);
    (lead.starts_with('-') && texts.all(same)).then(|| lead.to_string())
}

/// A word without its first bytes, which lie in its first piece.
fn tail(word: &Value, from: usize) -> Value {
    let cut = |text: &Text| {
        let mut pieces = text.0.to_vec();
        if let Some(Piece::Lit(lead, origin)) = pieces.first() {
            let (rest, origin) = (lead.get(from..).unwrap_or_default().to_owned(), *origin);
            pieces[0] = Piece::Lit(rest.as_str().into(), origin);
            if rest.is_empty() && pieces.len() > 1 {
                pieces.remove(0);
            }
        }
        Text(pieces.into())
    };
    let facts = word.facts().iter().map(|fact| match fact {
        Fact::Text(text) => Fact::Text(cut(text)),
        other => other.clone(),
    });
    Value::from_facts(facts.collect())
}

/// `-` and `@-` as a value stand for what the command reads.
pub(super) fn standard_input(args: &mut Args) {
    let Some(input) = args.pipeline.clone() else { return };
    for (_, value) in &mut args.named {
        if matches!(value.constant().as_deref(), Some("-" | "@-")) {
            *value = input.clone();
        }
    }
}
