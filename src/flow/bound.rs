//! Keys of a configuration that are read from variables of the environment: bound one by one, or all behind a prefix.

use crate::ir::Span;
use crate::models::Selector;

use super::library::LibraryCall;
use super::machine::Machine;
use super::store::ENVIRONMENT;
use super::value::{Fact, Text, Unknown, Value};

/// How many prefixes a program has.
const MAX_PREFIXES: usize = 4;

/// Where the prefixes of a library are kept.
fn prefixes_of(file: usize) -> String {
    format!("\u{1}prefixes {file}")
}

/// The variable behind a key.
fn variable(prefix: &str, key: &str) -> String {
    let name = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}_{key}") };
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

impl Machine<'_> {
    /// `viper.SetEnvPrefix("PARTNER")`: keys of this library may be variables from now on.
    pub(super) fn set_variable_prefix(
        &mut self,
        file: usize,
        prefix: &[Selector],
        call: &LibraryCall<'_>,
    ) -> Option<Value> {
        let given = self.select(prefix, call)?;
        let known =
            Value::from_facts(given.facts().iter().filter(|f| matches!(f, Fact::Text(_))).cloned().collect());
        self.store.join(ENVIRONMENT, &prefixes_of(file), &known);
        Some(self.opaque(call.span, Unknown::External(call.name.into())))
    }

    /// `viper.BindEnv("user", "PARTNER_USER")`: the key has the value of the variables; without one, of its own.
    pub(super) fn bind_variables(
        &mut self,
        file: usize,
        key: &Value,
        variables: &[Selector],
        call: &LibraryCall<'_>,
    ) -> Value {
        let keys: Vec<String> = self.texts_of(key).iter().filter_map(Text::known).collect();
        let given = self.select(variables, call).unwrap_or_default();
        let mut names: Vec<String> = self.texts_of(&given).iter().filter_map(Text::known).collect();
        for key in &keys {
            if given.is_empty() {
                names = self.prefixes(file).iter().map(|prefix| variable(prefix, key)).collect();
                names.push(variable("", key));
            }
            names.retain(|name| self.is_set(name));
            for name in &names {
                let value = self.config_value(name, call.span);
                self.store.join(ENVIRONMENT, &key.to_ascii_lowercase(), &value);
            }
        }
        self.opaque(call.span, Unknown::External(call.name.into()))
    }

    /// What a key holds, with what the variables behind the library's prefixes hold.
    pub(super) fn variable_or(&mut self, file: usize, key: &str, span: Span) -> Value {
        let mut names: Vec<String> = self.prefixes(file).iter().map(|prefix| variable(prefix, key)).collect();
        names.retain(|name| !name.eq_ignore_ascii_case(key) && self.is_set(name));
        let mut found = Value::default();
        for name in names {
            found = found.join(&self.config_value(&name, span));
        }
        if found.is_empty() || self.is_set(key) { found.join(&self.config_value(key, span)) } else { found }
    }

    fn prefixes(&mut self, file: usize) -> Vec<String> {
        let at = prefixes_of(file);
        let (known, _) = self.kept(&at);
        known.texts().filter_map(Text::known).take(MAX_PREFIXES).collect()
    }
}
