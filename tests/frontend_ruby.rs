//! What the Ruby front end makes of Ruby.

use std::time::Duration;

use pcmfa::frontend::{Frontend, Limit, MAX_DEPTH, REGISTRY};
use pcmfa::ir::{Unit, dump};

fn unit(code: &str) -> Unit {
    let ruby: &dyn Frontend = *REGISTRY.iter().find(|f| f.language() == "ruby").expect("Ruby is registered");
    ruby.read(code, &Limit::new(Duration::from_mins(1))).expect("within the limit")
}

/// The dump of code, which must not have gaps.
#[track_caller]
fn check(code: &str, expected: &str) {
    let unit = unit(code);
    assert!(unit.gaps.is_empty(), "gaps in {code}: {:?}", unit.gaps);
    let actual = dump(&unit);
    for line in expected.lines().map(str::trim_end).filter(|l| !l.trim().is_empty()) {
        assert!(actual.lines().any(|l| l.trim() == line.trim()), "no line `{}` in\n{actual}", line.trim());
    }
}

#[test]
fn texts() {
    check(r#"f 'a\'b\n', "a\n#{x}\u00e9", :sym, :"q r""#, r#"(f "a'b\\n" `"a\n" (x) "é"` "sym" "q r")"#);
    check("f \"a\" \"b\", %w[a b], %i[c]", r#"(f `"a" "b"` ["a" "b"] ["c"])"#);
    check("s = <<~E + 'x'\n  a #{b}\n    c\nE\n", r#"(= s ``"a " (b) "\n  c\n"` "x"`)"#);
    check("f(<<-A, <<~'B')\n  a\n  A\n  #{b}\nB\n", r##"(f "  a\n" "#{b}\n")"##);
    check("f format('%s/%s', a, b), '%{x}!' % { x: 1 }", r#"(f `(a) "/" (b)` `1 "!"`)"#);
    check("u += 'a'\nu << \"b#{c}\"", "(= u `u \"a\"`)\n(= u `u `\"b\" (c)``)");
}

#[test]
fn values() {
    check("h = { 'a' => 1, b: 2, \"c\": 3, d: }", r#"(= h {"a": 1, "b": 2, "c": 3, "d": (d)})"#);
    check("a, (b, *c) = 1, [2]\nf a, c", "(= [a [b c]] [1 [2]])\n(f a c)");
    check("x = @a&.b(1) || ENV['X']\n$g ||= nil", "(= x (Coalesce (script:@a.b 1) env:X))");
    check("o.p = 1\no[:q] += 2\nh.store('k', v)", "(= (o).p 1)\n(= (o)[\"q\"] `(o)[\"q\"] 2`)");
    check("x = if a then 1 else 2 end\ny = (a && b)", "(= y (? (a) (b) null))");
}

#[test]
fn calls() {
    check("f 1, a: 2, 'b' => 3", r#"(f 1 {"a": 2, "b": 3})"#);
    check("f(*a, **b, &c)", "(f ...(a) {(other ): (b)} &: (c))");
    check(
        "Net::HTTP::Post.new(u)\nFoo::Bar.baz(1)\nFoo::URL",
        "(new Net::HTTP::Post (u))\n([Foo::Bar].baz 1)\n[Foo].URL",
    );
    check("l.each { |x| g(x) }\nl.map(&:name)", "return (g x)\nreturn (it.name)");
    check("f = ->(x) { x }\nf.(1)\nf.call(2)", "return x\n(f 1)\n(f.call 2)");
    check("raise Foo, 'x' if a and not b", "if (And (a) (not (b)))\nthrow Foo");
}

#[test]
fn types() {
    check(
        r"
        module M
          HOST = 'h'.freeze
          class A < N::B
            include T
            attr_reader :x
            @@count = 0
            def initialize(a, b = 2, *c, d:, **e)
              super(a)
              @a = a
              @@count += 1
            end
            def self.make(v) = new(v)
            class << self
              def other; yield 1; end
            end
            def run
              return x if HOST == @a
              go { |y| y + 1 }
            rescue IOError => e
              log(e)
            ensure
              done
            end
            private def token
              @token ||= load_token
            end
          end
        end",
        r#"
        type M :
        field static HOST = "h"
        type A : N::B, T
        field x
        field static @@count = 0
        field a
        field token
        Constructor A.A(a, b = 2, c, d, e = {})
        (base a)
        (= this.a a)
        StaticMethod A.make(v)
        return (new A v)
        StaticMethod A.other(& = null)
        return (& 1)
        Method A.run()
        if (Eq [M].HOST this.a)
        return this.x
        let e
        Method A.token()
        return (= this.token (Coalesce this.token (load_token)))
        "#,
    );
    check("require 'oauth2'\nrequire_relative '../lib/x'", "import oauth2\nimport ../lib/x.rb");
}

#[test]
fn statements() {
    check(
        "def f(m)\n  case m\n  when 'a', :b then 1\n  else 2\n  end\nend",
        "switch m\ncase \"a\" \"b\"\nreturn 1\nreturn 2",
    );
    check(
        "while a do b end\nuntil c\n d\nend\nfor x in l do y(x) end",
        "loop while (a)\nloop while (not (c))\nloop x in (l)",
    );
    check("def f(&blk)\n  blk.call(1)\nend", "let blk = &\nreturn (blk.call 1)");
    check("puts 1 unless x.nil?", "if (not (Eq (x) null))");
}

#[test]
fn broken_code_keeps_its_calls() {
    for code in [
        "class A\n def f\n g(1\n end\nend",
        "x = [1, 2",
        "def",
        "\"abc #{x",
        "f(<<~E)\n abc",
        "{ |x| }",
        "",
        "\u{0}é(",
        "->(x, (y, z), *) { }",
    ] {
        let _ = dump(&unit(code));
    }
    let deep = format!("x = {}1{}", "f(".repeat(MAX_DEPTH * 5), ")".repeat(MAX_DEPTH * 5));
    assert!(!unit(&deep).gaps.is_empty());
}
