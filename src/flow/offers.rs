//! What callers of an interface's method pass, for implementations that no evaluated call reaches: of many
//! implementations only a few are followed from each call.

use crate::models::Args;

use super::machine::Machine;
use super::program::ClassId;
use super::value::{Fact, FuncRef, Unknown, Value, digest, mix};

impl Machine<'_> {
    /// Keeps the telling arguments of a call for all implementations of the abstract method behind it.
    pub(super) fn offer(&mut self, class: ClassId, name: &str, args: &Args) {
        let telling = |fact: &Fact| match fact {
            Fact::Token(_) | Fact::Credential(_) | Fact::Chain(_) => true,
            // A client of a library, which may have been given a token.
            Fact::Object(o) => {
                o.class.is_none()
                    && o.unknown == Unknown::Created
                    && o.ty.as_ref().is_some_and(|ty| self.rules.knows_type(ty))
            }
            _ => false,
        };
        let mut given: Vec<Value> = args.positional.iter().map(|v| v.filter(telling)).collect();
        let name = name.to_ascii_lowercase();
        let owners = self.abstract_owners(class, &name);
        if owners.is_empty() {
            return;
        }
        // An object of the program that holds a token, however deep.
        for (kept, value) in given.iter_mut().zip(&args.positional) {
            let own = value.facts().iter().filter(|f| matches!(f, Fact::Object(o) if o.class.is_some()));
            for fact in own.cloned().collect::<Vec<_>>() {
                let carrier = Value::one(fact);
                if !self.reach(&carrier).tokens.is_empty() {
                    *kept = kept.join(&carrier);
                }
            }
        }
        if given.iter().all(Value::is_empty) {
            return;
        }
        for owner in owners {
            for (at, value) in given.iter().enumerate().filter(|(_, v)| !v.is_empty()) {
                self.store.join(owner, &at.to_string(), value);
            }
        }
    }

    /// Gives an entry what callers of the methods that it implements pass, instead of arguments of which nothing is
    /// known.
    pub(super) fn take_offers(&mut self, func: FuncRef, args: &mut Args) {
        let Some(class) = self.program.owner(func) else { return };
        let function = self.program.function(func);
        let owners = self.abstract_owners(class, &function.name.to_ascii_lowercase());
        for (at, param) in function.params.iter().enumerate() {
            let at = at.to_string();
            let offers = owners.iter().filter_map(|owner| self.earlier(*owner)?.get(at.as_str()));
            let offered = offers.fold(Value::default(), |all, offer| all.join(offer));
            let given = args.named.iter_mut().find(|(name, _)| *name == param.name);
            if let Some((_, value)) = given.filter(|_| !offered.is_empty()) {
                *value = offered;
            }
        }
    }

    /// The places that hold the offers to a class's method of this name: one for each abstract declaration.
    fn abstract_owners(&self, class: ClassId, name: &str) -> Vec<u64> {
        let mut ids = self.program.ancestry(class);
        ids.retain(|id| {
            let methods = self.program.class(*id).methods.get(name);
            methods.is_some_and(|all| all.iter().any(|f| !self.program.function(*f).has_body))
        });
        ids.into_iter().map(|id| mix(&[18, u64::from(id.0), digest(&name)])).collect()
    }
}
