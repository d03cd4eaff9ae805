using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Refit;

namespace Woodgrove
{
    public interface ICustomersApi
    {
        [Get("/v1/customers")]
        Task<HttpResponseMessage> ListAsync();

        [Get("/v1/customers/{id}/subscriptions")]
        Task<HttpResponseMessage> SubscriptionsAsync([AliasAs("id")] string customer);
    }

    public interface IOffersApi
    {
        [Get("/v1/offers")]
        Task<HttpResponseMessage> OffersAsync([Query] string country, [Header("Authorization")] string authorization);
    }

    public interface ILoginApi
    {
        [Post("/woodgrove.onmicrosoft.com/oauth2/token")]
        Task<Answer> TokenAsync([Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, string> form);
    }

    public class Answer
    {
        [JsonPropertyName("access_token")]
        public string AccessToken { get; set; }
    }

    public interface IWeatherApi
    {
        // pcmfa: decoy
        [Get("/v1/towns")]
        Task<HttpResponseMessage> TownsAsync();
    }
}
