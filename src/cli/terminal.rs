//! What the terminal can show.

use std::io::IsTerminal as _;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

/// When something is shown that only terminals understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

/// Use colours on standard output. `NO_COLOR` and `TERM=dumb` count.
pub(super) fn colors(when: When, to_file: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => !to_file && AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
    }
}

/// Use links on standard output: in terminals that are known to show them, unless `NO_COLOR` is set. A terminal
/// cannot be asked.
pub(super) fn links(when: When, to_file: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            !to_file && std::io::stdout().is_terminal() && shows_links(|name| std::env::var(name).ok())
        }
    }
}

fn shows_links(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let term = variable("TERM").unwrap_or_default();
    if is_set("NO_COLOR") || term == "dumb" {
        return false;
    }
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"].contains(&program.as_str())
        || ["xterm-kitty", "alacritty", "foot", "xterm-ghostty", "contour"].iter().any(|t| term.starts_with(t))
        // GNOME Terminal and others on VTE, from 0.50 on.
        || vte.is_some_and(|version| version >= 5_000)
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "KITTY_WINDOW_ID"].iter().any(|name| is_set(name))
}

#[cfg(test)]
mod tests {
    use super::shows_links;

    #[test]
    fn links_where_the_terminal_is_known() {
        let shows = |set: &[(&str, &str)]| {
            shows_links(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert!(!shows(&[]));
        assert!(!shows(&[("TERM", "xterm-256color")]));
        assert!(shows(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")]));
        assert!(!shows(&[("VTE_VERSION", "4600")]));
        assert!(shows(&[("TERM_PROGRAM", "vscode")]));
        assert!(!shows(&[("TERM_PROGRAM", "vscode"), ("NO_COLOR", "1")]));
        assert!(!shows(&[("WT_SESSION", "x"), ("TERM", "dumb")]));
    }
}
