//! `scan --explain-verdict`: why a verdict is what it is.

mod common;
mod program;

use std::path::{Path, PathBuf};

use common::{folder, options};
use pcmfa::models::Rules;
use pcmfa::why::Place;
use program::{BLOCKED, code, pcmfa, text, tree};
use rayon::prelude::*;
use serde_json::Value;

/// How many acquisitions and call sites of a project are explained.
const MOST: usize = 3;

/// The explanation of a line, as JSON.
fn explained(dir: &Path, place: &str, more: &[&str]) -> Value {
    let arguments = [&["scan", "--format", "json", "--explain-verdict", place], more].concat();
    let output = pcmfa(dir, &arguments);
    assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stdout)))
}

/// All texts below a value.
fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone() + "\n",
        Value::Array(values) => values.iter().map(texts).collect(),
        Value::Object(fields) => fields.values().map(texts).collect(),
        _ => String::new(),
    }
}

/// The projects of `testdata`, all languages.
fn projects() -> Vec<PathBuf> {
    let below = |path: &Path| {
        let entries = std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    };
    // Two of each language are enough to see that nothing depends on it.
    below(&folder("testdata")).iter().flat_map(|language| below(language).into_iter().take(2)).collect()
}

#[test]
fn explanations_agree_with_the_report_in_every_language() {
    let rules = Rules::embedded().expect("valid rules");
    let projects = projects();
    assert!(projects.len() > 20, "only {} projects", projects.len());
    let explained: usize = projects
        .par_iter()
        .map(|project| {
            let options = options(vec![project.clone()]);
            let report = pcmfa::scan(&options, &rules).expect("it is there").report;
            let mut count = 0;
            let why = |location: &pcmfa::report::Location| {
                let place = Place { path: location.path.clone(), line: location.line };
                let (outcome, why) = pcmfa::explain(&options, &rules, &place).expect("it is there");
                assert_eq!(outcome.report, report, "{}: watching changes the report", project.display());
                why
            };
            for call in report.calls.iter().take(MOST) {
                let why = why(&call.location);
                let found = why.calls.iter().find(|found| found.call == *call);
                let found = found.unwrap_or_else(|| panic!("{}: {call:?}", project.display()));
                assert_eq!(found.arriving.len(), call.tokens.len());
                assert!(
                    found.arriving.iter().all(|token| !token.facts.is_empty() && !token.steps.is_empty())
                );
                count += 1;
            }
            for acquisition in report.acquisitions.iter().take(MOST) {
                let why = why(&acquisition.location);
                let found = why.acquisitions.iter().find(|found| found.acquisition == *acquisition);
                let found = found.unwrap_or_else(|| panic!("{}: {acquisition:?}", project.display()));
                assert!(found.facts.iter().any(|fact| fact.text.starts_with("flow `")), "{found:?}");
                let reached = report.calls.iter().filter(|call| call.tokens.contains(&acquisition.id));
                assert_eq!(found.reaches.len(), reached.count());
                count += 1;
            }
            count
        })
        .sum();
    assert!(explained > 60, "only {explained} explanations");
}

