//! Trees made to break the scanner: it ends, does not panic, and says what it left out.

mod common;

use std::fmt::Write as _;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use common::{lines, project, scan};
use pcmfa::models::Rules;
use pcmfa::report::{NoticeKind, Report};

/// Long enough for a slow machine that does other things too; a scan that ends takes a small part of it.
const GUARD: Duration = Duration::from_mins(3);

/// Scans these files on a thread of its own, and fails instead of waiting for ever.
#[track_caller]
fn report(files: &[(&str, &[u8])]) -> Report {
    let dir = project(files);
    let path = dir.path().to_owned();
    let (send, receive) = channel();
    let thread = thread::spawn(move || {
        let rules = Rules::embedded().expect("they load");
        send.send(scan(&path, &rules).report).expect("someone waits");
    });
    match receive.recv_timeout(GUARD) {
        Ok(report) => report,
        Err(RecvTimeoutError::Timeout) => panic!("the scan does not end"),
        Err(RecvTimeoutError::Disconnected) => panic!("the scan panicked: {:?}", thread.join().err()),
    }
}

#[track_caller]
fn csharp(code: &str) -> Report {
    report(&[("A.cs", code.as_bytes())])
}

#[track_caller]
fn powershell(code: &str) -> Report {
    report(&[("a.ps1", code.as_bytes())])
}

/// A password grant and a call that any scan must find, to be put beside hostile code.
const PLAIN: &str = "
$body = 'grant_type=password&resource=https://api.partnercenter.microsoft.com&username=u&password=p'
$plain = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/common/oauth2/token' -Body $body
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = \"Bearer $($plain.access_token)\" }
";

/// The plain file beside the others is analysed as if it were alone.
#[track_caller]
fn plain_is_found(report: &Report) {
    let found = lines(report);
    assert!(
        found.iter().any(|l| l.starts_with("plain.ps1:4 call blocked from [ropc]")),
        "what is intact was not found: {found:#?}"
    );
}

#[track_caller]
fn beside_plain(files: &[(&str, &[u8])]) -> Report {
    let mut all = vec![("plain.ps1", PLAIN.as_bytes())];
    all.extend(files);
    let report = report(&all);
    plain_is_found(&report);
    report
}

#[track_caller]
fn has_notice(report: &Report, path: &str, kind: NoticeKind) {
    let found = report.notices.iter().any(|n| *n.path == *path && n.kind == kind);
    assert!(found, "no {kind:?} notice for {path}: {:#?}", report.notices);
}

// Bytes.

#[test]
fn an_empty_folder() {
    let report = report(&[]);
    assert_eq!(lines(&report), Vec::<String>::new());
    assert_eq!(report.coverage.files_seen, 0);
}

#[test]
fn empty_files() {
    let report = beside_plain(&[
        ("a.cs", b""),
        ("b.ps1", b""),
        ("appsettings.json", b""),
        ("web.config", b""),
        (".env", b""),
        ("c.cs", b"\n"),
        ("d.ps1", b"\xEF\xBB\xBF"),
        ("e.cs", b"\xFF\xFE"),
        ("f.cs", b"\xFE\xFF"),
    ]);
    assert_eq!(report.coverage.files_seen, 10);
    assert_eq!(report.coverage.files_skipped, 0, "{:#?}", report.notices);
}

#[test]
fn binary_files() {
    let mut bytes: Vec<u8> = (0..=255).cycle().take(20_000).collect();
    bytes.extend(b"https://api.partnercenter.microsoft.com");
    let report = beside_plain(&[("a.cs", &bytes), ("b.ps1", &[0; 4096]), ("c.dll", b"MZ\x90\0\x03\0\0\0")]);
    for path in ["a.cs", "b.ps1", "c.dll"] {
        has_notice(&report, path, NoticeKind::Skipped);
    }
    assert_eq!(report.coverage.files_skipped, 3);
}

#[test]
fn a_file_over_the_limit() {
    let mut text = "// https://api.partnercenter.microsoft.com\n".repeat(75_000);
    text.push_str("class A { }");
    assert!(text.len() > 3_000_000);
    let report = beside_plain(&[("Huge.cs", text.as_bytes())]);
    has_notice(&report, "Huge.cs", NoticeKind::Skipped);
}

