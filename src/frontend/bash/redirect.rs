//! Redirections: here-documents, here-strings, files.

use tree_sitter::Node;

use super::{Lower, children, in_field, plain};
use crate::ir::{Arg, Block, ExprId, ExprKind, Scope, Span, StmtKind};

/// Where the output of a command goes.
enum Output<'t> {
    /// Where that of the function goes.
    Stays,
    /// It is dropped, or goes to people.
    Dropped,
    /// Into a file.
    File(&'t str),
}

/// What the redirections of a statement do.
struct Redirects<'t> {
    stdin: Option<ExprId>,
    output: Output<'t>,
    /// Words that stand behind the start of a here-document.
    words: Vec<Node<'t>>,
    /// Commands that the output is piped into.
    pipe: Vec<Node<'t>>,
    /// `&&` or `||` and what follows, behind the start of a here-document.
    next: Option<(bool, Node<'t>)>,
}

impl<'t> Lower<'t> {
    /// A statement with redirections.
    pub(super) fn redirected(&mut self, node: Node<'t>, out: &mut Block) {
        let span = Self::span(node);
        let mut redirects =
            Redirects { stdin: None, output: Output::Stays, words: Vec::new(), pipe: Vec::new(), next: None };
        let body = in_field(node, "body");
        for child in children(node) {
            if !body.iter().any(|b| b.id() == child.id()) {
                self.redirect(child, &mut redirects);
            }
        }
        let outer = self.stdin;
        if let Some(input) = redirects.stdin {
            self.stdin = Some(self.stored(input, span, out));
        }
        let mut extra: Vec<Arg> = Vec::new();
        self.arguments(&redirects.words, &mut extra);
        let mut inner = Block::new();
        match body.as_slice() {
            [only] if only.kind() == "command" => {
                if let Some(value) = self.command(*only, extra, &mut inner) {
                    self.push(StmtKind::Emit(value), Self::span(*only), &mut inner);
                }
            }
            [only] if only.kind() == "pipeline" && redirects.stdin.is_some() => {
                // `a | b <<EOF`: the document is for the last command, and what comes before runs too.
                let parts = children(*only);
                let input = self.stdin;
                for (i, part) in parts.iter().enumerate() {
                    self.stdin = if i + 1 == parts.len() { input } else { outer };
                    self.stmt(*part, &mut inner);
                }
            }
            all => self.statements(all, &mut inner),
        }
        self.stdin = outer;
        if !redirects.pipe.is_empty() {
            let mut value = self.block(std::mem::take(&mut inner), span);
            for part in &redirects.pipe {
                let input = self.stored(value, Self::span(*part), out);
                let outer = self.stdin.replace(input);
                value = self.output(*part);
                self.stdin = outer;
            }
            self.push(StmtKind::Emit(value), span, &mut inner);
        }
        match redirects.output {
            Output::Stays => out.append(&mut inner),
            Output::Dropped => {
                let value = self.block(inner, span);
                self.push(StmtKind::Expr(value), span, out);
            }
            Output::File(name) if matches!(plain(name).as_str(), "$GITHUB_ENV" | "$GITHUB_OUTPUT") => {
                let value = self.block(inner, span);
                self.publish(value, span, out);
            }
            Output::File(name) => {
                let value = self.block(inner, span);
                let target = self.file(name, span);
                let assign = self.expr(ExprKind::Assign { target, value }, span);
                self.push(StmtKind::Expr(assign), span, out);
            }
        }
        if let Some((is_or, next)) = redirects.next {
            let test = self.unknown(span);
            let mut way = Block::new();
            self.stmt(next, &mut way);
            let (then, otherwise) = if is_or { (Block::new(), way) } else { (way, Block::new()) };
            self.push(StmtKind::If { test, then, otherwise }, span, out);
        }
    }

    /// `NAME=value` in the file that hands variables to later steps.
    fn publish(&mut self, value: ExprId, span: Span, out: &mut Block) {
        let parts = match &self.builder.unit().expr(value).kind {
            ExprKind::Template(parts) => parts.clone(),
            _ => vec![value],
        };
        let first = parts.first().map(|p| self.builder.unit().expr(*p).clone());
        let Some((ExprKind::Str(text), place)) = first.map(|f| (f.kind, f.span)) else { return };
        let Some((name, begin)) = text.split_once('=') else { return };
        let mut rest: Vec<ExprId> = Vec::new();
        if !begin.is_empty() {
            rest.push(self.builder.str(begin, place));
        }
        rest.extend(&parts[1..]);
        let value = self.joined(rest, span);
        let target = self.expr(ExprKind::Name { name: name.trim().into(), scope: Scope::Env }, span);
        let assign = self.expr(ExprKind::Assign { target, value }, span);
        self.push(StmtKind::Expr(assign), span, out);
    }

