//! Rule files: what ships loads, what users add works without any Rust, and mistakes are told where they are.

mod common;

use std::path::Path;

use common::{lines, project, scan};
use pcmfa::models::{RuleError, Rules};

#[test]
fn embedded_rules_load() {
    let rules = Rules::embedded().unwrap_or_else(|e| panic!("{e}"));
    let libraries: Vec<&str> = rules.files().map(|(_, f)| f.library.as_str()).collect();
    for library in ["MSAL.NET", "HttpClient", "Invoke-RestMethod"] {
        assert!(libraries.contains(&library), "{library} is missing from {libraries:?}");
    }
    for finding in [
        "password-grant",
        "integrated-windows-auth",
        "retired-audience",
        "unresolved-token",
        "consent-needs-mfa",
    ] {
        assert!(rules.finding(finding).is_some(), "{finding} is missing");
    }
}

#[test]
fn every_embedded_file_is_in_the_folder() {
    let rules = Rules::embedded().unwrap_or_else(|e| panic!("{e}"));
    let embedded = rules.files().count();
    let on_disk = walkdir::WalkDir::new(common::folder("rules"))
        .into_iter()
        .filter(|e| e.as_ref().is_ok_and(|e| e.path().extension().is_some_and(|x| x == "yaml")))
        .count();
    assert_eq!(embedded, on_disk);
}

/// A token library that nobody has heard of.
const BADGES: &str = "\
library: Acme badges
languages: [csharp, powershell]
imports: [Acme.Badges]
commands:
  - names: [Get-AcmeBadge]
    parameters: [Credential, Application, For]
acquire:
  - call: [IssueForStaff]
    on: [BadgeOffice]
    flow: ropc
    audience: [{ name: [destination], arg: 2 }]
  - call: [IssueForRobot]
    on: [BadgeOffice]
    flow: client-credentials
    audience: [{ name: [destination], arg: 1 }]
  - command: [Get-AcmeBadge]
    when: { has: [Credential] }
    flow: ropc
    audience: [{ name: [For] }]
  - command: [Get-AcmeBadge]
    flow: client-credentials
    audience: [{ name: [For] }]
";

/// And a HTTP client.
const COURIER: &str = "\
library: Acme courier
languages: [csharp, powershell]
imports: [Acme.Mail]
commands:
  - names: [Send-AcmeParcel]
    parameters: [Destination, Badge, Parcel]
requests:
  - call: [FetchParcel]
    on: [Courier]
    url: [{ name: [destination], arg: 0 }]
    base: [{ receiver: true, member: [Depot] }]
    method: [{ text: GET }]
  - command: [Send-AcmeParcel]
    url: [{ name: [Destination] }]
    method: [{ text: POST }]
    body: [{ name: [Parcel] }]
";

const CSHARP: &str = r#"using Acme.Badges;
using Acme.Mail;

public class Sync
{
    private readonly BadgeOffice _office = new BadgeOffice();

    public string Customers(string user, string password)
    {
        var badge = _office.IssueForStaff(user, password, "https://api.partnercenter.microsoft.com");
        var courier = new Courier { Depot = "https://api.partnercenter.microsoft.com" };
        courier.Show(badge.Text);
        return courier.FetchParcel("/v1/customers");
    }

    public string Invoices(string robot)
    {
        var badge = _office.IssueForRobot(robot, "https://api.partnercenter.microsoft.com");
        var courier = new Courier { Depot = "https://api.partnercenter.microsoft.com" };
        courier.Show(badge.Text);
        return courier.FetchParcel("/v1/invoices");
    }

    public string News(string user, string password)
    {
        var badge = _office.IssueForStaff(user, password, "https://news.contoso.example");
        var courier = new Courier { Depot = "https://news.contoso.example" };
        courier.Show(badge.Text);
        return courier.FetchParcel("/v1/customers");
    }
}
"#;

const POWERSHELL: &str = r"param([pscredential] $Credential)
$badge = Get-AcmeBadge -Cred $Credential -For 'https://api.partnercenter.microsoft.com'
Send-AcmeParcel -Destination 'https://api.partnercenter.microsoft.com/v1/customers' -Badge $badge.Text -Parcel $null

