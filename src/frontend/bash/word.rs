//! Words: quoting, expansions, substitutions.

use tree_sitter::Node;

use super::{Lower, MAX_PARAMS, children};
use crate::ir::{Arg, BinaryOp, Block, ExprId, ExprKind, Scope, Span};

impl<'t> Lower<'t> {
    /// One word as one value.
    pub(super) fn word(&mut self, node: Node<'t>) -> ExprId {
        let span = Self::span(node);
        if !self.enter(node) {
            return self.unknown(span);
        }
        let value = self.word_inner(node, span);
        self.leave();
        value
    }

    fn word_inner(&mut self, node: Node<'t>, span: Span) -> ExprId {
        // The grammar may count blanks before an expansion in a string as part of it.
        let text = self.slice(node).trim_start();
        match node.kind() {
            "raw_string" => {
                let inner = text.strip_prefix('\'').unwrap_or(text);
                self.builder.str(inner.strip_suffix('\'').unwrap_or(inner), span)
            }
            "ansi_c_string" => {
                let inner = text.strip_prefix("$'").unwrap_or(text);
                let decoded = ansi(inner.strip_suffix('\'').unwrap_or(inner));
                self.builder.str(decoded, span)
            }
            "string" => self.quoted(node, span),
            "translated_string" => match children(node).first() {
                Some(inner) => self.word(*inner),
                None => self.unknown(span),
            },
            "concatenation" => {
                let parts: Vec<ExprId> = children(node).into_iter().map(|n| self.word(n)).collect();
                self.joined(parts, span)
            }
            "simple_expansion" => {
                let name = text.trim_start_matches('$');
                self.parameter(name, span)
            }
            "expansion" => self.expansion(node, span),
            "command_substitution" | "process_substitution" => self.substitution(node, span),
            "arithmetic_expansion"
            | "parenthesized_expression"
            | "binary_expression"
            | "postfix_expression"
            | "unary_expression"
            | "ternary_expression" => {
                let parts: Vec<ExprId> = children(node).into_iter().map(|n| self.word(n)).collect();
                self.expr(ExprKind::Other(parts), span)
            }
            "subscript" => self.subscript(node, span),
            "variable_name" => self.parameter(text, span),
            "array" => self.array(node, span),
            "command_name" => match children(node).first() {
                Some(inner) => self.word(*inner),
                None => self.builder.str(unescape(text), span),
            },
            _ => self.builder.str(unescape(text), span),
        }
    }

    /// Parts that stand side by side.
    pub(super) fn joined(&mut self, parts: Vec<ExprId>, span: Span) -> ExprId {
        match parts.as_slice() {
            [] => self.builder.str("", span),
            [only] => *only,
            _ => self.expr(ExprKind::Template(parts), span),
        }
    }

    /// `"…"`: the grammar leaves white space between expansions out, so literals are what lies between them.
    fn quoted(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let end =
            node.end_byte() - usize::from(self.slice(node).ends_with('"') && node.byte_range().len() > 1);
        self.mixed(node, node.start_byte() + 1, end, span)
    }

    /// Text from `start` to `end` with the expansions among the children of a node.
    pub(super) fn mixed(&mut self, node: Node<'t>, start: usize, end: usize, span: Span) -> ExprId {
        let mut parts = Vec::new();
        let mut at = start;
        for child in children(node) {
            let is_part = matches!(
                child.kind(),
                "simple_expansion" | "expansion" | "command_substitution" | "arithmetic_expansion"
            );
            if !is_part || child.start_byte() < at || child.end_byte() > end {
                continue;
            }
            let blanks = self.slice(child).len() - self.slice(child).trim_start().len();
            self.literal(at, child.start_byte() + blanks, &mut parts);
            parts.push(self.word(child));
            at = child.end_byte();
        }
        self.literal(at, end, &mut parts);
        self.joined(parts, span)
    }

