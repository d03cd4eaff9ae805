using System;
using System.Threading.Tasks;
using Microsoft.IdentityModel.Clients.ActiveDirectory;

namespace Proseware;

public class TokenHelper
{
    private const string Authority = "https://login.microsoftonline.com/proseware.onmicrosoft.com";

    // Nothing calls it, nor the next one but through it: whatever it would be for, it is for no one here.
    public AuthenticationResult AppToken(string authority, string resource)
    {
        return Run(() => this.AppTokenAsync(authority, resource));
    }

    public async Task<AuthenticationResult> AppTokenAsync(string authority, string resource)
    {
        // pcmfa: decoy
        return await new AuthenticationContext(authority).AcquireTokenAsync(resource, new ClientCredential("5f1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11", Environment.GetEnvironmentVariable("SECRET")));
    }

    // Another method of the same name, which is called, and not for Partner Center.
    public AuthenticationResult AppToken(string authority, string resource, ClientAssertionCertificate certificate)
    {
        // pcmfa: decoy
        return Run(() => new AuthenticationContext(authority).AcquireTokenAsync(resource, certificate));
    }

    // The same with a user name and a password, and it is called.
    public AuthenticationResult UserToken(string resource)
    {
        return Run(() => this.UserTokenAsync(resource));
    }

    public async Task<AuthenticationResult> UserTokenAsync(string resource)
    {
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
        return await new AuthenticationContext(Authority).AcquireTokenAsync(resource, "5f1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11", new UserPasswordCredential("service", Environment.GetEnvironmentVariable("PASSWORD")));
    }

    private static T Run<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
