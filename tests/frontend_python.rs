//! What the Python front end makes of Python, and the notebook front end of notebooks.

use std::time::Duration;

use pcmfa::frontend::{Frontend, Limit, MAX_DEPTH, REGISTRY};
use pcmfa::ir::{ExprKind, Unit, dump};

fn front_end(language: &str) -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == language).expect("it is registered")
}

fn unit(code: &str) -> Unit {
    front_end("python").read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a text that must not have gaps, one line for all.
fn read(code: &str) -> String {
    let unit = unit(code);
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    dump(&unit).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every snippet's dump holds the text beside it.
#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (code, expected) in cases {
        let actual = read(code);
        assert!(actual.contains(expected), "{code}\nhas no `{expected}`:\n{actual}");
    }
}

#[test]
fn imports() {
    check(&[
        ("import a", "import a a TopLevel"),
        ("import a.b as c", "import a.b c TopLevel"),
        ("import a.b\na.b.c()", "((module \"a.b\").c)"),
        ("from a.b import c as d, e", "import a.b.c d import a.b.e e"),
        ("from a import *", "import a.* TopLevel"),
        ("from . import a", "import ..a a"),
        ("from .x.y import a", "import ./x/y.a a"),
        ("from ...x import a", "import ../../x.a a"),
        (
            "def f():\n    try:\n        import json\n    except ImportError:\n        json = None",
            "import json json",
        ),
    ]);
}

#[test]
fn texts() {
    check(&[
        (r"x = 'a\n\x41\u0042'", "(= x \"a\\nAB\")"),
        (r"x = r'a\n'", r#"(= x "a\\n")"#),
        ("x = 'a' 'b'", "(= x \"ab\")"),
        ("x = f'a{b}c{{d}}'", "(= x `\"a\" b \"c{d}\"`)"),
        ("x = 'a{}b{n}{0.q}'.format(c, n=d)", "(= x `\"a\" c \"b\" d c.q`)"),
        ("x = 'a%sb%(n)s' % v", "(= x `\"a\" v \"b\" v[\"n\"]`)"),
        ("x = '%s/%d%%' % (a, b)", "(= x `a \"/\" b \"%\"`)"),
        ("x = '&'.join(['a=1', b])", "(= x `\"a=1\" \"&\" b`)"),
        ("x = a + 'b' + c", "(= x `a \"b\" c`)"),
        ("x = '''a\nb'''", "(= x \"a\\nb\")"),
        ("x += 'b'", "(= x `x \"b\"`)"),
    ]);
}

#[test]
fn expressions() {
    check(&[
        ("x = a or b", "(Coalesce a b)"),
        ("if a or not b: pass", "if (Or a (not b))"),
        ("x = a if b else c", "(= x (? b a c))"),
        ("x = a is not None", "(Ne a null)"),
        ("x = a[1:]", "(other a"),
        ("x = {'a': 1, **b}", "(= x (new _ b [\"a\"]=1))"),
        ("x = dict(a=1, b=c)", "(= x {\"a\": 1, \"b\": c})"),
        ("f(a, *b, c=d, **e)", "(f a ...b c: d ...e)"),
        ("x = await f()", "(= x (f))"),
        ("if (n := f()): pass", "if (= n (f))"),
        ("x = [f(a) for a in b if a]", "loop a in b if a emit (f a)"),
        ("x = lambda a, b=1: a", "Lambda (a, b = 1) return a"),
        ("x = getattr(a, 'b', None)", "(= x a.b)"),
        ("a, b = f()", "(= [a b] (f))"),
    ]);
}

#[test]
fn statements() {
    check(&[
        ("if a:\n    b()\nelif c:\n    d()\nelse:\n    e()", "if a (b) else if c (d) else (e)"),
        ("with open(a) as b, c():\n    d()", "block (= b (open a)) (c) (d)"),
        (
            "try:\n    a()\nexcept E as e:\n    b()\nelse:\n    c()\nfinally:\n    d()",
            "try (a) (c) catch let e (b) finally (d)",
        ),
        ("match a:\n    case 'x' | 'y': b()\n    case n if n: c()\n    case _: d()", "case \"x\" \"y\" (b)"),
        ("def f():\n    global t\n    t = 1\n    u = t", "(= script:t 1) (= u script:t)"),
        ("def f():\n    def g():\n        x = 1\n    return g", "define g return g"),
        ("def f():\n    yield a", "emit a"),
        ("x: Optional[pkg.Client] = f()", "let x: pkg.Client = (f)"),
    ]);
}

#[test]
fn classes() {
    check(&[
        (
            "class A(b.C):\n    x = 1\n    def __init__(self, y):\n        super().__init__(y)\n        self.z = y",
            "type A : b.C field static x = 1 field z",
        ),
        (
            "class A(B):\n    def __init__(self, y):\n        B.__init__(self, y)",
            "Constructor A.A(y) (base y)",
        ),
        (
            "class A:\n    @classmethod\n    def make(cls):\n        return cls(1)",
            "StaticMethod A.make() return (new A 1)",
        ),
        (
            "class A:\n    @property\n    def b(this):\n        return this._b\n    @b.setter\n    def b(this, v):\n        this._b = v",
            "Setter A.b(value) let v = value (= this._b v)",
        ),
        (
            "@dataclass\nclass A:\n    x: str\n    y: Client = None",
            "Constructor A.A(x, y: Client = null) (= this.x x) (= this.y y)",
        ),
        ("class A:\n    x = 'a'\n    def f(self, y=x):\n        return y", "y = [A].x"),
    ]);
}

#[test]
fn a_function_that_is_defined_twice_is_what_it_is_at_its_place() {
    check(&[("def f(): pass\na = f()\ndef f(): pass\nb = f()", "define f (= a (f)) define f (= b (f))")]);
}

#[test]
fn broken_input_keeps_what_is_intact() {
    for code in [
        "x = f(1\ny = g(2)\n",
        "def f(:\n    g()\n",
        "class (:\n  a = b(",
        "\u{feff}f()\0",
        "f(\"",
        "if:\n\tx",
    ] {
        let unit = unit(code);
        assert!(!unit.functions.is_empty());
    }
    let calls = |unit: &Unit| unit.exprs.iter().filter(|e| matches!(e.kind, ExprKind::Call { .. })).count();
    assert!(calls(&unit("x = f(1)\ny = = g(2)\nz = h(3)\n")) >= 2);
}

#[test]
fn what_nests_too_deep_is_a_gap() {
    for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("-", ""), ("not ", ""), ("lambda: ", "")] {
        let deep = format!("x = {}1{}", open.repeat(5 * MAX_DEPTH), close.repeat(5 * MAX_DEPTH));
        let _ = unit(&deep);
    }
    let long = format!("x = {}", vec!["a"; 20_000].join(" + "));
    assert!(unit(&long).gaps.is_empty());
    let _ = unit(&format!("if a: pass\n{}", "elif a: pass\n".repeat(5000)));
    let lines: Vec<String> = (0..500).map(|i| format!("{}if a:", " ".repeat(i))).collect();
    let _ = unit(&lines.join("\n"));
}

