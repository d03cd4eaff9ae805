//! Abstract values: small sets of facts about what an expression may be.

use std::sync::Arc;

use crate::ir::{FuncId, Span, Sym};
use crate::report::Flow;

use super::program::ClassId;

/// A unit of the program.
pub(crate) type UnitId = u32;

/// A function of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FuncRef {
    pub(crate) unit: UnitId,
    pub(crate) func: FuncId,
}

/// A place in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Site {
    pub(crate) unit: UnitId,
    pub(crate) span: Span,
}

/// Where a piece of text stands, and in which named function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Origin {
    pub(crate) site: Site,
    /// The named function around it; lambdas count for the function that holds them.
    pub(crate) home: FuncId,
}

impl Origin {
    pub(crate) fn home(&self) -> FuncRef {
        FuncRef { unit: self.site.unit, func: self.home }
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// Known characters; `None` for text of settings files.
    Lit(Sym, Option<Origin>),
    /// Unknown characters, with a name for people.
    Hole(Sym),
}

/// A text, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Text(pub(crate) Arc<[Piece]>);

impl Text {
    pub(crate) fn literal(text: Sym, origin: Option<Origin>) -> Self {
        Self(Arc::from([Piece::Lit(text, origin)]))
    }

    /// The whole text with `{name}` for what is unknown.
    pub(crate) fn display(&self) -> String {
        let mut out = String::new();
        for piece in self.0.iter() {
            match piece {
                Piece::Lit(text, _) => out.push_str(text),
                Piece::Hole(name) => {
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            }
        }
        out
    }

    /// The text, when all of it is known.
    pub(crate) fn known(&self) -> Option<String> {
        self.0.iter().all(|p| matches!(p, Piece::Lit(..))).then(|| self.display())
    }

    pub(crate) fn starts_unknown(&self) -> bool {
        matches!(self.0.first(), Some(Piece::Hole(_)))
    }

    pub(crate) fn concat(parts: &[Text]) -> Self {
        Self(parts.iter().flat_map(|t| t.0.iter().cloned()).take(64).collect())
    }

    /// The literal pieces that begin behind an offset of the displayed text.
    pub(crate) fn pieces_behind(&self, offset: usize) -> impl Iterator<Item = (&str, Option<Origin>)> {
        let mut at = 0;
        self.0.iter().filter_map(move |piece| {
            let start = at;
            match piece {
                Piece::Lit(text, origin) => {
                    at += text.len();
                    (start > offset).then_some((&**text, *origin))
                }
                Piece::Hole(name) => {
                    at += name.len() + 2;
                    None
                }
            }
        })
    }

    /// The origin of the known piece that holds the byte at `offset` of [`Text::display`].
    pub(crate) fn origin_at(&self, offset: usize) -> Option<Origin> {
        let mut at = 0;
        for piece in self.0.iter() {
            match piece {
                Piece::Lit(text, origin) => {
                    if offset < at + text.len() {
                        return *origin;
                    }
                    at += text.len();
                }
                Piece::Hole(name) => at += name.len() + 2,
            }
        }
        None
    }
}

/// Why a value is not known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Unknown {
    /// Made by the program: known, in fact.
    Created,
    /// A parameter that nothing in the program passes.
    Parameter(Sym, FuncRef),
    /// The result of a call that the program does not hold.
    External(Sym),
    /// A variable or member that nothing in the program assigns.
    Unassigned(Sym),
    /// An environment variable.
    Env(Sym),
    /// A configuration key that no file of the program holds.
    Config(Sym),
    /// What Partner Center answered.
    Response,
}

/// An object, or any value of which only the identity is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Obj {
    /// Identity: the place that made it and the context in which it did.
    pub(crate) key: u64,
    /// The short name of its type.
    pub(crate) ty: Option<Sym>,
    /// Its type, when the program declares it.
    pub(crate) class: Option<ClassId>,
    pub(crate) unknown: Unknown,
}

/// The part of a token response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The response, or the access token.
    Access,
    /// The refresh token.
    Refresh,
    /// The ID token, or a claim in it: says who signed in, and opens no API.
    Identity,
}

/// Identifies an acquisition: the place that fixes the grant, and the grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct AcqKey {
    pub(crate) site: Site,
    pub(crate) flow: Flow,
}

/// A token, with what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Token {
    pub(crate) acquisition: AcqKey,
    pub(crate) audience: Vec<Sym>,
    pub(crate) part: Part,
}

/// A chain of SDK operations from a root object.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Chain {
    pub(crate) path: Sym,
    /// The credentials that the root was made with, or the unknown root itself.
    pub(crate) root: Value,
    /// The index of the SDK among the rules.
    pub(crate) sdk: usize,
}

/// A function value with the frame that it closes over.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Closure {
    pub(crate) func: FuncRef,
    pub(crate) frame: u64,
    pub(crate) this: Option<Obj>,
}

