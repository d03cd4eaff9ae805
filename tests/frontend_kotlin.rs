//! What the Kotlin front end makes of Kotlin.

use std::time::{Duration, Instant};

use pcmfa::frontend::{Frontend, Limit, REGISTRY};
use pcmfa::ir::{Unit, dump};

fn kotlin() -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == "kotlin").expect("Kotlin is registered")
}

fn unit(code: &str) -> Unit {
    kotlin().read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
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

/// Statements within a function.
#[track_caller]
fn check_body(code: &str, fragments: &[&str]) {
    check(&format!("fun m(p: String) {{\n{code}\n}}\n"), fragments);
}

#[test]
fn imports_and_types() {
    check(
        "package a.b\nimport c.D\nimport e.*\nimport f.G as H\nval host = \"x\"\n",
        &["import a.b", "import c.D", "import e.*", "import f.G H", "let host = \"x\""],
    );
    check(
        "class A(private val t: String, u: Int = 3) : B(t), I {\n    val k = \"c\"\n    val d = make(u)\n    init {\n        go()\n    }\n}\n",
        &[
            "type A : B, I",
            "field t: String",
            "delegates (base t)",
            "(= this.t t)",
            "field k = \"c\"",
            "(= this.d (make u))",
            "(go)",
        ],
    );
    check(
        "object O {\n    val z = 1\n    fun f() = z\n}\nclass C {\n    companion object {\n        const val K = \"k\"\n        fun g() = K\n    }\n}\n",
        &["field static z = 1", "StaticMethod O.f()", "field static K = \"k\"", "StaticMethod C.g()"],
    );
    check(
        "enum class E { A, B }\nenum class F(val v: String) { X(\"x\") }\n",
        &["field static A = \"A\"", "(new F \"x\")"],
    );
    check(
        "class A {\n    val r: String get() = p\n    var s: String\n        get() { return p }\n        set(value) { q = value }\n}\n",
        &["Getter A.r() -> String", "Getter A.s() -> String", "Setter A.s(value: String)"],
    );
}

#[test]
fn expressions() {
    check_body(
        "f(\"a ${p.x} \\\"$p\\\"\" + 1, \"\"\"raw $p\"\"\")",
        &["\"a \" p.x \" \\\"\" p", "`\"raw \" p`"],
    );
    check_body("f(x = 1, *rest)\na?.b!!.c()", &["(f x: 1", "(a.b.c)"]);
    check_body(
        "val v = p ?: \"d\"\nval c = if (a) 1 else 2\nval t = p as Foo",
        &["(Coalesce p \"d\")", "(? a 1 2)", "(as Foo p)"],
    );
    check_body(
        "val m = mapOf(\"a\" to p)\nval l = listOf(1, p)\nval q = \"a\" to p",
        &["{\"a\": p}", "[1 p]", "(new Pair \"a\" p)"],
    );
    check_body("val (a, b) = p\nx[\"k\"] = a\ny += b", &["(= [a b] p)", "(= x[\"k\"] a)", "(= y `y b`)"]);
    check_body("f(Foo::class.java, ::m, p::length)", &["[Foo] m p.length"]);
    check_body("f(\"%s/%d\".format(p, 1))", &["`p \"/\" 1`"]);
}

#[test]
fn functions_that_run_a_lambda_on_an_object() {
    check_body("p.let { f(it) }", &["((lambda Lambda (it)", "emit (f it)"]);
    check_body(
        "val r = Req().apply { method = \"POST\"; add(p) }",
        &["(= this$1.method \"POST\")", "(this$1.add p)", "return this$1"],
    );
    check_body("p.also { f(it) }.run { g() }", &["return it", "(this$1.g)"]);
    check_body("with(p) { g() }", &["(this$1.g)", ") p)"]);
    check_body("http.get(\"u\") { header(\"a\", p) }", &["(this$1.header \"a\" p)", "return this$1"]);
    check(
        "fun String.bearer(n: Int) = \"Bearer $this\" + length\n",
        &["ext", "\"Bearer \" this$1"].map(|f| if f == "ext" { "Function bearer(this$1: String" } else { f }),
    );
    check("class A { val t by lazy { make() } }\n", &["(make)"]);
}

#[test]
fn statements() {
    check_body(
        "when (p) {\n    \"a\", \"b\" -> f()\n    is Foo -> g()\n    else -> h()\n}",
        &["switch p", "case \"a\" \"b\""],
    );
    check_body("val w = when {\n    a -> 1\n    else -> 2\n}", &["emit 1", "emit 2"]);
    check_body("try { f() } catch (e: X) { g(e) } finally { h() }", &["let e: X", "finally"]);
    check_body("for ((a, b) in p) { f(a) }\nwhile (c) { g() }", &["loop [a b] in p", "(g)"]);
    check_body(
        "val o = object : Cb {\n    val n = p\n    override fun f() {\n        g(p)\n    }\n}",
        &["type Cb$1 : Cb", "field p", ".p=p"],
    );
}

#[test]
fn annotations_that_tell_values() {
    check("class A(@Value(\"\\${a.b}\") private val x: String)\n", &["x: String = (@Value \"${a.b}\")"]);
    check(
        "interface Api {\n    @POST(\"v1/x\")\n    suspend fun go(@Field(\"id\") id: String = \"q\", @Body body: X): Y\n}\n",
        &["emit (@POST \"v1/x\" @Body: body body fields: {\"id\": id})"],
    );
    // What the annotation leaves out is a parameter's, and an annotation may tell of an object that is given.
    check(
        "interface Api {\n    @GET\n    fun go(@Url url: String): Y\n}\n",
        &["emit (@GET @Url: url url fields: {})"],
    );
    check(
        "class A {\n    fun go(@Given(\"x\") client: Client, @Named(\"y\") name: String) {}\n}\n",
        &["(client.@Given \"x\")"],
    );
}

#[test]
fn broken_input_does_no_harm() {
    let texts = [
        String::new(),
        "class A { fun m() { f(\"unterminated".to_owned(),
        "class A { fun m( { f(g() } val x = }".to_owned(),
        format!("val x = {}1{}", "(".repeat(2_000), ")".repeat(2_000)),
        format!("val x = a{}", ".b(\"c\")".repeat(500)),
        "class A { fun m() { ".repeat(200),
        "\u{feff}class A".to_owned(),
        "\"${".to_owned(),
    ];
    for text in texts {
        let start = Instant::now();
        if let Some(unit) = kotlin().read(&text, &Limit::new(Duration::from_secs(5))) {
            assert!(unit.gaps.iter().all(|g| g.start <= g.end && g.end as usize <= text.len()));
        }
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}
