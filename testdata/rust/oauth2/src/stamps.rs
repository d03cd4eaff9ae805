/// Collectors exchange more than tokens.
pub struct Album;

impl Album {
    fn exchange_code(&self, code: &str) -> String {
        code.to_owned()
    }

    fn request(&self, stamp: &str) -> usize {
        stamp.len()
    }
}

pub fn lookalike() -> usize {
    let stamp = Album.exchange_code("blue"); // pcmfa: decoy
    Album.request(&stamp) // pcmfa: decoy
}
