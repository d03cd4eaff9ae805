//! What is said of settings of tenants and identity providers, beside where it stands.

mod common;

use common::{name, project, scan};
use pcmfa::models::Rules;
use pcmfa::report::{Evidence, Finding, Level};

const POLICY: &str = r#"{
  "displayName": "All users: MFA",
  "state": "enabled",
  "conditions": {
    "applications": { "includeApplications": ["All"], "excludeApplications": ["%APP%"] },
    "users": { "includeUsers": ["All"], "excludeUsers": ["%USER%"] }
  },
  "grantControls": { "operator": "OR", "builtInControls": ["mfa"] }
}"#;

const SYNC: &str = "\
Connect-PartnerCenter -Environment AzureCloud
Get-PartnerCustomer
Write-Output 'signed in as svc-sync@contoso.example'
";

fn policy(app: &str, user: &str) -> String {
    POLICY.replace("%APP%", app).replace("%USER%", user)
}

/// The exclusions that are found in a tree of a policy and other files.
fn exclusions(policy: &str, others: &[(&str, &str)]) -> Vec<Finding> {
    let mut files: Vec<(&str, &[u8])> = vec![("policies/mfa.json", policy.as_bytes())];
    files.extend(others.iter().map(|(path, text)| (*path, text.as_bytes())));
    let dir = project(&files);
    let report = scan(dir.path(), &Rules::embedded().expect("they load")).report;
    report.findings.into_iter().filter(|f| f.rule == "mfa-policy-exclusion").collect()
}

#[test]
fn a_policy_in_a_tree_without_partner_center_is_a_note() {
    let found = exclusions(&policy("None", "robot@contoso.example"), &[]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].level, found[0].evidence), (Level::Note, Evidence::None));
    assert!(found[0].message.contains("1 user; nothing in the scanned code calls Partner Center"));
    assert!(!found[0].message.contains("robot"), "names of accounts stay out of messages");
}

#[test]
fn beside_calls_it_is_a_warning() {
    let found = exclusions(&policy("None", "robot@contoso.example"), &[("sync.ps1", SYNC)]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].level, found[0].evidence), (Level::Warning, Evidence::None));
    assert!(found[0].message.contains("only if what the integration signs in with is among them"));
}

#[test]
fn an_account_that_the_integration_names_is_pointed_at() {
    let found = exclusions(&policy("None", "svc-sync@contoso.example"), &[("sync.ps1", SYNC)]);
    assert_eq!((found[0].level, found[0].evidence), (Level::Warning, Evidence::Nearby));
    let places: Vec<(&str, u32)> =
        found[0].related.iter().map(|s| (&*s.location.path, s.location.line)).collect();
    assert_eq!(places, [("sync.ps1", 3)]);
    // The same name in another policy of the tenant shows nothing.
    let other = policy("None", "robot@contoso.example");
    let found = exclusions(&other, &[("sync.ps1", SYNC), ("policies/other.json", &other)]);
    assert!(found.iter().all(|f| f.related.is_empty() && f.evidence == Evidence::None), "{found:?}");
}

#[test]
fn partner_center_itself_needs_no_calls_to_be_a_warning() {
    let found = exclusions(&policy("fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "None"), &[]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].level, name(&found[0].evidence).as_str()), (Level::Warning, "audience"));
}

#[test]
fn switching_security_defaults_off_is_right_where_a_policy_requires_mfa() {
    let off = "Update-MgPolicyIdentitySecurityDefaultEnforcementPolicy -IsEnabled:$false\n";
    let with = exclusions(&policy("None", "None"), &[("defaults.ps1", off)]);
    assert!(with.is_empty(), "{with:?}");
    let without = exclusions("{}", &[("defaults.ps1", off)]);
    assert_eq!(without.len(), 1);
    let disabled = policy("None", "None").replace("enabled", "disabled");
    assert_eq!(exclusions(&disabled, &[("defaults.ps1", off)]).len(), 1);
}

#[test]
fn hostile_settings_neither_panic_nor_hang() {
    let nested = format!("{}1{}", "{\"conditions\":".repeat(5_000), "}".repeat(5_000));
    assert!(exclusions(&nested.replace('1', "{\"grantControls\":1}"), &[]).is_empty());
    let mut doubling = String::from("$conditions = @('grantControls', 'mfa')\n");
    for _ in 0..200 {
        doubling.push_str("$conditions = @($conditions, $conditions)\n");
    }
    doubling.push_str("$p = @{ conditions = $conditions; grantControls = $conditions }\n");
    assert!(exclusions("{}", &[("loop.ps1", &doubling)]).is_empty());
}
