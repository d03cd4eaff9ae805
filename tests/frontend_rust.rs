//! What the Rust front end makes of Rust.

use std::time::Duration;

use pcmfa::frontend::{Frontend, Limit, MAX_DEPTH, REGISTRY};
use pcmfa::ir::{Unit, dump};

fn rust() -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == "rust").expect("Rust is registered")
}

fn unit(code: &str) -> Unit {
    rust().read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a file that must not have gaps.
fn read(code: &str) -> String {
    let unit = unit(code);
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    dump(&unit)
}

#[track_caller]
fn holds(code: &str, fragments: &[&str]) {
    let text = read(code);
    for fragment in fragments {
        assert!(text.contains(fragment), "{fragment:?} is not in the dump of {code}:\n{text}");
    }
}

/// Statements in a function.
#[track_caller]
fn body(code: &str, fragments: &[&str]) {
    holds(&format!("fn f() {{\n{code}\n}}"), fragments);
}

#[test]
fn paths() {
    holds("mod auth; fn f() { auth::get(1); }", &["import ./auth auth", "(module \"./auth\").get 1"]);
    holds("use crate::auth::tokens::get; fn f() { get(); }", &["(module \"auth/tokens\").get"]);
    holds("use reqwest::Client; fn f() { Client::new(); }", &["(module \"reqwest::Client\").new"]);
    holds(
        "use reqwest::{self, blocking as b}; fn f() { b::get(u); }",
        &["(module \"reqwest::blocking\").get"],
    );
    holds("fn f() { std::env::var(\"A\"); }", &["(module \"std::env\").var"]);
    holds("mod inner { pub fn g() {} } fn f() { inner::g(); }", &["(g)"]);
}

#[test]
fn types_and_methods() {
    holds(
        "struct T { a: Option<Arc<reqwest::Client>>, b: String }\nimpl Source for T { const K: &'static str = \"k\"; fn new() -> Self { Self { a: None, b: x() } } fn get(&self, id: &str) -> String { self.b.clone() } }",
        &[
            "type T : Source",
            "field a: reqwest::Client",
            "StaticMethod T.new()",
            "new T",
            "Method T.get(id)",
            "return this.b",
        ],
    );
    holds("enum E { A, B(u8) } trait S { fn go(&self); }", &["type E", "field static A", "Method S.go()"]);
}

#[test]
fn values() {
    body("let x = format!(\"{}/{a}/{0}?{n}\", b, n = c);", &["let x = `b \"/\" a \"/\" b \"?\" c`"]);
    body("let x = vec![(\"a\", b), (\"c\", d)];", &["let x = {\"a\": b, \"c\": d}"]);
    body("let x = json!({\"a\": {\"b\": [1, null]}, \"c\": d});", &["{\"a\": {\"b\": [1 null]}, \"c\": d}"]);
    body("let x = g().await?.unwrap().to_string();", &["let x = (g)"]);
    body("let x = a.unwrap_or_else(|| b());", &["Coalesce a"]);
    body("let x = r#\"a\"b\"#;", &["a\\\"b"]);
    body("let x = \"a\".to_owned() + &b + \"c\";", &["`\"a\" b \"c\"`"]);
    body("let x = HashMap::from([(\"a\", b)]);", &["let x = {\"a\": b}"]);
}

#[test]
fn statements() {
    body("if let Some(x) = g() { h(x); } else { k(); }", &["= (g)", "(h x)", "(k)"]);
    body("let Some(x) = g() else { return; };", &["= (g)"]);
    body("let x = match g() { Ok(v) => v, Err(e) => return Err(e) };", &["= (g)", "(= x v)"]);
    body("let (a, b) = g();", &["= (g)", "(= [a b] "]);
    body("let T { a, b: c } = g();", &["= (g)"]);
    body("for (k, v) in g() { h(k, v); }", &["loop", "(h k v)"]);
    body("match m { \"a\" | \"b\" => x(), _ => y() }", &["switch m", "\"a\""]);
    holds("fn f(a: bool) -> u8 { if a { g() } else { h() } }", &["return (g)", "return (h)"]);
    holds(
        "const A: &str = \"a\"; static B: LazyLock<T> = LazyLock::new(|| g());",
        &["let A = \"a\"", "let B"],
    );
    holds("lazy_static! { static ref C: String = g(); }", &["let C = (g)"]);
}

#[test]
fn places_are_right_behind_a_mark_and_a_script_line() {
    let code = "\u{feff}#!/usr/bin/env run\nconst É: &str = \"a\"; const B: &str = \"here\";";
    let unit = unit(code);
    let found = unit.exprs.iter().any(|e| &code[e.span.start as usize..e.span.end as usize] == "\"here\"");
    assert!(found, "{:?}", unit.exprs);
}

#[test]
fn broken_and_deep_code_is_a_gap_and_no_panic() {
    let code = "fn f() { g(\"a\" ; }\nfn h() { if for ] 'x' \" }";
    for end in 0..code.len() {
        unit(&code[..end]);
    }
    assert_eq!(unit("fn f( {").gaps.len(), 1);
    let depth = MAX_DEPTH * 100;
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("f(", ")"),
        ("|| ", ""),
        ("!", ""),
        ("&", ""),
        ("-", ""),
        ("return ", ""),
        ("a + ", ""),
        ("a.", ""),
        ("if a {} else ", "{}"),
        ("a as Vec<", ">"),
        ("f!(", ")"),
    ] {
        let unit = unit(&format!("fn f() {{ let x = {}a{}; }}", open.repeat(depth), close.repeat(depth)));
        assert_eq!(unit.gaps.len(), 1, "{open}");
    }
    // Just below the bound.
    for (open, close, count) in
        [("(", ")", 140), ("{", "}", 140), ("f(|x| ", ")", 140), ("!", "", 4_000), ("a.b().", "", 900)]
    {
        let unit = unit(&format!("fn f() {{ let x = {}a{}; }}", open.repeat(count), close.repeat(count)));
        let _ = dump(&unit);
    }
}
