//! Settings that code reads: configuration, environment, vaults.

use crate::ir::{Span, Sym};
use crate::models::Row;

use super::events::Trace;
use super::library::LibraryCall;
use super::machine::Machine;
use super::value::{Fact, Text, UnitId, Unknown, Value};

impl Machine<'_> {
    pub(super) fn apply_config(&mut self, row: &Row, index: usize, call: &LibraryCall<'_>) -> Option<Value> {
        let rules = self.rules;
        let config = &rules.file(row.file).config[index];
        if !config.variable_prefix.is_empty() {
            return self.set_variable_prefix(row.file, &config.variable_prefix, call);
        }
        let key = self.select(&config.key, call)?;
        if !config.variables.is_empty() {
            return Some(self.bind_variables(row.file, &key, &config.variables, call));
        }
        let mut prefix = config.prefix.clone();
        for fact in call.receiver.map(Value::facts).unwrap_or_default() {
            if let Fact::Section(section) = fact
                && !section.is_empty()
            {
                prefix = format!("{section}:");
            }
        }
        if let Some(section) = self.select(&config.within, call) {
            match self.texts_of(&section).iter().find_map(Text::known) {
                Some(section) => prefix = format!("{prefix}{section}:"),
                None => return Some(self.opaque(call.span, Unknown::Config("a computed key".into()))),
            }
        }
        if config.file && config.section {
            return self.settings_of_file(&config.of, &key, call);
        }
        if config.file || config.cache {
            let keys =
                if config.file { self.files_named(&key) } else { self.cache_keys(&key, &config.prefix) };
            let stored = self.select(&config.stores, call);
            let found = self.memory(&keys, stored, call.span);
            let into = self.select(&config.into, call);
            return match (into, found) {
                (Some(into), Some(value)) => {
                    self.add(&into, &value);
                    Some(self.opaque(call.span, Unknown::External(call.name.into())))
                }
                (_, found) => found,
            };
        }
        let default = self.select(&config.default, call);
        let keys: Vec<String> = self.texts_of(&key).iter().filter_map(Text::known).collect();
        if keys.is_empty() && config.secrets {
            return Some(match self.select(&config.stores, call) {
                Some(value) => {
                    self.store_computed(&value);
                    value
                }
                None => self.computed_secret(call.span),
            });
        }
        if keys.is_empty() {
            return Some(self.opaque(call.span, Unknown::Config("a computed key".into())));
        }
        if let Some(value) = self.select(&config.stores, call) {
            self.trace(&value, Trace::Stored, call.span);
            for key in keys {
                let key = format!("{prefix}{key}").to_ascii_lowercase();
                self.store.write(super::store::ENVIRONMENT, &key, value.clone());
            }
            return Some(value);
        }
        let mut out = Value::default();
        if config.secrets && self.is_configured(&key) {
            // The name of the secret is a setting: it may be any that the code computes elsewhere (the tenant's).
            out = self.computed_secret(call.span);
        }
        for key in keys {
            if let Some(value) = config.folder.as_ref().and_then(|f| self.returned_config(f, &key, call.span))
            {
                out = out.join(&value);
                continue;
            }
            // `${key:default}`
            let placeholder = key.strip_prefix("${").and_then(|k| k.strip_suffix('}'));
            let (key, placeholder_default) = match placeholder {
                Some(inner) => match inner.split_once(':') {
                    Some((key, default)) => (key.to_owned(), Some(default.to_owned())),
                    None => (inner.to_owned(), None),
                },
                None => (key, None),
            };
            // Where nothing has such a section, the key is looked for as it is.
            let sectioned = format!("{prefix}{key}");
            let bare = prefix == config.prefix && !config.section && !self.is_set(&sectioned);
            let key = if bare { key } else { sectioned };
            let mut value = if config.section {
                Value::one(Fact::Section(key.into()))
            } else {
                self.variable_or(row.file, &key, call.span)
            };
            let named = placeholder_default.map(|text| Value::text(text, None));
            if let Some(default) =
                named.as_ref().or(default.as_ref()).filter(|_| value.texts().next().is_none())
            {
                value = value.join(default);
            }
            out = out.join(&value);
        }
        Some(out)
    }

    /// What a file of a configuration folder returns under a dotted key.
    fn returned_config(&mut self, folder: &str, key: &str, span: Span) -> Option<Value> {
        let mut parts = key.split('.');
        let first = parts.next()?;
        let path: Sym = format!("{folder}/{first}").into();
        let mut module = self.module_value(&path);
        if !matches!(module.facts(), [Fact::Module(_)])
            && let Some(unit) = self.config_of_part(folder, first)
        {
            module = Value::one(Fact::Module([unit].into()));
        }
        if !matches!(module.facts(), [Fact::Module(_)]) {
            return None;
        }
        let mut value = self.member(&module, "default", span);
        for part in parts {
            value = self.element(&value, &Value::text(part, None), span);
        }
        Some(value)
    }

    /// The configuration that a part of the program brings along, under the part's name: `billing/config/config.php`
    /// holds what `billing.url` names. Parts are called so in any case.
    fn config_of_part(&self, folder: &str, part: &str) -> Option<UnitId> {
        let own = format!("/{part}/{folder}/{folder}").to_ascii_lowercase();
        let language = self.program.language(self.unit());
        let is_own = |unit: &super::program::ProgramUnit| {
            let path = unit.path.to_ascii_lowercase();
            let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            unit.language == language && format!("/{stem}").ends_with(&own)
        };
        self.program.units.iter().position(is_own).map(|unit| unit as UnitId)
    }

    /// The values that files of the program give to a configuration key, or a value with its name.
    pub(crate) fn config_value(&mut self, key: &str, span: Span) -> Value {
        let mut values = self.program.setting(key);
        if values.is_empty() && key.contains('.') {
            values = self.program.setting(&key.replace('.', ":"));
        }
        if !values.is_empty() {
            return Value::from_facts(
                values.iter().map(|v| Fact::Text(Text::literal(v.clone(), None))).collect(),
            );
        }
        let folded = key.to_ascii_lowercase();
        let (kept, _) = self.kept(&folded);
        if kept.is_empty() {
            return self.opaque(span, Unknown::Config(super::sections::shown(key).into()));
        }
        kept
    }

    /// Reading this member may be a check for MFA.
    pub(crate) fn note_member(&mut self, name: &str, span: Span) {
        if let Some(what) = self.rules.check_member(name) {
            let site = self.site(span);
            self.found.checks.insert(site, what.into());
        }
    }
}
