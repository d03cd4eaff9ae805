//! Literals, variables, brackets and calls by name.

use super::State;
use super::quote::WORDS;
use crate::frontend::format::percent;
use crate::frontend::reader::{Kind, Piece, Reader};
use crate::ir::{Arg, ArgKind, ExprId, ExprKind, StmtKind, Sym};

/// Functions of one argument or none, which bind tighter than lists.
const UNARY: &[&str] = &[
    "shift",
    "pop",
    "defined",
    "ref",
    "scalar",
    "lc",
    "uc",
    "ucfirst",
    "lcfirst",
    "length",
    "keys",
    "values",
    "each",
    "exists",
    "delete",
    "chomp",
    "chop",
    "close",
    "quotemeta",
    "rand",
    "int",
    "abs",
    "hex",
    "oct",
    "time",
    "wantarray",
    "caller",
    "undef",
    "localtime",
    "gmtime",
    "exit",
    "sleep",
    "require",
    "chr",
    "ord",
    "__PACKAGE__",
    "lock",
    "fc",
    "readline",
    "umask",
    "getcwd",
];

/// Functions whose value is their argument.
const SAME: &[&str] = &["scalar", "chomp", "uri_unescape", "encode_utf8", "decode_utf8"];

impl Reader<'_, State> {
    pub(super) fn primary(&mut self) -> ExprId {
        let start = self.start();
        let token = self.peek(0).clone();
        match token.kind {
            Kind::Text(pieces) => {
                self.bump();
                if pieces.first() == Some(&Piece::Literal(WORDS.to_owned())) {
                    let mut items = Vec::new();
                    for piece in pieces.into_iter().skip(1) {
                        if let Piece::Literal(word) = piece {
                            items.push(self.nodes.expr(ExprKind::Str(word.into()), token.span));
                        }
                    }
                    return self.expr(ExprKind::List(items), start);
                }
                // `@{[ … ]}` is there for its one value.
                self.text_value(pieces, token.span, &mut |reader: &mut Self| {
                    let value = reader.value();
                    match reader.nodes.kind(value) {
                        ExprKind::List(items) if items.len() == 1 => items[0],
                        _ => value,
                    }
                })
            }
            Kind::Number => {
                self.bump();
                let shown = self.slice(token.span);
                self.expr(ExprKind::Num(shown.into()), start)
            }
            Kind::Word if self.slice(token.span).starts_with(['$', '@', '%']) => {
                self.bump();
                let shown = self.slice(token.span);
                self.variable(shown, start)
            }
            Kind::Word | Kind::Quoted(_) => self.bareword(start),
            Kind::Operator => self.bracket(start),
            Kind::End => self.nothing(),
        }
    }

    fn bracket(&mut self, start: usize) -> ExprId {
        match self.shown(0) {
            "(" => {
                self.bump();
                let value = self.list_value(")", start);
                // One value in brackets is just that.
                match self.nodes.kind(value).clone() {
                    ExprKind::List(items) if items.len() == 1 => items[0],
                    _ => value,
                }
            }
            "[" => {
                self.bump();
                self.list_value("]", start)
            }
            "{" => {
                self.bump();
                let value = self.list_value("}", start);
                match self.nodes.kind(value).clone() {
                    ExprKind::List(items) if items.is_empty() => self.expr(ExprKind::Map(Vec::new()), start),
                    _ => value,
                }
            }
            // Dereferencing: `@{…}`, `%$x`, `$$x`.
            "$" | "@" | "%" | "&" | "$#" => {
                self.bump();
                if self.eat("{") {
                    let at = self.start();
                    let bare = self.is_word(0) && self.is(1, "}");
                    let value = if bare && !self.slice(self.peek(0).span).starts_with('$') {
                        let name = self.bump();
                        let shown = self.slice(name.span);
                        self.variable(shown, at)
                    } else {
                        self.full()
                    };
                    self.close("}");
                    return value;
                }
                if !self.enter() {
                    return self.nothing();
                }
                let value = self.primary();
                self.leave();
                value
            }
            ")" | "]" | "}" | "," | ";" | "=>" | ":" | "->" => self.nothing(),
            _ => {
                self.skip();
                self.nothing()
            }
        }
    }

    fn bareword(&mut self, start: usize) -> ExprId {
        let token = self.bump();
        let shown = self.slice(token.span).trim_start_matches('&').to_owned();
        if self.at("=>") {
            return self.expr(ExprKind::Str(shown.into()), start);
        }
        if self.at("->") || self.at("::") {
            self.eat("::");
            if shown == "__PACKAGE__" {
                return self.expr(ExprKind::This, start);
            }
            if shown != "shift" {
                return self.class(&shown, start);
            }
        }
        match shown.as_str() {
            "my" | "our" | "local" | "state" => return self.declared(start),
            "sub" => return self.anonymous(start),
            "do" if self.at("{") => {
                let body = self.emitting_block();
                return self.expr(ExprKind::Block(body), start);
            }
            "eval" if self.at("{") => {
                let body = self.emitting_block();
                let stmt =
                    self.stmt(StmtKind::Try { body, handlers: vec![Vec::new()], finally: Vec::new() }, start);
                return self.expr(ExprKind::Block(vec![stmt]), start);
            }
            "undef" if !self.at_any(&["$", "@", "%", "("]) && !self.at_variable() => {
                return self.expr(ExprKind::Null, start);
            }
            "map" | "grep" | "sort" | "first" | "any" if self.at("{") => {
                return self.with_block(shown, start);
            }
            "new" if self.is_word(0) && !self.at_variable() => {
                // `new Class(args)`.
                let class = self.bump();
                let ty = Some(crate::ir::TypeName::simple(self.slice(class.span)));
                let mut args = Vec::new();
                if self.eat("(") {
                    args = self.list_args(")");
                    self.close(")");
                }
                return self.expr(ExprKind::New { ty, args, init: Vec::new() }, start);
            }
            "print" | "say" | "printf" => {
                // `print STDERR …`, `print {$out} …`.
                if self.at("{") {
                    self.bump();
                    self.full();
                    self.close("}");
                } else if self.is_word(0)
                    && self.slice(self.peek(0).span).chars().all(|c| c.is_ascii_uppercase())
                {
                    self.bump();
                }
            }
            _ => {}
        }
        if self.eat("(") {
            let args = self.list_args(")");
            self.close(")");
            return self.named_call(&shown, args, start);
        }
        if shown == "shift" {
            return self.shifted(start);
        }
        if UNARY.contains(&shown.as_str()) {
            let args =
                if self.at_operand() { vec![Arg::positional(self.unary_operand())] } else { Vec::new() };
            return self.named_call(&shown, args, start);
        }
        // A brace behind a word is a hash where its first word is a key, and always for `bless`.
        let hash = self.at("{") && (shown == "bless" || self.is(2, "=>"));
        if self.at_operand() || hash {
            let args = self.open_args();
            return self.named_call(&shown, args, start);
        }
        // A constant, a class, or a sub without arguments.
        if shown.contains("::")
            && shown.rsplit("::").next().is_some_and(|s| s.starts_with(char::is_uppercase))
        {
            return self.class(&shown, start);
        }
        let short: Sym = shown.rsplit("::").next().unwrap_or(&shown).into();
        self.name(short, start)
    }

    fn unary_operand(&mut self) -> ExprId {
        if !self.enter() {
            self.skip();
            return self.nothing();
        }
        let value = self.postfix();
        self.leave();
        value
    }

    fn at_variable(&self) -> bool {
        self.slice(self.peek(0).span).starts_with(['$', '@', '%', '&'])
    }

    /// The next token can only begin an argument.
    fn at_operand(&self) -> bool {
        const OPERATORS: &[&str] = &[
            "x", "eq", "ne", "lt", "gt", "le", "ge", "cmp", "and", "or", "xor", "if", "unless", "while",
            "until", "for", "foreach", "not",
        ];
        let token = self.peek(0);
        match &token.kind {
            Kind::Text(_) | Kind::Number | Kind::Quoted(_) => true,
            Kind::Word => !OPERATORS.contains(&self.shown(0)),
            Kind::Operator => match self.shown(0) {
                "\\" | "$" | "@" | "$#" => true,
                "%" | "&" => !self.peek(1).spaced,
                "[" | "{" => token.spaced && self.shown(0) == "[",
                _ => false,
            },
            Kind::End => false,
        }
    }

    /// `map { … } list`: the block is a function.
    fn with_block(&mut self, name: String, start: usize) -> ExprId {
        // A map literal or a block: only expressions count.
        let lambda = self.block_function(start);
        self.eat(",");
        let mut args = vec![Arg::positional(lambda)];
        args.extend(self.open_args());
        let callee = self.name(name.into(), start);
        self.call(callee, args, start)
    }

    fn named_call(&mut self, shown: &str, mut args: Vec<Arg>, start: usize) -> ExprId {
        let short: Sym = shown.rsplit("::").next().unwrap_or(shown).into();
        if let [only] = args.as_slice()
            && SAME.contains(&&*short)
        {
            return only.value;
        }
        match &*short {
            "sprintf" => {
                if let Some(text) = self.formatted(&args, |text| Some(percent(text)), start) {
                    return text;
                }
            }
            "join" if args.len() > 1 && args.iter().all(|a| a.kind == ArgKind::Positional) => {
                let separator = args.remove(0).value;
                let mut parts = Vec::new();
                let items: Vec<ExprId> = match (args.as_slice(), self.nodes.kind(args[0].value).clone()) {
                    ([_], ExprKind::List(items)) => items,
                    _ => args.iter().map(|a| a.value).collect(),
                };
                for item in items {
                    if !parts.is_empty() {
                        match self.nodes.copy(separator) {
                            Some(copy) => parts.push(copy),
                            None => parts.push(separator),
                        }
                    }
                    parts.push(item);
                }
                return self.expr(ExprKind::Template(parts), start);
            }
            "die" | "croak" | "confess" => {
                let value = args.first().map(|a| a.value);
                let stmt = self.stmt(StmtKind::Throw(value), start);
                return self.expr(ExprKind::Block(vec![stmt]), start);
            }
            "bless" if !args.is_empty() => return self.blessed(args[0].value, start),
            "return" => {
                let value = match args.as_slice() {
                    [] => None,
                    [only] if only.kind == ArgKind::Positional => Some(only.value),
                    _ => {
                        let items = args.iter().map(|a| a.value).collect();
                        Some(self.expr(ExprKind::List(items), start))
                    }
                };
                let stmt = self.stmt(StmtKind::Return(value), start);
                return self.expr(ExprKind::Block(vec![stmt]), start);
            }
            _ => {}
        }
        // `Some::Class::function(…)` is known by its name alone.
        let callee = self.name(short, start);
        self.call(callee, args, start)
    }
}
