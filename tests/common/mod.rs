//! What the integration tests share.
#![allow(dead_code, reason = "no test binary uses all of it")]

use std::path::{Path, PathBuf};

use pcmfa::models::Rules;
use pcmfa::report::Report;
use pcmfa::{Outcome, ScanOptions};

/// A folder of this repository.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The options of a plain `pcmfa scan`.
pub(crate) fn options(paths: Vec<PathBuf>) -> ScanOptions {
    ScanOptions {
        paths,
        threads: 0,
        max_file_size: pcmfa::walk::DEFAULT_MAX_FILE_SIZE,
        include: Vec::new(),
        exclude: Vec::new(),
        filter: None,
        test_code: None,
        overlay: None,
        exhaustive: false,
        docs: false,
        all: false,
        progress: None,
    }
}

/// Scans one folder.
pub(crate) fn scan(path: &Path, rules: &Rules) -> Outcome {
    pcmfa::scan(&options(vec![path.to_owned()]), rules).expect("the folder exists")
}

/// A folder with these files, gone when it is dropped.
pub(crate) fn project(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    dir
}

/// The report as short lines, for messages and comparisons: `Tokens.cs:12 call blocked`.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    let mut out = Vec::new();
    for a in &report.acquisitions {
        let (l, flow) = (&a.location, name(&a.flow));
        out.push(format!("{}:{} {flow} {} {}", l.path, l.line, name(&a.verdict), a.library));
    }
    for c in &report.calls {
        let (l, verdict) = (&c.location, name(&c.verdict));
        out.push(format!(
            "{}:{} call {verdict} from [{}] {}",
            l.path,
            l.line,
            flows(report, &c.tokens),
            c.endpoint
        ));
    }
    for c in &report.checks {
        out.push(format!("{}:{} check", c.location.path, c.location.line));
    }
    // What small projects lack as a rule has tests of its own.
    let about_all = |rule: &str| pcmfa::samples::ABOUT_ALL.contains(&rule);
    for f in report.findings.iter().filter(|f| !about_all(&f.rule)) {
        out.push(format!("{}:{} finding {}", f.location.path, f.location.line, f.rule));
    }
    out
}

/// The flows of acquisitions, sorted, each once.
pub(crate) fn flows(report: &Report, ids: &[String]) -> String {
    let mut flows: Vec<String> =
        report.acquisitions.iter().filter(|a| ids.contains(&a.id)).map(|a| name(&a.flow)).collect();
    flows.sort();
    flows.dedup();
    flows.join(",")
}

/// The name of a variant in reports.
pub(crate) fn name(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).expect("it serialises");
    value.as_str().expect("it is a text").to_owned()
}

/// Compares a file of this repository with the text that it must hold. `UPDATE_KEPT=1 cargo test` writes it.
#[track_caller]
pub(crate) fn kept(path: &str, text: &str) {
    let file = folder(path);
    if std::env::var_os("UPDATE_KEPT").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, text).expect("written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let line = kept.lines().zip(text.lines()).position(|(a, b)| a != b);
    assert!(
        kept == text,
        "{path} is out of date from line {} on; `UPDATE_KEPT=1 cargo test --test kept` writes it",
        line.map_or_else(|| kept.lines().count().min(text.lines().count()) + 1, |line| line + 1)
    );
}
