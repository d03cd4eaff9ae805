using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.IdentityModel.Clients.ActiveDirectory;

namespace Contoso.Adal;

public class UserTokens
{
    private const string Resource = "https://api.partnercenter.microsoft.com";
    private readonly AuthenticationContext _context = new AuthenticationContext("https://login.windows.net/common");

    public async Task PasswordAsync(string clientId, string user, string password)
    {
        var credential = new UserPasswordCredential(user, password);
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
        var result = await _context.AcquireTokenAsync(Resource, clientId, credential);
        // pcmfa: call verdict=blocked from=ropc
        await Client(result).GetStringAsync(Resource + "/v1/customers");
    }

    // Version 2: one class for both, and the password makes the difference.
    public void Version2(string clientId, string user, string password)
    {
        UserCredential typed = new UserCredential(user, password);
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        AuthenticationResult first = _context.AcquireToken(Resource, clientId, typed);
        // pcmfa: call verdict=blocked from=ropc
        Client(first).GetStringAsync(Resource + "/v1/invoices").Wait();

        // pcmfa: acquisition flow=integrated-windows verdict=blocked pc=yes ; finding integrated-windows-auth
        AuthenticationResult second = _context.AcquireToken(Resource, clientId, new UserCredential());
        // pcmfa: call verdict=blocked from=integrated-windows
        Client(second).GetStringAsync(Resource + "/v1/offers?country=US").Wait();
    }

    public async Task WindowAsync(string clientId)
    {
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        var result = await _context.AcquireTokenAsync(
            Resource, clientId, new Uri("urn:ietf:wg:oauth:2.0:oob"), new PlatformParameters(PromptBehavior.Auto));
        // pcmfa: call verdict=capable from=interactive
        await Client(result).GetStringAsync(Resource + "/v1/customers");
    }

    public async Task CodeAsync(string code, Uri redirect, ClientCredential application)
    {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        var result = await _context.AcquireTokenByAuthorizationCodeAsync(code, redirect, application, Resource);
        // pcmfa: call verdict=capable from=authorization-code
        await Client(result).GetStringAsync(Resource + "/v1/customers");
    }

    public async Task RefreshAsync(string refreshToken, ClientCredential application)
    {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        var result = await _context.AcquireTokenByRefreshTokenAsync(refreshToken, application, Resource);
        // pcmfa: call verdict=capable from=refresh-token
        await Client(result).GetStringAsync(Resource + "/v1/customers");
    }

    public async Task DeviceAsync(string clientId)
    {
        DeviceCodeResult code = await _context.AcquireDeviceCodeAsync(Resource, clientId);
        Console.WriteLine(code.Message);
        // pcmfa: acquisition flow=device-code verdict=capable pc=yes
        var result = await _context.AcquireTokenByDeviceCodeAsync(code);
        // pcmfa: call verdict=capable from=device-code
        await Client(result).GetStringAsync(Resource + "/v1/customers");
    }

    private static HttpClient Client(AuthenticationResult result)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue(result.AccessTokenType, result.AccessToken);
        return http;
    }
}
