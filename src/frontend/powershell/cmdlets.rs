//! Commands of `PowerShell` itself that have a form of their own in the IR, its aliases and its switches.

use super::Parser;
use super::scan::lower;
use super::types::type_from_text;
use crate::ir::{Arg, ArgKind, ExprId, ExprKind, Init, Scope, Span, Sym};

/// A command that has been read.
pub(super) struct Command {
    /// Lower-cased and with aliases expanded, where it is literal.
    pub(super) name: Option<String>,
    pub(super) callee: ExprId,
    pub(super) args: Vec<Arg>,
    /// Named arguments that took the next word as their value.
    pub(super) took_value: Vec<usize>,
    pub(super) input: Option<ExprId>,
    pub(super) span: Span,
}

/// The name to look a command up by: lower-cased, plain dashes, without the module before it.
pub(super) fn command_name(text: &str) -> String {
    let mut name = lower(text);
    if !name.is_ascii() {
        name = name.replace(['\u{2013}', '\u{2014}', '\u{2015}'], "-");
    }
    if let Some((module, rest)) = name.rsplit_once('\\') {
        let is_path = module.starts_with(['.', '\\', '~', '/', '%'])
            || module.contains([':', '\\', '/', '$'])
            || rest.contains('.');
        if !is_path {
            return rest.to_owned();
        }
    }
    name
}

/// The cmdlet behind a built-in alias.
pub(super) fn expand_alias(name: &str) -> &str {
    match name {
        "irm" => "invoke-restmethod",
        "iwr" | "curl" | "wget" => "invoke-webrequest",
        "%" | "foreach" => "foreach-object",
        "?" | "where" => "where-object",
        "select" => "select-object",
        "ipmo" => "import-module",
        "sv" => "set-variable",
        "nv" => "new-variable",
        "gv" => "get-variable",
        "sal" => "set-alias",
        "nal" => "new-alias",
        "iex" => "invoke-expression",
        "icm" => "invoke-command",
        "gc" | "cat" | "type" => "get-content",
        "ipcsv" => "import-csv",
        "echo" | "write" => "write-output",
        _ => name,
    }
}

/// The parameters of `PowerShell`'s own cmdlets that never take a value.
pub(super) fn is_common_switch(name: &str) -> bool {
    matches!(
        name,
        "allmatches"
            | "append"
            | "asbytestream"
            | "ashashtable"
            | "asplaintext"
            | "assecurestring"
            | "autosize"
            | "casesensitive"
            | "compress"
            | "confirm"
            | "debug"
            | "descending"
            | "disablekeepalive"
            | "disablenamechecking"
            | "force"
            | "leaf"
            | "listavailable"
            | "noclobber"
            | "nonewline"
            | "notypeinformation"
            | "parent"
            | "passthru"
            | "quiet"
            | "raw"
            | "recurse"
            | "simplematch"
            | "skipcertificatecheck"
            | "skiphttperrorcheck"
            | "skippublishercheck"
            | "usebasicparsing"
            | "usedefaultcredentials"
            | "valueonly"
            | "verbose"
            | "wait"
            | "whatif"
    )
}

/// The argument of a parameter, whose name may be shortened, or the one at a position.
fn find(args: &[Arg], name: &str, position: Option<usize>) -> Option<ExprId> {
    let named = args.iter().find(|arg| match &arg.kind {
        ArgKind::Named(given) => given.len() > 1 && name.starts_with(&**given),
        _ => false,
    });
    let mut positional = args.iter().filter(|arg| arg.kind == ArgKind::Positional);
    named.or_else(|| position.and_then(|at| positional.nth(at))).map(|arg| arg.value)
}

