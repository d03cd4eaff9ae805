//! The command line: exit codes, output, errors.

mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use program::{BLOCKED, code, command, pcmfa, text, tree};
use serde_json::Value;

const FORMATS: [&str; 7] = ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"];

#[test]
fn nothing_found_is_0() {
    let dir = tree(&[("a.cs", "class A {}")]);
    for format in FORMATS {
        let output = pcmfa(dir.path(), &["scan", "--format", format]);
        assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

/// What README.md says of its first command: every verdict occurs, and the exit code is 1.
#[test]
fn the_test_data_shows_every_verdict() {
    let output = pcmfa(Path::new(env!("CARGO_MANIFEST_DIR")), &["scan", "testdata", "--format", "json"]);
    assert_eq!(code(&output), Some(1), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    for verdict in ["blocked", "unresolved", "capable", "exempt"] {
        assert!(report["summary"]["verdicts"][verdict].as_u64() > Some(0), "{}", report["summary"]);
    }
}

#[test]
fn findings_are_1_unless_told_otherwise() {
    let dir = tree(&[("Sync.cs", &program::with_secret())]);
    let output = pcmfa(dir.path(), &["scan"]);
    assert_eq!(code(&output), Some(1), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("error[password-grant]"));
    assert!(!text(&output.stdout).contains("hunter2"));
    assert_eq!(code(&pcmfa(dir.path(), &["scan", "--fail-on", "never"])), Some(0));
    let file = pcmfa(dir.path(), &["scan", "--format", "sarif", "--output", "out.sarif"]);
    assert_eq!(code(&file), Some(1));
    assert!(text(&file.stderr).contains("will be refused"));
}

#[test]
fn wrong_usage_is_2_and_helps() {
    let dir = tree(&[("a.cs", "")]);
    for (arguments, message) in [
        (&["scan", "missing"][..], "cannot scan missing"),
        (&["scan", "--exclude", "!x"], "the glob `!x` is not valid"),
        (&["scan", "--format", "xml"], "possible values: text, json, sarif, github, gitlab, junit, markdown"),
        (&["scan", "--max-file-size", "2x"], "expected a number of bytes"),
        (&["scan", "--rules", "missing"], "error: "),
        (&["scan", "--output", "missing/report.txt"], "cannot write missing/report.txt"),
        (&["scan", "--report", "sarif"], "expected FORMAT=FILE"),
        (&["scan", "--report", "xml=a.xml"], "possible formats: text, json, sarif"),
        (&["scan", "-o", "a", "--report", "json=a"], "two reports go to a"),
        (&["scan", "--report", "json=a", "--report", "sarif=./a"], "two reports go to ./a"),
        (&["scan", "missing", "--report", "json=missing/a.json"], "cannot write missing/a.json"),
        (&["scan", "--report", "json=-"], "two reports go to standard output"),
        (&["nonsense"], "nonsense"),
        (&[], "Usage"),
    ] {
        let output = pcmfa(dir.path(), arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn nothing_scanned_is_3_even_when_quiet() {
    let dir = tree(&[]);
    let output = pcmfa(dir.path(), &["scan", "--quiet"]);
    assert_eq!(code(&output), Some(3));
    assert!(text(&output.stderr).contains("nothing was scanned"));
    let dir = tree(&[("a.bin", "\0\0\0\0")]);
    let output = pcmfa(dir.path(), &["scan"]);
    assert_eq!(code(&output), Some(3));
    assert!(text(&output.stdout).contains("Skipped: binary file: a.bin"));
}

#[test]
fn paths_are_relative_to_the_directory_given() {
    let dir = tree(&[("sub/a.bin", "\0"), ("sub/b.cs", "")]);
    let notice = |arguments: &[&str]| {
        let output = pcmfa(dir.path(), arguments);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["notices"][0]["path"].as_str().map(str::to_owned)
    };
    assert_eq!(notice(&["scan", "--format", "json"]).as_deref(), Some("sub/a.bin"));
    assert_eq!(notice(&["scan", "--format", "json", "sub"]).as_deref(), Some("a.bin"));
    let named = notice(&["scan", "--format", "json", "sub/a.bin", "sub/b.cs"]);
    assert_eq!(named.as_deref(), Some("sub/a.bin"));
}

#[test]
fn output_goes_to_a_file_and_leaves_nothing_else() {
    let dir = tree(&[("src/a.cs", "")]);
    let output = pcmfa(dir.path(), &["scan", "src", "--format", "json", "--output", "report.json"]);
    assert_eq!(code(&output), Some(0));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("no Partner Center call sites found"));
    let written = fs::read(dir.path().join("report.json")).expect("the report");
    assert!(serde_json::from_slice::<Value>(&written).is_ok() && written.ends_with(b"\n"));
    let names: Vec<_> = fs::read_dir(dir.path()).expect("listed").collect();
    assert_eq!(names.len(), 2);
    let quiet = pcmfa(dir.path(), &["scan", "src", "--quiet", "--output", "report.txt"]);
    assert!(quiet.stderr.is_empty());
}

#[test]
fn one_run_writes_several_reports() {
    let dir = tree(&[("src/Sync.cs", BLOCKED), ("out/old.md", "old")]);
    let arguments = [
        "scan",
        "src",
        "--report",
        "sarif=out/a.sarif",
        "--report",
        "markdown=out/old.md",
        "--report",
        "junit=out/c.xml",
    ];
    let output = pcmfa(dir.path(), &arguments);
    assert_eq!(code(&output), Some(1));
    assert!(text(&output.stdout).contains("error[password-grant]"), "the text report is still written");
    let read = |name: &str| fs::read_to_string(dir.path().join("out").join(name)).expect("written");
    let alone = |format: &str| text(&pcmfa(dir.path(), &["scan", "src", "--format", format]).stdout);
    for (format, name) in [("sarif", "a.sarif"), ("markdown", "old.md"), ("junit", "c.xml")] {
        assert!(read(name).contains("password-grant"));
        assert_eq!(read(name), alone(format));
    }
    assert_eq!(fs::read_dir(dir.path().join("out")).expect("listed").count(), 3, "no temporary file stays");
}

#[test]
fn paths_for_platforms_begin_at_the_root_of_the_repository() {
    let dir = tree(&[(".git/HEAD", ""), ("apps/one/Sync.cs", BLOCKED), ("apps/one/x.bin", "\0")]);
    let run = |format: &str| text(&pcmfa(dir.path(), &["scan", "apps/one", "--format", format]).stdout);
    let sarif: Value = serde_json::from_str(&run("sarif")).expect("JSON");
    let run_0 = &sarif["runs"][0];
    let uri = "/physicalLocation/artifactLocation/uri";
    assert_eq!(run_0["results"][0]["locations"][0].pointer(uri), Some(&Value::from("apps/one/Sync.cs")));
    assert!(run_0["results"][0]["partialFingerprints"]["primaryLocationLineHash"].is_string());
    let notice = &run_0["invocations"][0]["toolExecutionNotifications"][0]["locations"][0];
    assert_eq!(notice.pointer(uri), Some(&Value::from("apps/one/x.bin")));
    let flow = &run_0["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"][0]["location"];
    assert_eq!(flow.pointer(uri), Some(&Value::from("apps/one/Sync.cs")));
    assert!(run("github").contains("::error file=apps/one/Sync.cs,line=5,"));
    assert!(run("gitlab").contains("\"file\": \"apps/one/Sync.cs\""));
    assert!(run("junit").contains("classname=\"apps/one/Sync.cs\""));
    // For people and for programs that know what they scan, paths begin there.
    assert!(run("text").contains("--> Sync.cs:5"));
    assert!(run("json").contains("\"path\": \"Sync.cs\""));
}

#[test]
fn a_category_sets_uploads_of_one_commit_apart() {
    let dir = tree(&[("Sync.cs", BLOCKED)]);
    let id = |more: &[&str]| {
        let log = pcmfa(dir.path(), &[&["scan", "--format", "sarif"], more].concat()).stdout;
        let log: Value = serde_json::from_slice(&log).expect("JSON");
        log["runs"][0].pointer("/automationDetails/id").cloned()
    };
    // It would come before the category that the upload names.
    assert_eq!(id(&[]), None);
    for name in ["apps/one", "apps/one/"] {
        assert_eq!(id(&["--sarif-category", name]), Some("apps/one/".into()));
    }
}

#[test]
fn uris_are_encoded_below_a_folder_too() {
    let dir = tree(&[(".git/HEAD", ""), ("apps/a b/Sync #1%.cs", BLOCKED)]);
    let log = text(&pcmfa(dir.path(), &["scan", "apps/a b", "--format", "sarif"]).stdout);
    let log: Value = serde_json::from_str(&log).expect("JSON");
    let uri = "/locations/0/physicalLocation/artifactLocation/uri";
    let found = log["runs"][0]["results"][0].pointer(uri);
    assert_eq!(found, Some(&Value::from("apps/a%20b/Sync%20%231%25.cs")));
}

#[cfg(unix)]
#[test]
fn an_interrupted_scan_leaves_no_half_written_report() {
    let names: Vec<String> = (0..3000).map(|n| format!("f{n}.cs")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), BLOCKED)).collect();
    let dir = tree(&files);
    let out = tempfile::tempdir().expect("a directory");
    let path = out.path().join("report.json");
    let mut interrupted = 0;
    for wait in [0, 20, 50, 100, 200, 400, 800] {
        let target = format!("json={}", path.display());
        let mut child = command(dir.path(), &["scan", "--quiet", "--report", &target])
            .stdout(Stdio::null())
            .spawn()
            .expect("starts");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).output();
        kill.expect("kill runs");
        interrupted += usize::from(child.wait().expect("ends").code().is_none());
        for entry in fs::read_dir(out.path()).expect("listed") {
            let entry = entry.expect("an entry").path();
            assert_eq!(entry, path, "nothing but the report");
            let text = fs::read(&entry).expect("read");
            assert!(serde_json::from_slice::<Value>(&text).is_ok(), "complete after {wait} ms");
        }
    }
    assert!(interrupted > 0, "no run was interrupted");
}

#[cfg(unix)]
#[test]
fn output_follows_links_and_the_umask_and_spares_devices() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    let dir = tree(&[("src/a.cs", ""), ("real/old.txt", "old")]);
    symlink("real/old.txt", dir.path().join("link.txt")).expect("linked");
    let output = pcmfa(dir.path(), &["scan", "src", "--output", "link.txt"]);
    assert_eq!(code(&output), Some(0));
    let written = fs::read_to_string(dir.path().join("real/old.txt")).expect("the report");
    assert!(written.contains("No call site of Partner Center was found"));
    assert!(dir.path().join("link.txt").is_symlink());
    let mode = fs::metadata(dir.path().join("real/old.txt")).expect("there").permissions().mode();
    fs::write(dir.path().join("usual"), "").expect("written");
    assert_eq!(mode, fs::metadata(dir.path().join("usual")).expect("there").permissions().mode());

    assert_eq!(code(&pcmfa(dir.path(), &["scan", "src", "--output", "/dev/null"])), Some(0));
    assert!(fs::metadata("/dev/null").expect("there").file_type().is_char_device());
}

#[test]
fn colours_only_on_request_without_a_terminal() {
    let dir = tree(&[("a.cs", "")]);
    let colored = |arguments: &[&str]| pcmfa(dir.path(), arguments).stdout.contains(&0x1b);
    assert!(!colored(&["scan"]));
    assert!(colored(&["scan", "--color", "always"]));
    assert!(!colored(&["scan", "--color", "never"]));
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let files: Vec<(String, &str)> = (0..50).map(|n| (format!("d{}/f{n}.bin", n % 7), "\0")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let dir = tree(&[&files[..], &[("Sync.cs", BLOCKED)]].concat());
    for format in FORMATS {
        let run = |threads| pcmfa(dir.path(), &["scan", "--format", format, "--threads", threads]).stdout;
        assert_eq!(run("1"), run("8"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let names: Vec<String> = (0..5000).map(|n| format!("some-long-name-for-a-file-{n}.bin")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "\0")).collect();
    let dir = tree(&[&files[..], &[("a.cs", "")]].concat());
    let mut child = command(dir.path(), &["scan", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty());
}

#[test]
fn hostile_names_do_not_reach_the_terminal() {
    let dir = tree(&[("a.cs", ""), ("\u{1b}[2J\u{202e}x.bin", "\0")]);
    let output = text(&pcmfa(dir.path(), &["scan"]).stdout);
    assert!(output.contains("x.bin") && !output.contains(['\u{1b}', '\u{202e}']), "{output:?}");
    let output = pcmfa(dir.path(), &["scan", "\u{1b}[2Jmissing"]);
    assert!(!text(&output.stderr).contains('\u{1b}'));
}

#[test]
fn languages_and_rules_are_listed() {
    let dir = tree(&[]);
    let output = text(&pcmfa(dir.path(), &["languages"]).stdout);
    assert!(output.contains("csharp") && output.contains("*.ps1"));
    assert_eq!(code(&pcmfa(dir.path(), &["rules", "list"])), Some(0));
    assert_eq!(code(&pcmfa(dir.path(), &["--version"])), Some(0));
}

#[test]
fn code_in_documentation_is_read_when_asked_for() {
    let guide = format!("# Guide\n\n```csharp\n{BLOCKED}\n```\n");
    let dir = tree(&[("docs/guide.md", guide.as_str())]);
    let without = pcmfa(dir.path(), &["scan"]);
    assert_eq!(code(&without), Some(0), "{}", text(&without.stdout));
    let with = pcmfa(dir.path(), &["scan", "--docs"]);
    assert_eq!(code(&with), Some(1), "{}", text(&with.stdout));
    assert!(text(&with.stdout).contains("docs/guide.md:"), "{}", text(&with.stdout));
}

#[test]
fn the_table_shows_own_rules_too() {
    let own = "library: Acme badges\nlanguages: [csharp]\ndocs: [https://badges.example/]\n\
               acquire:\n  - { call: [IssueForStaff], flow: ropc }\n";
    let dir = tree(&[("own/badges.yaml", own)]);
    let table =
        |arguments: &[&str]| text(&pcmfa(dir.path(), &[&["rules", "coverage"], arguments].concat()).stdout);
    assert!(table(&["--rules", "own"]).contains("\n| [Acme badges](https://badges.example/) | ● |"));
    assert!(!table(&[]).contains("Acme"));
}

#[test]
fn rules_are_shown() {
    let dir = tree(&[("own/badges.yaml", "library: Acme badges\nlanguages: [csharp]\n")]);
    let run = |arguments: &[&str]| text(&pcmfa(dir.path(), &[&["rules"], arguments].concat()).stdout);
    assert!(run(&["list", "--files"]).contains("rules/token/msal-dotnet.yaml"));
    assert!(run(&["list", "--files", "--rules", "own"]).contains("own/badges.yaml"));
    let finding = run(&["show", "password-grant"]);
    assert!(
        finding.starts_with("password-grant (error)\n") && finding.contains("\nsee https://"),
        "{finding}"
    );
    let file = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/token/msal-dotnet.yaml"));
    assert!(run(&["show", "msal.net"]).contains(file.expect("the file").trim_end()));
    assert!(
        run(&["show", "--rules", "own", "ACME badges"])
            .starts_with("# own/badges.yaml\nlibrary: Acme badges\n")
    );
    let unknown = pcmfa(dir.path(), &["rules", "show", "nonsense"]);
    assert_eq!(code(&unknown), Some(2));
    assert!(text(&unknown.stderr).contains("help: see `pcmfa rules list`"));
}

/// A rule file whose sample holds, unless its expectation is replaced.
const BADGES: &str = "\
library: Acme badges
languages: [csharp]
acquire:
  - call: [IssueForStaff]
    on: [BadgeOffice]
    flow: ropc
    audience: [{ arg: 0 }]
samples:
  - name: a badge
    files:
      A.cs: |
        var office = new BadgeOffice();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var badge = office.IssueForStaff(\"https://api.partnercenter.microsoft.com\");
        var other = stationery.IssueForStaff(\"https://api.partnercenter.microsoft.com\"); // pcmfa: decoy
";

#[test]
fn samples_of_rule_files_are_run() {
    let run = |rules: &str| {
        let dir = tree(&[("own/badges.yaml", rules)]);
        let output = pcmfa(dir.path(), &["rules", "test", "own"]);
        (code(&output), text(&output.stdout))
    };
    let (code_0, passed) = run(BADGES);
    assert_eq!(code_0, Some(0), "{passed}");
    assert_eq!(passed, "1 passed, 0 failed; 0 of 1 rule files have no samples\n");
    for (from, to, message) in [
        ("flow=ropc", "flow=silent", "A.cs:3 expected, but not reported: acquisition flow=silent"),
        (" ; finding password-grant", "", "A.cs:3 not expected, but reported: finding password-grant"),
        ("    on: [BadgeOffice]\n", "", "A.cs:4 a decoy, but reported: acquisition flow=ropc"),
        ("pcmfa: acquisition", "pcmfa: aquisition", "A.cs:2 `aquisition flow=ropc"),
        ("A.cs: |", "../A.cs: |", "`../A.cs` is no path inside of the sample"),
    ] {
        let (code, text) = run(&BADGES.replacen(from, to, 1));
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains("failed: own/badges.yaml: a badge\n") && text.contains(message), "{text}");
    }
    let (code, text) = run("library: A\n");
    assert_eq!((code, text.as_str()), (Some(3), "0 passed, 0 failed; 1 of 1 rule files have no samples\n"));
}

#[test]
fn embedded_rules_pass_their_samples_and_hold_no_dead_rows() {
    let dir = tree(&[]);
    for command in ["test", "lint"] {
        let output = pcmfa(dir.path(), &["rules", command]);
        assert_eq!(code(&output), Some(0), "{}", text(&output.stdout));
    }
    let shadowed = "library: A\nacquire:\n  - call: [X]\n    flow: ropc\n  - call: [x]\n    flow: silent\n";
    let dir = tree(&[("own/a.yaml", shadowed)]);
    let output = pcmfa(dir.path(), &["rules", "lint", "own"]);
    assert_eq!(code(&output), Some(1));
    assert!(text(&output.stdout).starts_with("own/a.yaml: acquire row 2: row 1 before it"), "{output:?}");
}

#[test]
fn paths_come_from_standard_input() {
    use std::io::Write as _;
    let dir = tree(&[("a.cs", ""), ("b b.cs", ""), ("c.cs", ""), (".gitignore", "*.cs\n")]);
    let run = |list: &[u8]| {
        let mut child = command(dir.path(), &["scan", "--stdin-file-list", "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        child.stdin.take().expect("piped").write_all(list).expect("written");
        child.wait_with_output().expect("ends")
    };
    for list in [&b"a.cs\nb b.cs\n"[..], b"a.cs\r\n\r\nb b.cs", b"a.cs\0b b.cs\0"] {
        let output = run(list);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report["coverage"]["files_read"], 2);
    }
    let empty = run(b"\n");
    assert_eq!(code(&empty), Some(3));
    assert!(text(&empty.stderr).contains("nothing was scanned: standard input names no file"));
    assert_eq!(code(&run(b"missing.cs\n")), Some(2));
}

#[test]
fn a_scan_of_nothing_says_why() {
    let dir = tree(&[
        ("a.cs", "class A {}"),
        ("big/b.cs", "class B {}"),
        ("ignored/.gitignore", "*\n"),
        ("ignored/c.cs", ""),
    ]);
    for (arguments, message) in [
        (&["scan", "--include", "*.py"][..], "no file in . matches --include"),
        (&["scan", "ignored"], "ignore files and --exclude leave out all of them"),
        (&["scan", "big", "--max-file-size", "3"], "the only file in big had to be skipped"),
    ] {
        let output = pcmfa(dir.path(), arguments);
        assert_eq!(code(&output), Some(3), "{arguments:?}");
        let stderr = text(&output.stderr);
        assert!(stderr.contains(message) && stderr.contains("\nhelp: "), "{stderr}");
    }
}

#[test]
fn verbose_says_what_is_done_and_quiet_says_nothing() {
    let dir = tree(&[("Sync.cs", BLOCKED), ("x.bin", "\0")]);
    let verbose = pcmfa(dir.path(), &["scan", "-v"]);
    let stderr = text(&verbose.stderr);
    assert!(
        stderr.contains("1 of 2 files read, 1 parsed") && stderr.contains("x.bin: binary file"),
        "{stderr}"
    );
    assert_eq!(verbose.stdout, pcmfa(dir.path(), &["scan"]).stdout);
    let quiet = pcmfa(dir.path(), &["scan", "-q", "--output", "a.txt"]);
    assert!(quiet.stderr.is_empty() && quiet.stdout.is_empty());
    assert_eq!(code(&pcmfa(dir.path(), &["scan", "-q", "-v"])), Some(2));
}

#[test]
fn completions_and_manual_pages() {
    let dir = tree(&[("man/x", "")]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = text(&pcmfa(dir.path(), &["completions", shell]).stdout);
        assert!(output.contains("pcmfa") && output.contains("stdin-file-list"), "{shell}");
        assert!(!output.contains("dump-ir <"), "hidden commands stay hidden");
        // The shells that are here can read theirs.
        if ["bash", "zsh", "fish"].contains(&shell) {
            let script = dir.path().join(shell);
            fs::write(&script, &output).expect("written");
            let read = Command::new(shell).arg("-n").arg(&script).output();
            assert!(read.is_err() || read.is_ok_and(|output| output.status.success()), "{shell}");
        }
    }
    let page = text(&pcmfa(dir.path(), &["man"]).stdout);
    assert!(page.contains(".TH pcmfa 1"), "{page}");
    assert_eq!(code(&pcmfa(dir.path(), &["man", "--output", "man"])), Some(0));
    let page = fs::read_to_string(dir.path().join("man/pcmfa-scan.1")).expect("a page for each command");
    assert!(page.contains("stdin\\-file\\-list"));
    assert_eq!(code(&pcmfa(dir.path(), &["man", "--output", "missing"])), Some(2));
}
