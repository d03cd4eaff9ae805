using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Consolidated
{
    public class SignIn
    {
        public async Task<string> CustomersAsync(IPublicClientApplication app)
        {
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            var result = await app.AcquireTokenInteractive(new[] { "https://api.partnercenter.microsoft.com/.default" })
                .WithExtraQueryParameters("amr_values=mfa") // pcmfa: check
                .ExecuteAsync();
            var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
            // pcmfa: call verdict=capable from=interactive
            return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
        }

        // pcmfa: decoy
        public Task<string> WeatherAsync() => new HttpClient().GetStringAsync("https://weather.example/v1/customers?amr=1");
    }
}