$robot = Get-AcmeBadge -Application 'nightly' -For 'https://api.partnercenter.microsoft.com'
Send-AcmeParcel -Destination 'https://api.partnercenter.microsoft.com/v1/invoices' -Badge $robot.Text -Parcel $null

$other = Get-AcmeBadge -Credential $Credential -For 'https://news.contoso.example'
Send-AcmeParcel -Destination 'https://news.contoso.example/v1/customers' -Badge $other.Text -Parcel $null
";

/// What the made-up project gives with these rule files in a folder of their own.
fn made_up(rule_files: &[(&str, &[u8])]) -> Vec<String> {
    let rules = project(rule_files);
    let rules = Rules::load(&[rules.path().to_owned()]).unwrap_or_else(|e| panic!("{e}"));
    let code = project(&[("Sync.cs", CSHARP.as_bytes()), ("Sync.ps1", POWERSHELL.as_bytes())]);
    lines(&scan(code.path(), &rules).report)
}

#[test]
fn nothing_is_known_of_made_up_libraries() {
    assert_eq!(made_up(&[]), Vec::<String>::new());
}

#[test]
fn a_token_library_and_a_http_client_are_one_file_each() {
    let report = made_up(&[("badges.yaml", BADGES.as_bytes()), ("courier.yml", COURIER.as_bytes())]);
    let expected = [
        "Sync.cs:10 ropc blocked Acme badges",
        "Sync.cs:18 client-credentials exempt Acme badges",
        "Sync.ps1:2 ropc blocked Acme badges",
        "Sync.ps1:5 client-credentials exempt Acme badges",
        "Sync.cs:13 call blocked from [ropc] GET /v1/customers",
        "Sync.cs:21 call exempt from [client-credentials] GET /v1/invoices",
        "Sync.ps1:3 call blocked from [ropc] POST /v1/customers",
        "Sync.ps1:6 call exempt from [client-credentials] POST /v1/invoices",
        "Sync.cs:10 finding password-grant",
        "Sync.ps1:2 finding password-grant",
    ];
    assert_eq!(report, expected);
}

#[test]
fn a_token_library_alone_is_known_by_what_it_asks_for() {
    let report = made_up(&[("badges.yaml", BADGES.as_bytes())]);
    let expected = [
        "Sync.cs:10 ropc blocked Acme badges",
        "Sync.cs:18 client-credentials exempt Acme badges",
        "Sync.ps1:2 ropc blocked Acme badges",
        "Sync.ps1:5 client-credentials exempt Acme badges",
        "Sync.cs:10 finding password-grant",
        "Sync.ps1:2 finding password-grant",
    ];
    assert_eq!(report, expected);
}

#[test]
fn a_http_client_alone_sends_tokens_of_unknown_origin() {
    let report = made_up(&[("courier.yaml", COURIER.as_bytes())]);
    let calls: Vec<&String> = report.iter().filter(|l| l.contains(" call ")).collect();
    let expected = [
        "Sync.cs:13 call unresolved from [] GET /v1/customers",
        "Sync.cs:21 call unresolved from [] GET /v1/invoices",
        "Sync.ps1:3 call unresolved from [] POST /v1/customers",
        "Sync.ps1:6 call unresolved from [] POST /v1/invoices",
    ];
    assert_eq!(calls, expected);
}

#[test]
fn rules_of_the_user_come_before_those_that_ship() {
    let rules = "\
library: Ours
imports: [Microsoft.Identity.Client]
acquire:
  - call: [AcquireTokenByUsernamePassword]
    flow: device-code
    audience: [{ arg: 0 }]
";
    let rules = project(&[("ours.yaml", rules.as_bytes())]);
    let rules = Rules::load(&[rules.path().to_owned()]).unwrap_or_else(|e| panic!("{e}"));
    let code = r#"
var token = await app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, u, p).ExecuteAsync();
"#;
    let code = project(&[("A.cs", code.as_bytes())]);
    assert_eq!(lines(&scan(code.path(), &rules).report), ["A.cs:2 device-code capable Ours"]);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let with_mark = ["\u{FEFF}", BADGES].concat();
    let report = made_up(&[("badges.yaml", with_mark.as_bytes())]);
    assert!(report.contains(&"Sync.cs:10 ropc blocked Acme badges".to_owned()), "{report:?}");
}

