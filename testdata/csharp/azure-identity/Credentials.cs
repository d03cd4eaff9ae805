using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace Contoso.AzureIdentity;

public class Credentials
{
    private static readonly TokenRequestContext Partner = new(new[] { "https://api.partnercenter.microsoft.com/.default" });

    public async Task PasswordAsync(string user, string password, string tenant, string clientId)
    {
        var credential = new UsernamePasswordCredential(user, password, tenant, clientId);
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        AccessToken token = await credential.GetTokenAsync(Partner);
        using var http = Client(token.Token);
        // pcmfa: call verdict=blocked from=ropc
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    public async Task SecretAsync(string tenant, string clientId, string secret)
    {
        TokenCredential credential = new ClientSecretCredential(tenant, clientId, secret);
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        AccessToken token = await credential.GetTokenAsync(Partner, default);
        using var http = Client(token.Token);
        // pcmfa: call verdict=exempt from=client-credentials
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    public async Task BrowserAsync()
    {
        var credential = new InteractiveBrowserCredential();
        // pcmfa: acquisition flow=interactive verdict=capable pc=yes
        AccessToken token = await credential.GetTokenAsync(
            new TokenRequestContext(scopes: new[] { "https://api.partnercenter.microsoft.com/user_impersonation" }));
        using var http = Client(token.Token);
        // pcmfa: call verdict=capable from=interactive
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    // A user or an application: the machine decides.
    public void Whatever()
    {
        // pcmfa: acquisition flow=unknown verdict=unresolved pc=yes
        var token = new DefaultAzureCredential().GetToken(Partner);
        using var http = Client(token.Token);
        // pcmfa: call verdict=unresolved from=unknown ; finding unresolved-token
        http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers").Wait();
    }

    // A look-alike: a vault, with a password of its own.
    public KeyVaultSecret Vault(string user, string password, string tenant, string clientId)
    {
        // pcmfa: decoy
        var credential = new UsernamePasswordCredential(user, password, tenant, clientId);
        var client = new SecretClient(new Uri("https://contoso.vault.azure.net"), credential);
        return client.GetSecret("partner-refresh-token").Value;
    }

    private static HttpClient Client(string token)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
