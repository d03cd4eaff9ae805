//! String literals, and texts that are put together from them.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{ArgKind, ExprId, ExprKind, Span};

/// What a text with placeholders is filled with.
struct Filling {
    positional: Vec<ExprId>,
    named: Vec<(String, ExprId)>,
    /// Maps whose entries are arguments (`**values`).
    splats: Vec<ExprId>,
}

impl Reader<'_> {
    /// A string, or several that stand side by side.
    pub(super) fn string(&mut self, node: Node<'_>) -> ExprId {
        let mut parts = Vec::new();
        let strings = if node.kind() == "string" { vec![node] } else { kids(node) };
        for string in strings {
            self.string_parts(string, &mut parts);
        }
        self.text_of(parts, node)
    }

    /// One literal, or a template. Literals side by side are one text, unless code stands between them.
    fn text_of(&mut self, parts: Vec<Part<'_>>, node: Node<'_>) -> ExprId {
        if parts.iter().all(|p| matches!(p, Part::Text(..))) {
            let text: String =
                parts.iter().map(|p| if let Part::Text(t, _) = p { t.as_str() } else { "" }).collect();
            return self.unit.str(text, span(node));
        }
        let mut pieces = Vec::new();
        for part in parts {
            match part {
                Part::Text(text, at) => {
                    let piece = self.unit.str(text, at);
                    pieces.push(piece);
                }
                Part::Code(code) => pieces.push(self.expr(code)),
            }
        }
        self.unit.expr(ExprKind::Template(pieces), span(node))
    }

    fn string_parts<'n>(&mut self, node: Node<'n>, parts: &mut Vec<Part<'n>>) {
        let source = self.source(node);
        let prefix: String =
            source.chars().take_while(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
        let (is_raw, is_format) = (prefix.contains('r'), prefix.contains('f') || prefix.contains('t'));
        for kid in kids(node) {
            match kid.kind() {
                "string_content" => {
                    let mut text = self.source(kid).to_owned();
                    if is_format {
                        text = text.replace("{{", "{").replace("}}", "}");
                    }
                    let text = if is_raw { text } else { decode(&text) };
                    parts.push(Part::Text(text, span(kid)));
                }
                "interpolation" => {
                    if let Some(code) = field(kid, "expression") {
                        parts.push(Part::Code(code));
                    }
                }
                _ => {}
            }
        }
    }

    /// The text of a literal without code in it, with its place.
    fn literal(&mut self, node: Node<'_>) -> Option<String> {
        let mut node = node;
        while node.kind() == "parenthesized_expression" {
            node = kids(node).first().copied()?;
        }
        let strings = match node.kind() {
            "string" => vec![node],
            "concatenated_string" => kids(node),
            _ => return None,
        };
        let mut parts = Vec::new();
        for string in strings {
            self.string_parts(string, &mut parts);
        }
        let mut text = String::new();
        for part in &parts {
            let Part::Text(piece, _) = part else { return None };
            text.push_str(piece);
        }
        Some(text)
    }

    /// `"…{}…".format(…)`; `None` when the text is no literal.
    pub(super) fn format_call(&mut self, text: Node<'_>, args: Node<'_>, at: Span) -> Option<ExprId> {
        let literal = self.literal(text)?;
        let mut filling = Filling { positional: Vec::new(), named: Vec::new(), splats: Vec::new() };
        for arg in self.args(args) {
            match arg.kind {
                ArgKind::Named(name) => filling.named.push((name.to_string(), arg.value)),
                ArgKind::Splat => filling.splats.push(arg.value),
                _ => filling.positional.push(arg.value),
            }
        }
        let mut next = 0;
        let fill = |reader: &mut Self, name: &str, parts: &mut Vec<ExprId>| {
            let end = name.find([':', '!']).unwrap_or(name.len());
            let path = &name[..end];
            let first = path.split(['.', '[']).next().unwrap_or("");
            let value = match first.parse::<usize>() {
                Ok(index) => filling.positional.get(index).copied(),
                Err(_) if first.is_empty() => {
                    next += 1;
                    filling.positional.get(next - 1).copied()
                }
                Err(_) => filling.named.iter().find(|(n, _)| n == first).map(|(_, v)| *v),
            };
            let value = value.or_else(|| filling.splats.first().map(|splat| reader.entry(*splat, first, at)));
            let mut value = value.unwrap_or_else(|| reader.other(Vec::new(), at));
            for step in path[first.len()..].split(['.', '[']).filter(|s| !s.is_empty()) {
                let name = step.trim_end_matches(']');
                value = if step.ends_with(']') {
                    reader.entry(value, name, at)
                } else {
                    reader.unit.member(value, name, at)
                };
            }
            parts.push(value);
        };
        Some(self.placeholders(&literal, span(text), at, fill))
    }

    /// Splits a text at its `{…}` and has them filled.
    fn placeholders(
        &mut self,
        text: &str,
        literal_at: Span,
        at: Span,
        mut fill: impl FnMut(&mut Self, &str, &mut Vec<ExprId>),
    ) -> ExprId {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            plain.push_str(&rest[..open]);
            let brace = &rest[open..=open];
            rest = &rest[open + 1..];
            if rest.starts_with(brace) {
                plain.push_str(brace);
                rest = &rest[1..];
                continue;
            }
            let Some(close) = rest.find('}').filter(|_| brace == "{") else {
                plain.push_str(brace);
                continue;
            };
            if !plain.is_empty() {
                parts.push(self.unit.str(std::mem::take(&mut plain), literal_at));
            }
            fill(self, &rest[..close], &mut parts);
            rest = &rest[close + 1..];
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(self.unit.str(plain, literal_at));
        }
        self.unit.expr(ExprKind::Template(parts), at)
    }

    /// `object["key"]`.
    fn entry(&mut self, object: ExprId, key: &str, at: Span) -> ExprId {
        let index = self.unit.str(key, at);
        self.unit.expr(ExprKind::Index { object, index }, at)
    }

    /// `"…%s…" % values`; `None` when the text is no literal.
    pub(super) fn percent(&mut self, node: Node<'_>) -> Option<ExprId> {
        let (left, right) = (field(node, "left")?, field(node, "right")?);
        let text = self.literal(left)?;
        let (literal_at, at) = (span(left), span(node));
        let mut inner = right;
        while inner.kind() == "parenthesized_expression" {
            inner = kids(inner).first().copied()?;
        }
        let values: Vec<ExprId> = if inner.kind() == "tuple" {
            kids(inner).into_iter().map(|k| self.expr(k)).collect()
        } else {
            vec![self.expr(inner)]
        };
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut next = 0;
        let mut rest = text.as_str();
        while let Some(at_percent) = rest.find('%') {
            plain.push_str(&rest[..at_percent]);
            rest = &rest[at_percent + 1..];
            if let Some(after) = rest.strip_prefix('%') {
                plain.push('%');
                rest = after;
                continue;
            }
            let key = rest.strip_prefix('(').and_then(|r| r.split_once(')'));
            let (key, after) = key.map_or((None, rest), |(key, after)| (Some(key.to_owned()), after));
            let flags = after.find(|c: char| !c.is_ascii_digit() && !"+-#. *".contains(c));
            let conversion = flags.and_then(|f| after[f..].chars().next().map(|c| (f, c)));
            let Some((end, _)) = conversion.filter(|(_, c)| "sdirufFeEgGxXoca".contains(*c)) else {
                plain.push('%');
                continue;
            };
            rest = &after[end + 1..];
            if !plain.is_empty() {
                parts.push(self.unit.str(std::mem::take(&mut plain), literal_at));
            }
            let value = match (&key, values.first()) {
                (Some(key), Some(map)) => Some(self.entry(*map, key, at)),
                _ => values.get(next).copied(),
            };
            next += 1;
            parts.push(value.unwrap_or_else(|| self.other(Vec::new(), at)));
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(self.unit.str(plain, literal_at));
        }
        Some(self.unit.expr(ExprKind::Template(parts), at))
    }

    /// `"&".join(parts)`; `None` when the separator is no literal.
    pub(super) fn join_call(&mut self, separator: Node<'_>, args: Node<'_>, at: Span) -> Option<ExprId> {
        let text = self.literal(separator)?;
        let list =
            kids(args).first().copied().or_else(|| (args.kind() != "argument_list").then_some(args))?;
        let mut parts = Vec::new();
        if matches!(list.kind(), "list" | "tuple") {
            for (i, item) in kids(list).into_iter().enumerate() {
                if i > 0 && !text.is_empty() {
                    parts.push(self.unit.str(text.as_str(), span(separator)));
                }
                parts.push(self.expr(item));
            }
        } else {
            parts.push(self.expr(if args.kind() == "argument_list" { list } else { args }));
        }
        Some(self.unit.expr(ExprKind::Template(parts), at))
    }
}

