using System.Threading.Tasks;
using Microsoft.Store.PartnerCenter;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Contoso.Sdk;

// With the endpoint given, the application asks for Partner Center itself.
public class Login
{
    public async Task CountAsync(string clientId, string secret, string domain)
    {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-library
        var credentials = await PartnerCredentials.Instance.GenerateByApplicationCredentialsAsync(
            clientId,
            secret,
            domain,
            "https://login.microsoftonline.com",
            "https://api.partnercenter.microsoft.com");
        var partner = PartnerService.Instance.CreatePartnerOperations(credentials);

        // pcmfa: call verdict=exempt from=client-credentials
        await partner.Customers.GetAsync();
    }
    // A class of our own with the same method.
    public object Local(DirectoryCredentials directory, string clientId, string secret) =>
        // pcmfa: decoy
        directory.GenerateByApplicationCredentials(clientId, secret, "contoso.example");
}
