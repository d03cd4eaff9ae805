//! `pcmfa token`.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;

use clap::ValueEnum;

use super::{Error, exit_codes, output, targets};
use crate::models::Rules;
use crate::token::{self, Outcome};

/// Say whether Partner Center would see the MFA claim in an access token, read from standard input
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The token is read from standard input, never from the command line, where other users of the machine and the \
history of the shell would see it. It may stand in the JSON answer of a token endpoint, or after `Bearer`. Nothing \
is sent anywhere, so the signature is not checked, and no part of the token is printed.")]
pub(super) struct Arguments {
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[arg(hide = true, allow_hyphen_values = true, trailing_var_arg = true)]
    unexpected: Vec<OsString>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    if !arguments.unexpected.is_empty() {
        return Err(Error::TokenArgument);
    }
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        // Nothing is lost when this cannot be shown.
        let _ = writeln!(anstream::stderr(), "reading an access token from standard input");
    }
    let mut input = Vec::new();
    // One byte more tells that there is more.
    stdin.lock().take(token::MAX_INPUT as u64 + 1).read_to_end(&mut input).map_err(Error::TokenInput)?;
    if input.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::NoToken);
    }
    let now = targets::now();
    let rules = Rules::embedded()?;
    let reading = token::read(&input, rules.claims(), now);
    output::to(None, |out| {
        match arguments.format {
            Format::Text => write!(out, "{}", token::text(&reading, now))?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &reading)?;
                writeln!(out)?;
            }
        }
        Ok(())
    })?;
    Ok(match reading.outcome {
        Outcome::CarriesMfa | Outcome::AppOnly => exit_codes::CLEAN,
        Outcome::Refused => exit_codes::findings(),
        Outcome::Unknown => exit_codes::nothing_scanned(),
    })
}