/// A piece of a string.
enum Part<'n> {
    Text(String, Span),
    Code(Node<'n>),
}

/// Undoes the escapes of a string that is not raw.
fn decode(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else {
            out.push('\\');
            break;
        };
        let after = &rest[c.len_utf8()..];
        let digits = |count: usize, radix: u32| {
            let end = after.char_indices().take_while(|(i, c)| *i < count && c.is_digit(radix)).count();
            let value = u32::from_str_radix(&after[..end], radix).ok().and_then(char::from_u32);
            value.filter(|_| end == count).map(|c| (c, end))
        };
        let (decoded, used) = match c {
            'n' => (Some('\n'), 0),
            't' => (Some('\t'), 0),
            'r' => (Some('\r'), 0),
            '\\' | '\'' | '"' => (Some(c), 0),
            '0' => (Some('\0'), 0),
            '\n' => (None, 0),
            '\r' => (None, usize::from(after.starts_with('\n'))),
            'x' | 'u' | 'U' => {
                let count = match c {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                match digits(count, 16) {
                    Some((c, used)) => (Some(c), used),
                    None => {
                        out.push('\\');
                        (Some(c), 0)
                    }
                }
            }
            other => {
                out.push('\\');
                (Some(other), 0)
            }
        };
        out.extend(decoded);
        rest = &after[used..];
    }
    out.push_str(rest);
    out
}
