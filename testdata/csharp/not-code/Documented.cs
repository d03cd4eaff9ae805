using System;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Humongous
{
    /// <summary>
    /// Calls https://api.partnercenter.microsoft.com. Never like this:
    /// <code>
    /// var result = await app.AcquireTokenByUsernamePassword(scopes, user, password).ExecuteAsync();
    /// </code>
    /// </summary>
    public static class Documented
    {
        private const string Sample =
            "var result = await app.AcquireTokenByUsernamePassword(new[] { \"https://api.partnercenter.microsoft.com/.default\" }, user, password).ExecuteAsync();";

        private const string Form = @"To try it by hand: curl -d ""grant_type=password&resource=https://api.partnercenter.microsoft.com"" https://login.microsoftonline.com/common/oauth2/token";

        public static void Help()
        {
            // pcmfa: decoy
            Console.WriteLine(Sample);
            // pcmfa: decoy
            Console.WriteLine(Form);
            // var result = await app.AcquireTokenByUsernamePassword(scopes, user, password).ExecuteAsync();
            /* await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers"); */
        }

        public static async Task<string> RunAsync(IPublicClientApplication app)
        {
#if false
            var old = await app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, "user", password).ExecuteAsync();
#endif
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            var result = await app.AcquireTokenInteractive(new[] { "https://api.partnercenter.microsoft.com/.default" }).ExecuteAsync();
            var http = new HttpClient();
            http.DefaultRequestHeaders.Add("Authorization", "Bearer " + result.AccessToken);
            // pcmfa: call verdict=capable from=interactive
            return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
        }
    }
}
