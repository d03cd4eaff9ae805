using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace Contoso.Commerce
{
    // Sold through the predecessor of Partner Center before; api.partnercenter.microsoft.com is not in use yet.
    public class Reseller
    {
        private readonly HttpClient http = new HttpClient();

        public async Task<string> OrdersAsync(string tenant, string id, string secret, string reseller)
        {
            var form = new Dictionary<string, string>
            {
                // pcmfa: acquisition flow=client-credentials verdict=exempt pc=unknown
                ["grant_type"] = "client_credentials",
                ["client_id"] = id,
                ["client_secret"] = secret,
                ["resource"] = "https://graph.windows.net",
            };
            var answer = await this.http.PostAsync($"https://login.microsoftonline.com/{tenant}/oauth2/token", new FormUrlEncodedContent(form));
            var token = (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];

            var request = new HttpRequestMessage(HttpMethod.Get, $"https://api.cp.microsoft.com/{reseller}/orders");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            // pcmfa: decoy
            return await (await this.http.SendAsync(request)).Content.ReadAsStringAsync();
        }
    }

    // The directory's own API took such tokens too: that is where this one goes.
    public class Directory
    {
        private readonly HttpClient http = new HttpClient();

        public async Task<string> UsersAsync(string tenant, string id, string secret)
        {
            var form = new Dictionary<string, string>
            {
                // pcmfa: decoy
                ["grant_type"] = "client_credentials",
                ["client_id"] = id,
                ["client_secret"] = secret,
                ["resource"] = "https://graph.windows.net",
            };
            var answer = await this.http.PostAsync($"https://login.microsoftonline.com/{tenant}/oauth2/token", new FormUrlEncodedContent(form));
            var token = (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];

            var request = new HttpRequestMessage(HttpMethod.Get, $"https://graph.windows.net/{tenant}/users?api-version=1.6");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return await (await this.http.SendAsync(request)).Content.ReadAsStringAsync();
        }
    }
}
