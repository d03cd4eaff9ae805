//! Encodings, languages, lines.

use pcmfa::ir::Span;
use pcmfa::source::{LineIndex, Source, decode, language_of};

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn encodings() {
    let text = "$name = 'Müller'\r\n";
    assert_eq!(decode(text.as_bytes()).as_deref(), Some(text));
    assert_eq!(decode(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).as_deref(), Some(text));
    for big in [false, true] {
        let marked = utf_16(&format!("\u{feff}{text}"), big);
        assert_eq!(decode(&marked).as_deref(), Some(text));
        assert_eq!(decode(&utf_16(text, big)).as_deref(), Some(text));
    }
    assert_eq!(decode(b"'M\xfcller \x80'").as_deref(), Some("'Müller €'"));
    assert_eq!(decode(b"").as_deref(), Some(""));
    assert_eq!(decode(b"\xEF\xBB\xBF").as_deref(), Some(""));
    assert_eq!(decode(b"\xFF\xFE").as_deref(), Some(""));
}

#[test]
fn one_broken_byte_does_not_make_utf_8_another_encoding() {
    let text = [&b"// \xff "[..], "Grüße, Müller".as_bytes()].concat();
    assert_eq!(decode(&text).as_deref(), Some("// \u{fffd} Grüße, Müller"));
}

#[test]
fn binaries() {
    assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0"), None);
    assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    assert_eq!(decode(b"\xFF\xFE\0\0a\0\0\0"), None);
    assert_eq!(decode(&[0; 100]), None);
}

#[test]
fn hashes_see_the_bytes_of_the_file() {
    let source = Source::from_bytes("a.ps1", b"\xEF\xBB\xBFabc".to_vec()).expect("text");
    assert_eq!(source.text, "abc");
    assert_eq!(source.bytes(), b"\xEF\xBB\xBFabc");
    assert_eq!(Source::new("a.ps1", "abc").bytes(), b"abc");
}

#[test]
fn languages() {
    let name = |path: &str, text: &str| language_of(path, text).map(pcmfa::frontend::Frontend::language);
    assert_eq!(name("src/Program.CS", ""), Some("csharp"));
    assert_eq!(name("a.b.psm1", ""), Some("powershell"));
    assert_eq!(name("README.md", ""), Some("markdown"));
    assert_eq!(name("README.txt", ""), None);
    assert_eq!(name("cs", ""), None);
    assert_eq!(name("run", "#!"), None);
    assert_eq!(name("run", "#!/bin/nothing-known\n"), None);
}

#[test]
fn lines_and_columns() {
    let text = "ab\ncd\r\nü😀x\rlast";
    let lines = LineIndex::new(text);
    assert_eq!(lines.len(), 4);
    let position = |needle: &str| lines.position(text, text.find(needle).expect("there"));
    assert_eq!(position("ab"), (1, 1));
    assert_eq!(position("d\r"), (2, 2));
    assert_eq!(position("x\r"), (3, 3));
    assert_eq!(position("last"), (4, 1));
    assert_eq!(lines.position(text, 10_000), (4, 5));
    // Inside of a character: its beginning.
    assert_eq!(lines.position(text, text.find('😀').expect("there") + 2), (3, 2));
    assert_eq!(&text[lines.line_range(text, 2)], "cd");
    assert_eq!(&text[lines.line_range(text, 9)], "");
    assert_eq!(lines.offset(text, 3, 3), text.find("x\r").expect("there"));
    assert_eq!(lines.offset(text, 1, 99), 2);
}

#[test]
fn long_lines_have_right_columns() {
    let text = format!("{}|\n{}", "aü".repeat(3000), "é|".repeat(2000));
    let lines = LineIndex::new(&text);
    for (offset, _) in text.match_indices('|') {
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let (line, column) = lines.position(&text, offset);
        assert_eq!(line as usize, before.matches('\n').count() + 1);
        assert_eq!(column as usize, text[start..offset].chars().count() + 1);
    }
}

#[test]
fn locations_end_behind_the_last_character() {
    let source = Source::new("a.cs", "x = f(\n  y);\n");
    let location = source.location(Span::new(4, 11));
    assert_eq!((location.line, location.column, location.end_line, location.end_column), (1, 5, 2, 5));
    assert_eq!(&*location.path, "a.cs");
}
