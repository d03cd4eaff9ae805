//! `--staged`, `--changed` and `--since`, with real repositories.

mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use program::{BLOCKED, code, command, pcmfa, text, tree};
use serde_json::Value;
use tempfile::TempDir;

fn git(dir: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(dir)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// A repository in which everything is committed.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let dir = tree(files);
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path());
    dir
}

fn commit(dir: &Path) {
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "-q", "--allow-empty", "-m", "x"]);
}

fn write(dir: &Path, path: &str, content: &str) {
    fs::create_dir_all(dir.join(path).parent().expect("a folder")).expect("a folder");
    fs::write(dir.join(path), content).expect("written");
}

/// The places of the findings, the exit code, and the notices.
fn run(dir: &Path, arguments: &[&str]) -> (Vec<String>, Option<i32>, Vec<String>) {
    let output: Output = pcmfa(dir, &[&["scan", "--format", "json"], arguments].concat());
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    let list = |name: &str, show: &dyn Fn(&Value) -> String| -> Vec<String> {
        report[name].as_array().expect("an array").iter().map(show).collect()
    };
    let findings =
        list("findings", &|one| format!("{}:{}", one["path"].as_str().expect("a path"), one["line"]));
    (findings, code(&output), list("notices", &|one| one["message"].as_str().expect("a text").to_owned()))
}

const CLEAN: &str = "class Clean {}\n";

#[test]
fn what_is_staged_is_judged_and_not_what_is_on_disk() {
    let dir = repository(&[("Sync.cs", CLEAN)]);
    let dir = dir.path();
    assert_eq!(run(dir, &["--staged"]).1, Some(0));
    // Bad on disk, not staged.
    write(dir, "Sync.cs", BLOCKED);
    assert_eq!(run(dir, &["--staged"]), (vec![], Some(0), vec![]));
    assert_eq!(run(dir, &["--changed"]).1, Some(1));
    // Staged, and good again on disk: what is committed is what counts.
    git(dir, &["add", "Sync.cs"]);
    write(dir, "Sync.cs", CLEAN);
    assert_eq!(run(dir, &["--staged"]), (vec!["Sync.cs:5".to_owned()], Some(1), vec![]));
    assert_eq!(run(dir, &["--changed"]).1, Some(0));
    // Gone from disk altogether.
    fs::remove_file(dir.join("Sync.cs")).expect("removed");
    assert_eq!(run(dir, &["--staged"]).1, Some(1));
    let staged = text(&pcmfa(dir, &["scan", "--staged"]).stdout);
    assert!(
        staged.contains("var result = await app.AcquireTokenByUsernamePassword("),
        "the staged code is shown"
    );
}

#[test]
fn old_findings_do_not_stop_a_commit() {
    let dir = repository(&[("Old.cs", BLOCKED), ("Other.cs", CLEAN)]);
    let dir = dir.path();
    write(dir, "Other.cs", "class Other {}\n");
    // Another line of the file with the old finding, too.
    write(dir, "Old.cs", &format!("{BLOCKED}class More {{}}\n"));
    git(dir, &["add", "-A"]);
    let left_out = "1 finding that the change has nothing to do with is left out".to_owned();
    assert_eq!(run(dir, &["--staged"]), (vec![], Some(0), vec![left_out]));
    assert_eq!(run(dir, &[]).1, Some(1));
    // Moved lines are no change of the finding.
    write(dir, "Old.cs", &format!("// one\n// two\n{BLOCKED}"));
    git(dir, &["add", "-A"]);
    assert_eq!(run(dir, &["--staged"]).1, Some(0));
    // But a change of one of its lines is: here that of the call, which is not where the finding stands.
    write(dir, "Old.cs", &BLOCKED.replace("/v1/customers", "/v1/invoices"));
    git(dir, &["add", "-A"]);
    assert_eq!(run(dir, &["--staged"]).0, ["Old.cs:5"]);
}

