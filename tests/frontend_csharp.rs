//! What the C# front end makes of C#.

use std::time::{Duration, Instant};

use pcmfa::frontend::{Frontend, Limit, MAX_DEPTH, REGISTRY};
use pcmfa::ir::{ExprId, ExprKind, Init, StmtKind, Unit, dump};

fn csharp() -> &'static dyn Frontend {
    *REGISTRY.iter().find(|f| f.language() == "csharp").expect("C# is registered")
}

fn unit(code: &str) -> Unit {
    csharp().read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a text that must not have gaps.
fn read(code: &str) -> String {
    let unit = unit(code);
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    dump(&unit)
}

/// The dump of statements at the top level, without the rest.
fn body(code: &str) -> String {
    let text = read(code);
    let start = text.find("TopLevel ()\n").expect("a top level") + "TopLevel ()\n".len();
    text[start..]
        .lines()
        .map(|l| l.strip_prefix("  ").unwrap_or(l))
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

#[track_caller]
fn check(code: &str, expected: &str) {
    assert_eq!(body(code), expected, "in {code}");
}

#[track_caller]
fn check_all(code: &str, expected: &str) {
    let actual = read(code);
    assert_eq!(actual.trim(), expected.trim(), "in {code}\n{actual}");
}

#[test]
fn imports() {
    check_all(
        "global using A;\nusing static B.C;\nusing Pc = D.E<int>;\nusing global::F.G;\nnamespace H.I;\n",
        "import A \nimport B.C \nimport D.E Pc\nimport F.G \nimport H.I \nTopLevel ()",
    );
    check_all(
        "namespace A { namespace B { class C { class D { } } } }",
        "import A \nimport B \ntype C : \ntype D : \nTopLevel ()",
    );
}

#[test]
fn types_and_members() {
    check_all(
        r#"
public partial class A<T> : Base<T>, N.IFoo where T : class {
  const string Url = "https://a" + "/b";
  static readonly HttpClient Client = new() { BaseAddress = new Uri(Url) };
  int[] x, y = { 1 };
  string? Name { get; init; } = "n";
  event Action E;
  Task<string> P => GetAsync();
  int Q { get { return q; } set => q = value; }
  string this[string k] { get => d[k]; set { d[k] = value; } }
  static A() { x = 1; }
  A(string a, int b = 3, params string[] rest) : base(a, b: b) { _a = a; }
  A() : this("x") => go();
  ~A() { never(); }
  static A operator +(A a, A b) => a;
  public static implicit operator string(A a) => a.Name;
  async ValueTask<Foo?> GetAsync<U>(CancellationToken t = default) => new(t);
  void N.IFoo.Go() { }
  abstract string H();
}
struct S { public int F; }
enum E { A, B = 2 }
interface I { string Get(string id); string P { get; } }
static class X { public static string Ext(this string s, int n) => s; }
"#,
        r#"
type A : Base<T>, N.IFoo
  field static Url: string = `"https://a" "/b"`
  field static Client: HttpClient = (new HttpClient .BaseAddress=(new Uri Url))
  field x: int
  field y: int = [1]
  field Name: string = "n"
type S : 
  field F: int
type E : 
  field static A
  field static B = 2
interface I : 
  field P: string
type X : 
TopLevel ()
Getter A.P() -> Task<string>
  return (GetAsync)
Getter A.Q() -> int
  return q
Setter A.Q(value: int)
  return (= q value)
Getter A.this[](k: string) -> string
  return d[k]
Setter A.this[](k: string, value: string)
  (= d[k] value)
StaticConstructor A.A()
  (= x 1)
Constructor A.A(a: string, b: int = 3, rest: string)
  delegates (base a b: b)
  (= _a a)
Constructor A.A()
  delegates (this "x")
  return (go)
StaticMethod A.operator +(a: A, b: A) -> A
  return a
StaticMethod A.implicit operator(a: A) -> string
  return a.Name
Method A.GetAsync(t: CancellationToken = null) -> ValueTask<Foo>
  return (new Foo t)
Method A.Go()
Method A.H() -> string
Method I.Get(id: string) -> string
StaticMethod X.Ext(s: string, n: int) -> string
  return s
"#,
    );
    let unit = unit("static class X { static string Ext(this string s) => s; string No(params int[] s); }");
    assert!(unit.functions[1].is_extension && unit.functions[1].has_body);
    assert!(!unit.functions[2].is_extension && !unit.functions[2].has_body);
    assert!(unit.functions[2].params[0].is_rest);
}

#[test]
fn records_and_primary_constructors() {
    check_all(
        "record R(string A, int B = 1) : Q(A) { int C => B; }\nclass K(IFoo foo) : Base(foo), I { void M() => foo.Go(); }\nrecord struct P(int X);",
        r"
type R : Q
  field A: string
  field B: int
type K : Base, I
  field foo: IFoo
type P : 
  field X: int
TopLevel ()
Constructor R.R(A: string, B: int = 1)
  delegates (base A)
  (= this.A A)
  (= this.B B)
Getter R.C() -> int
  return B
Constructor K.K(foo: IFoo)
  delegates (base foo)
  (= this.foo foo)
Method K.M()
  return (foo.Go)
Constructor P.P(X: int)
  (= this.X X)
",
    );
}

#[test]
fn attributes() {
    let unit = unit(
        r#"[Route("v1/{id}", Name = "x"), My.Other] class C {
             [JsonProperty("a")] string A { get; set; }
             [Conf("k")] int f;
             [Get("/v1/customers")] Task<X> Get([Query] string q); }"#,
    );
    assert!(unit.gaps.is_empty());
    let decl = &unit.types[0];
    let names: Vec<&str> = decl.attributes.iter().map(|a| &*a.name).collect();
    assert_eq!(names, ["Route", "My.Other"]);
    assert_eq!(decl.attributes[0].args.len(), 2);
    assert_eq!(&*decl.fields[0].attributes[0].name, "JsonProperty");
    assert_eq!(&*decl.fields[1].attributes[0].name, "Conf");
    let get = unit.function(decl.methods[0]);
    assert_eq!(&*get.attributes[0].name, "Get");
    assert!(
        matches!(&unit.expr(get.attributes[0].args[0].value).kind, ExprKind::Str(s) if &**s == "/v1/customers")
    );
}

#[test]
fn strings() {
    check(r#"a("x\n\"\u0041\x41\U0001F600\uD83D\uDE00\0");"#, r#"(a "x\n\"AA😀😀\0")"#);
    check(r#"a(@"c:\d""e", '\n', 'x', "b"u8);"#, r#"(a "c:\\d\"e" "\n" "x" "b")"#);
    check("a(\"\"\"\n    raw \"x\"\n\n      y\n    \"\"\");", r#"(a "raw \"x\"\n\n  y")"#);
    check("a(\"\"\"\"one \"\"\" line\"\"\"\");", r#"(a "one \"\"\" line")"#);
    check(r#"a($"{x}/b/{y,5:yy}{{c}}\t{z:0.0}");"#, r#"(a `x "/b/" y "{c}\t" z`)"#);
    check(
        r#"a($@"""{x}\n{{", @$"y", $"", $"{(c ? "q" : $"{w}")}");"#,
        r#"(a `"\"" x "\\n{"` "y" "" `(? c "q" `w`)`)"#,
    );
    check(
        "a($$\"\"\"\r\n    { \"a\": {{b}} }\r\n      c\r\n    \"\"\");",
        r#"(a `"{ \"a\": " b " }\r\n  c"`)"#,
    );
    check("a(\"x\" + y + $\"{z}\" + 1 + (p + q));", "(a `\"x\" y `z` 1 `p q``)");
    check(r"a(nameof(B.C), nameof(D));", r#"(a "C" "D")"#);
    check("a($@\"x\"\"\", $\"\"\"{b}\"\"\");", "(a \"x\\\"\" `b`)");
}

#[test]
fn format_calls() {
    check(r#"a(string.Format("a{0}b{{1}}{1:x}{0,3}", p, q));"#, r#"(a `"a" p "b{1}" q p`)"#);
    check(r#"a(String.Format(CultureInfo.InvariantCulture, "{0}/x", p.Q()));"#, r#"(a `(p.Q) "/x"`)"#);
    check(r#"a(string.Format("{0}{1}", new object[] { p, q }));"#, "(a `p q`)");
    check(r#"a(string.Format("x" + "{0}", p));"#, "(a `\"x\" p`)");
    check(r"a(string.Format(fmt, p));", "(a (string.Format fmt p))");
    check(r#"a(string.Format("no hole", P()));"#, r#"(a (string.Format "no hole" (P)))"#);
    check(r#"a(string.Format("{oops", p));"#, r#"(a (string.Format "{oops" p))"#);
    check(r#"a(string.Concat(p, "/", q), string.Concat(list));"#, r#"(a `p "/" q` (string.Concat list))"#);
    check(r#"a(string.Join("&", p, q), string.Join(',', new[] { p, q }));"#, r#"(a `p "&" q` `p "," q`)"#);
    check(
        r#"a(string.Join("&", list), string.Join(sep, p, q));"#,
        r#"(a (string.Join "&" list) (string.Join sep p q))"#,
    );
}

#[test]
fn calls_and_members() {
    // What an `out` argument is given, only the callee knows.
    check(
        "a.B<C, D<E>>(x: 1, ref y, out var z, in w)[0, 1].F();",
        "((a.B <C> <D<E>> x: 1 y (= z (other )) w)[[0 1]].F)",
    );
    check(
        "Get<Foo>().Bar(); Foo<Bar>.Create(); System.Console.WriteLine();",
        "((Get <Foo>).Bar)\n([Foo<Bar>].Create)\n(System.Console.WriteLine)",
    );
    check("var z = a?.b?.c(d)?[\"k\"] ?? this.x!.y;", "let z = (Coalesce (a.b.c d)[\"k\"] this.x.y)");
    check("a?.b = c == d?.e;", "(= a.b (Eq c d.e))");
    check("var x = await (await F()).G().ConfigureAwait(false);", "let x = (((F).G).ConfigureAwait false)");
    check(
        "f(this, typeof(A.B<int>), default, default(int), (string)v, v as Foo, -1, !b, base.X);",
        "(f this [A.B<int>] null null (as string v) (as Foo v) -1 (not b) base.X)",
    );
    check("var c = string.IsNullOrEmpty(x) ? 1.5 : .5;", "let c = (? (string.IsNullOrEmpty x) 1.5 .5)");
}

#[test]
fn object_creation() {
    check(
        r#"var r = new System.Net.Http.Req(HttpMethod.Get, u) { Content = c, Headers = { ["a"] = "b", { "c", "d" } }, L = { 1 } };"#,
        r#"let r = (new System.Net.Http.Req HttpMethod.Get u .Content=c .Headers=(new _ ["a"]="b" ["c"]="d") .L=(new _ +1))"#,
    );
    check(
        r#"Foo f = new(1) { A = 2 }; x.Y = new("a"); Foo g = c ? new() : null;"#,
        "let f: Foo = (new Foo 1 .A=2)\n(= x.Y (new _ \"a\"))\nlet g: Foo = (? c (new Foo) null)",
    );
    check(
        "List<Foo> l = [new(1), ..m]; Foo[] n = { new() };",
        "let l: List<Foo> = [(new Foo 1) (other m)]\nlet n: Foo = [(new Foo)]",
    );
    check(
        r#"a(new { b = 1, c.D, e, f?.G }, new[] { "x" }, new string[] { y }, (p, q: r), new byte[n]);"#,
        r#"(a {"b": 1, "D": c.D, "e": e, "G": f.G} ["x"] [y] [p r] (other n))"#,
    );
    check(
        r#"var d = new Dictionary<string, string> { { "a", b }, ["c"] = d };"#,
        r#"let d = (new Dictionary<string, string> ["a"]=b ["c"]=d)"#,
    );
    check("var w = r with { A = 1 };", "let w = (new _ r .A=1)");
    let unit = unit("class C { HttpClient H() { return new(); } async Task<A> G() { return new(); } }");
    let types: Vec<String> = unit
        .exprs
        .iter()
        .filter_map(|e| match &e.kind {
            ExprKind::New { ty, .. } => ty.as_ref().map(|t| t.name.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(types, ["HttpClient", "A"]);
}

#[test]
fn assignments() {
    check(
        "s += \"x\"; t ??= u; n -= 1; _ = F(); e += (o, a) => G(a);",
        "(= s `s \"x\"`)\n(= t (Coalesce t u))\n(= n (other n 1))\n(F)\n(= e `e (lambda Lambda (o, a)\n  return (G a)\n)`)",
    );
    check(
        "var (a, (b, _)) = f(); (var c, string d) = g(); (a, x.y) = h();",
        "(= [a [b _]] (f))\n(= [c d] (g))\n(= [a x.y] (h))",
    );
    check(
        "int a = 1, b = a; const string C = \"c\"; using var r = F();",
        "let a: int = 1\nlet b: int = a\nlet C: string = \"c\"\nlet r = (F)",
    );
}

#[test]
fn functions_as_values() {
    check(
        "var f = async (string s, int t) => { await K(s); return 1; };",
        "let f = (lambda Lambda (s: string, t: int)\n  (K s)\n  return 1\n)",
    );
    check(
        "x.Select(y => y.Z, static () => 1, delegate(int q) { return q; });",
        "(x.Select (lambda Lambda (y)\n  return y.Z\n) (lambda Lambda ()\n  return 1\n) (lambda Lambda (q: int)\n  return q\n))",
    );
    check(
        "async Task<int> L(int v) => await J(v); L(1);",
        "define L\n(L 1)\nFunction L(v: int) -> Task<int>\nreturn (J v)",
    );
}

#[test]
fn patterns() {
    check(
        "if (x is Foo f && y is not null || w is null) { }",
        "if (Or (And (Other x (= f (as Foo x))) (Ne y null)) (Eq w null))",
    );
    check(
        "a(x is string, x is Foo, x is \"s\", x is { } y, x is { }, x is not Foo, x is var z, x is > 1 and < 5);",
        "(a (Other x [string]) (Eq x Foo) (Eq x \"s\") (Other x (= y x)) (Ne x null) (Ne x Foo) (Other x (= z x)) \
         (And (Other x 1) (Other x 5)))",
    );
    check(
        "a(x is Foo { A.B: \"q\", C: var c } f);",
        "(a (Other x (other (Other x (= f (as Foo x))) (Eq x.A.B \"q\") (Other x.C (= c x.C)))))",
    );
    check(
        "var u = x switch { \"a\" or \"b\" => 1, Foo f when f.X => f.Y, null => 3, _ => throw new E() };",
        "let u = (match x [\"a\" \"b\"] 1 [(other (other (Other x (= f (as Foo x)))) f.X)] f.Y [null] 3 [] (other (new E)))",
    );
    check(
        "switch (x) { case 1: case K.A: a(); break; case Foo f: f(); break; case \"s\": default: c(); return; }",
        "switch x\ncase 1 K.A\n  (a)\n  jump\ncase (other (Other x (= f (as Foo x))))\n  (f)\n  jump\ncase\n  (c)\n  return",
    );
}

#[test]
fn statements() {
    check(
        "for (int i = 0, j = 1; i < 3; i++, k(j)) { a(i); }",
        "loop while (Other i 3)\n  let i: int = 0\n  let j: int = 1\n  (a i)\n  (other i)\n  (k j)",
    );
    check(
        "await foreach (var (i, j) in xs) continue; foreach (string s in ys) { break; }",
        "loop [i j] in xs\n  jump\nloop s in ys\n  jump",
    );
    check("while (a) b(); do { c(); } while (d);", "loop while a\n  (b)\nloop while d\n  (c)");
    check(
        "try { a(); } catch (N.Foo ex) when (ex.X) { throw; } catch { throw ex; } finally { b(); }",
        "try\n  (a)\ncatch\n  let ex: N.Foo\n  ex.X\n  throw\ncatch\n  throw ex\nfinally\n  (b)",
    );
    check(
        "using (var s = new S()) { s.T(); } lock (x) y(); using (z) { } checked { w(); }",
        "block\n  let s = (new S)\n  (s.T)\nblock\n  x\n  (y)\nblock\n  z\nblock\n  (w)",
    );
    check("if (a) b(); else if (c) d(); else e();", "if a\n  (b)\nelse\n  if c\n    (d)\n  else\n    (e)");
    check("l: yield return x; yield break; goto l;", "emit x\nreturn\njump");
    check(
        "var q = from x in xs where x.Ok() let y = x.Z select y.Go();",
        "let q = (other (= x (other xs)) (other (x.Ok)) (= y x.Z) (other (y.Go)))",
    );
}

#[test]
fn spans_point_into_the_text() {
    let code = "class Ab { void Cd() { x?.Ef(1).Gh(new Ij(2)); } }";
    let unit = unit(code);
    let at = |s: pcmfa::ir::Span| &code[s.start as usize..s.end as usize];
    assert_eq!(at(unit.types[0].span), "Ab");
    assert_eq!(at(unit.functions[1].span), "Cd");
    let calls: Vec<&str> = unit
        .exprs
        .iter()
        .filter(|e| matches!(e.kind, ExprKind::Call { .. } | ExprKind::New { .. }))
        .map(|e| at(e.span))
        .collect();
    assert_eq!(calls, ["x?.Ef(1)", "new Ij(2)", "x?.Ef(1).Gh(new Ij(2))"]);
}

#[test]
fn comments_are_not_code() {
    check_all("/// <code>a();</code>\n// b();\n/* c(); */ class D { /* e(); */ }", "type D : \nTopLevel ()");
    check("a(/* b */ c, // d\n e);", "(a c e)");
}

#[test]
fn dead_branches_are_not_code() {
    check(
        "#if false\na( ;\n#elif FALSE && X\nb();\n#else\nc();\n#endif\n#if true\nd();\n#else\ne();\n#endif",
        "(c)\n(d)",
    );
    check("#define ON\n#if !ON || (false)\na();\n#endif\n#if ON\nb();\n#endif", "(b)");
    check("var s = @\"\n#if false\n\"; a(s);", "let s = \"\\n#if false\\n\"\n(a s)");
    check("#if A\n#if false\na();\n#endif\nb();\n#endif", "if (other )\n  (b)");
}

#[test]
fn both_branches_of_other_conditions() {
    check(
        "#if DEBUG\nvar url = \"a\";\n#else\nvar url = \"b\";\n#endif\nuse(url);",
        "let url\nif (other )\n  (= url \"a\")\nelse\n  (= url \"b\")\n(use url)",
    );
    check_all(
        "class A {\n#if X\nvoid M() { }\n#else\nvoid N() { }\n#endif\n}",
        "type A : \nTopLevel ()\nMethod A.M()\nMethod A.N()",
    );
    // Around a head, only one branch can stand; the other is a gap.
    let unit =
        unit("class A\n#if X\n : B\n#else\n : C\n#endif\n{\n void M() {\n#if Y\n  var u = 1;\n#endif\n }\n}");
    assert_eq!(unit.gaps.len(), 1);
    assert_eq!(
        dump(&unit),
        "type A : B\nTopLevel ()\nMethod A.M()\n  let u: \n"
            .replace("let u: \n", "let u\n  if (other )\n    (= u 1)\n")
    );
}

#[test]
fn intact_code_inside_errors() {
    let broken = unit(
        "class A : B {\n HttpClient c = new();\n void M() { var x = Foo(1, ; Bar(\"a\" + b); if (x) { Baz( } Qux(); }\n string P { get; set }\n void O() { R(); \n}\nclass D { void Z() { Y(); } }",
    );
    assert!(!broken.gaps.is_empty());
    let text = dump(&broken);
    for expected in [
        "type A : B",
        "field c: HttpClient = (new HttpClient)",
        "Bar `\"a\" b`",
        "(Qux)",
        "Method A.O()",
        "(R)",
        "Method D.Z()",
    ] {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
}

#[test]
fn what_the_grammar_does_not_know() {
    check_all(
        "static class E { extension(Http c) { public Task G(string p) => c.Get(p); } static int H() => 1; }",
        "type E : \nTopLevel ()\nStaticMethod E.G(c: Http, p: string) -> Task\n  return (c.Get p)\nStaticMethod E.H() -> int\n  return 1",
    );
    check(
        "#:package Foo@1.0\nvoid F(bool async) { if (async) G(async: async, $\"\"); }",
        "define F\nFunction F(async: bool)\nif async\n  (G async: async \"\")",
    );
}

#[test]
fn razor() {
    let page = r#"@page
@using Foo.Bar
@inject IPartner<int> Svc
@{
    var token = await Tokens.Get("x { y");
    if (token == null) {
        <p class="it's">@token</p>
        @: not code
    }
}
<h1>user@example.com it's @token</h1>
@functions {
    string url = "https://a";
    [Inject] HttpClient Http { get; set; }
    async Task<string> Get(string p) { return await Http.Get(url + p); }
}
"#;
    check_all(
        page,
        r#"
import Foo.Bar 
type  : 
  field url: string = "https://a"
  field Http: HttpClient
  field Svc: IPartner<int>
TopLevel ()
  let token = (Tokens.Get "x { y")
  if (Eq token null)
Method .Get(p: string) -> Task<string>
  return (Http.Get `url p`)
"#,
    );
    check_all("@code{\n int n { get; set; }\n}\n", "type  : \n  field n: int\nTopLevel ()");
    let unit = unit(page);
    let url = unit
        .exprs
        .iter()
        .find(|e| matches!(&e.kind, ExprKind::Str(s) if &**s == "https://a"))
        .expect("the URL");
    assert_eq!(&page[url.span.start as usize..url.span.end as usize], "\"https://a\"");
}

/// The depth of the deepest expression or statement, measured without recursion.
fn depth(unit: &Unit) -> usize {
    enum Node {
        Expr(ExprId),
        Block(Vec<pcmfa::ir::StmtId>),
    }
    let mut deepest = 0;
    let mut stack: Vec<(usize, Node)> =
        unit.functions.iter().map(|f| (0, Node::Block(f.body.clone()))).collect();
    while let Some((level, node)) = stack.pop() {
        deepest = deepest.max(level);
        let mut exprs: Vec<ExprId> = Vec::new();
        let mut blocks = Vec::new();
        match node {
            Node::Block(block) => {
                for id in block {
                    match &unit.stmt(id).kind {
                        StmtKind::Expr(e) | StmtKind::Emit(e) => exprs.push(*e),
                        StmtKind::Let { value, .. } => exprs.extend(value),
                        StmtKind::Return(e) | StmtKind::Throw(e) => exprs.extend(e),
                        StmtKind::If { test, then, otherwise } => {
                            exprs.push(*test);
                            blocks.extend([then.clone(), otherwise.clone()]);
                        }
                        StmtKind::Loop { body, .. } | StmtKind::Block(body) => blocks.push(body.clone()),
                        _ => {}
                    }
                }
            }
            Node::Expr(id) => match &unit.expr(id).kind {
                ExprKind::Template(x) | ExprKind::List(x) | ExprKind::Other(x) => exprs.extend(x),
                ExprKind::Member { object, .. } => exprs.push(*object),
                ExprKind::Call { callee, args, .. } => {
                    exprs.push(*callee);
                    exprs.extend(args.iter().map(|a| a.value));
                }
                ExprKind::New { args, init, .. } => {
                    exprs.extend(args.iter().map(|a| a.value));
                    exprs.extend(init.iter().map(|i| match i {
                        Init::Member(_, e) | Init::Entry(_, e) | Init::Element(e) => *e,
                    }));
                }
                ExprKind::Binary { left, right, .. } => exprs.extend([*left, *right]),
                ExprKind::Not(e) | ExprKind::Cast { value: e, .. } => exprs.push(*e),
                ExprKind::Lambda(f) => blocks.push(unit.function(*f).body.clone()),
                ExprKind::Cond { test, then, otherwise } => exprs.extend([*test, *then, *otherwise]),
                _ => {}
            },
        }
        stack.extend(exprs.into_iter().map(|e| (level + 1, Node::Expr(e))));
        stack.extend(blocks.into_iter().map(|b| (level + 1, Node::Block(b))));
    }
    deepest
}

#[test]
fn hostile_input() {
    const MANY: usize = 100_000;
    let mut noise = Vec::new();
    let mut state = 1_u32;
    for _ in 0..20_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        noise.push((state >> 24) as u8);
    }
    let texts = [
        String::new(),
        String::from_utf8_lossy(&noise).into_owned(),
        "(".repeat(MANY),
        format!("x = {}1{};", "(".repeat(MANY), ")".repeat(MANY)),
        format!("x = {}1{};", "(".repeat(1_000_000), ")".repeat(1_000_000)),
        "{".repeat(MANY),
        format!("{}{}", "{".repeat(MANY), "}".repeat(MANY)),
        "if(".repeat(MANY),
        "if(a)".repeat(MANY),
        format!("if(a)b();{}", "else if(a)b();".repeat(5_000)),
        format!("x = a{};", ".b()".repeat(20_000)),
        format!("x = {}a{};", "f(".repeat(20_000), ")".repeat(20_000)),
        format!("x = {}a;", "!".repeat(20_000)),
        format!("x = {}a;", "b => ".repeat(5_000)),
        format!("x = a{};", " ?? b".repeat(20_000)),
        format!("x = a{};", " && b == c".repeat(20_000)),
        format!("x = a{};", " ? b : c".repeat(5_000)),
        format!("x = {}1{};", "new A { B = ".repeat(5_000), "}".repeat(5_000)),
        format!("x = {}1{};", "[".repeat(20_000), "]".repeat(20_000)),
        format!("x = {}1{};", "$\"{".repeat(5_000), "}\"".repeat(5_000)),
        format!("{} x{};", "A<".repeat(5_000), ">".repeat(5_000)),
        format!("A{} x;", ".B".repeat(20_000)),
        format!("{}{}", "class A {".repeat(20_000), "}".repeat(20_000)),
        format!("x = a is {}b{};", "(".repeat(2_000), ")".repeat(2_000)),
        format!("x = a is {}b;", "not ".repeat(5_000)),
        "#if A\n".repeat(20_000),
        format!("#if {}A", "(".repeat(MANY)),
        format!("#if {}A", "!".repeat(MANY)),
        format!("@{{ {}", "{".repeat(MANY)),
        "@{".repeat(20_000),
        "a(\"unterminated".to_owned(),
        "a(@\"unterminated\n\n b();".to_owned(),
        "a($\"{b(\"\"\"".to_owned(),
        "a('".to_owned(),
        "/* never closed".to_owned(),
        "\u{feff}class A { }".to_owned(),
    ];
    for text in texts {
        let start = Instant::now();
        let head: String = text.chars().take(40).collect();
        let unit = csharp().read(&text, &Limit::new(Duration::from_secs(5)));
        let Some(unit) = unit else { continue };
        let depth = depth(&unit);
        assert!(depth <= 2 * MAX_DEPTH, "{depth} levels for {head}");
        for gap in &unit.gaps {
            assert!(gap.start <= gap.end && gap.end as usize <= text.len());
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{:?} for {head}", start.elapsed());
    }
}

#[test]
fn long_concatenations_stay_whole() {
    let code = format!("x = \"a\"{};", " + b".repeat(3_000));
    let unit = unit(&code);
    assert!(unit.gaps.is_empty());
    assert!(unit.exprs.iter().any(|e| matches!(&e.kind, ExprKind::Template(parts) if parts.len() == 3_001)));
}

#[test]
fn nothing_is_lost_below_the_limit() {
    let code = format!("x = a{};", ".b(\"c\")".repeat(80));
    let unit = unit(&code);
    assert!(unit.gaps.is_empty());
    assert_eq!(unit.exprs.iter().filter(|e| matches!(e.kind, ExprKind::Call { .. })).count(), 80);
}

#[test]
fn the_time_limit_is_kept() {
    assert!(csharp().read(&"class A { } ".repeat(100_000), &Limit::new(Duration::ZERO)).is_none());
}
