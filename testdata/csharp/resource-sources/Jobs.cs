using System.Net.Http;
using System.Net.Http.Headers;
using System.Security;
using System.Threading.Tasks;
using Tailwind.Identity;

namespace Tailwind.Jobs
{
    public class Jobs
    {
        private readonly Tokens tokens;

        public Jobs(Tokens tokens)
        {
            this.tokens = tokens;
        }

        public async Task<string> CustomersAsync(string user, SecureString password)
        {
            var http = new HttpClient();
            var token = await this.tokens.ForAsync(Target.Partner, user, password);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            // pcmfa: call verdict=blocked from=ropc
            return await http.GetStringAsync(ResourceNames.Partner + "/v1/customers");
        }

        public async Task<string> PeopleAsync(string user, SecureString password)
        {
            var http = new HttpClient();
            var token = await this.tokens.ForAsync(Target.Graph, user, password);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            // pcmfa: decoy
            return await http.GetStringAsync(ResourceNames.Graph + "/v1.0/users");
        }

        public async Task<string> InvoicesAsync()
        {
            var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await this.tokens.DeviceAsync());
            // pcmfa: call verdict=capable from=device-code
            return await http.GetStringAsync(ResourceNames.Partner + "/v1/invoices");
        }

        public async Task<string> MailAsync()
        {
            var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await this.tokens.DeviceAsync("https://outlook.office365.com/.default"));
            // pcmfa: decoy
            return await http.GetStringAsync("https://outlook.office365.com/api/v2.0/me");
        }

        public async Task<string> OffersAsync(string id, string secret)
        {
            var http = new HttpClient();
            http.DefaultRequestHeaders.Add("Authorization", "Bearer " + await this.tokens.FormAsync(id, secret));
            // pcmfa: call verdict=exempt from=client-credentials
            return await http.GetStringAsync(ResourceNames.Partner + "/v1/offers?country=DE");
        }
    }
}
