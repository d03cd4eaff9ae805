//! The projects in `testdata` give what the comments in them say, and nothing else.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use common::{flows, folder, name, options};
use pcmfa::frontend::REGISTRY;
use pcmfa::models::{RuleFile, Rules};
use pcmfa::report::{Location, Report};
use pcmfa::samples::ABOUT_ALL;
use pcmfa::{Outcome, ScanOptions};
use rayon::prelude::*;

/// One file of a case.
struct File {
    path: String,
    lines: Vec<String>,
}

/// What a comment says about a line.
#[derive(Debug)]
struct Expectation {
    path: String,
    line: u32,
    item: Item,
}

/// Something that is expected or reported: its kind, and how it is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    kind: &'static str,
    text: String,
}

const DECOY: &str = "decoy";

fn item(kind: &'static str, text: impl Into<String>) -> Item {
    Item { kind, text: text.into() }
}

impl std::fmt::Display for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind)?;
        if !self.text.is_empty() {
            write!(f, " {}", self.text)?;
        }
        Ok(())
    }
}

/// Scans a case, with the code in its documentation.
fn scan(path: &Path, rules: &Rules) -> Outcome {
    let options = ScanOptions { docs: true, ..options(vec![path.to_owned()]) };
    pcmfa::scan(&options, rules).expect("the folder exists")
}

/// The folders of cases with their names: `csharp/msal-flows`.
fn cases() -> Vec<(String, PathBuf)> {
    let root = folder("testdata");
    let mut cases = Vec::new();
    for language in folders(&root) {
        for case in folders(&language) {
            let name = case.strip_prefix(&root).expect("below it").display().to_string().replace('\\', "/");
            cases.push((name, case));
        }
    }
    assert!(cases.len() > 40, "only {} cases found", cases.len());
    cases
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).expect("the folder exists");
    let mut folders: Vec<PathBuf> =
        entries.map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

/// All files of a case, read without the help of the code that is tested.
fn files(case: &Path) -> Vec<File> {
    let walk = walkdir::WalkDir::new(case).sort_by_file_name();
    let mut files = Vec::new();
    for entry in walk.into_iter().map(|e| e.expect("an entry")).filter(|e| e.file_type().is_file()) {
        let bytes = std::fs::read(entry.path()).expect("a file");
        let text = match bytes.as_slice() {
            [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
            [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).expect("UTF-8"),
            bytes => String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        };
        let path =
            entry.path().strip_prefix(case).expect("below it").display().to_string().replace('\\', "/");
        files.push(File { path, lines: text.lines().map(str::to_owned).collect() });
    }
    files
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|b| unit([b[0], b[1]])).collect();
    String::from_utf16(&units).expect("UTF-16")
}

/// Splits a line at its expectations: the code before, and what they say.
fn split(line: &str) -> Option<(&str, &str)> {
    const MARKS: &[&str] = &["rem", "//", "#", "<!--", "/*", "<#", "--", ";", "'"];
    let at = line.find("pcmfa:")?;
    let before = line[..at].trim_end();
    let mark = MARKS.iter().filter(|m| before.ends_with(**m)).max_by_key(|m| m.len())?;
    let says = line[at + "pcmfa:".len()..].trim();
    // The last three end a line of a notebook.
    let says = ["-->", "*/", "#>", "\\n\",", "\\n\"", "\""]
        .iter()
        .find_map(|end| says.strip_suffix(end))
        .unwrap_or(says);
    Some((before[..before.len() - mark.len()].trim(), says.trim()))
}

