//! Visual Basic.
//!
//! A line is a statement unless something open or an underscore continues it, so whatever makes no sense ends
//! with its line. `lexer`, `expr`, `primary`, `stmt`, `block` and `decl` are the grammar.

mod block;
mod decl;
mod expr;
mod lexer;
mod primary;
mod stmt;

use std::collections::HashSet;

use super::lexis::{Lexis, quote};
use super::reader::Reader;
use super::{Frontend, Limit};
use crate::ir::{Conventions, ExprId, ExprKind, Sym, TypeId, Unit};

/// The front end for Visual Basic.
#[derive(Debug)]
pub(super) struct VisualBasic;

impl Frontend for VisualBasic {
    fn language(&self) -> &'static str {
        "vbnet"
    }

    fn title(&self) -> &'static str {
        "Visual Basic"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vb"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["vb", "vb.net", "visual basic"]
    }

    fn family(&self) -> &'static str {
        "dotnet"
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let mut reader = Reader::new(text, limit, lexer::tokens, true, State::default());
        let body = reader.file();
        reader.decide_subscripts();
        let mut unit = reader.finish(body)?;
        unit.conventions = Conventions { ignores_case: true, implicit_this: true, ..Conventions::default() };
        Some(unit)
    }
}

const LEXIS: Lexis = Lexis {
    line: &["'", "REM "],
    block: &[],
    quotes: &[quote("\"", "\"", 0, false)],
    words: false,
    dashes: false,
};

/// What is known while a file is read.
#[derive(Debug, Default)]
struct State {
    /// The type whose members are being read, and whether it is a module.
    owner: Option<(TypeId, bool)>,
    /// The name of the function whose body is being read: assigning to it returns.
    function: Sym,
    /// Variables in scope that are no functions.
    locals: HashSet<Sym>,
    /// Calls by plain name with one argument: subscripts if the name is a field's.
    doubtful: Vec<(ExprId, Sym)>,
    /// Receivers of the `With` blocks around.
    with: Vec<ExprId>,
    /// How many variables have been made up.
    made_up: usize,
    /// What ends the blocks around.
    closers: Vec<&'static str>,
}

impl Reader<'_, State> {
    /// `x(i)` is a subscript where `x` turns out to be a field.
    fn decide_subscripts(&mut self) {
        let unit = self.nodes.unit();
        let functions: HashSet<&Sym> = unit.functions.iter().map(|f| &f.name).collect();
        let fields: HashSet<Sym> = unit
            .types
            .iter()
            .flat_map(|t| &t.fields)
            .filter(|f| !is_callable(f.ty.as_ref().map_or("", |t| t.short())))
            .map(|f| f.name.clone())
            .filter(|name| !functions.contains(name))
            .collect();
        for (call, name) in std::mem::take(&mut self.state.doubtful) {
            if fields.contains(&name) {
                self.subscript(call);
            }
        }
    }

    /// Makes a call with one argument a subscript.
    fn subscript(&mut self, call: ExprId) {
        let kind = &mut self.nodes.unit().exprs[call.index()].kind;
        if let ExprKind::Call { callee, args, .. } = kind
            && let [only] = args.as_slice()
        {
            *kind = ExprKind::Index { object: *callee, index: only.value };
        }
    }
}

/// Values of this type are called.
fn is_callable(short: &str) -> bool {
    ["func", "action", "delegate", "predicate", "eventhandler"].contains(&short)
}
