//! What the front ends for shells and for files that hold requests make of them.

use std::time::Duration;

use pcmfa::frontend::{Frontend, Limit, Piece, REGISTRY};
use pcmfa::ir::dump;

fn frontend(language: &str) -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == language).expect("it is registered")
}

fn pieces(language: &str, path: &str, code: &str) -> Vec<Piece> {
    frontend(language).read_file(path, code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a script, without the line of its top level.
fn body(language: &str, code: &str) -> String {
    let pieces = pieces(language, "file", code);
    let unit = &pieces[0].unit;
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    let text = dump(unit);
    let lines = text.lines().skip_while(|l| !l.starts_with("TopLevel")).skip(1);
    lines.map(|l| l.strip_prefix("  ").unwrap_or(l)).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[track_caller]
fn check(code: &str, expected: &str) {
    assert_eq!(body("bash", code), expected.trim(), "in {code}");
}

/// The command of a condition runs when the test before it lets it.
#[test]
fn tests_and_commands() {
    check(
        "if [ \"$A\" = 1 ] && grep -q 900421 f; then echo b; fi",
        r#"
if (Eq A "1")
  emit (&grep "-q" "900421" "f")
if (And (Eq A "1") (other ))
  emit "b""#,
    );
}

#[test]
fn words() {
    check("A='x y'", r#"(= script:A "x y")"#);
    check(r#"A="x ${B} $C""#, r#"(= script:A `"x " B " " C`)"#);
    check(r"A=$'a\nb'", r#"(= script:A "a\nb")"#);
    check("A=${B:-c}", r#"(= script:A (Coalesce B "c"))"#);
    check("A=${B%/}", "(= script:A B)");
    check("A=$(get x)", "(= script:A (do\n  emit (&get \"x\")\n  ))");
    check("export A=1", "(= script:A \"1\")\n(= env:A A)");
}

#[test]
fn commands() {
    check(r#"sudo -u me ./bin/tool -X "a b""#, r#"emit (&tool "-X" "a b")"#);
    check("echo a $B", "emit `\"a\" \" \" B`");
    check("a | jq -r .b.c", "(= |4 (&a))\nemit |4[\"b\"][\"c\"]");
}

#[test]
fn arrays_and_files() {
    check(
        "ARGS=(-H 'a: b')\ncurl \"${ARGS[@]}\" u",
        "(= script:ARGS [\"-H\" \"a: b\"])\nemit (&curl \"-H\" \"a: b\" \"u\")",
    );
    check(
        "curl u > out.json\njq . out.json",
        "(= global:file:out.json (&curl \"u\"))\nemit (other \".\" \"out.json\" global:file:out.json)",
    );
}

#[test]
fn code_of_other_languages() {
    let found = pieces("bash", "a.sh", "pwsh -Command 'Get-It \"x\"'\n");
    assert_eq!(found.iter().map(|p| p.language).collect::<Vec<_>>(), ["bash", "powershell"]);
    let yaml = "jobs:\n  a:\n    steps:\n      - run: |\n          echo a\n      - run: Get-It\n        shell: pwsh\n";
    let found = pieces("pipeline", ".github/workflows/a.yml", yaml);
    assert_eq!(found.iter().map(|p| p.language).collect::<Vec<_>>(), ["bash", "powershell"]);
    let docker = "FROM a\nRUN echo a \\\n  && echo b\nSHELL [\"pwsh\", \"-Command\"]\nRUN Get-It\n";
    let found = pieces("dockerfile", "Dockerfile", docker);
    assert_eq!(found.iter().map(|p| p.language).collect::<Vec<_>>(), ["bash", "powershell"]);
}

#[test]
fn batch_files() {
    assert_eq!(body("batch", "@set A=%B%/x\r\n"), "(= script:a `b \"/x\"`)");
    assert_eq!(
        body("batch", "for /f %%i in ('get ^| trim') do set X=%%i"),
        "(= script:%i (do\n  emit (&trim <| (&get))\n  ))\n(= script:x %i)"
    );
}

#[test]
fn claims() {
    let of = |path: &str, text: &str| pcmfa::source::language_of(path, text).map(Frontend::language);
    assert_eq!(
        of("a.json", r#"{"info": {"schema": "https://schema.getpostman.com/x"}, "item": []}"#),
        Some("postman")
    );
    assert_eq!(of("package.json", r#"{"scripts": {"run": "x"}}"#), None);
    assert_eq!(of("values.yaml", "steps: 3\nname: run\n"), None);
    assert_eq!(of("tool", "#!/bin/bash\necho"), Some("bash"));
}

#[test]
fn nothing_panics() {
    let deep = "$(".repeat(3000) + &"{\"a\":[".repeat(3000);
    let broken = [
        "",
        "\"",
        "'",
        "`",
        "$(",
        "${",
        "${a:-",
        "<<",
        "<<EOF\n",
        "cat <<EOF\nx",
        "if",
        "if [",
        "for x in",
        "case a in\nb",
        "f() {",
        "a |",
        "a &&",
        "%",
        "%%",
        "%a",
        "^",
        "if %1==",
        "for /f",
        "{",
        "{\"a\":",
        "[\"\\u12",
        "- ",
        "- -",
        "a: |",
        "a:\n - b: >",
        "a: \"\\",
        "{{",
        "@{",
        "@",
        "@concat('",
        "[concat('",
        "###",
        "GET",
        "@a",
        "data \"http\" \"a\" {",
        "x = <<E",
        "x = \"${",
        "scriptContent: '''",
        "RUN",
        "RUN <<",
        "ü",
        "a: ü\nb: 'ü",
        "@ü = {{ü}}",
        "set ü=%ü%",
        "$ü",
        "${ü}",
        "\u{feff}a",
        deep.as_str(),
    ];
    for frontend in REGISTRY.iter().filter(|f| !matches!(f.language(), "csharp" | "powershell")) {
        for first in broken {
            for code in [
                first.to_owned(),
                format!("steps:\n - run: {first}"),
                format!(
                    "{{\"actions\": {{\"a\": {{\"type\": \"Http\", \"inputs\": {{\"uri\": \"{first}\"}}}}}}}}"
                ),
                format!("{first}\n{first}"),
            ] {
                let limit = Limit::new(Duration::from_secs(20));
                for path in ["a.json", "a.bicep", "a"] {
                    let _ = frontend.read_file(path, &code, &limit);
                }
            }
        }
    }
}
