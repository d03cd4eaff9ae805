//! Which sources are worth parsing.
//!
//! The literals come from the rule files. *Strong* ones name Partner Center itself: a tree without any has
//! nothing to report, and nothing is parsed.

use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;

use crate::models::Rules;
use crate::source::Source;

/// Searches texts for the literals of the rules.
#[derive(Debug)]
pub struct Prefilter {
    strong: Option<AhoCorasick>,
}

/// A source that is worth parsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selected {
    /// Its index among the sources.
    pub index: usize,
    /// It names Partner Center itself.
    pub names_partner_center: bool,
}

/// A script of a library, as it is delivered to browsers: its banner is one that minifiers must keep (`/*!`,
/// `@license`), or its lines are as long as only tools write them.
fn is_bundled(source: &Source) -> bool {
    if source.language.is_none_or(|l| l.language() != "javascript") || source.path.ends_with(".html") {
        return false;
    }
    let text = source.text.trim_start();
    let head: String = text.chars().take(1_000).collect();
    let first = head.split("*/").next().unwrap_or_default();
    let banner = head.starts_with("/*!")
        || (head.starts_with("/*") && (first.contains("@license") || first.contains("@preserve")));
    banner || (text.len() > 20_000 && text.len() / text.lines().count().max(1) > 300)
}

impl Prefilter {
    /// Builds the search from the rules.
    #[must_use]
    pub fn new(rules: &Rules) -> Self {
        // Lower-cased text and leftmost matching: the only combination with a vectorised search that also
        // ignores case.
        let strong =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(rules.strong_literals());
        Self { strong: strong.ok() }
    }

    /// The indices of the sources to parse. All of a known language when the tree names Partner Center
    /// anywhere, or when `all` asks for it; else none.
    #[must_use]
    pub fn select(&self, sources: &[Source], all: bool) -> Vec<Selected> {
        let named: Vec<bool> = sources.par_iter().map(|s| self.names_partner_center(&s.text)).collect();
        if !all && !named.contains(&true) {
            return Vec::new();
        }
        let known = named.into_iter().enumerate().filter(|(i, named)| {
            let source = &sources[*i];
            source.language.is_some() && (*named || all || !is_bundled(source))
        });
        known.map(|(index, names_partner_center)| Selected { index, names_partner_center }).collect()
    }

    /// The sources that [`Prefilter::select`] leaves out as libraries that lie in the tree.
    #[must_use]
    pub fn bundled(&self, sources: &[Source]) -> Vec<usize> {
        let bundled = |i: &usize| is_bundled(&sources[*i]) && !self.names_partner_center(&sources[*i].text);
        (0..sources.len()).filter(bundled).collect()
    }

    fn names_partner_center(&self, text: &str) -> bool {
        let Some(strong) = &self.strong else { return true };
        strong.is_match(text.to_ascii_lowercase().as_bytes())
    }
}
