//! Files that are no programs but hold requests or code: pipelines, definitions of workflows, collections of
//! requests.

mod ci;
mod deployment;
mod docker;
mod expression;
mod hcl;
mod http_file;
pub(crate) mod json;
mod postman;
mod postman_scripts;
mod request;
mod terraform;
pub(crate) mod tree;
mod workflow;
pub(crate) mod yaml;

/// The path, in lower case, ends in this extension.
fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

pub(super) use ci::Pipeline;
pub(super) use deployment::Deployment;
pub(super) use docker::Dockerfile;
pub(super) use http_file::HttpFile;
pub(super) use postman::Postman;
pub(super) use terraform::Terraform;
pub(super) use workflow::{DataFactory, LogicApp};
