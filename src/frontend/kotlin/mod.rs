//! Kotlin.
//!
//! Lambdas are functions; what stands last in them is what they return. `let`, `apply` and the like are calls of
//! their lambda with the object they are used on. Names that nothing around them declares belong to the object
//! that the code around them is about (`apply`, extension functions).

mod call;
mod decl;
mod expr;
mod members;
mod scope;
mod stmt;
mod types;

use tree_sitter::Node;

use self::scope::Level;
use super::jvm::{all_children, all_kids, span};
use super::lexis::{self, Lexis};
use super::{Frontend, Limit, parse};
use crate::ir::{Block, FuncId, StmtKind, Sym, TypeId, TypeName, Unit, UnitBuilder, Visibility};

/// The front end for Kotlin.
#[derive(Debug)]
pub(super) struct Kotlin;

impl Frontend for Kotlin {
    fn language(&self) -> &'static str {
        "kotlin"
    }

    fn title(&self) -> &'static str {
        "Kotlin"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["kt", "kts"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["kt"]
    }

    fn family(&self) -> &'static str {
        "jvm"
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&lexis::JAVA)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let text = crate::frontend::scanners::shallow_templates(text);
        let text = text.as_ref();
        let tree = parse(&tree_sitter_kotlin_sg::LANGUAGE.into(), text, limit)?;
        let mut reader = Reader::new(text);
        let conventions = &mut reader.unit.unit().conventions;
        conventions.file_scope = true;
        conventions.visibility = Visibility::Program;
        conventions.implicit_this = true;
        conventions.call_creates = true;
        conventions.functional_objects = true;
        conventions.getters = true;
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
    /// The variables of code outside of types.
    locals: Vec<Sym>,
    /// Names that the top level declares or that the file imports.
    known: Vec<Sym>,
    /// The variables that hold what the code around is about, the innermost last.
    receivers: Vec<Sym>,
    /// The property before the member that is being read.
    last_property: Option<(Sym, Option<TypeName>)>,
    /// How many of those and of types without a name there were.
    count: usize,
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
            levels: Vec::new(),
            locals: Vec::new(),
            known: Vec::new(),
            receivers: Vec::new(),
            last_property: None,
            count: 0,
            pending: Block::new(),
        }
    }

    fn file(&mut self, root: Node<'_>) {
        self.collect_known(root);
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

    /// The text of an identifier, without the grave accents of a quoted one.
    fn ident(&self, node: Node<'_>) -> Sym {
        self.source(node).trim_matches('`').into()
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
        let mut stack = all_children(error);
        while let Some(node) = stack.pop() {
            let kind = node.kind();
            if node.is_error() {
                stack.append(&mut all_children(node));
            } else if kind.ends_with("_declaration") && !kind.starts_with("variable")
                || kind.ends_with("_statement")
                || kind == "assignment"
                || kind == "companion_object"
            {
                self.item(node, out);
            } else if kind.ends_with("_expression") || kind == "string_literal" {
                let value = self.expr(node);
                out.append(&mut self.pending);
                self.push(StmtKind::Expr(value), span(node), out);
            } else if !node.is_extra() {
                stack.append(&mut all_children(node));
            }
        }
        self.leave();
    }
}
