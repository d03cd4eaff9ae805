//! Commands that are part of the language, and those that do no more than pass text on.

use tree_sitter::Node;

use super::word::ansi;
use super::{Lower, plain};
use crate::ir::{Block, ExprId, ExprKind, Span, StmtKind};

/// Commands that write some of what they read.
const FILTERS: &[&str] = &[
    "sed", "tr", "grep", "egrep", "cut", "awk", "gawk", "head", "tail", "sort", "uniq", "base64", "rev",
    "column", "tac", "fold", "iconv", "gunzip", "gzip", "xmllint", "yq", "less", "more",
];

impl<'t> Lower<'t> {
    /// A command that has a form of its own in the IR; the outer `None` for all others.
    #[expect(clippy::option_option, reason = "not known, known without a value, known with one")]
    pub(super) fn builtin(
        &mut self,
        name: &str,
        node: Node<'t>,
        words: &[Node<'t>],
        out: &mut Block,
    ) -> Option<Option<ExprId>> {
        let span = Self::span(node);
        match name {
            "echo" | "print" => {
                let options = words
                    .iter()
                    .take_while(|w| matches!(self.slice(**w), "-n" | "-e" | "-ne" | "-en" | "-E" | "-r"));
                let skip = options.count();
                if let [word] = &words[skip..]
                    && let Some(name) = task_variable(self.slice(*word))
                {
                    let value = self.sentence(&words[skip..], span);
                    let scope = crate::ir::Scope::Env;
                    let target = self.expr(ExprKind::Name { name: name.into(), scope }, span);
                    let assign = self.expr(ExprKind::Assign { target, value }, span);
                    self.push(StmtKind::Expr(assign), span, out);
                    return Some(None);
                }
                Some(Some(self.sentence(&words[skip..], span)))
            }
            "printf" => Some(self.printf(words, span, out)),
            "cat" => {
                let input = self.file_among(words).or(self.stdin);
                let is_file = words.first().is_some_and(|w| self.slice(*w) != "-");
                match input {
                    Some(value) => Some(Some(value)),
                    None if is_file => {
                        let name = self.slice(*words.last()?);
                        Some(Some(self.file(name, span)))
                    }
                    None => Some(Some(self.variable("input", span))),
                }
            }
            "tee" => {
                let value = self.stdin?;
                for word in words {
                    if self.slice(*word).starts_with('-') {
                        continue;
                    }
                    let target = self.file(self.slice(*word), span);
                    let assign = self.expr(ExprKind::Assign { target, value }, span);
                    self.push(StmtKind::Expr(assign), span, out);
                }
                Some(Some(value))
            }
            "read" | "mapfile" | "readarray" => {
                self.read_builtin(words, span, out);
                Some(None)
            }
            "source" | "." => {
                self.source(*words.first()?);
                Some(None)
            }
            "exit" => {
                self.push(StmtKind::Throw(None), span, out);
                Some(None)
            }
            "return" => {
                self.push(StmtKind::Return(None), span, out);
                Some(None)
            }
            "break" | "continue" => {
                self.push(StmtKind::Jump, span, out);
                Some(None)
            }
            "shift" => {
                let by =
                    words.first().and_then(|w| self.slice(*w).parse().ok()).unwrap_or(1_usize).clamp(1, 9);
                for i in 1..=super::MAX_PARAMS {
                    let value = if i + by <= super::MAX_PARAMS {
                        self.variable(&(i + by).to_string(), span)
                    } else {
                        self.expr(ExprKind::Null, span)
                    };
                    self.assign(&i.to_string(), value, span, out);
                }
                Some(None)
            }
            "test" | "[" | "true" | "false" | ":" => Some(None),
            "jq" => Some(Some(self.jq(words, span))),
            _ if FILTERS.contains(&name) => {
                let input = self.stdin.or_else(|| self.file_read(words))?;
                // What it looks for is no part of what it gives, and is not lost.
                let sought = words.iter().find(|w| !self.slice(**w).starts_with('-')).copied();
                if let Some(sought) = sought {
                    let sought = self.word(sought);
                    self.push(StmtKind::Expr(sought), span, out);
                }
                Some(Some(input))
            }
            "pwsh" | "powershell" | "powershell.exe" | "pwsh.exe" => {
                self.embed("powershell", node, words, &["-command", "-c"]);
                None
            }
            "bash" | "sh" | "zsh" => {
                self.embed("bash", node, words, &["-c", "-ec", "-lc"]);
                None
            }
            "python" | "python3" | "python2" => {
                self.embed("python", node, words, &["-c"]);
                None
            }
            "node" => {
                self.embed("javascript", node, words, &["-e", "--eval"]);
                None
            }
            "perl" => {
                self.embed("perl", node, words, &["-e"]);
                None
            }
            "php" => {
                self.embed("php", node, words, &["-r"]);
                None
            }
            "ruby" => {
                self.embed("ruby", node, words, &["-e"]);
                None
            }
            _ => None,
        }
    }

    /// `printf [-v name] format words`.
    fn printf(&mut self, words: &[Node<'t>], span: Span, out: &mut Block) -> Option<ExprId> {
        let mut words = words;
        let mut variable = None;
        if let [option, name, rest @ ..] = words
            && self.slice(*option) == "-v"
        {
            variable = Some(self.slice(*name));
            words = rest;
        }
        if words.first().is_some_and(|w| self.slice(*w) == "--") {
            words = &words[1..];
        }
        let value = match words {
            [] => return None,
            [format, rest @ ..] => {
                let text = self.slice(*format);
                let is_fixed = matches!(format.kind(), "raw_string" | "word")
                    || format.kind() == "string" && !text.contains(['$', '`']);
                if is_fixed { self.format(*format, rest, span) } else { self.sentence(words, span) }
            }
        };
        match variable {
            Some(name) => {
                self.assign(name, value, span, out);
                None
            }
            None => Some(value),
        }
    }

    fn format(&mut self, format: Node<'t>, words: &[Node<'t>], span: Span) -> ExprId {
        let place = Self::span(format);
        let text = ansi(&plain_quotes(self.slice(format)));
        let mut args = Vec::new();
        self.arguments(words, &mut args);
        let mut args = args.into_iter();
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '%' {
                literal.push(c);
                continue;
            }
            if chars.peek() == Some(&'%') {
                chars.next();
                literal.push('%');
                continue;
            }
            while chars.peek().is_some_and(|c| !c.is_ascii_alphabetic()) {
                chars.next();
            }
            chars.next();
            if !literal.is_empty() {
                let text = std::mem::take(&mut literal);
                parts.push(self.builder.str(text, place));
            }
            match args.next() {
                Some(arg) => parts.push(arg.value),
                None => parts.push(self.builder.str("", place)),
            }
        }
        if !literal.is_empty() {
            parts.push(self.builder.str(literal, place));
        }
        // The format is used again for what is left.
        parts.extend(args.map(|a| a.value));
        self.joined(parts, span)
    }

