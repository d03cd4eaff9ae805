mod auth;
mod partner;

use auth::tokens::{Grant, Tokens};
use partner::PartnerClient;

const GRAPH: &str = "https://graph.microsoft.com";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let tenant = std::env::var("TENANT_ID")?;
    let tokens = Tokens::new(tenant);

    let mail = tokens.get(GRAPH, &Grant::Application).await?;
    // pcmfa: decoy
    let organisation = reqwest::Client::new()
        .get(format!("{GRAPH}/v1.0/organization"))
        .bearer_auth(&mail.access_token)
        .send()
        .await?;
    println!("{}", organisation.status());

    let app = tokens.get(auth::PARTNER, &Grant::Application).await?;
    let client = PartnerClient::new(&app.access_token)?;
    // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
    client.get("/v1/profiles/organization").await?;

    let user = Grant::User { name: "sync@contoso.example".into(), password: std::env::var("SYNC_PASSWORD")? };
    let token = tokens.as_user(auth::PARTNER, &user).await?;
    let client = PartnerClient::new(&token)?;
    // pcmfa: call verdict=blocked from=ropc
    client.get("/v1/customers").await?;

    if let Some(consent) = std::env::var("REFRESH_TOKEN").ok() {
        let token = tokens.from_consent(auth::PARTNER, &consent).await?;
        // pcmfa: call verdict=capable from=refresh-token
        PartnerClient::new(&token)?.get("/v1/invoices/summary").await?;
    }
    Ok(())
}
