using System;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace Microsoft.Store.PartnerCenter.Extensions;

public interface IPartnerCredentials
{
    string PartnerServiceToken { get; }
}

public class AuthenticationToken
{
    public AuthenticationToken(string token, DateTimeOffset expiryTime)
    {
        this.Token = token;
        this.ExpiryTime = expiryTime;
    }

    public string Token { get; private set; }

    public DateTimeOffset ExpiryTime { get; private set; }
}

internal class UserPartnerCredentials : IPartnerCredentials
{
    public UserPartnerCredentials(string clientId, AuthenticationToken token)
    {
        if (token == null)
        {
            throw new ArgumentNullException(nameof(token));
        }

        this.ClientId = clientId;
        this.AADToken = token;
    }

    public string ClientId { get; private set; }

    public AuthenticationToken AADToken { get; private set; }

    public string PartnerServiceToken => this.AADToken.Token;
}

internal class ApplicationPartnerCredentials : IPartnerCredentials
{
    public string PartnerServiceToken { get; set; }
}

public class PartnerCredentials
{
    public static readonly PartnerCredentials Instance = new PartnerCredentials();

    public IPartnerCredentials GenerateByUserCredentials(string clientId, AuthenticationToken token) =>
        PartnerService.Instance.Wait<IPartnerCredentials>(() => this.GenerateByUserCredentialsAsync(clientId, token));

    public async Task<IPartnerCredentials> GenerateByUserCredentialsAsync(string clientId, AuthenticationToken token)
    {
        var credentials = new UserPartnerCredentials(clientId, token);
        await Task.Yield();
        return credentials;
    }

    public IPartnerCredentials GenerateByApplicationCredentials(string clientId, string secret, string domain) =>
        PartnerService.Instance.Wait<IPartnerCredentials>(
            () => this.GenerateByApplicationCredentialsAsync(clientId, secret, domain));

    public async Task<IPartnerCredentials> GenerateByApplicationCredentialsAsync(string clientId, string secret, string domain)
    {
        await Task.Yield();
        return new ApplicationPartnerCredentials();
    }
}
