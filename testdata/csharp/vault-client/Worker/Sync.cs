using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;
using Azure.Security.KeyVault.Secrets;

namespace Adatum.Worker;

public class Sync
{
    private readonly HttpClient http = new();
    private readonly SecretClient vault;

    public Sync(SecretClient vault) => this.vault = vault;

    public async Task CustomersAsync()
    {
        KeyVaultSecret secret = await this.vault.GetSecretAsync("partner-refresh");
        // pcmfa: call verdict=capable from=refresh-token
        await this.GetAsync("https://api.partnercenter.microsoft.com/v1/customers", await this.RedeemAsync(secret.Value));
    }

    public async Task InvoicesAsync()
    {
        KeyVaultSecret secret = await this.vault.GetSecretAsync("partner-service-user");
        // pcmfa: call verdict=blocked from=refresh-token
        await this.GetAsync("https://api.partnercenter.microsoft.com/v1/invoices", await this.RedeemServiceUserAsync(secret.Value));
    }

    public async Task WeatherAsync()
    {
        KeyVaultSecret secret = await this.vault.GetSecretAsync("weather-refresh");
        // pcmfa: decoy
        await this.GetAsync("https://weather.example/v1/customers", secret.Value);
    }

    private Task<string> RedeemAsync(string refreshToken) => this.SendAsync(new Dictionary<string, string>
    {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = refreshToken,
        ["scope"] = "https://api.partnercenter.microsoft.com/.default",
    });

    private Task<string> RedeemServiceUserAsync(string refreshToken) => this.SendAsync(new Dictionary<string, string>
    {
        // pcmfa: acquisition flow=refresh-token verdict=blocked pc=yes
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = refreshToken,
        ["scope"] = "https://api.partnercenter.microsoft.com/.default",
    });

    private async Task<string> SendAsync(Dictionary<string, string> form)
    {
        var answer = await this.http.PostAsync("https://login.microsoftonline.com/adatum.onmicrosoft.com/oauth2/v2.0/token", new FormUrlEncodedContent(form));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("access_token").GetString();
    }

    private async Task<string> GetAsync(string url, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await (await this.http.SendAsync(request)).Content.ReadAsStringAsync();
    }
}
