//! Files that are no programs but hold requests or code: pipelines, definitions of workflows, collections of
//! requests.

mod ci;
mod docker;
mod expression;
mod http_file;
mod json;
mod postman;
mod request;
mod tree;
mod workflow;
mod yaml;

pub(super) use ci::Pipeline;
pub(super) use docker::Dockerfile;
pub(super) use http_file::HttpFile;
pub(super) use postman::Postman;
pub(super) use workflow::{DataFactory, LogicApp};
