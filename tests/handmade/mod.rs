//! A report made by hand, with everything that formats have to show.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use pcmfa::models::FindingRow;
use pcmfa::report::{
    Acquisition, Answer, CallSite, Check, Context, Coverage, Evidence, Finding, Flow, Level, Link, Location,
    Model, Notice, NoticeKind, Reach, Report, Step, Verdict, Via,
};
use pcmfa::source::Source;

pub(crate) const TOKENS: &str = r#"class Tokens {
  public async Task<string> Get(string resource) {
    var result = await app.AcquireTokenByUsernamePassword(
        new[] { resource + "/.default" }, "sync@contoso.com", "Passw0rd!").ExecuteAsync();
    return result.AccessToken;
  }
}
"#;

pub(crate) const SYNC: &str = "// Grüße\nvar token = await tokens.Get(Hosts.Partner);\nhttp.DefaultRequestHeaders.Authorization = new(\"Bearer\", token);\nvar all = await http.GetStringAsync(Hosts.Partner + \"/v1/customers\");\n";

pub(crate) fn at(path: &str, line: u32, column: u32, end_line: u32, end_column: u32) -> Location {
    Location { path: path.into(), line, column, end_line, end_column }
}

pub(crate) fn step(location: Location, message: &str) -> Step {
    Step { location, message: message.to_owned() }
}

pub(crate) fn report() -> Report {
    let acquired = at("src/Tokens.cs", 3, 24, 4, 92);
    let called = at("src/jobs/Sync (nightly).cs", 4, 17, 4, 72);
    let way = vec![
        step(acquired.clone(), "acquired here"),
        step(at("src/Tokens.cs", 5, 12, 5, 30), "returned from `Get`"),
        step(at("src/jobs/Sync (nightly).cs", 2, 13, 2, 44), "called here"),
        step(called.clone(), "sent with `GetStringAsync`"),
    ];
    Report {
        acquisitions: vec![
            Acquisition {
                id: "A1".into(),
                location: at("scripts/report.ps1", 2, 1, 2, 40),
                flow: Flow::ClientCredentials,
                model: Model::AppOnly,
                library: "MSAL.PS".into(),
                symbol: "Get-MsalToken".into(),
                audience: vec!["https://api.partnercenter.microsoft.com/.default".into()],
                partner_center: Reach::Yes,
                verdict: Verdict::Exempt,
                evidence: Evidence::Audience,
                reason: "An app-only token: MFA does not apply.".into(),
                app_only: None,
            },
            Acquisition {
                id: "A2".into(),
                location: acquired.clone(),
                flow: Flow::Ropc,
                model: Model::AppUser,
                library: "MSAL.NET".into(),
                symbol: "AcquireTokenByUsernamePassword".into(),
                audience: vec!["https://api.partnercenter.microsoft.com/.default".into()],
                partner_center: Reach::Yes,
                verdict: Verdict::Blocked,
                evidence: Evidence::Proven,
                reason: "A user name and a password cannot carry MFA.".into(),
                app_only: None,
            },
        ],
        calls: vec![
            CallSite {
                id: "C1".into(),
                location: at("scripts/report.ps1", 3, 1, 3, 30),
                via: Via::Cmdlet,
                endpoint: "GET /v1/invoices".into(),
                symbol: String::new(),
                operations: vec![],
                app_only: Answer::Unknown,
                caveat: String::new(),
                tokens: vec![],
                links: vec![],
                verdict: Verdict::Unresolved,
                evidence: Evidence::None,
                reason: "The token is the parameter `$Token` of a function that is not called.".into(),
            },
            CallSite {
                id: "C2".into(),
                location: called.clone(),
                via: Via::Rest,
                endpoint: "GET /v1/customers".into(),
                symbol: String::new(),
                operations: vec![],
                app_only: Answer::Unknown,
                caveat: String::new(),
                tokens: vec!["A2".into()],
                links: vec![Link { acquisition: "A2".into(), steps: way.clone() }],
                verdict: Verdict::Blocked,
                evidence: Evidence::Proven,
                reason: "It carries a token from a user name and a password.".into(),
            },
        ],
        secure_application_model: vec![],
        checks: vec![Check { location: at("scripts/report.ps1", 1, 1, 1, 12), what: "ValidateMfa".into() }],
        findings: vec![
            Finding {
                rule: "unresolved-token".into(),
                level: Level::Note,
                location: at("scripts/report.ps1", 3, 1, 3, 30),
                message: "The code does not show which token this call carries.".into(),
                fix: "Follow the parameter `$Token` by hand.".into(),
                evidence: Evidence::None,
                acquisition: None,
                calls: vec!["C1".into()],
                related: vec![],
                flows: vec![],
            },
            Finding {
                rule: "password-grant".into(),
                level: Level::Error,
                location: acquired,
                message: "`AcquireTokenByUsernamePassword` signs in with a password [ROPC]: Partner Center will refuse the token.".into(),
                fix: "Sign in once with `AcquireTokenInteractive` and keep the refresh token.".into(),
                evidence: Evidence::Proven,
                acquisition: Some("A2".into()),
                calls: vec!["C2".into()],
                related: vec![step(called, "refused here")],
                flows: vec![way],
            },
        ],
        suppressed: vec![],
        coverage: Coverage {
            files_seen: 5,
            files_read: 3,
            files_parsed: BTreeMap::from([("csharp".to_owned(), 2), ("powershell".to_owned(), 1)]),
            settings_read: 0,
            files_skipped: 2,
        },
        notices: vec![
            Notice { path: "logo.png".into(), line: None, kind: NoticeKind::Skipped, message: "binary file".into() },
            Notice { path: "old.ps1".into(), line: Some(7), kind: NoticeKind::Unreadable, message: "permission denied".into() },
        ],
    }
}

