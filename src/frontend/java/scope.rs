//! What a plain name means: a variable, a member of the type around the code, of a type around that one, or
//! what a static import brings.

use tree_sitter::Node;

use super::Reader;
use crate::frontend::jvm::{all_children, field, kid, kids};
use crate::ir::{ExprId, ExprKind, Field, Init, Span, Sym, TypeId, TypeName};

/// A type whose body is being read, and the variables in force there.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) ty: TypeId,
    pub(super) name: Sym,
    /// Its fields and methods, and whether they are static.
    members: Vec<(Sym, bool)>,
    /// The variables of the function that is being read.
    pub(super) locals: Vec<Sym>,
    /// The type has an instance of the type around it.
    pub(super) is_inner: bool,
    /// Variables of the code around it that its own code uses.
    pub(super) captured: Vec<Sym>,
    /// Its code uses members of the type around it.
    pub(super) uses_outer: bool,
    /// What statements belong to nothing but the type.
    pub(super) in_body: bool,
}

impl Level {
    pub(super) fn new(ty: TypeId, name: Sym, is_inner: bool) -> Self {
        Self {
            ty,
            name,
            members: Vec::new(),
            locals: Vec::new(),
            is_inner,
            captured: Vec::new(),
            uses_outer: false,
            in_body: false,
        }
    }

    /// The type has nothing that belongs to an instance.
    pub(super) fn only_constants(&self) -> bool {
        self.members.iter().all(|(_, is_static)| *is_static)
    }
}

/// The field that holds the instance around an inner one.
const OUTER: &str = "this$0";

