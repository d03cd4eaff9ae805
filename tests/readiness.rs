//! What a scan says beyond verdicts: operations, ways out, the inventory, the parts of the Secure Application Model.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{folder, project, scan};
use pcmfa::Outcome;
use pcmfa::models::Rules;
use pcmfa::report::{Answer, Auth, Context, FORMATS, INVENTORY_FORMATS, PartName, answer, inventory};

fn rules() -> Rules {
    Rules::embedded().unwrap_or_else(|e| panic!("{e}"))
}

fn scanned(files: &[(&str, &[u8])], rules: &Rules) -> Outcome {
    scan(project(files).path(), rules)
}

/// The report in all formats, and the inventory in all of its.
fn all_formats(outcome: &Outcome, rules: &Rules) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for format in FORMATS {
        let context = Context {
            sources: &outcome.sources,
            findings: rules.findings(),
            root: &outcome.root,
            version: "0.0.0",
            color: false,
            hyperlinks: false,
            quiet: false,
            suppressed: true,
            category: "",
            now: 0,
        };
        let mut text = Vec::new();
        format.render(&outcome.report, &context, &mut text).expect("rendered");
        out.push((format.name().to_owned(), String::from_utf8(text).expect("UTF-8")));
    }
    for format in INVENTORY_FORMATS {
        let mut text = Vec::new();
        inventory(&outcome.report, format, &mut text).expect("rendered");
        out.push((format!("inventory {format}"), String::from_utf8(text).expect("UTF-8")));
    }
    out
}

const PASSWORD_SYNC: &str = r#"
import requests

def sync(user, password, customer):
    token = requests.post(
        "https://login.microsoftonline.com/contoso.com/oauth2/token",
        data={
            "grant_type": "password",
            "resource": "https://api.partnercenter.microsoft.com",
            "username": user,
            "password": password,
        },
    ).json()["access_token"]
    headers = {"Authorization": "Bearer " + token}
    requests.get("https://api.partnercenter.microsoft.com/v1/customers", headers=headers)
    CALL
"#;

#[test]
fn call_sites_are_named_by_operation() {
    let code = PASSWORD_SYNC.replace(
        "CALL",
        "requests.patch(f\"https://api.partnercenter.microsoft.com/v1/customers/{customer}/users/{user}\", headers=headers)",
    );
    let rules = rules();
    let report = scanned(&[("sync.py", code.as_bytes())], &rules).report;
    let [list, users] = report.calls.as_slice() else { panic!("{:?}", report.calls) };
    assert_eq!(list.endpoint, "GET /v1/customers");
    assert_eq!(list.app_only, Answer::Yes);
    assert!(
        list.operations.iter().any(|o| o.name.contains("Get a list of customers") && o.auth == Auth::Both)
    );
    assert!(list.operations.iter().all(|o| o.doc.starts_with("https://")));
    assert_eq!(users.endpoint, "PATCH /v1/customers/{customer-id}/users/{user-id}");
    assert_eq!(users.app_only, Answer::No);
}

#[test]
fn app_only_is_a_way_out_only_when_all_operations_accept_it() {
    let rules = rules();
    let way = |call: &str| {
        let code = PASSWORD_SYNC.replace("CALL", call);
        let report = scanned(&[("sync.py", code.as_bytes())], &rules).report;
        let message = report
            .findings
            .iter()
            .find(|f| f.rule == "password-grant")
            .map(|f| f.message.clone())
            .expect("a finding");
        (report.acquisitions[0].app_only.clone().expect("it is blocked"), message)
    };
    let (way_out, message) = way(
        "requests.get(f\"https://api.partnercenter.microsoft.com/v1/customers/{customer}/orders\", headers=headers)",
    );
    assert_eq!(way_out.possible, Answer::Yes);
    assert!(message.contains("also accept app-only tokens"), "{message}");
    let (way_out, message) = way(
        "requests.get(f\"https://api.partnercenter.microsoft.com/v1/customers/{customer}/users\", headers=headers)",
    );
    assert_eq!(way_out.possible, Answer::No);
    assert_eq!(way_out.against, ["GET /v1/customers/{customer-id}/users"]);
    assert!(message.contains("no way out") && message.contains("/users"), "{message}");
    let (way_out, message) = way(
        "requests.get(f\"https://api.partnercenter.microsoft.com/v1/made/up/{customer}\", headers=headers)",
    );
    assert_eq!(way_out.possible, Answer::Unknown);
    assert_eq!(way_out.unknown.len(), 1);
    assert!(message.contains("not documented"), "{message}");
}

