//! Which rows a call matches.

use crate::flow::{Fact, Text, Value};
use crate::ir::Sym;

use super::load::Rules;
use super::schema::{Selector, When};

/// What a row is, with its index in its section of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    Acquire(usize),
    Credential(usize),
    Request(usize),
    Type(usize),
    Carry(usize),
    Config(usize),
    Operation(usize),
    Check(usize),
    SdkRoot,
    SdkSignIn,
}

/// A row as it is matched.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) file: usize,
    pub(crate) kind: RowKind,
    pub(super) on: Vec<String>,
    pub(super) on_unknown: bool,
    pub(super) imported: bool,
    pub(super) when: When,
}

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Args {
    pub(crate) positional: Vec<Value>,
    pub(crate) named: Vec<(Sym, Value)>,
    /// What comes in through the pipeline.
    pub(crate) pipeline: Option<Value>,
    /// There may be more than is known (an unknown splat).
    pub(crate) open: bool,
}

impl Args {
    pub(crate) fn count(&self) -> usize {
        self.positional.len() + self.named.len()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.positional.iter().chain(self.named.iter().map(|(_, v)| v)).chain(&self.pipeline)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v)
    }

    /// The argument is given and not switched off.
    fn has(&self, name: &str) -> bool {
        self.get(name).is_some_and(|v| v.facts() != [Fact::Bool(false)] && v.facts() != [Fact::Null])
    }

    /// The value that a selector names, without its member path.
    pub(crate) fn select(&self, selector: &Selector, receiver: Option<&Value>) -> Option<Value> {
        if let Some(value) = selector.name.iter().find_map(|n| self.get(n)) {
            return Some(value.clone());
        }
        if let Some(value) = selector.arg.and_then(|i| self.positional.get(i)) {
            return Some(value.clone());
        }
        if let Some(from) = selector.rest.filter(|from| self.positional.len() > *from) {
            return Some(self.positional[from..].iter().fold(Value::default(), |all, v| all.join(v)));
        }
        if selector.receiver {
            return receiver.cloned();
        }
        selector.text.as_ref().map(|text| Value::one(Fact::Text(Text::literal(text.as_str().into(), None))))
    }
}

/// What is called, as far as rows look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CalleeName<'a> {
    pub(crate) name: &'a str,
    /// Short names of the types that the receiver has or derives from.
    pub(crate) receiver: &'a [Sym],
    pub(crate) language: &'static str,
    pub(crate) imports: &'a [crate::ir::Import],
}

/// How the call is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Call,
    Command,
    New,
}

impl Rules {
    /// All rows that match a call, in order. `arg_types` gives the short names of the types of an argument.
    pub(crate) fn matches<'r>(
        &'r self,
        form: Form,
        callee: CalleeName<'_>,
        args: &Args,
        arg_types: &dyn Fn(&Value) -> Vec<Sym>,
        texts: &dyn Fn(&Selector) -> Vec<String>,
    ) -> Vec<&'r Row> {
        let table = match form {
            Form::Call => &self.calls,
            Form::Command => &self.commands,
            Form::New => &self.news,
        };
        let Some(candidates) = table.get(&callee.name.to_ascii_lowercase()) else { return Vec::new() };
        candidates
            .iter()
            .map(|i| &self.rows[*i])
            .filter(|row| self.fits(row, callee) && holds(&row.when, callee, args, arg_types, texts))
            .collect()
    }

    /// All rows of this name, whatever their conditions on arguments.
    pub(crate) fn named<'r>(&'r self, form: Form, callee: CalleeName<'_>) -> Vec<&'r Row> {
        let table = match form {
            Form::Call => &self.calls,
            Form::Command => &self.commands,
            Form::New => &self.news,
        };
        let rows = table.get(&callee.name.to_ascii_lowercase()).into_iter().flatten();
        rows.map(|i| &self.rows[*i]).filter(|row| self.fits(row, callee)).collect()
    }

    /// The values inside arguments that the conditions of rows of this name look at.
    pub(crate) fn tested(&self, form: Form, name: &str) -> Vec<Selector> {
        let table = match form {
            Form::Call => &self.calls,
            Form::Command => &self.commands,
            Form::New => &self.news,
        };
        let rows = table.get(&name.to_ascii_lowercase()).into_iter().flatten().map(|i| &self.rows[*i]);
        let mut all: Vec<Selector> = Vec::new();
        for when in rows.map(|row| &row.when) {
            for selector in when.value.iter().map(|test| &test.of).chain(&when.given) {
                if !selector.member.is_empty() && !all.contains(selector) {
                    all.push(selector.clone());
                }
            }
        }
        all
    }

    /// Some row of this name obtains a token.
    pub(crate) fn names_acquisition(&self, name: &str, language: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let tables = [&self.calls, &self.commands, &self.news].into_iter();
        let mut rows = tables.filter_map(|table| table.get(&name)).flatten().map(|i| &self.rows[*i]);
        rows.any(|row| {
            matches!(row.kind, RowKind::Acquire(_) | RowKind::SdkSignIn)
                && self.file(row.file).serves(language)
        })
    }

    /// Some row of this form has this name.
    pub(crate) fn knows(&self, form: Form, name: &str, language: &str) -> bool {
        let table = match form {
            Form::Call => &self.calls,
            Form::Command => &self.commands,
            Form::New => &self.news,
        };
        let rows = table.get(&name.to_ascii_lowercase());
        rows.into_iter().flatten().any(|row| self.file(self.rows[*row].file).serves(language))
    }

    fn fits(&self, row: &Row, callee: CalleeName<'_>) -> bool {
        let file = self.file(row.file);
        if !file.serves(callee.language) {
            return false;
        }
        if !row.on.is_empty() {
            let known = callee.receiver.iter().any(|t| row.on.iter().any(|o| t.eq_ignore_ascii_case(o)));
            if !(known || row.on_unknown && callee.receiver.is_empty()) {
                return false;
            }
        }
        if row.imported {
            let starts = |path: &str, import: &str| {
                path.get(..import.len()).is_some_and(|p| p.eq_ignore_ascii_case(import))
            };
            return callee.imports.iter().any(|i| file.imports.iter().any(|n| starts(&i.path, n)));
        }
        true
    }
}

fn holds(
    when: &When,
    callee: CalleeName<'_>,
    args: &Args,
    arg_types: &dyn Fn(&Value) -> Vec<Sym>,
    texts: &dyn Fn(&Selector) -> Vec<String>,
) -> bool {
    let count = args.count();
    when.has.iter().all(|n| args.has(n))
        && (when.any.is_empty() || when.any.iter().any(|n| args.has(n)))
        && !when.lacks.iter().any(|n| args.has(n))
        && when.min_args.is_none_or(|n| count >= n || args.open)
        && when.max_args.is_none_or(|n| count <= n)
        && when.serves(callee.language)
        && (when.arg_type.is_empty()
            || args.values().any(|v| {
                arg_types(v).iter().any(|t| when.arg_type.iter().any(|w| t.eq_ignore_ascii_case(w)))
            }))
        && when.given.iter().all(|s| texts(s).iter().any(|t| !t.is_empty()))
        && when.value.as_ref().is_none_or(|test| {
            texts(&test.of).iter().any(|t| test.is.iter().any(|i| t.eq_ignore_ascii_case(i)))
        })
}

impl Row {
    /// The row is narrowed to receivers of certain types.
    pub(crate) fn narrowed(&self) -> bool {
        !self.on.is_empty()
    }
}
