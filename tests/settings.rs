//! Settings files, also broken ones.
#![allow(clippy::format_push_string, clippy::format_collect, reason = "short tests over speed")]

use pcmfa::settings::{is_settings, read};

/// Keys and values; checks that each place in the text is that of the value.
#[track_caller]
fn pairs(path: &str, text: &str) -> Vec<(String, String)> {
    assert!(is_settings(path), "{path}");
    let reading = read(path, text);
    for setting in &reading.settings {
        let raw = &text[setting.span.start as usize..setting.span.end as usize];
        let plain = !raw.contains(['\\', '&', '\n']);
        assert!(!plain || raw == setting.value, "{raw:?} is not {:?}", setting.value);
    }
    reading.settings.into_iter().map(|setting| (setting.key, setting.value)).collect()
}

fn expect(path: &str, text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    assert_eq!(pairs(path, text), expected);
}

#[test]
fn json_with_comments_and_trailing_commas() {
    expect(
        "appsettings.Development.json",
        r#"{
  // where to go
  "PartnerCenter": {
    "ApiUrl": "https://api.partnercenter.microsoft.com", /* prod */
    "Scopes": ["a", "b\u00e4\n",],
    "Retries": 3, 'Enabled': true,
  },
}
"#,
        &[
            ("PartnerCenter:ApiUrl", "https://api.partnercenter.microsoft.com"),
            ("PartnerCenter:Scopes:0", "a"),
            ("PartnerCenter:Scopes:1", "bä\n"),
            ("PartnerCenter:Retries", "3"),
            ("PartnerCenter:Enabled", "true"),
        ],
    );
}

#[test]
fn the_values_of_a_function_app() {
    expect(
        "api/local.settings.json",
        r#"{"IsEncrypted": false, "Values": {"PartnerCenter:Url": "x"}}"#,
        &[("IsEncrypted", "false"), ("PartnerCenter:Url", "x")],
    );
}

#[test]
fn broken_json_gives_what_can_be_read() {
    for text in [
        "{\"a\": \"1\", \"b\": }",
        "{\"a\": \"1\", \"b",
        "{\"a\": \"1\" \"b\"",
        "{\"a\": \"1\"} x",
        "{\"a\": \"1\", \"b\": \"2\n",
    ] {
        let reading = read("x.json", text);
        assert_eq!(reading.settings[0].value, "1", "{text}");
        let notice = reading.notice.expect("a notice");
        assert!(notice.line.is_some() && !notice.message.contains("\"1\""), "{text}");
    }
    assert!(read("x.json", &"[".repeat(100_000)).notice.is_some());
    assert!(read("x.json", "").notice.is_none());
}

#[test]
fn xml_sections_of_their_own_give_keys_with_the_section() {
    let text = r#"<configuration>
  <configSections>
    <section name="signIn" type="System.Configuration.NameValueSectionHandler" />
    <sectionGroup name="contoso"><section name="reseller" type="Contoso.ResellerSection, Contoso" /></sectionGroup>
  </configSections>
  <signIn><add key="Resource" value="https://a.b" /></signIn>
  <contoso><reseller clientId="1"><api resource="https://c.d" /></reseller></contoso>
  <runtime name="none of ours" />
</configuration>"#;
    let reading = read("App.config", text);
    let all: Vec<(&str, &str)> =
        reading.settings.iter().map(|s| (s.key.as_str(), s.value.as_str())).collect();
    assert_eq!(
        all,
        [
            ("signIn:Resource", "https://a.b"),
            ("contoso:reseller:clientId", "1"),
            ("contoso:reseller:api:resource", "https://c.d"),
        ]
    );
}

