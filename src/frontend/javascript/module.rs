//! Imports and exports, of both kinds of module.

use tree_sitter::Node;

use super::{Reader, field, has_token, kids, span};
use crate::ir::{Block, ExprKind, Import, Scope, StmtKind, Sym};

impl Reader<'_> {
    /// The path of a module as the IR writes it.
    fn module_path(&self, source: Node<'_>) -> Sym {
        let text = self.string(source);
        let text = text.strip_prefix("node:").unwrap_or(&text);
        let is_relative = text.starts_with("./") || text.starts_with("../");
        let extensions = [".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".jsx", ".tsx"];
        let bare = extensions.iter().find_map(|e| text.strip_suffix(e)).filter(|_| is_relative);
        bare.unwrap_or(text).into()
    }

    fn import(&mut self, path: &Sym, member: Option<Sym>, alias: Option<Sym>, node: Node<'_>) {
        let import = Import { path: path.clone(), member, alias, span: span(node) };
        self.unit.unit().imports.push(import);
    }

    pub(super) fn import_statement(&mut self, node: Node<'_>) {
        self.is_module = true;
        let source = field(node, "source");
        let path = source.map(|s| self.module_path(s));
        for clause in kids(node) {
            match (clause.kind(), &path) {
                // `import x = require('y')` of TypeScript.
                ("import_require_clause", _) => {
                    let Some(source) = field(clause, "source") else { continue };
                    let path = self.module_path(source);
                    let alias = kids(clause).first().map(|n| self.ident(*n));
                    self.import(&path, Some("default".into()), alias, node);
                }
                ("import_clause", Some(path)) => {
                    for part in kids(clause) {
                        match part.kind() {
                            "identifier" => {
                                let alias = self.ident(part);
                                self.import(path, Some("default".into()), Some(alias), node);
                            }
                            "namespace_import" => {
                                let alias = kids(part).first().map(|n| self.ident(*n));
                                self.import(path, None, alias, node);
                            }
                            "named_imports" => {
                                for one in kids(part) {
                                    let Some(name) = field(one, "name") else { continue };
                                    let name = self.ident(name);
                                    let alias = field(one, "alias").map(|a| self.ident(a));
                                    self.import(path, Some(name.clone()), Some(alias.unwrap_or(name)), one);
                                }
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        if let Some(path) = path
            && !kids(node).iter().any(|k| k.kind() == "import_clause")
        {
            self.import(&path, None, None, node);
        }
    }

    pub(super) fn export_statement(&mut self, node: Node<'_>, out: &mut Block) {
        self.is_module = true;
        if let Some(source) = field(node, "source") {
            return self.re_export(node, source);
        }
        let is_default = has_token(node, "default");
        if let Some(declaration) = field(node, "declaration") {
            let name = field(declaration, "name").map(|n| (self.ident(n), span(n)));
            match (is_default, name) {
                (true, None) => {
                    let value = self.expr(declaration);
                    self.export_default(value, node, out);
                }
                (true, Some((name, at))) => {
                    self.item(declaration, out);
                    let value = self.unit.name(name, at);
                    self.export_default(value, node, out);
                }
                (false, _) => self.item(declaration, out),
            }
            return;
        }
        if let Some(value) = field(node, "value") {
            let value = self.unwrapped(value);
            let value = self.expr(value);
            out.append(&mut self.pending);
            return self.export_default(value, node, out);
        }
        let assigned = has_token(node, "=");
        for part in kids(node) {
            match part.kind() {
                "export_clause" => {
                    for one in kids(part) {
                        let (Some(name), Some(alias)) = (field(one, "name"), field(one, "alias")) else {
                            continue;
                        };
                        let (name, alias) = (self.ident(name), self.ident(alias));
                        if name != alias {
                            let value = self.unit.name(name, span(one));
                            self.push(
                                StmtKind::Let { name: alias, ty: None, value: Some(value) },
                                span(one),
                                out,
                            );
                        }
                    }
                }
                // `export = x` of TypeScript.
                _ if assigned => {
                    let value = self.expr(part);
                    self.export_default(value, node, out);
                }
                _ => {}
            }
        }
    }

    fn export_default(&mut self, value: crate::ir::ExprId, node: Node<'_>, out: &mut Block) {
        self.push(StmtKind::Let { name: "default".into(), ty: None, value: Some(value) }, span(node), out);
    }

    /// `export … from './x'`
    fn re_export(&mut self, node: Node<'_>, source: Node<'_>) {
        let path = self.module_path(source);
        let mut named = false;
        for part in kids(node) {
            match part.kind() {
                "namespace_export" => {
                    named = true;
                    let alias = kids(part).first().map(|n| self.ident(*n));
                    self.import(&path, None, alias, node);
                }
                "export_clause" => {
                    named = true;
                    for one in kids(part) {
                        let Some(name) = field(one, "name") else { continue };
                        let name = self.ident(name);
                        let alias = field(one, "alias").map(|a| self.ident(a));
                        self.import(&path, Some(name.clone()), Some(alias.unwrap_or(name)), one);
                    }
                }
                _ => {}
            }
        }
        if !named {
            self.import(&path, Some("*".into()), None, node);
        }
    }

    /// The path that `require('x')` or `import('x')` loads.
    pub(super) fn loaded(&mut self, node: Node<'_>) -> Option<Sym> {
        if node.kind() != "call_expression" {
            return None;
        }
        let function = field(node, "function")?;
        if self.source(function) != "require" && function.kind() != "import" {
            return None;
        }
        let source = kids(field(node, "arguments")?).first().copied().filter(|s| s.kind() == "string")?;
        self.is_module = true;
        Some(self.module_path(source))
    }

    /// The name that `module.exports`, `exports.x` or `module.exports.x` gives to what it exports.
    pub(super) fn export_name(&mut self, node: Node<'_>) -> Option<Sym> {
        if node.kind() != "member_expression" {
            return None;
        }
        let (object, name) = (field(node, "object")?, field(node, "property")?);
        let name = match (self.source(object), self.source(name)) {
            ("module", "exports") => "default".into(),
            ("exports" | "module.exports", name) => name.into(),
            _ => return None,
        };
        self.is_module = true;
        Some(name)
    }

    /// `exports.f = function …`, at the top level: a function of that name. `false` when it is something else.
    pub(super) fn exported_function(&mut self, assignment: Node<'_>, out: &mut Block) -> bool {
        let (Some(left), Some(right)) = (field(assignment, "left"), field(assignment, "right")) else {
            return false;
        };
        let right = self.unwrapped(right);
        if !matches!(right.kind(), "arrow_function" | "function_expression") {
            return false;
        }
        match self.export_name(left) {
            Some(name) if name.as_ref() != "default" => {
                self.function(name, right, span(left), out);
                true
            }
            _ => false,
        }
    }

    /// `import x = A.B` of TypeScript.
    pub(super) fn import_alias(&mut self, node: Node<'_>, out: &mut Block) {
        if let [name, path] = kids(node).as_slice() {
            let value = self.expr(*path);
            self.push(
                StmtKind::Let { name: self.ident(*name), ty: None, value: Some(value) },
                span(node),
                out,
            );
        }
    }

    /// `namespace N { … }`: its members are the file's, and members of a map of that name.
    pub(super) fn namespace(&mut self, node: Node<'_>, out: &mut Block) {
        let body = field(node, "body").map(kids).unwrap_or_default();
        let mut names: Vec<(Sym, crate::ir::Span)> = Vec::new();
        for item in body {
            let inner = if item.kind() == "export_statement" { field(item, "declaration") } else { None };
            if let Some(one) = inner {
                let declarators = kids(one).into_iter().filter(|k| k.kind() == "variable_declarator");
                let declared =
                    field(one, "name").into_iter().chain(declarators.filter_map(|d| field(d, "name")));
                names.extend(declared.map(|n| (self.ident(n), span(n))).collect::<Vec<_>>());
            }
            self.item(item, out);
        }
        let Some(name) = field(node, "name").filter(|n| n.kind() == "identifier") else { return };
        let mut entries = Vec::new();
        for (name, at) in names {
            let key = self.unit.str(name.clone(), at);
            let value = self.unit.expr(ExprKind::Name { name, scope: Scope::Lexical }, at);
            entries.push((key, value));
        }
        let map = self.unit.expr(ExprKind::Map(entries), span(node));
        self.push(StmtKind::Let { name: self.ident(name), ty: None, value: Some(map) }, span(name), out);
    }
}
