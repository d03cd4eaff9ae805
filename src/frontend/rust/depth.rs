//! How deep a text nests, told before it is parsed.

/// How many brackets may stand in each other.
const MAX_BRACKETS: usize = 150;
/// How many words may stand in front of each other's brackets without a comma or semicolon between them: a
/// bound of what operators, chains of calls and types nest without any bracket.
const MAX_WORDS: usize = 6_000;

/// The text nests deeper than a recursive parser should try. Strings and comments are skipped as well as a
/// glance allows; what this gets wrong, it gets wrong towards too deep.
pub(super) fn too_deep(text: &str) -> bool {
    let bytes = text.as_bytes();
    // For each open bracket, the words before it since the last separator.
    let mut open: Vec<usize> = Vec::new();
    let mut words = 0;
    let mut total = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        at += 1;
        match byte {
            b'/' if bytes.get(at) == Some(&b'/') => at = line_end(bytes, at),
            b'/' if bytes.get(at) == Some(&b'*') => at = comment_end(bytes, at + 1),
            b'"' => {
                at = string_end(bytes, at);
                words += 1;
            }
            b'r' if raw_hashes(bytes, at).is_some() && !follows_word(bytes, at - 1) => {
                at = raw_end(bytes, at, raw_hashes(bytes, at).unwrap_or(0));
                words += 1;
            }
            // A character, not a lifetime.
            b'\'' => match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'\\'), Some(_)) => {
                    at += 2;
                    while at < bytes.len() && bytes[at] != b'\'' && bytes[at] != b'\n' {
                        at += 1;
                    }
                    at += 1;
                }
                (Some(_), Some(b'\'')) => at += 2,
                _ => {}
            },
            b'(' | b'[' | b'{' => {
                open.push(words);
                total += words;
                words = 0;
                if open.len() > MAX_BRACKETS || total > MAX_WORDS {
                    return true;
                }
            }
            b')' | b']' | b'}' => {
                let before = open.pop().unwrap_or(0);
                total -= before.min(total);
                words = if byte == b'}' && !goes_on(bytes, at) { 0 } else { before + 1 };
            }
            b',' | b';' => words = 0,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ if is_word(byte) => {
                while at < bytes.len() && is_word(bytes[at]) {
                    at += 1;
                }
                words += 1;
            }
            _ => words += 1,
        }
        if total + words > MAX_WORDS {
            return true;
        }
    }
    false
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    // `br"…"` is one too.
    at > 0 && is_word(bytes[at - 1]) && bytes[at - 1] != b'b'
}

/// What follows a closing brace belongs to the same expression.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    let rest = bytes[at..].trim_ascii_start();
    rest.first().is_some_and(|b| b".?&|+-*/%^=<>!)".contains(b))
        || rest.starts_with(b"else")
        || rest.starts_with(b"as ")
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| from + i)
}

fn comment_end(bytes: &[u8], from: usize) -> usize {
    let mut depth = 1;
    let mut at = from;
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => {
                (depth, at) = (depth - 1, at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// How many `#` stand between the `r` before `at` and the quote; `None` when it begins no raw string.
fn raw_hashes(bytes: &[u8], at: usize) -> Option<usize> {
    let hashes = bytes[at..].iter().take_while(|b| **b == b'#').count();
    (bytes.get(at + hashes) == Some(&b'"')).then_some(hashes)
}

fn raw_end(bytes: &[u8], at: usize, hashes: usize) -> usize {
    let mut from = at + hashes + 1;
    while let Some(quote) = bytes.get(from..).and_then(|b| b.iter().position(|b| *b == b'"')) {
        from += quote + 1;
        if bytes[from..].iter().take(hashes).filter(|b| **b == b'#').count() == hashes {
            return from + hashes;
        }
    }
    bytes.len()
}