#[test]
fn a_file_just_under_the_limit() {
    let line =
        "        api.Add(\"https://api.partnercenter.microsoft.com/v1/customers/\" + id + \"/orders\");\n";
    let mut text = "class A { void B(System.Collections.Generic.List<string> api, string id) {\n".to_owned();
    while text.len() + line.len() + 4 < 2 * 1024 * 1024 {
        text.push_str(line);
    }
    text.push_str("} }\n");
    beside_plain(&[("Large.cs", text.as_bytes())]);
}

#[test]
fn one_very_long_line() {
    let text = format!("$a = '{}' # https://api.partnercenter.microsoft.com\n", "x".repeat(1_500_000));
    let min = format!("var a = {}1; // api.partnercenter.microsoft.com", "1+".repeat(200_000));
    beside_plain(&[("long.ps1", text.as_bytes()), ("Min.cs", min.as_bytes())]);
}

#[test]
fn utf_16() {
    let le: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (mut le_mark, mut be_mark) = (vec![0xFF, 0xFE], vec![0xFE, 0xFF]);
    le_mark.extend(&le);
    be_mark.extend(&be);
    let report = report(&[("a.ps1", &le), ("b.ps1", &be), ("c.ps1", &le_mark), ("d.ps1", &be_mark)]);
    let found = lines(&report);
    for file in ["a", "b", "c", "d"] {
        let line = format!("{file}.ps1:4 call blocked from [ropc]");
        assert!(found.iter().any(|l| l.starts_with(&line)), "{line} is not in {found:#?}");
    }
}

#[test]
fn broken_text() {
    // Lone surrogates, half a unit at the end, invalid UTF-8, Windows-1252.
    let mut units = vec![0xFF, 0xFE];
    units.extend(PLAIN.encode_utf16().chain([0xD800, 0x61, 0xDC00, 0xDBFF]).flat_map(u16::to_le_bytes));
    units.push(0x61);
    let mut invalid = PLAIN.as_bytes().to_vec();
    invalid.extend(b"# \xC3\x28 \xF0\x9F \xED\xA0\x80 \xFF \x80\n");
    let mut windows = b"# Gr\xF6\xDFe \x93quoted\x94\n".to_vec();
    windows.extend(PLAIN.as_bytes());
    let report = report(&[("lone.ps1", &units), ("invalid.ps1", &invalid), ("windows.ps1", &windows)]);
    let found = lines(&report);
    for place in ["lone.ps1:4", "invalid.ps1:4", "windows.ps1:5"] {
        let line = format!("{place} call blocked from [ropc]");
        assert!(found.iter().any(|l| l.starts_with(&line)), "{line} is not in {found:#?}");
    }
}

#[test]
fn old_and_mixed_line_ends() {
    let old = PLAIN.replace('\n', "\r");
    let windows = PLAIN.replace('\n', "\r\n");
    beside_plain(&[("old.ps1", old.as_bytes()), ("windows.ps1", windows.as_bytes())]);
}

