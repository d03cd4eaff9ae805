//! The parts of .NET configuration files that code reads by key: `appSettings`, `connectionStrings` and the
//! settings of applications and users. Works on tags alone, so that a file that is not well-formed (a
//! template, a transformation) still gives what it holds.

use super::{MAX_DEPTH, Sink};

/// Reads an XML text.
pub(super) fn read(text: &str, sink: &mut Sink) {
    let mut stack: Vec<Tag<'_>> = Vec::new();
    // The names that `configSections` declares.
    let mut sections: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|offset| at + offset) {
        let rest = &text[open..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
            .iter()
            .find(|(start, _)| rest.starts_with(start))
            .map(|(start, end)| rest[start.len()..].find(end).map(|at| start.len() + at + end.len()));
        match skipped {
            Some(Some(length)) => {
                at = open + length;
                continue;
            }
            Some(None) => return sink.trouble(open, "not closed; the rest of the file was not read"),
            None => {}
        }
        let Some(length) = tag_length(rest) else {
            return sink.trouble(open, "a tag is not closed; the rest of the file was not read");
        };
        let inner = &rest[1..length - 1];
        at = open + length;
        if let Some(name) = inner.strip_prefix('/') {
            let name = name.trim();
            if let Some(depth) = stack.iter().rposition(|tag| tag.name == name) {
                stack.truncate(depth);
            }
            continue;
        }
        let tag = Tag::parse(inner.strip_suffix('/').unwrap_or(inner), open + 1);
        if tag.is("section")
            && stack.iter().any(|t| t.is("configSections"))
            && let Some(name) = tag.get("name")
        {
            sections.push(name.value);
        }
        if !setting(text, at, &tag, &stack, sink) || !section_setting(&tag, &stack, &sections, sink) {
            return;
        }
        if !inner.ends_with('/') {
            if stack.len() >= MAX_DEPTH {
                return sink.trouble(open, "nested too deep; the rest of the file was not read");
            }
            stack.push(tag);
        }
    }
}

/// Puts what a start tag says. `after` is the offset behind it.
fn setting(text: &str, after: usize, tag: &Tag<'_>, stack: &[Tag<'_>], sink: &mut Sink) -> bool {
    let parent = stack.last();
    // Other sections are read as a whole: see below.
    let is_plain = stack.iter().any(|tag| tag.is("appSettings")) || stack.len() < 2;
    let inside = |name: &str| stack.iter().any(|tag| tag.is(name));
    if tag.is("add") {
        if let (Some(key), Some(value)) = (tag.get("key"), tag.get("value")) {
            let path: Vec<&str> = stack[stack.len().min(1)..].iter().map(|tag| tag.name).collect();
            let section = if is_plain { String::new() } else { path.join(":") };
            return value.put(super::join(&section, &key.value), sink);
        }
        if inside("connectionStrings")
            && let (Some(name), Some(value)) = (tag.get("name"), tag.get("connectionString"))
        {
            return value.put(format!("ConnectionStrings:{}", name.value), sink);
        }
    }
    if tag.is("value")
        && let Some(parent) = parent.filter(|tag| tag.is("setting"))
        && let Some(name) = parent.get("name")
    {
        let end = text[after..].find('<').map_or(text.len(), |offset| after + offset);
        let raw = text[after..end].trim();
        let start = after + (text[after..end].len() - text[after..end].trim_start().len());
        return sink.put(name.value, decode(raw), start, start + raw.len());
    }
    true
}

/// Puts the attributes of a tag in a section that the file declares: what code reads as properties of an object.
fn section_setting(tag: &Tag<'_>, stack: &[Tag<'_>], sections: &[String], sink: &mut Sink) -> bool {
    let mut names = stack.iter().map(|t| t.name).chain([tag.name]);
    if tag.is("add") || stack.iter().any(|t| t.is("configSections")) {
        return true;
    }
    let own: Vec<&str> = match names.position(|name| sections.iter().any(|s| s.eq_ignore_ascii_case(name))) {
        // With the groups that the section stands in.
        Some(at) => stack.iter().map(|t| t.name).chain([tag.name]).skip(1.min(at)).collect(),
        None => return true,
    };
    let path = own.join(":");
    tag.attributes.iter().all(|(name, value)| value.put(format!("{path}:{name}"), sink))
}

/// The length of the tag that a text begins with; `>` inside of quotes does not end it.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes()
        .position(|byte| {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
            quote.is_none() && byte == b'>'
        })
        .map(|at| at + 1)
}

struct Tag<'t> {
    name: &'t str,
    attributes: Vec<(&'t str, Attribute)>,
}

#[derive(Clone)]
struct Attribute {
    value: String,
    start: usize,
    end: usize,
}

impl Attribute {
    fn put(&self, key: String, sink: &mut Sink) -> bool {
        sink.put(key, self.value.clone(), self.start, self.end)
    }
}

impl<'t> Tag<'t> {
    /// `base` is the offset of `inner` in the text.
    fn parse(inner: &'t str, base: usize) -> Self {
        let name = inner.split(char::is_whitespace).next().unwrap_or_default();
        let mut attributes = Vec::new();
        let mut at = name.len();
        while let Some(equals) = inner[at..].find('=').map(|offset| at + offset) {
            let key = inner[at..equals].trim();
            let Some(open) = inner[equals..].find(['"', '\'']).map(|offset| equals + offset) else { break };
            let quote = char::from(inner.as_bytes()[open]);
            let start = open + 1;
            let Some(end) = inner[start..].find(quote).map(|offset| start + offset) else { break };
            let value = decode(&inner[start..end]);
            attributes.push((key, Attribute { value, start: base + start, end: base + end }));
            at = end + 1;
        }
        Self { name, attributes }
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    fn get(&self, name: &str) -> Option<Attribute> {
        self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    }
}

fn decode(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_owned();
    }
    // `&amp;` last, so that `&amp;lt;` stays `&lt;`.
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(raw.to_owned(), |text, (from, to)| text.replace(from, to))
}
