//! The sarif report.

use std::io::Write;

use super::{Context, Error, Format, Report};

/// The format.
pub(super) struct Sarif;

impl Format for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn render(&self, _: &Report, _: &Context<'_>, _: &mut dyn Write) -> Result<(), Error> {
        Ok(())
    }
}