impl Parser<'_> {
    fn literal(&mut self, id: Option<ExprId>) -> Option<Sym> {
        match self.nodes.kind(id?) {
            ExprKind::Str(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// A path: a literal, or a variable (`$PSScriptRoot`, `$here`) and a literal behind it, which then stands
    /// alone.
    pub(super) fn path_text(&mut self, id: ExprId) -> Option<String> {
        let is_root = |parser: &mut Self, id: ExprId| matches!(parser.nodes.kind(id), ExprKind::Name { .. });
        let relative = |text: &str| text.trim_start_matches(['\\', '/']).to_owned();
        match self.nodes.kind(id).clone() {
            ExprKind::Str(text) => Some(text.to_string()),
            ExprKind::Template(parts) => {
                let [root, rest] = parts[..] else { return None };
                let text = self.literal(Some(rest))?;
                is_root(self, root).then(|| relative(&text))
            }
            ExprKind::Call { callee, args, .. } => {
                let is_join =
                    matches!(self.nodes.kind(callee), ExprKind::Name { name, .. } if &**name == "join-path");
                let root = find(&args, "path", Some(0)).filter(|_| is_join)?;
                let position = usize::from(find(&args, "path", None).is_none());
                let text = self.literal(find(&args, "childpath", Some(position)))?;
                is_root(self, root).then(|| relative(&text))
            }
            _ => None,
        }
    }

    /// The IR of a command.
    pub(super) fn lower_command(&mut self, command: Command, dropped: &mut bool) -> ExprId {
        let Command { name, callee, mut args, took_value, input, span } = command;
        let special = match name.as_deref() {
            Some("new-object") => self.new_object(&args, span),
            Some("set-variable" | "new-variable") => {
                let assigned = self.set_variable(&args, input, span);
                *dropped |= assigned.is_some();
                assigned
            }
            Some("get-variable") => self.get_variable(&args, span),
            Some("out-null") => {
                *dropped = true;
                input.filter(|_| args.is_empty())
            }
            Some("import-module") => {
                self.import_module(&args, span);
                None
            }
            Some("set-alias" | "new-alias") => {
                let alias = self.literal(find(&args, "name", Some(0)));
                let at = usize::from(find(&args, "name", None).is_none());
                if let (Some(alias), Some(target)) = (alias, self.literal(find(&args, "value", Some(at)))) {
                    let target = command_name(&target);
                    let target = expand_alias(&target).to_owned();
                    self.aliases.insert(lower(&alias), target);
                }
                None
            }
            _ => None,
        };
        if let Some(special) = special {
            return special;
        }
        if let Some(input) = input {
            args.push(Arg { kind: ArgKind::Pipeline, value: input });
        }
        let kind = ExprKind::Call { callee, args, type_args: Vec::new() };
        let call = self.nodes.expr(kind, span);
        if name.is_some() {
            self.took_value.extend(took_value.into_iter().map(|index| (call, index)));
        }
        call
    }

    /// `New-Object Type args`.
    fn new_object(&mut self, args: &[Arg], span: Span) -> Option<ExprId> {
        let ty = type_from_text(&self.literal(find(args, "typename", Some(0)))?)?;
        let position = usize::from(find(args, "typename", None).is_none());
        let mut values = Vec::new();
        let given = find(args, "argumentlist", Some(position)).or_else(|| find(args, "args", None));
        if let Some(given) = given {
            match self.nodes.kind(given).clone() {
                ExprKind::List(items) => values.extend(items.into_iter().map(Arg::positional)),
                _ => values.push(Arg::positional(given)),
            }
        }
        let mut init = Vec::new();
        if let Some(properties) = find(args, "property", None) {
            match self.nodes.kind(properties).clone() {
                ExprKind::Map(entries) => {
                    for (key, value) in entries {
                        init.push(match self.nodes.kind(key) {
                            ExprKind::Str(name) => Init::Member(lower(name).into(), value),
                            _ => Init::Entry(key, value),
                        });
                    }
                }
                _ => init.push(Init::Element(properties)),
            }
        }
        Some(self.nodes.expr(ExprKind::New { ty: Some(ty), args: values, init }, span))
    }

    fn set_variable(&mut self, args: &[Arg], input: Option<ExprId>, span: Span) -> Option<ExprId> {
        let name = find(args, "name", Some(0))?;
        let text = self.literal(Some(name))?;
        let position = usize::from(find(args, "name", None).is_none());
        let value = find(args, "value", Some(position)).or(input)?;
        let scope = self.literal(find(args, "scope", None)).map(|scope| lower(&scope));
        let scope = match scope.as_deref() {
            Some("script") => Scope::Script,
            Some("global") => Scope::Global,
            _ => Scope::Lexical,
        };
        let at = self.nodes.span(name);
        let target = self.nodes.expr(ExprKind::Name { name: lower(&text).into(), scope }, at);
        Some(self.nodes.expr(ExprKind::Assign { target, value }, span))
    }

    fn get_variable(&mut self, args: &[Arg], span: Span) -> Option<ExprId> {
        find(args, "valueonly", None)?;
        let name = self.literal(find(args, "name", Some(0)))?;
        let scope = self.literal(find(args, "scope", None)).map(|scope| lower(&scope));
        let scope = match scope.as_deref() {
            Some("script") => Scope::Script,
            Some("global") => Scope::Global,
            _ => Scope::Lexical,
        };
        Some(self.nodes.expr(ExprKind::Name { name: lower(&name).into(), scope }, span))
    }

    fn import_module(&mut self, args: &[Arg], span: Span) {
        let Some(names) = find(args, "name", Some(0)) else { return };
        let names = match self.nodes.kind(names).clone() {
            ExprKind::List(items) => items,
            _ => vec![names],
        };
        for name in names {
            if let Some(path) = self.path_text(name) {
                self.import(&path, span);
            }
        }
    }
}
