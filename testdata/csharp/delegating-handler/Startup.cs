using System;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Proseware
{
    public static class Startup
    {
        public static void Configure(IServiceCollection services)
        {
            services.AddSingleton<ITokenSource, PasswordTokenSource>();
            services.AddTransient<PartnerHandler>();
            services.AddTransient<LogHandler>();
            services.AddHttpClient("partner", client => client.BaseAddress = new Uri("https://api.partnercenter.microsoft.com"))
                .AddHttpMessageHandler<PartnerHandler>();
            services.AddHttpClient<CustomerClient>(client =>
            {
                client.BaseAddress = new Uri("https://api.partnercenter.microsoft.com/");
            }).AddHttpMessageHandler<PartnerHandler>();
            services.AddHttpClient("weather", client => client.BaseAddress = new Uri("https://weather.example"))
                .AddHttpMessageHandler<LogHandler>();
        }
    }

    // A typed client.
    public class CustomerClient
    {
        private readonly HttpClient http;

        public CustomerClient(HttpClient http)
        {
            this.http = http;
        }

        public Task<string> ListAsync()
        {
            // pcmfa: call verdict=blocked from=ropc
            return this.http.GetStringAsync("v1/customers");
        }
    }

    // Named clients.
    public class Jobs
    {
        private readonly IHttpClientFactory factory;

        public Jobs(IHttpClientFactory factory)
        {
            this.factory = factory;
        }

        public Task<string> InvoicesAsync()
        {
            var http = this.factory.CreateClient("partner");
            // pcmfa: call verdict=blocked from=ropc
            return http.GetStringAsync("/v1/invoices");
        }

        public Task<string> WeatherAsync()
        {
            var http = this.factory.CreateClient("weather");
            // pcmfa: decoy
            return http.GetStringAsync("/v1/towns");
        }
    }

    // By hand.
    public static class Tool
    {
        public static async Task RunAsync(ITokenSource source)
        {
            var http = new HttpClient(new PartnerHandler(source) { InnerHandler = new HttpClientHandler() });
            // pcmfa: call verdict=blocked from=ropc
            var answer = await http.GetAsync("https://api.partnercenter.microsoft.com/v1/agreements");
            Console.WriteLine(answer.StatusCode);
        }
    }
}
