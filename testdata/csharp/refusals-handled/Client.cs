using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Sync;

public class Client
{
    private readonly HttpClient _http = new();
    // pcmfa: decoy
    private readonly string _secret = Environment.GetEnvironmentVariable("PC_CLIENT_SECRET") ?? "<client-secret>";

    private async Task SignIn(string refreshToken)
    {
        var app = ConfidentialClientApplicationBuilder
            .Create("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10")
            .WithClientSecret(_secret)
            .Build();
        var scopes = new[] { "https://api.partnercenter.microsoft.com/user_impersonation" };
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        var result = await ((IByRefreshToken)app).AcquireTokenByRefreshToken(scopes, refreshToken).ExecuteAsync();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: check
        _http.DefaultRequestHeaders.Add("ValidateMfa", "true");
    }

    public async Task Users(string refreshToken, IEnumerable<string> customers)
    {
        await SignIn(refreshToken);
        foreach (var customer in customers)
        {
            // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
            var response = await _http.GetAsync($"https://api.partnercenter.microsoft.com/v1/customers/{customer}/users");
            // pcmfa: decoy
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                Console.WriteLine(Explain(await response.Content.ReadAsStringAsync()));
                continue;
            }
            // pcmfa: check
            if (response.Headers.TryGetValues("isMfaCompliant", out var values))
            {
                Console.WriteLine(string.Join(",", values));
            }
        }
    }

    private static string Explain(string body)
    {
        // pcmfa: check
        if (body.Contains("\"900421\""))
        {
            return "the sign-in carries no MFA: repeat the consent with MFA";
        }
        if (body.Contains("\"900420\""))
        {
            return "the token is for a retired audience";
        }
        return body.Contains("\"900329\"") ? "this operation needs a user" : "unknown";
    }
}
