//! From the paths on the command line to the files worth reading.
//!
//! The rules, in this order:
//!
//! 1. A file named on the command line is read, whatever ignore files, globs and the size limit say.
//! 2. `--exclude` globs drop files and whole directories.
//! 3. `.gitignore`, `.git/info/exclude` and `.pcmfaignore` drop files, inside and outside of Git repositories.
//!    The user's global Git excludes do not count: the same tree gives the same report on every machine.
//! 4. With `--include` globs, only files that match one of them are read.
//! 5. The globs of the configuration do the same once more, from the directory of its file.
//! 6. Files over the size limit are skipped, with a notice.
//!
//! Hidden files are walked, since build pipelines live in them; the folders of version control systems are
//! not. Symbolic links inside a directory are not followed; what they point to in the tree is met anyway.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::Overlay;
use crate::report::{Notice, NoticeKind};

/// The name of our own ignore files.
pub const IGNORE_FILE: &str = ".pcmfaignore";

/// The size limit unless the user sets another: generated code is larger, written code is not.
pub const DEFAULT_MAX_FILE_SIZE: u64 = 2 * 1024 * 1024;

/// No file larger than this is read, even when it is named: spans are 32-bit, and a text in another encoding
/// can grow to three times its size when it is decoded.
pub const HARD_MAX_FILE_SIZE: u64 = 1024 * 1024 * 1024;

/// Folders in which version control systems keep their own data.
const VCS_DIRS: &[&str] = &[".git", ".hg", ".svn", ".jj"];

/// What to walk.
#[derive(Clone, Debug)]
pub struct WalkOptions<'a> {
    /// Files and directories.
    pub paths: &'a [PathBuf],
    /// How many threads walk; 0 lets the library choose.
    pub threads: usize,
    /// Larger files are skipped, unless they are named.
    pub max_file_size: u64,
    /// When not empty, only files that match one of these globs are read.
    pub include: &'a [String],
    /// Files and directories that match one of these globs are not read.
    pub exclude: &'a [String],
    /// The same from another directory.
    pub filter: Option<&'a PathFilter>,
}

/// Globs that are relative to a directory of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathFilter {
    /// The directory, absolute.
    pub base: PathBuf,
    /// When not empty, only files that match one of these globs are read.
    pub include: Vec<String>,
    /// Files and directories that match one of these globs are not read.
    pub exclude: Vec<String>,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it is, absolute.
    pub path: PathBuf,
    /// Its path in reports: relative to [`Walk::root`], with `/`. Unique in one walk.
    pub display: Arc<str>,
}

/// What a walk met.
#[derive(Debug, Default)]
pub struct Walk {
    /// What paths in reports are relative to: the directory given, when it is the only path; else the current
    /// directory, when all paths are beneath it; else the deepest directory above all of them.
    pub root: PathBuf,
    /// The files to read, sorted by their path in reports.
    pub files: Vec<File>,
    /// What was left out on purpose by the size limit, or could not be read.
    pub notices: Vec<Notice>,
}

/// Why a walk cannot start. What goes wrong on the way becomes a [`Notice`].
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// A path does not exist, or may not be looked at.
    #[error("cannot scan {}: {source}", path.display())]
    Path {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A path is neither a file nor a directory.
    #[error("cannot scan {}: it is neither a file nor a directory", path.display())]
    Kind {
        /// The path as given.
        path: PathBuf,
    },
    /// A glob of `--include` or `--exclude` is not valid.
    #[error("the glob `{glob}` is not valid: {reason}")]
    Glob {
        /// The glob as given.
        glob: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl WalkError {
    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Path { .. } => Some("paths are relative to the current directory; check the spelling"),
            Self::Kind { .. } => Some("write the data to a file first and name that file"),
            Self::Glob { .. } => {
                Some("globs are written as in .gitignore: `*.cs`, `legacy/`, `src/**/test_*.py`")
            }
        }
    }
}

/// What paths in the reports of a walk over these paths are relative to: [`Walk::root`].
///
/// # Errors
/// When a path does not exist.
pub fn root(paths: &[PathBuf]) -> Result<PathBuf, WalkError> {
    let (named, directories) = resolve(paths)?;
    Ok(root_of(&named, &directories))
}

/// The files and the directories among paths.
fn resolve(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<PathBuf>), WalkError> {
    let (mut named, mut directories) = (Vec::new(), Vec::new());
    for path in paths {
        // Resolved, so that the same file reached twice is one file and reports hold no way through a link.
        let real = path.canonicalize().map_err(|source| WalkError::Path { path: path.clone(), source })?;
        if real.is_dir() {
            directories.push(real);
        } else if real.is_file() {
            named.push(real);
        } else {
            return Err(WalkError::Kind { path: path.clone() });
        }
    }
    Ok((named, directories))
}

