//! The configuration file.

mod program;

use std::fs;
use std::path::Path;

use pcmfa::config::TEMPLATE;
use program::{BLOCKED, code, command, pcmfa, text, tree};
use serde_json::Value;

/// The JSON report of a scan.
fn report(dir: &Path, arguments: &[&str]) -> Value {
    let output = pcmfa(dir, &[&["scan", "--format", "json"], arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)))
}

/// Every setting of the template, with the comment marks taken away.
fn uncommented() -> String {
    let setting = |line: &&str| {
        let line = line.strip_prefix("# ").unwrap_or("");
        line.starts_with("  ")
            || line
                .split_once(':')
                .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    };
    let lines: Vec<&str> = TEMPLATE.lines().filter(setting).map(|line| &line[2..]).collect();
    lines.join("\n") + "\n"
}

#[test]
fn init_writes_a_template_that_changes_nothing() {
    let dir = tree(&[("Sync.cs", BLOCKED)]);
    let before = pcmfa(dir.path(), &["scan"]).stdout;
    assert_eq!(code(&pcmfa(dir.path(), &["init"])), Some(0));
    assert_eq!(fs::read_to_string(dir.path().join("pcmfa.yaml")).expect("written"), TEMPLATE);
    assert_eq!(text(&pcmfa(dir.path(), &["scan", "--exclude", "*.yaml"]).stdout), text(&before));
    let again = pcmfa(dir.path(), &["init"]);
    assert_eq!(code(&again), Some(2));
    assert!(text(&again.stderr).contains("pcmfa.yaml is there already\nhelp: --force"));
    assert_eq!(code(&pcmfa(dir.path(), &["init", "--force"])), Some(0));
    assert_eq!(code(&pcmfa(dir.path(), &["init", "missing"])), Some(2));
}

