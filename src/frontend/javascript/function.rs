//! Functions and their parameters.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{Block, ExprId, ExprKind, FuncId, Function, FunctionKind, Param, Span, StmtKind, Sym};

/// A parameter that is taken apart: its pattern, and the name that holds it.
type Pattern<'n> = (Node<'n>, Sym);

impl Reader<'_> {
    /// A function value.
    pub(super) fn lambda(&mut self, node: Node<'_>) -> ExprId {
        let at = Span::new(node.start_byte(), node.start_byte());
        let mut function = Function::new("", FunctionKind::Lambda, at);
        function.owner = self.owner;
        let id = self.unit.function(function);
        self.fill(id, node);
        self.unit.expr(ExprKind::Lambda(id), span(node))
    }

    /// A named function; a nested one is defined where it stands.
    pub(super) fn function(&mut self, name: Sym, node: Node<'_>, at: Span, out: &mut Block) {
        let mut function = Function::new(name, FunctionKind::Function, at);
        if self.nesting > 0 {
            function.owner = self.owner;
        }
        let id = self.unit.function(function);
        if self.nesting > 0 {
            self.push(StmtKind::Define(id), at, out);
        }
        self.fill(id, node);
    }

    /// Parameters, result type and body of a function.
    pub(super) fn fill(&mut self, id: FuncId, node: Node<'_>) {
        let returns = field(node, "return_type").and_then(|t| self.type_name(t));
        let list = field(node, "parameters").or_else(|| field(node, "parameter"));
        let (params, patterns) = self.params(list);
        let function = &mut self.unit.unit().functions[id.index()];
        function.params = params;
        function.returns = returns;
        if let Some(body) = field(node, "body") {
            self.body(id, body, &patterns);
        }
        self.errors_of(node);
    }

    fn body(&mut self, id: FuncId, body: Node<'_>, patterns: &[Pattern<'_>]) {
        let outer = std::mem::take(&mut self.pending);
        self.nesting += 1;
        let mut block = Block::new();
        for (pattern, name) in patterns {
            let value = self.unit.name(name.clone(), span(*pattern));
            self.take_apart(*pattern, value, true, &mut block);
        }
        if body.kind() == "statement_block" {
            self.statements(body, &mut block);
        } else {
            let value = self.expr(body);
            block.append(&mut self.pending);
            self.push(StmtKind::Return(Some(value)), span(body), &mut block);
        }
        self.nesting -= 1;
        self.unit.set_body(id, block);
        self.pending = outer;
    }

    pub(super) fn params<'n>(&mut self, list: Option<Node<'n>>) -> (Vec<Param>, Vec<Pattern<'n>>) {
        let (mut params, mut patterns) = (Vec::new(), Vec::new());
        let Some(list) = list else { return (params, patterns) };
        if list.kind() == "identifier" {
            return (vec![param(self.ident(list), list)], patterns);
        }
        for part in kids(list) {
            let ty = self.declared_type(part);
            let mut pattern = match part.kind() {
                "required_parameter" | "optional_parameter" => {
                    match field(part, "pattern").or_else(|| field(part, "name")) {
                        Some(inner) => inner,
                        None => continue,
                    }
                }
                _ => part,
            };
            let mut default = field(part, "value");
            if pattern.kind() == "assignment_pattern" {
                default = field(pattern, "right");
                let Some(left) = field(pattern, "left") else { continue };
                pattern = left;
            }
            let is_rest = pattern.kind() == "rest_pattern";
            if is_rest && let Some(inner) = kids(pattern).first() {
                pattern = *inner;
            }
            let mut param = match pattern.kind() {
                "identifier" => param(self.ident(pattern), part),
                "object_pattern" | "array_pattern" => {
                    let name = Self::hidden(pattern);
                    patterns.push((pattern, name.clone()));
                    param(name, part)
                }
                // `this` in TypeScript is no parameter.
                _ => continue,
            };
            (param.ty, param.is_rest) = (ty, is_rest);
            param.default = default.map(|d| self.expr(d));
            params.push(param);
        }
        self.errors_of(list);
        (params, patterns)
    }
}

fn param(name: Sym, node: Node<'_>) -> Param {
    Param {
        name,
        ty: None,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span: span(node),
    }
}
