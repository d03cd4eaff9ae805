using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace Contoso.Billing;

public class DirectoryJob
{
    // pcmfa: decoy
    private readonly string _secret = Environment.GetEnvironmentVariable("PC_CLIENT_SECRET");

    public async Task<string> Users(string customer)
    {
        var app = ConfidentialClientApplicationBuilder
            .Create("3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10")
            .WithClientSecret(_secret)
            .Build();
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var result = await app.AcquireTokenForClient(new[] { "https://api.partnercenter.microsoft.com/.default" }).ExecuteAsync();
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=exempt from=client-credentials
        var all = await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
        // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
        return await http.GetStringAsync($"https://api.partnercenter.microsoft.com/v1/customers/{customer}/users");
    }

    public async Task<string> Audit()
    {
        var http = new HttpClient();
        // pcmfa: finding static-token
        http.DefaultRequestHeaders.Add("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.");
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/auditrecords");
    }
}
