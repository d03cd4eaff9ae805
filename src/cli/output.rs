//! Where output goes.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Error;
use crate::report;

/// Gives `write` the file, or standard output when there is none. The file appears, or changes, only when all
/// of it is written: nobody reads half a report.
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
    // Beside the target, since a rename does not cross file systems.
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(directory.unwrap_or(Path::new("."))).map_err(failed)?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out).map_err(|error| match error {
        report::Error::Write(source) => failed(source),
        error @ report::Error::Serialise(_) => Error::Report(error),
    })?;
    out.flush().map_err(failed)?;
    drop(out);
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
