using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Newtonsoft.Json;

namespace Tailspin
{
    public class Kept
    {
        public string Token { get; set; }
    }

    public static class Store
    {
        public static async Task SignInAsync(IPublicClientApplication app, string folder, string user, SecureString password)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync();
            File.WriteAllText(Path.Combine(folder, "partner-token.json"), JsonConvert.SerializeObject(new Kept { Token = result.AccessToken }));
        }

        public static async Task<string> CustomersAsync(string folder)
        {
            var kept = JsonConvert.DeserializeObject<Kept>(File.ReadAllText(Path.Combine(folder, "partner-token.json")));
            var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", kept.Token);
            // pcmfa: call verdict=blocked from=ropc
            return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
        }

        public static async Task<string> WeatherAsync(string folder)
        {
            var http = new HttpClient();
            http.DefaultRequestHeaders.Add("X-Key", File.ReadAllText(Path.Combine(folder, "weather-key.txt")));
            // pcmfa: decoy
            return await http.GetStringAsync("https://weather.example/v1/customers");
        }
    }
}
