//! The identity of results between runs: `primaryLocationLineHash`, as code scanning on GitHub computes it.
//!
//! The algorithm is that of `codeql-action` (`src/fingerprints.ts`): a rolling hash over the first 100
//! characters from the start of each line, white space left out, then a colon and how many lines of the file
//! had that hash so far. The upload compares values it is given with its own and warns where they differ, so
//! every detail counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Finding, redact};
use crate::source::Source;

/// How many lines before a line are looked at to tell what in it is secret.
const CONTEXT: u32 = 20;

/// How many characters from the start of a line are hashed.
const WINDOW: usize = 100;

/// The base of the polynomial.
const BASE: u64 = 37;

/// Behind the last character: no character of UTF-16.
const END: u16 = 65535;

/// The hashes of all lines of a file, in order. `bytes` are those of the file, not of its decoded text: the
/// algorithm reads every file as UTF-8, whatever it is.
#[must_use]
pub fn line_hashes(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let leaving = BASE.wrapping_pow(WINDOW as u32);
    let mut state = State { hashes: Vec::new(), seen: BTreeMap::new() };
    let mut window = [0_u16; WINDOW];
    // The window is a ring; a line whose start leaves it has its hash.
    let mut starts = [false; WINDOW];
    let (mut at, mut hash, mut line_start, mut after_cr) = (0, 0_u64, true, false);
    let mut push = |unit: u16, line_start: bool, state: &mut State| {
        if starts[at] {
            state.put(hash);
        }
        starts[at] = line_start;
        hash = hash
            .wrapping_mul(BASE)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(leaving.wrapping_mul(u64::from(window[at])));
        window[at] = unit;
        at = (at + 1) % WINDOW;
    };
    let units = text.encode_utf16().chain([END]);
    for unit in units {
        let is_second_half = after_cr && unit == u16::from(b'\n');
        after_cr = unit == u16::from(b'\r');
        if unit == u16::from(b' ') || unit == u16::from(b'\t') || is_second_half {
            continue;
        }
        let unit = if after_cr { u16::from(b'\n') } else { unit };
        push(unit, line_start, &mut state);
        line_start = unit == u16::from(b'\n');
    }
    for _ in 0..WINDOW {
        push(0, false, &mut state);
    }
    state.hashes
}

/// The hashes so far.
struct State {
    hashes: Vec<String>,
    seen: BTreeMap<u64, u32>,
}

impl State {
    fn put(&mut self, hash: u64) {
        let count = self.seen.entry(hash).or_default();
        *count += 1;
        self.hashes.push(format!("{hash:x}:{count}"));
    }
}

/// A hash of texts that stays the same on all systems and in all versions: FNV-1a with 64 bits. The parts are
/// kept apart.
#[must_use]
pub fn stable_hash(parts: &[&str]) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The identity of a finding that survives moved lines: its rule, its path behind `prefix`, and its first line
/// without white space and secrets. The secrets are masked before anything is hashed: the hash gives away
/// nothing of them, and a changed password is the same finding.
#[must_use]
pub fn of_finding(finding: &Finding, prefix: &str, sources: &BTreeMap<Arc<str>, Source>) -> String {
    let place = &finding.location;
    let line = sources.get(&place.path).map(|source| {
        let language = source.language.map(crate::frontend::Frontend::language);
        // The text around decides what is a secret, but the whole of a large file is not needed for it.
        let from = place.line.saturating_sub(CONTEXT).max(1);
        let start = source.lines.line_range(&source.text, from).start;
        let end = source.lines.line_range(&source.text, place.line).end;
        let masked = redact::source(&source.text[start..end.max(start)], language);
        masked.lines().last().unwrap_or_default().to_owned()
    });
    let line = line.unwrap_or_else(|| finding.message.clone());
    let mut normal = String::with_capacity(line.len());
    for c in line.split_whitespace().flat_map(|word| word.chars().chain([' '])) {
        // How long a secret is says nothing about the finding.
        if !(c == '*' && normal.ends_with('*')) {
            normal.push(c);
        }
    }
    stable_hash(&[&finding.rule, &format!("{prefix}{}", place.path), normal.trim_end()])
}

#[cfg(test)]
mod tests {
    use super::line_hashes;

    /// The published test vectors of `codeql-action`.
    #[test]
    fn matches_the_published_vectors() {
        assert_eq!(line_hashes(b""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            line_hashes(b" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
        let lorem = line_hashes("Lorem ipsum dolor sit amet.\n".repeat(10).as_bytes());
        assert_eq!(lorem[0], "a7f2ff13bc495cf2:1");
        assert_eq!(lorem[5], "a7f2ff13bc495cf2:6");
        assert_eq!(lorem[6], "a7f2ff1481e87703:1");
        assert_eq!(lorem[10], "c129715d7a2bc9a3:1");
        assert_eq!(lorem.len(), 11);
    }

    #[test]
    fn counts_a_byte_order_mark_and_utf_16_units() {
        assert_eq!(line_hashes("\u{feff}abc\n".as_bytes())[0], "fed18a999fb20942:1");
        assert_eq!(line_hashes(b"abc\n")[0], "861c3fe48942a2fb:1");
        assert_eq!(line_hashes("a😀b\nc\n".as_bytes())[0], "8025dd5336ab6fb2:1");
    }

    #[test]
    fn all_line_ends_are_one() {
        let unix = line_hashes(b"a\nb\nc");
        assert_eq!(line_hashes(b"a\r\nb\r\nc"), unix);
        assert_eq!(line_hashes(b"a\rb\rc"), unix);
    }
}
