using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Fields;

// Signed in once, used by other methods of the same object.
public sealed class Session : IDisposable
{
    private readonly HttpClient _http = new HttpClient { BaseAddress = new Uri("https://api.partnercenter.microsoft.com/") };
    private AuthenticationResult _token;

    public async Task SignInAsync(IPublicClientApplication app, string user, string password)
    {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        _token = await app.AcquireTokenByUsernamePassword(
            new[] { "https://api.partnercenter.microsoft.com/user_impersonation" }, user, password).ExecuteAsync();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token.AccessToken);
    }

    public Task<string> CustomersAsync()
    {
        // pcmfa: call verdict=blocked from=ropc
        return _http.GetStringAsync("v1/customers");
    }

    public async Task<string> ProfileAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/profiles/support");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token.AccessToken);
        using var http = new HttpClient();
        // pcmfa: call verdict=blocked from=ropc
        var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    public void Dispose() => _http.Dispose();
}
