//! The `pcmfa` command: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    pcmfa::cli::main(std::env::args_os())
}
