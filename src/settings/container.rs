//! Variables that definitions of containers give to the programs in them, as the programs read them.
//!
//! Docker Compose has them under `environment`, as a map or as a list of `NAME=value`; Kubernetes has a list of
//! `name` and `value` under `env`, and takes values from the `data` and `stringData` of a `ConfigMap` or `Secret`, all of
//! them under their own names (`envFrom`) or one under another (`valueFrom`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Setting;

/// The variables among the values of a YAML file, by their own names.
pub(super) fn variables(settings: &[Setting]) -> Vec<Setting> {
    let mut found = stored(settings);
    let stored = found.len();
    for (at, setting) in settings.iter().enumerate() {
        let Some((outer, last)) = setting.key.rsplit_once(':') else { continue };
        if is_service(outer) {
            if !is_number(last) {
                found.push(variable(last, &setting.value, setting));
            } else if let Some((name, value)) = setting.value.split_once('=') {
                found.push(variable(name, value, setting));
            }
        } else if last == "name" && is_listed(outer) {
            let key = format!("{outer}:value");
            if let Some(value) = settings[at..].iter().take(4).find(|s| s.key == key) {
                found.push(variable(&setting.value, &value.value, value));
                continue;
            }
            let wanted =
                ["configMapKeyRef", "secretKeyRef"].map(|kind| format!("{outer}:valueFrom:{kind}:key"));
            if let Some(key) = settings[at..].iter().take(4).find(|s| wanted.contains(&s.key)) {
                let held = found[..stored].iter().find(|s| s.key == key.value);
                found.extend(held.map(|h| variable(&setting.value, &h.value, h)));
            }
        }
    }
    // What the machine's own variables say is not known here.
    found.retain(|s| !s.value.contains("${") && is_name(&s.key));
    found
}

/// What the config maps and secrets of a file hold.
fn stored(settings: &[Setting]) -> Vec<Setting> {
    let mut found = Vec::new();
    for document in documents(settings) {
        let kind = document.iter().find(|s| s.key == "kind").map(|s| s.value.as_str());
        let is_secret = kind == Some("Secret");
        if !is_secret && kind != Some("ConfigMap") {
            continue;
        }
        for setting in document {
            if let Some(name) = setting.key.strip_prefix("stringData:").filter(|_| is_secret) {
                found.push(variable(name, &setting.value, setting));
            }
            let Some(name) = setting.key.strip_prefix("data:") else { continue };
            if !is_secret {
                found.push(variable(name, &setting.value, setting));
            } else if let Some(text) =
                STANDARD.decode(setting.value.trim()).ok().and_then(|b| String::from_utf8(b).ok())
            {
                found.push(variable(name, text.trim_end(), setting));
            }
        }
    }
    found
}

/// The documents of a file: each says once of what kind it is, and of which version.
fn documents(settings: &[Setting]) -> Vec<&[Setting]> {
    let mut starts = vec![0];
    let mut seen: Vec<&str> = Vec::new();
    for (at, setting) in settings.iter().enumerate() {
        let key = setting.key.as_str();
        if !matches!(key, "kind" | "apiVersion") {
            continue;
        }
        if seen.contains(&key) {
            starts.push(at);
            seen.clear();
        }
        seen.push(key);
    }
    starts.push(settings.len());
    starts.windows(2).map(|ends| &settings[ends[0]..ends[1]]).collect()
}

fn variable(name: &str, value: &str, of: &Setting) -> Setting {
    Setting { key: name.trim().to_owned(), value: value.to_owned(), span: of.span }
}

/// `services:web:environment`
fn is_service(key: &str) -> bool {
    let mut parts = key.split(':').rev();
    parts.next() == Some("environment") && parts.next().is_some() && parts.next() == Some("services")
}

/// `…:env:0`
fn is_listed(key: &str) -> bool {
    let mut parts = key.split(':').rev();
    parts.next().is_some_and(is_number) && parts.next() == Some("env")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-' || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::read;

    #[test]
    fn variables_of_containers_have_their_own_names() {
        let read = |path: &str, text: &str| {
            let reading = read(path, text);
            let all: Vec<String> =
                variables(&reading.settings).into_iter().map(|s| format!("{}={}", s.key, s.value)).collect();
            all.join(" ")
        };
        let compose =
            "services:\n  web:\n    environment:\n      API: https://a.example\n      KEY: ${KEY}\n";
        assert_eq!(read("compose.yml", compose), "API=https://a.example");
        let list = "services:\n  web:\n    environment:\n      - API=https://a.example\n      - KEY\n";
        assert_eq!(read("compose.yml", list), "API=https://a.example");
        let pod = "spec:\n  containers:\n    - name: web\n      env:\n        - name: API\n          value: https://a.example\n        - name: KEY\n          valueFrom:\n            secretKeyRef:\n              name: keys\n";
        assert_eq!(read("pod.yaml", pod), "API=https://a.example");
        assert_eq!(read("a.yml", "environment: production\nenv:\n  name: x\n"), "");
    }

    #[test]
    fn manifests() {
        let text = "apiVersion: v1\ndata:\n  HOST: aG9zdA==\n  BAD: '%%'\nkind: Secret\n---\napiVersion: v1\nkind: ConfigMap\n\
                    data:\n  A: b\n---\nkind: Other\ndata:\n  NOT: this\n---\nkind: Pod\nspec:\n  env:\n    - name: C\n      valueFrom:\n        configMapKeyRef:\n          name: x\n          key: A\n";
        let found = read("pod.yaml", text).settings;
        let own: Vec<(&str, &str)> = found
            .iter()
            .filter(|s| !s.key.contains(':'))
            .map(|s| (s.key.as_str(), s.value.as_str()))
            .collect();
        assert!(
            own.contains(&("HOST", "host")) && own.contains(&("A", "b")) && own.contains(&("C", "b")),
            "{own:?}"
        );
        assert!(own.iter().all(|(key, _)| !matches!(*key, "BAD" | "NOT")), "{own:?}");
    }
}
