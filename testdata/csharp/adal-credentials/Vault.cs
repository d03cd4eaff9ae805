using System.Threading.Tasks;
using Microsoft.Azure.KeyVault;
using Microsoft.IdentityModel.Clients.ActiveDirectory;

namespace Contoso.Adal;

// A look-alike: the callback of Key Vault asks for Key Vault.
public class Vault
{
    private readonly KeyVaultClient _client;

    public Vault(string clientId, string secret)
    {
        _client = new KeyVaultClient(async (authority, resource, scope) =>
        {
            var context = new AuthenticationContext(authority);
            // pcmfa: decoy
            var token = await context.AcquireTokenAsync("https://vault.azure.net", new ClientCredential(clientId, secret));
            return token.AccessToken;
        });
    }

    public async Task<string> ReadAsync(string name) =>
        (await _client.GetSecretAsync("https://contoso.vault.azure.net", name)).Value;
}
