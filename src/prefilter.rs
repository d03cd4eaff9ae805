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
    pub fn select(&self, sources: &[Source], all: bool) -> Vec<usize> {
        let hit = all || sources.par_iter().any(|s| self.names_partner_center(&s.text));
        if !hit {
            return Vec::new();
        }
        (0..sources.len()).filter(|i| sources[*i].language.is_some()).collect()
    }

    fn names_partner_center(&self, text: &str) -> bool {
        let Some(strong) = &self.strong else { return true };
        strong.is_match(text.to_ascii_lowercase().as_bytes())
    }
}
