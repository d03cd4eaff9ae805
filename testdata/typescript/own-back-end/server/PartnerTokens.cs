using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace Contoso.Portal
{
    public class PartnerTokens
    {
        private static readonly HttpClient Client = new HttpClient();

        public async Task<string> GetAsync(string user, string password)
        {
            var form = new Dictionary<string, string>
            {
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                ["grant_type"] = "password",
                ["resource"] = "https://api.partnercenter.microsoft.com",
                ["username"] = user,
                ["password"] = password,
            };
            var answer = await Client.PostAsync("https://login.microsoftonline.com/organizations/oauth2/token", new FormUrlEncodedContent(form));
            var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return json.RootElement.GetProperty("access_token").GetString();
        }
    }
}