/// The expectations of a file, or what is wrong with them.
fn expectations(file: &File) -> Result<Vec<Expectation>, String> {
    let mut out = Vec::new();
    for (i, line) in file.lines.iter().enumerate() {
        let wrong = |why: &str| format!("{}:{} {why}", file.path, i + 1);
        let Some((code, says)) = split(line) else {
            if line.contains("pcmfa:") {
                return Err(wrong("`pcmfa:` is not at the start of a comment"));
            }
            continue;
        };
        let target = if code.is_empty() {
            let next =
                file.lines[i + 1..].iter().position(|l| split(l).is_none_or(|(code, _)| !code.is_empty()));
            i + 1 + next.ok_or_else(|| wrong("nothing follows the comment"))?
        } else {
            i
        };
        // Nothing can stand in a text of several lines, so its comment stands before it.
        let line = &file.lines[target];
        let is_open = MULTI_LINE.iter().any(|m| line.ends_with(m)) || opens_heredoc(line);
        let target = if is_open { target + 1 } else { target };
        for part in says.split(" ; ") {
            let item = parse(part.trim()).map_err(|why| wrong(&why))?;
            out.push(Expectation { path: file.path.clone(), line: target as u32 + 1, item });
        }
    }
    Ok(out)
}

/// How lines end on which a text of several lines begins.
const MULTI_LINE: &[&str] = &["@\"", "@'", "\"\"\""];

/// The line ends with the word that a heredoc will end with: `$text = <<<END`, `text = <<~END`.
fn opens_heredoc(line: &str) -> bool {
    let word = line.rsplit([' ', '(', '=']).next().unwrap_or_default();
    ["<<<", "<<~", "<<-"].iter().any(|m| word.strip_prefix(m).is_some_and(|rest| !rest.is_empty()))
}

fn parse(text: &str) -> Result<Item, String> {
    let mut words = text.split_whitespace();
    let kind = words.next().ok_or("an empty expectation")?;
    let words: Vec<&str> = words.collect();
    let fields = |names: &[(&str, &[&str])]| -> Result<BTreeMap<String, String>, String> {
        let mut fields = BTreeMap::new();
        for word in &words {
            let (name, value) = word.split_once('=').ok_or_else(|| format!("`{word}` is no field"))?;
            let (_, known) = names
                .iter()
                .find(|(n, _)| *n == name)
                .ok_or_else(|| format!("`{name}` is no field of {kind}"))?;
            let values: Vec<&str> = value.split(',').collect();
            if let Some(unknown) = values.iter().find(|v| !known.contains(v)) {
                return Err(format!("`{unknown}` is no {name}"));
            }
            if !values.is_sorted() || (name != "from" && values.len() != 1) {
                return Err(format!("`{value}` is not one {name}, or not sorted"));
            }
            if fields.insert(name.to_owned(), value.to_owned()).is_some() {
                return Err(format!("`{name}` is given twice"));
            }
        }
        if let Some((missing, _)) = names.iter().find(|(n, _)| *n != "from" && !fields.contains_key(*n)) {
            return Err(format!("{kind} without `{missing}`"));
        }
        Ok(fields)
    };
    match kind {
        "acquisition" => {
            let f = fields(&[("flow", FLOWS), ("verdict", VERDICTS), ("pc", &["yes", "unknown"])])?;
            Ok(acquisition(&f["flow"], &f["verdict"], &f["pc"]))
        }
        "call" => {
            let f = fields(&[("verdict", VERDICTS), ("from", FLOWS)])?;
            Ok(call(&f["verdict"], f.get("from").map_or("", String::as_str)))
        }
        "finding" => match words.as_slice() {
            [rule] => Ok(item("finding", *rule)),
            _ => Err("a finding has one name".to_owned()),
        },
        "without" => match words.as_slice() {
            [rule] if ABOUT_ALL.contains(rule) => Ok(item("without", *rule)),
            _ => Err(format!("`without` is for one of {ABOUT_ALL:?}")),
        },
        "check" if words.is_empty() => Ok(item("check", "")),
        "decoy" if words.is_empty() => Ok(item(DECOY, "")),
        _ => Err(format!("`{text}` is no expectation")),
    }
}

const FLOWS: &[&str] = &[
    "ropc",
    "client-credentials",
    "authorization-code",
    "interactive",
    "device-code",
    "refresh-token",
    "on-behalf-of",
    "integrated-windows",
    "silent",
    "managed-identity",
    "static-token",
    "unknown",
];
const VERDICTS: &[&str] = &["blocked", "unresolved", "capable", "exempt"];

