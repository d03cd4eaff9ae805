//! Strings, templates, objects and arrays.

use tree_sitter::Node;

use super::{Reader, all_kids, field, kids, span};
use crate::ir::{ExprId, ExprKind, Span};

impl Reader<'_> {
    /// The text of a string literal.
    pub(super) fn string(&self, node: Node<'_>) -> String {
        let source = self.source(node);
        let inner = source.get(1..).unwrap_or_default();
        unescape(inner.strip_suffix(['"', '\'', '`']).unwrap_or(inner))
    }

    /// `` `a ${b} c` ``
    pub(super) fn template(&mut self, node: Node<'_>) -> ExprId {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut from = node.start_byte() + 1;
        let mut to = from;
        for kid in kids(node) {
            if kid.kind() == "template_substitution" {
                self.flush(&mut text, from, to, &mut parts);
                let inner = kids(kid);
                if let Some(value) = inner.first() {
                    let value = self.expr(*value);
                    parts.push(value);
                }
                self.errors_of(kid);
                from = kid.end_byte();
            } else {
                text.push_str(&unescape(self.source(kid)));
            }
            to = kid.end_byte();
        }
        if parts.is_empty() {
            return self.unit.str(text, span(node));
        }
        self.flush(&mut text, from, to, &mut parts);
        self.unit.expr(ExprKind::Template(parts), span(node))
    }

    fn flush(&mut self, text: &mut String, from: usize, to: usize, parts: &mut Vec<ExprId>) {
        if !text.is_empty() {
            let text = std::mem::take(text);
            parts.push(self.unit.str(text, Span::new(from, to)));
        }
    }

    /// `{ a, b: 1, ...c, d() {} }`
    pub(super) fn object(&mut self, node: Node<'_>) -> ExprId {
        // One object whose functions call each other through `this` (also those of `methods: { … }` inside).
        let is_first = self.nesting == 0 && self.singleton.is_none() && self.owner.is_none();
        if is_first && self.source(node).contains("this.") {
            let id = self.open_singleton(node);
            let map = self.entries(node);
            return self.close_singleton(id, map, span(node));
        }
        self.entries(node)
    }

    fn entries(&mut self, node: Node<'_>) -> ExprId {
        let mut entries = Vec::new();
        for member in kids(node) {
            match member.kind() {
                "pair" => {
                    let (Some(key), Some(value)) = (field(member, "key"), field(member, "value")) else {
                        continue;
                    };
                    let value = match self.singleton_method(key, value) {
                        Some(method) => method,
                        None => self.expr(value),
                    };
                    let key = self.key(key);
                    entries.push((key, value));
                    self.errors_of(member);
                }
                "shorthand_property_identifier" => {
                    let name = self.ident(member);
                    let key = self.unit.str(name.clone(), span(member));
                    let value = self.unit.name(name, span(member));
                    entries.push((key, value));
                }
                "spread_element" => {
                    if let Some(value) = kids(member).first() {
                        let value = self.expr(*value);
                        entries.push((value, value));
                    }
                }
                "method_definition" => {
                    let Some(name) = field(member, "name") else { continue };
                    let lambda = match self.singleton_method(name, member) {
                        Some(method) => method,
                        None => self.lambda(member),
                    };
                    let key = self.key(name);
                    let is_getter = super::has_token(member, "get");
                    let value =
                        if is_getter { self.unit.call(lambda, Vec::new(), span(member)) } else { lambda };
                    entries.push((key, value));
                }
                _ => {}
            }
        }
        self.unit.expr(ExprKind::Map(entries), span(node))
    }

    /// The name of a member of an object or class, as a value.
    fn key(&mut self, node: Node<'_>) -> ExprId {
        match node.kind() {
            "string" => {
                let text = self.string(node);
                self.unit.str(text, span(node))
            }
            "computed_property_name" => match kids(node).first() {
                Some(inner) => self.expr(*inner),
                None => self.other(Vec::new(), span(node)),
            },
            _ => {
                let name = self.ident(node);
                self.unit.str(name, span(node))
            }
        }
    }

    /// `[a, b, ...c]`
    pub(super) fn array(&mut self, node: Node<'_>) -> ExprId {
        let mut items = Vec::new();
        for item in all_kids(node) {
            if item.is_error() {
                continue;
            }
            let item = if item.kind() == "spread_element" { kids(item).first().copied() } else { Some(item) };
            if let Some(item) = item {
                items.push(self.expr(item));
            }
        }
        self.unit.expr(ExprKind::List(items), span(node))
    }

    /// `[['a', 1], ['b', 2]]` where a map is made of it.
    pub(super) fn pairs(&mut self, node: Node<'_>) -> Option<ExprId> {
        let rows = kids(node);
        let is_pair = |row: &Node<'_>| row.kind() == "array" && kids(*row).len() == 2;
        if node.kind() != "array" || rows.is_empty() || !rows.iter().all(is_pair) {
            return None;
        }
        let mut entries = Vec::new();
        for row in rows {
            if let [key, value] = kids(row).as_slice() {
                let key = self.expr(*key);
                entries.push((key, self.expr(*value)));
            }
        }
        Some(self.unit.expr(ExprKind::Map(entries), span(node)))
    }
}

/// Decodes the escapes of a string or template.
fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut buffer = [0; 2];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            units.extend_from_slice(c.encode_utf16(&mut buffer));
            continue;
        }
        let Some(escaped) = rest.chars().next() else { break };
        rest = &rest[escaped.len_utf8()..];
        let code = match escaped {
            'n' => 0xa,
            'r' => 0xd,
            't' => 0x9,
            'b' => 0x8,
            'f' => 0xc,
            'v' => 0xb,
            '0' => 0,
            // A line that goes on.
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                continue;
            }
            '\n' => continue,
            'x' => hex(&mut rest, 2).unwrap_or(u32::from('x')),
            'u' => match rest.strip_prefix('{').and_then(|r| r.split_once('}')) {
                Some((digits, after)) => {
                    rest = after;
                    u32::from_str_radix(digits, 16).unwrap_or(0xfffd)
                }
                None => hex(&mut rest, 4).unwrap_or(u32::from('u')),
            },
            other => u32::from(other),
        };
        match char::from_u32(code) {
            Some(c) => units.extend_from_slice(c.encode_utf16(&mut buffer)),
            // A surrogate half: its partner may follow.
            None => units.push(u16::try_from(code).unwrap_or(0xfffd)),
        }
    }
    String::from_utf16_lossy(&units)
}

/// Takes so many hexadecimal digits.
fn hex(rest: &mut &str, count: usize) -> Option<u32> {
    let code = u32::from_str_radix(rest.get(..count)?, 16).ok()?;
    *rest = &rest[count..];
    Some(code)
}
