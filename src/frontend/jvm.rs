//! What the front ends of the JVM languages share: nodes of their trees, literals, format strings.

use tree_sitter::Node;

pub(super) use super::tree::{all_kids, field, kids, span};
use crate::ir::{
    Arg, ArgKind, Attribute, Block, ExprId, ExprKind, FuncId, Function, StmtKind, TypeName, UnitBuilder,
};

/// All children, the last one first.
pub(super) fn all_children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    let mut children: Vec<Node<'_>> = node.children(&mut cursor).collect();
    children.reverse();
    children
}

/// All children with their field names, tokens included, comments excluded.
pub(super) fn parts(node: Node<'_>) -> Vec<(Option<&str>, Node<'_>)> {
    let mut parts = Vec::new();
    let mut cursor = node.walk();
    if cursor.goto_first_child() {
        loop {
            let part = cursor.node();
            if !part.is_extra() && !part.is_error() {
                parts.push((cursor.field_name(), part));
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    parts
}

/// The first child of this kind.
pub(super) fn kid<'n>(node: Node<'n>, kind: &str) -> Option<Node<'n>> {
    kids(node).into_iter().find(|k| k.kind() == kind)
}

/// The node has a child token of this kind.
pub(super) fn has_token(node: Node<'_>, token: &str) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|part| part.kind() == token)
}

/// One piece of a format string.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Literal text.
    Text(String),
    /// The argument with this index.
    Hole(usize),
}

/// Splits a format of `java.util.Formatter` into its pieces; `None` when it is not a valid one.
pub(super) fn printf(format: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut next = 0_usize;
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
        let (flags, conversion) = (&rest[..end], &rest[end..=end]);
        rest = &rest[end + 1..];
        match conversion {
            "%" => text.push('%'),
            "n" => text.push('\n'),
            _ => {
                // Dates and times have a second letter.
                if matches!(conversion, "t" | "T") {
                    rest = rest.get(1..)?;
                }
                let index = match flags.split_once('$') {
                    Some((number, _)) => number.parse::<usize>().ok()?.checked_sub(1)?,
                    None if flags.starts_with('<') => next.checked_sub(1)?,
                    None => {
                        next += 1;
                        next - 1
                    }
                };
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Hole(index));
            }
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

/// Splits a format of `java.text.MessageFormat` into its pieces; `None` when it is not a valid one.
pub(super) fn message_format(format: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut quoted = false;
    let mut chars = format.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if chars.peek().is_some_and(|(_, c)| *c == '\'') => {
                text.push('\'');
                chars.next();
            }
            '\'' => quoted = !quoted,
            '{' if !quoted => {
                let end = at + format[at..].find('}')?;
                let index = format[at + 1..end].split(',').next().and_then(|n| n.trim().parse().ok())?;
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Hole(index));
                while chars.next_if(|(i, _)| *i <= end).is_some() {}
            }
            other => text.push(other),
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

/// Decodes the escapes of a string or character literal.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut buffer = [0; 2];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            units.extend_from_slice(c.encode_utf16(&mut buffer));
            continue;
        }
        let Some(escaped) = chars.next() else {
            units.push(u16::from(b'\\'));
            break;
        };
        match escaped {
            'n' => units.push(10),
            't' => units.push(9),
            'r' => units.push(13),
            'b' => units.push(8),
            'f' => units.push(12),
            's' => units.push(32),
            // The end of a line in a text block: the next one goes on.
            '\n' => {}
            '\r' => {
                if chars.as_str().starts_with('\n') {
                    chars.next();
                }
            }
            'u' => {
                let rest = chars.as_str().trim_start_matches('u');
                match rest.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
                    Some(unit) => {
                        units.push(unit);
                        chars = rest[4..].chars();
                    }
                    None => units.push(u16::from(b'u')),
                }
            }
            '0'..='7' => {
                let mut value = escaped.to_digit(8).unwrap_or(0);
                let most = if escaped <= '3' { 2 } else { 1 };
                for _ in 0..most {
                    let Some(digit) = chars.as_str().chars().next().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    value = value * 8 + digit;
                    chars.next();
                }
                units.push(value as u16);
            }
            other => units.extend_from_slice(other.encode_utf16(&mut buffer)),
        }
    }
    String::from_utf16_lossy(&units)
}

/// Takes the indentation that all lines share out of a text of several lines.
pub(super) fn outdent(text: &str, count_last: bool) -> String {
    let lines: Vec<&str> = text.split('\n').map(|l| l.trim_end_matches('\r')).collect();
    let last = lines.len().saturating_sub(1);
    let indent = lines
        .iter()
        .enumerate()
        .filter(|(i, l)| !l.trim().is_empty() || count_last && *i == last)
        .map(|(_, l)| l.len() - l.trim_start().len())
        .min()
        .unwrap_or(0);
    let cut = lines.iter().map(|l| l.get(indent..).unwrap_or_default().trim_end());
    cut.collect::<Vec<_>>().join("\n")
}

