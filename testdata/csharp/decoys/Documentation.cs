using System;

namespace Contoso.Decoys;

/// <summary>Explains how the old job signed in.</summary>
/// <example>
/// <code>
/// // pcmfa: decoy
/// var result = await app.AcquireTokenByUsernamePassword(
///     new[] { "https://api.partnercenter.microsoft.com/.default" }, user, password).ExecuteAsync();
/// </code>
/// </example>
public static class Documentation
{
    // pcmfa: decoy
    private const string Sample = """
        var body = "grant_type=password&resource=https://api.partnercenter.microsoft.com&username=u&password=p";
        await http.PostAsync("https://login.microsoftonline.com/common/oauth2/token", new StringContent(body));
        await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
        """;

    public static void Print()
    {
        // pcmfa: decoy
        Console.WriteLine("POST https://login.microsoftonline.com/common/oauth2/token grant_type=password");
        Console.WriteLine(Sample);
        // await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
        Console.WriteLine("See https://api.partnercenter.microsoft.com/v1/customers");
    }
}
