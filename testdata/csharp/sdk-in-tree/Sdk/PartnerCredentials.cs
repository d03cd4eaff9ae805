namespace Microsoft.Store.PartnerCenter.Extensions
{
    using Microsoft.Identity.Client;

    // The library itself, as a copy in the tree.
    public class PartnerCredentials
    {
        public static PartnerCredentials Instance { get; } = new PartnerCredentials();

        public IPartnerCredentials GenerateByApplicationCredentials(string applicationId, string secret, string domain)
        {
            return new ApplicationPartnerCredentials(applicationId, secret, domain);
        }

        public IPartnerCredentials GenerateByUserCredentials(string applicationId, AuthenticationToken token)
        {
            return new UserPartnerCredentials(applicationId, token);
        }
    }

    public interface IPartnerCredentials
    {
        string PartnerServiceToken { get; }
    }

    public class ApplicationPartnerCredentials : IPartnerCredentials
    {
        private readonly string applicationId;
        private readonly string secret;
        private readonly string domain;

        public ApplicationPartnerCredentials(string applicationId, string secret, string domain)
        {
            this.applicationId = applicationId;
            this.secret = secret;
            this.domain = domain;
        }

        public string PartnerServiceToken { get; private set; }

        public void Authenticate()
        {
            var app = ConfidentialClientApplicationBuilder.Create(this.applicationId)
                .WithClientSecret(this.secret)
                .WithAuthority("https://login.microsoftonline.com/" + this.domain)
                .Build();
            // pcmfa: acquisition flow=client-credentials verdict=exempt pc=unknown
            var result = app.AcquireTokenForClient(new[] { "https://graph.windows.net/.default" }).ExecuteAsync().Result;
            this.PartnerServiceToken = result.AccessToken;
        }
    }

    public class UserPartnerCredentials : IPartnerCredentials
    {
        public UserPartnerCredentials(string applicationId, AuthenticationToken token)
        {
            this.PartnerServiceToken = token.Token;
        }

        public string PartnerServiceToken { get; }
    }

    public class AuthenticationToken
    {
        public AuthenticationToken(string token)
        {
            this.Token = token;
        }

        public string Token { get; }
    }
}
