using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Microsoft.IdentityModel.Clients.ActiveDirectory;

namespace Contoso.Adal;

public class ApplicationTokens
{
    private const string Resource = "https://api.partnercenter.microsoft.com";

    public async Task SecretAsync(string tenant, string clientId, string secret)
    {
        var context = new AuthenticationContext($"https://login.microsoftonline.com/{tenant}");
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-library
        var result = await context.AcquireTokenAsync(Resource, new ClientCredential(clientId, secret));
        await SendAsync(result.CreateAuthorizationHeader());
    }

    public async Task CertificateAsync(string tenant, string clientId, X509Certificate2 certificate)
    {
        var context = new AuthenticationContext($"https://login.microsoftonline.com/{tenant}");
        IClientAssertionCertificate assertion = new ClientAssertionCertificate(clientId, certificate);
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var result = await context.AcquireTokenAsync(Resource, assertion);
        await SendAsync(result.CreateAuthorizationHeader());
    }

    // The credential names the application; the assertion is what is exchanged.
    public async Task OnBehalfOfAsync(string tenant, string clientId, string secret, string userToken)
    {
        var context = new AuthenticationContext($"https://login.microsoftonline.com/{tenant}");
        // pcmfa: acquisition flow=on-behalf-of verdict=capable pc=yes
        var result = await context.AcquireTokenAsync(
            Resource, new ClientCredential(clientId, secret), new UserAssertion(userToken));

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=capable from=on-behalf-of
        await http.GetAsync(Resource + "/v1/customers");
    }

    private static async Task SendAsync(string header)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        // pcmfa: call verdict=exempt from=client-credentials
        await http.GetAsync(Resource + "/v1/customers");
    }
}
