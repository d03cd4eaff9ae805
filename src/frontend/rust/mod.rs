//! Rust, read with `syn`.
//!
//! `syn` recurses, in parsing and in dropping, so how deep a text nests is bounded before it sees it
//! ([`depth`]), and it works on a thread with a stack of its own. A file that it can't parse is one gap.
//!
//! Paths are written out: with what `use` brings into scope, `Client::new()` becomes the member `new` of the
//! module `reqwest::Client`, whatever the file calls it. Paths within the crate become paths of files.

mod depth;
mod expr;
mod item;
mod literal;
mod macros;
mod method;
mod path;
mod pattern;
mod stmt;
mod types;

use std::collections::{HashMap, HashSet};

use syn::spanned::Spanned;

use super::lexis::{C_BLOCK, Lexis, quote};
use super::{Frontend, Limit, MAX_DEPTH, Piece};
use crate::ir::{Block, ExprId, ExprKind, FuncId, Span, StmtKind, Sym, TypeId, Unit, UnitBuilder};

/// The stack of the thread that `syn` works on.
const STACK: usize = 64 << 20;

/// The front end for Rust.
#[derive(Debug)]
pub(super) struct Rust;

impl Frontend for Rust {
    fn language(&self) -> &'static str {
        "rust"
    }

    fn title(&self) -> &'static str {
        "Rust"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rs"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["rs"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, _limit: &Limit) -> Option<Unit> {
        Some(read("lib.rs", text))
    }

    fn read_file(&self, path: &str, text: &str, _limit: &Limit) -> Option<Vec<Piece>> {
        Some(vec![Piece { language: self.language(), unit: read(path, text) }])
    }
}

const LEXIS: Lexis = Lexis {
    line: &["//"],
    block: C_BLOCK,
    quotes: &[
        quote("r##\"", "\"##", 0, true),
        quote("r#\"", "\"#", 0, true),
        quote("r\"", "\"", 0, true),
        quote("\"", "\"", b'\\', true),
        // Lifetimes have only one of these.
        quote("'\"'", "", 0, false),
    ],
    words: false,
    dashes: false,
};

fn read(path: &str, text: &str) -> Unit {
    let whole = Span::new(0, text.len());
    let gap = || Unit { gaps: vec![whole], ..Unit::default_with_top() };
    if depth::too_deep(text) {
        return gap();
    }
    let stem = path.rsplit(['/', '\\']).next().unwrap_or(path).trim_end_matches(".rs");
    // Files that speak for their folder: what lies in it are their own modules.
    let own = if matches!(stem, "lib" | "main" | "mod") { String::new() } else { format!("{stem}/") };
    let code = blank_head(text);
    std::thread::scope(|scope| {
        let work = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
            let file: syn::File = syn::parse_str(&code).ok()?;
            let mut reader = Reader::new(own);
            reader.file(&file);
            Some(reader.unit.finish())
        });
        work.ok().and_then(|w| w.join().ok()).flatten().unwrap_or_else(gap)
    })
}

impl Unit {
    fn default_with_top() -> Self {
        UnitBuilder::new().finish()
    }
}

/// Blanks a byte order mark and a `#!` line, so that places stay what they are.
fn blank_head(text: &str) -> std::borrow::Cow<'_, str> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = &text[mark..];
    let is_script = rest.starts_with("#!") && !rest[2..].trim_start().starts_with('[');
    let line = if is_script { rest.find('\n').unwrap_or(rest.len()) } else { 0 };
    if mark + line == 0 {
        return text.into();
    }
    format!("{}{}", " ".repeat(mark + line), &rest[line..]).into()
}

/// Lowers one file.
struct Reader {
    unit: UnitBuilder,
    depth: usize,
    /// The folder of the file's own modules, relative to the file's folder: empty, or `name/`.
    own: String,
    /// What `use` brings into scope: local name to whole path.
    uses: HashMap<String, Vec<String>>,
    /// Modules that the file declares as files.
    mods: HashSet<String>,
    /// Modules whose items stand in the file.
    inline: HashSet<String>,
    /// The types of the file, by name.
    types: HashMap<Sym, TypeId>,
    /// What `Self` is.
    owner: Option<Sym>,
}

impl Reader {
    fn new(own: String) -> Self {
        let mut unit = UnitBuilder::new();
        let conventions = &mut unit.unit().conventions;
        conventions.file_scope = true;
        conventions.call_creates = true;
        conventions.whole_paths = true;
        Self {
            unit,
            depth: 0,
            own,
            uses: HashMap::new(),
            mods: HashSet::new(),
            inline: HashSet::new(),
            types: HashMap::new(),
            owner: None,
        }
    }

    fn file(&mut self, file: &syn::File) {
        self.names(&file.items);
        let mut body = Block::new();
        for item in &file.items {
            self.item(item, false, &mut body);
        }
        self.unit.set_body(FuncId(0), body);
    }

    /// One level deeper; `false`, with a gap, when that is too deep.
    fn enter(&mut self, at: Span) -> bool {
        if self.depth >= MAX_DEPTH {
            self.unit.unit().gaps.push(at);
            return false;
        }
        self.depth += 1;
        true
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn other(&mut self, children: Vec<ExprId>, at: Span) -> ExprId {
        self.unit.expr(ExprKind::Other(children), at)
    }

    fn push(&mut self, kind: StmtKind, at: Span, out: &mut Block) {
        let id = self.unit.stmt(kind, at);
        out.push(id);
    }
}

fn span(node: &impl Spanned) -> Span {
    of(node.span())
}

fn of(span: proc_macro2::Span) -> Span {
    let range = span.byte_range();
    Span::new(range.start, range.end)
}
