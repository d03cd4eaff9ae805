using System.Threading.Tasks;

namespace Contoso.Shop
{
    public class CustomersController
    {
        public async Task<object> Show(string id)
        {
            var customer = await Shop.Instance.Partner.Customers.ById(id).GetAsync(); // pcmfa: call verdict=exempt from=client-credentials
            return customer;
        }

        public object Offline(Catalog catalog, string id)
        {
            return catalog.Customers.ById(id).GetAsync(); // pcmfa: decoy
        }
    }
}