#[test]
fn the_answer_counts_call_sites() {
    let rules = rules();
    let code = PASSWORD_SYNC.replace("CALL", "pass");
    let outcome = scanned(&[("sync.py", code.as_bytes())], &rules);
    assert_eq!(answer(&outcome.report), "1 of 1 call site will be refused, 0 can't be judged.");
    let all: BTreeMap<String, String> = all_formats(&outcome, &rules).into_iter().collect();
    assert!(all["text"].starts_with("1 of 1 call site will be refused"), "{}", all["text"]);
    let json: serde_json::Value = serde_json::from_str(&all["json"]).expect("JSON");
    assert_eq!(json["summary"]["answer"], answer(&outcome.report));
    let empty = scanned(&[("a.py", b"print(1)\n")], &rules);
    assert_eq!(answer(&empty.report), "No call site of Partner Center was found.");
}

#[test]
fn the_adjacent_host_is_less_certain() {
    let rules = rules();
    let code = PASSWORD_SYNC
        .replace("CALL", "pass")
        .replace(
            "https://api.partnercenter.microsoft.com/v1/customers",
            "https://api.partner.microsoft.com/v1.0/engagements/referrals",
        )
        .replace("https://api.partnercenter.microsoft.com", "https://api.partner.microsoft.com");
    let report = scanned(&[("sync.py", code.as_bytes())], &rules).report;
    assert!(report.calls[0].caveat.contains("do not name it"), "{:?}", report.calls);
    assert_eq!(report.calls[0].operations[0].name, "Get a list of referrals");
    let finding = report.findings.iter().find(|f| f.rule == "password-grant").expect("a finding");
    assert!(finding.message.contains("Less certain"), "{}", finding.message);
    let code = PASSWORD_SYNC.replace("CALL", "pass");
    let report = scanned(&[("sync.py", code.as_bytes())], &rules).report;
    assert!(report.calls[0].caveat.is_empty());
    assert!(report.findings.iter().all(|f| !f.message.contains("Less certain")));
}

#[test]
fn the_inventory_in_all_formats() {
    let rules = rules();
    let code = PASSWORD_SYNC.replace("CALL", "pass");
    let outcome = scanned(&[("sync.py", code.as_bytes())], &rules);
    let all: BTreeMap<String, String> = all_formats(&outcome, &rules).into_iter().collect();
    for format in INVENTORY_FORMATS {
        let text = &all[&format!("inventory {format}")];
        for word in ["sync.py", "customers", "ropc", "blocked"] {
            assert!(text.contains(word), "{format}: no {word} in {text}");
        }
    }
    let json: serde_json::Value = serde_json::from_str(&all["inventory json"]).expect("JSON");
    assert_eq!(json["inventory"][0]["app_only"], "yes");
    assert_eq!(json["app_only"]["yes"], 1);
    assert_eq!(json["verdicts"]["blocked"], 1);
    let csv = &all["inventory csv"];
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.starts_with("\"call site\",\"place\","), "{csv}");
}

#[test]
fn hostile_names_are_no_formulas_in_csv() {
    let rules = rules();
    let code = PASSWORD_SYNC.replace("CALL", "pass");
    let outcome = scanned(&[("=cmd|' /C calc'!A1.py", code.as_bytes())], &rules);
    let mut text = Vec::new();
    inventory(&outcome.report, "csv", &mut text).expect("rendered");
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(text.contains("\"'=cmd"), "{text}");
    assert!(!text.contains("\"=cmd"), "{text}");
}

