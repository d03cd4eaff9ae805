using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Margie
{
    public class Jobs
    {
        private const string Api = "https://api.partnercenter.microsoft.com/v1/";

        private readonly IMemoryCache memory;
        private readonly IDistributedCache distributed;
        private readonly IDatabase redis;

        public Jobs(IMemoryCache memory, IDistributedCache distributed, IConnectionMultiplexer connection)
        {
            this.memory = memory;
            this.distributed = distributed;
            this.redis = connection.GetDatabase();
        }

        public async Task<string> CustomersAsync()
        {
            if (!this.memory.TryGetValue("partner:robot", out string token))
            {
                return null;
            }

            // pcmfa: call verdict=blocked from=ropc
            return await Signed(token).GetStringAsync(Api + "customers");
        }

        public async Task<string> InvoicesAsync(string who)
        {
            var token = await this.distributed.GetStringAsync($"partner:{who}");
            // pcmfa: call verdict=capable from=interactive
            return await Signed(token).GetStringAsync(Api + "invoices");
        }

        public async Task<string> OffersAsync()
        {
            string token = await this.redis.StringGetAsync("device");
            // pcmfa: call verdict=capable from=device-code
            return await Signed(token).GetStringAsync(Api + "offers");
        }

        public async Task<string> NothingAsync()
        {
            var token = this.memory.Get<string>("somebody-else");
            // pcmfa: call verdict=unresolved ; finding unresolved-token
            return await Signed(token).GetStringAsync(Api + "agreements");
        }

        public async Task<string> WeatherAsync()
        {
            // pcmfa: decoy
            return await Signed(this.memory.Get<string>("partner:robot")).GetStringAsync("https://weather.example/v1/customers");
        }

        private static HttpClient Signed(string token)
        {
            var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return http;
        }
    }
}
