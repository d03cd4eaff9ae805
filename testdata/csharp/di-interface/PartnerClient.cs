using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Contoso.Di;

public class PartnerClient
{
    private readonly IHttpClientFactory _factory;
    private readonly IPartnerTokenSource _tokens;
    private readonly IMailTokenSource _mail;

    public PartnerClient(IHttpClientFactory factory, IPartnerTokenSource tokens, IMailTokenSource mail)
    {
        _factory = factory;
        _tokens = tokens;
        _mail = mail;
    }

    public async Task<string> CustomersAsync(CancellationToken cancellation)
    {
        var client = _factory.CreateClient("partner");
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await _tokens.GetTokenAsync(cancellation));
        // pcmfa: call verdict=blocked from=ropc
        return await client.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers", cancellation);
    }

    public async Task<string> InboxAsync(CancellationToken cancellation)
    {
        var client = _factory.CreateClient("mail");
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await _mail.GetTokenAsync(cancellation));
        // pcmfa: decoy
        return await client.GetStringAsync("https://graph.microsoft.com/v1.0/me/messages", cancellation);
    }
}