#[test]
fn a_change_elsewhere_that_breaks_old_code_stops_the_commit() {
    let settings = |host: &str| format!("{{ \"Partner\": {{ \"Host\": \"https://{host}\" }} }}\n");
    let code_text = BLOCKED
        .replace(
            "new[] { \"https://api.partnercenter.microsoft.com/.default\" }",
            "new[] { configuration[\"Partner:Host\"] + \"/.default\" }",
        )
        .replace(
            "\"https://api.partnercenter.microsoft.com/v1/customers\"",
            "configuration[\"Partner:Host\"] + \"/v1/customers\"",
        )
        .replace("class Sync {", "class Sync {\n  IConfiguration configuration;");
    let dir = repository(&[
        ("Sync.cs", &code_text),
        ("appsettings.json", &settings("graph.example.com")),
        ("Host.cs", "// api.partnercenter.microsoft.com\n"),
    ]);
    let dir = dir.path();
    assert_eq!(run(dir, &[]).1, Some(0));
    write(dir, "appsettings.json", &settings("api.partnercenter.microsoft.com"));
    git(dir, &["add", "-A"]);
    let (findings, code, _) = run(dir, &["--staged"]);
    assert_eq!((findings.len(), code), (1, Some(1)), "{findings:?}");
}

#[test]
fn a_comment_that_goes_brings_its_finding_back() {
    let ignored =
        BLOCKED.replace("    var result", "    // pcmfa: ignore[password-grant] known\n    var result");
    let dir = repository(&[("Sync.cs", &ignored)]);
    assert_eq!(run(dir.path(), &[]).1, Some(0));
    write(dir.path(), "Sync.cs", BLOCKED);
    git(dir.path(), &["add", "-A"]);
    assert_eq!(run(dir.path(), &["--staged"]).1, Some(1));
}

#[test]
fn untracked_files_are_changes_on_disk_and_not_in_the_index() {
    let dir = repository(&[("Other.cs", CLEAN), (".gitignore", "ignored/\n")]);
    let dir = dir.path();
    write(dir, "new/Sync.cs", BLOCKED);
    write(dir, "ignored/Sync.cs", BLOCKED);
    assert_eq!(run(dir, &["--staged"]).1, Some(0));
    assert_eq!(run(dir, &["--changed"]).0, ["new/Sync.cs:5"]);
}

