//! Macros: format strings, literals of collections and JSON, and the arguments of any others.

use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::literal::{Piece, pieces};
use super::{Reader, of, span};
use crate::ir::{Block, ExprId, ExprKind, Scope, Span, StmtKind};

/// A value as `json!` writes it.
enum Json {
    Map(Vec<(Expr, Json)>),
    List(Vec<Json>),
    Null,
    Value(Box<Expr>),
}

impl Reader {
    pub(super) fn macro_expr(&mut self, mac: &syn::Macro, at: Span) -> ExprId {
        let name = mac.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        let tokens = mac.tokens.clone();
        match name.as_str() {
            "json" => {
                if let Ok(value) = json.parse2(tokens) {
                    return self.json_value(&value, at);
                }
                return self.skipped(at);
            }
            "vec" => {
                if let Ok(repeat) = repeated.parse2(tokens.clone()) {
                    let item = self.expr(&repeat);
                    return self.unit.expr(ExprKind::List(vec![item]), at);
                }
                if let Ok(items) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens) {
                    return self.list(items.iter(), at);
                }
                return self.skipped(at);
            }
            "hashmap" | "btreemap" | "maplit" | "phf_map" => {
                if let Ok(entries) = arrows.parse2(tokens) {
                    let entries = entries.iter().map(|(k, v)| (self.expr(k), self.expr(v))).collect();
                    return self.unit.expr(ExprKind::Map(entries), at);
                }
                return self.skipped(at);
            }
            _ => {}
        }
        let Ok(args) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()) else {
            return match syn::Block::parse_within.parse2(tokens) {
                Ok(stmts) => {
                    let block = syn::Block { brace_token: syn::token::Brace::default(), stmts };
                    let block = self.emitting(&block);
                    self.unit.expr(ExprKind::Block(block), at)
                }
                Err(_) => self.skipped(at),
            };
        };
        let args: Vec<&Expr> = args.iter().collect();
        match name.as_str() {
            "format" | "format_args" => self.formatted(&args, at),
            "println" | "print" | "eprintln" | "eprint" | "dbg" | "trace" | "debug" | "info" | "warn"
            | "error" => {
                // What is only shown goes no further, but is evaluated.
                let values = args.iter().map(|a| self.expr(a)).collect();
                let inner = self.other(values, at);
                let mut block = Block::new();
                self.push(StmtKind::Expr(inner), at, &mut block);
                self.unit.expr(ExprKind::Block(block), at)
            }
            "write" | "writeln" => match args.split_first() {
                Some((target, rest)) => {
                    let target = self.expr(target);
                    let text = self.formatted(rest, at);
                    let callee = self.unit.member(target, "write_str", at);
                    self.unit.call(callee, vec![crate::ir::Arg::positional(text)], at)
                }
                None => self.unknown(at),
            },
            "concat" => {
                let parts = args.iter().map(|a| self.expr(a)).collect();
                self.unit.expr(ExprKind::Template(parts), at)
            }
            "env" | "option_env" => match args.first() {
                Some(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(key), .. })) => {
                    self.unit.expr(ExprKind::Name { name: key.value().into(), scope: Scope::Env }, at)
                }
                _ => self.unknown(at),
            },
            "anyhow" | "eyre" | "bail" | "ensure" | "panic" => {
                for arg in args {
                    self.expr(arg);
                }
                self.unknown(at)
            }
            _ => {
                let values = args.iter().map(|a| self.expr(a)).collect();
                self.other(values, at)
            }
        }
    }

    /// What no expression can be read from.
    fn skipped(&mut self, at: Span) -> ExprId {
        self.unit.unit().gaps.push(at);
        self.other(Vec::new(), at)
    }

    /// A macro where an item stands.
    pub(super) fn item_macro(&mut self, mac: &syn::Macro, out: &mut Block) {
        if !mac.path.is_ident("lazy_static") {
            return;
        }
        let Ok(statics) = lazy_statics.parse2(mac.tokens.clone()) else {
            self.skipped(span(mac));
            return;
        };
        for (name, ty, value) in statics {
            let ty = self.type_name(&ty);
            let value = self.expr(&value);
            let kind = StmtKind::Let { name: name.to_string().into(), ty, value: Some(value) };
            self.push(kind, of(name.span()), out);
        }
    }

    /// A format string with its arguments in place.
    fn formatted(&mut self, args: &[&Expr], at: Span) -> ExprId {
        let Some((Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(format), .. }), rest)) = args.split_first()
        else {
            let values = args.iter().map(|a| self.expr(a)).collect();
            return self.unit.expr(ExprKind::Template(values), at);
        };
        let place = of(format.span());
        let mut named: Vec<(String, ExprId)> = Vec::new();
        let mut positional = Vec::new();
        for arg in rest {
            match arg {
                Expr::Assign(assign) if matches!(&*assign.left, Expr::Path(p) if p.path.get_ident().is_some()) =>
                {
                    let value = self.expr(&assign.right);
                    if let Expr::Path(p) = &*assign.left
                        && let Some(name) = p.path.get_ident()
                    {
                        named.push((name.to_string(), value));
                    }
                }
                other => positional.push(self.expr(other)),
            }
        }
        let mut next = 0;
        let mut parts = Vec::new();
        for piece in pieces(&format.value()) {
            parts.push(match piece {
                Piece::Text(text) => self.unit.str(text, place),
                Piece::Next => {
                    next += 1;
                    match positional.get(next - 1) {
                        Some(value) => *value,
                        None => self.other(Vec::new(), place),
                    }
                }
                Piece::Index(index) => match positional.get(index) {
                    Some(value) => *value,
                    None => self.other(Vec::new(), place),
                },
                Piece::Name(name) => match named.iter().find(|(n, _)| *n == name) {
                    Some((_, value)) => *value,
                    None => match syn::parse_str::<syn::Path>(&name) {
                        Ok(_) if name == "self" => self.unit.expr(ExprKind::This, place),
                        _ => self.unit.name(name, place),
                    },
                },
            });
        }
        if parts.is_empty() {
            parts.push(self.unit.str("", place));
        }
        self.unit.expr(ExprKind::Template(parts), at)
    }

    fn json_value(&mut self, value: &Json, at: Span) -> ExprId {
        if !self.enter(at) {
            return self.other(Vec::new(), at);
        }
        let id = match value {
            Json::Null => self.unit.expr(ExprKind::Null, at),
            Json::Value(expr) => self.expr(expr),
            Json::List(items) => {
                let items = items.iter().map(|i| self.json_value(i, at)).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            Json::Map(entries) => {
                let entries = entries.iter().map(|(k, v)| (self.expr(k), self.json_value(v, at))).collect();
                self.unit.expr(ExprKind::Map(entries), at)
            }
        };
        self.leave();
        id
    }
}

