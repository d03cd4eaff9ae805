using System.Threading.Tasks;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Shop
{
    /// <summary>What all requests share; made once, by whoever comes first.</summary>
    public sealed class Shop
    {
        public static Shop Instance { get; private set; }

        public IAggregatePartner Partner { get; private set; }

        private static bool warned;

        public static async Task StartAsync(string secret)
        {
            if (Instance == null)
            {
                Instance = new Shop();
                Instance.Partner = await ConnectAsync(secret).ConfigureAwait(false);
            }
        }

        private static async Task<IAggregatePartner> ConnectAsync(string secret)
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; finding retired-library
            IPartnerCredentials credentials = await PartnerCredentials.Instance.GenerateByApplicationCredentialsAsync(
                "11111111-1111-1111-1111-111111111111",
                secret,
                "contoso.onmicrosoft.com",
                "https://login.microsoftonline.com",
                "https://graph.windows.net").ConfigureAwait(false);

            if (!warned)
            {
                warned = true;
                System.Console.WriteLine("connected as an application");
            }

            return PartnerService.Instance.CreatePartnerOperations(credentials);
        }
    }
}
