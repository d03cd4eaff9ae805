use reqwest::header::{HeaderMap, HeaderValue, AUTHORIZATION};

use crate::auth;

/// A client with the token in its default headers.
pub struct PartnerClient {
    client: reqwest::Client,
    base: String,
}

impl PartnerClient {
    pub fn new(token: &str) -> anyhow::Result<Self> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}"))?);
        let client = reqwest::Client::builder().default_headers(headers).build()?;
        Ok(Self { client, base: auth::PARTNER.to_owned() })
    }

    pub async fn get(&self, path: &str) -> anyhow::Result<String> {
        let url = format!("{}{}", self.base, path);
        // pcmfa: call verdict=blocked from=client-credentials,refresh-token,ropc
        let reply = self.client.get(&url).header("Accept", "application/json").send().await?;
        Ok(reply.text().await?)
    }
}

/// Things are sent elsewhere too.
struct Parcel {
    url: String,
}

impl Parcel {
    fn post(url: &str) -> Self {
        Parcel { url: url.to_owned() }
    }

    fn send(&self) -> bool {
        !self.url.is_empty()
    }
}

pub fn ship() -> bool {
    Parcel::post("https://api.partnercenter.microsoft.com/v1/customers").send() // pcmfa: decoy
}
