//! Expressions.

use super::State;
use crate::frontend::reader::{Kind, Reader, positional};
use crate::ir::{
    Arg, BinaryOp, Block, ExprId, ExprKind, FuncId, Function, FunctionKind, Param, Span, StmtId, StmtKind,
    Sym, TypeName,
};

/// Library functions that go to a data source: the engine signs them in. A last record is their options.
const ACCESSES: &[&str] = &["Web.Contents", "OData.Feed", "Web.BrowserContents", "Web.Page"];

/// Words that end a value.
const KEYWORDS: &[&str] =
    &["and", "as", "catch", "else", "in", "is", "meta", "or", "otherwise", "then", "section", "shared"];

/// What an operator is to the IR, and how tightly it binds.
fn operator(shown: &str) -> Option<(u8, Option<BinaryOp>)> {
    Some(match shown {
        "meta" => (8, None),
        "??" => (1, Some(BinaryOp::Coalesce)),
        "or" => (2, Some(BinaryOp::Or)),
        "and" => (3, Some(BinaryOp::And)),
        "=" => (4, Some(BinaryOp::Eq)),
        "<>" => (4, Some(BinaryOp::Ne)),
        "<" | ">" | "<=" | ">=" => (5, Some(BinaryOp::Other)),
        "+" | "-" => (6, Some(BinaryOp::Other)),
        "&" => (6, None),
        "*" | "/" => (7, Some(BinaryOp::Other)),
        _ => return None,
    })
}

