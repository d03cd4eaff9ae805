//! Requests as calls of one function, whatever the format that describes them.
//!
//! Its name is what the format calls such a request, and it takes `url`, `method`, `headers`, `body` and
//! `authentication`. How a request signs in is a call, too, with the name of the way. What they mean is up to
//! rules.

use std::collections::BTreeSet;

use super::postman_scripts;
use super::tree::{Kind, Node};
use crate::ir::{
    Arg, Block, Conventions, ExprId, ExprKind, FuncId, Scope, Span, StmtKind, Unit, UnitBuilder, Visibility,
};

/// The parts of a request.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) url: Option<ExprId>,
    pub(super) method: Option<ExprId>,
    pub(super) headers: Option<ExprId>,
    pub(super) body: Option<ExprId>,
    pub(super) authentication: Option<ExprId>,
}

/// Builds the one function of a definition.
pub(super) struct Steps {
    pub(super) builder: UnitBuilder,
    pub(super) body: Block,
    /// Variables that scripts of the same file set: they are the environment's, under another name.
    pub(super) shared: BTreeSet<String>,
}

impl Steps {
    pub(super) fn new() -> Self {
        Self { builder: UnitBuilder::new(), body: Block::new(), shared: BTreeSet::new() }
    }

    pub(super) fn finish(self) -> Unit {
        let mut builder = self.builder;
        builder.set_body(FuncId(0), self.body);
        builder.unit().conventions = Conventions {
            shell: true,
            file_scope: true,
            visibility: Visibility::Program,
            ..Conventions::default()
        };
        builder.finish()
    }

    pub(super) fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        self.builder.expr(kind, span)
    }

    pub(super) fn named(&mut self, name: &str, scope: Scope, span: Span) -> ExprId {
        self.expr(ExprKind::Name { name: name.into(), scope }, span)
    }

    /// Assigns to a name and says so with a statement.
    pub(super) fn assign(&mut self, name: &str, scope: Scope, value: ExprId, span: Span) {
        let target = self.named(name, scope, span);
        let assign = self.expr(ExprKind::Assign { target, value }, span);
        self.run(assign, span);
    }

    pub(super) fn run(&mut self, value: ExprId, span: Span) {
        let stmt = self.builder.stmt(StmtKind::Expr(value), span);
        self.body.push(stmt);
    }

    /// A way to sign in, by the name that the format gives it.
    pub(super) fn sign_in(&mut self, kind: &str, args: Vec<(String, ExprId)>, span: Span) -> ExprId {
        self.call(if kind.is_empty() { "authentication" } else { kind }, args, span)
    }

    /// A call with named arguments.
    pub(super) fn call(&mut self, name: &str, args: Vec<(String, ExprId)>, span: Span) -> ExprId {
        let callee = self.named(name, Scope::Callable, span);
        let args = args.into_iter().map(|(name, value)| Arg::named(name, value)).collect();
        self.builder.call(callee, args, span)
    }

    pub(super) fn request(&mut self, name: &str, request: Request, span: Span) -> ExprId {
        let parts = [
            ("url", request.url),
            ("method", request.method),
            ("headers", request.headers),
            ("body", request.body),
            ("authentication", request.authentication),
        ];
        let args = parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        self.call(name, args, span)
    }

    /// Parts that make up one text.
    pub(super) fn joined(&mut self, parts: Vec<ExprId>, span: Span) -> ExprId {
        match parts.as_slice() {
            [] => self.builder.str("", span),
            [only] => *only,
            _ => self.expr(ExprKind::Template(parts), span),
        }
    }

    /// A value with everything in it; `text` reads the texts.
    pub(super) fn value(&mut self, node: &Node, text: &mut dyn FnMut(&mut Self, &Node) -> ExprId) -> ExprId {
        match &node.kind {
            Kind::Text(_) => text(self, node),
            Kind::List(items) => {
                let items = items.iter().map(|item| self.value(item, text)).collect();
                self.expr(ExprKind::List(items), node.span)
            }
            Kind::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|e| {
                        let key = self.builder.str(e.name.as_str(), e.name_span);
                        (key, self.value(&e.value, text))
                    })
                    .collect();
                self.expr(ExprKind::Map(entries), node.span)
            }
        }
    }

    /// A text with `{{name}}` in it.
    pub(super) fn braced(&mut self, node: &Node) -> ExprId {
        let text = node.text().unwrap_or_default();
        self.braced_text(&text, &|from, to| node.place(from, to), node.span)
    }

    /// The same, with the place of any part of the text.
    pub(super) fn braced_text(
        &mut self,
        text: &str,
        place: &dyn Fn(usize, usize) -> Span,
        span: Span,
    ) -> ExprId {
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find("{{").map(|i| at + i) {
            let Some(end) = text[start..].find("}}").map(|i| start + i) else { break };
            if start > at {
                parts.push(self.builder.str(&text[at..start], place(at, start)));
            }
            let part = self.reference(text[start + 2..end].trim(), place(start, end + 2));
            parts.push(part);
            at = end + 2;
        }
        if at < text.len() {
            parts.push(self.builder.str(&text[at..], place(at, text.len())));
        }
        self.joined(parts, span)
    }

    /// `name`, `name.response.body.access_token`, `$dotenv NAME`.
    fn reference(&mut self, name: &str, span: Span) -> ExprId {
        if let Some(dynamic) = name.strip_prefix('$') {
            let mut words = dynamic.split_whitespace();
            return match (words.next(), words.next()) {
                // The variables of all environments of an editor's settings.
                (Some("shared"), Some(variable)) => self.named(variable, Scope::Global, span),
                (Some("dotenv" | "processEnv" | "env"), Some(variable)) => {
                    self.named(variable.trim_start_matches('%'), Scope::Env, span)
                }
                _ => self.expr(ExprKind::Other(Vec::new()), span),
            };
        }
        if self.shared.contains(name) {
            return self.named(&postman_scripts::shared(name), Scope::Env, span);
        }
        let mut parts = name.split('.');
        let mut value = self.named(parts.next().unwrap_or_default().trim(), Scope::Lexical, span);
        for part in parts.filter(|p| !matches!(*p, "response" | "body" | "$" | "request" | "*" | "")) {
            value = self.builder.member(value, part, span);
        }
        value
    }
}
