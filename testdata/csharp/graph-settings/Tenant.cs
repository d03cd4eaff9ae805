using Microsoft.Graph;
using Microsoft.Graph.Models;

public sealed class Tenant(GraphServiceClient graph)
{
    public async Task Prepare(string federation)
    {
        // pcmfa: finding mfa-policy-exclusion
        var defaults = new IdentitySecurityDefaultsEnforcementPolicy { IsEnabled = false };
        await graph.Policies.IdentitySecurityDefaultsEnforcementPolicy.PatchAsync(defaults);

        await graph.Domains["contoso.example"].FederationConfiguration[federation].PatchAsync(new InternalDomainFederation
        {
            // pcmfa: finding federated-mfa-claim
            FederatedIdpMfaBehavior = FederatedIdpMfaBehavior.RejectMfaByFederatedIdp,
        });

        await graph.Domains["fabrikam.example"].FederationConfiguration[federation].PatchAsync(new InternalDomainFederation
        {
            // pcmfa: decoy
            FederatedIdpMfaBehavior = FederatedIdpMfaBehavior.EnforceMfaByFederatedIdp,
        });

        // pcmfa: decoy
        await graph.Policies.AuthorizationPolicy.PatchAsync(new AuthorizationPolicy { BlockMsolPowerShell = false });
    }
}
