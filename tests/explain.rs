//! `pcmfa explain`: that every finding says what it has to, and that its examples are right.

mod common;
mod program;

use common::{project, scan};
use pcmfa::frontend;
use pcmfa::models::{Example, Rules};
use program::{code, pcmfa, text, tree};
use serde_json::Value;

/// The languages that most integrations are written in. A finding on code has an example in each of them.
const MAIN_LANGUAGES: [&str; 9] =
    ["csharp", "powershell", "python", "javascript", "java", "php", "go", "ruby", "bash"];

/// Findings that do not have one in each, and why.
const ELSEWHERE: [(&str, &str); 8] = [
    ("consent-needs-mfa", "the way out is a sign-in, not code"),
    ("integrated-windows-auth", "only some libraries offer this sign-in"),
    ("retired-library", "not every language had such a library"),
    ("federated-mfa-claim", "settings of a domain"),
    ("mfa-policy-exclusion", "policies"),
    ("mfa-error-confused", "the branches of mfa-error-unhandled, each by itself"),
    ("mfa-error-retried", "the branches of mfa-error-unhandled, before a call is repeated"),
    ("password-fallback", "the way out is to have no such code"),
];

fn rules() -> Rules {
    Rules::embedded().expect("they load")
}

#[test]
fn every_finding_says_all_there_is_to_say() {
    let rules = rules();
    assert!(rules.findings().len() >= 14);
    for row in rules.findings() {
        let id = &row.id;
        assert!(!row.title.ends_with('.'), "{id}: title");
        for (name, text) in [
            ("description", &row.description),
            ("why", &row.why),
            ("help", &row.help),
            ("verify", &row.verify),
        ] {
            assert!(text.trim().ends_with(['.', '…']), "{id}: {name}");
        }
        assert!(row.run_time.iter().any(|one| one.status.is_some()), "{id}: run-time");
        assert!(row.run_time.iter().all(|one| one.what.ends_with('.')), "{id}: run-time");
        assert!(row.fix.contains_key("*"), "{id}: fix");
        assert!(!row.docs.is_empty(), "{id}: docs");
        let refused = row.run_time.iter().any(|one| one.code.as_deref() == Some("900421"));
        assert!(
            !refused || row.enforced.as_deref() == Some("mfa") || id == "mfa-error-confused",
            "{id}: enforced"
        );
    }
}

#[test]
fn code_findings_have_an_example_in_each_main_language() {
    for row in rules().findings() {
        let elsewhere = ELSEWHERE.iter().any(|(id, _)| *id == row.id);
        let missing: Vec<&str> = MAIN_LANGUAGES
            .into_iter()
            .filter(|language| !row.examples.iter().any(|example| example.language == *language))
            .collect();
        assert_eq!(!missing.is_empty(), elsewhere, "{}: {missing:?}", row.id);
    }
}

/// Dates come from the enforcement, and nothing promises compliance.
#[test]
fn texts_hold_no_dates_and_no_claim_of_compliance() {
    for row in rules().findings() {
        let run_time: Vec<&str> = row.run_time.iter().map(|one| one.what.as_str()).collect();
        let texts = [&row.title, &row.description, &row.why, &row.help, &row.verify, &row.message];
        for text in texts.into_iter().map(String::as_str).chain(run_time) {
            let dated = ["2024", "2025", "2026", "2027"].iter().any(|year| text.contains(year));
            assert!(!dated, "{}: {text}", row.id);
            let bare = text.replace("isMfaCompliant", "").to_lowercase();
            assert!(!bare.contains("complian") && !bare.contains("guarantee"), "{}: {text}", row.id);
        }
    }
}

/// Terms stand with their meaning.
#[test]
fn terms_are_explained() {
    for row in rules().findings() {
        let text =
            format!("{} {}", row.description, row.why).split_whitespace().collect::<Vec<_>>().join(" ");
        for (term, meaning) in [
            ("MFA", "multifactor authentication"),
            ("ROPC", "resource owner password credentials"),
            ("app-only", "for the application alone"),
            ("App+User", "for a user who signed in"),
            ("federated", "at an identity provider"),
            ("`amr`", "MFA"),
        ] {
            let told = text.contains(meaning) || text.contains(&meaning.replace("the app", "an app"));
            assert!(!text.contains(term) || told, "{}: {term}", row.id);
        }
    }
}

