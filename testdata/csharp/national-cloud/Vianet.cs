using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;

namespace Contoso.China;

public class Vianet
{
    private const string Resource = "https://partner.partnercenterapi.microsoftonline.cn";

    public async Task<string> CustomersAsync(string tenant, string clientId, string user, string password)
    {
        using var http = new HttpClient();
        var answer = await http.PostAsync(
            $"https://login.chinacloudapi.cn/{tenant}/oauth2/token",
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                ["grant_type"] = "password",
                ["resource"] = Resource,
                ["client_id"] = clientId,
                ["username"] = user,
                ["password"] = password,
            }));
        var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync())
            .RootElement.GetProperty("access_token").GetString();

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // pcmfa: call verdict=blocked from=ropc
        return await http.GetStringAsync(Resource + "/v1/customers");
    }

    // The portal of the same cloud is no API.
    public async Task<string> PortalAsync()
    {
        using var http = new HttpClient();
        // pcmfa: decoy
        return await http.GetStringAsync("https://partner.microsoftonline.cn/health");
    }
}
