//! Which level findings have in which part of the tree.

use std::collections::BTreeMap;
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Setting;
use crate::report::Level;

/// Levels for a part of the tree.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PathOverride {
    /// Globs of the files, written as in .gitignore.
    pub paths: Vec<String>,
    /// The levels of findings in them.
    pub findings: BTreeMap<String, Setting>,
}

/// Where test code lies unless the configuration says otherwise: folders and files as test runners look for them,
/// doubles, and recorded requests.
pub const TEST_PATHS: &[&str] = &[
    "test/",
    "tests/",
    "testdata/",
    "spec/",
    "specs/",
    "__tests__/",
    "__mocks__/",
    "mocks/",
    "fixtures/",
    "cassettes/",
    "recordings/",
    "__snapshots__/",
    "*.Test/",
    "*.Tests/",
    "*.UnitTests/",
    "*.IntegrationTests/",
    "test_*.py",
    "*_test.py",
    "conftest.py",
    "*_test.go",
    "*_test.rb",
    "*_spec.rb",
    "*.test.js",
    "*.test.jsx",
    "*.test.ts",
    "*.test.tsx",
    "*.spec.js",
    "*.spec.jsx",
    "*.spec.ts",
    "*.spec.tsx",
    "*Test.php",
    "*Test.java",
    "*Tests.java",
    "*Test.kt",
    "*Tests.cs",
    "*.Tests.ps1",
];

/// The globs of a configuration, ready to be asked.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    overrides: Vec<(Gitignore, BTreeMap<String, Setting>)>,
    tests: Gitignore,
}

impl Parts {
    /// Reads the globs. Whatever is wrong with one is the error.
    pub(super) fn new(overrides: &[PathOverride], tests: Option<&[String]>) -> Result<Self, String> {
        let read = |entry: &PathOverride| Ok((globs(&entry.paths)?, entry.findings.clone()));
        let overrides = overrides.iter().map(read).collect::<Result<_, String>>()?;
        let tests = match tests {
            Some(own) => globs(own)?,
            None => globs(TEST_PATHS)?,
        };
        Ok(Self { overrides, tests })
    }

    /// What the last of the overrides that know the file and the finding says. `path` is relative to the directory
    /// of the configuration.
    pub(super) fn setting(&self, rule: &str, path: &Path) -> Option<Setting> {
        let mut fitting = self.overrides.iter().rev().filter(|(globs, _)| holds(globs, path));
        fitting.find_map(|(_, findings)| findings.get(rule).copied())
    }

    /// The file is test code.
    pub(super) fn is_test(&self, path: &Path) -> bool {
        holds(&self.tests, path)
    }
}

fn globs(lines: &[impl AsRef<str>]) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new("");
    let wrong = |line: &str, error: ignore::Error| format!("the glob `{line}` is not valid: {error}");
    // `Tests/` and `tests/` are the same to the tools that look for them.
    builder.case_insensitive(true).map_err(|error| error.to_string())?;
    for line in lines {
        let line = line.as_ref();
        builder.add_line(None, line).map_err(|error| wrong(line, error))?;
    }
    builder.build().map_err(|error| error.to_string())
}

fn holds(globs: &Gitignore, path: &Path) -> bool {
    // Other paths make the library panic.
    path.is_relative() && globs.matched_path_or_any_parents(path, false).is_ignore()
}

/// The next lower level: that of findings in test code.
pub(super) fn lowered(level: Level) -> Level {
    match level {
        Level::Error => Level::Warning,
        Level::Warning | Level::Note => Level::Note,
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;
    use std::path::Path;

    #[test]
    fn test_code_is_known_by_its_place_or_name() {
        let parts = Parts::new(&[], None).expect("valid globs");
        for path in [
            "tests/test_tokens.py",
            "src/Partner.Tests/Tokens.cs",
            "src/partner.tests/deep/Tokens.cs",
            "web/src/tokens.test.ts",
            "pkg/tokens_test.go",
            "Test/a.ps1",
            "lib/fixtures/answer.json",
        ] {
            assert!(parts.is_test(Path::new(path)), "{path}");
        }
        for path in
            ["src/Tokens.cs", "attest/Tokens.cs", "contest.py", "src/latest/a.go", "protests.md", "test.py"]
        {
            assert!(!parts.is_test(Path::new(path)), "{path}");
        }
        assert!(!parts.is_test(Path::new("/tests/a.cs")));
    }
}
