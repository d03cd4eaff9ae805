//! Functions, their parameters and decorators.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::{Owner, Reader, Receiver, field, kids, span};
use crate::ir::{Attribute, Block, Function, FunctionKind, Param, Span, StmtKind, Sym};

impl Reader<'_> {
    /// Lowers a declaration; false when the node is none.
    pub(super) fn declaration(&mut self, node: Node<'_>, out: &mut Block) -> bool {
        match node.kind() {
            "function_definition" => self.function(node, Vec::new(), out),
            "class_definition" => self.class(node, Vec::new(), out),
            "decorated_definition" => {
                let attributes = self.attributes(node);
                self.errors_of(node);
                match field(node, "definition") {
                    Some(inner) if inner.kind() == "class_definition" => self.class(inner, attributes, out),
                    Some(inner) => self.function(inner, attributes, out),
                    None => return false,
                }
            }
            _ => return false,
        }
        true
    }

    fn attributes(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        for decorator in kids(node).into_iter().filter(|k| k.kind() == "decorator") {
            let Some(inner) = kids(decorator).first().copied() else { continue };
            let (name, args) = match (inner.kind(), field(inner, "function"), field(inner, "arguments")) {
                ("call", Some(function), Some(arguments)) => (function, self.args(arguments)),
                _ => (inner, Vec::new()),
            };
            attributes.push(Attribute { name: self.sym(name), args, span: span(decorator) });
        }
        attributes
    }

    /// Finds the functions that the top level defines more than once.
    pub(super) fn find_redefined(&mut self, root: Node<'_>) {
        let mut seen: BTreeSet<Sym> = BTreeSet::new();
        for kid in kids(root) {
            let inner = field(kid, "definition").unwrap_or(kid);
            if inner.kind() == "function_definition"
                && let Some(name) = field(inner, "name")
            {
                let name = self.sym(name);
                if !seen.insert(name.clone()) {
                    self.redefined.insert(name);
                }
            }
        }
    }

    /// A function that belongs to no class.
    fn function(&mut self, node: Node<'_>, attributes: Vec<Attribute>, out: &mut Block) {
        let Some(name) = field(node, "name") else { return };
        let mut function = Function::new(self.sym(name), FunctionKind::Function, span(name));
        function.attributes = attributes;
        let is_nested = self.functions > 0;
        let needs_place = is_nested || self.redefined.contains(&function.name);
        let id = self.lower_function(node, function, None);
        if needs_place {
            self.push(StmtKind::Define(id), span(name), out);
        }
    }

    /// A function of a class.
    pub(super) fn method(&mut self, node: Node<'_>, attributes: Vec<Attribute>, owner: &Owner) {
        let Some(name) = field(node, "name") else { return };
        let own = self.sym(name);
        let has = |wanted: &str| attributes.iter().any(|a| *a.name == *wanted);
        let writes = attributes.iter().any(|a| a.name.ends_with(".setter"));
        let reads = attributes.iter().any(|a| {
            let short = a.name.rsplit('.').next().unwrap_or(&a.name);
            matches!(short, "property" | "cached_property")
        });
        let (kind, name_of) = match &*own {
            "__init__" => (FunctionKind::Constructor, owner.name.clone()),
            _ if writes => (FunctionKind::Setter, own),
            _ if reads => (FunctionKind::Getter, own),
            _ if has("staticmethod") || has("classmethod") => (FunctionKind::StaticMethod, own),
            _ => (FunctionKind::Method, own),
        };
        let mut function = Function::new(name_of, kind, span(name));
        function.owner = Some(owner.id);
        let first = if has("staticmethod") { None } else { self.first_param(node) };
        let receiver = first.map(|n| {
            if has("classmethod") || matches!(&*function.name, "__new__" | "__init_subclass__") {
                Receiver::Class(n)
            } else {
                Receiver::Instance(n)
            }
        });
        function.attributes = attributes;
        let id = self.lower_function(node, function, receiver);
        let function = &mut self.unit.unit().functions[id.index()];
        if function.kind == FunctionKind::Setter {
            // Its parameter has one name in all languages.
            let alias = function.params.first().map(|p| (p.name.clone(), p.span));
            if let Some((name, at)) = alias.filter(|(n, _)| **n != *"value") {
                function.params[0].name = "value".into();
                let value = self.unit.name("value", at);
                let rename = self.unit.stmt(StmtKind::Let { name, ty: None, value: Some(value) }, at);
                self.unit.unit().functions[id.index()].body.insert(0, rename);
            }
        }
        self.unit.unit().types[owner.id.index()].methods.push(id);
    }

    fn first_param(&self, node: Node<'_>) -> Option<Sym> {
        let first = kids(field(node, "parameters")?).first().copied()?;
        match first.kind() {
            "identifier" => Some(self.sym(first)),
            "typed_parameter" => kids(first).first().map(|n| self.sym(*n)),
            _ => None,
        }
    }

    fn lower_function(
        &mut self,
        node: Node<'_>,
        mut function: Function,
        receiver: Option<Receiver>,
    ) -> crate::ir::FuncId {
        let is_method = function.owner.is_some();
        function.params = field(node, "parameters").map(|p| self.params(p)).unwrap_or_default();
        if receiver.is_some() && !function.params.is_empty() {
            function.params.remove(0);
        }
        function.returns = field(node, "return_type").and_then(|t| self.type_name(t));
        if !is_method {
            function.owner = self.owner.as_ref().filter(|_| self.functions > 0).map(|o| o.id);
        }
        let id = self.unit.function(function);
        let Some(body) = field(node, "body") else { return id };
        let outer_receiver =
            if is_method { Some(std::mem::replace(&mut self.receiver, receiver)) } else { None };
        let (globals, nonlocals) = self.scope_words(body);
        let outer_globals = std::mem::replace(&mut self.globals, globals);
        let outer_nonlocals = std::mem::replace(&mut self.nonlocals, nonlocals);
        let outer_pending = std::mem::take(&mut self.pending);
        let in_class_body = std::mem::replace(&mut self.in_class_body, false);
        self.functions += 1;
        let block = self.block(body);
        self.functions -= 1;
        self.in_class_body = in_class_body;
        self.unit.set_body(id, block);
        self.pending = outer_pending;
        self.nonlocals = outer_nonlocals;
        self.globals = outer_globals;
        if let Some(outer) = outer_receiver {
            self.receiver = outer;
        }
        self.errors_of(node);
        id
    }

    /// What `global` and `nonlocal` name in a function, without the functions in it.
    fn scope_words(&self, body: Node<'_>) -> (BTreeSet<Sym>, BTreeSet<Sym>) {
        let (mut globals, mut nonlocals) = (BTreeSet::new(), BTreeSet::new());
        let mut todo = vec![body];
        while let Some(node) = todo.pop() {
            let names = match node.kind() {
                "global_statement" => &mut globals,
                "nonlocal_statement" => &mut nonlocals,
                "function_definition" | "class_definition" | "expression_statement" | "return_statement" => {
                    continue;
                }
                _ => {
                    todo.extend(kids(node));
                    continue;
                }
            };
            names.extend(kids(node).into_iter().map(|k| self.sym(k)));
        }
        (globals, nonlocals)
    }

    /// The parameters of a function or lambda.
    pub(super) fn params(&mut self, list: Node<'_>) -> Vec<Param> {
        let mut params = Vec::new();
        for node in kids(list) {
            let (name, is_rest) = match node.kind() {
                "identifier" => (Some(node), false),
                "typed_parameter" => match kids(node).first().copied() {
                    Some(inner) if inner.kind() == "identifier" => (Some(inner), false),
                    Some(inner) => (kids(inner).first().copied(), true),
                    None => (None, false),
                },
                "default_parameter" | "typed_default_parameter" => (field(node, "name"), false),
                "list_splat_pattern" | "dictionary_splat_pattern" => (kids(node).first().copied(), true),
                _ => (None, false),
            };
            let Some(name) = name else { continue };
            let default = field(node, "value").map(|v| self.expr(v));
            let ty = field(node, "type").and_then(|t| self.type_name(t));
            params.push(Param {
                name: self.sym(name),
                ty,
                default,
                is_switch: false,
                is_rest,
                from_pipeline: false,
                aliases: Vec::new(),
                span: Span::new(node.start_byte(), node.end_byte()),
            });
        }
        params
    }
}