#[test]
fn the_template_shows_every_setting() {
    let settings = uncommented();
    // As editors read it: `off` is a text.
    let options = serde_saphyr::options! { strict_booleans: true };
    let value: Value =
        serde_saphyr::from_str_with_options(&settings, options).unwrap_or_else(|e| panic!("{settings}\n{e}"));
    let schema: Value =
        serde_json::from_slice(&pcmfa(Path::new("."), &["schema", "config"]).stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let names = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let (mut shown, mut known) = (names(&value), names(&schema["properties"]));
    shown.sort();
    known.sort();
    assert_eq!(shown, known);
    // And the program takes it.
    let dir = tree(&[
        ("pcmfa.yaml", &settings),
        ("a.cs", "class A {}"),
        ("tools/pcmfa-rules/x.yaml", "library: A\n"),
    ]);
    let baseline = pcmfa(dir.path(), &["baseline", "--no-config"]);
    assert_eq!(code(&baseline), Some(0));
    let output = pcmfa(dir.path(), &["scan"]);
    assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
}

#[test]
fn it_is_found_upwards_to_the_root_of_the_repository() {
    let off = "findings:\n  password-grant: off\n";
    let findings = |dir: &Path, path: &str, more: &[&str]| {
        report(dir, &[&[path], more].concat())["findings"].as_array().map(Vec::len)
    };
    let dir = tree(&[("repo/.git/HEAD", ""), ("repo/pcmfa.yaml", off), ("repo/a/b/Sync.cs", BLOCKED)]);
    assert_eq!(findings(dir.path(), "repo/a/b", &[]), Some(0));
    assert_eq!(findings(dir.path(), "repo/a/b", &["--no-config"]), Some(1));
    // The nearest one counts.
    fs::write(dir.path().join("repo/a/pcmfa.yaml"), "").expect("written");
    assert_eq!(findings(dir.path(), "repo/a/b", &[]), Some(1));
    assert_eq!(findings(dir.path(), "repo/a/b", &["--config", "repo/pcmfa.yaml"]), Some(0));
    // What lies above the repository is somebody else's, and so is what lies above a directory outside of any.
    let dir = tree(&[
        ("pcmfa.yaml", off),
        ("repo/.git/HEAD", ""),
        ("repo/Sync.cs", BLOCKED),
        ("plain/Sync.cs", BLOCKED),
    ]);
    assert_eq!(findings(dir.path(), "repo", &[]), Some(1));
    assert_eq!(findings(dir.path(), "plain", &[]), Some(1));
    assert_eq!(findings(dir.path(), ".", &[]), Some(0));
}

#[test]
fn mistakes_are_shown_in_their_place() {
    for (config, words) in [
        (
            "fail-on: error\nexlude:\n  - a\n",
            &[
                "error: unknown key `exlude`; did you mean `exclude`?\n --> pcmfa.yaml:2:1\n  |\n2 | exlude:\n  | ^^^^^^\nhelp: ",
            ][..],
        ),
        ("level: error\n", &["unknown key `level`; there are fail-on, findings, ", "1 | level"]),
        ("findings:\n  password-grant: loud\n", &["unknown value `loud`; there are error, ", "2 |", "^"]),
        ("fail-on: sometimes\n", &["sometimes", "1 |"]),
        ("exclude: a\n", &["a list is expected here", "1 |"]),
        ("[]\n", &["`key: value` is expected here", "1 |"]),
        ("fail-on: [error]\n", &["a single value is expected here", "1 |"]),
        ("fail-on: error\nfail-on: note\n", &["the key `fail-on` stands here twice", "2 |"]),
        (
            "findings:\n\n  pasword-grant: off\n",
            &["there is no finding `pasword-grant`; did you mean `password-grant`?\n --> pcmfa.yaml:3:3\n"],
        ),
        (
            "findings:\n  nonsense: off\n",
            &["there is no finding `nonsense`; there are app-only-unsupported, ", "2 |   nonsense: off"],
        ),
        (
            "# 2G\nmax-file-size: 2G\n",
            &["max-file-size: expected a number of bytes", "2 | max-file-size: 2G\n  |                ^^\n"],
        ),
        ("exclude:\n  - a\n  - '!x'\n", &["the glob `!x` is not valid", "3 |   - '!x'\n  |      ^^\n"]),
        ("rules: [missing]\n", &["cannot read rules from"]),
        ("baseline: missing.json\n", &["cannot read the baseline"]),
    ] {
        let dir = tree(&[("pcmfa.yaml", config), ("a.cs", "class A {}")]);
        let output = pcmfa(dir.path(), &["scan"]);
        let stderr = text(&output.stderr);
        assert_eq!(code(&output), Some(2), "{config}: {stderr}");
        for word in words {
            assert!(stderr.contains(word), "`{word}` is not in: {stderr}");
        }
        assert_eq!(code(&pcmfa(dir.path(), &["scan", "--no-config"])), Some(0));
    }
    let dir = tree(&[("a.cs", "")]);
    assert_eq!(code(&pcmfa(dir.path(), &["scan", "--config", "missing.yaml"])), Some(2));
    // From below, the path is whole.
    let dir = tree(&[(".git/HEAD", ""), ("pcmfa.yaml", "exlude: []\n"), ("src/a.cs", "")]);
    let output = pcmfa(&dir.path().join("src"), &["scan"]);
    let root = dir.path().canonicalize().expect("there");
    let place = format!(" --> {}:1:1\n", root.join("pcmfa.yaml").display());
    assert!(text(&output.stderr).contains(&place), "{}", text(&output.stderr));
}

#[test]
fn flags_come_before_variables_and_these_before_the_file() {
    let dir = tree(&[("Sync.cs", BLOCKED), ("pcmfa.yaml", "fail-on: never\n")]);
    let run = |arguments: &[&str], variable: Option<&str>| {
        let mut command = command(dir.path(), &[&["scan"], arguments].concat());
        command.envs(variable.map(|value| ("PCMFA_FAIL_ON", value)));
        command.output().expect("runs").status.code()
    };
    assert_eq!(run(&[], None), Some(0));
    assert_eq!(run(&[], Some("error")), Some(1));
    assert_eq!(run(&["--fail-on", "never"], Some("error")), Some(0));
    assert_eq!(run(&["--fail-on", "error"], Some("never")), Some(1));
    assert_eq!(run(&["--no-config"], None), Some(1));
    assert_eq!(run(&[], Some("nonsense")), Some(2));
}

#[test]
fn the_order_is_the_same_for_every_setting() {
    let dir = tree(&[("Sync.cs", BLOCKED), ("pcmfa.yaml", "max-file-size: 10\nbaseline: empty.json\n")]);
    assert_eq!(code(&pcmfa(dir.path(), &["baseline", "--no-config", "-o", "full.json"])), Some(0));
    assert_eq!(
        code(&pcmfa(dir.path(), &["baseline", "--no-config", "--include", "*.yaml", "-o", "empty.json"])),
        Some(0)
    );
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(dir.path(), &[&["scan"], arguments].concat());
        command.envs(variables.iter().copied()).output().expect("runs").status.code()
    };
    // Too large, says the file; so nothing is found.
    assert_eq!(run(&["--include", "*.cs"], &[]), Some(3));
    let large = ("PCMFA_MAX_FILE_SIZE", "1M");
    assert_eq!(run(&[], &[large]), Some(1));
    assert_eq!(run(&["--include", "*.cs", "--max-file-size", "10"], &[large]), Some(3));
    // The file's baseline is empty, the variable's holds the finding.
    let full = ("PCMFA_BASELINE", "full.json");
    assert_eq!(run(&[], &[large, full]), Some(0));
    assert_eq!(run(&["--baseline", "empty.json"], &[large, full]), Some(1));
    // A variable names the configuration where no option does.
    fs::write(dir.path().join("other.yaml"), "fail-on: never\n").expect("written");
    let other = ("PCMFA_CONFIG", "other.yaml");
    assert_eq!(run(&[], &[other]), Some(0));
    assert_eq!(run(&["--no-config"], &[other]), Some(1));
    assert_eq!(run(&["--config", "pcmfa.yaml", "--include", "*.cs"], &[other]), Some(3));
}

