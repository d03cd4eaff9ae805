//! Namespaces, `use`, and what names of types, functions and variables mean.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::tree::{field, kid_of, kids, span};
use crate::ir::{ExprId, ExprKind, Import, Scope, Span, Sym, TypeName};

impl Reader<'_> {
    /// Reads the `use` declarations of a file, or of the namespaces in it, before anything else.
    pub(super) fn imports_of(&mut self, node: Node<'_>) {
        for kid in kids(node) {
            match kid.kind() {
                "namespace_use_declaration" => self.use_declaration(kid),
                "namespace_definition" => {
                    if let Some(body) = field(kid, "body") {
                        self.imports_of(body);
                    }
                }
                _ => {}
            }
        }
    }

    fn use_declaration(&mut self, node: Node<'_>) {
        let of_functions = field(node, "type").map(|t| self.source(t) == "function");
        if let Some(group) = field(node, "body") {
            let prefix = kid_of(node, "namespace_name").map_or("", |p| self.source(p)).to_owned();
            for clause in kids(group) {
                self.use_clause(clause, &prefix, of_functions);
            }
        }
        for clause in kids(node).into_iter().filter(|k| k.kind() == "namespace_use_clause") {
            self.use_clause(clause, "", of_functions);
        }
    }

    fn use_clause(&mut self, clause: Node<'_>, prefix: &str, of_functions: Option<bool>) {
        let alias = field(clause, "alias");
        let Some(name) = kids(clause)
            .into_iter()
            .find(|k| Some(*k) != alias && matches!(k.kind(), "name" | "qualified_name" | "namespace_name"))
        else {
            return;
        };
        let mut path = self.source(name).trim_start_matches('\\').to_owned();
        if !prefix.is_empty() {
            path = format!("{}\\{path}", prefix.trim_matches('\\'));
        }
        let short = path.rsplit('\\').next().unwrap_or(&path);
        let local = alias.map_or(short, |a| self.source(a)).to_owned();
        let of_functions =
            of_functions.or_else(|| field(clause, "type").map(|t| self.source(t) == "function"));
        match of_functions {
            Some(true) => drop(self.functions.insert(local.to_ascii_lowercase(), path.clone())),
            Some(false) => {}
            None => drop(self.types.insert(local.to_ascii_lowercase(), path.clone())),
        }
        self.import(path.into(), span(clause));
    }

    /// Says that the file names something of another namespace.
    pub(super) fn import(&mut self, path: Sym, at: Span) {
        let imports = &mut self.unit.unit().imports;
        if !imports.iter().any(|i| i.path == path) {
            imports.push(Import { path, member: None, alias: None, span: at });
        }
    }

    /// The full name of a type; `None` for `parent` and what is no name.
    pub(super) fn class_name(&mut self, node: Node<'_>) -> Option<TypeName> {
        if !matches!(node.kind(), "name" | "qualified_name" | "relative_name" | "relative_scope") {
            return None;
        }
        let written = self.source(node);
        if written.eq_ignore_ascii_case("self") || written.eq_ignore_ascii_case("static") {
            let owner = self.owner?;
            let name = self.unit.unit().type_decl(owner).name.clone();
            return Some(TypeName::simple(name));
        }
        if written.eq_ignore_ascii_case("parent") {
            return None;
        }
        if let Some(full) = written.strip_prefix('\\') {
            if full.contains('\\') {
                self.import(full.into(), span(node));
            }
            return Some(TypeName::simple(full));
        }
        let (first, rest) = written.split_once('\\').map_or((written, None), |(f, r)| (f, Some(r)));
        let full = match (self.types.get(&first.to_ascii_lowercase()), rest) {
            (Some(full), Some(rest)) => {
                let full = format!("{full}\\{rest}");
                self.import(full.as_str().into(), span(node));
                full
            }
            (Some(full), None) => full.clone(),
            (None, _) => written.to_owned(),
        };
        Some(TypeName::simple(full))
    }

    /// The bare name of a function that is called.
    pub(super) fn function_name(&mut self, node: Node<'_>) -> Sym {
        let written = self.source(node);
        let full = self.functions.get(&written.to_ascii_lowercase()).map_or(written, String::as_str);
        full.rsplit('\\').next().unwrap_or(full).into()
    }

    /// A declared type. Of several the first that says anything counts.
    pub(super) fn type_of(&mut self, node: Node<'_>) -> Option<TypeName> {
        match node.kind() {
            "named_type" => kids(node).first().and_then(|n| self.class_name(*n)),
            "optional_type" | "union_type" | "intersection_type" | "disjunctive_normal_form_type" => {
                if !self.enter(node) {
                    return None;
                }
                let found = kids(node).into_iter().find_map(|k| self.type_of(k));
                self.leave();
                found
            }
            "primitive_type" if self.source(node).eq_ignore_ascii_case("string") => {
                Some(TypeName::simple("string"))
            }
            _ => None,
        }
    }

    /// A variable.
    pub(super) fn variable(&mut self, node: Node<'_>) -> ExprId {
        let name = self.ident(node);
        let scope = match &*name {
            "this" => return self.unit.expr(ExprKind::This, span(node)),
            "GLOBALS" | "_SESSION" | "_COOKIE" | "_GET" | "_POST" | "_REQUEST" | "_FILES" => Scope::Global,
            _ if self.globals.contains(&name) => Scope::Script,
            _ => Scope::Lexical,
        };
        self.unit.expr(ExprKind::Name { name, scope }, span(node))
    }

    /// `$_SESSION['key']` and the like: a variable of its own.
    pub(super) fn superglobal(&mut self, object: Node<'_>, index: ExprId, at: Span) -> Option<ExprId> {
        if object.kind() != "variable_name" {
            return None;
        }
        let name = self.ident(object);
        let ExprKind::Str(key) = self.kind_of(index) else { return None };
        let (name, scope) = match &*name {
            "_ENV" | "_SERVER" => (key, Scope::Env),
            "GLOBALS" => (key, Scope::Script),
            "_SESSION" | "_COOKIE" => (Sym::from(format!("{name}.{key}")), Scope::Global),
            _ => return None,
        };
        Some(self.unit.expr(ExprKind::Name { name, scope }, at))
    }

    /// A constant.
    pub(super) fn constant(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let written = self.source(node);
        let name = written.rsplit('\\').next().unwrap_or(written);
        match name {
            "PHP_EOL" => self.unit.str("\n", at),
            "DIRECTORY_SEPARATOR" => self.unit.str("/", at),
            "__DIR__" => self.unit.str(".", at),
            _ => self.unit.name(name, at),
        }
    }
}
