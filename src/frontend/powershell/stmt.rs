//! Statements.

use super::Parser;
use crate::ir::{Binding, Block, Case, ExprId, ExprKind, StmtKind};

impl Parser<'_> {
    /// Statements up to the closer (0 for the end of the text), which is taken. The opener is behind.
    pub(super) fn statements(&mut self, close: u8) -> Block {
        let open = self.src.pos;
        if self.out_of_time || !self.enter() {
            self.src.skip_balanced(close, false);
            self.gap(open);
            return Block::new();
        }
        self.open.push(close);
        let mut out = Block::new();
        loop {
            self.src.blank();
            if self.src.is_end() {
                if close != 0 {
                    self.gap(open.saturating_sub(1));
                }
                break;
            }
            let start = self.src.pos;
            match self.src.peek() {
                b';' => {
                    self.src.bump(1);
                    continue;
                }
                byte if byte == close => {
                    self.src.bump(1);
                    break;
                }
                byte @ (b')' | b'}') => {
                    if self.open.contains(&byte) {
                        self.gap(open.saturating_sub(1));
                        break;
                    }
                    self.skip_char();
                    continue;
                }
                _ => {}
            }
            self.ticks = self.ticks.wrapping_add(1);
            if self.ticks.is_multiple_of(256) && self.limit.is_over() {
                self.out_of_time = true;
            }
            if self.out_of_time {
                break;
            }
            self.statement(&mut out);
            if self.src.pos == start {
                self.skip_char();
                continue;
            }
            self.src.space();
            // A closed block ends its statement, and attributes stand before what they belong to.
            let closed = self.src.slice(start, self.src.pos).trim_end().ends_with(['}', ']']);
            let is_param = self.src.slice(start, start + 5).eq_ignore_ascii_case("param");
            let ended = self.src.is_end()
                || is_param
                || matches!(self.src.peek(), b'\n' | b'\r' | b';' | b')' | b'}')
                || closed;
            if !ended {
                let at = self.src.pos;
                self.nodes.gap(crate::ir::Span::new(at, at + self.src.char_len(at)));
            }
        }
        self.open.pop();
        self.leave();
        out
    }

    /// `{ … }`; a missing one is a gap.
    pub(super) fn block(&mut self) -> Block {
        self.src.blank();
        if self.src.eat(b'{') {
            return self.statements(b'}');
        }
        self.gap(self.src.pos);
        Block::new()
    }

    /// The value in `( … )` behind a keyword.
    fn condition(&mut self) -> ExprId {
        self.src.blank();
        if self.src.peek() == b'(' {
            return self.parens();
        }
        self.gap(self.src.pos);
        self.nothing()
    }

    fn push(&mut self, kind: StmtKind, start: usize, out: &mut Block) {
        let span = self.span(start);
        out.push(self.nodes.stmt(kind, span));
    }

    /// The word at the cursor, if it is this one, is taken.
    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.src.keyword().as_deref() == Some(word);
        if found {
            self.src.bump(word.len());
        }
        found
    }

    /// Looks over line ends for a word, and takes it when it is there.
    fn eat_word_ahead(&mut self, word: &str) -> bool {
        let back = self.src.pos;
        self.src.blank();
        let found = self.eat_word(word);
        if !found {
            self.src.pos = back;
        }
        found
    }

    /// One statement.
    pub(super) fn statement(&mut self, out: &mut Block) {
        let start = self.src.pos;
        if self.src.peek() == b':' && self.src.is_name_at(start + 1) {
            self.src.pos = self.src.name_end(start + 1);
            self.src.blank();
        }
        while self.src.peek() == b'|' {
            self.skip_char();
            self.src.space();
        }
        if let Some(word) = self.src.keyword()
            && self.keyword_statement(&word, start, out)
        {
            return;
        }
        let dash = self.src.dash_at(self.src.pos);
        if dash > 0 && self.src.parameter_at(self.src.pos) && self.is_lost_parameter(dash) {
            // The argument of a command whose line was not continued.
            let end = self.src.name_end(self.src.pos + dash);
            self.src.pos = end;
            self.gap(start);
            self.src.space();
            if self.src.is_end() || matches!(self.src.peek(), b'\n' | b'\r' | b';' | b')' | b'}') {
                return;
            }
        }
        let piped = self.pipeline();
        if self.only_attribute.take() == Some(piped.value) {
            return;
        }
        let before = out.len();
        self.chain(piped.value, out);
        if out.len() == before {
            let kind = match self.nodes.kind(piped.value) {
                ExprKind::Null if piped.dropped => return,
                _ if piped.dropped => StmtKind::Expr(piped.value),
                _ => StmtKind::Emit(piped.value),
            };
            self.push(kind, start, out);
        }
    }

    /// A dash and a word that is no prefix operator.
    fn is_lost_parameter(&self, dash: usize) -> bool {
        let from = self.src.pos + dash;
        let word = self.src.slice(from, self.src.name_end(from)).to_ascii_lowercase();
        !matches!(word.as_str(), "not" | "bnot" | "join" | "split" | "isplit" | "csplit")
    }

    /// The statement that a keyword starts; `false` when the word is none after all.
    fn keyword_statement(&mut self, word: &str, start: usize, out: &mut Block) -> bool {
        let len = word.len();
        let follows = |parser: &Self, byte: u8| parser.src.follows(len, byte);
        match word {
            "if" if follows(self, b'(') => {
                self.src.bump(len);
                self.if_statement(start, out);
            }
            "switch" => {
                self.src.bump(len);
                self.switch(start, out);
            }
            "foreach" if follows(self, b'(') || follows(self, b'-') => {
                self.src.bump(len);
                self.flags();
                self.foreach(start, out);
            }
            "for" if follows(self, b'(') => {
                self.src.bump(len);
                self.for_loop(start, out);
            }
            "while" if follows(self, b'(') => {
                self.src.bump(len);
                let test = Some(self.condition());
                let body = self.block();
                self.push(StmtKind::Loop { binding: None, init: Vec::new(), test, body }, start, out);
            }
            "do" if follows(self, b'{') => {
                self.src.bump(len);
                let body = self.block();
                let until = self.eat_word_ahead("until");
                let test = (until || self.eat_word_ahead("while")).then(|| self.condition());
                let test = test.map(|test| {
                    let span = self.nodes.span(test);
                    if until { self.nodes.expr(ExprKind::Not(test), span) } else { test }
                });
                self.push(StmtKind::Loop { binding: None, init: Vec::new(), test, body }, start, out);
            }
            "try" if follows(self, b'{') => {
                self.src.bump(len);
                self.try_statement(start, out);
            }
            "trap" => {
                self.src.bump(len);
                self.src.blank();
                if self.src.peek() == b'[' {
                    self.bracket();
                }
                let body = self.block();
                self.push(StmtKind::Block(body), start, out);
            }
            "begin" | "process" | "end" | "dynamicparam" | "clean" if follows(self, b'{') => {
                self.src.bump(len);
                let body = self.block();
                out.extend(body);
            }
            "data" if self.data(start, out) => {}
            "return" => {
                self.src.bump(len);
                let value = self.operand();
                self.push(StmtKind::Return(value), start, out);
            }
            "throw" => {
                self.src.bump(len);
                let value = self.operand();
                self.push(StmtKind::Throw(value), start, out);
            }
            "exit" => {
                self.src.bump(len);
                if let Some(value) = self.operand() {
                    self.push(StmtKind::Expr(value), start, out);
                }
                self.push(StmtKind::Return(None), start, out);
            }
            "break" | "continue" => {
                self.src.bump(len);
                self.src.space();
                if self.src.is_name_at(self.src.pos) {
                    self.src.pos = self.src.name_end(self.src.pos);
                } else if self.src.peek() == b'$' {
                    self.dollar();
                }
                self.push(StmtKind::Jump, start, out);
            }
            "param" if follows(self, b'(') => {
                self.src.bump(len);
                self.param_block();
            }
            "function" | "filter" | "workflow" if self.src.is_blank_at(self.src.pos + len) => {
                self.src.bump(len);
                self.function(start, out);
            }
            "class" | "enum" if self.at_declaration(len) => {
                self.src.bump(len);
                if word == "class" { self.class() } else { self.enumeration() }
            }
            "using" if self.src.is_blank_at(self.src.pos + len) => {
                self.src.bump(len);
                self.using(start);
            }
            "elseif" | "else" | "catch" | "finally" | "until"
                if follows(self, b'{') || follows(self, b'(') =>
            {
                // What it belongs to was not understood; its block still runs.
                self.src.bump(len);
                self.gap(start);
                self.src.blank();
                if self.src.peek() == b'(' {
                    let test = self.parens();
                    self.push(StmtKind::Expr(test), start, out);
                }
                self.src.blank();
                if self.src.peek() == b'{' {
                    let body = self.block();
                    self.push(StmtKind::Block(body), start, out);
                }
            }
            _ => return false,
        }
        true
    }

    /// The value behind `return`, `throw` or `exit`.
    fn operand(&mut self) -> Option<ExprId> {
        self.src.space();
        let ends = self.src.is_end() || matches!(self.src.peek(), b'\n' | b'\r' | b';' | b'}' | b')' | b'|');
        (!ends).then(|| self.value())
    }

    fn if_statement(&mut self, start: usize, out: &mut Block) {
        let mut ways = vec![(start, self.condition(), self.block())];
        let mut otherwise = Block::new();
        loop {
            let at = self.src.pos;
            if self.eat_word_ahead("elseif") {
                let test = self.condition();
                let then = self.block();
                ways.push((at, test, then));
            } else if self.eat_word_ahead("else") {
                // `else if` is nothing special, just an `if` whose braces were forgotten.
                self.src.blank();
                if self.eat_word("if") {
                    self.gap(at);
                    let test = self.condition();
                    let then = self.block();
                    ways.push((at, test, then));
                } else {
                    otherwise = self.block();
                    break;
                }
            } else {
                break;
            }
        }
        while let Some((at, test, then)) = ways.pop() {
            let span = self.span(at);
            let stmt = self.nodes.stmt(StmtKind::If { test, then, otherwise }, span);
            otherwise = vec![stmt];
        }
        out.extend(otherwise);
    }

    /// Skips `-parallel`, `-regex` and the like; says whether labels are patterns.
    fn flags(&mut self) -> bool {
        let mut patterns = false;
        loop {
            self.src.blank();
            if !self.src.parameter_at(self.src.pos) {
                return patterns;
            }
            let from = self.src.pos + self.src.dash_at(self.src.pos);
            self.src.pos = self.src.name_end(from);
            let name = self.src.slice(from, self.src.pos).to_ascii_lowercase();
            patterns |= "regex".starts_with(&name) || "wildcard".starts_with(&name);
            if matches!(name.as_str(), "file" | "throttlelimit") {
                self.src.space();
                self.argument();
            }
        }
    }

    fn switch(&mut self, start: usize, out: &mut Block) {
        let patterns = self.flags();
        self.src.blank();
        let subject = if self.src.peek() == b'(' { self.parens() } else { self.nothing() };
        self.src.blank();
        let mut cases = Vec::new();
        let open = self.src.pos;
        if !self.src.eat(b'{') {
            self.gap(open);
            self.push(StmtKind::Emit(subject), start, out);
            return;
        }
        if !self.enter() {
            self.src.skip_balanced(b'}', false);
            self.gap(open);
            return;
        }
        self.open.push(b'}');
        loop {
            self.src.blank();
            let from = self.src.pos;
            if self.src.eat(b'}') {
                break;
            }
            if self.src.is_end() {
                self.gap(open);
                break;
            }
            if self.src.eat(b';') {
                continue;
            }
            if self.src.peek() == b')' {
                self.skip_char();
                continue;
            }
            let mut labels = Vec::new();
            if !(self.src.follows("default".len(), b'{') && self.eat_word("default")) {
                let label = self.argument();
                let is_test = patterns || matches!(self.nodes.kind(label), ExprKind::Lambda(_));
                let span = self.nodes.span(label);
                labels.push(if is_test {
                    self.nodes.expr(ExprKind::Other(vec![label]), span)
                } else {
                    label
                });
            }
            self.src.blank();
            if self.src.peek() == b'{' {
                let body = self.block();
                cases.push(Case { labels, body });
            } else {
                self.gap(from);
            }
            if self.src.pos == from {
                self.skip_char();
            }
        }
        self.open.pop();
        self.leave();
        self.push(StmtKind::Switch { subject, cases }, start, out);
    }

    fn foreach(&mut self, start: usize, out: &mut Block) {
        self.src.blank();
        let open = self.src.pos;
        if !self.src.eat(b'(') || !self.enter() {
            self.src.skip_balanced(b')', false);
            self.gap(open);
            let body = self.block();
            self.push(StmtKind::Block(body), start, out);
            return;
        }
        self.src.blank();
        let target = self.primary();
        self.src.blank();
        if !self.eat_word("in") {
            self.gap(open);
        }
        // The opener is behind, so this reads up to the closing bracket.
        let from = self.src.pos;
        let values = self.statements(b')');
        let iterable = self.block_value(values, from);
        self.leave();
        let body = self.block();
        let binding = Some(Binding { target, iterable });
        self.push(StmtKind::Loop { binding, init: Vec::new(), test: None, body }, start, out);
    }

    fn for_loop(&mut self, start: usize, out: &mut Block) {
        self.src.blank();
        self.src.bump(1);
        let mut parts: [Block; 3] = Default::default();
        let mut part = 0;
        self.open.push(b')');
        loop {
            self.src.blank();
            let from = self.src.pos;
            if self.src.is_end() || self.src.eat(b')') {
                break;
            }
            match self.src.peek() {
                b';' => {
                    self.src.bump(1);
                    part = (part + 1).min(2);
                    continue;
                }
                b'}' if self.open.contains(&b'}') => break,
                b',' => self.src.bump(1),
                _ => {
                    let mut stmts = Block::new();
                    if self.enter() {
                        self.statement(&mut stmts);
                        self.leave();
                    }
                    parts[part].extend(stmts);
                }
            }
            if self.src.pos == from {
                self.skip_char();
            }
        }
        self.open.pop();
        let [init, test, step] = parts;
        let test = (!test.is_empty()).then(|| self.block_value(test, start));
        let mut body = self.block();
        body.extend(step);
        self.push(StmtKind::Loop { binding: None, init, test, body }, start, out);
    }

    fn try_statement(&mut self, start: usize, out: &mut Block) {
        let body = self.block();
        let mut handlers = Vec::new();
        while self.eat_word_ahead("catch") {
            loop {
                self.src.blank();
                match self.src.peek() {
                    b'[' => drop(self.bracket()),
                    b',' => self.src.bump(1),
                    _ => break,
                }
            }
            handlers.push(self.block());
        }
        let finally = if self.eat_word_ahead("finally") { self.block() } else { Block::new() };
        self.push(StmtKind::Try { body, handlers, finally }, start, out);
    }

    /// `data Name -SupportedCommand … { … }`; `false` when the word is a command.
    fn data(&mut self, start: usize, out: &mut Block) -> bool {
        let back = self.src.pos;
        self.src.bump("data".len());
        self.src.space();
        let from = self.src.pos;
        self.src.pos = self.src.name_end(from);
        let name = super::scan::lower(self.src.slice(from, self.src.pos));
        let named = self.span(from);
        self.src.blank();
        if self.src.parameter_at(self.src.pos) {
            while !self.src.is_end() && !matches!(self.src.peek(), b'{' | b'\n' | b'\r' | b';') {
                self.src.bump_char();
            }
        }
        if self.src.peek() != b'{' {
            self.src.pos = back;
            return false;
        }
        let body = self.block();
        let value = self.block_value(body, start);
        if name.is_empty() {
            self.push(StmtKind::Emit(value), start, out);
        } else {
            let target = self.nodes.expr(super::text::variable(&name), named);
            let whole = self.span(start);
            let assign = self.nodes.expr(ExprKind::Assign { target, value }, whole);
            self.push(StmtKind::Expr(assign), start, out);
        }
        true
    }
}
