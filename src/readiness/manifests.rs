//! The packages that dependency manifests name. Tolerant: what cannot be read is not a dependency.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Where packages come from; names of one registry mean nothing in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Registry {
    NuGet,
    Npm,
    PyPi,
    Maven,
    Packagist,
    Go,
    RubyGems,
    PowerShell,
}

impl Registry {
    /// The registries that the packages of a language come from.
    pub(super) fn of(language: &str) -> &'static [Self] {
        match language {
            "csharp" | "fsharp" | "vbnet" => &[Self::NuGet],
            // Scripts load .NET packages, too, but manifests name modules.
            "powershell" => &[Self::PowerShell],
            "javascript" | "typescript" | "tsx" => &[Self::Npm],
            "python" => &[Self::PyPi],
            "java" | "kotlin" => &[Self::Maven],
            "php" => &[Self::Packagist],
            "go" => &[Self::Go],
            "ruby" => &[Self::RubyGems],
            _ => &[],
        }
    }
}

/// A package that a manifest names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dependency {
    pub(super) registry: Registry,
    pub(super) name: String,
    /// As written; empty when the manifest does not say.
    pub(super) version: String,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
}

fn regex(pattern: &str) -> Regex {
    // A test of this module reads manifests of all kinds.
    Regex::new(pattern).expect("the patterns are constants")
}

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?is)<(PackageReference|PackageVersion|GlobalPackageReference|package|Reference)\s([^>]*)>(?:\s*<Version>([^<]*)</Version>)?",
    )
});
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| regex(r#"([\w.]+)\s*=\s*["']([^"']*)["']"#));
static XML_COMMENT: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)<!--.*?-->"));
static DEPENDENCY: LazyLock<Regex> = LazyLock::new(|| regex(r"(?s)<dependency>(.*?)</dependency>"));
static REQUIREMENT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*((?:[=<>!~]=?=?|@)[^#;]*)?"));
static GRADLE: LazyLock<Regex> = LazyLock::new(|| regex(r#"["']([\w.-]+:[\w.-]+)(?::([^"'@]*))?["']"#));
static GRADLE_MAP: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["'](?:\s*,\s*version\s*[:=]\s*["']([^"']*)["'])?"#,
    )
});
static GO: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*(?:require\s+)?([\w.~-]+(?:/[\w.~-]+)+)\s+(v[\w.+-]+)"));
static GEM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"^\s*(?:gem|\w+\.add(?:_runtime|_development)?_dependency)[\s(]+["']([\w.-]+)["'](?:\s*,\s*["']([^"']*)["'])?"#,
    )
});
static REQUIRES: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?im)^[ \t]*#requires[ \t]+-modules?[ \t]+(.+)$"));
static REQUIRED_MODULES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?is)\b(?:RequiredModules|ExternalModuleDependencies)\s*=\s*(@\((?:[^()]|\([^()]*\))*\)|['\x22][^'\x22]*['\x22])",
    )
});
static MODULE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"(?i)@\{[^}]*\bModuleName\s*=\s*["']([\w.]+)["'][^}]*\}|["']([\w.]+)["']|([A-Za-z][\w.]*)"#)
});
static MODULE_VERSION: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?i)\b(?:Module|Required|Maximum)Version\s*=\s*["']([^"']*)["']"#));
static MODULE_ENTRY: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"^\s*["']?([A-Za-z][\w.]*)["']?\s*=\s*["']([^"']*)["']"#));
static SETUP_LIST: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b(?:install_requires|setup_requires|tests_require|extras_require)\s*=\s*[\[({]")
});
static QUOTED: LazyLock<Regex> = LazyLock::new(|| regex(r#"["']([^"']+)["']"#));

/// The packages of a manifest; nothing for other files.
pub(super) fn read(path: &str, text: &str) -> Vec<Dependency> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    // `requirements/base.txt`
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    match name.as_str() {
        "package.json" => json(text, Registry::Npm, NPM_SECTIONS),
        "composer.json" => json(text, Registry::Packagist, &["require", "require-dev"]),
        "packages.config" | "directory.packages.props" | "directory.build.props" => dotnet(text),
        "pom.xml" => maven(text),
        "pyproject.toml" | "pipfile" => toml(text),
        "setup.py" => setup_script(text),
        "setup.cfg" => setup_config(text),
        "requirements.psd1" => module_table(text),
        "go.mod" => lines(text, "//", Registry::Go, &GO),
        "gemfile" => lines(text, "#", Registry::RubyGems, &GEM),
        "libs.versions.toml" => gradle(text),
        _ if name.ends_with(".gradle") || name.ends_with(".gradle.kts") => gradle(text),
        _ if ["requirements", "constraints"].iter().any(|w| name.contains(w) || folder == *w)
            && extension == "txt" =>
        {
            lines(text, "#", Registry::PyPi, &REQUIREMENT)
        }
        _ => match extension {
            "csproj" | "fsproj" | "vbproj" => dotnet(text),
            "gemspec" => lines(text, "#", Registry::RubyGems, &GEM),
            "ps1" | "psm1" => requires(text),
            "psd1" => module_manifest(text),
            _ => Vec::new(),
        },
    }
}

const NPM_SECTIONS: &[&str] =
    &["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/// The text with what a pattern finds turned into spaces, byte by byte.
fn blanked(text: &str, pattern: &Regex) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for found in pattern.find_iter(text) {
        for byte in &mut bytes[found.range()] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn dotnet(text: &str) -> Vec<Dependency> {
    let text = &blanked(text, &XML_COMMENT);
    let mut out = Vec::new();
    for tag in TAG.captures_iter(text) {
        let (Some(element), Some(attributes)) = (tag.get(1), tag.get(2)) else { continue };
        let get = |wanted: &str| {
            ATTRIBUTE
                .captures_iter(attributes.as_str())
                .find(|a| a[1].eq_ignore_ascii_case(wanted))
                .map(|a| a[2].to_owned())
        };
        let Some(include) = get("Include").or_else(|| get("Update")).or_else(|| get("id")) else { continue };
        // `<Reference Include="Name, Version=2.1.0.0, Culture=neutral">`
        let mut parts = include.split(',').map(str::trim);
        let name = parts.next().unwrap_or_default().to_owned();
        let in_name = parts.find_map(|p| p.strip_prefix("Version=")).map(str::to_owned);
        let child = tag.get(3).map(|v| v.as_str().trim().to_owned());
        let version = get("Version").or(child).or(in_name).unwrap_or_default();
        let range = element.start() - 1..attributes.end();
        out.push(Dependency { registry: Registry::NuGet, name, version, range });
    }
    out
}

fn json(text: &str, registry: Registry, sections: &[&str]) -> Vec<Dependency> {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return Vec::new() };
    let mut out = Vec::new();
    for section in sections {
        let entries = value.get(section).and_then(serde_json::Value::as_object);
        let Some(start) = text.find(&format!("\"{section}\"")) else { continue };
        for (name, version) in entries.into_iter().flatten() {
            let key = format!("\"{name}\"");
            let Some(at) = text[start..].find(&key).map(|at| start + at) else { continue };
            let version = version.as_str().unwrap_or_default().to_owned();
            out.push(Dependency { registry, name: name.clone(), version, range: at..at + key.len() });
        }
    }
    out
}

fn maven(text: &str) -> Vec<Dependency> {
    let text = &blanked(text, &XML_COMMENT);
    let element = |inner: &str, name: &str| {
        let start = inner.find(&format!("<{name}>"))? + name.len() + 2;
        let end = inner[start..].find("</")? + start;
        Some((inner[start..end].trim().to_owned(), start..end))
    };
    let mut out = Vec::new();
    for found in DEPENDENCY.captures_iter(text) {
        let Some(inner) = found.get(1) else { continue };
        let (Some((group, _)), Some((artifact, at))) =
            (element(inner.as_str(), "groupId"), element(inner.as_str(), "artifactId"))
        else {
            continue;
        };
        let version = element(inner.as_str(), "version").map(|(v, _)| v).unwrap_or_default();
        let range = inner.start() + at.start..inner.start() + at.end;
        out.push(Dependency {
            registry: Registry::Maven,
            name: format!("{group}:{artifact}"),
            version,
            range,
        });
    }
    out
}

/// The lines with their offsets, without comments.
fn code_lines<'t>(text: &'t str, comment: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    text.split_inclusive('\n').scan(0, move |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.split(comment).next().unwrap_or_default().trim_end()))
    })
}