const SECRETS: &[&str] =
    &["q7-Tulip-Harbour-19", "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9", "w3-Meadow-Lantern-88"];

#[test]
fn no_secret_is_printed_in_any_format() {
    let rules = rules();
    let mut findings = 0;
    for language in ["csharp", "powershell", "python", "typescript", "php", "java"] {
        let case = folder("testdata").join(language).join("refusals-blind");
        let outcome = scan(&case, &rules);
        let about = |rule: &str| matches!(rule, "hard-coded-secret" | "static-token");
        let here = outcome.report.findings.iter().filter(|f| about(&f.rule)).count();
        assert!(here > 0, "{language}: no secret was found");
        findings += here;
        for (format, text) in all_formats(&outcome, &rules) {
            for secret in SECRETS {
                assert!(!text.contains(secret), "{language}: {format} prints a secret");
            }
        }
    }
    assert!(findings >= 8, "{findings}");
    for case in ["http-file/secrets", "pipeline/secrets", "dockerfile/secrets"] {
        let outcome = scan(&folder("testdata").join(case), &rules);
        assert!(outcome.report.findings.iter().any(|f| f.rule == "hard-coded-secret"), "{case}");
        for (format, text) in all_formats(&outcome, &rules) {
            for secret in SECRETS.iter().chain(&["q7-Birch-Ferry", "q7-Maple-Anchor", "q7-Cedar-Quay"]) {
                assert!(!text.contains(secret), "{case}: {format} prints a secret");
            }
        }
    }
}

#[test]
fn secrets_in_settings_are_found_at_their_place() {
    let rules = rules();
    let code = br#"
using Microsoft.Identity.Client;
class Sync {
  async Task Run(IConfiguration config, HttpClient http) {
    var app = ConfidentialClientApplicationBuilder.Create("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10").WithClientSecret(config["PartnerCenter:ClientSecret"]).Build();
    var token = await app.AcquireTokenForClient(new[] { "https://api.partnercenter.microsoft.com/.default" }).ExecuteAsync();
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
    await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
  }
}
"#;
    let settings =
        |value: &str| format!("{{\n  \"PartnerCenter\": {{\n    \"ClientSecret\": \"{value}\"\n  }}\n}}\n");
    for (value, expected) in [("w3-Meadow-Lantern-88", 1), ("<client-secret>", 0), ("#{ClientSecret}#", 0)] {
        let settings = settings(value);
        let outcome = scanned(&[("Sync.cs", code), ("appsettings.json", settings.as_bytes())], &rules);
        let places: Vec<String> = outcome
            .report
            .findings
            .iter()
            .filter(|f| f.rule == "hard-coded-secret")
            .map(|f| format!("{}:{}", f.location.path, f.location.line))
            .collect();
        assert_eq!(places.len(), expected, "{value}: {places:?}");
        assert!(places.iter().all(|p| p == "appsettings.json:3"), "{places:?}");
        for (format, text) in all_formats(&outcome, &rules) {
            assert!(!text.contains("w3-Meadow-Lantern-88"), "{format} prints a secret");
        }
    }
}

#[test]
fn the_parts_of_the_secure_application_model() {
    let rules = rules();
    let parts = |case: &str| {
        let outcome = scan(&folder("testdata").join(Path::new(case)), &rules);
        let parts = outcome.report.secure_application_model.clone();
        parts.into_iter().filter(|p| p.seen).map(|p| p.part).collect::<Vec<_>>()
    };
    assert_eq!(parts("powershell/refusals-handled"), [PartName::Vault, PartName::Redemption]);
    assert_eq!(parts("python/refusals-handled"), [PartName::Redemption]);
    let app_only = br"Connect-PartnerCenter -ServicePrincipal -Credential $credential -Tenant 'contoso.com'
Get-PartnerCustomer
";
    assert!(scanned(&[("a.ps1", app_only)], &rules).report.secure_application_model.is_empty());
}
