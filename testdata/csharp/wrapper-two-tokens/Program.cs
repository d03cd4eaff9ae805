using System;
using System.Net.Http;
using System.Net.Http.Headers;
using Contoso.Sync;

var tokens = new Tokens(
    Environment.GetEnvironmentVariable("TENANT_ID"),
    Environment.GetEnvironmentVariable("CLIENT_ID"),
    Environment.GetEnvironmentVariable("CLIENT_SECRET"),
    Environment.GetEnvironmentVariable("PARTNER_USER"),
    Environment.GetEnvironmentVariable("PARTNER_PASSWORD"));

using var graph = new HttpClient();
graph.DefaultRequestHeaders.Authorization =
    new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(Hosts.Graph, asApplication: true));
// pcmfa: decoy
Console.WriteLine(await graph.GetStringAsync(Hosts.Graph + "/v1.0/organization"));

using var partner = new HttpClient();
partner.DefaultRequestHeaders.Authorization =
    new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(Hosts.Partner, false));

// pcmfa: call verdict=blocked from=ropc
var customers = await partner.GetStringAsync($"{Hosts.Partner}/v1/customers?size=500");
Console.WriteLine(customers);
