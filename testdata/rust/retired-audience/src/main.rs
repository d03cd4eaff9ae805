use reqwest::blocking::Client;

fn token(client: &Client, resource: &str) -> reqwest::Result<String> {
    let id = std::env::var("CLIENT_ID").unwrap_or_default();
    let secret = std::env::var("CLIENT_SECRET").unwrap_or_default();
    let form = [
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        ("grant_type", "client_credentials"),
        ("client_id", id.as_str()),
        ("client_secret", secret.as_str()),
        ("resource", resource),
    ];
    let login: serde_json::Value =
        client.post("https://login.microsoftonline.com/contoso.example/oauth2/token").form(&form).send()?.json()?;
    Ok(login["access_token"].as_str().unwrap_or_default().to_owned())
}

fn main() -> reqwest::Result<()> {
    let client = Client::new();
    let bearer = token(&client, "https://graph.windows.net")?;
    // pcmfa: call verdict=exempt from=client-credentials
    client.get("https://api.partnercenter.microsoft.com/v1/customers").bearer_auth(&bearer).send()?;
    // pcmfa: decoy
    client.get("https://graph.windows.net/contoso.example/users").bearer_auth(&bearer).send()?;
    Ok(())
}
