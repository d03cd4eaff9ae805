module Contoso.Adal

open Microsoft.IdentityModel.Clients.ActiveDirectory
open Microsoft.Store.PartnerCenter
open Microsoft.Store.PartnerCenter.Extensions

type Settings =
    { Authority: string
      Resource: string
      ClientId: string }

let settings =
    { Authority = "https://login.microsoftonline.com/common"
      Resource = "https://api.partnercenter.microsoft.com"
      ClientId = "00000000-0000-0000-0000-000000000001" }

let signIn (user: string) (password: string) =
    let context = AuthenticationContext(settings.Authority)
    let credential = UserPasswordCredential(user, password)
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding retired-library
    let result = context.AcquireTokenAsync(settings.Resource, settings.ClientId, credential).Result
    // pcmfa: call verdict=blocked from=ropc ; finding retired-library
    let credentials = PartnerCredentials.Instance.GenerateByUserCredentials(settings.ClientId, AuthenticationToken(result.AccessToken, result.ExpiresOn))
    PartnerService.Instance.CreatePartnerOperations(credentials)

let customers user password =
    let partner = signIn user password
    // pcmfa: call verdict=blocked from=ropc
    partner.Customers.Get()

// The names alone mean nothing.
let acquireToken (machine: string) = "token for " + machine

let play () =
    // pcmfa: decoy
    acquireToken "pinball" |> printfn "%s"
