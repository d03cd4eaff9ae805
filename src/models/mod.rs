//! Rule files: what library calls mean, as data.

mod identity;
pub mod lint;
mod load;
mod matching;
mod schema;

pub use identity::*;
pub use load::{RuleError, Rules};
pub(crate) use matching::{Args, CalleeName, Form, Row, RowKind};
pub use schema::*;
