//! PHP, and the PHP inside HTML pages.
//!
//! The tree is walked by recursion with a depth counter; siblings and concatenations are walked by loops. What
//! lies inside a syntax error is lowered as well, as statements beside the broken one.
//!
//! Variables lose their `$`. Functions are called by [`Scope::Callable`](crate::ir::Scope::Callable) names, as
//! `$config` and `config()` have nothing to do with each other. Names of types are written out with their
//! namespace, so that `use` needs no alias. Keys of the superglobals become names of their own:
//! `$_SESSION['token']` is the global variable `_SESSION.token`, `$_ENV['X']` the environment variable `X`.

mod call;
mod decl;
mod expr;
mod include;
mod names;
mod stmt;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::Node;

use super::lexis::{Lexis, quote};
use super::tree::all_kids;
use super::{Frontend, Limit, parse};
use crate::ir::{
    Block, Conventions, ExprId, ExprKind, FuncId, Span, Sym, TypeId, Unit, UnitBuilder, Visibility,
};

/// The front end for PHP.
#[derive(Debug)]
pub(super) struct Php;

impl Frontend for Php {
    fn language(&self) -> &'static str {
        "php"
    }

    fn title(&self) -> &'static str {
        "PHP"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["php", "phtml", "php3", "php4", "php5", "php7", "php8", "ctp"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["php"]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        // Extensions that other languages use too.
        [".inc", ".module", ".install", ".theme"].iter().any(|e| path.ends_with(e))
            && text.trim_start().starts_with("<?php")
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let tree = parse(&tree_sitter_php::LANGUAGE_PHP.into(), text, limit)?;
        let mut reader = Reader::new(text);
        reader.unit.unit().conventions = Conventions {
            file_scope: true,
            visibility: Visibility::Program,
            assignment_declares: true,
            ..Conventions::default()
        };
        reader.file(tree.root_node());
        Some(reader.unit.finish())
    }
}

const LEXIS: Lexis = Lexis {
    line: &["//", "#"],
    block: &[("/*", "*/"), ("<!--", "-->")],
    quotes: &[quote("\"", "\"", b'\\', true), quote("'", "'", b'\\', true)],
    words: false,
    dashes: false,
};

/// Lowers one tree.
struct Reader<'t> {
    text: &'t str,
    unit: UnitBuilder,
    depth: usize,
    /// The type whose members are being read.
    owner: Option<TypeId>,
    /// Inside the body of a function.
    in_function: bool,
    /// Inside a method without an instance.
    is_static: bool,
    /// Variables of the file that the current function means by their bare names.
    globals: BTreeSet<Sym>,
    /// What `use` names: local name to full name, for types and for functions.
    types: BTreeMap<String, String>,
    functions: BTreeMap<String, String>,
    /// Properties of the current type that methods assign.
    assigned: BTreeMap<Sym, Span>,
    /// Statements found inside syntax errors of the current statement.
    pending: Block,
}

super::tree::reader!(Reader);

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            unit: UnitBuilder::new(),
            depth: 0,
            owner: None,
            in_function: false,
            is_static: false,
            globals: BTreeSet::new(),
            types: BTreeMap::new(),
            functions: BTreeMap::new(),
            assigned: BTreeMap::new(),
            pending: Block::new(),
        }
    }

    fn file(&mut self, root: Node<'_>) {
        let mut body = Block::new();
        self.imports_of(root);
        if root.is_error() {
            self.salvage(root, &mut body);
        } else {
            for child in all_kids(root) {
                self.item(child, &mut body);
            }
        }
        body.append(&mut self.pending);
        self.unit.set_body(FuncId(0), body);
    }

    /// The name of a variable without its `$`, or any other name.
    fn ident(&self, node: Node<'_>) -> Sym {
        self.source(node).trim_start_matches(['&', '.', '$', ' ']).into()
    }

    fn kind_of(&mut self, id: ExprId) -> ExprKind {
        self.unit.unit().expr(id).kind.clone()
    }

    /// Lowers what is intact inside the errors that are children of this node.
    fn errors_of(&mut self, node: Node<'_>) {
        if !node.has_error() {
            return;
        }
        let mut found = Block::new();
        for error in all_kids(node).into_iter().filter(Node::is_error) {
            self.salvage(error, &mut found);
        }
        self.pending.append(&mut found);
    }

    /// Lowers what is intact inside an error.
    fn salvage(&mut self, error: Node<'_>, out: &mut Block) {
        self.gap(error);
        if !self.enter(error) {
            return;
        }
        for node in all_kids(error) {
            if node.is_error() {
                self.salvage(node, out);
            } else {
                self.item(node, out);
            }
        }
        self.leave();
    }
}
