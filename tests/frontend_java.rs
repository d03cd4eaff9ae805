//! What the Java front end makes of Java.

use std::time::{Duration, Instant};

use pcmfa::frontend::{Frontend, Limit, REGISTRY};
use pcmfa::ir::{ExprKind, Unit, dump};

fn java() -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == "java").expect("Java is registered")
}

fn unit(code: &str) -> Unit {
    java().read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a text that must not have gaps holds all the fragments.
#[track_caller]
fn check(code: &str, fragments: &[&str]) {
    let unit = unit(code);
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    let text = dump(&unit);
    for fragment in fragments {
        assert!(text.contains(fragment), "no {fragment} in\n{text}");
    }
}

/// Statements within a method.
#[track_caller]
fn check_body(code: &str, fragments: &[&str]) {
    check(&format!("class A {{ void m(String p) {{ {code} }} }}"), fragments);
}

#[test]
fn imports_and_types() {
    check(
        "package a.b; import c.D; import e.*; import static f.G.HOST; class A<T> extends B<T> implements C { String x = HOST; }",
        &[
            "import a.b",
            "import c.D",
            "import e.*",
            "import f.G.HOST",
            "type A : B<T>, C",
            "field x: String = G.HOST",
        ],
    );
    check(
        "record P(String u) { } interface I { void f(); } enum E { X(\"x\"), Y(\"y\"); E(String s) { } } enum F { Z }",
        &[
            "Method P.u() -> String",
            "(= this.u u)",
            "interface I",
            "field static X = (new E \"x\")",
            "field static Z = \"Z\"",
        ],
    );
    check("@Data class A { private String token; }", &["Method A.getToken() -> String"]);
    check(
        "class A { A(int x) { super(x); } A() { this(1); } static { go(); } { run(); } }",
        &["delegates (base x)", "delegates (this 1)", "StaticConstructor A.", "Method A.()"],
    );
}

#[test]
fn texts() {
    check_body(r#"String s = "a\t\u0041" + p + 1;"#, &["`\"a\\tA\" p 1`"]);
    check_body("String s = \"\"\"\n    a\n      b\n    \"\"\";", &["\"a\\n  b\\n\""]);
    check_body(r#"f(String.format("%s/%d of %1$s%%", p, n));"#, &["`p \"/\" n \" of \" p \"%\"`"]);
    check_body(
        r#"f(MessageFormat.format("{0}/{1}", p, n)); g("%s!".formatted(p));"#,
        &["`p \"/\" n`", "`p \"!\"`"],
    );
    check_body(
        r#"StringBuilder b = new StringBuilder("a="); b.append(p).append("&c"); f(b.toString());"#,
        &["let b: StringBuilder = `\"a=\"`", "(= b `(= b `b p`) \"&c\"`)", "(f b)"],
    );
    check_body(r#"f(new StringBuilder().append("a").append(p).toString());"#, &["(f ``\"\" \"a\"` p`)"]);
}

#[test]
fn functions_and_classes_inside() {
    check_body(
        "Runnable r = () -> f(p); list.map(this::g); list.map(Foo::new);",
        &["(f p)", "this.g", "(list.map Foo)"],
    );
    check_body(
        "c.add(new I() { public void f(String s) { g(s, p); } });",
        &["(c.add (lambda Lambda A.(s: String)"],
    );
    check(
        "class A { String k; void m(String p) { c.add(new I() { int n; void f() { k = p; } void g() { m(k); } }); } }",
        &[
            "type I$1 : I",
            "field this$0: A",
            "(new I$1 .this$0=this .p=p)",
            "(= this.this$0.k p)",
            "(this.this$0.m this.this$0.k)",
        ],
    );
    check_body("f(new HashMap<>() {{ put(\"a\", p); }});", &["(new HashMap [\"a\"]=p)"]);
}

#[test]
fn statements() {
    check_body(
        "try (var in = open(p)) { f(in); } catch (A | B e) { g(e); } finally { h(); }",
        &["let in = (open p)", "let e: A", "finally"],
    );
    check_body(
        "int v = switch (p) { case \"a\", \"b\" -> 1; default -> { yield 2; } };",
        &["(match p [\"a\" \"b\"] 1", "emit 2"],
    );
    check(
        "enum E { X } class A { void m(E e) { switch (e) { case X: f(); break; default: g(); } } }",
        &["case E.X"],
    );
    check_body("if (o instanceof String s) { f(s); }", &["(= s (as String o))"]);
    check_body("for (int i = 0; i < 3; i++) { f(i); } for (var x : list) { g(x); }", &["loop", "x in list"]);
    check_body(
        "String s = a ? b : c; x += p; y[0] = s; int[] z = {1, 2};",
        &["(? a b c)", "(= x `x p`)", "(= y[0] s)", "[1 2]"],
    );
}

#[test]
fn annotations_that_tell_values() {
    check(
        "class A { @Value(\"${a.b}\") String x; A(@Value(\"${c}\") String y) { } @Named(\"z\") String z; }",
        &["field x: String = (@Value \"${a.b}\")", "y: String = (@Value \"${c}\")", "field z: String\n"],
    );
    check(
        "interface Api { @GET(\"v1/x/{id}\") Call<X> get(@Path(\"id\") String id, Options rest); }",
        &["emit (@GET \"v1/x/{id}\" rest fields: {\"id\": id})"],
    );
}

#[test]
fn broken_input_does_no_harm() {
    let texts = [
        String::new(),
        "class A { void m() { f(\"unterminated".to_owned(),
        "class A { void m( { f(g(); } String x = ; }".to_owned(),
        format!("class A {{ int x = {}1{}; }}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("class A {{ Object x = a{}; }}", ".b(\"c\")".repeat(2_000)),
        "class A { void m() { ".repeat(500),
        "\u{feff}class A { }".to_owned(),
        "\"\\u".to_owned(),
    ];
    for text in texts {
        let start = Instant::now();
        if let Some(unit) = java().read(&text, &Limit::new(Duration::from_secs(5))) {
            assert!(unit.gaps.iter().all(|g| g.start <= g.end && g.end as usize <= text.len()));
        }
        assert!(start.elapsed() < Duration::from_secs(20));
    }
    let unit = unit(&format!("class A {{ String x = \"a\"{}; }}", " + b".repeat(3_000)));
    assert!(unit.exprs.iter().any(|e| matches!(&e.kind, ExprKind::Template(parts) if parts.len() == 3_001)));
    assert!(java().read(&"class A { } ".repeat(100_000), &Limit::new(Duration::ZERO)).is_none());
}
