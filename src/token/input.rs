//! From what was passed to the claims: the token is found in what people paste, and decoded.

#![expect(clippy::result_large_err, reason = "one token is read a run")]

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::{Kind, Reading};

/// No access token is nearly as long; more is not read.
pub const MAX_INPUT: usize = 256 * 1024;

/// As forgiving as decoding can be without guessing: JSON Web Tokens have no padding, copies of them may.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Where answers of token endpoints and command line tools have the access token.
const ACCESS_TOKEN_KEYS: [&str; 4] = ["access_token", "accessToken", "AccessToken", "Token"];

const GIVE_ACCESS_TOKEN: &str = "Pass the access token that the program sends to Partner Center.";

/// The claims of the token in the input, or why there are none.
pub(super) fn claims(input: &[u8]) -> Result<Map<String, Value>, Reading> {
    if input.len() > MAX_INPUT {
        return Err(Reading::unreadable(
            Kind::Opaque,
            "The input is longer than any access token.",
            GIVE_ACCESS_TOKEN,
        ));
    }
    let text = decoded_text(input);
    let token = unwrapped(&text, 0)?;
    if token.is_empty() {
        return Err(Reading::unreadable(Kind::Opaque, "The input holds no token.", GIVE_ACCESS_TOKEN));
    }
    segments(&token)
}

/// UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it into files.
fn decoded_text(input: &[u8]) -> String {
    let text = match encoding_rs::Encoding::for_bom(input) {
        Some((encoding, _)) => encoding.decode(input).0.into_owned(),
        None => String::from_utf8_lossy(input).into_owned(),
    };
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0').to_owned()
}

/// The token without what people copy along with it.
fn unwrapped(text: &str, depth: usize) -> Result<String, Reading> {
    let mut text = text.trim();
    if text.starts_with(['{', '[']) {
        return from_json(text, depth);
    }
    loop {
        let before = text;
        for prefix in ["authorization:", "bearer ", "access_token="] {
            if text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
                text = text[prefix.len()..].trim_start();
            }
        }
        for quote in ['"', '\'', '`'] {
            if let Some(inner) = text.strip_prefix(quote) {
                text = inner.strip_suffix(quote).unwrap_or(inner).trim();
            }
        }
        text = text.trim_end_matches([',', ';', '"', '\'']).trim_end();
        if text == before {
            break;
        }
    }
    // Terminals and mail wrap long lines.
    Ok(text.split(['\r', '\n']).map(str::trim).collect())
}

/// The access token of the JSON that a token endpoint or a command line tool answers with.
fn from_json(text: &str, depth: usize) -> Result<String, Reading> {
    let malformed = |reason: &str| Reading::unreadable(Kind::Malformed, reason, GIVE_ACCESS_TOKEN);
    let Ok(Value::Object(object)) = serde_json::from_str::<Value>(text) else {
        return Err(malformed("The input looks like JSON, but it is no JSON object that can be read."));
    };
    for key in ACCESS_TOKEN_KEYS {
        if let Some(Value::String(token)) = object.get(key) {
            // A token inside of a token answer is no JSON again.
            return if depth == 0 { unwrapped(token, 1) } else { Ok(token.clone()) };
        }
    }
    if let Some(Value::String(error)) = object.get("error") {
        return Err(error_answer(error, object.get("error_description").and_then(Value::as_str)));
    }
    if object.contains_key("aud") && object.contains_key("iss") {
        return Err(malformed("The input is the decoded content of a token, not the token."));
    }
    Err(malformed("The input is JSON without `access_token`."))
}

