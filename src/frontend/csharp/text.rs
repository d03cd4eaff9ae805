//! Decoding of literals and format strings.

/// One piece of a composite format string.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Literal text.
    Text(String),
    /// The argument with this index.
    Hole(usize),
}

/// Splits `"{0:x} of {1}"` into its pieces; `None` when it is not a valid format.
pub(super) fn composite(format: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = after;
            continue;
        }
        let end = if brace == "{" { rest.find('}')? } else { return None };
        let index = rest[..end].split([',', ':']).next().and_then(|n| n.trim().parse().ok())?;
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(Piece::Hole(index));
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

/// Decodes the escapes of a regular string or character literal.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut buffer = [0; 2];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let decoded = if c == '\\' { escape(&mut chars) } else { u32::from(c) };
        match char::from_u32(decoded) {
            Some(c) => units.extend_from_slice(c.encode_utf16(&mut buffer)),
            // A surrogate half: its partner may follow.
            None => units.push(u16::try_from(decoded).unwrap_or(0xfffd)),
        }
    }
    String::from_utf16_lossy(&units)
}

fn escape(chars: &mut std::str::Chars<'_>) -> u32 {
    let Some(c) = chars.next() else { return u32::from('\\') };
    let digits = match c {
        'u' => 4..=4,
        'U' => 8..=8,
        'x' => 1..=4,
        '0' => return 0,
        'a' => return 7,
        'b' => return 8,
        'e' => return 0x1b,
        'f' => return 0xc,
        'n' => return 0xa,
        'r' => return 0xd,
        't' => return 0x9,
        'v' => return 0xb,
        other => return u32::from(other),
    };
    let hex: String =
        chars.as_str().chars().take(*digits.end()).take_while(char::is_ascii_hexdigit).collect();
    if hex.len() < *digits.start() {
        return u32::from(c);
    }
    for _ in 0..hex.len() {
        chars.next();
    }
    u32::from_str_radix(&hex, 16).unwrap_or(0xfffd)
}

/// The text of a string or character literal as the source writes it.
pub(super) fn literal(source: &str) -> String {
    let source = source.strip_suffix("u8").or_else(|| source.strip_suffix("U8")).unwrap_or(source);
    if let Some(rest) = source.strip_prefix("@\"") {
        return rest.strip_suffix('"').unwrap_or(rest).replace("\"\"", "\"");
    }
    if source.starts_with("\"\"\"") {
        let inner = source.trim_matches('"');
        return outdent(&[inner]).concat();
    }
    let inner = source.get(1..).unwrap_or_default();
    unescape(inner.strip_suffix(['"', '\'']).unwrap_or(inner))
}

/// Takes the indentation of the closing quotes out of the pieces of a raw string, and the line ends next to
/// the quotes. A raw string on one line stays as it is.
pub(super) fn outdent(pieces: &[&str]) -> Vec<String> {
    let plain = || pieces.iter().map(|p| (*p).to_owned()).collect::<Vec<String>>();
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let Some((head, _)) = first.split_once('\n').filter(|(head, _)| head.trim().is_empty()) else {
        return plain();
    };
    let indent = last.rsplit_once('\n').map_or("", |(_, tail)| tail);
    if !indent.trim().is_empty() {
        return plain();
    }
    let mut result: Vec<String> = pieces.iter().map(|p| p.replace(&format!("\n{indent}"), "\n")).collect();
    if let Some(first) = result.first_mut() {
        // Now that its indentation is gone, the first line begins right after the line end.
        first.drain(..=head.len());
    }
    if let Some(last) = result.last_mut() {
        let end = last.rfind('\n').unwrap_or(0);
        last.truncate(end);
        if last.ends_with('\r') {
            last.pop();
        }
    }
    result
}