    fn redirect(&mut self, node: Node<'t>, to: &mut Redirects<'t>) {
        match node.kind() {
            "heredoc_redirect" => self.heredoc(node, to),
            "herestring_redirect" => {
                if let Some(word) = children(node).last() {
                    to.stdin = Some(self.word(*word));
                }
            }
            "file_redirect" => self.file_redirect(node, to),
            "ERROR" => self.gap(Self::span(node)),
            _ => {}
        }
    }

    fn file_redirect(&mut self, node: Node<'t>, to: &mut Redirects<'t>) {
        let descriptor = node.child_by_field_name("descriptor").map_or("", |n| self.slice(n));
        let Some(target) = in_field(node, "destination").into_iter().next() else { return };
        let mut cursor = node.walk();
        let operator = node.children(&mut cursor).find(|n| !n.is_named()).map_or("", |n| self.slice(n));
        let name = self.slice(target);
        match operator {
            "<" => {
                to.stdin = Some(match target.kind() {
                    "process_substitution" => self.word(target),
                    _ => self.file(name, Self::span(target)),
                });
            }
            // Only what is written to the output counts.
            _ if !matches!(descriptor, "" | "1") => {}
            ">&" if name == "2" => to.output = Output::Dropped,
            ">&" if name.bytes().all(|b| b.is_ascii_digit()) => {}
            _ if matches!(name, "/dev/stdout" | "/dev/tty") => {}
            _ if name.starts_with("/dev/") => to.output = Output::Dropped,
            _ if target.kind() == "process_substitution" => {}
            _ => to.output = Output::File(name),
        }
    }

    fn heredoc(&mut self, node: Node<'t>, to: &mut Redirects<'t>) {
        to.words.extend(in_field(node, "argument"));
        let mut cursor = node.walk();
        let all: Vec<Node<'t>> = node.children(&mut cursor).collect();
        let is_raw = all
            .iter()
            .find(|n| n.kind() == "heredoc_start")
            .is_some_and(|n| self.slice(*n).contains(['\'', '"', '\\']));
        for child in &all {
            match child.kind() {
                "heredoc_body" => to.stdin = Some(self.document(*child, is_raw)),
                "pipeline" => to.pipe.extend(children(*child)),
                "file_redirect" | "herestring_redirect" => self.redirect(*child, to),
                _ => {}
            }
        }
        if let Some(right) = node.child_by_field_name("right") {
            let is_or = node.child_by_field_name("operator").is_some_and(|n| self.slice(n) == "||");
            to.next = Some((is_or, right));
        }
    }

    fn document(&mut self, node: Node<'t>, is_raw: bool) -> ExprId {
        let span = Self::span(node);
        if is_raw {
            return self.builder.str(self.slice(node), span);
        }
        self.mixed(node, node.start_byte(), node.end_byte(), span)
    }

    /// The last document of a command that an interpreter reads: its place in the text.
    pub(super) fn document_of(command: Node<'t>) -> Option<Span> {
        let parent = command.parent().filter(|p| p.kind() == "redirected_statement")?;
        let redirect = children(parent).into_iter().find(|n| n.kind() == "heredoc_redirect")?;
        let body = children(redirect).into_iter().find(|n| n.kind() == "heredoc_body")?;
        Some(Self::span(body))
    }

    /// The file that a command reads: one that the script writes, or else its last word, where that can only
    /// be a file.
    pub(super) fn file_read(&mut self, words: &[Node<'t>]) -> Option<ExprId> {
        if let Some(file) = self.file_among(words) {
            return Some(file);
        }
        let [.., _, last] = words else { return None };
        let name = plain(self.slice(*last));
        let is_file = matches!(last.kind(), "word" | "string" | "concatenation" | "simple_expansion")
            && name.contains(['.', '/', '$'])
            && !name.starts_with(['-', '.', '('])
            && !name.contains([' ', '|', ':', '[']);
        is_file.then(|| self.file(&name, Self::span(*last)))
    }

    /// A file that the script writes, if one of the words is its name.
    pub(super) fn file_among(&mut self, words: &[Node<'t>]) -> Option<ExprId> {
        let word = words.iter().find(|w| self.files.contains(&plain(self.slice(**w))))?;
        let name = plain(self.slice(*word));
        let span = Self::span(*word);
        Some(self.expr(ExprKind::Name { name: format!("file:{name}").into(), scope: Scope::Global }, span))
    }
}
