using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace Contoso.RawHttp;

// The body of the token request in the shapes that people give it.
public class Form
{
    private static readonly HttpClient Http = new HttpClient();

    public async Task DictionaryAsync(string tenant, string clientId, string user, string password)
    {
        var fields = new Dictionary<string, string>
        {
            ["resource"] = "https://api.partnercenter.microsoft.com",
            ["client_id"] = clientId,
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            ["grant_type"] = "password",
            ["username"] = user,
            ["password"] = password,
        };
        var response = await Http.PostAsync(
            $"https://login.microsoftonline.com/{tenant}/oauth2/token", new FormUrlEncodedContent(fields));
        await CustomersAsync(await TokenAsync(response));
    }

    public async Task PairsAsync(string tenant, string clientId, string secret, string user, string password)
    {
        var pairs = new List<KeyValuePair<string, string>>
        {
            new KeyValuePair<string, string>("scope", "https://api.partnercenter.microsoft.com/.default"),
            new KeyValuePair<string, string>("client_id", clientId),
            new KeyValuePair<string, string>("client_secret", secret),
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            new KeyValuePair<string, string>("grant_type", "password"),
            new KeyValuePair<string, string>("username", user),
            new KeyValuePair<string, string>("password", password)
        };
        using var content = new FormUrlEncodedContent(pairs);
        var response = await Http.PostAsync(
            "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token", content);
        await CustomersAsync(await TokenAsync(response));
    }

    public async Task TextAsync(string tenant, string clientId, string user, string password)
    {
        var endpoint = string.Format("https://login.windows.net/{0}/oauth2/token", tenant);
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var body = $"grant_type=password&client_id={clientId}&username={user}&password={password}"
            + "&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com";
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        var response = await Http.SendAsync(request);
        await CustomersAsync(await TokenAsync(response));
    }

    private static async Task<string> TokenAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("access_token").GetString();
    }

    private static async Task CustomersAsync(string token)
    {
        using var request = new HttpRequestMessage();
        request.Method = HttpMethod.Get;
        request.RequestUri = new System.Uri("https://api.partnercenter.microsoft.com/v1/customers");
        request.Headers.Add("Authorization", "Bearer " + token);
        // pcmfa: call verdict=blocked from=ropc
        await Http.SendAsync(request);
    }
}
