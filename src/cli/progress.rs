//! Says on standard error how far a scan is, to a person who waits for it.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::progress::{Phase, Progress};

/// Nobody needs to be told before.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is written again.
const BEAT: Duration = Duration::from_millis(100);
/// How wide the bar is.
const WIDTH: usize = 20;
/// Back to the start of the line, which is cleared.
const CLEAR: &str = "\r\x1b[K";

/// Writes a line of progress until it is dropped; then the line is gone.
pub(super) struct Line {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Line {
    /// Starts where standard error is a terminal that can clear a line, and `wanted`.
    pub(super) fn start(wanted: bool, progress: &Arc<Progress>) -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if !wanted || dumb || !std::io::stderr().is_terminal() {
            return Self { stop: None, thread: None };
        }
        let (stop, stopped) = channel::<()>();
        let progress = progress.clone();
        let thread = std::thread::spawn(move || {
            let start = Instant::now();
            let mut wait = PATIENCE;
            let mut written = false;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let line = line(progress.state(), start.elapsed());
                // A terminal that is gone is no reason to stop the scan.
                let _ = write!(std::io::stderr(), "{CLEAR}{line}");
                let _ = std::io::stderr().flush();
                written = true;
                wait = BEAT;
            }
            if written {
                let _ = write!(std::io::stderr(), "{CLEAR}");
                let _ = std::io::stderr().flush();
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It does nothing that could fail.
            let _ = thread.join();
        }
    }
}

/// One line, short enough for any terminal.
fn line((phase, done, total): (Phase, usize, usize), elapsed: Duration) -> String {
    let what = match phase {
        Phase::Walk => "looking for files",
        Phase::Read => "reading files",
        Phase::Parse => "parsing",
        Phase::Link => "following tokens",
    };
    let seconds = elapsed.as_secs();
    if total == 0 {
        return format!("pcmfa: {what} … {seconds} s");
    }
    let done = done.min(total);
    let filled = done * WIDTH / total;
    let bar = format!("{}{}", "#".repeat(filled), "-".repeat(WIDTH - filled));
    format!("pcmfa: {what:<17} [{bar}] {done}/{total}  {seconds} s")
}

#[cfg(test)]
mod tests {
    use super::{Phase, line};
    use std::time::Duration;

    #[test]
    fn lines_are_short_and_never_overflow() {
        let huge = line((Phase::Link, usize::MAX / 64, usize::MAX / 64), Duration::from_secs(99_999));
        assert!(huge.contains("####################"));
        assert_eq!(
            line((Phase::Parse, 3, 4), Duration::from_secs(2)),
            "pcmfa: parsing           [###############-----] 3/4  2 s"
        );
        // More may be done than was foreseen.
        assert!(line((Phase::Read, 9, 4), Duration::ZERO).contains("4/4"));
        assert_eq!(line((Phase::Walk, 0, 0), Duration::ZERO), "pcmfa: looking for files … 0 s");
    }
}
