using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Contoso.Di;

internal sealed class PasswordTokenSource : IPartnerTokenSource
{
    private readonly IPublicClientApplication _app;
    private readonly Account _account;

    public PasswordTokenSource(IPublicClientApplication app, Account account)
    {
        _app = app;
        _account = account;
    }

    public async Task<string> GetTokenAsync(CancellationToken cancellation)
    {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var result = await _app.AcquireTokenByUsernamePassword(
                new[] { "https://api.partnercenter.microsoft.com/.default" }, _account.Name, _account.Password)
            .ExecuteAsync(cancellation);
        return result.AccessToken;
    }
}

internal sealed class MailTokenSource(IConfidentialClientApplication app) : IMailTokenSource
{
    public async Task<string> GetTokenAsync(CancellationToken cancellation)
    {
        // pcmfa: decoy
        var result = await app.AcquireTokenForClient(new[] { "https://graph.microsoft.com/.default" })
            .ExecuteAsync(cancellation);
        return result.AccessToken;
    }
}

internal sealed record Account(string Name, string Password);
