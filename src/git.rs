//! Asks Git what is staged and what has changed.
//!
//! `git` is run as a program: it knows every repository format there is. Names come separated by NUL. Nothing that
//! the repository configures is run, and nothing in it is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Overlay;

/// The lines that a change adds or replaces, by file, relative to the root of the repository.
pub type Lines = BTreeMap<PathBuf, Vec<RangeInclusive<u32>>>;

/// What Git could not do.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The program could not be run.
    #[error("cannot run git: {0}")]
    Run(std::io::Error),
    /// There is no repository.
    #[error("{} is not in a Git repository", .0.display())]
    NoRepository(PathBuf),
    /// A revision is not there.
    #[error("git knows no commit `{0}`")]
    NoCommit(String),
    /// Two commits have no history in common.
    #[error("the history has no common ancestor of `{0}` and HEAD")]
    NoBase(String),
    /// A command failed.
    #[error("git {command} failed: {message}")]
    Failed {
        /// The command.
        command: String,
        /// What it said.
        message: String,
    },
}

impl GitError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Run(_) => "--staged, --changed and --since need the program git in the path",
            Self::NoRepository(_) => "without --staged, --changed and --since any directory can be scanned",
            Self::NoCommit(_) => "name a branch, a tag or a commit that is there: `origin/main`",
            Self::NoBase(_) => {
                "a shallow clone lacks it: fetch more history (`fetch-depth: 0` in actions/checkout)"
            }
            Self::Failed { .. } => "run the command by hand to see more",
        }
    }
}

