//! PowerShell.

use super::{Frontend, Limit};
use crate::ir::Unit;

/// The front end for PowerShell.
#[derive(Debug)]
pub(super) struct PowerShell;

impl Frontend for PowerShell {
    fn language(&self) -> &'static str {
        "powershell"
    }

    fn title(&self) -> &'static str {
        "PowerShell"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ps1", "psm1", "psd1"]
    }

    fn read(&self, _text: &str, _limit: &Limit) -> Option<Unit> {
        None
    }
}
