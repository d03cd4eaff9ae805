//! Pipelines: GitHub Actions, Azure Pipelines, GitLab CI, Bitbucket. Every script in one is code of its shell.

use std::collections::BTreeSet;

use super::tree::{Kind, Node, Piece as Text};
use super::yaml;
use crate::frontend::embed::Excerpt;
use crate::frontend::{Frontend, Limit, Piece};
use crate::ir::{Span, Unit};

/// The front end for pipelines.
#[derive(Debug)]
pub(in crate::frontend) struct Pipeline;

impl Frontend for Pipeline {
    fn language(&self) -> &'static str {
        "pipeline"
    }

    fn title(&self) -> &'static str {
        "CI pipelines"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        if !super::has_extension(path, "yml") && !super::has_extension(path, "yaml") {
            return false;
        }
        let has = |keys: &[&str]| {
            text.lines().any(|line| {
                let line = line.trim_start().trim_start_matches("- ").trim_start();
                keys.iter().any(|key| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
            })
        };
        has(&["steps", "jobs", "stages", "script", "runs", "before_script", "pipelines"])
            && has(&["run", "script", "bash", "pwsh", "powershell", "inlineScript", "before_script"])
    }

    fn read(&self, _: &str, _: &Limit) -> Option<Unit> {
        Some(Unit::default())
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let root = yaml::read(text);
        let mut scripts = Scripts { found: Vec::new(), variables: BTreeSet::new() };
        scripts.collect_variables(&root);
        scripts.visit(&root, &Context::default(), 0);
        let read = scripts.found.iter().filter_map(|(language, code)| code.read(path, language, limit));
        Some(read.flatten().collect())
    }
}

/// What the maps around a script say about it.
#[derive(Clone, Default)]
struct Context<'n> {
    windows: bool,
    shell: Option<String>,
    task: String,
    script_type: Option<String>,
    environment: Vec<(&'n str, &'n Node)>,
}

struct Scripts {
    found: Vec<(&'static str, Excerpt)>,
    /// Names declared under `variables`.
    variables: BTreeSet<String>,
}

impl Scripts {
    fn collect_variables(&mut self, root: &Node) {
        root.walk(&mut |node| {
            for entry in node.entries() {
                if entry.name != "variables" && entry.name != "parameters" {
                    continue;
                }
                for inner in entry.value.entries() {
                    self.variables.insert(inner.name.clone());
                }
                for item in entry.value.items() {
                    self.variables.extend(item.text_of("name"));
                }
            }
        });
    }

    fn visit<'n>(&mut self, node: &'n Node, outer: &Context<'n>, depth: usize) {
        if depth > super::tree::MAX_NESTING {
            return;
        }
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| self.visit(item, outer, depth + 1)),
            Kind::Map(entries) => {
                let context = inside(node, outer);
                for entry in entries {
                    match language_of(&entry.name, &context) {
                        Some(language) => self.scripts(&entry.value, language, &context, depth + 1),
                        None => self.visit(&entry.value, &context, depth + 1),
                    }
                }
            }
            Kind::Text(_) => {}
        }
    }

    /// A script, a list of commands, or what has that name by accident.
    fn scripts<'n>(&mut self, node: &'n Node, language: &'static str, context: &Context<'n>, depth: usize) {
        match &node.kind {
            Kind::Text(pieces) => {
                let code = self.code(&[pieces], language, context);
                self.found.push((language, code));
            }
            Kind::List(items) if items.iter().all(|i| matches!(i.kind, Kind::Text(_))) => {
                let lines: Vec<&[Text]> = items
                    .iter()
                    .filter_map(
                        |i| if let Kind::Text(pieces) = &i.kind { Some(pieces.as_slice()) } else { None },
                    )
                    .collect();
                let code = self.code(&lines, language, context);
                self.found.push((language, code));
            }
            _ => self.visit(node, context, depth),
        }
    }

    fn code(&self, lines: &[&[Text]], language: &'static str, context: &Context<'_>) -> Excerpt {
        let mut code = Excerpt::default();
        for (name, value) in &context.environment {
            let Some(text) = value.text() else { continue };
            let text = self.resolved(&text, language);
            if !text.contains(['"', '`', '\n', '\'']) && !text.contains('\\') {
                let (before, after) = match language {
                    "powershell" => (format!("$env:{name} = \""), "\"\n"),
                    "batch" => (format!("set {name}="), "\n"),
                    _ => (format!("export {name}=\""), "\"\n"),
                };
                let place = Span { start: value.span.start, end: value.span.start };
                code.push_spelled(&before, place);
                code.push_spelled(&text, value.span);
                code.push_spelled(after, place);
            }
        }
        for pieces in lines {
            for piece in *pieces {
                self.piece(piece, language, &mut code);
            }
            let end = pieces.last().map_or(0, |p| p.span.end);
            code.push_spelled("\n", Span { start: end, end });
        }
        code
    }

    /// A piece of a script with variables of the shell in the place of expressions.
    fn piece(&self, piece: &Text, language: &str, code: &mut Excerpt) {
        if !piece.in_step {
            code.push_spelled(&piece.text, piece.span);
            return;
        }
        let start = piece.span.start as usize;
        let mut at = 0;
        while let Some((from, to, name)) = self.expression(&piece.text, at) {
            code.push(&piece.text[at..from], start + at);
            code.push_spelled(&variable(&name, language), Span::new(start + from, start + to));
            at = to;
        }
        code.push(&piece.text[at..], start + at);
    }

    fn resolved(&self, text: &str, language: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        while let Some((from, to, name)) = self.expression(text, at) {
            out.push_str(&text[at..from]);
            out.push_str(&variable(&name, language));
            at = to;
        }
        out.push_str(&text[at..]);
        out
    }

    /// The next `${{ … }}`, or `$(name)` with the name of a variable: from, to, name.
    fn expression(&self, text: &str, from: usize) -> Option<(usize, usize, String)> {
        let mut at = from;
        loop {
            let start = at + text.get(at..)?.find('$')?;
            let rest = &text[start..];
            if let Some(inner) = rest.strip_prefix("${{") {
                let end = inner.find("}}")?;
                return Some((start, start + 3 + end + 2, last_name(&inner[..end])));
            }
            if let Some(inner) = rest.strip_prefix("$(") {
                let length = inner
                    .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '-'))
                    .unwrap_or(inner.len());
                let name = &inner[..length];
                let plain = inner[length..].starts_with(')') && !name.is_empty();
                let declared = self.variables.contains(name)
                    || name.contains('.')
                    || !name.contains('-') && name.contains(|c: char| c.is_ascii_uppercase());
                if plain && declared {
                    return Some((start, start + 2 + length + 1, last_name(name)));
                }
            }
            at = start + 1;
        }
    }
}

