//! Operators, application and members.

use super::State;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Arg, ArgKind, BinaryOp, ExprId, ExprKind, Init, StmtKind, Sym, TypeName};

/// What an operator is to the IR, and how tightly it binds.
fn operator(shown: &str) -> Option<(u8, Option<BinaryOp>)> {
    Some(match shown {
        "<-" | ":=" => (1, None),
        "," => (2, None),
        "||" | "or" => (3, Some(BinaryOp::Or)),
        "&&" => (4, Some(BinaryOp::And)),
        ":>" | ":?>" => (5, None),
        "=" => (6, Some(BinaryOp::Eq)),
        "<>" => (6, Some(BinaryOp::Ne)),
        "|>" | "<|" => (6, None),
        "<" | ">" | "<=" | ">=" | "||>" | "|||>" | ">>" | "<<" | "|||" | "&&&" | ">>=" | ">=>" | "<!>"
        | "<*>" => (6, Some(BinaryOp::Other)),
        "@" | "^" => (7, None),
        "::" => (8, Some(BinaryOp::Other)),
        ":?" => (9, None),
        "+" => (10, None),
        "-" => (10, Some(BinaryOp::Other)),
        "*" | "/" | "%" | "**" => (11, Some(BinaryOp::Other)),
        _ => return None,
    })
}

/// Words that begin no argument.
pub(super) const KEYWORDS: &[&str] = &[
    "and",
    "as",
    "begin",
    "class",
    "do",
    "done",
    "downto",
    "elif",
    "else",
    "end",
    "exception",
    "finally",
    "for",
    "fun",
    "function",
    "if",
    "in",
    "inherit",
    "interface",
    "let",
    "match",
    "member",
    "module",
    "mutable",
    "namespace",
    "of",
    "open",
    "or",
    "override",
    "static",
    "then",
    "to",
    "try",
    "type",
    "use",
    "val",
    "when",
    "while",
    "with",
    "yield",
    "return",
    "new",
    "default",
    "abstract",
    "rec",
    "let!",
    "use!",
    "do!",
    "return!",
    "yield!",
    "match!",
    "and!",
    "while!",
];

/// Functions whose value is their argument.
const SAME: &[&str] = &[
    "id",
    "box",
    "unbox",
    "string",
    "Some",
    "ValueSome",
    "Ok",
    "ignore",
    "Async.AwaitTask",
    "Async.RunSynchronously",
    "Async.StartAsTask",
    "Task.FromResult",
    "async.Return",
    "Option.ofObj",
    "Option.get",
    "Option.toObj",
    "upcast",
    "downcast",
    "ref",
    "lazy",
];

