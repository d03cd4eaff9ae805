//! Static analysis of Partner Center integrations.

pub mod cli;
pub mod engine_stub;
pub mod frontend;
pub mod ir;
pub mod models;
pub mod report;
pub mod settings;
pub mod source;
pub mod walk;

pub use engine_stub::{Outcome, ScanError, ScanOptions, scan};
