using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Contoso.Msal;

public class ApplicationJobs
{
    public async Task SecretAsync(string tenant, string clientId, string secret)
    {
        IConfidentialClientApplication app = ConfidentialClientApplicationBuilder
            .Create(clientId)
            .WithClientSecret(secret)
            .WithTenantId(tenant)
            .Build();

        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var result = await app
            .AcquireTokenForClient(new[] { "https://api.partnercenter.microsoft.com/.default" })
            .ExecuteAsync();

        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=exempt from=client-credentials
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    public async Task ManagedIdentityAsync()
    {
        var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.SystemAssigned).Build();

        // pcmfa: acquisition flow=managed-identity verdict=exempt pc=yes
        var result = await app.AcquireTokenForManagedIdentity("https://api.partnercenter.microsoft.com").ExecuteAsync();

        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=exempt from=managed-identity
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }
}