#[test]
fn examples_show_what_they_say() {
    let rules = rules();
    let found = |language: &str, text: &str| {
        let extension = frontend::by_name(language).expect("it is read").extensions()[0];
        let dir = project(&[(format!("Sync.{extension}").as_str(), text.as_bytes())]);
        let outcome = scan(dir.path(), &rules);
        assert!(outcome.report.notices.is_empty(), "{language}: {:#?}\n{text}", outcome.report.notices);
        outcome.report.findings.into_iter().map(|one| one.rule).collect::<Vec<_>>()
    };
    let mut wrong = Vec::new();
    for row in rules.findings() {
        for Example { language, before, after, .. } in &row.examples {
            if !found(language, before).contains(&row.id) {
                wrong.push(format!("{} in {language}: the code before is not reported", row.id));
            }
            if found(language, after).contains(&row.id) {
                wrong.push(format!("{} in {language}: the code after is reported", row.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn findings_are_listed_and_explained() {
    let dir = tree(&[]);
    let run = |arguments: &[&str]| {
        let output = pcmfa(dir.path(), &[&["explain"], arguments].concat());
        assert_eq!(code(&output), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let list = run(&[]);
    assert_eq!(list.lines().count(), rules().findings().len());
    assert!(list.contains("error    password-grant           A user name and password"), "{list}");
    let grant = run(&["password-grant"]);
    for part in [
        "password-grant (error)\n",
        "\nWhat it means\n",
        "\nWhy it matters\n",
        "\nWhat happens at run time\n- Partner Center answers HTTP 401 with error code 900421.",
        "\nSince when\nPartner Center refuses App+User calls",
        "\nWhat to do\n",
        "\nIn C#\n",
        "\nBefore:\n\n    using Microsoft.Identity.Client;\n",
        "\nIn PowerShell\n",
        "\nHow to check it\n",
        "\nsee https://learn.microsoft.com/",
    ] {
        assert!(grant.contains(part), "`{part}` is missing in:\n{grant}");
    }
    let code_or_link = |line: &&str| line.starts_with("    ") || line.contains("https://");
    let long: Vec<&str> =
        grant.lines().filter(|line| line.chars().count() > 80 && !code_or_link(line)).collect();
    assert!(long.is_empty(), "{long:#?}");
    let python = run(&["password-grant", "--language", "python"]);
    assert!(python.contains("In Python") && !python.contains("In C#"));
    let markdown = run(&["password-grant", "--format", "markdown"]);
    assert!(
        markdown.contains("# password-grant (error)\n") && markdown.contains("```csharp\n"),
        "{markdown}"
    );
    let value: Value = serde_json::from_str(&run(&["password-grant", "--format", "json"])).expect("JSON");
    assert_eq!(value["run_time"][0]["code"], "900421");
    assert_eq!(value["enforced"]["id"], "mfa");
    assert!(value["examples"].as_array().is_some_and(|all| all.len() >= MAIN_LANGUAGES.len()));
    assert!(run(&["--all", "--format", "json"]).contains("\"enforcement\": ["));
}

#[test]
fn error_codes_lead_to_findings() {
    let dir = tree(&[]);
    let output = text(&pcmfa(dir.path(), &["explain", "900420"]).stdout);
    assert!(output.contains("retired-audience") && !output.contains("consent-needs-mfa"), "{output}");
    assert!(text(&pcmfa(dir.path(), &["explain", "aadsts50076"]).stdout).contains("password-grant"));
}

#[test]
fn unknown_names_get_a_suggestion() {
    let dir = tree(&[]);
    for (name, help) in [
        ("pasword-grant", "help: did you mean `password-grant`?"),
        ("Password_Grant", "help: did you mean `password-grant`?"),
        ("audience", "help: did you mean `retired-audience`?"),
        ("xyzzy", "help: `pcmfa explain` lists all findings"),
    ] {
        let output = pcmfa(dir.path(), &["explain", name]);
        assert_eq!(code(&output), Some(2));
        assert!(text(&output.stderr).contains(help), "{}", text(&output.stderr));
    }
}

#[test]
fn what_is_enforced_has_dates_and_sources() {
    let dir = tree(&[]);
    let output = text(&pcmfa(dir.path(), &["explain", "enforcement"]).stdout);
    for part in [
        "2026-04-01 (production)",
        "2026-03 (sandbox)",
        "2025-08-31",
        "Source (Microsoft):",
        "Source (others):",
    ] {
        assert!(output.contains(part), "`{part}` is missing in:\n{output}");
    }
    for row in rules().enforcement() {
        assert!(row.dates.iter().any(|one| row.state.contains(&one.date[..4])), "{}", row.id);
    }
}

/// The report says since when what it found is enforced, and says it once.
#[test]
fn reports_say_since_when() {
    let dir = tree(&[("Sync.cs", program::BLOCKED)]);
    let rules = rules();
    let state = &rules.enforcement()[0].state;
    let report = text(&pcmfa(dir.path(), &["scan"]).stdout);
    assert_eq!(report.matches(state.trim()).count(), 1, "{report}");
    let nothing = tree(&[("a.cs", "class A {}")]);
    assert!(!text(&pcmfa(nothing.path(), &["scan"]).stdout).contains(state.trim()));
}

/// Verdicts are the same before, during and after the dates.
#[test]
fn verdicts_do_not_depend_on_the_date() {
    let dir = tree(&[("Sync.cs", program::BLOCKED)]);
    let at = |time: &str| {
        let mut command = program::command(dir.path(), &["scan", "--format", "json"]);
        text(&command.env("SOURCE_DATE_EPOCH", time).output().expect("runs").stdout)
    };
    assert_eq!(at("1577836800"), at("1893456000"));
}

#[test]
fn code_scanning_gets_the_same_text() {
    let dir = tree(&[("Sync.cs", program::BLOCKED)]);
    let log: Value =
        serde_json::from_slice(&pcmfa(dir.path(), &["scan", "--format", "sarif"]).stdout).expect("JSON");
    let all = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let rules = rules();
    assert_eq!(all.len(), rules.findings().len());
    for (descriptor, row) in all.iter().zip(rules.findings()) {
        let body = pcmfa::explain::markdown(&pcmfa::explain::body(row, 3, None));
        assert_eq!(descriptor["help"]["markdown"].as_str(), Some(body.trim_end()), "{}", row.id);
    }
}

#[test]
fn own_findings_are_checked() {
    let finding = "library: A\nfindings:\n  - id: own\n    level: note\n    title: t\n    description: d\n    \
                   message: m\n    help: h\n";
    for (more, line, message) in [
        ("    enforced: tomorrow\n", 9, "no rule file defines the enforcement `tomorrow`"),
        ("    examples: [{ language: cobol, before: x }]\n", 9, "unknown language `cobol`"),
        ("    examples: [{ language: csharp, before: ' ' }]\n", 9, "empty `before`"),
        ("    fix: { cobol: x }\n", 9, "unknown language `cobol`"),
        ("    docs: [javascript:alert]\n", 9, "no address with https://"),
        ("    run-time: [{ from: A, status: 999, what: x. }]\n", 9, "`999` is no HTTP status"),
        (
            "enforcement:\n  - { id: mfa, title: t, description: d, state: s }\n",
            10,
            "the enforcement `mfa` is defined twice",
        ),
        (
            "enforcement:\n  - { id: e, title: t, description: d, state: s,\n      dates: [{ date: soon, scope: s, what: w, by: microsoft, source: 'https://a' }] }\n",
            11,
            "`soon` is no day",
        ),
    ] {
        let dir = tree(&[("own/a.yaml", &format!("{finding}{more}"))]);
        let output = pcmfa(dir.path(), &["explain", "--rules", "own"]);
        let stderr = text(&output.stderr);
        assert_eq!(code(&output), Some(2), "{more}: {}", text(&output.stdout));
        assert!(stderr.contains(message) && stderr.contains(&format!("a.yaml:{line}:")), "{stderr}");
    }
}
