//! Imports, functions, types, variables and constants.

use tree_sitter::Node;

use super::literal::text_of;
use super::{Reader, Results, field, fields, kids, span};
use crate::ir::{
    Block, ExprId, ExprKind, Field, Function, FunctionKind, Import, Span, StmtKind, Sym, TypeDecl, TypeId,
    TypeName, package_name,
};

impl Reader<'_> {
    /// Lowers a declaration; `false` when the node is none.
    pub(super) fn declaration(&mut self, node: Node<'_>, out: &mut Block) -> bool {
        match node.kind() {
            "package_clause" => {}
            "import_declaration" => {
                for kid in kids(node) {
                    match kid.kind() {
                        "import_spec" => self.import(kid),
                        _ => kids(kid).into_iter().for_each(|spec| self.import(spec)),
                    }
                }
            }
            "function_declaration" => {
                self.function(node, FunctionKind::Function, None);
            }
            "method_declaration" => self.method(node),
            "type_declaration" => {
                for spec in kids(node) {
                    self.type_spec(spec);
                }
            }
            "const_declaration" => self.constants(node, out),
            "var_declaration" => {
                for kid in kids(node) {
                    match kid.kind() {
                        "var_spec" => self.variable(kid, out),
                        _ => kids(kid).into_iter().for_each(|spec| self.variable(spec, out)),
                    }
                }
            }
            _ => return false,
        }
        self.errors_of(node);
        true
    }

    fn import(&mut self, spec: Node<'_>) {
        let Some(path) = field(spec, "path") else { return };
        let path = text_of(self.source(path));
        let (member, alias) = match field(spec, "name").map(|n| self.source(n)) {
            Some(".") => (Some("*".into()), None),
            Some("_") => (None, None),
            Some(name) => (None, Some(name.into())),
            None => (None, Some(package_name(&path).into())),
        };
        self.unit.unit().imports.push(Import { path: path.into(), member, alias, span: span(spec) });
    }

    /// A function with its parameters, results and body.
    pub(super) fn function(
        &mut self,
        node: Node<'_>,
        kind: FunctionKind,
        owner: Option<TypeId>,
    ) -> crate::ir::FuncId {
        let name = field(node, "name");
        let at = name.map_or_else(|| span(node), span);
        let mut function = Function::new(name.map(|n| self.ident(n)).unwrap_or_default(), kind, at);
        function.owner = owner;
        function.params = field(node, "parameters").map(|p| self.params(p)).unwrap_or_default();
        let (results, returns) = self.results(field(node, "result"));
        function.returns = returns;
        // A parameter may have the name of the receiver of the method around a function literal.
        let hides = function.params.iter().any(|p| Some(&p.name) == self.receiver.as_ref());
        let names = results.names.clone();
        let id = self.unit.function(function);
        let Some(body) = field(node, "body") else { return id };
        let outer_results = std::mem::replace(&mut self.results, results);
        let outer_receiver = self.receiver.clone();
        if hides {
            self.receiver = None;
        }
        let outer_place = std::mem::replace(&mut self.in_function, true);
        let mut block = Block::new();
        for name in names {
            self.push(StmtKind::Let { name, ty: None, value: None }, at, &mut block);
        }
        block.append(&mut self.block(body));
        self.unit.set_body(id, block);
        self.in_function = outer_place;
        self.results = outer_results;
        self.receiver = outer_receiver;
        id
    }

    fn results(&mut self, node: Option<Node<'_>>) -> (Results, Option<TypeName>) {
        let Some(node) = node else { return (Results::default(), None) };
        if node.kind() != "parameter_list" {
            return (Results { count: 1, ..Results::default() }, self.type_name(node));
        }
        let mut results = Results::default();
        let mut types = Vec::new();
        for part in kids(node) {
            let names = fields(part, "name");
            results.count += names.len().max(1);
            results.names.extend(names.iter().map(|n| self.ident(*n)).filter(|n| n.as_ref() != "_"));
            if let Some(ty) = field(part, "type") {
                results.error_last = self.source(ty) == "error";
                types.push(self.type_name(ty));
            }
        }
        let single = results.count == 1 || results.count == 2 && results.error_last;
        let returns = if single { types.into_iter().next().flatten() } else { None };
        (results, returns)
    }

    fn method(&mut self, node: Node<'_>) {
        let receiver = field(node, "receiver").and_then(|list| kids(list).first().copied());
        let Some(receiver) = receiver else {
            self.function(node, FunctionKind::Function, None);
            return;
        };
        let ty = field(receiver, "type").and_then(|t| self.type_name(t));
        let owner = ty.map(|t| self.type_named(&t.name, span(receiver)));
        let name = field(receiver, "name").map(|n| self.ident(n));
        let outer = std::mem::replace(&mut self.receiver, name);
        let id = self.function(node, FunctionKind::Method, owner);
        self.receiver = outer;
        if let Some(owner) = owner {
            self.unit.unit().types[owner.index()].methods.push(id);
        }
    }

    /// The type of this name; one without fields when another file of the package declares it.
    fn type_named(&mut self, name: &Sym, at: Span) -> TypeId {
        if let Some(id) = self.types.get(name) {
            return *id;
        }
        let id = self.unit.type_decl(TypeDecl {
            name: name.clone(),
            bases: Vec::new(),
            is_interface: false,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes: Vec::new(),
            span: at,
        });
        self.types.insert(name.clone(), id);
        id
    }

    fn type_spec(&mut self, spec: Node<'_>) {
        let (Some(name_node), Some(ty)) = (field(spec, "name"), field(spec, "type")) else { return };
        let name = self.ident(name_node);
        let id = self.type_named(&name, span(name_node));
        self.unit.unit().types[id.index()].span = span(name_node);
        match ty.kind() {
            "struct_type" => {
                for list in kids(ty) {
                    for part in kids(list) {
                        self.struct_field(part, id);
                    }
                    self.errors_of(list);
                }
            }
            "interface_type" => {
                self.unit.unit().types[id.index()].is_interface = true;
                self.interfaces.push(name);
                for part in kids(ty) {
                    self.interface_part(part, id);
                }
            }
            // The methods of the other type do not come along, but what it holds does.
            _ => {
                let base = self.type_name(ty).filter(|t| t.args.is_empty());
                self.unit.unit().types[id.index()].bases.extend(base);
            }
        }
    }

    fn struct_field(&mut self, part: Node<'_>, owner: TypeId) {
        let Some(ty_node) = field(part, "type") else { return };
        let ty = self.type_name(ty_node);
        let names = fields(part, "name");
        let mut found: Vec<(Sym, Span)> = names.iter().map(|n| (self.ident(*n), span(*n))).collect();
        if found.is_empty()
            && let Some(ty) = &ty
        {
            // An embedded type lends its members, and is a member by its own name.
            found.push((ty.short().into(), span(ty_node)));
            self.unit.unit().types[owner.index()].bases.push(ty.clone());
        }
        for (name, at) in found {
            let decl = Field {
                name,
                ty: ty.clone(),
                init: None,
                is_static: false,
                attributes: Vec::new(),
                span: at,
            };
            self.unit.unit().types[owner.index()].fields.push(decl);
        }
    }

    fn interface_part(&mut self, part: Node<'_>, owner: TypeId) {
        if part.kind() == "method_elem" {
            let id = self.function(part, FunctionKind::Method, Some(owner));
            self.unit.unit().types[owner.index()].methods.push(id);
            return;
        }
        for base in kids(part) {
            let base = self.type_name(base);
            self.unit.unit().types[owner.index()].bases.extend(base);
        }
    }

    fn constants(&mut self, node: Node<'_>, out: &mut Block) {
        let mut last: Option<Node<'_>> = None;
        for (index, spec) in kids(node).into_iter().enumerate() {
            let value = field(spec, "value");
            // A constant without a value repeats the expression before.
            last = value.or(last);
            let values = last.map(kids).unwrap_or_default();
            for (name, value) in fields(spec, "name").into_iter().zip(values) {
                let at = span(name);
                let name = self.ident(name);
                let value = if self.counts(value) {
                    self.unit.expr(ExprKind::Num(index.to_string().into()), at)
                } else {
                    self.expr(value)
                };
                let ty = field(spec, "type").and_then(|t| self.type_name(t));
                self.push(StmtKind::Let { name, ty, value: Some(value) }, at, out);
            }
        }
    }

    /// The value comes from `iota`.
    fn counts(&self, value: Node<'_>) -> bool {
        self.source(value).split(|c: char| !c.is_alphanumeric()).any(|word| word == "iota")
    }

    fn variable(&mut self, spec: Node<'_>, out: &mut Block) {
        let names = fields(spec, "name");
        let ty_node = field(spec, "type");
        let ty = ty_node.and_then(|t| self.type_name(t));
        if let Some(values) = field(spec, "value") {
            let values = kids(values);
            if values.len() == names.len() {
                for (name, value) in names.into_iter().zip(values) {
                    let value = self.expr(value);
                    let kind = StmtKind::Let { name: self.ident(name), ty: ty.clone(), value: Some(value) };
                    self.push(kind, span(spec), out);
                }
            } else {
                self.assign(&names, &values, true, span(spec), out);
            }
            return;
        }
        for name in names {
            let value = ty_node.and_then(|t| self.zero(t));
            // A variable of the package is known to be one by its initial value.
            let value =
                value.or_else(|| (!self.in_function).then(|| self.unit.expr(ExprKind::Null, span(name))));
            let kind = StmtKind::Let { name: self.ident(name), ty: ty.clone(), value };
            self.push(kind, span(spec), out);
        }
    }

    /// The value that a variable of a type has from the start; `None` for nil.
    fn zero(&mut self, ty: Node<'_>) -> Option<ExprId> {
        let at = span(ty);
        Some(match ty.kind() {
            "map_type" => self.unit.expr(ExprKind::Map(Vec::new()), at),
            "slice_type" | "array_type" => self.unit.expr(ExprKind::List(Vec::new()), at),
            // Decoders fill such a variable with anything.
            "struct_type" | "interface_type" => {
                self.unit.expr(ExprKind::New { ty: None, args: Vec::new(), init: Vec::new() }, at)
            }
            "type_identifier" | "qualified_type" | "generic_type" => {
                let name = self.source(ty);
                if name == "error" || self.interfaces.iter().any(|i| i.as_ref() == name) {
                    return None;
                }
                match self.type_name(ty) {
                    Some(ty) => {
                        let kind = ExprKind::New { ty: Some(ty), args: Vec::new(), init: Vec::new() };
                        self.unit.expr(kind, at)
                    }
                    None if name == "any" => {
                        let kind = ExprKind::New { ty: None, args: Vec::new(), init: Vec::new() };
                        self.unit.expr(kind, at)
                    }
                    // An empty text or `false` is soon replaced, often through a pointer (flags).
                    None => self.other(Vec::new(), at),
                }
            }
            _ => return None,
        })
    }
}