#[test]
fn a_call_and_its_acquisition_are_explained() {
    let dir = tree(&[("src/Sync.cs", &program::with_secret())]);
    let output = pcmfa(dir.path(), &["scan", "--explain-verdict", "src/Sync.cs:9"]);
    assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    for words in [
        "blocked: call site C1: GET /v1/customers, evidence proven",
        "C1 carries the token of A1: ropc",
        "1. token acquired by",
        "asked for `https://api.partnercenter.microsoft.com/.default`: Partner Center  (src/Sync.cs:6)",
        "nobody can be asked for a second factor",
        "`GetStringAsync`",
        "(src/Sync.cs:5)",
    ] {
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
    assert!(!said.contains("hunter2") && !said.contains('\u{1b}'), "{said}");
    // As compilers write places, from elsewhere, and as JSON.
    let why = explained(&dir.path().join("src"), "Sync.cs:5:9", &[".."]);
    assert_eq!(why["acquisitions"][0]["verdict"], "blocked");
    assert_eq!(why["acquisitions"][0]["model"], "app+user");
    assert_eq!(why["acquisitions"][0]["reaches"][0]["call"], "C1");
    assert_eq!(why["findings"][0]["rule"], "password-grant");
    assert!(!texts(&why).contains("hunter2"));
    assert_eq!(why["schema_version"], pcmfa::report::EXPLANATION_VERSION);
}

#[test]
fn what_is_missing_is_named_with_its_place() {
    let dir = tree(&[(
        "sync.py",
        "import requests\n\ndef customers(headers):\n    url = 'https://api.partnercenter.microsoft.com/v1/customers'\n    return requests.get(url, headers=headers)\n",
    )]);
    let why = explained(dir.path(), "sync.py:5", &[]);
    assert_eq!(why["calls"][0]["verdict"], "unresolved");
    assert!(
        why["calls"][0]["missing"][0]["text"].as_str().is_some_and(|t| t.contains("the parameter `headers`"))
    );
    assert_eq!(why["calls"][0]["missing"][0]["place"]["line"], 3);
    let line = texts(&why["line"]);
    assert!(line.contains("which nothing in the scanned code calls"), "{line}");
    assert!(
        line.contains("requests[") && line.contains("https://api.partnercenter.microsoft.com/v1/customers"),
        "{line}"
    );
}

#[test]
fn a_token_for_something_else_is_dropped_and_said_to_be() {
    let dir = tree(&[(
        "sync.ps1",
        "$token = Get-MsalToken -ClientId $id -ClientSecret $secret -TenantId $tenant -Scopes 'https://graph.microsoft.com/.default'\n\
         $headers = @{ Authorization = \"Bearer $($token.AccessToken)\" }\n\
         Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Headers $headers\n",
    )]);
    let why = explained(dir.path(), "sync.ps1:3", &[]);
    let dropped = texts(&why["calls"][0]["dropped"]);
    assert!(dropped.contains("asked for `https://graph.microsoft.com/.default`"), "{dropped}");
    // The acquisition itself is not in the report, and is explained all the same.
    let why = explained(dir.path(), "sync.ps1:1", &[]);
    assert_eq!(why["acquisitions"][0]["id"], "");
    assert_eq!(why["acquisitions"][0]["verdict"], "none");
    let said = texts(&why["acquisitions"][0]);
    assert!(said.contains("`https://graph.microsoft.com/.default`: not Partner Center"), "{said}");
    assert!(said.contains("the token is asked for something else"), "{said}");
}

#[test]
fn a_rule_that_does_not_apply_says_what_keeps_it() {
    let code = "using System.Net.Http;\nclass Sync {\n  void Run(Mailbox box) {\n    box.GetStringAsync(\"https://api.partnercenter.microsoft.com/v1/customers\");\n    Unheard.Of(box);\n  }\n}\n";
    let dir = tree(&[("Sync.cs", code)]);
    let why = explained(dir.path(), "Sync.cs:4", &[]);
    assert_eq!(why["calls"].as_array().map(Vec::len), Some(0), "{why}");
    let rows = why["line"]["calls"][0]["rows"].as_array().expect("rows");
    let reason = rows.iter().find_map(|row| row["why_not"].as_str()).expect("a row that does not apply");
    assert!(reason.contains("the receiver is `Mailbox`; the row is for"), "{reason}");
    let why = explained(dir.path(), "Sync.cs:5", &[]);
    let said = texts(&why["line"]["calls"]);
    assert!(said.contains("neither the scanned code nor a rule says what it does"), "{said}");
}

#[test]
fn code_that_is_not_reached_says_why() {
    let code = "import requests\n\ndef get(app_only):\n    if app_only:\n        return requests.get('https://api.partnercenter.microsoft.com/v1/customers')\n    return None\n\nget(False)\n";
    let dir = tree(&[("sync.py", code)]);
    let why = explained(dir.path(), "sync.py:5", &[]);
    let facts = &why["line"]["facts"];
    assert!(texts(facts).contains("it was not reached: this condition"), "{facts}");
    assert!(facts.as_array().is_some_and(|all| all.iter().any(|fact| fact["place"]["line"] == 4)), "{facts}");
    assert_eq!(why["line"]["calls"][0]["evaluated"], false);
    // And what is called from where.
    let why = explained(dir.path(), "sync.py:6", &[]);
    assert!(texts(&why["line"]["facts"]).contains("`get`, which is called here"), "{why}");
}

#[test]
fn files_and_lines_without_code() {
    let script = "/* Send requests to\n   https://api.partnercenter.microsoft.com */\nconst sample = `\nfetch('https://api.partnercenter.microsoft.com/v1/customers')\n`;\n";
    let dir = tree(&[
        ("app.js", script),
        ("notes.txt", "one\n"),
        ("appsettings.json", "{}\n"),
        ("logo.png", "\0"),
        ("old.cs", "class Old {}\n"),
        (".pcmfaignore", "old.cs\n"),
    ]);
    for (place, state, words) in [
        ("app.js:1", "analysed", "no code that does anything"),
        ("app.js:4", "analysed", "part of a text"),
        ("notes.txt:1", "no-language", "no front end reads files of this kind"),
        ("appsettings.json:1", "settings", "its values are read"),
        ("logo.png:1", "skipped", "binary file"),
        ("old.cs:1", "left-out", "an ignore file"),
        ("gone.cs:1", "missing", "no such file"),
    ] {
        let why = explained(dir.path(), place, &[]);
        assert_eq!(why["file"]["state"], state, "{place}: {why}");
        assert!(texts(&why).contains(words), "{place}: {why}");
        let said = text(&pcmfa(dir.path(), &["scan", "--explain-verdict", place]).stdout);
        assert!(said.contains(words), "{place}: {said}");
    }
    let dir = tree(&[("a.cs", "class A { void B() { C(); } }\n")]);
    assert_eq!(explained(dir.path(), "a.cs:1", &[])["file"]["state"], "not-parsed");
}

#[test]
fn mistakes_are_told() {
    let dir = tree(&[("in/a.cs", BLOCKED), ("out/b.cs", "")]);
    for (arguments, message) in [
        (&["--explain-verdict", "in/a.cs"][..], "expected FILE:LINE"),
        (&["--explain-verdict", "in/a.cs:0"], "expected FILE:LINE"),
        (&["--explain-verdict", "in/a.cs:900"], "there is no line 900"),
        (&["in", "--explain-verdict", "out/b.cs:1"], "lies outside of what is scanned"),
        (
            &["--explain-verdict", "in/a.cs:1", "--format", "sarif"],
            "explanations are written as text or json",
        ),
        (&["--explain-verdict", "in/a.cs:1", "--report", "sarif=x"], "cannot be used with"),
    ] {
        let output = pcmfa(dir.path(), &[&["scan"], arguments].concat());
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
    // It can go to a file, and says what became of findings.
    let ignored = BLOCKED
        .replace("    var result", "    // pcmfa: ignore[password-grant] moves to the vault\n    var result");
    let dir = tree(&[("a.cs", &ignored)]);
    let output = pcmfa(
        dir.path(),
        &["scan", "--explain-verdict", "a.cs:6", "--output", "why.txt", "--color", "always"],
    );
    assert_eq!(code(&output), Some(0));
    let said = std::fs::read_to_string(dir.path().join("why.txt")).expect("written");
    assert!(
        said.contains("suppressed by a comment: moves to the vault") && !said.contains('\u{1b}'),
        "{said}"
    );
}
