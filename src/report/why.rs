//! Explanations: `pcmfa scan --explain-verdict`.

use std::io::Write;

use serde::Serialize;
use serde_json::Value;

use super::{Context, Error, Finding, Report, Suppressed, redact, text};
use crate::why::Explanation;

/// The version of explanations in JSON, as [`super::SCHEMA_VERSION`].
pub const EXPLANATION_VERSION: &str = "1.0";

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    #[serde(flatten)]
    explanation: &'a Explanation,
    findings: Vec<&'a Finding>,
    suppressed: Vec<&'a Suppressed>,
}

/// Writes an explanation for people, or as JSON. `report` is that of the same scan.
///
/// # Errors
/// When the output cannot be written.
pub fn explanation(
    explanation: &Explanation,
    report: &Report,
    json: bool,
    context: &Context<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let report = &redact::report(report);
    if !json {
        return text::explanation(explanation, report, context, out);
    }
    let here = |finding: &Finding| {
        let at = &finding.location;
        at.path == explanation.place.path && (at.line..=at.end_line).contains(&explanation.place.line)
    };
    let document = Document {
        schema_version: EXPLANATION_VERSION,
        explanation,
        findings: report.findings.iter().filter(|finding| here(finding)).collect(),
        suppressed: report.suppressed.iter().filter(|one| here(&one.finding)).collect(),
    };
    let mut document = serde_json::to_value(&document)?;
    mask(&mut document);
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}

/// Masks the secrets in all texts but paths, which lead to files.
fn mask(value: &mut Value) {
    match value {
        Value::String(text) => *text = redact::text(text),
        Value::Array(values) => values.iter_mut().for_each(mask),
        Value::Object(fields) => {
            for (name, field) in fields {
                if name != "path" {
                    mask(field);
                }
            }
        }
        _ => {}
    }
}
