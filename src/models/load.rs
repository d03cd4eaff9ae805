//! Reading rule files, embedded ones and the user's, and checking them.

use std::fs;
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::claims::Claims;
use super::finding::{EnforcementRow, FindingRow};
use super::matching::{Row, RowKind};
use super::schema::{CommandRow, Endpoints, RuleFile, Target, When};
use super::wording;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// A rule file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// The file or folder could not be read.
    #[error("cannot read rules from {path}: {source}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not valid YAML, or not a rule file: the message shows the line.
    #[error("{message}")]
    Invalid {
        /// The file.
        path: String,
        /// What is wrong and where, with the lines around it.
        message: String,
    },
    /// Well-formed, but it says something that can't be meant.
    #[error("{path}:{line}: {message}")]
    Senseless {
        /// The file.
        path: String,
        /// The line, as near as it can be told.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// All rules of a scan, indexed by the names they match.
#[derive(Debug, Default)]
pub struct Rules {
    files: Vec<(String, RuleFile)>,
    pub(super) rows: Vec<Row>,
    pub(super) calls: FxHashMap<String, Vec<usize>>,
    pub(super) commands: FxHashMap<String, Vec<usize>>,
    pub(super) news: FxHashMap<String, Vec<usize>>,
    parameters: FxHashMap<String, Vec<(usize, usize)>>,
    literals: FxHashMap<String, (usize, usize)>,
    members: FxHashMap<String, (usize, usize)>,
    endpoints: Endpoints,
    findings: Vec<FindingRow>,
    enforcement: Vec<EnforcementRow>,
    claims: Claims,
    types: FxHashSet<String>,
    globals: FxHashMap<String, Vec<usize>>,
    inert: FxHashMap<String, Vec<usize>>,
    sdk_types: FxHashMap<String, Vec<(usize, String)>>,
    sdk_operations: FxHashMap<(usize, String), usize>,
    sdk_prefixes: FxHashSet<(usize, String)>,
    sdk_verbs: FxHashSet<(usize, String)>,
    /// The files that have rows of these kinds: few, and asked for at every call.
    generating: Vec<usize>,
    hooking: Vec<usize>,
    attaching: Vec<usize>,
    answering: Vec<usize>,
}

impl Rules {
    /// The rules that the program carries.
    ///
    /// # Errors
    /// When an embedded file is invalid, which a test of this crate excludes.
    pub fn embedded() -> Result<Self, RuleError> {
        Self::load(&[])
    }

    /// The embedded rules and those in the given folders (all `*.yaml` and `*.yml` below them, by name).
    /// Rows of the given folders are tried before the embedded ones.
    ///
    /// # Errors
    /// At the first file that can't be read or used.
    pub fn load(extra: &[PathBuf]) -> Result<Self, RuleError> {
        let mut files = Vec::new();
        let mut texts = Vec::new();
        for dir in extra {
            for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
                let entry =
                    entry.map_err(|e| RuleError::Unreadable { path: dir.clone(), source: e.into() })?;
                let path = entry.path();
                let yaml = path.extension().is_some_and(|e| e == "yaml" || e == "yml");
                if entry.file_type().is_file() && yaml {
                    let text = fs::read_to_string(path)
                        .map_err(|source| RuleError::Unreadable { path: path.to_owned(), source })?;
                    files.push(parse(&path.display().to_string(), &text)?);
                    texts.push(text);
                }
            }
        }
        for (name, text) in EMBEDDED {
            files.push(parse(name, text)?);
            texts.push((*text).to_owned());
        }
        let mut rules = Self { files, ..Self::default() };
        rules.index(&texts)?;
        Ok(rules)
    }

    /// The findings, sorted by identifier.
    #[must_use]
    pub fn findings(&self) -> &[FindingRow] {
        &self.findings
    }

    /// The finding of this identifier.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<&FindingRow> {
        self.findings.iter().find(|f| f.id == id)
    }

    /// What Microsoft enforces, in the order of the files.
    #[must_use]
    pub fn enforcement(&self) -> &[EnforcementRow] {
        &self.enforcement
    }

    /// What claims of access tokens mean, of all files together.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The rule files with their paths, in the order in which their rows are tried.
    pub fn files(&self) -> impl Iterator<Item = (&str, &RuleFile)> {
        self.files.iter().map(|(p, f)| (p.as_str(), f))
    }

    /// Hosts, resources and documented operations of all files together.
    #[must_use]
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// The rule files that are not embedded: those of the given folders.
    pub fn own_files(&self) -> impl Iterator<Item = (&str, &RuleFile)> {
        self.files().take(self.files.len() - EMBEDDED.len())
    }

    /// The text of an embedded rule file, by its path.
    #[must_use]
    pub fn embedded_text(path: &str) -> Option<&'static str> {
        EMBEDDED.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
    }

    /// The rows for generated clients that serve a language.
    pub(crate) fn generated(&self, language: &str) -> impl Iterator<Item = &super::schema::GeneratedRow> {
        self.serving(&self.generating, language).flat_map(|f| &f.generated)
    }

    /// The rows for methods that libraries call, as they serve a language.
    pub(crate) fn hooks(&self, language: &str) -> impl Iterator<Item = &super::schema::HookRow> {
        self.serving(&self.hooking, language).flat_map(|f| &f.hooks)
    }

    /// The rows for settings by which libraries attach tokens, with the libraries, as they serve a language.
    pub(crate) fn attaches(&self, language: &str) -> impl Iterator<Item = (&str, &super::schema::AttachRow)> {
        self.serving(&self.attaching, language)
            .flat_map(|f| f.attaches.iter().map(|row| (f.library.as_str(), row)))
    }

    /// Some library makes clients that answer for interfaces which the program need not declare.
    pub(crate) fn has_answering(&self, language: &str) -> bool {
        self.serving(&self.answering, language).next().is_some()
    }

    fn serving(&self, files: &[usize], language: &str) -> impl Iterator<Item = &RuleFile> {
        files.iter().map(|file| self.file(*file)).filter(move |f| f.serves(language))
    }

    pub(crate) fn file(&self, index: usize) -> &RuleFile {
        &self.files[index].1
    }

    /// What names Partner Center in a text, lower-case: hosts, resources, and the imports and commands of files
    /// marked `strong`.
    #[must_use]
    pub fn strong_literals(&self) -> Vec<String> {
        let mut literals: Vec<String> =
            self.endpoints.partner_center.iter().map(|h| h.host.to_ascii_lowercase()).collect();
        literals.extend(self.endpoints.audiences.iter().cloned());
        for (_, file) in self.files.iter().filter(|(_, f)| f.strong) {
            literals.extend(file.imports.iter().map(|i| i.to_ascii_lowercase()));
            let rows = file.operations.iter().flat_map(|r| r.command.iter().chain(&r.call));
            let acquisitions = file.acquire.iter().flat_map(|r| r.command.iter().chain(&r.call));
            literals.extend(rows.chain(acquisitions).map(|n| n.to_ascii_lowercase()));
        }
        literals.sort_unstable();
        literals.dedup();
        literals
    }

    /// The parameters of a command, by its lower-case name, as a language calls it.
    pub(crate) fn command(&self, name: &str, language: &str) -> Option<&CommandRow> {
        let rows = self.parameters.get(&name.to_ascii_lowercase())?;
        rows.iter()
            .map(|(file, row)| (&self.files[*file].1, *row))
            .find(|(file, _)| file.serves(language))
            .map(|(file, row)| &file.commands[row])
    }

    /// The check that this string literal is, if any.
    pub(crate) fn check_literal(&self, text: &str) -> Option<&str> {
        if text.len() > 64 {
            return None;
        }
        // A line of a header, `ValidateMfa: true`, or a pattern for one, `^isMfaCompliant: true`.
        let name = text.split_once(':').map_or(text, |(name, _)| name).trim().trim_start_matches('^');
        // Or a part of a query, `amr_values=mfa`.
        let parts = text.split('&').filter(|_| !text.contains(['/', ' ']));
        let mut query = parts.filter_map(|part| part.split_once('=')).map(|(name, _)| name);
        // The whole text first: a claim's name may be a URL.
        let found = [text, name].iter().find_map(|name| self.literals.get(&name.to_ascii_lowercase()));
        let found =
            found.or_else(|| query.find_map(|name| self.literals.get(&name.trim().to_ascii_lowercase())));
        let (file, row) = found?;
        Some(&self.files[*file].1.checks[*row].what)
    }

    /// The check that reading this member is, if any.
    pub(crate) fn check_member(&self, name: &str) -> Option<&str> {
        let (file, row) = self.members.get(&name.to_ascii_lowercase())?;
        Some(&self.files[*file].1.checks[*row].what)
    }

    /// Where this check looks, this text says that MFA was done.
    pub(crate) fn check_holds(&self, what: &str, text: &str) -> bool {
        let rows = self.files.iter().flat_map(|(_, file)| &file.checks).filter(|row| row.what == what);
        rows.flat_map(|row| &row.holds).any(|held| held.eq_ignore_ascii_case(text))
    }

    /// The library that a global variable of this name is, by the first of its `imports`.
    pub(crate) fn global(&self, name: &str, language: &str) -> Option<&str> {
        let mut files = self.globals.get(name)?.iter().map(|file| self.file(*file));
        files.find(|file| file.serves(language))?.imports.first().map(String::as_str)
    }

    /// Objects of this type, written with its package or without, lead to no token.
    pub(crate) fn is_inert(&self, ty: &str, language: &str) -> bool {
        let name = ty.to_ascii_lowercase();
        let short = name.rsplit(['.', ':', '\\']).next().unwrap_or(&name);
        let files = [name.as_str(), short].into_iter().filter_map(|name| self.inert.get(name)).flatten();
        files.into_iter().any(|file| self.file(*file).serves(language))
    }

    /// Some row is narrowed to this type.
    pub(crate) fn knows_type(&self, name: &str) -> bool {
        self.types.contains(&name.to_ascii_lowercase())
    }

    /// The SDK (by file) and the chain that a type stands for.
    pub(crate) fn sdk_type(&self, name: &str, language: &str) -> Option<(usize, &str)> {
        let all = self.sdk_types.get(&name.to_ascii_lowercase())?;
        all.iter()
            .find(|(file, _)| self.file(*file).serves(language))
            .map(|(file, path)| (*file, path.as_str()))
    }

    /// The operation at this chain, lower-case and without parentheses.
    pub(crate) fn sdk_operation(&self, file: usize, path: &str) -> Option<&super::schema::SdkOperation> {
        let index = self.sdk_operations.get(&(file, path.to_owned()))?;
        self.files[file].1.sdk.as_ref().map(|s| &s.operations[*index])
    }

    /// Some operation starts with this chain.
    pub(crate) fn sdk_prefix(&self, file: usize, path: &str) -> bool {
        self.sdk_prefixes.contains(&(file, path.to_owned()))
    }

    /// Some operation ends with this name.
    pub(crate) fn sdk_verb(&self, file: usize, name: &str) -> bool {
        self.sdk_verbs.contains(&(file, name.to_owned()))
    }

    fn add(&mut self, file: usize, kind: RowKind, target: &Target, when: &When) {
        let row = Row {
            file,
            kind,
            on: target.on.iter().map(|n| n.to_ascii_lowercase()).collect(),
            on_unknown: target.on_unknown,
            imported: target.imported,
            when: when.clone(),
        };
        let index = self.rows.len();
        self.types.extend(row.on.iter().cloned());
        self.rows.push(row);
        for (names, map) in [
            (&target.call, &mut self.calls),
            (&target.command, &mut self.commands),
            (&target.new, &mut self.news),
        ] {
            for name in names {
                map.entry(name.to_ascii_lowercase()).or_default().push(index);
            }
        }
    }

    /// Checks all rows and indexes them by name. `texts` are the files' own, for the lines of errors.
    fn index(&mut self, texts: &[String]) -> Result<(), RuleError> {
        let files = std::mem::take(&mut self.files);
        for (at, (path, file)) in files.iter().enumerate() {
            let text = texts.get(at).map_or("", String::as_str);
            let senseless =
                |line: usize, message: String| RuleError::Senseless { path: path.clone(), line, message };
            macro_rules! rows {
                ($($field:ident => $kind:ident),*) => {$(
                    for (i, row) in file.$field.iter().enumerate() {
                        let target = row.target();
                        let check = stringify!($field) == "checks";
                        if !check && target.call.is_empty() && target.command.is_empty() && target.new.is_empty() {
                            let message = format!("row {} of `{}` matches nothing: give `call`, `command` or `new`", i + 1, stringify!($field));
                            return Err(senseless(line_of_row(text, stringify!($field), i), message));
                        }
                        self.add(at, RowKind::$kind(i), &target, &row.when);
                    }
                )*};
            }
            let answers =
                |row: &super::schema::CarryRow| row.injects.as_ref().is_some_and(|i| i.base.is_some());
            let kinds = [
                (&mut self.generating, file.generated.is_empty()),
                (&mut self.hooking, file.hooks.is_empty()),
                (&mut self.attaching, file.attaches.is_empty()),
                (&mut self.answering, !file.carries.iter().any(answers)),
            ];
            for (with_rows, has_none) in kinds {
                if !has_none {
                    with_rows.push(at);
                }
            }
            for global in &file.globals {
                self.globals.entry(global.clone()).or_default().push(at);
            }
            for name in &file.inert {
                self.inert.entry(name.to_ascii_lowercase()).or_default().push(at);
            }
            rows!(acquire => Acquire, credentials => Credential, requests => Request, types => Type,
                carries => Carry, config => Config, operations => Operation, checks => Check);
            if let Some(sdk) = &file.sdk {
                for target in &sdk.roots {
                    self.add(at, RowKind::SdkRoot, target, &When::default());
                }
                for target in &sdk.sign_in {
                    self.add(at, RowKind::SdkSignIn, target, &When::default());
                }
                for (name, path) in &sdk.types {
                    self.sdk_types.entry(name.to_ascii_lowercase()).or_default().push((at, path.clone()));
                }
                for (i, operation) in sdk.operations.iter().enumerate() {
                    let path = operation.symbol.replace("()", "").to_ascii_lowercase();
                    if let Some(verb) = path.rsplit('.').next() {
                        self.sdk_verbs.insert((at, verb.to_owned()));
                    }
                    for (cut, _) in path.match_indices('.') {
                        self.sdk_prefixes.insert((at, path[..cut].to_owned()));
                    }
                    self.sdk_operations.entry((at, path)).or_insert(i);
                }
            }
            for (i, row) in file.checks.iter().enumerate() {
                for text in &row.literal {
                    self.literals.entry(text.to_ascii_lowercase()).or_insert((at, i));
                }
                for name in &row.member {
                    self.members.entry(name.to_ascii_lowercase()).or_insert((at, i));
                }
            }
            for (i, row) in file.commands.iter().enumerate() {
                for name in &row.names {
                    self.parameters.entry(name.to_ascii_lowercase()).or_default().push((at, i));
                }
            }
            if let Some(e) = &file.endpoints {
                let all = &mut self.endpoints;
                all.partner_center.extend(e.partner_center.iter().cloned());
                all.predecessors.extend(e.predecessors.iter().cloned());
                all.audiences.extend(e.audiences.iter().map(|a| a.to_ascii_lowercase()));
                all.retired_audiences.extend(e.retired_audiences.iter().map(|a| a.to_ascii_lowercase()));
                all.authorities.extend(e.authorities.iter().map(|a| a.to_ascii_lowercase()));
                all.token_paths.extend(e.token_paths.iter().map(|a| a.to_ascii_lowercase()));
                all.exchanges.extend(e.exchanges.iter().map(|a| a.to_ascii_lowercase()));
                all.secret_stores.extend(e.secret_stores.iter().cloned());
                all.grants.extend(e.grants.iter().map(|(k, v)| (k.to_ascii_lowercase(), *v)));
                all.operations.extend(e.operations.iter().cloned());
            }
            for row in &file.identity {
                row.check().map_err(|(value, message)| senseless(line_of(text, &value), message))?;
                let known = |id: &String| files.iter().any(|(_, f)| f.findings.iter().any(|o| o.id == *id));
                if let Some(id) = row.finding.as_ref().filter(|id| !known(id)) {
                    let message = format!("no rule file defines the finding `{id}`");
                    return Err(senseless(line_of(text, id), message));
                }
            }
            if let Some(row) =
                file.requests.iter().find(|row| row.url.is_empty() && row.line.is_empty() && !row.again)
            {
                let name = row.call.iter().chain(&row.command).chain(&row.new).next();
                return Err(senseless(
                    line_of(text, name.map_or("", String::as_str)),
                    "a request needs `url`, `line` or `again`: where its URL is".to_owned(),
                ));
            }
            if let Some(claims) = &file.tokens {
                self.claims.audiences.extend(claims.audiences.iter().cloned());
                self.claims.issuers.extend(claims.issuers.iter().cloned());
                self.claims.methods.extend(claims.methods.iter().cloned());
                self.claims.applications.extend(claims.applications.clone());
            }
            for (section, ids) in [
                ("finding", file.findings.iter().map(|row| row.id.as_str()).collect::<Vec<_>>()),
                ("enforcement", file.enforcement.iter().map(|row| row.id.as_str()).collect()),
            ] {
                for (i, id) in ids.iter().enumerate() {
                    let has = |other: &RuleFile| {
                        if section == "finding" {
                            other.findings.iter().any(|row| row.id == *id)
                        } else {
                            other.enforcement.iter().any(|row| row.id == *id)
                        }
                    };
                    let message = if ids[..i].contains(id) {
                        format!("the {section} `{id}` is defined twice")
                    } else if let Some((other, _)) = files.iter().skip(at + 1).find(|(_, f)| has(f)) {
                        format!("the {section} `{id}` is defined twice, also in {other}")
                    } else {
                        continue;
                    };
                    return Err(senseless(line_of(text, id), message));
                }
            }
            for finding in &file.findings {
                wording::check(finding)
                    .map_err(|(value, message)| senseless(line_of(text, &value), message))?;
            }
            for row in &file.enforcement {
                wording::check_enforcement(row)
                    .map_err(|(value, message)| senseless(line_of(text, &value), message))?;
            }
            self.findings.extend(file.findings.iter().cloned());
            self.enforcement.extend(file.enforcement.iter().cloned());
            for language in &file.languages {
                if crate::frontend::by_name(language).is_none() {
                    let known: Vec<&str> = crate::frontend::REGISTRY.iter().map(|f| f.language()).collect();
                    return Err(senseless(
                        line_of(text, language),
                        format!("unknown language `{language}`; known are {}", known.join(", ")),
                    ));
                }
            }
        }
        for finding in &mut self.findings {
            let Some(id) = &finding.enforced else { continue };
            finding.enforcement = self.enforcement.iter().find(|row| row.id == *id).cloned();
            if finding.enforcement.is_none() {
                let defines = |f: &RuleFile| f.findings.iter().any(|row| row.id == finding.id);
                let at = files.iter().position(|(_, f)| defines(f)).unwrap_or_default();
                let text = texts.get(at).map_or("", String::as_str);
                return Err(RuleError::Senseless {
                    path: files[at].0.clone(),
                    line: line_of(text, &format!("enforced: {id}")),
                    message: format!("no rule file defines the enforcement `{id}`"),
                });
            }
        }
        self.files = files;
        self.findings.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(())
    }
}