#[test]
fn only_yaml_files_are_rules() {
    let report = made_up(&[("README.md", b"library: ["), ("below/badges.yaml", BADGES.as_bytes())]);
    assert!(report.contains(&"Sync.cs:10 ropc blocked Acme badges".to_owned()), "{report:?}");
}

/// Loads one file and expects it to fail, with its path, this line and these words in the message.
#[track_caller]
fn refused(text: &str, line: usize, words: &[&str]) {
    let dir = project(&[("bad.yaml", text.as_bytes())]);
    let error = Rules::load(&[dir.path().to_owned()]).expect_err("it is wrong");
    let message = error.to_string();
    assert!(message.contains("bad.yaml"), "no path in: {message}");
    let places = [format!(":{line}:"), format!("line {line}"), format!(":{line} ")];
    assert!(places.iter().any(|p| message.contains(p)), "line {line} is not in: {message}");
    for word in words {
        assert!(message.contains(word), "`{word}` is not in: {message}");
    }
    assert!(!error.help().is_empty());
}

#[test]
fn unknown_keys_are_refused() {
    refused("library: A\nacquires:\n  - call: [X]\n", 2, &["acquires"]);
    refused(
        "library: A\nacquire:\n  - call: [X]\n    flow: ropc\n    resource: [{ arg: 0 }]\n",
        5,
        &["resource"],
    );
    refused("library: A\nacquire:\n  - call: [X]\n    audience: [{ arg: 0, nme: [a] }]\n", 4, &["nme"]);
}

#[test]
fn wrong_types_are_refused() {
    refused("library: A\nacquire:\n  - call: X\n", 3, &[]);
    refused("library: A\nimports: 3\n", 2, &[]);
    refused("library: A\nacquire:\n  - call: [X]\n    audience: [{ arg: first }]\n", 4, &[]);
    refused("library: A\nacquire:\n  - call: [X]\n    flow: password\n", 4, &["password"]);
}

#[test]
fn a_file_needs_a_library() {
    refused("languages: [csharp]\n", 1, &["library"]);
}

#[test]
fn rows_that_match_nothing_are_refused() {
    refused("library: A\nacquire:\n  - call: [X]\n    flow: ropc\n  - flow: ropc\n", 5, &["acquire", "call"]);
    refused("library: A\n\nrequests:\n  - url: [{ arg: 0 }]\n", 4, &["requests"]);
}

#[test]
fn unknown_languages_are_refused() {
    refused("library: A\nlanguages: [csharp, cobol]\n", 2, &["cobol", "csharp"]);
}

#[test]
fn what_is_no_yaml_is_refused() {
    refused("library: A\nacquire: [\n", 2, &[]);
}

#[test]
fn a_finding_is_defined_once() {
    let finding = "library: A\nfindings:\n  - id: password-grant\n    level: error\n    title: t\n    \
                   description: d\n    message: m\n    help: h\n";
    refused(finding, 3, &["password-grant", "twice"]);
}

#[test]
fn folders_that_do_not_exist_are_refused() {
    let path = Path::new("no/such/folder").to_owned();
    let error = Rules::load(&[path]).expect_err("it does not exist");
    assert!(matches!(error, RuleError::Unreadable { .. }));
    assert!(error.to_string().contains("folder"), "{error}");
}

#[test]
fn rules_that_are_no_text_are_refused() {
    let dir = project(&[("bad.yaml", b"library: \xFF\xFE\x00")]);
    let error = Rules::load(&[dir.path().to_owned()]).expect_err("it is no text");
    assert!(error.to_string().contains("bad.yaml"), "{error}");
}
