//! Rule files: what library calls mean, as data.

mod claims;
pub mod coverage;
mod finding;
mod identity;
pub mod lint;
mod load;
mod matching;
mod readiness;
mod schema;
mod why;
mod wording;

pub use claims::*;
pub use finding::*;
pub use identity::*;
pub use load::{RuleError, Rules};
pub(crate) use matching::{Args, CalleeName, Form, Row, RowKind};
pub use readiness::*;
pub use schema::*;