fn acquisition(flow: &str, verdict: &str, pc: &str) -> Item {
    item("acquisition", format!("flow={flow} verdict={verdict} pc={pc}"))
}

fn call(verdict: &str, from: &str) -> Item {
    let from = if from.is_empty() { String::new() } else { format!(" from={from}") };
    item("call", format!("verdict={verdict}{from}"))
}

/// Everything in a report.
fn reported(report: &Report) -> Vec<(Location, Item)> {
    let mut out = Vec::new();
    for a in &report.acquisitions {
        let item = acquisition(&name(&a.flow), &name(&a.verdict), &name(&a.partner_center));
        out.push((a.location.clone(), item));
    }
    for c in &report.calls {
        out.push((c.location.clone(), call(&name(&c.verdict), &flows(report, &c.tokens))));
    }
    out.extend(report.checks.iter().map(|c| (c.location.clone(), item("check", ""))));
    out.extend(report.findings.iter().map(|f| (f.location.clone(), item("finding", f.rule.as_str()))));
    out
}

/// The differences between what is expected and what is reported.
fn differences(expected: &[Expectation], report: &Report) -> Vec<String> {
    let covers =
        |l: &Location, e: &Expectation| *l.path == *e.path && l.line <= e.line && e.line <= l.end_line;
    let says_what_is = |e: &&Expectation| !matches!(e.item.kind, DECOY | "without");
    let mut left: Vec<&Expectation> = expected.iter().filter(says_what_is).collect();
    let mut surplus = reported(report);
    let spoken_of = |rule: &str| expected.iter().any(|e| e.item.text == rule);
    surplus
        .retain(|(_, i)| i.kind != "finding" || !ABOUT_ALL.contains(&i.text.as_str()) || spoken_of(&i.text));
    // What fits best goes first: the whole item at its first line, then anywhere in its range.
    let best: [fn(&Location, &Expectation) -> bool; 2] = [|l, e| l.line == e.line, |_, _| true];
    for near in best {
        left.retain(|e| {
            let found = surplus.iter().position(|(l, i)| *i == e.item && covers(l, e) && near(l, e));
            found.map(|at| surplus.remove(at)).is_none()
        });
    }
    let mut out = Vec::new();
    for e in left {
        let got = surplus.iter().position(|(l, i)| i.kind == e.item.kind && covers(l, e));
        let got =
            got.map_or("nothing reported there".to_owned(), |at| format!("got {}", surplus.remove(at).1));
        out.push((e.path.clone(), e.line, format!("expected {}, {got}", e.item)));
    }
    for (l, i) in surplus {
        let decoy = expected.iter().any(|e| e.item.kind == DECOY && covers(&l, e));
        let why = if decoy { "a decoy" } else { "not expected" };
        out.push((l.path.to_string(), l.line, format!("{why}, but reported: {i}")));
    }
    out.sort();
    out.into_iter().map(|(path, line, text)| format!("{path}:{line} {text}")).collect()
}

#[test]
fn cases_give_what_their_comments_say() {
    let rules = Rules::embedded().expect("they load");
    let all: Vec<Vec<String>> = cases()
        .par_iter()
        .map(|(case, path)| {
            let mut expected = Vec::new();
            for file in files(path) {
                match expectations(&file) {
                    Ok(more) => expected.extend(more),
                    Err(wrong) => return vec![format!("{case}: {wrong}")],
                }
            }
            if let Some(e) =
                expected.iter().find(|e| e.item.kind == "finding" && rules.finding(&e.item.text).is_none())
            {
                return vec![format!("{case}: {}:{} there is no finding `{}`", e.path, e.line, e.item.text)];
            }
            if expected.is_empty() {
                return vec![format!("{case}: no expectations")];
            }
            let outcome = scan(path, &rules);
            let mut out = differences(&expected, &outcome.report);
            let notices = outcome.report.notices.iter();
            out.extend(notices.map(|n| format!("{}:{} notice: {}", n.path, n.line.unwrap_or(0), n.message)));
            out.into_iter().map(|d| format!("{case}: {d}")).collect()
        })
        .collect();
    let mut message = String::new();
    for difference in all.iter().flatten() {
        writeln!(message, "  {difference}").expect("it is a text");
    }
    let wrong = all.iter().filter(|d| !d.is_empty()).count();
    assert!(message.is_empty(), "{wrong} of {} cases differ:\n{message}", all.len());
}

