//! Operators and argument lists.

use super::State;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Arg, BinaryOp, ExprId, ExprKind, Sym};

/// What an operator is to the IR, how tightly it binds, and whether it binds to the right.
fn operator(shown: &str) -> Option<(u8, Option<BinaryOp>)> {
    Some(match shown {
        "or" | "xor" => (1, Some(BinaryOp::Or)),
        "and" => (2, Some(BinaryOp::And)),
        "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "x=" | "&=" | "|=" | "^=" | "**=" | ".=" | "||=" | "&&="
        | "//=" => (4, None),
        "?" => (5, None),
        ".." | "..." => (6, Some(BinaryOp::Other)),
        "||" => (7, Some(BinaryOp::Or)),
        "//" => (7, Some(BinaryOp::Coalesce)),
        "&&" => (8, Some(BinaryOp::And)),
        "==" | "eq" => (10, Some(BinaryOp::Eq)),
        "!=" | "ne" => (10, Some(BinaryOp::Ne)),
        "<=>" | "cmp" | "|" | "^" | "&" => (10, Some(BinaryOp::Other)),
        "<" | ">" | "<=" | ">=" | "lt" | "gt" | "le" | "ge" => (11, Some(BinaryOp::Other)),
        "<<" | ">>" => (13, Some(BinaryOp::Other)),
        "." => (14, None),
        "+" | "-" => (14, Some(BinaryOp::Other)),
        "*" | "/" | "%" | "x" => (15, Some(BinaryOp::Other)),
        "=~" | "!~" => (16, Some(BinaryOp::Match)),
        "**" => (18, Some(BinaryOp::Other)),
        _ => return None,
    })
}

