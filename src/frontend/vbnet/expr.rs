//! Operators, calls and members.

use super::{State, is_callable};
use crate::frontend::format::braces;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Arg, ArgKind, BinaryOp, ExprId, ExprKind, Sym, TypeName};

/// Properties of the framework that are used with a subscript.
const INDEXED: &[&str] = &[
    "appsettings",
    "connectionstrings",
    "headers",
    "item",
    "items",
    "querystring",
    "form",
    "session",
    "cookies",
    "rows",
    "columns",
    "properties",
    "claims",
    "values",
    "application",
    "cells",
    "tables",
];

/// What an operator is to the IR, and how tightly it binds.
fn operator(shown: &str) -> Option<(u8, Option<BinaryOp>)> {
    let lower = shown.to_ascii_lowercase();
    Some(match lower.as_str() {
        "or" | "orelse" | "xor" => (1, Some(BinaryOp::Or)),
        "and" | "andalso" => (2, Some(BinaryOp::And)),
        "=" | "is" => (4, Some(BinaryOp::Eq)),
        "<>" | "isnot" => (4, Some(BinaryOp::Ne)),
        "like" => (4, Some(BinaryOp::Match)),
        "<" | ">" | "<=" | ">=" => (4, Some(BinaryOp::Other)),
        "<<" | ">>" => (5, Some(BinaryOp::Other)),
        "&" => (6, None),
        "+" => (7, None),
        "-" => (7, Some(BinaryOp::Other)),
        "mod" => (8, Some(BinaryOp::Other)),
        "\\" => (9, Some(BinaryOp::Other)),
        "*" | "/" => (10, Some(BinaryOp::Other)),
        "^" => (12, Some(BinaryOp::Other)),
        _ => return None,
    })
}

