//! From syntax to the [IR](crate::ir): one file per language, and no domain knowledge in any of them.
//!
//! A new language is one file here that implements [`Frontend`] and one line in [`REGISTRY`].

mod bash;
mod batch;
mod csharp;
pub(crate) mod data;
pub(crate) mod embed;
mod format;
mod fsharp;
mod go;
mod java;
mod javascript;
mod jupyter;
mod jvm;
mod kotlin;
pub mod lexis;
mod markdown;
mod nodes;
mod perl;
mod php;
mod powerquery;
mod powershell;
mod python;
mod reader;
mod ruby;
mod rust;
mod scanners;
mod tree;
mod vbnet;

use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use self::lexis::Lexis;
use crate::ir::Unit;

/// Reads one language. Implementations hold no state: the registry shares them between threads.
pub trait Frontend: Sync + std::fmt::Debug {
    /// The language's name in rule files, reports and `--help`: `csharp`, `powershell`.
    fn language(&self) -> &'static str;

    /// The name for people: `C#`, `PowerShell`.
    fn title(&self) -> &'static str;

    /// File extensions without the dot, lower-case.
    fn extensions(&self) -> &'static [&'static str];

    /// Whole file names, lower-case, for files whose extension does not tell.
    fn file_names(&self) -> &'static [&'static str] {
        &[]
    }

    /// Names of interpreters in a `#!` line.
    fn interpreters(&self) -> &'static [&'static str] {
        &[]
    }

    /// Is this file one of this language's, whatever its name says? For data whose format only the content
    /// tells (a collection of Postman is a `.json` file). Asked before names and extensions are looked at;
    /// `path` is lower-case.
    fn claims(&self, path: &str, text: &str) -> bool {
        let _ = (path, text);
        false
    }

    /// Other names of the language in use, lower-case: what editors, kernels of notebooks and code fences call it.
    /// Interpreters need not be given again.
    fn aliases(&self) -> &'static [&'static str] {
        &[]
    }

    /// Languages of one family see each other's types and functions: C# and Visual Basic, Java and Kotlin.
    fn family(&self) -> &'static str {
        self.language()
    }

    /// How its comments and strings look; `None` for data that holds code of other languages.
    fn lexis(&self) -> Option<&'static Lexis> {
        None
    }

    /// Texts may stand without quotes (`-d client_secret=…`), so that what looks like a field of a form is one.
    fn has_bare_texts(&self) -> bool {
        self.lexis().is_none()
    }

    /// Is this a library's file as it is delivered, which nobody in this tree wrote? It is read only if it names
    /// Partner Center.
    fn is_bundled(&self, path: &str, text: &str) -> bool {
        let _ = (path, text);
        false
    }

    /// Is this text for people, whose code only shows how something is done? It is read when that is asked for.
    fn is_documentation(&self) -> bool {
        false
    }

    /// Reads one source text. Never fails: what is not understood is in [`Unit::gaps`]. Returns `None` only
    /// when the parser gave up because of `limit`.
    fn read(&self, text: &str, limit: &Limit) -> Option<Unit>;

    /// Reads a file with everything in it: code of other languages stands in notebooks, pages and pipelines.
    /// Every span lies in `text`.
    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let _ = path;
        Some(vec![Piece { language: self.language(), unit: self.read(text, limit)? }])
    }
}

/// The code of one language in a file.
#[derive(Debug)]
pub struct Piece {
    /// The language's name.
    pub language: &'static str,
    /// The code.
    pub unit: Unit,
}

/// The front end of a language, by its name in rule files.
#[must_use]
pub fn by_name(language: &str) -> Option<&'static dyn Frontend> {
    REGISTRY.iter().copied().find(|f| f.language() == language)
}

/// The front end of the language that people call so: `c#`, `pwsh`, `sh`, `js`. In any case.
#[must_use]
pub fn by_alias(name: &str) -> Option<&'static dyn Frontend> {
    let name = name.to_ascii_lowercase();
    let name = name.as_str();
    by_name(name).or_else(|| {
        REGISTRY.iter().copied().find(|f| f.aliases().contains(&name) || f.interpreters().contains(&name))
    })
}

/// The family of a language; one without a front end is its own.
#[must_use]
pub(crate) fn family(language: &'static str) -> &'static str {
    static FAMILIES: LazyLock<FxHashMap<&'static str, &'static str>> =
        LazyLock::new(|| REGISTRY.iter().map(|f| (f.language(), f.family())).collect());
    FAMILIES.get(language).copied().unwrap_or(language)
}

/// All languages, in the order in which they are listed to users.
pub const REGISTRY: &[&dyn Frontend] = &[
    &csharp::CSharp,
    &powershell::PowerShell,
    &bash::Bash,
    &python::Python,
    &jupyter::Jupyter,
    &javascript::JavaScript,
    &javascript::TypeScript,
    &java::Java,
    &kotlin::Kotlin,
    &php::Php,
    &ruby::Ruby,
    &go::Go,
    &rust::Rust,
    &vbnet::VisualBasic,
    &fsharp::FSharp,
    &perl::Perl,
    &powerquery::PowerQuery,
    &batch::Batch,
    &data::Pipeline,
    &data::Dockerfile,
    &data::Postman,
    &data::HttpFile,
    &data::LogicApp,
    &data::DataFactory,
    &data::Terraform,
    &data::Deployment,
    &markdown::Markdown,
];

/// How long one file may take to parse.
#[derive(Debug)]
pub struct Limit {
    deadline: Instant,
    hit: AtomicBool,
}

impl Limit {
    /// A limit that starts now.
    #[must_use]
    pub fn new(time: Duration) -> Self {
        Self { deadline: Instant::now() + time, hit: AtomicBool::new(false) }
    }

    /// The time is up.
    #[must_use]
    pub fn is_over(&self) -> bool {
        if Instant::now() >= self.deadline {
            self.hit.store(true, Ordering::Relaxed);
        }
        self.hit.load(Ordering::Relaxed)
    }
}

/// Parses with a tree-sitter grammar, within the limit.
pub(crate) fn parse(
    language: &tree_sitter::Language,
    text: &str,
    limit: &Limit,
) -> Option<tree_sitter::Tree> {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(language).ok()?;
    let bytes = text.as_bytes();
    let mut stop = |_: &tree_sitter::ParseState| {
        if limit.is_over() { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    };
    let options = tree_sitter::ParseOptions::new().progress_callback(&mut stop);
    parser.parse_with_options(&mut |offset, _| bytes.get(offset..).unwrap_or_default(), None, Some(options))
}

/// How deep expressions and blocks may nest in the IR. Deeper parts become [`crate::ir::ExprKind::Other`]
/// without children and a gap, so that everything after the front end may recurse.
pub const MAX_DEPTH: usize = 200;
