using System.Configuration;
using System.Net;
using Microsoft.IdentityModel.Clients.ActiveDirectory;

namespace Contoso.Portal
{
    internal static class Settings
    {
        public static string Authority => ConfigurationManager.AppSettings["ida:Authority"];
        public static string ClientId { get { return ConfigurationManager.AppSettings["ida:ClientId"]; } }
        public static string Resource => ConfigurationManager.AppSettings["partner.resource"];
        public static string Endpoint => ConfigurationManager.AppSettings.Get("partner.endpoint");
        public static string ArmResource => ConfigurationManager.AppSettings["arm.resource"];
    }

    public class PartnerGateway
    {
        public string Customers(string user, string password)
        {
            var context = new AuthenticationContext(Settings.Authority);
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
            var token = context.AcquireToken(Settings.Resource, Settings.ClientId, new UserCredential(user, password));

            using (var client = new WebClient())
            {
                client.Headers.Add("Authorization", "Bearer " + token.AccessToken);
                // pcmfa: call verdict=blocked from=ropc
                return client.DownloadString(Settings.Endpoint + "customers");
            }
        }

        // The same sign-in for Azure Resource Manager is not ours to judge.
        public string Subscriptions(string user, string password)
        {
            var context = new AuthenticationContext(Settings.Authority);
            // pcmfa: decoy
            var token = context.AcquireToken(Settings.ArmResource, Settings.ClientId, new UserCredential(user, password));

            using (var client = new WebClient())
            {
                client.Headers.Add("Authorization", "Bearer " + token.AccessToken);
                return client.DownloadString("https://management.azure.com/subscriptions?api-version=2020-01-01");
            }
        }
    }
}
