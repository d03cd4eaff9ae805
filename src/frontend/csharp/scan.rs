//! Finds the ends of comments and literals without a parser.

/// How deep strings may nest inside the holes of interpolated strings.
const MAX_NESTING: usize = 16;

/// How many `@` and `$` may stand before a string. Nobody writes more than a few, and a text of nothing else must
/// not be looked through from each of them.
const MAX_MARKS: usize = 64;

/// Where the comment or literal that starts at `at` ends; `None` when none starts there.
pub(super) fn skip(text: &[u8], at: usize) -> Option<usize> {
    skip_nested(text, at, 0)
}

fn skip_nested(text: &[u8], at: usize, nesting: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    match rest {
        [b'/', b'/', ..] => Some(line_end(text, at)),
        [b'/', b'*', ..] => Some(find(text, at + 2, b"*/").map_or(text.len(), |end| end + 2)),
        [b'\'', ..] => character(text, at),
        [b'"' | b'@' | b'$', ..] => string(text, at, nesting),
        _ => None,
    }
}

/// The offset of the next line end, or the end of the text.
pub(super) fn line_end(text: &[u8], at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\n')).map_or(text.len(), |n| at + n)
}

fn find(text: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    text.get(from..)?.windows(what.len()).position(|w| w == what).map(|n| from + n)
}

fn character(text: &[u8], at: usize) -> Option<usize> {
    let mut i = at + 1;
    // The longest is `'\U0001F600'`.
    while i < text.len() && i < at + 12 {
        match text[i] {
            b'\\' => i += 2,
            b'\'' => return Some(i + 1),
            b'\n' => return None,
            _ => i += 1,
        }
    }
    None
}

fn string(text: &[u8], at: usize, nesting: usize) -> Option<usize> {
    let marks = text[at..].iter().take(MAX_MARKS).take_while(|b| matches!(b, b'@' | b'$')).count();
    let has_holes = text[at..at + marks].contains(&b'$');
    let verbatim = text[at..at + marks].contains(&b'@');
    let start = at + marks;
    let quotes = text.get(start..)?.iter().take_while(|b| **b == b'"').count();
    if quotes == 0 {
        return None;
    }
    if quotes >= 3 && !verbatim {
        let close = vec![b'"'; quotes];
        return Some(find(text, start + quotes, &close).map_or(text.len(), |end| end + quotes));
    }
    let mut i = start + 1;
    while i < text.len() {
        match text[i] {
            b'"' if verbatim && text.get(i + 1) == Some(&b'"') => i += 2,
            b'"' => return Some(i + 1),
            b'\\' if !verbatim => i += 2,
            b'\n' if !verbatim => return Some(i),
            b'{' if has_holes && text.get(i + 1) == Some(&b'{') => i += 2,
            b'{' if has_holes && nesting < MAX_NESTING => i = hole(text, i + 1, nesting + 1),
            _ => i += 1,
        }
    }
    Some(text.len())
}

/// The end of an interpolation that begins after its `{`.
fn hole(text: &[u8], from: usize, nesting: usize) -> usize {
    let mut depth = 1_usize;
    let mut i = from;
    while i < text.len() {
        if let Some(end) = skip_nested(text, i, nesting) {
            i = end.max(i + 1);
            continue;
        }
        match text[i] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        i += 1;
        if depth == 0 {
            break;
        }
    }
    i
}

/// The offset of the bracket that closes the one at `open`.
pub(super) fn closing(text: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut i = open;
    while i < text.len() {
        if let Some(end) = skip(text, i) {
            i = end.max(i + 1);
            continue;
        }
        match text[i] {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
        i += 1;
    }
    None
}

/// Blanks a range, keeping its line ends.
pub(super) fn blank(text: &mut [u8], range: std::ops::Range<usize>) {
    for byte in text.get_mut(range).unwrap_or_default() {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}
