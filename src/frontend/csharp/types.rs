//! Type names, attributes, parameters and modifiers.

use tree_sitter::Node;

use super::{Reader, field, kids, parts, span};
use crate::ir::{Arg, Attribute, Param, TypeName};

impl Reader<'_> {
    /// A type as written; `None` for `var` and `void`.
    pub(super) fn type_name(&mut self, node: Node<'_>) -> Option<TypeName> {
        let mut node = node;
        loop {
            match node.kind() {
                "nullable_type" | "array_type" | "pointer_type" | "ref_type" | "scoped_type" => {
                    node = field(node, "type")?;
                }
                "predefined_type" => {
                    let name = self.source(node);
                    return (name != "void").then(|| TypeName::simple(name));
                }
                "tuple_type" => {
                    let elements: Vec<_> = kids(node).iter().filter_map(|k| field(*k, "type")).collect();
                    return Some(TypeName { name: "ValueTuple".into(), args: self.type_list(&elements) });
                }
                "identifier" | "generic_name" | "qualified_name" | "alias_qualified_name" => {
                    let (names, args) = self.dotted(node);
                    let names: Vec<&str> = names.iter().map(|n| self.source(*n)).collect();
                    let name = names.join(".").replace('@', "");
                    return Some(TypeName { name: name.into(), args });
                }
                "function_pointer_type" => return Some(TypeName::simple("delegate*")),
                // `var`, and what is no type.
                _ => return None,
            }
        }
    }

    fn type_list(&mut self, nodes: &[Node<'_>]) -> Vec<TypeName> {
        let mut types = Vec::with_capacity(nodes.len());
        for node in nodes {
            if self.enter(*node) {
                types.extend(self.type_name(*node));
                self.leave();
            }
        }
        types
    }

    /// The identifiers of a dotted name, without `global::`, and the type arguments of the last one.
    pub(super) fn dotted<'n>(&mut self, node: Node<'n>) -> (Vec<Node<'n>>, Vec<TypeName>) {
        let mut names = Vec::new();
        let mut args = Vec::new();
        let mut node = Some(node);
        while let Some(current) = node {
            node = None;
            match current.kind() {
                "qualified_name" => {
                    if let Some(name) = field(current, "name") {
                        self.simple_name(name, &mut names, &mut args);
                    }
                    node = field(current, "qualifier");
                }
                "alias_qualified_name" => {
                    if let Some(name) = field(current, "name") {
                        self.simple_name(name, &mut names, &mut args);
                    }
                    node = field(current, "alias").filter(|alias| self.source(*alias) != "global");
                }
                _ => self.simple_name(current, &mut names, &mut args),
            }
        }
        names.reverse();
        (names, args)
    }

    fn simple_name<'n>(&mut self, node: Node<'n>, names: &mut Vec<Node<'n>>, args: &mut Vec<TypeName>) {
        if node.kind() == "generic_name" {
            if names.is_empty() {
                *args = self.type_args(node);
            }
            names.extend(kids(node).first());
        } else {
            names.push(node);
        }
    }

    /// The type arguments of a generic name.
    pub(super) fn type_args(&mut self, generic: Node<'_>) -> Vec<TypeName> {
        let list = kids(generic).into_iter().find(|k| k.kind() == "type_argument_list");
        list.map_or_else(Vec::new, |list| self.type_list(&kids(list)))
    }

    /// The attributes in the attribute lists of a declaration.
    pub(super) fn attributes(&mut self, node: Node<'_>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        for list in kids(node).into_iter().filter(|k| k.kind() == "attribute_list") {
            for attribute in kids(list).into_iter().filter(|k| k.kind() == "attribute") {
                let Some(name) = field(attribute, "name").and_then(|n| self.type_name(n)) else { continue };
                let mut args = Vec::new();
                let lists = kids(attribute).into_iter().filter(|k| k.kind() == "attribute_argument_list");
                for argument in lists.flat_map(kids) {
                    let label = field(argument, "name");
                    let Some(value) = kids(argument).into_iter().rfind(|k| Some(*k) != label) else {
                        continue;
                    };
                    let value = self.expr(value);
                    args.push(match label {
                        Some(label) => Arg::named(self.ident(label), value),
                        None => Arg::positional(value),
                    });
                }
                attributes.push(Attribute { name: name.name, args, span: span(attribute) });
            }
        }
        attributes
    }

    /// The declaration carries this modifier.
    pub(super) fn has_modifier(&self, node: Node<'_>, modifier: &str) -> bool {
        kids(node).iter().any(|k| k.kind() == "modifier" && self.source(*k) == modifier)
    }

    /// Parameters, and whether the first one is a `this` parameter.
    pub(super) fn params(&mut self, list: Option<Node<'_>>) -> (Vec<Param>, bool) {
        let mut params = Vec::new();
        let mut extends = false;
        let Some(list) = list else { return (params, extends) };
        if list.kind() == "implicit_parameter" {
            return (vec![self.param(list, None, list)], false);
        }
        let mut rest_type = None;
        for (name, part) in parts(list) {
            match (name, part.kind()) {
                (_, "parameter") => {
                    extends |= params.is_empty() && self.has_modifier(part, "this");
                    let ty = field(part, "type").and_then(|t| self.type_name(t));
                    let Some(name) = field(part, "name") else { continue };
                    let mut param = self.param(name, ty, part);
                    let tail = kids(part).pop();
                    if let Some(value) = tail.filter(|t| t.start_byte() > name.start_byte()) {
                        param.default = Some(self.expr_as(value, param.ty.clone()));
                    }
                    params.push(param);
                }
                (Some("type"), _) => rest_type = self.type_name(part),
                (Some("name"), _) => {
                    let mut param = self.param(part, rest_type.take(), part);
                    param.is_rest = true;
                    params.push(param);
                }
                _ => {}
            }
        }
        self.errors_of(list);
        (params, extends)
    }

    fn param(&self, name: Node<'_>, ty: Option<TypeName>, node: Node<'_>) -> Param {
        Param {
            name: self.ident(name),
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
