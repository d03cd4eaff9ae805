using System;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Microsoft.Store.PartnerCenter;

public interface IPartner
{
    IPartnerCredentials Credentials { get; }
}

public interface IAggregatePartner : IPartner
{
    IPartner With(string correlation);
}

internal class PartnerOperations : IPartner
{
    public PartnerOperations(IPartnerCredentials credentials, string correlation)
    {
        this.Credentials = credentials ?? throw new ArgumentNullException(nameof(credentials));
        this.Correlation = correlation;
    }

    public IPartnerCredentials Credentials { get; private set; }

    public string Correlation { get; private set; }
}

internal class AggregatePartnerOperations : PartnerOperations, IAggregatePartner
{
    public AggregatePartnerOperations(IPartnerCredentials credentials) : base(credentials, Guid.NewGuid().ToString())
    {
    }

    public IPartner With(string correlation) => new PartnerOperations(this.Credentials, correlation);
}
