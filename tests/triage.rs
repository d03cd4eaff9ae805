//! Comments and baselines that suppress findings.

mod program;

use std::fs;
use std::path::Path;

use program::{BLOCKED, code, command, pcmfa, text, tree};
use serde_json::Value;

/// On 2026-09-21, as the program is told.
fn report(dir: &Path, arguments: &[&str]) -> Value {
    let output = pcmfa(dir, &[&["scan", "--format", "json"], arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)))
}

fn count(value: &Value) -> usize {
    value.as_array().expect("an array").len()
}

/// The messages about suppressions.
fn notices(report: &Value) -> Vec<String> {
    let all = report["notices"].as_array().expect("notices").iter();
    all.filter(|notice| notice["kind"] == "suppression")
        .map(|notice| format!("{}:{} {}", notice["path"], notice["line"], notice["message"]).replace('"', ""))
        .collect()
}

const CALL: &str = "    var result = await";

/// The blocked program with a comment on a line of its own before the acquisition.
fn with(comment: &str) -> String {
    BLOCKED.replace(CALL, &format!("    {comment}\n{CALL}"))
}

#[test]
fn a_comment_suppresses_what_it_names() {
    let trailing = BLOCKED.replace(
        "app.AcquireTokenByUsernamePassword(",
        "app.AcquireTokenByUsernamePassword( // pcmfa: ignore[password-grant] goes in May",
    );
    let block = with("/* pcmfa: ignore[password-grant] goes in May */");
    let stacked = with("// pcmfa: ignore[password-grant] goes in May\n    // and more is to say\n");
    let end = BLOCKED.replace(
        "password).ExecuteAsync();",
        "password).ExecuteAsync(); // pcmfa: ignore[password-grant] goes in May",
    );
    for code_text in [with("// pcmfa: ignore[password-grant] goes in May"), trailing, block, stacked, end] {
        let dir = tree(&[("Sync.cs", &code_text)]);
        let report = report(dir.path(), &[]);
        assert_eq!(count(&report["findings"]), 0, "{code_text}");
        assert_eq!(report["suppressed"][0]["rule"], "password-grant");
        assert_eq!(report["suppressed"][0]["by"], "comment");
        assert_eq!(report["suppressed"][0]["reason"], "goes in May");
        assert_eq!(notices(&report), Vec::<String>::new());
        let output = pcmfa(dir.path(), &["scan"]);
        assert_eq!(code(&output), Some(0));
        let text = text(&output.stdout);
        assert!(text.contains("1 finding suppressed: 1 by comments, 0 by the baseline"), "{text}");
        // The call is still refused, and the inventory says so.
        assert!(text.contains("C1  blocked"), "{text}");
    }
}

#[test]
fn what_suppresses_nothing_is_told() {
    for (comment, message) in [
        ("// pcmfa: ignore[password-grant]", "needs a reason"),
        ("// pcmfa: ignore[password-grant] -- ", "needs a reason"),
        ("// pcmfa: ignore everything", "which findings are meant?"),
        ("// pcmfa: ignore[] why", "which findings are meant?"),
        ("// pcmfa: ignore[password-grant] until 2026-13-01 why", "`2026-13-01` is no day"),
        ("// pcmfa: ignore[password-grant] until 2026-09-20 why", "expired on 2026-09-20"),
        ("// pcmfa: ignore[password-grant] why, until 2026-09-20.", "expired on 2026-09-20"),
        ("// pcmfa: ignore[retired-audience] why", "ignore[retired-audience] is not needed"),
        (
            "// pcmfa: ignore[pasword-grant] why",
            "ignore[pasword-grant]: no finding has this name; did you mean `password-grant`?",
        ),
        ("// pcmfa: ignore[nonsense] why", "ignore[nonsense]: no finding has this name"),
    ] {
        let dir = tree(&[("Sync.cs", &with(comment))]);
        let report = report(dir.path(), &[]);
        assert_eq!(count(&report["findings"]), 1, "{comment}");
        let notices = notices(&report);
        assert!(
            notices.len() == 1 && notices[0].starts_with("Sync.cs:5 ") && notices[0].contains(message),
            "{notices:?}"
        );
        let stdout = text(&pcmfa(dir.path(), &["scan"]).stdout);
        assert!(stdout.contains(message), "people read it, too: {stdout}");
    }
}

