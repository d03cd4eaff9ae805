//! The configuration file, `pcmfa.yaml`.

mod paths;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::models::FindingRow;
use crate::nearest::nearest;
use crate::report::{Level, Report};
use crate::test_code::{self, TestCode};
use crate::walk::{self, PathFilter};
use crate::{repository, yaml};

pub use paths::PathOverride;

/// The name of the file.
pub const FILE: &str = "pcmfa.yaml";

/// What `pcmfa init` writes.
pub const TEMPLATE: &str = include_str!("config/template.yaml");

/// The configuration of a repository. Options on the command line come before environment variables, and these
/// before this file; lists add up. Paths and globs are relative to the directory of the file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The level from which on findings make the exit code 1.
    #[serde(default)]
    pub fail_on: Option<FailOn>,
    /// The level of single findings, by their identifiers: `pcmfa rules list` lists them.
    #[serde(default)]
    pub findings: BTreeMap<String, Setting>,
    /// The level of findings in parts of the tree. Later entries come before earlier ones, and all of them before
    /// `findings`.
    #[serde(default)]
    pub overrides: Vec<PathOverride>,
    /// Globs of test code, written as in .gitignore but without regard to case. Findings in it are one level lower
    /// and say so, unless `overrides` gives them a level; and what it passes to the program is not taken for what the
    /// program does. Without this setting, the usual names of folders and files are known; `[]` knows none.
    #[serde(default)]
    pub test_paths: Option<Vec<String>>,
    /// Read only files that match one of these globs, written as in .gitignore.
    #[serde(default)]
    pub include: Vec<String>,
    /// Leave out files and directories that match one of these globs.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Skip larger files: bytes, or with `k` or `M`.
    #[serde(default)]
    #[schemars(schema_with = "size_schema")]
    pub max_file_size: Option<String>,
    /// Directories with rule files to read besides the embedded ones.
    #[serde(default)]
    pub rules: Vec<PathBuf>,
    /// A baseline, as `pcmfa baseline` writes it.
    #[serde(default)]
    pub baseline: Option<PathBuf>,
}

fn size_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": ["string", "integer", "null"], "pattern": "^[0-9]+[kKM]?$", "minimum": 0 })
}

/// From which level on findings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warning,
    /// All findings.
    Note,
    /// No finding.
    Never,
}

impl FailOn {
    /// The lowest level that counts.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

/// The level that a finding is given, or `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// It is an error.
    Error,
    /// It is a warning.
    Warning,
    /// It is a note.
    Note,
    /// It is not reported.
    Off,
}

impl Setting {
    fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Off => None,
        }
    }
}

/// A configuration that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error("cannot read the configuration {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no configuration: the message shows the place.
    #[error("{message}")]
    Invalid {
        /// What is wrong and where, with the line.
        message: String,
    },
}

/// A configuration with the file it comes from.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What it says.
    pub config: Config,
    /// Its file; `None` when there is none.
    pub path: Option<PathBuf>,
    text: String,
}

