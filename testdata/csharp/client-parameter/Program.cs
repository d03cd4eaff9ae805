using System.Security;
using Microsoft.Identity.Client;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Lab
{
    // One sign-in, and operations that are called as needed while one tries them out.
    public static class Program
    {
        public static void Start(string clientId, string user, SecureString password)
        {
            IAggregatePartner partner = SignIn(clientId, user, password);
            ListCustomers(partner);
        }

        private static IAggregatePartner SignIn(string clientId, string user, SecureString password)
        {
            var app = PublicClientApplicationBuilder.Create(clientId).Build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync().Result;
            // pcmfa: call verdict=blocked from=ropc
            var credentials = PartnerCredentials.Instance.GenerateByUserCredentials(clientId, new AuthenticationToken(result.AccessToken, result.ExpiresOn));
            return PartnerService.Instance.CreatePartnerOperations(credentials);
        }

        private static void ListCustomers(IAggregatePartner partner)
        {
            partner.Customers.Get(); // pcmfa: call verdict=blocked from=ropc
        }

        private static void ListInvoices(IAggregatePartner partner)
        {
            partner.Invoices.Get(); // pcmfa: call verdict=blocked from=ropc
        }
    }

    // Here two sign-ins are used: whose client a helper would be given is not shown.
    public static class Both
    {
        public static void Start(string id, string secret, string domain, string user, SecureString password)
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-library
            var own = PartnerCredentials.Instance.GenerateByApplicationCredentials(id, secret, domain, "https://login.microsoftonline.com", "https://api.partnercenter.microsoft.com");
            // pcmfa: call verdict=exempt from=client-credentials
            PartnerService.Instance.CreatePartnerOperations(own).Invoices.Get();

            var app = PublicClientApplicationBuilder.Create(id).Build();
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync().Result;
            // pcmfa: call verdict=blocked from=ropc
            var credentials = PartnerCredentials.Instance.GenerateByUserCredentials(id, new AuthenticationToken(result.AccessToken, result.ExpiresOn));
            // pcmfa: call verdict=blocked from=ropc
            PartnerService.Instance.CreatePartnerOperations(credentials).Customers.Get();
        }

        private static void ListProfiles(IAggregatePartner partner)
        {
            // pcmfa: call verdict=unresolved ; finding unresolved-token
            partner.Profiles.LegalBusinessProfile.Get();
        }
    }

    // A client of its own besides the one that it is given: they are not the same.
    public static class Mixed
    {
        private static void Compare(IAggregatePartner partner, string id, string secret, string domain)
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            var own = PartnerCredentials.Instance.GenerateByApplicationCredentials(id, secret, domain, "https://login.microsoftonline.com", "https://api.partnercenter.microsoft.com");
            // pcmfa: call verdict=exempt from=client-credentials
            PartnerService.Instance.CreatePartnerOperations(own).Customers.Get();
            // pcmfa: call verdict=unresolved ; finding unresolved-token
            partner.Customers.Get();
        }
    }
}
