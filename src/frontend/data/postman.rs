//! Collections and environments of Postman.
//!
//! What scripts of a collection do is read as JavaScript (`postman_scripts.rs`). Variables that they set are shared
//! with them; all others are the collection's, the folder's or the environment's.

use super::json;
use super::postman_scripts::{self as scripts, Script};
use super::request::{Request, Steps};
use super::tree::{Kind, Node};
use crate::frontend::{Frontend, Limit, Piece};
use crate::ir::{ExprId, ExprKind, Scope, Unit};

/// The front end for Postman.
#[derive(Debug)]
pub(in crate::frontend) struct Postman;

impl Frontend for Postman {
    fn language(&self) -> &'static str {
        "postman"
    }

    fn title(&self) -> &'static str {
        "Postman collections"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        path.ends_with(".postman_collection.json")
            || path.ends_with(".postman_environment.json")
            || super::has_extension(path, "json")
                && (text.contains("schema.getpostman.com") && text.contains("\"item\"")
                    || text.contains("\"_postman_variable_scope\"")
                    || text.contains("\"_postman_id\"") && text.contains("\"item\""))
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        Some(self.read_file("", text, limit)?.swap_remove(0).unit)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let mut steps = Steps::new();
        let mut code = Vec::new();
        if let Some(root) = json::read(text) {
            let found = scripts::of(&root);
            for script in &found {
                code.extend(script.read(path, limit)?);
            }
            steps.shared = code.iter().flat_map(|piece| scripts::set_by(&piece.unit)).collect();
            // An environment belongs to all collections.
            pairs(&mut steps, root.get("values"), Scope::Global);
            folder(&mut steps, &root, None, &found, 0);
        }
        code.insert(0, Piece { language: self.language(), unit: steps.finish() });
        Some(code)
    }
}

/// `[{"key": …, "value": …}]` as variables.
fn pairs(steps: &mut Steps, list: Option<&Node>, scope: Scope) {
    for pair in list.map(Node::items).unwrap_or_default() {
        if let (Some(name), Some(value)) =
            (pair.text_of("key").or_else(|| pair.text_of("id")), pair.get("value"))
            && value.text().is_some_and(|t| !t.is_empty())
            && !steps.shared.contains(&name)
        {
            let value = steps.braced(value);
            steps.assign(&name, scope, value, pair.span);
            let value = steps.named(&name, scope, pair.span);
            steps.assign(&scripts::shared(&name), Scope::Env, value, pair.span);
        }
    }
}

/// A collection or a folder of it.
fn folder<'n>(
    steps: &mut Steps,
    node: &'n Node,
    outer: Option<&'n Node>,
    scripts: &[Script<'_>],
    depth: usize,
) {
    if depth > super::tree::MAX_NESTING {
        return;
    }
    pairs(steps, node.get("variable"), Scope::Script);
    let auth = node.get("auth").or(outer);
    for item in node.get("item").map(Node::items).unwrap_or_default() {
        if item.get("item").is_some() {
            folder(steps, item, auth, scripts, depth + 1);
        } else if let Some(request) = item.get("request") {
            let response = send(steps, request, auth);
            let kept = scripts.iter().any(|s| s.answer() == Some(request.span));
            if kept {
                steps.assign(&scripts::response(request.span), Scope::Env, response, request.span);
            } else {
                steps.run(response, request.span);
            }
        }
    }
}

fn send(steps: &mut Steps, node: &Node, outer: Option<&Node>) -> ExprId {
    let span = node.span;
    if node.text().is_some() {
        let url = Some(steps.braced(node));
        return steps.request("request", Request { url, ..Request::default() }, span);
    }
    let url = node.get("url").map(|url| match url.get("raw") {
        Some(raw) => steps.braced(raw),
        None => steps.value(url, &mut |s, n| s.braced(n)),
    });
    let mut headers = Vec::new();
    for header in node.get("header").map(Node::items).unwrap_or_default() {
        if header.text_of("disabled").as_deref() == Some("true") {
            continue;
        }
        if let (Some(name), Some(value)) = (header.get("key"), header.get("value")) {
            headers.push((steps.braced(name), steps.braced(value)));
        }
    }
    let headers = (!headers.is_empty()).then(|| steps.expr(ExprKind::Map(headers), span));
    let authentication = node.get("auth").or(outer).and_then(|auth| authenticate(steps, auth));
    let request = Request {
        url,
        method: node.get("method").map(|m| steps.braced(m)),
        headers,
        body: node.get("body").and_then(|b| body(steps, b)),
        authentication,
    };
    steps.request("request", request, span)
}

fn body(steps: &mut Steps, node: &Node) -> Option<ExprId> {
    let mode = node.text_of("mode").unwrap_or_default();
    let content = node.get(&mode)?;
    if let Kind::List(items) = &content.kind {
        let mut entries = Vec::new();
        for item in items {
            if item.text_of("disabled").as_deref() == Some("true") {
                continue;
            }
            if let (Some(name), Some(value)) = (item.get("key"), item.get("value")) {
                entries.push((steps.braced(name), steps.braced(value)));
            }
        }
        return Some(steps.expr(ExprKind::Map(entries), content.span));
    }
    Some(steps.value(content, &mut |s, n| s.braced(n)))
}

/// How a request signs in. What is obtained for it is a request of its own.
fn authenticate(steps: &mut Steps, auth: &Node) -> Option<ExprId> {
    let kind = auth.text_of("type")?;
    let details = auth.get(&kind)?;
    let field = |name: &str| -> Option<&Node> {
        let listed = details.items().iter().find(|i| i.text_of("key").as_deref() == Some(name));
        listed.and_then(|i| i.get("value")).or_else(|| details.get(name))
    };
    match kind.as_str() {
        "bearer" => Some(steps.braced(field("token")?)),
        "apikey" => Some(steps.braced(field("value")?)),
        "oauth2" => {
            if let Some(url) = field("accessTokenUrl").filter(|n| n.text().is_some_and(|t| !t.is_empty())) {
                let mut entries = Vec::new();
                for (from, to) in [
                    ("grant_type", "grant_type"),
                    ("clientId", "client_id"),
                    ("clientSecret", "client_secret"),
                    ("username", "username"),
                    ("password", "password"),
                    ("scope", "scope"),
                    ("resource", "resource"),
                ] {
                    if let Some(value) = field(from).filter(|n| n.text().is_some_and(|t| !t.is_empty())) {
                        let key = steps.builder.str(to, value.span);
                        entries.push((key, steps.braced(value)));
                    }
                }
                extra_fields(steps, field("tokenRequestParams"), &mut entries);
                let body = Some(steps.expr(ExprKind::Map(entries), details.span));
                let url = Some(steps.braced(url));
                let method = Some(steps.builder.str("POST", details.span));
                return Some(steps.request(
                    "request",
                    Request { url, method, body, ..Request::default() },
                    details.span,
                ));
            }
            field("accessToken").map(|token| steps.braced(token))
        }
        _ => None,
    }
}

fn extra_fields(steps: &mut Steps, list: Option<&Node>, entries: &mut Vec<(ExprId, ExprId)>) {
    for item in list.map(Node::items).unwrap_or_default() {
        if let (Some(name), Some(value)) = (item.get("key"), item.get("value")) {
            entries.push((steps.braced(name), steps.braced(value)));
        }
    }
}
