use reqwest::blocking::Client;

const PARTNER: &str = "https://api.partnercenter.microsoft.com";

fn agreements(refresh_token: &str) -> anyhow::Result<String> {
    let client = Client::new();
    let form = [
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
        ("resource", PARTNER),
    ];
    let login: serde_json::Value =
        client.post("https://login.microsoftonline.com/common/oauth2/token").form(&form).send()?.json()?;
    let token = login["access_token"].as_str().unwrap_or_default();
    let answer = client
        .get(format!("{PARTNER}/v1/agreements"))
        .bearer_auth(token)
        // pcmfa: check ; finding mfa-check-ignored
        .header("ValidateMfa", "true")
        // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        .send()?;
    if answer.status().is_success() {
        return Ok(answer.text()?);
    }
    let problem: serde_json::Value = answer.json()?;
    match problem["code"].as_str().unwrap_or_default() {
        // pcmfa: check ; finding mfa-error-confused
        "900421" | "900420" => anyhow::bail!("sign in again"),
        other => anyhow::bail!("refused: {other}"),
    }
}

fn main() {
    println!("{:?}", agreements(&std::env::var("REFRESH_TOKEN").unwrap_or_default()));
}
