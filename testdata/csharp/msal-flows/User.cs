using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Msal;

public class UserJobs
{
    private const string Api = "https://api.partnercenter.microsoft.com";
    private static readonly string[] Scopes = [$"{Api}/user_impersonation"];

    public async Task InteractiveAsync(IPublicClientApplication app)
    {
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        var result = await app.AcquireTokenInteractive(Scopes).WithPrompt(Prompt.SelectAccount).ExecuteAsync();

        using var http = Client(result);
        // pcmfa: call verdict=capable from=interactive
        await http.GetStringAsync("/v1/customers");
    }

    public async Task DeviceAsync(IPublicClientApplication app)
    {
        // pcmfa: acquisition flow=device-code verdict=capable pc=yes
        var result = await app.AcquireTokenWithDeviceCode(Scopes, code =>
        {
            Console.WriteLine(code.Message);
            return Task.CompletedTask;
        }).ExecuteAsync();

        using var http = Client(result);
        // pcmfa: call verdict=capable from=device-code
        await http.GetStringAsync("/v1/invoices");
    }

    public async Task CodeAsync(IConfidentialClientApplication app, string code)
    {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        var result = await app.AcquireTokenByAuthorizationCode(Scopes, code).ExecuteAsync();

        using var http = Client(result);
        // pcmfa: call verdict=capable from=authorization-code
        await http.GetStringAsync("/v1/agreements");
    }

    public async Task RefreshAsync(IConfidentialClientApplication app, string refreshToken)
    {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        var result = await ((IByRefreshToken)app).AcquireTokenByRefreshToken(Scopes, refreshToken).ExecuteAsync();

        using var http = Client(result);
        // pcmfa: call verdict=capable from=refresh-token
        await http.GetStringAsync("/v1/servicerequests");
    }

    public async Task OnBehalfOfAsync(IConfidentialClientApplication app, string incoming)
    {
        // pcmfa: acquisition flow=on-behalf-of verdict=capable pc=yes
        var result = await app.AcquireTokenOnBehalfOf(Scopes, new UserAssertion(incoming)).ExecuteAsync();

        using var http = Client(result);
        // pcmfa: call verdict=capable from=on-behalf-of
        await http.GetStringAsync("/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf");
    }

    private static HttpClient Client(AuthenticationResult result)
    {
        var http = new HttpClient { BaseAddress = new Uri(Api) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        return http;
    }
}
