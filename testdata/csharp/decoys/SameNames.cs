using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Decoys;

// A fake for tests with the names of the real thing: it asks nobody.
public class FakeClient
{
    public FakeRequest AcquireTokenByUsernamePassword(string[] scopes, string user, string password) => new FakeRequest();
}

public class FakeRequest
{
    public Task<string> ExecuteAsync() => Task.FromResult("fake");
}

public class FakeTests
{
    public async Task<string> SignsInAsync()
    {
        var client = new FakeClient();
        // pcmfa: decoy
        return await client.AcquireTokenByUsernamePassword(new[] { "scope" }, "user", "password").ExecuteAsync();
    }
}

// Two classes with a method of the same name: only one of them feeds Partner Center.
public class MailAuth
{
    private readonly IPublicClientApplication _app;

    public MailAuth(IPublicClientApplication app) => _app = app;

    public async Task<string> GetTokenAsync(string user, string password)
    {
        // pcmfa: decoy
        var result = await _app.AcquireTokenByUsernamePassword(
            new[] { "https://graph.microsoft.com/Mail.Send" }, user, password).ExecuteAsync();
        return result.AccessToken;
    }
}

public class PartnerAuth
{
    private readonly IConfidentialClientApplication _app;

    public PartnerAuth(IConfidentialClientApplication app) => _app = app;

    public async Task<string> GetTokenAsync()
    {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var result = await _app.AcquireTokenForClient(
            new[] { "https://api.partnercenter.microsoft.com/.default" }).ExecuteAsync();
        return result.AccessToken;
    }
}

public class Report
{
    public async Task RunAsync(PartnerAuth partner, MailAuth mail, string user, string password)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await partner.GetTokenAsync());
        // pcmfa: call verdict=exempt from=client-credentials
        var customers = await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");

        using var graph = new HttpClient();
        graph.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await mail.GetTokenAsync(user, password));
        // pcmfa: decoy
        await graph.PostAsync("https://graph.microsoft.com/v1.0/me/sendMail", new StringContent(customers));
    }
}