/// The last name of `secrets.NAME`, `steps.id.outputs['name']`, `variables.Name || 'x'`.
fn last_name(expression: &str) -> String {
    let first = expression.split(['|', '&', ',', '=']).next().unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let name = first.rsplit(|c: char| !is_name(c)).find(|part| !part.is_empty()).unwrap_or("value");
    name.replace('-', "_")
}

/// How a shell names a variable of its environment.
fn variable(name: &str, language: &str) -> String {
    match language {
        "powershell" => format!("${{env:{name}}}"),
        "batch" => format!("%{name}%"),
        "bash" => format!("${{{name}}}"),
        _ => name.to_owned(),
    }
}

/// What a map adds to the context of its entries.
fn inside<'n>(node: &'n Node, outer: &Context<'n>) -> Context<'n> {
    let mut context = outer.clone();
    for name in ["runs-on", "vmImage", "image"] {
        if let Some(image) = node.text_of(name) {
            context.windows = image.to_ascii_lowercase().contains("windows");
        }
    }
    if let Some(image) = node.at(&["pool", "vmImage"]).and_then(Node::text) {
        context.windows = image.to_ascii_lowercase().contains("windows");
    }
    if let Some(shell) = node.text_of("shell").or_else(|| node.at(&["defaults", "run", "shell"])?.text()) {
        context.shell = Some(shell.to_ascii_lowercase());
    }
    if let Some(task) = node.text_of("task").or_else(|| node.text_of("uses")) {
        context.task = task.to_ascii_lowercase();
    }
    if let Some(kind) = node.text_of("scriptType") {
        context.script_type = Some(kind.to_ascii_lowercase());
    }
    for section in ["env", "variables"] {
        if let Some(map) = node.get(section) {
            context.environment.extend(map.entries().iter().map(|e| (e.name.as_str(), &e.value)));
            for item in map.items() {
                if let (Some(Node { kind: Kind::Text(name), .. }), Some(value)) =
                    (item.get("name"), item.get("value"))
                    && let [name] = name.as_slice()
                {
                    context.environment.push((&name.text, value));
                }
            }
        }
    }
    let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    context.environment.retain(|(name, _)| is_name(name));
    context
}

/// The language of a script by the name it stands under, and what stands around it.
fn language_of(name: &str, context: &Context<'_>) -> Option<&'static str> {
    let shell = || match context.shell.as_deref() {
        Some(shell) if shell.starts_with("pwsh") || shell.starts_with("powershell") => "powershell",
        Some(shell) if shell.starts_with("cmd") => "batch",
        Some(shell) if shell.starts_with("python") => "python",
        _ => "bash",
    };
    match name {
        "run" => Some(if context.windows && context.shell.is_none() { "powershell" } else { shell() }),
        "bash" | "before_script" | "after_script" => Some("bash"),
        "pwsh" | "powershell" => Some("powershell"),
        "script" | "inlineScript" | "Inline" | "inline" | "azurePowerShellScript" => {
            Some(by_task(name, context))
        }
        _ => None,
    }
}

fn by_task(name: &str, context: &Context<'_>) -> &'static str {
    match context.script_type.as_deref() {
        Some("ps" | "pscore") => return "powershell",
        Some("bash") => return "bash",
        Some("batch") => return "batch",
        _ => {}
    }
    let task = context.task.as_str();
    if task.contains("powershell") {
        "powershell"
    } else if task.contains("github-script") {
        "javascript"
    } else if task.contains("python") {
        "python"
    } else if context.windows && (name == "script" && task.is_empty() || task.starts_with("cmdline")) {
        "batch"
    } else {
        "bash"
    }
}
