using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Client;

namespace Contoso.Di;

internal static class Startup
{
    public static IServiceCollection AddPartner(this IServiceCollection services, string clientId, string secret)
    {
        services.AddHttpClient();
        services.AddSingleton(PublicClientApplicationBuilder.Create(clientId).Build());
        services.AddSingleton(ConfidentialClientApplicationBuilder.Create(clientId).WithClientSecret(secret).Build());
        services.AddSingleton<IPartnerTokenSource, PasswordTokenSource>();
        services.AddSingleton<IMailTokenSource, MailTokenSource>();
        services.AddTransient<PartnerClient>();
        return services;
    }
}
