use reqwest::blocking::{Client, Response};
use reqwest::StatusCode;

const PARTNER: &str = "https://api.partnercenter.microsoft.com";
// pcmfa: finding hard-coded-secret
const CLIENT_SECRET: &str = "q7-Tulip-Harbour-19";

#[derive(serde::Deserialize)]
struct Tokens {
    access_token: String,
}

fn post(form: &[(&str, &str)]) -> reqwest::Result<String> {
    let answer = Client::new()
        .post("https://login.microsoftonline.com/contoso.example/oauth2/token")
        .form(form)
        .send()?
        .error_for_status()?;
    Ok(answer.json::<Tokens>()?.access_token)
}

fn sign_in(refresh_token: &str, user: &str, password: &str) -> reqwest::Result<String> {
    let first = post(&[
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        ("grant_type", "refresh_token"),
        ("client_secret", CLIENT_SECRET),
        ("refresh_token", refresh_token),
        ("resource", PARTNER),
    ]);
    match first {
        Ok(token) => Ok(token),
        Err(_) => post(&[
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
            ("grant_type", "password"),
            ("username", user),
            ("password", password),
            ("resource", PARTNER),
        ]),
    }
}

fn invoices(refresh_token: &str, user: &str, password: &str) -> reqwest::Result<Response> {
    loop {
        let token = sign_in(refresh_token, user, password)?;
        // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
        let answer = Client::new().get(format!("{PARTNER}/v1/invoices")).bearer_auth(token).send()?;
        // pcmfa: finding mfa-error-retried
        if answer.status() == StatusCode::UNAUTHORIZED {
            std::thread::sleep(std::time::Duration::from_secs(1));
            continue;
        }
        return Ok(answer);
    }
}

fn audit() -> reqwest::Result<Response> {
    // pcmfa: finding static-token
    let token = "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.";
    // pcmfa: call verdict=unresolved ; finding unresolved-token
    Client::new().get(format!("{PARTNER}/v1/auditrecords")).bearer_auth(token).send()
}

fn mail() -> reqwest::Result<Response> {
    // pcmfa: decoy
    let token = "eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.";
    Client::new().get("https://graph.microsoft.com/v1.0/users").bearer_auth(token).send()
}

fn main() {
    let consent = std::env::var("REFRESH_TOKEN").unwrap_or_default();
    let answer = invoices(&consent, "sync@contoso.example", &std::env::var("PC_PASSWORD").unwrap_or_default());
    println!("{:?} {:?} {:?}", answer.is_ok(), audit().is_ok(), mail().is_ok());
}
