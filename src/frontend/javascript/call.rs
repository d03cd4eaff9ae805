//! Calls and the creation of objects.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{Arg, ArgKind, ExprId, ExprKind, FunctionKind, Param, StmtKind, Sym, TypeName};

impl Reader<'_> {
    pub(super) fn call(&mut self, node: Node<'_>) -> ExprId {
        let (Some(function), Some(list)) = (field(node, "function"), field(node, "arguments")) else {
            return self.children(node);
        };
        let at = span(node);
        if let Some(path) = self.loaded(node) {
            return self.unit.expr(ExprKind::Module(path), at);
        }
        if let Some(text) = self.text_call(function, list, node) {
            return text;
        }
        let type_args = self.type_args(node);
        let args = |reader: &mut Self| {
            if list.kind() == "template_string" {
                vec![Arg::positional(reader.expr(list))]
            } else {
                reader.args(list)
            }
        };
        let function = self.unwrapped(function);
        if function.kind() == "member_expression"
            && let (Some(object), Some(name)) = (field(function, "object"), field(function, "property"))
        {
            match self.source(name) {
                "pipe" => {
                    if let Some(chain) = self.piped(object, list) {
                        return chain;
                    }
                }
                "call" | "apply" | "bind" if list.kind() == "arguments" => {
                    return self.indirect(object, self.source(name), list, node);
                }
                "assign" if self.source(object) == "Object" => {
                    if let Some(merged) = self.merged(list, node) {
                        return merged;
                    }
                }
                "fromEntries" if self.source(object) == "Object" => {
                    let only = kids(list).first().copied();
                    if let Some(map) = only.and_then(|o| self.pairs(o)) {
                        return map;
                    }
                }
                _ => {}
            }
        }
        let callee = self.expr(function);
        let args = args(self);
        self.errors_of(list);
        self.unit.expr(ExprKind::Call { callee, args, type_args }, at)
    }

    pub(super) fn args(&mut self, list: Node<'_>) -> Vec<Arg> {
        let mut args = Vec::new();
        for argument in kids(list) {
            if argument.kind() == "spread_element" {
                if let Some(value) = kids(argument).first() {
                    let value = self.expr(*value);
                    args.push(Arg { kind: ArgKind::Splat, value });
                }
            } else {
                args.push(Arg::positional(self.expr(argument)));
            }
        }
        args
    }

    /// `f.call(this, a)`, `f.apply(this, list)`, `f.bind(this)`.
    fn indirect(&mut self, object: Node<'_>, how: &str, list: Node<'_>, node: Node<'_>) -> ExprId {
        let callee = self.expr(object);
        let mut args = self.args(list);
        let at = span(node);
        if how == "bind" {
            return callee;
        }
        if args.is_empty() {
            return self.unit.call(callee, args, at);
        }
        args.remove(0);
        if how == "apply" {
            for arg in &mut args {
                arg.kind = ArgKind::Splat;
            }
        }
        self.unit.call(callee, args, at)
    }

    /// `a.pipe(f(x), g(y))` is what `a.f(x).g(y)` used to be.
    fn piped(&mut self, object: Node<'_>, list: Node<'_>) -> Option<ExprId> {
        let steps = kids(list);
        let is_step = |s: &Node<'_>| {
            s.kind() == "call_expression" && field(*s, "function").is_some_and(|f| f.kind() == "identifier")
        };
        if steps.is_empty() || !steps.iter().all(is_step) {
            return None;
        }
        let mut value = self.expr(object);
        for step in steps {
            let (Some(name), Some(args)) = (field(step, "function"), field(step, "arguments")) else {
                continue;
            };
            let name_text = self.ident(name);
            let callee = self.unit.member(value, name_text, span(name));
            let args = self.args(args);
            value = self.unit.call(callee, args, span(step));
        }
        Some(value)
    }

    /// `Object.assign(target, …)`: what `{ ...target, … }` would be, in the target's place.
    fn merged(&mut self, list: Node<'_>, node: Node<'_>) -> Option<ExprId> {
        let parts = kids(list);
        let (first, _) = parts.split_first()?;
        if parts.iter().any(|p| p.kind() == "spread_element") {
            return None;
        }
        let mut entries = Vec::new();
        for part in &parts {
            let value = self.expr(*part);
            entries.push((value, value));
        }
        let target = entries.first().map(|e| e.0)?;
        let map = self.unit.expr(ExprKind::Map(entries), span(node));
        if matches!(first.kind(), "identifier" | "member_expression") {
            return Some(self.unit.expr(ExprKind::Assign { target, value: map }, span(node)));
        }
        Some(map)
    }

    /// Calls that put text together.
    fn text_call(&mut self, function: Node<'_>, list: Node<'_>, node: Node<'_>) -> Option<ExprId> {
        if function.kind() != "member_expression" || list.kind() != "arguments" {
            return None;
        }
        let (object, name) = (field(function, "object")?, field(function, "property")?);
        let args = kids(list);
        if args.iter().any(|a| a.kind() == "spread_element") {
            return None;
        }
        let parts = match self.source(name) {
            "join" if object.kind() == "array" => {
                let separator = match args.first() {
                    Some(text) if text.kind() == "string" => Some(self.expr(*text)),
                    None => Some(self.unit.str(",", span(list))),
                    Some(_) => None,
                }?;
                let mut parts = Vec::new();
                for item in kids(object) {
                    if !parts.is_empty() {
                        parts.push(separator);
                    }
                    parts.push(self.expr(item));
                }
                parts
            }
            "concat" if matches!(object.kind(), "string" | "template_string") => {
                let mut parts = vec![self.expr(object)];
                parts.extend(args.iter().map(|a| self.expr(*a)).collect::<Vec<_>>());
                parts
            }
            "format" if self.source(object) == "util" => {
                let (format, values) = args.split_first().filter(|(f, _)| f.kind() == "string")?;
                let text = self.string(*format);
                let mut values = values.iter();
                let mut parts = Vec::new();
                for (i, piece) in text.split("%s").enumerate() {
                    if i > 0 {
                        parts.push(self.expr(*values.next()?));
                    }
                    if !piece.is_empty() {
                        parts.push(self.unit.str(piece, span(*format)));
                    }
                }
                parts
            }
            _ => return None,
        };
        if parts.is_empty() {
            return None;
        }
        Some(self.unit.expr(ExprKind::Template(parts), span(node)))
    }

    /// `new T(…)`.
    pub(super) fn creation(&mut self, node: Node<'_>) -> ExprId {
        let Some(constructor) = field(node, "constructor") else { return self.children(node) };
        let list = field(node, "arguments");
        let given = list.map(kids).unwrap_or_default();
        if self.source(constructor) == "Promise"
            && let [executor] = given.as_slice()
            && let Some(value) = self.promise(*executor, node)
        {
            return value;
        }
        let mut ty = self.type_name(constructor);
        if let Some(ty) = &mut ty {
            ty.args = self.type_args(node);
        }
        let pairs = match (self.source(constructor), given.as_slice()) {
            ("Map" | "URLSearchParams" | "Headers", [only]) => self.pairs(*only),
            _ => None,
        };
        let mut args = match pairs {
            Some(map) => vec![Arg::positional(map)],
            None => list.map(|l| self.args(l)).unwrap_or_default(),
        };
        if let Some(list) = list {
            self.errors_of(list);
        }
        if ty.is_none() {
            let made = self.expr(constructor);
            args.insert(0, Arg::positional(made));
        }
        self.unit.expr(ExprKind::New { ty, args, init: Vec::new() }, span(node))
    }

    /// `new Promise((resolve, reject) => …)` is what the executor resolves with.
    fn promise(&mut self, executor: Node<'_>, node: Node<'_>) -> Option<ExprId> {
        let executor = self.unwrapped(executor);
        if !matches!(executor.kind(), "arrow_function" | "function_expression") {
            return None;
        }
        let at = span(node);
        let name = Self::hidden(node);
        let mut block = Vec::new();
        let nothing = self.unit.expr(ExprKind::Null, at);
        self.push(StmtKind::Let { name: name.clone(), ty: None, value: Some(nothing) }, at, &mut block);
        let callee = self.lambda(executor);
        let resolve = self.setter(&name, node);
        let call = self.unit.call(callee, vec![Arg::positional(resolve)], at);
        self.push(StmtKind::Expr(call), at, &mut block);
        let value = self.unit.name(name, at);
        self.push(StmtKind::Emit(value), at, &mut block);
        Some(self.unit.expr(ExprKind::Block(block), at))
    }

    /// A function that gives a variable the value it is called with.
    pub(super) fn setter(&mut self, name: &Sym, node: Node<'_>) -> ExprId {
        let at = span(node);
        let mut function = crate::ir::Function::new("", FunctionKind::Lambda, at);
        function.owner = self.owner;
        let given: Sym = "value".into();
        function.params = vec![Param {
            name: given.clone(),
            ty: None,
            default: None,
            is_switch: false,
            is_rest: false,
            from_pipeline: false,
            aliases: Vec::new(),
            span: at,
        }];
        let id = self.unit.function(function);
        let target = self.unit.name(name.clone(), at);
        let value = self.unit.name(given, at);
        let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
        let mut body = Vec::new();
        self.push(StmtKind::Expr(assign), at, &mut body);
        self.unit.set_body(id, body);
        self.unit.expr(ExprKind::Lambda(id), at)
    }

    /// The type that a class extends.
    pub(super) fn base_type(&mut self, node: Node<'_>) -> Option<TypeName> {
        let node = self.unwrapped(node);
        self.type_name(node)
    }
}
