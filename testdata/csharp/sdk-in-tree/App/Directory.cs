namespace Contoso.Directory
{
    // Classes of our own, in a namespace of our own, with a method of the library's name.
    public class DirectoryService
    {
        public DirectoryOperations CreatePartnerOperations(string tenant)
        {
            return new DirectoryOperations(tenant);
        }
    }

    public class DirectoryOperations
    {
        private readonly string tenant;

        public DirectoryOperations(string tenant)
        {
            this.tenant = tenant;
        }

        public string Get()
        {
            return this.tenant;
        }
    }

    public static class Listing
    {
        public static string Tenants(DirectoryService directory)
        {
            // pcmfa: decoy
            return directory.CreatePartnerOperations("contoso.example").Get();
        }
    }
}
