//! The report for people: findings with the code they are about, then the inventory, then the sum.
//!
//! Everything that comes from the scanned code is untrusted: control characters and bidirectional marks are
//! made visible, and secrets masked, before it is written.

mod frame;
mod link;
mod lists;
mod summary;
mod why;

use std::io::Write;

use annotate_snippets::renderer::{AnsiColor, Effects, Style};

pub(super) use why::write as explanation;

use super::{Context, Error, Format, Report, Verdict, answer, redact};

/// The format.
pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
        let report = &redact::report(report);
        if !context.quiet {
            writeln!(out, "{}\n", styled(&answer(report), HEADING, context))?;
        }
        frame::findings(report, context, out)?;
        if !context.quiet {
            lists::calls(report, context, out)?;
            lists::acquisitions(report, context, out)?;
            lists::model(report, context, out)?;
            summary::write(report, context, out)?;
        }
        Ok(())
    }
}

/// Writes a text in a style, when colours are wanted.
fn styled(text: &str, style: Style, context: &Context<'_>) -> String {
    if context.color && !text.is_empty() {
        format!("{}{text}{}", style.render(), style.render_reset())
    } else {
        text.to_owned()
    }
}

/// The style of headings.
const HEADING: Style = Style::new().effects(Effects::BOLD);

/// The style of a verdict.
fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Blocked => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
        Verdict::Unresolved => AnsiColor::Yellow.on_default(),
        Verdict::Capable => AnsiColor::Green.on_default(),
        Verdict::Exempt => AnsiColor::Cyan.on_default(),
        Verdict::None => Style::new(),
    }
}
