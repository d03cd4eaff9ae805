//! What the readers without a grammar have in common: a text as tokens, a place in it, and the nodes made so
//! far.
//!
//! A language brings a function that splits text into tokens, and its rules as methods of
//! `Reader<'_, State>`. Parsing never fails: what makes no sense becomes a gap, and reading goes on behind it.

use super::nodes::Nodes;
use super::{Limit, MAX_DEPTH};
use crate::ir::{
    Arg, ArgKind, Block, ExprId, ExprKind, FuncId, Scope, Span, StmtId, StmtKind, Sym, TypeName, Unit,
};

/// How deep brackets and blocks may nest in the source. Each level costs a parser several stack frames.
const NESTING: usize = MAX_DEPTH / 4;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A keyword or name.
    Word,
    /// A name in quotes of its own (`#"…"`, `[If]`, double grave accents): never a keyword.
    Quoted(String),
    /// A text.
    Text(Vec<Piece>),
    /// A number.
    Number,
    /// An operator or bracket.
    Operator,
    /// The end of the text.
    End,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// These characters, decoded.
    Literal(String),
    /// The value of the code that stands there.
    Code(Span),
}

/// A word, a text, an operator.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// It is the first on its line.
    pub(super) first: bool,
    /// White space stands before it.
    pub(super) spaced: bool,
    /// How far into its line it begins.
    pub(super) column: u32,
}

impl Token {
    fn end(at: usize) -> Self {
        Self { kind: Kind::End, span: Span::new(at, at), first: true, spaced: true, column: 0 }
    }
}

/// Splits a range of a text into tokens.
pub(super) type Lex = fn(&str, Span) -> Vec<Token>;

/// The state of reading one file; `S` is what the language adds.
pub(super) struct Reader<'a, S> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
    end: Token,
    at: usize,
    lex: Lex,
    folds: bool,
    pub(super) nodes: Nodes,
    depth: usize,
    limit: &'a Limit,
    ticks: u32,
    out_of_time: bool,
    pub(super) state: S,
}

impl<'a, S> Reader<'a, S> {
    /// A reader at the start of the text. With `folds`, words compare without regard to case, and
    /// [`Reader::sym`] lower-cases.
    pub(super) fn new(text: &'a str, limit: &'a Limit, lex: Lex, folds: bool, state: S) -> Self {
        Self {
            text,
            tokens: lex(text, Span::new(0, text.len())),
            end: Token::end(text.len()),
            at: 0,
            lex,
            folds,
            nodes: Nodes::new(),
            depth: 0,
            limit,
            ticks: 0,
            out_of_time: false,
            state,
        }
    }

    /// The unit with this body of the top level; `None` when time was up.
    pub(super) fn finish(mut self, body: Block) -> Option<Unit> {
        if self.out_of_time {
            return None;
        }
        self.nodes.set_body(FuncId(0), body);
        Some(self.nodes.finish())
    }

    /// The token so many places ahead.
    pub(super) fn peek(&self, ahead: usize) -> &Token {
        if self.out_of_time { &self.end } else { self.tokens.get(self.at + ahead).unwrap_or(&self.end) }
    }

