//! Test code: what tests, and the doubles that they bring, do to a program is no part of the program.
//!
//! They set addresses of local servers, tokens made up for the occasion, stores that hold nothing. So [`crate::flow`]
//! evaluates the program without them first; then it evaluates them, on top of what is known of the program. And
//! findings in them count less: see [`crate::config`]. Both ask [`TestCode`], which goes by the paths of files.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Folders that hold test code as test runners and build tools look for it, doubles, and recorded requests.
const FOLDERS: &[&str] = &[
    "{test,tests,testdata,spec,specs}/",
    "{__tests__,__mocks__,__snapshots__}/",
    "{mocks,fixtures,cassettes,recordings}/",
    // Projects of tests: `Contoso.Partner.UnitTests`.
    "{unit,integration,functional,e2e}{test,tests}/",
    "*[._-]{unit,integration,functional,e2e}{test,tests}/",
    "*.test/",
    "*[._-]tests/",
];

/// Files that test runners take for tests.
const FILES: &[&str] = &[
    "{test_*,?*_test,conftest}.py",
    "?*_test.{go,rs,sh}",
    "?*_{test,spec}.rb",
    "?*[._-]{test,tests,spec,mock}.{js,jsx,mjs,cjs,ts,tsx,mts,cts}",
    "?*.tests.ps1",
];

/// Files where only capitals set the word apart: `OrderServiceTests.cs`, but no `Contest.cs`.
const CLASSES: &[&str] = &[
    "*[a-z0-9_]{Test,Tests,Spec,Specs}.{cs,vb,fs,php}",
    "*[a-z0-9_]{Test,Tests,Spec,IT}.{java,kt,kts,groovy}",
    "*[a-z0-9_][._-]{Test,Tests}.{cs,vb,fs}",
];

/// Knows test code by its path.
#[derive(Clone, Debug)]
pub struct TestCode {
    /// What the globs are relative to.
    base: PathBuf,
    /// What holds for a file or a folder above it.
    folders: Gitignore,
    /// What holds for files only, in any case.
    files: Gitignore,
    /// The same, where capitals matter.
    classes: Gitignore,
}

impl TestCode {
    /// Where test code lies by convention, in and below a directory. What lies above does not matter.
    #[must_use]
    pub fn usual(base: PathBuf) -> Self {
        // These are ours: a test reads them all.
        let read = |lines: &[&str], any_case| globs(lines, any_case).unwrap_or_else(|_| Gitignore::empty());
        let (folders, files, classes) = (read(FOLDERS, true), read(FILES, true), read(CLASSES, false));
        Self { base, folders, files, classes }
    }

    /// Test code by globs, written as in .gitignore but without regard to case: `Tests/` and `tests/` are the same to
    /// the tools that look for them.
    ///
    /// # Errors
    /// Whatever is wrong with a glob.
    pub fn new(base: PathBuf, own: &[String]) -> Result<Self, String> {
        Ok(Self { base, folders: globs(own, true)?, files: Gitignore::empty(), classes: Gitignore::empty() })
    }

    /// The file holds test code. Nothing outside of the base does.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        let Some(path) = path.strip_prefix(&self.base).ok().filter(|path| path.is_relative()) else {
            return false;
        };
        self.files.matched(path, false).is_ignore()
            || self.classes.matched(path, false).is_ignore()
            || self.folders.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// Reads globs.
///
/// # Errors
/// Whatever is wrong with one.
pub(crate) fn globs(lines: &[impl AsRef<str>], any_case: bool) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new("");
    builder.case_insensitive(any_case).map_err(|error| error.to_string())?;
    for line in lines {
        let line = line.as_ref();
        let wrong = |error: ignore::Error| format!("the glob `{line}` is not valid: {error}");
        builder.add_line(None, line).map_err(wrong)?;
    }
    builder.build().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, FILES, FOLDERS, TestCode, globs};
    use std::path::Path;

    #[test]
    fn the_usual_globs_are_valid() {
        for (lines, any_case) in [(FOLDERS, true), (FILES, true), (CLASSES, false)] {
            assert_eq!(globs(lines, any_case).map(|globs| globs.len()), Ok(lines.len()));
        }
    }

    #[test]
    fn test_code_is_known_by_its_path() {
        let code = TestCode::usual("/repo/tests/part".into());
        let holds = |path: &str| code.holds(&Path::new("/repo/tests/part").join(path));
        for path in [
            "pkg/gdap/client_test.go",
            "tests/conftest.py",
            "src/test/java/contoso/Sync.java",
            "src/contoso/SyncTest.java",
            "src/contoso/SyncIT.kt",
            "web/src/http.spec.ts",
            "web/src/__mocks__/tokens.ts",
            "Contoso.Partner.UnitTests/Tokens.cs",
            "Contoso.Partner-Tests/Tokens.cs",
            "IntegrationTests/deep/Tokens.cs",
            "src/partner.tests/deep/Tokens.cs",
            "src/Partner.Test/Tokens.cs",
            "src/TokensTests.cs",
            "src/Tokens.Tests.cs",
            "src/TokenTest.php",
            "Private/Get-Token.Tests.ps1",
            "Test/a.ps1",
            "lib/fixtures/answer.json",
            "spec/cassettes/tokens.yml",
            "test_tokens.py",
            "src/conftest.py",
            "lib/tokens_spec.rb",
        ] {
            assert!(holds(path), "{path}");
        }
        for path in [
            "src/Tokens.cs",
            "attest/Tokens.cs",
            "src/latest/tokens.py",
            "src/Contest.java",
            "src/attestation/bulk.cs",
            "testing/tokens.go",
            "src/test.ps1",
            "test.py",
            "Test-PartnerToken.ps1",
            "contoso-greatest/app.js",
            "contoso-test/app.js",
            "src/protest.ts",
            "SubmitGIT.java",
            "api.test.contoso.com/Tokens.cs",
            "contest.py",
            "protests.md",
        ] {
            assert!(!holds(path), "{path}");
        }
        // What lies beside the base is none of its parts.
        assert!(!code.holds(Path::new("/repo/tests/a.cs")));
    }

    #[test]
    fn globs_of_ones_own_replace_the_usual_ones() {
        let own = ["src/*.Checks/".to_owned(), "!src/Real.Checks/".to_owned()];
        let code = TestCode::new("/repo".into(), &own).expect("valid");
        assert!(code.holds(Path::new("/repo/src/partner.checks/deep/A.cs")));
        assert!(!code.holds(Path::new("/repo/src/Real.Checks/A.cs")));
        assert!(!code.holds(Path::new("/repo/tests/A.cs")));
        assert!(TestCode::new("/repo".into(), &["a{".to_owned()]).is_err());
    }
}
