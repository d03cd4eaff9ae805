//! Type names and attributes.

use super::Parser;
use super::scan::{Cursor, lower};
use crate::ir::{Arg, Attribute, ExprKind, TypeName};

/// How deep type arguments may nest.
const TYPE_NESTING: usize = 16;

/// What stands in square brackets where a value may start.
pub(super) enum Bracket {
    Type(TypeName),
    Attribute(Attribute),
}

/// Reads a type name: lower-cased, with type arguments, without array marks and assembly.
pub(super) fn type_name(src: &mut Cursor<'_>, depth: usize) -> Option<TypeName> {
    skip_spaces(src);
    let start = src.pos;
    while src.is_name_at(src.pos) || matches!(src.peek(), b'.' | b'+' | b'`' | b'\\' | b'/') {
        src.bump_char();
    }
    if src.pos == start {
        return None;
    }
    let mut ty = TypeName::simple(lower(src.slice(start, src.pos)));
    while src.peek() == b'[' {
        src.bump(1);
        if matches!(src.peek(), b']' | b',') {
            while src.eat(b',') {}
            src.eat(b']');
            continue;
        }
        if depth >= TYPE_NESTING {
            return Some(ty);
        }
        loop {
            // An argument with its assembly is in brackets of its own.
            skip_spaces(src);
            let bracketed = src.eat(b'[');
            let Some(arg) = type_name(src, depth + 1) else { break };
            ty.args.push(arg);
            if bracketed {
                skip_to_bracket(src);
            }
            skip_spaces(src);
            if !src.eat(b',') {
                break;
            }
        }
        src.eat(b']');
        skip_spaces_before(src, b'[');
    }
    Some(ty)
}

fn skip_spaces(src: &mut Cursor<'_>) {
    while matches!(src.peek(), b' ' | b'\t') {
        src.bump(1);
    }
}

/// Skips spaces when this byte is behind them.
fn skip_spaces_before(src: &mut Cursor<'_>, byte: u8) {
    let back = src.pos;
    skip_spaces(src);
    if src.peek() != byte {
        src.pos = back;
    }
}

/// Skips an assembly name: to behind the next `]` of the line.
fn skip_to_bracket(src: &mut Cursor<'_>) {
    while !src.is_end() && !matches!(src.peek(), b']' | b'\n' | b'\r') {
        src.bump_char();
    }
    src.eat(b']');
}

/// A type name in a string, as `New-Object` takes it.
pub(super) fn type_from_text(text: &str) -> Option<TypeName> {
    let text = text.trim().trim_start_matches('[');
    type_name(&mut Cursor::new(text), 0)
}

impl Parser<'_> {
    /// The type arguments of a generic method, `[int](`. Anything else is left alone: it is an index.
    pub(super) fn type_args(&mut self) -> Vec<TypeName> {
        let back = self.src.pos;
        self.src.bump(1);
        let mut args = Vec::new();
        while let Some(ty) = type_name(&mut self.src, 0) {
            args.push(ty);
            skip_spaces(&mut self.src);
            if self.src.eat(b',') {
                continue;
            }
            if self.src.eat(b']') && self.src.peek() == b'(' {
                return args;
            }
            break;
        }
        self.src.pos = back;
        Vec::new()
    }

    /// `[type]` or `[attribute(…)]` at the cursor.
    pub(super) fn bracket(&mut self) -> Option<Bracket> {
        let start = self.src.pos;
        self.src.bump(1);
        let Some(ty) = type_name(&mut self.src, 0) else {
            self.gap(start);
            return None;
        };
        self.src.space();
        if self.src.peek() != b'(' {
            if !self.src.eat(b']') {
                if self.src.peek() != b',' {
                    self.gap(start);
                }
                skip_to_bracket(&mut self.src);
            }
            return Some(Bracket::Type(ty));
        }
        self.src.bump(1);
        let args = self.attribute_args();
        self.src.blank();
        if !self.src.eat(b']') {
            self.gap(start);
        }
        Some(Bracket::Attribute(Attribute { name: ty.name, args, span: self.span(start) }))
    }

    fn attribute_args(&mut self) -> Vec<Arg> {
        let mut args = Vec::new();
        loop {
            self.src.blank();
            if self.src.is_end() || self.src.eat(b')') {
                return args;
            }
            if self.src.eat(b',') {
                continue;
            }
            let start = self.src.pos;
            let end = self.src.name_end(start);
            if end > start && !self.src.peek().is_ascii_digit() {
                let name = lower(self.src.slice(start, end));
                self.src.pos = end;
                self.src.blank();
                let value = if self.src.eat(b'=') {
                    self.src.blank();
                    self.expression(false)
                } else {
                    let span = self.span(start);
                    self.nodes.expr(ExprKind::Bool(true), span)
                };
                args.push(Arg::named(name, value));
            } else if matches!(self.src.peek(), b']' | b'}') {
                self.gap(start);
                return args;
            } else {
                let value = self.expression(false);
                args.push(Arg::positional(value));
            }
            if self.src.pos == start {
                self.skip_char();
            }
        }
    }
}
