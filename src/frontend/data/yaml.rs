//! Block YAML as a tree: mappings, sequences, plain, quoted and block scalars, flow collections. Anchors and
//! tags are passed over; what is not understood is left out.

use super::json::{quoted, read_flow};
use super::tree::{Entry, Kind, MAX_NESTING, Node, Piece};
use crate::ir::Span;

/// A line that holds something, or what follows a dash in one.
#[derive(Clone, Copy)]
struct Line {
    indent: usize,
    /// The offset of its first character that is no blank.
    start: usize,
    /// The offset behind its last one.
    end: usize,
}

/// Reads a YAML text; several documents become a list.
pub(crate) fn read(text: &str) -> Node {
    let mut lines = Vec::new();
    let mut offset = 0;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim_end();
        let content = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - content.len();
        if content != "---" {
            lines.push(Line { indent, start: offset + indent, end: offset + line.len() });
        }
        offset += raw.len();
    }
    let mut reader = Reader { text, lines, at: 0 };
    let mut all = Vec::new();
    while reader.at < reader.lines.len() {
        let before = reader.at;
        all.extend(reader.block(0, 0));
        if reader.at == before {
            reader.at += 1;
        }
    }
    match all.len() {
        1 => all.remove(0),
        _ => Node { kind: Kind::List(all), span: Span::new(0, text.len()) },
    }
}

struct Reader<'t> {
    text: &'t str,
    lines: Vec<Line>,
    at: usize,
}

