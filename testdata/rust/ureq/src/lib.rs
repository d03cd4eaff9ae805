//! Version 2 and 3 of the library.

const HOST: &str = "https://api.partnercenter.microsoft.com";

fn password(tenant: &str, user: &str, secret: &str) -> Result<String, ureq::Error> {
    let url = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token");
    let reply: serde_json::Value = ureq::post(&url)
        .send_form(&[
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            ("grant_type", "password"),
            ("username", user),
            ("password", secret),
            ("scope", "https://api.partnercenter.microsoft.com/.default"),
        ])?
        .into_json()?;
    Ok(reply["access_token"].as_str().unwrap().to_string())
}

pub fn customers(tenant: &str, user: &str, secret: &str) -> Result<String, ureq::Error> {
    let token = password(tenant, user, secret)?;
    let agent = ureq::agent();
    // pcmfa: call verdict=blocked from=ropc
    let reply = agent
        .get(&format!("{HOST}/v1/customers"))
        .set("Authorization", &format!("Bearer {}", token))
        .call()?;
    Ok(reply.into_string()?)
}

pub fn application(tenant: &str, id: &str, secret: &str) -> Result<String, ureq::Error> {
    let url = format!("https://login.microsoftonline.com/{}/oauth2/token", tenant);
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    let body = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}&resource={HOST}");
    let mut reply = ureq::post(&url).header("Content-Type", "application/x-www-form-urlencoded").send(&body)?;
    let token = reply.body_mut().read_json::<serde_json::Value>()?["access_token"].to_string();
    // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
    let mut answer = ureq::get(format!("{HOST}/v1/profiles/organization"))
        .header("Authorization", format!("Bearer {token}"))
        .call()?;
    answer.body_mut().read_to_string()
}

struct Radio;

impl Radio {
    fn get(&self, station: &str) -> &Self {
        let _ = station;
        self
    }

    fn call(&self) -> u32 {
        99
    }
}

pub fn lookalike() -> u32 {
    Radio.get("https://api.partnercenter.microsoft.com/v1/customers").call() // pcmfa: decoy
}
