use reqwest::blocking::{Client, Response};

const TOKENS: &str = "https://login.microsoftonline.com/contoso.example/oauth2/token";
const PARTNER: &str = "https://api.partnercenter.microsoft.com";

struct Account {
    refresh_token: String,
    user: String,
    password: String,
}

fn renewed(account: &Account) -> reqwest::Result<String> {
    let form = [
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        ("grant_type", "refresh_token"),
        ("refresh_token", account.refresh_token.as_str()),
        ("resource", PARTNER),
    ];
    Client::new().post(TOKENS).form(&form).send()?.text()
}

fn signed_in(account: &Account) -> reqwest::Result<String> {
    let form = [
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        ("grant_type", "password"),
        ("username", account.user.as_str()),
        ("password", account.password.as_str()),
        ("resource", PARTNER),
    ];
    Client::new().post(TOKENS).form(&form).send()?.text()
}

fn get(path: &str, token: &str) -> reqwest::Result<Response> {
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    Client::new().get(format!("{PARTNER}/v1/{path}")).bearer_auth(token).send()
}

fn by_match(account: &Account) -> reqwest::Result<Response> {
    let token = match renewed(account) {
        Ok(token) => token,
        // pcmfa: finding password-fallback
        Err(_) => signed_in(account)?,
    };
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    get("invoices", &token)
}

fn by_closure(account: &Account) -> reqwest::Result<Response> {
    // pcmfa: finding password-fallback
    let token = renewed(account).or_else(|_| signed_in(account))?;
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    get("customers", &token)
}

fn by_pattern(account: &Account) -> reqwest::Result<Response> {
    let first = renewed(account);
    if let Err(error) = &first {
        eprintln!("{error}");
        // pcmfa: finding password-fallback
        let token = signed_in(account)?;
        // pcmfa: call verdict=blocked from=ropc
        return get("agreements", &token);
    }
    // pcmfa: call verdict=capable from=refresh-token
    get("agreements", &first?)
}

fn by_else(account: &Account) -> reqwest::Result<Response> {
    let Ok(token) = renewed(account) else {
        // pcmfa: finding password-fallback
        let token = signed_in(account)?;
        // pcmfa: call verdict=blocked from=ropc
        return get("profiles", &token);
    };
    // pcmfa: call verdict=capable from=refresh-token
    get("profiles", &token)
}

/// The configuration says which: nothing failed before.
fn by_choice(account: &Account, mode: Option<&str>) -> reqwest::Result<Response> {
    let token = match mode {
        Some("delegated") => renewed(account)?,
        // pcmfa: decoy
        None | Some(_) => signed_in(account)?,
    };
    // pcmfa: call verdict=blocked from=refresh-token,ropc
    get("offers", &token)
}

fn main() {
    let account = Account {
        refresh_token: std::env::var("REFRESH_TOKEN").unwrap_or_default(),
        user: "sync@contoso.example".to_owned(),
        password: std::env::var("PC_PASSWORD").unwrap_or_default(),
    };
    let mode = std::env::args().nth(1);
    let all = [by_match, by_closure, by_pattern, by_else].map(|send| send(&account).is_ok());
    println!("{all:?} {:?}", by_choice(&account, mode.as_deref()).is_ok());
}
