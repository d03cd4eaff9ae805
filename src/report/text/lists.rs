//! The inventory: every call site and acquisition on one line.

use std::io::Write;

use super::{HEADING, frame::place, styled, verdict_style};
use crate::report::{Acquisition, CallSite, Context, Error, Reach, Report, Verdict, visible};

/// Columns are aligned up to this width; longer entries stick out.
const MAX_WIDTH: usize = 56;

/// Call sites, the worst verdict first.
pub(super) fn calls(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
    if report.calls.is_empty() {
        return Ok(());
    }
    let heading = format!("Call sites of Partner Center ({})", report.calls.len());
    writeln!(out, "{}", styled(&heading, HEADING, context))?;
    let mut calls: Vec<&CallSite> = report.calls.iter().collect();
    // Stable: places stay in the order of the report.
    calls.sort_by_key(|call| call.verdict);
    let rows: Vec<Row> = calls
        .iter()
        .map(|call| Row {
            id: call.id.clone(),
            verdict: call.verdict,
            cells: vec![place(&call.location, context), visible(&call.endpoint), tokens(call, report)],
        })
        .collect();
    table(&rows, context, out)
}

/// The flows of the tokens that a call site may carry, or why they are not known.
fn tokens(call: &CallSite, report: &Report) -> String {
    let tokens: Vec<String> = report
        .acquisitions
        .iter()
        .filter(|acquisition| call.tokens.contains(&acquisition.id))
        .map(|acquisition| format!("{} {}", acquisition.flow.name(), acquisition.id))
        .collect();
    match (tokens.is_empty(), call.verdict) {
        (true, Verdict::Unresolved) => visible(&call.reason),
        (true, _) => "token unknown".to_owned(),
        (false, _) => format!("{} ({})", tokens.join(", "), call.evidence.name()),
    }
}

/// Acquisitions, in the order of the report.
pub(super) fn acquisitions(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
    if report.acquisitions.is_empty() {
        return Ok(());
    }
    let heading = format!("Token acquisitions ({})", report.acquisitions.len());
    writeln!(out, "{}", styled(&heading, HEADING, context))?;
    let rows: Vec<Row> = report
        .acquisitions
        .iter()
        .map(|acquisition| Row {
            id: acquisition.id.clone(),
            verdict: acquisition.verdict,
            cells: vec![
                place(&acquisition.location, context),
                format!("{} by {}", acquisition.flow.name(), visible(&acquisition.library)),
                audience(acquisition),
            ],
        })
        .collect();
    table(&rows, context, out)
}

/// The parts of the Secure Application Model.
pub(super) fn model(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
    if report.secure_application_model.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", styled("Secure Application Model", HEADING, context))?;
    for part in &report.secure_application_model {
        let state = if part.seen { "seen" } else { "not seen" };
        write!(out, "  {state:<8}  {}", part.what)?;
        match part.places.first() {
            Some(first) => writeln!(out, "  {}", place(first, context))?,
            None => writeln!(out, "  missing, or outside of the scanned code")?,
        }
    }
    writeln!(out)?;
    Ok(())
}

fn audience(acquisition: &Acquisition) -> String {
    let audience = if acquisition.audience.is_empty() {
        "for an audience that the code does not show".to_owned()
    } else {
        format!("for {}", visible(&acquisition.audience.join(" ")))
    };
    match acquisition.partner_center {
        Reach::Unknown => audience + "; may reach Partner Center",
        Reach::Yes | Reach::No => audience,
    }
}

struct Row {
    id: String,
    verdict: Verdict,
    cells: Vec<String>,
}

fn table(rows: &[Row], context: &Context<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let widest = |cell: fn(&Row) -> usize| rows.iter().map(cell).max().unwrap_or_default().min(MAX_WIDTH);
    let id_width = widest(|row| row.id.len());
    let widths = [widest(|row| width(&row.cells[0])), widest(|row| width(&row.cells[1]))];
    for row in rows {
        let verdict = styled(&format!("{:<10}", row.verdict.name()), verdict_style(row.verdict), context);
        write!(out, "  {:<id_width$}  {verdict}", row.id)?;
        for (cell, wanted) in row.cells.iter().zip(widths) {
            write!(out, "  {cell}{:1$}", "", wanted.saturating_sub(width(cell)))?;
        }
        writeln!(out, "  {}", row.cells.last().map(String::as_str).unwrap_or_default())?;
    }
    writeln!(out)?;
    Ok(())
}

/// How wide a cell is: links take no room.
fn width(cell: &str) -> usize {
    let (mut width, mut in_link) = (0, false);
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => {
                // `ESC ]` begins a link's address, and `ESC \` ends it.
                in_link = chars.next() == Some(']');
            }
            _ if in_link => {}
            _ => width += 1,
        }
    }
    width
}