fn lines(text: &str, comment: &str, registry: Registry, pattern: &Regex) -> Vec<Dependency> {
    let mut out = Vec::new();
    for (start, line) in code_lines(text, comment) {
        let Some(found) = pattern.captures(line) else { continue };
        let Some(name) = found.get(1) else { continue };
        let version =
            found.get(2).map(|v| v.as_str().trim().trim_start_matches("==").to_owned()).unwrap_or_default();
        let range = start + name.start()..start + name.end();
        out.push(Dependency { registry, name: name.as_str().to_owned(), version, range });
    }
    out
}

/// `pyproject.toml` and `Pipfile`: texts in a list `dependencies`, and keys of tables that end in `dependencies` or
/// `packages`.
fn toml(text: &str) -> Vec<Dependency> {
    let mut out = Vec::new();
    let (mut table, mut in_list) = (String::new(), false);
    for (start, line) in code_lines(text, "#") {
        let bare = line.trim();
        if !in_list && bare.starts_with('[') && bare.ends_with(']') && !bare.contains('=') {
            table = bare.trim_matches(['[', ']']).trim().to_ascii_lowercase();
            continue;
        }
        let key = bare.split('=').next().unwrap_or_default().trim().trim_matches('"').to_ascii_lowercase();
        let optional = table.ends_with("optional-dependencies") || table == "dependency-groups";
        if bare.contains('[') && (key == "dependencies" || key == "requires" || optional) {
            in_list = true;
        }
        if in_list {
            for quoted in QUOTED.captures_iter(line) {
                let Some(text) = quoted.get(1) else { continue };
                if let Some(found) = REQUIREMENT.captures(text.as_str())
                    && let Some(name) = found.get(1)
                {
                    let version = found.get(2).map(|v| v.as_str().trim().to_owned()).unwrap_or_default();
                    let at = start + text.start();
                    let range = at + name.start()..at + name.end();
                    let name = name.as_str().to_owned();
                    out.push(Dependency { registry: Registry::PyPi, name, version, range });
                }
            }
            in_list = !bare.ends_with(']');
            continue;
        }
        let names = table.ends_with("dependencies") || table.ends_with("packages");
        if names && !key.is_empty() && bare.contains('=') {
            let value = bare.split_once('=').map_or("", |(_, v)| v);
            let version = QUOTED.captures(value).map(|q| q[1].to_owned()).unwrap_or_default();
            let at = start + line.len() - line.trim_start().len();
            out.push(Dependency { registry: Registry::PyPi, range: at..at + key.len(), name: key, version });
        }
    }
    out
}

