//! Jupyter notebooks: the code cells of one language, joined in order, at their places in the JSON file.
//!
//! Lines that are no code of the notebook's language (`%magic`, `!command`, `?help`) are left out; cells and lines of the shell
//! (`%%bash`, `!command`) are read as such. A cell may have a language of its own (`%%javascript`, the metadata
//! of editors that know several).

use super::embed::Excerpt;
use super::{Frontend, Limit, Piece, by_alias, by_name};
use crate::ir::{Span, Unit};

/// How deep the JSON of a notebook may nest.
const MAX_NESTING: usize = 64;

/// The front end for notebooks.
#[derive(Debug)]
pub(super) struct Jupyter;

impl Frontend for Jupyter {
    fn language(&self) -> &'static str {
        "jupyter"
    }

    fn title(&self) -> &'static str {
        "Jupyter notebooks"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ipynb"]
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        let mut pieces = self.read_file("", text, limit)?;
        Some(if pieces.is_empty() { Unit::default() } else { pieces.swap_remove(0).unit })
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let notebook = Reader { text, at: 0, depth: 0 }.value().unwrap_or(Json::Other);
        let main = language_of(&notebook, text);
        let mut sources: Vec<(&'static str, Excerpt)> = Vec::new();
        for cell in cells(&notebook, text) {
            add_cell(cell, text, main, &mut sources);
        }
        let mut pieces = Vec::new();
        for (language, excerpt) in sources {
            if by_name(language).is_some() {
                pieces.extend(excerpt.read(path, language, limit)?);
            }
        }
        Some(pieces)
    }
}

/// What the kernel's metadata says; notebooks without any are Python.
fn language_of(notebook: &Json, text: &str) -> &'static str {
    let metadata = notebook.get("metadata");
    let name = metadata
        .and_then(|m| {
            m.get("language_info")
                .and_then(|l| l.get("name"))
                .or_else(|| m.get("kernelspec")?.get("language"))
        })
        .map_or(String::new(), |n| n.string(text));
    named(&name).unwrap_or("python")
}

/// The language that kernels and cell magics call so.
fn named(name: &str) -> Option<&'static str> {
    by_alias(name).map(Frontend::language)
}

/// The code cells; older notebooks keep them in worksheets.
fn cells<'j>(notebook: &'j Json, text: &str) -> Vec<&'j Json> {
    let mut lists: Vec<&Json> = notebook.get("cells").into_iter().collect();
    for sheet in notebook.get("worksheets").map(Json::items).unwrap_or_default() {
        lists.extend(sheet.get("cells"));
    }
    let all = lists.into_iter().flat_map(Json::items);
    all.filter(|c| c.get("cell_type").is_some_and(|t| t.string(text) == "code")).collect()
}

/// Adds the code of a cell to that of its language.
fn add_cell(cell: &Json, text: &str, main: &'static str, sources: &mut Vec<(&'static str, Excerpt)>) {
    let Some(source) = cell.get("source").or_else(|| cell.get("input")) else { return };
    let pieces: Vec<Span> = match source {
        Json::Text(span) => vec![*span],
        other => other.items().iter().filter_map(Json::span).collect(),
    };
    let chars: Vec<(char, Span)> = pieces.iter().flat_map(|p| characters(text, *p)).collect();
    let metadata = cell.get("metadata");
    let editor = metadata.and_then(|m| m.get("vscode")).and_then(|v| v.get("languageId"));
    let kernel = || metadata?.get("polyglot_notebook")?.get("kernelName");
    let own = editor.or_else(kernel).map(|n| n.string(text));
    let mut language = match own {
        Some(name) => named(&name),
        None => Some(main),
    };
    let lines: Vec<&[(char, Span)]> = chars.split_inclusive(|(c, _)| *c == '\n').collect();
    let mut is_first = true;
    for line in lines {
        let words: String = line.iter().map(|(c, _)| *c).collect();
        let trimmed = words.trim();
        if is_first && !trimmed.is_empty() {
            is_first = false;
            let magic = trimmed.strip_prefix("%%").or_else(|| trimmed.strip_prefix("#!"));
            if let Some(magic) = magic {
                let word = magic.split_whitespace().next().unwrap_or_default();
                // `%%time` and the like leave the language as it is.
                let keeps = matches!(word, "time" | "timeit" | "capture" | "prun" | "memit");
                if !keeps {
                    language = named(word.trim_start_matches('!'));
                }
                continue;
            }
        }
        let Some(language) = language else { return };
        let command = (language == "python").then(|| trimmed.strip_prefix('!')).flatten();
        if command.is_some() {
            let start = line.iter().position(|(c, _)| *c == '!').map_or(0, |i| i + 1);
            add("bash", &line[start..], sources);
        } else if language == "python" && is_magic(trimmed) {
            // Keeps what follows at its own line.
        } else {
            add(language, line, sources);
        }
    }
    if let Some(language) = language {
        let end = pieces.last().map_or(0, |p| p.end as usize);
        excerpt(language, sources).push_spelled("\n", Span::new(end, end));
    }
}

/// `%magic`, `?help`, `help?`.
fn is_magic(line: &str) -> bool {
    line.starts_with('%') || line.starts_with('?') || (line.ends_with('?') && !line.contains('#'))
}

