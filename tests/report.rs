//! The formats, on a report made by hand.

mod common;

use common::{render, report};

#[test]
fn text() {
    insta::assert_snapshot!(render("text", &report()));
}

#[test]
fn json() {
    insta::assert_snapshot!(render("json", &report()));
}
