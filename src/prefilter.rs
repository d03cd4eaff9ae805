//! Which sources are worth parsing.
//!
//! The literals come from the rule files. *Strong* ones name Partner Center itself: a tree without any has
//! nothing to report, and nothing is parsed.

use std::collections::BTreeMap;

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
    /// The folders of installed packages, and how many files of each are left out.
    pub installed: BTreeMap<String, usize>,
}

/// The folder in which a file lies that a package manager fills with what the code depends on.
fn installed<'a>(path: &'a str, language: &str) -> Option<&'a str> {
    let is_filled = |folder: &str| match folder {
        // `node_modules_old` is a copy that someone put aside.
        _ if folder.starts_with("node_modules") => true,
        "bower_components" | "jspm_packages" | "site-packages" | "dist-packages" => true,
        // Composer, Bundler and Go; in other languages a folder of this name may hold the vendors of a shop.
        "vendor" => matches!(language, "php" | "ruby" | "go"),
        _ => false,
    };
    let ends = path.match_indices('/').map(|(end, _)| end);
    ends.map(|end| &path[..end]).find(|folder| is_filled(folder.rsplit('/').next().unwrap_or_default()))
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
    /// installed packages and libraries' scripts that do not; every one when `all` asks for it; else none.
    #[must_use]
    pub fn select(&self, sources: &[Source], all: bool) -> Selection {
        let named: Vec<bool> = sources.par_iter().map(|s| self.names_partner_center(&s.text)).collect();
        let mut selection = Selection::default();
        if !all && !named.contains(&true) {
            return selection;
        }
        for (index, names_partner_center) in named.into_iter().enumerate() {
            let source = &sources[index];
            let Some(language) = source.language else { continue };
            if all || names_partner_center {
                selection.worth.push(Selected { index, names_partner_center });
            } else if let Some(folder) = installed(&source.path, language.language()) {
                *selection.installed.entry(folder.to_owned()).or_default() += 1;
            } else if !language.is_bundled(&source.path, &source.text) {
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
