namespace Contoso.Sync

open System
open Microsoft.Identity.Client

/// One helper for all APIs: the caller names the resource and the kind of token.
type Tokens(tenant: string, clientId: string, secret: string, user: string, password: string) =
    let confidential =
        ConfidentialClientApplicationBuilder
            .Create(clientId)
            .WithClientSecret(secret)
            .WithTenantId(tenant)
            .Build()
    let publicClient = PublicClientApplicationBuilder.Create(clientId).WithTenantId(tenant).Build()

    member this.GetAsync(resource: string, asApplication: bool) =
        task {
            let scopes = [| resource + "/.default" |]
            if asApplication then
                // pcmfa: decoy
                let! app = confidential.AcquireTokenForClient(scopes).ExecuteAsync()
                return app.AccessToken
            else
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                let! signedIn = publicClient.AcquireTokenByUsernamePassword(scopes, user, password).ExecuteAsync()
                return signedIn.AccessToken
        }
