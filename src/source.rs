//! From bytes to text: encoding, language, lines.

use std::sync::Arc;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::frontend::{Frontend, REGISTRY};
use crate::ir::Span;
use crate::report::{Location, Notice, NoticeKind};
use crate::walk::{self, File};

/// How far into a file the tests for binary content and for UTF-16 without a mark look.
const PROBE: usize = 8 * 1024;

/// A file whose text was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path in reports.
    pub path: Arc<str>,
    /// Its text, without a byte order mark.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// The language, when one of the front ends reads it.
    pub language: Option<&'static dyn Frontend>,
    /// The bytes of the file where they are not those of `text`.
    pub(crate) raw: Option<Box<[u8]>>,
}

impl Source {
    /// A source from its text.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let language = language_of(&path, &text);
        Self { lines: LineIndex::new(&text), path, text, language, raw: None }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// With a notice that says why there is no text: the file is binary, or could not be read.
    pub fn read(file: &File) -> Result<Self, Notice> {
        let notice = |kind, message| Notice { path: file.display.clone(), line: None, kind, message };
        let bytes = std::fs::read(&file.path)
            .map_err(|error| notice(NoticeKind::Unreadable, walk::io_message(&error)))?;
        Self::of_file(file, bytes)
    }

    /// A file whose content is at hand.
    ///
    /// # Errors
    /// With a notice when it is binary.
    pub fn of_file(file: &File, bytes: Vec<u8>) -> Result<Self, Notice> {
        let (path, kind) = (file.display.clone(), NoticeKind::Skipped);
        Self::from_bytes(path.clone(), bytes).ok_or_else(|| Notice {
            path,
            line: None,
            kind,
            message: "binary file".to_owned(),
        })
    }

    /// A source from the bytes of a file; `None` when they are binary.
    #[must_use]
    pub fn from_bytes(path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Option<Self> {
        let text = decode(&bytes)?;
        // Only transcoded files are kept twice; they are few.
        let raw = (text.as_bytes() != bytes).then(|| bytes.into_boxed_slice());
        Some(Self { raw, ..Self::new(path, text) })
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// A span of the text as reports name it.
    #[must_use]
    pub fn location(&self, span: Span) -> Location {
        let (line, column) = self.lines.position(&self.text, span.start as usize);
        let (end_line, end_column) = self.lines.position(&self.text, span.end.max(span.start) as usize);
        Location { path: self.path.clone(), line, column, end_line, end_column }
    }
}

/// The text of a file: by its byte order mark; UTF-16 without one by its pattern of NULs; UTF-8; else
/// Windows-1252, which knows every byte. `None` for binary data.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return text_only(decode_8_bit(rest));
    }
    let utf_16 = if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        Some((UTF_16LE, rest))
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        Some((UTF_16BE, rest))
    } else {
        guess_utf_16(bytes).map(|encoding| (encoding, bytes))
    };
    match utf_16 {
        Some((encoding, rest)) => text_only(encoding.decode_without_bom_handling(rest).0.into_owned()),
        None if bytes[..bytes.len().min(PROBE)].contains(&0) => None,
        None => Some(decode_8_bit(bytes)),
    }
}

fn text_only(text: String) -> Option<String> {
    (!text.as_bytes()[..text.len().min(PROBE)].contains(&0)).then_some(text)
}

fn decode_8_bit(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    // A few broken bytes in a text that is UTF-8 elsewhere do not make it another encoding.
    let (mut broken, mut intact) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        intact += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if intact > broken {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// Source code and settings are mostly ASCII: in UTF-16 nearly every second byte of them is NUL, and always on
/// the same side.
fn guess_utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let probe = &bytes[..bytes.len().min(PROBE)];
    if probe.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nuls = |offset: usize| probe.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, units) = (nuls(0), nuls(1), probe.len() / 2);
    let most = units * 7 / 10;
    if odd > most && even * 100 < units {
        Some(UTF_16LE)
    } else if even > most && odd * 100 < units {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The language of a file: by its whole name, its extension, or the interpreter in its `#!` line.
#[must_use]
pub fn language_of(path: &str, text: &str) -> Option<&'static dyn Frontend> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let find = |test: &dyn Fn(&dyn Frontend) -> bool| REGISTRY.iter().copied().find(|f| test(*f));
    let lower = path.to_ascii_lowercase();
    if let Some(found) = find(&|f| f.claims(&lower, text)) {
        return Some(found);
    }
    if let Some(found) = find(&|f| f.file_names().contains(&name.as_str())) {
        return Some(found);
    }
    if let Some((_, extension)) = name.rsplit_once('.')
        && let Some(found) = find(&|f| f.extensions().contains(&extension))
    {
        return Some(found);
    }
    let interpreter = interpreter(text)?;
    find(&|f| f.interpreters().contains(&interpreter))
}

/// The interpreter that a `#!` line names, without its directory and version: `python` for
/// `#!/usr/bin/env -S python3.12 -u`.
fn interpreter(text: &str) -> Option<&str> {
    let line = text.strip_prefix("#!")?.lines().next()?;
    let mut words = line.split_whitespace();
    let mut word = words.next()?;
    if base_name(word) == "env" {
        word = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
    }
    let base = base_name(word);
    let base = base.strip_suffix(".exe").unwrap_or(base);
    Some(base.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-'))
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// How many bytes apart the counts of [`LineIndex`] are. A column costs at most two such stretches, even in a
/// file of one line.
const STRIDE: usize = 1024;

/// Finds lines and columns. Lines end with LF, CR or CRLF; columns count Unicode scalar values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineIndex {
    /// The offset of the first byte of each line.
    starts: Vec<u32>,
    /// How many scalar values begin before each multiple of [`STRIDE`].
    counts: Vec<u32>,
}

impl LineIndex {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (offset, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n'));
            if ends {
                starts.push(offset as u32 + 1);
            }
        }
        let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0;
        for stretch in bytes.chunks(STRIDE) {
            counts.push(count);
            count += scalars(stretch);
        }
        Self { starts, counts }
    }

    /// How many lines there are; a text that ends with a line break has an empty last line.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// There is always at least one line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The 1-based line and column of a byte offset. An offset past the end is that of the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> (u32, u32) {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default() as usize;
        (line as u32, self.scalars_before(text, offset) - self.scalars_before(text, start) + 1)
    }

    /// The byte offset of a 1-based line and column; clamped to the line.
    #[must_use]
    pub fn offset(&self, text: &str, line: u32, column: u32) -> usize {
        let range = self.line_range(text, line);
        let inner = &text[range.clone()];
        let skip = column.saturating_sub(1) as usize;
        range.start + inner.char_indices().nth(skip).map_or(inner.len(), |(offset, _)| offset)
    }

    /// The bytes of a 1-based line, without its line break. Empty at the end of the text for lines past it.
    #[must_use]
    pub fn line_range(&self, text: &str, line: u32) -> std::ops::Range<usize> {
        let index = line.saturating_sub(1) as usize;
        let Some(start) = self.starts.get(index).map(|start| *start as usize) else {
            return text.len()..text.len();
        };
        let end = self.starts.get(index + 1).map_or(text.len(), |end| *end as usize);
        let line = &text[start..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    fn scalars_before(&self, text: &str, offset: usize) -> u32 {
        let stretch = (offset / STRIDE).min(self.counts.len().saturating_sub(1));
        let base = self.counts.get(stretch).copied().unwrap_or_default();
        base + scalars(&text.as_bytes()[stretch * STRIDE..offset])
    }
}

/// How many scalar values begin in these bytes of a UTF-8 text.
fn scalars(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count() as u32
}
