//! Variables that definitions of containers give to the programs in them, as the programs read them.
//!
//! Docker Compose has them under `environment`, as a map or as a list of `NAME=value`; Kubernetes has a list of
//! `name` and `value` under `env`.

use super::Setting;

/// The variables among the values of a YAML file, by their own names.
pub(super) fn variables(settings: &[Setting]) -> Vec<Setting> {
    let mut found = Vec::new();
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
            }
        }
    }
    // What the machine's own variables say is not known here.
    found.retain(|s| !s.value.contains("${") && is_name(&s.key));
    found
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
}
