//! Comments that suppress findings: `pcmfa: ignore[password-grant] until 2027-01-31 moves to the vault in Q1`.
//!
//! Such a comment stands at the end of a line of the finding, or on a line of its own before it. It names the
//! findings it is about, since a comment that hides everything hides what comes later, too; and it gives a reason,
//! since somebody will ask for it. What is wrong with a comment, what it says no longer, and what it never said,
//! is told: see [`crate::report::NoticeKind::Suppression`].

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::comments::{self, Comment};
use super::{Names, say, suppress};
use crate::Outcome;
use crate::date::Date;
use crate::nearest::nearest;
use crate::report::SuppressedBy;
use crate::source::Source;

/// What begins a comment for this program.
pub(super) const MARK: &str = "pcmfa:";

/// A comment that suppresses findings.
#[derive(Debug)]
struct Ignore {
    path: Arc<str>,
    /// Where it stands.
    line: u32,
    /// What it is about.
    target: u32,
    rules: Vec<String>,
    until: Option<Date>,
    reason: String,
    /// For each rule: something was suppressed.
    used: Vec<bool>,
}

/// Suppresses what the comments of the scanned code say, and tells what is wrong with them.
pub fn ignores(outcome: &mut Outcome, today: Date, names: &Names<'_>) {
    let mut all = Vec::new();
    let mut wrong = Vec::new();
    // Texts that are in no language (settings, manifests, exports) count where something was found in them: others
    // may well speak of such comments.
    let found: BTreeSet<&str> = outcome.report.findings.iter().map(|one| &*one.location.path).collect();
    for source in outcome.sources.values().filter(|source| source.text.contains(MARK)) {
        if source.language.is_some() || found.contains(&*source.path) {
            read(source, &mut all, &mut wrong);
        }
    }
    let mut expired = Vec::new();
    suppress(outcome, SuppressedBy::Comment, |finding| {
        let place = &finding.location;
        let mut reason = None;
        for ignore in all.iter_mut().filter(|ignore| ignore.path == place.path) {
            let there = (place.line..=place.end_line.max(place.line)).contains(&ignore.target);
            let Some(index) = ignore.rules.iter().position(|rule| *rule == finding.rule).filter(|_| there)
            else {
                continue;
            };
            ignore.used[index] = true;
            match ignore.until.filter(|until| *until < today) {
                None => {
                    reason.get_or_insert_with(|| ignore.reason.clone());
                }
                Some(until) => expired.push((place.clone(), finding.rule.clone(), ignore.line, until)),
            }
        }
        reason
    });
    // Who sees the finding wants to know why it is back, also where remarks are not shown.
    for finding in &mut outcome.report.findings {
        let is_this = |one: &&(_, String, _, _)| one.0 == finding.location && one.1 == finding.rule;
        if let Some((_, _, line, until)) = expired.iter().find(is_this) {
            let _ = write!(
                finding.message,
                " (The comment in line {line} that ignored this expired on {until}.)"
            );
        }
    }
    for ignore in all {
        let expired = ignore.until.filter(|until| *until < today);
        if let Some(until) = expired {
            let message = format!("this comment expired on {until}: it suppresses nothing");
            wrong.push((ignore.path.clone(), ignore.line, message));
            continue;
        }
        for (rule, used) in ignore.rules.iter().zip(&ignore.used) {
            if *used || (names.is_off)(rule) {
                continue;
            }
            let known = || names.rows.iter().map(|row| row.id.as_str());
            let message = if known().any(|id| id == rule) {
                format!("ignore[{rule}] is not needed: there is no such finding here")
            } else {
                let meant = nearest(rule, known()).map(|id| format!("; did you mean `{id}`?"));
                format!("ignore[{rule}]: no finding has this name{}", meant.unwrap_or_default())
            };
            wrong.push((ignore.path.clone(), ignore.line, message));
        }
    }
    for (path, line, message) in wrong {
        say(outcome, &path, Some(line), message);
    }
}

fn read(source: &Source, all: &mut Vec<Ignore>, wrong: &mut Vec<(Arc<str>, u32, String)>) {
    let extension = source.path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    // Where the name says nothing, the first line did: a script.
    let language = source.language.filter(|language| {
        extension.is_none_or(|(_, extension)| {
            language.extensions().contains(&extension.to_ascii_lowercase().as_str())
        })
    });
    let comments = comments::find(&source.text, language);
    for comment in &comments {
        for line in lines(&source.text, comment.content.clone()) {
            let text = source.text[line.clone()].trim_start_matches(['*', ' ', '\t', '/', '!', '-', '#']);
            let Some(says) = text.strip_prefix(MARK) else { continue };
            let says = says.trim();
            // Other programs, and tests of this one, have other words.
            let Some(says) = says.strip_prefix("ignore") else { continue };
            let number = source.lines.position(&source.text, line.start).0;
            match parse(says) {
                Ok((rules, until, reason)) => {
                    let used = vec![false; rules.len()];
                    let target = target(source, &comments, number);
                    let path = source.path.clone();
                    all.push(Ignore { path, line: number, target, rules, until, reason, used });
                }
                Err(message) => wrong.push((source.path.clone(), number, message)),
            }
        }
    }
}

/// The lines of a comment.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range].split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    })
}

/// Reads what stands behind `ignore`: the findings, the last day, the reason.
fn parse(says: &str) -> Result<(Vec<String>, Option<Date>, String), String> {
    let unclear = || "write `pcmfa: ignore[finding] reason`: which findings are meant?".to_owned();
    let (rules, rest) = says.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or_else(unclear)?;
    let rules: Vec<String> = rules.split(',').map(|rule| rule.trim().to_owned()).collect();
    if rules.iter().any(String::is_empty) {
        return Err(unclear());
    }
    let mut words: Vec<&str> = rest.split_whitespace().collect();
    let mut until = None;
    // At the beginning or at the end of the reason.
    for at in [0, words.len().saturating_sub(2)] {
        if words.get(at) != Some(&"until") || until.is_some() {
            continue;
        }
        let Some(day) = words.get(at + 1) else { continue };
        match Date::parse(day.trim_end_matches(['.', ',', ':', ';'])) {
            Some(date) => {
                until = Some(date);
                words.drain(at..at + 2);
            }
            None if day.starts_with(|c: char| c.is_ascii_digit()) => {
                return Err(format!("`{day}` is no day: write `until 2027-01-31`"));
            }
            None => {}
        }
    }
    let reason = words.join(" ");
    let reason = reason.trim_matches([':', '-', '–', '—', ' ']);
    if !reason.chars().any(char::is_alphanumeric) {
        return Err("an ignore comment needs a reason: `pcmfa: ignore[finding] reason`".to_owned());
    }
    Ok((rules, until, reason.to_owned()))
}

/// The line that a comment is about: its own when there is code on it, else the next one with code.
fn target(source: &Source, comments: &[Comment], line: u32) -> u32 {
    let has_code = |line: u32| {
        let range = source.lines.line_range(&source.text, line);
        let mut code = source.text[range.clone()].char_indices().filter(|(_, c)| !c.is_whitespace());
        code.any(|(index, _)| !comments.iter().any(|comment| comment.whole.contains(&(range.start + index))))
    };
    let last = source.lines.len() as u32;
    (line..=last).find(|line| has_code(*line)).unwrap_or(line)
}