fn json(input: ParseStream<'_>) -> syn::Result<Json> {
    let inner;
    if input.peek(syn::token::Brace) {
        syn::braced!(inner in input);
        let mut entries = Vec::new();
        while !inner.is_empty() {
            let key: Expr = if inner.peek(syn::Lit) { Expr::Lit(inner.parse()?) } else { inner.parse()? };
            inner.parse::<Token![:]>()?;
            entries.push((key, json(&inner)?));
            if !inner.is_empty() {
                inner.parse::<Token![,]>()?;
            }
        }
        return Ok(Json::Map(entries));
    }
    if input.peek(syn::token::Bracket) {
        syn::bracketed!(inner in input);
        let mut items = Vec::new();
        while !inner.is_empty() {
            items.push(json(&inner)?);
            if !inner.is_empty() {
                inner.parse::<Token![,]>()?;
            }
        }
        return Ok(Json::List(items));
    }
    let ahead = input.fork();
    if ahead.parse::<syn::Ident>().is_ok_and(|i| i == "null") && (ahead.is_empty() || ahead.peek(Token![,])) {
        input.parse::<syn::Ident>()?;
        return Ok(Json::Null);
    }
    Ok(Json::Value(Box::new(input.parse()?)))
}

/// `value; count`
fn repeated(input: ParseStream<'_>) -> syn::Result<Expr> {
    let value = input.parse()?;
    input.parse::<Token![;]>()?;
    input.parse::<Expr>()?;
    Ok(value)
}

/// `key => value, …`
fn arrows(input: ParseStream<'_>) -> syn::Result<Vec<(Expr, Expr)>> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        let key = input.parse()?;
        input.parse::<Token![=>]>()?;
        entries.push((key, input.parse()?));
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(entries)
}

/// `static ref NAME: Type = value;` …
fn lazy_statics(input: ParseStream<'_>) -> syn::Result<Vec<(syn::Ident, syn::Type, Expr)>> {
    let mut statics = Vec::new();
    while !input.is_empty() {
        input.call(syn::Attribute::parse_outer)?;
        input.parse::<syn::Visibility>()?;
        input.parse::<Token![static]>()?;
        input.parse::<Token![ref]>()?;
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        input.parse::<Token![;]>()?;
        statics.push((name, ty, value));
    }
    Ok(statics)
}
