//! Type names, annotations, parameters and modifiers.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{kid, kids, parts, span};
use crate::ir::{Arg, Attribute, Param, TypeName};

/// Kinds of node that are types.
pub(super) fn is_type(kind: &str) -> bool {
    matches!(
        kind,
        "user_type" | "nullable_type" | "parenthesized_type" | "not_nullable_type" | "function_type"
    )
}

impl Reader<'_> {
    /// A type as written; `None` for function types.
    pub(super) fn type_name(&mut self, node: Node<'_>) -> Option<TypeName> {
        let mut node = node;
        loop {
            match node.kind() {
                "nullable_type" | "parenthesized_type" | "not_nullable_type" | "type_projection"
                | "receiver_type" => {
                    node = kids(node).into_iter().find(|k| is_type(k.kind()))?;
                }
                "user_type" => {
                    let mut names = Vec::new();
                    let mut args = Vec::new();
                    for part in kids(node) {
                        match part.kind() {
                            "type_identifier" => {
                                names.push(self.ident(part).to_string());
                                args.clear();
                            }
                            "type_arguments" => args = self.type_args(part),
                            _ => {}
                        }
                    }
                    return Some(TypeName { name: names.join(".").into(), args });
                }
                "type_identifier" | "simple_identifier" => return Some(TypeName::simple(self.ident(node))),
                _ => return None,
            }
        }
    }

    /// The types between angle brackets.
    pub(super) fn type_args(&mut self, list: Node<'_>) -> Vec<TypeName> {
        let mut types = Vec::new();
        for node in kids(list) {
            if self.enter(node) {
                types.extend(self.type_name(node));
                self.leave();
            }
        }
        types
    }

    /// The type that a declaration names.
    pub(super) fn declared(&mut self, node: Node<'_>) -> Option<TypeName> {
        let ty = kids(node).into_iter().find(|k| is_type(k.kind()))?;
        self.type_name(ty)
    }

    /// The annotations among the modifiers of a declaration.
    pub(super) fn attributes(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let mut found = Vec::new();
        let modifiers =
            kids(node).into_iter().filter(|k| matches!(k.kind(), "modifiers" | "parameter_modifiers"));
        for modifiers in modifiers {
            found.append(&mut self.annotations(modifiers));
        }
        found
    }

    /// The annotations in a list of modifiers.
    pub(super) fn annotations(&mut self, modifiers: Node<'_>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        for annotation in kids(modifiers).into_iter().filter(|k| k.kind() == "annotation") {
            for part in kids(annotation) {
                let (ty, args) = match part.kind() {
                    "constructor_invocation" => (kid(part, "user_type"), kid(part, "value_arguments")),
                    "user_type" => (Some(part), None),
                    _ => continue,
                };
                let Some(ty) = ty.and_then(|t| self.type_name(t)) else { continue };
                let args: Vec<Arg> = args.map(|a| self.args(a)).unwrap_or_default();
                attributes.push(Attribute { name: ty.short().into(), args, span: span(annotation) });
            }
        }
        attributes
    }

    /// The parameters of a function, with their annotations; they come into force.
    pub(super) fn params(&mut self, list: Option<Node<'_>>) -> (Vec<Param>, Vec<Vec<Attribute>>) {
        let (mut params, mut attributes): (Vec<Param>, Vec<Vec<Attribute>>) = (Vec::new(), Vec::new());
        let Some(list) = list else { return (params, attributes) };
        let mut notes = Vec::new();
        let mut rest = false;
        let mut is_default = false;
        for (_, part) in parts(list) {
            match part.kind() {
                "parameter_modifiers" => {
                    notes = self.annotations(part);
                    rest = self.source(part).contains("vararg");
                }
                "parameter" => {
                    let Some(name) = kid(part, "simple_identifier") else { continue };
                    let ty = self.declared(part);
                    let mut param = self.param(name, ty, part);
                    param.is_rest = std::mem::take(&mut rest);
                    params.push(param);
                    attributes.push(std::mem::take(&mut notes));
                }
                "=" => is_default = true,
                "," => is_default = false,
                _ if is_default && part.is_named() => {
                    is_default = false;
                    let value = self.expr(part);
                    if let Some(param) = params.last_mut() {
                        param.default = Some(value);
                    }
                }
                _ => {}
            }
        }
        self.errors_of(list);
        (params, attributes)
    }

    pub(super) fn param(&mut self, name: Node<'_>, ty: Option<TypeName>, node: Node<'_>) -> Param {
        let name = self.ident(name);
        self.local(&name);
        plain_param(name, ty, span(node))
    }
}

/// A parameter without anything special.
pub(super) fn plain_param(name: crate::ir::Sym, ty: Option<TypeName>, at: crate::ir::Span) -> Param {
    Param {
        name,
        ty,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span: at,
    }
}
