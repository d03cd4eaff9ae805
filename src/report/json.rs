//! The JSON report: everything that was found, for programs.
//!
//! The fields are those of the [model](super::Report); [`SCHEMA_VERSION`] says what a reader may rely on.

use std::io::Write;

use serde::Serialize;

use super::{
    Acquisition, CallSite, Check, Context, Counts, Coverage, Error, Finding, Format, Level, ModelPart,
    Notice, Report, SCHEMA_VERSION, Suppressed, answer, redact,
};

/// The format.
pub(super) struct Json;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    tool: Tool<'a>,
    summary: Summary,
    acquisitions: &'a [Acquisition],
    calls: &'a [CallSite],
    checks: &'a [Check],
    secure_application_model: &'a [ModelPart],
    findings: &'a [Finding],
    suppressed: &'a [Suppressed],
    coverage: &'a Coverage,
    notices: &'a [Notice],
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct Summary {
    /// The overall answer, as the text report begins.
    answer: String,
    acquisitions: usize,
    calls: usize,
    /// Call sites by verdict.
    verdicts: Counts,
    /// Findings by level.
    findings: Levels,
}

#[derive(Serialize)]
struct Levels {
    error: usize,
    warning: usize,
    note: usize,
}

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn render(&self, report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
        let report = &redact::report(report);
        let level = |level: Level| report.findings.iter().filter(|f| f.level == level).count();
        let document = Document {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: "pcmfa", version: context.version },
            summary: Summary {
                answer: answer(report),
                acquisitions: report.acquisitions.len(),
                calls: report.calls.len(),
                verdicts: report.counts(),
                findings: Levels {
                    error: level(Level::Error),
                    warning: level(Level::Warning),
                    note: level(Level::Note),
                },
            },
            acquisitions: &report.acquisitions,
            calls: &report.calls,
            checks: &report.checks,
            secure_application_model: &report.secure_application_model,
            findings: &report.findings,
            suppressed: &report.suppressed,
            coverage: &report.coverage,
            notices: &report.notices,
        };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)?;
        Ok(())
    }
}
