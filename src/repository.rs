//! The repository around a directory.

use std::path::{Path, PathBuf};

/// The root of the Git repository that a directory lies in: the nearest directory at or above it that holds
/// `.git`, which is a file in worktrees and submodules.
#[must_use]
pub fn root_of(directory: &Path) -> Option<PathBuf> {
    directory.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned)
}

/// What stands before a path relative to `directory` to make it relative to the root of the repository: `src/app/`,
/// or nothing at the root and outside of repositories.
#[must_use]
pub fn prefix(directory: &Path) -> String {
    let Some(root) = root_of(directory) else { return String::new() };
    let inner = directory.strip_prefix(root).unwrap_or(Path::new(""));
    let parts = inner.components().map(|part| part.as_os_str().to_string_lossy());
    parts.fold(String::new(), |prefix, part| prefix + &part + "/")
}
