//! The `pcmfa` command: arguments in, exit code out.

use std::process::ExitCode;

/// Values of the analysis are many, small and short-lived, on all threads: the system's allocator takes a
/// quarter of a scan, this one a tenth.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    pcmfa::cli::main(std::env::args_os())
}
