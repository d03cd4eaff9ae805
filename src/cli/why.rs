//! `scan --explain-verdict FILE:LINE`.

use std::path::Path;
use std::sync::Arc;

use super::Error;
use crate::why::Place;

/// A line of a file, as the command line names it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    file: String,
    line: u32,
}

impl Asked {
    /// Reads `src/Tokens.cs:12`, also with a column behind it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let expected = || "expected FILE:LINE, like src/Tokens.cs:12".to_owned();
        let number = |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0);
        let (mut file, last) = text.rsplit_once(':').ok_or_else(expected)?;
        let mut line = number(last).ok_or_else(expected)?;
        // As compilers and reports write places: with a column.
        if let Some((inner, number)) = file.rsplit_once(':').and_then(|(i, l)| Some((i, number(l)?))) {
            (file, line) = (inner, number);
        }
        if file.is_empty() { Err(expected()) } else { Ok(Self { file: file.to_owned(), line }) }
    }

    /// The place as reports name it. The file may be named from the current directory or from the directory that is
    /// scanned.
    pub(super) fn place(&self, root: &Path) -> Result<Place, Error> {
        let given = Path::new(&self.file);
        let found =
            [given.to_owned(), root.join(given)].into_iter().find_map(|path| path.canonicalize().ok());
        let path: Arc<str> = match &found {
            Some(found) => {
                let inner = found
                    .strip_prefix(root)
                    .map_err(|_| Error::Outside { path: given.to_owned(), root: root.to_owned() })?;
                let parts = inner.components().map(|part| part.as_os_str().to_string_lossy());
                parts.collect::<Vec<_>>().join("/").into()
            }
            // It may be staged and gone from the disk.
            None => self.file.replace('\\', "/").trim_start_matches("./").into(),
        };
        Ok(Place { path, line: self.line })
    }

    pub(super) fn line(&self) -> u32 {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn places_are_read_as_reports_write_them() {
        for (text, file, line) in [
            ("a.cs:12", "a.cs", 12),
            ("a.cs:12:5", "a.cs", 12),
            (r"C:\src\a.cs:3", r"C:\src\a.cs", 3),
            ("a:b.cs:3", "a:b.cs", 3),
        ] {
            let asked = Asked::parse(text).expect(text);
            assert_eq!((asked.file.as_str(), asked.line), (file, line));
        }
        for text in ["a.cs", "a.cs:", ":3", "a.cs:0", "a.cs:x", ""] {
            assert!(Asked::parse(text).is_err(), "{text}");
        }
    }
}
