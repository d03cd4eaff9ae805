//! Python.
//!
//! The tree is walked by recursion with a depth counter; siblings, chains of operators and `elif`s are walked
//! by loops. What lies inside a syntax error is lowered as well, as statements beside the broken one.
//!
//! The first parameter of a method is the instance ([`crate::ir::ExprKind::This`]), whatever its name; that of a class method is
//! the type. A dotted path that is imported as it stands (`import a.b`, then `a.b.c`) is the module itself.

mod call;
mod class;
mod comprehension;
mod decl;
mod expr;
mod import;
mod operator;
mod salvage;
mod stmt;
mod string;
mod types;

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::lexis::{DOUBLE, Lexis, SINGLE, quote};
use super::tree::{all_kids, field, kids, span};
use super::{Frontend, Limit, parse};
use crate::ir::{Block, FuncId, Sym, TypeId, Unit, UnitBuilder};

/// The front end for Python.
#[derive(Debug)]
pub(super) struct Python;

impl Frontend for Python {
    fn language(&self) -> &'static str {
        "python"
    }

    fn title(&self) -> &'static str {
        "Python"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["py", "pyw"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["python", "python2", "python3"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["py", "ipython", "pyspark"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let tree = parse(&tree_sitter_python::LANGUAGE.into(), text, limit)?;
        let mut reader = Reader::new(text);
        let conventions = &mut reader.unit.unit().conventions;
        conventions.file_scope = true;
        conventions.call_creates = true;
        conventions.decorators = true;
        conventions.assignment_declares = true;
        reader.file(tree.root_node());
        Some(reader.unit.finish())
    }
}

const LEXIS: Lexis = Lexis {
    line: &["#"],
    block: &[],
    quotes: &[quote("\"\"\"", "\"\"\"", b'\\', true), quote("'''", "'''", b'\\', true), DOUBLE, SINGLE],
    words: false,
    dashes: false,
};

/// What the first parameter of a method stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Receiver {
    /// The instance.
    Instance(Sym),
    /// The type, in a class method.
    Class(Sym),
}

/// The class whose members are being read.
#[derive(Clone, Debug)]
struct Owner {
    id: TypeId,
    name: Sym,
    /// The short names of its bases.
    bases: Vec<Sym>,
}

/// Lowers one tree.
struct Reader<'t> {
    text: &'t str,
    unit: UnitBuilder,
    depth: usize,
    owner: Option<Owner>,
    receiver: Option<Receiver>,
    /// Directly in the body of a class: what it has declared so far is known by its bare name.
    in_class_body: bool,
    /// How many functions enclose what is being read.
    functions: usize,
    /// Names that `global` makes the file's in the current function.
    globals: BTreeSet<Sym>,
    /// Names that `nonlocal` makes those of an enclosing function.
    nonlocals: BTreeSet<Sym>,
    /// Dotted paths that are imported without another name.
    dotted: BTreeSet<Sym>,
    /// Functions that the top level defines more than once: which one is meant depends on the place.
    redefined: BTreeSet<Sym>,
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
            receiver: None,
            in_class_body: false,
            functions: 0,
            globals: BTreeSet::new(),
            nonlocals: BTreeSet::new(),
            dotted: BTreeSet::new(),
            redefined: BTreeSet::new(),
            pending: Block::new(),
        }
    }

    fn file(&mut self, root: Node<'_>) {
        self.imports(root);
        self.find_redefined(root);
        let mut body = Block::new();
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

    fn sym(&self, node: Node<'_>) -> Sym {
        self.source(node).into()
    }
}

/// All children of a field.
fn fields<'n>(node: Node<'n>, name: &str) -> Vec<Node<'n>> {
    let mut cursor = node.walk();
    node.children_by_field_name(name, &mut cursor).filter(Node::is_named).collect()
}
