using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Portal
{
    public record Login(string Username, string Password);

    [ApiController]
    public class LoginController : ControllerBase
    {
        private readonly PartnerTokens tokens;
        private readonly HttpClient http;

        public LoginController(PartnerTokens tokens, HttpClient http)
        {
            this.tokens = tokens;
            this.http = http;
        }

        [HttpPost("/api/login")]
        public async Task<IActionResult> Post([FromBody] Login login)
        {
            var token = await tokens.GetAsync(login.Username, login.Password);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            // pcmfa: call verdict=blocked from=ropc
            var body = await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
            return Ok(body);
        }
    }
}
