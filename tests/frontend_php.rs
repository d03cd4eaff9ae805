//! What the PHP front end makes of PHP.

use std::time::Duration;

use pcmfa::frontend::{Frontend, Limit, MAX_DEPTH, REGISTRY};
use pcmfa::ir::{Unit, dump};

fn unit(code: &str) -> Unit {
    let php: &dyn Frontend = *REGISTRY.iter().find(|f| f.language() == "php").expect("PHP is registered");
    php.read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of code behind `<?php`, which must not have gaps.
#[track_caller]
fn check(code: &str, expected: &str) {
    let unit = unit(&format!("<?php\n{code}"));
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    let actual = dump(&unit);
    for line in expected.lines().map(str::trim_end).filter(|l| !l.trim().is_empty()) {
        assert!(actual.lines().any(|l| l.trim() == line.trim()), "no line `{}` in\n{actual}", line.trim());
    }
}

#[test]
fn texts() {
    check("f('a\\'b\\n', \"a\\n\\$b\\x41\\u{e9}\");", r#"(&f "a'b\\n" "a\n$bAé")"#);
    check(r#"f("a $x[b] {$x['c']} $o->p {$o->q()}");"#, r#"(&f `"a " x["b"] " " x["c"] " " o.p " " (o.q)`)"#);
    check("f(<<<E\n  a $x\n    b\n  E);", r#"(&f `"a " x "\n  b"`)"#);
    check("f(<<<'E'\n  a $x\n  E);", r#"(&f "a $x")"#);
    check("$u = 'a' . $b . \"c\"; $u .= 'd';", "(= u `\"a\" b \"c\"`)\n(= u `u \"d\"`)");
    check("f(sprintf('%s/%2$s%%', $a, $b), implode('&', ['a', $b]));", r#"(&f `a "/" b "%"` `"a" "&" b`)"#);
}

#[test]
fn arrays_and_assignments() {
    check(
        "$a = ['x' => 1, 2]; $b = array(1, 'c'); $c[] = 1; $d['k']['l'] = $e;",
        r#"
        (= a {"x": 1, 1: 2})
        (= b [1 "c"])
        (= c[(other )] 1)
        (other (= d["k"] (Coalesce d["k"] {})) (= d["k"]["l"] e))
        "#,
    );
    check("[$a, [$b]] = f(); list($c, , $d) = $e;", "(= [a [b]] (&f))\n(= [c d] e)");
    check("['k' => $c] = g();", r#"(other (= [keys] (&g)) (= c [keys]["k"]))"#);
    check("$a ??= $b ?? 1; $c = $a ?: 2;", "(= a (Coalesce a (Coalesce b 1)))\n(= c (Coalesce a 2))");
}

#[test]
fn names() {
    check("define('A', 1); const B = 2; f(A, \\PHP_EOL);", "(= script:A 1)\n(= script:B 2)\n(&f A \"\\n\")");
    check("$_SESSION['t'] = $_ENV['X']; $GLOBALS['g'] = 1;", "(= global:_SESSION.t env:X)\n(= script:g 1)");
    check("function f() { global $a; $a = $b; }", "(= script:a b)");
    check(
        "namespace A; use B\\C as D; use function E\\g; new D(1); D::h(); g(); \\I\\j();",
        "import B\\C\n(new B\\C 1)\n([B\\C].h)\n(&g)\n(&j)",
    );
    check("require_once __DIR__ . '/lib/x.php'; $c = include 'y.php';", "import ./lib/x.php\nimport ./y.php");
    check("return ['a' => 1];", "(= default {\"a\": 1})\nreturn");
}

#[test]
fn calls() {
    check(
        "$o->f(1, ...$r)?->g(name: 2); $o?->p; $f($x); $o->$m(1);",
        "((o.f 1 ...r).g name: 2)\no.p\n(f x)\n(o[m] 1)",
    );
    check("call_user_func([$o, 'm'], 1); call_user_func_array('f', $a);", "(o.m 1)\n(&f ...a)");
    check(
        "if (isset($a['x']) && !empty($b) || is_null($c)) f();",
        "if (Or (And (other ) (not (not b))) (Eq c null))",
    );
    check(
        "$f = fn($x) => $x . 'a'; $g = function ($y) use ($f) { return $f($y); };",
        "return `x \"a\"`\nreturn (f y)",
    );
}

#[test]
fn types() {
    check(
        r"
        abstract class A extends \N\B implements C {
            use T;
            const URL = 'u', V = self::URL . 'v';
            private static ?string $s = null;
            protected Client $c;
            public function __construct(private readonly ?D $d, $x = 1) {
                parent::__construct($x);
                $this->found = static::$s;
            }
            public static function make(): self { return new static(self::URL); }
            function m() { return self::n($this->d); }
            abstract function n();
        }",
        r#"
        type A : N\B, C, T
        field static URL = "u"
        field static V = `[A].URL "v"`
        field c: Client
        field d: D
        field found
        Constructor A.A(d: D, x = 1)
        (= this.d d)
        (base x)
        (= this.found [A].s)
        StaticMethod A.make() -> A
        return (new A [A].URL)
        return (this.n this.d)
        "#,
    );
    check("enum E: string { case A = 'a'; const B = self::A; }", "type E :\nfield static A = \"a\"");
    check("$x = new class(1) extends F { function g() {} };", "type class@15 : F\n(= x (new class@15 1))");
}

#[test]
fn statements() {
    check(
        "if ($a): f(); elseif ($b): g(); else: h(); endif; foreach ($l as $k => $v) f($v);",
        "if a\nif b\n(&h)\nloop v in l",
    );
    check(
        "switch ($a) { case 1: case 'b': f(); break; default: die('x'); }",
        "switch a\ncase 1 \"b\"\nthrow \"x\"",
    );
    check(
        "try { f(); } catch (E | F $e) { g($e); } finally { h(); } throw new E();",
        "try\nlet e: E\nfinally\nthrow (new E)",
    );
    check(
        "$x = match (true) { $a == 1, 2 => 'a', default => f() };",
        "(= x (match true [(Eq a 1) 2] \"a\" [] (&f)))",
    );
}

#[test]
fn pages() {
    let unit = unit("<p>\n<?php if ($a) { ?>\n <b><?= f($a) ?></b>\n<?php } ?>\n</p>");
    assert!(dump(&unit).contains("(&f a)"), "{}", dump(&unit));
}

#[test]
fn broken_code_keeps_its_calls() {
    for code in [
        "<?php class A { function f() { $x = g(1; h(2); } }",
        "<?php $a = [1, 2; f(",
        "<?php function",
        "<?php \"abc {$x",
        "<?php <<<E\n abc",
        "<?php if ($a {",
        "",
        "\u{0}\u{ffff}<?php é(",
    ] {
        let _ = dump(&unit(code));
    }
    assert!(dump(&unit("<?php $x = g(1; h(2);")).contains("(&h 2)"));
    let deep = format!("<?php $x = {}1{};", "(f(".repeat(MAX_DEPTH * 5), "))".repeat(MAX_DEPTH * 5));
    assert!(!unit(&deep).gaps.is_empty());
}
