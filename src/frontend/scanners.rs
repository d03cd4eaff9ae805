//! What the scanners of some grammars, written in C, cannot take: they end the program. Such text is changed before it
//! is parsed, byte for byte, so that all places stay where they are.

use std::borrow::Cow;

/// How many string templates may be open in each other. The scanner of Kotlin keeps two bytes for each in a buffer of
/// 1024, and aborts when it is full.
const MAX_TEMPLATES: usize = 400;
/// How long the name of a heredoc may be. The scanner of Ruby keeps its length in one byte that may have a sign.
const MAX_HEREDOC: usize = 120;

/// Takes the meaning from string templates that are nested too deep.
pub(super) fn shallow_templates(text: &str) -> Cow<'_, str> {
    if text.matches("${").count() < MAX_TEMPLATES {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut open = 0_usize;
    for at in 0..bytes.len() {
        let quoted = at > 0 && matches!(bytes[at - 1], b'\'' | b'"' | b'\\');
        match bytes[at] {
            b'$' if bytes.get(at + 1) == Some(&b'{') => {
                if open >= MAX_TEMPLATES {
                    bytes[at] = b' ';
                } else {
                    open += 1;
                }
            }
            // One in quotes closes nothing.
            b'}' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Takes the meaning from heredocs whose names are too long.
pub(super) fn short_heredocs(text: &str) -> Cow<'_, str> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    let mut bytes = None;
    for (at, _) in text.match_indices("<<") {
        let rest = &text.as_bytes()[at + 2..];
        let marks =
            rest.iter().take(2).take_while(|b| matches!(b, b'~' | b'-' | b'"' | b'\'' | b'`')).count();
        let quoted = marks > 0 && matches!(rest[marks - 1], b'"' | b'\'' | b'`');
        let length = if quoted {
            // A quoted one may hold anything but its quote.
            rest[marks..].iter().take_while(|b| **b != rest[marks - 1] && **b != b'\n').count()
        } else {
            rest[marks..].iter().take_while(|b| is_name(b)).count()
        };
        if length > MAX_HEREDOC {
            let bytes = bytes.get_or_insert_with(|| text.as_bytes().to_vec());
            bytes[at] = b' ';
            bytes[at + 1] = b' ';
        }
    }
    match bytes.map(String::from_utf8) {
        Some(Ok(changed)) => Cow::Owned(changed),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{shallow_templates, short_heredocs};

    #[test]
    fn only_what_the_scanners_cannot_take_is_changed() {
        let usual = "val a = \"${b}\"\n".repeat(1000);
        assert_eq!(shallow_templates(&usual), usual);
        let deep = "\"${".repeat(1000);
        let changed = shallow_templates(&deep);
        assert_eq!((changed.len(), changed.matches("${").count()), (deep.len(), 400));
        let usual = "a <<~SQL\nSELECT\nSQL\nb << c\n";
        assert_eq!(short_heredocs(usual), usual);
        let long = format!("a <<~{}\nb <<\"{}\"\n", "x".repeat(130), "y ".repeat(80));
        assert!(!short_heredocs(&long).contains("<<") && short_heredocs(&long).len() == long.len());
    }
}
