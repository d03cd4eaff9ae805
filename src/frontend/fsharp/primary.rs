//! Literals, brackets, and expressions that begin with a keyword.

use super::State;
use super::expr::KEYWORDS;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{
    Binding, Block, ExprId, ExprKind, Function, FunctionKind, Init, Scope, Span, StmtKind, Sym, TypeName,
};

impl Reader<'_, State> {
    pub(super) fn primary(&mut self) -> ExprId {
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
            Kind::Quoted(_) => match self.word() {
                Some(name) => self.name(name, start),
                None => self.nothing(),
            },
            Kind::Word => self.keyword(start),
            Kind::Operator => self.bracket(start),
            Kind::End => self.nothing(),
        }
    }

    fn bracket(&mut self, start: usize) -> ExprId {
        match self.shown(0) {
            "(" => {
                let mut items: Vec<ExprId> = self.arguments().into_iter().map(|a| a.value).collect();
                match items.len() {
                    0 => self.expr(ExprKind::Null, start),
                    1 => items.remove(0),
                    _ => self.expr(ExprKind::List(items), start),
                }
            }
            "[" => self.list("]", start),
            "[|" => self.list("|]", start),
            "{" => self.record("}", start),
            "{|" => self.record("|}", start),
            "-" | "+" | "!" | "&" | "~~~" | "%" | "&&" => {
                self.bump();
                if !self.enter() {
                    return self.nothing();
                }
                let value = self.postfix();
                self.leave();
                value
            }
            ")" | "]" | "}" | "|]" | "|}" | "," | ";" | "->" | "|" => self.nothing(),
            _ => {
                self.skip();
                self.nothing()
            }
        }
    }

    /// `[a; b]`, with one element a line or several. Pairs with a text in front are the entries of a map.
    fn list(&mut self, close: &str, start: usize) -> ExprId {
        self.bump();
        let outer = self.state.offside;
        let mut items = Vec::new();
        while !self.at_end() && !self.at(close) {
            let before = self.position();
            self.state.offside = i64::from(self.peek(0).column);
            if self.at_any(&["for", "if", "let", "yield", "yield!", "match", "while", "use"]) {
                items.push(self.body());
            } else {
                items.push(self.value());
            }
            if self.eat("..") {
                continue;
            }
            while self.eat(";") {}
            if self.position() == before {
                if self.at_any(&[")", "}", "|]", "|}", "]"]) {
                    break;
                }
                self.skip();
            }
        }
        self.state.offside = outer;
        self.close(close);
        let mut entries = Vec::new();
        for item in &items {
            if let ExprKind::List(pair) = self.nodes.kind(*item).clone()
                && let [key, value] = pair.as_slice()
                && matches!(self.nodes.kind(*key), ExprKind::Str(_))
            {
                entries.push((*key, *value));
            }
        }
        let kind = if !items.is_empty() && entries.len() == items.len() {
            ExprKind::Map(entries)
        } else {
            ExprKind::List(items)
        };
        self.expr(kind, start)
    }

    /// `{ A = 1; B = 2 }`, `{ x with A = 1 }`, `{ new T() with … }`.
    fn record(&mut self, close: &str, start: usize) -> ExprId {
        self.bump();
        let outer = std::mem::replace(&mut self.state.offside, -1);
        let mut base = None;
        if self.at("new") {
            self.bump();
            let ty = self.type_name();
            let args = if self.at("(") { self.arguments() } else { Vec::new() };
            self.skip_brackets();
            self.state.offside = outer;
            return self.expr(ExprKind::New { ty, args, init: Vec::new() }, start);
        }
        let begins_field = self.is_word(0) && (self.is(1, "=") || self.is(1, "."));
        if !begins_field || self.is(1, ".") && self.with_follows() {
            base = Some(self.value());
            self.eat("with");
        }
        let mut fields: Vec<(Sym, Span, ExprId)> = Vec::new();
        while !self.at_end() && !self.at(close) {
            let before = self.position();
            self.state.offside = i64::from(self.peek(0).column);
            let at = self.start();
            let mut name = self.word();
            while self.at(".") && self.is_word(1) {
                self.bump();
                name = self.word();
            }
            let span = self.since(at);
            if let Some(name) = name
                && self.eat("=")
            {
                let value = self.body_or_value();
                fields.push((name, span, value));
            }
            while self.eat(";") {}
            if self.position() == before {
                if self.at_any(&[")", "]", "|]", "}", "|}"]) {
                    break;
                }
                self.skip();
            }
        }
        self.state.offside = outer;
        self.close(close);
        let known = fields.first().and_then(|(name, ..)| self.state.records.get(name).cloned());
        if let (Some(ty), None) = (known, base) {
            let init = fields.into_iter().map(|(name, _, value)| Init::Member(name, value)).collect();
            let ty = Some(TypeName::simple(ty));
            return self.expr(ExprKind::New { ty, args: Vec::new(), init }, start);
        }
        let entries: Vec<_> = fields
            .into_iter()
            .map(|(name, span, value)| (self.nodes.expr(ExprKind::Str(name), span), value))
            .collect();
        let map = self.expr(ExprKind::Map(entries), start);
        match base {
            Some(base) => self.expr(ExprKind::Other(vec![map, base]), start),
            None => map,
        }
    }

    /// `a.b with` begins here.
    fn with_follows(&self) -> bool {
        let mut ahead = 1;
        while self.is(ahead, ".") && self.is_word(ahead + 1) {
            ahead += 2;
        }
        self.is(ahead, "with")
    }

    fn body_or_value(&mut self) -> ExprId {
        if self.peek(0).first { self.body() } else { self.element() }
    }

    fn keyword(&mut self, start: usize) -> ExprId {
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
            "base" => {
                self.bump();
                self.expr(ExprKind::Base, start)
            }
            "if" | "elif" => self.conditional(start),
            "match" | "match!" => self.matching(start),
            "fun" => self.lambda(start),
            "function" => self.function_of_cases(start),
            "try" => self.attempt(start),
            "for" | "while" | "while!" => self.repetition(start),
            "let" | "use" | "let!" | "use!" => self.body(),
            "do" | "do!" | "return" | "return!" | "yield" | "yield!" | "lazy" | "assert" | "upcast"
            | "downcast" | "begin" => {
                self.bump();
                let value = self.body();
                self.eat("end");
                value
            }
            "typeof" | "typedefof" if self.is(1, "<") => {
                self.bump();
                match self.try_type_args().and_then(|args| args.into_iter().next()) {
                    Some(ty) => self.expr(ExprKind::TypeRef(ty), start),
                    None => self.nothing(),
                }
            }
            "new" => {
                self.bump();
                let Some(ty) = self.type_name() else { return self.nothing() };
                let args = if self.at("(") { self.arguments() } else { Vec::new() };
                self.creation(ty, args, start)
            }
            word if KEYWORDS.contains(&word) => self.nothing(),
            _ => self.word_value(start),
        }
    }

    /// A name, or a computation expression: `async { … }`.
    fn word_value(&mut self, start: usize) -> ExprId {
        let Some(name) = self.word() else { return self.nothing() };
        if self.at("{") && self.here() && name.starts_with(char::is_lowercase) {
            let record = self.is(1, "}")
                || self.is_word(1) && self.is_any(2, &["=", "with"]) && !KEYWORDS.contains(&self.shown(1))
                || self.is(1, "new");
            if !record {
                self.bump();
                let outer = std::mem::replace(&mut self.state.offside, -1);
                let body = self.computation("}");
                self.state.offside = outer;
                self.close("}");
                return self.expr(ExprKind::Block(body), start);
            }
        }
        if self.state.this.as_ref() == Some(&name) {
            return self.expr(ExprKind::This, start);
        }
        self.expr(ExprKind::Name { name, scope: Scope::Lexical }, start)
    }

    /// `if a then b elif c then d else e`.
    fn conditional(&mut self, start: usize) -> ExprId {
        let column = i64::from(self.peek(0).column);
        self.bump();
        if !self.enter() {
            return self.nothing();
        }
        let outer = self.state.offside;
        let test = self.value();
        self.eat("then");
        let then = self.body();
        let continues = !self.peek(0).first || i64::from(self.peek(0).column) >= column.min(outer + 1);
        let otherwise = if continues && self.at("elif") {
            let at = self.start();
            self.conditional(at)
        } else if continues && self.at("else") {
            self.bump();
            if self.at("if") && !self.peek(0).first {
                let at = self.start();
                self.conditional(at)
            } else {
                self.body()
            }
        } else {
            self.expr(ExprKind::Null, start)
        };
        self.leave();
        self.expr(ExprKind::Cond { test, then, otherwise }, start)
    }

    /// `fun a (b, c) -> body`.
    fn lambda(&mut self, start: usize) -> ExprId {
        self.bump();
        let mut params = Vec::new();
        while !self.at_end() && !self.at("->") && self.param(&mut params) {}
        self.eat("->");
        let mut function = Function::new("", FunctionKind::Lambda, Span::new(start, start));
        function.params = params;
        let id = self.nodes.function(function);
        let body = self.returning();
        self.nodes.set_body(id, body);
        self.expr(ExprKind::Lambda(id), start)
    }

    /// `try … with … finally …`.
    fn attempt(&mut self, start: usize) -> ExprId {
        self.bump();
        let body = self.emitting();
        let mut handlers = Vec::new();
        let mut finally = Block::new();
        if self.at("with") {
            self.bump();
            let caught = self.nothing();
            for (labels, value) in self.cases(caught) {
                let _ = labels;
                let span = self.nodes.unit().expr(value).span;
                handlers.push(vec![self.nodes.stmt(StmtKind::Emit(value), span)]);
            }
        }
        if self.at("finally") {
            self.bump();
            let value = self.body();
            finally.push(self.stmt(StmtKind::Expr(value), start));
        }
        let stmt = self.stmt(StmtKind::Try { body, handlers, finally }, start);
        self.expr(ExprKind::Block(vec![stmt]), start)
    }

    /// `for x in xs do …`, `for i = a to b do …`, `while test do …`.
    fn repetition(&mut self, start: usize) -> ExprId {
        let each = self.at("for");
        self.bump();
        let mut binding = None;
        let mut test = None;
        let mut init = Block::new();
        if each {
            let at = self.start();
            let names = self.pattern_names();
            if self.eat("in") {
                let iterable = self.value();
                let span = self.since(at);
                let targets: Vec<ExprId> = names
                    .into_iter()
                    .map(|name| self.nodes.expr(ExprKind::Name { name, scope: Scope::Lexical }, span))
                    .collect();
                let target = match targets.as_slice() {
                    [only] => *only,
                    _ => self.nodes.expr(ExprKind::List(targets), span),
                };
                binding = Some(Binding { target, iterable });
            } else {
                self.eat("=");
                let from = self.value();
                if self.at_any(&["to", "downto"]) {
                    self.bump();
                    test = Some(self.value());
                }
                for name in names {
                    init.push(self.stmt(StmtKind::Let { name, ty: None, value: Some(from) }, at));
                }
            }
        } else {
            test = Some(self.value());
        }
        if !self.eat("do") {
            self.eat("->");
        }
        let body = self.emitting();
        self.eat("done");
        let stmt = self.stmt(StmtKind::Loop { binding, init, test, body }, start);
        self.expr(ExprKind::Block(vec![stmt]), start)
    }
}
