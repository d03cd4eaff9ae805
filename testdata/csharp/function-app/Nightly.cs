using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Azure.Functions.Worker;

public class Nightly
{
    private readonly HttpClient http;

    public Nightly(IHttpClientFactory factory) => http = factory.CreateClient();

    [Function("Nightly")]
    public async Task Run([TimerTrigger("0 0 2 * * *")] TimerInfo timer)
    {
        var api = Environment.GetEnvironmentVariable("PARTNER_API");
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            { "grant_type", "client_credentials" },
            { "client_id", Environment.GetEnvironmentVariable("CLIENT_ID") },
            { "client_secret", Environment.GetEnvironmentVariable("CLIENT_SECRET") },
            { "resource", api },
        });
        var answer = await http.PostAsync(Environment.GetEnvironmentVariable("AUTHORITY"), form);
        var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString();
        var request = new HttpRequestMessage(HttpMethod.Get, api + "/v1/invoices");
        request.Headers.Add("Authorization", "Bearer " + token);
        // pcmfa: call verdict=exempt from=client-credentials
        await http.SendAsync(request);
        // pcmfa: decoy
        await http.GetAsync(Environment.GetEnvironmentVariable("CRM_API") + "/v1/invoices");
    }
}
