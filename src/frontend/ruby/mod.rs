//! Ruby.
//!
//! The tree is walked by recursion with a depth counter; siblings and sums are walked by loops. What lies
//! inside a syntax error is lowered as well, as statements beside the broken one.
//!
//! A bare name that no assignment, parameter or block has made a variable is a call. `@x` is the member `x` of
//! the instance, `@@x` a static member. A block is the argument `&`, and a method that yields has a parameter
//! of that name. Pairs at the end of the arguments are one map, as they may be options or keywords: who binds
//! the arguments knows which ([`Conventions::loose_calls`]).

mod call;
mod decl;
mod expr;
mod stmt;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::Node;

use super::lexis::{self, Lexis};
use super::tree::{all_kids, kids};
use super::{Frontend, Limit, parse};
use crate::ir::{
    Block, Conventions, ExprId, ExprKind, FuncId, Span, Sym, TypeId, Unit, UnitBuilder, Visibility,
};

/// The front end for Ruby.
#[derive(Debug)]
pub(super) struct Ruby;

impl Frontend for Ruby {
    fn language(&self) -> &'static str {
        "ruby"
    }

    fn title(&self) -> &'static str {
        "Ruby"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rb", "rake", "gemspec", "ru", "thor"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["rakefile", "gemfile", "capfile", "vagrantfile", "podfile", "fastfile"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["ruby", "jruby"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["rb"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&lexis::PERL)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let text = crate::frontend::scanners::short_heredocs(text);
        let text = text.as_ref();
        let tree = parse(&tree_sitter_ruby::LANGUAGE.into(), text, limit)?;
        let mut reader = Reader::new(text);
        reader.unit.unit().conventions = Conventions {
            file_scope: true,
            visibility: Visibility::Program,
            implicit_this: true,
            loose_calls: true,
            assignment_declares: true,
            ..Conventions::default()
        };
        reader.file(tree.root_node());
        Some(reader.unit.finish())
    }
}

/// A class or module around the code that is being read.
#[derive(Debug)]
struct Nest {
    id: TypeId,
    /// The constants it declares.
    constants: BTreeSet<Sym>,
    /// Members that are read and written from outside.
    attributes: BTreeSet<Sym>,
    /// Instance variables that are assigned.
    assigned: BTreeMap<Sym, Span>,
    /// Its methods are its own, not its instances' (`module_function`, `extend self`, `class << self`).
    is_static: bool,
}

/// The method whose body is being read.
#[derive(Clone, Debug, Default)]
struct Method {
    name: Sym,
    params: Vec<Sym>,
    is_constructor: bool,
    /// It calls the block that it is given.
    yields: bool,
}

/// Lowers one tree.
struct Reader<'t> {
    text: &'t str,
    unit: UnitBuilder,
    depth: usize,
    nests: Vec<Nest>,
    method: Option<Method>,
    /// Names of variables, by scope; a block sees those around it.
    locals: Vec<BTreeSet<Sym>>,
    /// The bodies of heredocs by the place where each begins.
    heredocs: BTreeMap<usize, (usize, usize)>,
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
            nests: Vec::new(),
            method: None,
            locals: vec![BTreeSet::new()],
            heredocs: BTreeMap::new(),
            pending: Block::new(),
        }
    }

    fn file(&mut self, root: Node<'_>) {
        self.find_heredocs(root);
        let mut body = Block::new();
        if root.is_error() {
            self.salvage(root, &mut body);
        } else {
            for child in all_kids(root) {
                self.item(child, stmt::Tail::Drop, &mut body);
            }
        }
        body.append(&mut self.pending);
        self.unit.set_body(FuncId(0), body);
    }

    fn kind_of(&mut self, id: ExprId) -> ExprKind {
        self.unit.unit().expr(id).kind.clone()
    }

    fn is_local(&self, name: &str) -> bool {
        self.locals.last().is_some_and(|scope| scope.contains(name))
    }

    fn declare(&mut self, name: impl Into<Sym>) {
        if let Some(scope) = self.locals.last_mut() {
            scope.insert(name.into());
        }
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
                self.item(node, stmt::Tail::Drop, out);
            }
        }
        self.leave();
    }

    /// Pairs the beginnings of heredocs with their bodies, which come in the same order.
    fn find_heredocs(&mut self, root: Node<'_>) {
        let (mut begins, mut bodies) = (Vec::new(), Vec::new());
        let mut cursor = root.walk();
        let mut done = false;
        while !done {
            let node = cursor.node();
            match node.kind() {
                "heredoc_beginning" => begins.push(node.start_byte()),
                "heredoc_body" => bodies.push((node.start_byte(), node.end_byte())),
                _ => {}
            }
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    done = true;
                    break;
                }
            }
        }
        if begins.len() == bodies.len() {
            self.heredocs = begins.into_iter().zip(bodies).collect();
        }
    }
}

/// The node that covers exactly this range, of this kind.
fn node_at<'n>(node: Node<'n>, start: usize, end: usize, kind: &str) -> Option<Node<'n>> {
    let mut root = node;
    while let Some(parent) = root.parent() {
        root = parent;
    }
    let found = root.descendant_for_byte_range(start, end)?;
    if found.kind() == kind {
        return Some(found);
    }
    let mut at = Some(found);
    while let Some(node) = at {
        if node.kind() == kind && node.start_byte() == start {
            return Some(node);
        }
        at = node.parent();
    }
    kids(found).into_iter().find(|k| k.kind() == kind && k.start_byte() == start)
}
