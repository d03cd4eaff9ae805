using System.Net.Http;
using System.Net.Http.Headers;

namespace Proseware;

internal static class Program
{
    public static void Main()
    {
        var client = new HttpClient();
        var graph = new TokenHelper().AppToken("https://login.microsoftonline.com/common", "https://graph.microsoft.com", Certificates.Own);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", graph.AccessToken);
        // pcmfa: decoy
        var users = client.GetStringAsync("https://graph.microsoft.com/v1.0/users").Result;

        var token = new TokenHelper().UserToken("https://api.partnercenter.microsoft.com");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
        // pcmfa: call verdict=blocked from=ropc
        var customers = client.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers").Result;
    }
}
