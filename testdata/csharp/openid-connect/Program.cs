using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Client;

var builder = WebApplication.CreateBuilder(args);
// The sign-in to the site itself is nothing to report; redeeming its code is.
builder.Services.AddAuthentication().AddOpenIdConnect(options =>
{
    options.ResponseType = "code";
    options.SaveTokens = true;
    options.Scope.Add("https://api.partnercenter.microsoft.com/user_impersonation");
    options.Events.OnAuthorizationCodeReceived = async context =>
    {
        var app = ConfidentialClientApplicationBuilder.Create(options.ClientId)
            .WithClientSecret(options.ClientSecret)
            .WithRedirectUri(context.TokenEndpointRequest.RedirectUri)
            .Build();
        // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
        var result = await app.AcquireTokenByAuthorizationCode(
            new[] { "https://api.partnercenter.microsoft.com/user_impersonation" },
            context.ProtocolMessage.Code).ExecuteAsync();
        context.HandleCodeRedemption(result.AccessToken, result.IdToken);
    };
});
var site = builder.Build();
site.MapGet("/customers", Customers);
site.MapGet("/who", Who);
site.Run();

static async System.Threading.Tasks.Task<string> Customers(HttpContext context)
{
    // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    var token = await context.GetTokenAsync("access_token");
    using var http = new HttpClient();
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    // pcmfa: call verdict=capable from=authorization-code
    return await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
}

static async System.Threading.Tasks.Task<string> Who(HttpContext context)
{
    // pcmfa: decoy
    return await context.GetTokenAsync("id_token");
}
