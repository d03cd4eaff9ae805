//! Strings: literals, interpolation, heredocs, symbols, formats.

use tree_sitter::Node;

use super::{Reader, node_at};
use crate::frontend::tree::{kids, parts, span};
use crate::ir::{ExprId, ExprKind, Span};

impl Reader<'_> {
    /// A string, a symbol in quotes, a command in graves, a regular expression.
    pub(super) fn string(&mut self, node: Node<'_>) -> ExprId {
        let source = self.source(node);
        let raw = source.starts_with(['\'']) || source.starts_with("%q") || source.starts_with("%w");
        let pieces = self.pieces(node, raw, 0);
        self.put_together(pieces, span(node))
    }

    /// `"a" "b"`.
    pub(super) fn chained(&mut self, node: Node<'_>) -> ExprId {
        let parts = kids(node).into_iter().map(|k| self.string(k)).collect();
        self.unit.expr(ExprKind::Template(parts), span(node))
    }

    /// `<<~TEXT`: the body stands behind the line.
    pub(super) fn heredoc(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let found = self.heredocs.get(&node.start_byte()).copied();
        let Some(body) = found.and_then(|(start, end)| node_at(node, start, end, "heredoc_body")) else {
            return self.unit.str("", at);
        };
        let source = self.source(node);
        let indent = if source.starts_with("<<~") { self.indent_of(body) } else { 0 };
        let mut pieces = self.pieces(body, source.contains('\''), indent);
        // The line end behind the beginning is no part of the text.
        if let Some(first) = pieces.first().copied()
            && let ExprKind::Str(text) = self.kind_of(first)
            && let Some(rest) = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))
        {
            let rest = rest.to_owned();
            let rest = if indent > 0 { cut(&rest, indent) } else { rest };
            self.unit.unit().exprs[first.index()].kind = ExprKind::Str(rest.into());
        }
        // Nor is what stands before the closing word.
        if let Some(last) = pieces.last().copied()
            && let ExprKind::Str(text) = self.kind_of(last)
            && let Some(at) = text.rfind('\n').filter(|at| text[*at..].trim().is_empty())
        {
            self.unit.unit().exprs[last.index()].kind = ExprKind::Str(text[..=at].into());
        }
        pieces.retain(|p| !matches!(&self.unit.unit().expr(*p).kind, ExprKind::Str(t) if t.is_empty()));
        self.put_together(pieces, at)
    }

    /// How far the least indented line of a heredoc is indented.
    fn indent_of(&self, body: Node<'_>) -> usize {
        let source = self.source(body);
        let lines: Vec<&str> = source.lines().collect();
        // The last line is the closing word.
        let inner = &lines[..lines.len().saturating_sub(1)];
        let depth = |line: &&str| line.len() - line.trim_start().len();
        inner.iter().filter(|l| !l.trim().is_empty()).map(depth).min().unwrap_or(0)
    }

    /// The pieces of a text with holes. Neighbouring literal pieces are joined.
    fn pieces(&mut self, node: Node<'_>, raw: bool, indent: usize) -> Vec<ExprId> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut text_at: Option<Span> = None;
        for (_, part) in parts(node) {
            match part.kind() {
                "string_content" | "heredoc_content" => {
                    let source = self.source(part);
                    let content = if indent > 0 { outdent(source, indent) } else { source.to_owned() };
                    if raw {
                        text.push_str(&content.replace("\\'", "'").replace("\\\\", "\\"));
                    } else {
                        text.push_str(&content);
                    }
                    text_at = Some(text_at.map_or(span(part), |at| at.to(span(part))));
                }
                "escape_sequence" => {
                    unescape(self.source(part), raw, &mut text);
                    text_at = Some(text_at.map_or(span(part), |at| at.to(span(part))));
                }
                "interpolation" => {
                    if let Some(at) = text_at.take().filter(|_| !text.is_empty()) {
                        pieces.push(self.unit.str(std::mem::take(&mut text), at));
                    }
                    text.clear();
                    let inner: Vec<ExprId> = kids(part).into_iter().map(|k| self.expr(k)).collect();
                    pieces.push(match inner.as_slice() {
                        [only] => *only,
                        _ => self.other(inner, span(part)),
                    });
                    self.errors_of(part);
                }
                _ => {}
            }
        }
        if let Some(at) = text_at.filter(|_| !text.is_empty()) {
            pieces.push(self.unit.str(text, at));
        }
        pieces
    }

    fn put_together(&mut self, pieces: Vec<ExprId>, at: Span) -> ExprId {
        if let [only] = pieces.as_slice()
            && matches!(self.kind_of(*only), ExprKind::Str(_))
        {
            // The same literal, with its quotes.
            let only = *only;
            let whole = self.unit.unit().expr(only).span.to(at);
            self.unit.unit().exprs[only.index()].span = whole;
            return only;
        }
        if pieces.is_empty() {
            return self.unit.str("", at);
        }
        self.unit.expr(ExprKind::Template(pieces), at)
    }

    /// `:name`.
    pub(super) fn symbol(&mut self, node: Node<'_>) -> ExprId {
        let name = self.source(node).trim_start_matches(':').trim_end_matches(':');
        self.unit.str(name, span(node))
    }

    /// `%w[a b]` and `%i[a b]`.
    pub(super) fn words(&mut self, node: Node<'_>) -> ExprId {
        let items = kids(node)
            .into_iter()
            .map(|word| {
                let pieces = self.pieces(word, true, 0);
                self.put_together(pieces, span(word))
            })
            .collect();
        self.unit.expr(ExprKind::List(items), span(node))
    }

    /// `format('%s/%s', a, b)` and `'%s' % a`: the text, where the format shows it.
    pub(super) fn format(&mut self, format: ExprId, values: &[ExprId], at: Span) -> Option<ExprId> {
        let ExprKind::Str(text) = self.kind_of(format) else { return None };
        let format_at = self.unit.unit().expr(format).span;
        let values = match values {
            [only] => match self.kind_of(*only) {
                ExprKind::List(items) => items,
                _ => vec![*only],
            },
            _ => values.to_vec(),
        };
        let named = match values.first().map(|v| self.kind_of(*v)) {
            Some(ExprKind::Map(entries)) => entries,
            _ => Vec::new(),
        };
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut next = 0;
        let mut rest: &str = &text;
        while let Some(found) = rest.find('%') {
            literal.push_str(&rest[..found]);
            rest = &rest[found + 1..];
            if let Some(after) = rest.strip_prefix('%') {
                literal.push('%');
                rest = after;
                continue;
            }
            let value = if let Some(close) = rest.find(['}', '>']).filter(|_| rest.starts_with(['{', '<'])) {
                let name = &rest[1..close];
                let is_angle = rest.starts_with('<');
                rest = &rest[close + 1..];
                if is_angle {
                    let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
                    rest = &rest[end + 1..];
                }
                let mut found = None;
                for (key, value) in &named {
                    if matches!(self.kind_of(*key), ExprKind::Str(k) if *k == *name) {
                        found = Some(*value);
                    }
                }
                found?
            } else {
                let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
                rest = &rest[end + 1..];
                next += 1;
                *values.get(next - 1)?
            };
            if !literal.is_empty() {
                pieces.push(self.unit.str(std::mem::take(&mut literal), format_at));
            }
            pieces.push(value);
        }
        literal.push_str(rest);
        if !literal.is_empty() || pieces.is_empty() {
            pieces.push(self.unit.str(literal, format_at));
        }
        Some(self.unit.expr(ExprKind::Template(pieces), at))
    }
}

