//! Type names, annotations, parameters and modifiers.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{field, has_token, injected, kid, kids, span};
use crate::ir::{Arg, Attribute, Param, TypeName};

impl Reader<'_> {
    /// A type as written; `None` for `var` and `void`.
    pub(super) fn type_name(&mut self, node: Node<'_>) -> Option<TypeName> {
        let mut node = node;
        loop {
            match node.kind() {
                "array_type" => node = field(node, "element")?,
                "annotated_type" | "wildcard" | "catch_type" => {
                    node = kids(node).into_iter().rfind(|k| !k.kind().ends_with("annotation"))?;
                }
                "integral_type" | "floating_point_type" | "boolean_type" => {
                    return Some(TypeName::simple(self.source(node)));
                }
                "generic_type" => {
                    let args = self.type_args(node);
                    let base = kids(node).first().copied().filter(|b| b.kind() != "type_arguments")?;
                    let mut ty = self.type_name(base)?;
                    ty.args = args;
                    return Some(ty);
                }
                "type_identifier" | "identifier" => {
                    let name = self.source(node);
                    return (name != "var").then(|| TypeName::simple(name));
                }
                "scoped_type_identifier" | "scoped_identifier" => {
                    let name: String = self.source(node).split_whitespace().collect();
                    let name = name.split('<').next().unwrap_or_default().to_owned();
                    return Some(TypeName::simple(name));
                }
                // `void`, and what is no type.
                _ => return None,
            }
        }
    }

    /// The type arguments of a generic type or a call.
    pub(super) fn type_args(&mut self, node: Node<'_>) -> Vec<TypeName> {
        let Some(list) = kid(node, "type_arguments") else { return Vec::new() };
        self.type_list(list)
    }

    pub(super) fn type_list(&mut self, list: Node<'_>) -> Vec<TypeName> {
        let mut types = Vec::new();
        for node in kids(list) {
            if self.enter(node) {
                types.extend(self.type_name(node));
                self.leave();
            }
        }
        types
    }

    /// The declaration carries this modifier.
    #[expect(clippy::unused_self, reason = "as in the other front ends")]
    pub(super) fn has_modifier(&self, node: Node<'_>, modifier: &str) -> bool {
        kid(node, "modifiers").is_some_and(|m| has_token(m, modifier))
    }

    /// The annotations of a declaration.
    pub(super) fn attributes(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let mut found: Vec<Node<'_>> = kid(node, "modifiers").map(kids).unwrap_or_default();
        found.extend(kids(node));
        let mut attributes = Vec::new();
        for annotation in found {
            if !matches!(annotation.kind(), "annotation" | "marker_annotation") {
                continue;
            }
            let Some(name) = field(annotation, "name") else { continue };
            let name = self.source(name).rsplit('.').next().unwrap_or_default().trim();
            let mut args = Vec::new();
            for argument in field(annotation, "arguments").map(kids).unwrap_or_default() {
                match (field(argument, "key"), field(argument, "value")) {
                    (Some(key), Some(value)) if argument.kind() == "element_value_pair" => {
                        let value = self.expr(value);
                        args.push(Arg::named(self.ident(key), value));
                    }
                    _ => args.push(Arg::positional(self.expr(argument))),
                }
            }
            attributes.push(Attribute { name: name.into(), args, span: span(annotation) });
        }
        attributes
    }

    /// The parameters of a method or lambda; they come into force.
    pub(super) fn params(&mut self, list: Option<Node<'_>>) -> Vec<Param> {
        self.noted_params(list).0
    }

    /// The parameters with their annotations.
    pub(super) fn noted_params(&mut self, list: Option<Node<'_>>) -> (Vec<Param>, Vec<Vec<Attribute>>) {
        let mut params = Vec::new();
        let mut notes = Vec::new();
        let Some(list) = list else { return (params, notes) };
        if list.kind() == "identifier" {
            return (vec![self.param(list, None, list)], notes);
        }
        for part in kids(list) {
            match part.kind() {
                "identifier" => params.push(self.param(part, None, part)),
                "formal_parameter" => {
                    let ty = field(part, "type").and_then(|t| self.type_name(t));
                    let Some(name) = field(part, "name") else { continue };
                    let attributes = self.attributes(part);
                    let mut param = self.param(name, ty, part);
                    param.default = injected(&mut self.unit, &attributes, param.ty.as_ref());
                    params.push(param);
                    notes.push(attributes);
                }
                "spread_parameter" => {
                    let inner = kids(part);
                    let ty =
                        inner.iter().find(|k| k.kind().ends_with("type") || k.kind() == "type_identifier");
                    let ty = ty.and_then(|t| self.type_name(*t));
                    let name = kid(part, "variable_declarator").and_then(|d| field(d, "name"));
                    let Some(name) = name else { continue };
                    let mut param = self.param(name, ty, part);
                    param.is_rest = true;
                    params.push(param);
                    notes.push(Vec::new());
                }
                _ => {}
            }
        }
        self.errors_of(list);
        (params, notes)
    }

    fn param(&mut self, name: Node<'_>, ty: Option<TypeName>, node: Node<'_>) -> Param {
        let name = self.ident(name);
        self.local(&name);
        Param {
            name,
            ty,
            default: None,
            is_switch: false,
            is_rest: false,
            from_pipeline: false,
            aliases: Vec::new(),
            span: span(node),
        }
    }
}
