using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Sync;

public class Sync
{
    private readonly IConfidentialClientApplication _app;

    public Sync(IConfidentialClientApplication app) => _app = app;

    private static async Task<string> GetAsync(string url, string token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // pcmfa: call verdict=exempt from=client-credentials
        return await http.GetStringAsync(url);
    }

    public async Task<string> CustomersAsync()
    {
        var partner = Settings.Load().PartnerCenter;
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        var result = await _app.AcquireTokenForClient(new[] { partner.Resource + "/.default" }).ExecuteAsync();
        // pcmfa: call verdict=exempt from=client-credentials
        return await GetAsync(partner.ApiRoot + "/v1/customers", result.AccessToken);
    }

    public async Task<string> DeployedCustomersAsync()
    {
        var partner = Settings.LoadFromBase().PartnerCenter;
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        var result = await _app.AcquireTokenForClient(new[] { $"{partner.Resource}/.default" }).ExecuteAsync();
        // pcmfa: call verdict=exempt from=client-credentials
        return await GetAsync($"{partner.ApiRoot}/v1/customers", result.AccessToken);
    }

    public async Task<string> OffersAsync()
    {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        var result = await _app.AcquireTokenForClient(new[] { Settings.ResourceOfTree() + "/.default" }).ExecuteAsync();
        // pcmfa: call verdict=exempt from=client-credentials
        return await GetAsync("https://api.partnercenter.microsoft.com/v1/offers", result.AccessToken);
    }

    // The same keys of an answer: what is in it, no file of the tree says.
    public async Task<string> RemoteAsync(HttpClient http)
    {
        var text = await http.GetStringAsync("https://config.contoso.com/partner.json");
        var partner = JsonSerializer.Deserialize<Settings>(text)!.PartnerCenter;
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var result = await _app.AcquireTokenForClient(new[] { partner.Resource + "/.default" }).ExecuteAsync();
        // pcmfa: call verdict=exempt from=client-credentials
        return await GetAsync("https://api.partnercenter.microsoft.com/v1/customers", result.AccessToken);
    }

    // The same keys of another file.
    public async Task<string> InvoicesAsync()
    {
        var partner = Settings.LoadCurrent().PartnerCenter;
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var result = await _app.AcquireTokenForClient(new[] { partner.Resource + "/.default" }).ExecuteAsync();
        // pcmfa: call verdict=exempt from=client-credentials
        return await GetAsync(partner.ApiRoot + "/v1/invoices", result.AccessToken);
    }
}
