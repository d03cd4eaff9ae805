namespace Tailwind.Identity
{
    public enum Target
    {
        Graph,
        Partner,
    }

    public static class ResourceNames
    {
        public const string Partner = "https://api.partnercenter.microsoft.com";
        public const string Graph = "https://graph.microsoft.com";
        private const string ScopeSuffix = "/.default";
        public const string PartnerScope = Partner + ScopeSuffix;
    }

    public class ApiOptions
    {
        public string Resource { get; set; }

        public string AppId { get; set; }
    }
}
