//! Methods, classes and modules.

use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::Node;

use super::call::BLOCK;
use super::stmt::Tail;
use super::{Method, Nest, Reader};
use crate::frontend::tree::{all_kids, field, kids, span};
use crate::ir::{
    Block, ExprKind, Field, Function, FunctionKind, Param, Span, StmtKind, Sym, TypeDecl, TypeName,
};

impl Reader<'_> {
    /// Lowers a declaration; `false` when the node is none.
    pub(super) fn declaration(&mut self, node: Node<'_>, out: &mut Block) -> bool {
        match node.kind() {
            "class" | "module" => self.class(node),
            "singleton_class" => {
                // `class << self`
                let outer = self.nests.last_mut().map(|n| std::mem::replace(&mut n.is_static, true));
                for member in field(node, "body").map(all_kids).unwrap_or_default() {
                    self.item(member, Tail::Drop, out);
                }
                if let (Some(nest), Some(outer)) = (self.nests.last_mut(), outer) {
                    nest.is_static = outer;
                }
            }
            "method" | "singleton_method" => self.method(node),
            "assignment" if self.method.is_none() => return self.class_constant(node),
            "call" if self.method.is_none() => return self.class_directive(node),
            "identifier" if self.method.is_none() && self.source(node) == "module_function" => {
                if let Some(nest) = self.nests.last_mut() {
                    nest.is_static = true;
                }
            }
            _ => return false,
        }
        true
    }

    fn class(&mut self, node: Node<'_>) {
        let Some(name_node) = field(node, "name") else { return };
        let name = self.source(name_node).rsplit("::").next().unwrap_or_default();
        let superclass = field(node, "superclass").and_then(|s| kids(s).first().copied());
        let bases: Vec<TypeName> = superclass.and_then(|s| self.type_name(s)).into_iter().collect();
        let id = self.unit.type_decl(TypeDecl {
            name: name.into(),
            bases,
            is_interface: false,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes: Vec::new(),
            span: span(name_node),
        });
        self.nests.push(Nest {
            id,
            constants: BTreeSet::new(),
            attributes: BTreeSet::new(),
            assigned: BTreeMap::new(),
            is_static: false,
        });
        let method = self.method.take();
        self.locals.push(BTreeSet::new());
        let mut loose = Block::new();
        for member in field(node, "body").map(all_kids).unwrap_or_default() {
            self.item(member, Tail::Drop, &mut loose);
        }
        self.locals.pop();
        self.method = method;
        let Some(nest) = self.nests.pop() else { return };
        for (name, at) in nest.assigned {
            self.add_field(id, plain_field(name, at));
        }
        if !loose.is_empty() {
            // What the body of a class does: a method without a name holds it.
            let mut function = Function::new("", FunctionKind::Method, span(name_node));
            function.owner = Some(id);
            let func = self.unit.function(function);
            self.unit.unit().types[id.index()].methods.push(func);
            self.unit.set_body(func, loose);
        }
    }

    fn add_field(&mut self, id: crate::ir::TypeId, new: Field) {
        let fields = &mut self.unit.unit().types[id.index()].fields;
        if !fields.iter().any(|f| f.name == new.name) {
            fields.push(new);
        }
    }

    /// `NAME = value` and `@@name = value` in the body of a class.
    fn class_constant(&mut self, node: Node<'_>) -> bool {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else { return false };
        let Some(id) = self.nests.last().map(|n| n.id) else { return false };
        if !matches!(left.kind(), "constant" | "class_variable") {
            return false;
        }
        let name: Sym = self.source(left).into();
        let mut constant = plain_field(name.clone(), span(left));
        constant.is_static = true;
        constant.init = Some(self.expr(right));
        if let Some(nest) = self.nests.last_mut() {
            nest.constants.insert(name);
        }
        self.add_field(id, constant);
        true
    }

    /// `include`, `attr_accessor` and the like in the body of a class.
    fn class_directive(&mut self, node: Node<'_>) -> bool {
        if field(node, "receiver").is_some() {
            return false;
        }
        let (Some(id), Some(method)) = (self.nests.last().map(|n| n.id), field(node, "method")) else {
            return false;
        };
        let args = field(node, "arguments").map(kids).unwrap_or_default();
        match self.source(method) {
            "include" | "extend" | "prepend" => {
                for arg in args {
                    match self.type_name(arg) {
                        Some(ty) => self.unit.unit().types[id.index()].bases.push(ty),
                        None if self.source(arg) == "self" => {
                            if let Some(nest) = self.nests.last_mut() {
                                nest.is_static = true;
                            }
                        }
                        None => {}
                    }
                }
            }
            "attr_accessor" | "attr_reader" | "attr_writer" | "mattr_accessor" | "cattr_accessor"
            | "class_attribute" | "attribute" => {
                for arg in args.into_iter().filter(|a| a.kind() == "simple_symbol") {
                    let name: Sym = self.source(arg).trim_start_matches(':').into();
                    if let Some(nest) = self.nests.last_mut() {
                        nest.attributes.insert(name.clone());
                    }
                    self.add_field(id, plain_field(name, span(arg)));
                }
            }
            "private"
            | "protected"
            | "public"
            | "private_class_method"
            | "module_function"
            | "public_class_method"
            | "private_constant" => {
                // `private def x`
                let mut out = Block::new();
                for arg in args {
                    if matches!(arg.kind(), "method" | "singleton_method") {
                        self.declaration(arg, &mut out);
                    }
                }
            }
            _ => return false,
        }
        true
    }

    fn method(&mut self, node: Node<'_>) {
        let Some(name_node) = field(node, "name") else { return };
        let written = self.source(name_node);
        let owner = self.nests.last().map(|n| n.id);
        let is_static = node.kind() == "singleton_method" || self.nests.last().is_some_and(|n| n.is_static);
        let is_setter = name_node.kind() == "setter";
        let is_constructor = written == "initialize" && owner.is_some() && !is_static;
        let kind = match owner {
            None => FunctionKind::Function,
            Some(_) if is_constructor => FunctionKind::Constructor,
            Some(_) if is_static => FunctionKind::StaticMethod,
            Some(_) if is_setter => FunctionKind::Setter,
            Some(_) => FunctionKind::Method,
        };
        let name: Sym = match owner.filter(|_| is_constructor) {
            Some(owner) => self.unit.unit().type_decl(owner).name.clone(),
            None => written.trim_end_matches(if is_setter { "=" } else { "" }).into(),
        };
        let mut function = Function::new(name.clone(), kind, span(name_node));
        function.owner = owner;
        self.locals.push(BTreeSet::new());
        let mut start = Block::new();
        function.params = self.params(field(node, "parameters"), &mut start);
        let params = function.params.iter().map(|p| p.name.clone()).filter(|p| &**p != BLOCK).collect();
        let outer = self.method.replace(Method { name, params, is_constructor, yields: false });
        let id = self.unit.function(function);
        if let Some(owner) = owner {
            self.unit.unit().types[owner.index()].methods.push(id);
        }
        match field(node, "body") {
            Some(body) => self.function_body(id, body, start),
            None => self.unit.set_body(id, start),
        }
        let method = std::mem::replace(&mut self.method, outer).unwrap_or_default();
        self.locals.pop();
        let function = &mut self.unit.unit().functions[id.index()];
        if method.yields && !function.params.iter().any(|p| &*p.name == BLOCK) {
            let at = function.span;
            function.params.push(param(BLOCK.into(), at));
            let default = self.unit.expr(ExprKind::Null, at);
            if let Some(param) = self.unit.unit().functions[id.index()].params.last_mut() {
                param.default = Some(default);
            }
        }
    }

    /// Parameters; what the body has to do before anything else goes to `start`.
    pub(super) fn params(&mut self, list: Option<Node<'_>>, start: &mut Block) -> Vec<Param> {
        let mut params = Vec::new();
        let Some(list) = list else { return params };
        for (number, node) in kids(list).into_iter().enumerate() {
            let at = span(node);
            match node.kind() {
                "identifier" => {
                    let name = self.source(node);
                    self.declare(name);
                    params.push(param(name.into(), at));
                }
                "optional_parameter" | "keyword_parameter" => {
                    let Some(name) = field(node, "name").map(|n| self.source(n)) else { continue };
                    let mut new = param(name.into(), at);
                    new.default = field(node, "value").map(|v| self.expr(v));
                    self.declare(name);
                    params.push(new);
                }
                "splat_parameter" | "hash_splat_parameter" => {
                    let name = field(node, "name").map_or("*", |n| self.source(n));
                    let mut new = param(name.into(), at);
                    self.declare(name);
                    if node.kind() == "splat_parameter" {
                        new.is_rest = true;
                    } else {
                        new.default = Some(self.unit.expr(ExprKind::Map(Vec::new()), at));
                    }
                    params.push(new);
                }
                "block_parameter" => {
                    let mut new = param(BLOCK.into(), at);
                    new.default = Some(self.unit.expr(ExprKind::Null, at));
                    params.push(new);
                    if let Some(name) = field(node, "name").map(|n| self.source(n)) {
                        self.declare(name);
                        let value = Some(self.unit.name(BLOCK, at));
                        self.push(StmtKind::Let { name: name.into(), ty: None, value }, at, start);
                    }
                }
                "destructured_parameter" => {
                    let name: Sym = format!("({number})").into();
                    params.push(param(name.clone(), at));
                    let value = self.unit.name(name, at);
                    let target = self.destructured(node);
                    let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
                    self.push(StmtKind::Expr(assign), at, start);
                }
                _ => {}
            }
            self.errors_of(node);
        }
        params
    }

    fn destructured(&mut self, node: Node<'_>) -> crate::ir::ExprId {
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let mut items = Vec::new();
        for kid in kids(node) {
            if kid.kind() == "destructured_parameter" {
                items.push(self.destructured(kid));
                continue;
            }
            let name = field(kid, "name").unwrap_or(kid);
            let name = self.source(name);
            self.declare(name);
            items.push(self.unit.name(name, span(kid)));
        }
        self.leave();
        self.unit.expr(ExprKind::List(items), span(node))
    }
}

/// A member of an instance without an initial value.
fn plain_field(name: Sym, at: Span) -> Field {
    Field { name, ty: None, init: None, is_static: false, attributes: Vec::new(), span: at }
}

pub(super) fn param(name: Sym, at: Span) -> Param {
    Param {
        name,
        ty: None,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span: at,
    }
}
