using System;
using System.Net.Http;
using System.Security;
using System.Threading.Tasks;

namespace Fourth
{
    // Calls itself, and what it calls calls it.
    public class Retries
    {
        private readonly Partner.TokenProvider partner;
        private readonly Mail.MailTokenProvider mail;
        private readonly HttpClient http = new HttpClient();

        public Retries(Partner.TokenProvider partner, Mail.MailTokenProvider mail)
        {
            this.partner = partner;
            this.mail = mail;
        }

        public async Task<string> CustomersAsync(string user, SecureString password, int attempt)
        {
            try
            {
                var token = await this.partner.GetTokenAsync(user, password);
                var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/customers");
                request.Headers.Add("Authorization", "Bearer " + token);
                // pcmfa: call verdict=blocked from=ropc
                var answer = await this.http.SendAsync(request);
                return await answer.Content.ReadAsStringAsync();
            }
            catch (HttpRequestException) when (attempt < 3)
            {
                return await this.AgainAsync(user, password, attempt);
            }
        }

        private async Task<string> AgainAsync(string user, SecureString password, int attempt)
        {
            await Task.Delay(TimeSpan.FromSeconds(attempt));
            return attempt % 2 == 0
                ? await this.AgainAsync(user, password, attempt + 1)
                : await this.CustomersAsync(user, password, attempt + 1);
        }

        public async Task<string> MailAsync(string user, SecureString password)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "https://outlook.office365.com/api/v2.0/me");
            request.Headers.Add("Authorization", "Bearer " + await this.mail.GetTokenAsync(user, password));
            // pcmfa: decoy
            return await (await this.http.SendAsync(request)).Content.ReadAsStringAsync();
        }
    }
}
