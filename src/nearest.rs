//! What was meant by a name that is not there.

/// How many letters may differ.
const REACH: usize = 3;

/// The name that is most like `name`, if any is.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let best = known.into_iter().map(|one| (distance(name, one), one)).min()?;
    // A short name is another one after a few letters.
    (best.0 <= REACH && best.0 * 2 <= name.chars().count()).then_some(best.1)
}

/// How many letters have to change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn spelling_mistakes_are_seen_through() {
        let known = ["exclude", "include", "rules", "fail-on"];
        assert_eq!(nearest("exlude", known), Some("exclude"));
        assert_eq!(nearest("fail_on", known), Some("fail-on"));
        assert_eq!(nearest("level", known), None);
        assert_eq!(nearest("x", known), None);
        assert_eq!(nearest("rules", []), None);
    }
}