impl Reader<'_, State> {
    /// The next token is on this line.
    pub(super) fn on_line(&self) -> bool {
        !self.peek(0).first && !self.at_end()
    }

    /// Any expression.
    pub(super) fn value(&mut self) -> ExprId {
        if !self.enter() {
            let start = self.start();
            self.bump();
            while self.on_line() && !self.at_any(&[")", "}", ","]) {
                self.bump();
            }
            let span = self.since(start);
            self.nodes.gap(span);
            return self.nothing();
        }
        let value = self.binary(0);
        self.leave();
        value
    }

    fn binary(&mut self, least: u8) -> ExprId {
        let start = self.start();
        let mut left = self.unary();
        while self.on_line() && self.peek(0).kind != Kind::End {
            let shown = self.shown(0);
            let Some((level, op)) = operator(shown).filter(|(level, _)| *level > least) else { break };
            self.bump();
            let right = self.binary(level);
            left = match op {
                Some(op) => self.expr(ExprKind::Binary { op, left, right }, start),
                None => self.concat(left, right, start),
            };
        }
        left
    }

    fn unary(&mut self) -> ExprId {
        let start = self.start();
        if !self.at_any(&["not", "-", "+", "await", "addressof", "typeof"]) {
            return self.postfix();
        }
        let word = self.bump();
        let shown = self.slice(word.span).to_ascii_lowercase();
        if !self.enter() {
            return self.nothing();
        }
        let value = match shown.as_str() {
            "not" => {
                let value = self.binary(3);
                self.expr(ExprKind::Not(value), start)
            }
            "-" | "+" => {
                let value = self.unary();
                self.expr(ExprKind::Other(vec![value]), start)
            }
            "typeof" => {
                let value = self.postfix();
                if self.eat("is") || self.eat("isnot") {
                    self.type_name();
                }
                self.expr(ExprKind::Other(vec![value]), start)
            }
            _ => self.unary(),
        };
        self.leave();
        value
    }

    /// A value with its members, calls and subscripts.
    pub(super) fn postfix(&mut self) -> ExprId {
        let start = self.start();
        let mut value = self.primary();
        loop {
            let first = self.peek(0).first;
            match self.shown(0) {
                // A line that begins with a dot is about the `With` around.
                "." | "?." if !first => {
                    self.bump();
                    value = self.member(value, start);
                }
                "?" if !first && self.is(1, "(") => {
                    self.bump();
                }
                "!" if !first && self.is_word(1) => {
                    self.bump();
                    let at = self.start();
                    let key = self.bump();
                    let key = self.slice(key.span).to_owned();
                    let index = self.expr(ExprKind::Str(key.into()), at);
                    value = self.expr(ExprKind::Index { object: value, index }, start);
                }
                "(" if !first => value = self.application(value, start),
                "{" if !first && matches!(self.nodes.kind(value), ExprKind::Template(_)) => return value,
                _ => return value,
            }
        }
    }

    fn member(&mut self, object: ExprId, start: usize) -> ExprId {
        // XML members: `x.<a>`, `x.@b`.
        if self.at_any(&["<", "@"]) {
            self.bump();
            self.word();
            self.eat(">");
            return self.expr(ExprKind::Other(vec![object]), start);
        }
        let Some(name) = self.word() else { return object };
        let own = matches!(self.nodes.kind(object), ExprKind::This | ExprKind::Base);
        if &*name == "new" && own {
            return object;
        }
        self.expr(ExprKind::Member { object, name }, start)
    }

    /// `f(a, b:=c)`, `f(Of T)(a)`, `x(i)`.
    fn application(&mut self, callee: ExprId, start: usize) -> ExprId {
        let mut type_args = Vec::new();
        if self.is(1, "of") {
            self.bump();
            type_args = self.type_args();
            if !self.at("(") || self.peek(0).first {
                let args = Vec::new();
                return self.expr(ExprKind::Call { callee, args, type_args }, start);
            }
        }
        let args = self.arguments();
        if let ExprKind::Member { object, name } = self.nodes.kind(callee).clone()
            && &*name == "format"
            && matches!(self.nodes.kind(object), ExprKind::Name { name, .. } if &**name == "string")
            && let Some(text) = self.formatted(&args, braces, start)
        {
            return text;
        }
        let single = matches!(args.as_slice(), [Arg { kind: ArgKind::Positional, .. }]);
        let text =
            matches!(args.as_slice(), [only] if matches!(self.nodes.kind(only.value), ExprKind::Str(_)));
        let is_plain = type_args.is_empty() && single;
        let call = self.expr(ExprKind::Call { callee, args, type_args }, start);
        if !is_plain {
            return call;
        }
        match self.nodes.kind(callee).clone() {
            ExprKind::Name { name, .. } if self.state.locals.contains(&name) => self.subscript(call),
            ExprKind::Name { name, .. } => self.state.doubtful.push((call, name)),
            ExprKind::Member { object, name } if &*name == "item" => {
                self.subscript(call);
                if let ExprKind::Index { object: of, .. } = &mut self.nodes.unit().exprs[call.index()].kind {
                    *of = object;
                }
            }
            ExprKind::Member { object, name } => {
                if INDEXED.contains(&&*name) {
                    self.subscript(call);
                } else if matches!(self.nodes.kind(object), ExprKind::This) {
                    self.state.doubtful.push((call, name));
                }
            }
            ExprKind::Index { .. } => self.subscript(call),
            ExprKind::Call { .. } if text => self.subscript(call),
            _ => {}
        }
        call
    }

    /// `(a, , name:=b)`.
    pub(super) fn arguments(&mut self) -> Vec<Arg> {
        self.bump();
        let mut args = Vec::new();
        while !self.at_end() && !self.eat(")") {
            if self.eat(",") {
                continue;
            }
            let named = self.is_word(0) && self.is(1, ":=");
            let before = self.position();
            if named {
                let name: Sym = self.word().unwrap_or_else(|| "".into());
                self.bump();
                args.push(Arg::named(name, self.value()));
            } else {
                args.push(Arg::positional(self.value()));
            }
            if !self.at_any(&[",", ")"]) {
                // Something on this line is not understood; what was opened ends with it.
                self.skip_line_until(&[",", ")"]);
                if !self.at_any(&[",", ")"]) || self.position() == before {
                    break;
                }
            }
        }
        args
    }

    /// Skips what is left of the line, up to one of these.
    pub(super) fn skip_line_until(&mut self, ends: &[&str]) {
        while self.on_line() && !self.at_any(ends) {
            if self.at_any(&["(", "{"]) {
                self.bump();
                self.skip_brackets();
            } else {
                self.skip();
            }
        }
    }

    /// `Of A, B)`. The scan stands on `Of`.
    fn type_args(&mut self) -> Vec<TypeName> {
        self.bump();
        let mut args = Vec::new();
        while !self.at_end() && !self.eat(")") {
            match self.type_name() {
                Some(ty) => args.push(ty),
                None if self.eat(",") => {}
                None => {
                    self.skip_line_until(&[")"]);
                    self.eat(")");
                    break;
                }
            }
            // `Of In T As Constraint`.
            if self.eat("as") {
                self.type_name();
            }
            self.eat(",");
        }
        args
    }

    /// A type, without array marks and nullability.
    pub(super) fn type_name(&mut self) -> Option<TypeName> {
        if !self.enter() {
            return None;
        }
        let ty = self.type_name_inner();
        self.leave();
        ty
    }

    fn type_name_inner(&mut self) -> Option<TypeName> {
        self.eat("in");
        self.eat("out");
        if self.at("(") {
            // A tuple.
            self.bump();
            let gaps = self.nodes.unit().gaps.len();
            self.skip_brackets();
            self.nodes.unit().gaps.truncate(gaps);
            return Some(TypeName::simple("valuetuple"));
        }
        let mut name = self.word()?.to_string();
        let mut args = Vec::new();
        loop {
            if self.at(".") && self.is_word(1) {
                self.bump();
                let part = self.word()?;
                if name == "global" {
                    name.clear();
                } else {
                    name.push('.');
                }
                name.push_str(&part);
            } else if self.at("(") && !self.peek(0).first && self.is(1, "of") {
                self.bump();
                args = self.type_args();
            } else if self.at("(") && !self.peek(0).first && self.is_any(1, &[")", ","]) {
                self.bump();
                while self.eat(",") {}
                self.eat(")");
            } else if self.at("?") && !self.peek(0).first {
                self.bump();
            } else {
                break;
            }
        }
        if name == "nullable"
            && let [only] = args.as_slice()
        {
            return Some(only.clone());
        }
        Some(TypeName { name: name.into(), args })
    }

    /// Notes a variable of the function, unless it is called.
    pub(super) fn declare(&mut self, name: &Sym, ty: Option<&TypeName>) {
        if !ty.is_some_and(|t| is_callable(t.short())) {
            self.state.locals.insert(name.clone());
        }
    }
}
