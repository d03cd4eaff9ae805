using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Retired;

public class Reader
{
    private readonly IConfidentialClientApplication _app;

    public Reader(IConfidentialClientApplication app) => _app = app;

    public async Task<string> CustomersAsync()
    {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        var result = await _app.AcquireTokenForClient(new[] { "https://graph.windows.net/.default" }).ExecuteAsync();

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=exempt from=client-credentials
        return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    // The directory itself, with a token for it: old, but not Partner Center.
    public async Task<string> UsersAsync(string tenant)
    {
        // pcmfa: decoy
        var result = await _app.AcquireTokenForClient(new[] { "https://graph.windows.net/.default" }).ExecuteAsync();

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        return await http.GetStringAsync($"https://graph.windows.net/{tenant}/users?api-version=1.6");
    }
}
