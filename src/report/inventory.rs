//! The inventory: every call site with its operation, its token, and what becomes of it.
//!
//! Cells come from scanned code and may be hostile: control characters are made visible, secrets are masked, and in
//! CSV nothing begins like a formula.

use std::io::Write;

use serde::Serialize;

use super::{Acquisition, Answer, CallSite, Error, Report, Verdict, answer, redact, visible};

/// The formats of the inventory, the first is the default.
pub const INVENTORY_FORMATS: &[&str] = &["text", "json", "csv", "markdown"];

/// One call site.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    path: String,
    line: u32,
    /// What the operation does, as its documentation is titled.
    operation: String,
    /// Method and path template.
    endpoint: String,
    /// The SDK's or module's name of it.
    symbol: String,
    /// `A1 src/Tokens.cs:12`
    tokens: Vec<String>,
    flows: Vec<&'static str>,
    verdict: &'static str,
    app_only: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    caveat: String,
    docs: Vec<String>,
}

/// The titles of the columns, in all formats for people.
const COLUMNS: &[&str] = &[
    "call site",
    "place",
    "operation",
    "endpoint",
    "SDK or cmdlet",
    "token",
    "flow",
    "verdict",
    "app-only possible",
    "remark",
];

impl Row {
    fn new(call: &CallSite, report: &Report) -> Self {
        let tokens: Vec<&Acquisition> =
            report.acquisitions.iter().filter(|one| call.tokens.contains(&one.id)).collect();
        let mut names: Vec<String> = call.operations.iter().map(|o| o.name.clone()).collect();
        let mut docs: Vec<String> = call.operations.iter().map(|o| o.doc.clone()).collect();
        let mut flows: Vec<&'static str> = tokens.iter().map(|one| one.flow.name()).collect();
        for all in [&mut names, &mut docs] {
            all.sort();
            all.dedup();
        }
        flows.sort_unstable();
        flows.dedup();
        Self {
            id: call.id.clone(),
            path: call.location.path.to_string(),
            line: call.location.line,
            operation: names.join(" | "),
            endpoint: call.endpoint.clone(),
            symbol: call.symbol.clone(),
            tokens: tokens
                .iter()
                .map(|one| format!("{} {}:{}", one.id, one.location.path, one.location.line))
                .collect(),
            flows,
            verdict: call.verdict.name(),
            app_only: call.app_only.name(),
            caveat: call.caveat.clone(),
            docs,
        }
    }

    fn cells(&self) -> Vec<String> {
        let cells = vec![
            self.id.clone(),
            format!("{}:{}", self.path, self.line),
            self.operation.clone(),
            self.endpoint.clone(),
            self.symbol.clone(),
            self.tokens.join(", "),
            self.flows.join(", "),
            self.verdict.to_owned(),
            self.app_only.to_owned(),
            self.caveat.clone(),
        ];
        cells.into_iter().map(|cell| visible(&cell).replace(['\n', '\r'], " ")).collect()
    }
}

#[derive(Serialize)]
struct Document<'a> {
    answer: String,
    calls: usize,
    verdicts: super::Counts,
    /// Call sites by what an app-only token would do.
    app_only: Possible,
    inventory: &'a [Row],
}

#[derive(Serialize)]
struct Possible {
    yes: usize,
    no: usize,
    unknown: usize,
}

impl Possible {
    fn of(report: &Report) -> Self {
        let count = |wanted| report.calls.iter().filter(|call| call.app_only == wanted).count();
        Self { yes: count(Answer::Yes), no: count(Answer::No), unknown: count(Answer::Unknown) }
    }
}

