using System;
using System.Security;
using Microsoft.Identity.Client;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Bellows
{
    // Signs in when the SDK asks for the token.
    public class RobotCredentials : IPartnerCredentials
    {
        private readonly IPublicClientApplication app;
        private readonly string user;
        private readonly SecureString password;

        public RobotCredentials(IPublicClientApplication app, string user, SecureString password)
        {
            this.app = app;
            this.user = user;
            this.password = password;
        }

        public string PartnerServiceToken
        {
            get
            {
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                return this.app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, this.user, this.password).ExecuteAsync().Result.AccessToken;
            }
        }

        public DateTimeOffset ExpiresAt => DateTimeOffset.UtcNow.AddMinutes(50);

        public bool IsExpired() => false;
    }

    public static class Program
    {
        public static void Run(IPublicClientApplication app, string user, SecureString password)
        {
            IAggregatePartner partner = PartnerService.Instance.CreatePartnerOperations(new RobotCredentials(app, user, password));
            // pcmfa: call verdict=blocked from=ropc ; finding retired-library
            var customers = partner.Customers.Get();
            // pcmfa: decoy
            Console.WriteLine(customers.TotalCount);
        }
    }
}
