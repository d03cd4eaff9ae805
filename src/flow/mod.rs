//! Abstract interpretation of the whole program: which token each Partner Center request carries.
//!
//! Every function is evaluated for the abstract arguments that its callers pass, and the result is kept as
//! the function's summary for these arguments (result, effects on the state, and the requests that only its
//! callers can name). So one wrapper that is used for two resources yields two tokens, and literal arguments
//! prune branches. Functions that nobody calls are entries, with unknown arguments. What an entry writes to
//! fields, statics, script variables and sessions joins a summary of the program that the next round of
//! entries reads, until nothing changes.

mod acquire;
mod attached;
mod authorization;
mod bind;
mod bound;
mod call;
mod carry;
mod checks;
mod decorators;
mod element;
mod events;
mod exports;
mod expr;
mod files;
mod generated;
mod grants;
mod hooks;
mod hosts;
mod in_tree;
mod injected;
mod invoke;
mod keys;
mod library;
mod machine;
mod member;
mod method;
mod modules;
mod namesake;
mod offers;
mod operation;
mod pairs;
mod passed;
mod program;
mod reach;
mod registered;
mod relevance;
mod request;
mod resend;
mod rounds;
mod sdk;
mod sections;
mod settings;
mod stmt;
mod store;
mod value;
mod variable;
mod vault;
mod visit;
mod watch;
mod words;

pub(crate) use events::{AcqRecord, CallRecord, Found, GivenText, Trace};
pub(crate) use hosts::{Hosts, is_scope_word};
pub use program::{Program, ProgramUnit, SettingValue};
pub use rounds::Analysis;
pub(crate) use rounds::analyse;
pub(crate) use value::{AcqKey, Fact, FuncRef, Site, Text, UnitId, Unknown, Value};
pub(crate) use visit::{visit_expr, visit_stmt};
pub use watch::Observer;
pub(crate) use watch::{Called, Callee, Seen, Shown, Watch};
