//! Block YAML, line by line.
//!
//! A YAML library gives values but not their places, and refuses the templates that people keep under the
//! name `.yaml`. This reader knows nested mappings and sequences, plain, quoted and block scalars, comments,
//! and flow collections on one line. It does not resolve anchors and aliases, nor plain scalars that go on
//! over several lines: of those it takes the first line.

use super::{MAX_DEPTH, Sink, join, json};

/// A mapping or sequence that is open at a line.
struct Level {
    /// The column of its keys or dashes.
    indent: usize,
    key: String,
    /// The next number, in sequences.
    next: usize,
    is_sequence: bool,
}

/// Reads a YAML text.
pub(super) fn read(text: &str, sink: &mut Sink) {
    let mut levels: Vec<Level> = Vec::new();
    // The key whose value is still to come, with its column.
    let mut pending: Option<(usize, String)> = None;
    // The key and the column of the parent of a block scalar that is being read.
    let mut block: Option<Block> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let line = line.trim_end();
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        if let Some(open) = &mut block {
            if trimmed.is_empty() || indent > open.parent {
                open.take(trimmed, start + indent);
                continue;
            }
            if !block.take().is_none_or(|block| block.put(sink)) {
                return;
            }
        }
        if trimmed.is_empty() || trimmed.starts_with(['#', '%']) {
            continue;
        }
        if matches!(trimmed, "---" | "...") {
            levels.clear();
            pending = None;
            continue;
        }
        let mut at = indent;
        loop {
            let rest = &line[at..];
            let is_item = rest == "-" || rest.starts_with("- ");
            let Some(key) = enter(&mut levels, &mut pending, at, is_item) else {
                return sink.trouble(start + at, "nested too deep; the rest of the file was not read");
            };
            if is_item {
                let inner = rest[1..].trim_start();
                pending = Some((at, key));
                if inner.is_empty() {
                    break;
                }
                at = line.len() - inner.len();
                if entry(inner).is_some() || inner.starts_with("- ") {
                    continue;
                }
            } else if let Some((name, value_at)) = entry(rest) {
                pending = Some((at, join(&key, &name)));
                let value = line[at + value_at..].trim_start();
                if value.is_empty() || value.starts_with('#') {
                    break;
                }
                at = line.len() - value.len();
            } else {
                // The continuation of a plain scalar, or a template's directive.
                break;
            }
            let Some((parent, key)) = pending.take() else { break };
            let value = &line[at..];
            if value.starts_with(['|', '>']) {
                block = Some(Block { key, parent, lines: Vec::new(), start: None, end: 0 });
            } else if !scalar(value, start + at, &key, sink) {
                return;
            }
            break;
        }
    }
    if let Some(block) = block {
        block.put(sink);
    }
}

/// Closes the levels that end before column `at`, opens one when it begins there, and gives the key of what
/// stands there. `None` when the nesting is too deep.
fn enter(
    levels: &mut Vec<Level>,
    pending: &mut Option<(usize, String)>,
    at: usize,
    is_item: bool,
) -> Option<String> {
    // A sequence may stand in the same column as the key that it belongs to; the key after it closes it.
    let closes = |level: &Level| level.indent > at || level.indent == at && level.is_sequence && !is_item;
    while levels.last().is_some_and(closes) {
        levels.pop();
    }
    let same = levels.last().is_some_and(|level| level.indent == at && level.is_sequence == is_item);
    if !same {
        let parent = pending.take().filter(|(column, _)| *column < at || (is_item && *column == at));
        let key = parent.map_or_else(|| levels.last().map(|l| l.key.clone()).unwrap_or_default(), |p| p.1);
        levels.push(Level { indent: at, key, next: 0, is_sequence: is_item });
    }
    *pending = None;
    if levels.len() > MAX_DEPTH {
        return None;
    }
    let level = levels.last_mut()?;
    if !is_item {
        return Some(level.key.clone());
    }
    level.next += 1;
    Some(join(&level.key, &(level.next - 1).to_string()))
}

/// `name: value`: the name, and the offset behind the colon.
fn entry(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next()?;
    if matches!(quote, '"' | '\'') {
        let end = text[1..].find(quote)? + 1;
        let rest = text[end + 1..].trim_start();
        let colon = text.len() - rest.len();
        let ends = rest == ":" || rest.starts_with(": ");
        return ends.then(|| (text[1..end].to_owned(), colon + 1));
    }
    if matches!(quote, '{' | '[' | '#' | '|' | '>' | '&' | '*' | '@') {
        return None;
    }
    let colon = text
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']))?;
    let name = text[..colon].trim();
    (!name.contains(" #")).then(|| (name.to_owned(), colon + 1))
}

/// Puts a value that stands on one line. `false` when the reader should stop.
fn scalar(value: &str, start: usize, key: &str, sink: &mut Sink) -> bool {
    // Tags and anchors stand before the value.
    if value.starts_with(['!', '&']) {
        let rest = value.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
        return rest.is_empty() || scalar(rest, start + value.len() - rest.len(), key, sink);
    }
    let (content, at) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let end = value[1..].find(quote).map_or(value.len(), |end| end + 1);
            (&value[1..end], start + 1)
        }
        Some('{' | '[') => {
            json::read_at(value, start, key, sink);
            return true;
        }
        _ => {
            let end = value.find(" #").unwrap_or(value.len());
            (value[..end].trim_end(), start)
        }
    };
    // `- NAME=value`, as in the environment of a container.
    if let Some((section, _)) = key.rsplit_once(':').filter(|(_, index)| index.parse::<usize>().is_ok())
        && let Some((name, inner)) = content.split_once('=')
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    {
        let from = at + name.len() + 1;
        return sink.put(join(section, name), inner.to_owned(), from, from + inner.len());
    }
    sink.put(key.to_owned(), content.to_owned(), at, at + content.len())
}

/// A `|` or `>` scalar.
struct Block {
    key: String,
    parent: usize,
    lines: Vec<String>,
    start: Option<usize>,
    end: usize,
}

impl Block {
    fn take(&mut self, line: &str, at: usize) {
        if line.is_empty() && self.start.is_none() {
            return;
        }
        self.start.get_or_insert(at);
        if !line.is_empty() {
            self.end = at + line.len();
        }
        self.lines.push(line.to_owned());
    }

    fn put(self, sink: &mut Sink) -> bool {
        let Some(start) = self.start else { return true };
        sink.put(self.key, self.lines.join("\n").trim_end().to_owned(), start, self.end)
    }
}
