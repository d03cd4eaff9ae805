//! Files and statements.

use super::State;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Binding, Block, ExprId, ExprKind, Import, StmtKind, Sym, TypeDecl, TypeName};

/// Words between an expression and the condition behind it.
const MODIFIERS: &[&str] = &["if", "unless", "for", "foreach", "while", "until"];

impl Reader<'_, State> {
    /// The whole file.
    pub(super) fn file(&mut self) -> Block {
        let mut body = Block::new();
        while !self.at_end() {
            let before = self.position();
            self.statement(&mut body);
            if self.position() == before {
                self.skip();
            }
        }
        body
    }

    /// `{ … }`.
    pub(super) fn block(&mut self) -> Block {
        let mut body = Block::new();
        if !self.eat("{") {
            return body;
        }
        if !self.enter() {
            self.skip_brackets();
            return body;
        }
        while !self.at_end() && !self.at("}") {
            let before = self.position();
            self.statement(&mut body);
            if self.position() == before {
                self.skip();
            }
        }
        self.leave();
        self.eat("}");
        body
    }

    /// A block whose last expression is its value.
    pub(super) fn emitting_block(&mut self) -> Block {
        let mut body = self.block();
        if let Some(last) = body.last_mut() {
            let stmt = self.nodes.unit().stmt(*last).clone();
            if let StmtKind::Expr(value) = stmt.kind {
                *last = self.nodes.stmt(StmtKind::Emit(value), stmt.span);
            }
        }
        body
    }

    pub(super) fn statement(&mut self, out: &mut Block) {
        let start = self.start();
        // A label.
        if self.is_word(0) && self.is(1, ":") && !self.is(2, ":") && self.peek(0).first {
            self.bump();
            self.bump();
        }
        match self.shown(0) {
            ";" => {
                self.bump();
            }
            "{" => {
                let body = self.block();
                out.push(self.stmt(StmtKind::Block(body), start));
            }
            "sub" if self.is_word(1) => {
                if self.enter() {
                    let id = self.named_sub();
                    self.leave();
                    if let (Some(id), Some(_)) = (id, &self.state.sub) {
                        out.push(self.stmt(StmtKind::Define(id), start));
                    }
                } else {
                    self.skip();
                }
            }
            "package" | "class" if self.is_word(1) => self.package(out),
            "use" | "no" | "require" if self.is_word(1) || self.peek(1).kind == Kind::Number => {
                self.import(start, out);
            }
            "BEGIN" | "END" | "INIT" | "CHECK" if self.is(1, "{") => {
                self.bump();
                let body = self.block();
                out.push(self.stmt(StmtKind::Block(body), start));
            }
            "if" | "unless" => {
                let negated = self.at("unless");
                self.bump();
                self.if_statement(negated, start, out);
            }
            "while" | "until" => {
                self.bump();
                let test = if self.eat("(") {
                    let test = if self.at(")") { None } else { Some(self.full()) };
                    self.close(")");
                    test
                } else {
                    None
                };
                let body = self.block();
                let kind = StmtKind::Loop { binding: None, init: Block::new(), test, body };
                out.push(self.stmt(kind, start));
            }
            "for" | "foreach" => self.for_statement(out),
            "try" if self.is(1, "{") => {
                self.bump();
                let body = self.block();
                let mut handlers = Vec::new();
                let mut finally = Block::new();
                while self.at_any(&["catch", "finally"]) {
                    let last = self.at("finally");
                    self.bump();
                    if self.eat("(") {
                        self.close(")");
                    }
                    let block = self.block();
                    if last {
                        finally = block;
                    } else {
                        handlers.push(block);
                    }
                }
                self.eat(";");
                out.push(self.stmt(StmtKind::Try { body, handlers, finally }, start));
            }
            _ => self.simple(out),
        }
    }

    /// `if (…) {…} elsif (…) {…} else {…}`, behind the word.
    fn if_statement(&mut self, negated: bool, start: usize, out: &mut Block) {
        if !self.enter() {
            self.skip();
            return;
        }
        let mut test = if self.eat("(") {
            let test = self.full();
            self.close(")");
            test
        } else {
            self.nothing()
        };
        if negated {
            test = self.expr(ExprKind::Not(test), start);
        }
        let then = self.block();
        let mut otherwise = Block::new();
        let at = self.start();
        if self.eat("elsif") {
            self.if_statement(false, at, &mut otherwise);
        } else if self.eat("else") {
            otherwise = self.block();
        }
        self.leave();
        out.push(self.stmt(StmtKind::If { test, then, otherwise }, start));
    }

    fn for_statement(&mut self, out: &mut Block) {
        let start = self.start();
        self.bump();
        self.eat("my");
        self.eat("our");
        let at = self.start();
        let mut target = None;
        if self.is_word(0) {
            let token = self.bump();
            let shown = self.slice(token.span);
            target = Some(self.variable(shown, at));
        }
        let mut binding = None;
        let mut init = Block::new();
        let mut test = None;
        let mut step = Block::new();
        if self.eat("(") {
            let at = self.start();
            let first = if self.at_any(&[")", ";"]) { self.nothing() } else { self.list_part(at) };
            if self.eat(";") {
                init.push(self.stmt(StmtKind::Expr(first), at));
                if !self.at(";") {
                    test = Some(self.full());
                }
                self.eat(";");
                if !self.at(")") {
                    let at = self.start();
                    let value = self.full();
                    step.push(self.stmt(StmtKind::Expr(value), at));
                }
            } else {
                let target = target.unwrap_or_else(|| self.name("_".into(), at));
                binding = Some(Binding { target, iterable: first });
            }
            self.close(")");
        }
        let mut body = self.block();
        body.append(&mut step);
        out.push(self.stmt(StmtKind::Loop { binding, init, test, body }, start));
    }

    /// One value, or several with commas.
    fn list_part(&mut self, start: usize) -> ExprId {
        let first = self.full();
        if !self.at(",") {
            return first;
        }
        let mut items = vec![first];
        while self.eat(",") {
            if self.at_any(&[")", ";"]) {
                break;
            }
            items.push(self.full());
        }
        self.expr(ExprKind::List(items), start)
    }

    /// An expression with what modifies it, up to the semicolon.
    fn simple(&mut self, out: &mut Block) {
        let start = self.start();
        if self.at_any(&["last", "next", "redo"]) && !self.is_any(1, &["=>", "->", "("]) {
            self.bump();
            if self.is_word(0) && !MODIFIERS.contains(&self.shown(0)) {
                self.bump();
            }
            let stmt = self.stmt(StmtKind::Jump, start);
            self.modified(vec![stmt], start, out);
            return;
        }
        if self.at("return") && !self.is(1, "=>") {
            self.bump();
            let ends = self.at_any(&[";", "}"]) || self.at_any(MODIFIERS) || self.at_end();
            let value = if ends { None } else { Some(self.list_part(start)) };
            let stmt = self.stmt(StmtKind::Return(value), start);
            self.modified(vec![stmt], start, out);
            return;
        }
        let value = self.list_part(start);
        let mut body = Block::new();
        let stmt = match self.nodes.kind(value).clone() {
            // `die`, `eval {…}`: statements already.
            ExprKind::Block(block) => {
                body.extend(block);
                None
            }
            _ => Some(self.stmt(StmtKind::Expr(value), start)),
        };
        if let Some(stmt) = stmt
            && !self.instance_set_up(stmt, &mut body)
        {
            body.push(stmt);
        }
        self.modified(body, start, out);
    }

    /// `… if test;`
    fn modified(&mut self, body: Block, start: usize, out: &mut Block) {
        let word = self.shown(0);
        if MODIFIERS.contains(&word) {
            self.bump();
            let test = self.full();
            let kind = match word {
                "if" => StmtKind::If { test, then: body, otherwise: Block::new() },
                "unless" => {
                    let test = self.expr(ExprKind::Not(test), start);
                    StmtKind::If { test, then: body, otherwise: Block::new() }
                }
                "for" | "foreach" => {
                    let target = self.name("_".into(), start);
                    let binding = Some(Binding { target, iterable: test });
                    StmtKind::Loop { binding, init: Block::new(), test: None, body }
                }
                _ => StmtKind::Loop { binding: None, init: Block::new(), test: Some(test), body },
            };
            out.push(self.stmt(kind, start));
        } else {
            out.extend(body);
        }
        while !self.at_end() && !self.at_any(&[";", "}"]) {
            // The end of a statement is a semicolon, or a line that begins with a word of its own.
            if self.peek(0).first && self.at_any(&["my", "sub", "package", "use", "return", "if"]) {
                return;
            }
            if self.at_any(&["(", "[", "{"]) {
                self.bump();
                self.skip_brackets();
            } else {
                self.skip();
            }
        }
        self.eat(";");
    }

    /// `my $x`, `my ($a, $b)`, as the target of an assignment.
    pub(super) fn declared(&mut self, start: usize) -> ExprId {
        if self.eat("(") {
            let mut targets = Vec::new();
            while !self.at_end() && !self.eat(")") {
                let at = self.start();
                let token = self.bump();
                if token.kind == Kind::Word {
                    let shown = self.slice(token.span);
                    targets.push(if shown == "undef" { self.nothing() } else { self.variable(shown, at) });
                }
            }
            return self.expr(ExprKind::List(targets), start);
        }
        let at = self.start();
        if self.peek(0).kind != Kind::Word {
            return self.primary();
        }
        let token = self.bump();
        let shown = self.slice(token.span);
        self.variable(shown, at)
    }

    /// `package A::B;`, `package A::B { … }`. A package that creates objects is a class.
    fn package(&mut self, out: &mut Block) {
        self.bump();
        let at = self.start();
        let Some(path) = self.word() else { return };
        let span = self.since(at);
        if self.peek(0).kind == Kind::Number {
            self.bump();
        }
        let in_block = self.at("{");
        let is_class = &*path != "main" && self.creates_objects(in_block);
        let outer = self.state.owner;
        self.state.owner = is_class.then(|| {
            let name: Sym = path.rsplit("::").next().unwrap_or_default().into();
            self.nodes.type_decl(TypeDecl {
                name,
                bases: Vec::new(),
                is_interface: false,
                fields: Vec::new(),
                methods: Vec::new(),
                attributes: Vec::new(),
                span,
            })
        });
        if in_block {
            let body = self.block();
            out.extend(body);
            self.state.owner = outer;
        } else {
            self.eat(";");
        }
    }

    /// What follows, up to the next package, has a constructor or a base class.
    fn creates_objects(&self, in_block: bool) -> bool {
        // The constructor stands near the top.
        const NEAR: usize = 3000;
        let end = if in_block { self.closing(0).unwrap_or(NEAR).min(NEAR) } else { NEAR };
        let mut ahead = 0;
        while ahead < end && self.peek(ahead).kind != Kind::End {
            let word = self.shown(ahead);
            match word {
                "package" if self.is_word(ahead + 1) && self.peek(ahead).first => return false,
                "bless" => return true,
                "sub" if self.is(ahead + 1, "new") => return true,
                "use" if self.is_any(ahead + 1, &["parent", "base", "Moo", "Moose", "Mojo::Base"]) => {
                    return true;
                }
                _ => {}
            }
            ahead += 1;
        }
        false
    }

    /// `use A::B qw(c);`, `use constant X => 1;`, `use parent 'A';`.
    fn import(&mut self, start: usize, out: &mut Block) {
        self.bump();
        let Some(path) = self.word() else {
            self.pass_statement();
            return;
        };
        match &*path {
            "constant" => {
                let at = self.start();
                let list = if self.eat("{") { self.list_value("}", at) } else { self.list_value(";", at) };
                if let ExprKind::Map(entries) = self.nodes.kind(list).clone() {
                    for (key, value) in entries {
                        let span = self.place(key);
                        if let ExprKind::Str(name) = self.nodes.kind(key).clone() {
                            let kind = StmtKind::Let { name, ty: None, value: Some(value) };
                            out.push(self.nodes.stmt(kind, span));
                        }
                    }
                }
                self.eat(";");
            }
            "parent" | "base" => {
                let at = self.start();
                let list = self.list_value(";", at);
                let mut names = Vec::new();
                self.texts(list, &mut names);
                if let Some(owner) = self.state.owner {
                    let bases = &mut self.nodes.unit().types[owner.index()].bases;
                    bases.extend(names.into_iter().map(TypeName::simple));
                }
                self.eat(";");
            }
            _ => {
                let span = self.since(start);
                self.nodes.unit().imports.push(Import { path, member: None, alias: None, span });
                self.pass_statement();
            }
        }
    }

    fn texts(&mut self, id: ExprId, out: &mut Vec<Sym>) {
        match self.nodes.kind(id).clone() {
            ExprKind::Str(text) => out.push(text),
            ExprKind::List(items) => {
                for item in items {
                    self.texts(item, out);
                }
            }
            _ => {}
        }
    }

    fn pass_statement(&mut self) {
        while !self.at_end() && !self.at(";") {
            self.bump();
        }
        self.eat(";");
    }
}
