using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Msal;

// The names of versions 2 and 3.
public class Version3Job
{
    private readonly PublicClientApplication _app = new PublicClientApplication("6a5e5c3b-5d51-4b0e-9c0a-6f2f3e0f4a11");

    public async Task SignInAsync()
    {
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        AuthenticationResult result = await _app.AcquireTokenAsync(
            new[] { "https://api.partnercenter.microsoft.com/user_impersonation" });

        await ListAsync(result.AccessToken);
    }

    private static async Task ListAsync(string token)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        // pcmfa: call verdict=capable from=interactive
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }
}
