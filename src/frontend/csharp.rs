//! C#.

use super::{Frontend, Limit};
use crate::ir::Unit;

/// The front end for C#.
#[derive(Debug)]
pub(super) struct CSharp;

impl Frontend for CSharp {
    fn language(&self) -> &'static str {
        "csharp"
    }

    fn title(&self) -> &'static str {
        "C#"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cs", "csx", "cshtml", "razor"]
    }

    fn read(&self, _text: &str, _limit: &Limit) -> Option<Unit> {
        None
    }
}
