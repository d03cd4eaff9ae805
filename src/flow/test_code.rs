//! Test code: what tests, and the doubles that they bring, do to a program is no part of the program.
//!
//! They set addresses of local servers, tokens made up for the occasion, stores that hold nothing. So the program is
//! evaluated without them first; then they are, on top of what is known of the program.

/// Folders that hold test code by convention.
const FOLDERS: &[&str] = &["test", "tests", "__tests__", "__mocks__", "spec", "specs", "mocks", "fixtures"];

/// How the names of test files end, before the extension, by convention of some language or test runner.
const ENDINGS: &[&str] = &["_test", ".test", ".tests", ".spec", "_spec", "-test", "-spec", ".mock"];

/// Where only capitals set the word apart: `OrderServiceTests.cs`, `OrderServiceTest.java`.
const CAPITAL_ENDINGS: &[&str] = &["Test", "Tests", "Spec", "IT"];

/// A file that holds test code, by its path.
pub(crate) fn is_test(path: &str) -> bool {
    let mut parts: Vec<&str> = path.split('/').collect();
    let file = parts.pop().unwrap_or_default();
    if parts.iter().any(|folder| FOLDERS.iter().any(|f| folder.eq_ignore_ascii_case(f)) || is_project(folder))
    {
        return true;
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let lower = stem.to_ascii_lowercase();
    let capital = |end: &str| {
        stem.strip_suffix(end)
            .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_lowercase() || c == '_'))
    };
    lower == "conftest"
        || lower.starts_with("test_")
        || ENDINGS.iter().any(|end| lower.len() > end.len() && lower.ends_with(end))
        || CAPITAL_ENDINGS.iter().any(|end| capital(end))
}

/// A project of tests: `Contoso.Partner.UnitTests`.
fn is_project(folder: &str) -> bool {
    let lower = folder.to_ascii_lowercase();
    ["tests", "test"].iter().any(|end| {
        lower.strip_suffix(end).is_some_and(|rest| {
            rest.ends_with(['.', '-', '_'])
                || ["unit", "integration", "functional", "e2e"].iter().any(|kind| {
                    rest.strip_suffix(kind).is_some_and(|r| r.is_empty() || r.ends_with(['.', '-', '_']))
                })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_test;

    #[test]
    fn test_code_is_known_by_its_path() {
        for path in [
            "pkg/gdap/client_test.go",
            "tests/conftest.py",
            "src/test/java/contoso/SyncTest.java",
            "web/src/http.spec.ts",
            "web/src/__mocks__/tokens.ts",
            "Contoso.Partner.UnitTests/Tokens.cs",
            "Contoso.Partner-Tests/Tokens.cs",
            "src/TokensTests.cs",
            "Private/Get-Token.Tests.ps1",
            "test_tokens.py",
        ] {
            assert!(is_test(path), "{path}");
        }
    }

    #[test]
    fn other_code_is_not() {
        for path in [
            "src/latest/tokens.py",
            "src/Contest.java",
            "src/attestation/bulk.cs",
            "testing/tokens.go",
            "src/test.ps1",
            "Test-PartnerToken.ps1",
            "contoso-greatest/app.js",
            "src/protest.ts",
            "SubmitGIT.cs",
        ] {
            assert!(!is_test(path), "{path}");
        }
    }
}
