//! `.http` and `.rest` files, as editors send them.

use super::json;
use super::request::{Request, Steps};
use super::tree::Node;
use crate::frontend::{Frontend, Limit, Piece};
use crate::ir::{ExprId, ExprKind, Scope, Span, Unit};

/// The front end for files of requests.
#[derive(Debug)]
pub(in crate::frontend) struct HttpFile;

impl Frontend for HttpFile {
    fn language(&self) -> &'static str {
        "http-file"
    }

    fn title(&self) -> &'static str {
        "HTTP request files"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["http", "rest"]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        is_environment(path) || is_editor_settings(path) && text.contains(EDITOR_VARIABLES)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let units = if is_environment(path) {
            json::read(text).map_or_else(Vec::new, |root| environments(&root))
        } else if is_editor_settings(path) {
            let root = json::read(text);
            // A workspace has its settings in a section.
            let settings = root.as_ref().map(|root| root.get("settings").unwrap_or(root));
            settings.and_then(|s| s.get(EDITOR_VARIABLES)).map_or_else(Vec::new, environments)
        } else {
            vec![self.read(text, limit)?]
        };
        Some(units.into_iter().map(|unit| Piece { language: self.language(), unit }).collect())
    }

    fn read(&self, text: &str, _: &Limit) -> Option<Unit> {
        let mut steps = Steps::new();
        let mut lines = Vec::new();
        let mut offset = 0;
        for raw in text.split_inclusive('\n') {
            let line = raw.trim_end();
            if line.starts_with("###") {
                request(&mut steps, text, &lines);
                lines.clear();
            } else {
                lines.push((offset, line));
            }
            offset += raw.len();
        }
        request(&mut steps, text, &lines);
        Some(steps.finish())
    }
}

/// The variables of editors by `JetBrains` and Visual Studio lie in files of these names.
fn is_environment(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ["http-client.env.json", "http-client.private.env.json", "http-client.env.json.user"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Where the REST Client of Visual Studio Code keeps its variables.
const EDITOR_VARIABLES: &str = "rest-client.environmentVariables";

/// The settings of a folder or workspace of Visual Studio Code.
fn is_editor_settings(path: &str) -> bool {
    path == ".vscode/settings.json"
        || path.ends_with("/.vscode/settings.json")
        || super::has_extension(path, "code-workspace")
}

/// `{"production": {"host": "…"}, "test": {"host": "…"}}`: one unit for each, since only one holds at a time. What is
/// `$shared` belongs to all.
fn environments(all: &Node) -> Vec<Unit> {
    let mut units = Vec::new();
    for environment in all.entries() {
        let mut steps = Steps::new();
        for entry in environment.value.entries() {
            if entry.value.text().is_some_and(|text| !text.is_empty()) {
                let value = steps.braced(&entry.value);
                steps.assign(&entry.name, Scope::Global, value, entry.name_span);
            }
        }
        units.push(steps.finish());
    }
    units
}

/// A part of the file with variables in it.
fn text_at(steps: &mut Steps, text: &str, start: usize) -> ExprId {
    let span = Span::new(start, start + text.len());
    steps.braced_text(text, &|from, to| Span::new(start + from, start + to), span)
}

/// The name behind `# @name`.
fn name_in(line: &str) -> Option<&str> {
    let comment = line.strip_prefix('#').or_else(|| line.strip_prefix("//"))?.trim_start();
    Some(comment.strip_prefix("@name")?.trim_start_matches(['=', ' ']).trim())
}

fn request(steps: &mut Steps, text: &str, lines: &[(usize, &str)]) {
    let mut name = None;
    let mut at = 0;
    // Variables and comments come first.
    while let Some((start, line)) = lines.get(at) {
        if let Some(found) = name_in(line) {
            name = Some(found);
        } else if let Some((variable, value)) = line.strip_prefix('@').and_then(|l| l.split_once('=')) {
            let trimmed = value.trim_start();
            let value_at = start + line.len() - trimmed.len();
            let value = text_at(steps, trimmed, value_at);
            steps.assign(variable.trim(), Scope::Script, value, Span::new(*start, start + line.len()));
        } else if !line.is_empty()
            && !line.starts_with('#')
            && !line.starts_with("//")
            && !line.starts_with("< {%")
        {
            break;
        }
        at += 1;
    }
    let Some((start, line)) = lines.get(at).copied() else { return };
    let (method, target) = match line.split_once(char::is_whitespace) {
        Some((method, target)) if method.bytes().all(|b| b.is_ascii_uppercase()) => {
            (method, target.trim_start())
        }
        _ => ("GET", line),
    };
    let target_at = start + line.len() - target.len();
    let target = target.trim_end();
    let target = target.rsplit_once(" HTTP/").map_or(target, |(t, _)| t.trim_end());
    let mut url = vec![text_at(steps, target, target_at)];
    at += 1;
    while let Some((start, line)) = lines.get(at).copied() {
        let more = line.trim_start();
        if !more.starts_with(['?', '&', '/']) || more.starts_with("//") || line == more {
            break;
        }
        url.push(text_at(steps, more, start + line.len() - more.len()));
        at += 1;
    }
    let mut headers = Vec::new();
    while let Some((start, line)) = lines.get(at).copied() {
        at += 1;
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with('#') || line.starts_with("//") {
            continue;
        }
        if let Some((header, value)) = line.split_once(':') {
            let key = steps.builder.str(header.trim(), Span::new(start, start + header.len()));
            let value = value.trim_start();
            headers.push((key, text_at(steps, value, start + line.len() - value.len())));
        }
    }
    let mut end = lines.len();
    let mut sets = Vec::new();
    for (index, (start, line)) in lines.iter().enumerate().skip(at) {
        if line.starts_with("> {%") || line.starts_with("> ") {
            end = end.min(index);
        }
        sets.extend(stored(line).map(|(name, member)| (name, member, Span::new(*start, start + line.len()))));
    }
    let span = Span::new(start, lines.get(end.max(1) - 1).map_or(start + line.len(), |(s, l)| s + l.len()));
    let body = (at < end).then(|| {
        let from = lines[at].0;
        let to = lines[end - 1].0 + lines[end - 1].1.len();
        text_at(steps, text.get(from..to).unwrap_or_default(), from)
    });
    let url = Some(steps.joined(url, span));
    let verb = method;
    let method = Some(steps.builder.str(method, span));
    let headers = (!headers.is_empty()).then(|| steps.expr(ExprKind::Map(headers), span));
    let sent = steps.request(verb, Request { url, method, headers, body, authentication: None }, span);
    let result = name.map_or_else(|| format!("response:{}", span.start), str::to_owned);
    steps.assign(&result, Scope::Script, sent, span);
    for (variable, member, place) in sets {
        let response = steps.named(&result, Scope::Lexical, place);
        let value = steps.builder.member(response, member.as_str(), place);
        steps.assign(&variable, Scope::Script, value, place);
    }
}

/// `client.global.set("name", response.body.access_token)`.
fn stored(line: &str) -> Option<(String, String)> {
    let (_, rest) = line.split_once(".set(")?;
    let (name, value) = rest.split_once(',')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let member = value.rsplit(['.', '[']).next()?;
    let member: String = member.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    (!name.is_empty() && !member.is_empty()).then(|| (name.to_owned(), member))
}
