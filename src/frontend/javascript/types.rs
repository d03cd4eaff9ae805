//! Type names and decorators.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{Attribute, TypeName};

impl Reader<'_> {
    /// The type of an annotation, without what only says when the value is there: `Promise`, `| null`.
    pub(super) fn type_name(&mut self, node: Node<'_>) -> Option<TypeName> {
        if !self.enter(node) {
            return None;
        }
        let name = self.type_inside(node);
        self.leave();
        name
    }

    fn type_inside(&mut self, node: Node<'_>) -> Option<TypeName> {
        match node.kind() {
            "type_annotation" | "array_type" | "readonly_type" | "parenthesized_type" => {
                self.type_name(*kids(node).first()?)
            }
            "union_type" => {
                let mut known = Vec::new();
                let mut stack = vec![node];
                while let Some(node) = stack.pop() {
                    match node.kind() {
                        "union_type" => stack.extend(kids(node)),
                        "literal_type" => {}
                        _ => known.push(node),
                    }
                }
                match known.as_slice() {
                    [only] => self.type_name(*only),
                    _ => None,
                }
            }
            "type_identifier" | "nested_type_identifier" | "identifier" | "member_expression" => {
                Some(TypeName::simple(self.source(node)))
            }
            "predefined_type" => {
                let name = self.source(node);
                (!matches!(name, "void" | "any" | "unknown" | "never")).then(|| TypeName::simple(name))
            }
            "generic_type" => {
                let name = self.ident(field(node, "name")?);
                let args = self.type_args(node);
                let is_wrapper = matches!(
                    name.rsplit('.').next().unwrap_or_default(),
                    "Promise" | "PromiseLike" | "Observable" | "Array" | "Readonly" | "Partial" | "Required"
                );
                match (is_wrapper, args.as_slice()) {
                    (true, [only]) => Some(only.clone()),
                    (true, _) => None,
                    (false, _) => Some(TypeName { name, args }),
                }
            }
            _ => None,
        }
    }

    /// The type arguments of a generic type or call.
    pub(super) fn type_args(&mut self, node: Node<'_>) -> Vec<TypeName> {
        let Some(list) = field(node, "type_arguments") else { return Vec::new() };
        let mut args = Vec::new();
        for arg in kids(list) {
            args.extend(self.type_name(arg));
        }
        args
    }

    /// The declared type of a variable, parameter or field.
    pub(super) fn declared_type(&mut self, node: Node<'_>) -> Option<TypeName> {
        field(node, "type").and_then(|t| self.type_name(t))
    }

    /// The decorators among the children of a node.
    pub(super) fn decorators(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        for decorator in kids(node).into_iter().filter(|k| k.kind() == "decorator") {
            let Some(inner) = kids(decorator).first().copied() else { continue };
            let (name, list) = match inner.kind() {
                "call_expression" => (field(inner, "function"), field(inner, "arguments")),
                _ => (Some(inner), None),
            };
            let Some(name) = name.map(|n| self.ident(n)) else { continue };
            let args = list.map(|l| self.args(l)).unwrap_or_default();
            attributes.push(Attribute { name, args, span: span(decorator) });
        }
        attributes
    }
}
