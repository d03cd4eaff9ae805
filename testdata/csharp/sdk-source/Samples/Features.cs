using System.Configuration;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Samples;

internal interface IUnitOfWork
{
    void Execute(IAggregatePartner operations);
}

internal class ListCustomers : IUnitOfWork
{
    public void Execute(IAggregatePartner operations)
    {
        // pcmfa: call verdict=blocked from=ropc
        operations.Customers.Get();
    }
}

internal class GetProfile : IUnitOfWork
{
    public void Execute(IAggregatePartner operations)
    {
        // pcmfa: call verdict=blocked from=ropc
        operations.Profiles.MpnProfile.Get();
    }
}

internal class ListInvoices : IUnitOfWork
{
    public void Execute(IAggregatePartner operations)
    {
        IPartner scoped = operations.With("samples");
        // pcmfa: call verdict=blocked from=ropc
        scoped.Invoices.Get();
    }
}

internal class ListOffers : IUnitOfWork
{
    public void Execute(IAggregatePartner operations)
    {
        // pcmfa: call verdict=blocked from=ropc
        operations.Offers.ByCountry("DE").Get();
    }
}

internal class ListAgreements : IUnitOfWork
{
    public void Execute(IAggregatePartner operations)
    {
        // pcmfa: call verdict=blocked from=ropc
        operations.AgreementDetails.Get();
    }
}

internal class ListRequests : IUnitOfWork
{
    public void Execute(IAggregatePartner operations)
    {
        // pcmfa: call verdict=blocked from=ropc
        operations.ServiceRequests.Get();

        // Its own client: the token is another one.
        IPartnerCredentials own = PartnerCredentials.Instance.GenerateByApplicationCredentials( // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; finding retired-library
            ConfigurationManager.AppSettings["appId"],
            ConfigurationManager.AppSettings["appSecret"],
            ConfigurationManager.AppSettings["domain"]);
        IAggregatePartner application = PartnerService.Instance.CreatePartnerOperations(own);
        // pcmfa: call verdict=exempt from=client-credentials
        application.Customers.ById("c1").Subscriptions.Get();
    }
}
