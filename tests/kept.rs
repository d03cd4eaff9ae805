//! What is generated and kept in the repository is what the program generates.

mod common;

use std::fmt::Write as _;
use std::process::Command;

use common::{folder, kept};
use pcmfa::models::Rules;
use serde_json::Value;

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pcmfa"))
        .args(arguments)
        .env("COLUMNS", "80")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The commands below `path`, as its help lists them.
fn commands(path: &[&str]) -> Vec<String> {
    let help = run(&[path, &["--help"]].concat());
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // A continued line is indented further.
    listed
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

fn document(path: &[&str], text: &mut String) {
    let help = run(&[path, &["--help"]].concat());
    for line in help.lines() {
        assert!(line.chars().count() <= 80, "too long for a terminal with 80 columns: {line}");
        assert_eq!(line, line.trim_end(), "white space at the end");
    }
    let name = [&["pcmfa"], path].concat().join(" ");
    write!(text, "\n## `{name}`\n\n```text\n{}\n```\n", help.trim_end()).expect("a text");
    for command in commands(path) {
        document(&[path, &[command.as_str()]].concat(), text);
    }
}

#[test]
fn help_of_every_command() {
    let mut text = "# The command line\n\nWritten by a test from `--help`; do not edit.\n".to_owned();
    document(&[], &mut text);
    for command in ["scan", "explain", "token", "rules", "rules test", "completions"] {
        assert!(text.contains(&format!("## `pcmfa {command}`\n")), "{command} is missing");
    }
    kept("docs/cli.md", &text);
}

/// The texts of all findings, with what is enforced since when.
#[test]
fn texts_of_findings() {
    let all = run(&["explain", "--all", "--format", "markdown"]);
    let text = format!(
        "<!-- Written by a test from the rule files, as `pcmfa explain --all --format markdown` prints them; do not \
         edit. -->\n\n{all}"
    );
    kept("docs/findings.md", &text);
}

/// The kinds of file that have a schema, and where it is kept.
const SCHEMAS: [(&str, &str); 2] =
    [("rules", "schemas/rules.schema.json"), ("config", "schemas/config.schema.json")];

#[test]
fn schemas() {
    for (kind, path) in SCHEMAS {
        let schema = run(&["schema", kind]);
        assert!(!schema.contains("[`"), "{kind}: links of rustdoc mean nothing there");
        kept(path, &schema);
    }
}

#[test]
fn the_table_of_languages_libraries_and_flows() {
    let text = run(&["rules", "coverage"]);
    let rules = Rules::embedded().expect("they load");
    // Nothing that a rule file describes is left out.
    for (path, file) in rules.files() {
        let shows = !(file.acquire.is_empty() && file.requests.is_empty() && file.config.is_empty());
        assert!(!shows || text.contains(&file.library), "{path}: {} is missing", file.library);
    }
    for language in pcmfa::frontend::REGISTRY {
        assert!(text.contains(&format!("\n## {}\n", language.title())), "{}", language.language());
    }
    let section = text.split("\n## ").find(|s| s.starts_with("C#\n")).expect("a section");
    let row = section.lines().find(|line| line.starts_with("| [MSAL.NET](")).expect("a row");
    let head = section.lines().find(|line| line.starts_with("| library |")).expect("a table");
    let cells = head.split('|').zip(row.split('|'));
    let flows: Vec<&str> =
        cells.filter(|(_, mark)| mark.contains('●')).map(|(flow, _)| flow.trim()).collect();
    assert!(flows.contains(&"ropc") && flows.contains(&"client-credentials"), "{flows:?}");
    kept("docs/coverage.md", &text);
}

/// The code that CONTRIBUTING shows is code of the file that it names last before.
#[test]
fn code_in_contributing_is_that_of_the_files() {
    let text = std::fs::read_to_string(folder("CONTRIBUTING.md")).expect("a text").replace("\r\n", "\n");
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let parts: Vec<&str> = text.split("```rust\n").collect();
    for part in parts.windows(2) {
        let mut named =
            part[0].split('`').filter(|word| word.starts_with("src/") && word.strip_suffix(".rs").is_some());
        let path = named.next_back().expect("a file is named");
        let code = part[1].split("```").next().expect("a block");
        let file = lines(&std::fs::read_to_string(folder(path)).unwrap_or_else(|e| panic!("{path}: {e}")));
        // `// …` stands for lines that are left out.
        for piece in code.split("// …") {
            let wanted = lines(piece);
            assert!(
                !wanted.is_empty() && file.windows(wanted.len()).any(|w| w == wanted),
                "{path}:\n{piece}"
            );
        }
    }
    assert!(parts.len() > 3, "only {} pieces of code", parts.len() - 1);
}

/// The schema takes all rule files that ship, and refuses what loading refuses.
#[test]
fn the_schema_of_rule_files_fits_them() {
    let schema: Value = serde_json::from_str(&run(&["schema", "rules"])).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    let mut count = 0;
    for entry in walkdir::WalkDir::new(folder("rules")) {
        let entry = entry.expect("an entry");
        if entry.path().extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("a text");
        let file: Value = serde_saphyr::from_str(&text).expect("YAML");
        let errors: Vec<String> = validator.iter_errors(&file).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", entry.path().display());
        count += 1;
    }
    assert!(count > 30, "only {count} rule files");
    for wrong in [
        "{}",
        "library: A\nacquires: []",
        "library: A\nacquire: [{ call: X }]",
        "library: A\nacquire: [{ call: [X], flow: password }]",
    ] {
        let value: Value = serde_saphyr::from_str(wrong).expect("YAML");
        assert!(!validator.is_valid(&value), "{wrong}");
    }
}