/// A requirement, as the Python tools write it.
fn requirement(text: &str, start: usize) -> Option<Dependency> {
    let found = REQUIREMENT.captures(text)?;
    let name = found.get(1)?;
    let version = found.get(2).map(|v| v.as_str().trim().trim_start_matches("==").to_owned());
    Some(Dependency {
        registry: Registry::PyPi,
        name: name.as_str().to_owned(),
        version: version.unwrap_or_default(),
        range: start + name.start()..start + name.end(),
    })
}

/// Where the bracket at `open` is closed; the end of the text if nowhere.
fn closing(text: &str, open: usize) -> usize {
    let (mut depth, mut quote, mut in_comment) = (0_usize, None, false);
    for (at, c) in text[open..].char_indices() {
        match (c, quote) {
            ('\n', _) => (in_comment, quote) = (false, None),
            (c, Some(q)) if c == q => quote = None,
            _ if in_comment || quote.is_some() => {}
            ('"' | '\'', None) => quote = Some(c),
            ('#', None) => in_comment = true,
            ('[' | '(' | '{', None) => depth += 1,
            (']' | ')' | '}', None) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return open + at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// The lists that `setup()` is given.
fn setup_script(text: &str) -> Vec<Dependency> {
    let mut out = Vec::new();
    for found in SETUP_LIST.find_iter(text) {
        let list = found.end() - 1..closing(text, found.end() - 1);
        for (start, line) in code_lines(&text[list.clone()], "#") {
            // The name of an extra stands before a colon.
            let is_key =
                |end: usize| line.get(end + 1..).is_some_and(|rest| rest.trim_start().starts_with(':'));
            let quoted = QUOTED.captures_iter(line).filter_map(|q| q.get(1)).filter(|q| !is_key(q.end()));
            out.extend(quoted.filter_map(|q| requirement(q.as_str(), list.start + start + q.start())));
        }
    }
    out
}

/// `install_requires` and the like, and the section of the extras.
fn setup_config(text: &str) -> Vec<Dependency> {
    let (mut section, mut in_list) = (String::new(), false);
    let mut out = Vec::new();
    for (start, line) in code_lines(text, "#") {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']).to_ascii_lowercase();
            in_list = false;
            continue;
        }
        if line.starts_with([' ', '\t']) {
            out.extend(in_list.then(|| requirement(line, start)).flatten());
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let listed = matches!(key.trim(), "install_requires" | "setup_requires" | "tests_require");
        in_list = section == "options" && listed || section == "options.extras_require";
        if in_list {
            out.extend(requirement(value, start + key.len() + 1));
        }
    }
    out
}

/// `requirements.psd1` of Azure Functions and of `PSDepend`: names and versions in a table.
fn module_table(text: &str) -> Vec<Dependency> {
    let mut out = Vec::new();
    for (start, line) in code_lines(text, "#") {
        let Some(found) = MODULE_ENTRY.captures(line) else { continue };
        let Some(name) = found.get(1) else { continue };
        let range = start + name.start()..start + name.end();
        let version = found.get(2).map(|v| v.as_str().to_owned()).unwrap_or_default();
        out.push(Dependency {
            registry: Registry::PowerShell,
            name: name.as_str().to_owned(),
            version,
            range,
        });
    }
    out
}

fn gradle(text: &str) -> Vec<Dependency> {
    let mut out = Vec::new();
    for (start, line) in code_lines(text, "//") {
        for found in GRADLE.captures_iter(line) {
            let Some(name) = found.get(1) else { continue };
            let version = found.get(2).map(|v| v.as_str().to_owned()).unwrap_or_default();
            let range = start + name.start()..start + name.end();
            out.push(Dependency {
                registry: Registry::Maven,
                name: name.as_str().to_owned(),
                version,
                range,
            });
        }
        for found in GRADLE_MAP.captures_iter(line) {
            let Some(whole) = found.get(0) else { continue };
            let version = found.get(3).map(|v| v.as_str().to_owned()).unwrap_or_default();
            let name = format!("{}:{}", &found[1], &found[2]);
            let range = start + whole.start()..start + whole.end();
            out.push(Dependency { registry: Registry::Maven, name, version, range });
        }
    }
    out
}

/// `#Requires -Modules` of a script.
fn requires(text: &str) -> Vec<Dependency> {
    let mut out = Vec::new();
    for line in REQUIRES.captures_iter(text) {
        // A remark may stand behind the list.
        let list = line.get(1).map(|l| (l.as_str().split(" #").next().unwrap_or_default(), l.start()));
        out.extend(list.into_iter().flat_map(|(list, start)| modules(list, start)));
    }
    out
}

fn module_manifest(text: &str) -> Vec<Dependency> {
    let plain: String = code_lines(text, "#").map(|(start, line)| (start, line.len())).fold(
        text.to_owned(),
        |mut all, (start, length)| {
            // Comments become spaces, so that offsets stay.
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            let blank: String = text[start + length..end].chars().map(|c| " ".repeat(c.len_utf8())).collect();
            all.replace_range(start + length..end, &blank);
            all
        },
    );
    let mut out = Vec::new();
    for found in REQUIRED_MODULES.captures_iter(&plain) {
        out.extend(found.get(1).into_iter().flat_map(|list| modules(list.as_str(), list.start())));
    }
    out
}

/// A list of modules: names, and tables with `ModuleName`.
fn modules(list: &str, start: usize) -> Vec<Dependency> {
    let names = MODULE.captures_iter(list).filter_map(|found| {
        let name = found.get(1).or(found.get(2)).or(found.get(3))?;
        let version = MODULE_VERSION.captures(&found[0]).map(|v| v[1].to_owned()).unwrap_or_default();
        let range = start + name.start()..start + name.end();
        Some(Dependency { registry: Registry::PowerShell, name: name.as_str().to_owned(), version, range })
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn reads(path: &str, text: &str, expected: &[&str]) {
        let found: Vec<String> = read(path, text)
            .into_iter()
            .map(|d| {
                let place = text[..d.range.start].lines().count().max(1);
                let place = if text[..d.range.start].ends_with('\n') { place + 1 } else { place };
                format!("{place} {} {}", d.name, d.version).trim_end().to_owned()
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn dotnet_manifests() {
        reads(
            "src/App.csproj",
            "<Project>\n <!-- <PackageReference Include=\"Gone\" Version=\"1\" /> -->\n <PackageReference Include=\"A.B\" Version=\"1.2.3\" />\n <PackageReference Include=\"C\">\n  <Version>4.5</Version>\n </PackageReference>\n <Reference Include=\"D, Version=2.0.0.0, Culture=neutral\">\n</Project>",
            &["3 A.B 1.2.3", "4 C 4.5", "7 D 2.0.0.0"],
        );
        reads(
            "packages.config",
            "<packages>\n<package id=\"A\" version=\"1.0\" targetFramework=\"net48\" />",
            &["2 A 1.0"],
        );
        reads("Directory.Packages.props", "<PackageVersion Include='A' Version='3' />", &["1 A 3"]);
    }

    #[test]
    fn npm_and_composer() {
        let text = "{\n \"name\": \"adal-node\",\n \"scripts\": {\"a\": \"adal-node\"},\n \"dependencies\": {\n  \"adal-node\": \"^0.2.1\"\n }\n}";
        reads("web/package.json", text, &["5 adal-node ^0.2.1"]);
        reads("composer.json", "{\"require\": {\"a/b\": \"~1\"}}", &["1 a/b ~1"]);
        reads("package.json", "{ not json", &[]);
    }

    #[test]
    fn python_manifests() {
        reads(
            "requirements-dev.txt",
            "# adal==1\nadal[x]==1.2.7 ; python_version > '3'\nrequests\n-r base.txt\n",
            &["2 adal 1.2.7", "3 requests"],
        );
        reads(
            "pyproject.toml",
            "[project]\nname = \"x\"\ndependencies = [\n  \"adal>=1.2\",\n  # \"msal\",\n]\n[tool.poetry.dependencies]\npython = \"^3.9\"\nmsrestazure = { version = \"^0.6\" }\n",
            &["4 adal >=1.2", "8 python ^3.9", "9 msrestazure ^0.6"],
        );
    }

    #[test]
    fn java_manifests() {
        reads(
            "pom.xml",
            "<project><groupId>x</groupId>\n<dependency>\n<groupId>com.microsoft.azure</groupId>\n<artifactId>adal4j</artifactId>\n<version>1.6.7</version></dependency></project>",
            &["4 com.microsoft.azure:adal4j 1.6.7"],
        );
        reads(
            "build.gradle.kts",
            "implementation(\"com.a:b:1.0\")\n// implementation(\"com.c:d:1.0\")\ncompile group: 'com.e', name: 'f', version: '2'\n",
            &["1 com.a:b 1.0", "3 com.e:f 2"],
        );
    }

    #[test]
    fn go_ruby_and_powershell() {
        reads(
            "go.mod",
            "module x\nrequire (\n\tgithub.com/a/b v1.2.3 // indirect\n)\nrequire github.com/c/d v0.1.0\n",
            &["3 github.com/a/b v1.2.3", "5 github.com/c/d v0.1.0"],
        );
        reads(
            "Gemfile",
            "source 'https://rubygems.org'\ngem 'adal', '~> 1.0'\n# gem 'x'\n",
            &["2 adal ~> 1.0"],
        );
        reads(
            "a.ps1",
            "#Requires -Version 5.1\n#Requires -Modules AzureAD, @{ ModuleName = 'MSOnline'; ModuleVersion = '1.1' }\n# Requires nothing\n",
            &["2 AzureAD", "2 MSOnline 1.1"],
        );
        reads(
            "M.psd1",
            "@{\n RequiredModules = @('AzureAD', @{ModuleName='B'; RequiredVersion='2'}) # 'C'\n Tags = @('MSOnline')\n}",
            &["2 AzureAD", "2 B 2"],
        );
    }

    #[test]
    fn other_files_are_none() {
        reads("README.md", "adal==1.0", &[]);
        reads("notes.txt", "adal==1.0", &[]);
    }

    #[test]
    fn python_set_up() {
        reads(
            "setup.py",
            "from setuptools import setup\nsetup(\n    name='sync',\n    install_requires=[\n        'adal>=1.2',  # 'gone'\n        \"requests\",\n    ],\n    extras_require={'dev': ['pytest==8.0']},\n)\n",
            &["5 adal >=1.2", "6 requests", "8 pytest 8.0"],
        );
        reads(
            "setup.py",
            "setup(\n    extras_require={\n        'dev': ['pytest[x]>=8'],  # ]}\n        'tokens': (\n            'adal==1.2.7',\n            'msal',\n        ),\n    },\n    keywords=['azure'],\n)\n",
            &["3 pytest >=8", "5 adal 1.2.7", "6 msal"],
        );
        reads(
            "setup.cfg",
            "[metadata]\nname = sync\n[options]\ninstall_requires =\n    adal~=1.2\n    # none\npackages = find:\n[options.extras_require]\ndev = pytest\n",
            &["5 adal ~=1.2", "9 pytest"],
        );
        reads("requirements/base.txt", "adal==1.2.7\n", &["1 adal 1.2.7"]);
    }

    #[test]
    fn modules_of_functions() {
        reads(
            "requirements.psd1",
            "@{\n    # 'Gone' = '1.*'\n    'Az' = '9.*'\n    AzureAD = \"2.0.2.182\"\n}\n",
            &["3 Az 9.*", "4 AzureAD 2.0.2.182"],
        );
    }
}
