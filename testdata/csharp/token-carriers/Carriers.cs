using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Lucerne
{
    public record Grant(string Access, string Refresh, DateTimeOffset Until);

    public struct Header
    {
        public string Name;
        public string Value;
    }

    public static class Caches
    {
        public static readonly ConcurrentDictionary<string, string> ByTenant = new ConcurrentDictionary<string, string>();

        public static readonly Dictionary<string, Grant> Grants = new Dictionary<string, Grant>();
    }

    public class SignIn
    {
        private static readonly string[] Scopes = { "https://api.partnercenter.microsoft.com/user_impersonation" };

        private readonly IPublicClientApplication app;

        public SignIn(IPublicClientApplication app)
        {
            this.app = app;
        }

        // A tuple.
        public async Task<(string Access, DateTimeOffset Until)> PairAsync(string user, SecureString password)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await this.app.AcquireTokenByUsernamePassword(Scopes, user, password).ExecuteAsync();
            return (result.AccessToken, result.ExpiresOn);
        }

        // A record.
        public async Task<Grant> GrantAsync()
        {
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            var result = await this.app.AcquireTokenInteractive(Scopes).ExecuteAsync();
            return new Grant(result.AccessToken, null, result.ExpiresOn);
        }

        // A dictionary that all see, and another one.
        public async Task FillAsync(string tenant)
        {
            // pcmfa: acquisition flow=device-code verdict=capable pc=yes
            var result = await this.app.AcquireTokenWithDeviceCode(Scopes, c => Task.CompletedTask).ExecuteAsync();
            Caches.ByTenant[tenant] = result.AccessToken;
            Caches.Grants.Add(tenant, new Grant(result.AccessToken, null, result.ExpiresOn));
        }

        // An out parameter.
        public bool TryGet(string user, SecureString password, out string token)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            token = this.app.AcquireTokenByUsernamePassword(Scopes, user, password).ExecuteAsync().Result.AccessToken;
            return token != null;
        }

        // A secure string that carries the token.
        public async Task<SecureString> SecureAsync(string user, SecureString password)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await this.app.AcquireTokenByUsernamePassword(Scopes, user, password).ExecuteAsync();
            var secure = new SecureString();
            foreach (var c in result.AccessToken)
            {
                secure.AppendChar(c);
            }

            return secure;
        }
    }

    public class Reports
    {
        private const string Api = "https://api.partnercenter.microsoft.com/v1/";

        private readonly SignIn signIn;

        public Reports(SignIn signIn)
        {
            this.signIn = signIn;
        }

        private static HttpClient With(string token)
        {
            var http = new HttpClient { BaseAddress = new Uri(Api) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return http;
        }

        public async Task<string> CustomersAsync(string user, SecureString password)
        {
            var (access, until) = await this.signIn.PairAsync(user, password);
            Console.WriteLine(until);
            // pcmfa: call verdict=blocked from=ropc
            return await With(access).GetStringAsync("customers");
        }

        public async Task<string> InvoicesAsync()
        {
            var grant = await this.signIn.GrantAsync();
            // pcmfa: call verdict=capable from=interactive
            return await With(grant.Access).GetStringAsync("invoices");
        }

        public async Task<string> OffersAsync(string tenant)
        {
            await this.signIn.FillAsync(tenant);
            if (!Caches.ByTenant.TryGetValue(tenant, out var token))
            {
                throw new InvalidOperationException("nobody is signed in");
            }

            // pcmfa: call verdict=capable from=device-code
            return await With(token).GetStringAsync("offers?country=DE");
        }

        public async Task<string> MpnAsync(string tenant)
        {
            // pcmfa: call verdict=capable from=device-code
            return await With(Caches.Grants[tenant].Access).GetStringAsync("profiles/mpn");
        }

        public async Task<string> AgreementsAsync(string user, SecureString password)
        {
            if (this.signIn.TryGet(user, password, out var token))
            {
                // pcmfa: call verdict=blocked from=ropc
                return await With(token).GetStringAsync("agreements");
            }

            return null;
        }

        public async Task<string> ProfilesAsync(string user, SecureString password)
        {
            var secure = await this.signIn.SecureAsync(user, password);
            var pointer = Marshal.SecureStringToBSTR(secure);
            try
            {
                var header = new Header { Name = "Authorization", Value = "Bearer " + Marshal.PtrToStringBSTR(pointer) };
                var http = new HttpClient();
                http.DefaultRequestHeaders.Add(header.Name, header.Value);
                // pcmfa: call verdict=blocked from=ropc
                return await http.GetStringAsync(Api + "profiles/legalbusiness");
            }
            finally
            {
                Marshal.ZeroFreeBSTR(pointer);
            }
        }

        public async Task<string> WeatherAsync(string user, SecureString password)
        {
            var (_, until) = await this.signIn.PairAsync(user, password);
            // pcmfa: decoy
            return await new HttpClient().GetStringAsync("https://weather.example/v1/customers?until=" + until);
        }
    }
}
