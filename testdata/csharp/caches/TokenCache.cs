using System;
using System.Security;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Identity.Client;
using StackExchange.Redis;

namespace Margie
{
    public class SignIns
    {
        private static readonly string[] Scopes = { "https://api.partnercenter.microsoft.com/user_impersonation" };

        private readonly IPublicClientApplication app;
        private readonly IMemoryCache memory;
        private readonly IDistributedCache distributed;
        private readonly IDatabase redis;

        public SignIns(IPublicClientApplication app, IMemoryCache memory, IDistributedCache distributed, IConnectionMultiplexer connection)
        {
            this.app = app;
            this.memory = memory;
            this.distributed = distributed;
            this.redis = connection.GetDatabase();
        }

        public async Task RobotAsync(string user, SecureString password)
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await this.app.AcquireTokenByUsernamePassword(Scopes, user, password).ExecuteAsync();
            this.memory.Set("partner:robot", result.AccessToken, TimeSpan.FromMinutes(50));
        }

        public async Task PersonAsync(string name)
        {
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            var result = await this.app.AcquireTokenInteractive(Scopes).ExecuteAsync();
            await this.distributed.SetStringAsync($"partner:{name}", result.AccessToken);
        }

        public async Task DeviceAsync()
        {
            // pcmfa: acquisition flow=device-code verdict=capable pc=yes
            var result = await this.app.AcquireTokenWithDeviceCode(Scopes, code => Task.CompletedTask).ExecuteAsync();
            await this.redis.StringSetAsync("device", result.AccessToken);
        }
    }
}
