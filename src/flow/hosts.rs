//! Addresses and audiences: which are Partner Center's, and which are token endpoints.

use std::sync::Arc;

use aho_corasick::AhoCorasick;

use crate::ir::Sym;
use crate::models::{Endpoints, SecretStore};
use crate::report::Flow;

use super::library::decode;
use super::value::Text;

/// What hosts and resources are, prepared for look-ups.
#[derive(Debug)]
pub(crate) struct Hosts {
    partner_center: Vec<String>,
    /// Finds a host or an audience in a text: this is asked of every text that a call is given.
    named: Option<AhoCorasick>,
    predecessors: Vec<String>,
    audiences: Vec<String>,
    retired: Vec<String>,
    authorities: Vec<String>,
    token_paths: Vec<String>,
    exchanges: Vec<String>,
    secret_stores: Vec<SecretStore>,
    grants: Vec<(String, Flow)>,
    operations: Vec<(String, Vec<String>, String)>,
}

/// What a URL is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Url {
    /// A token endpoint.
    Token,
    /// A request to Partner Center; the path and where it starts in the text.
    PartnerCenter {
        /// Where the host starts in the displayed text.
        host_at: usize,
        /// Where the path starts.
        path_at: usize,
    },
    /// A path without a known host.
    Relative,
    /// Anything else.
    Other,
}

impl Hosts {
    pub(crate) fn new(endpoints: &Endpoints) -> Self {
        let lower = |all: &[String]| all.iter().map(|s| s.to_ascii_lowercase()).collect::<Vec<_>>();
        let bare = |a: &String| a.trim_start_matches("https://").trim_end_matches('/').to_owned();
        let hosts = endpoints.partner_center.iter().map(|h| &h.host);
        let names = hosts.chain(&endpoints.audiences).chain(&endpoints.retired_audiences).map(bare);
        Self {
            named: AhoCorasick::builder().ascii_case_insensitive(true).build(names).ok(),
            partner_center: endpoints.partner_center.iter().map(|h| h.host.to_ascii_lowercase()).collect(),
            predecessors: endpoints.predecessors.iter().map(|h| h.host.to_ascii_lowercase()).collect(),
            audiences: lower(&endpoints.audiences),
            retired: lower(&endpoints.retired_audiences),
            authorities: lower(&endpoints.authorities),
            token_paths: lower(&endpoints.token_paths),
            exchanges: lower(&endpoints.exchanges),
            secret_stores: endpoints.secret_stores.clone(),
            grants: endpoints.grants.iter().map(|(k, v)| (k.to_ascii_lowercase(), *v)).collect(),
            operations: endpoints
                .operations
                .iter()
                .map(|o| {
                    let path = o.path.split('?').next().unwrap_or(&o.path);
                    let segments = path.trim_matches('/').split('/').map(str::to_ascii_lowercase).collect();
                    (o.method.to_ascii_uppercase(), segments, o.path.clone())
                })
                .collect(),
        }
    }

    /// Does a text name an endpoint that gives tokens, or the sign-in service?
    pub(crate) fn is_token_endpoint(&self, text: &str) -> bool {
        if text.len() < 8 || !text.contains(['.', '/']) {
            return false;
        }
        let text = text.to_ascii_lowercase();
        self.authorities.iter().chain(&self.token_paths).any(|part| text.contains(part.as_str()))
    }

    /// Does a text name Partner Center, by a host or an audience?
    pub(crate) fn is_named_in(&self, text: &str) -> bool {
        if text.len() < 8 || !text.contains(['.', '-']) {
            return false;
        }
        self.named.as_ref().is_some_and(|named| named.is_match(text))
    }

