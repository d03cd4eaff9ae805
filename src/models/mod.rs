//! Rule files: what library calls mean, as data.

pub mod lint;
mod load;
mod matching;
mod schema;
mod why;

pub use load::{RuleError, Rules};
pub(crate) use matching::{Args, CalleeName, Form, Row, RowKind};
pub use schema::*;
