//! The `pcmfa` command.
fn main() {}
