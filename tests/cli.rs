//! The command line: exit codes, output, errors.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Runs the command in a directory, with an environment that does not change what it prints.
fn pcmfa(directory: &Path, arguments: &[&str]) -> Output {
    command(directory, arguments).output().expect("runs")
}

fn command(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pcmfa"));
    command.current_dir(directory).args(arguments);
    command.env("SOURCE_DATE_EPOCH", "1790000000");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
        command.env_remove(name);
    }
    command
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn tree(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, text).expect("written");
    }
    dir
}

const FORMATS: [&str; 7] = ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"];

/// A program that signs in with a password and calls Partner Center.
const BLOCKED: &str = r#"using Microsoft.Identity.Client;
class Sync {
  async Task Run() {
    var app = PublicClientApplicationBuilder.Create("id").Build();
    var result = await app.AcquireTokenByUsernamePassword(
      new[] { "https://api.partnercenter.microsoft.com/.default" }, "user", "hunter2").ExecuteAsync();
    var http = new HttpClient();
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
    var all = await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
  }
}
"#;

#[test]
fn nothing_found_is_0() {
    let dir = tree(&[("a.cs", "class A {}")]);
    for format in FORMATS {
        let output = pcmfa(dir.path(), &["scan", "--format", format]);
        assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn findings_are_1_unless_told_otherwise() {
    let dir = tree(&[("Sync.cs", BLOCKED)]);
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
    assert!(written.contains("No Partner Center call sites"));
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
fn help() {
    let dir = tree(&[]);
    let help =
        text(&command(dir.path(), &["scan", "--help"]).env("COLUMNS", "100").output().expect("runs").stdout);
    insta::assert_snapshot!(help);
}
