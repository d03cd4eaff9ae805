namespace Contoso.Sync;

internal static class Hosts
{
    public const string Graph = "https://graph.microsoft.com";
    public const string Partner = "https://api.partnercenter.microsoft.com";
}
