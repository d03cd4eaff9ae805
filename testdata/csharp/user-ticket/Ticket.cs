using System.Collections.Generic;
using System.Net.Http;
using System.Security;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Newtonsoft.Json.Linq;

namespace Relecloud
{
    public class Ticket
    {
        private const string Partner = "https://api.partnercenter.microsoft.com";
        private static readonly string[] Scopes = { Partner + "/.default" };

        private readonly HttpClient http = new HttpClient();

        public async Task<string> UserAsync(IPublicClientApplication app, string user, SecureString password)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            return (await app.AcquireTokenByUsernamePassword(Scopes, user, password).ExecuteAsync()).AccessToken;
        }

        public async Task<string> AppAsync(IConfidentialClientApplication app)
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            return (await app.AcquireTokenForClient(Scopes).ExecuteAsync()).AccessToken;
        }

        public async Task CustomersAsync(IPublicClientApplication app, IConfidentialClientApplication confidential, string user, SecureString password)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, Partner + "/v1/customers");
            request.Headers.Add("Authorization", "Bearer " + await this.AppAsync(confidential));
            request.Headers.Add("X-AadUserTicket", await this.UserAsync(app, user, password));
            // pcmfa: call verdict=blocked from=client-credentials,ropc
            await this.http.SendAsync(request);
        }

        public async Task ExchangedAsync(IPublicClientApplication app, string user, SecureString password)
        {
            var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                { "grant_type", "jwt_token" },
                { "jwt_token", await this.UserAsync(app, user, password) },
            });
            // pcmfa: call verdict=blocked from=ropc ; finding retired-library
            var answer = await this.http.PostAsync(Partner + "/generatetoken", form);
            var token = (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];
            var request = new HttpRequestMessage(HttpMethod.Get, Partner + "/v1/invoices");
            request.Headers.Add("Authorization", "Bearer " + token);
            // pcmfa: call verdict=blocked from=ropc
            await this.http.SendAsync(request);
        }

        public async Task WeatherAsync()
        {
            // pcmfa: decoy
            await this.http.GetAsync("https://weather.example/v1/customers");
        }
    }
}