    fn literal(&mut self, start: usize, end: usize, parts: &mut Vec<ExprId>) {
        if let Some(text) = self.text.get(start..end).filter(|t| !t.is_empty()) {
            let text = unquote(text);
            parts.push(self.builder.str(text, Span::new(start, end)));
        }
    }

    /// `$name`, and the parameters with names of their own.
    pub(super) fn parameter(&mut self, name: &str, span: Span) -> ExprId {
        match name {
            "@" | "*" => {
                let all = (1..=MAX_PARAMS).map(|i| self.variable(&i.to_string(), span)).collect();
                self.expr(ExprKind::List(all), span)
            }
            _ if name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && name != "0" => {
                self.variable(name, span)
            }
            _ => self.unknown(span),
        }
    }

    /// `${…}`.
    fn expansion(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let text = self.slice(node).trim_start();
        let inner = text.strip_prefix("${").unwrap_or(text);
        let inner = inner.strip_suffix('}').unwrap_or(inner);
        if inner.starts_with(['#', '!']) {
            return self.unknown(span);
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = match inner.chars().next() {
            Some('@' | '*') => 1,
            _ => inner.find(|c| !is_name(c)).unwrap_or(inner.len()),
        };
        let (name, rest) = inner.split_at(length);
        let mut value = self.parameter(name, span);
        let mut rest = rest;
        if let Some(index) = rest.strip_prefix('[') {
            let end = index.find(']').unwrap_or(index.len());
            let key = &index[..end];
            if !matches!(key, "@" | "*") {
                let subscript = children(node).into_iter().find(|n| n.kind() == "subscript");
                value = match subscript {
                    Some(subscript) => self.subscript(subscript, span),
                    None => value,
                };
            }
            rest = index.get(end + 1..).unwrap_or_default();
        }
        let default = [":-", "-", ":=", "="].iter().find_map(|op| rest.strip_prefix(op));
        if let Some(default) = default {
            let start = node.end_byte() - 1 - default.len();
            let parts: Vec<Node<'t>> =
                children(node).into_iter().filter(|n| n.start_byte() >= start).collect();
            let otherwise = match parts.as_slice() {
                [] => self.builder.str(unquote(default), Span::new(start, node.end_byte() - 1)),
                [only] => self.word(*only),
                _ => self.mixed(node, start, node.end_byte() - 1, span),
            };
            return self
                .expr(ExprKind::Binary { op: BinaryOp::Coalesce, left: value, right: otherwise }, span);
        }
        if rest.starts_with([':', '+']) && rest.trim_start_matches(':').starts_with('+') {
            let parts: Vec<ExprId> = children(node).into_iter().skip(1).map(|n| self.word(n)).collect();
            let then = self.joined(parts, span);
            let otherwise = self.builder.str("", span);
            return self.expr(ExprKind::Cond { test: value, then, otherwise }, span);
        }
        // What cuts a part off, or changes the case, leaves what the text is about.
        value
    }

    /// `name[index]`.
    fn subscript(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let name = node.child_by_field_name("name").map_or("", |n| self.slice(n));
        let object = self.variable(name, span);
        let index = match node.child_by_field_name("index") {
            Some(index) => self.word(index),
            None => self.unknown(span),
        };
        self.expr(ExprKind::Index { object, index }, span)
    }

    /// `$(…)`, `` `…` ``, `<(…)`: what the commands in it write.
    fn substitution(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let mut block = Block::new();
        if let Some(redirect) = node.child_by_field_name("redirect") {
            let file = redirect.child_by_field_name("destination");
            let name = file.map_or("", |f| self.slice(f));
            return self.file(name, span);
        }
        let outer = self.stdin.take();
        self.all(node, &mut block);
        self.stdin = outer;
        self.expr(ExprKind::Block(block), span)
    }

    /// `(a b c)`, `([key]=value)`.
    fn array(&mut self, node: Node<'t>, span: Span) -> ExprId {
        let elements = children(node);
        let keyed = |n: &Node<'t>| self.slice(*n).starts_with('[') && self.slice(*n).contains("]=");
        if !elements.is_empty() && elements.iter().all(keyed) {
            let mut entries = Vec::new();
            for element in elements {
                let text = self.slice(element);
                let Some((key, _)) = text[1..].split_once("]=") else { continue };
                let start = element.start_byte() + key.len() + 3;
                let key = self.builder.str(super::plain(key), Self::span(element));
                let place = Span::new(start, element.end_byte());
                let inner: Vec<Node<'t>> =
                    children(element).into_iter().filter(|n| n.start_byte() >= start).collect();
                let value = if inner.is_empty() {
                    self.builder
                        .str(super::plain(self.text.get(start..element.end_byte()).unwrap_or("")), place)
                } else {
                    let parts = inner.into_iter().map(|n| self.word(n)).collect();
                    self.joined(parts, place)
                };
                entries.push((key, value));
            }
            return self.expr(ExprKind::Map(entries), span);
        }
        let items = elements.into_iter().map(|n| self.word(n)).collect();
        self.expr(ExprKind::List(items), span)
    }

    /// Words as arguments: arrays and `"$@"` become as many as they hold.
    pub(super) fn arguments(&mut self, nodes: &[Node<'t>], out: &mut Vec<Arg>) {
        for node in nodes {
            if out.len() > 200 {
                return;
            }
            if let Some(name) = self.expanded(*node) {
                if name == "@" || name == "*" {
                    for i in 1..=MAX_PARAMS {
                        let value = self.variable(&i.to_string(), Self::span(*node));
                        out.push(Arg::positional(value));
                    }
                    continue;
                }
                if let Some(elements) = self.arrays.get(name).cloned()
                    && !self.expanding.iter().any(|n| n == name)
                {
                    self.expanding.push(name.to_owned());
                    self.arguments(&elements, out);
                    self.expanding.pop();
                    continue;
                }
            }
            let value = self.argument(*node);
            out.push(Arg::positional(value));
        }
    }

    /// One word; `@name` with the name of a file that the script writes is what it holds.
    fn argument(&mut self, node: Node<'t>) -> ExprId {
        if let Some(name) = super::plain(self.slice(node)).strip_prefix('@')
            && self.files.contains(name)
        {
            return self.file(name, Self::span(node));
        }
        self.word(node)
    }

    /// The array or list of parameters that a word stands for: `"${args[@]}"`, `"$@"`, `${args[*]}`.
    fn expanded(&self, node: Node<'t>) -> Option<&'t str> {
        let text = self.slice(node);
        let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        if let Some(name @ ("@" | "*")) = text.strip_prefix('$') {
            return Some(name);
        }
        let inner = text.strip_prefix("${")?.strip_suffix('}')?;
        if matches!(inner, "@" | "*") {
            return Some(inner);
        }
        let name = inner.strip_suffix("[@]").or_else(|| inner.strip_suffix("[*]"))?;
        name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_').then_some(name)
    }

    /// A name that is called.
    pub(super) fn callable(&mut self, name: &str, span: Span) -> ExprId {
        self.expr(ExprKind::Name { name: name.into(), scope: Scope::Callable }, span)
    }
}

/// Takes the backslashes out of a bare word.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some(next) => out.push(next),
            },
            c => out.push(c),
        }
    }
    out
}

/// Takes out the backslashes that have a meaning between double quotes.
pub(super) fn unquote(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('\n')) => {
                chars.next();
            }
            ('\\', Some(next @ ('$' | '`' | '"' | '\\'))) => {
                out.push(*next);
                chars.next();
            }
            (c, _) => out.push(c),
        }
    }
    out
}

/// Decodes what `$'…'` and formats of `printf` escape.
pub(super) fn ansi(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some(next) => out.push(next),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}
