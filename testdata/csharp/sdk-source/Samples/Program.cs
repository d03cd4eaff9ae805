using System;
using System.Collections.Generic;
using System.Configuration;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Samples;

internal static class Program
{
    private static readonly string[] Scopes = { "https://api.partnercenter.microsoft.com/.default" };

    private static readonly List<IUnitOfWork> Features = new List<IUnitOfWork>
    {
        new ListCustomers(), new GetProfile(), new ListInvoices(), new ListOffers(), new ListAgreements(), new ListRequests(),
    };

    public static void Main()
    {
        IAggregatePartner user = PartnerService.Instance.CreatePartnerOperations(Authenticate());

        var pairs = new List<Tuple<IAggregatePartner, ICollection<IUnitOfWork>>>();
        pairs.Add(new Tuple<IAggregatePartner, ICollection<IUnitOfWork>>(user, Features));

        foreach (Tuple<IAggregatePartner, ICollection<IUnitOfWork>> pair in pairs)
        {
            IAggregatePartner operations = pair.Item1;
            foreach (IUnitOfWork feature in pair.Item2)
            {
                feature.Execute(operations);
            }
        }
    }

    private static IPartnerCredentials Authenticate()
    {
        AuthenticationResult result = Login().Result;
        return PartnerCredentials.Instance.GenerateByUserCredentials(
            ConfigurationManager.AppSettings["clientId"],
            new AuthenticationToken(result.AccessToken, result.ExpiresOn));
    }

    private static async Task<AuthenticationResult> Login()
    {
        var app = PublicClientApplicationBuilder.Create(ConfigurationManager.AppSettings["clientId"]).Build();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return await app.AcquireTokenByUsernamePassword(Scopes, ConfigurationManager.AppSettings["user"], ConfigurationManager.AppSettings["password"]).ExecuteAsync();
    }
}