#[test]
fn globs_are_those_of_the_directory_of_the_file() {
    let files = [
        ("repo/.git/HEAD", ""),
        ("repo/pcmfa.yaml", "include: ['*.cs', 'tools/**']\nexclude: [/legacy/, 'src/**/*.Tests.cs']\n"),
        ("repo/src/a.cs", ""),
        ("repo/src/a.py", ""),
        ("repo/src/deep/a.Tests.cs", ""),
        ("repo/src/legacy/kept.cs", ""),
        ("repo/legacy/a.cs", ""),
        ("repo/tools/x.ps1", ""),
    ];
    let dir = tree(&files);
    let read = |path: &str, more: &[&str]| {
        report(dir.path(), &[&[path], more].concat())["coverage"]["files_read"].clone()
    };
    assert_eq!(read("repo", &[]), 3);
    // Also when a part is scanned, and together with those of the command line.
    assert_eq!(read("repo/src", &[]), 2);
    assert_eq!(read("repo/src", &["--exclude", "legacy"]), 1);
    assert_eq!(read("repo/tools", &[]), 1);
    // Named files are read.
    assert_eq!(read("repo/legacy/a.cs", &[]), 1);
}

#[test]
fn levels_of_findings() {
    let dir = tree(&[("Sync.cs", BLOCKED), ("pcmfa.yaml", "findings:\n  password-grant: warning\n")]);
    assert_eq!(report(dir.path(), &[])["findings"][0]["level"], "warning");
    assert_eq!(code(&pcmfa(dir.path(), &["scan"])), Some(0));
    assert_eq!(code(&pcmfa(dir.path(), &["scan", "--fail-on", "warning"])), Some(1));
    let sarif: Value =
        serde_json::from_slice(&pcmfa(dir.path(), &["scan", "--format", "sarif"]).stdout).expect("JSON");
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "password-grant").expect("the rule");
    assert_eq!(rule["defaultConfiguration"]["level"], "warning");
    assert_eq!(sarif["runs"][0]["results"][0]["level"], "warning");
    let severity = rule["properties"]["security-severity"].as_str().expect("a number in a text");
    assert!((4.0..7.0).contains(&severity.parse::<f64>().expect("a number")), "{severity}");
}

