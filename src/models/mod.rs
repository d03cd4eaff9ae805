//! Rule files: what library calls mean, as data.

mod schema;

pub use schema::*;
