using System;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Identity.Abstractions;
using Microsoft.Identity.Web;

namespace Contoso.Web;

[AuthorizeForScopes(Scopes = new[] { Scope })]
public class CustomersController : Controller
{
    private const string Scope = "https://api.partnercenter.microsoft.com/user_impersonation";
    private readonly ITokenAcquisition _acquisition;
    private readonly IAuthorizationHeaderProvider _headers;
    private readonly HttpClient _http;

    public CustomersController(ITokenAcquisition acquisition, IAuthorizationHeaderProvider headers, HttpClient http)
    {
        _acquisition = acquisition;
        _headers = headers;
        _http = http;
    }

    public async Task<IActionResult> Index()
    {
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        var token = await _acquisition.GetAccessTokenForUserAsync(new[] { Scope });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/customers");
        request.Headers.Authorization = new("Bearer", token);
        // pcmfa: call verdict=capable from=authorization-code
        using var response = await _http.SendAsync(request);
        return Content(await response.Content.ReadAsStringAsync(), "application/json");
    }

    [HttpPost]
    public async Task<IActionResult> Sync()
    {
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        var token = await _acquisition.GetAccessTokenForAppAsync("https://api.partnercenter.microsoft.com/.default");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/invoices");
        request.Headers.Authorization = new("Bearer", token);
        // pcmfa: call verdict=exempt from=client-credentials
        using var response = await _http.SendAsync(request);
        return NoContent();
    }

    // The library's way to put a password into a user's principal.
    public async Task<IActionResult> Nightly(string user, string password)
    {
        var principal = ClaimsPrincipalFactory.FromUsernamePassword(user, password);
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var header = await _headers.CreateAuthorizationHeaderForUserAsync(new[] { Scope }, null, principal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/customers");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        // pcmfa: call verdict=blocked from=ropc
        using var response = await _http.SendAsync(request);
        return NoContent();
    }

    public async Task<string> Photo()
    {
        // pcmfa: decoy
        var token = await _acquisition.GetAccessTokenForUserAsync(new[] { "https://graph.microsoft.com/User.Read" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://graph.microsoft.com/v1.0/me/photo");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await _http.SendAsync(request);
        return Convert.ToBase64String(await response.Content.ReadAsByteArrayAsync());
    }
}
