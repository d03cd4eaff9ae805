//! Functions and properties.

use tree_sitter::Node;

use super::Reader;
use super::types::{is_type, plain_param};
use crate::frontend::jvm::{declared_body, has_token, injected, kid, kids, noted, parts, span};
use crate::ir::{
    Block, ExprId, ExprKind, Field, FuncId, Function, FunctionKind, Span, StmtKind, Sym, TypeId, TypeName,
};

impl Reader<'_> {
    /// A property stands here, not a variable.
    pub(super) fn in_type(&self) -> bool {
        self.levels.last().is_some_and(|l| !l.in_body)
    }

    /// A function of a type, of the file, or local.
    pub(super) fn function(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(name) = kid(node, "simple_identifier") else { return };
        let is_static = self.levels.last().is_some_and(|l| l.is_static);
        let is_member = self.in_type();
        let kind = match (is_member, is_static) {
            (true, true) => FunctionKind::StaticMethod,
            (true, false) => FunctionKind::Method,
            (false, _) => FunctionKind::Function,
        };
        let mut function = Function::new(self.ident(name), kind, span(name));
        let receiver = node.child_by_field_name("receiver");
        let (mark, outer) = (self.mark(), self.receivers.clone());
        if let Some(receiver) = receiver {
            let this: Sym = self.fresh("this");
            self.local(&this);
            let ty = self.type_name(receiver);
            function.params.push(plain_param(this.clone(), ty, span(receiver)));
            function.is_extension = true;
            self.receivers = vec![this];
        } else if is_member {
            self.receivers.clear();
        }
        let (mut params, notes) = self.params(kid(node, "function_value_parameters"));
        for (param, notes) in params.iter_mut().zip(&notes) {
            if param.default.is_none() {
                param.default = injected(&mut self.unit, notes, param.ty.as_ref());
            }
        }
        function.params.append(&mut params);
        function.returns = self.result_type(node);
        function.attributes = self.attributes(node);
        let body = kid(node, "function_body");
        if body.is_none() && is_member {
            let owner = self.owner().map(|o| self.unit.unit().type_decl(o).attributes.clone());
            let block = declared_body(&mut self.unit, &function, &notes, &owner.unwrap_or_default());
            function.has_body = block.is_some();
            function.body = block.unwrap_or_default();
        }
        function.owner = if is_member { self.owner() } else { None };
        let is_top = self.levels.is_empty() && self.depth <= 1;
        let id = self.unit.function(function);
        match self.owner() {
            Some(owner) if is_member => self.unit.unit().types[owner.index()].methods.push(id),
            _ if is_top => {}
            _ => {
                let stmt = self.unit.stmt(StmtKind::Define(id), span(node));
                out.insert(0, stmt);
                let name = self.ident(name);
                self.forget(mark);
                self.local(&name);
            }
        }
        let mark = self.mark().max(mark);
        if let Some(body) = body {
            self.body(id, body);
            noted(&mut self.unit, id, &notes);
        }
        self.receivers = outer;
        self.forget(mark);
    }

    /// The type behind the colon that follows the parameters.
    fn result_type(&mut self, node: Node<'_>) -> Option<TypeName> {
        let parts = parts(node);
        let after = parts.iter().skip_while(|(_, p)| p.kind() != "function_value_parameters");
        let ty = after.map(|(_, p)| *p).find(|p| is_type(p.kind()))?;
        self.type_name(ty)
    }

    pub(super) fn secondary_constructor(&mut self, node: Node<'_>, out: &mut Block) {
        let Some(owner) = self.owner() else {
            return out.append(&mut self.pending);
        };
        let name = self.unit.unit().type_decl(owner).name.clone();
        let mut function = Function::new(name, FunctionKind::Constructor, span(node));
        let mark = self.mark();
        function.params = self.params(kid(node, "function_value_parameters")).0;
        function.owner = Some(owner);
        if let Some(call) = kid(node, "constructor_delegation_call")
            && let Some(args) = kid(call, "value_arguments")
        {
            let kind = if has_token(call, "this") { ExprKind::This } else { ExprKind::Base };
            function.delegates_to = Some(self.delegation(kind, args));
        }
        let id = self.unit.function(function);
        let block = self.in_function(|r| r.block_of(node));
        self.unit.set_body(id, block);
        self.unit.unit().types[owner.index()].methods.push(id);
        self.forget(mark);
    }

    /// Reads statements: what is declared there are variables.
    pub(super) fn in_function<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.levels.last_mut().map(|l| std::mem::replace(&mut l.in_body, true));
        let pending = std::mem::take(&mut self.pending);
        let result = read(self);
        self.pending = pending;
        if let (Some(level), Some(outer)) = (self.levels.last_mut(), outer) {
            level.in_body = outer;
        }
        result
    }

    /// The statements of a function: a block, or an expression that is returned.
    pub(super) fn body(&mut self, id: FuncId, body: Node<'_>) {
        let block = self.in_function(|r| {
            if has_token(body, "=") {
                let Some(value) = kids(body).last().copied() else { return Block::new() };
                let at = span(value);
                let value = r.expr(value);
                let mut block = std::mem::take(&mut r.pending);
                r.push(StmtKind::Return(Some(value)), at, &mut block);
                block
            } else {
                r.block_of(body)
            }
        });
        self.unit.set_body(id, block);
    }

    /// A function as a value.
    pub(super) fn function_value(&mut self, node: Node<'_>, at: Span) -> ExprId {
        let mark = self.mark();
        let start = Span::new(at.start as usize, at.start as usize);
        let mut function = Function::new("", FunctionKind::Lambda, start);
        function.params = self.params(kid(node, "function_value_parameters")).0;
        function.owner = self.owner();
        let id = self.unit.function(function);
        if let Some(body) = kid(node, "function_body") {
            self.body(id, body);
        }
        self.forget(mark);
        self.unit.expr(ExprKind::Lambda(id), at)
    }

    /// What a property or variable is set to: behind `=`, or what `by lazy { … }` gives.
    pub(super) fn initial_value(&mut self, node: Node<'_>) -> Option<ExprId> {
        if let Some(delegate) = kid(node, "property_delegate") {
            let value = kids(delegate).last().copied()?;
            let at = span(value);
            if self.source(value).starts_with("lazy")
                && let Some(lambda) = kid(value, "call_suffix")
                    .and_then(|s| kid(s, "annotated_lambda"))
                    .and_then(|l| kid(l, "lambda_literal"))
            {
                let callee = self.expr(lambda);
                return Some(self.unit.call(callee, Vec::new(), at));
            }
            return Some(self.expr(value));
        }
        let parts = parts(node);
        let value = parts.iter().skip_while(|(_, p)| p.kind() != "=").nth(1).map(|(_, p)| *p)?;
        Some(self.expr(value))
    }

    /// A property of a type.
    pub(super) fn property(&mut self, node: Node<'_>) {
        let Some(owner) = self.owner() else { return };
        let Some(variable) = kid(node, "variable_declaration") else { return };
        let Some(name) = kid(variable, "simple_identifier") else { return };
        let ty = self.declared(variable);
        let is_static = self.levels.last().is_some_and(|l| l.is_static);
        let attributes = self.attributes(node);
        let (getter, setter) = (kid(node, "getter"), kid(node, "setter"));
        let computed = getter.is_some_and(|g| kid(g, "function_body").is_some());
        let in_constructor = self.constructor_params(owner).is_some_and(|params| self.uses(node, &params));
        let mut init = if in_constructor { None } else { self.in_function(|r| r.initial_value(node)) };
        init = init.or_else(|| injected(&mut self.unit, &attributes, ty.as_ref()));
        if !computed || init.is_some() {
            let member = Field {
                name: self.ident(name),
                ty: ty.clone(),
                init,
                is_static,
                attributes,
                span: span(name),
            };
            self.unit.unit().types[owner.index()].fields.push(member);
        }
        self.last_property = Some((self.ident(name), ty));
        for accessor in [getter, setter].into_iter().flatten() {
            self.accessor(owner, accessor);
        }
    }

    /// An accessor on a line of its own belongs to the property before it.
    pub(super) fn late_accessor(&mut self, node: Node<'_>) {
        let (Some(owner), Some((name, _))) = (self.owner(), &self.last_property) else { return };
        if node.kind() == "getter" && kid(node, "function_body").is_some() {
            let name = name.clone();
            let fields = &mut self.unit.unit().types[owner.index()].fields;
            // What is computed and set nowhere is no field.
            fields.retain(|f| f.name != name || f.init.is_some());
        }
        self.accessor(owner, node);
    }

    fn accessor(&mut self, owner: TypeId, accessor: Node<'_>) {
        let Some((name, ty)) = self.last_property.clone() else { return };
        let Some(body) = kid(accessor, "function_body") else { return };
        let is_getter = accessor.kind() == "getter";
        let kind = if is_getter { FunctionKind::Getter } else { FunctionKind::Setter };
        let mut function = Function::new(name, kind, span(accessor));
        let mark = self.mark();
        function.owner = Some(owner);
        if is_getter {
            function.returns = ty;
        } else if let Some(param) = kid(accessor, "parameter_with_optional_type")
            && let Some(param) = kid(param, "simple_identifier")
        {
            function.params = vec![self.param(param, ty, param)];
        }
        let id = self.unit.function(function);
        self.unit.unit().types[owner.index()].methods.push(id);
        self.body(id, body);
        self.forget(mark);
    }

    /// The parameters of the constructor in the type's head.
    fn constructor_params(&mut self, owner: crate::ir::TypeId) -> Option<Vec<crate::ir::Param>> {
        let unit = self.unit.unit();
        let decl = unit.type_decl(owner);
        let constructor = decl.methods.iter().map(|m| unit.function(*m));
        let mut found = constructor.filter(|f| f.kind == FunctionKind::Constructor && f.span == decl.span);
        found.next().map(|f| f.params.clone())
    }
}
