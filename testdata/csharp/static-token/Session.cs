using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Session
{
    public class Session
    {
        private readonly HttpClient http = new HttpClient();

        // The token is typed in: where it comes from, the code does not show.
        public AuthenticationResult Open(string typed, string tenant, IAccount account)
        {
            // pcmfa: acquisition flow=static-token verdict=unresolved pc=yes
            return new AuthenticationResult(typed, false, null, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, tenant, account, null, new[] { "https://api.partnercenter.microsoft.com/.default" }, Guid.Empty);
        }

        public async Task<string> CustomersAsync(string tenant, IAccount account)
        {
            var session = this.Open(Console.ReadLine(), tenant, account);
            this.http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
            // pcmfa: call verdict=unresolved from=static-token ; finding unresolved-token
            return await this.http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
        }

        // What a sign-in gave is only packed anew.
        public async Task<AuthenticationResult> CopyAsync(IPublicClientApplication app, string[] scopes)
        {
            // pcmfa: acquisition flow=device-code verdict=capable pc=unknown
            var result = await app.AcquireTokenWithDeviceCode(scopes, code => Task.CompletedTask).ExecuteAsync();
            // pcmfa: decoy
            return new AuthenticationResult(result.AccessToken, false, null, result.ExpiresOn, result.ExpiresOn, result.TenantId, result.Account, null, result.Scopes, Guid.Empty);
        }
    }
}