impl Reader<'_, State> {
    /// `(a, b) =>` begins here.
    pub(super) fn at_function(&self) -> bool {
        if !self.at("(") {
            return false;
        }
        let Some(mut next) = self.closing(0) else { return false };
        next += 1;
        if self.is(next, "as") {
            next += 1;
            while self.is_any(next, &["nullable", "optional"]) {
                next += 1;
            }
            // A type in brackets, or a name.
            next = self.closing(next).filter(|_| self.is_any(next, &["[", "{", "("])).unwrap_or(next) + 1;
        }
        self.is(next, "=>")
    }

    /// `(a as text, optional b) as record => value`.
    pub(super) fn function(&mut self, name: Sym, kind: FunctionKind, start: usize) -> FuncId {
        self.bump();
        let mut params = Vec::new();
        while !self.at_end() && !self.eat(")") {
            let at = self.start();
            let optional = self.at("optional") && self.is_word(1) && self.eat("optional");
            let Some(name) = self.word() else {
                self.skip();
                continue;
            };
            let ty = if self.eat("as") { self.type_name() } else { None };
            let nothing = self.since(at);
            let default = optional.then(|| self.nodes.expr(ExprKind::Null, nothing));
            params.push(Param {
                name,
                ty,
                default,
                is_switch: false,
                is_rest: false,
                from_pipeline: false,
                aliases: Vec::new(),
                span: nothing,
            });
            self.eat(",");
        }
        if self.eat("as") {
            self.type_name();
        }
        self.eat("=>");
        self.function_body(name, kind, params, start)
    }

    fn function_body(&mut self, name: Sym, kind: FunctionKind, params: Vec<Param>, start: usize) -> FuncId {
        let mut function = Function::new(name, kind, Span::new(start, start));
        function.params = params;
        let id = self.nodes.function(function);
        let mut body = Block::new();
        let value = if self.at("let") && self.enter() {
            let value = self.bindings(&mut body);
            self.leave();
            value
        } else {
            self.value()
        };
        body.push(self.stmt(StmtKind::Return(Some(value)), start));
        self.nodes.set_body(id, body);
        id
    }

    /// A type, of which only a plain name is kept.
    fn type_name(&mut self) -> Option<TypeName> {
        while self.at_any(&["nullable", "type"]) {
            self.bump();
        }
        if self.at("function") || self.at("table") {
            let word = self.word()?;
            if self.eat("(") {
                self.pass_brackets();
                if self.eat("as") {
                    self.type_name();
                }
            } else if self.at("[") {
                self.bump();
                self.pass_brackets();
            } else if &*word == "table" && self.is_word(0) && !self.at_any(KEYWORDS) {
                self.bump();
            }
            return Some(TypeName::simple(word));
        }
        if self.at_any(&["[", "{", "("]) {
            self.bump();
            self.pass_brackets();
            return None;
        }
        self.word().map(TypeName::simple)
    }

    /// Passes what is understood to have no value.
    fn pass_brackets(&mut self) {
        let gaps = self.nodes.unit().gaps.len();
        self.skip_brackets();
        self.nodes.unit().gaps.truncate(gaps);
    }

    /// Any expression.
    pub(super) fn value(&mut self) -> ExprId {
        let start = self.start();
        if !self.enter() {
            self.recover(&[",", ";", ")", "]", "}", "in"]);
            return self.nothing();
        }
        let value = match self.shown(0) {
            "let" => {
                let mut body = Block::new();
                let value = self.bindings(&mut body);
                body.push(self.stmt(StmtKind::Emit(value), start));
                self.expr(ExprKind::Block(body), start)
            }
            "if" => {
                self.bump();
                let test = self.value();
                self.eat("then");
                let then = self.value();
                let otherwise = if self.eat("else") { self.value() } else { self.nothing() };
                self.expr(ExprKind::Cond { test, then, otherwise }, start)
            }
            "each" => {
                self.bump();
                let param = Param {
                    name: "_".into(),
                    ty: None,
                    default: None,
                    is_switch: false,
                    is_rest: false,
                    from_pipeline: false,
                    aliases: Vec::new(),
                    span: self.since(start),
                };
                let function = self.function_body("".into(), FunctionKind::Lambda, vec![param], start);
                self.expr(ExprKind::Lambda(function), start)
            }
            "try" => self.attempt(),
            "error" => {
                self.bump();
                let value = self.value();
                self.expr(ExprKind::Other(vec![value]), start)
            }
            "(" if self.at_function() => {
                let function = self.function("".into(), FunctionKind::Lambda, start);
                self.expr(ExprKind::Lambda(function), start)
            }
            _ => self.binary(0),
        };
        self.leave();
        value
    }

    /// `try a otherwise b`, `try a catch (e) => b`.
    fn attempt(&mut self) -> ExprId {
        let start = self.start();
        self.bump();
        let left = self.value();
        if self.eat("otherwise") {
            let right = self.value();
            return self.expr(ExprKind::Binary { op: BinaryOp::Coalesce, left, right }, start);
        }
        if self.eat("catch") {
            let handler = self.value();
            return self.expr(ExprKind::Other(vec![left, handler]), start);
        }
        left
    }

    /// `let a = …, b = … in value`. The order of bindings means nothing: each stands before what uses it.
    fn bindings(&mut self, body: &mut Block) -> ExprId {
        self.bump();
        let mut bound: Vec<(Sym, StmtId, usize, usize)> = Vec::new();
        while !self.at_end() && !self.at("in") {
            let start = self.start();
            if !(self.is_word(0) && self.is(1, "=")) {
                self.recover(&[",", "in", ")", "]", "}", ";"]);
                if !self.eat(",") {
                    break;
                }
                continue;
            }
            let Some(name) = self.word() else { break };
            self.bump();
            let from = self.nodes.unit().exprs.len();
            let stmt = if self.at_function() {
                let place = self.since(start);
                let function = self.function(name.clone(), FunctionKind::Function, start);
                self.nodes.unit().functions[function.index()].span = place;
                self.stmt(StmtKind::Define(function), start)
            } else {
                let value = self.value();
                self.stmt(StmtKind::Let { name: name.clone(), ty: None, value: Some(value) }, start)
            };
            bound.push((name, stmt, from, self.nodes.unit().exprs.len()));
            if !self.eat(",") && !self.at("in") {
                self.recover(&[",", "in", ")", "]", "}", ";"]);
                if !self.eat(",") && !self.at("in") {
                    break;
                }
            }
        }
        self.in_order(&bound, body);
        if self.eat("in") { self.value() } else { self.nothing() }
    }

    fn in_order(&mut self, bound: &[(Sym, StmtId, usize, usize)], body: &mut Block) {
        let mut placed = vec![false; bound.len()];
        let mut open: Vec<(usize, bool)> = (0..bound.len()).rev().map(|i| (i, false)).collect();
        let mut begun = vec![false; bound.len()];
        while let Some((index, done)) = open.pop() {
            if done {
                if !std::mem::replace(&mut placed[index], true) {
                    body.push(bound[index].1);
                }
                continue;
            }
            if std::mem::replace(&mut begun[index], true) {
                continue;
            }
            open.push((index, true));
            let (_, _, from, to) = bound[index];
            for expr in self.nodes.unit().exprs[from..to].iter().rev() {
                if let ExprKind::Name { name, .. } = &expr.kind
                    && let Some(used) = bound.iter().position(|b| b.0 == *name)
                    && !begun[used]
                {
                    open.push((used, false));
                }
            }
        }
    }

    fn binary(&mut self, least: u8) -> ExprId {
        let start = self.start();
        let mut left = self.unary();
        loop {
            let shown = self.shown(0);
            if matches!(shown, "is" | "as") {
                self.bump();
                let ty = self.type_name();
                if shown == "is" {
                    left = self.expr(ExprKind::Other(vec![left]), start);
                } else if let Some(ty) = ty {
                    left = self.expr(ExprKind::Cast { ty, value: left }, start);
                }
                continue;
            }
            let Some((level, op)) = operator(shown).filter(|(level, _)| *level > least) else { return left };
            self.bump();
            let right = if self.at_any(&["if", "let", "each", "try", "error"]) {
                self.value()
            } else {
                self.binary(level)
            };
            left = match (shown, op) {
                ("meta", _) => left,
                (_, Some(op)) => self.expr(ExprKind::Binary { op, left, right }, start),
                _ => self.concat(left, right, start),
            };
        }
    }

    fn unary(&mut self) -> ExprId {
        let start = self.start();
        if self.at_any(&["not", "+", "-"]) {
            let not = self.at("not");
            self.bump();
            if !self.enter() {
                return self.nothing();
            }
            let value = self.unary();
            self.leave();
            let kind = if not { ExprKind::Not(value) } else { ExprKind::Other(vec![value]) };
            return self.expr(kind, start);
        }
        let mut value = self.primary();
        loop {
            match self.shown(0) {
                "(" => value = self.invocation(value, start),
                "[" => value = self.selection(value, start),
                "{" => {
                    self.bump();
                    let index = self.value();
                    self.close("}");
                    self.eat("?");
                    value = self.expr(ExprKind::Index { object: value, index }, start);
                }
                _ => return value,
            }
        }
    }

    fn close(&mut self, bracket: &str) {
        if !self.at(bracket) {
            self.recover(&[bracket, ";"]);
        }
        self.eat(bracket);
    }

    fn invocation(&mut self, callee: ExprId, start: usize) -> ExprId {
        self.bump();
        let mut args = positional(self.items(")"));
        let name = match self.nodes.kind(callee) {
            ExprKind::Name { name, .. } => name.clone(),
            _ => "".into(),
        };
        let access = ACCESSES.contains(&&*name);
        let mut manual = false;
        if access
            && let [_, .., options] = args.as_slice()
            && let ExprKind::Map(entries) = self.nodes.kind(options.value).clone()
        {
            args.pop();
            for (key, value) in entries {
                if let ExprKind::Str(key) = self.nodes.kind(key).clone() {
                    manual |= &*key == "ManualCredentials";
                    args.push(Arg::named(key, value));
                }
            }
        }
        let call = self.call(callee, args, start);
        if access && !manual {
            self.state.accesses.push(call);
        }
        call
    }

    /// Values between here and the closing bracket.
    fn items(&mut self, close: &str) -> Vec<ExprId> {
        let mut items = Vec::new();
        while !self.at_end() && !self.eat(close) {
            items.push(self.value());
            if self.eat("..") {
                items.push(self.value());
            }
            if !self.eat(",") && !self.at(close) {
                self.recover(&[",", close, ";", "in"]);
                if !self.at_any(&[",", close]) {
                    break;
                }
            }
        }
        items
    }

    /// `value[field]`, `value[[a], [b]]`.
    fn selection(&mut self, object: ExprId, start: usize) -> ExprId {
        self.bump();
        if self.at("[") {
            self.pass_brackets();
            self.eat("?");
            return object;
        }
        let (field, span) = self.field_name(&["]"]);
        self.close("]");
        self.eat("?");
        let index = self.nodes.expr(ExprKind::Str(field), span);
        self.expr(ExprKind::Index { object, index }, start)
    }

    /// A name between brackets may hold spaces and anything else.
    fn field_name(&mut self, ends: &[&str]) -> (Sym, Span) {
        let start = self.start();
        if let Kind::Quoted(name) = &self.peek(0).kind {
            let name: Sym = name.as_str().into();
            self.bump();
            return (name, self.since(start));
        }
        while !self.at_end() && !self.at_any(ends) && !self.at_any(&[",", ";", "["]) {
            self.bump();
        }
        let span = self.since(start);
        (self.slice(span).trim().into(), span)
    }

    fn primary(&mut self) -> ExprId {
        let start = self.start();
        let token = self.peek(0).clone();
        match token.kind {
            Kind::Text(pieces) => {
                self.bump();
                self.text_value(pieces, token.span, &mut Self::value)
            }
            Kind::Number => {
                self.bump();
                let shown = self.slice(token.span);
                self.expr(ExprKind::Num(shown.into()), start)
            }
            Kind::Quoted(name) => {
                self.bump();
                self.name(name.into(), start)
            }
            Kind::Word => self.named(start),
            Kind::Operator => match self.slice(token.span) {
                "(" => {
                    self.bump();
                    let value = self.value();
                    self.close(")");
                    value
                }
                "{" => {
                    self.bump();
                    let items = self.items("}");
                    self.expr(ExprKind::List(items), start)
                }
                "[" => self.record(start),
                "@" => {
                    while self.at("@") {
                        self.bump();
                    }
                    self.primary()
                }
                "..." => {
                    self.bump();
                    self.expr(ExprKind::Other(Vec::new()), start)
                }
                ")" | "]" | "}" | "," | ";" | "=>" => self.nothing(),
                _ => {
                    self.skip();
                    self.nothing()
                }
            },
            Kind::End => self.nothing(),
        }
    }

    fn named(&mut self, start: usize) -> ExprId {
        match self.shown(0) {
            "true" | "false" => {
                let value = self.at("true");
                self.bump();
                self.expr(ExprKind::Bool(value), start)
            }
            "null" => {
                self.bump();
                self.expr(ExprKind::Null, start)
            }
            "type" => {
                self.type_name();
                self.expr(ExprKind::Other(Vec::new()), start)
            }
            word if KEYWORDS.contains(&word) => self.nothing(),
            _ => match self.word() {
                Some(name) => self.name(name, start),
                None => self.nothing(),
            },
        }
    }

    /// `[a = 1, b = 2]`, or `[field]` of what `each` looks at.
    fn record(&mut self, start: usize) -> ExprId {
        self.bump();
        let mut entries = Vec::new();
        while !self.at_end() && !self.eat("]") {
            let (field, span) = self.field_name(&["=", "]"]);
            if !self.eat("=") {
                if entries.is_empty() && self.at("]") {
                    self.bump();
                    self.eat("?");
                    let object = self.nodes.expr(
                        ExprKind::Name { name: "_".into(), scope: crate::ir::Scope::Lexical },
                        Span::new(start, start),
                    );
                    let index = self.nodes.expr(ExprKind::Str(field), span);
                    return self.expr(ExprKind::Index { object, index }, start);
                }
                self.recover(&[",", "]", ";"]);
                if !self.eat(",") && !self.at("]") {
                    break;
                }
                continue;
            }
            let key = self.nodes.expr(ExprKind::Str(field), span);
            let value = self.value();
            entries.push((key, value));
            if !self.eat(",") && !self.at("]") {
                self.recover(&[",", "]", ";"]);
                if !self.eat(",") && !self.at("]") {
                    break;
                }
            }
        }
        self.expr(ExprKind::Map(entries), start)
    }
}
