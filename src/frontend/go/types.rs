//! Type names and parameters.

use tree_sitter::Node;

use super::{Reader, field, fields, kids, span};
use crate::ir::{Param, TypeName};

/// Types that say nothing about where a value goes.
const PLAIN: &[&str] = &[
    "string",
    "bool",
    "byte",
    "rune",
    "any",
    "error",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uintptr",
    "float32",
    "float64",
    "complex64",
    "complex128",
];

impl Reader<'_> {
    /// A type as written, without pointers; a slice or channel is a type with one argument. `None` for the
    /// plain types and for nameless ones.
    pub(super) fn type_name(&mut self, node: Node<'_>) -> Option<TypeName> {
        if !self.enter(node) {
            return None;
        }
        let found = self.type_inside(node);
        self.leave();
        found
    }

    fn type_inside(&mut self, node: Node<'_>) -> Option<TypeName> {
        match node.kind() {
            "pointer_type" | "parenthesized_type" | "type_elem" | "type_constraint" => {
                let inner = kids(node).first().copied()?;
                self.type_name(inner)
            }
            "slice_type" | "array_type" | "implicit_length_array_type" => {
                let inner = field(node, "element").and_then(|e| self.type_name(e))?;
                Some(TypeName { name: "[]".into(), args: vec![inner] })
            }
            "channel_type" => {
                let inner = field(node, "value").and_then(|e| self.type_name(e))?;
                Some(TypeName { name: "chan".into(), args: vec![inner] })
            }
            "generic_type" => {
                let name = self.source(field(node, "type")?).into();
                let args = field(node, "type_arguments").map(kids).unwrap_or_default();
                let args = args.into_iter().filter_map(|a| self.type_name(a)).collect();
                Some(TypeName { name, args })
            }
            "type_identifier" | "qualified_type" | "identifier" => {
                let name = self.source(node);
                (!PLAIN.contains(&name)).then(|| TypeName::simple(name))
            }
            _ => None,
        }
    }

    /// Is this the name of a plain type, whose call converts?
    pub(super) fn is_plain(name: &str) -> bool {
        PLAIN.contains(&name)
    }

    pub(super) fn params(&mut self, list: Node<'_>) -> Vec<Param> {
        let mut params = Vec::new();
        for part in kids(list) {
            let ty = field(part, "type").and_then(|t| self.type_name(t));
            let is_rest = part.kind() == "variadic_parameter_declaration";
            let names = fields(part, "name");
            let places = if names.is_empty() { vec![part] } else { names };
            for place in places {
                let name = if place == part { "_".into() } else { self.ident(place) };
                params.push(Param {
                    name,
                    ty: ty.clone(),
                    default: None,
                    is_switch: false,
                    is_rest,
                    from_pipeline: false,
                    aliases: Vec::new(),
                    span: span(place),
                });
            }
        }
        params
    }
}
