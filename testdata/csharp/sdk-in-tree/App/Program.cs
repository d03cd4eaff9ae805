namespace Contoso.Tools
{
    using System.Security;
    using Microsoft.Identity.Client;
    using Microsoft.Store.PartnerCenter;
    using Microsoft.Store.PartnerCenter.Extensions;

    public static class Program
    {
        public static void Invoices(string id, string secret, string domain)
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
            var credentials = PartnerCredentials.Instance.GenerateByApplicationCredentials(id, secret, domain);
            var partner = PartnerService.Instance.CreatePartnerOperations(credentials);
            // pcmfa: call verdict=exempt from=client-credentials
            partner.Invoices.Get();
        }

        public static void Customers(string id, string user, SecureString password)
        {
            var app = PublicClientApplicationBuilder.Create(id).Build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync().Result;
            // pcmfa: call verdict=blocked from=ropc
            var credentials = PartnerCredentials.Instance.GenerateByUserCredentials(id, new AuthenticationToken(result.AccessToken));
            var partner = PartnerService.Instance.CreatePartnerOperations(credentials);
            // pcmfa: call verdict=blocked from=ropc
            partner.Customers.Get();
        }
    }
}
