//! The creation of objects and collections.

use tree_sitter::Node;

use super::{Reader, field, kids, parts, span};
use crate::ir::{ExprId, ExprKind, Init, TypeName};

impl Reader<'_> {
    /// `new T(…) { … }` and `new(…) { … }`.
    pub(super) fn creation(&mut self, node: Node<'_>, expected: Option<TypeName>) -> ExprId {
        let ty = match field(node, "type") {
            Some(ty) => self.type_name(ty),
            None => expected,
        };
        let mut args = Vec::new();
        let mut init = Vec::new();
        for kid in kids(node) {
            match kid.kind() {
                "argument_list" => args = self.args(kid),
                "initializer_expression" => init = self.initialiser(kid),
                _ => {}
            }
        }
        self.unit.expr(ExprKind::New { ty, args, init }, span(node))
    }

    /// The parts between the braces of an initialiser.
    fn initialiser(&mut self, node: Node<'_>) -> Vec<Init> {
        let mut init = Vec::new();
        for part in kids(node) {
            match part.kind() {
                "assignment_expression" => {
                    let (Some(left), Some(right)) = (field(part, "left"), field(part, "right")) else {
                        continue;
                    };
                    let at_key = left.kind() == "element_binding_expression";
                    let key = at_key.then(|| self.key(left));
                    let value = self.initial(right);
                    init.push(match key {
                        Some(key) => Init::Entry(key, value),
                        None => Init::Member(self.ident(left), value),
                    });
                    self.errors_of(part);
                }
                "initializer_expression" => {
                    let entry = kids(part);
                    init.push(match entry.as_slice() {
                        [key, value] => {
                            let key = self.expr(*key);
                            Init::Entry(key, self.initial(*value))
                        }
                        _ => Init::Element(self.list(part, None)),
                    });
                }
                _ => init.push(Init::Element(self.expr(part))),
            }
        }
        self.errors_of(node);
        init
    }

    /// A value in an initialiser; braces without `new` set up what is already there.
    fn initial(&mut self, node: Node<'_>) -> ExprId {
        if node.kind() != "initializer_expression" {
            return self.expr(node);
        }
        if !self.enter(node) {
            return self.other(Vec::new(), span(node));
        }
        let init = self.initialiser(node);
        self.leave();
        self.unit.expr(ExprKind::New { ty: None, args: Vec::new(), init }, span(node))
    }

    /// `new { a, b = 1 }`: a map from names to values.
    pub(super) fn anonymous_object(&mut self, node: Node<'_>) -> ExprId {
        let all = parts(node);
        let mut entries = Vec::new();
        let mut i = 0;
        while let Some((_, part)) = all.get(i) {
            i += 1;
            if !part.is_named() && !matches!(part.kind(), "this" | "base") {
                continue;
            }
            let mut value = *part;
            if let (Some((_, equals)), Some((_, after))) = (all.get(i), all.get(i + 1))
                && equals.kind() == "="
            {
                value = *after;
                i += 2;
            }
            let name = if value == *part { last_name(value) } else { Some(*part) };
            let key = match name {
                Some(name) => {
                    let text = self.ident(name);
                    self.unit.str(text, span(name))
                }
                None => self.unit.str("", span(value)),
            };
            entries.push((key, self.expr(value)));
        }
        self.unit.expr(ExprKind::Map(entries), span(node))
    }

    /// Arrays: with elements a list, without them only their size is known.
    pub(super) fn array(&mut self, node: Node<'_>, expected: Option<TypeName>) -> ExprId {
        let ty = field(node, "type");
        let element = ty.and_then(|t| self.type_name(t)).or(expected);
        if let Some(elements) = kids(node).into_iter().rfind(|k| k.kind() == "initializer_expression") {
            let list = self.list(elements, element);
            self.unit.unit().exprs[list.index()].span = span(node);
            return list;
        }
        let rank = ty.and_then(|t| field(t, "rank"));
        let sizes = rank.map(kids).unwrap_or_default().into_iter().map(|k| self.expr(k)).collect();
        self.other(sizes, span(node))
    }

    /// `{ a, b }` and `[a, ..b]`.
    pub(super) fn list(&mut self, node: Node<'_>, expected: Option<TypeName>) -> ExprId {
        let mut element = expected;
        if let Some(TypeName { args, .. }) = &element
            && let [only] = args.as_slice()
        {
            element = Some(only.clone());
        }
        let mut items = Vec::new();
        for kid in kids(node) {
            items.push(self.expr_as(kid, element.clone()));
        }
        self.unit.expr(ExprKind::List(items), span(node))
    }

    pub(super) fn tuple(&mut self, node: Node<'_>) -> ExprId {
        let items = self.args(node).into_iter().map(|a| a.value).collect();
        self.unit.expr(ExprKind::List(items), span(node))
    }
}

/// The name that `new { x.Name }` gives its member.
fn last_name(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        "identifier" => Some(node),
        "conditional_access_expression" => kids(node).last().and_then(|b| field(*b, "name")),
        _ => field(node, "name"),
    }
}
