using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Branches;

public enum SignIn
{
    Application,
    Password,
    Browser,
}

public class Tokens
{
    private readonly IConfidentialClientApplication _confidential;
    private readonly IPublicClientApplication _public;

    public Tokens(IConfidentialClientApplication confidential, IPublicClientApplication pub)
    {
        _confidential = confidential;
        _public = pub;
    }

    public async Task<string> GetAsync(SignIn how, string resource)
    {
        string[] scopes = { resource + "/.default" };
        switch (how)
        {
            case SignIn.Application:
                // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
                return (await _confidential.AcquireTokenForClient(scopes).ExecuteAsync()).AccessToken;
            case SignIn.Password:
                // Only the mailbox still needs this.
                // pcmfa: decoy
                return (await _public.AcquireTokenByUsernamePassword(scopes, "mail@contoso.example", "from-vault")
                    .ExecuteAsync()).AccessToken;
            default:
                throw new NotSupportedException(how.ToString());
        }
    }
}

public class Jobs
{
    private readonly Tokens _tokens;

    public Jobs(Tokens tokens) => _tokens = tokens;

    public async Task CustomersAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await _tokens.GetAsync(SignIn.Application, "https://api.partnercenter.microsoft.com"));
        // pcmfa: call verdict=exempt from=client-credentials
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }

    public async Task MailAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await _tokens.GetAsync(SignIn.Password, "https://outlook.office365.com"));
        // pcmfa: decoy
        await http.GetAsync("https://outlook.office365.com/api/v2.0/me/messages");
    }
}
