//! SARIF logs are valid, and such as code scanning on GitHub takes them.

mod handmade;

use handmade::{at, render, report, step};
use pcmfa::report::{Level, Report};
use serde_json::Value;

fn log(report: &Report) -> Value {
    let text = render("sarif", report);
    let log: Value = serde_json::from_str(&text).expect("JSON");
    let schema: Value =
        serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    let errors: Vec<String> =
        validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    log
}

fn result<'a>(log: &'a Value, rule: &str) -> &'a Value {
    let results = log["runs"][0]["results"].as_array().expect("results");
    results.iter().find(|result| result["ruleId"] == rule).expect("the result")
}

#[test]
fn golden() {
    log(&report());
    insta::assert_snapshot!(render("sarif", &report()));
}

#[test]
fn an_empty_run_is_valid() {
    let log = log(&Report::default());
    assert_eq!(log["runs"][0]["results"], Value::Array(vec![]));
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(3));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn what_github_requires_of_rules_and_results() {
    let log = log(&report());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for rule in rules {
        for field in ["shortDescription", "fullDescription", "help"] {
            let text = rule[field]["text"].as_str().expect("a text");
            assert!(!text.is_empty() && text.chars().count() <= 1024);
        }
    }
    assert_eq!(rules[0]["properties"]["security-severity"], "8.0");
    assert_eq!(rules[1]["properties"]["problem.severity"], "error");
    for result in log["runs"][0]["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        for field in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[field].as_u64().is_some_and(|number| number > 0), "{field}");
        }
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(result["partialFingerprints"]["pcmfa/v1"].is_string());
    }
}

#[test]
fn the_primary_place_is_one_line() {
    let log = log(&report());
    let place = &result(&log, "password-grant")["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 3);
    assert_eq!(place["region"]["endLine"], 3);
    assert_eq!(place["region"]["endColumn"], 59);
}

#[test]
fn links_lead_to_related_places_and_brackets_do_not() {
    let log = log(&report());
    let result = result(&log, "password-grant");
    let text = result["message"]["text"].as_str().expect("a text");
    assert!(text.contains("[GET /v1/customers](1)"), "{text}");
    assert!(text.contains("\\[ROPC\\]"), "{text}");
    assert_eq!(result["relatedLocations"][0]["id"], 1);
    assert_eq!(result["relatedLocations"].as_array().map(Vec::len), Some(1));
}

#[test]
fn no_source_code_and_no_secrets() {
    let mut report = report();
    report.findings[1].message = "a URL https://u:hunter2@contoso.com/?client_secret=hunter2".to_owned();
    let text = render("sarif", &report);
    assert!(!text.contains("hunter2") && !text.contains("Passw0rd") && !text.contains("\"snippet\""));
}

#[test]
fn findings_of_one_rule_on_one_line_are_one_result() {
    let mut report = report();
    let mut second = report.findings[1].clone();
    second.location.column += 10;
    second.message = "Another one.".to_owned();
    report.findings.push(second);
    let log = log(&report);
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(2));
    let result = result(&log, "password-grant");
    assert!(result["message"]["text"].as_str().is_some_and(|text| text.contains("Another one.")));
    assert_eq!(result["codeFlows"].as_array().map(Vec::len), Some(2));
}

#[test]
fn limits_keep_the_worst_and_say_so() {
    let mut report = report();
    let note = report.findings[0].clone();
    report.findings.extend((0..25_010).map(|line| {
        let mut finding = note.clone();
        finding.location = at("many.ps1", line + 1, 1, line + 1, 5);
        finding
    }));
    let mut warning = note.clone();
    warning.level = Level::Warning;
    warning.location = at("zz.ps1", 1, 1, 1, 5);
    warning.flows = vec![(0..1500).map(|line| step(at("zz.ps1", line + 1, 1, line + 1, 2), "on")).collect()];
    report.findings.push(warning);
    let text = render("sarif", &report);
    let log: Value = serde_json::from_str(&text).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(25_000));
    let notices = run["invocations"][0]["toolExecutionNotifications"].as_array().expect("notices");
    let last = notices.last().and_then(|notice| notice["message"]["text"].as_str());
    assert!(last.is_some_and(|text| text.starts_with("1 result has fewer places")), "{last:?}");
    let texts: Vec<&str> = notices.iter().filter_map(|notice| notice["message"]["text"].as_str()).collect();
    assert!(
        texts.iter().any(|text| text.starts_with("13 results are left out, the least severe")),
        "{texts:?}"
    );
    let flow = &run["results"][24_999]["codeFlows"][0]["threadFlows"][0]["locations"];
    assert_eq!(flow.as_array().map(Vec::len), Some(1000));
    assert_eq!(flow[999]["location"]["physicalLocation"]["region"]["startLine"], 1500);
}

/// Of findings of one level those go first whose rule is less severe, then less precise.
#[test]
fn what_goes_first_is_the_least_severe() {
    let mut report = report();
    let known = report.findings[1].clone();
    report.findings = (0..24_999)
        .map(|line| {
            let mut finding = known.clone();
            finding.rule = "retired-audience".to_owned();
            finding.flows.clear();
            finding.location = at("a.ps1", line + 1, 1, line + 1, 5);
            finding
        })
        .collect();
    for line in [1, 2] {
        let mut finding = known.clone();
        finding.location = at("z.cs", line, 1, line, 5);
        report.findings.push(finding);
    }
    let log: Value = serde_json::from_str(&render("sarif", &report)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let places: Vec<&Value> = results
        .iter()
        .rev()
        .take(3)
        .map(|r| &r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .collect();
    assert_eq!((results.len(), places), (25_000, vec![&"z.cs".into(), &"z.cs".into(), &"a.ps1".into()]));
    let last = &results[24_997]["locations"][0]["physicalLocation"]["region"]["startLine"];
    assert_eq!(last, 24_998, "the last of its path is left out");
}

/// GitHub takes the severity from rules: a finding that counts less in its place has a rule that says so.
#[test]
fn another_level_is_another_rule() {
    let mut report = report();
    report.findings[1].level = Level::Warning;
    let log = log(&report);
    let result = result(&log, "password-grant/warning");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
    let rule = &rules[index];
    assert_eq!(rule["id"], "password-grant/warning");
    assert_eq!(
        (&rule["properties"]["security-severity"], &rule["defaultConfiguration"]["level"]),
        (&"6.9".into(), &"warning".into())
    );
    assert_eq!(result["level"], "warning");
    assert!(rule["properties"]["tags"].as_array().is_some_and(|tags| tags.contains(&"security".into())));
    // The rule itself is still listed as it is.
    let plain = rules.iter().find(|rule| rule["id"] == "password-grant").expect("the rule");
    assert_eq!(plain["properties"]["security-severity"], "8.0");
    // Where only the level counts, the result says it.
    report.findings[0].level = Level::Warning;
    let log = self::log(&report);
    assert!(
        log["runs"][0]["results"]
            .as_array()
            .is_some_and(|all| all.iter().any(|r| r["ruleId"] == report.findings[0].rule.as_str()))
    );
}
