//! Settings files as flat lists of keys and values, for code that reads its configuration by key.
//!
//! The readers are tolerant: they take what can be read from a broken file and say where the trouble begins.
//! Every value keeps the place of its raw text, so that a report can point at it. No value ever becomes part
//! of a message: settings hold secrets.

mod container;
mod json;
mod lines;
mod xml;
mod yaml;

use crate::ir::Span;
use crate::report::{Notice, NoticeKind};
use crate::source::LineIndex;

/// How deep sections may nest; deeper ones are not read.
const MAX_DEPTH: usize = 64;

/// How many values of one file are kept. Settings files hold dozens; what holds more is data.
const MAX_SETTINGS: usize = 10_000;

/// JSON and YAML files of any name are settings only up to this size; above it they are data or lock files.
const MAX_UNNAMED: usize = 256 * 1024;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The sections and the name, joined by `:`, as written; elements of lists by their number from 0:
    /// `PartnerCenter:ApiUrl`, `Scopes:0`.
    pub key: String,
    /// The value with escapes resolved and without quotes.
    pub value: String,
    /// The raw value in the text, without quotes.
    pub span: Span,
}

/// What was read from one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The values, in the order of the file.
    pub settings: Vec<Setting>,
    /// Says that a part of the file could not be read.
    pub notice: Option<Notice>,
}

/// The syntaxes of settings files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Json,
    Xml,
    Yaml,
    /// `.env`, `.properties`, `.ini`.
    Lines(lines::Dialect),
}

/// Is the file one that [`read`] reads? Only the name counts.
#[must_use]
pub fn is_settings(path: &str) -> bool {
    syntax(path).is_some()
}

/// Reads a settings file. A file that [`is_settings`] denies, and a large JSON or YAML file whose name does
/// not say that it is settings, give nothing.
#[must_use]
pub fn read(path: &str, text: &str) -> Reading {
    let Some(syntax) = syntax(path) else { return Reading::default() };
    let name = file_name(path);
    let named = name.starts_with("appsettings") || name.ends_with(".settings.json");
    if matches!(syntax, Syntax::Json | Syntax::Yaml) && text.len() > MAX_UNNAMED && !named {
        return Reading::default();
    }
    let mut sink = Sink::default();
    match syntax {
        Syntax::Json => json::read(text, &mut sink),
        Syntax::Xml => xml::read(text, &mut sink),
        Syntax::Yaml => yaml::read(text, &mut sink),
        Syntax::Lines(dialect) => lines::read(text, dialect, &mut sink),
    }
    if name == "local.settings.json" {
        // The Azure Functions host turns `Values` into environment variables: code reads them without it.
        for setting in &mut sink.settings {
            if let Some(inner) = setting.key.strip_prefix("Values:") {
                setting.key = inner.to_owned();
            }
        }
    }
    if syntax == Syntax::Yaml {
        let variables = container::variables(&sink.settings);
        sink.settings.extend(variables);
    }
    let notice = sink.trouble.map(|(offset, message)| Notice {
        path: path.into(),
        line: Some(LineIndex::new(text).position(text, offset).0),
        kind: if sink.settings.len() >= MAX_SETTINGS { NoticeKind::Limit } else { NoticeKind::Syntax },
        message: message.to_owned(),
    });
    Reading { settings: sink.settings, notice }
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase()
}

fn syntax(path: &str) -> Option<Syntax> {
    let name = file_name(path);
    // `.env`, `.env.production`, `partner.env`
    if name == ".env" || name.starts_with(".env.") {
        return Some(Syntax::Lines(lines::Dialect::Env));
    }
    Some(match name.rsplit_once('.')?.1 {
        "json" | "jsonc" | "json5" => Syntax::Json,
        "config" | "settings" => Syntax::Xml,
        "yml" | "yaml" => Syntax::Yaml,
        "env" => Syntax::Lines(lines::Dialect::Env),
        "properties" => Syntax::Lines(lines::Dialect::Properties),
        "ini" | "cfg" | "conf" | "toml" => Syntax::Lines(lines::Dialect::Ini),
        _ => return None,
    })
}

/// Where the readers put what they find.
#[derive(Debug, Default)]
struct Sink {
    settings: Vec<Setting>,
    /// The first place that could not be read.
    trouble: Option<(usize, &'static str)>,
}

impl Sink {
    /// Takes a value. `false` when there are too many and the reader should stop.
    fn put(&mut self, key: String, value: String, start: usize, end: usize) -> bool {
        if self.settings.len() >= MAX_SETTINGS {
            self.trouble(start, "too many values; the rest of the file was not read");
            return false;
        }
        if !key.is_empty() {
            self.settings.push(Setting { key, value, span: Span::new(start, end) });
        }
        true
    }

    fn trouble(&mut self, offset: usize, message: &'static str) {
        self.trouble.get_or_insert((offset, message));
    }
}

/// A key inside a section.
fn join(section: &str, name: &str) -> String {
    if section.is_empty() { name.to_owned() } else { format!("{section}:{name}") }
}