/// The names that a rule file matches, lower-case.
fn names(file: &RuleFile) -> Vec<String> {
    let mut names: Vec<&String> = Vec::new();
    for row in &file.acquire {
        names.extend(row.call.iter().chain(&row.command).chain(&row.new));
    }
    for row in &file.credentials {
        names.extend(row.call.iter().chain(&row.command).chain(&row.new));
    }
    for row in &file.requests {
        names.extend(row.call.iter().chain(&row.command).chain(&row.new));
    }
    // An annotation is written `@Get` or `[Get`.
    let attributes = names.iter().filter_map(|n| n.strip_prefix('@')).map(|n| format!("[{n}"));
    let attributes: Vec<String> = attributes.collect();
    names.into_iter().cloned().chain(attributes).map(|n| n.to_ascii_lowercase()).collect()
}

/// One of the names stands in the text as a word.
fn mentions(text: &str, names: &[String]) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    names.iter().any(|n| {
        text.match_indices(n.as_str()).any(|(at, _)| {
            !text[..at].chars().next_back().is_some_and(word)
                && !text[at + n.len()..].chars().next().is_some_and(word)
        })
    })
}

/// The code from a line up to the next empty line or expectation, lower-case.
fn passage(file: &File, from: u32, to: Option<u32>) -> String {
    let from = from as usize - 1;
    let lines = file.lines[from..].iter().enumerate();
    let lines = lines.take_while(|(i, line)| match to {
        Some(to) => from + i < to as usize,
        None => *i == 0 || !(line.trim().is_empty() || line.contains("pcmfa:")),
    });
    lines.map(|(_, line)| line.to_ascii_lowercase()).collect::<Vec<_>>().join("\n")
}

/// Every token library and HTTP client has a case in which the scan reports it, and in the same case, or where
/// its acquisitions are never for Partner Center in any, a decoy that uses it.
#[test]
fn every_library_fires_and_has_a_decoy() {
    let rules = Rules::embedded().expect("they load");
    let libraries: Vec<(&str, &RuleFile, Vec<String>)> = rules
        .files()
        .filter(|(path, _)| path.contains("token/") || path.contains("http/"))
        .map(|(path, file)| (path, file, names(file)))
        .collect();
    let mut reported = vec![false; libraries.len()];
    let mut decoys = vec![false; libraries.len()];
    for (_, case) in cases() {
        let texts = files(&case);
        let report = scan(&case, &rules).report;
        let text = |l: &Location| {
            let file = texts.iter().find(|f| *f.path == *l.path).expect("it was read");
            passage(file, l.line, Some(l.end_line))
        };
        let sites: Vec<String> = report.calls.iter().map(|c| text(&c.location)).collect();
        let expected: Vec<Expectation> =
            texts.iter().flat_map(|f| expectations(f).unwrap_or_default()).collect();
        let calm: Vec<String> = expected
            .iter()
            .filter(|e| e.item.kind == DECOY)
            .filter_map(|e| Some(passage(texts.iter().find(|f| f.path == e.path)?, e.line, None)))
            .collect();
        for (i, (path, library, names)) in libraries.iter().enumerate() {
            let raw = format!("raw HTTP ({})", library.library);
            let acquires =
                report.acquisitions.iter().any(|a| a.library == library.library || a.library == raw);
            let sends = path.contains("http/") && sites.iter().any(|s| mentions(s, names));
            let decoy = calm.iter().any(|c| mentions(c, names));
            reported[i] |= acquires || sends;
            decoys[i] |= decoy && (acquires || sends || never_for_partner_center(library));
        }
    }
    let mut message = String::new();
    for (i, (path, library, _)) in libraries.iter().enumerate() {
        if !reported[i] && !never_for_partner_center(library) {
            writeln!(message, "  {path}: no case in which {} is reported", library.library).expect("a text");
        }
        if !decoys[i] {
            writeln!(message, "  {path}: no decoy with {} beside it", library.library).expect("a text");
        }
    }
    assert!(message.is_empty(), "rule files without test data:\n{message}");
}

