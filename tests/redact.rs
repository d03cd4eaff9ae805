//! No secret leaves the scanner, and what is not secret stays readable.

use pcmfa::report::redact;

#[track_caller]
fn hides(language: &str, code: &str, secret: &str) {
    let masked = redact::source(code, Some(language));
    assert!(!masked.contains(secret), "{masked}");
    assert!(masked.contains('*'), "{masked}");
    same_shape(code, &masked);
}

#[track_caller]
fn keeps(language: &str, code: &str) {
    assert_eq!(redact::source(code, Some(language)), code);
}

#[track_caller]
fn same_shape(before: &str, after: &str) {
    let shape = |text: &str| text.split(['\n', '\r']).map(|line| line.chars().count()).collect::<Vec<_>>();
    assert_eq!(shape(before), shape(after));
}

#[test]
fn csharp_literals_that_belong_to_a_secret() {
    for code in [
        r#"var password = "hunter2";"#,
        r#"var password =
                "hunter2";"#,
        r#"string clientSecret = @"hunter2";"#,
        r#"new UserPasswordCredential("admin@contoso.com", "hunter2")"#,
        "app.AcquireTokenByUsernamePassword(\n    scopes,\n    user,\n    \"hunter2\")",
        r#"{ "password", "hunter2" }"#,
        r#"["client_secret"] = "hunter2","#,
        r#"string[] secrets = ["hunter2"];"#,
        r#"Login(user, password: ["hunter2"])"#,
        r#"new KeyValuePair<string, string>("password", "hunter2")"#,
        r#"form.Add("client_secret", "hunter2");"#,
        r#"var body = $"grant_type=password&username={u}&password=hunter2";"#,
        r#"options.ClientSecret = "hunter2";"#,
        "// password: hunter2",
        "/* the client secret = hunter2 */",
        "var token = \"\"\"\n  hunter2\n  \"\"\";",
        r#"var url = "https://svc:hunter2@contoso.com/x";"#,
        r#"var secure = new NetworkCredential("", "hunter2").SecurePassword;"#,
    ] {
        hides("csharp", code, "hunter2");
    }
}

#[test]
fn powershell_literals_that_belong_to_a_secret() {
    for code in [
        "$password = ConvertTo-SecureString 'hunter2' -AsPlainText -Force",
        "$script:ClientSecret = \"hunter2\"",
        "Connect-PartnerCenter -Credential (New-Object PSCredential('admin', (ConvertTo-SecureString \"hunter2\" -AsPlainText)))",
        "$body = @{ grant_type = 'password'; password = 'hunter2' }",
        "$body.Add('password', 'hunter2')",
        "$body['client_secret'] = 'hunter2'",
        "$body = \"grant_type=password&client_secret=hunter2\"",
        "$token = @\"\nhunter2\n\"@",
        "# password=hunter2",
        "<# client secret: hunter2 #>",
    ] {
        hides("powershell", code, "hunter2");
    }
}

#[test]
fn secrets_by_their_shape_alone() {
    let jwt = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwcyJ9.c2lnbmF0dXJl";
    let secret = "abc8Q~0123456789abcdefghijklmnopqrstuvw";
    let refresh = "0.AXoAi8K-x2Jm1kGZq0PzV9cTb3NcW5dLf9GhJ1sTaQe.AgABAAEAAAD";
    let key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kA==";
    for found in [jwt, secret, refresh, key] {
        hides("csharp", &format!("var x = \"{found}\"; // {found}"), found);
        assert!(!redact::text(&format!("the value {found} is used")).contains(found));
    }
}

