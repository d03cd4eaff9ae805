//! Strings: literals, interpolation, heredocs, and the functions that put text together.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{field, kid_of, kids, parts, span};
use crate::ir::{Arg, ArgKind, ExprId, ExprKind};

impl Reader<'_> {
    /// `'text'`.
    pub(super) fn single_quoted(&mut self, node: Node<'_>) -> ExprId {
        let source = self.source(node);
        let inner = source.trim_start_matches(['b', 'B']);
        let inner = inner.strip_prefix('\'').unwrap_or(inner);
        let inner = inner.strip_suffix('\'').unwrap_or(inner);
        let mut text = String::with_capacity(inner.len());
        let mut chars = inner.chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek()) {
                ('\\', Some(next @ ('\\' | '\''))) => {
                    text.push(*next);
                    chars.next();
                }
                _ => text.push(c),
            }
        }
        self.unit.str(text, span(node))
    }

    /// `"text $x {$y['z']}"`.
    pub(super) fn double_quoted(&mut self, node: Node<'_>) -> ExprId {
        let pieces = self.pieces(node, "");
        self.put_together(pieces, node)
    }

    /// `<<<END … END` with interpolation.
    pub(super) fn heredoc(&mut self, node: Node<'_>) -> ExprId {
        let Some(body) = field(node, "value") else { return self.unit.str("", span(node)) };
        let indent = self.indent_of(field(node, "end_tag"));
        let pieces = self.pieces(body, &indent);
        self.put_together(pieces, node)
    }

    /// `<<<'END' … END`.
    pub(super) fn nowdoc(&mut self, node: Node<'_>) -> ExprId {
        let indent = self.indent_of(field(node, "end_tag"));
        let text = field(node, "value").map_or("", |b| self.source(b));
        let text = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text);
        let text = outdent(text, &indent, true);
        self.unit.str(text, span(node))
    }

    /// The white space before the closing word of a heredoc.
    fn indent_of(&self, end: Option<Node<'_>>) -> String {
        let Some(end) = end else { return String::new() };
        let source = self.source(end);
        let own = &source[..source.len() - source.trim_start().len()];
        let before = self.text.get(..end.start_byte()).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let blank = |text: &str| text.chars().all(char::is_whitespace);
        let own = own.rsplit('\n').next().unwrap_or_default();
        if blank(line) { format!("{line}{own}") } else { own.to_owned() }
    }

    /// The pieces of a text with holes. Neighbouring literal pieces are joined.
    fn pieces(&mut self, node: Node<'_>, indent: &str) -> Vec<ExprId> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut text_at = None;
        let mut first = true;
        let mut end = None;
        for (_, part) in parts(node) {
            // Line ends within a heredoc belong to no node.
            let gap = end.and_then(|end| self.text.get(end..part.start_byte())).unwrap_or_default();
            if !gap.is_empty() {
                text.push_str(&outdent(gap, indent, false));
                text_at = Some(text_at.map_or(span(part), |at: crate::ir::Span| at.to(span(part))));
            }
            end = Some(part.end_byte());
            match part.kind() {
                "string_content" => {
                    let content = outdent(self.source(part), indent, first || gap.ends_with('\n'));
                    text.push_str(&content);
                    text_at = Some(text_at.map_or(span(part), |at: crate::ir::Span| at.to(span(part))));
                }
                "escape_sequence" => {
                    unescape(self.source(part), &mut text);
                    text_at = Some(text_at.map_or(span(part), |at: crate::ir::Span| at.to(span(part))));
                }
                _ if part.is_named() || part.is_error() => {
                    if let Some(at) = text_at.take().filter(|_| !text.is_empty()) {
                        pieces.push(self.unit.str(std::mem::take(&mut text), at));
                    }
                    text.clear();
                    if part.is_error() {
                        self.errors_of(node);
                    } else {
                        pieces.push(self.hole(part));
                    }
                }
                _ => continue,
            }
            first = false;
        }
        if let Some(at) = text_at.filter(|_| !text.is_empty()) {
            pieces.push(self.unit.str(text, at));
        }
        pieces
    }

    /// What stands in a hole. `"$x[key]"` has a key without quotes.
    fn hole(&mut self, node: Node<'_>) -> ExprId {
        if node.kind() == "subscript_expression"
            && let [object, index] = kids(node).as_slice()
            && index.kind() == "name"
        {
            let key = self.source(*index);
            let key = self.unit.str(key, span(*index));
            if let Some(value) = self.superglobal(*object, key, span(node)) {
                return value;
            }
            let object = self.expr(*object);
            return self.unit.expr(ExprKind::Index { object, index: key }, span(node));
        }
        self.expr(node)
    }

    fn put_together(&mut self, pieces: Vec<ExprId>, node: Node<'_>) -> ExprId {
        let at = span(node);
        if let [only] = pieces.as_slice()
            && let ExprKind::Str(text) = self.kind_of(*only)
        {
            return self.unit.str(text, at);
        }
        if pieces.is_empty() {
            return self.unit.str("", at);
        }
        self.unit.expr(ExprKind::Template(pieces), at)
    }

    /// The text that a call of `sprintf`, `implode` and the like puts together, where the call shows it.
    pub(super) fn text_call(&mut self, name: &str, args: &[Arg], node: Node<'_>) -> Option<ExprId> {
        if args.iter().any(|a| a.kind != ArgKind::Positional) {
            return None;
        }
        let values: Vec<ExprId> = args.iter().map(|a| a.value).collect();
        let pieces = match name {
            "sprintf" => {
                let (format, values) = values.split_first()?;
                let ExprKind::Str(format) = self.kind_of(*format) else { return None };
                self.format(&format, values, node)?
            }
            "vsprintf" => {
                let [format, list] = values.as_slice() else { return None };
                let (ExprKind::Str(format), ExprKind::List(values)) =
                    (self.kind_of(*format), self.kind_of(*list))
                else {
                    return None;
                };
                self.format(&format, &values, node)?
            }
            "implode" | "join" => {
                let [separator, list] = values.as_slice() else { return None };
                let ExprKind::List(items) = self.kind_of(*list) else { return None };
                let mut pieces = Vec::new();
                for item in items {
                    if !pieces.is_empty() {
                        pieces.push(*separator);
                    }
                    pieces.push(item);
                }
                pieces
            }
            _ => return None,
        };
        Some(self.unit.expr(ExprKind::Template(pieces), span(node)))
    }

    /// The pieces of `sprintf`'s format.
    fn format(&mut self, format: &str, values: &[ExprId], node: Node<'_>) -> Option<Vec<ExprId>> {
        let at = kid_of(node, "arguments").and_then(|a| kids(a).first().copied()).map_or(span(node), span);
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut next = 0;
        let mut rest = format;
        while let Some(found) = rest.find('%') {
            text.push_str(&rest[..found]);
            rest = &rest[found + 1..];
            if let Some(after) = rest.strip_prefix('%') {
                text.push('%');
                rest = after;
                continue;
            }
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let spec = &rest[..end];
            rest = &rest[end + 1..];
            let index = match spec.split_once('$') {
                Some((number, _)) => number.parse::<usize>().ok()?.checked_sub(1)?,
                None => {
                    next += 1;
                    next - 1
                }
            };
            if !text.is_empty() {
                pieces.push(self.unit.str(std::mem::take(&mut text), at));
            }
            pieces.push(*values.get(index)?);
        }
        text.push_str(rest);
        if !text.is_empty() || pieces.is_empty() {
            pieces.push(self.unit.str(text, at));
        }
        Some(pieces)
    }
}

/// Takes the indentation of a heredoc out of a piece of it.
fn outdent(text: &str, indent: &str, first: bool) -> String {
    if indent.is_empty() {
        return text.to_owned();
    }
    let text = if first { text.strip_prefix(indent).unwrap_or(text) } else { text };
    text.replace(&format!("\n{indent}"), "\n")
}

/// Decodes one escape sequence.
fn unescape(source: &str, out: &mut String) {
    let rest = source.strip_prefix('\\').unwrap_or(source);
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let decoded = match rest.as_bytes().first() {
        Some(b'n') => Some('\n'),
        Some(b'r') => Some('\r'),
        Some(b't') => Some('\t'),
        Some(b'v') => Some('\u{b}'),
        Some(b'e') => Some('\u{1b}'),
        Some(b'f') => Some('\u{c}'),
        Some(b'x') => code(&rest[1..], 16),
        Some(b'u') => code(rest[1..].trim_matches(['{', '}']), 16),
        Some(b'0'..=b'7') => code(rest, 8),
        _ => None,
    };
    match decoded {
        Some(c) => out.push(c),
        None if matches!(rest, "\\" | "$" | "\"" | "'" | "`") => out.push_str(rest),
        None => out.push_str(source),
    }
}
