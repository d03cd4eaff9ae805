//! Expressions: operands with their prefixes and members, and the operators between them.

use super::Parser;
use super::operators::{Op, Operand, word_operator};
use super::scan::lower;
use super::types::Bracket;
use crate::ir::{Arg, BinaryOp, ExprId, ExprKind, Span, TypeName};

/// What may stand before an operand.
enum Prefix {
    Not,
    Minus,
    Step,
    Join,
    Split,
    Cast(TypeName),
}

impl Parser<'_> {
    /// An expression. Without `commas`, a comma ends it, as among the arguments of a method.
    pub(super) fn expression(&mut self, commas: bool) -> ExprId {
        let mut operands = vec![Operand::new(self.comma_list(commas))];
        let mut operators: Vec<(Op, u8)> = Vec::new();
        loop {
            self.src.space();
            let next = self.operator();
            let level = next.map_or(0, |(_, level)| level);
            while operators.last().is_some_and(|(_, last)| *last >= level) {
                if let (Some((op, _)), Some(right), Some(left)) =
                    (operators.pop(), operands.pop(), operands.pop())
                {
                    let reduced = self.reduce(op, left, right);
                    operands.push(reduced);
                }
            }
            let Some(next) = next else { break };
            operators.push(next);
            self.src.blank();
            let operand = self.comma_list(commas);
            operands.push(Operand::new(operand));
        }
        let value = match operands.pop() {
            Some(operand) => self.close(operand),
            None => self.nothing(),
        };
        if self.src.peek() == b'?' && !matches!(self.src.at(1), b'?' | b'.' | b'[') {
            return self.ternary(value, commas);
        }
        value
    }

    fn ternary(&mut self, test: ExprId, commas: bool) -> ExprId {
        self.src.bump(1);
        if !self.enter() {
            let start = self.src.pos;
            self.src.skip_balanced(0, true);
            self.gap(start);
            return test;
        }
        self.src.blank();
        let then = self.expression(commas);
        self.src.blank();
        let otherwise = if self.src.eat(b':') {
            self.src.blank();
            self.expression(commas)
        } else {
            self.gap(self.src.pos);
            self.nothing()
        };
        self.leave();
        let span = self.nodes.span(test).to(self.nodes.span(otherwise));
        self.nodes.expr(ExprKind::Cond { test, then, otherwise }, span)
    }

    /// Takes the binary operator at the cursor, if there is one.
    fn operator(&mut self) -> Option<(Op, u8)> {
        let (next, third) = (self.src.at(1), self.src.at(2));
        let (op, level, len) = match self.src.peek() {
            b'+' if !matches!(next, b'=' | b'+') => (Op::Plus, 9, 1),
            b'*' if !matches!(next, b'=' | b'>') => (Op::Mix, 10, 1),
            b'/' | b'%' if next != b'=' => (Op::Mix, 10, 1),
            b'.' if next == b'.' => (Op::Mix, 13, 2),
            b'?' if next == b'?' && third != b'=' => (Op::Binary(BinaryOp::Coalesce), 7, 2),
            _ => {
                let dash = self.src.dash_at(self.src.pos);
                if dash == 0 {
                    return None;
                }
                let start = self.src.pos + dash;
                let mut end = start;
                while self.src.byte(end).is_ascii_alphabetic() {
                    end += 1;
                }
                if end == start {
                    let is_step = self.src.dash_at(start) > 0;
                    if is_step || self.src.byte(start) == b'=' {
                        return None;
                    }
                    (Op::Mix, 9, dash)
                } else {
                    let word = self.src.slice(start, end).to_ascii_lowercase();
                    let (op, level) = word_operator(&word)?;
                    (op, level, end - self.src.pos)
                }
            }
        };
        self.src.bump(len);
        Some((op, level))
    }

    /// `a, b, c`, or `,a`.
    fn comma_list(&mut self, commas: bool) -> ExprId {
        let start = self.src.pos;
        if commas && self.src.eat(b',') {
            self.src.blank();
            let item = self.unary();
            let span = self.span(start);
            return self.nodes.expr(ExprKind::List(vec![item]), span);
        }
        let first = self.unary();
        if !commas {
            return first;
        }
        self.src.space();
        if self.src.peek() != b',' {
            return first;
        }
        let mut items = vec![first];
        let mut end = self.nodes.span(first);
        while self.src.eat(b',') {
            self.src.blank();
            let item = self.unary();
            end = end.to(self.nodes.span(item));
            items.push(item);
            self.src.space();
        }
        self.nodes.expr(ExprKind::List(items), end)
    }

    /// An operand with what stands before and behind it.
    pub(super) fn unary(&mut self) -> ExprId {
        let start = self.src.pos;
        let mut prefixes = Vec::new();
        let operand = loop {
            if let Some((prefix, len)) = self.prefix() {
                self.src.bump(len);
                prefixes.push(prefix);
                self.src.blank();
                continue;
            }
            match self.src.peek() {
                b'+' => {
                    self.src.bump(1);
                    self.src.space();
                }
                b'[' => {
                    let from = self.src.pos;
                    let bracket = self.bracket();
                    let end = self.src.pos;
                    self.src.space();
                    match bracket {
                        Some(Bracket::Type(ty)) if self.at_operand() => prefixes.push(Prefix::Cast(ty)),
                        Some(Bracket::Type(ty)) => {
                            self.src.pos = end;
                            let span = self.span(from);
                            let ty = self.nodes.expr(ExprKind::TypeRef(ty), span);
                            break self.postfix(ty, true);
                        }
                        Some(Bracket::Attribute(attribute)) => {
                            if let Some(context) = self.functions.last_mut() {
                                context.pending.push(attribute);
                            }
                            if !self.at_operand() {
                                let none = self.nothing();
                                self.only_attribute = Some(none);
                                break none;
                            }
                        }
                        None => break self.nothing(),
                    }
                }
                _ => {
                    let operand = self.primary();
                    break self.postfix(operand, true);
                }
            }
        };
        self.apply(prefixes, operand, start)
    }

    /// The prefix operator at the cursor, with its length.
    fn prefix(&self) -> Option<(Prefix, usize)> {
        if self.src.peek() == b'!' {
            return Some((Prefix::Not, 1));
        }
        if self.src.starts_with("++") {
            return Some((Prefix::Step, 2));
        }
        let dash = self.src.dash_at(self.src.pos);
        if dash == 0 {
            return None;
        }
        let start = self.src.pos + dash;
        let second = self.src.dash_at(start);
        if second > 0 {
            return Some((Prefix::Step, dash + second));
        }
        let mut end = start;
        while self.src.byte(end).is_ascii_alphabetic() {
            end += 1;
        }
        let prefix = match self.src.slice(start, end).to_ascii_lowercase().as_str() {
            "" | "bnot" => Prefix::Minus,
            "not" => Prefix::Not,
            "join" => Prefix::Join,
            "split" | "isplit" | "csplit" => Prefix::Split,
            _ => return None,
        };
        Some((prefix, end - self.src.pos))
    }

    fn apply(&mut self, prefixes: Vec<Prefix>, mut operand: ExprId, start: usize) -> ExprId {
        let end = self.nodes.span(operand).end;
        let span = Span { start: start as u32, end: end.max(start as u32) };
        for prefix in prefixes.into_iter().rev() {
            let kind = match prefix {
                Prefix::Not => ExprKind::Not(operand),
                Prefix::Minus => match self.nodes.kind(operand) {
                    ExprKind::Num(number) => ExprKind::Num(format!("-{number}").into()),
                    _ => ExprKind::Other(vec![operand]),
                },
                Prefix::Step => {
                    operand = self.step(operand, span);
                    continue;
                }
                Prefix::Join => {
                    operand = self.join_all(operand, span);
                    continue;
                }
                Prefix::Split => ExprKind::Other(vec![operand]),
                Prefix::Cast(ty) => ExprKind::Cast { ty, value: operand },
            };
            operand = self.nodes.expr(kind, span);
        }
        operand
    }

    /// `$i++` and the like: an assignment of something made of the old value.
    fn step(&mut self, target: ExprId, span: Span) -> ExprId {
        let old = self.nodes.copy(target).into_iter().collect();
        let value = self.nodes.expr(ExprKind::Other(old), span);
        self.nodes.expr(ExprKind::Assign { target, value }, span)
    }

    /// An operand of a cast starts here.
    fn at_operand(&self) -> bool {
        let byte = self.src.peek();
        let next = self.src.at(1);
        match byte {
            b'$' | b'@' | b'(' | b'{' | b'[' | b'!' => true,
            b'.' => next.is_ascii_digit(),
            b'-' | b'+' => next.is_ascii_digit() || matches!(next, b'$' | b'('),
            _ => byte.is_ascii_digit() || self.src.quote_at(self.src.pos).is_some(),
        }
    }

    /// An operand without prefix and members.
    pub(super) fn primary(&mut self) -> ExprId {
        let start = self.src.pos;
        if let Some(quote) = self.src.quote_at(start) {
            return self.string(quote);
        }
        match self.src.peek() {
            b'$' => return self.dollar(),
            b'(' => return self.parens(),
            b'{' => return self.script_block(),
            b'@' => match self.src.at(1) {
                b'(' => {
                    self.src.bump(2);
                    let block = self.statements(b')');
                    return self.array(block, start);
                }
                b'{' => return self.hashtable(),
                _ => {
                    if let Some(quote) = self.src.quote_at(start + 1) {
                        return self.here_string(quote);
                    }
                    let end = self.src.name_end(start + 1);
                    if end > start + 1 {
                        let name = lower(self.src.slice(start + 1, end));
                        self.src.pos = end;
                        let span = self.span(start);
                        return self.nodes.expr(super::text::variable(&name), span);
                    }
                }
            },
            _ => {}
        }
        if let Some(end) = self.src.number_end() {
            self.src.pos = end;
            let text = self.src.slice(start, end);
            let span = self.span(start);
            return self.nodes.expr(ExprKind::Num(text.into()), span);
        }
        let end = self.src.name_end(start);
        if end > start {
            // A bare word is no expression; people write it and mean text.
            self.src.pos = end;
            self.gap(start);
            let span = self.span(start);
            return self.nodes.expr(ExprKind::Str(self.src.slice(start, end).into()), span);
        }
        if !self.src.ends_word_at(start) && self.src.peek() != b']' {
            self.skip_char();
        } else {
            self.gap(start);
        }
        self.nothing()
    }

    /// Members, indexes and calls behind an operand. `steps` allows `++` and `--`.
    pub(super) fn postfix(&mut self, mut object: ExprId, steps: bool) -> ExprId {
        let start = self.nodes.span(object).start as usize;
        loop {
            let pos = self.src.pos;
            // `?.` and `?[` are their plain forms.
            let skip = usize::from(self.src.peek() == b'?' && matches!(self.src.at(1), b'.' | b'['));
            match self.src.at(skip) {
                b'.' if self.src.at(skip + 1) != b'.' => {
                    self.src.bump(skip + 1);
                    let Some(member) = self.member(object, start, steps) else {
                        self.src.pos = pos;
                        return object;
                    };
                    object = member;
                }
                b':' if self.src.at(1) == b':' => {
                    self.src.bump(2);
                    let Some(member) = self.member(object, start, steps) else {
                        self.gap(pos);
                        return object;
                    };
                    object = member;
                }
                b'[' => {
                    self.src.bump(skip + 1);
                    object = self.index(object, start);
                }
                b'+' | b'-' if steps && self.src.at(1) == self.src.peek() => {
                    if !self.is_target(object) {
                        return object;
                    }
                    self.src.bump(2);
                    let span = self.span(start);
                    return self.step(object, span);
                }
                _ => return object,
            }
        }
    }

    pub(super) fn is_target(&mut self, id: ExprId) -> bool {
        matches!(
            self.nodes.kind(id),
            ExprKind::Name { .. } | ExprKind::Member { .. } | ExprKind::Index { .. }
        )
    }

    fn index(&mut self, object: ExprId, start: usize) -> ExprId {
        if !self.enter() {
            let from = self.src.pos;
            self.src.skip_balanced(b']', true);
            self.src.eat(b']');
            self.gap(from);
            return object;
        }
        self.src.blank();
        let index = self.expression(true);
        self.src.blank();
        if !self.src.eat(b']') {
            self.gap(self.src.pos);
        }
        self.leave();
        let span = self.span(start);
        self.nodes.expr(ExprKind::Index { object, index }, span)
    }

    /// What follows a dot or `::`: a name or a computed name, and the arguments of a call.
    /// In expressions, white space may stand before the name.
    fn member(&mut self, object: ExprId, start: usize, spaces: bool) -> Option<ExprId> {
        if matches!(self.src.peek(), b'\n' | b'\r') || (spaces && self.src.is_blank_at(self.src.pos)) {
            self.src.blank();
            if !self.src.is_name_at(self.src.pos) {
                return None;
            }
        }
        let from = self.src.pos;
        let end = self.src.name_end(from);
        let computed = if end > from {
            self.src.pos = end;
            None
        } else if let Some(quote) = self.src.quote_at(from) {
            Some(self.string(quote))
        } else {
            match self.src.peek() {
                b'$' => Some(self.dollar()),
                b'(' => Some(self.parens()),
                _ => return None,
            }
        };
        let span = self.span(start);
        let name = match computed {
            None => Ok(lower(self.src.slice(from, end))),
            Some(id) => match self.nodes.kind(id) {
                ExprKind::Str(text) => Ok(lower(text)),
                _ => Err(id),
            },
        };
        let (member, is_new) = match name {
            Ok(name) => {
                let is_new = name == "new";
                (self.nodes.expr(ExprKind::Member { object, name: name.into() }, span), is_new)
            }
            Err(index) => (self.nodes.expr(ExprKind::Index { object, index }, span), false),
        };
        let type_args = if self.src.peek() == b'[' { self.type_args() } else { Vec::new() };
        let args = match self.src.peek() {
            b'(' => self.call_args(),
            b'{' => {
                let block = self.script_block();
                vec![Arg::positional(block)]
            }
            _ => return Some(member),
        };
        let span = self.span(start);
        if let (true, ExprKind::TypeRef(ty)) = (is_new, self.nodes.kind(object).clone()) {
            return Some(self.nodes.expr(ExprKind::New { ty: Some(ty), args, init: Vec::new() }, span));
        }
        Some(self.nodes.expr(ExprKind::Call { callee: member, args, type_args }, span))
    }
}