    /// The token before the next one.
    pub(super) fn previous(&self) -> &Token {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).unwrap_or(&self.end)
    }

    pub(super) fn at_end(&self) -> bool {
        self.peek(0).kind == Kind::End
    }

    /// Where the next token starts.
    pub(super) fn start(&self) -> usize {
        self.peek(0).span.start as usize
    }

    /// From `start` to the end of the last token.
    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, (self.previous().span.end as usize).max(start))
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The token's own characters.
    pub(super) fn shown(&self, ahead: usize) -> &'a str {
        let token = self.peek(ahead);
        match token.kind {
            Kind::Word | Kind::Operator | Kind::Number => self.slice(token.span),
            _ => "",
        }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn go_to(&mut self, position: usize) {
        self.at = position;
    }

    pub(super) fn bump(&mut self) -> Token {
        self.ticks += 1;
        if self.ticks.is_multiple_of(4096) && self.limit.is_over() {
            self.out_of_time = true;
        }
        let token = self.peek(0).clone();
        self.at = (self.at + 1).min(self.tokens.len());
        token
    }

    /// The token so many places ahead is this word or operator.
    pub(super) fn is(&self, ahead: usize, text: &str) -> bool {
        let shown = self.shown(ahead);
        if self.folds { shown.eq_ignore_ascii_case(text) } else { shown == text }
    }

    pub(super) fn is_any(&self, ahead: usize, texts: &[&str]) -> bool {
        texts.iter().any(|t| self.is(ahead, t))
    }

    pub(super) fn at(&self, text: &str) -> bool {
        self.is(0, text)
    }

    pub(super) fn at_any(&self, texts: &[&str]) -> bool {
        self.is_any(0, texts)
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.at(text);
        if found {
            self.bump();
        }
        found
    }

    /// Passes the first character of an operator: `>>` may close two brackets.
    pub(super) fn split_closing(&mut self) {
        if let Some(token) = self.tokens.get_mut(self.at) {
            token.span.start += 1;
            token.column += 1;
            token.spaced = false;
        }
    }

    pub(super) fn is_word(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead).kind, Kind::Word | Kind::Quoted(_))
    }

    /// A name as the IR has it.
    pub(super) fn sym(&self, name: &str) -> Sym {
        if self.folds { name.to_lowercase().into() } else { name.into() }
    }

    /// The next token as a name, if it is one.
    pub(super) fn word(&mut self) -> Option<Sym> {
        let name = match &self.peek(0).kind {
            Kind::Word => self.sym(self.slice(self.peek(0).span)),
            Kind::Quoted(name) => self.sym(name),
            _ => return None,
        };
        self.bump();
        Some(name)
    }

    /// Skips one token that makes no sense here.
    pub(super) fn skip(&mut self) {
        let token = self.bump();
        self.nodes.gap(token.span);
    }

    /// Goes one level down; `false` at the bound, where the caller must skip instead.
    pub(super) fn enter(&mut self) -> bool {
        if self.depth >= NESTING {
            return false;
        }
        self.depth += 1;
        true
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Skips what stands between here and the bracket that closes the one before, with it.
    pub(super) fn skip_brackets(&mut self) {
        let start = self.start();
        let mut open = 1usize;
        while !self.at_end() && open > 0 {
            match self.bump() {
                t if t.kind != Kind::Operator => {}
                t => match self.slice(t.span) {
                    "(" | "[" | "{" => open += 1,
                    ")" | "]" | "}" => open -= 1,
                    _ => {}
                },
            }
        }
        let span = self.since(start);
        self.nodes.gap(span);
    }

    /// Where the bracket that opens `ahead` tokens from here is closed, as a distance from here.
    pub(super) fn closing(&self, ahead: usize) -> Option<usize> {
        let mut open = 0usize;
        for distance in ahead..ahead + 4096 {
            match self.shown(distance) {
                "(" | "[" | "{" => open += 1,
                ")" | "]" | "}" => {
                    open = open.checked_sub(1)?;
                    if open == 0 {
                        return Some(distance);
                    }
                }
                _ if self.peek(distance).kind == Kind::End => return None,
                _ => {}
            }
        }
        None
    }

    /// Reads other places of the text, then goes on here.
    pub(super) fn inside<T>(&mut self, place: Span, read: impl FnOnce(&mut Self) -> T) -> T {
        let tokens = (self.lex)(self.text, place);
        let outer = std::mem::replace(&mut self.tokens, tokens);
        let end = std::mem::replace(&mut self.end, Token::end(place.end as usize));
        let at = std::mem::replace(&mut self.at, 0);
        let value = read(self);
        self.tokens = outer;
        self.end = end;
        self.at = at;
        value
    }

    /// The value of a text token.
    pub(super) fn text_value(
        &mut self,
        pieces: Vec<Piece>,
        span: Span,
        read: &mut impl FnMut(&mut Self) -> ExprId,
    ) -> ExprId {
        let mut parts = Vec::new();
        let mut only_text = true;
        for piece in pieces {
            match piece {
                Piece::Literal(text) => parts.push(self.nodes.expr(ExprKind::Str(text.into()), span)),
                Piece::Code(place) => {
                    only_text = false;
                    if self.enter() {
                        parts.push(self.inside(place, &mut *read));
                        self.leave();
                    } else {
                        self.nodes.gap(place);
                    }
                }
            }
        }
        match parts.as_slice() {
            [] => self.nodes.expr(ExprKind::Str("".into()), span),
            [only] if only_text => *only,
            _ => self.nodes.expr(ExprKind::Template(parts), span),
        }
    }

    pub(super) fn expr(&mut self, kind: ExprKind, start: usize) -> ExprId {
        let span = self.since(start);
        self.nodes.expr(kind, span)
    }

    pub(super) fn stmt(&mut self, kind: StmtKind, start: usize) -> StmtId {
        let span = self.since(start);
        self.nodes.stmt(kind, span)
    }

    /// A place-holder for what is missing or unreadable here.
    pub(super) fn nothing(&mut self) -> ExprId {
        let at = self.start();
        self.nodes.expr(ExprKind::Other(Vec::new()), Span::new(at, at))
    }

    pub(super) fn name(&mut self, name: Sym, start: usize) -> ExprId {
        self.expr(ExprKind::Name { name, scope: Scope::Lexical }, start)
    }

    /// Two texts put together.
    pub(super) fn concat(&mut self, left: ExprId, right: ExprId, start: usize) -> ExprId {
        let end = self.previous().span.end;
        if matches!(self.nodes.kind(left), ExprKind::Template(_)) && self.nodes.append(left, right, end) {
            return left;
        }
        self.expr(ExprKind::Template(vec![left, right]), start)
    }

    pub(super) fn call(&mut self, callee: ExprId, args: Vec<Arg>, start: usize) -> ExprId {
        self.expr(ExprKind::Call { callee, args, type_args: Vec::<TypeName>::new() }, start)
    }

    /// The span of an expression.
    pub(super) fn place(&mut self, id: ExprId) -> Span {
        self.nodes.span(id)
    }
}

