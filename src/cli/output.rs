//! Where output goes.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::Error;
use crate::report;

/// Gives `write` the file, or standard output when there is none. The file appears, or changes, only when all
/// of it is written: nobody reads half a report, not even when the program is interrupted. The text is made before
/// the temporary file is, so that an interrupted program leaves none of these either.
pub(super) fn to(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> Result<(), report::Error>,
) -> Result<(), Error> {
    let Some(path) = path else {
        let mut out = BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        out.flush().map_err(report::Error::from)?;
        return Ok(());
    };
    let failed = |source| Error::Output { path: path.to_owned(), source };
    // A link stays a link, and what it points to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.exists() && !target.is_file() {
        // A pipe or a device (`/dev/stdout`) is written to, never replaced.
        let mut file = OpenOptions::new().write(true).open(&target).map_err(failed)?;
        return finish(&mut file, write, failed);
    }
    let mut text = Vec::new();
    write(&mut text)?;
    // Beside the target, since a rename does not cross file systems.
    let directory = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut file = temporary(directory.unwrap_or(Path::new("."))).map_err(failed)?;
    file.as_file_mut().write_all(&text).map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

fn finish(
    file: &mut File,
    write: impl FnOnce(&mut dyn Write) -> Result<(), report::Error>,
    failed: impl Fn(io::Error) -> Error,
) -> Result<(), Error> {
    let mut out = BufWriter::new(file);
    write(&mut out).map_err(|error| match error {
        report::Error::Write(source) => failed(source),
        error @ report::Error::Serialise(_) => Error::Report(error),
    })?;
    out.flush().map_err(failed)
}

#[cfg(unix)]
fn temporary(directory: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    // Temporary files are private by default; the umask decides who may read a report.
    let permissions = std::fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().permissions(permissions).tempfile_in(directory)
}

#[cfg(not(unix))]
fn temporary(directory: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(directory)
}
