using System;
using System.Threading.Tasks;
using Microsoft.Rest;
using Microsoft.Rest.Azure.Authentication;

namespace Contoso.MsRest;

public class Login
{
    public async Task<ServiceClientCredentials> PartnerAsync(string clientId, string domain, string user, string password)
    {
        var settings = new ActiveDirectoryServiceSettings
        {
            AuthenticationEndpoint = new Uri("https://login.microsoftonline.com/"),
            TokenAudience = new Uri("https://api.partnercenter.microsoft.com"),
            ValidateAuthority = true,
        };

        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        return await UserTokenProvider.LoginSilentAsync(clientId, domain, user, password, settings);
    }

    // Azure Resource Manager, unless settings say otherwise.
    public async Task<ServiceClientCredentials> AzureAsync(string clientId, string domain, string user, string password)
    {
        // pcmfa: decoy
        return await UserTokenProvider.LoginSilentAsync(clientId, domain, user, password);
    }
}