impl Reader<'_, State> {
    /// The next token continues what is being read.
    pub(super) fn here(&self) -> bool {
        let token = self.peek(0);
        token.kind != Kind::End && !(token.first && i64::from(token.column) <= self.state.offside)
    }

    /// An infix operator may stand left of what it continues.
    fn infix_here(&self) -> bool {
        let token = self.peek(0);
        if token.kind == Kind::End {
            return false;
        }
        let length = i64::from(token.span.end - token.span.start);
        let wide = i64::from(token.column) + length + 1;
        !token.first
            || i64::from(token.column) > self.state.offside
            || wide > self.state.offside && !matches!(self.shown(0), "-" | "*" | "%" | "<" | ",")
    }

    /// Any expression.
    pub(super) fn value(&mut self) -> ExprId {
        self.above(0)
    }

    /// An expression that is no tuple.
    pub(super) fn element(&mut self) -> ExprId {
        self.above(2)
    }

    fn above(&mut self, least: u8) -> ExprId {
        if !self.enter() {
            self.skip();
            while self.here() && !self.at_any(&[")", "]", "}", ","]) {
                self.skip();
            }
            return self.nothing();
        }
        let value = self.binary(least);
        self.leave();
        value
    }

    fn binary(&mut self, least: u8) -> ExprId {
        let start = self.start();
        let mut left = self.application();
        while self.infix_here() {
            let shown = self.shown(0);
            let Some((level, op)) = operator(shown).filter(|(level, _)| *level > least) else { break };
            // `>]` and the like are tokens of their own; a keyword ends the expression.
            self.bump();
            if matches!(shown, ":>" | ":?>" | ":?") {
                let ty = self.type_name();
                left = match ty {
                    Some(ty) if shown != ":?" => self.expr(ExprKind::Cast { ty, value: left }, start),
                    _ => self.expr(ExprKind::Other(vec![left]), start),
                };
                continue;
            }
            let right = match shown {
                "<-" | ":=" => self.body(),
                "<|" => self.above(5),
                "::" | "@" | "^" | "**" => self.above(level - 1),
                _ => self.above(level),
            };
            left = self.combine(shown, op, left, right, start);
        }
        left
    }

    fn combine(
        &mut self,
        shown: &str,
        op: Option<BinaryOp>,
        left: ExprId,
        right: ExprId,
        start: usize,
    ) -> ExprId {
        match (shown, op) {
            (_, Some(op)) => self.expr(ExprKind::Binary { op, left, right }, start),
            ("<-" | ":=", _) => self.expr(ExprKind::Assign { target: left, value: right }, start),
            (",", _) => {
                // A tuple in brackets begins before.
                let end = self.previous().span.end;
                let open = matches!(self.nodes.kind(left), ExprKind::List(_))
                    && self.place(left).start as usize == start
                    && !self.text[start..].starts_with(['(', '[', '{']);
                if open && self.nodes.append(left, right, end) {
                    left
                } else {
                    self.expr(ExprKind::List(vec![left, right]), start)
                }
            }
            ("|>", _) => self.pipe(left, right, start),
            ("<|", _) => self.pipe(right, left, start),
            _ => self.concat(left, right, start),
        }
    }

    /// `value |> function`.
    fn pipe(&mut self, value: ExprId, function: ExprId, start: usize) -> ExprId {
        match self.nodes.kind(function).clone() {
            ExprKind::Call { callee, mut args, type_args } => {
                args.push(Arg::positional(value));
                self.apply(callee, args, type_args, start)
            }
            _ => self.apply(function, vec![Arg::positional(value)], Vec::new(), start),
        }
    }

    /// The dotted name that an expression is.
    pub(super) fn dotted(&mut self, id: ExprId) -> Option<String> {
        match self.nodes.kind(id).clone() {
            ExprKind::Name { name, .. } => Some(name.to_string()),
            ExprKind::Member { object, name } => {
                if !matches!(self.nodes.kind(object), ExprKind::Name { .. } | ExprKind::Member { .. }) {
                    return None;
                }
                Some(format!("{}.{name}", self.dotted(object)?))
            }
            _ => None,
        }
    }

    /// A call, or what the function is known to make of its arguments.
    pub(super) fn apply(
        &mut self,
        callee: ExprId,
        mut args: Vec<Arg>,
        type_args: Vec<TypeName>,
        start: usize,
    ) -> ExprId {
        let name = self.dotted(callee).unwrap_or_default();
        if let [only] = args.as_slice()
            && SAME.contains(&name.as_str())
        {
            return only.value;
        }
        match name.as_str() {
            "not" if args.len() == 1 => {
                let value = args.remove(0).value;
                return self.expr(ExprKind::Not(value), start);
            }
            "raise" | "failwith" | "failwithf" | "invalidOp" | "reraise" => {
                let value = args.first().map(|a| a.value);
                let stmt = self.stmt(StmtKind::Throw(value), start);
                return self.expr(ExprKind::Block(vec![stmt]), start);
            }
            "sprintf" | "String.Format" | "System.String.Format" | "String.Concat" => {
                if let Some(text) = self.text_call(&name, &args, start) {
                    return text;
                }
            }
            _ => {}
        }
        let is_type = !name.contains('.') && name.starts_with(char::is_uppercase);
        let sets = |a: &Arg| matches!(&a.kind, ArgKind::Named(n) if n.starts_with(char::is_uppercase));
        let short = name.rsplit('.').next().unwrap_or_default();
        if is_type || short.starts_with(char::is_uppercase) && args.iter().any(sets) {
            return self.creation(TypeName { name: name.into(), args: type_args }, args, start);
        }
        self.expr(ExprKind::Call { callee, args, type_args }, start)
    }

    /// `T(a, b = c, P = d)`: what begins with a capital sets a property.
    pub(super) fn creation(&mut self, ty: TypeName, args: Vec<Arg>, start: usize) -> ExprId {
        let mut init = Vec::new();
        let mut given = Vec::new();
        for arg in args {
            match arg.kind {
                ArgKind::Named(name) if name.starts_with(char::is_uppercase) => {
                    init.push(Init::Member(name, arg.value));
                }
                _ => given.push(arg),
            }
        }
        self.expr(ExprKind::New { ty: Some(ty), args: given, init }, start)
    }

    /// `f a (b, c) d`.
    fn application(&mut self) -> ExprId {
        let start = self.start();
        let head = self.postfix();
        let callable = matches!(
            self.nodes.kind(head),
            ExprKind::Name { .. } | ExprKind::Member { .. } | ExprKind::Lambda(_) | ExprKind::Call { .. }
        );
        if !callable || !self.at_argument() {
            return head;
        }
        let mut args = Vec::new();
        let mut applied = false;
        while self.at_argument() {
            applied = true;
            if self.at("(") {
                let bracket = self.start();
                let more = self.arguments();
                // `f (a).B`: what is given is the member.
                if let [only] = more.as_slice()
                    && only.kind == ArgKind::Positional
                    && self.at_suffix()
                {
                    let value = self.suffixes(only.value, bracket);
                    args.push(Arg::positional(value));
                } else {
                    args.extend(more);
                }
            } else {
                args.push(Arg::positional(self.postfix()));
            }
        }
        if applied { self.apply(head, args, Vec::new(), start) } else { head }
    }

    fn at_suffix(&self) -> bool {
        self.here() && !self.peek(0).spaced && self.at_any(&[".", "("])
    }

    /// The next token can only be an argument.
    fn at_argument(&self) -> bool {
        if !self.here() {
            return false;
        }
        let token = self.peek(0);
        match &token.kind {
            Kind::Text(_) | Kind::Number | Kind::Quoted(_) => true,
            Kind::Word => !KEYWORDS.contains(&self.shown(0)),
            Kind::Operator => match self.shown(0) {
                "(" | "[" | "[|" | "{" | "{|" => true,
                // `f -1`, `f !x`, `f &x`.
                "-" | "!" | "&" => token.spaced && !self.peek(1).spaced,
                _ => false,
            },
            Kind::End => false,
        }
    }

    /// A value with its members, calls and subscripts.
    pub(super) fn postfix(&mut self) -> ExprId {
        let start = self.start();
        let value = self.primary();
        self.suffixes(value, start)
    }

    fn suffixes(&mut self, mut value: ExprId, start: usize) -> ExprId {
        while self.here() {
            let close = !self.peek(0).spaced;
            match self.shown(0) {
                "." if self.is(1, "[") => {
                    self.bump();
                    value = self.subscript(value, start);
                }
                // A line that begins with a dot continues the one above.
                "." if self.is_word(1) && (close || self.peek(0).first) => {
                    self.bump();
                    let name: Sym = self.word().unwrap_or_else(|| "".into());
                    value = self.expr(ExprKind::Member { object: value, name }, start);
                }
                "?" if close && self.is_word(1) => {
                    self.bump();
                    let at = self.start();
                    let name: Sym = self.word().unwrap_or_else(|| "".into());
                    let index = self.expr(ExprKind::Str(name), at);
                    value = self.expr(ExprKind::Index { object: value, index }, start);
                }
                "(" if close => {
                    let args = self.arguments();
                    value = self.apply(value, args, Vec::new(), start);
                }
                "[" if close => value = self.subscript(value, start),
                "<" if close => {
                    let Some(type_args) = self.try_type_args() else { return value };
                    let args =
                        if self.at("(") && !self.peek(0).spaced { self.arguments() } else { Vec::new() };
                    value = self.apply(value, args, type_args, start);
                }
                _ => return value,
            }
        }
        value
    }

    fn subscript(&mut self, object: ExprId, start: usize) -> ExprId {
        self.bump();
        let outer = std::mem::replace(&mut self.state.offside, -1);
        let index = if self.at_any(&["..", "]"]) { self.nothing() } else { self.value() };
        self.close("]");
        self.state.offside = outer;
        self.expr(ExprKind::Index { object, index }, start)
    }

    /// Passes the bracket that closes, and what is not understood before it.
    pub(super) fn close(&mut self, bracket: &str) {
        let mut left = 64;
        while !self.at_end() && !self.at(bracket) && left > 0 {
            left -= 1;
            if self.at_any(&["(", "[", "{"]) {
                self.bump();
                self.skip_brackets();
            } else if self.at_any(&[")", "]", "}", "|]", "|}"])
                || self.peek(0).first && self.peek(0).column == 0
            {
                return;
            } else {
                self.skip();
            }
        }
        self.eat(bracket);
    }

    /// `(a, name = b, P = c)`.
    pub(super) fn arguments(&mut self) -> Vec<Arg> {
        self.bump();
        let outer = std::mem::replace(&mut self.state.offside, -1);
        let mut args = Vec::new();
        while !self.at_end() && !self.at(")") {
            let before = self.position();
            self.eat("?");
            if self.is_word(0) && self.is(1, "=") && !KEYWORDS.contains(&self.shown(0)) {
                let name: Sym = self.word().unwrap_or_else(|| "".into());
                self.bump();
                let value = self.element();
                args.push(Arg::named(name, value));
            } else {
                let value = if self.at_any(&["let", "use", "do"]) { self.body() } else { self.element() };
                args.push(Arg::positional(value));
            }
            if self.eat(":") {
                self.type_name();
            }
            if !self.eat(",") && !self.at(")") {
                if self.at_any(&["]", "}", "|]"]) || self.position() == before {
                    break;
                }
                self.eat(";");
                if !self.at(")") && self.peek(0).first {
                    // More statements of a sequence.
                    continue;
                }
                self.skip();
            }
        }
        self.close(")");
        self.state.offside = outer;
        args
    }
}