#[test]
fn what_a_reader_needs_stays() {
    for code in [
        r#"var all = await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");"#,
        r#"app.AcquireTokenForClient(new[] { "https://api.partnercenter.microsoft.com/.default" })"#,
        r#"var token = await GetToken("https://api.partnercenter.microsoft.com", "openid offline_access");"#,
        r#"http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);"#,
        r#"var secret = configuration["PartnerCenter:ClientSecret"];"#,
        r#"var password = Environment.GetEnvironmentVariable("PC_PASSWORD");"#,
        r#"{ "grant_type", "password" }, { "resource", "https://graph.windows.net" },"#,
        r#"var body = $"grant_type=refresh_token&refresh_token={token}&client_secret={secret}";"#,
        r#"var tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";"#,
        r#"app.AcquireTokenByUsernamePassword(new[] { section["Scope"] }, user, password)"#,
        r#"class TokenHelper { string Host = "contoso"; }"#,
        r#"request.Headers.Add("Authorization", "Bearer " + token);"#,
    ] {
        keeps("csharp", code);
    }
    for code in [
        "$headers = @{ Authorization = \"Bearer $token\" }",
        "Connect-PartnerCenter -Credential $cred -Environment 'AzureCloud'",
        "$t = Get-Token -Resource 'https://api.partnercenter.microsoft.com' -Name 'sync'",
        "$secret = $env:PC_SECRET",
        "# we can't use the password here",
    ] {
        keeps("powershell", code);
    }
}

#[test]
fn settings_without_quotes() {
    let hides = |text: &str| {
        let masked = redact::source(text, None);
        assert!(!masked.contains("hunter2"), "{masked}");
        same_shape(text, &masked);
    };
    hides("PC_PASSWORD=hunter2\n");
    hides("partner:\n  client-secret: hunter2 # for now\n");
    hides("{\n  \"ClientSecret\": \"hunter2\",\n}");
    hides("<add key=\"ClientSecret\" value=\"hunter2\" />");
    hides("<Password>hunter2</Password>");
    hides("- PC_PASSWORD=hunter2\n");
    hides("Server=x;User Id=a;Password=hunter2;\n");
    let harmless = "url: https://api.partnercenter.microsoft.com\ntenant: contoso\n<add key=\"Url\" value=\"contoso\" />";
    assert_eq!(redact::source(harmless, None), harmless);
}

#[test]
fn texts_of_shells_without_quotes() {
    for code in [
        "curl -d grant_type=password&password=hunter2 https://login.microsoftonline.com/common/oauth2/token",
        "curl -d client_secret=hunter2 https://login.microsoftonline.com/common/oauth2/token",
        "curl -u admin:hunter2 https://contoso.com",
        "curl --user admin:hunter2 https://contoso.com",
        "az login -u admin@contoso.com -p hunter2",
        "az login --service-principal --password hunter2 --tenant contoso.com",
        "tool --client-secret=hunter2",
        "export PARTNER_PASSWORD=hunter2",
        "CLIENT_SECRET=hunter2 ./sync.sh",
    ] {
        hides("bash", code, "hunter2");
    }
    for code in [
        "curl -u \"$USER:$PASSWORD\" https://contoso.com",
        "az login --service-principal --password $PASSWORD --tenant contoso.com",
        "az login -p ${PASSWORD}",
        "export PARTNER_PASSWORD=$1",
        "curl -d client_secret=$CLIENT_SECRET https://contoso.com",
        "mkdir -p build/output",
        "export PARTNER_TENANT=contoso.com",
    ] {
        keeps("bash", code);
    }
}

#[test]
fn messages_keep_urls_and_lose_parameters() {
    assert_eq!(
        redact::text("POST https://login.microsoftonline.com/x/oauth2/token?code=abc&state=1"),
        "POST https://login.microsoftonline.com/x/oauth2/token?code=***&state=1"
    );
    let harmless = "`AcquireTokenByUsernamePassword` signs in with a password; grant_type=password";
    assert_eq!(redact::text(harmless), harmless);
}

#[test]
fn any_text_keeps_its_shape() {
    for text in [
        "\"",
        "'",
        "\"\"\"",
        "@\"",
        "@'\n",
        "`",
        "\"\\",
        "päss = \"ä\u{1F600}x\"",
        "(((",
        ")))",
        "<#",
        "/*",
        "'''a",
    ] {
        for language in [Some("csharp"), Some("powershell"), Some("javascript"), None] {
            same_shape(text, &redact::source(text, language));
        }
    }
}
