namespace Microsoft.Store.PartnerCenter
{
    using Microsoft.Store.PartnerCenter.Extensions;

    public class PartnerService
    {
        public static PartnerService Instance { get; } = new PartnerService();

        public IAggregatePartner CreatePartnerOperations(IPartnerCredentials credentials)
        {
            return new AggregatePartnerOperations(credentials);
        }
    }

    public interface IAggregatePartner
    {
        IPartnerCredentials Credentials { get; }
    }

    internal class AggregatePartnerOperations : IAggregatePartner
    {
        public AggregatePartnerOperations(IPartnerCredentials credentials)
        {
            this.Credentials = credentials;
        }

        public IPartnerCredentials Credentials { get; }
    }
}
