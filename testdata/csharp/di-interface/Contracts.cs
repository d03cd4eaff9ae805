using System.Threading;
using System.Threading.Tasks;

namespace Contoso.Di;

public interface IPartnerTokenSource
{
    Task<string> GetTokenAsync(CancellationToken cancellation);
}

public interface IMailTokenSource
{
    Task<string> GetTokenAsync(CancellationToken cancellation);
}
