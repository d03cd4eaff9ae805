//! What a plain name means: a variable, a member of the type around the code or of a type around that one, a
//! name of the file, or a member of what the code is about.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{kid, kids};
use crate::ir::{ExprId, ExprKind, Field, Init, Span, Sym, TypeId, TypeName};

/// A type whose body is being read, and the variables in force there.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) ty: TypeId,
    pub(super) name: Sym,
    /// Its properties and functions, and whether they belong to the type itself.
    pub(super) members: Vec<(Sym, bool)>,
    /// The variables of the function that is being read.
    pub(super) locals: Vec<Sym>,
    /// Variables of the code around it that its own code uses.
    captured: Vec<Sym>,
    /// Its code uses members of the type around it.
    uses_outer: bool,
    /// Statements are being read, not members.
    pub(super) in_body: bool,
    /// Its members belong to the type itself (`object`, `companion object`).
    pub(super) is_static: bool,
}

impl Level {
    pub(super) fn new(ty: TypeId, name: Sym, is_static: bool) -> Self {
        Self {
            ty,
            name,
            members: Vec::new(),
            locals: Vec::new(),
            captured: Vec::new(),
            uses_outer: false,
            in_body: false,
            is_static,
        }
    }
}

/// The field that holds the instance around an inner one.
const OUTER: &str = "this$0";