/// A repository.
#[derive(Debug)]
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The one around a directory.
    ///
    /// # Errors
    /// When there is none, or Git does not run.
    pub fn around(directory: &Path) -> Result<Self, GitError> {
        let output =
            command(directory).args(["rev-parse", "--show-toplevel"]).output().map_err(GitError::Run)?;
        let path = output.stdout.strip_suffix(b"\n").unwrap_or_default();
        let root = path_of(path).canonicalize();
        match root {
            Ok(root) if output.status.success() && !path.is_empty() => Ok(Self { root }),
            // In containers the files often belong to somebody else, and Git says what to do.
            _ => match String::from_utf8_lossy(&output.stderr).trim() {
                message if message.contains("dubious ownership") => Err(GitError::Failed {
                    command: "rev-parse --show-toplevel".to_owned(),
                    message: message.to_owned(),
                }),
                _ => Err(GitError::NoRepository(directory.to_owned())),
            },
        }
    }

    /// Its root, resolved.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The commit of HEAD, or an empty tree before the first one.
    ///
    /// # Errors
    /// When Git does not run.
    pub fn head(&self) -> Result<String, GitError> {
        match self.commit("HEAD") {
            Err(GitError::NoCommit(_)) => self.text(&["hash-object", "-t", "tree", "--stdin"]),
            result => result,
        }
    }

    /// The last commit that HEAD and a revision have in common.
    ///
    /// # Errors
    /// When the revision is not there, or there is no such commit.
    pub fn merge_base(&self, revision: &str) -> Result<String, GitError> {
        let commit = self.commit(revision)?;
        self.text(&["merge-base", &commit, "HEAD"]).map_err(|_| GitError::NoBase(revision.to_owned()))
    }

    fn commit(&self, revision: &str) -> Result<String, GitError> {
        let name = format!("{revision}^{{commit}}");
        let commit = self.text(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name]);
        commit.map_err(|error| match error {
            GitError::Run(_) => error,
            _ => GitError::NoCommit(revision.to_owned()),
        })
    }

    /// What is staged.
    ///
    /// # Errors
    /// When Git fails.
    pub fn index(&self) -> Result<Overlay, GitError> {
        let listed = self.run(&["ls-files", "--stage", "-z"], &[])?;
        let differing = self.run(&["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames"], &[])?;
        // `<mode> <object> <stage>\t<path>`
        self.overlay(&listed, 1, &differing)
    }

    /// A tree.
    ///
    /// # Errors
    /// When Git fails.
    pub fn tree(&self, tree: &str) -> Result<Overlay, GitError> {
        let listed = self.run(&["ls-tree", "-r", "-z", "--full-tree", tree], &[])?;
        let differing =
            self.run(&["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", tree, "--"], &[])?;
        // `<mode> <type> <object>\t<path>`
        self.overlay(&listed, 2, &differing)
    }

    /// A state from the list of its entries, in which the object is the given field, and the names of those that
    /// differ from disk.
    fn overlay(&self, listed: &[u8], object: usize, differing: &[u8]) -> Result<Overlay, GitError> {
        let differing: BTreeSet<&[u8]> = names(differing).collect();
        let (mut files, mut wanted, mut submodules) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        for entry in names(listed) {
            let Some(tab) = entry.iter().position(|byte| *byte == b'\t') else { continue };
            let fields: Vec<&[u8]> = entry[..tab].split(|byte| *byte == b' ').collect();
            let name = &entry[tab + 1..];
            // Regular files; no links.
            if !fields[0].starts_with(b"100") {
                if fields[0] == b"160000" {
                    submodules.insert(path_of(name));
                }
                continue;
            }
            files.insert(path_of(name));
            if let Some(object) = fields.get(object).filter(|_| differing.contains(name)) {
                wanted.push((path_of(name), object.to_vec()));
            }
        }
        let contents = self.contents(wanted)?;
        Ok(Overlay { root: self.root.clone(), files, contents, submodules })
    }

    /// The contents of objects, by the paths they are wanted for.
    fn contents(&self, wanted: Vec<(PathBuf, Vec<u8>)>) -> Result<BTreeMap<PathBuf, Vec<u8>>, GitError> {
        let mut contents = BTreeMap::new();
        if wanted.is_empty() {
            return Ok(contents);
        }
        let mut input = Vec::new();
        for (_, object) in &wanted {
            input.extend_from_slice(object);
            input.push(b'\n');
        }
        let output = self.run(&["cat-file", "--batch"], &input)?;
        let mut rest = output.as_slice();
        for (path, _) in wanted {
            // `<object> blob <size>\n<content>\n`
            let failed = || GitError::Failed {
                command: "cat-file --batch".to_owned(),
                message: format!("no content of {}", path.display()),
            };
            let end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(failed)?;
            let head = String::from_utf8_lossy(&rest[..end]);
            let size: usize =
                head.rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(failed)?;
            let content = rest.get(end + 1..end + 1 + size).ok_or_else(failed)?.to_vec();
            rest = rest.get(end + size + 2..).unwrap_or_default();
            contents.insert(path, content);
        }
        Ok(contents)
    }

    /// The lines that differ from a tree: those staged, or those on disk with the files that Git does not know yet.
    ///
    /// # Errors
    /// When Git fails.
    pub fn changed(&self, tree: &str, staged: bool) -> Result<Lines, GitError> {
        let mut arguments = vec![
            "diff",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            // Whatever the configuration says of them.
            "--inter-hunk-context=0",
            "--submodule=short",
            "--src-prefix=a/",
            "--dst-prefix=b/",
        ];
        if staged {
            arguments.push("--cached");
        }
        arguments.extend([tree, "--"]);
        let mut lines = hunks(&self.run(&arguments, &[])?);
        if !staged {
            let untracked = self.run(&["ls-files", "--others", "--exclude-standard", "-z"], &[])?;
            lines.extend(names(&untracked).map(|name| (path_of(name), vec![1..=u32::MAX])));
        }
        Ok(lines)
    }

    fn text(&self, arguments: &[&str]) -> Result<String, GitError> {
        let output = self.run(arguments, &[])?;
        Ok(String::from_utf8_lossy(&output).trim().to_owned())
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, GitError> {
        let mut child = command(&self.root)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(GitError::Run)?;
        let stdin = child.stdin.take();
        // Git answers while it is still asked: both ways at once, or both wait for ever.
        let output = std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        });
        let output = output.map_err(GitError::Run)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(GitError::Failed { command: arguments.join(" "), message })
    }
}

fn command(directory: &Path) -> Command {
    let mut command = Command::new("git");
    // A repository could name a program to be run instead of looking at the files.
    command.current_dir(directory).args(["--no-optional-locks", "-c", "core.fsmonitor=false"]);
    command.env("LC_ALL", "C").env_remove("GIT_EXTERNAL_DIFF");
    command
}

fn names(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| *byte == 0).filter(|name| !name.is_empty())
}

