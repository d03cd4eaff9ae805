//! Files, sessions and caches as places: what one part of a program puts in under a name, another one reads by that
//! name.

use crate::ir::Span;

use super::events::Trace;
use super::machine::Machine;
use super::store::{ENVIRONMENT, unmarked};
use super::value::{Fact, Piece, Text, Unknown, Value};

/// What begins the keys of files. No configuration key begins like this.
const FILE: &str = "\u{1}file:";

/// What begins the keys of sessions and caches.
const CACHE: &str = "\u{1}cache:";

/// The key of a file, by the name at the end of its path; `None` where that is computed or no file's.
fn file_key(path: &Text) -> Option<String> {
    let shown = path.display();
    let name = shown.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension)?;
    let is_file = !name.contains(['{', '"', '<', '?', ' '])
        && !extension.is_empty()
        && extension.chars().all(char::is_alphanumeric);
    is_file.then(|| format!("{FILE}{}", name.to_ascii_lowercase()))
}

/// The key of an entry of a cache: computed parts are the same wherever they stand between the same known ones.
fn cache_key(key: &Text, prefix: &str) -> Option<String> {
    let mut out = format!("{CACHE}{prefix}");
    let start = out.len();
    let mut known = 0;
    for piece in key.0.iter() {
        match piece {
            Piece::Lit(text, _) => {
                known += text.len();
                out.push_str(text);
            }
            Piece::Hole(_) => out.push_str("{}"),
        }
    }
    (known > 0 && out.len() > start).then_some(out)
}

impl Machine<'_> {
    /// The files that a value names.
    pub(crate) fn files_named(&mut self, value: &Value) -> Vec<String> {
        self.texts_of(value).iter().filter_map(file_key).collect()
    }

    /// The entries of a cache that a value names.
    pub(crate) fn cache_keys(&mut self, value: &Value, prefix: &str) -> Vec<String> {
        let known = self.texts_of(value).iter().filter_map(|t| cache_key(t, prefix)).collect::<Vec<_>>();
        if !known.is_empty() {
            return known;
        }
        // A name that the program gives no value: a constant of a library.
        match value.facts() {
            [Fact::Type(name, _)] => vec![format!("{CACHE}{prefix}{name}")],
            _ => Vec::new(),
        }
    }

    /// Writes to places that are known by name, or reads what the program writes there. `None` when it writes nothing.
    pub(crate) fn memory(&mut self, keys: &[String], stored: Option<Value>, span: Span) -> Option<Value> {
        let Some(value) = stored else {
            let mut out = Value::default();
            for key in keys {
                let (here, _) = self.kept(key);
                // Whatever else is put in here, the token may have been put in another time: for an earlier request.
                if self.reach(&here).tokens.is_empty()
                    && let Some(value) = self.earlier(ENVIRONMENT).and_then(|m| m.get(key.as_str()))
                {
                    out = out.join(&unmarked(value));
                }
                out = out.join(&here);
            }
            return (!out.is_empty()).then_some(out);
        };
        self.trace(&value, Trace::Stored, span);
        for key in keys {
            self.store.write(ENVIRONMENT, key, value.clone());
        }
        (!keys.is_empty()).then(|| self.opaque(span, Unknown::Created))
    }
}