#[test]
fn since_a_revision_counts_from_where_it_branched_off() {
    let dir = repository(&[("Old.cs", BLOCKED)]);
    let dir = dir.path();
    git(dir, &["switch", "-q", "-c", "work"]);
    write(dir, "New.cs", BLOCKED);
    commit(dir);
    git(dir, &["switch", "-q", "main"]);
    write(dir, "Main.cs", BLOCKED);
    commit(dir);
    git(dir, &["switch", "-q", "work"]);
    assert_eq!(run(dir, &["--since", "main"]).0, ["New.cs:5"]);
    assert_eq!(run(dir, &["--since", "HEAD"]).1, Some(0));
    for (revision, message) in
        [("nothing", "git knows no commit `nothing`"), ("--output=x", "git knows no commit")]
    {
        let output = pcmfa(dir, &["scan", &format!("--since={revision}")]);
        assert_eq!(code(&output), Some(2));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
    git(dir, &["checkout", "-q", "--orphan", "alone"]);
    commit(dir);
    let output = pcmfa(dir, &["scan", "--since", "main"]);
    assert!(text(&output.stderr).contains("no common ancestor of `main` and HEAD\nhelp: a shallow clone"));
}

#[test]
fn before_the_first_commit_and_from_a_folder_below() {
    let dir = tree(&[("deep/er/Sync.cs", BLOCKED)]);
    git(dir.path(), &["init", "-q"]);
    assert_eq!(run(dir.path(), &["--staged"]).1, Some(0), "nothing is staged");
    git(dir.path(), &["add", "-A"]);
    for folder in [".", "deep", "deep/er"] {
        let dir = dir.path().join(folder);
        assert_eq!(run(&dir, &["--staged"]).0, ["deep/er/Sync.cs:5"], "{folder}");
        assert_eq!(run(&dir, &["--changed"]).0, ["deep/er/Sync.cs:5"], "{folder}");
    }
}

#[cfg(unix)]
#[test]
fn unusual_names() {
    let names = ["a b.cs", "ä.cs", "q\"uo\\te.cs", "line\nbreak.cs", "tab\t.cs", "b/+++ c.cs"];
    let dir = repository(&[("Other.cs", CLEAN)]);
    for name in names {
        write(dir.path(), name, BLOCKED);
    }
    git(dir.path(), &["add", "-A"]);
    for name in names {
        // Read from the index, not from disk.
        write(dir.path(), name, CLEAN);
    }
    assert_eq!(run(dir.path(), &["--staged"]).0.len(), names.len());
}

#[test]
fn staged_files_go_through_globs_and_limits_as_others_do() {
    let dir = repository(&[("Other.cs", CLEAN), ("pcmfa.yaml", "exclude: [legacy/]\n")]);
    let dir = dir.path();
    write(dir, "legacy/deep/Sync.cs", BLOCKED);
    write(dir, "src/Sync.cs", BLOCKED);
    git(dir, &["add", "-A"]);
    for on_disk in [true, false] {
        if !on_disk {
            fs::remove_dir_all(dir.join("legacy")).expect("removed");
            fs::remove_dir_all(dir.join("src")).expect("removed");
        }
        assert_eq!(run(dir, &["--staged"]).0, ["src/Sync.cs:5"]);
        assert_eq!(run(dir, &["--staged", "--exclude", "src"]).0.len(), 0);
        assert_eq!(run(dir, &["--staged", "--include", "*.ps1"]).0.len(), 0);
        assert_eq!(run(dir, &["--staged", "--no-config"]).0.len(), 2);
    }
    assert_eq!(run(dir, &["--staged", "--max-file-size", "10"]).0.len(), 0);
}

/// Submodules are repositories of their own: they are linked, but what is in them is nothing that the change brings.
#[test]
fn submodules_are_read_and_not_judged() {
    let library = repository(&[("Old.cs", BLOCKED)]);
    let dir = repository(&[("Other.cs", CLEAN)]);
    let dir = dir.path();
    let source = library.path().to_str().expect("a path");
    git(dir, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", source, "vendored"]);
    // It comes with this commit, and what is in it.
    assert_eq!(run(dir, &["--staged"]).0, ["vendored/Old.cs:5"]);
    commit(dir);
    write(dir, "Other.cs", "class Another {}\n");
    git(dir, &["add", "-A"]);
    let left_out = ["1 finding that the change has nothing to do with is left out".to_owned()];
    for arguments in [&["--staged"][..], &["--changed"], &["--since", "HEAD"]] {
        let (findings, code, notices) = run(dir, arguments);
        assert_eq!((findings.len(), code), (0, Some(0)), "{arguments:?}: {findings:?}");
        assert_eq!(notices, left_out, "it was read: {arguments:?}");
    }
    // Inside of it, it is the repository.
    let inner = dir.join("vendored");
    assert_eq!(run(&inner, &["--staged"]).1, Some(0));
    write(&inner, "New.cs", BLOCKED);
    git(&inner, &["add", "-A"]);
    assert_eq!(run(&inner, &["--staged"]).0, ["New.cs:5"]);
}

#[test]
fn worktrees_have_an_index_of_their_own() {
    let main = repository(&[("Old.cs", BLOCKED)]);
    let place = tempfile::tempdir().expect("a directory");
    let work = place.path().join("work");
    git(main.path(), &["worktree", "add", "-q", work.to_str().expect("a path")]);
    write(&work, "deep/New.cs", BLOCKED);
    git(&work, &["add", "-A"]);
    assert_eq!(run(&work.join("deep"), &["--staged"]).0, ["deep/New.cs:5"]);
    assert_eq!(run(main.path(), &["--staged"]).1, Some(0));
    // Paths for platforms begin at its root.
    let log = text(&pcmfa(&work.join("deep"), &["scan", "--format", "sarif"]).stdout);
    assert!(log.contains("\"uri\": \"deep/New.cs\""), "{log}");
}

/// `git commit FILE` and `git commit -a` hand hooks an index of their own.
#[test]
fn hooks_judge_the_index_that_git_hands_them() {
    let dir = repository(&[("Other.cs", CLEAN)]);
    let dir = dir.path();
    let hook = dir.join(".git/hooks/pre-commit");
    let script = format!("#!/bin/sh\nexec '{}' scan --staged --quiet\n", env!("CARGO_BIN_EXE_pcmfa"));
    write(dir, ".git/hooks/pre-commit", &script);
    let mut permissions = fs::metadata(&hook).expect("there").permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    fs::set_permissions(&hook, permissions).expect("set");
    let passes = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        let mut git = Command::new("git");
        git.current_dir(dir).args(identity).args(["commit", "-q", "-m", "x"]).args(arguments);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git runs").status.success()
    };
    write(dir, "Bad.cs", BLOCKED);
    write(dir, "Other.cs", "class Another {}\n");
    git(dir, &["add", "Bad.cs"]);
    assert!(!passes(&[]), "what is staged is bad");
    assert!(passes(&["Other.cs"]), "what is committed is good");
    git(dir, &["reset", "-q"]);
    write(dir, "Other.cs", BLOCKED);
    assert!(!passes(&["-a"]), "what is on disk is committed");
}

/// What people configure for their eyes does not change what is read.
#[test]
fn settings_of_git_diff_do_not_matter() {
    let filler = "// 1\n// 2\n// 3\n";
    let dir = repository(&[("Sync.cs", &format!("{filler}{BLOCKED}")), ("Other.cs", CLEAN)]);
    let dir = dir.path();
    for (key, value) in [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.interHunkContext", "50"),
        ("diff.context", "9"),
        ("diff.renames", "copies"),
        ("color.ui", "always"),
        ("diff.submodule", "log"),
        ("diff.wsErrorHighlight", "all"),
    ] {
        git(dir, &["config", key, value]);
    }
    // Lines before and behind the finding change; the lines between them do not.
    write(dir, "Sync.cs", &format!("// one\n// 2\n// 3\n{BLOCKED}// end\n"));
    git(dir, &["add", "-A"]);
    assert_eq!(run(dir, &["--staged"]).1, Some(0));
    write(
        dir,
        "Sync.cs",
        &format!("// one\n// 2\n// 3\n{}// end\n", BLOCKED.replace("\"user\"", "\"other\"")),
    );
    git(dir, &["add", "-A"]);
    assert_eq!(run(dir, &["--staged"]).0, ["Sync.cs:8"]);
}

#[test]
fn outside_of_repositories_and_with_paths() {
    let dir = tree(&[("a.cs", "")]);
    let output = pcmfa(dir.path(), &["scan", "--staged"]);
    assert_eq!(code(&output), Some(2));
    assert!(text(&output.stderr).contains("is not in a Git repository\nhelp: "), "{}", text(&output.stderr));
    for arguments in [&["scan", "--staged", "a.cs"][..], &["scan", "--staged", "--changed"]] {
        assert_eq!(code(&pcmfa(dir.path(), arguments)), Some(2));
    }
    // In containers the files often belong to somebody else: what Git says about it is told.
    let dir_of_others = repository(&[("a.cs", "")]);
    let mut others = command(dir_of_others.path(), &["scan", "--staged"]);
    let output =
        others.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").output();
    let stderr = text(&output.expect("runs").stderr);
    assert!(stderr.contains("dubious ownership") && stderr.contains("safe.directory"), "{stderr}");
    let mut without_git = command(dir.path(), &["scan", "--changed"]);
    let output = without_git.env("PATH", "/nonexistent").output().expect("runs");
    assert!(text(&output.stderr).contains("cannot run git"), "{}", text(&output.stderr));
}

#[test]
fn what_a_repository_configures_is_not_run() {
    let dir = repository(&[("Other.cs", CLEAN), (".gitattributes", "*.cs diff=evil\n")]);
    let dir = dir.path();
    let mark = dir.join("ran");
    let evil = format!("sh -c 'touch {}'", mark.display());
    for key in ["core.fsmonitor", "diff.evil.textconv", "diff.evil.command", "diff.external"] {
        git(dir, &["config", key, &evil]);
    }
    write(dir, "Other.cs", BLOCKED);
    assert_eq!(run(dir, &["--changed"]).1, Some(1));
    assert_eq!(run(dir, &["--staged"]).1, Some(0));
    assert!(!mark.exists());
}
