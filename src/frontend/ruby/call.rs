//! Calls, their arguments and blocks, and the creation of objects.

use tree_sitter::Node;

use super::Reader;
use super::stmt::Tail;
use crate::frontend::tree::{field, kid_of, kids, span};
use crate::ir::{
    Arg, ArgKind, Block, ExprId, ExprKind, FuncId, Function, FunctionKind, Import, Span, StmtKind, Sym,
    TypeName,
};

/// The name of the argument and parameter that a block is.
pub(super) const BLOCK: &str = "&";

impl Reader<'_> {
    pub(super) fn call(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        match node.kind() {
            "yield" => {
                let args = kid_of(node, "argument_list").map(|a| self.args(a)).unwrap_or_default();
                if let Some(method) = &mut self.method {
                    method.yields = true;
                }
                let callee = self.unit.name(BLOCK, at);
                return self.unit.call(callee, args, at);
            }
            "super" => return self.call_super(None, Vec::new(), at),
            _ => {}
        }
        let receiver = field(node, "receiver");
        let Some(method) = field(node, "method") else {
            // `f.(x)`
            let Some(receiver) = receiver else { return self.children(node) };
            let callee = self.expr(receiver);
            let args = self.all_args(node);
            return self.unit.call(callee, args, at);
        };
        let name = self.source(method);
        match receiver {
            None if method.kind() == "super" => {
                let list = field(node, "arguments");
                let args = self.all_args(node);
                self.call_super(list, args, at)
            }
            None => self.bare_call(node, method, name),
            Some(receiver) => self.member_call(node, receiver, name),
        }
    }

    /// The arguments in parentheses and the block.
    fn all_args(&mut self, node: Node<'_>) -> Vec<Arg> {
        let mut args = field(node, "arguments").map(|a| self.args(a)).unwrap_or_default();
        if let Some(block) = field(node, "block") {
            let value = self.block_value(block);
            args.push(Arg::named(BLOCK, value));
        }
        args
    }

    /// The receiver of a call; the class of the instance is known by the instance.
    pub(super) fn receiver(&mut self, node: Node<'_>) -> ExprId {
        if node.kind() == "call" && self.source(node) == "self.class" {
            return self.this(span(node));
        }
        self.expr(node)
    }

    fn bare_call(&mut self, node: Node<'_>, method: Node<'_>, name: &str) -> ExprId {
        let at = span(node);
        match name {
            "lambda" | "proc" => {
                if let Some(block) = field(node, "block") {
                    return self.block_value(block);
                }
            }
            "require" | "require_relative" | "load" | "autoload" => self.require(node, name),
            "block_given?" => return self.other(Vec::new(), at),
            "new" => {
                if let Some(id) = self.nests.last().map(|n| n.id) {
                    let ty = TypeName::simple(self.unit.unit().type_decl(id).name.clone());
                    let args = self.all_args(node);
                    return self.unit.expr(ExprKind::New { ty: Some(ty), args, init: Vec::new() }, at);
                }
            }
            "format" | "sprintf" => {
                let args = self.all_args(node);
                let values: Vec<ExprId> = args.iter().map(|a| a.value).collect();
                if let Some((format, rest)) = values.split_first()
                    && let Some(text) = self.format(*format, rest, at)
                {
                    return text;
                }
                let callee = self.unit.name(name, span(method));
                return self.unit.call(callee, args, at);
            }
            _ => {}
        }
        let callee = match method.kind() {
            "constant" | "identifier" => self.unit.name(name, span(method)),
            _ => self.expr(method),
        };
        let args = self.all_args(node);
        self.unit.call(callee, args, at)
    }

    fn member_call(&mut self, node: Node<'_>, receiver: Node<'_>, name: &str) -> ExprId {
        let at = span(node);
        if name == "new"
            && let Some(ty) = self.created_type(receiver)
        {
            let args = self.all_args(node);
            return self.unit.expr(ExprKind::New { ty: Some(ty), args, init: Vec::new() }, at);
        }
        if matches!(name, "freeze" | "dup" | "to_s" | "to_str" | "strip" | "to_sym" | "itself" | "presence")
            && Self::is_plain_call(node)
            && field(node, "block").is_none()
        {
            return self.receiver(receiver);
        }
        if name == "nil?" && Self::is_plain_call(node) {
            let left = self.receiver(receiver);
            let right = self.unit.expr(ExprKind::Null, at);
            let op = crate::ir::BinaryOp::Eq;
            return self.unit.expr(ExprKind::Binary { op, left, right }, at);
        }
        let object = self.receiver(receiver);
        if matches!(name, "merge!" | "update" | "store") {
            return self.put(object, name, node);
        }
        // `A::B(x)` is a method of A; `A::B` is no call at all.
        let callee = self.unit.member(object, name, at);
        let args = self.all_args(node);
        self.unit.call(callee, args, at)
    }

    /// `map.store(key, value)`, `map.merge!(a: 1)`: assignments, where the call shows the keys.
    fn put(&mut self, object: ExprId, name: &str, node: Node<'_>) -> ExprId {
        let at = span(node);
        let args = self.all_args(node);
        let values: Vec<ExprId> = args.iter().map(|a| a.value).collect();
        let entries = match (name, values.as_slice()) {
            ("store", [key, value]) => vec![(*key, *value)],
            (_, [only]) => match self.kind_of(*only) {
                ExprKind::Map(entries) => entries,
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if entries.is_empty() {
            let callee = self.unit.member(object, name, at);
            return self.unit.call(callee, args, at);
        }
        let mut steps = Vec::new();
        for (index, value) in entries {
            let target = self.unit.expr(ExprKind::Index { object, index }, at);
            steps.push(self.unit.expr(ExprKind::Assign { target, value }, at));
        }
        steps.push(object);
        self.other(steps, at)
    }

    fn created_type(&mut self, node: Node<'_>) -> Option<TypeName> {
        if self.source(node) == "self" || self.source(node) == "self.class" {
            let id = self.nests.last()?.id;
            return Some(TypeName::simple(self.unit.unit().type_decl(id).name.clone()));
        }
        let ty = self.type_name(node)?;
        // A constant that holds a class is a variable.
        Some(ty)
    }

    /// `super`: the method of the base class, with the same arguments when none are given.
    fn call_super(&mut self, list: Option<Node<'_>>, args: Vec<Arg>, at: Span) -> ExprId {
        let method = self.method.clone().unwrap_or_default();
        let mut args = args;
        if list.is_none() {
            for param in method.params {
                let value = self.unit.name(param, at);
                args.push(Arg::positional(value));
            }
        }
        let base = self.unit.expr(ExprKind::Base, at);
        let callee = if method.is_constructor { base } else { self.unit.member(base, method.name, at) };
        self.unit.call(callee, args, at)
    }

    fn require(&mut self, node: Node<'_>, name: &str) {
        let Some(list) = field(node, "arguments") else { return };
        let Some(path) = kids(list).last().copied() else { return };
        let value = self.expr(path);
        let ExprKind::Str(text) = self.kind_of(value) else { return };
        let path = match name {
            "require_relative" | "load" => {
                let bare = text.trim_start_matches("./");
                let bare = format!("{}.rb", bare.strip_suffix(".rb").unwrap_or(bare));
                if bare.starts_with("../") { bare } else { format!("./{bare}") }
            }
            _ => text.to_string(),
        };
        self.unit.unit().imports.push(Import {
            path: path.into(),
            member: None,
            alias: None,
            span: span(node),
        });
    }

    /// Arguments, or the elements of an array. Pairs become one map at the end.
    pub(super) fn args(&mut self, list: Node<'_>) -> Vec<Arg> {
        let mut args = Vec::new();
        let mut pairs = Vec::new();
        let mut block = None;
        for kid in kids(list) {
            match kid.kind() {
                "pair" | "hash_splat_argument" => pairs.push(kid),
                "splat_argument" => {
                    if let Some(inner) = kids(kid).first() {
                        let value = self.expr(*inner);
                        args.push(Arg { kind: ArgKind::Splat, value });
                    }
                }
                "block_argument" => block = Some(kid),
                "block" | "do_block" | "forward_argument" | "heredoc_body" => {}
                _ => {
                    let value = self.expr(kid);
                    args.push(Arg::positional(value));
                }
            }
        }
        if let (Some(first), Some(last)) = (pairs.first(), pairs.last()) {
            let at = span(*first).to(span(*last));
            let value = self.hash(&pairs, at);
            args.push(Arg::positional(value));
        }
        if let Some(block) = block {
            let value = self.passed_block(block);
            args.push(Arg::named(BLOCK, value));
        }
        self.errors_of(list);
        args
    }

    /// `&block`, `&:name`.
    fn passed_block(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let Some(inner) = kids(node).first().copied() else { return self.unit.name(BLOCK, at) };
        if inner.kind() != "simple_symbol" {
            return self.expr(inner);
        }
        let name: Sym = self.source(inner).trim_start_matches(':').into();
        let mut function = Function::new("", FunctionKind::Lambda, at);
        function.owner = self.nests.last().map(|n| n.id);
        function.params = vec![super::decl::param("it".into(), at)];
        let id = self.unit.function(function);
        let object = self.unit.name("it", at);
        let callee = self.unit.member(object, name, at);
        let value = self.unit.call(callee, Vec::new(), at);
        let mut body = Block::new();
        self.push(StmtKind::Return(Some(value)), at, &mut body);
        self.unit.set_body(id, body);
        self.unit.expr(ExprKind::Lambda(id), at)
    }

    /// A block or lambda as a function value.
    pub(super) fn block_value(&mut self, node: Node<'_>) -> ExprId {
        let at = Span::new(node.start_byte(), node.start_byte());
        let mut function = Function::new("", FunctionKind::Lambda, at);
        function.owner = self.nests.last().map(|n| n.id);
        let scope = self.locals.last().cloned().unwrap_or_default();
        self.locals.push(scope);
        let mut start = Block::new();
        function.params = self.params(field(node, "parameters"), &mut start);
        if function.params.is_empty() {
            // `_1` and `it` name what a block without parameters is given.
            let source = self.source(node);
            let implicit = ["_1", "it"]
                .into_iter()
                .find(|n| source.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == *n));
            if let Some(name) = implicit.filter(|n| !self.is_local(n)) {
                self.declare(name);
                function.params.push(super::decl::param(name.into(), at));
            }
        }
        let id = self.unit.function(function);
        let mut inner = field(node, "body").unwrap_or(node);
        if matches!(inner.kind(), "block" | "do_block") && inner != node {
            // A lambda's body is a block.
            inner = field(inner, "body").unwrap_or(inner);
        }
        self.function_body(id, inner, start);
        self.locals.pop();
        self.unit.expr(ExprKind::Lambda(id), span(node))
    }

    /// The statements of a function; the last one's value is what it returns.
    pub(super) fn function_body(&mut self, id: FuncId, body: Node<'_>, start: Block) {
        let pending = std::mem::take(&mut self.pending);
        let mut block = start;
        match body.kind() {
            "body_statement" | "block_body" => self.guarded(body, Tail::Return, &mut block),
            // An empty block.
            "block" | "do_block" | "lambda" => {}
            _ => self.item(body, Tail::Return, &mut block),
        }
        block.append(&mut self.pending);
        self.unit.set_body(id, block);
        self.pending = pending;
    }
}
