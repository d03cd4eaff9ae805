use hyper::{Body, Client, Method, Request};

const TOKEN_URL: &str = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token";

async fn token(user: &str, secret: &str) -> Result<String, Box<dyn std::error::Error>> {
    let form = serde_urlencoded::to_string([
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        ("grant_type", "password"),
        ("username", user),
        ("password", secret),
        ("resource", "https://api.partnercenter.microsoft.com"),
    ])?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(TOKEN_URL)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))?;
    let reply = Client::new().request(request).await?;
    let bytes = hyper::body::to_bytes(reply.into_body()).await?;
    let json: serde_json::Value = serde_json::from_slice(&bytes)?;
    Ok(json["access_token"].as_str().unwrap_or_default().to_owned())
}

pub async fn remove(user: &str, secret: &str, customer: &str) -> Result<(), Box<dyn std::error::Error>> {
    let token = token(user, secret).await?;
    let request = Request::delete(format!("https://api.partnercenter.microsoft.com/v1/customers/{customer}/users/u1"))
        .header("Authorization", format!("Bearer {token}"))
        .body(Body::empty())?;
    // pcmfa: call verdict=blocked from=ropc
    Client::new().request(request).await?;
    Ok(())
}

struct Desk;

impl Desk {
    fn request(&self, what: &str) -> usize {
        what.len()
    }
}

pub fn lookalike() -> usize {
    Desk.request("https://api.partnercenter.microsoft.com/v1/customers") // pcmfa: decoy
}
