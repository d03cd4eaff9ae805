//! Bash and its relatives, read with tree-sitter.
//!
//! A command is a call whose words are positional arguments: which of them are options, only the command
//! itself knows. What a command writes to its output is its value, and a statement's output becomes part of
//! what its function gives back ([`crate::ir::StmtKind::Emit`]). A file that the script writes is a variable
//! of the program, so that what one command leaves there another one can read.

mod builtin;
mod command;
mod embedded;
mod prepass;
mod redirect;
mod stmt;
mod test;
mod word;

use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::Node;

use super::embed::Excerpt;
use super::lexis::{Lexis, quote};
use super::{Frontend, Limit, MAX_DEPTH, Piece};
use crate::ir::{
    Block, Conventions, ExprId, ExprKind, FuncId, Param, Scope, Span, StmtKind, Unit, UnitBuilder, Visibility,
};

/// The front end for shells of the Bourne family.
#[derive(Debug)]
pub(super) struct Bash;

impl Frontend for Bash {
    fn language(&self) -> &'static str {
        "bash"
    }

    fn title(&self) -> &'static str {
        "Bash"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sh", "bash", "zsh", "ksh", "dash", "bats", "command"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &[".bashrc", ".bash_profile", ".profile", ".zshrc"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["bash", "sh", "zsh", "ksh", "dash", "ash"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["shell", "shellscript", "azurecli"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn has_bare_texts(&self) -> bool {
        true
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        Some(read(text, limit)?.0)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let (unit, embedded) = read(text, limit)?;
        let mut pieces = vec![Piece { language: self.language(), unit }];
        for (language, code) in embedded {
            // There may be no front end for it.
            pieces.extend(code.read(path, language, limit).into_iter().flatten());
        }
        Some(pieces)
    }
}

const LEXIS: Lexis = Lexis {
    line: &["#"],
    block: &[],
    quotes: &[quote("\"", "\"", b'\\', true), quote("'", "'", 0, true)],
    words: true,
    dashes: false,
};

/// Code of other languages that a script hands to their interpreters.
type Embedded = Vec<(&'static str, Excerpt)>;

fn read(text: &str, limit: &Limit) -> Option<(Unit, Embedded)> {
    let tree = super::parse(&tree_sitter_bash::LANGUAGE.into(), text, limit)?;
    let root = tree.root_node();
    let mut lower = Lower::new(text);
    lower.prepare(root);
    let mut body = Block::new();
    lower.all(root, &mut body);
    let top = lower.params(root);
    let mut builder = lower.builder;
    builder.set_body(FuncId(0), body);
    builder.unit().functions[0].params = top;
    builder.unit().conventions = Conventions {
        shell: true,
        file_scope: true,
        environment: true,
        visibility: Visibility::Program,
        ..Conventions::default()
    };
    Some((builder.finish(), lower.embedded))
}

/// The state of lowering one script.
struct Lower<'t> {
    text: &'t str,
    builder: UnitBuilder,
    depth: usize,
    /// Variables declared `local` in the function that is being read.
    locals: BTreeSet<String>,
    in_function: bool,
    /// The elements of arrays that are written out, by name.
    arrays: BTreeMap<String, Vec<Node<'t>>>,
    /// The arrays whose elements are being put in.
    expanding: Vec<String>,
    /// Files that the script writes.
    files: BTreeSet<String>,
    /// What the enclosing pipeline or redirection hands to the commands of a block.
    stdin: Option<ExprId>,
    embedded: Embedded,
}

/// How many positional parameters a function has at most.
const MAX_PARAMS: usize = 9;

impl<'t> Lower<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            builder: UnitBuilder::new(),
            depth: 0,
            locals: BTreeSet::new(),
            in_function: false,
            arrays: BTreeMap::new(),
            expanding: Vec::new(),
            files: BTreeSet::new(),
            stdin: None,
            embedded: Embedded::new(),
        }
    }

    fn span(node: Node<'_>) -> Span {
        Span::new(node.start_byte(), node.end_byte())
    }

    /// The text of a node.
    fn slice(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.start_byte()..node.end_byte()).unwrap_or_default()
    }

    fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        self.builder.expr(kind, span)
    }

    /// A value of which nothing is known.
    fn unknown(&mut self, span: Span) -> ExprId {
        self.expr(ExprKind::Other(Vec::new()), span)
    }

    fn push(&mut self, kind: StmtKind, span: Span, out: &mut Block) {
        let stmt = self.builder.stmt(kind, span);
        out.push(stmt);
    }

    fn gap(&mut self, span: Span) {
        self.builder.unit().gaps.push(span);
    }

    /// Goes one level down; `false` at the bound, where the caller leaves the rest out.
    fn enter(&mut self, node: Node<'_>) -> bool {
        if self.depth >= MAX_DEPTH / 4 {
            self.gap(Self::span(node));
            return false;
        }
        self.depth += 1;
        true
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// A variable as it is read.
    fn variable(&mut self, name: &str, span: Span) -> ExprId {
        self.builder.name(name, span)
    }

    /// A variable as it is assigned: without `local` it belongs to the script.
    fn target(&mut self, name: &str, span: Span) -> ExprId {
        let local = self.locals.contains(name) || name.bytes().all(|b| b.is_ascii_digit());
        let scope = if local { Scope::Lexical } else { Scope::Script };
        self.expr(ExprKind::Name { name: name.into(), scope }, span)
    }

    /// Assigns to a variable and says so with a statement.
    fn assign(&mut self, name: &str, value: ExprId, span: Span, out: &mut Block) {
        let target = self.target(name, span);
        let assign = self.expr(ExprKind::Assign { target, value }, span);
        self.push(StmtKind::Expr(assign), span, out);
    }

    /// What a file of the script holds, by its name as the script writes it.
    fn file(&mut self, name: &str, span: Span) -> ExprId {
        self.expr(ExprKind::Name { name: format!("file:{}", plain(name)).into(), scope: Scope::Global }, span)
    }

    /// The positional parameters that a function or script makes use of.
    fn params(&self, body: Node<'t>) -> Vec<Param> {
        let count = prepass::parameters(self.text, body).min(MAX_PARAMS);
        (1..=count)
            .map(|i| Param {
                name: i.to_string().into(),
                ty: None,
                default: None,
                is_switch: false,
                is_rest: false,
                from_pipeline: false,
                aliases: Vec::new(),
                span: Self::span(body),
            })
            .collect()
    }
}

/// A name of a file without quotes and braces.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '"' | '\'' | '{' | '}')).collect()
}

/// The named children of a node, without comments.
fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|n| n.kind() != "comment").collect()
}

/// The children of a node in a field.
fn in_field<'t>(node: Node<'t>, field: &str) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.children_by_field_name(field, &mut cursor).filter(Node::is_named).collect()
}
