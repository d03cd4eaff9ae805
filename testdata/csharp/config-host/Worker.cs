using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Identity.Client;

namespace Contoso.Config;

// Neither host nor scope stands in the code.
public class Worker
{
    private readonly IConfiguration _configuration;

    public Worker(IConfiguration configuration) => _configuration = configuration;

    public async Task RunAsync(string user, string password)
    {
        var section = _configuration.GetSection("PartnerCenter");
        var app = PublicClientApplicationBuilder.Create(section["ClientId"]).Build();

        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        var result = await app.AcquireTokenByUsernamePassword(new[] { section["Scopes"] }, user, password).ExecuteAsync();

        using var http = new HttpClient { BaseAddress = new Uri(_configuration["PartnerCenter:ApiUrl"]) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: call verdict=blocked from=ropc
        await http.GetAsync("/v1/customers");
    }

    public async Task CrmAsync(string user, string password)
    {
        var app = PublicClientApplicationBuilder.Create(_configuration["PartnerCenter:ClientId"]).Build();
        var scopes = new[] { _configuration.GetValue<string>("Crm:Scopes") };

        // pcmfa: decoy
        var result = await app.AcquireTokenByUsernamePassword(scopes, user, password).ExecuteAsync();

        using var http = new HttpClient { BaseAddress = new Uri(_configuration["Crm:ApiUrl"]) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        // pcmfa: decoy
        await http.GetAsync("/v1/customers");
    }
}
