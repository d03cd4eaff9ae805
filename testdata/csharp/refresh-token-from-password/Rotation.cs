using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace Contoso.Rotation;

// A refresh token is worth what the sign-in behind it was worth.
public class Rotation
{
    private static readonly HttpClient Http = new HttpClient();
    private const string Endpoint = "https://login.microsoftonline.com/contoso.example/oauth2/token";

    public async Task RunAsync(string clientId, string user, string password)
    {
        var first = await PostAsync(new Dictionary<string, string>
        {
            ["client_id"] = clientId,
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            ["grant_type"] = "password",
            ["username"] = user,
            ["password"] = password,
            ["resource"] = "https://api.partnercenter.microsoft.com",
        });
        var refreshToken = first.GetProperty("refresh_token").GetString();

        var second = await PostAsync(new Dictionary<string, string>
        {
            ["client_id"] = clientId,
            ["resource"] = "https://api.partnercenter.microsoft.com",
            // pcmfa: acquisition flow=refresh-token verdict=blocked pc=yes
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
        });

        using var partner = new HttpClient();
        partner.DefaultRequestHeaders.Add(
            "Authorization", "Bearer " + second.GetProperty("access_token").GetString());
        // pcmfa: call verdict=blocked from=refresh-token
        await partner.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    private static async Task<JsonElement> PostAsync(Dictionary<string, string> form)
    {
        var reply = await Http.PostAsync(Endpoint, new FormUrlEncodedContent(form));
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
    }
}
