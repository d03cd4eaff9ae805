use serde::Deserialize;
use ureq::Agent;

#[derive(Deserialize)]
pub struct Token {
    pub access_token: String,
}

pub fn token(agent: &Agent, grant: &str, secret: &str) -> Result<Token, ureq::Error> {
    let form = [("grant_type", grant), ("resource", "https://api.partnercenter.microsoft.com"), ("password", secret)];
    let mut answer = agent.post("https://login.microsoftonline.com/common/oauth2/token").send_form(form)?;
    answer.body_mut().read_json()
}
