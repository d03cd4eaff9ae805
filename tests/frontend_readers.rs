//! What the readers without a grammar make of Visual Basic, F#, Power Query M and Perl.

use std::time::{Duration, Instant};

use pcmfa::frontend::{Frontend, Limit, MAX_DEPTH, REGISTRY};
use pcmfa::ir::{Unit, dump};

const LANGUAGES: [&str; 4] = ["vbnet", "fsharp", "powerquery-m", "perl"];

fn unit(language: &str, code: &str) -> Unit {
    let frontend: &dyn Frontend =
        *REGISTRY.iter().find(|f| f.language() == language).expect("the language is registered");
    frontend.read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a text without gaps holds all these parts.
#[track_caller]
fn check(language: &str, code: &str, expected: &[&str]) {
    let unit = unit(language, code);
    let text = dump(&unit);
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}\n{text}", unit.gaps);
    for part in expected {
        assert!(text.contains(part), "{part}\nis missing for {code}\n{text}");
    }
}

#[test]
fn visual_basic() {
    let check = |code: &str, expected: &[&str]| check("vbnet", code, expected);
    check(
        "Imports Pc = A.B, C.D\nNamespace X.Y\nEnd Namespace",
        &["import a.b pc", "import c.d", "import x.y"],
    );
    check(
        "Dim a, b As New List(Of String) From {\"x\"}, c% = 1",
        &["let b: list<string> = (new list<string> +\"x\")", "let c = 1"],
    );
    check(
        "Dim s = \"a \"\"b\"\" \" & x & $\"{y,5:N2}{{z}}\" ' no \"text\"",
        &[r#"let s = `"a \"b\" " x `y "{z}"``"#],
    );
    check("s = String.Format(\"{0}/{1:x}\", a, b)", &[r#"(= s `a "/" b`)"#]);
    check("x.Y = New Z With {.A = 1, .B = {1, 2}}", &["(= x.y (new z .a=1 .b=[1 2]))"]);
    check("Dim m = New With {Key .A = 1, .B = x}", &[r#"let m = {"A": 1, "B": x}"#.to_lowercase().as_str()]);
    check(
        "Module M\nSub Main()\nFor i = 0 To 3 Step 1\nNext i\nFor Each c As T In cs : Go(c) : Next\nEnd Sub\nEnd Module",
        &["StaticMethod m.main()", "loop c in cs", "(go c)"],
    );
    check(
        "If a Then b() Else c()\nIf d Then\ne()\nElseIf f Then\ng()\nElse\nh()\nEnd If",
        &["if a\n    (b)\n  else\n    (c)", "if f\n      (g)\n    else\n      (h)"],
    );
    check(
        "Dim f = Function(x) x + 1\nDim g = Async Sub()\nAwait h(1)\nEnd Sub\ni(2)",
        &["(lambda Lambda (x)", "(h 1)", "(i 2)"],
    );
    check("With a.B()\n.C = 1\n.D(2)\nEnd With", &["let with$1 = (a.b)", "(= with$1.c 1)", "(with$1.d 2)"]);
    check("Select Case k\nCase 1, 2 To 3, Is > 4\na()\nCase Else\nb()\nEnd Select", &["switch k", "case"]);
    check(
        "Class C\nInherits B\nImplements I, J\nPublic Property P As String = \"x\"\nReadOnly Property Q As Integer\nGet\nReturn 1\nEnd Get\nEnd Property\n<Obsolete(\"a\")> Public Shared Function F(Optional a As Integer = 1, ParamArray b() As T) As Task(Of String) Implements I.F\nF = g(name:=a)\nEnd Function\nSub New()\nMyBase.New(1)\nEnd Sub\nEnd Class",
        &[
            "type c : b, i, j",
            "field p: string = \"x\"",
            "Getter c.q() -> integer",
            "StaticMethod c.f(a: integer = 1, b: t) -> task<string>\n  emit (g name: a)",
            "Constructor c.c()\n  delegates (base 1)",
        ],
    );
    check(
        "Dim v = If(a, b)\nDim w = If(a, b, c)\nDim u = CType(x, T)\nDim t = DirectCast(New A(), B)",
        &["(Coalesce a b)", "(? a b c)", "(as t x)", "(as b (new a))"],
    );
    check("Dim a = x _\n  .Y() _ ' more\n  .Z()\nb(\n1,\n2)", &["let a = ((x.y).z)", "(b 1 2)"]);
    check("Try\na()\nCatch ex As E When b\nc()\nFinally\nd()\nEnd Try", &["try", "catch", "finally"]);
    check(
        "Dim d = New Dictionary(Of String, String)\nd(\"k\") = d!j\nDim q = From c In cs Where c.A Select c.B",
        &["(= d[\"k\"] d[\"j\"])", "c.b"],
    );
    check(
        "Using a As New B(), c = d()\ne()\nEnd Using\n#Region \"r\"\nDim [If] = #1/2/2020#\n#End Region",
        &["let a: b = (new b)", "let c = (d)"],
    );
}

#[test]
fn fsharp() {
    let check = |code: &str, expected: &[&str]| check("fsharp", code, expected);
    check(
        "open A.B\nlet x = 1\nlet f a (b: int, c) = a + b\nf 1 (2, x) |> ignore",
        &["import A.B", "let x = 1", "Function f(a, b: int, c)", "(f 1 2 x)"],
    );
    check(
        "let t = async {\n    let! r = g ()\n    use s = h r\n    return! k s\n}",
        &["let r = (g)", "let s = (h r)", "emit (k s)"],
    );
    check(
        "let s = $\"a{x.Y:N}b%d{z}\" + \"\"\"c\"d\"\"\" + @\"e\\f\"\"\"",
        &[r#"`"a" x.Y "b" z "c\"d" "e\\f\""`"#],
    );
    check(
        "let s = sprintf \"%s/%d\" a 1\nlet u = String.Format(\"{0}-{1}\", a, b)",
        &[r#"`a "/" 1`"#, r#"`a "-" b`"#],
    );
    check(
        "let c = new T(1, A = 2)\nlet d = U(B = 3)\nx.P <- y",
        &["(new T 1 .A=2)", "(new U .B=3)", "(= x.P y)"],
    );
    check("let m = [ \"a\", 1\n          \"b\", 2 ]\nlet l = [| 1; 2 |]", &[r#"{"a": 1, "b": 2}"#, "[1 2]"]);
    check(
        "type R = { A: string; B: int }\nlet r = { A = \"x\"; B = 1 }\nlet q = { r with B = 2 }",
        &["field A: string", "(new R .A=\"x\" .B=1)"],
    );
    check(
        "let h v =\n    match v with\n    | \"a\" | \"b\" -> 1\n    | Some x when x > 1 -> x\n    | _ -> 0",
        &["(match v [\"a\" \"b\"] 1", "let x = v"],
    );
    check(
        "let k a =\n    if a then\n        b ()\n    elif c then d ()\n    else\n        e ()\n        f ()",
        &["(? a (b) (? c (d)", "emit (f)"],
    );
    check("xs |> List.map (fun x -> x.Id) |> g\ny |> fun z -> z", &["(g (List.map (lambda Lambda (x)"]);
    check(
        "module M =\n    [<Literal>]\n    let A = \"a\"\n    let f () = A\n",
        &["type M :", "field static A = \"a\"", "StaticMethod M.f()"],
    );
    check(
        "type C(a: string, ?b: int) as self =\n    inherit B(a)\n    let c = a\n    static let d = 1\n    member this.P = c\n    member _.M(x: int, y) : string = this.N x\n    static member S() = C(\"x\")\n    member val V = 1 with get, set\n    interface I with\n        member x.Dispose() = ()",
        &[
            "type C : B, I",
            "Getter C.P()",
            "Method C.M(x: int, y) -> string",
            "StaticMethod C.S()",
            "field V = 1",
            "(= this.c a)",
        ],
    );
    check("try\n    a ()\nwith\n| :? E as e -> b e\n| _ -> c ()", &["try", "(b e)"]);
    check(
        "let x = f<int> a\nlet g (y: Dictionary<string, List<int>>) = y.[\"k\"]\nlet z = a.B<C>(d)",
        &["(f <int>", "y[\"k\"]", "(a.B <C> d)"],
    );
}

#[test]
fn power_query() {
    let check = |code: &str, expected: &[&str]| check("powerquery-m", code, expected);
    check("let b = a & \"x\"\"y#(lf)\", a = 1 in b", &["let a = 1", r#"let b = `a "x\"y\n"`"#, "emit b"]);
    check(
        "section S; shared F = (a as text, optional b as nullable number) as any => a{0}[x y]?; #\"G h\" = each [Id];",
        &["Function F(a: text, b: number = null)", "a[0][\"x y\"]", "let G h = (lambda Lambda (_)"],
    );
    check(
        "Web.Contents(\"u\", [Headers = [#\"A-B\" = 1], Content = c])",
        &["(Web.Contents \"u\" Headers: {\"A-B\": 1} Content: c)"],
    );
    check(
        "if a = 1 and not b then try c otherwise d else error \"x\"",
        &["(? (And (Eq a 1) (not b)) (Coalesce c d)"],
    );
    check(
        "Table.AddColumn(t, \"x\", each if [a] > 1 then null else _, type nullable text)",
        &["(? (Other _[\"a\"] 1) null _)"],
    );
    check("[Authentication = [OAuth = [FinishLogin = F]]] meta [a = 1]", &["\"FinishLogin\": F"]);
}

#[test]
fn perl() {
    let check = |code: &str, expected: &[&str]| check("perl", code, expected);
    check(
        "use LWP::UserAgent;\nmy $ua = LWP::UserAgent->new(timeout => 10);",
        &["import LWP::UserAgent", "(= ua (new LWP::UserAgent timeout: 10))"],
    );
    check(
        "my $s = \"a $x->{b}[0] ${c} @{[ d() ]} e\\@f $h{i}\" . 'j $k' . q{l};",
        &["x[\"b\"][0]", "(d)", "e@f", "h[\"i\"]", "\"j $k\""],
    );
    check(
        "my $h = { a => 1, 'b' => [2, 3] }; my %g = (%$h, c => 4); $g{d} = $ENV{X};",
        &[r#"{"a": 1, "b": [2 3]}"#, "(= g[\"d\"] env:X)"],
    );
    check(
        "sub f { my ($a, @b) = @_; my $c = shift // 1; return $a if $c; $b[0] }",
        &["Function f(a, b, c = 1)", "return a", "return b[0]"],
    );
    check(
        "sub g { my (%o) = @_; return $o{user} }\ng(user => 'x');",
        &["Function g(user = null)\n  return user", "(g user: \"x\")"],
    );
    check("my $t = <<\"A\" . <<'B';\nx $y\nA\n$z\nB\nk();", &["y", "\"$z\\n\"", "(k)"]);
    check(
        "if ($a =~ /x\\/y/i) { b() } elsif (!$c) { d() } else { e() }\nf() unless $g; s{a}{b}g for @h;",
        &["if (Match a", "(f)", "loop _ in h"],
    );
    check("my $u = sprintf('%s/%d', $a, 1); my $j = join '&', $b, $c;", &[r#"`a "/" 1`"#, r#"`b "&" c`"#]);
    check(
        "package A::B;\nuse parent 'C';\nsub new { my ($class, %a) = @_; my $self = { k => $a{k} }; return bless $self, $class }\nsub m { my $self = shift; $self->{k} . $self->n(1) }\n1;\npackage main;\nA::B->new(k => 1)->m;",
        &[
            "type B : C",
            "field k",
            "Constructor B.B(k = null)",
            "(= this.k k)",
            "Method B.m()\n  return `this.k (this.n 1)`",
            "((new A::B k: 1).m)",
        ],
    );
    check(
        "my $r = eval { a(); 1 } or die \"x\"; my $c = sub { my $v = shift; $v / 2 };\n=pod\n\n'\"\n\n=cut\nb();",
        &["try", "(lambda Lambda (v)", "(b)"],
    );
}

#[test]
fn broken_and_hostile_input_ends() {
    let pieces = [
        "(",
        "[",
        "{",
        ")",
        "]",
        "}",
        "\"",
        "'",
        "$\"{",
        "\"\"\"",
        "<<\"A\"\n",
        "let ",
        "in",
        "=",
        "if ",
        "then",
        "With x\n",
        "Sub ",
        "End ",
        "match ",
        "| ",
        "-> ",
        "é",
        "\u{201c}",
        "@{",
        "%",
        "s/",
        "q",
        "#\"",
        "[<",
        "type ",
        "member ",
        "class ",
        "\n  ",
        "\n",
        "fun ",
        "each ",
        "(*",
        "/*",
        "_\n",
        "x",
        ".",
        ",",
        ";",
        "<",
        ">",
    ];
    for language in LANGUAGES {
        let mut seed = 7_u32;
        for _ in 0..400 {
            let mut code = String::new();
            for _ in 0..40 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                code.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
            }
            let unit = unit(language, &code);
            let good =
                unit.exprs.iter().all(|e| e.span.end as usize <= code.len() && e.span.start <= e.span.end);
            assert!(good, "a span lies outside of {code}");
        }
        for piece in pieces {
            let start = Instant::now();
            let code = piece.repeat(20_000);
            unit(language, &code);
            assert!(start.elapsed() < Duration::from_secs(20), "{language} is slow at {piece:?}");
        }
        for nested in ["f(", "(", "[", "a.b(", "if x then ", "x = {", "\"a\" & (", "{ ", "sub { "] {
            let code = nested.repeat(MAX_DEPTH * 20);
            unit(language, &code);
        }
    }
}
