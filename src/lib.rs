//! Static analysis of Partner Center integrations.

pub mod flow;
pub mod frontend;
pub mod ir;
pub mod models;
pub mod report;