/// Writes the inventory in one of the [`INVENTORY_FORMATS`]; an unknown name is text.
///
/// # Errors
/// When the output cannot be written.
pub fn inventory(report: &Report, format: &str, out: &mut dyn Write) -> Result<(), Error> {
    let report = &redact::report(report);
    let rows: Vec<Row> = report.calls.iter().map(|call| Row::new(call, report)).collect();
    match format {
        "json" => {
            let document = Document {
                answer: answer(report),
                calls: rows.len(),
                verdicts: report.counts(),
                app_only: Possible::of(report),
                inventory: &rows,
            };
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)?;
        }
        "csv" => csv(&rows, out)?,
        "markdown" => markdown(&rows, report, out)?,
        _ => text(&rows, report, out)?,
    }
    Ok(())
}

/// The counts as sentences.
fn summary(report: &Report) -> Vec<String> {
    let mut lines = vec![answer(report)];
    if !report.calls.is_empty() {
        let counts = report.counts();
        let possible = Possible::of(report);
        lines.push(format!(
            "Verdicts: {} blocked, {} unresolved, {} capable, {} exempt.",
            counts.blocked, counts.unresolved, counts.capable, counts.exempt
        ));
        lines.push(format!(
            "App-only possible: {} yes, {} no, {} not documented.",
            possible.yes, possible.no, possible.unknown
        ));
    }
    lines
}

fn text(rows: &[Row], report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    for line in summary(report) {
        writeln!(out, "{line}")?;
    }
    for verdict in [Verdict::Blocked, Verdict::Unresolved, Verdict::Capable, Verdict::Exempt] {
        let mine: Vec<&Row> = rows.iter().filter(|row| row.verdict == verdict.name()).collect();
        if mine.is_empty() {
            continue;
        }
        writeln!(out, "\n{} ({})", verdict.name(), mine.len())?;
        for row in mine {
            let [id, place, operation, endpoint, symbol, tokens, flows, _, app_only, caveat] =
                <[String; 10]>::try_from(row.cells()).unwrap_or_default();
            writeln!(out, "  {id:<5} {place}  {endpoint}")?;
            for (title, value) in [
                ("operation", operation),
                ("called as", symbol),
                ("token", if tokens.is_empty() { String::new() } else { format!("{flows}: {tokens}") }),
                ("app-only possible", app_only),
                ("less certain", caveat),
            ] {
                if !value.is_empty() {
                    writeln!(out, "        {title}: {value}")?;
                }
            }
        }
    }
    Ok(())
}

/// Comma-separated values as in RFC 4180, safe in spreadsheets.
fn csv(rows: &[Row], out: &mut dyn Write) -> Result<(), Error> {
    let line = |cells: &[String]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    let titles: Vec<String> = COLUMNS.iter().map(|title| (*title).to_owned()).collect();
    write!(out, "{}\r\n", line(&titles))?;
    for row in rows {
        write!(out, "{}\r\n", line(&row.cells()))?;
    }
    Ok(())
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what one could begin with.
fn quoted(cell: &str) -> String {
    let risky = cell
        .trim_start()
        .starts_with(['=', '+', '-', '@', '|', '%', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
        || cell.starts_with(['\t', ' ']);
    let safe = if risky { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

fn markdown(rows: &[Row], report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    for line in summary(report) {
        writeln!(out, "{line}\n")?;
    }
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "| {} |", COLUMNS.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(COLUMNS.len()))?;
    for row in rows {
        let cells: Vec<String> = row.cells().iter().map(|cell| escaped(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// Text that Markdown shows as it is.
fn escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    // Neither addresses nor mentions become links.
    out.replace("://", ":\u{200b}//").replace('@', "@\u{200b}")
}

#[cfg(test)]
mod tests {
    use super::{escaped, quoted};

    #[test]
    fn cells_are_no_formulas() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "|x", "\u{ff1d}1"] {
            assert!(quoted(cell).starts_with("\"'"), "{cell}");
        }
        assert_eq!(quoted("GET /v1/customers"), "\"GET /v1/customers\"");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }

    #[test]
    fn cells_are_no_markdown() {
        assert_eq!(escaped("a|b`c`<i>"), "a\\|b\\`c\\`&lt;i&gt;");
    }
}
