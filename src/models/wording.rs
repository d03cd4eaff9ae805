//! What the texts of findings must fulfil, so that every place that shows them can rely on it.

use super::finding::{EnforcementRow, Example, FindingRow, RunTime};
use crate::frontend;

/// What is no language that is scanned, and yet has examples.
const OTHER_LANGUAGES: &[&str] = &["json", "xml", "text"];

/// A text that stands at the line in question, and what is wrong with it.
type Wrong = (String, String);

/// Looks at the texts of a finding.
///
/// # Errors
/// At the first thing that can't be meant.
pub(super) fn check(row: &FindingRow) -> Result<(), Wrong> {
    row.examples.iter().try_for_each(example)?;
    run_time(&row.run_time)?;
    row.docs.iter().try_for_each(|link| address(link))?;
    let known = |language: &&String| *language != "*" && !is_language(language);
    match row.fix.keys().find(known) {
        Some(language) => Err((language.clone(), unknown(language))),
        None => Ok(()),
    }
}

/// Looks at what is said of an enforcement.
///
/// # Errors
/// At the first thing that can't be meant.
pub(super) fn check_enforcement(row: &EnforcementRow) -> Result<(), Wrong> {
    run_time(&row.run_time)?;
    row.docs.iter().try_for_each(|link| address(link))?;
    for milestone in &row.dates {
        address(&milestone.source)?;
        let date = &milestone.date;
        let day = if date.len() == 7 { format!("{date}-01") } else { date.clone() };
        if crate::date::Date::parse(&day).is_none() {
            let message = format!("`{date}` is no day like `2026-04-01` and no month like `2026-03`");
            return Err((date.clone(), message));
        }
    }
    match row.dates.windows(2).find(|pair| pair[0].date > pair[1].date) {
        Some(pair) => Err((pair[1].date.clone(), "the dates are not in order".to_owned())),
        None => Ok(()),
    }
}

fn example(example: &Example) -> Result<(), Wrong> {
    let language = &example.language;
    if !is_language(language) {
        return Err((format!("language: {language}"), unknown(language)));
    }
    if example.before.trim().is_empty() {
        let message = format!("the example for {language} has an empty `before`");
        return Err((format!("language: {language}"), message));
    }
    // A fence of its own in a code block would end it.
    if example.before.contains("```") || example.after.contains("```") {
        return Err(("```".to_owned(), "an example must not hold three backticks".to_owned()));
    }
    Ok(())
}

fn run_time(rows: &[RunTime]) -> Result<(), Wrong> {
    for row in rows {
        if let Some(status) = row.status.filter(|status| !(100..600).contains(status)) {
            return Err((format!("{status}"), format!("`{status}` is no HTTP status")));
        }
    }
    Ok(())
}

fn address(link: &str) -> Result<(), Wrong> {
    if link.starts_with("https://") && !link.contains(char::is_whitespace) {
        return Ok(());
    }
    Err((link.to_owned(), format!("`{link}` is no address with https://")))
}

fn is_language(name: &str) -> bool {
    frontend::LANGUAGES.contains(&name) || OTHER_LANGUAGES.contains(&name)
}

fn unknown(language: &str) -> String {
    format!(
        "unknown language `{language}`; known are {}, {}",
        frontend::LANGUAGES.join(", "),
        OTHER_LANGUAGES.join(", ")
    )
}
