//! Rule files: what library calls mean, as data.

mod schema;

pub use schema::*;

pub use crate::engine_stub::{RuleError, Rules};
