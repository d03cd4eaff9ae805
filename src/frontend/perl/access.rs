//! Members, elements and method calls.

use super::State;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Arg, ExprId, ExprKind, Sym, TypeName};

impl Reader<'_, State> {
    /// A value with its elements and calls.
    pub(super) fn postfix(&mut self) -> ExprId {
        let start = self.start();
        let sigil = self.slice(self.peek(0).span).starts_with(['$', '@', '%', '&']);
        let mut value = self.primary();
        let mut direct = sigil;
        loop {
            match self.shown(0) {
                "->" => {
                    self.bump();
                    value = self.arrow(value, start);
                    direct = true;
                }
                "[" if direct => value = self.element(value, "]", start),
                "{" if direct && !self.peek(0).spaced => value = self.element(value, "}", start),
                "(" if direct
                    && matches!(self.nodes.kind(value), ExprKind::Index { .. } | ExprKind::Call { .. }) =>
                {
                    self.bump();
                    let args = self.list_args(")");
                    self.close(")");
                    value = self.call(value, args, start);
                }
                _ => return value,
            }
        }
    }

    /// What stands behind an arrow.
    fn arrow(&mut self, object: ExprId, start: usize) -> ExprId {
        match self.shown(0) {
            "[" => return self.element(object, "]", start),
            "{" => return self.element(object, "}", start),
            "(" => {
                self.bump();
                let args = self.list_args(")");
                self.close(")");
                return self.call(object, args, start);
            }
            "@" | "%" | "$" => {
                // `$x->@*`.
                self.bump();
                self.eat("*");
                return object;
            }
            _ => {}
        }
        if self.peek(0).kind != Kind::Word {
            return object;
        }
        let at = self.start();
        let shown = self.slice(self.peek(0).span).to_owned();
        self.bump();
        let mut args = Vec::new();
        if self.eat("(") {
            args = self.list_args(")");
            self.close(")");
        }
        // `$class->$method(…)`, `$code->$*`.
        if shown.starts_with(['$', '@', '%']) {
            let name = self.variable(&shown, at);
            let callee = self.expr(ExprKind::Index { object, index: name }, start);
            return self.call(callee, args, start);
        }
        if let Some(method) = shown.strip_prefix("SUPER::") {
            let object = self.expr(ExprKind::Base, start);
            if method == "new" {
                return self.call(object, args, start);
            }
            let callee = self.expr(ExprKind::Member { object, name: method.into() }, start);
            return self.call(callee, args, start);
        }
        if let ExprKind::TypeRef(ty) = self.nodes.kind(object).clone()
            && shown == "new"
        {
            return self.expr(ExprKind::New { ty: Some(ty), args, init: Vec::new() }, start);
        }
        let name: Sym = shown.rsplit("::").next().unwrap_or(&shown).into();
        let callee = self.expr(ExprKind::Member { object, name }, start);
        self.call(callee, args, start)
    }

    /// `[index]`, `{key}`.
    fn element(&mut self, object: ExprId, close: &str, start: usize) -> ExprId {
        self.bump();
        let at = self.start();
        let bare = close == "}"
            && self.peek(0).kind == Kind::Word
            && self.is(1, "}")
            && !self.slice(self.peek(0).span).starts_with(['$', '@', '%', '&'])
            || close == "}" && self.at("-") && self.is_word(1) && self.is(2, "}");
        let index = if bare {
            self.eat("-");
            let key: Sym = self.slice(self.peek(0).span).into();
            self.bump();
            self.expr(ExprKind::Str(key), at)
        } else if self.at(close) {
            self.nothing()
        } else {
            self.full()
        };
        // Slices have several.
        while self.eat(",") {
            self.full();
        }
        self.close(close);
        let key = match self.nodes.kind(index).clone() {
            ExprKind::Str(key) => Some(key),
            _ => None,
        };
        if let Some(key) = key {
            match self.nodes.kind(object).clone() {
                ExprKind::This => {
                    if let Some(sub) = &mut self.state.sub {
                        sub.members.insert(key.clone());
                    }
                    return self.expr(ExprKind::Member { object, name: key }, start);
                }
                ExprKind::Name { name, scope: crate::ir::Scope::Lexical } => {
                    if &*name == "ENV" {
                        return self.expr(ExprKind::Name { name: key, scope: crate::ir::Scope::Env }, start);
                    }
                    let span = self.since(start);
                    if let Some(sub) = &mut self.state.sub
                        && sub.rest.as_ref() == Some(&name)
                    {
                        if !sub.named.iter().any(|(n, _)| *n == key) {
                            sub.named.push((key.clone(), span));
                        }
                        return self.name(key, start);
                    }
                }
                _ => {}
            }
        }
        self.expr(ExprKind::Index { object, index }, start)
    }

    /// A variable by its text with the sigil.
    pub(super) fn variable(&mut self, shown: &str, start: usize) -> ExprId {
        let bare = shown.trim_start_matches(['$', '@', '%', '&', '#']);
        let short = bare.rsplit("::").next().unwrap_or(bare);
        let name: Sym = if short.is_empty() { shown.into() } else { short.into() };
        if let Some(sub) = &self.state.sub
            && sub.this.as_ref() == Some(&name)
        {
            return self.expr(ExprKind::This, start);
        }
        self.name(name, start)
    }

    /// A class named where a value could stand.
    pub(super) fn class(&mut self, name: &str, start: usize) -> ExprId {
        self.expr(ExprKind::TypeRef(TypeName::simple(name)), start)
    }

    /// The arguments of a call without brackets.
    pub(super) fn open_args(&mut self) -> Vec<Arg> {
        self.list_args("")
    }
}
