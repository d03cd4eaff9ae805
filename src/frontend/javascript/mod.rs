//! JavaScript and TypeScript, and the scripts inside pages and components.
//!
//! Both languages have one lowering: the grammars name their nodes alike, and types are just read where they
//! stand. What the language proper does not say but its idioms do becomes plain IR: `require` and
//! `module.exports` are imports and exports, `new Promise(executor)` is the value that the executor resolves
//! with, functions of a `prototype` are methods.

mod call;
mod class;
mod expr;
mod function;
mod literal;
mod module;
mod page;
mod pattern;
mod salvage;
mod stmt;
mod types;

use rustc_hash::FxHashMap;
use tree_sitter::Node;

use super::lexis::{DOUBLE, Lexis, SINGLE, quote};
use super::tree::{field, span};
use super::{Frontend, Limit, Piece, parse};
use crate::ir::{Block, FuncId, Span, Sym, TypeId, Unit, UnitBuilder, Visibility};

/// The front end for JavaScript.
#[derive(Debug)]
pub(super) struct JavaScript;

/// The front end for TypeScript.
#[derive(Debug)]
pub(super) struct TypeScript;

impl Frontend for JavaScript {
    fn language(&self) -> &'static str {
        "javascript"
    }

    fn title(&self) -> &'static str {
        "JavaScript"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["js", "jsx", "mjs", "cjs", "gs", "html", "htm", "vue", "svelte"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["node", "nodejs", "bun"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["js", "jsx", "javascriptreact", "mjs"]
    }

    fn family(&self) -> &'static str {
        "javascript"
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn is_bundled(&self, path: &str, text: &str) -> bool {
        if std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("html")) {
            return false;
        }
        let text = text.trim_start();
        let head: String = text.chars().take(1_000).collect();
        let first = head.split("*/").next().unwrap_or_default();
        // A banner that minifiers must keep, maybe behind a remark for a linter; or lines as long as only tools write
        // them.
        let mut banner = head.starts_with("/*!")
            || first.lines().count() == 1
                && head[first.len()..].trim_start_matches("*/").trim_start().starts_with("/*!")
            || (head.starts_with("/*") && (first.contains("@license") || first.contains("@preserve")));
        // What editors read to suggest names.
        let path = path.to_ascii_lowercase();
        banner |= path.ends_with("-vsdoc.js") || path.ends_with(".intellisense.js");
        banner || (text.len() > 20_000 && text.len() / text.lines().count().max(1) > 300)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        // The grammar for TSX reads the type annotations of Flow.
        let (first, second) =
            (tree_sitter_javascript::LANGUAGE.into(), tree_sitter_typescript::LANGUAGE_TSX.into());
        read(text, &first, &second, limit)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        if page::is_page(path) {
            return page::read(text, limit);
        }
        // What a build has made of sources that are read themselves, or of a library.
        if path.to_ascii_lowercase().ends_with(".min.js") {
            return Some(Vec::new());
        }
        Some(vec![Piece { language: self.language(), unit: self.read(text, limit)? }])
    }
}

impl Frontend for TypeScript {
    fn language(&self) -> &'static str {
        "typescript"
    }

    fn title(&self) -> &'static str {
        "TypeScript"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ts", "tsx", "mts", "cts"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["ts-node", "tsx", "deno"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["ts", "tsx", "typescriptreact"]
    }

    fn family(&self) -> &'static str {
        "javascript"
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        // `<T>x` is a cast in one and an element in the other.
        let (first, second) =
            (tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(), tree_sitter_typescript::LANGUAGE_TSX.into());
        read(text, &first, &second, limit)
    }
}

const LEXIS: Lexis = Lexis {
    line: &["//"],
    block: &[("/*", "*/"), ("<!--", "-->")],
    quotes: &[quote("`", "`", b'\\', true), DOUBLE, SINGLE],
    words: false,
    dashes: false,
};

/// Reads a text with the grammar that makes more sense of it.
fn read(
    text: &str,
    first: &tree_sitter::Language,
    second: &tree_sitter::Language,
    limit: &Limit,
) -> Option<Unit> {
    let mut tree = parse(first, text, limit)?;
    if tree.root_node().has_error() {
        let other = parse(second, text, limit)?;
        let broken = |tree: &tree_sitter::Tree| salvage::broken(tree.root_node());
        if broken(&other) < broken(&tree) {
            tree = other;
        }
    }
    let mut reader = Reader::new(text);
    reader.file(tree.root_node());
    let conventions = &mut reader.unit.unit().conventions;
    conventions.file_scope = true;
    if !reader.is_module {
        // Scripts of a page share one scope.
        reader.unit.unit().conventions.visibility = Visibility::Program;
    }
    Some(reader.unit.finish())
}

/// Lowers one tree.
struct Reader<'t> {
    text: &'t str,
    unit: UnitBuilder,
    depth: usize,
    /// The type whose members are being read.
    owner: Option<TypeId>,
    /// How many blocks and functions are around the current statement; 0 at the top level.
    nesting: usize,
    /// The file imports or exports something.
    is_module: bool,
    /// Members that the type being read assigns through `this`.
    assigned: Vec<(Sym, Span)>,
    /// Functions that serve as classes: something is put into their `prototype`.
    prototypes: FxHashMap<Sym, TypeId>,
    /// The type whose methods are the functions of the object literal being read.
    singleton: Option<TypeId>,
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
            nesting: 0,
            is_module: false,
            assigned: Vec::new(),
            prototypes: FxHashMap::default(),
            singleton: None,
            pending: Block::new(),
        }
    }

    fn file(&mut self, root: Node<'_>) {
        let mut body = Block::new();
        if root.is_error() {
            self.salvage(root, &mut body);
        } else {
            self.find_prototypes(root);
            for child in all_kids(root) {
                self.item(child, &mut body);
            }
        }
        body.append(&mut self.pending);
        self.unit.set_body(FuncId(0), body);
    }

    fn ident(&self, node: Node<'_>) -> Sym {
        self.source(node).into()
    }

    /// A name that no identifier can be.
    fn hidden(node: Node<'_>) -> Sym {
        format!("value@{}", node.start_byte()).into()
    }
}

/// The named children, without comments and errors.
fn kids(node: Node<'_>) -> Vec<Node<'_>> {
    let mut kids = all_kids(node);
    kids.retain(|kid| !kid.is_error());
    kids
}

/// Like [`kids`], with errors.
fn all_kids(node: Node<'_>) -> Vec<Node<'_>> {
    let mut kids = Vec::new();
    let mut cursor = node.walk();
    if cursor.goto_first_child() {
        loop {
            let kid = cursor.node();
            if kid.is_error() || kid.is_named() && !is_comment(kid) {
                kids.push(kid);
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    kids
}

fn is_comment(node: Node<'_>) -> bool {
    matches!(node.kind(), "comment" | "html_comment" | "hash_bang_line")
}

/// The node has a child token of this kind.
fn has_token(node: Node<'_>, token: &str) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|kid| kid.kind() == token)
}
