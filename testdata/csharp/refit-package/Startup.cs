using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Contoso.Weather.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Identity.Client;
using Refit;
using Woodgrove.PartnerCenter.Client;

namespace Woodgrove
{
    // The interfaces of the clients are in packages; what they send is not shown, but whereto.
    public static class Startup
    {
        public static IHost Build(string[] args)
        {
            var settings = new Settings { Tenant = args[0] };
            return Host.CreateDefaultBuilder(args).ConfigureServices((context, services) =>
            {
                services.AddSingleton(settings);
                services.AddSingleton<SignedHandler>();
                services.AddRefitClient<IAgreementsClient>()
                    .ConfigureHttpClient(c => c.BaseAddress = new Uri("https://api.partnercenter.microsoft.com"))
                    .AddHttpMessageHandler<SignedHandler>();
                services.AddRefitClient<IWeatherClient>()
                    .ConfigureHttpClient(c => c.BaseAddress = new Uri("https://weather.example"));
            }).Build();
        }
    }

    public class Settings
    {
        public string Tenant { get; set; }
    }

    public class SignedHandler : DelegatingHandler
    {
        private readonly IPublicClientApplication app;

        public SignedHandler(IPublicClientApplication app)
        {
            this.app = app;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            // pcmfa: acquisition flow=device-code verdict=capable pc=yes
            var result = await this.app.AcquireTokenWithDeviceCode(
                new[] { "https://api.partnercenter.microsoft.com/user_impersonation" }, _ => Task.CompletedTask).ExecuteAsync(cancellation);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
            // pcmfa: call verdict=capable from=device-code
            return await base.SendAsync(request, cancellation);
        }
    }
}