#[test]
fn levels_differ_between_parts_of_the_tree() {
    let config = "overrides:\n  - paths: ['tools/**', '!tools/release/**']\n    findings: { password-grant: note }\n  \
        - paths: [old/**]\n    findings:\n      password-grant: off\n";
    let files = [
        ("repo/.git/HEAD", ""),
        ("repo/pcmfa.yaml", config),
        ("repo/src/Sync.cs", BLOCKED),
        ("repo/tools/deep/Sync.cs", BLOCKED),
        ("repo/tools/release/Sync.cs", BLOCKED),
        ("repo/old/Sync.cs", BLOCKED),
    ];
    let dir = tree(&files);
    let levels = |path: &str| {
        let report = report(dir.path(), &[path]);
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        let of = |finding: &Value| {
            format!(
                "{} {}",
                finding["path"].as_str().unwrap_or_default(),
                finding["level"].as_str().unwrap_or_default()
            )
        };
        findings.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(
        levels("repo"),
        ["src/Sync.cs error", "tools/deep/Sync.cs note", "tools/release/Sync.cs error"]
    );
    // The globs are those of the directory of the file, also when a part is scanned.
    assert_eq!(levels("repo/tools"), ["deep/Sync.cs note", "release/Sync.cs error"]);
    assert_eq!(levels("repo/old"), [""; 0]);
    assert_eq!(code(&pcmfa(dir.path(), &["scan", "repo/tools/deep"])), Some(0));
    for (config, words) in [
        (
            "overrides:\n  - paths: [a]\n    findings:\n      pasword-grant: off\n",
            "--> repo/pcmfa.yaml:4:7\n",
        ),
        ("overrides:\n  - paths: [a]\n    level: note\n", "level"),
        ("overrides:\n  - paths: ['a{']\n    findings: {}\n", "the glob `a{` is not valid"),
        ("test-paths: ['a{']\n", "the glob `a{` is not valid"),
    ] {
        fs::write(dir.path().join("repo/pcmfa.yaml"), config).expect("written");
        let output = pcmfa(dir.path(), &["scan", "repo"]);
        assert_eq!(code(&output), Some(2), "{config}");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}

#[test]
fn test_code_is_told_and_counts_less() {
    let files = [
        ("repo/.git/HEAD", ""),
        ("repo/src/Sync.cs", BLOCKED),
        ("repo/src/Partner.Tests/Double.cs", BLOCKED),
        ("repo/Tests/Sync.cs", BLOCKED),
    ];
    let dir = tree(&files);
    let levels = |more: &[&str]| {
        let report = report(dir.path(), &[&["repo"], more].concat());
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        let of = |finding: &Value| {
            let is_test =
                finding["message"].as_str().is_some_and(|text| text.ends_with("(This is test code.)"));
            format!(
                "{} {} {is_test}",
                finding["path"].as_str().unwrap_or_default(),
                finding["level"].as_str().unwrap_or_default()
            )
        };
        findings.iter().map(of).collect::<Vec<_>>()
    };
    let usual =
        ["Tests/Sync.cs warning true", "src/Partner.Tests/Double.cs warning true", "src/Sync.cs error false"];
    assert_eq!(levels(&[]), usual);
    // A part of the repository is test code as well, and what lies above the repository does not matter.
    let part = report(dir.path(), &["repo/Tests"]);
    assert_eq!(part["findings"][0]["level"], "warning");
    assert_eq!(code(&pcmfa(dir.path(), &["scan", "repo/Tests"])), Some(0));
    // The verdict stays: the test would be refused, too.
    assert_eq!(part["calls"][0]["verdict"], "blocked");
    let write = |config: &str| fs::write(dir.path().join("repo/pcmfa.yaml"), config).expect("written");
    write("test-paths: []\n");
    assert!(levels(&[]).iter().all(|level| level.ends_with("error false")), "{:?}", levels(&[]));
    write(
        "test-paths: [src/*.Tests/]\noverrides:\n  - paths: [src/**]\n    findings: { password-grant: error }\n",
    );
    assert_eq!(
        levels(&[]),
        ["Tests/Sync.cs error false", "src/Partner.Tests/Double.cs error true", "src/Sync.cs error false"]
    );
    write("findings: { password-grant: warning }\n");
    assert_eq!(levels(&[])[0], "Tests/Sync.cs note true");
}

/// What tests pass to the program is not what the program does: `test-paths` says so of other names, too.
#[test]
fn test_code_is_evaluated_apart() {
    let case = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/go/tests-apart").join(name);
        let text = fs::read_to_string(path).expect("the case");
        let code: Vec<&str> = text.lines().filter(|line| !line.contains("// pcmfa:")).collect();
        code.join("\n")
    };
    let (client, test) = (case("client.go"), case("client_test.go"));
    let calls = |name: &str, config: &str| {
        let dir = tree(&[("client.go", &client), (name, &test), ("pcmfa.yaml", config)]);
        let report = report(dir.path(), &[]);
        let verdicts = report["calls"].as_array().expect("calls").iter().map(|call| call["verdict"].clone());
        verdicts.collect::<Vec<_>>()
    };
    assert_eq!(calls("client_test.go", ""), ["exempt"]);
    // The address of the test's own server is taken for one that the program has.
    assert_eq!(calls("client_test.go", "test-paths: []\n"), [""; 0]);
    assert_eq!(calls("client_check.go", ""), [""; 0]);
    assert_eq!(calls("client_check.go", "test-paths: ['*_check.go']\n"), ["exempt"]);
}