/// Walks.
///
/// # Errors
/// When a path or a glob is not usable; nothing is walked then.
pub fn walk(options: &WalkOptions<'_>) -> Result<Walk, WalkError> {
    let (named, directories) = resolve(options.paths)?;
    let root = root_of(&named, &directories);
    let limit = options.max_file_size.min(HARD_MAX_FILE_SIZE);
    let exclude = overrides(&root, options.exclude, "!")?;
    let mut include = vec![overrides(&root, options.include, "")?];
    let mut further = None;
    if let Some(filter) = options.filter {
        further = Some(overrides(&filter.base, &filter.exclude, "!")?);
        include.push(overrides(&filter.base, &filter.include, "")?);
    }

    let mut met = Met::default();
    for path in named {
        met.add(check_size(path, HARD_MAX_FILE_SIZE));
    }
    if let Some((first, rest)) = directories.split_first() {
        let mut builder = WalkBuilder::new(first);
        for directory in rest {
            builder.add(directory);
        }
        builder
            .hidden(false)
            .ignore(false)
            .git_global(false)
            .require_git(false)
            .follow_links(false)
            .threads(options.threads)
            .overrides(exclude)
            .add_custom_ignore_filename(IGNORE_FILE)
            .filter_entry(move |entry| {
                let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
                let excluded = |globs: &Override| globs.matched(entry.path(), is_dir).is_ignore();
                !(entry.depth() > 0 && is_vcs_dir(entry) || further.as_ref().is_some_and(excluded))
            });
        for entry in collect(&builder, &include, limit) {
            met.add(entry);
        }
    }
    Ok(met.finish(root))
}

/// Makes a walk over the disk one over another state of the repository: files that are not in the state go, files
/// that are only in the state come, where no glob leaves them out.
pub(crate) fn overlay(
    walk: &mut Walk,
    options: &WalkOptions<'_>,
    overlay: &Overlay,
) -> Result<(), WalkError> {
    let is_there = |path: &Path| {
        overlay.files.contains(path) || path.ancestors().any(|above| overlay.submodules.contains(above))
    };
    walk.files.retain(|file| file.path.strip_prefix(&overlay.root).is_ok_and(is_there));
    let mut globs =
        vec![(overrides(&walk.root, options.exclude, "!")?, overrides(&walk.root, options.include, "")?)];
    if let Some(filter) = options.filter {
        globs.push((
            overrides(&filter.base, &filter.exclude, "!")?,
            overrides(&filter.base, &filter.include, "")?,
        ));
    }
    for (name, content) in &overlay.contents {
        let path = overlay.root.join(name);
        let left_out = globs.iter().any(|(exclude, include)| {
            let mut above = path.ancestors().skip(1).take_while(|above| *above != overlay.root);
            exclude.matched(&path, false).is_ignore()
                || above.any(|above| exclude.matched(above, true).is_ignore())
                || include.matched(&path, false).is_ignore()
        });
        // A file that is on disk was met, or left out by an ignore file.
        let is_new = overlay.files.contains(name) && path.symlink_metadata().is_err();
        if is_new
            && !left_out
            && content.len() as u64 <= options.max_file_size
            && path.starts_with(&walk.root)
        {
            walk.files.push(File { display: display(&path, &walk.root).into(), path });
        }
    }
    walk.files.sort_by(|a, b| a.display.cmp(&b.display));
    Ok(())
}

/// What the walk met at one place.
enum Entry {
    File(PathBuf),
    TooLarge(PathBuf, u64, u64),
    Unreadable(PathBuf, String),
    Link,
}

/// Everything met, without order.
#[derive(Default)]
struct Met {
    files: Vec<PathBuf>,
    notices: Vec<(PathBuf, NoticeKind, String)>,
    links: usize,
}

impl Met {
    fn add(&mut self, entry: Entry) {
        match entry {
            Entry::File(path) => self.files.push(path),
            Entry::TooLarge(path, size, limit) => {
                let message = format!("{size} bytes, over the limit of {limit}");
                self.notices.push((path, NoticeKind::Skipped, message));
            }
            Entry::Unreadable(path, message) => self.notices.push((path, NoticeKind::Unreadable, message)),
            Entry::Link => self.links += 1,
        }
    }

