//! Places that a terminal can open: links as of OSC 8,
//! <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

use crate::report::sarif::uri;
use crate::report::{Context, visible};

/// The text, linked to the file when the terminal shows links. Neither the file's name nor the text can hold what
/// ends the link: the first is percent-encoded, the second made visible.
pub(super) fn to_file(path: &str, text: &str, context: &Context<'_>) -> String {
    let text = visible(text);
    if !context.hyperlinks || path.is_empty() {
        return text;
    }
    let whole = context.root.join(path);
    let whole = whole.to_string_lossy().replace('\\', "/");
    // Windows: `//?/C:/…`, as resolved paths are written there.
    let whole = whole.trim_start_matches("//?");
    let slash = if whole.starts_with('/') { "" } else { "/" };
    format!("\x1b]8;;file://{slash}{}\x1b\\{text}\x1b]8;;\x1b\\", uri(whole))
}
