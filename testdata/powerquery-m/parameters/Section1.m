section Section1;

shared TenantId = "contoso.onmicrosoft.com" meta [IsParameterQuery = true, Type = "Text"];

shared Host = "https://api.partnercenter.microsoft.com" meta [IsParameterQuery = true, Type = "Text"];

shared Token = let
    body = "grant_type=client_credentials&client_id=" & ClientId & "&client_secret=" & ClientSecret & "&resource=" & Host, // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    options = [Headers = [#"Content-Type" = "application/x-www-form-urlencoded"], Content = Text.ToBinary(body)],
    reply = Json.Document(Web.Contents("https://login.microsoftonline.com/" & TenantId & "/oauth2/token", options))
in
    reply[access_token];

shared Invoices = let
    request = (path as text) => Json.Document(Web.Contents(Host & path, [Headers = [Authorization = "Bearer " & Token]])),
    found = request("/v1/invoices"), // pcmfa: call verdict=exempt from=client-credentials
    items = try found[items] otherwise {}
in
    Table.FromRecords(items);

shared Rates = OData.Feed("https://rates.contoso.example/api", null, [Implementation = "2.0"]); // pcmfa: decoy
