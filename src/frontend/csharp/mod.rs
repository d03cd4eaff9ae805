//! C#, and the C# inside Razor files.
//!
//! The text is [prepared](prepare) first (dead preprocessor branches, Razor markup and a few spellings that
//! the grammar gets wrong are blanked, always at the same length), parsed, and then lowered node by node. The
//! tree is walked by recursion with a depth counter; siblings, concatenations and parentheses are walked by
//! loops. What lies inside a syntax error is lowered as well, as statements beside the broken one.

mod call;
mod create;
mod decl;
mod expr;
mod interpolation;
mod member;
mod pattern;
mod prepare;
mod razor;
mod salvage;
mod scan;
mod stmt;
mod text;
mod types;

use tree_sitter::Node;

use self::razor::Razor;
use super::lexis::{DOUBLE, Lexis, SINGLE, TRIPLE, quote};
use super::tree::{field, span};
use super::{Frontend, Limit, parse};
use crate::ir::{Block, FuncId, Param, Sym, TypeId, TypeName, Unit, UnitBuilder};

/// The front end for C#.
#[derive(Debug)]
pub(super) struct CSharp;

impl Frontend for CSharp {
    fn language(&self) -> &'static str {
        "csharp"
    }

    fn title(&self) -> &'static str {
        "C#"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cs", "csx", "cshtml", "razor"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["c#", "cs", ".net (c#)"]
    }

    fn family(&self) -> &'static str {
        "dotnet"
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let language = tree_sitter_c_sharp::LANGUAGE.into();
        let razor = razor::extract(text);
        let code = razor.as_ref().map_or(text, |r| r.code.as_str());
        let mut prepared = prepare::prepare(code, &[]);
        let mut tree = parse(&language, &prepared.text, limit)?;
        // An `#if` inside a declaration's head breaks the tree: then one of its branches has to do. First the
        // conditionals that the errors touch are tried, then those near them.
        let undecided = std::mem::take(&mut prepared.undecided);
        for reach in [0, 300] {
            let broken = salvage::error_spans(tree.root_node());
            let blamed = prepare::near(&undecided, &broken, reach);
            if blamed.is_empty() {
                continue;
            }
            let next = prepare::prepare(code, &blamed);
            let next_tree = parse(&language, &next.text, limit)?;
            if salvage::length(&salvage::error_spans(next_tree.root_node())) < salvage::length(&broken) {
                (prepared, tree) = (next, next_tree);
            }
        }
        let mut reader = Reader::new(text);
        reader.unit.unit().gaps = prepared.dropped;
        reader.unit.unit().conventions.implicit_this = true;
        reader.razor = razor.unwrap_or_default();
        reader.file(tree.root_node());
        Some(reader.unit.finish())
    }
}

const LEXIS: Lexis = Lexis {
    line: &["//"],
    // Those of Razor, too.
    block: &[("/*", "*/"), ("@*", "*@"), ("<!--", "-->")],
    quotes: &[
        TRIPLE,
        quote("@$\"", "\"", 0, true),
        quote("$@\"", "\"", 0, true),
        quote("@\"", "\"", 0, true),
        DOUBLE,
        SINGLE,
    ],
    words: false,
    dashes: false,
};

/// Lowers one tree.
struct Reader<'t> {
    /// The original text: names and literals are read from it, not from the prepared copy.
    text: &'t str,
    unit: UnitBuilder,
    depth: usize,
    /// The type whose members are being read.
    owner: Option<TypeId>,
    /// Inside the body of a function.
    in_body: bool,
    /// What `return` is expected to give.
    returns: Option<TypeName>,
    /// The type that the next expression is stored in, for `new()`.
    expected: Option<TypeName>,
    /// Statements found inside syntax errors of the current statement.
    pending: Block,
    /// The parameters of the C# `extension(…)` block whose members are being read.
    receiver: Vec<Param>,
    /// What stands in for Razor syntax.
    razor: Razor,
    /// The `out` parameters of the current function.
    outs: Vec<Sym>,
}

super::tree::reader!(Reader);

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            unit: UnitBuilder::new(),
            depth: 0,
            owner: None,
            in_body: false,
            returns: None,
            expected: None,
            pending: Block::new(),
            receiver: Vec::new(),
            razor: Razor::default(),
            outs: Vec::new(),
        }
    }

    fn file(&mut self, root: Node<'_>) {
        let mut body = Block::new();
        if root.is_error() {
            self.salvage(root, &mut body);
        } else {
            for child in all_kids(root) {
                self.item(child, &mut body);
            }
        }
        body.append(&mut self.pending);
        self.injected(&mut body);
        self.unit.set_body(FuncId(0), body);
    }

    /// The text of an identifier, without the `@` of a verbatim one.
    fn ident(&self, node: Node<'_>) -> Sym {
        self.source(node).trim_start_matches('@').into()
    }
}

/// The children that carry meaning: named ones, `this` and `base`, without comments and errors.
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
            if kid.is_error()
                || kid.is_named() && !kid.is_extra()
                || !kid.is_named() && matches!(kid.kind(), "this" | "base")
            {
                kids.push(kid);
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    kids
}

/// All children with their field names, tokens included, comments excluded.
fn parts(node: Node<'_>) -> Vec<(Option<&str>, Node<'_>)> {
    let mut parts = Vec::new();
    let mut cursor = node.walk();
    if cursor.goto_first_child() {
        loop {
            let part = cursor.node();
            if !part.is_extra() && !part.is_error() {
                parts.push((cursor.field_name(), part));
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    parts
}

/// The node has a child token of this kind.
fn has_token(node: Node<'_>, token: &str) -> bool {
    parts(node).iter().any(|(_, part)| part.kind() == token)
}
