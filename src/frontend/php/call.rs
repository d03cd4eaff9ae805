//! Calls, their arguments, and the creation of objects.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{field, kid_of, kids, span};
use crate::ir::{Arg, ArgKind, BinaryOp, ExprId, ExprKind, Init, Scope, Sym, TypeName};

impl Reader<'_> {
    pub(super) fn call(&mut self, node: Node<'_>) -> ExprId {
        let Some(list) = field(node, "arguments") else { return self.children(node) };
        match node.kind() {
            "function_call_expression" => self.function_call(node, list),
            "scoped_call_expression" => self.scoped_call(node, list),
            _ => {
                let (Some(object), Some(name)) = (field(node, "object"), field(node, "name")) else {
                    return self.children(node);
                };
                let object = self.expr(object);
                let callee = self.member(object, name, span(node));
                self.call_of(callee, list, node)
            }
        }
    }

    fn call_of(&mut self, callee: ExprId, list: Node<'_>, node: Node<'_>) -> ExprId {
        if kid_of(list, "variadic_placeholder").is_some() {
            // `foo(...)`: the function itself.
            return callee;
        }
        let args = self.args(list);
        self.unit.call(callee, args, span(node))
    }

    fn function_call(&mut self, node: Node<'_>, list: Node<'_>) -> ExprId {
        let Some(function) = field(node, "function") else { return self.children(node) };
        if !matches!(function.kind(), "name" | "qualified_name" | "relative_name") {
            let callee = self.expr(function);
            return self.call_of(callee, list, node);
        }
        let name = self.function_name(function);
        let folded = name.to_ascii_lowercase();
        if let Some(value) = self.language_function(&folded, list, node) {
            return value;
        }
        let callee = self.callable(name, span(function));
        if kid_of(list, "variadic_placeholder").is_some() {
            return callee;
        }
        let args = self.args(list);
        if let Some(text) = self.text_call(&folded, &args, node) {
            return text;
        }
        self.unit.call(callee, args, span(node))
    }

    /// What belongs to the language although it looks like a function.
    fn language_function(&mut self, name: &str, list: Node<'_>, node: Node<'_>) -> Option<ExprId> {
        let at = span(node);
        match name {
            "isset" | "function_exists" | "defined" | "class_exists" => Some(self.other(Vec::new(), at)),
            "empty" => {
                let value = self.args(list).first()?.value;
                Some(self.unit.expr(ExprKind::Not(value), at))
            }
            "is_null" => {
                let left = self.args(list).first()?.value;
                let right = self.unit.expr(ExprKind::Null, at);
                Some(self.unit.expr(ExprKind::Binary { op: BinaryOp::Eq, left, right }, at))
            }
            "define" => {
                let args = self.args(list);
                let [name, value, ..] = args.as_slice() else { return None };
                let (ExprKind::Str(text), value) = (self.kind_of(name.value), value.value) else {
                    return None;
                };
                let scope = Scope::Script;
                let target = self.unit.expr(ExprKind::Name { name: text, scope }, at);
                Some(self.unit.expr(ExprKind::Assign { target, value }, at))
            }
            "constant" => {
                let value = self.args(list).first()?.value;
                let ExprKind::Str(text) = self.kind_of(value) else { return None };
                (!text.contains("::")).then(|| self.unit.name(text, at))
            }
            "array_push" => {
                let args = self.args(list);
                let (object, values) = args.split_first()?;
                let mut steps = Vec::new();
                for value in values {
                    let index = self.other(Vec::new(), at);
                    let target = self.unit.expr(ExprKind::Index { object: object.value, index }, at);
                    steps.push(self.unit.expr(ExprKind::Assign { target, value: value.value }, at));
                }
                Some(self.other(steps, at))
            }
            "call_user_func" | "call_user_func_array" => {
                let mut args = self.args(list);
                if args.is_empty() {
                    return None;
                }
                let callee = args.remove(0).value;
                if name.ends_with("array") {
                    for arg in &mut args {
                        arg.kind = ArgKind::Splat;
                    }
                }
                let callee = match self.kind_of(callee) {
                    ExprKind::Str(function) if !function.contains("::") => self.callable(function, at),
                    ExprKind::List(pair) => match pair.as_slice() {
                        [object, method] => match self.kind_of(*method) {
                            ExprKind::Str(method) => self.unit.member(*object, method, at),
                            _ => callee,
                        },
                        _ => callee,
                    },
                    _ => callee,
                };
                Some(self.unit.call(callee, args, at))
            }
            _ => None,
        }
    }

    fn scoped_call(&mut self, node: Node<'_>, list: Node<'_>) -> ExprId {
        let (Some(scope), Some(name)) = (field(node, "scope"), field(node, "name")) else {
            return self.children(node);
        };
        let written = self.source(scope);
        let is_parent = written.eq_ignore_ascii_case("parent");
        if is_parent && self.source(name).eq_ignore_ascii_case("__construct") {
            let callee = self.unit.expr(ExprKind::Base, span(scope));
            return self.call_of(callee, list, node);
        }
        let is_own = written.eq_ignore_ascii_case("self") || written.eq_ignore_ascii_case("static");
        let object = if is_own && self.owner.is_some() && self.in_function && !self.is_static {
            // Within a method `self::other()` keeps the instance.
            self.unit.expr(ExprKind::This, span(scope))
        } else {
            self.scope(scope)
        };
        let callee = self.member(object, name, span(node));
        self.call_of(callee, list, node)
    }

    /// The arguments of a call.
    pub(super) fn args(&mut self, list: Node<'_>) -> Vec<Arg> {
        let mut args = Vec::new();
        for argument in kids(list) {
            if argument.kind() != "argument" {
                continue;
            }
            let label = field(argument, "name");
            let Some(value) =
                kids(argument).into_iter().rfind(|k| Some(*k) != label && k.kind() != "reference_modifier")
            else {
                continue;
            };
            self.errors_of(argument);
            if value.kind() == "variadic_unpacking" {
                if let Some(inner) = kids(value).first() {
                    let value = self.expr(*inner);
                    args.push(Arg { kind: ArgKind::Splat, value });
                }
                continue;
            }
            let value = self.expr(value);
            args.push(match label {
                Some(label) => Arg::named(self.source(label), value),
                None => Arg::positional(value),
            });
        }
        self.errors_of(list);
        args
    }

    /// `new Foo(…)`, `new $class`, `new class(…) extends Foo { … }`.
    pub(super) fn creation(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let inner = kids(node);
        let Some(first) = inner.first().copied() else { return self.children(node) };
        if first.kind() == "anonymous_class" {
            let args = kid_of(first, "arguments").map(|a| self.args(a)).unwrap_or_default();
            let name: Sym = format!("class@{}", first.start_byte()).into();
            self.class(first, name.clone(), span(first));
            return self.created(Some(TypeName::simple(name)), args, at);
        }
        let args = kid_of(node, "arguments").map(|a| self.args(a)).unwrap_or_default();
        if self.source(first).eq_ignore_ascii_case("parent") {
            let owner = self.owner.and_then(|o| self.unit.unit().type_decl(o).bases.first().cloned());
            return self.created(owner, args, at);
        }
        match self.class_name(first) {
            Some(ty) => self.created(Some(ty), args, at),
            None => {
                let class = self.expr(first);
                let mut all = vec![class];
                all.extend(args.iter().map(|a| a.value));
                self.other(all, at)
            }
        }
    }

    fn created(&mut self, ty: Option<TypeName>, args: Vec<Arg>, at: crate::ir::Span) -> ExprId {
        let init: Vec<Init> = Vec::new();
        self.unit.expr(ExprKind::New { ty, args, init }, at)
    }
}
