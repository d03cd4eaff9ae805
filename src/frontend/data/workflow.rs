//! Logic Apps, Power Automate and Data Factory: steps that send requests and set variables.

use super::expression::{symbol, text};
use super::json;
use super::request::{Request, Steps};
use super::tree::{Entry, Kind, Node};
use crate::frontend::{Frontend, Limit};
use crate::ir::{ExprId, Scope, Unit};

/// The front end for Logic Apps and Power Automate.
#[derive(Debug)]
pub(in crate::frontend) struct LogicApp;

impl Frontend for LogicApp {
    fn language(&self) -> &'static str {
        "logic-app"
    }

    fn title(&self) -> &'static str {
        "Logic Apps and Power Automate"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        super::has_extension(path, "json")
            && text.contains("\"actions\"")
            && (text.contains("\"runAfter\"")
                || text.contains("workflowdefinition.json")
                || text.contains("Microsoft.Logic/workflows"))
    }

    fn read(&self, text: &str, _: &Limit) -> Option<Unit> {
        Some(read(text))
    }
}

/// The front end for pipelines of Data Factory and Synapse.
#[derive(Debug)]
pub(in crate::frontend) struct DataFactory;

impl Frontend for DataFactory {
    fn language(&self) -> &'static str {
        "data-factory"
    }

    fn title(&self) -> &'static str {
        "Azure Data Factory"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        super::has_extension(path, "json")
            && text.contains("\"typeProperties\"")
            && (text.contains("\"activities\"") || text.contains("\"authenticationType\""))
    }

    fn read(&self, text: &str, _: &Limit) -> Option<Unit> {
        Some(read(text))
    }
}

fn read(text: &str) -> Unit {
    let mut steps = Steps::new();
    if let Some(root) = json::read(text) {
        root.walk(&mut |node| declare(&mut steps, node));
        visit(&mut steps, &root, 0);
    }
    steps.finish()
}

fn value(steps: &mut Steps, node: &Node) -> ExprId {
    steps.value(inner(node), &mut text)
}

/// `{"value": "@…", "type": "Expression"}` is its value.
fn inner(node: &Node) -> &Node {
    match (node.get("value"), node.text_of("type").as_deref()) {
        (Some(value), Some("Expression" | "SecureString" | "String")) => value,
        _ => node,
    }
}

/// Defaults of parameters and variables.
fn declare(steps: &mut Steps, node: &Node) {
    for entry in node.entries() {
        let kind = match entry.name.as_str() {
            "parameters" => "parameter",
            "variables" => "variable",
            _ => continue,
        };
        for parameter in entry.value.entries() {
            let given = parameter.value.get("defaultValue").or_else(|| parameter.value.get("value"));
            let given = given.filter(|n| matches!(n.kind, Kind::Text(_)));
            if let Some(given) = given {
                let given_value = value(steps, given);
                steps.assign(&symbol(kind, &parameter.name), Scope::Script, given_value, parameter.name_span);
            }
        }
    }
}

fn visit(steps: &mut Steps, node: &Node, depth: usize) {
    if depth > super::tree::MAX_NESTING {
        return;
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| visit(steps, item, depth + 1)),
        Kind::Map(entries) => {
            activity(steps, node);
            for entry in entries {
                if entry.name == "actions" {
                    entry.value.entries().iter().for_each(|e| action(steps, e));
                }
                visit(steps, &entry.value, depth + 1);
            }
        }
        Kind::Text(_) => {}
    }
}

/// A step of Data Factory, or a linked service.
fn activity(steps: &mut Steps, node: &Node) {
    let (Some(kind), Some(properties)) = (node.text_of("type"), node.get("typeProperties")) else { return };
    let name = node.text_of("name").unwrap_or_default();
    match kind.as_str() {
        "WebActivity" | "WebHook" => request(steps, &kind, &name, properties, "url"),
        "SetVariable" | "AppendVariable" => {
            if let (Some(variable), Some(given)) =
                (properties.text_of("variableName"), properties.get("value"))
            {
                let given = value(steps, given);
                steps.assign(&symbol("variable", &variable), Scope::Script, given, node.span);
            }
        }
        "RestService" | "HttpServer" | "OData" | "WebSource" | "Web" => {
            linked_service(steps, &kind, properties);
        }
        _ => {}
    }
}

