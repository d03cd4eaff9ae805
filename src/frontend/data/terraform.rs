//! Terraform: data sources that send requests, and provisioners that run commands.

use super::hcl::{Block, Body, Reader, Value};
use super::request::{Request, Steps};
use crate::frontend::embed::Excerpt;
use crate::frontend::{Frontend, Limit, Piece};
use crate::ir::{ExprId, ExprKind, Init, Scope, Span, TypeName, Unit};

/// The front end for Terraform.
#[derive(Debug)]
pub(in crate::frontend) struct Terraform;

impl Frontend for Terraform {
    fn language(&self) -> &'static str {
        "terraform"
    }

    fn title(&self) -> &'static str {
        "Terraform"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tf", "tofu"]
    }

    fn read(&self, text: &str, _: &Limit) -> Option<Unit> {
        Some(read(text).0)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let (unit, commands) = read(text);
        let mut pieces = vec![Piece { language: self.language(), unit }];
        for (language, code) in commands {
            pieces.extend(code.read(path, language, limit).into_iter().flatten());
        }
        Some(pieces)
    }
}

/// How deep the blocks of a resource may nest.
const MAX_BLOCKS: usize = 16;

type Commands = Vec<(&'static str, Excerpt)>;

fn read(text: &str) -> (Unit, Commands) {
    let body = Reader { text, at: 0 }.body(0);
    let mut file = File { text, steps: Steps::new(), commands: Commands::new() };
    file.body(&body);
    (file.steps.finish(), file.commands)
}

struct File<'t> {
    text: &'t str,
    steps: Steps,
    commands: Commands,
}

impl File<'_> {
    fn value(&mut self, value: Value) -> ExprId {
        let mut reader = Reader { text: self.text, at: value.span.start as usize };
        reader.expression(&mut self.steps, value.span.end as usize, 0)
    }

    fn optional(&mut self, body: &Body, names: &[&str]) -> Option<ExprId> {
        let value = names.iter().find_map(|name| body.attribute(name))?;
        Some(self.value(value))
    }

    fn body(&mut self, body: &Body) {
        for block in &body.blocks {
            match (block.kind.as_str(), block.labels.as_slice()) {
                ("variable", [name]) => {
                    if let Some(default) = block.body.attribute("default") {
                        let value = self.value(default);
                        self.steps.assign(&format!("var.{name}"), Scope::Global, value, block.span);
                    }
                }
                ("locals", _) => {
                    for (name, value) in &block.body.attributes {
                        let given = self.value(*value);
                        self.steps.assign(&format!("local.{name}"), Scope::Global, given, value.span);
                    }
                }
                ("data", [kind, name]) if kind == "http" => self.request(block, name),
                ("provisioner", [kind]) if kind == "local-exec" => self.command(&block.body),
                ("resource", [kind, name]) => {
                    let resource = self.resource(Some(kind), &block.body, block.span, 0);
                    self.steps.assign(&format!("{kind}.{name}"), Scope::Global, resource, block.span);
                    self.body(&block.body);
                }
                _ => self.body(&block.body),
            }
        }
    }

    /// `data "http" "name" { … }`.
    fn request(&mut self, block: &Block, name: &str) {
        let url = self.optional(&block.body, &["url"]);
        let method = self.optional(&block.body, &["method"]);
        let headers = self.optional(&block.body, &["request_headers"]);
        let body = self.optional(&block.body, &["request_body"]);
        let request = Request { url, method, headers, body, authentication: None };
        let sent = self.steps.request("http", request, block.span);
        self.steps.assign(&format!("data.http.{name}"), Scope::Global, sent, block.span);
    }

    /// A resource or a block in it, as an object: attributes and blocks by their names.
    fn resource(&mut self, kind: Option<&str>, body: &Body, span: Span, depth: usize) -> ExprId {
        let mut init = Vec::new();
        for (name, value) in &body.attributes {
            init.push(Init::Member(name.as_str().into(), self.value(*value)));
        }
        for block in body.blocks.iter().filter(|block| depth < MAX_BLOCKS && block.kind != "provisioner") {
            // `dynamic "users" { content { … } }` is any number of blocks `users`.
            let content = block.body.blocks.iter().find(|inner| inner.kind == "content");
            let (name, block) = match (block.kind.as_str(), block.labels.as_slice(), content) {
                ("dynamic", [name], Some(content)) => (name.as_str(), content),
                (name, ..) => (name, block),
            };
            let inner = self.resource(None, &block.body, block.span, depth + 1);
            init.push(Init::Member(name.into(), inner));
        }
        let ty = kind.map(TypeName::simple);
        self.steps.expr(ExprKind::New { ty, args: Vec::new(), init }, span)
    }

    /// `provisioner "local-exec" { command = … }`.
    fn command(&mut self, body: &Body) {
        let Some(command) = body.attribute("command") else { return };
        let (start, end) = (command.span.start as usize, command.span.end as usize);
        let text = self.text.get(start..end).unwrap_or_default();
        let interpreter = body
            .attribute("interpreter")
            .map_or("", |v| self.text.get(v.span.start as usize..v.span.end as usize).unwrap_or_default());
        let language = match interpreter.to_ascii_lowercase() {
            i if i.contains("pwsh") || i.contains("powershell") => "powershell",
            i if i.contains("python") => "python",
            _ => "bash",
        };
        let (code, at) = if text.starts_with("<<") {
            let from = text.find('\n').map_or(text.len(), |i| i + 1);
            let to = text.trim_end().rfind('\n').unwrap_or(text.len()).max(from);
            (&text[from..to], start + from)
        } else {
            (text.trim_matches('"'), start + usize::from(text.starts_with('"')))
        };
        let mut excerpt = Excerpt::default();
        let mut from = 0;
        for (offset, _) in code.match_indices("\\\"") {
            excerpt.push(&code[from..offset], at + from);
            excerpt.push_spelled("\"", crate::ir::Span::new(at + offset, at + offset + 2));
            from = offset + 2;
        }
        excerpt.push(&code[from..], at + from);
        self.commands.push((language, excerpt));
    }
}
