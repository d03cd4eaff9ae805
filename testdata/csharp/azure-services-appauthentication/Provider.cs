using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Azure.Services.AppAuthentication;

namespace Contoso.AppAuthentication;

public class Provider
{
    private readonly AzureServiceTokenProvider _provider = new AzureServiceTokenProvider();

    public async Task CustomersAsync()
    {
        // pcmfa: acquisition flow=managed-identity verdict=exempt pc=yes
        var token = await _provider.GetAccessTokenAsync("https://api.partnercenter.microsoft.com");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // pcmfa: call verdict=exempt from=managed-identity
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    public async Task<string> DatabaseAsync()
    {
        // pcmfa: decoy
        return await _provider.GetAccessTokenAsync("https://database.windows.net/");
    }
}