    /// Is this resource or scope Partner Center's? `Some(true)` for one that was retired.
    pub(crate) fn audience(&self, text: &str) -> Option<bool> {
        let text = decode(text).to_ascii_lowercase();
        let bare = text.trim_start_matches("https://").trim_start_matches("http://");
        let is = |host: &String| {
            bare.strip_prefix(host.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', ' ', '?', ':']))
        };
        if self.partner_center.iter().any(is)
            || self.audiences.iter().any(|a| is(&a.trim_start_matches("https://").to_owned()))
        {
            return Some(false);
        }
        if self.retired.iter().any(|a| is(&a.trim_start_matches("https://").trim_end_matches('/').to_owned()))
        {
            return Some(true);
        }
        None
    }

    /// A token with this audience is certainly not for Partner Center.
    pub(crate) fn is_foreign(&self, audience: &[Sym]) -> bool {
        let resources: Vec<&Sym> = audience.iter().filter(|a| !is_scope_word(a)).collect();
        !resources.is_empty() && resources.iter().all(|a| !a.starts_with('{') && self.audience(a).is_none())
    }

    /// The flow of a value of `grant_type`.
    pub(crate) fn grant(&self, value: &str) -> Flow {
        let value = decode(value.trim()).to_ascii_lowercase();
        self.grants.iter().find(|(k, _)| *k == value).map_or(Flow::Unknown, |(_, f)| *f)
    }

    pub(crate) fn classify(&self, text: &str) -> Url {
        let lower = text.to_ascii_lowercase();
        let Some(scheme) = lower.find("://") else {
            // A host without a scheme.
            if let Some(host) = self.partner_center.iter().find(|h| lower.starts_with(h.as_str())) {
                return Url::PartnerCenter { host_at: 0, path_at: host.len() };
            }
            let is_token = |a: &String| {
                lower.strip_prefix(a.as_str()).is_some_and(|rest| {
                    rest.starts_with('/') && self.token_paths.iter().any(|p| rest.contains(p.as_str()))
                })
            };
            if self.authorities.iter().any(is_token) {
                return Url::Token;
            }
            let path = lower.trim_start_matches('/');
            return if lower.starts_with('/')
                || lower.starts_with('{')
                || path.starts_with("v1/")
                || path.starts_with("v1.0/")
            {
                Url::Relative
            } else {
                Url::Other
            };
        };
        let host_at = scheme + 3;
        let (host, path) = host_and_path(&lower[host_at..]);
        if self.partner_center.iter().any(|h| h == host) {
            return Url::PartnerCenter { host_at, path_at: lower.len() - path.len() };
        }
        let token_path = || self.token_paths.iter().any(|p| path.contains(p.as_str()));
        if (self.authorities.iter().any(|a| a == host) || host.starts_with('{')) && token_path() {
            return Url::Token;
        }
        if host.starts_with('{') { Url::Relative } else { Url::Other }
    }

    /// The secret that a URL names, and the field of bodies that holds its value.
    pub(super) fn secret(&self, url: &str) -> Option<(String, &str)> {
        self.secret_stores.iter().find_map(|store| {
            let at = url.find(store.path.as_str())?;
            let host = url[..at].rsplit('/').next().unwrap_or("").to_ascii_lowercase();
            let rest = &url[at + store.path.len()..];
            let (name, more) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            // Where the address is a setting, the version that requests to such stores name tells.
            let is_store = host.ends_with(&store.host)
                || host.starts_with('{') && host.ends_with('}') && more.contains("api-version=");
            (is_store && !name.is_empty() && !name.contains('{'))
                .then(|| (name.to_owned(), store.field.as_str()))
        })
    }

    /// The token endpoint of someone else, as many services have one: its host is known and no authority of ours, or
    /// its path is not made like theirs, which end in `/oauth2/token` or `/oauth2/v2.0/token`. A path that is not
    /// known tells nothing.
    pub(super) fn is_foreign_issuer(&self, url: &str) -> bool {
        let lower = url.to_ascii_lowercase();
        let rest = match lower.split_once("://") {
            Some(("http" | "https", rest)) => rest,
            // A form that holds an address.
            Some(_) => return false,
            None => lower.as_str(),
        };
        let (host, path) = host_and_path(rest);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        if self.token_paths.iter().any(|p| path.contains(p.as_str())) || path.contains("/adfs/") {
            return false;
        }
        if host.contains('.') && !host.contains('{') {
            let all = self.authorities.iter().chain(&self.partner_center).chain(&self.predecessors);
            return !all.into_iter().any(|own| own.split('/').next() == Some(host));
        }
        let mut steps = path.split('/').filter(|step| !step.is_empty()).rev();
        let is_token = steps.next() == Some("token");
        is_token && steps.next().is_some_and(|step| !step.contains('{') && !matches!(step, "oauth2" | "v2.0"))
    }

    /// A URL with a known host that neither is nor was one of Partner Center's.
    pub(super) fn is_elsewhere(&self, url: &str) -> bool {
        let lower = url.to_ascii_lowercase();
        let Some((_, rest)) = lower.split_once("://") else { return false };
        let (host, _) = host_and_path(rest);
        let is_known = host.contains('.') && !host.contains('{');
        is_known && !self.partner_center.iter().chain(&self.predecessors).any(|h| h == host)
    }

    /// An exchange of tokens at an API that Partner Center has replaced.
    pub(super) fn is_former_exchange(&self, url: &str) -> bool {
        let lower = url.to_ascii_lowercase();
        let Some((_, rest)) = lower.split_once("://") else { return false };
        let (host, _) = host_and_path(rest);
        self.predecessors.iter().any(|h| h == host) && self.is_exchange(rest)
    }

    /// A URL with a known host that gives no tokens of Microsoft's.
    pub(super) fn is_other_authority(&self, url: &str) -> bool {
        let lower = url.to_ascii_lowercase();
        let Some((_, rest)) = lower.split_once("://") else { return false };
        let (host, _) = host_and_path(rest);
        host.contains('.') && !host.contains(['{', '$']) && !self.authorities.iter().any(|a| a == host)
    }

    pub(crate) fn is_exchange(&self, path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        let bare = path.split('?').next().unwrap_or("").trim_end_matches('/');
        self.exchanges.iter().any(|e| bare.ends_with(e.trim_end_matches('/')))
    }

    /// The documented operation that a path is: its template.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&str> {
        let bare = path.split('?').next().unwrap_or(path).to_ascii_lowercase();
        let segments: Vec<&str> = bare.trim_matches('/').split('/').collect();
        let fits = |template: &[String]| {
            template.len() == segments.len()
                && template
                    .iter()
                    .zip(&segments)
                    .all(|(t, s)| t.starts_with('{') || t == s || s.starts_with('{'))
        };
        // What is open in both counts like what is the same in both.
        let alike = |(t, s): &(&String, &&str)| t == s || t.starts_with('{') && s.starts_with('{');
        let score = |template: &[String]| template.iter().zip(&segments).filter(alike).count();
        self.operations
            .iter()
            .filter(|(m, t, _)| fits(t) && (method.is_empty() || m == method))
            .max_by_key(|(_, t, p)| (score(t), std::cmp::Reverse(p.len())))
            .map(|(_, _, p)| p.as_str())
    }

