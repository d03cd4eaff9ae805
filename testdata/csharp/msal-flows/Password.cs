using System.Net.Http;
using System.Security;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Msal;

public class PasswordJob
{
    private static readonly string[] Scopes = { "https://api.partnercenter.microsoft.com/user_impersonation" };

    public async Task RunAsync(string clientId, string user, SecureString password)
    {
        var app = PublicClientApplicationBuilder.Create(clientId)
            .WithAuthority("https://login.microsoftonline.com/organizations")
            .Build();

        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        AuthenticationResult result = await app
            .AcquireTokenByUsernamePassword(Scopes, user, password)
            .ExecuteAsync()
            .ConfigureAwait(false);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + result.AccessToken);

        // pcmfa: call verdict=blocked from=ropc
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/invoices");
    }

    // Confidential clients reach the same grant through a cast.
    public async Task RunConfidentialAsync(IConfidentialClientApplication app, string user, string password)
    {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var result = await ((IByUsernameAndPassword)app)
            .AcquireTokenByUsernamePassword(Scopes, user, password)
            .ExecuteAsync();

        using var request = new HttpRequestMessage(
            HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/profiles/mpn");
        request.Headers.Authorization = new("Bearer", result.AccessToken);
        using var http = new HttpClient();

        // pcmfa: call verdict=blocked from=ropc
        using var response = await http.SendAsync(request);
    }
}
