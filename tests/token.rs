//! `pcmfa token`: what it says of tokens of every kind, and that it repeats no part of one.

mod program;

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use program::{code, command, text};
use serde_json::{Value, json};

/// The time of the tests, which `command` sets.
const NOW: u64 = 1_790_000_000;

fn token_of(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = URL_SAFE_NO_PAD.encode((0..=255u8).collect::<Vec<u8>>());
    format!("{}.{}.{signature}", part(header), part(claims))
}

/// A token of a user with MFA for Partner Center, with these claims changed; `null` takes one away.
fn token(changes: &Value) -> String {
    let mut claims = json!({
        "aud": "https://api.partnercenter.microsoft.com",
        "iss": "https://sts.windows.net/0f5c3a1e-7b1d-4c43-9f0a-5d1f9a6b7c8d/",
        "iat": NOW - 300, "nbf": NOW - 300, "exp": NOW + 3_600,
        "acr": "1", "amr": ["pwd", "mfa"],
        "appid": "6e9d2b7c-3a54-4d1f-8c2e-90ab12cd34ef", "appidacr": "1",
        "family_name": "Lindqvist", "given_name": "Annelie", "ipaddr": "203.0.113.57",
        "name": "Annelie Lindqvist", "oid": "b1d7c0de-5a5a-4b4b-9c9c-aabbccddeeff",
        "scp": "user_impersonation", "sub": "kZ3vQ0hXy7uL1pWc5tRn8sDf2gHj4aBm",
        "tid": "0f5c3a1e-7b1d-4c43-9f0a-5d1f9a6b7c8d",
        "unique_name": "annelie@fabrikam-partner.example", "upn": "annelie@fabrikam-partner.example",
        "ver": "1.0",
    });
    for (name, value) in changes.as_object().expect("an object") {
        claims.as_object_mut().expect("an object").insert(name.clone(), value.clone());
    }
    claims.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    token_of(&json!({ "typ": "JWT", "alg": "RS256", "x5t": "Hn2kQ9", "kid": "Hn2kQ9" }), &claims)
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(Path::new("."), &[&["token"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    // Wrong arguments end the program before it reads.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("ends")
}

/// The exit code and the answer.
fn ask(input: impl AsRef<[u8]>) -> (Option<i32>, String) {
    let output = run(&[], input.as_ref());
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    (code(&output), text(&output.stdout))
}

#[track_caller]
fn says(input: impl AsRef<[u8]>, exit: i32, parts: &[&str]) {
    let (code, answer) = ask(input);
    for part in parts {
        assert!(answer.contains(part), "`{part}` is missing in:\n{answer}");
    }
    assert_eq!(code, Some(exit), "{answer}");
}

fn app_only(changes: &Value) -> String {
    let mut claims = json!({
        "scp": null, "amr": null, "upn": null, "unique_name": null, "name": null,
        "sub": "b1d7c0de-5a5a-4b4b-9c9c-aabbccddeeff", "idtyp": "app",
    });
    for (name, value) in changes.as_object().expect("an object") {
        claims.as_object_mut().expect("an object").insert(name.clone(), value.clone());
    }
    token(&claims)
}

#[test]
fn the_mfa_claim_is_seen() {
    says(
        token(&json!({})),
        0,
        &[
            "Partner Center would see the MFA claim",
            "Recipient    Partner Center\n",
            "a user (App+User)",
            "mfa (multifactor authentication), pwd (a password)",
            "for another 60 minutes",
            "Signature    not checked",
        ],
    );
    let china = json!({
        "aud": "https://partner.partnercenterapi.microsoftonline.cn/",
        "iss": "https://sts.chinacloudapi.cn/0f5c3a1e-7b1d-4c43-9f0a-5d1f9a6b7c8d/",
    });
    says(
        token(&china),
        0,
        &["Partner Center operated by 21Vianet (China)", "Microsoft Entra operated by 21Vianet"],
    );
    says(
        token(&json!({ "aud": "FA3D9A0C-3FB0-42CC-9193-47C7ECD2EDBD", "ver": "2.0" })),
        0,
        &["Version      2.0"],
    );
}

#[test]
fn without_the_claim_it_is_refused() {
    says(
        token(&json!({ "amr": ["pwd"] })),
        1,
        &["would refuse", "`amr` does not hold `mfa`", "900421", "Next: "],
    );
    says(token(&json!({ "amr": ["pwd", "rsa"] })), 1, &["an RSA key", "900421"]);
    says(token(&json!({ "amr": [] })), 1, &["amr          empty"]);
    says(token(&json!({ "amr": null })), 1, &["it has no `amr`", "amr          missing"]);
    says(token(&json!({ "amr": ["MFA"] })), 1, &["one value that is not documented"]);
    // Neither `acr` nor `acrs` is the claim.
    says(
        token(&json!({ "amr": null, "acr": "1", "acrs": ["p1"] })),
        1,
        &["acr          1; says nothing about MFA"],
    );
}

#[test]
fn what_may_stand_for_mfa_is_not_judged() {
    for value in ["ngcmfa", "wiaormfa"] {
        says(
            token(&json!({ "amr": [value] })),
            3,
            &["can't be judged", "name `mfa` only", "ValidateMfa: true"],
        );
    }
    says(token(&json!({ "amr": ["ngcmfa", "mfa"] })), 0, &[]);
}

#[test]
fn app_only_tokens_need_no_claim() {
    says(app_only(&json!({})), 0, &["This is an app-only token", "an application (app-only)", "900329"]);
    // Without `idtyp`, an application is its own subject.
    says(app_only(&json!({ "idtyp": null })), 0, &["an application (app-only)"]);
    says(app_only(&json!({ "idtyp": null, "roles": ["x"] })), 0, &["an application (app-only)"]);
    says(app_only(&json!({ "idtyp": null, "sub": "another" })), 3, &["Speaks for   not clear"]);
    says(app_only(&json!({ "scp": "user_impersonation" })), 3, &["do not agree"]);
    says(token(&json!({ "idtyp": "user" })), 0, &["a user (App+User)"]);
}

#[test]
fn other_audiences() {
    for (aud, exit, parts) in [
        (
            "https://graph.windows.net/",
            1,
            &["Azure AD Graph", "900420", "pcmfa explain retired-audience"][..],
        ),
        ("00000002-0000-0000-c000-000000000000", 1, &["Azure AD Graph", "900420"]),
        ("https://graph.microsoft.com", 1, &["Microsoft Graph, not for Partner Center"]),
        ("https://management.azure.com/", 1, &["Azure Resource Manager"]),
        ("https://api.partner.microsoft.com", 3, &["the Partner API", "not documented"]),
        ("api://contoso-internal-api", 3, &["Recipient    not known here"]),
    ] {
        says(token(&json!({ "aud": aud })), exit, parts);
    }
    // What nobody takes for Partner Center's is not refused for want of a claim.
    says(
        token(&json!({ "aud": "api://contoso-internal-api", "amr": ["pwd"] })),
        3,
        &["carries no MFA claim."],
    );
    says(app_only(&json!({ "aud": "https://graph.windows.net" })), 1, &["900420"]);
    says(token(&json!({ "aud": 7 })), 3, &["not known here"]);
}

#[test]
fn other_issuers() {
    for (iss, name) in [
        ("https://accounts.google.com", "Google"),
        ("http://adfs.contoso.example/adfs/services/trust", "an AD FS server"),
        ("https://contoso.b2clogin.com/0f5c3a1e/v2.0/", "a customer directory"),
        ("https://contoso.okta.com/oauth2/default", "Okta"),
    ] {
        says(token(&json!({ "iss": iss })), 1, &[&format!("made by {name}"), "Microsoft Entra only"]);
    }
    says(token(&json!({ "iss": "https://login.example.org/" })), 3, &["nobody known here"]);
    // A look-alike is not Microsoft Entra.
    says(token(&json!({ "iss": "https://sts.windows.net.example.org/x/" })), 3, &["nobody known here"]);
}

#[test]
fn times() {
    says(
        token(&json!({ "exp": NOW - 86_400 * 3 })),
        1,
        &["It has expired", "expired 3 days ago", "`amr` holds `mfa`"],
    );
    says(token(&json!({ "nbf": NOW + 4_000, "exp": NOW + 8_000 })), 1, &["not valid yet"]);
    // Clocks differ.
    says(token(&json!({ "exp": NOW - 10 })), 0, &["expired 10 seconds ago"]);
    says(token(&json!({ "exp": null })), 3, &["does not say when it expires"]);
    for strange in [json!(-1), json!(1e300), json!("soon"), json!(u64::MAX), json!([])] {
        says(token(&json!({ "exp": strange })), 3, &["Valid        does not say"]);
    }
}

#[test]
fn version_2_without_amr_is_not_judged() {
    let changes = json!({
        "ver": "2.0", "amr": null, "appid": null, "azp": "6e9d2b7c-3a54-4d1f-8c2e-90ab12cd34ef", "azpacr": "2",
        "aud": "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
        "iss": "https://login.microsoftonline.com/0f5c3a1e-7b1d-4c43-9f0a-5d1f9a6b7c8d/v2.0",
    });
    says(token(&changes), 3, &["Tokens of version 2.0 have none", "a secret"]);
}

#[test]
fn what_is_no_access_token() {
    let signed = token(&json!({}));
    let parts: Vec<&str> = signed.split('.').collect();
    let encrypted = {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
        format!("{header}.{}.{}.{}.{}", parts[2], parts[2], parts[2], parts[2])
    };
    let unsigned = token_of(&json!({ "typ": "JWT", "alg": "none" }), &json!({ "aud": "x" }));
    let id = token(&json!({
        "aud": "6e9d2b7c-3a54-4d1f-8c2e-90ab12cd34ef", "nonce": "n", "scp": null, "appid": null, "appidacr": null,
    }));
    for (input, answer) in [
        (encrypted, "an encrypted token (JWE, five parts)"),
        (unsigned, "has no signature"),
        (format!("{}.{}.", parts[0], parts[1]), "has no signature"),
        (format!("{}.{}", parts[0], parts[1]), "has not the three parts"),
        (parts[0].to_owned(), "has not the three parts"),
        (format!("{}.{}.{}", parts[0], &parts[1][..parts[1].len() / 2], parts[2]), "its content can't"),
        (format!("{}.!!!.{}", parts[0], parts[2]), "its content can't"),
        (format!("aaaa.{}.{}", parts[1], parts[2]), "its header can't be decoded"),
        (
            "0.AXYAbCdEfGhIjKlMnOpQrStUvWxYz.AgABAAEAAAD--DLA3VO7QrddgJg7Wevr".into(),
            "a refresh token or an authorization code",
        ),
        (
            "1.AXYAbCdEfGhIjKlMnOpQrStUvWxYz.AgABAwEAAAD--DLA3VO7QrddgJg7Wevr.x".into(),
            "a refresh token or an authorization code",
        ),
        ("0.AXYAbCdEfGhIjKlMnOpQrStUvWxYz".into(), "a refresh token or an authorization code"),
        ("ya29.a0AfH6SMBx-1234567890".into(), "no JSON Web Token"),
        ("EwBwA8l6BAAUkj1NuJYtTVha+Mogk+HEiPbQo04AAY".into(), "no JSON Web Token"),
        ("hello world".into(), "no JSON Web Token"),
        (id, "an ID token"),
        (
            r#"{"aud":"https://api.partnercenter.microsoft.com","iss":"x","amr":["mfa"]}"#.into(),
            "the decoded content of a token",
        ),
        (r#"{"refresh_token":"0.AXYA"}"#.into(), "without `access_token`"),
        (r#"{"access_token":"#.into(), "no JSON object that can be read"),
        ("[1]".into(), "no JSON object that can be read"),
        (r#"{"access_token":{"a":1}}"#.into(), "without `access_token`"),
    ] {
        says(&input, 3, &["can't be judged", answer]);
    }
}

#[test]
fn error_answers_of_token_endpoints() {
    let answer = json!({
        "error": "invalid_grant",
        "error_description": "AADSTS50076: Due to a configuration change, you must use MFA for user annelie. Trace ID: 77",
    });
    let (code, text) = ask(answer.to_string());
    assert_eq!(code, Some(3));
    assert!(text.starts_with("This is no token, but an error.\n\n- The input is an error answer"), "{text}");
    assert!(
        text.contains("`invalid_grant`, AADSTS50076") && text.contains("sign in interactively"),
        "{text}"
    );
    assert!(!text.contains("annelie") && !text.contains("Trace"));
    says(json!({ "error": "A\u{1b}[2J" }).to_string(), 3, &["an error answer of a token endpoint. It"]);
}

#[test]
fn what_people_paste() {
    let signed = token(&json!({}));
    let half = signed.len() / 2;
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(signed.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    says(utf16, 0, &[]);
    for input in [
        format!("\u{feff}{signed}\r\n"),
        format!("  {signed}  \n\n"),
        format!("Bearer {signed}"),
        format!("bearer {signed}\r\n"),
        format!("Authorization: Bearer {signed}\n"),
        format!("\"{signed}\""),
        format!("'{signed}',"),
        format!("\"Authorization: Bearer {signed}\""),
        format!("access_token={signed}"),
        format!("{}\r\n{}\n", &signed[..half], &signed[half..]),
        json!({ "token_type": "Bearer", "expires_in": "3599", "access_token": signed }).to_string(),
        json!({ "accessToken": signed, "tokenType": "Bearer" }).to_string(),
        json!({ "AccessToken": format!("Bearer {signed}") }).to_string(),
    ] {
        says(&input, 0, &["would see the MFA claim"]);
    }
}

#[test]
fn hostile_input_is_answered() {
    says(vec![b'a'; 300 * 1024], 3, &["longer than any access token"]);
    says("{".repeat(10_000), 3, &["can't be judged"]);
    says([0xFFu8, 0xFE, 0x00], 3, &["can't be judged"]);
    says(b"\x1b[2J\x00\xff.\xfe.\xfd", 3, &["can't be judged"]);
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#);
    says(
        format!("{header}.{}.AAAA", URL_SAFE_NO_PAD.encode(format!("{{\"aud\":{deep}}}"))),
        3,
        &["content can't"],
    );
    let strange =
        json!({ "amr": "\u{1b}[2J", "aud": ["x"], "iss": {}, "ver": 1, "acr": "\u{202e}", "tid": [] });
    let (_, text) = ask(token(&strange));
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
}

/// No text of eight characters or more from the token, encoded or decoded, but for what the program itself knows.
#[test]
fn no_part_of_the_token_is_printed() {
    let odd = json!({
        "aud": "api://fabrikam-secret-audience", "iss": "https://login.fabrikam-issuer.example/",
        "amr": ["pwd", "fabrikam-own-method", "mfa"], "acrs": ["fabrikam-context"], "ver": "9.9-fabrikam",
        "acr": "fabrikam-class", "idtyp": "fabrikam-type",
    });
    let inputs = [
        token(&json!({})),
        token(&odd),
        token(&json!({ "amr": ["pwd"] })),
        token(&json!({ "exp": NOW - 100_000 })),
        app_only(&json!({})),
        token(&json!({ "aud": "https://graph.windows.net" })),
        token(&json!({}))[..200].to_owned(),
        "0.AXYAbCdEfGhIjKlMnOpQrStUvWxYz.AgABAAEAAAD--DLA3VO7QrddgJg7Wevr".to_owned(),
        "opaque-fabrikam-token-1234567890".to_owned(),
    ];
    let private = [
        "0f5c3a1e",
        "6e9d2b7c",
        "b1d7c0de",
        "Lindqvist",
        "Annelie",
        "annelie",
        "fabrikam",
        "203.0.113",
        "kZ3vQ0hX",
        "Hn2kQ9",
        "user_impersonation",
    ];
    for input in &inputs {
        for format in ["text", "json"] {
            let output = run(&["--format", format], input.as_bytes());
            let shown = text(&output.stdout) + &text(&output.stderr);
            for segment in input.split('.') {
                for start in 0..segment.len().saturating_sub(7) {
                    let piece = &segment[start..start + 8];
                    assert!(!shown.contains(piece), "{format}: `{piece}` in\n{shown}");
                }
            }
            for word in private {
                assert!(!shown.contains(word), "{format}: `{word}` in\n{shown}");
            }
        }
    }
}

#[test]
fn a_token_on_the_command_line_is_refused_and_not_repeated() {
    let signed = token(&json!({}));
    let glued = format!("--token={signed}");
    for arguments in [
        &[signed.as_str()][..],
        &["--format", "json", &signed],
        &["--token", &signed],
        &[&glued],
        &["--format", &signed],
        &["--", &signed],
        &[&signed, "--format", "json"],
    ] {
        let output = run(arguments, b"");
        let stderr = text(&output.stderr);
        assert_eq!(code(&output), Some(2), "{stderr}");
        assert!(stderr.contains("help: pass it on standard input") && output.stdout.is_empty(), "{stderr}");
        assert!(!stderr.contains(&signed[..8]), "{stderr}");
    }
}

#[test]
fn nothing_at_all_is_wrong_usage() {
    for input in [&b""[..], b"\r\n\t "] {
        let output = run(&[], input);
        assert_eq!(code(&output), Some(2));
        assert!(text(&output.stderr).contains("nothing on standard input"));
    }
}

#[test]
fn json_for_programs() {
    let output = run(&["--format", "json"], token(&json!({ "amr": ["pwd"] })).as_bytes());
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(code(&output), Some(1));
    assert_eq!((&value["outcome"], &value["error_code"]), (&json!("refused"), &json!("900421")));
    assert_eq!((&value["kind"], &value["claims"]["model"]), (&json!("signed"), &json!("app+user")));
    assert_eq!(value["claims"]["amr"], json!([{ "value": "pwd", "meaning": "a password" }]));
    assert_eq!(value["claims"]["expires"], json!("2026-09-21T15:13:20Z"));
    assert_eq!(value["claims"]["signature_checked"], json!(false));
}