fn excerpt<'s>(language: &'static str, sources: &'s mut Vec<(&'static str, Excerpt)>) -> &'s mut Excerpt {
    let known = sources.iter().position(|(l, _)| *l == language);
    let at = known.unwrap_or_else(|| {
        sources.push((language, Excerpt::default()));
        sources.len() - 1
    });
    &mut sources[at].1
}

/// Adds characters, in runs that the JSON text holds just so.
fn add(language: &'static str, line: &[(char, Span)], sources: &mut Vec<(&'static str, Excerpt)>) {
    let out = excerpt(language, sources);
    let mut run = String::new();
    let mut start = 0;
    for (c, place) in line {
        let is_plain = (place.end - place.start) as usize == c.len_utf8() && *c != '\n';
        if is_plain && (run.is_empty() || start + run.len() == place.start as usize) {
            if run.is_empty() {
                start = place.start as usize;
            }
            run.push(*c);
            continue;
        }
        if !run.is_empty() {
            out.push(&run, start);
            run.clear();
        }
        if is_plain {
            start = place.start as usize;
            run.push(*c);
        } else {
            out.push_spelled(c.encode_utf8(&mut [0; 4]), *place);
        }
    }
    if !run.is_empty() {
        out.push(&run, start);
    }
}

/// The characters of a JSON string with their places.
fn characters(text: &str, span: Span) -> Vec<(char, Span)> {
    let mut out = Vec::new();
    let (mut at, end) = (span.start as usize, span.end as usize);
    let hex = |at: usize| text.get(at..at + 4).and_then(|h| u32::from_str_radix(h, 16).ok());
    while let Some(c) = text.get(at..end).and_then(|t| t.chars().next()) {
        let start = at;
        at += c.len_utf8();
        if c != '\\' {
            out.push((c, Span::new(start, at)));
            continue;
        }
        let escape = text.get(at..end).and_then(|t| t.chars().next()).unwrap_or('\\');
        at += escape.len_utf8();
        let decoded = match escape {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let first = hex(at).unwrap_or(0xFFFD);
                at = (at + 4).min(end);
                // Two halves of one character.
                let second = text.get(at..at + 2).filter(|t| *t == "\\u").and_then(|_| hex(at + 2));
                match (first, second) {
                    (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                        at = (at + 6).min(end);
                        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))
                            .unwrap_or('\u{FFFD}')
                    }
                    _ => char::from_u32(first).unwrap_or('\u{FFFD}'),
                }
            }
            other => other,
        };
        out.push((decoded, Span::new(start, at)));
    }
    out
}

/// JSON as far as notebooks need it.
#[derive(Debug)]
enum Json {
    /// A string: its place, without the quotes.
    Text(Span),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
    Other,
}

impl Json {
    fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(entries) = self else { return None };
        entries.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    fn span(&self) -> Option<Span> {
        if let Self::Text(span) = self { Some(*span) } else { None }
    }

    fn string(&self, text: &str) -> String {
        self.span().map(|s| characters(text, s).into_iter().map(|(c, _)| c).collect()).unwrap_or_default()
    }
}

/// Reads JSON; what is broken ends the reading, and what was read before stays.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn value(&mut self) -> Option<Json> {
        match self.peek()? {
            b'"' => self.string().map(Json::Text),
            b'{' | b'[' if self.depth >= MAX_NESTING => None,
            b'{' => {
                let mut entries = Vec::new();
                self.each(b'}', |r| {
                    let key = r.string()?;
                    (r.peek()? == b':').then_some(())?;
                    r.at += 1;
                    let name = Json::Text(key).string(r.text);
                    let value = r.value();
                    let is_whole = value.is_some();
                    entries.push((name, value.unwrap_or(Json::Other)));
                    is_whole.then_some(())
                });
                Some(Json::Object(entries))
            }
            b'[' => {
                let mut items = Vec::new();
                self.each(b']', |r| {
                    items.push(r.value()?);
                    Some(())
                });
                Some(Json::List(items))
            }
            b',' | b':' | b']' | b'}' => None,
            _ => {
                let rest = &self.text.as_bytes()[self.at..];
                let end = |b: &u8| b.is_ascii_whitespace() || b",]}".contains(b);
                self.at += rest.iter().position(end).unwrap_or(rest.len());
                Some(Json::Other)
            }
        }
    }

    /// Reads elements up to the closing bracket.
    fn each(&mut self, close: u8, mut element: impl FnMut(&mut Self) -> Option<()>) {
        self.at += 1;
        self.depth += 1;
        while let Some(next) = self.peek() {
            if next == close {
                self.at += 1;
                break;
            }
            if next == b',' {
                self.at += 1;
            } else if element(self).is_none() {
                // The rest is lost, here and further out.
                self.at = self.text.len();
                break;
            }
        }
        self.depth -= 1;
    }

    fn string(&mut self) -> Option<Span> {
        (self.peek()? == b'"').then_some(())?;
        let start = self.at + 1;
        let mut at = start;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(at)? {
                b'"' => break,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        self.at = at + 1;
        Some(Span::new(start, at))
    }
}
