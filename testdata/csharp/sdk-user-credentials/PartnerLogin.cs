using System;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Sdk;

// The SDK takes a finished token and a delegate that makes the next one.
public class PartnerLogin
{
    private readonly string _clientId;
    private readonly string _user;
    private readonly string _password;

    public PartnerLogin(string clientId, string user, string password)
    {
        _clientId = clientId;
        _user = user;
        _password = password;
    }

    public async Task<IAggregatePartner> ConnectAsync()
    {
        var first = await LoginAsync();
        // pcmfa: call verdict=blocked from=ropc ; finding retired-library
        var credentials = await PartnerCredentials.Instance.GenerateByUserCredentialsAsync(
            _clientId,
            new AuthenticationToken(first.AccessToken, first.ExpiresOn),
            async expired =>
            {
                var next = await LoginAsync();
                return new AuthenticationToken(next.AccessToken, next.ExpiresOn);
            });

        return PartnerService.Instance.CreatePartnerOperations(credentials);
    }

    private async Task<AuthenticationResult> LoginAsync()
    {
        var app = PublicClientApplicationBuilder.Create(_clientId).Build();
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return await app.AcquireTokenByUsernamePassword(
            new[] { "https://api.partnercenter.microsoft.com/.default" }, _user, _password).ExecuteAsync();
    }
}

public static class CustomerReport
{
    public static async Task PrintAsync(PartnerLogin login)
    {
        IAggregatePartner partner = await login.ConnectAsync();

        // pcmfa: call verdict=blocked from=ropc
        var page = partner.Customers.Get();
        foreach (var customer in page.Items)
        {
            Console.WriteLine(customer.CompanyProfile.CompanyName);
        }
    }
}