/// Takes the common indentation out of a piece of a heredoc; its first line goes on where a hole ended.
fn outdent(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(&cut(line, indent));
    }
    out
}

fn cut(line: &str, indent: usize) -> String {
    let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
    line[indent.min(blank)..].to_owned()
}

/// Decodes one escape sequence.
fn unescape(source: &str, raw: bool, out: &mut String) {
    let rest = source.strip_prefix('\\').unwrap_or(source);
    if raw {
        match rest {
            "\\" | "'" => out.push_str(rest),
            _ => out.push_str(source),
        }
        return;
    }
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let decoded = match rest.as_bytes().first() {
        Some(b'n') => Some('\n'),
        Some(b'r') => Some('\r'),
        Some(b't') => Some('\t'),
        Some(b's') => Some(' '),
        Some(b'e') => Some('\u{1b}'),
        Some(b'a') => Some('\u{7}'),
        Some(b'b') => Some('\u{8}'),
        Some(b'f') => Some('\u{c}'),
        Some(b'v') => Some('\u{b}'),
        Some(b'x') => code(&rest[1..], 16),
        Some(b'u') => code(rest[1..].trim_matches(['{', '}']), 16),
        Some(b'0'..=b'7') => code(rest, 8),
        // A line that goes on.
        Some(b'\n' | b'\r') => return,
        _ => None,
    };
    match decoded {
        Some(c) => out.push(c),
        None => out.push_str(rest),
    }
}
