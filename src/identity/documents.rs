//! JSON and YAML as [`Value`]s: exports of policies and identity providers, bodies of requests.

use super::value::{Holdings, Object, Value, fold};
use crate::frontend::data::tree::{Kind, Node};
use crate::frontend::data::{json, yaml};
use crate::ir::Span;

/// Reads a JSON or YAML file. `None` for any other.
pub(super) fn read(path: &str, text: &str) -> Option<Holdings> {
    let node = match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "json" | "jsonc" | "json5" => json::read(text)?,
        "yml" | "yaml" => yaml::read(text),
        _ => return None,
    };
    let mut found = Holdings::default();
    let value = value(&node, 0);
    collect(&value, &mut found);
    Some(found)
}

/// Reads JSON that stands in a text of code, which begins at `offset` of the file.
pub(super) fn embedded(text: &str, offset: usize) -> Option<Value> {
    let start = text.find(['{', '['])?;
    // What stands before it is a quote at most, and a name or an object behind it.
    let inner = text[start + 1..].trim_start();
    if text[..start].chars().any(char::is_alphanumeric) || !inner.starts_with(['"', '{']) {
        return None;
    }
    let node = json::read(&text[start..])?;
    Some(value(&node, offset + start))
}

/// A value and everything in it.
pub(super) fn collect(value: &Value, found: &mut Holdings) {
    use super::value::Kind as Of;
    match &value.kind {
        Of::Text(text) => found.texts.push((text.to_string(), value.span)),
        Of::Named(_) => {}
        Of::List(items) => items.iter().for_each(|item| collect(item, found)),
        Of::Object(object) => {
            found.objects.push(value.clone());
            object.entries.iter().for_each(|(_, value)| collect(value, found));
        }
    }
}

fn value(node: &Node, offset: usize) -> Value {
    let span = Span::new(node.span.start as usize + offset, node.span.end as usize + offset);
    match &node.kind {
        Kind::Text(_) => match node.text().unwrap_or_default() {
            null if null == "null" => Value::list(Vec::new(), span),
            text => Value::text(text, span),
        },
        Kind::List(items) => Value::list(items.iter().map(|item| value(item, offset)).collect(), span),
        Kind::Map(entries) => {
            let entries = entries.iter().map(|e| (fold(&e.name).into(), value(&e.value, offset))).collect();
            Value::object(Object { name: "".into(), entries }, span)
        }
    }
}
