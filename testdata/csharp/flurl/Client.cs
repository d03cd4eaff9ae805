using System.Threading.Tasks;
using Flurl;
using Flurl.Http;

namespace Contoso.Fluent;

public class Client
{
    private const string Partner = "https://api.partnercenter.microsoft.com";

    public async Task<string> CustomersAsync(string tenant, string clientId, string user, string password)
    {
        var reply = await "https://login.microsoftonline.com"
            .AppendPathSegments(tenant, "oauth2", "token")
            .PostUrlEncodedAsync(new
            {
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                grant_type = "password",
                client_id = clientId,
                username = user,
                password,
                resource = Partner,
            })
            .ReceiveJson();

        // pcmfa: call verdict=blocked from=ropc
        return await Partner
            .AppendPathSegment("v1/customers")
            .SetQueryParam("size", 50)
            .WithOAuthBearerToken((string)reply.access_token)
            .GetStringAsync();
    }

    public async Task<string> WeatherAsync(string key)
    {
        // pcmfa: decoy
        return await "https://weather.contoso.example"
            .AppendPathSegment("v1/customers")
            .WithOAuthBearerToken(key)
            .GetStringAsync();
    }
}
