using Microsoft.Store.PartnerCenter;

namespace Contoso.Nightly
{
    public interface INightlyTask
    {
        void Run(IAggregatePartner partner, string customerId);
    }

    public class CopyInvoices : INightlyTask
    {
        public void Run(IAggregatePartner partner, string customerId)
        {
            partner.Invoices.Get(); // pcmfa: call verdict=blocked from=ropc
        }
    }

    public class CopyOrders : INightlyTask
    {
        public void Run(IAggregatePartner partner, string customerId)
        {
            partner.Customers.ById(customerId).Orders.Get(); // pcmfa: call verdict=blocked from=ropc
        }
    }

    public class CopyProfiles : INightlyTask
    {
        public void Run(IAggregatePartner partner, string customerId)
        {
            partner.Profiles.LegalBusinessProfile.Get(); // pcmfa: call verdict=blocked from=ropc
        }
    }

    public class CopyOffers : INightlyTask
    {
        public void Run(IAggregatePartner partner, string customerId)
        {
            partner.Offers.ByCountry("DE").Get(); // pcmfa: call verdict=blocked from=ropc
        }
    }

    public class CopyUsers : INightlyTask
    {
        public void Run(IAggregatePartner partner, string customerId)
        {
            partner.Customers.ById(customerId).Users.Get(); // pcmfa: call verdict=blocked from=ropc
        }
    }

    public class CopySubscriptions : INightlyTask
    {
        public void Run(IAggregatePartner partner, string customerId)
        {
            partner.Customers.ById(customerId).Subscriptions.Get(); // pcmfa: call verdict=blocked from=ropc
        }
    }

    // Nobody runs this one: it has the method, but is no such task.
    public class CopyQualification
    {
        public void Run(IAggregatePartner partner, string customerId, bool force)
        {
            // pcmfa: call verdict=unresolved ; finding unresolved-token
            partner.Customers.ById(customerId).Qualification.Get();
        }
    }
}
