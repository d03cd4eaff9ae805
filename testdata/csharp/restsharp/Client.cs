using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using RestSharp;

namespace Contoso.Rest;

public class Client
{
    public async Task<string> CustomersAsync(string tenant, string clientId, string user, string password)
    {
        var login = new RestClient($"https://login.microsoftonline.com/{tenant}");
        var form = new RestRequest("oauth2/token", Method.Post);
        form.AddParameter("client_id", clientId);
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        form.AddParameter("grant_type", "password");
        form.AddParameter("username", user);
        form.AddParameter("password", password);
        form.AddParameter("resource", "https://api.partnercenter.microsoft.com");
        var reply = await login.ExecuteAsync(form);
        var token = (string)JObject.Parse(reply.Content)["access_token"];

        var partner = new RestClient(new RestClientOptions("https://api.partnercenter.microsoft.com"));
        var request = new RestRequest("v1/customers");
        request.AddHeader("Authorization", "Bearer " + token);
        // pcmfa: call verdict=blocked from=ropc
        return (await partner.GetAsync(request)).Content;
    }

    public async Task<string> TicketsAsync(string user, string password)
    {
        var desk = new RestClient("https://desk.contoso.example/api");
        var request = new RestRequest("oauth2/token", Method.Post);
        request.AddParameter("grant_type", "password");
        request.AddParameter("username", user);
        request.AddParameter("password", password);
        // pcmfa: decoy
        return (await desk.ExecuteAsync(request)).Content;
    }
}
