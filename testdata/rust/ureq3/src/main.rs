mod login;

use ureq::Agent;

fn main() -> Result<(), ureq::Error> {
    let agent: Agent = Agent::config_builder().https_only(true).build().new_agent();
    let secret = std::env::var("PARTNER_PASSWORD").unwrap_or_default();
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    let user = login::token(&agent, "password", &secret)?;
    let bearer = format!("Bearer {}", user.access_token);
    // pcmfa: call verdict=blocked from=ropc
    agent.get("https://api.partnercenter.microsoft.com/v1/customers").header("Authorization", &bearer).call()?;
    // pcmfa: call verdict=blocked from=ropc
    agent
        .post("https://api.partnercenter.microsoft.com/v1/customers/1/orders/2/activationlinks")
        .header("Authorization", &bearer)
        .send_empty()?;
    let request = ureq::http::Request::builder()
        .uri("https://api.partnercenter.microsoft.com/v1/agreements")
        .header("Authorization", &bearer)
        .body(())
        .unwrap();
    // pcmfa: call verdict=blocked from=ropc
    ureq::run(request)?;
    // pcmfa: decoy
    agent.get("https://weather.example/v1/customers").call()?;
    Ok(())
}
