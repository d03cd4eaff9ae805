using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Azure.Security.KeyVault.Secrets;

namespace Adatum.Consent;

public class Callback
{
    private readonly HttpClient http = new();
    private readonly SecretClient vault;

    public Callback(SecretClient vault) => this.vault = vault;

    public async Task FinishAsync(string code)
    {
        var form = new Dictionary<string, string>
        {
            // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["scope"] = "https://api.partnercenter.microsoft.com/user_impersonation offline_access",
        };
        await this.vault.SetSecretAsync("partner-refresh", await this.RefreshTokenAsync(form));
    }

    public async Task FinishPasswordAsync(string user, string password)
    {
        var form = new Dictionary<string, string>
        {
            // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            ["grant_type"] = "password",
            ["username"] = user,
            ["password"] = password,
            ["scope"] = "https://api.partnercenter.microsoft.com/user_impersonation offline_access",
        };
        this.vault.SetSecret(new KeyVaultSecret("partner-service-user", await this.RefreshTokenAsync(form)));
    }

    public async Task FinishWeatherAsync(string user, string password)
    {
        var form = new Dictionary<string, string>
        {
            // pcmfa: decoy
            ["grant_type"] = "password",
            ["username"] = user,
            ["password"] = password,
            ["scope"] = "api://weather/.default offline_access",
        };
        this.vault.SetSecret("weather-refresh", await this.RefreshTokenAsync(form));
    }

    private async Task<string> RefreshTokenAsync(Dictionary<string, string> form)
    {
        var answer = await this.http.PostAsync("https://login.microsoftonline.com/adatum.onmicrosoft.com/oauth2/v2.0/token", new FormUrlEncodedContent(form));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("refresh_token").GetString();
    }
}
