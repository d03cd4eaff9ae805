using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace Contoso.Unresolved;

// A library: whoever calls it brings the token.
public class Forwarder
{
    private readonly HttpClient _http;

    public Forwarder(HttpClient http) => _http = http;

    public async Task<string> CustomersAsync(string accessToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/customers");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        // pcmfa: call verdict=unresolved ; finding unresolved-token
        var response = await _http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    // The host is decided elsewhere too; nothing here says Partner Center.
    public async Task<string> AnyAsync(string address, string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        // pcmfa: decoy
        var response = await _http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
