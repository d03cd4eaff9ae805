//! `PowerShell`: a parser of our own, made to survive the files that people really write.
//!
//! It works on characters, because what a character means depends on whether a command's arguments or an
//! expression is being read (`scan`, `text`). `stmt`, `command`, `expr`, `brackets`, `decl` and `types` are the grammar,
//! `cmdlets` and `operators` the lowering of what has a form of its own in the IR. It never goes back further
//! than a word and always moves on, so its time is linear; what it cannot read becomes a gap, and it goes on
//! behind it.

mod brackets;
mod cmdlets;
mod command;
mod decl;
mod expr;
mod operators;
mod scan;
mod stmt;
mod text;
mod types;

use std::collections::HashMap;

use self::scan::Cursor;
use super::lexis::{Lexis, quote};
use super::nodes::Nodes;
use super::{Frontend, Limit};
use crate::ir::{
    ArgKind, Attribute, Conventions, ExprId, ExprKind, FunctionKind, Import, Param, Scope, Span, Sym, Unit,
    Visibility,
};

/// The front end for `PowerShell`.
#[derive(Debug)]
pub(super) struct PowerShell;

impl Frontend for PowerShell {
    fn language(&self) -> &'static str {
        "powershell"
    }

    fn title(&self) -> &'static str {
        "PowerShell"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ps1", "psm1", "psd1"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["pwsh", "powershell"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["ps", "ps1", "posh", "azurepowershell"]
    }

    fn lexis(&self) -> Option<&'static Lexis> {
        Some(&LEXIS)
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let mut parser = Parser::new(text, limit);
        let body = parser.statements(0);
        parser.finish(body)
    }
}

const LEXIS: Lexis = Lexis {
    line: &["#"],
    block: &[("<#", "#>")],
    quotes: &[
        quote("@\"\r\n", "\n\"@", 0, true),
        quote("@\"\n", "\n\"@", 0, true),
        quote("@'\r\n", "\n'@", 0, true),
        quote("@'\n", "\n'@", 0, true),
        quote("\"", "\"", b'`', true),
        quote("'", "'", 0, true),
    ],
    words: true,
    dashes: true,
};

/// How deep brackets, blocks and assignments may nest in the source. Each level costs the parser about half a
/// dozen stack frames.
const NESTING: usize = 100;

/// What is known about the function whose body is being read.
#[derive(Default)]
struct FunctionContext {
    params: Vec<Param>,
    /// Attributes seen so far; a `param` block that follows makes them the function's.
    pending: Vec<Attribute>,
    attributes: Vec<Attribute>,
    has_param_block: bool,
}

