using System.Net.Http;
using System.Net.Http.Headers;
using System.Security;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Newtonsoft.Json;

namespace Contoso.Reports
{
    public class Report
    {
        private const string Root = "https://api.partnercenter.microsoft.com/v1/";

        private readonly HttpClient http = new HttpClient();

        public async Task RunAsync(string clientId, string user, SecureString password)
        {
            var app = PublicClientApplicationBuilder.Create(clientId).Build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync();
            this.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);

            // pcmfa: call verdict=blocked from=ropc
            Page page = JsonConvert.DeserializeObject<Page>(await this.http.GetStringAsync(Root + "customers"));
            if (page.Entries == null)
            {
                return;
            }

            // pcmfa: call verdict=blocked from=ropc
            await this.http.GetStringAsync(Root + "invoices");

            // Made here, and never filled.
            var empty = new Page();
            if (empty.Entries == null)
            {
                return;
            }

            // pcmfa: decoy
            await this.http.GetStringAsync(Root + "agreements");
        }
    }
}
