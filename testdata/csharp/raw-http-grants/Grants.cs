using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Contoso.RawHttp;

// One request, several grants: the fields of the caller decide.
public class Grants
{
    private const string Partner = "https://api.partnercenter.microsoft.com";
    private readonly HttpClient _http = new();
    private readonly string _endpoint;

    public Grants(string tenant) => _endpoint = $"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token";

    private async Task<string> RequestAsync(Dictionary<string, string> fields)
    {
        fields["scope"] = Partner + "/.default";
        var response = await _http.PostAsync(_endpoint, new FormUrlEncodedContent(fields));
        var json = await response.Content.ReadFromJsonAsync<JsonNode>();
        return (string)json["access_token"];
    }

    public async Task SecureApplicationModelAsync(string clientId, string secret, string refreshToken)
    {
        var token = await RequestAsync(new()
        {
            ["client_id"] = clientId,
            ["client_secret"] = secret,
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
        });

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        // pcmfa: call verdict=capable from=refresh-token
        await client.GetFromJsonAsync<JsonNode>(Partner + "/v1/invoices");
    }

    public async Task ApplicationAsync(string clientId, string secret)
    {
        var token = await RequestAsync(new()
        {
            ["client_id"] = clientId,
            ["client_secret"] = secret,
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            ["grant_type"] = "client_credentials",
        });

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        // pcmfa: call verdict=exempt from=client-credentials
        await client.GetFromJsonAsync<JsonNode>(Partner + "/v1/customers");
    }

    public async Task CodeAsync(string clientId, string secret, string code, string redirect)
    {
        var token = await RequestAsync(new()
        {
            ["client_id"] = clientId,
            ["client_secret"] = secret,
            // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirect,
        });

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        // pcmfa: call verdict=capable from=authorization-code
        await client.PostAsJsonAsync(Partner + "/v1/customers/c1/orders", new { billingCycle = "monthly" });
    }
}
