using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Silent;

// Only the password ever fills this cache, so a silent success is no better than the password.
public class ServiceTokens
{
    public async Task<string> InvoicesAsync(string clientId, string user, string password)
    {
        var application = PublicClientApplicationBuilder.Create(clientId).Build();
        var scopes = new[] { "https://api.partnercenter.microsoft.com/user_impersonation" };
        var account = (await application.GetAccountsAsync()).FirstOrDefault();

        AuthenticationResult result;
        if (account != null)
        {
            // pcmfa: acquisition flow=silent verdict=blocked pc=yes
            result = await application.AcquireTokenSilent(scopes, account).ExecuteAsync();
        }
        else
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            result = await application.AcquireTokenByUsernamePassword(scopes, user, password).ExecuteAsync();
        }

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=blocked from=ropc,silent
        return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/invoices");
    }
}
