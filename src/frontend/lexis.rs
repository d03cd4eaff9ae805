//! How comments and strings of a language look, for those who read source text without its grammar: comments that
//! speak to the program, and the masking of secrets in text that could not be parsed.

/// How a string begins and ends.
#[derive(Clone, Copy, Debug)]
pub struct Quote {
    /// What it begins with.
    pub open: &'static str,
    /// What it ends with.
    pub close: &'static str,
    /// Escapes the next character; 0 for none.
    pub escape: u8,
    /// Goes on over line breaks.
    pub lines: bool,
}

/// How comments and strings of a language look. What begins longer comes first.
#[derive(Clone, Copy, Debug)]
pub struct Lexis {
    /// What begins a comment that ends with its line.
    pub line: &'static [&'static str],
    /// What begins and ends other comments.
    pub block: &'static [(&'static str, &'static str)],
    /// The strings.
    pub quotes: &'static [Quote],
    /// A line comment begins only behind white space or punctuation: `a#b` is a word.
    pub words: bool,
    /// Names may hold dashes, and `-Name` begins a parameter.
    pub dashes: bool,
}

impl Lexis {
    /// What escapes the next character in a usual string, one in double quotes; 0 for nothing.
    #[must_use]
    pub fn escape(&self) -> u8 {
        self.quotes.iter().find(|quote| quote.open == "\"").map_or(b'\\', |quote| quote.escape)
    }

    /// Is this what begins a string?
    #[must_use]
    pub fn opens_string(&self, open: &str) -> bool {
        self.quotes.iter().any(|quote| quote.open == open)
    }
}

/// A string by its fields.
#[must_use]
pub const fn quote(open: &'static str, close: &'static str, escape: u8, lines: bool) -> Quote {
    Quote { open, close, escape, lines }
}

/// `/* … */`
pub const C_BLOCK: &[(&str, &str)] = &[("/*", "*/")];
/// `"…"` on one line, escaped with a backslash.
pub const DOUBLE: Quote = quote("\"", "\"", b'\\', false);
/// `'…'` on one line, escaped with a backslash.
pub const SINGLE: Quote = quote("'", "'", b'\\', false);
/// `"""…"""` without escapes.
pub const TRIPLE: Quote = quote("\"\"\"", "\"\"\"", 0, true);

/// Languages of the family of Java.
pub const JAVA: Lexis =
    Lexis { line: &["//"], block: C_BLOCK, quotes: &[TRIPLE, DOUBLE, SINGLE], words: false, dashes: false };

/// Languages of the family of Perl.
pub const PERL: Lexis = Lexis {
    line: &["#"],
    block: &[("\n=begin", "\n=end"), ("\n=pod", "\n=cut")],
    quotes: &[quote("\"", "\"", b'\\', true), quote("'", "'", b'\\', true)],
    words: true,
    dashes: false,
};