impl Reader<'_> {
    fn locals(&mut self) -> &mut Vec<Sym> {
        match self.levels.last_mut() {
            Some(level) => &mut level.locals,
            None => &mut self.locals,
        }
    }

    /// A variable comes into force.
    pub(super) fn local(&mut self, name: &Sym) {
        let name = name.clone();
        self.locals().push(name);
    }

    /// How many variables are in force, for [`Reader::forget`].
    pub(super) fn mark(&mut self) -> usize {
        self.locals().len()
    }

    pub(super) fn forget(&mut self, mark: usize) {
        self.locals().truncate(mark);
    }

    /// The names that the top level declares and those that are imported.
    pub(super) fn collect_known(&mut self, root: Node<'_>) {
        // Functions of libraries that are imported by name are mostly extensions, for the object that the code
        // is about.
        let package = kid(root, "package_header").and_then(|h| kid(h, "identifier")).map(|p| self.source(p));
        let home = package.map(|p| p.split('.').take(2).collect::<Vec<_>>().join("."));
        for node in kids(root) {
            match node.kind() {
                "function_declaration" => {
                    if let Some(name) = kid(node, "simple_identifier") {
                        self.known.push(self.ident(name));
                    }
                }
                "property_declaration" => {
                    let name = kid(node, "variable_declaration").and_then(|v| kid(v, "simple_identifier"));
                    if let Some(name) = name {
                        self.known.push(self.ident(name));
                    }
                }
                "import_list" => {
                    for header in kids(node) {
                        let path = kid(header, "identifier").map_or("", |i| self.source(i));
                        if home.as_deref().is_none_or(|h| !path.starts_with(h)) {
                            continue;
                        }
                        let last = kid(header, "identifier").and_then(|i| kids(i).last().copied());
                        let alias = kid(header, "import_alias").and_then(|a| kids(a).first().copied());
                        if let Some(name) = alias.or(last) {
                            self.known.push(self.ident(name));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The names of the members of a body, before their code is read.
    pub(super) fn members_of(&mut self, body: Node<'_>, is_static: bool) {
        let mut members = Vec::new();
        let mut companions = Vec::new();
        for member in kids(body) {
            match member.kind() {
                "function_declaration" | "enum_entry" => {
                    let name = kid(member, "simple_identifier").map(|n| self.ident(n));
                    members.extend(name.map(|n| (n, is_static || member.kind() == "enum_entry")));
                }
                "property_declaration" => {
                    let name = kid(member, "variable_declaration").and_then(|v| kid(v, "simple_identifier"));
                    members.extend(name.map(|n| (self.ident(n), is_static)));
                }
                "companion_object" => companions.extend(kid(member, "class_body")),
                _ => {}
            }
        }
        if let Some(level) = self.levels.last_mut() {
            level.members.append(&mut members);
        }
        for body in companions {
            self.members_of(body, true);
        }
    }

    /// A plain name where a value or a function stands.
    pub(super) fn named(&mut self, name: Sym, at: Span) -> ExprId {
        let top = self.levels.len();
        for index in (0..top).rev() {
            let level = &self.levels[index];
            if level.locals.contains(&name) {
                self.capture(index + 1, &name);
                return self.unit.name(name, at);
            }
            let member = level.members.iter().find(|(n, _)| *n == name).map(|(_, is_static)| *is_static);
            match member {
                Some(_) if index + 1 == top => return self.unit.name(name, at),
                Some(true) => {
                    let ty = level.name.clone();
                    let ty = self.unit.name(ty, at);
                    return self.unit.member(ty, name, at);
                }
                Some(false) => {
                    let outer = self.outer(index, at);
                    return self.unit.member(outer, name, at);
                }
                None => {}
            }
        }
        if self.locals.contains(&name) {
            self.capture(0, &name);
            return self.unit.name(name, at);
        }
        if let Some(receiver) = self.receivers.last().cloned()
            && self.is_free(&name)
        {
            let object = self.unit.name(receiver, at);
            return self.unit.member(object, name, at);
        }
        self.unit.name(name, at)
    }

    /// Nothing in the file declares this name.
    pub(super) fn is_free(&self, name: &Sym) -> bool {
        let declares = |l: &Level| l.locals.contains(name) || l.members.iter().any(|(n, _)| n == name);
        name.starts_with(|c: char| c.is_lowercase())
            && !self.known.contains(name)
            && !STANDARD.contains(&&**name)
            && !self.locals.contains(name)
            && !self.levels.iter().any(declares)
    }

    fn capture(&mut self, from: usize, name: &Sym) {
        for inner in self.levels.iter_mut().skip(from) {
            if !inner.captured.contains(name) {
                inner.captured.push(name.clone());
            }
        }
    }

    /// The instance of the type at this level, seen from the innermost one.
    pub(super) fn outer(&mut self, index: usize, at: Span) -> ExprId {
        let mut value = self.unit.expr(ExprKind::This, at);
        for inner in (index + 1..self.levels.len()).rev() {
            self.levels[inner].uses_outer = true;
            value = self.unit.member(value, OUTER, at);
        }
        value
    }

    /// Ends the reading of a type's body: declares what it captured. Returns what its creation has to set.
    pub(super) fn close_level(&mut self, at: Span) -> Vec<Init> {
        let Some(level) = self.levels.pop() else { return Vec::new() };
        let outer = self.levels.last().map(|l| l.name.clone());
        let mut init = Vec::new();
        let mut fields = Vec::new();
        if level.uses_outer {
            fields.push(plain_field(OUTER.into(), outer.map(TypeName::simple), at));
            let this = self.unit.expr(ExprKind::This, at);
            init.push(Init::Member(OUTER.into(), this));
        }
        for name in level.captured {
            fields.push(plain_field(name.clone(), None, at));
            let value = self.unit.name(name.clone(), at);
            init.push(Init::Member(name, value));
        }
        self.unit.unit().types[level.ty.index()].fields.append(&mut fields);
        init
    }

    /// A new name for a variable or type that has none.
    pub(super) fn fresh(&mut self, base: &str) -> Sym {
        self.count += 1;
        format!("{base}${}", self.count).into()
    }
}

/// Functions of the standard library that are called without a receiver.
const STANDARD: &[&str] = &[
    "it",
    "println",
    "print",
    "listOf",
    "mutableListOf",
    "arrayListOf",
    "listOfNotNull",
    "setOf",
    "mutableSetOf",
    "mapOf",
    "mutableMapOf",
    "hashMapOf",
    "linkedMapOf",
    "arrayOf",
    "emptyList",
    "emptyMap",
    "emptySet",
    "require",
    "requireNotNull",
    "check",
    "checkNotNull",
    "error",
    "lazy",
    "buildString",
    "buildList",
    "buildMap",
    "runBlocking",
    "runCatching",
    "run",
    "with",
    "repeat",
    "synchronized",
    "withContext",
    "coroutineScope",
    "launch",
    "async",
    "delay",
    "maxOf",
    "minOf",
    "field",
];

/// A field of an instance without an initial value.
pub(super) fn plain_field(name: Sym, ty: Option<TypeName>, at: Span) -> Field {
    Field { name, ty, init: None, is_static: false, attributes: Vec::new(), span: at }
}