/// The line of a list item that has this text for a value, or 1.
fn line_of(text: &str, value: &str) -> usize {
    let at = text.lines().position(|l| !l.trim_start().starts_with('#') && l.contains(value));
    at.map_or(1, |i| i + 1)
}

/// The line of the n-th item of a section, as far as its layout shows it; else the section's.
fn line_of_row(text: &str, section: &str, index: usize) -> usize {
    let Some(start) = text.lines().position(|l| l.starts_with(&format!("{section}:"))) else { return 1 };
    let items =
        text.lines().enumerate().skip(start + 1).take_while(|(_, l)| !l.starts_with(char::is_alphabetic));
    let mut dashes = items
        .filter(|(_, l)| l.trim_start().starts_with("- "))
        .map(|(i, l)| (i, l.len() - l.trim_start().len()));
    let Some((first, indent)) = dashes.next() else { return start + 1 };
    let nth = std::iter::once((first, indent)).chain(dashes).filter(|(_, d)| *d == indent).nth(index);
    nth.map_or(start + 1, |(i, _)| i + 1)
}

fn parse(path: &str, text: &str) -> Result<(String, RuleFile), RuleError> {
    match serde_saphyr::from_str(text) {
        Ok(file) => Ok((path.to_owned(), file)),
        Err(error) => Err(RuleError::Invalid {
            path: path.to_owned(),
            message: crate::yaml::explain(path, text, &error),
        }),
    }
}

impl RuleError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "give a folder that exists and may be read with `--rules`",
            Self::Invalid { .. } | Self::Senseless { .. } => {
                "CONTRIBUTING.md shows how a rule file is written; the files in rules/ are examples"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn inert_types_are_known_with_their_package_and_in_their_language_only() {
        let rules = Rules::embedded().expect("they load");
        let inert = |ty, language| rules.is_inert(ty, language);
        assert!(
            inert("context.Context", "go") && inert("Logger", "java") && inert("org.slf4j.Logger", "kotlin")
        );
        assert!(!inert("Context", "go") && !inert("context.Context", "csharp") && !inert("Logger", "csharp"));
        assert!(!inert("http.Client", "go") && !inert("LoggerClient", "java"));
    }
}
