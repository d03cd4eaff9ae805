//! `let`, `use`, and functions.

use super::State;
use super::expr::KEYWORDS;
use crate::frontend::reader::Reader;
use crate::ir::{
    Block, ExprId, ExprKind, Field, Function, FunctionKind, Param, Scope, Span, StmtKind, Sym, TypeName,
};

/// What a `let` declares.
pub(super) enum Bound {
    /// A function, made already.
    Function(crate::ir::FuncId),
    /// A value with a name.
    Value(Sym, Option<TypeName>, ExprId, Span),
    /// Several names for the parts of a value.
    Parts(Vec<Sym>, ExprId, Span),
}

impl Reader<'_, State> {
    /// A binding within a block.
    pub(super) fn binding(&mut self, out: &mut Block) {
        let start = self.start();
        match self.bound(FunctionKind::Function) {
            Some(Bound::Function(id)) => out.push(self.stmt(StmtKind::Define(id), start)),
            Some(Bound::Value(name, ty, value, span)) => {
                let value = Some(value);
                out.push(self.nodes.stmt(StmtKind::Let { name, ty, value }, span));
            }
            Some(Bound::Parts(names, value, span)) => {
                let targets = names
                    .into_iter()
                    .map(|name| self.nodes.expr(ExprKind::Name { name, scope: Scope::Lexical }, span))
                    .collect();
                let target = self.nodes.expr(ExprKind::List(targets), span);
                let assign = self.nodes.expr(ExprKind::Assign { target, value }, span);
                out.push(self.nodes.stmt(StmtKind::Expr(assign), span));
            }
            None => {}
        }
    }

    /// `let inline f a (b: T) : R = body`, `let x = value`, `let (a, b) = value`. Stands on `let`.
    pub(super) fn bound(&mut self, kind: FunctionKind) -> Option<Bound> {
        let start = self.start();
        self.bump();
        while self.at_any(&["rec", "mutable", "inline", "private", "internal", "public", "fixed"]) {
            self.bump();
        }
        self.attributes();
        while self.at_any(&["rec", "mutable", "inline", "private", "internal", "public"]) {
            self.bump();
        }
        let at = self.start();
        let named = self.is_word(0) && !KEYWORDS.contains(&self.shown(0)) && !self.is_any(1, &[",", "."]);
        if !named {
            let parts = self.pattern_names();
            let span = self.since(at);
            if !self.eat("=") {
                self.recover_line();
                return None;
            }
            let value = self.body();
            return Some(Bound::Parts(parts, value, span));
        }
        let name = self.word()?;
        let span = self.since(at);
        if self.at("<") && !self.peek(0).spaced {
            self.try_type_args();
        }
        let mut params = Vec::new();
        let mut is_function = false;
        while !self.at_end() && !self.at_any(&["=", ":"]) && self.param(&mut params) {
            is_function = true;
        }
        let ty = if self.eat(":") { self.type_name() } else { None };
        if !self.eat("=") {
            self.recover_line();
            return None;
        }
        if !is_function {
            let value = self.body();
            return Some(Bound::Value(name, ty, value, self.since(start).to(span)));
        }
        Some(Bound::Function(self.function_body(name, kind, params, ty, span)))
    }

    pub(super) fn function_body(
        &mut self,
        name: Sym,
        kind: FunctionKind,
        params: Vec<Param>,
        returns: Option<TypeName>,
        span: Span,
    ) -> crate::ir::FuncId {
        let mut function = Function::new(name, kind, span);
        function.params = params;
        function.returns = returns;
        if !matches!(kind, FunctionKind::Function | FunctionKind::Lambda) {
            function.owner = self.state.owner;
        }
        let id = self.nodes.function(function);
        let body = self.returning();
        self.nodes.set_body(id, body);
        if let (Some(owner), true) =
            (self.state.owner, !matches!(kind, FunctionKind::Function | FunctionKind::Lambda))
        {
            self.nodes.unit().types[owner.index()].methods.push(id);
        }
        id
    }

    pub(super) fn field(
        &mut self,
        name: Sym,
        ty: Option<TypeName>,
        init: Option<ExprId>,
        is_static: bool,
        span: Span,
    ) {
        let Some(owner) = self.state.owner else { return };
        let field = Field { name, ty, init, is_static, attributes: Vec::new(), span };
        self.nodes.unit().types[owner.index()].fields.push(field);
    }

    /// Skips what is left of this line.
    pub(super) fn recover_line(&mut self) {
        while !self.at_end() && !self.peek(0).first {
            self.skip();
        }
    }

    /// `<A, B<C>>` if it is one, and nothing otherwise.
    pub(super) fn try_type_args(&mut self) -> Option<Vec<TypeName>> {
        let back = self.position();
        let gaps = self.nodes.unit().gaps.len();
        self.bump();
        let mut args = Vec::new();
        let mut good = true;
        while good && !self.at(">") && !self.at(">>") && args.len() < 16 {
            match self.type_name() {
                Some(ty) => args.push(ty),
                None => good = false,
            }
            if !self.eat(",") && !self.at_any(&[">", ">>"]) {
                good = false;
            }
        }
        if good && self.eat(">") {
            return Some(args);
        }
        self.go_to(back);
        self.nodes.unit().gaps.truncate(gaps);
        None
    }

    /// A type; functions and tuples are reduced to nothing but their first.
    pub(super) fn type_name(&mut self) -> Option<TypeName> {
        if !self.enter() {
            return None;
        }
        let ty = self.plain_type();
        while self.here() && self.at_any(&["->", "*"]) {
            self.bump();
            self.plain_type();
        }
        self.leave();
        ty
    }

    /// A type that is no function and no tuple.
    pub(super) fn plain_type(&mut self) -> Option<TypeName> {
        self.eat("#");
        if self.at_any(&["(", "{|"]) {
            self.bump();
            let ty = self.type_name();
            self.close(")");
            return ty.map(|_| TypeName::simple("tuple"));
        }
        if self.is_word(0) && KEYWORDS.contains(&self.shown(0)) {
            return None;
        }
        let mut name = self.word()?.to_string();
        while self.at(".") && self.is_word(1) {
            self.bump();
            name.push('.');
            name.push_str(&self.word()?);
        }
        let mut args = Vec::new();
        if self.at("<") && !self.peek(0).spaced {
            args = self.nested_type_args();
        }
        let mut ty = TypeName { name: name.into(), args };
        // `T list`, `T[]`.
        loop {
            if !self.here() {
                break;
            }
            if self.at_any(&["list", "option", "seq", "array", "voption", "ref"]) && !self.peek(0).first {
                let outer = self.word()?;
                ty = TypeName { name: outer, args: vec![ty] };
            } else if self.at("[") && self.is(1, "]") {
                self.bump();
                self.bump();
            } else {
                break;
            }
        }
        if &*ty.name == "option"
            && let Some(inner) = ty.args.first()
        {
            return Some(inner.clone());
        }
        Some(ty)
    }

    /// Type arguments where only they can stand; `>>` closes two.
    fn nested_type_args(&mut self) -> Vec<TypeName> {
        let mut args = Vec::new();
        self.bump();
        while !self.at_end() {
            match self.type_name() {
                Some(ty) => args.push(ty),
                None => break,
            }
            if !self.eat(",") {
                break;
            }
        }
        if !self.eat(">") && self.at(">>") {
            self.split_closing();
        }
        args
    }
}
