use oauth2::basic::BasicClient;
use oauth2::{AuthorizationCode, RefreshToken, ResourceOwnerPassword, ResourceOwnerUsername, Scope, TokenResponse};

type Fault = Box<dyn std::error::Error>;

const SCOPE: &str = "https://api.partnercenter.microsoft.com/.default";
const CUSTOMERS: &str = "https://api.partnercenter.microsoft.com/v1/customers";

async fn list(http: &reqwest::Client, token: &str) -> Result<(), Fault> {
    // pcmfa: call verdict=blocked from=authorization-code,client-credentials,refresh-token,ropc
    http.get(CUSTOMERS).bearer_auth(token).send().await?;
    Ok(())
}

pub async fn password(client: &BasicClient, http: &reqwest::Client) -> Result<(), Fault> {
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    let token = client
        .exchange_password(
            &ResourceOwnerUsername::new(std::env::var("PARTNER_USER")?),
            &ResourceOwnerPassword::new(std::env::var("PARTNER_PASSWORD")?),
        )
        .add_scope(Scope::new(SCOPE.to_string()))
        .request_async(http)
        .await?;
    list(http, token.access_token().secret()).await
}

pub async fn application(client: &BasicClient, http: &reqwest::Client) -> Result<(), Fault> {
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    let token = client.exchange_client_credentials().add_scope(Scope::new(SCOPE.into())).request_async(http).await?;
    list(http, token.access_token().secret()).await
}

pub async fn code(client: &BasicClient, http: &reqwest::Client, code: String) -> Result<(), Fault> {
    // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    let token = client.exchange_code(AuthorizationCode::new(code)).request_async(http).await?;
    list(http, token.access_token().secret()).await
}

pub async fn consent(client: &BasicClient, http: &reqwest::Client, refresh: String) -> Result<(), Fault> {
    let refresh = RefreshToken::new(refresh);
    let token =
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        client.exchange_refresh_token(&refresh).add_scope(Scope::new(SCOPE.into())).request_async(http).await?;
    list(http, token.access_token().secret()).await
}
