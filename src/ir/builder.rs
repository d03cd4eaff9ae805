//! What front ends build a [`Unit`] with.

use super::{
    Arg, ArgKind, Block, Expr, ExprId, ExprKind, FuncId, Function, FunctionKind, Scope, Span, Stmt, StmtId,
    StmtKind, Sym, TypeDecl, TypeId, Unit,
};

/// Collects the nodes of one unit. Function 0, the top level, exists from the start.
#[derive(Debug)]
pub struct UnitBuilder {
    unit: Unit,
}

impl Default for UnitBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl UnitBuilder {
    /// An empty unit with an empty top-level function.
    #[must_use]
    pub fn new() -> Self {
        let mut unit = Unit::default();
        unit.functions.push(Function::new("", FunctionKind::TopLevel, Span::default()));
        Self { unit }
    }

    /// The unit so far, to set what has no method of its own.
    pub fn unit(&mut self) -> &mut Unit {
        &mut self.unit
    }

    /// Adds an expression.
    pub fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        self.unit.exprs.push(Expr { kind, span });
        ExprId((self.unit.exprs.len() - 1) as u32)
    }

    /// Adds a statement.
    pub fn stmt(&mut self, kind: StmtKind, span: Span) -> StmtId {
        self.unit.stmts.push(Stmt { kind, span });
        StmtId((self.unit.stmts.len() - 1) as u32)
    }

    /// Adds a function; its body may be set later through [`UnitBuilder::unit`].
    pub fn function(&mut self, function: Function) -> FuncId {
        self.unit.functions.push(function);
        FuncId((self.unit.functions.len() - 1) as u32)
    }

    /// Adds a type.
    pub fn type_decl(&mut self, decl: TypeDecl) -> TypeId {
        self.unit.types.push(decl);
        TypeId((self.unit.types.len() - 1) as u32)
    }

    /// Sets the body of a function.
    pub fn set_body(&mut self, function: FuncId, body: Block) {
        let function = &mut self.unit.functions[function.index()];
        function.body = body;
        function.has_body = true;
    }

    /// A string literal.
    pub fn str(&mut self, text: impl Into<Sym>, span: Span) -> ExprId {
        self.expr(ExprKind::Str(text.into()), span)
    }

    /// A name in lexical scope.
    pub fn name(&mut self, name: impl Into<Sym>, span: Span) -> ExprId {
        self.expr(ExprKind::Name { name: name.into(), scope: Scope::Lexical }, span)
    }

    /// A member access.
    pub fn member(&mut self, object: ExprId, name: impl Into<Sym>, span: Span) -> ExprId {
        self.expr(ExprKind::Member { object, name: name.into() }, span)
    }

    /// A call without type arguments.
    pub fn call(&mut self, callee: ExprId, args: Vec<Arg>, span: Span) -> ExprId {
        self.expr(ExprKind::Call { callee, args, type_args: Vec::new() }, span)
    }

    /// The finished unit.
    #[must_use]
    pub fn finish(self) -> Unit {
        self.unit
    }
}

impl Function {
    /// A function without parameters, owner and body.
    #[must_use]
    pub fn new(name: impl Into<Sym>, kind: FunctionKind, span: Span) -> Self {
        Self {
            name: name.into(),
            kind,
            owner: None,
            params: Vec::new(),
            is_extension: false,
            returns: None,
            attributes: Vec::new(),
            body: Block::new(),
            has_body: false,
            delegates_to: None,
            span,
        }
    }
}

impl Arg {
    /// A positional argument.
    #[must_use]
    pub fn positional(value: ExprId) -> Self {
        Self { kind: ArgKind::Positional, value }
    }

    /// A named argument.
    #[must_use]
    pub fn named(name: impl Into<Sym>, value: ExprId) -> Self {
        Self { kind: ArgKind::Named(name.into()), value }
    }
}
