using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;

public static class Report
{
    public static async Task Main()
    {
        var http = new HttpClient();
        var form = new Dictionary<string, string>
        {
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            ["grant_type"] = "client_credentials",
            ["scope"] = Environment.GetEnvironmentVariable("PARTNER_API") + "/.default",
            ["client_secret"] = Environment.GetEnvironmentVariable("PARTNER_SECRET"),
        };
        var answer = await http.PostAsync(Environment.GetEnvironmentVariable("LOGIN_URL"), new FormUrlEncodedContent(form));
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("access_token").GetString());
        // pcmfa: call verdict=exempt from=client-credentials
        Console.WriteLine(await http.GetStringAsync(Environment.GetEnvironmentVariable("PARTNER_API") + "/v1/invoices"));
    }
}
