//! Chains of SDK operations: `partner.Customers.ById(id).Orders.Get()`.

use std::sync::Arc;

use crate::ir::{Span, Sym};
use crate::models::{Args, Sdk, SdkOperation};
use crate::report::Via;

use super::events::CallRecord;
use super::machine::Machine;
use super::value::{Chain, Fact, Obj, Unknown, Value};

/// The canonical form of a symbol: lower-case, without parentheses.
fn canonical(symbol: &str) -> String {
    symbol.replace("()", "").trim_matches('.').to_ascii_lowercase()
}

fn extended(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_ascii_lowercase() } else { format!("{path}.{}", name.to_ascii_lowercase()) }
}

impl Machine<'_> {
    fn sdk(&self, index: usize) -> Option<&Sdk> {
        self.rules.file(index).sdk.as_ref()
    }

    /// An object whose type says that it stands somewhere on a chain.
    pub(crate) fn chain_of(&self, object: &Obj) -> Option<Arc<Chain>> {
        let ty = object.ty.as_ref()?;
        let (sdk, path) = self.rules.sdk_type(ty, self.program.language(self.unit()))?;
        Some(Arc::new(Chain {
            path: canonical(path).into(),
            root: Value::one(Fact::Object(Obj { ty: None, ..object.clone() })),
            sdk,
        }))
    }

    fn operation<'s>(&'s self, sdk: usize, path: &str) -> Option<&'s SdkOperation> {
        self.rules.sdk_operation(sdk, path)
    }

    /// A member of a chain that is read.
    pub(crate) fn extend_chain(&self, chain: &Arc<Chain>, name: &str) -> Fact {
        let same = self.sdk(chain.sdk).is_some_and(|s| s.same.iter().any(|m| m.eq_ignore_ascii_case(name)));
        if same {
            return Fact::Chain(chain.clone());
        }
        Fact::Chain(Arc::new(Chain { path: extended(&chain.path, name).into(), ..(**chain).clone() }))
    }

    /// One element of a collection.
    pub(crate) fn select_element(&self, chain: &Arc<Chain>) -> Fact {
        let name =
            self.sdk(chain.sdk).and_then(|s| s.select.first()).map_or("byid", String::as_str).to_owned();
        self.extend_chain(chain, &name)
    }

    /// A method of a chain: an operation, or another step.
    pub(crate) fn call_chain(&mut self, chain: &Arc<Chain>, name: &str, args: &Args, span: Span) -> Value {
        let mut bare = name.to_ascii_lowercase();
        if let Some(sdk) = self.sdk(chain.sdk) {
            for prefix in &sdk.prefixes {
                let rest = name.get(..prefix.len()).filter(|p| *p == prefix).map(|_| &name[prefix.len()..]);
                if let Some(short) = rest.filter(|r| r.starts_with(|c: char| c.is_ascii_uppercase())) {
                    bare = short.to_ascii_lowercase();
                }
            }
            for suffix in &sdk.suffixes {
                if let Some(short) = bare.strip_suffix(&suffix.to_ascii_lowercase())
                    && !short.is_empty()
                {
                    bare = short.to_owned();
                }
            }
            if sdk.same.iter().any(|m| m.eq_ignore_ascii_case(name) || m.eq_ignore_ascii_case(&bare)) {
                return Value::one(Fact::Chain(chain.clone()));
            }
        }
        let path = extended(&chain.path, &bare);
        let known = self.operation(chain.sdk, &path);
        let symbol: Sym = known.map_or_else(|| path.as_str().into(), |op| op.symbol.as_str().into());
        let endpoint: Option<Sym> = match known {
            Some(op) if op.method.is_empty() => None,
            Some(op) => Some(format!("{} {}", op.method, op.path).into()),
            // An operation that the catalogue does not hold, by a verb that it uses elsewhere.
            None if self.rules.sdk_verb(chain.sdk, &bare) && !self.rules.sdk_prefix(chain.sdk, &path) => {
                Some(format!("{}.{name}", chain.path).trim_matches('.').into())
            }
            None => {
                return Value::one(Fact::Chain(Arc::new(Chain { path: path.into(), ..(**chain).clone() })));
            }
        };
        let Some(endpoint) = endpoint else {
            return Value::one(Fact::Chain(Arc::new(Chain { path: path.into(), ..(**chain).clone() })));
        };
        let _ = args;
        let record = CallRecord {
            via: Some(Via::Sdk),
            endpoints: [endpoint].into(),
            symbols: [symbol].into(),
            library: self.rules.file(chain.sdk).library.as_str().into(),
            ..CallRecord::default()
        };
        let signed = self.hooked(&chain.root, None, span);
        self.record_call(record, &chain.root.join(&signed), span);
        self.opaque(span, Unknown::Response)
    }
}
