use std::sync::Arc;

use azure_core::credentials::TokenCredential;
use azure_identity::{AzureCliCredential, ClientSecretCredential};

const SCOPE: &str = "https://api.partnercenter.microsoft.com/.default";

pub struct Sync {
    credential: Arc<dyn TokenCredential>,
    http: reqwest::Client,
}

impl Sync {
    pub fn application(tenant: &str, id: &str, secret: &str) -> azure_core::Result<Self> {
        let credential = ClientSecretCredential::new(tenant, id.to_string(), secret.into(), None)?;
        Ok(Self { credential, http: reqwest::Client::new() })
    }

    pub async fn customers(&self) -> Result<(), Box<dyn std::error::Error>> {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        let token = self.credential.get_token(&[SCOPE], None).await?;
        // pcmfa: call verdict=exempt from=client-credentials
        self.http
            .get("https://api.partnercenter.microsoft.com/v1/customers")
            .bearer_auth(token.token.secret())
            .send()
            .await?;
        Ok(())
    }
}

pub async fn resources() -> Result<(), Box<dyn std::error::Error>> {
    // Whoever is signed in; for another API.
    let credential = AzureCliCredential::new(None)?;
    // pcmfa: decoy
    let token = credential.get_token(&["https://management.azure.com/.default"], None).await?;
    println!("{}", token.expires_on);
    Ok(())
}
