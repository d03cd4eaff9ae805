//! The test data shows every finding about code in every programming language, and what looks like it.

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::folder;
use pcmfa::models::Rules;

/// The programming languages, by their folders of test data.
const LANGUAGES: [&str; 15] = [
    "bash",
    "csharp",
    "fsharp",
    "go",
    "java",
    "javascript",
    "kotlin",
    "perl",
    "php",
    "powershell",
    "python",
    "ruby",
    "rust",
    "typescript",
    "vbnet",
];

/// Findings that not every language can have, and why.
const ELSEWHERE: [(&str, &str); 4] = [
    ("federated-mfa-claim", "settings of a domain, whichever way they are written"),
    ("integrated-windows-auth", "only some libraries offer this sign-in"),
    ("mfa-policy-exclusion", "policies, whichever way they are written"),
    ("retired-library", "not every language had such a library"),
];

/// All texts below a folder.
fn texts(dir: &Path, out: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(dir)
        .unwrap_or_else(|e| panic!("{}: {e}", dir.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            texts(&path, out);
        } else {
            let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            out.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}

/// The findings that the comments in a folder expect.
fn expected(dir: &Path) -> BTreeSet<String> {
    let mut all = Vec::new();
    texts(dir, &mut all);
    all.iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.split_once("pcmfa: "))
        .flat_map(|(_, comment)| comment.split(" ; "))
        .filter_map(|part| part.trim_start_matches("pcmfa: ").strip_prefix("finding "))
        .filter_map(|rest| rest.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_finding_fires_in_every_language() {
    let rules = Rules::embedded().expect("they load");
    let known: BTreeSet<&str> = rules.findings().iter().map(|row| row.id.as_str()).collect();
    assert!(ELSEWHERE.iter().all(|(id, _)| known.contains(id)));
    let mut missing = Vec::new();
    for language in LANGUAGES {
        let found = expected(&folder("testdata").join(language));
        let wanted = known.iter().filter(|id| !ELSEWHERE.iter().any(|(other, _)| other == *id));
        missing.extend(wanted.filter(|id| !found.contains(**id)).map(|id| format!("{id} in {language}")));
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// Code that does it right: it reads the answer of the test, tells the refusals apart, and repeats nothing.
#[test]
fn every_language_has_code_that_handles_refusals() {
    let rules_about_refusals = ["mfa-error-unhandled", "mfa-not-validated"];
    let wrong = ["mfa-check-ignored", "mfa-error-confused", "mfa-error-retried", "password-fallback"];
    for language in LANGUAGES {
        let dir = folder("testdata").join(language).join("refusals-handled");
        let mut all = Vec::new();
        texts(&dir, &mut all);
        let all = all.join("\n");
        for rule in rules_about_refusals {
            assert!(all.contains(&format!("without {rule}")), "{language}: {rule}");
        }
        assert!(all.contains("pcmfa: decoy"), "{language}");
        let found = expected(&dir);
        assert!(wrong.iter().all(|rule| !found.contains(*rule)), "{language}: {found:?}");
    }
}