fn notebook(text: &str) -> Vec<(&'static str, Unit)> {
    let limit = Limit::new(Duration::from_mins(1));
    let pieces = front_end("jupyter").read_file("a.ipynb", text, &limit).expect("within the limit");
    pieces.into_iter().map(|p| (p.language, p.unit)).collect()
}

#[test]
fn notebooks() {
    let text = r#"{"cells": [
        {"cell_type": "markdown", "source": ["x = no(1)"]},
        {"cell_type": "code", "source": ["%pip install a\n", "a = \"x\u00e9\"\n", "!ls -l\n", "b(a)"]},
        {"cell_type": "code", "source": "%%time\nc('\\t')\n", "metadata": {}},
        {"cell_type": "code", "source": ["%%html\n", "<p>d()</p>"]}
    ], "metadata": {"kernelspec": {"language": "python"}}}"#;
    let pieces = notebook(text);
    let (language, unit) = pieces.iter().find(|(l, _)| *l == "python").expect("it holds Python");
    assert_eq!((*language, unit.gaps.len()), ("python", 0));
    let shown = dump(unit).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("(= a \"xé\") (b a) (c \"\\t\")"), "{shown}");
    let place = |wanted: &str| {
        let found = unit.exprs.iter().find(|e| matches!(&e.kind, ExprKind::Str(s) if &**s == wanted));
        let span = found.expect("the literal").span;
        &text[span.start as usize..span.end as usize]
    };
    assert_eq!(place("xé"), r#"\"x\u00e9\""#);
    assert_eq!(place("\t"), r"'\\t'");
}

#[test]
fn broken_notebooks_do_no_harm() {
    for text in [
        "",
        "{",
        "{\"cells\": [",
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"a()\\",
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"a('\\ud83d\\u12\")\"]}]}",
        "{\"cells\": {\"cell_type\": \"code\"}}",
        "[1, [2, {\"a\" 3}]]",
    ] {
        let _ = notebook(text);
    }
    let _ = notebook(&"[".repeat(10_000));
}
