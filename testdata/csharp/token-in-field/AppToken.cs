using System;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Fields;

// A static cache with a time of expiry.
internal static class AppToken
{
    private static string s_value;
    private static DateTimeOffset s_expires;

    public static IConfidentialClientApplication Application { get; set; }

    public static async Task<string> GetAsync()
    {
        if (s_value == null || s_expires <= DateTimeOffset.UtcNow)
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            var result = await Application
                .AcquireTokenForClient(new[] { "https://api.partnercenter.microsoft.com/.default" })
                .ExecuteAsync();
            s_value = result.AccessToken;
            s_expires = result.ExpiresOn;
        }

        return s_value;
    }
}

internal sealed class OfferReader
{
    public async Task<string> ReadAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + await AppToken.GetAsync());
        // pcmfa: call verdict=exempt from=client-credentials
        return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/offers?country=DE");
    }
}
