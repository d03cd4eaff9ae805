//! Power Query M: the queries of Excel and Power BI, and section documents with custom connectors.
//!
//! Every member of a section is a top-level function or variable. A query is a file that holds one expression:
//! its value is a top-level variable with the name of the file, as other queries know it by.

mod expr;
mod lexer;
mod section;

use super::lexis::{C_BLOCK, Lexis, quote};
use super::reader::Reader;
use super::{Frontend, Limit, Piece};
use crate::ir::{Conventions, Sym, Unit, Visibility};

/// The front end for Power Query M.
#[derive(Debug)]
pub(super) struct PowerQuery;

impl Frontend for PowerQuery {
    fn language(&self) -> &'static str {
        "powerquery-m"
    }

    fn title(&self) -> &'static str {
        "Power Query M"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pq", "pqm", "m"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["powerquery", "pq"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        read(text, "", limit)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
        let ambiguous = file.rsplit('.').next().is_some_and(|e| e.eq_ignore_ascii_case("m"));
        // Objective-C and MATLAB have files of the same extension.
        let unit = if ambiguous && !is_m(text) { Unit::default() } else { read(text, name, limit)? };
        let unit = if unit.functions.is_empty() { crate::ir::UnitBuilder::new().finish() } else { unit };
        Some(vec![Piece { language: self.language(), unit }])
    }
}

const LEXIS: Lexis = Lexis {
    line: &["//"],
    block: C_BLOCK,
    quotes: &[quote("\"", "\"", 0, true)],
    words: false,
    dashes: false,
};

/// Does this look like M, as all that is written in it does?
fn is_m(text: &str) -> bool {
    let foreign = ["#import", "@interface", "@implementation", "\nend\n", "\nendfunction", "\nfunction "];
    if foreign.iter().any(|word| text.contains(word)) {
        return false;
    }
    let code = text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with("//"));
    code.is_some_and(|l| {
        let l = l.trim_start_matches('\u{feff}');
        l.starts_with("let")
            || l.starts_with("section")
            || l.starts_with('(')
            || l.starts_with('[')
            || l.starts_with("/*")
    })
}

fn read(text: &str, name: &str, limit: &Limit) -> Option<Unit> {
    let mut reader = Reader::new(text, limit, lexer::tokens, false, State::default());
    let body = reader.document(name);
    let mut unit = reader.finish(body)?;
    unit.conventions =
        Conventions { file_scope: true, visibility: Visibility::Program, ..Conventions::default() };
    Some(unit)
}

/// What is known while a file is read.
#[derive(Debug, Default)]
struct State {
    /// The members of the section, with the range of nodes each is made of.
    members: Vec<Member>,
    /// The calls that the engine sends with the credential of the data source.
    accesses: Vec<crate::ir::ExprId>,
}

/// A member of a section.
#[derive(Debug)]
struct Member {
    name: Sym,
    from: usize,
    to: usize,
}