impl Reader<'_, State> {
    /// Any expression but a list without brackets.
    pub(super) fn value(&mut self) -> ExprId {
        self.above(3)
    }

    /// An expression with `and` and `or`.
    pub(super) fn full(&mut self) -> ExprId {
        self.above(0)
    }

    fn above(&mut self, least: u8) -> ExprId {
        if !self.enter() {
            self.skip();
            return self.nothing();
        }
        let value = self.binary(least);
        self.leave();
        value
    }

    fn binary(&mut self, least: u8) -> ExprId {
        let start = self.start();
        let mut left = if self.at("not") && least < 3 {
            self.bump();
            let value = self.above(3);
            self.expr(ExprKind::Not(value), start)
        } else {
            self.unary()
        };
        loop {
            let shown = self.shown(0);
            let is_word = self.peek(0).kind == Kind::Word;
            let Some((level, op)) = operator(shown).filter(|(level, _)| *level > least) else { return left };
            // `x => 1` is a key.
            if is_word && self.is(1, "=>") {
                return left;
            }
            self.bump();
            left = match shown {
                "?" => {
                    let then = self.above(3);
                    self.eat(":");
                    let otherwise = self.above(3);
                    self.expr(ExprKind::Cond { test: left, then, otherwise }, start)
                }
                "." => {
                    let right = self.above(level);
                    self.concat(left, right, start)
                }
                _ if level == 4 => {
                    let right = self.above(3);
                    self.assignment(shown, left, right, start)
                }
                _ => {
                    let right = self.above(level);
                    match op {
                        // `$x || 'default'` is a value.
                        Some(BinaryOp::Or) if level == 7 => {
                            let op = BinaryOp::Coalesce;
                            self.expr(ExprKind::Binary { op, left, right }, start)
                        }
                        Some(op) => self.expr(ExprKind::Binary { op, left, right }, start),
                        None => left,
                    }
                }
            };
        }
    }

    fn assignment(&mut self, shown: &str, target: ExprId, value: ExprId, start: usize) -> ExprId {
        let value = match shown {
            "=" => value,
            _ => match self.nodes.copy(target) {
                Some(old) if shown == ".=" || shown == "+=" => {
                    self.expr(ExprKind::Template(vec![old, value]), start)
                }
                Some(old) if matches!(shown, "||=" | "//=") => {
                    let kind = ExprKind::Binary { op: BinaryOp::Coalesce, left: old, right: value };
                    self.expr(kind, start)
                }
                _ => value,
            },
        };
        // `my %h = (a => 1)`: the list is a map already.
        self.expr(ExprKind::Assign { target, value }, start)
    }

    fn unary(&mut self) -> ExprId {
        let start = self.start();
        match self.shown(0) {
            "!" => {
                self.bump();
                let value = self.above(17);
                self.expr(ExprKind::Not(value), start)
            }
            // A reference is what it refers to.
            "\\" => {
                self.bump();
                self.above(17)
            }
            "-" | "+" | "~" | "++" | "--" => {
                self.bump();
                // `-e $file`, `+{ … }`.
                if self.is_word(0) && self.slice(self.peek(0).span).len() == 1 && !self.peek(0).spaced {
                    self.bump();
                }
                self.above(17)
            }
            _ => {
                let value = self.postfix();
                while self.at_any(&["++", "--"]) {
                    self.bump();
                }
                value
            }
        }
    }

    /// The items of a list up to a bracket or the end of the statement, with `key => value` as named
    /// arguments.
    pub(super) fn list_args(&mut self, close: &str) -> Vec<Arg> {
        let mut args: Vec<Arg> = Vec::new();
        while !self.at_end() && !self.at_list_end(close) {
            let before = self.position();
            let start = self.start();
            if self.is_word(0) && self.is(1, "=>") {
                let key = self.slice(self.peek(0).span).to_owned();
                self.bump();
                let span = self.since(start);
                self.bump();
                let value = self.value();
                // `POST => $url` are two values.
                let method = args.is_empty() && key.len() > 2 && key.chars().all(|c| c.is_ascii_uppercase());
                if method {
                    let key = self.nodes.expr(ExprKind::Str(key.into()), span);
                    args.push(Arg::positional(key));
                    args.push(Arg::positional(value));
                } else {
                    args.push(Arg::named(key, value));
                }
            } else {
                let value = self.value();
                let key = match self.nodes.kind(value).clone() {
                    ExprKind::Str(key) if is_key(&key) => Some(key),
                    _ => None,
                };
                if self.at("=>")
                    && let Some(key) = key
                {
                    self.bump();
                    let given = self.value();
                    let method =
                        args.is_empty() && key.len() > 2 && key.chars().all(|c| c.is_ascii_uppercase());
                    if method {
                        args.push(Arg::positional(value));
                        args.push(Arg::positional(given));
                    } else {
                        args.push(Arg::named(key, given));
                    }
                } else {
                    let splat = self.text[start..].starts_with('%');
                    let kind = if splat { crate::ir::ArgKind::Splat } else { crate::ir::ArgKind::Positional };
                    args.push(Arg { kind, value });
                }
            }
            if !self.at_any(&[",", "=>"]) {
                if self.at_list_end(close) || self.position() == before {
                    break;
                }
                if close.is_empty() {
                    break;
                }
                self.skip();
                continue;
            }
            while self.at_any(&[",", "=>"]) {
                self.bump();
            }
        }
        args
    }

    fn at_list_end(&self, close: &str) -> bool {
        if !close.is_empty() {
            return self.at(close) || self.at_any(&[")", "]", "}"]);
        }
        self.at_any(&[
            ";", ")", "]", "}", ":", "if", "unless", "for", "foreach", "while", "until", "or", "and",
        ]) && !self.is(1, "=>")
    }

    /// A list in brackets: a map when all of it are pairs.
    pub(super) fn list_value(&mut self, close: &str, start: usize) -> ExprId {
        let mut entries: Vec<(ExprId, ExprId)> = Vec::new();
        let mut items: Vec<ExprId> = Vec::new();
        while !self.at_end() && !self.at_list_end(close) {
            let before = self.position();
            let at = self.start();
            let key = if self.is_word(0) && self.is(1, "=>") {
                let key: Sym = self.slice(self.peek(0).span).into();
                self.bump();
                self.expr(ExprKind::Str(key), at)
            } else {
                self.full()
            };
            if self.eat("=>") {
                let value = self.value();
                entries.push((key, value));
            } else {
                items.push(key);
            }
            while self.at_any(&[",", "=>"]) {
                self.bump();
            }
            if self.position() == before {
                self.skip();
            }
        }
        self.close(close);
        match (entries.is_empty(), items.len()) {
            (true, _) => self.expr(ExprKind::List(items), start),
            (false, 0) => self.expr(ExprKind::Map(entries), start),
            (false, _) => {
                let map = self.expr(ExprKind::Map(entries), start);
                items.insert(0, map);
                self.expr(ExprKind::Template(items), start)
            }
        }
    }

    /// Passes the bracket that closes, and what is not understood before it.
    pub(super) fn close(&mut self, bracket: &str) {
        let mut left = 256;
        while !self.at_end() && !self.at(bracket) && left > 0 {
            left -= 1;
            if self.at_any(&["(", "[", "{"]) {
                self.bump();
                self.skip_brackets();
            } else if self.at_any(&[")", "]", "}"]) {
                return;
            } else {
                self.skip();
            }
        }
        self.eat(bracket);
    }
}

/// This text names an argument, and is no value that an arrow only separates from the next.
fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