/// What is known about a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Fact {
    Token(Arc<Token>),
    Credential(AcqKey),
    Chain(Arc<Chain>),
    Func(Arc<Closure>),
    Object(Obj),
    Type(Sym, Option<ClassId>),
    /// A module of the program: its units.
    Module(Arc<[UnitId]>),
    Text(Text),
    Bool(bool),
    Num(Sym),
    Null,
    /// A section of the configuration, by its key.
    Section(Sym),
}

/// The most facts that one value keeps. Past it the least telling ones are dropped.
const MAX_FACTS: usize = 32;
/// How many of them are left to objects of which nothing is known.
const MAX_PLAIN: usize = 6;

/// A set of facts, sorted. Empty means: nothing at all can arrive here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Value(Arc<Vec<Fact>>);

impl Value {
    pub(crate) fn one(fact: Fact) -> Self {
        Self(Arc::new(vec![fact]))
    }

    pub(crate) fn text(text: impl Into<Sym>, origin: Option<Origin>) -> Self {
        Self::one(Fact::Text(Text::literal(text.into(), origin)))
    }

    pub(crate) fn from_facts(mut facts: Vec<Fact>) -> Self {
        facts.sort_unstable();
        facts.dedup();
        if facts.len() > MAX_FACTS {
            // Sorted by how much a fact tells: tokens first, nothing-sayers last. Objects of which nothing is
            // known but that a library made them (every step of a fluent call makes one) must not drive out the
            // others.
            let is_plain = |fact: &Fact| {
                matches!(fact, Fact::Object(Obj { ty: None, class: None, unknown: Unknown::External(_), .. }))
            };
            let (plain, mut telling): (Vec<Fact>, Vec<Fact>) = facts.into_iter().partition(is_plain);
            telling.truncate(MAX_FACTS.saturating_sub(plain.len().min(MAX_PLAIN)));
            let room = MAX_FACTS - telling.len();
            telling.extend(plain.into_iter().take(room));
            telling.sort_unstable();
            facts = telling;
        }
        Self(Arc::new(facts))
    }

    pub(crate) fn facts(&self) -> &[Fact] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where its facts lie: equal for copies of one value, as long as one of them lives.
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// It is something that can be, or hold, a text, a token or a credential.
    pub(crate) fn is_carrier(&self) -> bool {
        let carries = |fact: &Fact| {
            matches!(
                fact,
                Fact::Token(_) | Fact::Credential(_) | Fact::Chain(_) | Fact::Object(_) | Fact::Text(_)
            )
        };
        self.0.iter().any(carries)
    }

    pub(crate) fn join(&self, other: &Self) -> Self {
        if other.is_empty() || self == other {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        Self::from_facts(self.0.iter().chain(other.0.iter()).cloned().collect())
    }

    pub(crate) fn filter(&self, keep: impl Fn(&Fact) -> bool) -> Self {
        if self.0.iter().all(&keep) {
            return self.clone();
        }
        Self(Arc::new(self.0.iter().filter(|f| keep(f)).cloned().collect()))
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.0.iter().filter_map(|f| if let Fact::Text(t) = f { Some(t) } else { None })
    }

    pub(crate) fn objects(&self) -> impl Iterator<Item = &Obj> {
        self.0.iter().filter_map(|f| if let Fact::Object(o) = f { Some(o) } else { None })
    }

    pub(crate) fn closures(&self) -> impl Iterator<Item = &Arc<Closure>> {
        self.0.iter().filter_map(|f| if let Fact::Func(c) = f { Some(c) } else { None })
    }

    /// The one known text that this value is, if it is just that.
    pub(crate) fn constant(&self) -> Option<String> {
        match self.facts() {
            [Fact::Text(text)] => text.known(),
            [Fact::Num(n)] => Some(n.to_string()),
            _ => None,
        }
    }

    /// Is it true in a condition? `None` when that depends.
    pub(crate) fn truth(&self) -> Option<bool> {
        let mut answer = None;
        for fact in self.facts() {
            let this = match fact {
                Fact::Bool(b) => *b,
                Fact::Null => false,
                // A setting is a text that may be read as anything.
                Fact::Text(text)
                    if text.0.iter().any(|p| matches!(p, Piece::Lit(_, None)))
                        && !text.0.is_empty()
                        && text.known().is_none_or(|t| !t.is_empty()) =>
                {
                    return None;
                }
                Fact::Text(text) => match text.known() {
                    Some(known) => !known.is_empty(),
                    None if text.0.iter().any(|p| matches!(p, Piece::Lit(t, _) if !t.is_empty())) => true,
                    None => return None,
                },
                Fact::Num(n) => n.as_ref() != "0",
                Fact::Object(o) if o.unknown == Unknown::Created => true,
                Fact::Func(_) => true,
                // Any other value may be missing at run time.
                _ => return None,
            };
            if answer.is_some_and(|a| a != this) {
                return None;
            }
            answer = Some(this);
        }
        answer
    }
}

/// A stable mix of numbers, for identities. Not random: the same input gives the same bytes of the report.
pub(crate) fn mix(parts: &[u64]) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    for part in parts {
        hasher.write_u64(*part);
    }
    hasher.finish()
}

/// [`mix`] for anything that can be hashed.
pub(crate) fn digest(value: &impl std::hash::Hash) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
