//! The same tree gives the same bytes, whatever the number of threads and the order of the arguments.

mod common;

use std::path::PathBuf;

use common::{folder, options, scan};
use pcmfa::models::Rules;
use pcmfa::report::{Context, FORMATS, format};
use pcmfa::{Outcome, ScanOptions};

fn render(name: &str, outcome: &Outcome, rules: &Rules) -> String {
    let context = Context {
        sources: &outcome.sources,
        findings: rules.findings(),
        root: &outcome.root,
        version: "0",
        color: false,
        hyperlinks: false,
        quiet: false,
        suppressed: false,
        category: "",
        now: 1_790_000_000,
    };
    let mut out = Vec::new();
    format(name).expect("it exists").render(&outcome.report, &context, &mut out).expect("it renders");
    String::from_utf8(out).expect("UTF-8")
}

fn json(paths: &[PathBuf], threads: usize) -> String {
    let rules = Rules::embedded().expect("they load");
    let options = ScanOptions { threads, ..options(paths.to_vec()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let outcome = pool.install(|| pcmfa::scan(&options, &rules)).expect("the paths exist");
    render("json", &outcome, &rules)
}

/// The first line that differs; whole reports are too long to look at.
#[track_caller]
fn same(a: &str, b: &str) {
    if a != b {
        let (line, (a, b)) =
            a.lines().zip(b.lines()).enumerate().find(|(_, (a, b))| a != b).unwrap_or_default();
        panic!("reports differ in line {}:\n  {a}\n  {b}", line + 1);
    }
}

/// The files of a folder below `testdata`.
fn files(name: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder("testdata").join(name)).sort_by_file_name();
    let entries = walk.into_iter().map(|e| e.expect("an entry"));
    entries.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// An order that is neither that of names nor its reverse, the same in every run.
fn shuffled(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut state: u32 = 2_463_534_242;
    for i in (1..paths.len()).rev() {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        paths.swap(i, state as usize % (i + 1));
    }
    paths
}

#[test]
fn threads_make_no_difference() {
    let paths = [folder("testdata")];
    let one = json(&paths, 1);
    assert!(one.contains("\"blocked\"") && one.contains("\"exempt\""), "nothing was found");
    for _ in 0..3 {
        same(&one, &json(&paths, 8));
    }
}

#[test]
fn the_order_of_arguments_makes_no_difference() {
    for language in ["csharp", "powershell"] {
        let sorted = files(language);
        assert!(sorted.len() > 20, "only {} files", sorted.len());
        let once = json(&sorted, 4);
        same(&once, &json(&shuffled(sorted.clone()), 4));
        let twice = shuffled(sorted.iter().chain(&sorted).cloned().collect());
        same(&once, &json(&twice, 4));
    }
}

#[test]
fn a_folder_and_its_parts_are_the_same() {
    let all = folder("testdata");
    let (a, b) = (all.join("csharp"), all.join("powershell"));
    let once = json(&[a.clone(), b.clone()], 2);
    same(&once, &json(&[b.clone(), a.clone()], 2));
    same(&once, &json(&[b.clone(), a.join("msal-flows"), a, b], 2));
}

#[test]
fn every_format_renders_the_same_twice() {
    let rules = Rules::embedded().expect("they load");
    let first = scan(&folder("testdata"), &rules);
    let second = scan(&folder("testdata"), &rules);
    for format in FORMATS {
        same(&render(format.name(), &first, &rules), &render(format.name(), &second, &rules));
    }
}

/// Where the tree lies does not matter: nothing of the machine is in the report.
#[test]
fn a_copy_elsewhere_gives_the_same() {
    let original = folder("testdata");
    let copy = tempfile::tempdir().expect("a folder");
    for file in files("") {
        let to = copy.path().join(file.strip_prefix(&original).expect("below it"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(&file, &to).expect("a copy");
    }
    same(&json(&[original], 2), &json(&[copy.path().to_owned()], 2));
}