#[test]
fn a_comment_holds_until_its_last_day_and_names_several() {
    let comment = "// pcmfa: ignore[retired-audience, password-grant] until 2026-09-21 vault in Q4";
    let dir = tree(&[("Sync.cs", &with(comment))]);
    let first = report(dir.path(), &[]);
    assert_eq!(count(&first["findings"]), 0);
    assert_eq!(first["suppressed"][0]["reason"], "vault in Q4");
    // The other one was not needed, and is told by its name.
    assert_eq!(notices(&first).len(), 1);
    assert!(notices(&first)[0].contains("ignore[retired-audience]"));
    let mut next_day = command(dir.path(), &["scan", "--format", "json"]);
    let output = next_day.env("SOURCE_DATE_EPOCH", "1790035200").output().expect("runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(count(&report["findings"]), 1);
    assert!(notices(&report)[0].contains("expired on 2026-09-21"));
    // In a hook, where only findings are shown, it says why it is back.
    let mut quiet = command(dir.path(), &["scan", "--quiet"]);
    let output = quiet.env("SOURCE_DATE_EPOCH", "1790035200").output().expect("runs");
    let shown = text(&output.stdout);
    assert!(shown.contains("(The comment in line 5 that ignored this expired on 2026-09-21.)"), "{shown}");
}

#[test]
fn strings_and_other_lines_suppress_nothing() {
    let string = BLOCKED.replace("\"user\"", "\"// pcmfa: ignore[password-grant] no\"");
    let after =
        BLOCKED.replace("    var http =", "    // pcmfa: ignore[password-grant] too late\n    var http =");
    let words = with("// see pcmfa: ignore[password-grant] in the manual");
    for code_text in [string, after, words] {
        let dir = tree(&[("Sync.cs", &code_text)]);
        assert_eq!(count(&report(dir.path(), &[])["findings"]), 1, "{code_text}");
    }
}

#[test]
fn comments_of_powershell() {
    let script = "$body = @{ grant_type = 'password'; username = $u; password = $p; resource = 'https://api.partnercenter.microsoft.com' }\n\
        $token = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/t/oauth2/token' -Body $body\n\
        Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = \"Bearer $($token.access_token)\" }\n\
        if ($Error -match '900421' -or $answer.Headers['isMfaCompliant'] -ne 'true') { throw 'no MFA' }\n";
    let dir = tree(&[("a.ps1", script)]);
    let before = report(dir.path(), &[]);
    assert_eq!(count(&before["findings"]), 1, "{before:#}");
    for comment in ["# pcmfa: ignore[password-grant] known", "<# pcmfa: ignore[password-grant] known #>"] {
        let dir = tree(&[("a.ps1", &format!("{comment}\n{script}"))]);
        assert_eq!(count(&report(dir.path(), &[])["findings"]), 0, "{comment}");
    }
}

/// Files with their contents.
type Files = Vec<(String, Vec<u8>)>;

/// A case of the test data with its first finding ignored by the comment that expects it: the rule, and the files.
fn ignored(case: &Path, extension: &str) -> Option<(String, Files)> {
    let files: Files = walkdir::WalkDir::new(case)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name =
                entry.path().strip_prefix(case).expect("below it").to_string_lossy().replace('\\', "/");
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect();
    for index in 0..files.len() {
        let Ok(content) = String::from_utf8(files[index].1.clone()) else { continue };
        if !files[index].0.ends_with(extension) {
            continue;
        }
        for line in content.lines() {
            let Some((before, says)) = line.split_once("pcmfa: ") else { continue };
            let says_finding = |one: &str| one.trim().strip_prefix("finding ").map(str::to_owned);
            let findings: Vec<String> = says.split(';').filter_map(says_finding).collect();
            let [rule] = findings.as_slice() else { continue };
            let rule: String = rule.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            // What ends the comment stays.
            let end = ["-->", "*/", "#>", "*@", "*)", "\\n\",", "\\n\""]
                .iter()
                .find(|end| says.trim_end().ends_with(**end));
            let comment = format!("{before}pcmfa: ignore[{rule}] known {}", end.copied().unwrap_or_default());
            let mut files = files.clone();
            files[index].1 = content.replacen(line, &comment, 1).into_bytes();
            return Some((rule, files));
        }
    }
    None
}

/// Comments are those of the language: the test data says what is expected in them, in every language.
#[test]
fn comments_of_every_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut tried = Vec::new();
    let folders = |path: &Path| -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(path).expect("listed").map(|entry| entry.expect("an entry").path());
        let mut folders: Vec<_> = entries.filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    };
    let languages = folders(&root).into_iter().map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, path, "")
    });
    for (name, path, extension) in languages.chain([("jupyter".to_owned(), root.join("python"), ".ipynb")]) {
        let cases = folders(&path);
        let Some((rule, files)) = cases.iter().find_map(|case| ignored(case, extension)) else { continue };
        let dir = tempfile::tempdir().expect("a directory");
        for (name, bytes) in &files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("written");
        }
        let report = report(dir.path(), &["--docs"]);
        let by: Vec<&Value> =
            report["suppressed"].as_array().expect("there").iter().map(|one| &one["rule"]).collect();
        assert_eq!((by, notices(&report)), (vec![&Value::from(rule)], vec![]), "{name}");
        tried.push(name);
    }
    for language in pcmfa::frontend::REGISTRY {
        let name = language.language();
        assert!(tried.iter().any(|one| one == name), "{name} is not among {tried:?}");
    }
}

