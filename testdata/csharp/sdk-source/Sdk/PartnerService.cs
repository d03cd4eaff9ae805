using System;
using System.Threading.Tasks;
using Microsoft.Store.PartnerCenter.Extensions;

namespace Microsoft.Store.PartnerCenter;

public interface IPartnerFactory
{
    IAggregatePartner Build(IPartnerCredentials credentials);
}

internal class StandardPartnerFactory : IPartnerFactory
{
    public IAggregatePartner Build(IPartnerCredentials credentials) => new AggregatePartnerOperations(credentials);
}

public class PartnerService
{
    public static readonly PartnerService Instance = new PartnerService();

    internal IPartnerFactory Factory { get; set; } = new StandardPartnerFactory();

    public IAggregatePartner CreatePartnerOperations(IPartnerCredentials credentials) => Factory.Build(credentials);

    internal T Wait<T>(Func<Task<T>> operation)
    {
        try
        {
            return Task.Run(async () => await operation.Invoke()).Result;
        }
        catch (AggregateException error)
        {
            throw error.InnerException;
        }
    }
}
