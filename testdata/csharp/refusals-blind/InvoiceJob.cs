using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Billing;

public class InvoiceJob
{
    // pcmfa: finding hard-coded-secret
    private const string Secret = "q7-Tulip-Harbour-19";
    // pcmfa: decoy
    private const string Placeholder = "<client-secret>";
    private static readonly string[] Scopes = { "https://api.partnercenter.microsoft.com/user_impersonation" };

    public async Task<string> Token(string refreshToken, string user, string password)
    {
        var app = ConfidentialClientApplicationBuilder
            .Create("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10")
            .WithClientSecret(Secret)
            .Build();
        try
        {
            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            var result = await ((IByRefreshToken)app).AcquireTokenByRefreshToken(Scopes, refreshToken).ExecuteAsync();
            return result.AccessToken;
        }
        catch (MsalUiRequiredException)
        {
            var pca = PublicClientApplicationBuilder.Create("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10").Build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
            var result = await pca.AcquireTokenByUsernamePassword(Scopes, user, password).ExecuteAsync();
            return result.AccessToken;
        }
    }

    public async Task<string> Invoices(string refreshToken, string user, string password)
    {
        var http = new HttpClient();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var token = await Token(refreshToken, user, password);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
            var response = await http.GetAsync("https://api.partnercenter.microsoft.com/v1/invoices");
            // pcmfa: finding mfa-error-retried
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                await Task.Delay(1000 * attempt);
                continue;
            }
            return await response.Content.ReadAsStringAsync();
        }
        throw new InvalidOperationException("no invoices");
    }
}
