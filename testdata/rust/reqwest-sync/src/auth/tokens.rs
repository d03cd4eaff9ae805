use std::collections::HashMap;

use anyhow::{bail, Context};
use serde::{Deserialize, Serialize};

/// What signs in.
pub enum Grant {
    Application,
    User { name: String, password: String },
}

#[derive(Debug, Deserialize)]
pub struct TokenReply {
    pub access_token: String,
    pub refresh_token: Option<String>,
}

#[derive(Serialize)]
struct RefreshRequest<'a> {
    grant_type: &'a str,
    refresh_token: &'a str,
    resource: &'a str,
}

pub struct Tokens {
    http: reqwest::Client,
    tenant: String,
}

impl Tokens {
    pub fn new(tenant: String) -> Self {
        Self { http: reqwest::Client::new(), tenant }
    }

    fn endpoint(&self) -> String {
        format!("https://login.microsoftonline.com/{}/oauth2/token", self.tenant)
    }

    pub async fn get(&self, resource: &str, grant: &Grant) -> anyhow::Result<TokenReply> {
        let mut params = HashMap::new();
        params.insert("client_id", std::env::var("CLIENT_ID")?);
        match grant {
            Grant::Application => {
                // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
                params.insert("grant_type", "client_credentials".to_string());
                params.insert("client_secret", std::env::var("CLIENT_SECRET")?);
            }
            Grant::User { .. } => bail!("users sign in elsewhere"),
        }
        params.insert("resource", resource.to_string());
        let reply = self.http.post(self.endpoint()).form(&params).send().await?;
        let token: TokenReply = reply.error_for_status()?.json().await.context("no token")?;
        Ok(token)
    }

    pub async fn as_user(&self, resource: &str, grant: &Grant) -> anyhow::Result<String> {
        let Grant::User { name, password } = grant else {
            bail!("no user");
        };
        let form = [
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            ("grant_type", "password"),
            ("client_id", "2f0c9c0e-9b3a-4b43-8f3f-5d2b0b8ad5c1"),
            ("username", name.as_str()),
            ("password", password.as_str()),
            ("resource", resource),
        ];
        let text = self.http.post(&self.endpoint()).form(&form).send().await?.text().await?;
        let reply: serde_json::Value = serde_json::from_str(&text)?;
        Ok(reply["access_token"].as_str().unwrap_or_default().to_owned())
    }

    pub async fn from_consent(&self, resource: &str, refresh_token: &str) -> anyhow::Result<String> {
        let request = RefreshRequest {
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            grant_type: "refresh_token",
            refresh_token,
            resource,
        };
        let reply = match self.http.post(self.endpoint()).form(&request).send().await {
            Ok(reply) => reply,
            Err(error) => return Err(error.into()),
        };
        Ok(reply.json::<TokenReply>().await?.access_token)
    }
}
