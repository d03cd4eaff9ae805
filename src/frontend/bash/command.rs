//! Simple commands: calls, and what stands before them.

use tree_sitter::Node;

use super::word::unescape;
use super::{Lower, children, in_field, plain};
use crate::ir::{Arg, ArgKind, Block, ExprId, ExprKind, Scope, Span, StmtKind};

/// Commands that run the command in their words.
const WRAPPERS: &[&str] =
    &["sudo", "command", "exec", "time", "nohup", "env", "xargs", "timeout", "builtin", "nice", "retry"];
/// Options of wrappers that take a value.
const WRAPPER_VALUES: &[&str] = &["-I", "-n", "-P", "-u", "-k", "-s", "-d", "-L"];
/// Commands whose output, if they have any, is of no account.
const SILENT: &[&str] = &[
    "set", "trap", "cd", "mkdir", "rm", "mv", "cp", "chmod", "chown", "sleep", "pushd", "popd", "shopt",
    "ulimit", "wait", "kill", "touch", "umask", "logger", "sync", "clear", "tput", "apt-get", "apt", "yum",
    "pip", "pip3", "npm", "unset", "which", "hash", "type",
];

impl<'t> Lower<'t> {
    /// A command. Its value is what it writes; `None` when that is nothing, or has been dealt with.
    pub(super) fn command(&mut self, node: Node<'t>, extra: Vec<Arg>, out: &mut Block) -> Option<ExprId> {
        let outer = self.stdin;
        for child in children(node) {
            match child.kind() {
                "variable_assignment" => self.prefix(child, out),
                "herestring_redirect" => {
                    if let Some(word) = children(child).last() {
                        let value = self.word(*word);
                        self.stdin = Some(self.stored(value, Self::span(child), out));
                    }
                }
                _ => {}
            }
        }
        let mut words = Vec::new();
        words.extend(
            node.child_by_field_name("name").and_then(|n| children(n).into_iter().next().or(Some(n))),
        );
        words.extend(in_field(node, "argument"));
        if words.is_empty() {
            // `(…)` as a command.
            self.all(node, out);
            self.stdin = outer;
            return None;
        }
        let value = self.run(node, &words, extra, out);
        self.stdin = outer;
        value
    }

    /// `NAME=value command`.
    fn prefix(&mut self, node: Node<'t>, out: &mut Block) {
        let span = Self::span(node);
        let (Some(name), Some(value)) = (node.child_by_field_name("name"), node.child_by_field_name("value"))
        else {
            return;
        };
        let value = self.word(value);
        let name = self.slice(name);
        if name == "IFS" {
            return;
        }
        let target = self.expr(ExprKind::Name { name: name.into(), scope: Scope::Env }, span);
        let assign = self.expr(ExprKind::Assign { target, value }, span);
        self.push(StmtKind::Expr(assign), span, out);
    }

    /// Runs the command that words make up.
    fn run(
        &mut self,
        node: Node<'t>,
        words: &[Node<'t>],
        extra: Vec<Arg>,
        out: &mut Block,
    ) -> Option<ExprId> {
        let mut words = words;
        let mut prefix = Vec::new();
        for _ in 0..6 {
            let name = self.static_name(*words.first()?);
            let Some(name) = name else { break };
            if WRAPPERS.contains(&name.as_str()) {
                let skip = self.wrapped(words);
                if skip >= words.len() {
                    break;
                }
                words = &words[skip..];
            } else if matches!(name.as_str(), "bash" | "sh" | "zsh")
                && words.get(1).is_some_and(|w| !self.slice(*w).starts_with('-'))
            {
                words = &words[1..];
            } else {
                break;
            }
        }
        let span = Self::span(node);
        let first = *words.first()?;
        let Some(name) = self.static_name(first) else {
            // `$CURL …`: a variable, or a list of words, that is called.
            if let Some(array) = self.array_called(first) {
                prefix.extend(array);
                prefix.extend_from_slice(&words[1..]);
                return self.run(node, &prefix, extra, out);
            }
            let callee = self.word(first);
            let args = self.command_args(&words[1..], extra);
            return Some(self.builder.call(callee, args, span));
        };
        if let Some(value) = self.builtin(&name, node, &words[1..], out) {
            return value;
        }
        let args = self.command_args(&words[1..], extra);
        let callee = self.callable(&name, Self::span(first));
        let call = self.builder.call(callee, args, span);
        if SILENT.contains(&name.as_str()) {
            self.push(StmtKind::Expr(call), span, out);
            return None;
        }
        if let Some(file) = self.output_file(&words[1..]) {
            let target = self.file(file, span);
            return Some(self.expr(ExprKind::Assign { target, value: call }, span));
        }
        Some(call)
    }

    fn command_args(&mut self, words: &[Node<'t>], extra: Vec<Arg>) -> Vec<Arg> {
        let mut args = Vec::new();
        self.arguments(words, &mut args);
        args.extend(extra);
        let input = self.stdin.or_else(|| self.file_among(words));
        args.extend(input.map(|value| Arg { kind: ArgKind::Pipeline, value }));
        args
    }

    /// The name of a command that is written out, at least its last part.
    fn static_name(&self, node: Node<'t>) -> Option<String> {
        let text = self.slice(node);
        let bare = match node.kind() {
            "word" => unescape(text),
            "string" | "raw_string" | "concatenation" | "command_name" => plain(text),
            _ => return None,
        };
        let last = bare.rsplit('/').next().unwrap_or(&bare);
        (!last.is_empty() && !last.contains(['$', '`', ' ', ')', '('])).then(|| last.to_owned())
    }

    /// How many words belong to a wrapper.
    fn wrapped(&self, words: &[Node<'t>]) -> usize {
        let mut at = 1;
        while let Some(word) = words.get(at) {
            let text = self.slice(*word);
            if WRAPPER_VALUES.contains(&text) {
                at += 2;
            } else if text.starts_with('-')
                || text.contains('=')
                || text.starts_with(|c: char| c.is_ascii_digit())
            {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// `"${CURL[@]}" …`: the array that holds the command.
    fn array_called(&self, node: Node<'t>) -> Option<Vec<Node<'t>>> {
        let text = plain(self.slice(node));
        let name = text.strip_prefix('$')?;
        let name = name.strip_suffix("[@]").unwrap_or(name);
        let elements = self.arrays.get(name)?;
        let first = elements.first()?;
        (first.id() != node.id() && self.static_name(*first).is_some()).then(|| elements.clone())
    }

    /// `-o FILE`: where the command writes.
    fn output_file(&self, words: &[Node<'t>]) -> Option<&'t str> {
        let at = words
            .iter()
            .position(|w| matches!(self.slice(*w), "-o" | "--output" | "-O" | "--output-document"))?;
        let file = self.slice(*words.get(at + 1)?);
        self.files.contains(&plain(file)).then_some(file)
    }

    /// Words that are texts put together: `echo` and the like.
    pub(super) fn sentence(&mut self, words: &[Node<'t>], span: Span) -> ExprId {
        let mut args = Vec::new();
        self.arguments(words, &mut args);
        let mut parts = Vec::new();
        for arg in args {
            if !parts.is_empty() {
                parts.push(self.builder.str(" ", span));
            }
            parts.push(arg.value);
        }
        self.joined(parts, span)
    }
}