/// The state of reading one file.
struct Parser<'a> {
    src: Cursor<'a>,
    nodes: Nodes,
    limit: &'a Limit,
    out_of_time: bool,
    ticks: u32,
    depth: usize,
    /// Brackets that are open, as what closes them: a stray closer belongs to the innermost of its kind.
    open: Vec<u8>,
    functions: Vec<FunctionContext>,
    /// An expression that was nothing but an attribute, to be dropped by the statement around it.
    only_attribute: Option<ExprId>,
    /// Aliases made in this file, by lower-cased name.
    aliases: HashMap<String, String>,
    /// Named arguments that took the next word as their value, as call and index.
    took_value: Vec<(ExprId, usize)>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, limit: &'a Limit) -> Self {
        Self {
            src: Cursor::new(text),
            nodes: Nodes::new(),
            limit,
            out_of_time: false,
            ticks: 0,
            depth: 0,
            open: Vec::new(),
            functions: vec![FunctionContext::default()],
            only_attribute: None,
            aliases: HashMap::new(),
            took_value: Vec::new(),
        }
    }

    /// The span from `start` to where the cursor is.
    fn span(&self, start: usize) -> Span {
        Span::new(start, self.src.pos)
    }

    fn gap(&mut self, start: usize) {
        let span = self.span(start);
        self.nodes.gap(span);
    }

    /// Skips one character that makes no sense here.
    fn skip_char(&mut self) {
        let start = self.src.pos;
        self.src.bump_char();
        self.gap(start);
    }

    /// A place-holder for what is missing or unreadable at the cursor.
    fn nothing(&mut self) -> ExprId {
        let span = self.span(self.src.pos);
        self.nodes.expr(ExprKind::Other(Vec::new()), span)
    }

    /// Goes one level down; `false` at the bound, where the caller must skip instead.
    fn enter(&mut self) -> bool {
        if self.depth >= NESTING {
            return false;
        }
        self.depth += 1;
        true
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn import(&mut self, path: &str, span: Span) {
        let is_path = path.contains(['\\', '/']) || path.contains(".ps");
        let path: Sym = if is_path { path.into() } else { scan::lower(path).into() };
        self.nodes.unit().imports.push(Import { path, member: None, alias: None, span });
    }

    fn finish(mut self, body: Vec<crate::ir::StmtId>) -> Option<Unit> {
        if self.out_of_time {
            return None;
        }
        self.nodes.set_body(crate::ir::FuncId(0), body);
        if let Some(context) = self.functions.pop() {
            let top = &mut self.nodes.unit().functions[0];
            top.params = context.params;
            top.attributes = context.attributes;
        }
        self.imports_from_requires();
        self.repair_switches();
        let mut unit = self.nodes.finish();
        unit.conventions = Conventions {
            ignores_case: true,
            shell: true,
            file_scope: true,
            visibility: Visibility::Program,
            ..Conventions::default()
        };
        Some(unit)
    }

    /// `#Requires -Modules A, @{ModuleName='B'; ModuleVersion='1.0'}`.
    fn imports_from_requires(&mut self) {
        for (start, end) in std::mem::take(&mut self.src.requires) {
            let line = self.src.slice(start, end);
            let lowered = line.to_ascii_lowercase();
            let Some(at) = lowered.find("-module") else { continue };
            let list = line[at + "-module".len()..].trim_start_matches(['s', 'S']);
            for item in list.split(',') {
                let item = match item.to_ascii_lowercase().find("modulename") {
                    Some(at) => item[at + "modulename".len()..].trim_start_matches([' ', '\t', '=']),
                    None => item.trim(),
                };
                let is_end = |c: char| c.is_whitespace() || matches!(c, ';' | '}' | '\'' | '"');
                let name = item.trim_start_matches(['\'', '"']).split(is_end).next().unwrap_or_default();
                if !name.is_empty() && !name.starts_with('-') {
                    self.import(name, Span::new(start, end));
                }
            }
        }
    }

    /// `-Switch value` was read as a parameter with a value. Where the function is in this file, its
    /// declaration tells that the value is an argument of its own.
    fn repair_switches(&mut self) {
        let sites = std::mem::take(&mut self.took_value);
        let mut switches: HashMap<Sym, Vec<Sym>> = HashMap::new();
        for function in &self.nodes.unit().functions {
            if function.kind == FunctionKind::Function {
                let names = function.params.iter().filter(|p| p.is_switch);
                let names: Vec<Sym> =
                    names.flat_map(|p| p.aliases.iter().chain([&p.name])).cloned().collect();
                if !names.is_empty() {
                    switches.entry(function.name.clone()).or_default().extend(names);
                }
            }
        }
        if switches.is_empty() {
            return;
        }
        // From the back, so that an argument put in does not move those still to be looked at.
        for (call, index) in sites.into_iter().rev() {
            let unit = self.nodes.unit();
            let ExprKind::Call { callee, args, .. } = &unit.expr(call).kind else { continue };
            let ExprKind::Name { name, scope: Scope::Callable } = &unit.expr(*callee).kind else { continue };
            let (Some(names), Some(arg)) = (switches.get(name), args.get(index)) else { continue };
            let ArgKind::Named(parameter) = &arg.kind else { continue };
            if !names.contains(parameter) {
                continue;
            }
            let (value, span) = (arg.value, unit.expr(arg.value).span);
            let set = self.nodes.expr(ExprKind::Bool(true), Span { start: span.start, end: span.start });
            if let ExprKind::Call { args, .. } = &mut self.nodes.unit().exprs[call.index()].kind {
                args[index].value = set;
                args.insert(index + 1, crate::ir::Arg::positional(value));
            }
        }
    }
}
