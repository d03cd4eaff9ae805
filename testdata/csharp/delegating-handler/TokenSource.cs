using System.Security;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Proseware
{
    public interface ITokenSource
    {
        Task<string> GetAsync();
    }

    public class PasswordTokenSource : ITokenSource
    {
        private readonly IPublicClientApplication app;
        private readonly string user;
        private readonly SecureString password;

        public PasswordTokenSource(IPublicClientApplication app, string user, SecureString password)
        {
            this.app = app;
            this.user = user;
            this.password = password;
        }

        public async Task<string> GetAsync()
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await this.app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, this.user, this.password).ExecuteAsync();
            return result.AccessToken;
        }
    }
}
