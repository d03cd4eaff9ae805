using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.IdentityModel.Clients.ActiveDirectory;

namespace Contoso.Adal;

public class CachedTokens
{
    public async Task RunAsync(string clientId, IPlatformParameters window)
    {
        var context = new AuthenticationContext("https://login.microsoftonline.com/common");
        AuthenticationResult result;
        try
        {
            // pcmfa: acquisition flow=silent verdict=capable pc=yes ; finding retired-library
            result = await context.AcquireTokenSilentAsync("https://api.partnercenter.microsoft.com", clientId);
        }
        catch (AdalSilentTokenAcquisitionException)
        {
            var redirect = new Uri("http://localhost");
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            result = await context.AcquireTokenAsync(
                "https://api.partnercenter.microsoft.com", clientId, redirect, window);
        }

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=capable from=interactive,silent
        await http.GetAsync("https://api.partnercenter.microsoft.com/v1/customers");
    }
}
