//! Go.
//!
//! The tree is walked by recursion with a depth counter; siblings, concatenations and parentheses are walked
//! by loops. Three habits of the language shape what is made of it:
//!
//! - A function says in its head how many results it has. An error that comes last is left out of what a
//!   `return` gives, and of what `x, err := f()` takes, so that one result and an error is just one value.
//! - Methods stand beside their type, maybe in another file: each file declares the types whose methods it holds.
//! - Decoders fill the variable whose address they are given; see [`Reader::decoding`].

mod call;
mod decl;
mod expr;
mod literal;
mod stmt;
mod types;

use std::collections::HashMap;

use tree_sitter::Node;

use super::lexis::{C_BLOCK, DOUBLE, Lexis, SINGLE, quote};
use super::tree::{all_kids, field, kids, span};
use super::{Frontend, Limit, parse};
use crate::ir::{Block, FuncId, Sym, TypeId, Unit, UnitBuilder, Visibility};

/// The front end for Go.
#[derive(Debug)]
pub(super) struct Go;

impl Frontend for Go {
    fn language(&self) -> &'static str {
        "go"
    }

    fn title(&self) -> &'static str {
        "Go"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["go"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["golang"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let tree = parse(&tree_sitter_go::LANGUAGE.into(), text, limit)?;
        let mut reader = Reader {
            text,
            unit: UnitBuilder::new(),
            depth: 0,
            in_function: false,
            receiver: None,
            results: Results::default(),
            types: HashMap::new(),
            interfaces: Vec::new(),
            pending: Block::new(),
        };
        let conventions = &mut reader.unit.unit().conventions;
        conventions.file_scope = true;
        conventions.visibility = Visibility::Folder;
        conventions.call_creates = true;
        conventions.structural_types = true;
        reader.file(tree.root_node());
        Some(reader.unit.finish())
    }
}

const LEXIS: Lexis = Lexis {
    line: &["//"],
    block: C_BLOCK,
    quotes: &[quote("`", "`", 0, true), DOUBLE, SINGLE],
    words: false,
    dashes: false,
};

/// What a function says about its results.
#[derive(Debug, Default)]
struct Results {
    count: usize,
    /// The last one is an error.
    error_last: bool,
    /// Their names, for a bare `return`.
    names: Vec<Sym>,
}

/// Lowers one tree.
struct Reader<'t> {
    text: &'t str,
    unit: UnitBuilder,
    depth: usize,
    in_function: bool,
    /// The name of the receiver in the method being read.
    receiver: Option<Sym>,
    results: Results,
    /// The types of the file, by name.
    types: HashMap<Sym, TypeId>,
    /// The names of the file's interfaces.
    interfaces: Vec<Sym>,
    /// Statements found inside syntax errors of the current statement.
    pending: Block,
}

super::tree::reader!(Reader);

impl Reader<'_> {
    fn file(&mut self, root: Node<'_>) {
        let mut body = Block::new();
        for kid in all_kids(root) {
            self.item(kid, &mut body);
        }
        body.append(&mut self.pending);
        self.unit.set_body(FuncId(0), body);
    }

    fn ident(&self, node: Node<'_>) -> Sym {
        self.source(node).into()
    }

    /// Lowers what stands in syntax errors among the children, as statements beside this one.
    fn errors_of(&mut self, node: Node<'_>) {
        if !node.has_error() {
            return;
        }
        for kid in all_kids(node) {
            if kid.is_error() {
                let mut found = Block::new();
                self.item(kid, &mut found);
                self.pending.append(&mut found);
            }
        }
    }
}

/// The children of a field that may be given several times, without commas.
fn fields<'n>(node: Node<'n>, name: &str) -> Vec<Node<'n>> {
    let mut cursor = node.walk();
    node.children_by_field_name(name, &mut cursor).filter(Node::is_named).collect()
}
