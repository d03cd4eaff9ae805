using System.Collections.Generic;
using System.Security;
using Microsoft.Identity.Client;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Nightly
{
    public class Night
    {
        private readonly IEnumerable<INightlyTask> tasks;

        public Night(IEnumerable<INightlyTask> tasks)
        {
            this.tasks = tasks;
        }

        public void Run(string clientId, string user, SecureString password, string customerId)
        {
            var app = PublicClientApplicationBuilder.Create(clientId).Build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync().Result;
            // pcmfa: call verdict=blocked from=ropc ; finding retired-library
            var credentials = PartnerCredentials.Instance.GenerateByUserCredentials(clientId, new AuthenticationToken(result.AccessToken, result.ExpiresOn));
            IAggregatePartner partner = PartnerService.Instance.CreatePartnerOperations(credentials);

            foreach (INightlyTask task in this.tasks)
            {
                task.Run(partner, customerId);
            }
        }
    }
}
