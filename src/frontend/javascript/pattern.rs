//! Variables and destructuring.

use tree_sitter::Node;

use super::{Reader, field, kids, span};
use crate::ir::{BinaryOp, Block, ExprId, ExprKind, Import, Scope, StmtKind, Sym, TypeName};

impl Reader<'_> {
    /// `const a = 1, { b } = c`
    pub(super) fn variables(&mut self, declaration: Node<'_>, out: &mut Block) {
        let declarators: Vec<_> =
            kids(declaration).into_iter().filter(|k| k.kind() == "variable_declarator").collect();
        for declarator in &declarators {
            let at = if declarators.len() == 1 { span(declaration) } else { span(*declarator) };
            let Some(name) = field(*declarator, "name") else { continue };
            let value = field(*declarator, "value").map(|v| self.unwrapped(v));
            if self.nesting == 0
                && let Some(value) = value
                && (self.import_of(name, value, *declarator) || self.named_function(name, value, out))
            {
                self.errors_of(*declarator);
                out.append(&mut self.pending);
                continue;
            }
            let ty = self.declared_type(*declarator);
            let value = value.map(|v| self.expr(v));
            self.errors_of(*declarator);
            out.append(&mut self.pending);
            match (name.kind(), value) {
                ("identifier", value) => {
                    let kind = StmtKind::Let { name: self.ident(name), ty, value };
                    self.push(kind, at, out);
                }
                (_, Some(value)) => {
                    let held = self.held(name, value, out);
                    self.take_apart(name, held, true, out);
                }
                _ => {}
            }
        }
        self.errors_of(declaration);
    }

    /// `const x = require('y')`, `const { a, b: c } = require('y')`: an import.
    fn import_of(&mut self, name: Node<'_>, value: Node<'_>, node: Node<'_>) -> bool {
        let (value, member) = match value.kind() {
            "member_expression" => match (field(value, "object"), field(value, "property")) {
                (Some(object), Some(member)) => (self.unwrapped(object), Some(self.ident(member))),
                _ => return false,
            },
            _ => (value, None),
        };
        let Some(path) = self.loaded(value) else { return false };
        // `import()` gives the module itself, `require()` what it exports.
        let is_require = field(value, "function").is_some_and(|f| f.kind() != "import");
        let add = |reader: &mut Self, member: Option<Sym>, alias: Sym| {
            let import = Import { path: path.clone(), member, alias: Some(alias), span: span(node) };
            reader.unit.unit().imports.push(import);
        };
        match name.kind() {
            "identifier" => {
                let alias = self.ident(name);
                add(self, member.or(is_require.then(|| "default".into())), alias);
                true
            }
            "object_pattern" if member.is_none() => {
                let mut names = Vec::new();
                for part in kids(name) {
                    match part.kind() {
                        "shorthand_property_identifier_pattern" => {
                            names.push((self.ident(part), self.ident(part)));
                        }
                        "pair_pattern" => {
                            let (Some(key), Some(to)) = (field(part, "key"), field(part, "value")) else {
                                return false;
                            };
                            if to.kind() != "identifier" || key.kind() == "computed_property_name" {
                                return false;
                            }
                            names.push((self.ident(key), self.ident(to)));
                        }
                        _ => return false,
                    }
                }
                for (member, alias) in names {
                    add(self, Some(member), alias);
                }
                true
            }
            _ => false,
        }
    }

    /// A top-level variable that is a function, or a class, is declared as one.
    fn named_function(&mut self, name: Node<'_>, value: Node<'_>, out: &mut Block) -> bool {
        if name.kind() != "identifier" {
            return false;
        }
        match value.kind() {
            "arrow_function" | "function_expression" | "generator_function" => {
                let text = self.ident(name);
                if let Some(owner) = self.prototypes.get(&text).copied() {
                    self.prototype_constructor(owner, value, span(name));
                } else {
                    self.function(text, value, span(name), out);
                }
                true
            }
            "class" => {
                let text = self.ident(name);
                self.class(value, text, span(name));
                true
            }
            _ => false,
        }
    }

    /// A value that parts are taken of: a name for what can't be written down twice.
    pub(super) fn held(&mut self, pattern: Node<'_>, value: ExprId, out: &mut Block) -> ExprId {
        let is_plain = matches!(
            self.unit.unit().expr(value).kind,
            ExprKind::Name { .. } | ExprKind::This | ExprKind::Module(_)
        );
        if is_plain || self.is_whole_environment(value) {
            return value;
        }
        let name = Self::hidden(pattern);
        let at = self.unit.unit().expr(value).span;
        self.push(StmtKind::Let { name: name.clone(), ty: None, value: Some(value) }, at, out);
        self.unit.name(name, at)
    }

    /// Gives the parts of a value to the names of a pattern.
    pub(super) fn take_apart(&mut self, pattern: Node<'_>, value: ExprId, declares: bool, out: &mut Block) {
        if !self.enter(pattern) {
            return;
        }
        match pattern.kind() {
            "object_pattern" => self.take_members(pattern, value, declares, out),
            "array_pattern" => self.take_items(pattern, value, declares, out),
            "assignment_pattern" | "object_assignment_pattern" => {
                if let (Some(left), Some(right)) = (field(pattern, "left"), field(pattern, "right")) {
                    let value = self.or_default(value, right);
                    self.take_apart(left, value, declares, out);
                }
            }
            "rest_pattern" => {
                if let Some(inner) = kids(pattern).first() {
                    self.take_apart(*inner, value, declares, out);
                }
            }
            "identifier" | "shorthand_property_identifier_pattern" if declares => {
                let kind = StmtKind::Let { name: self.ident(pattern), ty: None, value: Some(value) };
                self.push(kind, span(pattern), out);
            }
            _ => {
                let target = match pattern.kind() {
                    "shorthand_property_identifier_pattern" => {
                        let name = self.ident(pattern);
                        self.unit.name(name, span(pattern))
                    }
                    _ => self.expr(pattern),
                };
                self.note_assigned(pattern);
                let assign = self.unit.expr(ExprKind::Assign { target, value }, span(pattern));
                self.push(StmtKind::Expr(assign), span(pattern), out);
            }
        }
        self.leave();
    }

    fn or_default(&mut self, left: ExprId, default: Node<'_>) -> ExprId {
        let right = self.expr(default);
        self.unit.expr(ExprKind::Binary { op: BinaryOp::Coalesce, left, right }, span(default))
    }

    fn take_members(&mut self, pattern: Node<'_>, value: ExprId, declares: bool, out: &mut Block) {
        for part in kids(pattern) {
            let (key, to) = match part.kind() {
                "shorthand_property_identifier_pattern" => (part, part),
                "object_assignment_pattern" => match field(part, "left") {
                    Some(key) => (key, part),
                    None => continue,
                },
                "pair_pattern" => match (field(part, "key"), field(part, "value")) {
                    (Some(key), Some(to)) => (key, to),
                    _ => continue,
                },
                "rest_pattern" => {
                    self.take_apart(part, value, declares, out);
                    continue;
                }
                _ => continue,
            };
            let at = span(key);
            let member = match key.kind() {
                "string" => {
                    let name = self.string(key);
                    self.part(value, name.into(), at)
                }
                "computed_property_name" => {
                    let index = match kids(key).first() {
                        Some(inner) => self.expr(*inner),
                        None => continue,
                    };
                    self.unit.expr(ExprKind::Index { object: value, index }, at)
                }
                _ => {
                    let name = self.ident(key);
                    self.part(value, name, at)
                }
            };
            self.take_apart_held(to, member, declares, out);
            self.errors_of(part);
        }
    }

    fn take_apart_held(&mut self, to: Node<'_>, value: ExprId, declares: bool, out: &mut Block) {
        let value = match to.kind() {
            "object_pattern" | "array_pattern" => self.held(to, value, out),
            _ => value,
        };
        self.take_apart(to, value, declares, out);
    }

    /// `value.name`; a variable of the environment when the value is all of it.
    fn part(&mut self, value: ExprId, name: Sym, at: crate::ir::Span) -> ExprId {
        if self.is_whole_environment(value) {
            return self.unit.expr(ExprKind::Name { name, scope: Scope::Env }, at);
        }
        self.unit.member(value, name, at)
    }

    /// `process.env`
    fn is_whole_environment(&mut self, value: ExprId) -> bool {
        let whole = self.unit.unit().expr(value).span;
        let source = self.text.get(whole.start as usize..whole.end as usize).unwrap_or_default();
        matches!(source, "process.env" | "import.meta.env")
    }

    fn take_items(&mut self, pattern: Node<'_>, value: ExprId, declares: bool, out: &mut Block) {
        let items = kids(pattern);
        // `const [x, setX] = useState(…)`: the second sets the first.
        if let ([state, setter], true) = (items.as_slice(), declares)
            && state.kind() == "identifier"
            && setter.kind() == "identifier"
            && is_setter_of(self.source(*setter), self.source(*state))
        {
            let name = self.ident(*state);
            self.push(StmtKind::Let { name: name.clone(), ty: None, value: Some(value) }, span(*state), out);
            let function = self.setter(&name, *setter);
            let kind = StmtKind::Let { name: self.ident(*setter), ty: None, value: Some(function) };
            self.push(kind, span(*setter), out);
            return;
        }
        for (i, item) in items.iter().enumerate() {
            let part = if item.kind() == "rest_pattern" {
                value
            } else {
                let index = self.unit.expr(ExprKind::Num(i.to_string().into()), span(*item));
                self.unit.expr(ExprKind::Index { object: value, index }, span(*item))
            };
            self.take_apart_held(*item, part, declares, out);
        }
    }

    /// What is declared by a pattern, in a `for` or a `catch`.
    pub(super) fn declared(
        &mut self,
        pattern: Node<'_>,
        ty: Option<TypeName>,
        value: Option<ExprId>,
        out: &mut Block,
    ) {
        if pattern.kind() == "identifier" {
            self.push(StmtKind::Let { name: self.ident(pattern), ty, value }, span(pattern), out);
        } else if let Some(value) = value {
            let held = self.held(pattern, value, out);
            self.take_apart(pattern, held, true, out);
        }
    }
}

fn is_setter_of(setter: &str, state: &str) -> bool {
    setter.strip_prefix("set").is_some_and(|rest| !rest.is_empty() && rest.eq_ignore_ascii_case(state))
}