/// The answer of a token endpoint that gave no token. Only names and numbers of errors are repeated.
fn error_answer(error: &str, description: Option<&str>) -> Reading {
    let plain = error.len() <= 40 && error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let mut reason = "The input is an error answer of a token endpoint".to_owned();
    if plain {
        reason = format!("{reason}: `{error}`");
    }
    let number = description
        .and_then(|text| text.split("AADSTS").nth(1))
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).take(8).collect::<String>());
    let number = number.filter(|digits| digits.len() >= 4);
    if let Some(number) = &number {
        reason = format!("{reason}, AADSTS{number}");
    }
    reason.push_str(". It holds no token.");
    let advice = match number.as_deref() {
        Some("50076" | "50079" | "50074") => {
            "Microsoft Entra asks for multifactor authentication and this sign-in cannot answer: a user has to sign in interactively."
        }
        Some("50078") => {
            "The multifactor authentication of the sign-in is too old: a user has to sign in again."
        }
        Some("65001") => "The application has no consent for Partner Center: repeat the consent with MFA.",
        Some("700082" | "70043" | "70008" | "50173") => {
            "The refresh token has expired or was revoked: repeat the consent with MFA and store the new one."
        }
        Some("53003") => "A Conditional Access policy refuses this sign-in.",
        Some("7000215" | "7000222") => "The secret of the application is wrong or has expired.",
        _ => GIVE_ACCESS_TOKEN,
    };
    Reading::unreadable(Kind::Error, &reason, advice)
}

fn segments(token: &str) -> Result<Map<String, Value>, Reading> {
    let bad = |kind, reason: &str, advice: &str| Err(Reading::unreadable(kind, reason, advice));
    if is_refresh(token) {
        return bad(
            Kind::Refresh,
            "This is a refresh token or an authorization code of Microsoft Entra. It is readable for Microsoft Entra only.",
            "Redeem it, and pass the access token from the answer.",
        );
    }
    let parts: Vec<&str> = token.split('.').collect();
    let header = parts.first().and_then(|part| object(part));
    let shaped = token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.=".contains(&b));
    match (parts.len(), header) {
        (5, Some(_)) => bad(
            Kind::Encrypted,
            "This is an encrypted token (JWE, five parts): only its recipient can read it.",
            "Tokens for Partner Center are signed and readable; look at how this one was asked for.",
        ),
        (3, Some(header)) => {
            if header.contains_key("enc") {
                return bad(
                    Kind::Malformed,
                    "Its header says that it is encrypted, but it has not the five parts of such a token.",
                    GIVE_ACCESS_TOKEN,
                );
            }
            let unsigned =
                header.get("alg").and_then(Value::as_str).is_none_or(|alg| alg.eq_ignore_ascii_case("none"));
            if unsigned || parts[2].is_empty() {
                return bad(
                    Kind::Malformed,
                    "This token has no signature: nobody accepts it.",
                    GIVE_ACCESS_TOKEN,
                );
            }
            match object(parts[1]) {
                Some(claims) if shaped => Ok(claims),
                _ => bad(
                    Kind::Malformed,
                    "The header of this token can be decoded, its content can't: it is damaged, or its middle is missing.",
                    GIVE_ACCESS_TOKEN,
                ),
            }
        }
        (_, Some(_)) => bad(
            Kind::Malformed,
            "This begins like a JSON Web Token, but it has not the three parts of a signed one: an end is missing, or there is too much.",
            GIVE_ACCESS_TOKEN,
        ),
        (3 | 5, None) if shaped => bad(
            Kind::Malformed,
            "This has the parts of a JSON Web Token, but its header can't be decoded.",
            GIVE_ACCESS_TOKEN,
        ),
        _ => bad(
            Kind::Opaque,
            "This is no JSON Web Token: what it says is known only to who made it.",
            GIVE_ACCESS_TOKEN,
        ),
    }
}

/// How refresh tokens and authorization codes of Microsoft Entra begin; those of today have dots in them.
fn is_refresh(token: &str) -> bool {
    ["0.A", "1.A", "OAQABAAAA", "AQABAAAA", "M.C", "M.R3_"].iter().any(|start| token.starts_with(start))
}

fn object(part: &str) -> Option<Map<String, Value>> {
    let bytes = BASE64.decode(part).ok()?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}