impl<'t> Reader<'t> {
    fn content(&self, line: Line) -> &'t str {
        self.text.get(line.start..line.end).unwrap_or_default()
    }

    /// The next line that is neither empty nor a comment.
    fn next(&mut self) -> Option<Line> {
        while let Some(line) = self.lines.get(self.at) {
            let content = self.content(*line);
            if !content.is_empty() && !content.starts_with('#') {
                return Some(*line);
            }
            self.at += 1;
        }
        None
    }

    /// What is indented at least so far.
    fn block(&mut self, least: usize, depth: usize) -> Option<Node> {
        let first = self.next()?;
        if first.indent < least || depth > MAX_NESTING {
            return None;
        }
        let content = self.content(first);
        if content == "-" || content.starts_with("- ") {
            return Some(self.sequence(first.indent, depth));
        }
        if key(content).is_some() {
            return Some(self.mapping(first.indent, depth));
        }
        self.at += 1;
        Some(self.scalar(first.start, first, least.saturating_sub(1)))
    }

    fn sequence(&mut self, indent: usize, depth: usize) -> Node {
        let mut items = Vec::new();
        let start = self.lines[self.at].start;
        while let Some(line) = self.next() {
            let content = self.content(line);
            if line.indent != indent || !(content == "-" || content.starts_with("- ")) {
                break;
            }
            let inner = content[1..].trim_start();
            if inner.is_empty() {
                self.at += 1;
                items.extend(self.block(indent + 1, depth + 1));
                continue;
            }
            // What follows the dash is a line of its own, further in.
            let skip = content.len() - inner.len();
            self.lines[self.at] = Line { indent: indent + skip, start: line.start + skip, end: line.end };
            let before = self.at;
            items.extend(self.block(indent + 1, depth + 1));
            if self.at == before {
                self.at += 1;
            }
        }
        Node { kind: Kind::List(items), span: self.so_far(start) }
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Node {
        let mut entries = Vec::new();
        let start = self.lines[self.at].start;
        while let Some(line) = self.next() {
            if line.indent != indent {
                if line.indent > indent {
                    // The continuation of something that was not understood.
                    self.at += 1;
                    continue;
                }
                break;
            }
            let content = self.content(line);
            let Some((name, value_at)) = key(content) else { break };
            let name_span = Span::new(line.start, line.start + name.len());
            let raw = content[value_at..].trim_start();
            let value_start = line.end - raw.len();
            self.at += 1;
            let bare = strip_marks(raw);
            let value = if bare.is_empty() || bare.starts_with('#') {
                // A sequence may stand in the same column.
                let same = self.next().is_some_and(|l| {
                    l.indent == indent && (self.content(l) == "-" || self.content(l).starts_with("- "))
                });
                let least = if same { indent } else { indent + 1 };
                self.block(least, depth + 1)
            } else {
                Some(self.scalar(line.end - bare.len(), line, indent))
            };
            let empty = Node { kind: Kind::Text(Vec::new()), span: Span::new(value_start, value_start) };
            entries.push(Entry { name, name_span, value: value.unwrap_or(empty) });
        }
        Node { kind: Kind::Map(entries), span: self.so_far(start) }
    }

    fn so_far(&self, start: usize) -> Span {
        let last = self.at.checked_sub(1).and_then(|i| self.lines.get(i)).map_or(start, |l| l.end);
        Span::new(start, last.max(start))
    }

    /// A scalar or flow collection that begins at an offset of a line which has been taken.
    fn scalar(&mut self, start: usize, line: Line, parent: usize) -> Node {
        let value = self.text.get(start..line.end).unwrap_or_default();
        match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let (node, after) = quoted(self.text, start + 1, quote);
                self.skip_to(after);
                node
            }
            Some('{' | '[') => match read_flow(self.text, start) {
                Some(node) => {
                    self.skip_to(node.span.end as usize);
                    node
                }
                None => Node::text_node(value, start),
            },
            Some('|' | '>') => self.block_scalar(value.starts_with('>'), parent),
            _ => {
                let end = value.find(" #").unwrap_or(value.len());
                let mut pieces = vec![piece(value[..end].trim_end(), start)];
                // A plain scalar goes on in lines further in.
                while let Some(next) = self.lines.get(self.at).copied() {
                    let content = self.content(next);
                    if content.is_empty() || next.indent <= parent || content.starts_with('#') {
                        break;
                    }
                    pieces.push(Piece {
                        text: " ".into(),
                        span: Span::new(next.start, next.start),
                        in_step: false,
                    });
                    pieces.push(piece(content, next.start));
                    self.at += 1;
                }
                let last = pieces.last().map_or(start, |p| p.span.end as usize);
                Node { kind: Kind::Text(pieces), span: Span::new(start, last) }
            }
        }
    }

    /// Passes over the lines that a value has gone on over.
    fn skip_to(&mut self, offset: usize) {
        while self.lines.get(self.at).is_some_and(|l| l.start < offset) {
            self.at += 1;
        }
    }

    fn block_scalar(&mut self, folded: bool, parent: usize) -> Node {
        let mut own: Option<usize> = None;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut last_end = 0;
        while let Some(line) = self.lines.get(self.at).copied() {
            let content = self.content(line);
            if content.is_empty() {
                let span = Span::new(line.end, line.end);
                pieces.push(Piece { text: "\n".into(), span, in_step: false });
                self.at += 1;
                continue;
            }
            if line.indent <= parent && !(parent == 0 && line.indent > 0) {
                break;
            }
            let indent = *own.get_or_insert(line.indent);
            if line.indent < indent {
                break;
            }
            let from = line.start - (line.indent - indent);
            pieces.push(piece(self.text.get(from..line.end).unwrap_or_default(), from));
            let end = if folded { " " } else { "\n" };
            let span = Span::new(line.end, line.end);
            pieces.push(Piece { text: end.into(), span, in_step: false });
            last_end = line.end;
            self.at += 1;
        }
        let start = pieces.first().map_or(0, |p| p.span.start as usize);
        Node { kind: Kind::Text(pieces), span: Span::new(start, last_end.max(start)) }
    }
}

fn piece(text: &str, start: usize) -> Piece {
    Piece { text: text.to_owned(), span: Span::new(start, start + text.len()), in_step: true }
}

/// A value without tags and anchors before it.
fn strip_marks(value: &str) -> &str {
    let mut value = value;
    while value.starts_with(['!', '&']) {
        value = value.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
    }
    value
}

/// `name: value`: the name, and the offset behind the colon.
fn key(text: &str) -> Option<(String, usize)> {
    let first = text.chars().next()?;
    if matches!(first, '"' | '\'') {
        let end = text[1..].find(first)? + 1;
        let rest = text[end + 1..].trim_start();
        let colon = text.len() - rest.len();
        return (rest == ":" || rest.starts_with(": ")).then(|| (text[1..end].to_owned(), colon + 1));
    }
    if matches!(first, '{' | '[' | '#' | '|' | '>' | '*' | '@') {
        return None;
    }
    let colon = text
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']))?;
    let name = text[..colon].trim();
    (!name.contains(" #")).then(|| (name.to_owned(), colon + 1))
}
