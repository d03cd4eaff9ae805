//! What the Go front end makes of Go.

use std::time::Duration;

use pcmfa::frontend::{Frontend, Limit, MAX_DEPTH, REGISTRY};
use pcmfa::ir::{Unit, dump};

fn go() -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == "go").expect("Go is registered")
}

fn unit(code: &str) -> Unit {
    go().read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a file that must not have gaps.
fn read(code: &str) -> String {
    let unit = unit(&format!("package p\n{code}\n"));
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
    holds(&format!("func f() {{\n{code}\n}}"), fragments);
}

#[test]
fn imports() {
    holds(
        "import (\n\"net/http\"\nr \"github.com/go-resty/resty/v2\"\n\"gopkg.in/yaml.v3\"\n_ \"embed\"\n)",
        &["import net/http http", "import github.com/go-resty/resty/v2 r", "import gopkg.in/yaml.v3 yaml"],
    );
    holds("import \"github.com/go-resty/resty/v2\"", &["import github.com/go-resty/resty/v2 resty"]);
}

#[test]
fn types_and_methods() {
    holds(
        "type C struct { *Base; http *http.Client; a, b string }\nfunc (c *C) Get(id string) string { return c.a + id }",
        &["type C : Base", "field http: http.Client", "field a", "Method C.Get(id)", "this.a"],
    );
    holds("type D interface { Send(m string) ([]byte, error) }", &["Method D.Send(m)"]);
    // The receiver's name may be taken by something else.
    holds("func (c *C) All(cs []C) { for _, c := range cs { c.a() } ; c.b() }", &["(c.a)", "(this.b)"]);
}

#[test]
fn results() {
    holds("func f() (string, error) { return g(), nil }", &["return (g)"]);
    holds("func f() (string, error) { return \"\", fmt.Errorf(\"x\") }", &["  return\n"]);
    holds("func f() (t string, err error) { t = \"a\"; return }", &["return t"]);
    body("x, err := f()", &["let x = (f)", "let err = (other )"]);
    body("a, b, err := f()", &["let a", "(= [a b] (f))"]);
    body("v, ok := m[k]", &["let v = m[k]"]);
}

#[test]
fn literals() {
    body("x := map[string]string{\"a\": b}", &["let x = {\"a\": b}"]);
    body("x := url.Values{\"a\": {\"b\"}}", &["new url.Values [\"a\"]=[\"b\"]"]);
    body("x := &T{A: 1, B: []string{s}}", &["new T .A=1 .B=[s]"]);
    body("x := `a\\n`", &["\"a\\\\n\""]);
    body("x := \"\\x41\\u00e9\\n\"", &["A\u{e9}"]);
}

#[test]
fn texts() {
    body("x := fmt.Sprintf(\"%s/%[1]s?%d%%\", a, b)", &["`a \"/\" a \"?\" b \"%\""]);
    body("x := \"a\" + b + \"c\"", &["`\"a\" b \"c\""]);
    body("x := strings.Join([]string{\"a\", b}, \"&\")", &["`\"a\" \"&\" b"]);
    body("x := string(b)", &["let x = b"]);
}

#[test]
fn statements() {
    body("if x, err := f(); err != nil { return }", &["let x = (f)", "if (Ne err null)"]);
    body("switch { case a == 1: f(); default: g() }", &["if (Eq a 1)", "(g)"]);
    body("switch a { default: g(); case \"x\", \"y\": f() }", &["switch a", "\"x\""]);
    body("switch v := x.(type) { case *T: v.f() }", &["let v = x", "let v: T = v"]);
    body("for i := 0; i < 3; i++ { f() }", &["loop"]);
    body("select { case t := <-ch: f(t); case ch2 <- v: }", &["let t = ch[(other )]"]);
    body("go f(x); defer func() { g() }()", &["(f x)", "(g)"]);
    body("json.Unmarshal(b, &t)", &["(t.<decoded> (json.Unmarshal b t))"]);
    holds("const (\n A = iota\n B\n)\nvar c = d", &["let A = 0", "let B = 1", "let c = d"]);
}

#[test]
fn broken_and_deep_code_is_a_gap_and_no_panic() {
    let code = "package p\nfunc f() { http.Get(\"a\" ; }\nfunc g() { h( }\n) { if for ] := \"";
    for end in 0..code.len() {
        unit(&code[..end]);
    }
    for (open, close) in [("(", ")"), ("[]T{", "}"), ("f(", ")"), ("func() {", "}()"), ("-", ""), ("*", "")] {
        let depth = MAX_DEPTH * 20;
        let unit =
            unit(&format!("package p\nfunc f() {{ x := {}a{} }}", open.repeat(depth), close.repeat(depth)));
        let _ = dump(&unit);
    }
    unit(&format!("package p\nvar x = {}", "a + ".repeat(20_000)));
}
