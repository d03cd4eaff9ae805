//! `include` and `require`: which file is meant.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{kids, span};
use crate::ir::{ExprId, ExprKind, Import};

impl Reader<'_> {
    /// `require_once __DIR__ . '/config.php'`: the file becomes an import, and the value what it returns.
    pub(super) fn include(&mut self, node: Node<'_>) -> ExprId {
        let Some(path) = kids(node).first().copied() else { return self.children(node) };
        let value = self.expr(path);
        let Some(path) = self.include_path(value) else { return self.other(vec![value], span(node)) };
        let place = path.strip_suffix(".php").unwrap_or(&path).to_owned();
        self.unit.unit().imports.push(Import {
            path: path.into(),
            member: None,
            alias: None,
            span: span(node),
        });
        let module = self.unit.expr(ExprKind::Module(place.into()), span(node));
        self.unit.member(module, "default", span(node))
    }

    /// The literal end of a path, relative to the file where nothing else is known.
    fn include_path(&mut self, value: ExprId) -> Option<String> {
        let parts = match self.kind_of(value) {
            ExprKind::Template(parts) => parts,
            _ => vec![value],
        };
        let mut path = String::new();
        for part in parts {
            match self.kind_of(part) {
                ExprKind::Str(text) => path.push_str(&text),
                // `dirname(__FILE__)`, a constant: the file is known by the rest of the path.
                _ => path.clear(),
            }
        }
        let path = path.replace('\\', "/");
        let path = path.trim_start_matches("./").trim_start_matches('/');
        if path.is_empty() || !path.contains('.') || path.contains("://") {
            return None;
        }
        Some(if path.starts_with("../") { path.to_owned() } else { format!("./{path}") })
    }
}
