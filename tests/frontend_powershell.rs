//! What the `PowerShell` front end makes of source text.

use std::time::{Duration, Instant};

use pcmfa::frontend::{Limit, REGISTRY};
use pcmfa::ir::{ExprKind, FunctionKind, Unit, dump};

fn read(text: &str) -> Unit {
    let frontend = REGISTRY.iter().find(|f| f.language() == "powershell").expect("registered");
    frontend.read(text, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of a piece of code that must be understood in full, white space folded.
fn ir(text: &str) -> String {
    let unit = read(text);
    assert_eq!(unit.gaps, [], "{text}");
    folded(&unit)
}

fn folded(unit: &Unit) -> String {
    let text = dump(unit);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_start_matches("TopLevel ()").trim().to_owned()
}

/// Each code becomes this dump.
fn check(cases: &[(&str, &str)]) {
    for (code, expected) in cases {
        assert_eq!(ir(code), *expected, "{code}");
    }
}

#[test]
fn names_and_scopes() {
    check(&[
        ("$X", "emit x"),
        (
            "$script:X; $global:Y; $local:Z; $using:W; $private:V",
            "emit script:x emit global:y emit z emit w emit v",
        ),
        ("$env:AppId; ${env:My Id}; ${a-b}", "emit env:appid emit env:my id emit a-b"),
        (
            "$true; $False; $NULL; $this; $PSItem; $_",
            "emit true emit false emit null emit this emit _ emit _",
        ),
        ("[System.Net.WebClient]", "emit [system.net.webclient]"),
        ("[List[string]]::new()", "emit (new list<string>)"),
        ("[Dictionary[string, Foo[]]]", "emit [dictionary<string, foo>]"),
    ]);
}

#[test]
fn strings() {
    check(&[
        (r"'it''s $x'", r#"emit "it's $x""#),
        (r#""a`tb""c`$d""#, r#"emit "a\tb\"c$d""#),
        (r#""$a.b $($c.d) ${e}f $script:g $""#, r#"emit `a ".b " c.d " " e "f " script:g " $"`"#),
        (r#""https://x/$id?v=1""#, r#"emit `"https://x/" id "?v=1"`"#),
        ("\"`u{2713}\"", "emit \"\u{2713}\""),
        (
            r#""a $(if ($x) { "in `"$y`"" }) b""#,
            "emit `\"a \" (do if x emit `\"in \\\"\" y \"\\\"\"` ) \" b\"`",
        ),
        ("@\"\na $b\nc\n\"@", "emit `\"a \" b \"\\nc\"`"),
        ("@'\r\na $b \"@\r\n'@ + 'x'", r#"emit `"a $b \"@" "x"`"#),
        ("@\"\n\"@", r#"emit """#),
        ("“typographic” + ‘it’’s’", r#"emit `"typographic" "it’s"`"#),
    ]);
}

#[test]
fn expressions() {
    check(&[
        ("$a + 'b' + \"c$d\"", r#"emit `a "b" "c" d`"#),
        ("$a + 1 * 2", "emit `a (other 1 2)`"),
        ("$a + @{ b = 1 }", r#"emit [a {"b": 1}]"#),
        ("'{0}/x/{1:n}{{}}' -f $a, $b", r#"emit `a "/x/" b "{}"`"#),
        ("'a','b',$c -join ' '", r#"emit `"a" " " "b" " " c`"#),
        ("-join ('a', $b)", r#"emit `"a" b`"#),
        ("$a -ieq 'x' -and -not $b -or !$c", r#"emit (Or (And (Eq a "x") (not b)) (not c))"#),
        (
            "$a -cne 1; $a -notlike 'x*'; $a -in $b; $a -gt 1",
            r#"emit (Ne a 1) emit (Match a "x*") emit (Match a b) emit (Other a 1)"#,
        ),
        ("$a –eq 'x'", r#"emit (Eq a "x")"#),
        ("$a -replace 'x', 'y'", r#"emit (other a ["x" "y"])"#),
        ("$a ?? 'b'", r#"emit (Coalesce a "b")"#),
        ("$a ? 'b' : $c", r#"emit (? a "b" c)"#),
        ("$a -as [int]", "emit (as int a)"),
        ("[securestring]$a", "emit (as securestring a)"),
        ("[ordered]@{ A = 1; 'b-c' = 2 }", r#"emit (as ordered {"A": 1, "b-c": 2})"#),
        (
            "@{\n  a = Get-It -X 1 # note\n  'b' = @{ c = $d }\n  $e = if ($f) { 1 } else { 2 }\n}",
            r#"emit {"a": (&get-it x: 1), "b": {"c": d}, e: (do if f emit 1 else emit 2 )}"#,
        ),
        (
            "1, 2 + $c; ,1; @(); @(1); @(1, 2); @($a; $b)",
            "emit [[1 2] c] emit [1] emit [] emit [1] emit [1 2] emit [a b]",
        ),
        ("$a.B.'C D'.$e[0]['k'].F($g, (h))", r#"emit (a.b.c d[e][0]["k"].f g (&h))"#),
        ("$a?.B?[0]", "emit a.b[0]"),
        ("[T]::Make('x').Y", r#"emit ([t].make "x").y"#),
        ("[T]::new($a, @{b=1})", r#"emit (new t a {"b": 1})"#),
        ("$a.Get[int, List[string]]($b)", "emit (a.get <int> <list<string>> b)"),
        ("[Func[[A], [B[]] ]]$a; $a. B; 20.", "emit (as func<a, b> a) emit a.b emit 20."),
        ("$a.Where({ $_.x })", "emit (a.where (lambda Lambda (_) emit _.x ))"),
        ("$a.Where{ $_.x }", "emit (a.where (lambda Lambda (_) emit _.x ))"),
        ("1..5; -5; 0x1F; 1.5kb", "emit (other 1 5) emit -5 emit 0x1F emit 1.5kb"),
        ("$x.\n  Foo()", "emit (x.foo)"),
        ("$a -and\n $b", "emit (And a b)"),
        ("(Get-It).Value", "emit (&get-it).value"),
        ("$(Get-It; 2)", "emit (do emit (&get-it) emit 2 )"),
    ]);
}

#[test]
fn assignments() {
    check(&[
        ("$a = 1", "(= a 1)"),
        ("[string] $a = Get-It", "(= a (as string (&get-it)))"),
        ("$a, $b = 1, 2", "(= [a b] [1 2])"),
        ("$a = $b = 3", "(= a (= b 3))"),
        (
            "$a += 'x'; $a += \"x$y\"; $a += $b; $h += @{k=1}",
            r#"(= a `a "x"`) (= a `a `"x" y``) (= a [a b]) (= h [h {"k": 1}])"#,
        ),
        ("$a ??= 1; $a -= 1", "(= a (Coalesce a 1)) (= a (other a 1))"),
        ("$script:a.B = 1; $a['k'] = 2; $env:X = 3", r#"(= script:a.b 1) (= a["k"] 2) (= env:x 3)"#),
        ("$null = Get-It; [void](Get-It); [void]$a.B()", "(&get-it) (&get-it) (a.b)"),
        ("$i++; ++$i; $i ++", "(= i (other i)) (= i (other i)) (= i (other i))"),
        ("$x = if ($a) { 1 } else { 2 }", "(= x (do if a emit 1 else emit 2 ))"),
        ("$x = foreach ($a in $b) { $a }", "(= x (do loop a in b emit a ))"),
        ("($a = 1)", "emit (= a 1)"),
        (
            "Set-Variable -Name A -Value 1 -Scope Script; sv b 2; Get-Variable -Name A -ValueOnly",
            "(= script:a 1) (= b 2) emit a",
        ),
    ]);
}

#[test]
fn commands() {
    check(&[
        (
            "Get-It -Name x -Flag -Other:$false 5 @Splat",
            r#"emit (&get-it name: "x" flag: true other: false 5 ...splat)"#,
        ),
        ("Get-It -A 1 `\n  -B $x.Y[0] `\r\n  -C 'z'", r#"emit (&get-it a: 1 b: x.y[0] c: "z")"#),
        ("Foo -X $a.GetB().C -Y", "emit (&foo x: (a.getb).c y: true)"),
        (
            "Foo https://x/$id/y?z=1 $base/path $dir\\a.txt a,b",
            r#"emit (&foo `"https://x/" id "/y?z=1"` `base "/path"` `dir "\\a.txt"` ["a" "b"])"#,
        ),
        (
            "irm $u -UseBasicParsing -Method Post",
            r#"emit (&invoke-restmethod u usebasicparsing: true method: "Post")"#,
        ),
        ("Foo -UseBasicParsing $u", "emit (&foo usebasicparsing: true u)"),
        ("Foo –Name x", r#"emit (&foo name: "x")"#),
        ("Foo -List a,\n  b -X", r#"emit (&foo list: ["a" "b"] x: true)"#),
        ("Foo 2>$null >> out.txt *>&1; Foo > $null; Foo | Out-Null", "emit (&foo) (&foo) (&foo)"),
        ("a | b -X 1 | c", "emit (&c <| (&b x: 1 <| (&a)))"),
        (
            "$a |\n  % { $_.B } |\n  ? C -eq 1",
            r#"emit (&where-object "C" eq: 1 <| (&foreach-object (lambda Lambda (_) emit _.b ) <| a))"#,
        ),
        ("a\n  | b", "emit (&b <| (&a))"),
        (
            "& $x -A 1; & 'My Tool' b; & { 1 }; . { 2 }",
            r#"emit (x a: 1) emit (&my tool "b") emit ((lambda Lambda (_) emit 1 )) emit ((lambda Lambda (_) emit 2 ))"#,
        ),
        ("cmd --% /c $x | b; y", "emit (&b <| (&cmd)) emit (&y)"),
        ("a && b || c", "emit (&a) emit (&b) emit (&c)"),
        (
            "Foo -X (1 + 2) -Y $(a) -Z @('b') -W @{c=1} -V { d }",
            r#"emit (&foo x: (other 1 2) y: (&a) z: ["b"] w: {"c": 1} v: (lambda Lambda (_) emit (&d) ))"#,
        ),
        ("Microsoft.PowerShell.Utility\\Invoke-RestMethod x", r#"emit (&invoke-restmethod "x")"#),
        ("Foo 10.0.0.1 7zip -5 - b-c", r#"emit (&foo "10.0.0.1" "7zip" -5 "-" "b-c")"#),
        ("Set-Alias Go Get-It; Go 1", r#"emit (&set-alias "Go" "Get-It") emit (&get-it 1)"#),
        (
            "function F([switch]$S, $V) {}; F -S a -V b",
            "define f emit (&f s: true \"a\" v: \"b\") Function f(s: switch, v)",
        ),
        ("Foo <# no #> a # no\nBar", r#"emit (&foo "a") emit (&bar)"#),
        ("Start-Job { x } &", "emit (&start-job (lambda Lambda (_) emit (&x) ))"),
    ]);
}

#[test]
fn new_object() {
    check(&[
        ("New-Object A.B -ArgumentList $x, 1", "emit (new a.b x 1)"),
        ("New-Object -TypeName A.B ($x, 1)", "emit (new a.b x 1)"),
        ("New-Object A.B $x, 1", "emit (new a.b x 1)"),
        ("New-Object A.B($x)", "emit (new a.b x)"),
        ("New-Object 'List[string]'", "emit (new list<string>)"),
        ("New-Object psobject -Property @{ A = 1 }", "emit (new psobject .a=1)"),
        ("New-Object -ComObject X", r#"emit (&new-object comobject: "X")"#),
    ]);
}

#[test]
fn imports() {
    let unit = read(
        "#Requires -Modules Az.Accounts, @{ ModuleName = 'MSAL.PS'; ModuleVersion = '4' }\n\
         using module PartnerCenter\nusing namespace System.Net\n\
         . .\\Lib\\A.ps1\n. $PSScriptRoot\\B.ps1\n. \"$PSScriptRoot/C.ps1\"\n. (Join-Path $PSScriptRoot 'D.ps1')\n\
         . Foo-Bar\nImport-Module -Name X, Y\nImport-Module .\\Z.psm1",
    );
    let paths: Vec<&str> = unit.imports.iter().map(|import| &*import.path).collect();
    let expected = [
        "partnercenter",
        "system.net",
        ".\\Lib\\A.ps1",
        "B.ps1",
        "C.ps1",
        "D.ps1",
        "x",
        "y",
        ".\\Z.psm1",
        "az.accounts",
        "msal.ps",
    ];
    assert_eq!(paths, expected);
    assert_eq!(unit.gaps, []);
    assert!(dump(&unit).contains("emit (&foo-bar)\n  emit (&import-module name: [\"X\" \"Y\"])"));
}

#[test]
fn statements() {
    check(&[
        ("if ($a) { 1 } elseif ($b) { 2 }\nelse { 3 }", "if a emit 1 else if b emit 2 else emit 3"),
        (
            "switch -Regex ($a) { 'x' { 1; break } default { 2 } }",
            r#"switch a case (other "x") emit 1 jump case emit 2"#,
        ),
        (
            "switch ($a) { x { 1 } { $_ -gt 2 } { 3 } }",
            r#"switch a case "x" emit 1 case (other (lambda Lambda (_) emit (Other _ 2) )) emit 3"#,
        ),
        ("for ($i = 0; $i -lt 5; $i++) { x }", "loop while (Other i 5) (= i 0) emit (&x) (= i (other i))"),
        (":outer while ($true) { continue outer }", "loop while true jump"),
        ("do { x } until ($a)", "loop while (not a) emit (&x)"),
        ("try { a } catch [X], [Y] { b } finally { c }", "try emit (&a) catch emit (&b) finally emit (&c)"),
        (
            "trap { a }\nreturn\nreturn $x | b\nthrow 'e'\nexit 1",
            r#"block emit (&a) return return (&b <| x) throw "e" 1 return"#,
        ),
        ("data D { 'x' }", r#"(= d "x")"#),
        ("foreach ($a in Get-It | b) { $a }", "loop a in (&b <| (&get-it)) emit a"),
        ("#region x\n<# a { #>\n1\n#endregion", "emit 1"),
    ]);
}

#[test]
fn functions() {
    let unit = read(
        "[CmdletBinding()]\nparam([string]$Top = 'x')\n\
         function script:Get-It {\n  [CmdletBinding()]\n  param (\n\
         [Parameter(Mandatory, ValueFromPipeline = $true)] [Alias('T', 'Tid')] [ValidateSet('a')] [string[]] $Tenant,\n\
         [Parameter(ValueFromPipeline = $false, ValueFromRemainingArguments)] $Rest = @(1),\n [switch]$Force)\n\
         begin { a } process { b } end { c }\n}\nfilter Foo { $_ }",
    );
    assert_eq!(unit.gaps, []);
    assert_eq!(&*unit.functions[0].params[0].name, "top");
    let function = unit.functions.iter().find(|f| &*f.name == "get-it").expect("declared");
    assert_eq!(function.kind, FunctionKind::Function);
    let [tenant, rest, force] = &function.params[..] else { panic!("three parameters") };
    assert!(tenant.from_pipeline && !tenant.is_switch);
    assert_eq!(tenant.aliases, ["t".into(), "tid".into()]);
    assert!(rest.is_rest && !rest.from_pipeline && rest.default.is_some());
    assert!(force.is_switch);
    assert!(folded(&unit).contains("emit (&a) emit (&b) emit (&c)"));
    assert_eq!(&*function.attributes[0].name, "cmdletbinding");
}

#[test]
fn classes() {
    check(&[(
        "class Foo : Base, IBar {\n [string]$X = 'a'\n hidden static [int] $Y\n Foo([string]$x) : base($x) { $this.X = $x }\n\
         [string] Get([int]$a) { return $this.X }\n static [void] Run() { [Foo]::new('b') }\n}\nenum E { A = 1; B }",
        "type foo : base, ibar field x: string = \"a\" field static y: int type e : field static a = 1 field static b \
         TopLevel () Constructor foo.foo(x: string) delegates (base x) (= this.x x) \
         Method foo.get(a: int) -> string return this.x StaticMethod foo.run() emit (new foo \"b\")",
    )]);
}

#[test]
fn spans() {
    let text = "$a | Get-It -X 'é' | Out-File x";
    let unit = read(text);
    let calls: Vec<&str> = unit
        .exprs
        .iter()
        .filter(|e| matches!(e.kind, ExprKind::Call { .. }))
        .map(|e| &text[e.span.start as usize..e.span.end as usize])
        .collect();
    assert_eq!(calls, ["Get-It -X 'é'", "Out-File x"]);
}

#[test]
fn broken_code_keeps_its_intact_parts() {
    for (code, kept) in [
        ("foo) bar\nGet-It -X 1", "(&get-it x: 1)"),
        ("if ($a { Get-It }\nBar", "(&get-it)"),
        ("function F { ( Get-It }\nBar", "emit (&bar)"),
        ("Get-It -A 1\n  -B 2\nBar", "emit (&bar)"),
        ("@{ a = 1; b ; c = Get-It }", "(&get-it)"),
        ("$x = @(1, 2\nGet-It", "(&get-it)"),
        ("} Get-It", "(&get-it)"),
        ("else { Get-It }", "(&get-it)"),
        ("$h = @\"\nno end $(Get-It)", "(&get-it)"),
    ] {
        let unit = read(code);
        assert!(!unit.gaps.is_empty(), "{code}");
        assert!(folded(&unit).contains(kept), "{code}: {}", folded(&unit));
    }
}

#[test]
fn hostile_input() {
    let many = |text: &str| text.repeat(100_000);
    let cases = [
        String::new(),
        "\0\u{feff}\u{a0}`".to_owned(),
        many("("),
        many("{"),
        many("@{"),
        many("@{a="),
        many("$("),
        many("\"$("),
        many("["),
        many("[a"),
        many("[a["),
        many("$a["),
        many("$a.b("),
        many("if("),
        many("if(1){"),
        many("switch(1){1{"),
        many("function f{param("),
        many("class c{"),
        many("$a="),
        many("$a?1:"),
        many("!"),
        many("-not "),
        many("[int]"),
        many(",1"),
        many("&"),
        many("|"),
        many("'"),
        many("\""),
        many("@'\n"),
        many("@\"\n"),
        many("<#"),
        many("`"),
        many("${"),
        many("}"),
        many("–"),
        many("\u{201c}"),
        many("é$"),
        many("a|"),
        many("a;"),
        format!("({})", many("(1)+")),
        format!("$x{}", many(".y")),
        format!("$x{}", many(".y()")),
        format!("$x{}", many("[0]")),
        format!("if(1){{}}{}", many("elseif(1){}")),
        format!("$a{}", many(" -and $b")),
        format!("'{}' -f 1", many("{0}")),
        format!("'{}' -f 1", many("{")),
        format!("{}1{}", "('{0}{0}' -f ".repeat(80), ")".repeat(80)),
        format!("{}1{}", "$a[".repeat(80), "] += 1".repeat(80)),
        format!("{}{}{}", many("("), "Get-It", many(")")),
        "Get-It `".to_owned(),
        "$x.".to_owned(),
        "function".to_owned(),
        "param(".to_owned(),
        "for(;;".to_owned(),
    ];
    for text in &cases {
        let start = Instant::now();
        let unit = read(text);
        let size = dump(&unit).len();
        let head: String = text.chars().take(30).collect();
        assert!(start.elapsed() < Duration::from_secs(20), "{head}: {:?}", start.elapsed());
        assert!(size < 30_000_000, "{head}: {size}");
        for gap in &unit.gaps {
            assert!(text.get(gap.start as usize..gap.end as usize).is_some(), "{head}: {gap:?}");
        }
    }
}

#[test]
fn garbage_of_all_kinds() {
    // A small generator is enough: every mix of tokens must come back, at once and with spans in the text.
    let tokens = [
        "$a", "'", "\"", "(", ")", "{", "}", "@{", "@(", "$(", "[", "]", ".", "::", ",", ";", "|", "&", "=",
        "+", "-", "-x", "-f", "`", "\n", "\r\n", " ", "#", "<#", "#>", "@\"\n", "\n\"@", "if", "else",
        "foreach", "in", "switch", "param", "function", "class", "return", "Get-It", "é", "“", "–", "?", "%",
        "!", "1", "@x", ">", "2>&1", "--%", "data", "try", "catch", "$", "${", ":", "\0", "\\", "/",
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    for _ in 0..3000 {
        let len = next(60);
        let text: String = (0..len).map(|_| tokens[next(tokens.len())]).collect();
        let unit = read(&text);
        for expr in &unit.exprs {
            let span = expr.span;
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text:?}: {expr:?}");
        }
        drop(dump(&unit));
    }
}

#[test]
fn long_concatenation_is_flat() {
    let text = format!("$x = 'a'{}", " + 'b'".repeat(2_999));
    let unit = read(&text);
    assert_eq!(unit.gaps, []);
    let parts = unit.exprs.iter().find_map(|e| match &e.kind {
        ExprKind::Template(parts) => Some(parts.len()),
        _ => None,
    });
    assert_eq!(parts, Some(3_000));
}

#[test]
fn line_ends_do_not_matter() {
    let text =
        "function F {\n  param(\n    $A\n  )\n  $h = @{\n    a = 1\n  }\n  @'\nx\n'@ | Foo `\n    -B 1\n}\n";
    assert_eq!(ir(text), ir(&text.replace('\n', "\r\n")));
}
