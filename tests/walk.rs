//! Which files are read.

use std::fs;
use std::path::{Path, PathBuf};

use pcmfa::report::NoticeKind;
use pcmfa::walk::{DEFAULT_MAX_FILE_SIZE, Walk, WalkError, WalkOptions, walk};
use tempfile::TempDir;

fn tree(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, text).expect("written");
    }
    dir
}

struct Asked {
    paths: Vec<PathBuf>,
    include: Vec<String>,
    exclude: Vec<String>,
    max_file_size: u64,
    threads: usize,
}

impl Asked {
    fn new(paths: &[&Path]) -> Self {
        Self {
            paths: paths.iter().map(|path| path.to_path_buf()).collect(),
            include: vec![],
            exclude: vec![],
            max_file_size: DEFAULT_MAX_FILE_SIZE,
            threads: 0,
        }
    }

    fn run(&self) -> Result<Walk, WalkError> {
        walk(&WalkOptions {
            paths: &self.paths,
            threads: self.threads,
            max_file_size: self.max_file_size,
            include: &self.include,
            exclude: &self.exclude,
            filter: None,
        })
    }

    #[track_caller]
    fn names(&self) -> Vec<String> {
        let walk = self.run().expect("walks");
        walk.files.iter().map(|file| file.display.to_string()).collect()
    }
}

#[test]
fn paths_are_relative_to_the_only_directory_and_sorted() {
    let dir = tree(&[("b.cs", ""), ("a/z.cs", ""), ("a/b/c.ps1", ""), (".github/workflows/ci.yml", "")]);
    let expected = [".github/workflows/ci.yml", "a/b/c.ps1", "a/z.cs", "b.cs"];
    for threads in [1, 8] {
        let asked = Asked { threads, ..Asked::new(&[dir.path()]) };
        assert_eq!(asked.names(), expected);
    }
}

#[test]
fn ignore_files_count_outside_of_git_too() {
    let dir = tree(&[
        (".gitignore", "bin/\n"),
        (".pcmfaignore", "*.g.cs\n"),
        (".ignore", "a.cs\n"),
        ("bin/x.cs", ""),
        ("a.cs", ""),
        ("a.g.cs", ""),
        (".git/hooks/x.cs", ""),
    ]);
    assert_eq!(Asked::new(&[dir.path()]).names(), [".gitignore", ".ignore", ".pcmfaignore", "a.cs"]);
}

#[test]
fn named_files_are_always_read() {
    let dir = tree(&[(".gitignore", "*\n"), ("big.cs", "0123456789"), ("src/a.cs", "")]);
    let named = dir.path().join("big.cs");
    let asked = Asked { max_file_size: 5, exclude: vec!["big.cs".into()], ..Asked::new(&[&named]) };
    assert_eq!(asked.names(), ["big.cs"]);
}

#[test]
fn files_over_the_limit_are_reported() {
    let dir = tree(&[("big.cs", "0123456789"), ("small.cs", "1")]);
    let walk = Asked { max_file_size: 5, ..Asked::new(&[dir.path()]) }.run().expect("walks");
    assert_eq!(walk.files.len(), 1);
    assert_eq!(&*walk.notices[0].path, "big.cs");
    assert_eq!(walk.notices[0].kind, NoticeKind::Skipped);
    assert_eq!(walk.notices[0].message, "10 bytes, over the limit of 5");
}

#[test]
fn globs_choose() {
    let dir = tree(&[
        ("src/a.cs", ""),
        ("src/a.ps1", ""),
        ("src/old/b.cs", ""),
        ("bin/c.cs", ""),
        (".gitignore", "bin/\n"),
    ]);
    let asked =
        Asked { include: vec!["*.cs".into()], exclude: vec!["old/".into()], ..Asked::new(&[dir.path()]) };
    assert_eq!(asked.names(), ["src/a.cs"]);
    let asked = Asked { exclude: vec!["!a".into()], ..Asked::new(&[dir.path()]) };
    assert!(matches!(asked.run(), Err(WalkError::Glob { .. })));
}

#[test]
fn several_paths_have_a_common_root_and_overlaps_count_once() {
    let dir = tree(&[("x/a.cs", ""), ("y/b.cs", ""), ("y/c.cs", "")]);
    let (x, y, c) = (dir.path().join("x"), dir.path().join("y"), dir.path().join("y/c.cs"));
    let asked = Asked::new(&[&y, &x, &c, &y]);
    assert_eq!(asked.names(), ["x/a.cs", "y/b.cs", "y/c.cs"]);
    assert_eq!(Asked::new(&[&c]).names(), ["c.cs"]);
}

#[test]
fn a_missing_path_is_an_error() {
    let error = Asked::new(&[Path::new("/no/such/path")]).run().expect_err("an error");
    assert!(matches!(error, WalkError::Path { .. }));
    assert!(error.help().is_some());
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed() {
    use std::os::unix::fs::symlink;
    let dir = tree(&[("src/a.cs", "")]);
    let outside = tree(&[("b.cs", "")]);
    symlink(outside.path(), dir.path().join("out")).expect("linked");
    symlink("src/a.cs", dir.path().join("b.cs")).expect("linked");
    symlink("..", dir.path().join("src/loop")).expect("linked");
    let walk = Asked::new(&[dir.path()]).run().expect("walks");
    assert_eq!(walk.files.len(), 1);
    assert_eq!(walk.notices[0].message, "3 symbolic links were not followed");

    // The root itself may be one: it was named.
    let link = outside.path().join("link");
    symlink(dir.path().join("src"), &link).expect("linked");
    assert_eq!(Asked::new(&[&link]).names(), ["a.cs"]);

    let socket = dir.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("bound");
    assert!(matches!(Asked::new(&[&socket]).run(), Err(WalkError::Kind { .. })));
    assert_eq!(Asked::new(&[dir.path()]).names(), ["src/a.cs"]);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_stay_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let dir = tree(&[]);
    for name in [b"a\xff.cs", b"a\xfe.cs"] {
        fs::write(dir.path().join(OsStr::from_bytes(name)), "").expect("written");
    }
    let names = Asked::new(&[dir.path()]).names();
    assert_eq!(names, ["a\u{fffd}.cs", "a\u{fffd}.cs~"]);
}