#[test]
fn cut_anywhere() {
    // Every prefix of real code is a file that someone may scan.
    let code = std::fs::read_to_string(common::folder("testdata/csharp/msal-flows/User.cs")).expect("a file");
    let script = std::fs::read_to_string(common::folder("testdata/powershell/raw-http-bodies/Splat.ps1"))
        .expect("a file");
    let mut files: Vec<(String, String)> = Vec::new();
    for (text, extension) in [(code, "cs"), (script, "ps1")] {
        for cut in (0..text.len()).step_by(37).filter(|c| text.is_char_boundary(*c)) {
            files.push((format!("{extension}/cut{cut}.{extension}"), text[..cut].to_owned()));
        }
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    beside_plain(&files);
}

#[test]
fn broken_settings() {
    let deep = format!("{}{}", "{\"a\":".repeat(20_000), "[".repeat(20_000));
    let yaml = format!("a: {}", "[".repeat(20_000));
    let anchors = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n\
                   d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\n\
                   g: &g [*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g]\n";
    let xml = format!(
        "<?xml version=\"1.0\"?>\n{}",
        "<a b='https://api.partnercenter.microsoft.com'>".repeat(20_000)
    );
    let entities = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>\
                    <configuration><appSettings><add key=\"k\" value=\"&c;&c;\"/></appSettings></configuration>";
    beside_plain(&[
        ("appsettings.json", deep.as_bytes()),
        (
            "appsettings.Development.json",
            b"{ \"PartnerCenter\": { \"Url\": \"https://api.partnercenter.microsoft.com",
        ),
        ("application.yml", yaml.as_bytes()),
        ("config/application.yml", anchors.as_bytes()),
        ("Web.config", xml.as_bytes()),
        ("App.config", entities.as_bytes()),
        (".env", b"=\nA\n=B=\nURL=https://api.partnercenter.microsoft.com\n\"\n"),
        ("local.settings.json", b"{\"IsEncrypted\":false,\"Values\":[[[]]]}"),
    ]);
}

// Nesting.

#[test]
fn nested_braces() {
    let cs = format!(
        "class A {{ void M() {{ {} var u = \"https://api.partnercenter.microsoft.com\"; {} }} }}",
        "{".repeat(50_000),
        "}".repeat(50_000)
    );
    let open = format!("// api.partnercenter.microsoft.com\n{}", "class A {".repeat(50_000));
    let ps = format!(
        "{} 'https://api.partnercenter.microsoft.com' {}",
        "if ($a) {".repeat(50_000),
        "}".repeat(50_000)
    );
    let ps_open = format!("# api.partnercenter.microsoft.com\n{}", "{".repeat(50_000));
    let report = beside_plain(&[
        ("a.cs", cs.as_bytes()),
        ("b.cs", open.as_bytes()),
        ("c.ps1", ps.as_bytes()),
        ("d.ps1", ps_open.as_bytes()),
    ]);
    assert!(report.notices.iter().any(|n| n.kind == NoticeKind::Syntax), "{:#?}", report.notices);
}

#[test]
fn nested_expressions() {
    let n = 50_000;
    let partner = "\"https://api.partnercenter.microsoft.com\"";
    let parens = format!("var a = {}{partner}{};", "(".repeat(n), ")".repeat(n));
    let calls = format!("var a = {}{partner}{};", "F(".repeat(n), ")".repeat(n));
    let chain = format!("var a = b{}; var c = {partner};", ".With(x)".repeat(n));
    let sum = format!("var a = {partner}{};", " + x".repeat(n));
    let lambdas = format!("var a = {}{partner};", "x => ".repeat(n));
    let ternary = format!("var a = {}{partner};", "b ? 1 : ".repeat(n));
    let ps_parens =
        format!("$a = {}'https://api.partnercenter.microsoft.com'{}", "(".repeat(n), ")".repeat(n));
    let ps_strings =
        format!("$a = {}'https://api.partnercenter.microsoft.com'{}", "\"$(".repeat(n), ")\"".repeat(n));
    let ps_tables =
        format!("$a = {}'https://api.partnercenter.microsoft.com'{}", "@{ a = ".repeat(n), "}".repeat(n));
    let ps_pipe = format!("'https://api.partnercenter.microsoft.com'{}", " | f".repeat(n));
    beside_plain(&[
        ("parens.cs", parens.as_bytes()),
        ("calls.cs", calls.as_bytes()),
        ("chain.cs", chain.as_bytes()),
        ("sum.cs", sum.as_bytes()),
        ("lambdas.cs", lambdas.as_bytes()),
        ("ternary.cs", ternary.as_bytes()),
        ("parens.ps1", ps_parens.as_bytes()),
        ("strings.ps1", ps_strings.as_bytes()),
        ("tables.ps1", ps_tables.as_bytes()),
        ("pipe.ps1", ps_pipe.as_bytes()),
    ]);
}

// Recursion.

#[test]
fn mutual_recursion_with_growing_arguments() {
    let cs = r#"
class A {
    string Even(string url, string token) => url.Length > 9 ? Send(url, token) : Odd(url + "/even", token + "a");
    string Odd(string url, string token) => Even(url + "/odd", "b" + token);
    string Send(string url, string token) {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        return http.GetStringAsync(url).Result;
    }
    void Run() { Even("https://api.partnercenter.microsoft.com", "t"); }
}
"#;
    let ps = r#"
function Ping($Url, $Depth, $Table) { $Table[$Url] = $Depth; Pong "$Url/ping" ($Depth + 1) @{ inner = $Table } }
function Pong($Url, $Depth, $Table) { if ($Depth -gt 5) { Invoke-RestMethod $Url } ; Ping "$Url/pong" "$Depth-" @{ a = $Table; b = $Table } }
Ping 'https://api.partnercenter.microsoft.com' 0 @{}
"#;
    beside_plain(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
}

#[test]
fn recursion_in_loops_with_concatenated_strings() {
    let cs = r#"
class A {
    string All(string url, string token) {
        var text = url;
        while (true) {
            foreach (var part in text.Split('/')) {
                text = text + part + url;
                url += text;
                text += All(url + text, token + text);
                for (int i = 0; i < 10; i++) { token = $"{token}{url}{text}"; text = All(token, text); }
            }
        }
        return text;
    }
    void Run() { All("https://api.partnercenter.microsoft.com", "x"); }
}
"#;
    let ps = r#"
function All($Url) {
    do {
        $Url = "$Url/$Url"
        foreach ($x in 1..10) { $Url += All "$Url$x"; $Url = $Url -replace 'a', (All $Url) }
        while ($true) { $Url = "{0}{1}" -f $Url, (All $Url) }
    } until ($false)
    All $Url
}
All 'https://api.partnercenter.microsoft.com'
"#;
    beside_plain(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
}

#[test]
fn a_chain_of_two_thousand_functions() {
    let mut cs = "class A {\n".to_owned();
    let mut ps = String::new();
    for i in 0..2000 {
        writeln!(cs, "  string F{i}(string u, string t) {{ return F{}(u + \"/{i}\", t); }}", i + 1)
            .expect("a text");
        writeln!(ps, "function F{i}($Uri, $Token) {{ return F{} \"$Uri/{i}\" $Token }}", i + 1)
            .expect("a text");
    }
    cs.push_str("  string F2000(string u, string t) { return new HttpClient().GetStringAsync(u).Result; }\n");
    cs.push_str("  void Run() { F0(\"https://api.partnercenter.microsoft.com\", \"t\"); }\n}\n");
    ps.push_str(
        "function F2000($Uri, $Token) { Invoke-RestMethod $Uri -Headers @{ Authorization = $Token } }\n",
    );
    ps.push_str("F0 'https://api.partnercenter.microsoft.com' 't'\n");
    beside_plain(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
}

#[test]
fn a_tree_of_calls_that_doubles() {
    let mut cs = "class A {\n".to_owned();
    let mut ps = String::new();
    for i in 0..60 {
        let next = i + 1;
        writeln!(cs, "  string F{i}(string u) {{ return F{next}(u + \"a\") + F{next}(u + \"b\"); }}")
            .expect("a text");
        writeln!(ps, "function F{i}($Uri) {{ F{next} \"${{Uri}}a\"; F{next} \"${{Uri}}b\" }}")
            .expect("a text");
    }
    cs.push_str("  string F60(string u) { return new HttpClient().GetStringAsync(u).Result; }\n");
    cs.push_str("  void Run() { F0(\"https://api.partnercenter.microsoft.com/\"); }\n}\n");
    ps.push_str(
        "function F60($Uri) { Invoke-RestMethod $Uri }\nF0 'https://api.partnercenter.microsoft.com/'\n",
    );
    beside_plain(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
}

#[test]
fn many_branches() {
    let mut cs =
        "class A { void Run(int n) {\n  var u = \"https://api.partnercenter.microsoft.com\";\n".to_owned();
    let mut ps = "$u = 'https://api.partnercenter.microsoft.com'\n".to_owned();
    for i in 0..1500 {
        writeln!(cs, "  if (n == {i}) {{ u += \"/{i}\"; }} else {{ u = \"{i}\" + u; }}").expect("a text");
        writeln!(ps, "if ($n -eq {i}) {{ $u += '/{i}' }} else {{ $u = '{i}' + $u }}").expect("a text");
    }
    cs.push_str("  new HttpClient().GetAsync(u);\n} }\n");
    ps.push_str("Invoke-RestMethod $u\n");
    beside_plain(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
}

#[test]
fn everyone_calls_everyone() {
    let mut cs = "class A {\n  static string S = \"https://api.partnercenter.microsoft.com\";\n".to_owned();
    for i in 0..40 {
        write!(cs, "  string F{i}(string a, string b) {{ ").expect("a text");
        for j in 0..40 {
            write!(cs, "S += F{j}(b + S, a + \"{i}\"); ").expect("a text");
        }
        cs.push_str("return S + a; }\n");
    }
    cs.push_str("}\n");
    beside_plain(&[("a.cs", cs.as_bytes())]);
}

// Cycles.

#[test]
fn circular_dot_sourcing() {
    let a = "# api.partnercenter.microsoft.com\n. $PSScriptRoot/b.ps1\n. \"$PSScriptRoot/a.ps1\"\n$x = Get-B\nfunction Get-A { Get-B }\n";
    let b = ". ./a.ps1\n. .\\c\\c.ps1\nImport-Module ./m.psm1\nfunction Get-B { Get-A }\nGet-B\n";
    let c = ". ../a.ps1\n. $PSCommandPath\n. $MyInvocation.MyCommand.Path\n";
    let m = "Import-Module $PSScriptRoot/m.psm1\nusing module ./m.psm1\n. ./plain.ps1\nExport-ModuleMember -Function *\n";
    let report = beside_plain(&[
        ("a.ps1", a.as_bytes()),
        ("b.ps1", b.as_bytes()),
        ("c/c.ps1", c.as_bytes()),
        ("m.psm1", m.as_bytes()),
    ]);
    assert_eq!(report.coverage.files_skipped, 0, "{:#?}", report.notices);
}

#[test]
fn circular_classes() {
    let cs = r#"
class Self : Self { string T => base.T; Self Next => this.Next.Next; string Get() { return base.Get(); } }
class A : B { public override string Url() => base.Url(); }
class B : C { public override string Url() => base.Url(); A a = new A(); }
class C : A { public override string Url() => base.Url() + "https://api.partnercenter.microsoft.com"; B b = new B(); }
interface I : J { string Token(); } interface J : I { }
class Impl : I, J { I inner = new Impl(); public string Token() => inner.Token(); }
class G<T> : G<G<T>> where T : G<T> { T t; string V => t.V; }
class D { D d; public D() { d = new D(); d.d = this; } string S { get { return d.S; } set { d.S = value; } } }
class Run { void Go() { new HttpClient().GetStringAsync(new C().Url() + new Self().Get() + new Impl().Token()); } }
"#;
    let ps = "
class A : B { [string] Url() { return ([B]$this).Url() } [A] $Next = [A]::new() }
class B : A { [string] Url() { return ([A]$this).Url() } B() : base() { $this.Next = $this } }
class C : C { C() : base() { [C]::new() } static [C] $One = [C]::One }
Invoke-RestMethod ('https://api.partnercenter.microsoft.com' + [A]::new().Url() + [C]::new().Next.Next)
";
    beside_plain(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
}

#[test]
fn partial_classes_with_the_same_methods() {
    let a = r#"
partial class P { string Url() { return "https://api.partnercenter.microsoft.com" + Url(); } string T = "a"; }
partial class P { string Url() { return T + Url(); } string T = "b"; P() { T = Url(); } }
"#;
    let b = r"
partial class P { string Url() { return new P().Url(); } string Url() { return Url() + T; } }
partial class P { P() { T = Url(); } void Go() { new HttpClient().GetStringAsync(Url()); } }
static class E { static string Url(this P p) => p.Url(); static string Url(this P p) => E.Url(p); }
";
    beside_plain(&[("a.cs", a.as_bytes()), ("b.cs", b.as_bytes()), ("c.cs", a.as_bytes())]);
}

#[test]
fn properties_that_read_themselves() {
    let cs = r#"
class P {
    string Url { get { return Url; } set { Url = value; } }
    string Token => Token + "x" + Other;
    string Other { get => Token; set => Other = value; }
    static string S => P.S + "https://api.partnercenter.microsoft.com";
    string this[string k] { get => this[k + k]; set { this[k] = value; } }
    void Go() { Url = Url + S; new HttpClient().GetStringAsync(Url + Token + S + this["a"]); }
}
"#;
    beside_plain(&[("a.cs", cs.as_bytes())]);
}

#[test]
fn lambdas_that_capture_themselves() {
    let cs = r#"
class L {
    void Go() {
        Func<string, string> f = null;
        f = x => f(f(x) + "https://api.partnercenter.microsoft.com");
        Func<Func<string, string>, Func<string, string>> y = null;
        y = g => z => y(y(g))(g(z));
        Action a = null; Action b = () => a(); a = () => { b(); a(); };
        string Local(string s) => Local(s + f(s));
        Func<object, object> w = v => ((Func<object, object>)v)(v);
        w(w);
        new HttpClient().GetStringAsync(f("a") + y(f)("b") + Local("c"));
    }
}
"#;
    let ps = "
$f = { param($x) & $f \"$x$(& $f $x)\" }
$w = { param($v) & $v $v }
& $w $w
$g = { & $h }; $h = { & $g; . $h }
Invoke-Command -ScriptBlock $g
$t = @{}; $t.run = { & $t.run $t }; & $t.run
Set-Alias loop again; Set-Alias again loop; loop 'https://api.partnercenter.microsoft.com'
function Invoke-RestMethod { Invoke-RestMethod @args }
Invoke-RestMethod \"https://api.partnercenter.microsoft.com/$(& $f 'a')\"
";
    let report = report(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
    assert_eq!(report.coverage.files_read, 2);
}

#[test]
fn tables_and_lists_that_hold_themselves() {
    let ps = "
$p = @{ Uri = 'https://api.partnercenter.microsoft.com/v1/customers' }
$p.p = $p
$p.Headers = $p
$p['Body'] = $p.p.p
Invoke-RestMethod @p
$q = @{ a = $p }; $p.q = $q; $q.q = @($p, $q); $q += $p
Invoke-RestMethod @q -Body $q -Headers $p
$l = [System.Collections.ArrayList]@(); $l.Add($l); $l += $l; $l = @($l, $l)
Invoke-RestMethod -Uri $p.Uri -Headers @{ Authorization = $l } @l
function f { param($x) $x.x = $x; f @x; f $x }
f $p
$o = New-Object psobject; $o | Add-Member self $o; Add-Member -InputObject $o -Name more -Value $o
Invoke-RestMethod $o.self.self.Uri @o
foreach ($x in $l) { $l.Add($x); $x = $l }
$script:s = @{ s = $script:s }; $global:s = $script:s; $env:s = \"$env:s$env:s\"
@p.p = @p
";
    let cs = r#"
class T {
    List<object> l = new List<object>(); Dictionary<string, object> d = new(); T t; dynamic x = new ExpandoObject();
    void Go() {
        l.Add(l); l[0] = l; l.AddRange(l); l = new List<object>(l) { l };
        d["d"] = d; d.Add("u", "https://api.partnercenter.microsoft.com"); d["l"] = l; l.Add(d);
        t = this; t.t = t; this.t.t.t = new T { t = this }; x.x = x; x.x.x.y = d;
        var a = new object[1]; a[0] = a;
        var http = new HttpClient(); http.DefaultRequestHeaders.Add("h", http); http.Self = http;
        http.BaseAddress = new Uri(http.BaseAddress, (string)d["u"]);
        http.SendAsync(new HttpRequestMessage { RequestUri = (Uri)d["u"], Content = a, Self = l });
        (l, d) = (d, l);
    }
}
"#;
    beside_plain(&[("a.cs", cs.as_bytes()), ("a.ps1", ps.as_bytes())]);
}

#[test]
fn fields_that_feed_each_other_in_circles() {
    let mut files: Vec<(String, String)> = Vec::new();
    for i in 0..30 {
        let (next, last) = ((i + 1) % 30, (i + 29) % 30);
        files.push((
            format!("C{i}.cs"),
            format!(
                "public static class C{i} {{ public static string T = C{next}.T + \"{i}\"; \
                 public static void Go() {{ C{last}.T = T + C{next}.T; C{next}.Go(); \
                 new HttpClient().GetStringAsync(\"https://api.partnercenter.microsoft.com/\" + T); }} }}\n"
            ),
        ));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    beside_plain(&files);
}

#[test]
fn pathological_syntax() {
    let cs = "// api.partnercenter.microsoft.com\n@@@ $$$\"\"\" {{{ \"\"\" ${{ #if #else #region \n class class { new new => => ; ) ] } $\"{$\"{$\"{\n";
    let ps = "# api.partnercenter.microsoft.com\n@'\nnever closed\n";
    let tokens = "$( @( @{ ${ { [ ( '\"`\n$a.$b.$($c).\"$d\".'e'::f[ -x:-y @@ @a @{ -- & . | || && ; , .. ! -not % ? :: \n\"$($($($(\n";
    let comment = "<# api.partnercenter.microsoft.com";
    let back = "`".repeat(50_000);
    let quotes = format!("'api.partnercenter.microsoft.com'{}", "\"".repeat(50_001));
    beside_plain(&[
        ("a.cs", cs.as_bytes()),
        ("a.ps1", ps.as_bytes()),
        ("b.ps1", tokens.as_bytes()),
        ("c.ps1", comment.as_bytes()),
        ("d.ps1", back.as_bytes()),
        ("e.ps1", quotes.as_bytes()),
        ("e.cs", quotes.as_bytes()),
    ]);
}

#[test]
fn signs_without_a_string() {
    let start = std::time::Instant::now();
    let signs = |mark: &str| format!("// api.partnercenter.microsoft.com\nlet a = {}", mark.repeat(60_000));
    let (at, dollars) = (signs("@"), signs("$"));
    let holes = format!("// api.partnercenter.microsoft.com\nlet a = $\"{}", "{".repeat(60_000));
    beside_plain(&[
        ("at.cs", at.as_bytes()),
        ("dollars.cs", dollars.as_bytes()),
        ("at.fsx", at.as_bytes()),
        ("dollars.fsx", dollars.as_bytes()),
        ("holes.fsx", holes.as_bytes()),
    ]);
    // To look through all of them from each took minutes.
    assert!(start.elapsed() < std::time::Duration::from_mins(1), "{:?}", start.elapsed());
}

#[test]
fn tags_that_are_never_closed() {
    // The parser releases them by recursion.
    let tags = format!("// api.partnercenter.microsoft.com\nvar a = ({}", "<a>".repeat(60_000));
    beside_plain(&[("a.js", tags.as_bytes()), ("a.jsx", tags.as_bytes()), ("a.tsx", tags.as_bytes())]);
}

#[test]
fn what_ends_the_scanners_of_grammars() {
    let partner = "https://api.partnercenter.microsoft.com";
    let templates = format!("val a = \"{partner}\"\nval b = {}", "\"\"\"${".repeat(10_000));
    let plain = format!("val a = \"{partner}\"\nval b = {}", "\"${".repeat(10_000));
    let heredocs = format!("# {partner}\n{}", format!("a <<~{}\n", "LONG".repeat(75)).repeat(100));
    beside_plain(&[
        ("a.kt", templates.as_bytes()),
        ("b.kt", plain.as_bytes()),
        ("a.rb", heredocs.as_bytes()),
    ]);
}

#[test]
fn many_small_files() {
    let files: Vec<(String, String)> = (0..1500)
        .map(|i| {
            let code = format!(
                "namespace N{i} {{ class Client {{ string Token; string Get(string u) => new HttpClient().GetStringAsync(\
                 \"https://api.partnercenter.microsoft.com\" + u + Token).Result; void Set(string t) {{ Token = t; }} }} }}"
            );
            (format!("f{}/Client{i}.cs", i % 40), code)
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    beside_plain(&files);
}

#[test]
fn small_pieces_do_no_harm() {
    for code in
        ["", ";", "}", "class", "x.y.z()", "var a = a;", "new();", "this = this;", "goto a; a: goto a;"]
    {
        csharp(&format!("// https://api.partnercenter.microsoft.com\n{code}"));
    }
    for code in [
        "",
        "}",
        "$",
        "@",
        "$a = $a",
        "& $a",
        ". $a",
        "function f { f }; f",
        "$a.b.c = $a.b",
        "return return",
    ] {
        powershell(&format!("# https://api.partnercenter.microsoft.com\n{code}"));
    }
}
