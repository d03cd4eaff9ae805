//! Calls, members and the functions that run a lambda on an object.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{Piece, has_token, kid, kids, parts, printf, span};
use crate::ir::{Arg, ArgKind, ExprId, ExprKind, Span, TypeName};

impl Reader<'_> {
    /// `a.b`, `a?.b`, `a::b`, `Foo::class`.
    pub(super) fn navigation(&mut self, node: Node<'_>) -> ExprId {
        let inner = kids(node);
        let at = span(node);
        let (Some(object), Some(suffix)) = (inner.first().copied(), kid(node, "navigation_suffix")) else {
            return self.children(node);
        };
        let name = kid(suffix, "simple_identifier").map(|n| self.ident(n));
        if has_token(suffix, "::") && name.is_none() {
            return self.type_ref(object);
        }
        let object = self.expr(object);
        let Some(name) = name else { return object };
        let is_type = matches!(self.unit.unit().expr(object).kind, ExprKind::TypeRef(_));
        if is_type && matches!(&*name, "java" | "javaObjectType" | "javaPrimitiveType") {
            return object;
        }
        self.unit.member(object, name, at)
    }

    fn type_ref(&mut self, node: Node<'_>) -> ExprId {
        let name: String = self.source(node).split_whitespace().collect();
        self.unit.expr(ExprKind::TypeRef(TypeName::simple(name)), span(node))
    }

    /// `Foo::class`, `::foo`, `Foo::bar`.
    pub(super) fn reference(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let ty = kid(node, "type_identifier");
        match (ty, kid(node, "simple_identifier").map(|n| self.ident(n))) {
            (Some(ty), None) => self.type_ref(ty),
            (Some(ty), Some(name)) => {
                let object = self.ident(ty);
                let object = self.named(object, span(ty));
                self.unit.member(object, name, at)
            }
            (None, Some(name)) => self.named(name, at),
            (None, None) => self.children(node),
        }
    }

    /// The arguments of a call.
    pub(super) fn args(&mut self, list: Node<'_>) -> Vec<Arg> {
        let mut args = Vec::new();
        for argument in kids(list).into_iter().filter(|k| k.kind() == "value_argument") {
            let all = parts(argument);
            let is_named = all.iter().any(|(_, p)| p.kind() == "=");
            let splat = all.iter().any(|(_, p)| p.kind() == "*" && !p.is_named());
            let inner: Vec<_> = kids(argument).into_iter().filter(|k| k.kind() != "annotation").collect();
            let Some(value) = inner.last().copied() else { continue };
            let kind = match (is_named, splat) {
                (true, _) => ArgKind::Named(inner.first().map(|n| self.ident(*n)).unwrap_or_default()),
                (false, true) => ArgKind::Splat,
                (false, false) => ArgKind::Positional,
            };
            let value = self.expr(value);
            self.errors_of(argument);
            args.push(Arg { kind, value });
        }
        self.errors_of(list);
        args
    }

    pub(super) fn call(&mut self, node: Node<'_>) -> ExprId {
        let inner = kids(node);
        let at = span(node);
        let (Some(callee), Some(suffix)) = (inner.first().copied(), kid(node, "call_suffix")) else {
            return self.children(node);
        };
        let lambda = kid(suffix, "annotated_lambda").and_then(|l| kid(l, "lambda_literal"));
        if let Some(value) = lambda.and_then(|l| self.scope_function(callee, suffix, l, at)) {
            return value;
        }
        // `f(a) { … }` is a call with a suffix, or a call of a call.
        let type_args = kid(suffix, "type_arguments").map(|t| self.type_args(t)).unwrap_or_default();
        let callee_id = self.expr(callee);
        let mut args = kid(suffix, "value_arguments").map(|a| self.args(a)).unwrap_or_default();
        if let Some(lambda) = lambda {
            let value = if self.is_builder(lambda) {
                // What its statements set up is what the call is given.
                let subject = self.fresh("this");
                let function = self.lambda(lambda, Some(&subject), true);
                let start = ExprKind::New { ty: None, args: Vec::new(), init: Vec::new() };
                let start = self.unit.expr(start, span(lambda));
                self.unit.call(function, vec![Arg::positional(start)], span(lambda))
            } else {
                self.lambda(lambda, None, false)
            };
            args.push(Arg::positional(value));
        }
        if let Some(value) = self.collection(callee_id, &args, at) {
            return value;
        }
        self.unit.expr(ExprKind::Call { callee: callee_id, args, type_args }, at)
    }

    /// The statements of a lambda without parameters call or set what nothing around declares: members of an
    /// object that the called function brings (`http.get(url) { header(a, b) }`).
    fn is_builder(&self, lambda: Node<'_>) -> bool {
        if kid(lambda, "lambda_parameters").is_some() {
            return false;
        }
        kid(lambda, "statements").map(kids).unwrap_or_default().into_iter().any(|statement| {
            let target = match statement.kind() {
                "call_expression" => kids(statement).first().copied(),
                "assignment" => {
                    kid(statement, "directly_assignable_expression").and_then(|d| match kids(d).as_slice() {
                        [only] => Some(*only),
                        _ => None,
                    })
                }
                _ => None,
            };
            let name = target.filter(|t| t.kind() == "simple_identifier").map(|t| self.ident(t));
            name.is_some_and(|n| self.is_free(&n))
        })
    }

    /// The lambda of a call that gives what the lambda gives.
    pub(super) fn scope_lambda<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        if node.kind() != "call_expression" {
            return None;
        }
        let callee = kids(node).first().copied()?;
        let name = match callee.kind() {
            "navigation_expression" => {
                kid(callee, "navigation_suffix").and_then(|s| kid(s, "simple_identifier"))?
            }
            "call_expression" => kids(callee).first().copied()?,
            _ => callee,
        };
        if !matches!(self.source(name), "run" | "let" | "use" | "with" | "also" | "apply") {
            return None;
        }
        let suffix = kid(node, "call_suffix")?;
        kid(suffix, "annotated_lambda").and_then(|l| kid(l, "lambda_literal"))
    }

    /// `x.let { … }`, `x.apply { … }`, `with(x) { … }` and the like: a call of the lambda with the object.
    fn scope_function(
        &mut self,
        callee: Node<'_>,
        suffix: Node<'_>,
        lambda: Node<'_>,
        at: Span,
    ) -> Option<ExprId> {
        let (object, name) = match callee.kind() {
            "navigation_expression" => {
                let name = kid(callee, "navigation_suffix").and_then(|s| kid(s, "simple_identifier"))?;
                (kids(callee).first().copied(), self.ident(name))
            }
            "simple_identifier" => (None, self.ident(callee)),
            // `with(x)` before its lambda.
            "call_expression" => {
                let name = kids(callee).first().copied().filter(|n| n.kind() == "simple_identifier")?;
                (None, self.ident(name))
            }
            _ => return None,
        };
        let args = kid(suffix, "value_arguments")
            .or_else(|| kid(callee, "call_suffix").and_then(|s| kid(s, "value_arguments")));
        let is_about = matches!(&*name, "apply" | "run" | "with");
        let gives = matches!(&*name, "apply" | "also" | "takeIf" | "takeUnless" | "onEach");
        let object = match (&*name, object) {
            ("apply" | "run" | "let" | "also" | "takeIf" | "takeUnless" | "use", Some(object))
                if args.is_none() =>
            {
                self.expr(object)
            }
            // On the object that the code around is about.
            ("apply" | "also" | "let", None) if args.is_none() => match self.receivers.last().cloned() {
                Some(receiver) => self.named(receiver, at),
                None => self.unit.expr(ExprKind::This, at),
            },
            ("with", None) => self.args(args?).first()?.value,
            ("buildString", None) => {
                let text = self.unit.str("", at);
                return Some(self.built(lambda, text, at));
            }
            _ => return None,
        };
        let subject = is_about.then(|| self.fresh("this"));
        let function = self.lambda(lambda, subject.as_ref(), gives);
        Some(self.unit.call(function, vec![Arg::positional(object)], at))
    }

    /// `buildString { append(a); append(b) }`
    fn built(&mut self, lambda: Node<'_>, start: ExprId, at: Span) -> ExprId {
        let mut parts = vec![start];
        let mut stack = vec![lambda];
        while let Some(node) = stack.pop() {
            if node.kind() == "call_expression"
                && kids(node).first().is_some_and(|c| matches!(self.source(*c), "append" | "appendLine"))
                && let Some(args) = kid(node, "call_suffix").and_then(|s| kid(s, "value_arguments"))
            {
                parts.extend(self.args(args).into_iter().map(|a| a.value));
                continue;
            }
            let mut inner = kids(node);
            inner.reverse();
            stack.append(&mut inner);
        }
        self.unit.expr(ExprKind::Template(parts), at)
    }

    /// Calls that make a list, a map or a text from their arguments.
    fn collection(&mut self, callee: ExprId, args: &[Arg], at: Span) -> Option<ExprId> {
        if args.iter().any(|a| a.kind != ArgKind::Positional) {
            return None;
        }
        let values: Vec<ExprId> = args.iter().map(|a| a.value).collect();
        let unit = self.unit.unit();
        match &unit.expr(callee).kind {
            ExprKind::Name { name, .. } => match &**name {
                "listOf" | "mutableListOf" | "arrayListOf" | "setOf" | "mutableSetOf" | "arrayOf"
                | "hashSetOf" | "listOfNotNull" => Some(self.unit.expr(ExprKind::List(values), at)),
                "mapOf" | "mutableMapOf" | "hashMapOf" | "linkedMapOf" => {
                    let mut entries = Vec::new();
                    for value in values {
                        match &unit.expr(value).kind {
                            ExprKind::New { ty: Some(ty), args, .. }
                                if &*ty.name == "Pair" && args.len() == 2 =>
                            {
                                entries.push((args[0].value, args[1].value));
                            }
                            _ => return None,
                        }
                    }
                    Some(self.unit.expr(ExprKind::Map(entries), at))
                }
                _ => None,
            },
            ExprKind::Member { object, name } if &**name == "format" => {
                let object = *object;
                let (format, values) = match &unit.expr(object).kind {
                    ExprKind::Str(_) => (object, values.as_slice()),
                    ExprKind::Name { name, .. } if &**name == "String" => (*values.first()?, &values[1..]),
                    _ => return None,
                };
                let ExprKind::Str(text) = unit.expr(format).kind.clone() else { return None };
                let from = unit.expr(format).span;
                let mut parts = Vec::new();
                for piece in printf(&text)? {
                    parts.push(match piece {
                        Piece::Text(text) => self.unit.str(text, from),
                        Piece::Hole(index) => *values.get(index)?,
                    });
                }
                Some(self.unit.expr(ExprKind::Template(parts), at))
            }
            _ => None,
        }
    }
}
