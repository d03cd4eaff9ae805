using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Sync;

public class Client
{
    private readonly HttpClient _http = new();

    public async Task<string> Agreements(IConfidentialClientApplication app, string refreshToken)
    {
        var scopes = new[] { "https://api.partnercenter.microsoft.com/user_impersonation" };
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        var result = await ((IByRefreshToken)app).AcquireTokenByRefreshToken(scopes, refreshToken).ExecuteAsync();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: check ; finding mfa-check-ignored
        _http.DefaultRequestHeaders.Add("ValidateMfa", "true");
        // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        var response = await _http.GetAsync("https://api.partnercenter.microsoft.com/v1/agreements");
        return await response.Content.ReadAsStringAsync();
    }

    public string Explain(string code)
    {
        // pcmfa: check ; finding mfa-error-confused
        if (code == "900421" || code == "900420" || code == "900329")
        {
            return "sign in again";
        }
        return "unknown";
    }

    public string ExplainNumber(int code)
    {
        switch (code)
        {
            // pcmfa: check ; finding mfa-error-confused
            case 900421:
            case 900420:
                return "sign in again";
            default:
                return "unknown";
        }
    }
}