#[test]
fn a_finding_that_is_off_needs_no_comment_and_no_complaint() {
    let dir = tree(&[
        ("Sync.cs", &with("// pcmfa: ignore[password-grant] known")),
        ("pcmfa.yaml", "findings: { password-grant: off }\n"),
    ]);
    let report = report(dir.path(), &[]);
    assert_eq!((count(&report["findings"]), count(&report["suppressed"])), (0, 0));
    assert_eq!(notices(&report), Vec::<String>::new());
}

#[test]
fn sarif_leaves_suppressed_results_out_unless_told() {
    let dir = tree(&[
        ("a/Sync.cs", &with("// pcmfa: ignore[password-grant] goes in May")),
        ("b/Sync.cs", BLOCKED),
        ("c/Sync.cs", BLOCKED),
    ]);
    assert_eq!(code(&pcmfa(dir.path(), &["baseline", "--exclude", "c", "-o", "known.json"])), Some(0));
    let log = |more: &[&str]| -> Value {
        let arguments = [&["scan", "--baseline", "known.json", "--format", "sarif"], more].concat();
        serde_json::from_slice(&pcmfa(dir.path(), &arguments).stdout).expect("JSON")
    };
    let results = |log: &Value| log["runs"][0]["results"].as_array().expect("results").clone();
    let without = results(&log(&[]));
    assert_eq!(without.len(), 1);
    assert!(without[0].get("suppressions").is_none());
    let log = log(&["--sarif-suppressed", "include"]);
    let schema: Value = serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    assert!(validator.is_valid(&log));
    let with = results(&log);
    let kinds: Vec<(&Value, &Value)> = with
        .iter()
        .map(|result| (&result["suppressions"][0]["kind"], &result["suppressions"][0]["justification"]))
        .collect();
    assert_eq!(with[0]["suppressions"], Value::Array(vec![]));
    assert_eq!(kinds[1].0, "inSource");
    assert_eq!(kinds[1].1, "goes in May");
    assert_eq!(kinds[2].0, "external");
}

