using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Silent;

public class DesktopTokens
{
    private readonly IPublicClientApplication _app;
    private readonly string[] _scopes = { "https://api.partnercenter.microsoft.com/user_impersonation" };

    public DesktopTokens(IPublicClientApplication app) => _app = app;

    public async Task<AuthenticationResult> GetAsync()
    {
        var accounts = await _app.GetAccountsAsync();
        try
        {
            // pcmfa: acquisition flow=silent verdict=capable pc=yes
            return await _app.AcquireTokenSilent(_scopes, accounts.FirstOrDefault()).ExecuteAsync();
        }
        catch (MsalUiRequiredException)
        {
            // Nobody has signed in yet.
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            return await _app.AcquireTokenInteractive(_scopes).ExecuteAsync();
        }
    }

    public async Task<string> CustomersAsync()
    {
        var token = await GetAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
        // pcmfa: call verdict=capable from=interactive,silent
        return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }
}