pub(crate) fn sources() -> BTreeMap<Arc<str>, Source> {
    [("src/Tokens.cs", TOKENS), ("src/jobs/Sync (nightly).cs", SYNC)]
        .into_iter()
        .map(|(path, text)| (Arc::from(path), Source::new(path, text)))
        .collect()
}

pub(crate) fn rows() -> Vec<FindingRow> {
    let row = |id: &str, level, title: &str, severity| FindingRow {
        id: id.to_owned(),
        level,
        title: title.to_owned(),
        description: format!("{title}. **Partner Center** refuses such tokens."),
        why: String::new(),
        run_time: Vec::new(),
        enforced: None,
        examples: Vec::new(),
        verify: String::new(),
        enforcement: None,
        message: "`{symbol}`".to_owned(),
        help: "Use the [Secure Application Model](https://learn.microsoft.com/partner-center).".to_owned(),
        fix: BTreeMap::new(),
        docs: vec!["https://learn.microsoft.com/partner-center/security".to_owned()],
        tags: vec!["security".to_owned(), "mfa".to_owned()],
        security_severity: severity,
        precision: Some("high".to_owned()),
    };
    vec![
        row(
            "password-grant",
            Level::Error,
            "A user name and a password instead of a sign-in with MFA",
            Some(8.0),
        ),
        row("retired-audience", Level::Error, "A token for a retired audience", None),
        row("unresolved-token", Level::Note, "A call whose token the code does not show", None),
    ]
}

pub(crate) fn render(format: &str, report: &Report) -> String {
    let (sources, rows) = (sources(), rows());
    let context = Context {
        sources: &sources,
        findings: &rows,
        root: Path::new(""),
        version: "9.9.9",
        color: false,
        hyperlinks: false,
        quiet: false,
        suppressed: false,
        category: "",
        now: 1_790_000_000,
    };
    render_with(format, report, &context)
}

pub(crate) fn render_with(format: &str, report: &Report, context: &Context<'_>) -> String {
    let mut out = Vec::new();
    pcmfa::report::format(format).expect("a format").render(report, context, &mut out).expect("renders");
    String::from_utf8(out).expect("UTF-8")
}
