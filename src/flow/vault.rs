//! Secret stores: what one part of a program puts in under a name, another one reads by that name.
//!
//! Libraries of such stores have rows (`config`); this is for requests that ask a store by HTTP, and for secrets
//! whose names are computed on both sides.

use crate::ir::{Span, Sym};

use super::machine::Machine;
use super::store::{ENVIRONMENT, unmarked};
use super::value::{Fact, Part, Piece, Text, Unknown, Value};

/// Under what refresh tokens are kept whose names are computed. No configuration key begins like this.
const COMPUTED: &str = "\u{1}computed";

impl Machine<'_> {
    /// What the program keeps under a name outside of it (this entry, or where it may not have, some other one), and
    /// whether it may be what it was before the program ran.
    pub(crate) fn kept(&mut self, name: &str) -> (Value, bool) {
        let (own, left) = self.store.kept(name);
        if !left {
            return (own, false);
        }
        let earlier = self.earlier(ENVIRONMENT).and_then(|m| m.get(name)).map(unmarked);
        (own.join(&earlier.unwrap_or_default()), true)
    }

    /// What a request to a secret store gives; `None` for requests to others.
    pub(crate) fn secret_request(
        &mut self,
        urls: &[Text],
        method: &str,
        body: Option<&Value>,
        span: Span,
    ) -> Option<Value> {
        let mut result: Option<Value> = None;
        for url in urls {
            let Some((name, field)) = self.hosts.secret(&url.display()) else { continue };
            let field = field.to_owned();
            let found = match body {
                Some(body) if matches!(method, "PUT" | "POST" | "PATCH") => {
                    let secret = self.sent_secret(body, &field);
                    if !secret.is_empty() {
                        self.store.write(ENVIRONMENT, &name.to_ascii_lowercase(), secret.clone());
                    }
                    secret
                }
                _ => self.config_value(&name, span),
            };
            result = Some(result.map_or_else(|| found.clone(), |r| r.join(&found)));
        }
        result
    }

    /// The secret in a body: the tokens that it carries, else its field.
    fn sent_secret(&mut self, body: &Value, field: &str) -> Value {
        let tokens = self.reach(body).tokens;
        if !tokens.is_empty() {
            return Value::from_facts(tokens.into_iter().map(Fact::Token).collect());
        }
        let mut found = Value::default();
        for object in body.objects() {
            for (name, value) in self.fields(object) {
                if name.eq_ignore_ascii_case(field) {
                    found = found.join(&value);
                }
            }
        }
        found
    }

    /// Keeps the refresh tokens that are stored under a name which the code computes (the tenant's).
    pub(crate) fn store_computed(&mut self, value: &Value) {
        let tokens = self.reach(value).tokens.into_iter().filter(|t| t.part == Part::Refresh);
        let tokens = Value::from_facts(tokens.map(Fact::Token).collect());
        if !tokens.is_empty() {
            self.store.join(ENVIRONMENT, COMPUTED, &tokens);
        }
    }

    /// All that a key may be comes from settings.
    pub(crate) fn is_configured(&mut self, key: &Value) -> bool {
        let texts = self.texts_of(key);
        let is_setting = |text: &Text| text.0.iter().all(|p| matches!(p, Piece::Lit(_, None)));
        !texts.is_empty() && texts.iter().all(is_setting)
    }

    /// What a secret is whose name the code computes: it may be any refresh token that is stored in that way.
    pub(crate) fn computed_secret(&mut self, span: Span) -> Value {
        let (known, _) = self.kept(COMPUTED);
        let name: Sym = "a computed key".into();
        self.opaque(span, Unknown::Config(name)).join(&known)
    }
}