#[test]
fn xml_configuration() {
    expect(
        "Web.config",
        r#"<?xml version="1.0"?>
<configuration>
  <!-- <add key="old" value="x" /> -->
  <appSettings>
    <add key="PartnerCenter.Url" value="https://a.b/?x=1&amp;y=2"/>
    <add value='two' key='second'></add>
  </appSettings>
  <connectionStrings><add name="Db" connectionString="Server=x" /></connectionStrings>
  <applicationSettings>
    <App.Properties.Settings>
      <setting name="ApiUrl" serializeAs="String">
        <value>
          https://c.d
        </value>
      </setting>
    </App.Properties.Settings>
  </applicationSettings>
</configuration>
"#,
        &[
            ("PartnerCenter.Url", "https://a.b/?x=1&y=2"),
            ("second", "two"),
            ("ConnectionStrings:Db", "Server=x"),
            ("ApiUrl", "https://c.d"),
        ],
    );
    let reading = read("App.config", "<appSettings><add key=\"a\" value=\"1\"/><add key=\"b");
    assert_eq!(reading.settings.len(), 1);
    assert!(reading.notice.is_some());
}

#[test]
fn lines() {
    expect(
        ".env.production",
        "# comment\nexport PC_URL=\"https://a.b\" # prod\nPC_USER=x y # z\nPC_ID='1#2'\nEMPTY=\nnot a pair\n",
        &[("PC_URL", "https://a.b"), ("PC_USER", "x y"), ("PC_ID", "1#2"), ("EMPTY", "")],
    );
    expect(
        "src/main/resources/application.properties",
        "! comment\r\npartner.url = https\\://a.b\r\npartner.id: 7\r\n",
        &[("partner.url", "https://a.b"), ("partner.id", "7")],
    );
    expect(
        "setup.ini",
        "; comment\ntop=1\n[partner.center]\nurl = \"https://a.b\"\n",
        &[("top", "1"), ("partner:center:url", "https://a.b")],
    );
}

#[test]
fn yaml() {
    expect(
        "application.yml",
        r#"# comment
partner:
  url: https://a.b   # prod
  "quoted key": 'va # lue'
  scopes:
  - one
  - "two"
  nested:
    - name: x
      value: y
    - name: z
  flow: { a: 1, b: [https://c.d, e] }
  text: |
    line 1
      line 2

  after: !tag &anchor v
environment:
  - PC_URL=https://a.b
---
second: {{ template }}
"#,
        &[
            ("partner:url", "https://a.b"),
            ("partner:quoted key", "va # lue"),
            ("partner:scopes:0", "one"),
            ("partner:scopes:1", "two"),
            ("partner:nested:0:name", "x"),
            ("partner:nested:0:value", "y"),
            ("partner:nested:1:name", "z"),
            ("partner:flow:a", "1"),
            ("partner:flow:b:0", "https://c.d"),
            ("partner:flow:b:1", "e"),
            ("partner:text", "line 1\nline 2"),
            ("partner:after", "v"),
            ("environment:PC_URL", "https://a.b"),
        ],
    );
    let mut deep = String::new();
    for depth in 0..200 {
        deep += &format!("{}k:\n", " ".repeat(depth));
    }
    assert!(read("x.yaml", &deep).notice.is_some());
}

#[test]
fn data_files_are_not_settings() {
    let large = format!("{{\"a\": \"{}\"}}", "x".repeat(300 * 1024));
    assert!(read("package-lock.json", &large).settings.is_empty());
    assert_eq!(read("appsettings.json", &large).settings.len(), 1);
    assert!(!is_settings("Program.cs") && !is_settings("Makefile") && !is_settings("module.psd1"));
    let many: String = (0..20_000).map(|n| format!("K{n}=v\n")).collect();
    let reading = read(".env", &many);
    assert_eq!(reading.settings.len(), 10_000);
    assert!(reading.notice.is_some());
}

#[test]
fn no_text_makes_a_reader_fail() {
    let pieces = [
        "{", "[", "\"", "'", ":", ",", "<", "=", "-", " ", "\n", "|", "\\", "ü", "]", "}", ">", "&", "#", "/",
    ];
    let mut state = 1_u32;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..20 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text += pieces[(state >> 16) as usize % pieces.len()];
        }
        for path in ["x.json", "x.config", "x.yml", ".env", "x.properties", "x.ini"] {
            for setting in read(path, &text).settings {
                assert!(
                    text.get(setting.span.start as usize..setting.span.end as usize).is_some(),
                    "{text:?}"
                );
            }
        }
    }
}
