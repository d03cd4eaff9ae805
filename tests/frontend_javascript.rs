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

#[test]
fn imports_and_exports() {
    check(
        "javascript",
        r"import a, { b as c, d } from 'x';
import * as ns from './y.js';
import './side';
export * from '../z';
export { e as f } from './w';
const { g, h: i } = require('./g');
const j = require('node:k').l;
const m = require('n');
export default 1;",
        r"import x.default a
import x.b c
import x.d d
import ./y ns
import ./side 
import ../z.* 
import ./w.e f
import ./g.g g
import ./g.h i
import k.l j
import n.default m
TopLevel ()
  let default = 1",
    );
    check(
        "javascript",
        r"exports.a = async (x, ...rest) => x;
module.exports = { b: 1, ...c, [d]: 2 };
exports.e = e;
function f() { const { g } = require('./g'); return import('h'); }",
        r#"TopLevel ()
  (= script:default {"b": 1, ...c, d: 2})
  e
Function a(x, rest)
  return x
Function f()
  let g = (module "./g").g
  return (module "h")"#,
    );
}

#[test]
fn classes_interfaces_and_enums() {
    check(
        "typescript",
        r"export class A<T> extends B implements C {
  private x: string = 'a';
  #p;
  constructor(private readonly h: HttpClient, @Inject() y?: Y) { super(h); this.q = y!; }
  get v(): Promise<D> { return this.x as any; }
  run = async () => { await this.h.get<E>('u'); };
  static s(): void {}
}
interface I { a: string | null; m(): Promise<R>; }
enum N { X = 'x', Y }",
        r#"type A : B, C
  field x: string = "a"
  field #p
  field h: HttpClient
  field q
interface I : 
  field a: string
type N : 
  field static X = "x"
  field static Y
TopLevel ()
Constructor A.A(h: HttpClient, y: Y)
  (= this.h h)
  (base h)
  (= this.q y)
Getter A.v() -> D
  return this.x
Method A.run()
  (this.h.get <E> "u")
StaticMethod A.s()
Method I.m() -> R"#,
    );
}

#[test]
fn functions_and_objects_that_are_classes() {
    check(
        "javascript",
        r"Foo.prototype.bar = function () { this.z = 1; };
function Foo(a) { this.y = a; }",
        r"type Foo : 
  field z
  field y
TopLevel ()
Method Foo.bar()
  (= this.z 1)
Constructor Foo.Foo(a)
  (= this.y a)",
    );
    check(
        "javascript",
        r"const o = { a: 1, b() { this.c = this.a; } };",
        r"type object@10 : 
  field a = 1
  field c
TopLevel ()
  let o = (new object@10)
Method object@10.b()
  (= this.c this.a)",
    );
}

#[test]
fn patterns() {
    check(
        "javascript",
        r"function e({ f, g = 1 }, [h]) { return `a${f}b\n` + process.env.H + import.meta.env.I; }",
        r#"TopLevel ()
Function e(value@11, value@25)
  let f = value@11.f
  let g = (Coalesce value@11.g 1)
  let h = value@25[0]
  return ``"a" f "b\n"` env:H env:I`"#,
    );
    check(
        "javascript",
        r"const { A, B: c } = process.env; const [s, setS] = useState(0);",
        r"TopLevel ()
  let A = env:A
  let c = env:B
  let value@39 = (useState 0)
  let s = value@39
  let setS = (lambda Lambda (value)
    (= s value)
)",
    );
}

#[test]
fn values_and_conditions() {
    check(
        "javascript",
        r"if (a && !b || c) { d = e || f; }
l = m && n;
o?.p?.['q']?.(r);
s = ['t', u].join('/');
v.w.call(this, x);
Object.assign(y, { z: 1 });",
        r#"TopLevel ()
  if (Or (And a (not b)) c)
    (= d (Coalesce e f))
  (= l (? m n null))
  (o.p["q"] r)
  (= s `"t" "/" u`)
  (v.w x)
  (= y {...y, ...{"z": 1}})"#,
    );
    check(
        "javascript",
        r"const p = new Promise((resolve) => go(() => resolve(1)));",
        r"TopLevel ()
  let p = (do
    let value@10 = null
    ((lambda Lambda (resolve)
    return (go (lambda Lambda ()
    return (resolve 1)
))
) (lambda Lambda (value)
    (= value@10 value)
))
    emit value@10
    )",
    );
    check(
        "javascript",
        r"a.pipe(map((b) => b), c()).subscribe(d);",
        r"TopLevel ()
  (((a.map (lambda Lambda (b)
    return b
)).c).subscribe d)",
    );
}

