using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Partials;

internal static class PartnerApi
{
    private const string Host = "api.partnercenter.microsoft.com";
    public const string Scope = "https://" + Host + "/.default";
    public static readonly string Customers = $"https://{Host}/v1/customers";
}

internal static class HttpClientExtensions
{
    public static HttpClient WithBearer(this HttpClient http, string token)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}

internal partial class Sync
{
    private readonly IPublicClientApplication _app;

    public Sync(IPublicClientApplication app) => _app = app;

    public async Task<string> RunAsync(string user, string password)
    {
        var http = new HttpClient().WithBearer(await TokenAsync(user, password));
        // pcmfa: call verdict=blocked from=ropc
        return await http.GetStringAsync(PartnerApi.Customers);
    }

    public async Task<string> PublicAsync()
    {
        var http = new HttpClient();
        // pcmfa: decoy
        return await http.GetStringAsync("https://contoso.example/v1/customers");
    }
}