/// What annotations say about the parameters of a method, as calls on them at its start: a library may know what the
/// parameter gets by that (`@RegisteredOAuth2AuthorizedClient("name") client`).
pub(super) fn noted(unit: &mut UnitBuilder, id: FuncId, notes: &[Vec<Attribute>]) {
    let params = unit.unit().functions[id.index()].params.clone();
    let mut block = Block::new();
    for (param, notes) in params.iter().zip(notes) {
        let is_text =
            param.ty.as_ref().is_none_or(|t| matches!(t.short(), "String" | "CharSequence" | "URI" | "URL"));
        for note in notes.iter().filter(|n| !is_text && !n.args.is_empty()) {
            let object = unit.name(param.name.clone(), note.span);
            let callee = unit.member(object, format!("@{}", note.name), note.span);
            let call = unit.call(callee, note.args.clone(), note.span);
            block.push(unit.stmt(StmtKind::Expr(call), note.span));
        }
    }
    unit.unit().functions[id.index()].body.splice(0..0, block);
}

/// The text that an annotation with a placeholder (`@Value("${key}")`) puts into a field or parameter.
pub(super) fn injected(
    unit: &mut UnitBuilder,
    attributes: &[Attribute],
    ty: Option<&TypeName>,
) -> Option<ExprId> {
    let is_text = ty.is_none_or(|t| matches!(t.short(), "String" | "CharSequence" | "URI" | "URL"));
    let attribute = attributes.iter().filter(|_| is_text).find(|attribute| {
        attribute.args.iter().any(|arg| match &unit.unit().expr(arg.value).kind {
            ExprKind::Str(text) => text.contains("${"),
            _ => false,
        })
    })?;
    let callee = unit.name(format!("@{}", attribute.name), attribute.span);
    let args = attribute.args.iter().map(|a| Arg::positional(a.value)).collect();
    Some(unit.call(callee, args, attribute.span))
}

/// The call that an annotation beside the telling one is; `beside` marks it, for by itself it sends nothing.
fn beside(unit: &mut UnitBuilder, attribute: &Attribute) -> ExprId {
    let callee = unit.name(format!("@{}", attribute.name), attribute.span);
    let mark = unit.expr(ExprKind::Bool(true), attribute.span);
    let mut args = attribute.args.clone();
    args.push(Arg::named("beside", mark));
    unit.call(callee, args, attribute.span)
}

/// The body of a method that is declared by annotations alone, like `@GET("v1/customers")`: it is a call of its
/// annotation, with what that says, what its other annotations and those of the type say under their names, a map of the
/// annotated parameters, and the other parameters; the other annotations as calls under `annotations`. A parameter whose
/// annotation says nothing more (`@Url`) goes under the annotation's name, too.
pub(super) fn declared_body(
    unit: &mut UnitBuilder,
    function: &Function,
    notes: &[Vec<Attribute>],
    of_type: &[Attribute],
) -> Option<Block> {
    // What an annotation leaves out, a parameter's may say: `@GET` with `@Url`.
    let by_name = notes.iter().flatten().any(|note| note.args.is_empty());
    let telling = function.attributes.iter().filter(|a| by_name || !a.args.is_empty());
    let mut block = Block::new();
    for attribute in telling {
        let at = attribute.span;
        let mut args: Vec<Arg> = attribute.args.clone();
        // What the other annotations say: the template of the body (`@Body`), headers.
        for other in function.attributes.iter().filter(|other| other.name != attribute.name) {
            if let Some(value) = other.args.iter().find(|a| matches!(a.kind, ArgKind::Positional)) {
                args.push(Arg::named(format!("@{}", other.name), value.value));
            }
        }
        for attribute in of_type {
            let url = attribute.args.iter().find(|a| match &a.kind {
                ArgKind::Named(name) => matches!(&**name, "url" | "baseUrl" | "baseUri"),
                ArgKind::Positional => true,
                _ => false,
            });
            if let Some(url) = url {
                args.push(Arg::named(format!("@{}", attribute.name), url.value));
            }
        }
        let mut entries = Vec::new();
        for (param, notes) in function.params.iter().zip(notes) {
            let value = unit.name(param.name.clone(), param.span);
            let key = notes.iter().find_map(|n| n.args.first().map(|a| a.value));
            match key {
                Some(key) => entries.push((key, value)),
                None => {
                    args.extend(notes.iter().map(|n| Arg::named(format!("@{}", n.name), value)));
                    args.push(Arg::positional(value));
                }
            }
        }
        let others = function.attributes.iter().chain(of_type).filter(|a| a.name != attribute.name);
        let others: Vec<ExprId> = others.filter(|a| !a.args.is_empty()).map(|a| beside(unit, a)).collect();
        if !others.is_empty() {
            args.push(Arg::named("annotations", unit.expr(ExprKind::List(others), at)));
        }
        args.push(Arg::named("fields", unit.expr(ExprKind::Map(entries), at)));
        let callee = unit.name(format!("@{}", attribute.name), at);
        let call = unit.call(callee, args, at);
        block.push(unit.stmt(StmtKind::Emit(call), at));
    }
    (!block.is_empty()).then_some(block)
}
