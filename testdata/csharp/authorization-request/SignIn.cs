using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Contoso.Portal
{
    public class PartnerSignIn
    {
        private readonly HttpClient http = new HttpClient();
        private readonly string clientId;

        public PartnerSignIn(string clientId) { this.clientId = clientId; }

        public string ConsentPage(string state) =>
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?response_type=code"
            + $"&client_id={clientId}&state={state}"
            + "&scope=https://api.partnercenter.microsoft.com/user_impersonation%20offline_access";

        public async Task<string> Exchange(string code, CancellationToken cancellation)
        {
            var form = new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code", // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
                ["client_id"] = clientId,
                ["code"] = code,
            };
            var answer = await http.PostAsync(
                "https://login.microsoftonline.com/common/oauth2/v2.0/token", new FormUrlEncodedContent(form), cancellation);
            var json = await answer.Content.ReadAsStringAsync(cancellation);
            return JsonDocument.Parse(json).RootElement.GetProperty("access_token").GetString();
        }
    }

    // A look-alike: the same exchange, for another service.
    public class CalendarSignIn
    {
        private readonly HttpClient http = new HttpClient();
        private readonly string clientId;

        public CalendarSignIn(string clientId) { this.clientId = clientId; }

        public string ConsentPage(string state)
        {
            var query = new Dictionary<string, string>
            {
                { "response_type", "code" },
                { "client_id", clientId },
                { "scope", "https://graph.microsoft.com/Calendars.Read" },
                { "state", state },
            };
            return "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?" + new FormUrlEncodedContent(query);
        }

        public async Task<string> Exchange(string code)
        {
            var form = new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code", // pcmfa: decoy
                ["client_id"] = clientId,
                ["code"] = code,
            };
            var answer = await http.PostAsync(
                "https://login.microsoftonline.com/common/oauth2/v2.0/token", new FormUrlEncodedContent(form));
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