impl Found {
    /// The configuration for a scan of `directory`: the file in it, or in the nearest directory above it up to the
    /// root of its repository. Outside of repositories only that in it: what lies above is somebody else's.
    ///
    /// # Errors
    /// When there is one that can't be used.
    pub fn search(directory: &Path) -> Result<Self, ConfigError> {
        let top = repository::root_of(directory).unwrap_or_else(|| directory.to_owned());
        let mut above = directory.ancestors().take_while(|above| above.starts_with(&top));
        match above.find(|above| above.join(FILE).is_file()) {
            Some(above) => Self::read(&above.join(FILE)),
            None => Ok(Self::default()),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it can't be used.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let fail = |source| ConfigError::Unreadable { path: path.to_owned(), source };
        let text = std::fs::read_to_string(path).map_err(fail)?;
        let path = path.canonicalize().map_err(fail)?;
        // A file of comments is a configuration, too.
        let config: Option<Config> = serde_saphyr::from_str(&text).map_err(|error| {
            let message = yaml::explain(&shown(&path), &text, &error);
            ConfigError::Invalid { message }
        })?;
        let found = Self { config: config.unwrap_or_default(), path: Some(path), text };
        if let Some((text, Err(message))) =
            found.config.max_file_size.as_deref().map(|text| (text, size(text)))
        {
            return Err(found.wrong(text, &format!("max-file-size: {message}")));
        }
        let overrides = found.config.overrides.iter().flat_map(|entry| &entry.paths);
        let globs = [&found.config.include, &found.config.exclude];
        let tests = found.config.test_paths.iter().flatten();
        for glob in overrides.chain(tests) {
            test_code::globs(&[glob], true).map_err(|message| found.wrong(glob, &message))?;
        }
        for glob in globs.into_iter().flatten() {
            walk::check_glob(glob).map_err(|message| found.wrong(glob, &message))?;
        }
        Ok(found)
    }

    /// Something that the file says, as far as its text shows where, is wrong.
    fn wrong(&self, what: &str, message: &str) -> ConfigError {
        let place = self.text.lines().enumerate().find_map(|(line, content)| {
            let code = content.split(" #").next().unwrap_or(content);
            // As a whole word: a key, an item of a list, or a value.
            let found = code.match_indices(what).find(|(at, _)| {
                let is_end = |c: char| !c.is_alphanumeric() && c != '-';
                code[..*at].chars().next_back().is_none_or(is_end)
                    && code[at + what.len()..].chars().next().is_none_or(is_end)
            });
            let (at, _) = found.filter(|_| !content.trim_start().starts_with('#'))?;
            Some((line + 1, content[..at].chars().count() + 1))
        });
        let (line, column) = place.unwrap_or((1, 1));
        let path = self.path.as_deref().map(shown).unwrap_or_default();
        let frame = yaml::frame(&path, &self.text, line, column);
        ConfigError::Invalid { message: format!("{message}\n{frame}") }
    }

    /// The directory that paths in the file are relative to.
    fn base(&self) -> &Path {
        self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// A path of the file.
    #[must_use]
    pub fn resolve(&self, path: &Path) -> PathBuf {
        self.base().join(path)
    }

    /// The globs of the file.
    #[must_use]
    pub fn filter(&self) -> Option<PathFilter> {
        let Config { include, exclude, .. } = &self.config;
        (!include.is_empty() || !exclude.is_empty()).then(|| PathFilter {
            base: self.base().to_owned(),
            include: include.clone(),
            exclude: exclude.clone(),
        })
    }

    /// The findings with the levels of the file.
    ///
    /// # Errors
    /// When the file names a finding that there is not.
    pub fn levels(&self, rows: &[FindingRow]) -> Result<Vec<FindingRow>, ConfigError> {
        let overridden = self.config.overrides.iter().flat_map(|entry| entry.findings.keys());
        for id in self.config.findings.keys().chain(overridden) {
            if !rows.iter().any(|row| row.id == *id) {
                let known = || rows.iter().map(|row| row.id.as_str());
                let message = match nearest(id, known()) {
                    Some(near) => format!("there is no finding `{id}`; did you mean `{near}`?"),
                    None => {
                        let known: Vec<&str> = known().collect();
                        format!("there is no finding `{id}`; there are {}", known.join(", "))
                    }
                };
                return Err(self.wrong(id, &message));
            }
        }
        let mut rows = rows.to_vec();
        for row in &mut rows {
            if let Some(level) = self.config.findings.get(&row.id).and_then(|setting| setting.level()) {
                row.level = level;
                row.security_severity = row.severity_at(level);
            }
        }
        Ok(rows)
    }

    /// The finding is switched off, everywhere or in some part of the tree.
    #[must_use]
    pub fn is_off(&self, rule: &str) -> bool {
        let mut all = std::iter::once(&self.config.findings)
            .chain(self.config.overrides.iter().map(|entry| &entry.findings));
        all.any(|findings| findings.get(rule) == Some(&Setting::Off))
    }

    fn parts(&self) -> Result<paths::Parts, String> {
        paths::Parts::new(&self.config.overrides)
    }

    /// What the file takes for test code, where it says so.
    fn own_test_code(&self) -> Option<Result<TestCode, String>> {
        let own = self.config.test_paths.as_deref()?;
        Some(TestCode::new(self.base().to_owned(), own))
    }

    /// What is test code in a scan whose paths are relative to `root`. Without a file, the usual places count from
    /// the root of the repository.
    #[must_use]
    pub fn test_code(&self, root: &Path) -> TestCode {
        // Globs were checked when the file was read.
        match self.own_test_code() {
            Some(Ok(own)) => own,
            _ => TestCode::usual(self.part_base(root)),
        }
    }

    /// What the globs for parts of the tree are relative to.
    fn part_base(&self, root: &Path) -> PathBuf {
        match &self.path {
            Some(_) => self.base().to_owned(),
            None => repository::root_of(root).unwrap_or_else(|| root.to_owned()),
        }
    }

    /// Gives the findings of a report the levels that they have in their place. Paths in the report are relative to
    /// `root`.
    pub fn apply(&self, report: &mut Report, root: &Path) {
        // Globs were checked when the file was read.
        let Ok(parts) = self.parts() else { return };
        let (base, tests) = (self.part_base(root), self.test_code(root));
        report.findings.retain_mut(|finding| {
            let path = root.join(finding.location.path.as_ref());
            // What lies beside the configuration's directory is none of its parts.
            let part = path.strip_prefix(&base).ok();
            let is_test = tests.holds(&path);
            let own = part.and_then(|part| parts.setting(&finding.rule, part));
            let setting = own.or_else(|| self.config.findings.get(&finding.rule).copied());
            if setting == Some(Setting::Off) {
                return false;
            }
            finding.level = setting.and_then(Setting::level).unwrap_or(finding.level);
            if is_test && own.is_none() {
                finding.level = paths::lowered(finding.level);
            }
            if is_test {
                finding.message.push_str(" (This is test code.)");
            }
            true
        });
    }
}

/// A path as people know it who stand above it.
fn shown(path: &Path) -> String {
    let current = std::env::current_dir().and_then(|current| current.canonicalize()).unwrap_or_default();
    path.strip_prefix(current).unwrap_or(path).display().to_string()
}

/// Reads a size: bytes, with `k` or `M` behind the number.
///
/// # Errors
/// When it is none.
pub fn size(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1024),
        None => text.strip_suffix('M').map_or((text, 1), |digits| (digits, 1024 * 1024)),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor))
        .ok_or_else(|| "expected a number of bytes, like 500000, 800k or 4M".to_owned())
}
