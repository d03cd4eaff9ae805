//! The `pcmfa` command: arguments in, exit code out.

use std::process::ExitCode;

/// Values of the analysis are many, small and short-lived, on all threads; with the system's allocator, a quarter of
/// a scan goes into making and freeing them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    pcmfa::cli::main(std::env::args_os())
}
