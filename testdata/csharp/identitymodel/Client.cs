using System.Net.Http;
using System.Threading.Tasks;
using Duende.IdentityModel.Client;

namespace Contoso.IdentityModelClient;

public class Client
{
    private readonly HttpClient _http = new HttpClient();

    public async Task PartnerAsync(string tenant, string clientId, string user, string password)
    {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var reply = await _http.RequestPasswordTokenAsync(new PasswordTokenRequest
        {
            Address = $"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
            ClientId = clientId,
            Scope = "https://api.partnercenter.microsoft.com/user_impersonation",
            UserName = user,
            Password = password,
        });

        using var partner = new HttpClient();
        partner.SetBearerToken(reply.AccessToken);
        // pcmfa: call verdict=blocked from=ropc
        await partner.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    public async Task ApplicationAsync(string tenant, string clientId, string secret)
    {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var reply = await _http.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest
        {
            Address = $"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
            ClientId = clientId,
            ClientSecret = secret,
            Scope = "https://api.partnercenter.microsoft.com/.default",
        });

        using var partner = new HttpClient();
        partner.SetBearerToken(reply.AccessToken);
        // pcmfa: call verdict=exempt from=client-credentials
        await partner.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    // The shop's own identity server.
    public async Task<string> OrdersAsync(string user, string password)
    {
        // pcmfa: decoy
        var reply = await _http.RequestPasswordTokenAsync(new PasswordTokenRequest
        {
            Address = "https://identity.contoso.example/connect/token",
            ClientId = "shop",
            Scope = "orders",
            UserName = user,
            Password = password,
        });
        return reply.AccessToken;
    }
}
