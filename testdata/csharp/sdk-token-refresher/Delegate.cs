using System;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Sdk;

// The first token comes from a browser; the one that replaces it an hour later from a password.
public class Delegate
{
    private const string Scope = "https://api.partnercenter.microsoft.com/user_impersonation";
    private readonly IPublicClientApplication _app;
    private readonly string _user;
    private readonly string _password;

    public Delegate(IPublicClientApplication app, string user, string password)
    {
        _app = app;
        _user = user;
        _password = password;
    }

    private async Task<AuthenticationToken> RefreshAsync(AuthenticationToken expired)
    {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var result = await _app.AcquireTokenByUsernamePassword(new[] { Scope }, _user, _password).ExecuteAsync();
        return new AuthenticationToken(result.AccessToken, result.ExpiresOn);
    }

    public async Task RunAsync(string clientId)
    {
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        var first = await _app.AcquireTokenInteractive(new[] { Scope }).ExecuteAsync();
        var token = new AuthenticationToken(first.AccessToken, first.ExpiresOn);

        // pcmfa: call verdict=blocked from=interactive,ropc ; finding retired-library
        var credentials = PartnerCredentials.Instance.GenerateByUserCredentials(clientId, token, RefreshAsync);
        var partner = PartnerService.Instance.CreatePartnerOperations(credentials);

        // pcmfa: call verdict=blocked from=interactive,ropc
        var invoices = await partner.Invoices.GetAsync();
        Console.WriteLine(invoices.TotalCount);
    }
}