/// The arguments of a call, as expressions in order.
pub(super) fn positional(values: Vec<ExprId>) -> Vec<Arg> {
    values.into_iter().map(|value| Arg { kind: ArgKind::Positional, value }).collect()
}

/// Walks over the characters of a text for a lexer.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) end: usize,
    line: usize,
    fresh: bool,
    spaced: bool,
    pub(super) tokens: Vec<Token>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, place: Span) -> Self {
        let at = place.start as usize;
        let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let end = place.end as usize;
        let mut scan = Self { text, at, end, line, fresh: true, spaced: true, tokens: Vec::new() };
        if scan.rest().starts_with('\u{feff}') {
            scan.at += '\u{feff}'.len_utf8();
            scan.line = scan.at;
        }
        scan
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    pub(super) fn byte(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at < self.end { self.text.as_bytes()[at] } else { 0 }
    }

    pub(super) fn starts(&self, with: &str) -> bool {
        self.rest().starts_with(with)
    }

    pub(super) fn char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes white space; `false` when none stands here.
    pub(super) fn space(&mut self) -> bool {
        match self.char() {
            Some('\n') => {
                self.at += 1;
                self.line = self.at;
                self.fresh = true;
            }
            Some(c) if c.is_whitespace() || c == '\u{feff}' => self.at += c.len_utf8(),
            _ => return false,
        }
        self.spaced = true;
        true
    }

    /// Passes the rest of the line, without its end.
    pub(super) fn line_comment(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        self.spaced = true;
    }

    /// Passes everything up to and with `close`.
    pub(super) fn through(&mut self, close: &str) {
        let rest = self.rest();
        let length = rest.find(close).map_or(rest.len(), |at| at + close.len());
        self.passed(length);
        self.spaced = true;
    }

    /// Moves on by so many bytes, that may hold line ends.
    pub(super) fn passed(&mut self, length: usize) {
        if let Some(n) = self.rest()[..length].rfind('\n') {
            self.line = self.at + n + 1;
        }
        self.at += length;
    }

    /// The next token continues the line.
    pub(super) fn continues(&mut self) {
        self.fresh = false;
    }

    pub(super) fn is_first(&self) -> bool {
        self.fresh
    }

    /// Ends the token that began at `start` on line `line`.
    pub(super) fn push(&mut self, kind: Kind, start: usize, line: usize) {
        let column = start.saturating_sub(line) as u32;
        let span = Span::new(start, self.at);
        self.tokens.push(Token { kind, span, first: self.fresh, spaced: self.spaced, column });
        self.fresh = false;
        self.spaced = false;
    }

    /// Where the current line begins.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// A name: letters, digits, underscores and what `more` says.
    pub(super) fn name(&mut self, more: impl Fn(char) -> bool) {
        let rest = self.rest();
        let is_end = |c: char| !(c.is_alphanumeric() || c == '_' || more(c));
        self.at += rest.find(is_end).unwrap_or(rest.len());
    }

    /// A number with its suffix and exponent.
    pub(super) fn number(&mut self) {
        let start = self.at;
        self.name(|_| false);
        if self.byte(0) == b'.' && self.byte(1).is_ascii_digit() {
            self.at += 1;
            self.name(|_| false);
        }
        self.push(Kind::Number, start, self.line);
    }

    /// The longest of these operators, or one character.
    pub(super) fn operator(&mut self, operators: &[&str]) {
        let start = self.at;
        let longest = operators.iter().filter(|o| self.starts(o)).map(|o| o.len()).max();
        self.at += longest.unwrap_or_else(|| self.char().map_or(1, char::len_utf8));
        self.push(Kind::Operator, start, self.line);
    }
}
