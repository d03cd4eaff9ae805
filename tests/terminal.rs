//! What the program does in a terminal: a pseudo-terminal that Python makes, so most of it stands behind the feature
//! `external-tools`.
#![cfg(unix)]

mod program;

#[cfg(feature = "external-tools")]
use std::{path::Path, process::Command};

use program::{BLOCKED, pcmfa, text, tree};

/// Runs the program with standard output and standard error in a pseudo-terminal; what it writes there.
#[cfg(feature = "external-tools")]
fn in_terminal(directory: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    const RUN: &str = "import pty, sys\n\
        sys.exit(pty.spawn(sys.argv[1:]) >> 8)\n";
    let mut command = Command::new("python3");
    command.current_dir(directory).args(["-c", RUN, env!("CARGO_BIN_EXE_pcmfa")]).args(arguments);
    for name in [
        // A terminal of a continuous integration shows colours whatever it calls itself.
        "CI",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "NO_COLOR",
        "TERM_PROGRAM",
        "VTE_VERSION",
        "WT_SESSION",
        "KONSOLE_VERSION",
        "DOMTERM",
        "KITTY_WINDOW_ID",
    ] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color").envs(variables.iter().copied());
    command.stdin(std::process::Stdio::null());
    let output = command.output().expect("Python runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A tree that takes some seconds.
#[cfg(feature = "external-tools")]
fn large() -> tempfile::TempDir {
    let names: Vec<String> = (0..1000).map(|n| format!("d{}/f{n}.cs", n % 50)).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), BLOCKED)).collect();
    tree(&files)
}

#[cfg(feature = "external-tools")]
#[test]
fn progress_is_shown_to_who_waits_and_leaves_no_trace() {
    let dir = large();
    let shown = in_terminal(dir.path(), &["scan", "--threads", "1", "--output", "report.txt"], &[]);
    assert!(shown.contains("\r\u{1b}[Kpcmfa: "), "no progress: {shown:?}");
    assert!(shown.contains("following tokens") || shown.contains("parsing"), "{shown:?}");
    // The last thing said is what came out; the line of progress was cleared before.
    let last = shown.rsplit("\r\u{1b}[K").next().unwrap_or_default();
    assert!(last.starts_with("pcmfa: 1000 of 1000 Partner Center call sites will be refused"), "{last:?}");
    for (arguments, variables) in [
        (&["scan", "--quiet", "--output", "report.txt"][..], &[][..]),
        (&["scan", "--output", "report.txt"], &[("TERM", "dumb")]),
    ] {
        let shown = in_terminal(dir.path(), arguments, variables);
        assert!(!shown.contains("\u{1b}[K"), "{arguments:?}: {shown:?}");
    }
    // Nobody waits where there is no terminal.
    let piped = pcmfa(dir.path(), &["scan", "--output", "report.txt"]);
    assert!(!piped.stderr.contains(&0x1b), "{}", text(&piped.stderr));
}

#[cfg(feature = "external-tools")]
#[test]
fn quick_scans_show_no_progress() {
    let dir = tree(&[("a.cs", "class A {}")]);
    let shown = in_terminal(dir.path(), &["scan"], &[]);
    assert!(
        shown.contains("No call site of Partner Center was found") && !shown.contains("\u{1b}[K"),
        "{shown:?}"
    );
}

#[cfg(feature = "external-tools")]
#[test]
fn colours_are_for_terminals_and_those_who_want_them() {
    let dir = tree(&[("src/Sync.cs", BLOCKED)]);
    let shown = in_terminal(dir.path(), &["scan"], &[]);
    assert!(
        shown.contains("\u{1b}[1m") || shown.contains("\u{1b}[31m") || shown.contains("\u{1b}[1;"),
        "{shown:?}"
    );
    let plain = text(&pcmfa(dir.path(), &["scan"]).stdout);
    for (arguments, variables) in [
        (&["scan"][..], &[("NO_COLOR", "1")][..]),
        (&["scan"], &[("TERM", "dumb")]),
        (&["scan", "--color", "never"], &[]),
    ] {
        let shown = in_terminal(dir.path(), arguments, variables);
        assert_eq!(shown.replace("\r\n", "\n"), plain, "{arguments:?} {variables:?}");
    }
}

#[cfg(feature = "external-tools")]
#[test]
fn places_are_links_where_the_terminal_shows_them() {
    let dir = tree(&[("src/a b#1.cs", BLOCKED)]);
    let root = dir.path().canonicalize().expect("it is there");
    let link = format!("\u{1b}]8;;file://{}/src/a%20b%231.cs\u{1b}\\", root.display());
    let shown = in_terminal(dir.path(), &["scan"], &[("VTE_VERSION", "7600")]);
    // The frame, the inventory of calls and of acquisitions.
    assert!(shown.matches(&link).count() >= 3, "{shown:?}");
    assert_eq!(shown.matches("\u{1b}]8;;file").count(), shown.matches("\u{1b}]8;;\u{1b}\\").count());
    for (arguments, variables) in [
        (&["scan"][..], &[][..]),
        (&["scan"], &[("VTE_VERSION", "7600"), ("NO_COLOR", "1")][..]),
        (&["scan", "--hyperlinks", "never"], &[("VTE_VERSION", "7600")]),
        (&["scan", "--output", "a.txt"], &[("VTE_VERSION", "7600")]),
    ] {
        let shown = in_terminal(dir.path(), arguments, variables);
        assert!(!shown.contains("\u{1b}]8"), "{arguments:?} {variables:?}: {shown:?}");
    }
}

#[test]
fn links_on_request_and_never_in_files() {
    let dir = tree(&[("src/Sync.cs", BLOCKED)]);
    let plain = text(&pcmfa(dir.path(), &["scan"]).stdout);
    let linked = text(&pcmfa(dir.path(), &["scan", "--hyperlinks", "always"]).stdout);
    assert!(linked.contains("\u{1b}]8;;file:///") && !plain.contains('\u{1b}'));
    // Without the links it is the same text: they take no room.
    let mut bare = String::new();
    let mut rest = linked.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}]8;;") {
        bare.push_str(before);
        rest = after.split_once("\u{1b}\\").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    assert_eq!(bare, plain);
    pcmfa(dir.path(), &["scan", "--hyperlinks", "always", "--color", "always", "--output", "a.txt"]);
    let written = std::fs::read_to_string(dir.path().join("a.txt")).expect("written");
    assert!(!written.contains('\u{1b}'));
    // What is no link for terminals stays as it is.
    let json = pcmfa(dir.path(), &["scan", "--hyperlinks", "always", "--format", "json"]);
    assert!(!json.stdout.contains(&0x1b));
}

#[test]
fn names_of_files_cannot_break_out_of_links() {
    let name = "\u{1b}\\\u{1b}]8;;http:evil\u{7}x.cs";
    let dir = tree(&[(name, BLOCKED)]);
    let shown = text(&pcmfa(dir.path(), &["scan", "--hyperlinks", "always"]).stdout);
    assert!(!shown.contains("8;;http:evil\u{7}") && !shown.contains('\u{7}'), "{shown:?}");
    for part in shown.split("\u{1b}]8;;").skip(1) {
        let address = part.split("\u{1b}\\").next().unwrap_or_default();
        assert!(address.is_empty() || address.starts_with("file:///"), "{address:?}");
        assert!(address.bytes().all(|b| b.is_ascii_graphic()), "{address:?}");
    }
}
