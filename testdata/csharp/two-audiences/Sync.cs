using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;

namespace Contoso.TwoAudiences;

// One helper for both resources: what goes to Azure AD Graph stays there.
public class Sync
{
    private static async Task<string> RedeemAsync(string resource, string refreshToken)
    {
        using var http = new HttpClient();
        var response = await http.PostAsync("https://login.microsoftonline.com/contoso.example/oauth2/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
            ["resource"] = resource,
        }));
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("access_token").GetString();
    }

    public async Task<string> DomainsAsync(string customer, string refreshToken)
    {
        using var http = new HttpClient();
        var token = await RedeemAsync("https://graph.windows.net", refreshToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // pcmfa: decoy
        return await http.GetStringAsync("https://graph.windows.net/" + customer + "/domains?api-version=1.6");
    }

    public async Task<string> CustomersAsync(string refreshToken)
    {
        using var http = new HttpClient();
        var token = await RedeemAsync("https://api.partnercenter.microsoft.com", refreshToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // pcmfa: call verdict=capable from=refresh-token
        return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }
}
