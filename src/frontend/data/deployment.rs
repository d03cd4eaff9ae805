//! Deployment scripts in Bicep and in templates of the Azure Resource Manager.

use super::json;
use super::tree::Node;
use crate::frontend::embed::Excerpt;
use crate::frontend::{Frontend, Limit, Piece};
use crate::ir::Unit;

/// The front end for deployments.
#[derive(Debug)]
pub(in crate::frontend) struct Deployment;

impl Frontend for Deployment {
    fn language(&self) -> &'static str {
        "bicep"
    }

    fn title(&self) -> &'static str {
        "Bicep and ARM templates"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["bicep"]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        super::has_extension(path, "json")
            && text.contains("\"scriptContent\"")
            && text.contains("deploymentScripts")
    }

    fn read(&self, _: &str, _: &Limit) -> Option<Unit> {
        Some(Unit::default())
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let scripts =
            if path.to_ascii_lowercase().ends_with(".bicep") { bicep(text) } else { template(text) };
        let read = scripts.iter().filter_map(|(language, code)| code.read(path, language, limit));
        Some(read.flatten().collect())
    }
}

fn language(kind: &str) -> &'static str {
    if kind.to_ascii_lowercase().contains("powershell") { "powershell" } else { "bash" }
}

fn template(text: &str) -> Vec<(&'static str, Excerpt)> {
    let mut found = Vec::new();
    let Some(root) = json::read(text) else { return found };
    root.walk(&mut |node| {
        if let Some(content) = node.at(&["properties", "scriptContent"]) {
            let kind = node.text_of("kind").unwrap_or_default();
            found.extend(Node::excerpt(content).map(|code| (language(&kind), code)));
        }
    });
    found
}

/// `kind: 'AzurePowerShell'` and `scriptContent: '''…'''` of the same resource.
fn bicep(text: &str) -> Vec<(&'static str, Excerpt)> {
    let mut found = Vec::new();
    for (at, key) in text.match_indices("scriptContent:") {
        let rest = &text[at + key.len()..];
        let value = rest.trim_start();
        let start = text.len() - value.len();
        let (from, to) = if value.starts_with("'''") {
            let from = start + 3;
            (from, text[from..].find("'''").map_or(text.len(), |i| from + i))
        } else if value.starts_with('\'') {
            let from = start + 1;
            (from, text[from..].find(['\'', '\n']).map_or(text.len(), |i| from + i))
        } else {
            continue;
        };
        let kind = text[..at].rfind("kind:").map_or("", |i| text[i..at].lines().next().unwrap_or_default());
        let mut code = Excerpt::default();
        code.push(&text[from..to], from);
        found.push((language(kind), code));
    }
    found
}
