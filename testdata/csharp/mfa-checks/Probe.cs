using System;
using System.IdentityModel.Tokens.Jwt;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace Contoso.Checks;

public class Probe
{
    public async Task<bool> HoldsAsync(string accessToken)
    {
        var jwt = new JwtSecurityTokenHandler().ReadJwtToken(accessToken);
        // pcmfa: check
        if (jwt.Claims.All(c => c.Type != "amr"))
        {
            return false;
        }

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.partnercenter.microsoft.com/v1/profiles/mpn");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        // pcmfa: check
        request.Headers.Add("ValidateMfa", "true");

        // pcmfa: call verdict=unresolved ; finding unresolved-token
        using var response = await http.SendAsync(request);

        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            var body = await response.Content.ReadAsStringAsync();
            // pcmfa: check
            if (body.Contains("900421"))
            {
                throw new InvalidOperationException("Partner Center wants MFA");
            }

            // Another code, about the audience.
            // pcmfa: decoy
            Console.WriteLine(body.Contains("900420"));
        }

        // pcmfa: check
        return response.Headers.TryGetValues("isMfaCompliant", out var values) && values.Contains("true");
    }

    // The name that .NET's claim mapping gives to `amr`.
    public bool SignedInWithMfa(System.Security.Claims.ClaimsIdentity identity) =>
        // pcmfa: check
        identity.HasClaim(c => c.Type == @"http://schemas.microsoft.com/claims/authnmethodsreferences");
}
