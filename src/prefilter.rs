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

/// What to do with the sources of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Those to parse, in order.
    pub worth: Vec<Selected>,
    /// The indices of those that are left out as scripts of libraries that lie in the tree.
    pub bundled: Vec<usize>,
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

    /// The sources to parse: those of a known language when the tree names Partner Center anywhere, but for
    /// libraries' scripts that do not; every one when `all` asks for it; else none.
    #[must_use]
    pub fn select(&self, sources: &[Source], all: bool) -> Selection {
        let named: Vec<bool> = sources.par_iter().map(|s| self.names_partner_center(&s.text)).collect();
        let mut selection = Selection::default();
        if !all && !named.contains(&true) {
            return selection;
        }
        for (index, names_partner_center) in named.into_iter().enumerate() {
            let source = &sources[index];
            if source.language.is_none() {
                continue;
            }
            if all || names_partner_center || !is_bundled(source) {
                selection.worth.push(Selected { index, names_partner_center });
            } else {
                selection.bundled.push(index);
            }
        }
        selection
    }

    fn names_partner_center(&self, text: &str) -> bool {
        let Some(strong) = &self.strong else { return true };
        strong.is_match(text.to_ascii_lowercase().as_bytes())
    }
}
