//! Literals: texts, format strings, and composite literals.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{ExprId, ExprKind, Init};

impl Reader<'_> {
    /// `T{…}`.
    pub(super) fn composite(&mut self, node: Node<'_>) -> ExprId {
        let (Some(ty), Some(body)) = (field(node, "type"), field(node, "body")) else {
            return self.children(node);
        };
        self.filled(Some(ty), body, node)
    }

    /// The value between braces, of a type where one is known.
    fn filled(&mut self, ty: Option<Node<'_>>, body: Node<'_>, node: Node<'_>) -> ExprId {
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let id = self.filled_inside(ty, body, node);
        self.errors_of(body);
        self.leave();
        id
    }

    fn filled_inside(&mut self, ty: Option<Node<'_>>, body: Node<'_>, node: Node<'_>) -> ExprId {
        let at = span(node);
        let parts = kids(body);
        // A pointer's elements may leave the `&T` out.
        let ty =
            ty.map(|t| if t.kind() == "pointer_type" { kids(t).first().copied().unwrap_or(t) } else { t });
        let is_keyed = |p: &Node<'_>| p.kind() == "keyed_element";
        match ty.map_or("", |t| t.kind()) {
            "map_type" => {
                let element = ty.and_then(|t| field(t, "value"));
                let entries = parts.iter().filter_map(|p| self.entry(*p, element)).collect();
                self.unit.expr(ExprKind::Map(entries), at)
            }
            "slice_type" | "array_type" | "implicit_length_array_type" => {
                let element = ty.and_then(|t| field(t, "element"));
                let items = parts.iter().filter_map(|p| self.item_of(*p, element)).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            "" if !parts.iter().any(is_keyed) => {
                let items = parts.iter().filter_map(|p| self.item_of(*p, None)).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            _ => {
                let name = ty.and_then(|t| self.type_name(t));
                let mut init = Vec::new();
                for part in parts {
                    if !is_keyed(&part) {
                        init.extend(self.item_of(part, None).map(Init::Element));
                        continue;
                    }
                    let key = field(part, "key").and_then(|k| kids(k).first().copied());
                    match key.filter(|k| k.kind() == "identifier") {
                        Some(key) => {
                            let value = field(part, "value").and_then(|v| self.element(v, None));
                            init.extend(value.map(|v| Init::Member(self.ident(key), v)));
                        }
                        None => init.extend(self.entry(part, None).map(|(k, v)| Init::Entry(k, v))),
                    }
                }
                self.unit.expr(ExprKind::New { ty: name, args: Vec::new(), init }, at)
            }
        }
    }

    fn entry(&mut self, part: Node<'_>, ty: Option<Node<'_>>) -> Option<(ExprId, ExprId)> {
        let key = field(part, "key").and_then(|k| self.element(k, None))?;
        let value = field(part, "value").and_then(|v| self.element(v, ty))?;
        Some((key, value))
    }

    /// An element of a list; an index before it is left out.
    fn item_of(&mut self, part: Node<'_>, ty: Option<Node<'_>>) -> Option<ExprId> {
        let element = if part.kind() == "keyed_element" { field(part, "value")? } else { part };
        self.element(element, ty)
    }

    fn element(&mut self, node: Node<'_>, ty: Option<Node<'_>>) -> Option<ExprId> {
        let inner = if node.kind() == "literal_element" { kids(node).first().copied()? } else { node };
        Some(match inner.kind() {
            "literal_value" => self.filled(ty, inner, inner),
            _ => self.expr(inner),
        })
    }

    /// The pieces of a format, with the arguments in place. Arguments beyond the verbs are left out.
    pub(super) fn format(&mut self, format: &str, values: &[ExprId], node: Node<'_>) -> Vec<ExprId> {
        let at = span(node);
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut next = 0;
        let mut chars = format.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '%' {
                text.push(c);
                continue;
            }
            if chars.next_if_eq(&'%').is_some() {
                text.push('%');
                continue;
            }
            // Flags, width, precision and argument index.
            let mut index = String::new();
            while let Some(flag) = chars.next_if(|c| "+-# 0123456789.[]*".contains(*c)) {
                index.push(flag);
            }
            if chars.next().is_none() {
                break;
            }
            let explicit = index.split_once('[').and_then(|(_, rest)| rest.split(']').next());
            if let Some(n) = explicit.and_then(|n| n.parse::<usize>().ok()) {
                next = n.saturating_sub(1);
            }
            let Some(value) = values.get(next) else { continue };
            next += 1;
            if !text.is_empty() {
                parts.push(self.unit.str(std::mem::take(&mut text), at));
            }
            parts.push(*value);
        }
        if !text.is_empty() || parts.is_empty() {
            parts.push(self.unit.str(text, at));
        }
        parts
    }
}

/// The text of a string or rune literal.
pub(super) fn text_of(source: &str) -> String {
    if let Some(raw) = source.strip_prefix('`') {
        return raw.strip_suffix('`').unwrap_or(raw).replace('\r', "");
    }
    let inner = source.get(1..).unwrap_or_default();
    let inner = inner.strip_suffix(['"', '\'']).unwrap_or(inner);
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut bytes = Vec::with_capacity(inner.len());
    let mut chars = inner.chars();
    let mut buffer = [0; 4];
    while let Some(c) = chars.next() {
        if c != '\\' {
            bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            continue;
        }
        let Some(escape) = chars.next() else { break };
        let (digits, radix, first) = match escape {
            'x' => (2, 16, ""),
            'u' => (4, 16, ""),
            'U' => (8, 16, ""),
            '0'..='7' => (2, 8, "0"),
            'a' => {
                bytes.push(7);
                continue;
            }
            'b' => {
                bytes.push(8);
                continue;
            }
            'f' => {
                bytes.push(12);
                continue;
            }
            'n' => {
                bytes.push(b'\n');
                continue;
            }
            'r' => {
                bytes.push(b'\r');
                continue;
            }
            't' => {
                bytes.push(b'\t');
                continue;
            }
            'v' => {
                bytes.push(11);
                continue;
            }
            other => {
                bytes.extend_from_slice(other.encode_utf8(&mut buffer).as_bytes());
                continue;
            }
        };
        let mut number = if first.is_empty() { String::new() } else { escape.to_string() };
        number.extend(chars.as_str().chars().take(digits).take_while(|c| c.is_digit(radix)));
        for _ in 0..number.len() - first.len() {
            chars.next();
        }
        let code = u32::from_str_radix(&number, radix).unwrap_or(0xfffd);
        match (escape, u8::try_from(code)) {
            // `\xff` and `\377` are bytes, the others code points.
            ('x' | '0'..='7', Ok(byte)) => bytes.push(byte),
            _ => {
                let c = char::from_u32(code).unwrap_or('\u{fffd}');
                bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
