//! What the exit code says.
//!
//! `token` uses the same four for one token: 0 Partner Center sees the MFA claim in it, or it needs none; 1 it would
//! be refused; 2 the command line or the input is wrong; 3 it cannot be judged.

use std::process::ExitCode;

/// Nothing was found at or above the level of `--fail-on`.
pub(super) const CLEAN: ExitCode = ExitCode::SUCCESS;

/// Findings at or above the level of `--fail-on`; samples that fail, remarks on rule files.
pub(super) fn findings() -> ExitCode {
    ExitCode::from(1)
}

/// The command line, a rule file or the configuration is wrong, or the report could not be written.
pub(super) fn usage() -> ExitCode {
    ExitCode::from(2)
}

/// No file could be read: "nothing found" would mean nothing.
pub(super) fn nothing_scanned() -> ExitCode {
    ExitCode::from(3)
}

/// The table for `--help`.
pub(super) const HELP: &str = "\
Exit codes:
  0  nothing found at or above --fail-on
     token: Partner Center would see the MFA claim, or needs none
  1  findings at or above --fail-on
     token: Partner Center would refuse it
     rules test, rules lint: something is wrong with the rule files
  2  wrong arguments, rules or configuration, or a report could not be written
  3  nothing could be scanned
     token: it can't be judged";
