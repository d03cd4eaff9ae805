using System.Net.Http;
using System.Security;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Fourth.Partner
{
    public class TokenProvider
    {
        private readonly IPublicClientApplication app;

        public TokenProvider(IPublicClientApplication app)
        {
            this.app = app;
        }

        public async Task<string> GetTokenAsync(string user, SecureString password)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            return (await this.app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync()).AccessToken;
        }
    }
}

namespace Fourth.Mail
{
    public class MailTokenProvider
    {
        private readonly IPublicClientApplication app;

        public MailTokenProvider(IPublicClientApplication app)
        {
            this.app = app;
        }

        public async Task<string> GetTokenAsync(string user, SecureString password)
        {
            // pcmfa: decoy
            return (await this.app.AcquireTokenByUsernamePassword(new[] { "https://outlook.office365.com/.default" }, user, password).ExecuteAsync()).AccessToken;
        }
    }
}
