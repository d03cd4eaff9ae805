using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Azure.KeyVault;
using Newtonsoft.Json.Linq;

namespace Litware
{
    public class Vault
    {
        private readonly HttpClient http = new HttpClient();

        // The client of the vault asks for its own token; it says what for.
        public async Task<string> SecretAsync(string name)
        {
            var client = new KeyVaultClient(new KeyVaultClient.AuthenticationCallback(this.TokenAsync));
            return (await client.GetSecretAsync("https://litware.vault.azure.net", name)).Value;
        }

        private async Task<string> TokenAsync(string authority, string resource, string scope)
        {
            return await this.AppTokenAsync(authority, resource, "9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11");
        }

        private async Task<string> AppTokenAsync(string authority, string resource, string client)
        {
            var form = new Dictionary<string, string>
            {
                // pcmfa: decoy
                ["grant_type"] = "client_credentials",
                ["resource"] = resource,
                ["client_id"] = client,
            };
            var answer = await this.http.PostAsync(authority + "/oauth2/token", new FormUrlEncodedContent(form));
            return (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];
        }

        public async Task<string> CustomersAsync()
        {
            var form = new Dictionary<string, string>
            {
                // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = await this.SecretAsync("partner"),
                ["resource"] = "https://api.partnercenter.microsoft.com",
            };
            var answer = await this.http.PostAsync("https://login.microsoftonline.com/litware.onmicrosoft.com/oauth2/token", new FormUrlEncodedContent(form));
            var token = (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];
            var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/customers");
            request.Headers.Add("Authorization", "Bearer " + token);
            // pcmfa: call verdict=capable from=refresh-token
            return await (await this.http.SendAsync(request)).Content.ReadAsStringAsync();
        }
    }
}
