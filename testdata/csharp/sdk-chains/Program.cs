using System;
using System.Linq;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Customers;
using Microsoft.Store.PartnerCenter.Extensions;
using Microsoft.Store.PartnerCenter.Models;
using Microsoft.Store.PartnerCenter.Models.Query;
using Microsoft.Store.PartnerCenter.RequestContext;
using Microsoft.Store.PartnerCenter.Subscriptions;

namespace Contoso.Sdk
{
    internal static class Program
    {
        private static void Main(string[] args)
        {
            // Asks for Azure AD Graph, as it always did.
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; finding retired-library
            IPartnerCredentials credentials = PartnerCredentials.Instance.GenerateByApplicationCredentials(
                args[0], args[1], args[2]);

            IAggregatePartner operations = PartnerService.Instance.CreatePartnerOperations(credentials);
            var scoped = operations.With(RequestContextFactory.Instance.Create(Guid.NewGuid()));

            // pcmfa: call verdict=exempt from=client-credentials
            var page = scoped.Customers.Query(QueryFactory.Instance.BuildIndexedQuery(40));
            var pages = scoped.Enumerators.Customers.Create(page);
            while (pages.HasValue)
            {
                foreach (var customer in pages.Current.Items)
                {
                    Subscriptions.Print(operations, customer.Id);
                }

                // pcmfa: call verdict=exempt from=client-credentials
                pages.Next();
            }

            // pcmfa: call verdict=exempt from=client-credentials
            if (operations.Domains.ByDomain("contoso.onmicrosoft.com").Exists())
            {
                Console.WriteLine("The domain is taken");
            }
        }
    }

    internal static class Subscriptions
    {
        public static void Print(IPartner partner, string customerId)
        {
            ICustomer customer = partner.Customers.ById(customerId);
            // pcmfa: call verdict=exempt from=client-credentials
            var all = customer.Subscriptions.Get();

            ISubscription first = partner.Customers[customerId].Subscriptions[all.Items.First().Id];
            // pcmfa: call verdict=exempt from=client-credentials
            var one = first.Get();
            Console.WriteLine(one.FriendlyName);

            // Nothing is sent for these.
            // pcmfa: decoy
            Console.WriteLine(all.Items.Count() + " " + one.ToString());
        }
    }
}
