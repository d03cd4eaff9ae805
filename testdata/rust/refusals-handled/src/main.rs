use reqwest::blocking::Client;
use reqwest::StatusCode;

const PARTNER: &str = "https://api.partnercenter.microsoft.com";

fn token(refresh_token: &str) -> anyhow::Result<String> {
    let secret = std::env::var("PC_CLIENT_SECRET")?;
    let form = [
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        ("grant_type", "refresh_token"),
        ("client_secret", secret.as_str()),
        ("refresh_token", refresh_token),
        ("resource", PARTNER),
    ];
    let login: serde_json::Value =
        Client::new().post("https://login.microsoftonline.com/common/oauth2/token").form(&form).send()?.json()?;
    Ok(login["access_token"].as_str().unwrap_or_default().to_owned())
}

fn users(refresh_token: &str, customers: &[String]) -> anyhow::Result<()> {
    let bearer = token(refresh_token)?;
    for customer in customers {
        let answer = Client::new()
            .get(format!("{PARTNER}/v1/customers/{customer}/users"))
            .bearer_auth(&bearer)
            // pcmfa: check
            .header("ValidateMfa", "true")
            // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
            .send()?;
        // pcmfa: check
        let seen = answer.headers().get("isMfaCompliant").is_some_and(|value| value == "true");
        // The next round is another customer.
        // pcmfa: decoy
        if answer.status() == StatusCode::UNAUTHORIZED {
            let problem: serde_json::Value = answer.json()?;
            eprintln!("{}", explain(problem["code"].as_str().unwrap_or_default()));
            continue;
        }
        if !seen {
            eprintln!("the token carries no MFA claim");
        }
    }
    Ok(())
}

fn explain(code: &str) -> &'static str {
    match code {
        // pcmfa: check
        "900421" => "repeat the consent with MFA",
        // pcmfa: decoy
        "900420" => "the token is for a retired audience",
        _ => "refused",
    }
}

fn main() {
    let consent = std::env::var("REFRESH_TOKEN").unwrap_or_default();
    println!("{:?}", users(&consent, &std::env::args().skip(1).collect::<Vec<_>>()));
}
