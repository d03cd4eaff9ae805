//! The language of Terraform: blocks, attributes, templates and references.

use super::request::Steps;
use crate::ir::{ExprId, ExprKind, Scope, Span};

/// A block or an object: attributes and blocks by name, in order.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) attributes: Vec<(String, Value)>,
    pub(super) blocks: Vec<Block>,
}

/// `kind "label" "label" { … }`.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: String,
    pub(super) labels: Vec<String>,
    pub(super) body: Body,
    pub(super) span: Span,
}

/// An expression, as its place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub(super) span: Span,
}

impl Body {
    pub(super) fn attribute(&self, name: &str) -> Option<Value> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }
}

/// How deep blocks and expressions may nest.
const MAX_NESTING: usize = 48;

/// Reads the text of a file.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(1, char::len_utf8);
    }

    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with('#') || trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.at += trimmed.find("*/").map_or(trimmed.len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Attributes and blocks up to the closing brace.
    pub(super) fn body(&mut self, depth: usize) -> Body {
        let mut body = Body::default();
        loop {
            self.blank();
            match self.peek() {
                None => return body,
                Some('}') => {
                    self.at += 1;
                    return body;
                }
                Some(c) if is_name(c) || c == '"' => {}
                Some(_) => {
                    self.bump();
                    continue;
                }
            }
            let start = self.at;
            let name = self.label();
            let mut labels = Vec::new();
            loop {
                let line = self.rest();
                self.at += line.len() - line.trim_start_matches([' ', '\t']).len();
                match self.peek() {
                    Some(c) if c == '"' || is_name(c) => labels.push(self.label()),
                    _ => break,
                }
                if labels.len() > 8 {
                    break;
                }
            }
            match self.peek() {
                Some('=' | ':') if labels.is_empty() => {
                    self.at += 1;
                    self.blank();
                    let from = self.at;
                    self.skip_value();
                    let to = from + self.text.get(from..self.at).unwrap_or_default().trim_end().len();
                    body.attributes.push((name, Value { span: Span::new(from, to) }));
                }
                Some('{') if depth < MAX_NESTING => {
                    self.at += 1;
                    let inner = self.body(depth + 1);
                    let span = Span::new(start, self.at);
                    body.blocks.push(Block { kind: name, labels, body: inner, span });
                }
                _ => self.bump(),
            }
        }
    }

    fn label(&mut self) -> String {
        if self.peek() == Some('"') {
            self.at += 1;
            let start = self.at;
            self.skip_string();
            return self.text.get(start..self.at.saturating_sub(1)).unwrap_or_default().to_owned();
        }
        self.word().to_owned()
    }

    /// Passes over a string from behind its quote, with the templates in it.
    fn skip_string(&mut self) {
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            self.bump();
            match c {
                '\\' if depth == 0 => self.bump(),
                '"' | '\n' if depth == 0 => return,
                '$' | '%' if self.peek() == Some('{') => {
                    self.bump();
                    depth += 1;
                }
                '}' if depth > 0 => depth -= 1,
                _ => {}
            }
        }
    }

    /// Passes over a here-document from behind its `<<`; gives the place of its text.
    fn skip_document(&mut self) -> Span {
        let mark = self.rest().trim_start_matches('-').to_owned();
        let mark = mark.split(|c: char| !is_name(c)).next().unwrap_or_default().to_owned();
        self.at += self.rest().find('\n').map_or(self.rest().len(), |i| i + 1);
        let start = self.at;
        while self.at < self.text.len() {
            let rest = self.rest();
            let length = rest.find('\n').map_or(rest.len(), |i| i + 1);
            if rest[..length].trim() == mark {
                let end = self.at;
                self.at += rest[..length].trim_end().len();
                return Span::new(start, end);
            }
            self.at += length;
        }
        Span::new(start, self.at)
    }

    /// Passes over an expression: to the end of its line, or of its brackets.
    fn skip_value(&mut self) {
        let mut open = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    self.at += 1;
                    self.skip_string();
                    continue;
                }
                '<' if self.rest().starts_with("<<") && open == 0 => {
                    self.at += 2;
                    self.skip_document();
                    return;
                }
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' | '\n' | ',' if open == 0 => return,
                ')' | ']' | '}' => open -= 1,
                '#' => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                    continue;
                }
                _ => {}
            }
            self.bump();
        }
    }

    /// The expression at the cursor.
    pub(super) fn expression(&mut self, steps: &mut Steps, end: usize, depth: usize) -> ExprId {
        self.blank();
        let start = self.at;
        let value = match self.peek() {
            _ if depth > MAX_NESTING || self.at >= end => None,
            Some('"') => {
                self.at += 1;
                let from = self.at;
                self.skip_string();
                let to = self.at.saturating_sub(1).max(from);
                Some(self.template(steps, from, to, depth))
            }
            Some('<') if self.rest().starts_with("<<") => {
                self.at += 2;
                let span = self.skip_document();
                Some(self.template(steps, span.start as usize, span.end as usize, depth))
            }
            Some('{') => {
                self.at += 1;
                Some(self.object(steps, start, end, depth))
            }
            Some('[') => {
                self.at += 1;
                let items = self.items(steps, end, depth, ']');
                Some(steps.expr(ExprKind::List(items), Span::new(start, self.at)))
            }
            Some('(') => {
                self.at += 1;
                let items = self.items(steps, end, depth, ')');
                Some(steps.joined(items, Span::new(start, self.at)))
            }
            Some(c) if is_name(c) => Some(self.reference(steps, end, depth)),
            _ => None,
        };
        value.unwrap_or_else(|| {
            self.bump();
            steps.expr(ExprKind::Other(Vec::new()), Span::new(start, start))
        })
    }

    fn items(&mut self, steps: &mut Steps, end: usize, depth: usize, close: char) -> Vec<ExprId> {
        let mut items = Vec::new();
        while self.at < end {
            self.blank();
            match self.peek() {
                None => break,
                Some(c) if c == close => {
                    self.at += 1;
                    break;
                }
                Some(c) if c == '"' || c == '{' || c == '[' || c == '(' || is_name(c) => {
                    items.push(self.expression(steps, end, depth + 1));
                }
                Some(_) => self.bump(),
            }
        }
        items
    }

    fn object(&mut self, steps: &mut Steps, start: usize, end: usize, depth: usize) -> ExprId {
        let mut entries = Vec::new();
        while self.at < end {
            self.blank();
            match self.peek() {
                None => break,
                Some('}') => {
                    self.at += 1;
                    break;
                }
                Some(c) if c == '"' || is_name(c) => {
                    let from = self.at;
                    let name = self.label();
                    let key = steps.builder.str(name, Span::new(from, self.at));
                    self.blank();
                    if matches!(self.peek(), Some('=' | ':')) {
                        self.at += 1;
                        entries.push((key, self.expression(steps, end, depth + 1)));
                    }
                }
                Some(_) => self.bump(),
            }
        }
        steps.expr(ExprKind::Map(entries), Span::new(start, self.at))
    }

    /// `"…${…}…"`.
    fn template(&mut self, steps: &mut Steps, from: usize, to: usize, depth: usize) -> ExprId {
        let after = self.at;
        let mut parts = Vec::new();
        let mut at = from;
        while let Some(start) = self.text.get(at..to).and_then(|t| t.find("${")).map(|i| at + i) {
            self.literal(steps, at, start, &mut parts);
            self.at = start + 2;
            parts.push(self.expression(steps, to, depth + 1));
            let close = self.text.get(self.at..to).and_then(|t| t.find('}')).map_or(to, |i| self.at + i + 1);
            at = close.max(start + 2);
        }
        self.literal(steps, at, to, &mut parts);
        self.at = after;
        steps.joined(parts, Span::new(from, to))
    }

    fn literal(&self, steps: &mut Steps, from: usize, to: usize, parts: &mut Vec<ExprId>) {
        if let Some(text) = self.text.get(from..to).filter(|t| !t.is_empty()) {
            let text = text.replace("\\\"", "\"").replace("\\n", "\n");
            parts.push(steps.builder.str(text, Span::new(from, to)));
        }
    }

    /// `data.http.token.response_body`, `var.x`, `jsondecode(…).access_token`.
    fn reference(&mut self, steps: &mut Steps, end: usize, depth: usize) -> ExprId {
        let start = self.at;
        let mut names = vec![self.word().to_owned()];
        if self.peek() == Some('(') {
            self.at += 1;
            let args = self.items(steps, end, depth, ')');
            let span = Span::new(start, self.at);
            let mut value = match (names[0].as_str(), args.as_slice()) {
                ("join" | "format", [_, rest @ ..]) if names[0] == "join" => {
                    steps.expr(ExprKind::Other(rest.to_vec()), span)
                }
                (_, [only]) => *only,
                _ => steps.expr(ExprKind::Other(args), span),
            };
            while self.peek() == Some('.') {
                self.at += 1;
                let name = self.word().to_owned();
                value = steps.builder.member(value, name, Span::new(start, self.at));
            }
            return value;
        }
        while self.peek() == Some('.') || self.peek() == Some('[') {
            if self.peek() == Some('[') {
                self.at += self.rest().find(']').map_or(1, |i| i + 1);
                continue;
            }
            self.at += 1;
            names.push(self.word().to_owned());
        }
        let span = Span::new(start, self.at);
        match names[0].as_str() {
            "true" | "false" if names.len() == 1 => steps.expr(ExprKind::Bool(names[0] == "true"), span),
            "null" => steps.expr(ExprKind::Null, span),
            _ => {
                let own = match names[0].as_str() {
                    "data" => 3,
                    _ => 2,
                };
                let own = own.min(names.len());
                let mut value = steps.named(&names[..own].join("."), Scope::Global, span);
                for name in &names[own..] {
                    if !matches!(name.as_str(), "response_body" | "body" | "output" | "result") {
                        value = steps.builder.member(value, name.as_str(), span);
                    }
                }
                value
            }
        }
    }
}
