//! Imports, wherever they stand in the file.

use tree_sitter::Node;

use super::{Reader, field, fields, kids, span};
use crate::ir::{Import, Sym};

impl Reader<'_> {
    /// Collects the imports of the whole file: those inside functions and `try` blocks count as well.
    pub(super) fn imports(&mut self, root: Node<'_>) {
        let mut cursor = root.walk();
        loop {
            let node = cursor.node();
            match node.kind() {
                "import_statement" => self.import(node),
                "import_from_statement" => self.import_from(node),
                _ => {}
            }
            // Imports stand in statements; no expression holds one.
            let deeper = matches!(
                node.kind(),
                "module"
                    | "block"
                    | "ERROR"
                    | "function_definition"
                    | "class_definition"
                    | "decorated_definition"
                    | "if_statement"
                    | "elif_clause"
                    | "else_clause"
                    | "try_statement"
                    | "except_clause"
                    | "except_group_clause"
                    | "finally_clause"
                    | "with_statement"
                    | "for_statement"
                    | "while_statement"
                    | "match_statement"
                    | "case_clause"
            );
            if deeper && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() || cursor.node() == root {
                    return;
                }
            }
        }
    }

    /// `import a.b, c as d`.
    fn import(&mut self, node: Node<'_>) {
        for name in fields(node, "name") {
            let (path, alias) = self.renamed(name);
            if alias == path && path.contains('.') {
                self.dotted.insert(path.clone());
            }
            self.add_import(Import { path, member: None, alias: Some(alias), span: span(name) });
        }
    }

    /// `from a.b import c as d, e`, `from . import f`, `from g import *`.
    fn import_from(&mut self, node: Node<'_>) {
        let Some(module) = field(node, "module_name") else { return };
        let path: Sym = relative_path(self.source(module)).into();
        if kids(node).iter().any(|k| k.kind() == "wildcard_import") {
            let member = Some("*".into());
            self.add_import(Import { path, member, alias: None, span: span(node) });
            return;
        }
        for name in fields(node, "name") {
            let (member, alias) = self.renamed(name);
            let import =
                Import { path: path.clone(), member: Some(member), alias: Some(alias), span: span(name) };
            self.add_import(import);
        }
    }

    /// What is imported, and the name that it gets.
    fn renamed(&self, node: Node<'_>) -> (Sym, Sym) {
        match (node.kind(), field(node, "name"), field(node, "alias")) {
            ("aliased_import", Some(name), Some(alias)) => (self.dotted_name(name), self.sym(alias)),
            _ => {
                let path = self.dotted_name(node);
                (path.clone(), path)
            }
        }
    }

    /// A dotted name without the white space that may stand in it.
    fn dotted_name(&self, node: Node<'_>) -> Sym {
        self.source(node).split_whitespace().collect::<String>().into()
    }

    fn add_import(&mut self, import: Import) {
        self.unit.unit().imports.push(import);
    }
}

/// `..lib.auth` as `../lib/auth`; an absolute path stays as it is.
fn relative_path(module: &str) -> String {
    let module: String = module.split_whitespace().collect();
    let dots = module.len() - module.trim_start_matches('.').len();
    if dots == 0 {
        return module;
    }
    let mut path = if dots == 1 { String::from(".") } else { vec![".."; dots - 1].join("/") };
    let rest = &module[dots..];
    if !rest.is_empty() {
        path.push('/');
        path.push_str(&rest.replace('.', "/"));
    }
    path
}
