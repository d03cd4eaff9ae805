using System.Collections.Generic;
using System.Net.Http;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Identity.Client;
using Newtonsoft.Json.Linq;

namespace Tailwind.Identity
{
    public class Tokens
    {
        private readonly IPublicClientApplication app;
        private readonly HttpClient http = new HttpClient();

        public Tokens(IPublicClientApplication app)
        {
            this.app = app;
        }

        // Three calls below those that know the resource.
        private async Task<string> AcquireAsync(string[] scopes, string user, SecureString password)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await this.app.AcquireTokenByUsernamePassword(scopes, user, password).ExecuteAsync();
            return result.AccessToken;
        }

        private Task<string> ForResourceAsync(string resource, string user, SecureString password)
        {
            return this.AcquireAsync(new[] { resource + "/.default" }, user, password);
        }

        public Task<string> ForAsync(Target target, string user, SecureString password)
        {
            switch (target)
            {
                case Target.Partner:
                    return this.ForResourceAsync(ResourceNames.Partner, user, password);
                default:
                    return this.ForResourceAsync(ResourceNames.Graph, user, password);
            }
        }

        // The default is for Partner Center, and one caller wants something else.
        public async Task<string> DeviceAsync(string scope = ResourceNames.PartnerScope)
        {
            // pcmfa: acquisition flow=device-code verdict=capable pc=yes
            var result = await this.app.AcquireTokenWithDeviceCode(new[] { scope }, code => Task.CompletedTask).ExecuteAsync();
            return result.AccessToken;
        }

        // A form that is already encoded.
        public async Task<string> FormAsync(string id, string secret)
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            var form = "grant_type=client_credentials&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com&client_id=" + id + "&client_secret=" + secret;
            var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
            var answer = await this.http.PostAsync("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token", content);
            return (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];
        }

        // The same form for something else.
        public async Task<string> OtherFormAsync(string id, string secret)
        {
            // pcmfa: decoy
            var form = "grant_type=client_credentials&resource=https%3A%2F%2Fvault.azure.net&client_id=" + id + "&client_secret=" + secret;
            var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
            var answer = await this.http.PostAsync("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token", content);
            return (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];
        }
    }

    public class OptionTokens
    {
        private readonly IConfiguration configuration;

        public OptionTokens(IConfiguration configuration)
        {
            this.configuration = configuration;
        }

        public async Task<string> ReportingAsync(string secret)
        {
            var options = new ApiOptions();
            this.configuration.GetSection("Reporting").Bind(options);
            var client = ConfidentialClientApplicationBuilder.Create(options.AppId).WithClientSecret(secret).Build();
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            var result = await client.AcquireTokenForClient(new[] { options.Resource + "/.default" }).ExecuteAsync();
            return result.AccessToken;
        }

        public async Task<string> DirectoryAsync(string secret)
        {
            var options = this.configuration.GetSection("Directory").Get<ApiOptions>();
            var client = ConfidentialClientApplicationBuilder.Create(options.AppId).WithClientSecret(secret).Build();
            // pcmfa: decoy
            var result = await client.AcquireTokenForClient(new[] { options.Resource + "/.default" }).ExecuteAsync();
            return result.AccessToken;
        }
    }
}
