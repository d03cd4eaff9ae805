//! What the JavaScript and TypeScript front ends make of code.

use std::time::{Duration, Instant};

use pcmfa::frontend::{Frontend, Limit, REGISTRY};
use pcmfa::ir::{Unit, Visibility, dump};

fn front_end(language: &str) -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == language).expect("the language is registered")
}

fn unit(language: &str, code: &str) -> Unit {
    front_end(language).read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

#[track_caller]
fn check(language: &str, code: &str, expected: &str) {
    let unit = unit(language, code);
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    let actual = dump(&unit);
    assert_eq!(actual.trim(), expected.trim(), "in {code}\n{actual}");
}
