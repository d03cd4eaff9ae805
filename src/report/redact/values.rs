//! Which texts are secrets, or can be.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

type Ranges = Vec<Range<usize>>;

fn regex(pattern: &str) -> Regex {
    // A test of this module compiles them all.
    Regex::new(pattern).expect("the patterns are constants")
}

/// Texts whose shape alone says that they are secrets.
static SHAPES: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        // A JSON web token, or its first part.
        r"\beyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){0,4}",
        // A client secret of Entra ID: three characters, a digit, `Q~` and 31 to 34 more.
        r"|[A-Za-z0-9~._-]{3}[0-9]Q~[A-Za-z0-9~._-]{20,}",
        // A refresh token of Entra ID.
        r"|\b[01]\.A[A-Za-z0-9_-]{20,}[A-Za-z0-9_.-]*",
        // A key in Base64, with padding: storage keys, older client secrets.
        r"|[A-Za-z0-9+/]{40,}={1,2}",
    ))
});

/// A run that is random if it is mixed enough.
static RUNS: LazyLock<Regex> = LazyLock::new(|| regex(r"[A-Za-z0-9+/_-]{32,}"));

/// `Authorization: Basic dXNlcjpwdw==`
static HEADER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9+/_.~-]{8,}=*)"));

/// The user part of a URL.
static USER_PART: LazyLock<Regex> = LazyLock::new(|| regex(r#"://([^/\s@"'<>{}]+)@"#));

/// `name=value` in query strings, form bodies and connection strings.
static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:^|[?&;,\s])(?:password|passwd|pwd|passphrase|(?:client_?)?secret|client_assertion|assertion",
        r"|(?:refresh_?|access_?|id_?|sas_?)?token|code|sig|signature|api[-_]?key|subscription-key",
        r"|account_?key|(?:shared_?)?access_?key|shared_?access_?signature|auth)\s?=\s?",
        r#"([^&;\s"'<>]+)"#
    ))
});

/// `--name value` and `-name value` of commands, where the value has no quotes and is no variable.
static OPTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?m)(?:^|\s)--?([A-Za-z][\w-]*)[= \t]+([^\s"'$`<>|;&(){}\[\],-][^\s"'$`<>|;&(){}\[\],]*)"#)
});

/// `NAME=value` of shells, `name: value` of pipelines, `ENV NAME value` of images.
static VARIABLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?m)(?:^|[\s;&])(?:(?:ENV|ARG)[ \t]+([\w.-]+)[ \t]+|([A-Za-z_][\w.-]*)(?:=|:[ \t]+))",
        r#"([^\s"'$`<>|;&(){}\[\],]+)"#
    ))
});

/// The password of `--user name:password` and of `login … -p password`.
static LOGIN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?m)\s(?:-u|--user)[ \t=]*[^\s:"'$]+:([^\s"'$/][^\s"'$]*)|\blogin\b[^\r\n]*?\s-p[ \t=]+([^\s"'$-][^\s"'$]*)"#,
    )
});

/// `name: value` and `name = value` where the name is sensitive; for settings and comments.
static PAIR: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"([A-Za-z_][\w.:-]*)["']?\s*(?:=>|[:=])\s*([^\s"',;)\]}]+)"#));

/// A line of a settings file whose value has no quotes.
static SETTING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?m)^[ \t]*(?:-[ \t]+)?(?:export[ \t]+)?["']?([\w.:$-]+)["']?[ \t]*[:=][ \t]*([^\s"'{\[|>&*!][^\r\n]*)"#,
    )
});

/// An XML element with text in it.
static ELEMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"<([\w.:-]+)(?:\s[^<>]*)?>([^<>]+)</"));

/// Placeholders of templates and format strings.
static PLACEHOLDER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\$?\{[^{}]*\}|\$\([^()]*\)|\$[A-Za-z_][\w:.]*|%[sd@]|<[a-z_ -]+>"));

/// Words that say what something is, and are no secret themselves.
const VOCABULARY: &[&str] = &[
    "access_token",
    "api_key",
    "apikey",
    "assertion",
    "authorization",
    "authorization_code",
    "basic",
    "bearer",
    "client_assertion",
    "client_assertion_type",
    "client_credentials",
    "client_id",
    "client_secret",
    "code",
    "device_code",
    "email",
    "grant_type",
    "id_token",
    "login",
    "offline_access",
    "on_behalf_of",
    "openid",
    "password",
    "post",
    "get",
    "profile",
    "redirect_uri",
    "refresh_token",
    "requested_token_use",
    "resource",
    "response_type",
    "scope",
    "token",
    "token_type",
    "user_impersonation",
    "username",
];

/// Parts of names that hold secrets.
const SENSITIVE: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "credential",
    "assertion",
    "apikey",
    "api_key",
    "api-key",
    "accesskey",
    "access_key",
    "accountkey",
    "account_key",
    "privatekey",
    "private_key",
    "sharedkey",
    "masterkey",
    "subscriptionkey",
    "subscription-key",
    "securestring",
    "connectionstring",
    "authorization",
    "signature",
];

