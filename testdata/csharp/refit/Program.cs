using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Client;
using Refit;

namespace Woodgrove
{
    public class SignedHandler : DelegatingHandler
    {
        private readonly IPublicClientApplication app;

        public SignedHandler(IPublicClientApplication app)
        {
            this.app = app;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            // pcmfa: acquisition flow=interactive verdict=capable pc=yes
            var result = await this.app.AcquireTokenInteractive(new[] { "https://api.partnercenter.microsoft.com/.default" }).ExecuteAsync(cancellation);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
            // pcmfa: call verdict=capable from=interactive
            return await base.SendAsync(request, cancellation);
        }
    }

    public static class Program
    {
        public static void Configure(IServiceCollection services)
        {
            services.AddTransient<SignedHandler>();
            services.AddRefitClient<ICustomersApi>()
                .ConfigureHttpClient(c => c.BaseAddress = new Uri("https://api.partnercenter.microsoft.com"))
                .AddHttpMessageHandler<SignedHandler>();
            services.AddRefitClient<IWeatherApi>()
                .ConfigureHttpClient(c => c.BaseAddress = new Uri("https://weather.example"));
        }
    }

    public class Report
    {
        private readonly ICustomersApi customers;
        private readonly IWeatherApi weather;

        public Report(ICustomersApi customers, IWeatherApi weather)
        {
            this.customers = customers;
            this.weather = weather;
        }

        public async Task RunAsync(string customer)
        {
            // pcmfa: call verdict=capable from=interactive
            await this.customers.ListAsync();

            // pcmfa: call verdict=capable from=interactive
            await this.customers.SubscriptionsAsync(customer);

            // pcmfa: decoy
            await this.weather.TownsAsync();
        }

        public async Task AgreementsAsync(string user, string password)
        {
            var login = RestService.For<ILoginApi>("https://login.microsoftonline.com");
            var answer = await login.TokenAsync(new Dictionary<string, string>
            {
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                ["grant_type"] = "password",
                ["resource"] = "https://api.partnercenter.microsoft.com",
                ["username"] = user,
                ["password"] = password,
            });
            var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/agreements");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", answer.AccessToken);
            // pcmfa: call verdict=blocked from=ropc
            await new HttpClient().SendAsync(request);
        }

        public async Task OffersAsync(IPublicClientApplication app, string user, System.Security.SecureString password)
        {
            var api = RestService.For<IOffersApi>("https://api.partnercenter.microsoft.com");
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            var result = await app.AcquireTokenByUsernamePassword(new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync();
            // pcmfa: call verdict=blocked from=ropc
            await api.OffersAsync("DE", "Bearer " + result.AccessToken);
        }
    }
}
