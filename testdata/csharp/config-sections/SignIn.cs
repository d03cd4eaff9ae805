using System.Linq;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Fabrikam.Billing
{
    public class SignIn
    {
        public ConfigurationManager Configuration => ConfigurationManager.Instance;

        public async Task<AuthenticationResult> PartnerAsync()
        {
            var scopes = new string[] { $"{Configuration.Partner.ResourceUrl.OriginalString}/.default" };
            var app = PublicClientApplicationBuilder.Create(Configuration.Partner.ClientId)
                .WithAuthority(Configuration.Partner.Authority.OriginalString)
                .Build();
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            return await app.AcquireTokenInteractive(scopes).ExecuteAsync();
        }

        // The same type of section with other values.
        public async Task<AuthenticationResult> MailAsync()
        {
            var scopes = new string[] { $"{Configuration.Mail.ResourceUrl.OriginalString}/.default" };
            var app = PublicClientApplicationBuilder.Create(Configuration.Mail.ClientId).Build();
            // pcmfa: decoy
            return await app.AcquireTokenInteractive(scopes).ExecuteAsync();
        }

        // No file holds this section: what is asked for stays unknown.
        public async Task<AuthenticationResult> AuditAsync()
        {
            var scopes = new string[] { $"{Configuration.Audit.ResourceUrl.OriginalString}/.default" };
            var app = PublicClientApplicationBuilder.Create(Configuration.Audit.ClientId).Build();
            // pcmfa: acquisition flow=interactive verdict=capable pc=unknown
            return await app.AcquireTokenInteractive(scopes).ExecuteAsync();
        }
    }

    public class Reseller
    {
        private static readonly ResellerSection Settings =
            (ResellerSection)System.Configuration.ConfigurationManager.GetSection("reseller");

        public async Task<string> TokenAsync(string user, string password)
        {
            var app = PublicClientApplicationBuilder.Create(Settings.ClientId).WithAuthority(Settings.Authority).Build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await app.AcquireTokenByUsernamePassword(new[] { Settings.Api.Resource + "/.default" }, user, password).ExecuteAsync();
            return result.AccessToken;
        }

        public async Task<string> ArchiveAsync(string user, string password)
        {
            var app = PublicClientApplicationBuilder.Create(Settings.ClientId).Build();
            // pcmfa: decoy
            var result = await app.AcquireTokenByUsernamePassword(new[] { Settings.Archive.Resource + "/.default" }, user, password).ExecuteAsync();
            return result.AccessToken;
        }
    }
}
