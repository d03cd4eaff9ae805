using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Api = Contoso.Partials.PartnerApi;

namespace Contoso.Partials;

internal partial class Sync
{
    private async Task<string> TokenAsync(string user, string password)
    {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var result = await _app.AcquireTokenByUsernamePassword(new[] { Api.Scope }, user, password).ExecuteAsync();
        return result.AccessToken;
    }
}