/// Every language has a project of two files or more with a blocked, a capable and an exempt flow, and a decoy.
#[test]
fn every_language_has_a_project_with_all_verdicts() {
    const WANTED: [&str; 4] = ["verdict=blocked", "verdict=capable", "verdict=exempt", DECOY];
    let cases = cases();
    let mut missing = Vec::new();
    // Formats of data hold code of the languages, or one kind of request.
    for language in REGISTRY.iter().filter(|l| l.lexis().is_some() || l.language() == "batch") {
        let own = |path: &str| {
            pcmfa::source::language_of(path, "").is_some_and(|l| l.language() == language.language())
        };
        let whole = cases.iter().filter(|(case, _)| case.starts_with(&format!("{}/", language.language())));
        let found = whole.map(|(_, path)| files(path)).any(|files| {
            // What stands in files of the language itself counts, and there is no one file that has it all.
            let told: Vec<Vec<Item>> = files
                .iter()
                .filter(|f| own(&f.path))
                .map(|f| expectations(f).unwrap_or_default().into_iter().map(|e| e.item).collect())
                .collect();
            let has =
                |items: &[Item], word: &str| items.iter().any(|i| i.kind == word || i.text.contains(word));
            let parts = told.iter().filter(|items| !items.is_empty()).count();
            parts > 1 && WANTED.iter().all(|word| told.iter().any(|items| has(items, word)))
        });
        if !found {
            missing.push(language.language());
        }
    }
    assert!(missing.is_empty(), "no such project in testdata: {missing:?}");
}

/// Every token library is reported in each of the languages that its rule file names, unless what it
/// obtains is never for Partner Center.
#[test]
fn every_token_library_fires_in_each_of_its_languages() {
    let rules = Rules::embedded().expect("they load");
    let libraries: Vec<(&str, &RuleFile)> = rules
        .files()
        .filter(|(path, file)| path.contains("token/") && !never_for_partner_center(file))
        .collect();
    let mut fires: BTreeSet<(String, &'static str)> = BTreeSet::new();
    let reports: Vec<Vec<(String, &'static str)>> = cases()
        .par_iter()
        .map(|(_, case)| {
            let texts = files(case);
            let language = |l: &Location| {
                let text =
                    texts.iter().find(|f| *f.path == *l.path).map_or(String::new(), |f| f.lines.join("\n"));
                pcmfa::source::language_of(&l.path, &text).map_or("", |l| l.language())
            };
            let report = scan(case, &rules).report;
            let acquired = report.acquisitions.iter().map(|a| (a.library.clone(), language(&a.location)));
            acquired.collect()
        })
        .collect();
    fires.extend(reports.into_iter().flatten());
    let mut missing = String::new();
    for (path, file) in libraries {
        for language in &file.languages {
            let raw = format!("raw HTTP ({})", file.library);
            let found = fires
                .iter()
                .any(|(library, l)| l == language && (*library == file.library || *library == raw));
            if !found && !file.acquire.is_empty() {
                writeln!(missing, "  {path}: {} is reported nowhere in {language}", file.library)
                    .expect("a text");
            }
        }
    }
    assert!(missing.is_empty(), "libraries without test data in a language:\n{missing}");
}

/// All tokens of the library have fixed audiences, so it is only there to be told apart.
fn never_for_partner_center(library: &RuleFile) -> bool {
    let fixed = |s: &pcmfa::models::Selector| s.text.as_deref().is_some_and(|t| !t.contains("partner"));
    !library.acquire.is_empty()
        && library.requests.is_empty()
        && library.operations.is_empty()
        && library.acquire.iter().all(|r| r.not || (!r.audience.is_empty() && r.audience.iter().all(fixed)))
}
