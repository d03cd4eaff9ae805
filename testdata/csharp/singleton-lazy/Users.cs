using System;
using System.Threading.Tasks;
using Microsoft.Store.PartnerCenter;

namespace Contoso.Shop
{
    /// <summary>Who needs a client asks for it, and waits.</summary>
    public interface IPartnerFactory
    {
        Task<IPartner> CreateAsync();
    }

    public sealed class PartnerFactory : IPartnerFactory
    {
        public Task<IPartner> CreateAsync() => Task.FromResult<IPartner>(Shop.Instance.Partner);
    }

    public sealed class Users
    {
        private readonly IPartnerFactory factory;
        private readonly Lazy<IPartner> later;

        public Users(IPartnerFactory factory)
        {
            this.factory = factory;
            later = new Lazy<IPartner>(() => factory.CreateAsync().GetAwaiter().GetResult());
        }

        public async Task List(string customer)
        {
            IPartner partner = await factory.CreateAsync().ConfigureAwait(false);
            // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
            await partner.Customers.ById(customer).Users.GetAsync().ConfigureAwait(false);
        }

        public void Show(string customer, string user)
        {
            IPartner partner = factory.CreateAsync().GetAwaiter().GetResult();
            // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
            partner.Customers.ById(customer).Users.ById(user).Get();
        }

        public void Remove(string customer, string user)
        {
            // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
            later.Value.Customers.ById(customer).Users.ById(user).Delete();
        }
    }

    public static class Program
    {
        public static async Task Main(string[] args)
        {
            await Shop.StartAsync(Environment.GetEnvironmentVariable("SHOP_SECRET"));
            var users = new Users(new PartnerFactory());
            await users.List(args[0]);
            users.Show(args[0], args[1]);
            users.Remove(args[0], args[1]);
        }
    }
}
