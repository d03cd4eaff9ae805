//! F#.
//!
//! Where a token stands on its line tells what it belongs to: a block is a column, and what begins further to
//! the right continues the line above (`layout`). `lexer`, `expr`, `primary`, `block`, `binding`, `types`, `member` and
//! `text` are the grammar. Modules are types with static members; what they declare is also known by its bare
//! name, as `open` makes it.

mod binding;
mod block;
mod expr;
mod lexer;
mod member;
mod pattern;
mod primary;
mod text;
mod types;

use std::collections::HashMap;

use super::lexis::{Lexis, TRIPLE, quote};
use super::reader::Reader;
use super::{Frontend, Limit};
use crate::ir::{Conventions, Sym, TypeId, Unit, Visibility};

/// The front end for F#.
#[derive(Debug)]
pub(super) struct FSharp;

impl Frontend for FSharp {
    fn language(&self) -> &'static str {
        "fsharp"
    }

    fn title(&self) -> &'static str {
        "F#"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["fs", "fsx", "fsi", "fsscript"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["f#", "fs", ".net (f#)"]
    }

    fn family(&self) -> &'static str {
        "dotnet"
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let mut reader = Reader::new(text, limit, lexer::tokens, false, State::default());
        let body = reader.file();
        let mut unit = reader.finish(body)?;
        unit.conventions = Conventions {
            file_scope: true,
            visibility: Visibility::Program,
            implicit_this: true,
            call_creates: true,
            ..Conventions::default()
        };
        Some(unit)
    }
}

const LEXIS: Lexis = Lexis {
    line: &["//"],
    block: &[("(*", "*)")],
    quotes: &[TRIPLE, quote("@\"", "\"", 0, true), quote("\"", "\"", b'\\', true)],
    words: false,
    dashes: false,
};

/// What is known while a file is read.
#[derive(Debug)]
struct State {
    /// What begins at this column or left of it belongs to something around.
    offside: i64,
    /// The module or type whose members are being read.
    owner: Option<TypeId>,
    /// The name of the current instance in the member being read.
    this: Option<Sym>,
    /// Records declared so far, by the name of their first field.
    records: HashMap<Sym, Sym>,
    /// How many variables have been made up.
    made_up: usize,
}

impl Default for State {
    fn default() -> Self {
        Self { offside: -1, owner: None, this: None, records: HashMap::new(), made_up: 0 }
    }
}
