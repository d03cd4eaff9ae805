//! What the `PowerShell` front end makes of source text.

use std::time::Duration;

use pcmfa::frontend::{Limit, REGISTRY};
use pcmfa::ir::{Unit, dump};

fn read(text: &str) -> Unit {
    let frontend = REGISTRY.iter().find(|f| f.language() == "powershell").expect("registered");
    frontend.read(text, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}
