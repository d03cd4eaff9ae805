//! Terraform: data sources that send requests, and provisioners that run commands.

use super::hcl::{Block, Body, Reader, Value};
use super::request::Steps;
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
        &["tf", "tofu", "tfvars"]
    }

    fn read(&self, text: &str, _: &Limit) -> Option<Unit> {
        Some(read(text).0)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        if path.to_ascii_lowercase().ends_with(".tfvars") {
            return Some(vec![Piece { language: self.language(), unit: variables(text) }]);
        }
        let (unit, commands) = read(text);
        let mut pieces = vec![Piece { language: self.language(), unit }];
        for (language, code) in commands {
            pieces.extend(code.read(path, language, limit).into_iter().flatten());
        }
        Some(pieces)
    }
}

/// How deep blocks in blocks are looked at.
const MAX_DEPTH: usize = 8;

type Commands = Vec<(&'static str, Excerpt)>;

fn read(text: &str) -> (Unit, Commands) {
    let body = Reader { text, at: 0 }.body(0);
    let mut file = File { text, steps: Steps::new(), commands: Commands::new() };
    file.body(&body);
    (file.steps.finish(), file.commands)
}

/// A file of values for variables.
fn variables(text: &str) -> Unit {
    let body = Reader { text, at: 0 }.body(0);
    let mut file = File { text, steps: Steps::new(), commands: Commands::new() };
    for (name, value) in &body.attributes {
        let given = file.value(*value);
        file.steps.assign(&format!("var.{name}"), Scope::Global, given, value.span);
    }
    file.steps.finish()
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
                ("data", [kind, name]) => self.called(block, kind, &format!("data.{kind}.{name}")),
                ("resource", [kind, name]) => {
                    self.called(block, kind, &format!("{kind}.{name}"));
                    // What it is, besides what it does.
                    let resource = self.resource(Some(kind), &block.body, block.span, 0);
                    self.steps.assign(
                        &format!("resource.{kind}.{name}"),
                        Scope::Global,
                        resource,
                        block.span,
                    );
                }
                ("provider", [kind]) => self.provider(block, kind),
                ("provisioner", [kind]) if kind == "local-exec" => self.command(&block.body),
                _ => self.body(&block.body),
            }
        }
    }

    /// A resource or data source is a call of its type with its attributes, and stands for what it gives. It works
    /// with what its provider was set up with.
    fn called(&mut self, block: &Block, kind: &str, name: &str) {
        let mut args = self.arguments(&block.body, 0);
        let provider = kind.split_once('_').map_or(kind, |(provider, _)| provider);
        let own = block.body.attribute("provider");
        let own = own.and_then(|v| self.text.get(v.span.start as usize..v.span.end as usize));
        let provider = format!("provider.{}", own.unwrap_or(provider));
        args.retain(|(name, _)| name != "provider");
        args.push(("provider".to_owned(), self.steps.named(&provider, Scope::Lexical, block.span)));
        let call = self.steps.call(kind, args, block.span);
        self.steps.assign(name, Scope::Global, call, block.span);
        // What is run beside it.
        self.body(&block.body);
    }

    /// The set-up of a provider is a map of its attributes; blocks in it are calls of their names.
    fn provider(&mut self, block: &Block, kind: &str) {
        let args = self.arguments(&block.body, 0);
        let entries =
            args.into_iter().map(|(name, value)| (self.steps.builder.str(name, block.span), value)).collect();
        let map = self.steps.expr(ExprKind::Map(entries), block.span);
        let alias = block.body.attribute("alias");
        let alias = alias.and_then(|v| self.text.get(v.span.start as usize..v.span.end as usize));
        let name = match alias {
            Some(alias) => format!("provider.{kind}.{}", alias.trim_matches('"')),
            None => format!("provider.{kind}"),
        };
        self.steps.assign(&name, Scope::Global, map, block.span);
    }

    /// The attributes and blocks of a block.
    fn arguments(&mut self, body: &Body, depth: usize) -> Vec<(String, ExprId)> {
        let mut args = Vec::new();
        for (name, value) in &body.attributes {
            args.push((name.clone(), self.value(*value)));
        }
        for block in body.blocks.iter().filter(|b| b.labels.is_empty() && depth < MAX_DEPTH) {
            let inner = self.arguments(&block.body, depth + 1);
            args.push((block.kind.clone(), self.steps.call(&block.kind, inner, block.span)));
        }
        args
    }

    /// A resource or a block in it, as an object: attributes and blocks by their names.
    fn resource(&mut self, kind: Option<&str>, body: &Body, span: Span, depth: usize) -> ExprId {
        let mut init = Vec::new();
        for (name, value) in &body.attributes {
            init.push(Init::Member(name.as_str().into(), self.value(*value)));
        }
        for block in body.blocks.iter().filter(|block| depth < MAX_DEPTH && block.kind != "provisioner") {
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