/// The path that bytes from Git or a file list stand for.
#[cfg(unix)]
pub(crate) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(bytes).into()
}

/// The path that bytes from Git or a file list stand for.
#[cfg(not(unix))]
pub(crate) fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// The lines that a patch without context adds, by file.
fn hunks(patch: &[u8]) -> Lines {
    let mut lines = Lines::new();
    let mut file: Option<PathBuf> = None;
    // Lines of content that the last header announced: they can look like headers.
    let mut content = 0_u32;
    for line in patch.split(|byte| *byte == b'\n') {
        if content > 0 && matches!(line.first(), Some(b'+' | b'-')) {
            content -= 1;
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            let name = unquote(name.strip_suffix(b"\t").unwrap_or(name));
            file = name.strip_prefix(b"b/").map(path_of);
            if let Some(file) = &file {
                lines.entry(file.clone()).or_default();
            }
        } else if let Some((removed, start, added)) = line.strip_prefix(b"@@ ").and_then(header) {
            content = removed + added;
            if let Some(file) = file.as_ref().filter(|_| added > 0) {
                lines.entry(file.clone()).or_default().push(start..=start + added - 1);
            }
        }
    }
    lines
}

/// Reads `-1,2 +3,4 @@ …`: how many lines go, and which come.
fn header(text: &[u8]) -> Option<(u32, u32, u32)> {
    let text = std::str::from_utf8(text.get(..text.len().min(64))?)
        .or_else(|error| std::str::from_utf8(&text[..error.valid_up_to()]));
    let mut words = text.ok()?.split(' ');
    let mut range = |sign: char| {
        let (start, count) = {
            let word = words.next()?.strip_prefix(sign)?;
            word.split_once(',').unwrap_or((word, "1"))
        };
        Some((start.parse::<u32>().ok()?, count.parse::<u32>().ok()?))
    };
    let (_, removed) = range('-')?;
    let (start, added) = range('+')?;
    Some((removed, start, added))
}

/// A name as Git writes it in patches: in quotation marks with escapes when it holds unusual bytes.
fn unquote(name: &[u8]) -> Vec<u8> {
    let Some(inner) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else {
        return name.to_vec();
    };
    let mut out = Vec::new();
    let mut bytes = inner.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(escaped) = bytes.next() else { break };
        out.push(match escaped {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'0'..=b'7' => {
                let mut value = u32::from(escaped - b'0');
                for _ in 0..2 {
                    if let Some(digit) = bytes.next_if(|byte| (b'0'..=b'7').contains(byte)) {
                        value = value * 8 + u32::from(digit - b'0');
                    }
                }
                u8::try_from(value).unwrap_or(b'?')
            }
            other => other,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{hunks, unquote};

    #[test]
    fn added_lines_by_file() {
        let patch = "\
diff --git a/a b.cs b/a b.cs
--- a/a b.cs\t
+++ b/a b.cs\t
@@ -3 +3,2 @@ class A
-old
+++ b/not-a-file.cs
+@@ -1 +1 @@
@@ -9,2 +10,0 @@ class A
--- a/also-content
-gone
@@ -20,0 +20 @@
+new
\\ No newline at end of file
diff --git \"a/\\303\\244\\t\\\"b.ps1\" \"b/\\303\\244\\t\\\"b.ps1\"
--- /dev/null
+++ \"b/\\303\\244\\t\\\"b.ps1\"
@@ -0,0 +1,7 @@ \u{fc}
+x
diff --git a/gone.cs b/gone.cs
--- a/gone.cs
+++ /dev/null
@@ -1,2 +0,0 @@
-a
-b
";
        let lines: Vec<(String, Vec<_>)> = hunks(patch.as_bytes())
            .into_iter()
            .map(|(path, lines)| (path.display().to_string(), lines))
            .collect();
        assert_eq!(
            lines,
            [("a b.cs".to_owned(), vec![3..=4, 20..=20]), ("ä\t\"b.ps1".to_owned(), vec![1..=7])]
        );
    }

    #[test]
    fn names_in_quotation_marks() {
        assert_eq!(unquote(b"b/x"), b"b/x");
        assert_eq!(unquote(b"\"b/\\\\ \\n \\001\\377\""), b"b/\\ \n \x01\xff");
    }
}
