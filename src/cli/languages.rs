//! `pcmfa languages`.

use std::process::ExitCode;

use super::{Error, exit_codes, output};
use crate::frontend::REGISTRY;

/// Lists the languages with their extensions.
pub(super) fn run() -> Result<ExitCode, Error> {
    output::to(None, |out| {
        for language in REGISTRY {
            let files: Vec<String> = language
                .extensions()
                .iter()
                .map(|extension| format!("*.{extension}"))
                .chain(language.file_names().iter().map(|name| (*name).to_owned()))
                .collect();
            writeln!(out, "{:<12} {:<12} {}", language.language(), language.title(), files.join(" "))?;
        }
        Ok(())
    })?;
    Ok(exit_codes::CLEAN)
}
