using System.IdentityModel.Tokens.Jwt;
using System.Linq;

class TokenDetails
{
    public string SignIn { get; set; }
    public string Audience { get; set; }

    public static TokenDetails Read(string token)
    {
        var claims = new JwtSecurityTokenHandler().ReadJwtToken(token).Payload;
        return new TokenDetails
        {
            SignIn = (string)claims["amr"], // pcmfa: check
            Audience = (string)claims["aud"],
        };
    }
}

static class Guard
{
    // The claim under another name.
    // pcmfa: check
    public static bool HasMfa(TokenDetails details) => details.SignIn.Contains("mfa");

    // pcmfa: decoy
    public static bool IsOurs(TokenDetails details) => details.Audience.Contains("mfa");
}
