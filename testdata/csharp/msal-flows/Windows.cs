using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Msal;

public class WindowsJob
{
    public async Task<string> RunAsync(IPublicClientApplication app)
    {
        // pcmfa: acquisition flow=integrated-windows verdict=blocked pc=yes ; finding integrated-windows-auth
        var result = await app.AcquireTokenByIntegratedWindowsAuth(
            new[] { "https://api.partnercenter.microsoft.com/.default" }).ExecuteAsync();

        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(result.TokenType, result.AccessToken);

        // pcmfa: call verdict=blocked from=integrated-windows
        return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }
}
