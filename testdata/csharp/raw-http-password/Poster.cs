using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using Newtonsoft.Json;

namespace Contoso.RawHttp;

public class TokenReply
{
    [JsonProperty("access_token")]
    public string AccessToken { get; set; }
}

// A wrapper around the send; the grant is fixed elsewhere.
public class Poster
{
    public async Task<T> PostFormAsync<T>(string address, IDictionary<string, string> fields)
    {
        using var client = new HttpClient();
        var reply = await client.PostAsync(new Uri(address), new FormUrlEncodedContent(fields));
        return JsonConvert.DeserializeObject<T>(await reply.Content.ReadAsStringAsync());
    }
}

public class Login
{
    private readonly Poster _poster = new Poster();

    public async Task<TokenReply> AsUserAsync(string tenant, string user, string password)
    {
        var fields = new Dictionary<string, string>();
        fields.Add("client_id", "5b0f8c37-7a1c-4f0f-8c39-f4cb5df31d11");
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        fields.Add("grant_type", "password");
        fields.Add("username", user);
        fields.Add("password", password);
        fields.Add("resource", "https://api.partnercenter.microsoft.com");
        return await _poster.PostFormAsync<TokenReply>(
            $"https://login.microsoftonline.com/{tenant}/oauth2/token", fields);
    }

    public async Task<TokenReply> AsApplicationAsync(string tenant, string secret)
    {
        // pcmfa: decoy
        return await _poster.PostFormAsync<TokenReply>(
            $"https://login.microsoftonline.com/{tenant}/oauth2/token",
            new Dictionary<string, string>
            {
                { "grant_type", "client_credentials" },
                { "client_id", "5b0f8c37-7a1c-4f0f-8c39-f4cb5df31d11" },
                { "client_secret", secret },
                { "resource", "https://graph.microsoft.com" },
            });
    }

    public async Task RunAsync(string tenant, string user, string password, string secret)
    {
        var token = (await AsUserAsync(tenant, user, password)).AccessToken;
        var other = (await AsApplicationAsync(tenant, secret)).AccessToken;

        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        // pcmfa: call verdict=blocked from=ropc
        await client.DeleteAsync("https://api.partnercenter.microsoft.com/v1/customers/c1/users/u1");

        using var graph = new HttpClient();
        graph.DefaultRequestHeaders.Add("Authorization", $"Bearer {other}");
        // pcmfa: decoy
        await graph.GetStringAsync("https://graph.microsoft.com/v1.0/users");
    }
}
