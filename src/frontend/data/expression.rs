//! The expressions of workflow definitions: `@concat('a', body('Step')?['b'])`, `@{variables('x')}`, and those
//! of templates, `[parameters('x')]`.

use super::request::Steps;
use super::tree::{MAX_NESTING, Node};
use crate::ir::{ExprId, ExprKind, Scope, Span};

/// The name of a step's result, or of a variable or parameter.
pub(super) fn symbol(kind: &str, name: &str) -> String {
    format!("{kind}:{}", name.to_ascii_lowercase().replace(' ', "_"))
}

/// A text of a definition.
pub(super) fn text(steps: &mut Steps, node: &Node) -> ExprId {
    let text = node.text().unwrap_or_default();
    let whole = match text.as_bytes() {
        [b'@', b'@' | b'{', ..] | [b'[', b'[', ..] => None,
        [b'@', ..] => Some((1, text.len())),
        [b'[', .., b']'] if text.contains('(') => Some((1, text.len() - 1)),
        _ => None,
    };
    if let Some((from, to)) = whole {
        let mut reader = Reader { text: &text[..to], at: from, node, steps };
        return reader.expression(0);
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("@{").map(|i| at + i) {
        if start > at {
            parts.push(steps.builder.str(&text[at..start], node.place(at, start)));
        }
        let mut reader = Reader { text: &text, at: start + 2, node, steps };
        parts.push(reader.expression(0));
        let end = reader.at;
        at = text[end..].find('}').map_or(text.len(), |i| end + i + 1);
    }
    if at < text.len() {
        parts.push(steps.builder.str(&text[at..], node.place(at, text.len())));
    }
    steps.joined(parts, node.span)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    node: &'a Node,
    steps: &'a mut Steps,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        let rest = self.text.get(self.at..)?;
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed.chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn span(&self, from: usize) -> Span {
        self.node.place(from, self.at.max(from))
    }

    fn word(&mut self) -> String {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn string(&mut self) -> String {
        let mut out = String::new();
        let mut chars = self.text.get(self.at..).unwrap_or_default().char_indices().peekable();
        let start = self.at;
        while let Some((offset, c)) = chars.next() {
            self.at = start + offset + c.len_utf8();
            if c == '\'' {
                if chars.peek().is_some_and(|(_, n)| *n == '\'') {
                    chars.next();
                } else {
                    return out;
                }
            }
            out.push(c);
        }
        out
    }

    fn expression(&mut self, depth: usize) -> ExprId {
        let from = self.at;
        let mut value = match self.peek() {
            _ if depth > MAX_NESTING => None,
            Some('\'') => {
                self.at += 1;
                let start = self.at;
                let text = self.string();
                let span = self.node.place(start, self.at.saturating_sub(1));
                Some(self.steps.builder.str(text, span))
            }
            Some(c) if c.is_ascii_digit() || c == '-' => {
                self.at += 1;
                let digits = self.word();
                let span = self.span(from);
                Some(self.steps.expr(ExprKind::Num(format!("{c}{digits}").into()), span))
            }
            Some(c) if c.is_alphabetic() || c == '_' => {
                let name = self.word();
                if self.eat('(') {
                    let args = self.arguments(depth);
                    Some(self.call(&name, args, from))
                } else {
                    let span = self.span(from);
                    Some(match name.as_str() {
                        "true" | "false" => self.steps.expr(ExprKind::Bool(name == "true"), span),
                        "null" => self.steps.expr(ExprKind::Null, span),
                        _ => self.steps.named(&name, Scope::Lexical, span),
                    })
                }
            }
            _ => None,
        };
        if let Some(found) = value {
            value = Some(self.members(found, depth, from));
        }
        value.unwrap_or_else(|| {
            let span = self.span(from);
            self.steps.expr(ExprKind::Other(Vec::new()), span)
        })
    }

    fn arguments(&mut self, depth: usize) -> Vec<ExprId> {
        let mut args = Vec::new();
        while let Some(c) = self.peek() {
            if c == ')' {
                self.at += 1;
                break;
            }
            let before = self.at;
            args.push(self.expression(depth + 1));
            self.eat(',');
            if self.at == before {
                self.at += self.peek().map_or(1, char::len_utf8);
            }
        }
        args
    }

    /// `.name`, `?.name`, `['name']`, `?['name']`.
    fn members(&mut self, mut value: ExprId, depth: usize, from: usize) -> ExprId {
        loop {
            let optional =
                self.text.get(self.at..).is_some_and(|r| r.starts_with("?.") || r.starts_with("?["));
            self.at += usize::from(optional);
            match self.text.as_bytes().get(self.at) {
                Some(b'.') => {
                    self.at += 1;
                    let name = self.word();
                    let span = self.span(from);
                    value = self.scope_member(value, &name, span);
                }
                Some(b'[') => {
                    self.at += 1;
                    let index = self.expression(depth + 1);
                    self.eat(']');
                    let span = self.span(from);
                    let name = match &self.steps.builder.unit().expr(index).kind {
                        ExprKind::Str(name) => Some(name.to_string()),
                        _ => None,
                    };
                    value = match name {
                        Some(name) => {
                            // `outputs('x')?['body/access_token']`.
                            let last = name.rsplit('/').next().unwrap_or(&name).to_owned();
                            self.scope_member(value, &last, span)
                        }
                        None => self.steps.expr(ExprKind::Index { object: value, index }, span),
                    };
                }
                _ => return value,
            }
        }
    }

    /// A member: parameters of the pipeline are names of their own, and wrappers of a result are the result.
    fn scope_member(&mut self, value: ExprId, name: &str, span: Span) -> ExprId {
        let owner = match &self.steps.builder.unit().expr(value).kind {
            ExprKind::Name { name, .. } => Some(name.to_string()),
            _ => None,
        };
        match (owner.as_deref(), name) {
            (Some("pipeline()"), "parameters" | "globalParameters" | "libraryVariables") => {
                self.steps.named("parameters()", Scope::Lexical, span)
            }
            (Some("parameters()"), _) => self.steps.named(&symbol("parameter", name), Scope::Lexical, span),
            (Some(result), "output" | "body" | "outputs") if result.starts_with("result:") => value,
            _ => self.steps.builder.member(value, name, span),
        }
    }

    fn call(&mut self, name: &str, args: Vec<ExprId>, from: usize) -> ExprId {
        let span = self.span(from);
        let first = args.first().and_then(|a| match &self.steps.builder.unit().expr(*a).kind {
            ExprKind::Str(text) => Some(text.to_string()),
            _ => None,
        });
        let lower = name.to_ascii_lowercase();
        let kind = match lower.as_str() {
            "body" | "outputs" | "activity" | "actions" | "actionbody" | "actionoutputs" => "result",
            "variables" => "variable",
            "parameters" | "appsetting" => "parameter",
            _ => "",
        };
        match (kind, first) {
            ("", _) => {}
            (kind, Some(first)) => {
                return self.steps.named(&symbol(kind, &first), Scope::Lexical, span);
            }
            _ => {}
        }
        match (lower.as_str(), args.as_slice()) {
            ("concat", _) => self.steps.joined(args, span),
            ("pipeline" | "linkedservice" | "dataset", []) => {
                let name = if lower == "pipeline" { "pipeline()" } else { "parameters()" };
                self.steps.named(name, Scope::Lexical, span)
            }
            (
                "string" | "json" | "uricomponent" | "encodeuricomponent" | "decodeuricomponent" | "tolower"
                | "toupper" | "trim" | "base64" | "base64tostring" | "createarray" | "xml" | "coalesce",
                [only],
            ) => *only,
            ("replace" | "substring" | "split", [first, ..]) => *first,
            _ => self.steps.expr(ExprKind::Other(args), span),
        }
    }
}
