//! Clients that a tool generates from the description of an API, and that the program does not hold: their
//! operations are named by path and method (`products_product_id_submissions_post`). Which API it is, the token says
//! that they are given.

use crate::ir::{Span, Sym};
use crate::models::Args;
use crate::report::Via;

use super::events::CallRecord;
use super::machine::Machine;
use super::value::{Fact, Obj, Unknown, Value};

impl Machine<'_> {
    /// A type of this name is taken for a generated client where the program does not declare it.
    pub(crate) fn is_generated_client(&self, name: &str) -> bool {
        let language = self.program.language(self.unit());
        let ends = |end: &String| name.len() > end.len() && name.ends_with(end.as_str());
        self.rules.generated(language).any(|row| row.types.iter().any(ends))
    }

    /// The answer to an operation of a generated client for Partner Center; `None` for any other call.
    pub(crate) fn generated_operation(
        &mut self,
        receiver: &Value,
        name: &str,
        args: &Args,
        span: Span,
    ) -> Option<Value> {
        let language = self.program.language(self.unit());
        let method = self.rules.generated(language).find_map(|row| {
            let is_client = receiver.facts().iter().any(|fact| match fact {
                Fact::Object(Obj { ty: Some(ty), class: None, .. }) => {
                    row.types.iter().any(|end| ty.len() > end.len() && ty.ends_with(end.as_str()))
                }
                _ => false,
            });
            let bare = is_client.then(|| without_suffix(name, &row.suffixes))?;
            let last = last_word(&bare)?;
            row.methods.iter().find(|(word, _)| word.eq_ignore_ascii_case(last)).map(|(_, m)| m.clone())
        })?;
        let given = args.values().fold(receiver.clone(), |all, v| all.join(v));
        let for_us = |audience: &[Sym]| audience.iter().any(|a| self.hosts.audience(a) == Some(false));
        if !self.reach(&given).tokens.iter().any(|t| for_us(&t.audience)) {
            return None;
        }
        let record = CallRecord {
            via: Some(Via::Sdk),
            endpoints: [format!("{method} {name}").as_str().into()].into(),
            by_audience: true,
            ..CallRecord::default()
        };
        self.record_call(record, &given, span);
        Some(self.opaque(span, Unknown::Response))
    }
}

/// The name without what says how the answer is wanted. Suffixes are compared without underscores and case.
fn without_suffix(name: &str, suffixes: &[String]) -> String {
    let mut bare = name.trim_end_matches('_').to_owned();
    for suffix in suffixes {
        let mut wanted = suffix.chars().rev().map(|c| c.to_ascii_lowercase()).peekable();
        for (at, c) in bare.char_indices().rev() {
            if wanted.peek().is_none() {
                break;
            }
            if c == '_' {
                continue;
            }
            if wanted.next() != Some(c.to_ascii_lowercase()) {
                break;
            }
            if wanted.peek().is_none() {
                bare.truncate(at);
                break;
            }
        }
    }
    bare.trim_end_matches('_').to_owned()
}

/// The last of several words: `post` of `products_post`, `Post` of `productsPost`.
fn last_word(name: &str) -> Option<&str> {
    let at = name.rfind(|c: char| c == '_' || c.is_ascii_uppercase()).filter(|at| *at > 0)?;
    Some(name[at..].trim_start_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::{last_word, without_suffix};

    #[test]
    fn operations_end_with_their_method() {
        assert_eq!(last_word("products_product_id_submissions_post"), Some("post"));
        assert_eq!(last_word("productsProductIdSubmissionsPost"), Some("Post"));
        assert_eq!(last_word("post"), None);
        assert_eq!(last_word(""), None);
    }

    #[test]
    fn how_the_answer_is_wanted_is_no_part_of_the_name() {
        let suffixes = ["WithHttpInfo".to_owned(), "Async".to_owned()];
        assert_eq!(without_suffix("products_get_with_http_info", &suffixes), "products_get");
        assert_eq!(without_suffix("ProductsGetAsync", &suffixes), "ProductsGet");
        assert_eq!(without_suffix("ProductsGetAsyncWithHttpInfo", &suffixes), "ProductsGet");
        assert_eq!(without_suffix("products_get", &suffixes), "products_get");
        assert_eq!(without_suffix("info", &suffixes), "info");
        let suffixes = ["Async".to_owned(), "WithHttpInfo".to_owned()];
        assert_eq!(without_suffix("ProductsGetWithHttpInfoAsync", &suffixes), "ProductsGet");
    }
}
