using System.Net.Http;

namespace Contoso.Samples;

// A type of its own with a name of the SDK's.
internal class AggregatePartnerWeather
{
    public WeatherList Customers { get; } = new WeatherList();
}

internal class WeatherList
{
    // pcmfa: decoy
    public string Get() => new HttpClient().GetStringAsync("https://weather.example/v1/customers").Result;
}
