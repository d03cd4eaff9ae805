using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Sync;

/// <summary>One helper for all APIs: the caller names the resource and the kind of token.</summary>
public sealed class Tokens
{
    private readonly IConfidentialClientApplication _confidential;
    private readonly IPublicClientApplication _public;
    private readonly string _user;
    private readonly string _password;

    public Tokens(string tenant, string clientId, string secret, string user, string password)
    {
        _confidential = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithClientSecret(secret)
            .WithTenantId(tenant)
            .Build();
        _public = PublicClientApplicationBuilder.Create(clientId).WithTenantId(tenant).Build();
        _user = user;
        _password = password;
    }

    public async Task<string> GetAsync(string resource, bool asApplication)
    {
        var scopes = new[] { resource + "/.default" };
        if (asApplication)
        {
            // pcmfa: decoy
            var app = await _confidential.AcquireTokenForClient(scopes).ExecuteAsync();
            return app.AccessToken;
        }

        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var user = await _public.AcquireTokenByUsernamePassword(scopes, _user, _password).ExecuteAsync();
        return user.AccessToken;
    }
}
