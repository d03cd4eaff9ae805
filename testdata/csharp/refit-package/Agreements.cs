using System;
using System.Threading.Tasks;
using Contoso.Weather.Client;
using Woodgrove.PartnerCenter.Client;

namespace Woodgrove
{
    public class Agreements
    {
        private readonly IAgreementsClient client;
        private readonly IWeatherClient weather;

        public Agreements(IAgreementsClient client, IWeatherClient weather)
        {
            this.client = client ?? throw new ArgumentNullException(nameof(client));
            this.weather = weather ?? throw new ArgumentNullException(nameof(weather));
        }

        public async Task<int> CountAsync()
        {
            // pcmfa: call verdict=capable from=device-code
            var page = await this.client.GetAgreementRecords();
            var count = page.Records.Count;
            while (!string.IsNullOrWhiteSpace(page.ContinuationToken))
            {
                // pcmfa: call verdict=capable from=device-code
                page = await this.client.GetAgreementRecords(page.ContinuationToken);
                count += page.Records.Count;
            }

            // A look-alike: another service.
            Console.WriteLine(await this.weather.GetAgreementRecords()); // pcmfa: decoy
            return count;
        }
    }
}