#[test]
fn a_baseline_hides_what_it_holds_and_nothing_else() {
    let blocked = &program::with_secret();
    let dir = tree(&[("src/Sync.cs", blocked)]);
    let written = pcmfa(dir.path(), &["baseline"]);
    assert_eq!(code(&written), Some(0));
    assert!(text(&written.stderr).contains("2 findings are in pcmfa-baseline.json"));
    let baseline = fs::read_to_string(dir.path().join("pcmfa-baseline.json")).expect("written");
    for word in ["hunter2", "password", "Sync", "src"] {
        assert!(!baseline.contains(word), "hashes only: {baseline}");
    }
    let scan = || pcmfa(dir.path(), &["scan", "--baseline", "pcmfa-baseline.json"]);
    assert_eq!(code(&scan()), Some(0));
    assert_eq!(code(&pcmfa(dir.path(), &["scan"])), Some(1));
    let write = |text: &str| fs::write(dir.path().join("src/Sync.cs"), text).expect("written");
    // Moved lines, other white space, another password: the same finding.
    write(&format!(
        "// new\n\n{}",
        blocked.replace("    var result", "\t  var  result").replace("hunter2", "correct horse")
    ));
    assert_eq!(code(&scan()), Some(0), "{}", text(&scan().stdout));
    // A second one with the same text is new.
    let method =
        &blocked[blocked.find("  async Task Run").expect("there")..blocked.rfind('}').expect("there")];
    write(
        &blocked.replace("class Sync {\n", &format!("class Sync {{\n{}", method.replace("Run(", "Again("))),
    );
    let output = scan();
    assert_eq!(code(&output), Some(1), "{}", text(&output.stdout));
    assert!(
        text(&output.stdout).contains("2 findings suppressed: 0 by comments, 2 by the baseline"),
        "{}",
        text(&output.stdout)
    );
    // So is another line, and another file.
    write(&blocked.replace("var result = await", "var signedIn = var result = await"));
    assert_eq!(code(&scan()), Some(1));
    fs::rename(dir.path().join("src/Sync.cs"), dir.path().join("src/Other.cs")).expect("renamed");
    assert_eq!(code(&scan()), Some(1));
    // What is gone is told.
    fs::write(dir.path().join("src/Other.cs"), "class A {}").expect("written");
    assert!(text(&scan().stdout).contains("2 findings of the baseline are gone"));
}

#[test]
fn a_baseline_is_the_same_from_anywhere_and_is_written_from_all_findings() {
    let dir = tree(&[
        (".git/HEAD", ""),
        ("apps/one/Sync.cs", BLOCKED),
        ("pcmfa.yaml", "baseline: known.json\n"),
        ("known.json", "{\"version\": 1, \"findings\": {}}"),
    ]);
    assert_eq!(code(&pcmfa(dir.path(), &["scan"])), Some(1));
    let baseline = |path: &str| {
        let output = pcmfa(dir.path(), &["baseline", path, "-o", "-"]);
        assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert_eq!(baseline("."), baseline("apps/one"));
    assert_eq!(code(&pcmfa(dir.path(), &["baseline", "-o", "known.json"])), Some(0));
    for path in [".", "apps", "apps/one", "apps/one/Sync.cs"] {
        assert_eq!(code(&pcmfa(dir.path(), &["scan", path])), Some(0), "{path}");
    }
    // Written again with itself in use, it holds the same.
    let before = fs::read(dir.path().join("known.json")).expect("there");
    assert_eq!(code(&pcmfa(dir.path(), &["baseline", "-o", "known.json"])), Some(0));
    assert_eq!(before, fs::read(dir.path().join("known.json")).expect("there"));
}

#[test]
fn what_is_no_baseline_is_refused() {
    for wrong in
        ["", "[]", "{\"version\": 2, \"findings\": {}}", "{\"version\": 1, \"findings\": {\"a\": -1}}"]
    {
        let dir = tree(&[("a.cs", ""), ("known.json", wrong)]);
        let output = pcmfa(dir.path(), &["scan", "--baseline", "known.json"]);
        assert_eq!(code(&output), Some(2), "{wrong}");
        assert!(text(&output.stderr).contains("known.json is no baseline"), "{}", text(&output.stderr));
    }
    let dir = tree(&[]);
    assert_eq!(code(&pcmfa(dir.path(), &["baseline"])), Some(3));
}