/// A service that pipelines read from, with how they sign in.
fn linked_service(steps: &mut Steps, kind: &str, properties: &Node) {
    let Some(url) = properties.get("url") else { return };
    let span = url.span;
    let mut args = Vec::new();
    for entry in properties.entries() {
        let given = value(steps, &entry.value);
        args.push((entry.name.to_ascii_lowercase(), given));
    }
    let way = properties.text_of("authenticationType").unwrap_or_default();
    let place = properties.get("authenticationType").map_or(span, |n| n.span);
    let authentication = Some(steps.sign_in(&way, args, place));
    let url = Some(value(steps, url));
    let method = Some(steps.builder.str("GET", span));
    let sent = steps.request(kind, Request { url, method, authentication, ..Request::default() }, span);
    steps.run(sent, span);
}

/// A step of a Logic App.
fn action(steps: &mut Steps, entry: &Entry) {
    let node = &entry.value;
    let Some(kind) = node.text_of("type") else { return };
    let Some(inputs) = node.get("inputs") else { return };
    match kind.as_str() {
        "Http" | "HttpWebhook" => request(steps, &kind, &entry.name, inputs, "uri"),
        "InitializeVariable" => {
            for variable in inputs.get("variables").map(Node::items).unwrap_or_default() {
                if let (Some(name), Some(given)) = (variable.text_of("name"), variable.get("value")) {
                    let given = value(steps, given);
                    steps.assign(&symbol("variable", &name), Scope::Script, given, variable.span);
                }
            }
        }
        "SetVariable" | "AppendToStringVariable" | "AppendToArrayVariable" => {
            if let (Some(name), Some(given)) = (inputs.text_of("name"), inputs.get("value")) {
                let given = value(steps, given);
                steps.assign(&symbol("variable", &name), Scope::Script, given, node.span);
            }
        }
        "Compose" => {
            let given = value(steps, inputs);
            steps.assign(&symbol("result", &entry.name), Scope::Script, given, node.span);
        }
        "ParseJson" => {
            if let Some(content) = inputs.get("content") {
                let given = value(steps, content);
                steps.assign(&symbol("result", &entry.name), Scope::Script, given, node.span);
            }
        }
        _ => {
            // A connector that sends what it is told to.
            let parameters = inputs.get("parameters").unwrap_or(inputs);
            if let Some(url) = parameters.get("request/url") {
                let url = Some(value(steps, url));
                let method = parameters.get("request/method").map(|m| value(steps, m));
                let body = parameters.get("request/body").map(|b| value(steps, b));
                let sent =
                    steps.request(&kind, Request { url, method, body, ..Request::default() }, node.span);
                steps.assign(&symbol("result", &entry.name), Scope::Script, sent, node.span);
            }
        }
    }
}

fn request(steps: &mut Steps, kind: &str, name: &str, inputs: &Node, url: &str) {
    let authentication = inputs.get("authentication").map(|node| {
        let args =
            node.entries().iter().map(|e| (e.name.to_ascii_lowercase(), value(steps, &e.value))).collect();
        steps.sign_in(&node.text_of("type").unwrap_or_default(), args, node.span)
    });
    let request = Request {
        url: inputs.get(url).map(|n| value(steps, n)),
        method: inputs.get("method").map(|n| value(steps, n)),
        headers: inputs.get("headers").map(|n| value(steps, n)),
        body: inputs.get("body").map(|n| value(steps, n)),
        authentication,
    };
    let sent = steps.request(kind, request, inputs.span);
    steps.assign(&symbol("result", name), Scope::Script, sent, inputs.span);
}
