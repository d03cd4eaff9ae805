//! Expressions.

use syn::{BinOp, Expr, UnOp};

use super::literal::literal;
use super::{Reader, span};
use crate::ir::{Arg, BinaryOp, Block, ExprId, ExprKind, Init, Span, StmtKind, TypeName};

impl Reader {
    /// An expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> ExprId {
        let mut expr = expr;
        while let Some(inner) = unwrapped(expr) {
            expr = inner;
        }
        let at = span(expr);
        if !self.enter(at) {
            return self.other(Vec::new(), at);
        }
        let id = self.dispatch(expr, at);
        self.leave();
        id
    }

    fn dispatch(&mut self, expr: &Expr, at: Span) -> ExprId {
        match expr {
            Expr::Lit(e) => self.lit(&literal(&e.lit), at),
            Expr::Path(e) => self.path_expr(&e.path),
            Expr::Field(e) => {
                let object = self.expr(&e.base);
                let name = match &e.member {
                    syn::Member::Named(name) => name.to_string(),
                    syn::Member::Unnamed(index) => index.index.to_string(),
                };
                self.unit.member(object, name, at)
            }
            Expr::Index(e) => {
                if matches!(&*e.index, Expr::Range(_)) {
                    return self.expr(&e.expr);
                }
                let object = self.expr(&e.expr);
                let index = self.expr(&e.index);
                self.unit.expr(ExprKind::Index { object, index }, at)
            }
            Expr::Call(e) => self.call(e, at),
            Expr::MethodCall(e) => self.method_call(e, at),
            Expr::Struct(e) => self.structure(e, at),
            Expr::Array(e) => self.list(e.elems.iter(), at),
            Expr::Tuple(e) => {
                let items = e.elems.iter().map(|x| self.expr(x)).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            Expr::Repeat(e) => {
                let item = self.expr(&e.expr);
                self.unit.expr(ExprKind::List(vec![item]), at)
            }
            Expr::Closure(e) => self.closure(e),
            Expr::Macro(e) => self.macro_expr(&e.mac, at),
            Expr::Assign(e) => {
                let value = self.expr(&e.right);
                let target = self.expr(&e.left);
                self.unit.expr(ExprKind::Assign { target, value }, at)
            }
            Expr::Binary(e) => self.binary(e, at),
            Expr::Unary(e) => {
                let value = self.expr(&e.expr);
                match e.op {
                    UnOp::Not(_) => self.unit.expr(ExprKind::Not(value), at),
                    _ => self.other(vec![value], at),
                }
            }
            Expr::If(e) => {
                if let Expr::Let(_) = unwrap_all(&e.cond) {
                    return self.as_block(expr, at);
                }
                let mut then = self.inner(&e.then_branch);
                let mut otherwise = match &e.else_branch {
                    Some((_, other)) => self.expr(other),
                    None => self.unit.expr(ExprKind::Null, at),
                };
                if matches!(self.unit.unit().expr(then).kind, ExprKind::Null) {
                    std::mem::swap(&mut then, &mut otherwise);
                }
                let test = self.expr(&e.cond);
                self.unit.expr(ExprKind::Cond { test, then, otherwise }, at)
            }
            Expr::Match(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::Return(_) => {
                self.as_block(expr, at)
            }
            Expr::Block(e) => self.inner(&e.block),
            Expr::Async(e) => self.inner(&e.block),
            Expr::Unsafe(e) => self.inner(&e.block),
            Expr::TryBlock(e) => self.inner(&e.block),
            Expr::Const(e) => self.inner(&e.block),
            Expr::Let(e) => {
                // In the middle of a condition: the names are bound where it stands.
                let value = self.expr(&e.expr);
                let mut block = Block::new();
                let value = self.held(value, &mut block);
                self.bind(&e.pat, value, &mut block);
                let unknown = self.other(Vec::new(), at);
                self.push(StmtKind::Emit(unknown), at, &mut block);
                self.unit.expr(ExprKind::Block(block), at)
            }
            Expr::Range(e) => {
                let ends: Vec<ExprId> =
                    [&e.start, &e.end].into_iter().flatten().map(|x| self.expr(x)).collect();
                self.other(ends, at)
            }
            Expr::Break(e) => {
                let value = e.expr.iter().map(|x| self.expr(x)).collect();
                self.other(value, at)
            }
            Expr::Yield(e) => {
                let value = e.expr.iter().map(|x| self.expr(x)).collect();
                self.other(value, at)
            }
            _ => self.other(Vec::new(), at),
        }
    }

    /// Statements used as an expression: their value is what the last one gives.
    fn as_block(&mut self, expr: &Expr, at: Span) -> ExprId {
        let mut block = Block::new();
        self.value_of(expr, false, &mut block);
        self.unit.expr(ExprKind::Block(block), at)
    }

    /// The value of a block.
    pub(super) fn inner(&mut self, block: &syn::Block) -> ExprId {
        let at = span(block);
        if let [syn::Stmt::Expr(only, None)] = block.stmts.as_slice() {
            return self.expr(only);
        }
        let statements = self.emitting(block);
        self.unit.expr(ExprKind::Block(statements), at)
    }

    /// An array: of pairs that begin with a text, a map.
    pub(super) fn list<'e>(&mut self, items: impl Iterator<Item = &'e Expr>, at: Span) -> ExprId {
        let items: Vec<&Expr> = items.collect();
        let pairs: Option<Vec<(&Expr, &Expr)>> = items
            .iter()
            .map(|item| match unwrap_all(item) {
                Expr::Tuple(t) if t.elems.len() == 2 => Some((&t.elems[0], &t.elems[1])),
                _ => None,
            })
            .collect();
        if let Some(pairs) = pairs.filter(|p| !p.is_empty()) {
            let entries = pairs.into_iter().map(|(k, v)| (self.expr(k), self.expr(v))).collect();
            return self.unit.expr(ExprKind::Map(entries), at);
        }
        let items = items.into_iter().map(|x| self.expr(x)).collect();
        self.unit.expr(ExprKind::List(items), at)
    }

    fn structure(&mut self, e: &syn::ExprStruct, at: Span) -> ExprId {
        let ty = self.type_path(&e.path).map(TypeName::simple);
        let mut init = Vec::new();
        for field in &e.fields {
            let value = self.expr(&field.expr);
            let name = match &field.member {
                syn::Member::Named(name) => name.to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            init.push(Init::Member(name.into(), value));
        }
        if let Some(rest) = &e.rest {
            let value = self.expr(rest);
            init.push(Init::Element(value));
        }
        self.unit.expr(ExprKind::New { ty, args: Vec::new(), init }, at)
    }

    fn binary(&mut self, e: &syn::ExprBinary, at: Span) -> ExprId {
        // `a + b + c` nests to the left.
        let mut operands = vec![&*e.right];
        let mut left = &*e.left;
        while let Expr::Binary(next) = left
            && std::mem::discriminant(&next.op) == std::mem::discriminant(&e.op)
        {
            operands.push(&next.right);
            left = &next.left;
        }
        operands.push(left);
        operands.reverse();
        let values: Vec<ExprId> = operands.into_iter().map(|x| self.expr(x)).collect();
        let op = match e.op {
            BinOp::Add(_) => return self.unit.expr(ExprKind::Template(values), at),
            BinOp::AddAssign(_) => {
                let target = values[0];
                let value = self.unit.expr(ExprKind::Template(values), at);
                return self.unit.expr(ExprKind::Assign { target, value }, at);
            }
            BinOp::Eq(_) => BinaryOp::Eq,
            BinOp::Ne(_) => BinaryOp::Ne,
            BinOp::And(_) => BinaryOp::And,
            BinOp::Or(_) => BinaryOp::Or,
            _ => BinaryOp::Other,
        };
        if values.len() > 48 {
            return self.other(values, at);
        }
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return self.other(Vec::new(), at) };
        values.fold(first, |left, right| self.unit.expr(ExprKind::Binary { op, left, right }, at))
    }

    fn call(&mut self, e: &syn::ExprCall, at: Span) -> ExprId {
        let args: Vec<Arg> = e.args.iter().map(|a| Arg::positional(self.expr(a))).collect();
        let mut function = &*e.func;
        while let Some(inner) = unwrapped(function) {
            function = inner;
        }
        if let Expr::Path(path) = function
            && let Some(value) = self.wrapper(&path.path, &args, at)
        {
            return value;
        }
        let callee = self.expr(function);
        self.unit.call(callee, args, at)
    }

    /// Functions of the standard library that only wrap or convert what they are given.
    fn wrapper(&mut self, path: &syn::Path, args: &[Arg], at: Span) -> Option<ExprId> {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let [.., before, last] = names.as_slice() else {
            return match (names.as_slice(), args) {
                (["Some" | "Ok"], [only]) => Some(only.value),
                (["Err"], _) => Some(self.other(Vec::new(), at)),
                _ => None,
            };
        };
        let wraps = match *before {
            "Box" | "Arc" | "Rc" | "Mutex" | "RwLock" | "RefCell" | "Cell" | "Some" => {
                matches!(*last, "new" | "from" | "clone" | "pin")
            }
            "String" | "HashMap" | "BTreeMap" | "Vec" | "Cow" | "PathBuf" | "OsString" => *last == "from",
            "str" => matches!(*last, "from_utf8" | "from_utf8_lossy"),
            _ => false,
        };
        if wraps && let [only] = args {
            return Some(only.value);
        }
        match (*before, *last, args) {
            ("HashMap" | "BTreeMap", "new" | "with_capacity", _) => {
                Some(self.unit.expr(ExprKind::Map(Vec::new()), at))
            }
            ("Vec", "new" | "with_capacity", _) => Some(self.unit.expr(ExprKind::List(Vec::new()), at)),
            ("String", "new" | "with_capacity", _) => Some(self.unit.str("", at)),
            // Computed when it is first needed.
            ("Lazy" | "LazyLock", "new", [only]) => Some(self.unit.call(only.value, Vec::new(), at)),
            _ => None,
        }
    }
}

/// What is inside a wrapper that has no meaning here: `(x)`, `&x`, `*x`, `x?`, `x.await`, `x as T`.
pub(super) fn unwrapped(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Paren(e) => Some(&e.expr),
        Expr::Group(e) => Some(&e.expr),
        Expr::Reference(e) => Some(&e.expr),
        Expr::RawAddr(e) => Some(&e.expr),
        Expr::Try(e) => Some(&e.expr),
        Expr::Await(e) => Some(&e.base),
        Expr::Cast(e) => Some(&e.expr),
        Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => Some(&e.expr),
        _ => None,
    }
}

/// All wrappers taken off.
pub(super) fn unwrap_all(expr: &Expr) -> &Expr {
    let mut expr = expr;
    while let Some(inner) = unwrapped(expr) {
        expr = inner;
    }
    expr
}