    /// Sorts, drops what was met twice, and gives every file its path in reports.
    fn finish(mut self, root: PathBuf) -> Walk {
        self.files.sort_unstable();
        self.files.dedup();
        self.notices.sort_unstable();
        self.notices.dedup();
        let mut taken: BTreeMap<String, PathBuf> = BTreeMap::new();
        for path in self.files {
            let mut display = display(&path, &root);
            // Names that are not Unicode are shown with U+FFFD; two of them may then look the same.
            while taken.contains_key(&display) {
                display.push('~');
            }
            taken.insert(display, path);
        }
        let files = taken.into_iter().map(|(display, path)| File { path, display: display.into() }).collect();
        let mut notices: Vec<Notice> = self
            .notices
            .into_iter()
            .map(|(path, kind, message)| Notice {
                path: display(&path, &root).into(),
                line: None,
                kind,
                message,
            })
            .collect();
        if self.links > 0 {
            let links = if self.links == 1 { "symbolic link was" } else { "symbolic links were" };
            notices.push(Notice {
                path: "".into(),
                line: None,
                kind: NoticeKind::Skipped,
                message: format!("{} {links} not followed", self.links),
            });
        }
        notices.sort();
        Walk { root, files, notices }
    }
}

/// Runs the parallel walk. The order of the result is that of the threads.
fn collect(builder: &WalkBuilder, include: &[Override], limit: u64) -> Vec<Entry> {
    let (send, receive) = channel();
    builder.build_parallel().run(|| {
        let send = send.clone();
        Box::new(move |entry| visit(entry, include, limit, &send))
    });
    drop(send);
    receive.into_iter().collect()
}

fn visit(
    entry: Result<DirEntry, ignore::Error>,
    include: &[Override],
    limit: u64,
    send: &Sender<Entry>,
) -> WalkState {
    let found = match entry {
        Ok(entry) => {
            let Some(kind) = entry.file_type() else { return WalkState::Continue };
            if kind.is_symlink() {
                Some(Entry::Link)
            } else if kind.is_file()
                && !include.iter().any(|globs| globs.matched(entry.path(), false).is_ignore())
            {
                Some(check_size(entry.into_path(), limit))
            } else {
                // Directories are entered by the walker; pipes, sockets and devices could block for ever.
                None
            }
        }
        Err(error) => path_of(&error).map(|path| Entry::Unreadable(path.to_owned(), describe(&error))),
    };
    if found.is_some_and(|found| send.send(found).is_err()) { WalkState::Quit } else { WalkState::Continue }
}

fn check_size(path: PathBuf, limit: u64) -> Entry {
    match path.metadata() {
        Ok(data) if data.len() > limit => Entry::TooLarge(path, data.len(), limit),
        Ok(_) => Entry::File(path),
        Err(error) => Entry::Unreadable(path, io_message(&error)),
    }
}

fn is_vcs_dir(entry: &DirEntry) -> bool {
    // In a worktree or submodule `.git` is a file; it is as uninteresting.
    VCS_DIRS.iter().any(|name| entry.file_name() == *name)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

fn describe(error: &ignore::Error) -> String {
    error.io_error().map_or_else(|| "could not be read".to_owned(), io_message)
}

/// What went wrong with a file, the same on all systems: their own texts differ.
#[must_use]
pub fn io_message(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "vanished while the scan ran".to_owned(),
        Kind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// What is wrong with a glob, if anything is.
pub(crate) fn check_glob(glob: &str) -> Result<(), String> {
    overrides(Path::new(""), &[glob.to_owned()], "").map(|_| ()).map_err(|error| error.to_string())
}

/// `prefix` is `!` for globs that exclude: the `ignore` crate's overrides include by default.
fn overrides(root: &Path, globs: &[String], prefix: &str) -> Result<Override, WalkError> {
    let mut builder = OverrideBuilder::new(root);
    let fail = |glob: &str, reason: String| WalkError::Glob { glob: glob.to_owned(), reason };
    for glob in globs {
        if glob.starts_with('!') {
            return Err(fail(glob, "it must not start with `!`".to_owned()));
        }
        builder.add(&format!("{prefix}{glob}")).map_err(|error| fail(glob, error.to_string()))?;
    }
    builder.build().map_err(|error| fail(&globs.join(" "), error.to_string()))
}

fn root_of(named: &[PathBuf], directories: &[PathBuf]) -> PathBuf {
    if let ([], [only]) = (named, directories) {
        return only.clone();
    }
    let parents = named.iter().filter_map(|file| file.parent());
    let all: Vec<&Path> = directories.iter().map(PathBuf::as_path).chain(parents).collect();
    let current = std::env::current_dir().and_then(|path| path.canonicalize()).unwrap_or_default();
    if !current.as_os_str().is_empty() && all.iter().all(|path| path.starts_with(&current)) {
        return current;
    }
    let Some((first, rest)) = all.split_first() else { return current };
    first
        .ancestors()
        .find(|above| rest.iter().all(|path| path.starts_with(above)))
        .map_or(current, Path::to_owned)
}

/// A path as reports show it.
fn display(path: &Path, root: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<_> = inner
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect();
    if names.is_empty() { ".".to_owned() } else { names.join("/") }
}