    /// `read [options] names`.
    fn read_builtin(&mut self, words: &[Node<'t>], span: Span, out: &mut Block) {
        let value = match self.stdin {
            Some(value) => value,
            None => {
                let callee = self.callable("read", span);
                self.builder.call(callee, Vec::new(), span)
            }
        };
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let text = self.slice(*word);
            if let Some(options) = text.strip_prefix('-') {
                let takes = options.ends_with(['p', 'd', 'n', 'N', 't', 'u', 'i']);
                at += if takes { 2 } else { 1 };
                continue;
            }
            self.assign(text, value, Self::span(*word), out);
            at += 1;
        }
    }

    /// `jq filter`: a path is a member of what comes in; any other filter passes on what it is given.
    fn jq(&mut self, words: &[Node<'t>], span: Span) -> ExprId {
        let input = self.stdin.or_else(|| self.file_read(words));
        let filter = words.iter().find(|w| {
            let text = self.slice(**w);
            !text.starts_with('-')
        });
        if let (Some(input), Some(filter)) = (input, filter) {
            let filter = plain_quotes(self.slice(*filter));
            let names = path(&filter);
            if !names.is_empty()
                && !words.iter().any(|w| matches!(self.slice(*w), "--arg" | "--argjson" | "-n"))
            {
                let mut value = input;
                for name in names {
                    let index = self.builder.str(name, span);
                    value = self.expr(ExprKind::Index { object: value, index }, span);
                }
                return value;
            }
        }
        let mut args = Vec::new();
        self.arguments(words, &mut args);
        let mut parts: Vec<ExprId> = args.into_iter().map(|a| a.value).collect();
        parts.extend(input);
        self.expr(ExprKind::Other(parts), span)
    }
}

/// The variable that a line sets for later steps of a pipeline: `##vso[task.setvariable variable=x]…`.
fn task_variable(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("##vso[task.setvariable")?;
    let (_, rest) = rest.split_once("variable=")?;
    let name = rest.split([';', ']', ' ']).next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// A word without the quotes around it.
fn plain_quotes(text: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    plain(text)
}

/// The names of a path that a filter begins with: `.value[0].id // empty`.
fn path(filter: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = filter.trim();
    loop {
        if let Some(inner) = rest.strip_prefix(".[").or_else(|| rest.strip_prefix('[')) {
            let Some((index, behind)) = inner.split_once(']') else { break };
            let index = index.trim_matches(['"', '\\', '\'']);
            if !index.is_empty() && !index.bytes().all(|b| b.is_ascii_digit()) {
                names.push(index.to_owned());
            }
            rest = behind;
        } else if let Some(inner) = rest.strip_prefix('.') {
            let inner = inner.trim_start_matches(['"', '\\']);
            let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
            if end == 0 {
                break;
            }
            names.push(inner[..end].to_owned());
            rest = inner[end..].trim_start_matches(['"', '\\', '?']);
        } else {
            break;
        }
    }
    let rest = rest.trim_start();
    if rest.is_empty() || rest.starts_with("//") || rest.starts_with('|') || rest.starts_with('?') {
        names
    } else {
        Vec::new()
    }
}