/// Whole names that hold secrets.
const SENSITIVE_NAMES: &[&str] = &["pass", "pw", "psw", "key", "sas", "sig", "jwt", "cred", "creds", "auth"];

/// Does a name say that its value is a secret?
pub(super) fn is_sensitive(name: &str) -> bool {
    let name = name.trim_start_matches(['$', '-', '@']).to_ascii_lowercase();
    let name = name.rsplit([':', '.']).next().unwrap_or_default();
    SENSITIVE_NAMES.contains(&name)
        || SENSITIVE.iter().any(|part| name.contains(part))
        || ["_key", "_pw", "_pass", "-key"].iter().any(|end| name.ends_with(end))
}

/// Does a literal look like the name of a setting, parameter or header, which can be the key of a pair?
pub(super) fn is_name(content: &str) -> bool {
    content.len() <= 64 && content.chars().all(|c| c.is_ascii_alphanumeric() || "_-.:".contains(c))
}

/// Finds what is a secret by its shape.
pub(super) fn anywhere(text: &str, ranges: &mut Ranges) {
    ranges.extend(SHAPES.find_iter(text).map(|found| found.range()));
    ranges.extend(RUNS.find_iter(text).filter(|found| is_random(found.as_str())).map(|found| found.range()));
    let group = |captures: regex::Captures<'_>| captures.get(1).map(|group| group.range());
    ranges.extend(USER_PART.captures_iter(text).filter_map(group));
    let random = |range: &Range<usize>| text[range.clone()].bytes().any(|byte| byte.is_ascii_digit());
    ranges.extend(HEADER.captures_iter(text).filter_map(group).filter(random));
}

/// Finds the values of sensitive parameters in prose and in the content of literals.
pub(super) fn parameters(text: &str, ranges: &mut Ranges) {
    for captures in PARAMETER.captures_iter(text) {
        if let Some(value) = captures.get(1).filter(|value| !is_placeholder(value.as_str())) {
            ranges.push(value.range());
        }
    }
}

/// Finds the values of sensitive parameters in forms that stand without quotes: in comments, in the bodies of request
/// files, in the arguments of shells.
pub(super) fn forms(text: &str, base: usize, ranges: &mut Ranges) {
    for captures in PARAMETER.captures_iter(text) {
        // `name = value` is code.
        let tight = |value: &regex::Match<'_>| {
            let before = text[..value.start()].strip_suffix('=');
            before.is_some_and(|name| !name.ends_with(char::is_whitespace))
        };
        if let Some(value) = captures.get(1).filter(|value| tight(value) && !is_placeholder(value.as_str())) {
            ranges.push(base + value.start()..base + value.end());
        }
    }
}

/// Finds secrets that stand without quotes in the commands and variables of shells.
pub(super) fn bare(text: &str, ranges: &mut Ranges) {
    forms(text, 0, ranges);
    for captures in OPTION.captures_iter(text).chain(VARIABLE.captures_iter(text)) {
        let mut groups = captures.iter().skip(1).flatten();
        if let (Some(name), Some(value)) = (groups.next(), groups.next())
            && is_sensitive(name.as_str())
            && !is_harmless(value.as_str(), false)
        {
            ranges.push(value.range());
        }
    }
    let passwords = LOGIN.captures_iter(text).filter_map(|captures| captures.iter().skip(1).flatten().next());
    ranges.extend(passwords.filter(|value| !is_placeholder(value.as_str())).map(|value| value.range()));
}

/// Finds values behind sensitive names in a comment.
pub(super) fn comment(text: &str, base: usize, ranges: &mut Ranges) {
    forms(text, base, ranges);
    for captures in PAIR.captures_iter(text) {
        if let (Some(name), Some(value)) = (captures.get(1), captures.get(2))
            && is_sensitive(name.as_str())
            && !is_harmless(value.as_str(), false)
        {
            ranges.push(base + value.start()..base + value.end());
        }
    }
}

/// Finds values without quotes, line by line, and the text of XML elements.
pub(super) fn unquoted_settings(text: &str, ranges: &mut Ranges) {
    for captures in SETTING.captures_iter(text).chain(ELEMENT.captures_iter(text)) {
        let (Some(name), Some(value)) = (captures.get(1), captures.get(2)) else { continue };
        let sensitive = is_sensitive(name.as_str());
        let content = value.as_str().trim_end();
        let content = content.split(" #").next().unwrap_or(content);
        if !content.contains(['"', '\'']) || sensitive {
            let mut inner = Vec::new();
            literal(content, sensitive, false, &mut inner);
            ranges.extend(inner.into_iter().map(|r| value.start() + r.start..value.start() + r.end));
        }
    }
}

/// Finds what of a string literal must not be shown. `sensitive`: it belongs to a sensitive name. `names`: the
/// names of settings are to be expected where it stands.
pub(super) fn literal(content: &str, sensitive: bool, names: bool, ranges: &mut Ranges) {
    parameters(content, ranges);
    if sensitive && !is_harmless(content, names) || looks_like_password(content) {
        ranges.push(0..content.len());
    }
}

