//! Java.
//!
//! The tree is walked by recursion with a depth counter; siblings, concatenations and chains of calls are
//! walked by loops. What lies inside a syntax error is lowered as well, as statements beside the broken one.
//!
//! Inner classes see the variables and members around them. The IR knows no such thing, so the front end does
//! what the compiler does: an anonymous or inner class gets a field for every variable that it captures, and
//! `this$0` for the instance around it. An anonymous class with one method and no state is a lambda.

mod call;
mod create;
mod decl;
mod expr;
mod salvage;
mod scope;
mod stmt;
mod types;

use tree_sitter::Node;

use self::scope::Level;
use super::jvm::all_kids;
use super::lexis::{self, Lexis};
use super::{Frontend, Limit, parse};
use crate::ir::{Block, FuncId, Sym, TypeId, Unit, UnitBuilder};

/// The front end for Java.
#[derive(Debug)]
pub(super) struct Java;

impl Frontend for Java {
    fn language(&self) -> &'static str {
        "java"
    }

    fn title(&self) -> &'static str {
        "Java"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["java"]
    }

    fn family(&self) -> &'static str {
        "jvm"
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&lexis::JAVA)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let tree = parse(&tree_sitter_java::LANGUAGE.into(), text, limit)?;
        let mut reader = Reader::new(text);
        let conventions = &mut reader.unit.unit().conventions;
        conventions.implicit_this = true;
        conventions.functional_objects = true;
        reader.file(tree.root_node());
        Some(reader.unit.finish())
    }
}

/// Lowers one tree.
struct Reader<'t> {
    text: &'t str,
    unit: UnitBuilder,
    depth: usize,
    /// The types around the code that is being read, the innermost last.
    levels: Vec<Level>,
    /// What static imports bring: name and the type that declares it.
    statics: Vec<(Sym, Sym)>,
    /// The constants of the enums of this file, and the enums.
    constants: Vec<(Sym, Sym)>,
    /// Local variables that text is built in.
    builders: Vec<Sym>,
    /// Statements found inside syntax errors of the current statement.
    pending: Block,
    /// How many types without a name there were.
    nameless: usize,
}

super::tree::reader!(Reader);

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            unit: UnitBuilder::new(),
            depth: 0,
            levels: Vec::new(),
            statics: Vec::new(),
            constants: Vec::new(),
            builders: Vec::new(),
            pending: Block::new(),
            nameless: 0,
        }
    }

    fn file(&mut self, root: Node<'_>) {
        self.collect_constants(root);
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

    /// The type whose members are being read.
    fn owner(&self) -> Option<TypeId> {
        self.levels.last().map(|l| l.ty)
    }

    fn ident(&self, node: Node<'_>) -> Sym {
        self.source(node).into()
    }
}
