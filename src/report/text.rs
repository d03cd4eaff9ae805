//! The text report.

use std::io::Write;

use super::{Context, Error, Format, Report};

/// The format.
pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn render(&self, _: &Report, _: &Context<'_>, _: &mut dyn Write) -> Result<(), Error> {
        Ok(())
    }
}