    /// The path looks like one of the API's, host unknown.
    pub(super) fn is_api_path(&self, path: &str) -> bool {
        let bare = path.split('?').next().unwrap_or(path).trim_start_matches('/');
        bare.contains('/') && self.operation("", path).is_some()
    }
}

/// Scopes of `OpenID` Connect that name no resource.
pub(crate) fn is_scope_word(text: &str) -> bool {
    ["openid", "profile", "email", "offline_access"].iter().any(|w| text.eq_ignore_ascii_case(w))
}

/// The length of a version at the start of a path (`v1/`), which base addresses often hold.
pub(super) fn version_prefix(path: &str) -> usize {
    let end = path.find('/').unwrap_or(0);
    let is_version = path[..end]
        .strip_prefix(['v', 'V'])
        .is_some_and(|v| !v.is_empty() && v.chars().all(|c| c.is_ascii_digit() || c == '.'));
    if is_version { end + 1 } else { 0 }
}

pub(super) fn looks_like_url(text: &str) -> bool {
    text.contains("://")
        || text.starts_with('/')
        || text.starts_with('{')
        || (text.contains('/') && !text.contains(' '))
        || text.contains(".com")
}

/// The host of a URL without its scheme, and what follows the host and its port.
fn host_and_path(rest: &str) -> (&str, &str) {
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    (authority.split(':').next().unwrap_or_default(), path)
}

/// The host without its port, lower-case.
pub(super) fn host_of(authority: &str) -> String {
    authority.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

pub(super) fn absolute(url: &Text) -> bool {
    let shown = url.display();
    shown.contains("://") || url.starts_unknown()
}

/// A relative URL on a base address.
pub(crate) fn join_url(base: &Text, relative: &Text) -> Text {
    if absolute(relative) && !relative.starts_unknown() {
        return relative.clone();
    }
    let ends = base.display().ends_with('/');
    let starts = relative.display().starts_with('/');
    if ends || starts {
        return Text::concat(&[base.clone(), relative.clone()]);
    }
    let slash = Text(Arc::from([super::value::Piece::Lit("/".into(), None)]));
    Text::concat(&[base.clone(), slash, relative.clone()])
}
