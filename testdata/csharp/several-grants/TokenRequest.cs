using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace Wingtip
{
    public class TokenRequest
    {
        private const string Endpoint = "https://login.microsoftonline.com/wingtip.onmicrosoft.com/oauth2/token";
        private const string Partner = "https://api.partnercenter.microsoft.com";

        private readonly HttpClient http = new HttpClient();

        private async Task<string> SendAsync(IDictionary<string, string> form)
        {
            var answer = await this.http.PostAsync(Endpoint, new FormUrlEncodedContent(form));
            return (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["access_token"];
        }

        // One form, two grants by a ternary; the callers decide.
        public Task<string> ByFlagAsync(bool unattended, string user, string password)
        {
            var form = new Dictionary<string, string>
            {
                ["resource"] = Partner,
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; acquisition flow=client-credentials verdict=exempt pc=yes
                ["grant_type"] = unattended ? "client_credentials" : "password",
                ["username"] = user,
                ["password"] = password,
            };
            return this.SendAsync(form);
        }

        // A switch over what the caller names.
        public Task<string> ByNameAsync(string name, string given)
        {
            var form = new Dictionary<string, string> { ["resource"] = Partner };
            switch (name)
            {
                case "code":
                    // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
                    form["grant_type"] = "authorization_code";
                    form["code"] = given;
                    break;
                case "refresh":
                    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
                    form["grant_type"] = "refresh_token";
                    form["refresh_token"] = given;
                    break;
                default:
                    // Nobody calls it so: nothing reaches Partner Center from here.
                    form["grant_type"] = "password";
                    form["password"] = given;
                    break;
            }

            return this.SendAsync(form);
        }

        // The grant is passed in.
        public Task<string> ByGrantAsync(string grant, string given)
        {
            var form = new Dictionary<string, string>
            {
                ["grant_type"] = grant,
                ["resource"] = Partner,
                ["refresh_token"] = given,
            };
            return this.SendAsync(form);
        }
    }
}
