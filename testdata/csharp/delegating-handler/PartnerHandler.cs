using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Proseware
{
    public class PartnerHandler : DelegatingHandler
    {
        private readonly ITokenSource tokens;

        public PartnerHandler(ITokenSource tokens)
        {
            this.tokens = tokens;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            var token = await this.tokens.GetAsync();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            // pcmfa: call verdict=blocked from=ropc
            return await base.SendAsync(request, cancellation);
        }
    }

    // Signs nothing.
    public class LogHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            System.Console.WriteLine(request.RequestUri);
            return await base.SendAsync(request, cancellation);
        }
    }
}