#[test]
fn statements() {
    check(
        "javascript",
        r"for (const [k, v] of g) h(k);
switch (x) { case 1: case 2: y(); break; default: z(); }
try { t(); } catch ({ message }) { u(message); } finally { w(); }
do { a++; } while (b);
label: for (let i = 0; i < 2; i += 1) { continue label; }",
        r"TopLevel ()
  loop value@11 in g
    let k = value@11[0]
    let v = value@11[1]
    (h k)
  switch x
  case 1 2
    (y)
    jump
  case
    (z)
  try
    (t)
  catch
    let value@107 = (other )
    let message = value@107.message
    (u message)
  finally
    (w)
  loop
    (other a)
    b
  loop while (Other i 2)
    let i = 0
    jump
    (= i `i 1`)",
    );
}

#[test]
fn elements() {
    check(
        "javascript",
        r#"function F({ token }) { return <div id="a"><G token={token} {...x} />{y}</div>; }"#,
        r#"TopLevel ()
Function F(value@11)
  let token = value@11.token
  return (other {"id": "a"} (G {"token": token, ...x}) y)"#,
    );
}

#[test]
fn casts_in_one_grammar_are_elements_in_the_other() {
    check(
        "typescript",
        r"let a = <B>c;",
        r"TopLevel ()
  let a = (as B c)",
    );
    check(
        "typescript",
        r"let a = <B c={d}/>;",
        r#"TopLevel ()
  let a = (B {"c": d})"#,
    );
    check(
        "javascript",
        r"function f(a: string): B { return a; }",
        r"TopLevel ()
Function f(a: string) -> B
  return a",
    );
}

#[test]
fn who_sees_a_file() {
    assert_eq!(unit("javascript", "var a = 1;").conventions.visibility, Visibility::Program);
    for code in ["import 'a';", "export const a = 1;", "const a = require('a');", "module.exports = 1;"] {
        assert_eq!(unit("javascript", code).conventions.visibility, Visibility::File, "{code}");
    }
}

#[test]
fn pages_are_read_in_place() {
    let page = "<!-- <script>a()</script> -->\n<script type=\"application/json\">{}</script>\n<script>\nb('x');\n</script>\n\
                <script setup lang=\"ts\">let c: D = 'y';</script>";
    let limit = Limit::new(Duration::from_mins(1));
    let pieces = front_end("javascript").read_file("a.vue", page, &limit).expect("within the limit");
    let [piece] = pieces.as_slice() else { panic!("{} pieces", pieces.len()) };
    assert_eq!(piece.language, "typescript");
    assert_eq!(dump(&piece.unit).trim(), "TopLevel ()\n  (b \"x\")\n  let c: D = \"y\"");
    for expr in &piece.unit.exprs {
        if let pcmfa::ir::ExprKind::Str(text) = &expr.kind {
            let (from, to) = (expr.span.start as usize, expr.span.end as usize);
            assert_eq!(page[from..to].trim_matches('\''), &**text);
        }
    }
}

#[test]
fn broken_code_keeps_what_is_intact() {
    let unit =
        unit("javascript", "class A { m( { fetch('a') }\nfunction g() { h('b'; }\nconst c = {{ ;; i('d');");
    let text = dump(&unit);
    assert!(!unit.gaps.is_empty());
    assert!(text.contains("\"a\"") && text.contains("\"b\""), "{text}");
}

#[test]
fn hostile_code_ends() {
    let start = Instant::now();
    for code in [
        "(".repeat(20_000),
        "a(".repeat(5_000),
        "[{a:".repeat(5_000),
        "`${".repeat(2_000),
        "a+".repeat(50_000),
        "a?b:".repeat(5_000),
        "if(a)".repeat(5_000),
        "a=>".repeat(5_000),
        "!".repeat(20_000),
        "a&&".repeat(20_000),
        "<a>".repeat(2_000),
        "let {a:".repeat(2_000),
        "'\\u{110000}\\x\\u12'".to_owned(),
        "type A=".to_owned() + &"(A|".repeat(2_000),
    ] {
        for language in ["javascript", "typescript"] {
            let _ = dump(&unit(language, &code));
        }
    }
    assert!(start.elapsed() < Duration::from_mins(2));
}
