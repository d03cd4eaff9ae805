//! The creation of objects, and types without a name.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{field, kid, kids, span};
use crate::ir::{Arg, Block, ExprId, ExprKind, Init, StmtKind, TypeName};

impl Reader<'_> {
    /// `new T(…)` and `new T(…) { … }`.
    pub(super) fn creation(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let ty = field(node, "type").and_then(|t| self.type_name(t));
        let args = field(node, "arguments").map(|a| self.args(a)).unwrap_or_default();
        let is_text = ty.as_ref().is_some_and(|t| matches!(t.short(), "StringBuilder" | "StringBuffer"));
        let Some(body) = kid(node, "class_body") else {
            if is_text {
                // A number is a capacity.
                let parts: Vec<ExprId> =
                    args.iter().map(|a| a.value).filter(|a| !self.is_number(*a)).collect();
                return if parts.is_empty() {
                    self.unit.str("", at)
                } else {
                    self.unit.expr(ExprKind::Template(parts), at)
                };
            }
            return self.unit.expr(ExprKind::New { ty, args, init: Vec::new() }, at);
        };
        let members = kids(body);
        match members.as_slice() {
            // `new HashMap<>() {{ put(a, b); }}`
            [only] if only.kind() == "block" => self.filled(ty, args, *only, at),
            [only] if only.kind() == "method_declaration" && args.is_empty() => {
                self.lambda(field(*only, "parameters"), field(*only, "body"), at)
            }
            _ => self.nameless_object(ty, args, body, node),
        }
    }

    fn is_number(&mut self, id: ExprId) -> bool {
        matches!(self.unit.unit().expr(id).kind, ExprKind::Num(_))
    }

    /// An object that statements fill as it is made.
    fn filled(
        &mut self,
        ty: Option<TypeName>,
        args: Vec<Arg>,
        block: Node<'_>,
        at: crate::ir::Span,
    ) -> ExprId {
        let mut init = Vec::new();
        let mut rest = Block::new();
        for statement in kids(block) {
            let call = kids(statement).first().copied().filter(|c| {
                statement.kind() == "expression_statement"
                    && c.kind() == "method_invocation"
                    && field(*c, "object").is_none_or(|o| o.kind() == "this")
            });
            let values: Vec<ExprId> = match call.and_then(|c| field(c, "arguments")) {
                Some(list) => self.args(list).into_iter().map(|a| a.value).collect(),
                None => {
                    self.item(statement, &mut rest);
                    continue;
                }
            };
            match values.as_slice() {
                [key, value] => init.push(Init::Entry(*key, *value)),
                values => init.extend(values.iter().map(|v| Init::Element(*v))),
            }
        }
        let value = self.unit.expr(ExprKind::New { ty, args, init }, at);
        if rest.is_empty() {
            return value;
        }
        self.push(StmtKind::Emit(value), at, &mut rest);
        self.unit.expr(ExprKind::Block(rest), at)
    }

    /// An object of a type without a name, which keeps what it sees of the code around it.
    fn nameless_object(
        &mut self,
        ty: Option<TypeName>,
        args: Vec<Arg>,
        body: Node<'_>,
        node: Node<'_>,
    ) -> ExprId {
        let at = span(node);
        let base = ty.as_ref().map_or("Object", TypeName::short).to_owned();
        let name = self.nameless_type(&base);
        let id = self.new_type(name.clone(), ty.into_iter().collect(), false, at);
        self.open_level(id, true);
        self.body_of_type(id, Some(body), at);
        let sets = self.close_level(at);
        let init = self.captures(sets, at);
        self.unit.expr(ExprKind::New { ty: Some(TypeName::simple(name)), args, init }, at)
    }
}
