//! Literals, object creation, lambdas.

use super::State;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Arg, Block, ExprId, ExprKind, Function, FunctionKind, Init, Span, StmtKind, TypeName};

/// Conversions: the value as another type.
const CONVERSIONS: &[&str] = &[
    "cstr", "cint", "clng", "cbool", "cdate", "cdbl", "cdec", "cobj", "cbyte", "cchar", "cshort", "csng",
    "cuint", "culng", "cushort", "csbyte",
];

/// Words that begin no value.
pub(super) const KEYWORDS: &[&str] = &[
    "as",
    "case",
    "catch",
    "default",
    "dim",
    "do",
    "each",
    "else",
    "elseif",
    "end",
    "exit",
    "finally",
    "for",
    "handles",
    "implements",
    "in",
    "inherits",
    "loop",
    "next",
    "of",
    "orelse",
    "and",
    "andalso",
    "or",
    "mod",
    "property",
    "return",
    "select",
    "step",
    "then",
    "throw",
    "to",
    "try",
    "until",
    "wend",
    "when",
    "while",
    "xor",
    "like",
    "isnot",
];

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
            Kind::Word => self.named(start),
            Kind::Operator => match self.slice(token.span) {
                "(" => {
                    let mut items: Vec<ExprId> = self.arguments().into_iter().map(|a| a.value).collect();
                    match items.len() {
                        1 => items.remove(0),
                        _ => self.expr(ExprKind::List(items), start),
                    }
                }
                "{" => self.list(start),
                "." | "!" => self.of_with(start),
                ")" | "}" | "," => self.nothing(),
                _ => {
                    self.skip();
                    self.nothing()
                }
            },
            Kind::End => self.nothing(),
        }
    }

    fn list(&mut self, start: usize) -> ExprId {
        let items = self.elements();
        self.expr(ExprKind::List(items), start)
    }

    /// `{a, b}`.
    fn elements(&mut self) -> Vec<ExprId> {
        self.bump();
        let mut items = Vec::new();
        while !self.at_end() && !self.eat("}") {
            items.push(self.value());
            if !self.eat(",") && !self.at("}") {
                self.skip_line_until(&[",", "}"]);
                if !self.eat(",") && !self.at("}") {
                    break;
                }
            }
        }
        items
    }

    /// `.Member` within a `With` block or an initialiser.
    fn of_with(&mut self, start: usize) -> ExprId {
        let Some(receiver) = self.state.with.last().copied() else {
            self.skip();
            return self.nothing();
        };
        let span = self.since(start);
        let object = match self.nodes.copy(receiver) {
            Some(copy) => copy,
            None => self.nodes.expr(ExprKind::Other(Vec::new()), span),
        };
        if self.at("!") {
            return object;
        }
        self.bump();
        match self.word() {
            Some(name) => self.expr(ExprKind::Member { object, name }, start),
            None => object,
        }
    }

    fn named(&mut self, start: usize) -> ExprId {
        let word = self.shown(0).to_ascii_lowercase();
        match word.as_str() {
            "true" | "false" => {
                self.bump();
                self.expr(ExprKind::Bool(word == "true"), start)
            }
            "nothing" => {
                self.bump();
                self.expr(ExprKind::Null, start)
            }
            "me" | "myclass" => {
                self.bump();
                self.expr(ExprKind::This, start)
            }
            "mybase" => {
                self.bump();
                self.expr(ExprKind::Base, start)
            }
            "new" => self.creation(start),
            "async" | "iterator" if self.is_any(1, &["function", "sub"]) => {
                self.bump();
                self.lambda(start)
            }
            "function" | "sub" if self.is(1, "(") => self.lambda(start),
            "if" if self.is(1, "(") => self.conditional(start),
            "ctype" | "directcast" | "trycast" if self.is(1, "(") => {
                self.bump();
                self.bump();
                let value = self.value();
                self.eat(",");
                let ty = self.type_name();
                self.skip_line_until(&[")"]);
                self.eat(")");
                match ty {
                    Some(ty) => self.expr(ExprKind::Cast { ty, value }, start),
                    None => value,
                }
            }
            "gettype" if self.is(1, "(") => {
                self.bump();
                self.bump();
                let ty = self.type_name();
                self.skip_line_until(&[")"]);
                self.eat(")");
                match ty {
                    Some(ty) => self.expr(ExprKind::TypeRef(ty), start),
                    None => self.nothing(),
                }
            }
            "from" | "aggregate" if self.is_word(1) && self.is_any(2, &["in", "as"]) => self.query(start),
            word if CONVERSIONS.contains(&word) && self.is(1, "(") => {
                self.bump();
                let mut args = self.arguments();
                if args.is_empty() { self.nothing() } else { args.swap_remove(0).value }
            }
            "global" if self.is(1, ".") => {
                self.bump();
                self.bump();
                match self.word() {
                    Some(name) => self.name(name, start),
                    None => self.nothing(),
                }
            }
            word if KEYWORDS.contains(&word) => self.nothing(),
            _ => match self.word() {
                Some(name) => self.name(name, start),
                None => self.nothing(),
            },
        }
    }

    /// `If(test, a, b)` and `If(a, b)`.
    fn conditional(&mut self, start: usize) -> ExprId {
        self.bump();
        let values: Vec<ExprId> = self.arguments().into_iter().map(|a| a.value).collect();
        match values.as_slice() {
            [test, then, otherwise] => {
                let kind = ExprKind::Cond { test: *test, then: *then, otherwise: *otherwise };
                self.expr(kind, start)
            }
            [left, right] => {
                let op = crate::ir::BinaryOp::Coalesce;
                self.expr(ExprKind::Binary { op, left: *left, right: *right }, start)
            }
            _ => self.expr(ExprKind::Other(values), start),
        }
    }

    /// `New T(args) With {.A = 1} From {…}`.
    pub(super) fn creation(&mut self, start: usize) -> ExprId {
        self.bump();
        if self.at("with") && self.is(1, "{") {
            self.bump();
            let entries = self.members_set().into_iter();
            let entries: Vec<_> = entries
                .map(|(name, span, value)| (self.nodes.expr(ExprKind::Str(name), span), value))
                .collect();
            return self.expr(ExprKind::Map(entries), start);
        }
        let ty = self.type_name();
        let mut args = Vec::new();
        if self.at("(") && !self.peek(0).first {
            args = self.arguments();
        }
        // `New String() {"a"}`: an array.
        if self.at("{") && !self.peek(0).first {
            return self.list(start);
        }
        self.created(ty, args, start)
    }

    /// What is behind `New T(args)`.
    fn created(&mut self, ty: Option<TypeName>, args: Vec<Arg>, start: usize) -> ExprId {
        let mut init = Vec::new();
        if self.at("with") && self.is(1, "{") {
            self.bump();
            for (name, _, value) in self.members_set() {
                init.push(Init::Member(name, value));
            }
        } else if self.at("from") && self.is(1, "{") {
            self.bump();
            self.initial_elements(&mut init);
        }
        self.expr(ExprKind::New { ty, args, init }, start)
    }

    /// `{a, {key, value}}`.
    fn initial_elements(&mut self, init: &mut Vec<Init>) {
        self.bump();
        while !self.at_end() && !self.eat("}") {
            if self.at("{") {
                let elements = self.elements();
                match elements.as_slice() {
                    [key, value] => init.push(Init::Entry(*key, *value)),
                    _ => init.extend(elements.into_iter().map(Init::Element)),
                }
            } else {
                init.push(Init::Element(self.value()));
            }
            if !self.eat(",") && !self.at("}") {
                self.skip_line_until(&[",", "}"]);
                if !self.eat(",") && !self.at("}") {
                    break;
                }
            }
        }
    }

    /// `{.A = 1, Key .B = 2, c}`.
    fn members_set(&mut self) -> Vec<(crate::ir::Sym, Span, ExprId)> {
        self.bump();
        let mut members = Vec::new();
        while !self.at_end() && !self.eat("}") {
            self.eat("key");
            let start = self.start();
            if self.at(".") && self.is_word(1) && self.is(2, "=") {
                self.bump();
                let name = self.word().unwrap_or_else(|| "".into());
                let span = self.since(start);
                self.bump();
                let value = self.value();
                members.push((name, span, value));
            } else {
                let value = self.value();
                let name = match self.nodes.kind(value) {
                    ExprKind::Name { name, .. } | ExprKind::Member { name, .. } => name.clone(),
                    _ => "".into(),
                };
                members.push((name, self.since(start), value));
            }
            if !self.eat(",") && !self.at("}") {
                self.skip_line_until(&[",", "}"]);
                if !self.eat(",") && !self.at("}") {
                    break;
                }
            }
        }
        members
    }

    /// `Function(x) value`, `Sub(x) statement`, and both with a body up to `End`.
    fn lambda(&mut self, start: usize) -> ExprId {
        let is_sub = self.at("sub");
        self.bump();
        let locals = self.state.locals.clone();
        let params = self.params();
        if self.at("as") && self.on_line() {
            self.bump();
            self.type_name();
        }
        let mut function = Function::new("", FunctionKind::Lambda, Span::new(start, start));
        function.params = params;
        let id = self.nodes.function(function);
        let name = std::mem::replace(&mut self.state.function, "".into());
        let mut body = Block::new();
        let at = self.start();
        if self.peek(0).first {
            body = self.block(if is_sub { "sub" } else { "function" });
        } else if is_sub {
            self.statement(&mut body);
        } else {
            let value = self.value();
            body.push(self.stmt(StmtKind::Return(Some(value)), at));
        }
        self.state.function = name;
        self.state.locals = locals;
        self.nodes.set_body(id, body);
        self.expr(ExprKind::Lambda(id), start)
    }

    /// `From x In xs Where … Select …`: only its expressions count.
    fn query(&mut self, start: usize) -> ExprId {
        const CLAUSES: &[&str] = &[
            "from",
            "in",
            "where",
            "select",
            "order",
            "by",
            "let",
            "join",
            "on",
            "equals",
            "into",
            "group",
            "take",
            "skip",
            "distinct",
            "descending",
            "ascending",
            "aggregate",
            "while",
        ];
        let mut parts = Vec::new();
        let mut after = "";
        while !self.at_end() {
            let word = CLAUSES.iter().find(|c| self.at(c)).copied();
            match word {
                Some(word) => {
                    self.bump();
                    after = word;
                }
                None if self.peek(0).first || self.at_any(&[")", "}"]) => break,
                None if self.at_any(&[",", "="]) => {
                    self.bump();
                }
                None if self.at("as") => {
                    self.bump();
                    self.type_name();
                }
                None if matches!(after, "from" | "let" | "join" | "into") && self.is_word(0) => {
                    self.bump();
                    after = "";
                }
                None => {
                    let before = self.position();
                    parts.push(self.value());
                    if self.position() == before {
                        break;
                    }
                }
            }
        }
        self.expr(ExprKind::Other(parts), start)
    }
}