impl Reader<'_> {
    /// A variable comes into force.
    pub(super) fn local(&mut self, name: &Sym) {
        if let Some(level) = self.levels.last_mut() {
            level.locals.push(name.clone());
        }
    }

    /// The names of the members of a body, before their code is read.
    pub(super) fn members_of(&mut self, body: Node<'_>) {
        let mut members = Vec::new();
        for member in kids(body) {
            let inner = if member.kind() == "enum_body_declarations" { kids(member) } else { vec![member] };
            for member in inner {
                let is_static =
                    self.has_modifier(member, "static") || member.kind() == "constant_declaration";
                match member.kind() {
                    "field_declaration" | "constant_declaration" => {
                        for declarator in
                            kids(member).into_iter().filter(|k| k.kind() == "variable_declarator")
                        {
                            members.extend(field(declarator, "name").map(|n| (self.ident(n), is_static)));
                        }
                    }
                    "enum_constant" => members.extend(field(member, "name").map(|n| (self.ident(n), true))),
                    "method_declaration" => {
                        members.extend(field(member, "name").map(|n| (self.ident(n), is_static)));
                    }
                    _ => {}
                }
            }
        }
        if let Some(level) = self.levels.last_mut() {
            level.members.append(&mut members);
        }
    }

    pub(super) fn add_member(&mut self, name: Sym, is_static: bool) {
        if let Some(level) = self.levels.last_mut() {
            level.members.push((name, is_static));
        }
    }

    /// The constants of all enums of the file: labels of a `switch` name them without their type.
    pub(super) fn collect_constants(&mut self, root: Node<'_>) {
        let mut stack = vec![root];
        while let Some(node) = stack.pop() {
            match node.kind() {
                "enum_declaration" => {
                    let Some(name) = field(node, "name").map(|n| self.ident(n)) else { continue };
                    for constant in field(node, "body").map(kids).unwrap_or_default() {
                        if constant.kind() == "enum_constant"
                            && let Some(constant) = field(constant, "name")
                        {
                            self.constants.push((self.ident(constant), name.clone()));
                        }
                    }
                }
                "program"
                | "class_declaration"
                | "class_body"
                | "interface_declaration"
                | "interface_body" => {
                    stack.append(&mut all_children(node));
                }
                _ => {}
            }
        }
    }

    /// The enum of the file that declares this constant.
    pub(super) fn enum_of(&self, constant: &str) -> Option<Sym> {
        let mut found = self.constants.iter().filter(|(c, _)| &**c == constant);
        match (found.next(), found.next()) {
            (Some((_, ty)), None) => Some(ty.clone()),
            _ => None,
        }
    }

    /// The label of a `switch`: a name that nothing around declares is a constant of an enum.
    pub(super) fn label(&mut self, name: Sym, at: Span) -> ExprId {
        let is_member = |l: &Level| l.locals.contains(&name) || l.members.iter().any(|(n, _)| *n == name);
        let declared = self.levels.iter().any(is_member) || self.statics.iter().any(|(n, _)| *n == name);
        if declared { self.named(name, at) } else { self.unit.str(name, at) }
    }

    /// A plain name where a value or a function stands.
    pub(super) fn named(&mut self, name: Sym, at: Span) -> ExprId {
        let top = self.levels.len();
        for index in (0..top).rev() {
            let level = &self.levels[index];
            if level.locals.contains(&name) {
                for inner in &mut self.levels[index + 1..top] {
                    if !inner.captured.contains(&name) {
                        inner.captured.push(name.clone());
                    }
                }
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
        if let Some((_, ty)) = self.statics.iter().find(|(n, _)| *n == name) {
            let ty = ty.clone();
            let ty = self.unit.name(ty, at);
            return self.unit.member(ty, name, at);
        }
        self.unit.name(name, at)
    }

    /// The instance of the type at this level, seen from the innermost one.
    fn outer(&mut self, index: usize, at: Span) -> ExprId {
        let mut value = self.unit.expr(ExprKind::This, at);
        for inner in (index + 1..self.levels.len()).rev() {
            self.levels[inner].uses_outer = true;
            value = self.unit.member(value, OUTER, at);
        }
        value
    }

    /// `Outer.this`.
    pub(super) fn qualified_this(&mut self, name: &str, at: Span) -> ExprId {
        match self.levels.iter().rposition(|l| &*l.name == name) {
            Some(index) => self.outer(index, at),
            None => self.unit.expr(ExprKind::This, at),
        }
    }

    /// Ends the reading of a type's body: declares what it captured. Returns what its creation has to set.
    pub(super) fn close_level(&mut self, at: Span) -> Vec<(Sym, Option<Sym>)> {
        let Some(level) = self.levels.pop() else { return Vec::new() };
        let outer = self.levels.last().map(|l| l.name.clone());
        let mut sets = Vec::new();
        let mut fields = Vec::new();
        if level.uses_outer && level.is_inner {
            let ty = outer.map(TypeName::simple);
            fields.push(plain_field(OUTER.into(), ty, at));
            sets.push((OUTER.into(), None));
        }
        for name in level.captured {
            fields.push(plain_field(name.clone(), None, at));
            sets.push((name.clone(), Some(name)));
        }
        self.unit.unit().types[level.ty.index()].fields.append(&mut fields);
        sets
    }

    /// The members that the creation of a type without a name sets.
    pub(super) fn captures(&mut self, sets: Vec<(Sym, Option<Sym>)>, at: Span) -> Vec<Init> {
        let mut init = Vec::new();
        for (member, variable) in sets {
            let value = match variable {
                Some(variable) => self.unit.name(variable, at),
                None => self.unit.expr(ExprKind::This, at),
            };
            init.push(Init::Member(member, value));
        }
        init
    }
}

/// A field of an instance without an initial value.
pub(super) fn plain_field(name: Sym, ty: Option<TypeName>, at: Span) -> Field {
    Field { name, ty, init: None, is_static: false, attributes: Vec::new(), span: at }
}

/// The body of a type, if it has one.
pub(super) fn class_body(node: Node<'_>) -> Option<Node<'_>> {
    field(node, "body").or_else(|| kid(node, "class_body"))
}
