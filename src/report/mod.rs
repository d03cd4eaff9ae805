//! What a scan found, and the formats that render it.

mod model;

pub use model::*;
