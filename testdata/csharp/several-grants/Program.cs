using System;
using System.Net.Http;
using System.Threading.Tasks;

namespace Wingtip
{
    public static class Program
    {
        private const string Api = "https://api.partnercenter.microsoft.com/v1";

        public static async Task Main(string[] args)
        {
            var tokens = new TokenRequest();

            // pcmfa: call verdict=exempt from=client-credentials
            await GetAsync(Api + "/invoices", await tokens.ByFlagAsync(true, null, null));

            // pcmfa: call verdict=blocked from=ropc
            await GetAsync(Api + "/customers", await tokens.ByFlagAsync(false, args[0], args[1]));

            // pcmfa: call verdict=capable from=authorization-code
            await GetAsync(Api + "/profiles/mpn", await tokens.ByNameAsync("code", args[2]));

            // pcmfa: call verdict=capable from=refresh-token
            await GetAsync(Api + "/profiles/billing", await tokens.ByNameAsync("refresh", args[3]));

            // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa ; call verdict=capable from=refresh-token
            await GetAsync(Api + "/agreements", await tokens.ByGrantAsync("refresh_token", Environment.GetEnvironmentVariable("REFRESH_TOKEN")));

            // pcmfa: decoy
            await GetAsync("https://weather.example/v1/customers", null);
        }

        private static async Task GetAsync(string url, string token)
        {
            using (var http = new HttpClient())
            using (var request = new HttpRequestMessage(HttpMethod.Get, url))
            {
                request.Headers.Add("Authorization", $"Bearer {token}");
                // pcmfa: call verdict=blocked from=authorization-code,client-credentials,refresh-token,ropc
                var answer = await http.SendAsync(request);
                Console.WriteLine(answer.StatusCode);
            }
        }
    }
}