/// Can this text not be a secret, even though its name says so?
fn is_harmless(content: &str, names: bool) -> bool {
    let text = PLACEHOLDER.replace_all(content, "");
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    text.len() <= 1
        || lower.split([' ', ',']).all(|word| word.is_empty() || VOCABULARY.contains(&word))
        || ["https://", "http://", "urn:", "api://", "application/", "/.default"]
            .iter()
            .any(|start| lower.starts_with(start))
        || lower.ends_with("/.default")
        || is_path(text)
        || matches!(lower.as_str(), "true" | "false" | "null" | "none")
        || is_setting_name(text, names)
        || PARAMETER.is_match(text) && text.contains(['=', '&']) && !text.contains(' ')
}

/// `/v1/customers`: a path of the API, with lower-case words.
fn is_path(text: &str) -> bool {
    text.starts_with('/')
        && text.len() > 3
        && text.split('/').all(|part| {
            part.len() < 24
                && part.chars().all(|c| c.is_ascii_lowercase() || "-_.".contains(c) || c.is_ascii_digit())
        })
}

/// `PC_CLIENT_SECRET`, `PartnerCenter:ClientSecret`, `x-api-key`: the last part names the secret, and the
/// spelling is one of names.
fn is_setting_name(text: &str, names: bool) -> bool {
    let letters = |c: char| c.is_ascii_alphabetic() || "_-.:".contains(c);
    if !is_name(text) || !text.chars().all(letters) || !is_sensitive(text) {
        return false;
    }
    let upper = text.chars().all(|c| c.is_ascii_uppercase() || c == '_') && text.contains('_');
    upper || names || text.contains([':', '.'])
}

/// A placeholder, or a variable that is put in.
fn is_placeholder(value: &str) -> bool {
    value.starts_with(['{', '$', '%', '<', '*', '"', '\'', '+', '@'])
}

/// Upper and lower case, digits and other characters in one word, as rules for passwords ask for.
fn looks_like_password(content: &str) -> bool {
    let has = |test: fn(char) -> bool| content.chars().any(test);
    (8..=64).contains(&content.chars().count())
        && !has(char::is_whitespace)
        && has(|c| c.is_ascii_uppercase())
        && has(|c| c.is_ascii_lowercase())
        && has(|c| c.is_ascii_digit())
        && has(|c| "!#^*+?~@$%&".contains(c))
        && !content.contains("://")
        && !content.contains("={")
        // A regular expression.
        && !content.contains("a-z")
        && !content.contains("A-Z")
        && !PLACEHOLDER.is_match(content)
        && !content.starts_with(['/', '?', '.', '#'])
}

/// Enough digits and letters of both cases, as random Base64 has and names have not; or a long hexadecimal
/// number with letters.
fn is_random(run: &str) -> bool {
    let count = |test: fn(&u8) -> bool| run.bytes().filter(test).count();
    let digits = count(u8::is_ascii_digit);
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let size = run.len();
    digits * 12 >= size && upper * 6 >= size && lower * 6 >= size && !run.contains("--")
}

#[cfg(test)]
mod tests {
    use super::{is_harmless, is_random, is_sensitive, looks_like_password};

    #[test]
    fn names_of_secrets() {
        for name in ["password", "$script:clientSecret", "PC_KEY", "AcquireTokenByUsernamePassword", "Pw"] {
            assert!(is_sensitive(name), "{name}");
        }
        for name in ["scope", "customers", "monkey", "compass", "resource", "authority"] {
            assert!(!is_sensitive(name), "{name}");
        }
    }

    #[test]
    fn random_runs() {
        assert!(is_random("Yx8Kq2mPz7RtVb3NcW5dLf9GhJ1sTaQe"));
        for name in [
            "AcquireTokenByUsernamePasswordConfidentialClient2",
            "src/Integrations/PartnerCenter/Clients/V2/Invoices",
            "72f988bf-86f1-41af-91ab-2d7cd011db47",
        ] {
            assert!(!is_random(name), "{name}");
        }
    }

    #[test]
    fn passwords() {
        assert!(looks_like_password("Passw0rd!"));
        for text in ["/v1/Customers?size=1", "https://x.Y/1?a", "Version 1.0!", "utf-8", "[^a-zA-Z0-9_$]+"] {
            assert!(!looks_like_password(text), "{text}");
        }
    }

    #[test]
    fn harmless_texts() {
        for text in [
            "https://api.partnercenter.microsoft.com",
            "Bearer {0}",
            "openid offline_access",
            "password",
            "PC_CLIENT_SECRET",
            "PartnerCenter:ClientSecret",
            "",
            "/v1/customers",
            "Bearer $token",
        ] {
            assert!(is_harmless(text, false), "{text}");
        }
        for text in ["hunter2", "MyPassword", "correct horse", "abc", "P@ss:word1", "/Qw+8"] {
            assert!(!is_harmless(text, false), "{text}");
        }
    }
}
