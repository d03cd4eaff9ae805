//! Perl.
//!
//! What a character means depends on whether a value or an operator is expected, which `lexer` guesses from
//! the token before. `expr`, `primary`, `access`, `stmt` and `sub` are the grammar. A package that blesses is
//! a type; the subs of others are known by their bare names.

mod access;
mod expr;
mod lexer;
mod primary;
mod quote;
mod stmt;
mod sub;

use std::collections::HashSet;

use super::lexis::{self, Lexis};
use super::reader::Reader;
use super::{Frontend, Limit};
use crate::ir::{Conventions, Param, Sym, TypeId, Unit, Visibility};

/// The front end for Perl.
#[derive(Debug)]
pub(super) struct Perl;

impl Frontend for Perl {
    fn language(&self) -> &'static str {
        "perl"
    }

    fn title(&self) -> &'static str {
        "Perl"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pl", "pm", "psgi", "cgi"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["perl"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["pl"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&lexis::PERL)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let mut reader = Reader::new(text, limit, lexer::tokens, false, State::default());
        let body = reader.file();
        let mut unit = reader.finish(body)?;
        unit.conventions =
            Conventions { file_scope: true, visibility: Visibility::Program, ..Conventions::default() };
        Some(unit)
    }
}

/// What is known while a file is read.
#[derive(Debug, Default)]
struct State {
    /// The package, if it is a class.
    owner: Option<TypeId>,
    /// The sub being read.
    sub: Option<Sub>,
}

/// What is known about a sub while its body is read.
#[derive(Debug, Default)]
struct Sub {
    params: Vec<Param>,
    /// The variable that holds the instance or the class.
    this: Option<Sym>,
    /// The hash that takes named arguments.
    rest: Option<Sym>,
    /// Names read from that hash.
    named: Vec<(Sym, crate::ir::Span)>,
    /// Members of the instance that are named.
    members: HashSet<Sym>,
    constructor: bool,
    class_method: bool,
}
