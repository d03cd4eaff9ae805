//! How far a scan is, for whoever waits for it.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// What a scan is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Files are looked for.
    Walk,
    /// Files are read.
    Read,
    /// Source files are parsed.
    Parse,
    /// Tokens are followed.
    Link,
}

const PHASES: [Phase; 4] = [Phase::Walk, Phase::Read, Phase::Parse, Phase::Link];

/// Counters that the scan moves and somebody else reads. They change nothing in the result.
#[derive(Debug, Default)]
pub struct Progress {
    phase: AtomicUsize,
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// A phase begins, with this much to do; 0 where that is not known.
    pub fn begin(&self, phase: Phase, total: usize) {
        self.done.store(0, Relaxed);
        self.total.store(total, Relaxed);
        self.phase.store(phase as usize, Relaxed);
    }

    /// Something of it is done.
    pub fn advance(&self) {
        self.done.fetch_add(1, Relaxed);
    }

    /// The phase, what is done of it, and of how much.
    #[must_use]
    pub fn state(&self) -> (Phase, usize, usize) {
        let phase = PHASES.get(self.phase.load(Relaxed)).copied().unwrap_or(Phase::Walk);
        (phase, self.done.load(Relaxed), self.total.load(Relaxed))
    }
}
